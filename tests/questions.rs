//! How well `/ask` understands: the score by intent over `questions.toml`, with every miss.
//!
//! `cargo test --test questions -- --nocapture` prints it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use serde::Deserialize;
use waymark::commands::ask::reading;
use waymark::commands::service::{Input, Outcome, Output, Service};
use waymark::commands::{Asker, Intent, ModeratorPolicy, Understood, Value, ask};
use waymark::knowledge::load::load;
use waymark::knowledge::source::Files;
use waymark::knowledge::store::Store;
use waymark::knowledge::{Knowledge, Section};
use waymark::reply::limits::EMBEDS_TOTAL;
use waymark::reply::{Reply, Row, Visibility};

/// The least share of questions that are understood wholly, in percent, before this test fails.
const LEAST: usize = 97;
/// The same for those that were measured once, when all was chosen.
const LEAST_KEPT: usize = 95;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    text: String,
    intent: Intent,
    #[serde(default)]
    careers: Vec<String>,
    section: Option<Section>,
    #[serde(default)]
    kept: bool,
}

impl Question {
    fn is_understood(&self, understood: &Understood) -> bool {
        let careers = understood.careers.iter().map(|id| id.as_str());
        understood.intent == self.intent
            && understood.section == self.section
            && careers.eq(self.careers.iter().map(String::as_str))
    }
}

#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
}

impl Score {
    fn percent(&self) -> usize {
        self.right * 100 / self.all.max(1)
    }
}

fn knowledge() -> Knowledge {
    load(&Files::Embedded, date(2026, 11, 23)).expect("the embedded knowledge base loads")
}

fn score(knowledge: &Knowledge, questions: &[&Question], title: &str) -> Score {
    let mut by_intent: BTreeMap<String, Score> = BTreeMap::new();
    let mut total = Score::default();
    for question in questions {
        let reading = reading::read(knowledge.lexicon(), &question.text);
        let understood = ask::understood(&reading);
        let right = question.is_understood(&understood);
        let intent = by_intent
            .entry(format!("{:?}", question.intent))
            .or_default();
        for score in [intent, &mut total] {
            score.all += 1;
            score.right += usize::from(right);
        }
        if !right {
            let careers: Vec<&str> = understood.careers.iter().map(|id| id.as_str()).collect();
            println!("missed: {}", question.text);
            println!(
                "   asked for {:?} {:?} {:?}",
                question.intent, question.section, question.careers
            );
            println!(
                "   read as   {:?} {:?} {careers:?}",
                understood.intent, understood.section
            );
            if std::env::var_os("EXPLAIN").is_some() {
                println!("   {}", reading.explain(knowledge.lexicon()));
            }
        }
    }
    println!(
        "{title}: {} of {} ({} %)",
        total.right,
        total.all,
        total.percent()
    );
    for (intent, score) in by_intent {
        println!("   {intent}: {} of {}", score.right, score.all);
    }
    total
}

#[test]
fn questions_in_plain_words_are_understood() {
    let knowledge = knowledge();
    let text = include_str!("questions.toml");
    let all: Questions = toml::from_str(text).expect("questions.toml is right");
    let (kept, tuned): (Vec<_>, Vec<_>) = all.question.iter().partition(|question| question.kept);
    let kept_only = std::env::var_os("KEPT").is_some();
    if !kept_only {
        let tuned = score(&knowledge, &tuned, "Used while tuning");
        assert!(tuned.percent() >= LEAST, "{} %", tuned.percent());
    }
    let kept = score(&knowledge, &kept, "Kept apart");
    assert!(kept.percent() >= LEAST_KEPT, "{} %", kept.percent());
}

