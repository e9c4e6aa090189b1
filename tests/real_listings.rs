//! Searches that people make, over real listings: what comes first was looked at by eye, and is kept.

#![allow(clippy::unwrap_used)]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "each program uses a part of it")]
mod folder;

use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;
use waymark::commands::line::{self, Line};
use waymark::commands::service::{Output, Service};
use waymark::commands::{Asker, ModeratorPolicy};
use waymark::knowledge::source::Files;
use waymark::knowledge::store::Store;

/// A day shortly after the newest of the listings was posted.
const NOW: &str = "2024-08-15T12:00:00Z";

const SEARCHES: &[&str] = &[
    "/jobs search: data engineer",
    "/jobs search: ml engineer",
    "/jobs search: machine learning",
    "/jobs search: senior data scientist",
    "/jobs search: data anlyst",
    "/jobs search: softwre enginer",
    "/jobs search: project manager",
    "/jobs search: sr project mgr",
    "/jobs search: civil engineer",
    "/jobs search: counsel",
    "/jobs search: nurse",
    "/jobs search: frontend developer",
    "/jobs search: devops",
    "/jobs search: wix",
    "/jobs search: analyst haifa",
    "/jobs search: college aide intern",
    "/jobs search: marketing analyst remote: true",
    "/jobs career: data scientist location: israel",
    "/jobs search: engineer min_salary: 120000 sort: salary",
    "/jobs company: transportation level: entry sort: newest",
    "/jobs search: xylophone teacher",
];

/// A row of the file as a table of the knowledge base.
fn table(number: usize, row: &Value) -> String {
    // JSON writes text as TOML does.
    let text = |key: &str| {
        row[key]
            .as_str()
            .map(|text| Value::from(text.trim()).to_string())
    };
    let job_type = match row["level"].as_str() {
        Some("intern") => Some("\"internship\"".to_owned()),
        _ => text("employment_type"),
    };
    let amount = |key: &str| row[key].as_u64().filter(|amount| *amount > 0);
    let pay = [
        amount("salary_min").map(|amount| format!("min = {amount}")),
        amount("salary_max").map(|amount| format!("max = {amount}")),
        text("currency").map(|currency| format!("currency = {currency}")),
        text("period").map(|period| format!("per = {period}")),
    ];
    let has_pay = pay[0].is_some() || pay[1].is_some();
    let pay = has_pay.then(|| {
        format!(
            "{{ {} }}",
            pay.into_iter().flatten().collect::<Vec<_>>().join(", ")
        )
    });
    let lines = [
        ("id", Some(format!("\"row-{number}\""))),
        ("title", text("title")),
        ("company", text("company")),
        ("location", text("location")),
        (
            "remote",
            row["remote"].as_bool().map(|remote| remote.to_string()),
        ),
        ("type", job_type),
        ("level", text("level").filter(|level| level != "\"intern\"")),
        ("salary", pay),
        ("posted", row["posted"].as_str().map(str::to_owned)),
    ];
    let lines = lines
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key} = {}\n", value?)));
    format!("\n[[job]]\n{}", lines.collect::<String>())
}

/// A bot that knows the listings of this file.
fn service(rows: &Path) -> Service {
    let rows = std::fs::read_to_string(rows).unwrap();
    let rows = rows
        .lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap());
    let listings: String = rows
        .enumerate()
        .map(|(number, row)| table(number, &row))
        .collect();
    let folder = folder::with_listings(&listings);
    let store = Store::open(Files::Folder(folder.path().to_owned()), now());
    let store = store.unwrap_or_else(|problems| panic!("{}", problems[0].render()));
    Service::new(store, ModeratorPolicy::default())
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// What the answer to a line says, without its controls.
fn said(service: &Service, typed: &str) -> String {
    let Ok(Line::Command(command, arguments)) = line::parse(typed) else {
        panic!("{typed}");
    };
    let handled = service.answer_line(
        command,
        arguments,
        &Asker::Local { moderator: false },
        now(),
    );
    let Output::Show(reply) = handled.output else {
        panic!("{typed}");
    };
    let message = serde_json::to_value(reply.message()).unwrap();
    let card = &message["embeds"][0];
    let mut said = format!("> {typed}\n{}\n", card["title"].as_str().unwrap());
    for part in [&card["description"], &card["footer"]["text"]] {
        part.as_str()
            .into_iter()
            .flat_map(str::lines)
            .for_each(|line| writeln!(said, "{line}").unwrap());
    }
    for field in card["fields"].as_array().into_iter().flatten() {
        let facts = field["value"].as_str().unwrap().replace('\n', " · ");
        writeln!(said, "  {} | {facts}", field["name"].as_str().unwrap()).unwrap();
    }
    said
}

fn all_said(service: &Service) -> String {
    let answers = SEARCHES.iter().map(|typed| said(service, typed));
    answers.collect::<Vec<_>>().join("\n")
}

#[test]
fn real_searches_over_real_listings() {
    let rows = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/listings/listings.jsonl");
    insta::assert_snapshot!(all_said(&service(&rows)));
}

/// The whole of the two data sets is too large for this repository; where it lies beside it, it is searched too.
#[test]
fn real_searches_over_all_the_real_listings_that_are_at_hand() {
    let rows = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/listings/listings.jsonl");
    if rows.exists() {
        insta::assert_snapshot!(all_said(&service(&rows)));
    }
}
