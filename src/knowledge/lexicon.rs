//! Everything by which a question in plain words is read: names, phrases, examples, and the spelling of all of them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rapidfuzz::distance::osa;

use super::classifier::Samples;
use super::features;
use super::marked::Marked;
use super::meaning::{Example, Meaning, MeaningSet, Meanings, first_examples};
use super::mentions::{CareerMention, Mentions, NameKind, SkillMention};
use super::placeholder;
use super::questions::{Matchable, QuestionWords, Questions, Score};
use super::roles::{self, Roles};
use super::sentences::Sentences;
use super::{Career, CareerId, Intent, Skill, titles};

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

/// A word is ordinary from this many meanings on whose examples use it.
const ORDINARY: usize = 8;
/// A word of examples is worth putting right to from this many on that use it.
const OFTEN: usize = 3;
/// Words after which an everyday word names a skill.
const BEFORE_SKILLS: &[&str] = &[
    "know", "learn", "use", "using", "uses", "need", "with", "in", "at", "love", "like",
];

/// A word that a misspelled one may stand for.
struct Correct {
    /// [`letters`] of it.
    letters: u32,
    rank: Rank,
    word: String,
}

/// Names, phrases and examples, and how to put a misspelled word right.
pub struct Lexicon {
    mentions: Mentions,
    questions: Questions,
    meanings: Meanings,
    roles: Roles,
    /// Stems that examples of any kind use: a word of them tells nothing about what a question is about.
    ordinary: HashSet<String>,
    /// Words of all examples and phrases.
    known: HashSet<String>,
    /// Stems of all examples.
    stems: HashSet<String>,
    /// Words worth putting right to, by their number of letters.
    words: HashMap<usize, Vec<Correct>>,
}

impl Lexicon {
    /// Indexes the names of careers and skills and the phrases, and learns from the examples.
    pub fn new(
        careers: &[Career],
        skills: &[Skill],
        questions: &QuestionWords,
        examples: &[Example],
    ) -> Self {
        let professions = &questions.professions;
        let questions = Questions::new(questions);
        let mut lexicon = Self {
            mentions: Mentions::new(careers, skills, professions),
            questions,
            meanings: Meanings::default(),
            roles: Roles::default(),
            ordinary: HashSet::new(),
            known: HashSet::new(),
            stems: HashSet::new(),
            words: HashMap::new(),
        };
        let first = first_examples();
        let examples = || examples.iter().chain(&first);
        let often = lexicon.learn_words(examples());
        lexicon.index_spellings(&often);
        lexicon.learn_meanings(examples());
        lexicon
    }

    /// The words of an example. Each is folded when it is needed: all at once they would be most of the memory.
    fn sentences(&self, example: &Example) -> Sentences {
        let words = |text: &str| self.questions.written_out(placeholder::words(text));
        Sentences::of(&example.text, usize::MAX, words)
    }

