//! Everything by which a question in plain words is read: names, phrases, and the spelling of both.

use std::collections::HashMap;

use rapidfuzz::distance::osa;

use super::mentions::Mentions;
use super::questions::{Questions, QuestionsFile};
use super::{Career, Skill};

/// A word is put right from this many letters on.
const SHORTEST: usize = 5;
/// From this many letters on, two slips are forgiven.
const LONG: usize = 8;

/// Names and phrases, and how to put a misspelled word right.
pub struct Lexicon {
    mentions: Mentions,
    questions: Questions,
    /// Words worth putting right to, by their number of letters.
    words: HashMap<usize, Vec<String>>,
}

impl Lexicon {
    /// Indexes the names of careers and skills and the phrases.
    pub fn new(careers: &[Career], skills: &[Skill], questions: &QuestionsFile) -> Self {
        let mentions = Mentions::new(careers, skills);
        let questions = Questions::new(questions);
        let mut words: HashMap<usize, Vec<String>> = HashMap::new();
        let all = mentions.words().chain(questions.words());
        for word in all.filter(|word| word.len() >= SHORTEST) {
            words.entry(word.len()).or_default().push(word.to_owned());
        }
        for list in words.values_mut() {
            list.sort();
            list.dedup();
        }
        Self {
            mentions,
            questions,
            words,
        }
    }

    /// Names of careers and skills.
    pub fn mentions(&self) -> &Mentions {
        &self.mentions
    }

    /// Phrases.
    pub fn questions(&self) -> &Questions {
        &self.questions
    }

    /// The known word that an unknown folded one stands for; none where it is known, or where nothing is near.
    pub fn spelling(&self, word: &str) -> Option<String> {
        if word.len() < SHORTEST || self.mentions.knows(word) || self.questions.knows(word) {
            return None;
        }
        let slips = if word.len() >= LONG { 2 } else { 1 };
        let near = (word.len() - slips..=word.len() + slips).filter_map(|letters| self.words.get(&letters));
        let typed = osa::BatchComparator::new(word.chars());
        let arguments = osa::Args::default().score_cutoff(slips);
        near.flatten()
            .filter_map(|known| {
                let distance = typed.distance_with_args(known.chars(), &arguments)?;
                let same_start = known.as_bytes().first() == word.as_bytes().first();
                Some((distance, !same_start, known))
            })
            .min()
            .map(|(_, _, known)| known.clone())
    }
}
