//! What the commands answer, over the knowledge base of this repository, as Discord gets it.

#![allow(clippy::unwrap_used)]

mod bot;
mod drawing;
#[path = "../support/folder.rs"]
mod folder;
mod limits;
mod listings;
mod mistakes;
mod moderators;

use std::collections::HashSet;

use serde_json::Value;
use waymark::commands::Intent;
use waymark::commands::service::{Handled, Outcome, Output};
use waymark::knowledge::{CareerId, Section};
use waymark::reply::Visibility;

use bot::{Bot, Control, controls, labels, message, reply};
use drawing::draw;

fn assert_fits(what: &str, message: &Value) {
    let broken = limits::broken(message);
    assert!(broken.is_empty(), "{what}: {broken:#?}\n{message:#}");
}

fn ids(bot: &Bot) -> Vec<String> {
    let knowledge = bot.service.snapshot();
    let careers = knowledge.careers().iter();
    careers.map(|career| career.id.to_string()).collect()
}

/// The overview, then every section, as options of a line.
fn views() -> impl Iterator<Item = String> {
    let sections = Section::ALL.iter();
    std::iter::once(String::new())
        .chain(sections.map(|section| format!(" section: {}", section.id())))
}

fn fields(message: &Value) -> &[Value] {
    message["embeds"][0]["fields"]
        .as_array()
        .map_or(&[], Vec::as_slice)
}

#[test]
fn every_career_fits_in_every_section_and_says_something_in_each() {
    let bot = Bot::new();
    for id in ids(&bot) {
        for view in views() {
            let line = format!("/career career: {id}{view}");
            let handled = bot.ask(&line);
            assert_eq!(handled.outcome, Outcome::Answered, "{line}");
            assert_fits(&line, &message(&handled));
        }
        let overview = bot.answer(&format!("/career career: {id}"));
        let titles: Vec<&str> = fields(&overview)
            .iter()
            .filter_map(|field| field["name"].as_str())
            .filter(|name| !name.ends_with(", continued"))
            .collect();
        let expected: Vec<&str> = Section::ALL
            .iter()
            .skip(1)
            .map(|section| section.title())
            .chain(["Related careers"])
            .collect();
        assert_eq!(titles, expected, "{id}");
        assert!(
            !overview
                .to_string()
                .contains("Not known: this knowledge base says nothing"),
            "{id}"
        );
    }
}

#[test]
fn an_overview_leaves_out_no_item_of_any_list() {
    let bot = Bot::new();
    for id in ids(&bot) {
        let overview = bot.answer(&format!("/career career: {id}"));
        for field in fields(&overview) {
            let value = field["value"].as_str().unwrap();
            assert!(!value.contains("… and "), "{id}: {value}");
        }
    }
}

#[test]
fn every_pair_fits_in_every_section_and_has_something_in_both_columns() {
    let bot = Bot::new();
    let ids = ids(&bot);
    let names: Vec<String> = {
        let knowledge = bot.service.snapshot();
        let careers = knowledge.careers().iter();
        careers.map(|career| career.name.clone()).collect()
    };
    let mut pairs = 0;
    for (place, first) in ids.iter().enumerate() {
        for (other, second) in ids.iter().enumerate().skip(place + 1) {
            pairs += 1;
            for view in views() {
                let line = format!("/compare first: {first} second: {second}{view}");
                let handled = bot.ask(&line);
                assert_eq!(handled.outcome, Outcome::Answered, "{line}");
                let message = message(&handled);
                assert_fits(&line, &message);
                let columns: Vec<&str> = fields(&message)
                    .iter()
                    .filter(|field| field["inline"] == true)
                    .filter_map(|field| field["name"].as_str())
                    .collect();
                assert!(!columns.is_empty(), "{line}");
                assert!(!message["embeds"].to_string().contains("… and "), "{line}");
                for pair in columns.chunks(2) {
                    let heads = [&names[place], &names[other]];
                    let headed = pair.len() == 2
                        && pair
                            .iter()
                            .zip(heads)
                            .all(|(column, name)| column.ends_with(name.as_str()));
                    assert!(headed, "{line}: {pair:?}");
                }
            }
        }
    }
    assert_eq!(pairs, ids.len() * (ids.len() - 1) / 2);
}

#[test]
fn a_compared_section_is_whole() {
    let bot = Bot::new();
    let ids = ids(&bot);
    for (first, second) in ids.iter().zip(ids.iter().skip(1)) {
        for view in views().skip(1) {
            let message = bot.answer(&format!("/compare first: {first} second: {second}{view}"));
            for field in fields(&message) {
                let value = field["value"].as_str().unwrap();
                assert!(!value.contains('…'), "{first}, {second}{view}: {value}");
            }
        }
    }
}

#[test]
fn every_control_that_can_be_reached_answers_and_fits() {
    let bot = Bot::new();
    let mut waiting: Vec<Control> = [
        "/career",
        "/help",
        "/jobs",
        "/knowledge status",
        "/salary career: data-engineer",
    ]
    .iter()
    .flat_map(|line| controls(&bot.answer(line)))
    .collect();
    let mut seen = HashSet::new();
    while let Some(control) = waiting.pop() {
        let line = control
            .choice
            .clone()
            .unwrap_or_else(|| control.custom_id.chars().skip(2).collect());
        let shares = control.custom_id.starts_with('s');
        if line.is_empty() || !seen.insert((shares, line)) {
            continue;
        }
        let handled = bot.press(&control);
        assert_eq!(handled.outcome, Outcome::Answered, "{control:?}");
        let expected = if shares {
            Visibility::Public
        } else {
            Visibility::Private
        };
        assert_eq!(reply(&handled).visibility, expected, "{control:?}");
        let message = message(&handled);
        assert_fits(&format!("{control:?}"), &message);
        waiting.extend(controls(&message));
    }
    assert!(seen.len() > 1_000, "{}", seen.len());
}

