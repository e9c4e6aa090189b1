//! `/jobs` over more listings than the repository has.

use serde_json::Value;
use waymark::commands::service::Outcome;

use crate::bot::{Bot, controls, labels, message};
use crate::drawing::draw;
use crate::folder;

/// Twelve open listings, two expired ones, one that says all there is to say.
fn bot() -> Bot {
    let mut files = String::new();
    for number in 1..=12 {
        files += &format!(
            "[[job]]\ntitle = \"Gardener {number:02}\"\ncompany = \"Green Company With a Name Longer Than Forty Characters\"\nlocation = \"Leeds, United Kingdom\"\n\
             posted = 2026-10-{number:02}\n\n"
        );
    }
    for number in 1..=2 {
        files += &format!(
            "[[job]]\ntitle = \"Gardener of old {number}\"\ncompany = \"Past\"\nexpires = 2026-11-0{number}\n\n"
        );
    }
    files += r#"
[[job]]
id = "head-gardener"
title = "Head **Gardener** @everyone"
company = "Kew"
location = "London"
remote = false
type = "part-time"
level = "executive"
salary = { min = 40, max = 60, currency = "GBP", per = "hour" }
careers = ["data-scientist", "data-engineer"]
url = "https://example.org/jobs/1"
posted = 2026-11-01
expires = 2026-12-31
"#;
    let folder = folder::with_listings(&files);
    Bot::over(folder.path())
}

fn titles(message: &Value) -> Vec<&str> {
    message["embeds"][0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect()
}

#[test]
fn a_list_is_turned_page_by_page_and_a_listing_leads_back_to_its_page() {
    let bot = bot();
    let first = bot.answer("/jobs company: green company sort: newest");
    assert_eq!(first["embeds"][0]["title"], "12 listings");
    assert_eq!(titles(&first)[0], "Gardener 12");
    let second = message(&bot.press_label(&first, "Next"));
    insta::assert_snapshot!(draw(&second));
    let opened = message(&bot.press_label(&second, "Gardener 04"));
    assert_eq!(
        message(&bot.press_label(&opened, "Back to the list")),
        second
    );
    let third = message(&bot.press_label(&second, "Next"));
    assert_eq!(titles(&third), ["Gardener 02", "Gardener 01"]);
    assert!(!labels(&third).contains(&"Next".to_owned()));
    assert_eq!(message(&bot.press_label(&third, "Previous")), second);
}

#[test]
fn a_page_beyond_the_last_offers_both_ends() {
    let bot = bot();
    let answer = bot.mistake("/jobs search: gardener page: 4000");
    assert_eq!(labels(&answer), ["First page", "Last page"]);
    let last = message(&bot.press_label(&answer, "Last page"));
    assert!(labels(&last).contains(&"Previous".to_owned()));
}

#[test]
fn expired_listings_are_hidden_and_counted() {
    let answer = bot().answer("/jobs company: past");
    assert_eq!(answer["embeds"][0]["title"], "No listing fits");
    assert_eq!(
        answer["embeds"][0]["footer"]["text"],
        "Without 2 listings that have expired."
    );
}

#[test]
fn a_listing_that_says_everything() {
    insta::assert_snapshot!(draw(&bot().answer("/jobs job: head-gardener")));
}

#[test]
fn filters_are_shown_as_they_were_understood() {
    let answer = bot().answer(
        "/jobs search: gardener career: data eng company: kew location: london remote: false level: executive \
         type: part-time min_salary: 100000 sort: salary",
    );
    assert_eq!(
        answer["embeds"][0]["description"],
        "Filters: “gardener” · Data Engineer · at Kew · location with “london” · not remote · executive · part-time · \
         pays at least 100,000 a year\nSorted: highest pay first"
    );
    assert_eq!(
        titles(&answer),
        ["Head \\*\\*Gardener\\*\\* @\u{200b}everyone"]
    );
}

#[test]
fn every_control_stays_with_all_filters_at_their_longest() {
    let bot = bot();
    let search = "gardener gardener gardener gardener g";
    assert_eq!(search.chars().count(), 37);
    let answer = bot.answer(&format!(
        "/jobs search: {search} company: green company with a name location: Leeds, United Kingdo sort: newest"
    ));
    assert_eq!(answer["embeds"][0]["title"], "12 listings");
    let next = message(&bot.press_label(&answer, "Next"));
    assert!(labels(&next).contains(&"Previous".to_owned()));
    for control in controls(&answer) {
        let pressed = bot.press(&control);
        assert_eq!(pressed.outcome, Outcome::Answered, "{control:?}");
        let again = message(&pressed);
        let whole = labels(&again);
        assert!(
            whole.contains(&"Share".to_owned()) || whole.contains(&"Remove".to_owned()),
            "{whole:?}"
        );
    }
}

#[test]
fn a_dropped_filter_finds_what_its_button_says() {
    let bot = bot();
    let answer = bot.answer("/jobs search: gardener level: entry company: kew");
    assert_eq!(
        labels(&answer),
        [
            "Without search (0)",
            "Without company (0)",
            "Without level (1)",
            "All listings",
            "Share"
        ]
    );
    let found = message(&bot.press_label(&answer, "Without level (1)"));
    assert_eq!(found["embeds"][0]["title"], "1 listing");
}
