//! `/knowledge`: what moderators see.

use std::fs;

use serde_json::Value;
use waymark::commands::Asker;
use waymark::commands::service::{Input, Outcome};

use crate::bot::{Bot, NOW, labels, message};
use crate::drawing::draw;
use crate::folder::{self, edit};

fn title(message: &Value) -> &str {
    message["embeds"][0]["title"].as_str().unwrap()
}

#[test]
fn a_reload_tells_what_changed_by_name() {
    let folder = folder::copy();
    let bot = Bot::over(folder.path());
    let jobs = "jobs/first-listings.toml";
    edit(
        folder.path(),
        jobs,
        "title = \"Data Engineer\"",
        "title = \"Data Pipeline Engineer\"",
    );
    edit(
        folder.path(),
        "careers/data-engineer.toml",
        "\"data eng\"",
        "\"pipeline person\"",
    );
    insta::assert_snapshot!(draw(&bot.answer("/knowledge reload")));
    assert_eq!(
        bot.ask("/career career: pipeline person").outcome,
        Outcome::Answered
    );
    let again = bot.answer("/knowledge reload");
    assert_eq!(
        again["embeds"][0]["description"],
        "The files are as they were: nothing changed."
    );
}

#[test]
fn a_reload_of_files_with_problems_changes_nothing_and_tells_them_all() {
    let folder = folder::copy();
    let bot = Bot::over(folder.path());
    let before = bot.answer("/career career: data engineer");
    for career in [
        "data-engineer",
        "data-analyst",
        "data-steward",
        "statistician",
    ] {
        let file = format!("careers/{career}.toml");
        edit(
            folder.path(),
            &file,
            "\nresponsibilities = [",
            "\nresponsabilities = [",
        );
    }
    fs::write(folder.path().join("careers/empty.toml"), "name = 3 # ```\n").unwrap();
    let refused = bot.mistake("/knowledge reload");
    insta::assert_snapshot!(draw(&refused));
    assert_eq!(bot.answer("/career career: data engineer"), before);

    let status = bot.answer("/knowledge status");
    let failed = status["embeds"][0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["name"] == "Last reload failed");
    assert!(failed.is_some(), "{status}");
    let problems = bot.answer("/knowledge problems");
    assert!(
        title(&problems).starts_with("The last reload failed"),
        "{problems}"
    );
    let more = message(&bot.press_label(&problems, "Next"));
    assert_eq!(title(&more), title(&problems));
    assert_ne!(more["embeds"], problems["embeds"]);
}

#[test]
fn a_knowledge_base_without_problems_says_so() {
    let answer = Bot::new().answer("/knowledge problems");
    assert_eq!(title(&answer), "No problems");
    assert_eq!(labels(&answer), ["Status", "Reload"]);
}

#[test]
fn nobody_but_a_moderator_runs_them() {
    let bot = Bot::new();
    for path in ["knowledge status", "knowledge reload", "knowledge problems"] {
        let input = Input::Command {
            path: path.to_owned(),
            given: Vec::new(),
        };
        let asker = Asker::Local { moderator: false };
        let answer = bot.service.answer(&input, &asker, NOW.parse().unwrap());
        assert_eq!(answer.outcome, Outcome::Mistake);
        assert_eq!(title(&message(&answer)), "Only for moderators");
    }
}
