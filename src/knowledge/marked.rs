//! A text with the careers and skills that it names.

use std::ops::Range;

use super::CareerId;
use super::mentions::{CareerMention, NameKind, SkillMention};
use super::placeholder::Placeholder;
use super::sentences::Sentence;

/// Folded words, and what they name.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// The words.
    pub words: Vec<String>,
    /// The stem of each.
    pub stems: Vec<String>,
    /// The sentences that they stand in.
    pub sentences: Vec<Sentence>,
    /// The careers that are surely named, in order.
    pub careers: Vec<CareerMention>,
    /// Short forms that may name several careers or none.
    pub unsure: Vec<CareerMention>,
    /// Where professions are named that are no careers here, in order.
    pub professions: Vec<Range<usize>>,
    /// The skills and tools that are named, in order.
    pub skills: Vec<SkillMention>,
}

/// A word of a text, or what stands for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// The place of its first word.
    pub at: usize,
    /// A stem, or `{career}`, `{short}`, `{profession}`, `{skill}`.
    pub text: &'t str,
}

/// Stands where a career is named.
const CAREER: &str = Placeholder::Career.text();
/// Stands where a skill or tool is named.
const SKILL: &str = Placeholder::Skill.text();
/// Stands where a short form may name a career.
const UNSURE: &str = "{short}";
/// Stands where a profession is named that is no career here.
const PROFESSION: &str = "{profession}";

impl Marked {
    /// The stems, with one token in the place of each name.
    pub fn tokens(&self) -> Vec<Token<'_>> {
        let mut tokens = Vec::with_capacity(self.stems.len());
        let mut at = 0;
        while at < self.stems.len() {
            let careers = self.careers.iter().map(|named| (&named.at, CAREER));
            let unsure = self.unsure.iter().map(|named| (&named.at, UNSURE));
            let skills = self.skills.iter().map(|named| (&named.at, SKILL));
            let professions = self.professions.iter().map(|at| (at, PROFESSION));
            let name = careers
                .chain(unsure)
                .chain(professions)
                .chain(skills)
                .find(|(span, _)| span.start == at);
            let (text, end) = match name {
                Some((span, text)) => (text, span.end),
                None => (self.stems[at].as_str(), at + 1),
            };
            tokens.push(Token { at, text });
            at = end;
        }
        tokens
    }

    /// Whether the word at this place stands in a sentence that asks.
    pub fn is_asked(&self, at: usize) -> bool {
        let mut asking = self.sentences.iter().filter(|sentence| sentence.asks);
        asking.any(|sentence| sentence.at.contains(&at))
    }

    /// The careers in the order asked, each once.
    pub fn career_ids(&self) -> Vec<CareerId> {
        let first = |named: &CareerMention| named.careers.first().cloned();
        each_once(self.careers.iter().filter_map(first))
    }

    /// The careers that are named, in order. Where they are no pair, `short` takes short forms that mean one career alone
    /// for it too.
    pub fn named_careers(&self, short: bool) -> Vec<(Range<usize>, &CareerId)> {
        let is_pair = self.career_ids().len() > 1;
        let unsure = self.unsure.iter().filter(|named| named.careers.len() == 1);
        let all = self.careers.iter();
        let all = all.chain(unsure.filter(|_| short && !is_pair));
        let mut all: Vec<(Range<usize>, &CareerId)> = all
            .filter_map(|named| Some((named.at.clone(), named.careers.first()?)))
            .collect();
        all.sort_by_key(|(at, _)| at.start);
        all
    }

    /// How many careers are named; each placeholder of an example is one.
    pub fn named(&self) -> usize {
        let placeholders = self.careers.iter().filter(|named| named.careers.is_empty());
        placeholders.count() + self.career_ids().len()
    }

    /// Whether every career is named by its field alone.
    pub fn names_a_field(&self) -> bool {
        let is_field = |named: &CareerMention| named.kind == NameKind::Field;
        !self.careers.is_empty() && self.careers.iter().all(is_field)
    }

    /// Where careers are named, surely or not.
    pub fn career_spans(&self) -> Vec<Range<usize>> {
        let all = self.careers.iter().chain(&self.unsure);
        all.map(|named| named.at.clone()).collect()
    }

    /// Where skills are named.
    pub fn skill_spans(&self) -> Vec<Range<usize>> {
        self.skills.iter().map(|named| named.at.clone()).collect()
    }

    /// Marks the placeholders of an example.
    pub fn mark_placeholders(&mut self) {
        for (at, word) in self.words.iter().enumerate() {
            let at = at..at + 1;
            match Placeholder::from_text(word) {
                Some(Placeholder::Skill) => self.skills.push(SkillMention {
                    at,
                    name: String::new(),
                }),
                Some(_) => self.careers.push(CareerMention {
                    at,
                    careers: Vec::new(),
                    kind: NameKind::Own,
                }),
                None => {}
            }
        }
        self.careers.sort_by_key(|named| named.at.start);
    }
}

/// The items in order, each once.
pub fn each_once<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut different: Vec<T> = Vec::new();
    for item in items {
        if !different.contains(&item) {
            different.push(item);
        }
    }
    different
}
