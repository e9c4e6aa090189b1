//! One typed line, answered.

use jiff::Timestamp;

use crate::commands::line::{self, Line, LineError};
use crate::commands::service::{Handled, Service, refused};
use crate::commands::{Arguments, Asker, Command, Value};

/// The command that answers a line without a slash, and its option for it.
const QUESTION: (&str, &str) = ("ask", "question");

/// The answer to a typed line; none for a line of white space.
pub fn ask(service: &Service, line: &str, asker: &Asker, now: Timestamp) -> Option<Handled> {
    let run = |command, arguments| service.answer_line(command, arguments, asker, now);
    match line::parse(line) {
        Ok(Line::Empty) => None,
        Ok(Line::Command(command, arguments)) => Some(run(command, arguments)),
        Ok(Line::Question(question)) => {
            let command = Command::find(QUESTION.0).expect("the table holds `/ask`");
            let given = [(QUESTION.1.to_owned(), Value::Text(question))];
            Some(match Arguments::new(command, given) {
                Ok(arguments) => run(command, arguments),
                Err(refusal) => mistaken(LineError::Refused { command, refusal }),
            })
        }
        Err(error) => Some(mistaken(error)),
    }
}

fn mistaken(error: LineError) -> Handled {
    Handled {
        command: error.command(),
        ..refused(error.into())
    }
}
