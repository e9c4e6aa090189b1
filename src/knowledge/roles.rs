//! The part that each career plays in a question: asked about, left behind, aimed at, or mentioned in passing.

use std::ops::Range;

use super::CareerId;
use super::classifier::{Classifier, Features, Labelled, Rows, Samples};
use super::features;
use super::marked::{Marked, Token, each_once};
use super::mentions::CareerMention;
use super::placeholder::Placeholder;
use super::vocabulary::Intent;

/// How many words to each side are looked at, within the sentence.
const NEAR: usize = 6;
/// How much each of them counts; the next ones count in full.
const EACH_NEAR: f32 = 0.5;
/// Stand where the text and where the sentence begins or ends.
const TEXT_ENDS: &str = "";
const SENTENCE_ENDS: &str = ".";

/// The part that a career plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is asked about.
    Asked,
    /// Somebody comes from it.
    From,
    /// Somebody wants to get into it.
    To,
    /// It is mentioned in passing.
    Aside,
}

const ROLES: usize = 4;

/// Tells which part each career plays.
#[derive(Debug, Default)]
pub struct Roles {
    rows: Rows,
    classifier: Classifier<ROLES>,
}

/// A career that a question names, and what speaks for each part of it, by [`Role`].
struct Part<'t> {
    career: &'t CareerId,
    sums: [f32; ROLES],
}

impl Part<'_> {
    /// How much likelier it plays this part than none.
    fn speaks_for(&self, role: Role) -> f32 {
        self.sums[role as usize] - self.sums[Role::Aside as usize]
    }
}

impl Roles {
    /// Learns from examples: careers' places, by the part of each.
    pub fn train(samples: Samples, roles: &[Role]) -> Self {
        let labelled = |(sample, role): (usize, &Role)| Labelled {
            sample,
            with: None,
            class: *role as usize,
        };
        let labelled: Vec<Labelled> = roles.iter().enumerate().map(labelled).collect();
        let classifier = samples.train(&labelled);
        Self {
            rows: samples.into_rows(),
            classifier,
        }
    }

    /// The careers that the text is about if this is what it asks, in the order asked: likeliest by the parts that they
    /// play in it.
    pub fn asked(&self, intent: Intent, text: &Marked) -> Vec<CareerId> {
        if matches!(intent, Intent::Match | Intent::List | Intent::None) {
            return Vec::new();
        }
        let parts = self.parts(intent, text);
        let likeliest = |role: Role| {
            parts.iter().max_by(|one, other| {
                let (one, other) = (one.speaks_for(role), other.speaks_for(role));
                one.total_cmp(&other)
            })
        };
        let ids = |parts: &[&Part<'_>]| parts.iter().map(|part| part.career.clone()).collect();
        match intent {
            Intent::Compare => ids(&likeliest_two(&parts)),
            Intent::Switch => match way(&parts) {
                Some((from, to)) => ids(&[from, to]),
                None => ids(likeliest(Role::To).as_slice()),
            },
            _ => ids(likeliest(Role::Asked).as_slice()),
        }
    }

    /// The careers that the text names, each once, in order, with what speaks for each part.
    fn parts<'t>(&self, intent: Intent, text: &'t Marked) -> Vec<Part<'t>> {
        let named = text.named_careers(intent.is_about_two());
        let tokens = text.tokens();
        // Of one there is nothing to tell.
        let weigh = |at: &Range<usize>, place: Place| match place.of {
            0 | 1 => [0.0; ROLES],
            _ => {
                (self.classifier).sums(&self.rows.entries(&keys(intent, text, &tokens, at, place)))
            }
        };
        let mut parts: Vec<(Part<'_>, f32)> = Vec::new();
        for ((at, career), place) in named.iter().zip(places(&named)) {
            let sums = weigh(at, place);
            match parts.iter_mut().find(|(part, _)| part.career == *career) {
                Some((part, times)) => {
                    for (sum, more) in part.sums.iter_mut().zip(sums) {
                        *sum += more;
                    }
                    *times += 1.0;
                }
                None => parts.push((Part { career, sums }, 1.0)),
            }
        }
        let mean = |(part, times): (Part<'t>, f32)| Part {
            sums: part.sums.map(|sum| sum / times),
            ..part
        };
        parts.into_iter().map(mean).collect()
    }
}

/// The two that are likeliest asked about, in order.
fn likeliest_two<'p, 't>(parts: &'p [Part<'t>]) -> Vec<&'p Part<'t>> {
    let mut places: Vec<usize> = (0..parts.len()).collect();
    places.sort_by(|one, other| {
        let [one, other] = [one, other].map(|place| parts[*place].speaks_for(Role::Asked));
        other.total_cmp(&one)
    });
    places.truncate(2);
    places.sort_unstable();
    places.into_iter().map(|place| &parts[place]).collect()
}

