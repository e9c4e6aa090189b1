//! A service over a knowledge folder, asked as a person would ask it.

use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;
use waymark::commands::line::{self, Line};
use waymark::commands::service::{Handled, Input, Outcome, Output, PressedMessage, Service};
use waymark::commands::{Asker, ModeratorPolicy};
use waymark::knowledge::source::Files;
use waymark::knowledge::store::Store;
use waymark::reply::{Reply, Visibility};

/// The day on which all tests take place.
pub const NOW: &str = "2026-11-23T12:00:00Z";

/// A bot at a terminal whose user is a moderator.
pub struct Bot {
    /// What answers.
    pub service: Service,
    now: Timestamp,
}

impl Bot {
    /// A bot over the knowledge base of this repository.
    pub fn new() -> Self {
        Self::over(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"))
    }

    /// A bot over a knowledge folder.
    pub fn over(folder: &Path) -> Self {
        let now: Timestamp = NOW.parse().unwrap();
        let store = Store::open(Files::Folder(folder.to_owned()), now).unwrap();
        Self {
            service: Service::new(store, ModeratorPolicy::default()),
            now,
        }
    }

    fn asker() -> Asker {
        Asker::Local { moderator: true }
    }

    /// Answers a line as it is typed.
    pub fn ask(&self, typed: &str) -> Handled {
        match line::parse(typed) {
            Ok(Line::Command(command, arguments)) => {
                self.service
                    .answer_line(command, arguments, &Self::asker(), self.now)
            }
            other => panic!("{typed}: {other:?}"),
        }
    }

    /// Answers a line that must be answered, as the message that Discord gets.
    pub fn answer(&self, typed: &str) -> Value {
        let handled = self.ask(typed);
        assert_eq!(handled.outcome, Outcome::Answered, "{typed}");
        message(&handled)
    }

    /// Answers a line that must be a mistake.
    pub fn mistake(&self, typed: &str) -> Value {
        let handled = self.ask(typed);
        assert_eq!(handled.outcome, Outcome::Mistake, "{typed}");
        message(&handled)
    }

    /// Answers a command whose options came from elsewhere, unchecked.
    pub fn command(&self, path: &str, given: &[(&str, &str)]) -> Handled {
        let given = given
            .iter()
            .map(|(name, text)| {
                let value = waymark::commands::Value::Text((*text).to_owned());
                ((*name).to_owned(), value)
            })
            .collect();
        let input = Input::Command {
            path: path.to_owned(),
            given,
        };
        self.service.answer(&input, &Self::asker(), self.now)
    }

    /// Presses a control of a message that only its asker sees.
    pub fn press(&self, control: &Control) -> Handled {
        let input = Input::Press {
            custom_id: control.custom_id.clone(),
            choice: control.choice.clone(),
            message: PressedMessage {
                visibility: Visibility::Private,
                asker: None,
            },
        };
        self.service.answer(&input, &Self::asker(), self.now)
    }

    /// Presses the control with this label.
    pub fn press_label(&self, message: &Value, label: &str) -> Handled {
        let control = controls(message)
            .into_iter()
            .find(|control| control.label == label)
            .unwrap_or_else(|| panic!("no control {label}"));
        self.press(&control)
    }
}

/// Something to press.
#[derive(Debug, Clone)]
pub struct Control {
    /// What stands on it.
    pub label: String,
    /// What pressing it sends.
    pub custom_id: String,
    /// What is chosen, in a menu.
    pub choice: Option<String>,
}

/// Everything of a message that can be pressed.
pub fn controls(message: &Value) -> Vec<Control> {
    let rows = message["components"].as_array().into_iter().flatten();
    let components = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    components
        .filter(|component| component["disabled"] != true && !component["custom_id"].is_null())
        .flat_map(|component| match component["options"].as_array() {
            Some(options) => options
                .iter()
                .map(|option| Control {
                    label: text(&option["label"]),
                    custom_id: text(&component["custom_id"]),
                    choice: Some(text(&option["value"])),
                })
                .collect(),
            None => vec![Control {
                label: text(&component["label"]),
                custom_id: text(&component["custom_id"]),
                choice: None,
            }],
        })
        .collect()
}

/// The labels of everything of a message that can be pressed.
pub fn labels(message: &Value) -> Vec<String> {
    let controls = controls(message).into_iter();
    controls.map(|control| control.label).collect()
}

/// What is shown.
pub fn reply(handled: &Handled) -> &Reply {
    match &handled.output {
        Output::Show(reply) | Output::Update(reply) => reply,
        Output::Remove => panic!("nothing is shown"),
    }
}

/// The message that Discord gets.
pub fn message(handled: &Handled) -> Value {
    serde_json::to_value(reply(handled).message()).unwrap()
}
