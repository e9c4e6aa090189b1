//! What a question in plain words is after: the careers and skills it names, the intent, the section.
//!
//! Names come from the careers' files and `skills.toml`; what speaks for an intent or a section comes from
//! `questions.toml`. Words that nobody knows are first read as the nearest known one.

use std::ops::Range;

use crate::commands::Intent;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::mentions::{CareerMention, NameKind, SkillMention};
use crate::knowledge::questions::{Matchable, Score, Target, Topic};
use crate::knowledge::{CareerId, Section, fold};

/// Most characters of a question that are read.
const LONGEST: usize = 1_500;
/// Most words of a question that are read.
const MOST_WORDS: usize = 160;

/// How a question was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its folded words, misspelled ones put right.
    pub words: Vec<String>,
    /// The careers that are surely named, in order, each once.
    pub careers: Vec<CareerMention>,
    /// Short forms that may name several careers or none.
    pub unsure: Vec<CareerMention>,
    /// The skills and tools that are named, in order, each once.
    pub skills: Vec<SkillMention>,
    /// What the phrases speak for, strongest first.
    pub scores: Vec<Score>,
    /// Words that carry meaning and that nothing else took.
    pub left: Vec<String>,
    /// The likeliest meaning.
    pub best: Meaning,
    /// What came second, where it is nearly as likely.
    pub second: Option<Meaning>,
}

/// What a question is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The intent.
    pub intent: Intent,
    /// The section, where one is asked for.
    pub section: Option<Section>,
}

impl Reading {
    /// The careers in the order asked.
    pub fn career_ids(&self) -> Vec<CareerId> {
        self.careers
            .iter()
            .filter_map(|mention| mention.careers.first().cloned())
            .collect()
    }
}

impl Reading {
    /// How the question was read, for people: the names found and the words that named them, what spoke for what.
    pub fn explain(&self) -> String {
        let words = |at: &Range<usize>| self.words[at.clone()].join(" ");
        let mut lines = Vec::new();
        for mention in &self.careers {
            let ids: Vec<&str> = mention.careers.iter().map(CareerId::as_str).collect();
            lines.push(format!(
                "career: {} (\"{}\")",
                ids.join(" or "),
                words(&mention.at)
            ));
        }
        for mention in &self.unsure {
            let ids: Vec<&str> = mention.careers.iter().map(CareerId::as_str).collect();
            lines.push(format!(
                "perhaps: {} (\"{}\")",
                ids.join(" or "),
                words(&mention.at)
            ));
        }
        for mention in &self.skills {
            lines.push(format!(
                "skill: {} (\"{}\")",
                mention.name,
                words(&mention.at)
            ));
        }
        for score in self.scores.iter().take(6) {
            let at: Vec<String> = score
                .at
                .iter()
                .map(|at| format!("\"{}\"", words(at)))
                .collect();
            lines.push(format!(
                "{}: {:.1} ({})",
                score.target,
                score.weight,
                at.join(", ")
            ));
        }
        if !self.left.is_empty() {
            lines.push(format!("not understood: {}", self.left.join(", ")));
        }
        lines.push(format!("read as: {}", self.best));
        if let Some(second) = self.second {
            lines.push(format!("second: {second}"));
        }
        lines.join("\n")
    }
}

impl std::fmt::Display for Meaning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.section {
            Some(section) => write!(f, "{:?}, {}", self.intent, section.id()),
            None => write!(f, "{:?}", self.intent),
        }
    }
}