/// The likeliest career that is left for another one; none where it is likelier that only one is aimed at.
fn way<'p, 't>(parts: &'p [Part<'t>]) -> Option<(&'p Part<'t>, &'p Part<'t>)> {
    let pairs = parts.iter().flat_map(|from| {
        let others = parts.iter().filter(|to| to.career != from.career);
        others.map(move |to| (from, to))
    });
    let weight =
        |(from, to): &(&Part<'_>, &Part<'_>)| from.speaks_for(Role::From) + to.speaks_for(Role::To);
    let best = pairs.max_by(|one, other| weight(one).total_cmp(&weight(other)))?;
    let mut alone = parts.iter().map(|to| to.speaks_for(Role::To));
    alone.all(|alone| alone < weight(&best)).then_some(best)
}

/// The features and the part of each career that an example names; none where its intent is about no career.
pub fn examples(intent: Intent, text: &Marked) -> Vec<(Features, Role)> {
    if matches!(intent, Intent::Match | Intent::List | Intent::None) {
        return Vec::new();
    }
    let tokens = text.tokens();
    // Each placeholder is a career of its own.
    let id = |(number, named): (usize, &CareerMention)| match named.careers.first() {
        Some(career) => (named.at.clone(), career.to_string()),
        None => (named.at.clone(), number.to_string()),
    };
    let named: Vec<(Range<usize>, String)> = text.careers.iter().enumerate().map(id).collect();
    let parts = places(&named).into_iter().zip(roles(intent, text, &named));
    let features = |((at, _), (place, role)): (&(Range<usize>, String), _)| {
        (keys(intent, text, &tokens, at, place), role)
    };
    named.iter().zip(parts).map(features).collect()
}

/// The part of each career of an example.
fn roles(intent: Intent, text: &Marked, named: &[(Range<usize>, String)]) -> Vec<Role> {
    let kinds: Vec<Placeholder> = (named.iter())
        .map(|(at, _)| Placeholder::from_text(&text.words[at.start]))
        .map(|placeholder| placeholder.unwrap_or(Placeholder::Career))
        .collect();
    let plain = kinds.iter().filter(|kind| **kind == Placeholder::Career);
    let in_order: &[Role] = match (intent, plain.count()) {
        (Intent::Switch, 1) => &[Role::To],
        (Intent::Switch, _) => &[Role::From, Role::To],
        (Intent::Compare, _) => &[Role::Asked, Role::Asked],
        _ => &[Role::Asked],
    };
    let mut in_order = in_order.iter().copied();
    let mut roles: Vec<Role> = Vec::with_capacity(kinds.len());
    for (number, kind) in kinds.into_iter().enumerate() {
        let again = named[..number]
            .iter()
            .position(|(_, id)| *id == named[number].1);
        roles.push(match (again, kind) {
            (Some(first), _) => roles[first],
            (None, Placeholder::From) => Role::From,
            (None, Placeholder::To) => Role::To,
            (None, Placeholder::Career) => in_order.next().unwrap_or(Role::Aside),
            (None, Placeholder::Other | Placeholder::Skill) => Role::Aside,
        });
    }
    roles
}

/// Where a career stands among all that are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    /// How many are named, 3 for more.
    of: usize,
    /// How many stand before it, 2 for more.
    before: usize,
    /// How many stand after it, 2 for more.
    after: usize,
}

/// The place of each; the same career, named again, keeps its first place.
fn places<Id: PartialEq>(named: &[(Range<usize>, Id)]) -> Vec<Place> {
    let different = each_once(named.iter().map(|(_, id)| id));
    let place = |id: &Id| {
        let before = different
            .iter()
            .position(|known| *known == id)
            .unwrap_or_default();
        Place {
            of: different.len().min(3),
            before: before.min(2),
            after: (different.len() - 1 - before).min(2),
        }
    };
    named.iter().map(|(_, id)| place(id)).collect()
}

