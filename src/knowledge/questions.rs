//! The words by which a question's intent and section are recognised (`questions.toml`), ready for matching.
//!
//! A phrase is folded and stemmed word by word. `{career}` and `{skill}` stand for a named one, `...` for up to three
//! words of any kind, `*` for up to fifteen, `a/b` for one of several words, `=word` for the word in just this form.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Section, fold};

/// What `questions.toml` says, checked.
#[derive(Debug, Default, Clone)]
pub struct QuestionWords {
    /// Phrases for each section.
    pub sections: BTreeMap<Section, Phrases>,
    /// Phrases for what is not one career's section.
    pub intents: BTreeMap<Topic, Phrases>,
    /// How people shorten words in chat, and what they mean.
    pub shorthand: BTreeMap<String, String>,
    /// Professions that are no careers here.
    pub professions: Vec<String>,
    /// Names of skills that are everyday words too.
    pub everyday: Vec<String>,
}

/// Phrases by how strongly they speak for something.
#[derive(Debug, Default, Clone)]
pub struct Phrases {
    /// Enough alone.
    pub sure: Vec<String>,
    /// Enough unless something else speaks louder.
    pub likely: Vec<String>,
    /// Tips the balance.
    pub hint: Vec<String>,
}

/// Whether a phrase can be matched.
///
/// # Errors
/// What is wrong with it, to be read after the phrase.
pub fn check(phrase: &str) -> Result<(), &'static str> {
    let mut words = 0;
    for part in phrase.split_whitespace() {
        match part {
            "{career}" | "{skill}" => words += 1,
            "..." | "*" => {}
            part if part.contains(['{', '}']) => {
                return Err("holds a placeholder that does not exist");
            }
            part if part.split('/').all(|word| fold::words(word).is_empty()) => {
                return Err("holds a part without letters or digits");
            }
            _ => words += 1,
        }
    }
    if words == 0 {
        Err("holds no word")
    } else {
        Ok(())
    }
}

/// What a question may be after, besides a section of a career.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Two careers side by side.
    Compare,
    /// How two careers differ, whatever else the question speaks of.
    Difference,
    /// Listings.
    Jobs,
    /// Careers by skills.
    Match,
    /// The way into another career.
    Switch,
    /// What careers there are.
    List,
    /// A whole career.
    Overview,
    /// Not about careers.
    None,
}

/// What a phrase speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A section.
    Section(Section),
    /// Anything else.
    Topic(Topic),
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Section(section) => f.write_str(section.id()),
            Self::Topic(topic) => write!(f, "{topic:?}"),
        }
    }
}

/// The compiled phrases.
pub struct Questions {
    phrases: Vec<Phrase>,
    /// Phrases by the first word they can start with.
    starts: HashMap<String, Vec<usize>>,
    /// Phrases that start with a career.
    career_starts: Vec<usize>,
    /// Phrases that start with a skill, or with words of any kind.
    other_starts: Vec<usize>,
    words: HashSet<String>,
    stems: HashSet<String>,
    shorthand: HashMap<String, Vec<String>>,
    everyday: HashSet<String>,
    stemmer: Stemmer,
}

struct Phrase {
    target: Target,
    strength: Strength,
    weight: f32,
    elements: Vec<Element>,
}

enum Element {
    Words(Vec<String>),
    Career,
    Skill,
    /// At most this many words of any kind.
    Gap(usize),
}

/// A text as phrases are matched against it.
pub struct Matchable<'a> {
    /// The folded words.
    pub words: &'a [String],
    /// The stem of each word.
    pub stems: &'a [String],
    /// Where careers are named: their words match `{career}` and nothing else.
    pub careers: &'a [Range<usize>],
    /// Where skills are named: their words match `{skill}` and themselves.
    pub skills: &'a [Range<usize>],
}

/// How strongly phrases speak for a target, and the words that did.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// What they speak for.
    pub target: Target,
    /// How strongly.
    pub weight: f32,
    /// Where the phrases matched.
    pub at: Vec<Range<usize>>,
}

/// How strongly a phrase speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    Sure,
    Likely,
    Hint,
}

