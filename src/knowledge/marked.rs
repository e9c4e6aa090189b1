//! A text with the careers and skills that it names.

use std::ops::Range;

use super::CareerId;
use super::features::{CAREER, SKILL};
use super::mentions::{CareerMention, NameKind, SkillMention};

/// Folded words, and what they name.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// The words.
    pub words: Vec<String>,
    /// The stem of each.
    pub stems: Vec<String>,
    /// The careers that are surely named, in order.
    pub careers: Vec<CareerMention>,
    /// Short forms that may name several careers or none.
    pub unsure: Vec<CareerMention>,
    /// The skills and tools that are named, in order.
    pub skills: Vec<SkillMention>,
}

impl Marked {
    /// The careers in the order asked, each once.
    pub fn career_ids(&self) -> Vec<CareerId> {
        let mut ids: Vec<CareerId> = Vec::new();
        for id in self
            .careers
            .iter()
            .filter_map(|named| named.careers.first())
        {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        ids
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
            match word.as_str() {
                CAREER => self.careers.push(CareerMention {
                    at,
                    careers: Vec::new(),
                    kind: NameKind::Own,
                }),
                SKILL => self.skills.push(SkillMention {
                    at,
                    name: String::new(),
                }),
                _ => {}
            }
        }
    }
}
