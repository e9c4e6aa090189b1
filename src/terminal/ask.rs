//! One typed line, answered.

use jiff::Timestamp;

use crate::commands::line::{self, Line, LineError};
use crate::commands::service::{Handled, Service, refused};
use crate::commands::{Arguments, Asker, Audience, COMMANDS, Command, UserError, Value};
use crate::reply::text;

/// The command that answers a line without a slash, and its option for it.
const QUESTION: (&str, &str) = ("ask", "question");

/// The answer to a typed line; none for a line of white space.
pub fn ask(service: &Service, line: &str, asker: &Asker, now: Timestamp) -> Option<Handled> {
    let run = |command, arguments| service.answer_line(command, arguments, asker, now);
    match line::parse(line) {
        Ok(Line::Empty) => None,
        Ok(Line::Command(command, arguments)) => Some(run(command, arguments)),
        Ok(Line::Question(question)) => Some(match Command::find(QUESTION.0) {
            None => refused(not_understood()),
            Some(command) => {
                let given = [(QUESTION.1.to_owned(), Value::Text(question))];
                match Arguments::new(command, given) {
                    Ok(arguments) => run(command, arguments),
                    Err(refusal) => mistaken(LineError::Refused { command, refusal }),
                }
            }
        }),
        Err(error) => Some(mistaken(error)),
    }
}

fn mistaken(error: LineError) -> Handled {
    Handled {
        command: error.command(),
        ..refused(error.into())
    }
}

fn not_understood() -> UserError {
    let examples: Vec<_> = COMMANDS
        .iter()
        .filter(|command| command.audience == Audience::Everyone)
        .filter_map(|command| command.examples.first())
        .map(|line| format!("• `{line}`"))
        .collect();
    let told = "Questions in plain words are not understood yet. Type a command, such as:";
    UserError::new(
        "Not understood",
        text::join(&[&[told.to_owned()], &examples[..]].concat(), "\n", 1000),
        Vec::new(),
    )
}
