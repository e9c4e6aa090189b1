//! From what a person typed to a skill or tool of `skills.toml`.

use std::collections::HashMap;

use rapidfuzz::distance::osa;

use super::{Skill, fold, typos};

/// Finds skills by name and alias; forgiving case, accents, punctuation, plurals, typos.
#[derive(Debug, Default)]
pub struct SkillNames {
    /// Folded words run together, and the skill's place.
    folded: HashMap<Box<str>, usize>,
    /// Places by name.
    by_name: Vec<usize>,
}

impl SkillNames {
    /// Indexes the names and aliases of these skills.
    pub fn new(skills: &[Skill]) -> Self {
        let mut names = Self::default();
        for (place, skill) in skills.iter().enumerate() {
            for name in std::iter::once(&skill.name).chain(&skill.aliases) {
                names.folded.entry(run(name)).or_insert(place);
            }
        }
        names.by_name = (0..skills.len()).collect();
        names
            .by_name
            .sort_by_key(|place| skills[*place].name.to_lowercase());
        names
    }

    /// The place of the skill that was typed; a typo is forgiven where only one skill is as near.
    pub fn find(&self, typed: &str) -> Option<usize> {
        let typed = run(fold::cut(typed, 60));
        if typed.is_empty() {
            return None;
        }
        self.folded
            .get(&typed)
            .copied()
            .or_else(|| self.nearest(&typed))
    }

    fn nearest(&self, typed: &str) -> Option<usize> {
        let most = typos::allowance(typed);
        let mut best: Option<(usize, usize)> = None;
        let mut tied = false;
        for (name, place) in &self.folded {
            if name.len().abs_diff(typed.len()) > most {
                continue;
            }
            let distance = osa::distance(name.chars(), typed.chars());
            match best {
                Some((least, found)) if distance == least => tied |= found != *place,
                Some((least, _)) if distance > least => {}
                _ => {
                    best = Some((distance, *place));
                    tied = false;
                }
            }
        }
        let (distance, place) = best?;
        (distance <= most && !tied).then_some(place)
    }

    /// Places of the skills that what was typed so far may become, best first: the name or an alias begins so, a word
    /// of it begins so.
    pub fn complete(&self, skills: &[Skill], typed: &str, limit: usize) -> Vec<usize> {
        let words = fold::words(fold::cut(typed, 60));
        let typed = words.concat();
        let rank = |place: &usize| {
            let skill = &skills[*place];
            let names = || std::iter::once(&skill.name).chain(&skill.aliases);
            if typed.is_empty() {
                Some(0)
            } else if run(&skill.name).starts_with(&typed) {
                Some(1)
            } else if names().any(|name| run(name).starts_with(&typed)) {
                Some(2)
            } else if names().any(|name| {
                fold::words(name)
                    .iter()
                    .any(|word| word.starts_with(&typed))
            }) {
                Some(3)
            } else {
                None
            }
        };
        let mut found: Vec<(u8, usize)> = (self.by_name.iter())
            .filter_map(|place| Some((rank(place)?, *place)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found
            .into_iter()
            .map(|(_, place)| place)
            .take(limit)
            .collect()
    }
}

/// Folded words run together.
fn run(text: &str) -> Box<str> {
    fold::words(text).concat().into()
}