impl Strength {
    /// The weight of one word.
    const fn weight(self) -> f32 {
        match self {
            Self::Sure => 5.0,
            Self::Likely => 3.0,
            Self::Hint => 1.0,
        }
    }

    /// The most that all phrases of this strength add up to: many weak ones do not make a strong one.
    const fn most(self) -> f32 {
        match self {
            Self::Sure => f32::INFINITY,
            Self::Likely => 4.5,
            Self::Hint => 1.5,
        }
    }
}

/// What each further word of a phrase adds to its weight.
const PER_WORD: f32 = 0.2;
const SHORT_GAP: usize = 3;
const LONG_GAP: usize = 15;
/// Marks a word that counts in just this form.
const EXACT: char = '=';

impl Questions {
    /// Compiles the phrases.
    pub fn new(file: &QuestionWords) -> Self {
        let mut questions = Self {
            phrases: Vec::new(),
            starts: HashMap::new(),
            career_starts: Vec::new(),
            other_starts: Vec::new(),
            words: HashSet::new(),
            stems: HashSet::new(),
            shorthand: HashMap::new(),
            everyday: HashSet::new(),
            stemmer: Stemmer::new(Algorithm::English),
        };
        let sections =
            (file.sections.iter()).map(|(section, phrases)| (Target::Section(*section), phrases));
        let topics = (file.intents.iter()).map(|(topic, phrases)| (Target::Topic(*topic), phrases));
        for (target, phrases) in sections.chain(topics) {
            for (strength, texts) in [
                (Strength::Sure, &phrases.sure),
                (Strength::Likely, &phrases.likely),
                (Strength::Hint, &phrases.hint),
            ] {
                texts
                    .iter()
                    .for_each(|text| questions.add(target, strength, text));
            }
        }
        questions.shorthand = (file.shorthand.iter())
            .map(|(short, long)| (fold::words(short).concat(), fold::words(long)))
            .collect();
        questions.everyday = (file.everyday.iter())
            .map(|word| fold::words(word).join(" "))
            .collect();
        questions
    }

    /// The stems of these words, which are known from now on.
    fn learn(&mut self, words: &[String]) -> HashSet<String> {
        let words: Vec<String> = words.iter().flat_map(|word| fold::words(word)).collect();
        let stems = self.stems(&words);
        self.stems.extend(stems.iter().cloned());
        self.words.extend(words);
        stems.into_iter().collect()
    }

    fn add(&mut self, target: Target, strength: Strength, text: &str) {
        let elements: Vec<Element> = text
            .split_whitespace()
            .map(|part| self.element(part))
            .collect();
        let words = elements
            .iter()
            .filter(|element| !matches!(element, Element::Gap(_)))
            .count();
        if words == 0 {
            return;
        }
        let place = self.phrases.len();
        match elements.first() {
            Some(Element::Words(words)) => {
                for word in words {
                    let word = &match word.strip_prefix(EXACT) {
                        Some(word) => self.stem(word),
                        None => word.clone(),
                    };
                    self.starts.entry(word.clone()).or_default().push(place);
                }
            }
            Some(Element::Career) => self.career_starts.push(place),
            _ => self.other_starts.push(place),
        }
        self.phrases.push(Phrase {
            target,
            strength,
            weight: strength.weight() * (1.0 + PER_WORD * (words - 1) as f32),
            elements,
        });
    }

    fn element(&mut self, part: &str) -> Element {
        match part {
            "{career}" => Element::Career,
            "{skill}" => Element::Skill,
            "..." => Element::Gap(SHORT_GAP),
            "*" => Element::Gap(LONG_GAP),
            words => {
                let (exact, any): (Vec<&str>, Vec<&str>) =
                    words.split('/').partition(|word| word.starts_with(EXACT));
                let exact = exact.iter().flat_map(|word| fold::words(word));
                let exact: Vec<String> = exact.map(|word| format!("{EXACT}{word}")).collect();
                let any: Vec<String> = any.into_iter().map(str::to_owned).collect();
                Element::Words(self.learn(&any).into_iter().chain(exact).collect())
            }
        }
    }

    /// The folded words with chat shorthand written out.
    pub fn written_out(&self, words: Vec<String>) -> Vec<String> {
        let long = |word: String| {
            self.shorthand
                .get(&word)
                .cloned()
                .unwrap_or_else(|| vec![word])
        };
        words.into_iter().flat_map(long).collect()
    }

