//! What feeds bring together: what is new, gone, the same, and what is doubted.

use std::fs;

use waymark::commands::service::{Input, Output, Service};
use waymark::commands::{Asker, ModeratorPolicy};
use waymark::feeds::{Feed, Filter};

use crate::ground::{Ground, line, many};
use crate::host::Answer;

#[test]
fn listings_come_change_and_go() {
    let ground = Ground::new();
    let lines = ground.lines("acme", "/lines");
    let send = |body: String| ground.host.on("/lines", [Answer::ok(body)]);
    let counts = |feed: &Feed| {
        let brought = ground.brings(feed).brought;
        (brought.listings, brought.new, brought.changed, brought.gone)
    };
    send(line("One") + &line("Two"));
    assert_eq!(counts(&lines), (2, 2, 0, 0));
    send(line("Two").replace("\"Acme\"", "\"Acme Inc.\"") + &line("Three") + &line("Four"));
    assert_eq!(counts(&lines), (3, 2, 1, 1));
    assert_eq!(ground.titles("acme"), ["Four", "Three", "Two"]);
    assert_eq!(ground.store.snapshot().jobs().len(), 4);
}

#[test]
fn a_feed_that_is_suddenly_empty_is_believed_the_second_time_or_by_force() {
    let ground = Ground::new();
    let lines = ground.lines("acme", "/lines");
    let send = |count: usize| ground.host.on("/lines", [Answer::ok(many(count))]);
    let why = |sent: &str, before: usize| {
        format!(
            "it sent {sent} where there were {before} before: perhaps by mistake, so those stay; if its next run brings as \
             few, or with --force, they go"
        )
    };
    send(20);
    ground.brings(&lines);
    send(3);
    assert_eq!(ground.fails(&lines), why("3 listings", 20));
    assert_eq!(ground.titles("acme").len(), 20);
    // It was a mistake.
    send(19);
    ground.brings(&lines);
    send(0);
    assert_eq!(ground.fails(&lines), why("no listing", 19));
    assert_eq!(ground.titles("acme").len(), 19);
    assert_eq!(ground.brings(&lines).brought.gone, 19);
    assert!(!ground.file("acme").exists());
    send(1);
    ground.brings(&lines);
    send(0);
    assert_eq!(ground.fails(&lines), why("no listing", 1));
    assert_eq!(
        ground.force(&[lines])[0]
            .result
            .as_ref()
            .unwrap()
            .brought
            .gone,
        1
    );
}

#[test]
fn rubbish_in_every_row_is_doubted_too() {
    let ground = Ground::new();
    let lines = ground.lines("acme", "/lines");
    ground.host.on(
        "/lines",
        [
            Answer::ok(many(5)),
            Answer::ok("{\"name\": \"x\"}\n".repeat(5)),
        ],
    );
    ground.brings(&lines);
    assert!(
        ground
            .fails(&lines)
            .starts_with("it sent no listing where there were 5")
    );
    assert_eq!(ground.titles("acme").len(), 5);
}

#[test]
fn the_same_listing_appears_once_whoever_brings_it() {
    let ground = Ground::new();
    let with_link = |title: &str, link: &str| {
        line(title).replace("\"company\"", &format!("\"url\": \"{link}\", \"company\""))
    };
    let both = with_link("Analyst", "https://acme.example/jobs/1");
    let one = both.clone() + &line("One") + &line("typed job");
    let two = with_link(
        "Data Analyst",
        "https://www.acme.example/jobs/1/?utm_source=two",
    ) + &with_link("Two", "https://acme.example/typed")
        + &line("one");
    ground.host.on("/1", [Answer::ok(one.clone())]);
    ground.host.on("/2", [Answer::ok(two)]);
    let feeds = [ground.lines("first", "/1"), ground.lines("second", "/2")];
    let outcomes = ground.import(&feeds);
    // What somebody typed goes before what feeds bring.
    assert_eq!(ground.titles("first"), ["Analyst", "One"]);
    assert_eq!(ground.titles("second"), [""; 0]);
    let report = outcomes[1].result.as_ref().unwrap();
    assert_eq!(report.brought.skipped["in the knowledge base already"], 3);

    // Gone from the first, it is the second's, though the second's host says that nothing changed.
    ground
        .host
        .on("/1", [Answer::ok(line("One") + &line("Other"))]);
    ground.import(&feeds);
    assert_eq!(ground.titles("first"), ["One", "Other"]);
    assert_eq!(ground.titles("second"), ["Data Analyst"]);
    // And stays there when only the first runs again.
    ground.host.on("/1", [Answer::ok(one)]);
    ground.import(&feeds[..1]);
    assert_eq!(ground.titles("first"), ["One"]);
}

#[test]
fn one_feed_that_fails_stops_no_other() {
    let ground = Ground::new();
    ground.host.on("/good", [Answer::ok(many(2))]);
    let feeds = [ground.lines("bad", "/bad"), ground.lines("good", "/good")];
    let outcomes = ground.import(&feeds);
    assert!(outcomes[0].result.is_err());
    assert_eq!(outcomes[1].result.as_ref().unwrap().brought.listings, 2);
}

