//! What a question in plain words is after: the careers and skills it names, the intent, the section.
//!
//! Names come from the careers' files and `skills.toml`; what a question means is learned from `examples.toml`, with the
//! phrases of `questions.toml` as evidence. Words that nobody knows are first read as the nearest known one.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::mentions::{CareerMention, SkillMention};
use crate::knowledge::questions::Score;
use crate::knowledge::{CareerId, Intent, Marked, Sentences, each_once, fold};

pub use crate::knowledge::meaning::Meaning;

/// Longest part of a question, in characters, that is read.
const LONGEST: usize = 1_500;
/// Most words of a question that are read.
const MOST_WORDS: usize = 160;
/// The second meaning is offered from this share of the first one's likelihood on.
const NEARLY: f32 = 0.25;
/// How many reasons for a meaning are told.
const REASONS: usize = 8;

/// How a question was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its folded words, misspelled ones put right, with the names in them.
    pub text: Marked,
    /// What the phrases speak for, strongest first.
    pub scores: Vec<Score>,
    /// Words that carry meaning and that nothing else took.
    pub left: Vec<String>,
    /// By what may be asked, the careers that it would be about, in the order asked.
    careers: BTreeMap<Intent, Vec<CareerId>>,
    /// Every possible meaning with how likely it is, likeliest first.
    pub meanings: Vec<(Meaning, f32)>,
}

impl Reading {
    /// The likeliest meaning.
    pub fn best(&self) -> Meaning {
        self.meanings.first().map_or(NOTHING, |(best, _)| *best)
    }

    /// What came second, where it is nearly as likely.
    pub fn second(&self) -> Option<Meaning> {
        let (_, best) = self.meanings.first()?;
        let (second, likely) = self.meanings.get(1)?;
        (second.intent != Intent::None && *likely >= best * NEARLY).then_some(*second)
    }

    /// The careers that it is about if this is what it asks, in the order asked.
    pub fn careers(&self, intent: Intent) -> &[CareerId] {
        self.careers.get(&intent).map_or(&[], Vec::as_slice)
    }

    /// The skills and tools that are named, in order, each once.
    pub fn skills(&self) -> Vec<&str> {
        each_once(self.text.skills.iter().map(|skill| skill.name.as_str()))
    }

    /// The professions that are named and no careers here, in order, each once.
    pub fn professions(&self) -> Vec<String> {
        let name = |at: &Range<usize>| self.text.words[at.clone()].join(" ");
        each_once(self.text.professions.iter().map(name))
    }

    /// How the question was read, for people: the names found and the words that named them, what spoke for what.
    pub fn explain(&self, lexicon: &Lexicon) -> String {
        let words = |at: &Range<usize>| self.text.words[at.clone()].join(" ");
        let career = |title: &str, named: &CareerMention| {
            let ids: Vec<&str> = named.careers.iter().map(CareerId::as_str).collect();
            format!("{title}: {} (\"{}\")", ids.join(" or "), words(&named.at))
        };
        let skill =
            |named: &SkillMention| format!("skill: {} (\"{}\")", named.name, words(&named.at));
        let score = |score: &Score| {
            let at: Vec<String> = score
                .at
                .iter()
                .map(|at| format!("\"{}\"", words(at)))
                .collect();
            let (target, weight) = (score.target, score.weight);
            format!("phrases for {target}: {weight:.1} ({})", at.join(", "))
        };
        let mut lines: Vec<String> = Vec::new();
        lines.extend(
            self.text
                .careers
                .iter()
                .map(|named| career("career", named)),
        );
        lines.extend(
            self.text
                .unsure
                .iter()
                .map(|named| career("perhaps", named)),
        );
        let profession = |name: String| format!("other profession: {name}");
        lines.extend(self.professions().into_iter().map(profession));
        lines.extend(self.text.skills.iter().map(skill));
        lines.extend(self.scores.iter().take(6).map(score));
        if !self.left.is_empty() {
            lines.push(format!("not understood: {}", self.left.join(", ")));
        }
        for (meaning, likely) in self.meanings.iter().take(3) {
            let careers = self.careers(meaning.intent).iter();
            let careers: Vec<&str> = careers.map(CareerId::as_str).collect();
            let about = if careers.is_empty() { "" } else { ": " };
            let likely = likely * 100.0;
            lines.push(format!(
                "{likely:.0} %: {meaning}{about}{}",
                careers.join(", ")
            ));
        }
        let reasons = lexicon.meanings();
        let reasons = reasons.reasons(&self.text, &self.scores, self.best(), REASONS);
        let reasons: Vec<String> = reasons
            .iter()
            .map(|(reason, weight)| format!("{reason} ({weight:+.1})"))
            .collect();
        lines.push(format!("because of: {}", reasons.join(", ")));
        lines.join("\n")
    }
}

/// What a question means of which nothing is known.
const NOTHING: Meaning = Meaning {
    intent: Intent::None,
    section: None,
};

/// Reads a question.
pub fn read(lexicon: &Lexicon, question: &str) -> Reading {
    let question = signs_as_words(fold::cut(question, LONGEST));
    let words = |text: &str| lexicon.questions().written_out(fold::words(text));
    let mut text = Sentences::of(&question, MOST_WORDS, words);
    for word in &mut text.words {
        if let Some(right) = lexicon.spelling(word) {
            *word = right;
        }
    }
    let text = lexicon.mark(text);
    let scores = lexicon.score(&text);
    let careers: BTreeMap<Intent, Vec<CareerId>> = (Intent::ALL.iter())
        .map(|intent| (*intent, lexicon.asked(*intent, &text)))
        .collect();
    let named = text.named();
    let two = careers[&Intent::Compare].len() == 2;
    let meanings = lexicon.weigh(&text, &scores, |intent| match intent {
        Intent::Compare => two,
        Intent::Switch => named > 0,
        Intent::Section => named + text.unsure.len() > 0,
        Intent::Jobs | Intent::Match | Intent::List | Intent::None => true,
    });
    let left = left(lexicon, &text, &scores);
    Reading {
        text,
        scores,
        left,
        careers,
        meanings,
    }
}

/// Words that carry meaning and that neither a name nor a phrase took.
fn left(lexicon: &Lexicon, text: &Marked, scores: &[Score]) -> Vec<String> {
    let mut taken = text.career_spans();
    taken.extend(text.skill_spans());
    taken.extend(text.professions.iter().cloned());
    taken.extend(scores.iter().flat_map(|score| score.at.iter().cloned()));
    (0..text.words.len())
        .filter(|at| !taken.iter().any(|span| span.contains(at)))
        .filter(|at| !lexicon.is_ordinary(&text.stems[*at]) && text.words[*at].len() > 1)
        .map(|at| text.words[at].clone())
        .collect()
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
