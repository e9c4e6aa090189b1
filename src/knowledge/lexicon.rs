//! Everything by which a question in plain words is read: names, phrases, and the spelling of both.

use std::collections::HashMap;

use rapidfuzz::distance::osa;

use super::mentions::Mentions;
use super::questions::{QuestionWords, Questions};
use super::{Career, Skill};

/// A word is put right from this many letters on.
const SHORTEST: usize = 5;
/// From this many letters on, two slips are forgiven.
const LONG: usize = 9;
/// Below this many letters only the slips that people make are forgiven: a vowel for a vowel, two letters swapped,
/// one too many or too few.
const MIDDLING: usize = 7;

/// Whose word it is: where several are as near, the first wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Career,
    Phrase,
    Skill,
}

/// Names and phrases, and how to put a misspelled word right.
pub struct Lexicon {
    mentions: Mentions,
    questions: Questions,
    /// Words worth putting right to, by their number of letters: those of careers first, of phrases, of skills.
    words: HashMap<usize, Vec<(Rank, String)>>,
}

impl Lexicon {
    /// Indexes the names of careers and skills and the phrases.
    pub fn new(careers: &[Career], skills: &[Skill], questions: &QuestionWords) -> Self {
        let mentions = Mentions::new(careers, skills);
        let questions = Questions::new(questions);
        let mut words: HashMap<usize, Vec<(Rank, String)>> = HashMap::new();
        let careers = mentions.career_words().map(|word| (Rank::Career, word));
        let phrases = questions.words().map(|word| (Rank::Phrase, word));
        let skills = mentions.skill_words().map(|word| (Rank::Skill, word));
        for (rank, word) in careers
            .chain(phrases)
            .chain(skills)
            .filter(|(_, word)| word.len() >= SHORTEST)
        {
            words
                .entry(word.len())
                .or_default()
                .push((rank, word.to_owned()));
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
        let near = (word.len() - slips..=word.len() + slips)
            .filter_map(|letters| self.words.get(&letters));
        let typed = osa::BatchComparator::new(word.chars());
        let arguments = osa::Args::default().score_cutoff(slips);
        near.flatten()
            .filter(|(rank, known)| *rank != Rank::Skill || known.len() >= MIDDLING)
            .filter(|(_, known)| known.len() >= MIDDLING || is_likely_slip(word, known))
            .filter_map(|(rank, known)| {
                let distance = typed.distance_with_args(known.chars(), &arguments)?;
                let same_start = known.as_bytes().first() == word.as_bytes().first();
                Some((!same_start, distance, *rank, known))
            })
            .min()
            .map(|(_, _, _, known)| known.clone())
    }
}

/// Whether one short word is what a hasty hand makes of the other.
fn is_likely_slip(typed: &str, known: &str) -> bool {
    let same_start = typed.as_bytes().first() == known.as_bytes().first();
    let other: Vec<(char, char)> = typed
        .chars()
        .zip(known.chars())
        .filter(|(a, b)| a != b)
        .collect();
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    same_start
        && match other[..] {
            [(a, b)] if typed.len() == known.len() => is_vowel(a) && is_vowel(b),
            _ => true,
        }
}