/// What is understood: the intent, the section, the careers.
fn read(knowledge: &Knowledge, question: &str) -> String {
    let understood = ask::understood(&reading::read(knowledge.lexicon(), question));
    let careers = understood.careers.iter().map(|id| id.as_str());
    let section = understood.section.map(Section::id);
    let words = std::iter::once(understood.intent.id()).chain(section);
    words.chain(careers).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_career_that_is_asked_about_is_told_from_those_mentioned_in_passing() {
    let knowledge = knowledge();
    for (question, expected) in [
        (
            "my brother is a software engineer and won't shut up about his pay. what do data stewards make?",
            "section salary data-steward",
        ),
        (
            "What would I earn as a quant? My sister is a data analyst.",
            "section salary quantitative-analyst",
        ),
        (
            "i was a business analyst for ten years. data engineer or data scientist, which one?",
            "compare data-engineer data-scientist",
        ),
        (
            "how do i become an mlops engineer coming from backend",
            "switch backend-developer mlops-engineer",
        ),
        (
            "police officer here, how do i get over into data analytics",
            "switch data-analyst",
        ),
    ] {
        assert_eq!(read(&knowledge, question), expected, "{question}");
    }
}

#[test]
fn a_field_means_its_career_where_no_other_is_named() {
    let knowledge = knowledge();
    for (question, expected) in [
        ("how do i get into NLP", "section tips nlp-engineer"),
        (
            "what does a job in deep learning pay",
            "section salary deep-learning-engineer",
        ),
        (
            "do data scientists need to know deep learning",
            "section skills data-scientist",
        ),
    ] {
        assert_eq!(read(&knowledge, question), expected, "{question}");
    }
}

fn answer(service: &Service, question: &str) -> (Reply, Outcome) {
    let input = Input::Command {
        path: "ask".to_owned(),
        given: vec![("question".to_owned(), Value::Text(question.to_owned()))],
    };
    let asker = Asker::Local { moderator: false };
    let handled = service.answer(&input, &asker, Timestamp::UNIX_EPOCH);
    match handled.output {
        Output::Show(reply) => (reply, handled.outcome),
        other => panic!("{question:?}: {other:?}"),
    }
}

fn service() -> Service {
    let store =
        Store::open(Files::Embedded, Timestamp::UNIX_EPOCH).expect("the embedded one loads");
    Service::new(store, ModeratorPolicy::default())
}

#[test]
fn a_profession_that_is_not_held_is_said_to_be_unknown() {
    let service = service();
    let (reply, outcome) = answer(&service, "are nurses and *sysadmins* the same?");
    assert_eq!(outcome, Outcome::Answered);
    assert_eq!(reply.visibility, Visibility::Private);
    assert_eq!(reply.card.title, "I don't know");
    assert_eq!(
        reply.card.body,
        "“are nurses and \\*sysadmins\\* the same?”\nNot known here: nurse, sysadmin. Known are 47 careers (Data, AI and \
         software careers)."
    );
    let [Row::Buttons(buttons)] = &reply.rows[..] else {
        panic!("{:?}", reply.rows);
    };
    let labels: Vec<&str> = buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(labels, ["Browse all careers", "What I can do"]);
}

#[test]
fn hostile_questions_are_answered_within_limits_and_echoed_harmlessly() {
    let service = service();
    let planes = (0..=16).filter_map(|plane| char::from_u32(plane * 0x1_0000 + 0x00e9));
    let hostile = [
        "a".repeat(10_000),
        "data engineer ".repeat(700),
        "1234567890".to_owned(),
        "\u{200b}\u{200d}\u{feff}".to_owned(),
        "\u{202e}reenigne atad a si tahw".to_owned(),
        "**bold** `code` [x](https://example.com) @everyone <@123> <t:0:R>".to_owned(),
        planes.collect(),
    ];
    for question in &hostile {
        let (reply, outcome) = answer(&service, question);
        assert_ne!(outcome, Outcome::Failure, "{question:.40}");
        assert!(reply.card.len() <= EMBEDS_TOTAL && !reply.card.is_empty());
        let body = &reply.card.body;
        for ping in ["@everyone", "<@1", "](https://example.com)", "**bold**"] {
            assert!(!body.contains(ping), "{body}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(question in "\\PC{0,200}") {
        thread_local!(static SERVICE: Service = service());
        let (reply, outcome) = SERVICE.with(|service| answer(service, &question));
        prop_assert_ne!(outcome, Outcome::Failure);
        prop_assert!(!reply.card.is_empty());
    }
}