    /// Counts the words of the examples; gives those that stand in many.
    fn learn_words<'e>(&mut self, examples: impl Iterator<Item = &'e Example>) -> Vec<String> {
        let mut uses: HashMap<String, (usize, MeaningSet)> = HashMap::new();
        for example in examples {
            for word in self.sentences(example).words {
                let (count, meanings) = uses.entry(word).or_default();
                *count += 1;
                meanings.insert(example.meaning);
            }
        }
        let mut by_stem: HashMap<String, MeaningSet> = HashMap::new();
        for (word, (_, meanings)) in &uses {
            let known = by_stem.entry(self.questions.stem(word)).or_default();
            known.extend(*meanings);
        }
        let ordinary = by_stem.iter().filter(|(_, uses)| uses.count() >= ORDINARY);
        self.ordinary = ordinary.map(|(stem, _)| stem.clone()).collect();
        self.stems = by_stem.into_keys().collect();
        let often = uses.iter().filter(|(_, (count, _))| *count >= OFTEN);
        let mut often: Vec<String> = often.map(|(word, _)| word.clone()).collect();
        often.sort_unstable();
        let words = self.questions.words().map(str::to_owned);
        self.known = words.chain(uses.into_keys()).collect();
        often
    }

    /// Learns what questions mean, and which part the careers in them play.
    fn learn_meanings<'e>(&mut self, examples: impl Iterator<Item = &'e Example>) {
        let (mut texts, mut meanings) = (Samples::default(), Vec::new());
        let (mut places, mut roles) = (Samples::default(), Vec::new());
        for example in examples {
            let mut marked = self.mark(self.sentences(example));
            marked.mark_placeholders();
            let scores = self.score(&marked);
            texts.add(features::keys(&marked, &scores));
            meanings.push(example.meaning);
            for (features, role) in roles::examples(example.meaning.intent, &marked) {
                places.add(features);
                roles.push(role);
            }
        }
        self.roles = Roles::train(places, &roles);
        self.meanings = Meanings::train(texts, &meanings);
    }

    fn index_spellings(&mut self, often: &[String]) {
        let careers = self
            .mentions
            .career_words()
            .map(|word| (Rank::Career, word));
        let phrases = self.questions.words().map(|word| (Rank::Phrase, word));
        let often = often.iter().map(|word| (Rank::Phrase, word.as_str()));
        let skills = self.mentions.skill_words().map(|word| (Rank::Skill, word));
        let all = careers.chain(phrases).chain(often).chain(skills);
        let mut words: HashMap<usize, Vec<Correct>> = HashMap::new();
        for (rank, word) in all.filter(|(_, word)| word.len() >= SHORTEST) {
            words.entry(word.len()).or_default().push(Correct {
                letters: letters(word),
                rank,
                word: word.to_owned(),
            });
        }
        self.words = words;
    }

    /// The careers and skills that a text names.
    pub fn mark(&self, text: Sentences) -> Marked {
        let Sentences { words, sentences } = text;
        let stems = self.questions.stems(&words);
        let mut professions = self.mentions.professions(&words);
        let (careers, unsure): (Vec<CareerMention>, Vec<CareerMention>) = (self.mentions)
            .careers(&words)
            .into_iter()
            .filter(|named| !self.is_another_title(named, &words, &stems))
            .filter(|named| !professions.iter().any(|other| is_within(&named.at, other)))
            .partition(|named| named.kind < NameKind::FieldAlone && named.careers.len() == 1);
        let (careers, unsure) = match careers.is_empty() {
            true => (unsure.into_iter()).partition(|named| named.kind == NameKind::FieldAlone),
            false => (careers, unsure),
        };
        let is_free = |at: &Range<usize>| !careers.iter().any(|named| overlap(&named.at, at));
        professions.retain(is_free);
        let mut marked = Marked {
            words,
            stems,
            sentences,
            careers,
            unsure,
            professions,
            skills: Vec::new(),
        };
        marked.skills = self.skills_in(&marked);
        marked
    }

    /// Whether a word such as "engineer" ends the title of something else: "network engineer".
    fn is_another_title(&self, named: &CareerMention, words: &[String], stems: &[String]) -> bool {
        let before = named.at.start.checked_sub(1);
        named.kind == NameKind::Ambiguous
            && named.at.len() == 1
            && self.mentions.ends_names(&words[named.at.start])
            && before.is_some_and(|at| {
                !self.ordinary.contains(&stems[at]) && !titles::is_seniority(&words[at])
            })
    }

    /// The skills named outside the careers' names; everyday words count only where skills are spoken of.
    fn skills_in(&self, text: &Marked) -> Vec<SkillMention> {
        let taken = text.career_spans();
        let is_free = |at: &Range<usize>| !taken.iter().any(|taken| overlap(taken, at));
        let mut skills = self.mentions.skills(&text.words);
        skills.retain(|named| is_free(&named.at));
        let everyday = |named: &SkillMention| {
            let name = text.words[named.at.clone()].join(" ");
            self.questions.is_everyday(&name)
        };
        if !skills.iter().all(everyday) {
            return skills;
        }
        skills.retain(|named| {
            let before = named.at.start.checked_sub(1);
            before.is_some_and(|at| BEFORE_SKILLS.contains(&text.words[at].as_str()))
        });
        skills
    }

    /// What the phrases in the text speak for, strongest first.
    pub fn score(&self, text: &Marked) -> Vec<Score> {
        let mut careers = text.career_spans();
        careers.sort_unstable_by_key(|span| span.start);
        self.questions.score(&Matchable {
            words: &text.words,
            stems: &text.stems,
            careers: &careers,
            skills: &text.skill_spans(),
        })
    }

    /// Every possible meaning, likeliest first, with how likely it is.
    pub fn weigh(
        &self,
        text: &Marked,
        scores: &[Score],
        possible: impl Fn(Intent) -> bool,
    ) -> Vec<(Meaning, f32)> {
        self.meanings.weigh(&features::keys(text, scores), possible)
    }

    /// The careers that the text is about if this is what it asks, in the order asked.
    pub fn asked(&self, intent: Intent, text: &Marked) -> Vec<CareerId> {
        self.roles.asked(intent, text)
    }

    /// How the likelihood of meanings is told.
    pub fn meanings(&self) -> &Meanings {
        &self.meanings
    }

    /// Whether a stem tells nothing about what a question is about.
    pub fn is_ordinary(&self, stem: &str) -> bool {
        self.ordinary.contains(stem)
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
        if word.len() < SHORTEST || self.is_spelled(word) {
            return None;
        }
        let (distance, rank, known) = self.nearest(word)?;
        // A form of a known word stays, unless it is hardly anything but a career's word: "enginer".
        let is_form = self.is_form(word);
        (!is_form || (rank == Rank::Career && distance == 1)).then(|| known.to_owned())
    }

    /// Whether somebody wrote the word just so.
    fn is_spelled(&self, word: &str) -> bool {
        self.mentions.knows(word) || self.known.contains(word)
    }

    /// Whether the word has the stem of a known one.
    fn is_form(&self, word: &str) -> bool {
        self.questions.knows(word) || self.stems.contains(&self.questions.stem(word))
    }

    /// The nearest word worth putting right to: how far it is, whose it is.
    fn nearest(&self, word: &str) -> Option<(usize, Rank, &str)> {
        let slips = if word.len() >= LONG { 2 } else { 1 };
        let near = (word.len() - slips..=word.len() + slips)
            .filter_map(|letters| self.words.get(&letters));
        let typed = osa::BatchComparator::new(word.chars());
        let arguments = osa::Args::default().score_cutoff(slips);
        // One slip makes two letters different at most: most words are ruled out by that.
        let of_word = letters(word);
        let is_near =
            |known: &&Correct| (known.letters ^ of_word).count_ones() as usize <= 2 * slips;
        near.flatten()
            .filter(is_near)
            .filter(|known| known.rank != Rank::Skill || known.word.len() >= MIDDLING)
            .filter(|known| known.word.len() >= MIDDLING || is_likely_slip(word, &known.word))
            .filter_map(|known| {
                let distance = typed.distance_with_args(known.word.chars(), &arguments)?;
                let same_start = known.word.as_bytes().first() == word.as_bytes().first();
                Some((!same_start, distance, known.rank, known.word.as_str()))
            })
            .min()
            .map(|(_, distance, rank, known)| (distance, rank, known))
    }
}

/// Whether one run of words shares a word with another.
fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether one run of words is a part of a longer one.
fn is_within(one: &Range<usize>, other: &Range<usize>) -> bool {
    other.start <= one.start && one.end <= other.end && one.len() < other.len()
}

/// The letters of a folded word as bits: `a` to `z`, and one for everything else.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| match byte {
        b'a'..=b'z' => letters | 1 << (byte - b'a'),
        _ => letters | 1 << 26,
    })
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
