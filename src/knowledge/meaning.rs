//! What a question may mean, and how likely that is, learned from the examples of `examples.toml`.

use super::classifier::{Classifier, Features, log_likelihoods};
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
#[derive(Debug)]
pub struct Meanings {
    intents: Classifier<INTENTS>,
    sections: Classifier<SECTIONS>,
}

impl Meanings {
    /// Learns from examples with the features of each.
    pub fn train(examples: &[(Meaning, Features)]) -> Self {
        let intents = examples
            .iter()
            .map(|(meaning, features)| (features, place(meaning.intent)));
        let with_intent: Vec<(Features, usize)> = examples
            .iter()
            .filter(|(meaning, _)| meaning.intent.may_have_section())
            .map(|(meaning, features)| {
                let mut features = features.clone();
                features.push((Feature::Intent(meaning.intent).key(), 1.0));
                (features, section_place(meaning.section))
            })
            .collect();
        let sections = with_intent
            .iter()
            .map(|(features, class)| (features, *class));
        std::thread::scope(|threads| {
            let sections = threads.spawn(|| Classifier::train(sections));
            Self {
                intents: Classifier::train(intents),
                sections: sections.join().expect("learning does not panic"),
            }
        })
    }

    /// Every meaning whose intent is possible, likeliest first, with how likely it is (together 1).
    pub fn weigh(
        &self,
        features: &Features,
        possible: impl Fn(Intent) -> bool,
    ) -> Vec<(Meaning, f32)> {
        let intents = log_likelihoods(self.intents.sums(features));
        let of_sections = self.sections.sums(features);
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
            let with_intent = vec![(Feature::Intent(*intent).key(), 1.0)];
            let sections = log_likelihoods(self.sections.sums_on(of_sections, &with_intent));
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
            let key = feature.key();
            let intent = self.intents.weights(key);
            let mut weight = intent.map_or(0.0, |weights| weights[place(meaning.intent)]);
            if meaning.intent.may_have_section() {
                let section = self.sections.weights(key);
                weight += section.map_or(0.0, |weights| weights[section_place(meaning.section)]);
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
