//! What a question may mean, and how likely that is, learned from the examples of `examples.toml`.

use super::classifier::{Classifier, Features, Labelled, Rows, Samples, log_likelihoods};
use super::features::{self, Feature};
use super::marked::Marked;
use super::questions::Score;
use super::vocabulary::{Intent, Section};

const INTENTS: usize = Intent::ALL.len();
/// The sections, and none.
const SECTIONS: usize = Section::ALL.len() + 1;
/// The class of no section.
const NO_SECTION: usize = Section::ALL.len();

/// What a question is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Meaning {
    /// The intent.
    pub intent: Intent,
    /// The section, where one is asked for.
    pub section: Option<Section>,
}

impl std::fmt::Display for Meaning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.section {
            Some(section) => write!(f, "{:?}, {}", self.intent, section.id()),
            None => write!(f, "{:?}", self.intent),
        }
    }
}

const _: () = assert!(
    INTENTS * SECTIONS <= u128::BITS as usize,
    "a set has a bit for each meaning"
);

/// Some of all meanings.
#[derive(Debug, Clone, Copy, Default)]
pub struct MeaningSet(u128);

impl MeaningSet {
    /// Adds a meaning.
    pub fn insert(&mut self, meaning: Meaning) {
        self.0 |= 1 << (place(meaning.intent) * SECTIONS + section_place(meaning.section));
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }
}

/// A question with the meaning it has; placeholders stand for names ([`super::placeholder`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Its meaning.
    pub meaning: Meaning,
    /// What people type.
    pub text: String,
}

/// What is known where there is no example: a career is asked about, two are compared, skills are matched.
pub fn first_examples() -> [Example; 4] {
    [
        ("{career}", Intent::Section),
        ("{career} {career}", Intent::Compare),
        ("{skill}", Intent::Match),
        ("", Intent::None),
    ]
    .map(|(text, intent)| Example {
        meaning: Meaning {
            intent,
            section: None,
        },
        text: text.to_owned(),
    })
}

/// Tells how likely each meaning of a question is.
#[derive(Debug, Default)]
pub struct Meanings {
    rows: Rows,
    intents: Classifier<INTENTS>,
    sections: Classifier<SECTIONS>,
}

impl Meanings {
    /// Learns from examples, by the meaning of each.
    pub fn train(mut samples: Samples, meanings: &[Meaning]) -> Self {
        let labelled = |with: Option<u32>, sample: usize, class: usize| Labelled {
            sample,
            with,
            class,
        };
        let mut intents = Vec::with_capacity(meanings.len());
        let mut sections = Vec::with_capacity(meanings.len());
        for (sample, meaning) in meanings.iter().enumerate() {
            intents.push(labelled(None, sample, place(meaning.intent)));
            if meaning.intent.may_have_section() {
                let intent = samples.row(Feature::Intent(meaning.intent).key());
                sections.push(labelled(
                    Some(intent),
                    sample,
                    section_place(meaning.section),
                ));
            }
        }
        let (intents, sections) = std::thread::scope(|threads| {
            let sections = threads.spawn(|| samples.train(&sections));
            let intents = samples.train(&intents);
            (intents, sections.join().expect("learning does not panic"))
        });
        Self {
            rows: samples.into_rows(),
            intents,
            sections,
        }
    }

    /// Every meaning whose intent is possible, likeliest first, with how likely it is (together 1).
    pub fn weigh(
        &self,
        features: &Features,
        possible: impl Fn(Intent) -> bool,
    ) -> Vec<(Meaning, f32)> {
        let mut entries = self.rows.entries(features);
        let intents = log_likelihoods(self.intents.sums(&entries));
        let mut meanings: Vec<(Meaning, f32)> = Vec::new();
        for (intent, likelihood) in Intent::ALL.iter().zip(intents) {
            if !possible(*intent) {
                continue;
            }
            if !intent.may_have_section() {
                let meaning = Meaning {
                    intent: *intent,
                    section: None,
                };
                meanings.push((meaning, likelihood.exp()));
                continue;
            }
            let known = entries.len();
            let of_intent = self.rows.row(Feature::Intent(*intent).key());
            entries.extend(of_intent.map(|row| (row, 1.0)));
            let sections = log_likelihoods(self.sections.sums(&entries));
            entries.truncate(known);
            let all = Section::ALL.iter().copied().map(Some).chain([None]);
            meanings.extend(all.zip(sections).map(|(section, of_section)| {
                let meaning = Meaning {
                    intent: *intent,
                    section,
                };
                (meaning, (likelihood + of_section).exp())
            }));
        }
        let total: f32 = meanings.iter().map(|(_, share)| share).sum();
        for (_, share) in &mut meanings {
            *share /= total.max(f32::MIN_POSITIVE);
        }
        meanings.sort_by(|one, other| other.1.total_cmp(&one.1));
        meanings
    }

    /// What of the text speaks most for its meaning: each feature, and how much it adds.
    pub fn reasons(
        &self,
        text: &Marked,
        scores: &[Score],
        meaning: Meaning,
        most: usize,
    ) -> Vec<(String, f32)> {
        let mut reasons: Vec<(String, f32)> = Vec::new();
        features::each(text, scores, |feature, amount| {
            let Some(row) = self.rows.row(feature.key()) else {
                return;
            };
            let mut weight = self.intents.weights(row)[place(meaning.intent)];
            if meaning.intent.may_have_section() {
                weight += self.sections.weights(row)[section_place(meaning.section)];
            }
            reasons.push((feature.to_string(), weight * amount));
        });
        reasons.sort_by(|one, other| other.1.total_cmp(&one.1));
        reasons.truncate(most);
        reasons
    }
}

fn place(intent: Intent) -> usize {
    intent as usize
}

fn section_place(section: Option<Section>) -> usize {
    section.map_or(NO_SECTION, |section| section as usize)
}