#[test]
fn filters_and_the_cap_keep_what_is_wanted_and_newest() {
    let ground = Ground::new();
    let rows = [
        ("Senior Data Engineer", "New York, NY", "2026-11-01"),
        ("Data Engineer II", "Remote", "2026-11-03"),
        ("Data Engineer", "Berlin", "2026-11-02"),
        ("Database Engineer", "New York, NY", "2026-11-04"),
        ("Data Scientist", "New York, NY", "2026-11-05"),
        ("Data Engineer, Ads", "NYC", "2026-11-06"),
    ];
    let body: String = rows
        .iter()
        .map(|(title, location, posted)| {
            let extra =
                format!("\"location\": \"{location}\", \"posted\": \"{posted}\", \"company\"");
            line(title).replace("\"company\"", &extra)
        })
        .collect();
    ground.host.on("/lines", [Answer::ok(body)]);
    let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    let lines = Feed {
        filter: Filter {
            words: texts(&["data engineers"]),
            careers: texts(&["Data Engineer"]),
            locations: texts(&["new york", "remote", "nyc"]),
        },
        most: 2,
        ..ground.lines("acme", "/lines")
    };
    let report = ground.brings(&lines);
    assert_eq!(
        ground.titles("acme"),
        ["Data Engineer II", "Data Engineer, Ads"]
    );
    let skipped: Vec<String> = report
        .skipped
        .iter()
        .map(|entry| format!("{}: {}", entry.title, entry.why))
        .collect();
    assert_eq!(
        skipped,
        [
            "Data Engineer: none of the wanted places",
            "Database Engineer: none of the wanted words in the title",
            "Data Scientist: none of the wanted words in the title",
            "Senior Data Engineer: more than the feed may keep",
        ]
    );
    let typo = Feed {
        filter: Filter {
            careers: texts(&["welder"]),
            ..Filter::default()
        },
        ..lines
    };
    let told = ground.fails(&typo);
    assert!(told.starts_with("`careers` names \"welder\""), "{told}");
    assert_eq!(ground.titles("acme").len(), 2);
}

#[test]
fn a_career_that_is_taken_away_does_not_keep_the_listings_from_loading() {
    let ground = Ground::new();
    ground
        .host
        .on("/lines", [Answer::ok(line("Data Engineer"))]);
    let lines = ground.lines("acme", "/lines");
    ground.brings(&lines);
    assert!(
        ground
            .text("acme")
            .contains("careers = [\"data-engineer\"]")
    );
    fs::remove_file(ground.folder.path().join("careers/data-engineer.toml")).unwrap();
    ground.store.reload(jiff::Timestamp::now()).unwrap();
    let warnings = ground.store.snapshot().warnings().len();
    assert_eq!(warnings, 1);
    ground.brings(&lines);
    assert!(!ground.text("acme").contains("careers"));
}

#[test]
fn the_status_tells_what_each_feed_brought_and_what_failed() {
    let ground = Ground::new();
    ground
        .host
        .on("/good", [Answer::ok(many(2) + &line("Typed job"))]);
    ground
        .host
        .on("/lost", [Answer::ok(line("Kept")), Answer::status(404, "")]);
    let feeds = [
        ground.lines("good", "/good"),
        ground.lines("lost", "/lost"),
        ground.lines("new", "/new"),
    ];
    ground.import(&feeds[..2]);
    ground.import(&feeds[1..2]);
    let store = waymark::knowledge::store::Store::open(
        ground.store.files().clone(),
        jiff::Timestamp::now(),
    );
    let service =
        Service::new(store.unwrap(), ModeratorPolicy::default()).with_feeds(feeds.to_vec());
    let input = Input::Command {
        path: "knowledge status".to_owned(),
        given: Vec::new(),
    };
    let asker = Asker::Local { moderator: true };
    let Output::Show(reply) = service
        .answer(&input, &asker, jiff::Timestamp::now())
        .output
    else {
        panic!()
    };
    let message = serde_json::to_value(reply.message()).unwrap();
    let fields = message["embeds"][0]["fields"].as_array().unwrap();
    let field = fields
        .iter()
        .find(|field| field["name"] == "Feeds")
        .unwrap();
    let text = field["value"].as_str().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("• **lost** fails since <t:"), "{text}");
    assert!(
        lines[0]
            .ends_with(":R>: 127.0.0.1 answered 404 Not Found. Its 1 listing from before stay."),
        "{text}"
    );
    assert!(
        lines[1].starts_with("• **good** has 2 listings, asked <t:"),
        "{text}"
    );
    assert!(
        lines[1]
            .ends_with(":R>: 2 new, 0 changed, 0 gone, 1 skipped (in the knowledge base already)."),
        "{text}"
    );
    assert_eq!(lines[2], "• **new** has not run yet.");
}
