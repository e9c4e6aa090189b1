//! What the README shows is what the program does.
//!
//! `UPDATE_FILES=1 cargo test --test readme` writes those parts anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use waymark::commands::{Audience, COMMANDS};
use waymark::reply::Visibility;

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// Checks that a file is what the program makes of it, or writes it.
fn keep(file: &str, fresh: &str) {
    if std::env::var_os("UPDATE_FILES").is_some() {
        fs::write(path(file), fresh).expect("the project folder can be written");
    }
    let written = fs::read_to_string(path(file)).unwrap_or_default();
    assert!(
        written == fresh,
        "{file} is not what the program does: run UPDATE_FILES=1 cargo test --test readme"
    );
}

/// Puts `text` between the markers of a part.
fn with_part(readme: &str, part: &str, text: &str) -> String {
    let begin = readme
        .find(&format!("<!-- {part}: begin"))
        .expect("the part's begin marker");
    let begin = begin + readme[begin..].find('\n').expect("the marker's line ends") + 1;
    let end = readme
        .find(&format!("<!-- {part}: end"))
        .expect("the part's end marker");
    format!("{}{text}{}", &readme[..begin], &readme[end..])
}

/// Every command with its options, as the table declares them.
fn commands() -> String {
    let mut table =
        String::from("| command | options | what it does | seen by |\n|---|---|---|---|\n");
    for command in COMMANDS {
        let options = command.options.iter().filter(|option| !option.hidden);
        let options: Vec<String> = options.map(|option| format!("`{}`", option.name)).collect();
        let seen = match (command.audience, command.visibility) {
            (Audience::Moderators, _) => "moderators",
            (Audience::Everyone, Visibility::Public) => "everyone",
            (Audience::Everyone, Visibility::Private) => "asker",
        };
        table += &format!(
            "| `/{}` | {} | {} | {seen} |\n",
            command.path,
            options.join(" "),
            command.summary
        );
    }
    table
}

/// The careers shown as a sample, of different fields.
const SAMPLE: [&str; 5] = [
    "machine-learning-engineer",
    "data-steward",
    "quantitative-analyst",
    "site-reliability-engineer",
    "bioinformatics-scientist",
];

/// A card as the terminal draws it.
fn card(line: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_waymark"))
        .args(["say", line])
        .env("COLUMNS", "100")
        .env_remove("WAYMARK_KNOWLEDGE")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{line}: {output:?}");
    let card = String::from_utf8(output.stdout).expect("the card is text");
    format!("```text\n{}\n```\n", card.trim_end())
}

#[test]
fn the_readme_shows_the_commands_and_an_answer_as_they_are() {
    let readme = fs::read_to_string(path("README.md")).unwrap();
    let fresh = with_part(&readme, "commands", &commands());
    let answer = card("/switch from: data analyst to: data scientist");
    keep("README.md", &with_part(&fresh, "picture", &answer));
}

#[test]
fn the_sample_shows_careers_as_they_are() {
    let mut page = String::from(
        "# Five careers, as the terminal shows them\n\nWritten by `UPDATE_FILES=1 cargo test --test readme`.\n",
    );
    for career in SAMPLE {
        let line = format!("/career career: {career}");
        page += &format!("\n`{line}`\n\n{}", card(&line));
    }
    keep("docs/sample-careers.md", &page);
}
