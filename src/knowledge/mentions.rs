//! Careers and skills that are named inside a longer text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Career, CareerId, Skill, fold, titles};

/// Most words of a name that is looked for.
const LONGEST_NAME: usize = 7;
/// A name written without its spaces is recognised from this many letters on.
const SHORTEST_SQUASHED: usize = 8;

/// Words between two careers of which one may be cut short: "web to mobile development", "data analyst or engineer".
const BETWEEN: &[&str] = &["and", "into", "or", "to", "v", "versus", "vs"];

/// Finds names in the folded words of a text.
#[derive(Debug, Default)]
pub struct Mentions {
    careers: HashMap<String, Vec<(CareerId, NameKind)>>,
    skills: HashMap<String, String>,
    professions: HashSet<String>,
    career_words: HashSet<String>,
    /// How many names of careers each word ends.
    last_words: HashMap<String, usize>,
    skill_words: HashSet<String>,
    /// The first word of every name, and the most words of a name that starts so.
    starts: HashMap<String, usize>,
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
    /// What people call the field, which means the career where no other is named: "NLP".
    FieldAlone,
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
    /// Indexes the names of careers, of skills, and of professions that are no careers here.
    pub fn new(careers: &[Career], skills: &[Skill], professions: &[String]) -> Self {
        let mut index = Self::default();
        for career in careers {
            let own = std::iter::once(&career.name).chain(&career.aliases);
            own.for_each(|name| index.add_career(career, name, NameKind::Own));
            (career.narrower.iter())
                .for_each(|name| index.add_career(career, name, NameKind::Narrower));
            (career.fields.iter())
                .for_each(|name| index.add_career(career, name, NameKind::FieldAlone));
            (career.ambiguous.iter())
                .for_each(|name| index.add_career(career, name, NameKind::Ambiguous));
        }
        for skill in skills {
            for name in std::iter::once(&skill.name).chain(&skill.aliases) {
                index.add_skill(name, &skill.name);
            }
        }
        for name in professions {
            let key = fold::words(name).join(" ");
            index.add_start(&key);
            index.professions.insert(key);
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
        if let Some(last) = words.last().filter(|_| words.len() > 1) {
            *self.last_words.entry(last.clone()).or_default() += 1;
        }
        self.add_career_key(words.join(" "), career, kind);
        self.add_career_key(long.join(" "), career, kind);
        self.career_words.extend(words.into_iter().chain(long));
    }

    fn add_career_key(&mut self, key: String, career: &Career, kind: NameKind) {
        self.add_start(&key);
        let known = self.careers.entry(key).or_default();
        if !known.iter().any(|(id, _)| *id == career.id) {
            known.push((career.id.clone(), kind));
        }
    }

    fn add_skill(&mut self, name: &str, canonical: &str) {
        let words = fold::words(name);
        let key = words.join(" ");
        self.add_start(&key);
        self.skills
            .entry(key)
            .or_insert_with(|| canonical.to_owned());
        self.skill_words.extend(words);
    }

    fn add_start(&mut self, key: &str) {
        let first = key.split(' ').next().unwrap_or_default();
        let most = self.starts.entry(first.to_owned()).or_default();
        *most = (*most).max(key.split(' ').count());
    }

    /// The most words of a name that starts with this word, as it stands or written out; 0 where none does.
    fn most_words(&self, word: &str) -> usize {
        let most = |first: &str| self.starts.get(first).copied().unwrap_or_default();
        let long = titles::long_form(word).and_then(|long| long.first().copied());
        let bare = titles::without_number(word);
        most(word)
            .max(long.map_or(0, most))
            .max(bare.map_or(0, most))
    }

    /// Whether the word stands in any name.
    pub fn knows(&self, word: &str) -> bool {
        self.career_words.contains(word) || self.skill_words.contains(word)
    }

    /// Whether names of several careers end with this word.
    pub fn ends_names(&self, word: &str) -> bool {
        self.last_words.get(word).is_some_and(|names| *names > 1)
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
        let found = self.longest(words, |run| self.career(run));
        let mut found: Vec<CareerMention> = found
            .map(|(at, (careers, kind))| CareerMention { at, careers, kind })
            .collect();
        let short: Vec<CareerMention> = found
            .iter()
            .flat_map(|named| [self.cut_before(words, named), self.cut_after(words, named)])
            .flatten()
            .filter(|short| !found.iter().any(|named| named.at.contains(&short.at.start)))
            .collect();
        if !short.is_empty() {
            found.extend(short);
            found.sort_by_key(|named| named.at.start);
            found.dedup_by_key(|named| named.at.start);
        }
        found
    }

    /// A career before this one that shares its last word: "web" in "web to mobile development".
    fn cut_before(&self, words: &[String], named: &CareerMention) -> Option<CareerMention> {
        let at = named.at.start.checked_sub(2)?;
        let (shared, _) = words[named.at.clone()].split_last()?;
        self.cut(words, at, at + 1, vec![words[at].clone(), shared.clone()])
    }

    /// A career after this one that shares its first words: "engineer" in "data analyst or engineer".
    fn cut_after(&self, words: &[String], named: &CareerMention) -> Option<CareerMention> {
        let at = named.at.end + 1;
        let (_, shared) = words[named.at.clone()].split_last()?;
        let whole: Vec<String> = shared.iter().chain(words.get(at)).cloned().collect();
        self.cut(words, at, named.at.end, whole)
    }

    /// The career at `at` that these words name in full, where a word of [`BETWEEN`] stands at `between`.
    fn cut(
        &self,
        words: &[String],
        at: usize,
        between: usize,
        whole: Vec<String>,
    ) -> Option<CareerMention> {
        let is_between = |word: &String| BETWEEN.contains(&word.as_str());
        let (careers, kind) = (words.get(between).is_some_and(is_between) && whole.len() > 1)
            .then(|| self.career(&whole))??;
        (at < words.len() && careers.len() == 1 && kind < NameKind::FieldAlone).then_some(
            CareerMention {
                at: at..at + 1,
                careers,
                kind,
            },
        )
    }

    /// What a run of words names: as it stands, with short forms written out, or as a field.
    fn career(&self, run: &[String]) -> Option<(Vec<CareerId>, NameKind)> {
        let long = titles::written_out(run);
        let person = titles::as_person(&long);
        let plain = self.careers.get(&run.join(" "));
        let (known, field) = match plain.or_else(|| self.careers.get(&long.join(" "))) {
            Some(known) => (known, false),
            None if run.len() > 1 => (self.careers.get(&person.join(" "))?, true),
            None => (self.careers.get(titles::without_number(&run[0])?)?, false),
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
        self.longest(words, |run| self.skills.get(&run.join(" ")))
            .map(|(at, name)| SkillMention {
                at,
                name: name.clone(),
            })
            .collect()
    }

    /// Where the words name professions that are no careers here; where names overlap the longer one counts.
    pub fn professions(&self, words: &[String]) -> Vec<Range<usize>> {
        self.longest(words, |run| self.professions.get(&run.join(" ")))
            .map(|(at, _)| at)
            .collect()
    }

    /// The longest known run of words from each place on, without overlaps.
    fn longest<'w, T>(
        &'w self,
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
                let most = most.min(self.most_words(&words[at]));
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
}