/// Reads a question.
pub fn read(lexicon: &Lexicon, question: &str) -> Reading {
    let words = fold::words(&signs_as_words(fold::cut(question, LONGEST)));
    let mut words = lexicon.questions().written_out(words);
    words.truncate(MOST_WORDS);
    for word in &mut words {
        if let Some(right) = lexicon.spelling(word) {
            *word = right;
        }
    }
    let (careers, unsure) = careers_in(lexicon, &words);
    let compares = |lexicon: &Lexicon| {
        let stems = lexicon.questions().stems(&words);
        lexicon.questions().compares(&words, &stems)
    };
    let (careers, unsure) = match &careers[..] {
        [_] if unsure.iter().any(|mention| mention.careers.len() == 1) && compares(lexicon) => {
            // Beside a career that is named, a short form is one too: "data scientist vs DE".
            let (short, unsure): (Vec<_>, Vec<_>) = unsure
                .into_iter()
                .partition(|mention| mention.careers.len() == 1);
            let mut careers: Vec<CareerMention> = careers.into_iter().chain(short).collect();
            careers.sort_by_key(|mention| mention.at.start);
            (careers, unsure)
        }
        _ => (careers, unsure),
    };
    let taken: Vec<Range<usize>> = careers
        .iter()
        .chain(&unsure)
        .map(|m| m.at.clone())
        .collect();
    let questions = lexicon.questions();
    let stems = questions.stems(&words);
    let skills = skills_in(lexicon, &words, &taken);
    let skill_spans: Vec<Range<usize>> = skills.iter().map(|mention| mention.at.clone()).collect();
    let scores = questions.score(&Matchable {
        words: &words,
        stems: &stems,
        careers: &taken,
        skills: &skill_spans,
    });
    let spoken = scores
        .iter()
        .flat_map(|score| score.at.iter())
        .chain(&taken)
        .chain(&skill_spans);
    let spoken: Vec<Range<usize>> = spoken.cloned().collect();
    let left = (0..words.len())
        .filter(|at| !spoken.iter().any(|span| span.contains(at)))
        .filter(|at| !questions.is_filler(&stems[*at]) && words[*at].len() > 1)
        .map(|at| words[at].clone())
        .collect();
    let outside = (0..words.len())
        .any(|at| !taken.iter().any(|span| span.contains(&at)) && questions.is_outside(&stems[at]));
    let mut reading = Reading {
        words,
        careers: once(careers),
        unsure,
        skills: once_by_name(skills),
        scores,
        left,
        best: Meaning {
            intent: Intent::None,
            section: None,
        },
        second: None,
    };
    let mut meanings = weigh(&reading, outside);
    meanings.sort_by(|a, b| b.1.total_cmp(&a.1));
    if let Some((best, _)) = meanings.first() {
        reading.best = *best;
    }
    reading.second = second(&meanings);
    reading
}

/// Writes out the signs that mean a word.
fn signs_as_words(question: &str) -> String {
    const SIGNS: &[(&str, &str)] = &[
        ("->", " to "),
        ("=>", " to "),
        (">>", " to "),
        ("→", " to "),
        (" > ", " to "),
        ("€", " euro "),
        ("£", " quid "),
        ("➡", " to "),
        ("$$", " money "),
        ("💰", " money "),
        ("💵", " money "),
        ("🤑", " money "),
    ];
    SIGNS
        .iter()
        .fold(question.to_owned(), |text, (sign, word)| {
            text.replace(sign, word)
        })
}

fn careers_in(lexicon: &Lexicon, words: &[String]) -> (Vec<CareerMention>, Vec<CareerMention>) {
    lexicon
        .mentions()
        .careers(words)
        .into_iter()
        .partition(|mention| mention.kind != NameKind::Ambiguous && mention.careers.len() == 1)
}

/// The skills named outside the careers' names; everyday words count only where skills are spoken of.
fn skills_in(lexicon: &Lexicon, words: &[String], taken: &[Range<usize>]) -> Vec<SkillMention> {
    let all = lexicon.mentions().skills(words);
    let free: Vec<SkillMention> = all
        .into_iter()
        .filter(|mention| {
            !taken
                .iter()
                .any(|span| span.start < mention.at.end && mention.at.start < span.end)
        })
        .collect();
    let everyday = |mention: &SkillMention| {
        lexicon
            .questions()
            .is_everyday(&words[mention.at.clone()].join(" "))
    };
    let plain = free.iter().filter(|mention| !everyday(mention)).count();
    free.iter()
        .filter(|mention| {
            let before = mention.at.start.checked_sub(1).map(|at| words[at].as_str());
            !everyday(mention)
                || plain > 0
                || matches!(
                    before,
                    Some(
                        "know"
                            | "learn"
                            | "use"
                            | "using"
                            | "uses"
                            | "need"
                            | "with"
                            | "in"
                            | "at"
                            | "love"
                            | "like"
                    )
                )
        })
        .cloned()
        .collect()
}

fn once(mentions: Vec<CareerMention>) -> Vec<CareerMention> {
    let mut kept: Vec<CareerMention> = Vec::new();
    for mention in mentions {
        if !kept.iter().any(|known| known.careers == mention.careers) {
            kept.push(mention);
        }
    }
    kept
}