#[test]
fn sharing_shows_the_same_card_to_everyone() {
    let bot = Bot::new();
    for line in [
        "/jobs search: engineer sort: salary",
        "/jobs company: murmuration remote: true",
        "/jobs career: software engineer page: 1",
        "/career career: data engineer section: tools private: true",
        "/career category: ai-ml private: true",
        "/compare first: business intelligence developer second: operations research analyst private: true",
        "/compare first: MLE second: data manager section: tips private: true",
        "/salary career: MLE level: senior private: true",
        "/help command: jobs",
    ] {
        let private = bot.answer(line);
        assert_eq!(private["flags"], 64, "{line}");
        let shared = bot.press_label(&private, "Share");
        assert!(matches!(shared.output, Output::Show(_)), "{line}");
        let shared = message(&shared);
        assert_eq!(shared["flags"], Value::Null, "{line}");
        assert_eq!(shared["embeds"], private["embeds"], "{line}");
        assert_eq!(
            labels(&shared).last().map(String::as_str),
            Some("Remove"),
            "{line}"
        );
    }
}

fn understood(handled: &Handled) -> (Vec<&str>, Option<Section>, Intent) {
    let understood = &handled.understood;
    let careers = understood.careers.iter().map(CareerId::as_str).collect();
    (careers, understood.section, understood.intent)
}

#[test]
fn every_answer_says_how_the_question_was_read() {
    let bot = Bot::new();
    let skills = Some(Section::Skills);
    for (line, careers, section, intent) in [
        (
            "/compare first: data mgr second: MLE",
            vec!["data-manager", "machine-learning-engineer"],
            None,
            Intent::Compare,
        ),
        (
            "/compare first: MLE second: data mgr section: skills",
            vec!["machine-learning-engineer", "data-manager"],
            skills,
            Intent::Compare,
        ),
        (
            "/compare first: MLE second: machine learning engineer",
            vec!["machine-learning-engineer"; 2],
            None,
            Intent::Compare,
        ),
        (
            "/compare first: !!! second: MLE",
            vec!["machine-learning-engineer"],
            None,
            Intent::Compare,
        ),
        (
            "/career career: data mgr section: skills",
            vec!["data-manager"],
            skills,
            Intent::Section,
        ),
        ("/career", vec![], None, Intent::List),
        (
            "/jobs career: data eng",
            vec!["data-engineer"],
            None,
            Intent::Jobs,
        ),
        (
            "/salary career: data mgr",
            vec!["data-manager"],
            Some(Section::Salary),
            Intent::Section,
        ),
        ("/help", vec![], None, Intent::None),
    ] {
        assert_eq!(
            understood(&bot.ask(line)),
            (careers, section, intent),
            "{line}"
        );
    }
}

#[test]
fn the_articles_two_careers_side_by_side() {
    insta::assert_snapshot!(draw(
        &Bot::new().answer("/compare first: ML engineer second: data manager")
    ));
}

#[test]
fn two_careers_skills_side_by_side() {
    insta::assert_snapshot!(draw(&Bot::new().answer(
        "/compare first: data scientist second: data analyst section: skills private: true"
    )));
}

#[test]
fn one_career() {
    insta::assert_snapshot!(draw(&Bot::new().answer("/career career: data scientist")));
}

#[test]
fn the_definition_of_a_career_with_its_neighbours() {
    insta::assert_snapshot!(draw(
        &Bot::new().answer("/career career: data engineer section: definition")
    ));
}

#[test]
fn an_outlook_whose_figures_are_of_other_occupations() {
    insta::assert_snapshot!(draw(
        &Bot::new().answer("/career career: MLE section: outlook")
    ));
}

#[test]
fn what_a_career_pays() {
    insta::assert_snapshot!(draw(&Bot::new().answer("/salary career: MLE")));
}

#[test]
fn pay_that_no_source_reports_by_level() {
    insta::assert_snapshot!(draw(
        &Bot::new().answer("/salary career: cloud architect level: senior")
    ));
}

#[test]
fn the_categories_to_browse() {
    insta::assert_snapshot!(draw(&Bot::new().answer("/career")));
}

#[test]
fn the_careers_of_a_category() {
    insta::assert_snapshot!(draw(
        &Bot::new().answer("/career category: security section: tips")
    ));
}

#[test]
fn all_listings() {
    insta::assert_snapshot!(draw(&Bot::new().answer("/jobs")));
}

#[test]
fn one_listing_opened_from_a_list() {
    let bot = Bot::new();
    let list = bot.answer("/jobs search: scientist remote: true");
    let opened = bot.press_label(&list, "Senior Data Scientist");
    insta::assert_snapshot!(draw(&message(&opened)));
    let back = bot.press_label(&message(&opened), "Back to the list");
    assert_eq!(message(&back), list);
}

#[test]
fn no_listing_fits() {
    insta::assert_snapshot!(draw(
        &Bot::new().answer("/jobs search: scientist level: entry remote: true min_salary: 500000")
    ));
}

#[test]
fn help() {
    insta::assert_snapshot!(draw(&Bot::new().answer("/help")));
}

#[test]
fn help_for_a_command() {
    insta::assert_snapshot!(draw(&Bot::new().answer("/help command: compare")));
}

#[test]
fn the_knowledge_bases_status() {
    let bot = Bot::new();
    let drawn = draw(&bot.answer("/knowledge status"));
    let drawn = drawn.replace(bot.service.snapshot().version(), "<version>");
    insta::assert_snapshot!(drawn);
}
