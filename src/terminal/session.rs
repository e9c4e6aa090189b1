//! A conversation: lines, and numbers that press the controls of the last answer.

use jiff::Timestamp;

use super::ask::ask;
use super::controls::presses;
use crate::commands::Asker;
use crate::commands::service::{Handled, Input, Output, PressedMessage, Service};
use crate::reply::Reply;

/// A conversation with one person.
pub struct Session<'s> {
    service: &'s Service,
    asker: Asker,
    last: Option<Reply>,
}

/// What comes back for one line.
#[derive(Debug, PartialEq)]
pub enum Turn<'a> {
    /// Nothing: the line was empty.
    Nothing,
    /// An answer.
    Card(&'a Reply),
    /// A sentence.
    Told(String),
    /// The person leaves.
    Leave,
}

impl<'s> Session<'s> {
    /// A conversation that begins.
    pub fn new(service: &'s Service, asker: Asker) -> Self {
        Self {
            service,
            asker,
            last: None,
        }
    }

    /// Takes one line.
    pub fn take(&mut self, line: &str, now: Timestamp) -> Turn<'_> {
        let handled = match line.trim() {
            "quit" | "exit" => return Turn::Leave,
            "help" | "?" => ask(self.service, "/help", &self.asker, now),
            number if is_number(number) => match self.press(number, now) {
                Ok(handled) => Some(handled),
                Err(told) => return Turn::Told(told),
            },
            line => ask(self.service, line, &self.asker, now),
        };
        match handled.map(|handled| handled.output) {
            None => Turn::Nothing,
            Some(Output::Show(reply) | Output::Update(reply)) => {
                Turn::Card(self.last.insert(reply))
            }
            Some(Output::Remove) => {
                self.last = None;
                Turn::Told("Removed.".to_owned())
            }
        }
    }

    fn press(&self, number: &str, now: Timestamp) -> Result<Handled, String> {
        let none = || "There is nothing to press: the last answer has no controls.".to_owned();
        let reply = self.last.as_ref().ok_or_else(none)?;
        let presses = presses(reply);
        let press = number
            .parse()
            .ok()
            .and_then(|number: usize| presses.get(number.checked_sub(1)?));
        let Some(press) = press else {
            return Err(match presses.len() {
                0 => none(),
                1 => "There is no such control: the last answer has [1].".to_owned(),
                count => format!("There is no such control: the last answer has [1] to [{count}]."),
            });
        };
        let input = Input::Press {
            custom_id: press.custom_id.clone(),
            choice: press.choice.clone(),
            message: PressedMessage {
                visibility: reply.visibility,
                asker: None,
            },
        };
        Ok(self.service.answer(&input, &self.asker, now))
    }
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|digit| digit.is_ascii_digit())
}