fn once_by_name(mentions: Vec<SkillMention>) -> Vec<SkillMention> {
    let mut kept: Vec<SkillMention> = Vec::new();
    for mention in mentions {
        if !kept.iter().any(|known| known.name == mention.name) {
            kept.push(mention);
        }
    }
    kept
}

/// Every meaning that the question may have, with how likely it is.
fn weigh(reading: &Reading, outside: bool) -> Vec<(Meaning, f32)> {
    let weight = |target: Target| {
        let score = reading.scores.iter().find(|score| score.target == target);
        score.map_or(0.0, |score| score.weight)
    };
    let topic = |topic: Topic| weight(Target::Topic(topic));
    let section = Section::ALL
        .iter()
        .map(|section| (*section, weight(Target::Section(*section))))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let (section, section_weight) = section.unwrap_or((Section::Definition, 0.0));
    // "careers in data management" asks for a list, although the field has a career of its own.
    let fields_only = reading
        .careers
        .iter()
        .all(|mention| mention.kind == NameKind::Field);
    let lists = fields_only && topic(Topic::List) > section_weight.max(5.0);
    let named = if lists { 0 } else { reading.careers.len() };
    let skills = reading.skills.len();
    let plain = |intent| Meaning {
        intent,
        section: None,
    };
    let something = named + skills + reading.unsure.len() > 0;
    let none = if named > 0 || (something && topic(Topic::None) < 9.0) {
        0.5
    } else {
        1.0 + topic(Topic::None)
    };
    let mut meanings = vec![(plain(Intent::None), none)];
    let mut offer = |meaning, weight: f32| {
        if weight > 0.0 {
            meanings.push((meaning, weight));
        }
    };
    if named >= 2 {
        // Who asks for the difference asks for all of it, unless a section is named twice over.
        let loud = if topic(Topic::Difference) > 0.0 {
            8.0
        } else {
            5.0
        };
        let asked = section_weight >= loud;
        offer(
            Meaning {
                intent: Intent::Compare,
                section: asked.then_some(section),
            },
            6.0 + topic(Topic::Compare) + topic(Topic::Difference),
        );
    }
    if named >= 1 {
        let base = if named >= 2 { 4.0 } else { 0.0 };
        // Who comes from somewhere else asks for the way, not for first steps.
        let from_outside = if outside && topic(Topic::Switch) > 0.0 {
            5.0
        } else {
            0.0
        };
        if topic(Topic::Switch) + from_outside >= 5.0 {
            offer(
                plain(Intent::Switch),
                base + topic(Topic::Switch) + from_outside + 0.5,
            );
        }
        if named == 1 {
            offer(plain(Intent::Section), 2.5 + topic(Topic::Overview));
            offer(
                Meaning {
                    intent: Intent::Section,
                    section: Some(section),
                },
                if section_weight > 0.0 {
                    2.5 + section_weight
                } else {
                    0.0
                },
            );
        }
        let openings = if topic(Topic::Jobs) >= 5.0 { 2.0 } else { 0.0 };
        offer(plain(Intent::Jobs), topic(Topic::Jobs) + openings);
    } else {
        if !reading.unsure.is_empty() {
            offer(
                Meaning {
                    intent: Intent::Section,
                    section: (section_weight > 0.0).then_some(section),
                },
                2.0 + section_weight,
            );
        }
        offer(plain(Intent::List), topic(Topic::List));
        offer(plain(Intent::Jobs), topic(Topic::Jobs));
        if skills > 0 {
            // "which careers ..." with a skill asks who uses it, not for a list.
            let careers = 0.8 * topic(Topic::List);
            offer(
                plain(Intent::Match),
                1.5 + topic(Topic::Match).max(careers) + 0.5 * skills as f32,
            );
        } else if topic(Topic::Match) >= 6.0 {
            offer(plain(Intent::Match), topic(Topic::Match));
        }
        if !outside && section_weight >= 5.0 && reading.left.is_empty() {
            offer(
                Meaning {
                    intent: Intent::Section,
                    section: Some(section),
                },
                section_weight - 3.0,
            );
        }
    }
    if outside && named == 0 {
        meanings.retain(|(meaning, _)| matches!(meaning.intent, Intent::None | Intent::Match));
    }
    meanings
}

/// The runner-up, where it is nearly as likely as the first.
fn second(meanings: &[(Meaning, f32)]) -> Option<Meaning> {
    let (_, best) = meanings.first()?;
    let (second, weight) = meanings.get(1)?;
    (second.intent != Intent::None && *weight >= best * 0.7).then_some(*second)
}