/// What of a career's place tells its part.
#[derive(Debug, Hash)]
enum Feature<'t> {
    /// A word among the [`NEAR`] before it.
    Before(&'t str),
    /// A word among the [`NEAR`] after it.
    After(&'t str),
    /// The next word before it.
    Last(&'t str),
    /// The next word after it.
    Next(&'t str),
    /// The next two words before it.
    LastTwo(&'t str, &'t str),
    /// The next two words after it.
    NextTwo(&'t str, &'t str),
    /// The words to both sides.
    Between(&'t str, &'t str),
    /// What is asked.
    Intent(Intent),
    /// What is asked, and where it stands among the others.
    Place(Intent, Place),
    /// Whether it stands in a sentence that asks, and whether that is the last one.
    Sentence(bool, bool),
}

/// The features of the career at `at`.
fn keys(
    intent: Intent,
    text: &Marked,
    tokens: &[Token<'_>],
    at: &Range<usize>,
    place: Place,
) -> Features {
    let sentence = text.sentences.iter().find(|of| of.at.contains(&at.start));
    let sentence = sentence.map_or(0..text.words.len(), |of| of.at.clone());
    let here = tokens.partition_point(|token| token.at < at.start);
    let after = tokens.partition_point(|token| token.at < at.end);
    let begins = if sentence.start == 0 {
        TEXT_ENDS
    } else {
        SENTENCE_ENDS
    };
    let is_last = sentence.end == text.words.len();
    let ends = if is_last { TEXT_ENDS } else { SENTENCE_ENDS };
    let inside = |token: &&Token<'_>| sentence.contains(&token.at);
    let before = tokens[..here].iter().rev().take_while(inside);
    let before: Vec<&str> = before
        .map(|token| token.text)
        .chain([begins])
        .take(NEAR)
        .collect();
    let after = tokens[after..].iter().take_while(inside);
    let after: Vec<&str> = after
        .map(|token| token.text)
        .chain([ends])
        .take(NEAR)
        .collect();
    let [second_before, second_after] =
        [&before, &after].map(|words| words.get(1).map_or(TEXT_ENDS, |word| *word));
    let near = before.iter().map(|word| Feature::Before(word));
    let near = near.chain(after.iter().map(|word| Feature::After(word)));
    let next = [
        Feature::Last(before[0]),
        Feature::Next(after[0]),
        Feature::LastTwo(before[0], second_before),
        Feature::NextTwo(after[0], second_after),
        Feature::Between(before[0], after[0]),
        Feature::Intent(intent),
        Feature::Place(intent, place),
        Feature::Sentence(text.is_asked(at.start), is_last),
    ];
    let near = near.map(|feature| (features::key(&feature, false), EACH_NEAR));
    let next = next
        .iter()
        .map(|feature| (features::key(feature, false), 1.0));
    near.chain(next).collect()
}

#[cfg(test)]
mod tests {
    use crate::knowledge::fixtures::career;
    use crate::knowledge::lexicon::Lexicon;
    use crate::knowledge::meaning::{Example, Meaning};
    use crate::knowledge::questions::QuestionWords;
    use crate::knowledge::{Intent, Sentences, fold};

    fn example(intent: Intent, text: &str) -> Example {
        let meaning = Meaning {
            intent,
            section: None,
        };
        Example {
            meaning,
            text: text.to_owned(),
        }
    }

    #[test]
    fn the_part_of_each_career_is_learned_from_the_placeholders_of_examples() {
        let examples = [
            example(
                Intent::Section,
                "my brother is a {other}. what does a {career} do?",
            ),
            example(
                Intent::Section,
                "what does a {career} do? my boss is a {other}",
            ),
            example(
                Intent::Compare,
                "{career} or {career}? my boss is a {other}",
            ),
            example(
                Intent::Compare,
                "my brother is a {other}, {career} or {career}?",
            ),
            example(Intent::Switch, "from {career} to {career}"),
            example(Intent::Switch, "become a {to} from {from}"),
            example(Intent::Switch, "my boss is a {other}, how to become a {to}"),
        ];
        let careers =
            ["Baker", "Cook", "Waiter"].map(|name| career(&name.to_lowercase(), name, &[]));
        let lexicon = Lexicon::new(&careers, &[], &QuestionWords::default(), &examples);
        let asked = |intent: Intent, text: &str| {
            let text = lexicon.mark(Sentences::of(text, usize::MAX, fold::words));
            let ids = lexicon.asked(intent, &text);
            ids.iter()
                .map(|id| id.to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        for (intent, text, expected) in [
            (
                Intent::Section,
                "my sister is a cook. what does a baker do?",
                "baker",
            ),
            (
                Intent::Section,
                "what does a cook do? my boss is a baker",
                "cook",
            ),
            (
                Intent::Jobs,
                "my boss is a cook. what does a baker do?",
                "baker",
            ),
            (
                Intent::Compare,
                "cook or baker? my boss is a waiter",
                "cook baker",
            ),
            (
                Intent::Compare,
                "my brother is a waiter, baker or cook?",
                "baker cook",
            ),
            (Intent::Switch, "from cook to baker", "cook baker"),
            (Intent::Switch, "become a cook from baker", "baker cook"),
            (
                Intent::Switch,
                "my boss is a cook, how to become a baker",
                "baker",
            ),
            (Intent::Switch, "cook", "cook"),
            (Intent::Section, "what now?", ""),
            (Intent::None, "from cook to baker", ""),
        ] {
            assert_eq!(asked(intent, text), expected, "{text}");
        }
    }
}
