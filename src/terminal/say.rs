//! One-shot answers: a card or a JSON object for every line.

use std::io;

use jiff::Timestamp;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::ask::ask;
use super::card::{Canvas, draw};
use super::screen;
use crate::commands::ask::reading;
use crate::commands::service::{Handled, Outcome, Output, Service};
use crate::commands::{Arguments, Asker, Command, Intent, Value};
use crate::knowledge::{CareerId, Section};
use crate::reply::message::Message;

/// How answers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Drawn.
    Card,
    /// Drawn, below how a question in plain words was read.
    Explained,
    /// One JSON object a line.
    Json,
}

/// Answers each line; `true` when every one was answered.
///
/// # Errors
/// What reading the lines or writing the answers could not do.
pub fn say(
    service: &Service,
    asker: &Asker,
    form: Form,
    lines: impl Iterator<Item = io::Result<String>>,
) -> io::Result<bool> {
    let mut answered = true;
    let mut gap = "";
    for line in lines {
        let line = line?;
        let now = Timestamp::now();
        let Some(handled) = ask(service, &line, asker, now) else {
            continue;
        };
        answered &= handled.outcome == Outcome::Answered;
        screen::show(&match form {
            Form::Json => json(&line, &handled),
            Form::Card => format!("{gap}{}", card(&handled, now)),
            Form::Explained => format!(
                "{gap}{}{}",
                explained(service, &handled),
                card(&handled, now)
            ),
        })?;
        gap = "\n";
    }
    Ok(answered)
}

/// How a question in plain words was read; nothing for a command.
fn explained(service: &Service, handled: &Handled) -> String {
    let question = handled.command.and(handled.arguments.text("question"));
    question.map_or_else(String::new, |question| {
        let knowledge = service.snapshot();
        let lexicon = knowledge.lexicon();
        reading::read(lexicon, question).explain(lexicon) + "\n"
    })
}

fn card(handled: &Handled, now: Timestamp) -> String {
    let canvas = Canvas {
        width: screen::width(),
        now,
        numbered: false,
    };
    match &handled.output {
        Output::Show(reply) | Output::Update(reply) => draw(reply, &canvas),
        Output::Remove => String::new(),
    }
}

/// The line, how it was read, and the message that Discord would be sent.
#[derive(Serialize)]
struct Said<'a> {
    line: &'a str,
    understood: Reading<'a>,
    reply: Option<Message<'a>>,
}

/// How a line was read.
#[derive(Serialize)]
struct Reading<'a> {
    command: Option<&'static str>,
    #[serde(serialize_with = "options")]
    options: &'a Arguments,
    careers: Vec<&'a str>,
    section: Option<Section>,
    intent: Intent,
}

fn json(line: &str, handled: &Handled) -> String {
    let said = Said {
        line: line.trim_end_matches(['\r', '\n']),
        understood: Reading {
            command: handled.command.map(|command: &Command| command.path),
            options: &handled.arguments,
            careers: handled
                .understood
                .careers
                .iter()
                .map(CareerId::as_str)
                .collect(),
            section: handled.understood.section,
            intent: handled.understood.intent,
        },
        reply: match &handled.output {
            Output::Show(reply) | Output::Update(reply) => Some(reply.message()),
            Output::Remove => None,
        },
    };
    let json = serde_json::to_string(&said).expect("text and numbers alone are always JSON");
    escape_controls(&json) + "\n"
}

/// Escapes the control characters that JSON lets through (U+007F to U+009F), which terminals obey.
fn escape_controls(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_control() {
            escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

fn options<S: Serializer>(arguments: &&Arguments, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (option, value) in arguments.iter() {
        match value {
            Value::Text(text) => map.serialize_entry(option.name, text)?,
            Value::Whole(number) => map.serialize_entry(option.name, number)?,
            Value::Flag(flag) => map.serialize_entry(option.name, flag)?,
        }
    }
    map.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::UserError;
    use crate::commands::service::refused;

    #[test]
    fn a_line_becomes_one_json_object_without_control_characters() {
        let handled = refused(UserError::mistake("No."));
        let printed = json("a\u{9b}31m\u{7f}\u{1b}\n", &handled);
        assert_eq!(
            printed,
            "{\"line\":\"a\\u009b31m\\u007f\\u001b\",\
             \"understood\":{\"command\":null,\"options\":{},\"careers\":[],\"section\":null,\"intent\":\"none\"},\
             \"reply\":{\"embeds\":[{\"title\":\"That did not work\",\"description\":\"No.\",\"color\":14721070}],\
             \"components\":[],\"allowed_mentions\":{\"parse\":[]},\"flags\":64}}\n"
        );
    }
}