    /// The stems of folded words.
    pub fn stems(&self, words: &[String]) -> Vec<String> {
        words.iter().map(|word| self.stem(word)).collect()
    }

    /// The stem of a folded word.
    pub fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }

    /// Whether the folded word, in any of its forms, stands in a phrase or list.
    pub fn knows(&self, word: &str) -> bool {
        self.stems.contains(&self.stem(word))
    }

    /// Every folded word of every phrase and list.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether the folded name of a skill is an everyday word too.
    pub fn is_everyday(&self, name: &str) -> bool {
        self.everyday.contains(name)
    }

    /// What the phrases in the text speak for, strongest first.
    pub fn score(&self, text: &Matchable<'_>) -> Vec<Score> {
        let mut matches: Vec<(&Phrase, Range<usize>)> = Vec::new();
        for start in 0..text.stems.len() {
            let by_word = self.starts.get(text.stems[start].as_str());
            let is_career = text.careers.iter().any(|span| span.start == start);
            let by_career = is_career.then_some(&self.career_starts);
            let by_other = Some(&self.other_starts);
            let by_slot = by_career.into_iter().chain(by_other).flatten();
            for place in by_word.into_iter().flatten().chain(by_slot) {
                let phrase = &self.phrases[*place];
                if let Some(end) = end_of(&phrase.elements, text, start) {
                    matches.push((phrase, start..end));
                }
            }
        }
        // The heaviest first; words that already spoke for a target add nothing to it.
        matches.sort_by(|a, b| b.0.weight.total_cmp(&a.0.weight));
        let mut sums: BTreeMap<Target, Sum> = BTreeMap::new();
        for (phrase, at) in matches {
            sums.entry(phrase.target).or_default().add(phrase, at);
        }
        let scores = sums.into_iter().map(|(target, sum)| Score {
            target,
            weight: sum.weight(),
            at: sum.at,
        });
        let mut scores: Vec<Score> = scores.collect();
        scores.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.target.cmp(&b.target)));
        scores
    }
}

/// What has spoken for one target so far.
#[derive(Default)]
struct Sum {
    by_strength: Vec<(Strength, f32)>,
    at: Vec<Range<usize>>,
}

impl Sum {
    fn add(&mut self, phrase: &Phrase, at: Range<usize>) {
        if self
            .at
            .iter()
            .any(|taken| taken.start < at.end && at.start < taken.end)
        {
            return;
        }
        self.at.push(at);
        match self
            .by_strength
            .iter_mut()
            .find(|(strength, _)| *strength == phrase.strength)
        {
            Some((_, weight)) => *weight += phrase.weight,
            None => self.by_strength.push((phrase.strength, phrase.weight)),
        }
    }

    fn weight(&self) -> f32 {
        let capped = self
            .by_strength
            .iter()
            .map(|(strength, weight)| weight.min(strength.most()));
        capped.sum()
    }
}

/// Where a match of the elements ends that begins at `at`.
fn end_of(elements: &[Element], text: &Matchable<'_>, at: usize) -> Option<usize> {
    let Some((first, rest)) = elements.split_first() else {
        return Some(at);
    };
    let named = |spans: &[Range<usize>]| {
        spans
            .iter()
            .find(|span| span.start == at)
            .map(|span| span.end)
    };
    match first {
        Element::Words(words) => {
            let free = !text.careers.iter().any(|span| span.contains(&at));
            let is_exact = |known: &String| {
                known
                    .strip_prefix(EXACT)
                    .is_some_and(|known| text.words[at] == known)
            };
            let fits = (text.stems.get(at))
                .is_some_and(|stem| words.iter().any(|known| known == stem || is_exact(known)));
            (free && fits).then(|| end_of(rest, text, at + 1)).flatten()
        }
        Element::Career => end_of(rest, text, named(text.careers)?),
        Element::Skill => end_of(rest, text, named(text.skills)?),
        Element::Gap(most) => {
            (at..=(at + most).min(text.stems.len())).find_map(|at| end_of(rest, text, at))
        }
    }
}
