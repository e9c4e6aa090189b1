//! What of a question its meaning is learned from.

use std::hash::{Hash, Hasher};

use super::classifier::Features;
use super::marked::Marked;
use super::questions::{Score, Target};
use super::vocabulary::Intent;

/// Stands where a career is named.
pub const CAREER: &str = "{career}";
/// Stands where a skill or tool is named.
pub const SKILL: &str = "{skill}";
/// Stands where a short form may name a career.
const UNSURE: &str = "{short}";
/// Stand before the first word and after the last.
const ENDS: &str = "";
/// How many letters a word's beginning has.
const BEGINNING: usize = 4;
/// Up to this many words each counts in full; of longer texts each counts less.
const SHORT: f32 = 5.0;
/// The weight of phrases that counts as one unit, and the most that counts.
const PHRASES: (f32, f32) = (5.0, 10.0);

/// One thing that a question may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feature<'t> {
    /// A word's stem, or what stands for a name.
    Word(&'t str),
    /// Two of them side by side.
    Pair(&'t str, &'t str),
    /// The beginning of a longer word.
    Beginning(&'t str),
    /// A word inside the name of a skill.
    OfSkill(&'t str),
    /// Phrases of `questions.toml` that speak for this.
    Phrases(Target),
    /// How many careers, skills and unsure short forms are named: 2 for more.
    Names(u8, u8, u8),
    /// How many careers are named: 2 for more.
    Careers(u8),
    /// How many skills are named: 2 for more.
    Skills(u8),
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
            Self::Beginning(letters) => write!(f, "{letters}-"),
            Self::OfSkill(word) => write!(f, "{word} of a skill"),
            Self::Phrases(target) => write!(f, "phrases for {target}"),
            Self::Names(careers, skills, unsure) => {
                write!(
                    f,
                    "{careers} careers, {skills} skills, {unsure} short forms"
                )
            }
            Self::Careers(count) => write!(f, "{count} careers"),
            Self::Skills(count) => write!(f, "{count} skills"),
            Self::Field => f.write_str("a field"),
            Self::Intent(intent) => write!(f, "{intent:?}"),
        }
    }
}

impl Feature<'_> {
    /// The key under which its weights are kept.
    pub fn key(&self) -> u64 {
        let mut hash = Fnv::default();
        self.hash(&mut hash);
        hash.finish()
    }
}

/// The keys and amounts of everything that the text has.
pub fn keys(text: &Marked, scores: &[Score]) -> Features {
    let mut features = Vec::with_capacity(4 * text.words.len());
    each(text, scores, |feature, amount| {
        features.push((feature.key(), amount));
    });
    features
}

/// Calls `take` with everything that the text has, and how much of it.
pub fn each<'t>(text: &'t Marked, scores: &[Score], mut take: impl FnMut(Feature<'t>, f32)) {
    let tokens = tokens(text);
    let whole = (SHORT / tokens.len().max(1) as f32).sqrt().min(1.0);
    let half = whole / 2.0;
    let mut before = ENDS;
    for token in tokens.iter().copied().chain([ENDS]) {
        take(Feature::Pair(before, token), half);
        before = token;
    }
    let mut seen: Vec<&str> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if seen.contains(&token) {
            continue;
        }
        seen.push(token);
        take(Feature::Word(token), whole);
        if token.len() > BEGINNING && token.is_ascii() && !token.starts_with('{') {
            take(Feature::Beginning(&token[..BEGINNING]), half);
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
    take(Feature::Skills(skills), 1.0);
    if text.names_a_field() {
        take(Feature::Field, 1.0);
    }
}

/// The stems, with one token in the place of each name.
fn tokens(text: &Marked) -> Vec<&str> {
    let mut tokens = Vec::with_capacity(text.stems.len());
    let mut at = 0;
    while at < text.stems.len() {
        let careers = text.careers.iter().map(|named| (&named.at, CAREER));
        let unsure = text.unsure.iter().map(|named| (&named.at, UNSURE));
        let skills = text.skills.iter().map(|named| (&named.at, SKILL));
        let name = careers
            .chain(unsure)
            .chain(skills)
            .find(|(span, _)| span.start == at);
        match name {
            Some((span, token)) => {
                tokens.push(token);
                at = span.end;
            }
            None => {
                tokens.push(text.stems[at].as_str());
                at += 1;
            }
        }
    }
    tokens
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
