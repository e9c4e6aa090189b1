//! Careers and skills that are named inside a longer text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Career, CareerId, Skill, fold, titles};

/// Most words of a name that is looked for.
const LONGEST_NAME: usize = 7;
/// A name written without its spaces is recognised from this many letters on.
const SHORTEST_SQUASHED: usize = 8;

/// Finds names in the folded words of a text.
#[derive(Debug, Default)]
pub struct Mentions {
    careers: HashMap<String, Vec<(CareerId, NameKind)>>,
    skills: HashMap<String, String>,
    career_words: HashSet<String>,
    skill_words: HashSet<String>,
}

/// What sort of name was used for a career; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// Its name or an alias.
    Own,
    /// A narrower title.
    Narrower,
    /// The field that the career works in: "data engineering".
    Field,
    /// A short form that may mean something else.
    Ambiguous,
}

/// A career named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareerMention {
    /// The words that name it.
    pub at: Range<usize>,
    /// The career; several where the name is ambiguous.
    pub careers: Vec<CareerId>,
    /// The sort of name.
    pub kind: NameKind,
}

/// A skill or tool named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillMention {
    /// The words that name it.
    pub at: Range<usize>,
    /// Its canonical name.
    pub name: String,
}

impl Mentions {
    /// Indexes the names of careers and skills.
    pub fn new(careers: &[Career], skills: &[Skill]) -> Self {
        let mut index = Self::default();
        for career in careers {
            let own = std::iter::once(&career.name).chain(&career.aliases);
            own.for_each(|name| index.add_career(career, name, NameKind::Own));
            (career.narrower.iter())
                .for_each(|name| index.add_career(career, name, NameKind::Narrower));
            (career.ambiguous.iter())
                .for_each(|name| index.add_career(career, name, NameKind::Ambiguous));
        }
        for skill in skills {
            for name in std::iter::once(&skill.name).chain(&skill.aliases) {
                index.add_skill(name, &skill.name);
            }
        }
        index
    }

    fn add_career(&mut self, career: &Career, name: &str, kind: NameKind) {
        let words = fold::words(name);
        let squashed = words.concat();
        if words.len() > 1 && squashed.len() >= SHORTEST_SQUASHED {
            self.add_career_key(squashed, career, kind);
        }
        let long = titles::written_out(&words);
        self.add_career_key(words.join(" "), career, kind);
        self.add_career_key(long.join(" "), career, kind);
        self.career_words.extend(words.into_iter().chain(long));
    }

    fn add_career_key(&mut self, key: String, career: &Career, kind: NameKind) {
        let known = self.careers.entry(key).or_default();
        if !known.iter().any(|(id, _)| *id == career.id) {
            known.push((career.id.clone(), kind));
        }
    }

    fn add_skill(&mut self, name: &str, canonical: &str) {
        let words = fold::words(name);
        self.skills
            .entry(words.join(" "))
            .or_insert_with(|| canonical.to_owned());
        self.skill_words.extend(words);
    }

    /// Whether the word stands in any name.
    pub fn knows(&self, word: &str) -> bool {
        self.career_words.contains(word) || self.skill_words.contains(word)
    }

    /// Every word of the careers' names.
    pub fn career_words(&self) -> impl Iterator<Item = &str> {
        self.career_words.iter().map(String::as_str)
    }

    /// Every word of the skills' names.
    pub fn skill_words(&self) -> impl Iterator<Item = &str> {
        self.skill_words.iter().map(String::as_str)
    }

    /// The careers that the words name, in order; where names overlap the longer one counts.
    pub fn careers(&self, words: &[String]) -> Vec<CareerMention> {
        longest(words, |run| self.career(run))
            .map(|(at, (careers, kind))| CareerMention { at, careers, kind })
            .collect()
    }

    /// What a run of words names: as it stands, with short forms written out, or as a field.
    fn career(&self, run: &[String]) -> Option<(Vec<CareerId>, NameKind)> {
        let long = titles::written_out(run);
        let person = titles::as_person(&long);
        let plain = self.careers.get(&run.join(" "));
        let (known, field) = match plain.or_else(|| self.careers.get(&long.join(" "))) {
            Some(known) => (known, false),
            None if run.len() > 1 => (self.careers.get(&person.join(" "))?, true),
            None => return None,
        };
        let kind = known.iter().map(|(_, kind)| *kind).min()?;
        let careers = (known.iter().filter(|(_, k)| *k == kind)).map(|(id, _)| id.clone());
        let kind = if field && kind < NameKind::Field {
            NameKind::Field
        } else {
            kind
        };
        Some((careers.collect(), kind))
    }

    /// The skills that the words name, in order; where names overlap the longer one counts.
    pub fn skills(&self, words: &[String]) -> Vec<SkillMention> {
        longest(words, |run| self.skills.get(&run.join(" ")))
            .map(|(at, name)| SkillMention {
                at,
                name: name.clone(),
            })
            .collect()
    }
}

/// The longest known run of words from each place on, without overlaps.
fn longest<'w, T>(
    words: &'w [String],
    known: impl Fn(&[String]) -> Option<T> + 'w,
) -> impl Iterator<Item = (Range<usize>, T)> + 'w
where
    T: 'w,
{
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < words.len() {
            let most = LONGEST_NAME.min(words.len() - at);
            let found = (1..=most).rev().find_map(|count| {
                let run = at..at + count;
                known(&words[run.clone()]).map(|value| (run, value))
            });
            at = found.as_ref().map_or(at + 1, |(run, _)| run.end);
            if found.is_some() {
                return found;
            }
        }
        None
    })
}
