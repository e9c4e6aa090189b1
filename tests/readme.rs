//! What the README shows is what the program does.
//!
//! `WAYMARK_UPDATE=1 cargo test --test readme` writes those parts anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use waymark::commands::{Audience, COMMANDS};
use waymark::reply::Visibility;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
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

/// A card as the terminal draws it.
fn picture() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_waymark"))
        .args(["say", "/switch from: data analyst to: data scientist"])
        .env("COLUMNS", "100")
        .env_remove("WAYMARK_KNOWLEDGE")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    let card = String::from_utf8(output.stdout).expect("the card is text");
    format!("```text\n{}\n```\n", card.trim_end())
}

#[test]
fn the_readme_shows_the_commands_and_an_answer_as_they_are() {
    let readme = fs::read_to_string(path()).unwrap();
    let fresh = with_part(&readme, "commands", &commands());
    let fresh = with_part(&fresh, "picture", &picture());
    if std::env::var_os("WAYMARK_UPDATE").is_some() {
        fs::write(path(), &fresh).unwrap();
    } else {
        assert!(
            readme == fresh,
            "README.md is not what the program does: run WAYMARK_UPDATE=1 cargo test --test readme"
        );
    }
}
