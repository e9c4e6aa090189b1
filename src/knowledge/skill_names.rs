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
    /// What completes each skill, by its place.
    forms: Vec<Vec<Form>>,
}

/// A name or alias as it is compared with what was typed so far; the first of a skill is its name.
#[derive(Debug)]
struct Form {
    words: Vec<String>,
    /// The words run together.
    run: String,
}

impl SkillNames {
    /// Indexes the names and aliases of these skills.
    pub fn new(skills: &[Skill]) -> Self {
        let mut names = Self::default();
        for (place, skill) in skills.iter().enumerate() {
            let all = std::iter::once(&skill.name).chain(&skill.aliases);
            let forms: Vec<Form> = all.map(|name| Form::new(name)).collect();
            for form in &forms {
                let folded = form.run.as_str().into();
                names.folded.entry(folded).or_insert(place);
            }
            names.forms.push(forms);
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
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<usize> {
        let typed = run(fold::cut(typed, 60));
        let rank = |place: &usize| rank(&self.forms[*place], &typed);
        let mut found: Vec<(u8, usize)> = (self.by_name.iter())
            .filter_map(|place| Some((rank(place)?, *place)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.truncate(limit);
        found.into_iter().map(|(_, place)| place).collect()
    }
}

impl Form {
    fn new(name: &str) -> Self {
        let words = fold::words(name);
        Self {
            run: words.concat(),
            words,
        }
    }
}

/// How well a skill completes what was typed, 0 best; none where it does not.
fn rank(forms: &[Form], typed: &str) -> Option<u8> {
    let begins = |form: &Form| form.run.starts_with(typed);
    let has_word = |form: &Form| form.words.iter().any(|word| word.starts_with(typed));
    if typed.is_empty() {
        Some(0)
    } else if forms.first().is_some_and(begins) {
        Some(1)
    } else if forms.iter().any(begins) {
        Some(2)
    } else {
        forms.iter().any(has_word).then_some(3)
    }
}

/// Folded words run together.
fn run(text: &str) -> Box<str> {
    fold::words(text).concat().into()
}
