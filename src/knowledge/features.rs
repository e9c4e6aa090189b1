//! What of a question its meaning is learned from.

use std::hash::{Hash, Hasher};

use super::classifier::{Features, Key};
use super::marked::Marked;
use super::questions::{Score, Target};
use super::vocabulary::Intent;

/// Stand before the first word and after the last.
const ENDS: &str = "";
/// How many letters a part of a word has.
const PART: usize = 4;
/// Up to this many words each counts in full; of longer texts each counts less.
const SHORT: f32 = 5.0;
/// How much counts what a text has, beside its words: pairs, parts of words, words of what is asked.
const PAIR: f32 = 0.5;
const LETTERS: f32 = 0.25;
const ASKED: f32 = 0.7;
/// The weight of phrases that counts as one unit, and the most that counts.
const PHRASES: (f32, f32) = (5.0, 10.0);

/// One thing that a question may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feature<'t> {
    /// A word's stem, or what stands for a name.
    Word(&'t str),
    /// Two of them side by side.
    Pair(&'t str, &'t str),
    /// A part of a word; `<` and `>` are its ends.
    Letters([u8; PART]),
    /// A word of the sentences that ask.
    Asked(&'t str),
    /// A word inside the name of a skill.
    OfSkill(&'t str),
    /// Phrases of `questions.toml` that speak for this.
    Phrases(Target),
    /// How many careers, skills and unsure short forms are named: 2 for more.
    Names(u8, u8, u8),
    /// How many careers are named: 2 for more.
    Careers(u8),
    /// How many careers the sentences that ask name: 2 for more.
    CareersAsked(u8),
    /// How many skills are named: 2 for more.
    Skills(u8),
    /// How many professions are named that are no careers here: 2 for more.
    Professions(u8),
    /// A career is named by its field.
    Field,
    /// What is asked, where the section is looked for.
    Intent(Intent),
}

impl std::fmt::Display for Feature<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => write!(f, "{word}"),
            Self::Pair(one, "") => write!(f, "{one} at the end"),
            Self::Pair("", other) => write!(f, "{other} at the start"),
            Self::Pair(one, other) => write!(f, "{one} {other}"),
            Self::Letters(letters) => f.write_str(&String::from_utf8_lossy(letters)),
            Self::Asked(word) => write!(f, "{word} asked"),
            Self::OfSkill(word) => write!(f, "{word} of a skill"),
            Self::Phrases(target) => write!(f, "phrases for {target}"),
            Self::Names(careers, skills, unsure) => {
                write!(
                    f,
                    "{careers} careers, {skills} skills, {unsure} short forms"
                )
            }
            Self::Careers(count) => write!(f, "{count} careers"),
            Self::CareersAsked(count) => write!(f, "{count} careers asked"),
            Self::Skills(count) => write!(f, "{count} skills"),
            Self::Professions(count) => write!(f, "{count} other professions"),
            Self::Field => f.write_str("a field"),
            Self::Intent(intent) => write!(f, "{intent:?}"),
        }
    }
}

impl Feature<'_> {
    /// The key under which its weights are kept.
    pub fn key(&self) -> Key {
        let is_detail = matches!(self, Self::Pair(..) | Self::Letters(_));
        key(self, is_detail)
    }
}

/// The key of a feature; that of a detail is only learned where several examples have it.
pub fn key(feature: &impl Hash, is_detail: bool) -> Key {
    let mut hash = Fnv::default();
    feature.hash(&mut hash);
    Key::new(hash.finish(), is_detail)
}

/// The keys and amounts of everything that the text has.
pub fn keys(text: &Marked, scores: &[Score]) -> Features {
    let mut features = Vec::with_capacity(10 * text.words.len());
    each(text, scores, |feature, amount| {
        features.push((feature.key(), amount));
    });
    features
}

/// Calls `take` with everything that the text has, and how much of it.
pub fn each<'t>(text: &'t Marked, scores: &[Score], mut take: impl FnMut(Feature<'t>, f32)) {
    let tokens = text.tokens();
    let whole = amount(tokens.len());
    let mut before = ENDS;
    for token in tokens.iter().map(|token| token.text).chain([ENDS]) {
        take(Feature::Pair(before, token), PAIR * whole);
        before = token;
    }
    let mut seen: Vec<&str> = Vec::with_capacity(tokens.len());
    for token in &tokens {
        if seen.contains(&token.text) {
            continue;
        }
        seen.push(token.text);
        take(Feature::Word(token.text), whole);
        for letters in parts(token.text) {
            take(Feature::Letters(letters), LETTERS * whole);
        }
    }
    let asked = tokens.iter().filter(|token| text.is_asked(token.at));
    let asked: Vec<&str> = asked.map(|token| token.text).collect();
    let each_asked = ASKED * amount(asked.len());
    for (place, token) in asked.iter().enumerate() {
        if !asked[..place].contains(token) {
            take(Feature::Asked(token), each_asked);
        }
    }
    for skill in &text.skills {
        for stem in &text.stems[skill.at.clone()] {
            take(Feature::OfSkill(stem), 1.0);
        }
    }
    for score in scores {
        let (unit, most) = PHRASES;
        take(
            Feature::Phrases(score.target),
            score.weight.min(most) / unit,
        );
    }
    let two = |count: usize| u8::try_from(count.min(2)).unwrap_or(2);
    let (careers, skills) = (two(text.named()), two(text.skills.len()));
    let unsure = u8::from(!text.unsure.is_empty());
    take(Feature::Names(careers, skills.min(1), unsure), 1.0);
    take(Feature::Careers(careers), 1.0);
    let asked = text
        .careers
        .iter()
        .filter(|named| text.is_asked(named.at.start));
    take(Feature::CareersAsked(two(asked.count())), 1.0);
    take(Feature::Skills(skills), 1.0);
    take(Feature::Professions(two(text.professions.len())), 1.0);
    for at in &text.professions {
        for stem in &text.stems[at.clone()] {
            take(Feature::Word(stem), whole);
        }
    }
    if text.names_a_field() {
        take(Feature::Field, 1.0);
    }
}

/// How much each of so many words counts.
fn amount(words: usize) -> f32 {
    (SHORT / words.max(1) as f32).sqrt().min(1.0)
}

/// Every run of four letters of a word with its ends marked; none of what stands for a name.
fn parts(word: &str) -> Vec<[u8; PART]> {
    if word.starts_with('{') {
        return Vec::new();
    }
    let marked: Vec<u8> = format!("<{word}>").into_bytes();
    let part = |letters: &[u8]| letters.try_into().ok();
    marked.windows(PART).filter_map(part).collect()
}

/// FNV-1a: the same key for the same feature in every run.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
