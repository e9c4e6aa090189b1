//! What was given for a command's options, checked against the table before a handler sees it.

use super::table::{Command, CommandOption, OptionKind};
use super::{COMMANDS, UserError};

/// One given value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, or the id of a choice.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Whole(number) => number.fmt(f),
            Self::Flag(flag) => f.write_str(if *flag { "true" } else { "false" }),
        }
    }
}

/// The options that were given, in the order of the table. Texts are trimmed and never empty; choices hold ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arguments {
    given: Vec<(&'static CommandOption, Value)>,
}

impl PartialEq for CommandOption {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for CommandOption {}

impl std::fmt::Debug for CommandOption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Why a value cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The command has no such option.
    #[error("`/{command}` has no option `{option}`")]
    NoSuchOption {
        /// The command's path.
        command: &'static str,
        /// What was given.
        option: String,
    },
    /// An option was given twice.
    #[error("`{option}` is given twice")]
    Twice {
        /// The option's name.
        option: &'static str,
    },
    /// A needed option is missing or empty.
    #[error("`/{command}` needs `{option}`")]
    Missing {
        /// The command's path.
        command: &'static str,
        /// The option's name.
        option: &'static str,
    },
    /// A text is too long.
    #[error("`{option}` takes at most {max} characters, and got {got}")]
    TooLong {
        /// The option's name.
        option: &'static str,
        /// Most characters.
        max: usize,
        /// Characters given.
        got: usize,
    },
    /// The value is not one of the choices, or of the wrong kind.
    #[error("`{option}` takes {expected}")]
    Unfit {
        /// The option's name.
        option: &'static str,
        /// What would be right, in words.
        expected: String,
    },
}

impl Arguments {
    /// Checks what was given against the command's options.
    ///
    /// # Errors
    /// The first value that cannot be taken.
    pub fn new(
        command: &'static Command,
        given: impl IntoIterator<Item = (String, Value)>,
    ) -> Result<Self, Refusal> {
        let mut arguments = Self::default();
        for (name, value) in given {
            let option = command.option(&name).ok_or_else(|| Refusal::NoSuchOption {
                command: command.path,
                option: name.chars().take(32).collect(),
            })?;
            if arguments.get(option.name).is_some() {
                return Err(Refusal::Twice {
                    option: option.name,
                });
            }
            if let Some(value) = check(option, value)? {
                arguments.given.push((option, value));
            }
        }
        let place = |wanted: &CommandOption| {
            command
                .options
                .iter()
                .position(|option| option.name == wanted.name)
        };
        arguments.given.sort_by_key(|(option, _)| place(option));
        for option in command.options.iter().filter(|option| option.required) {
            if arguments.get(option.name).is_none() {
                return Err(Refusal::Missing {
                    command: command.path,
                    option: option.name,
                });
            }
        }
        Ok(arguments)
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.given
            .iter()
            .find(|(option, _)| option.name == name)
            .map(|(_, value)| value)
    }

    /// The text given for an option.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            Value::Whole(_) | Value::Flag(_) => None,
        }
    }

    /// The choice given for an option, read by `from_id`.
    pub fn choice<T>(&self, name: &str, from_id: impl Fn(&str) -> Option<T>) -> Option<T> {
        from_id(self.text(name)?)
    }

    /// The number given for an option.
    pub fn whole(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Value::Whole(number) => Some(*number),
            Value::Text(_) | Value::Flag(_) => None,
        }
    }

    /// The flag given for an option.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Value::Flag(flag) => Some(*flag),
            Value::Text(_) | Value::Whole(_) => None,
        }
    }

    /// Everything that was given, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (&'static CommandOption, &Value)> {
        self.given.iter().map(|(option, value)| (*option, value))
    }

    /// The same arguments with one set (or, with `None`, taken out): how a card makes the lines of its controls.
    #[must_use]
    pub fn with(&self, command: &'static Command, name: &str, value: Option<Value>) -> Self {
        let rest = self.given.iter().filter(|(option, _)| option.name != name);
        let mut given: Vec<_> = rest
            .map(|(option, value)| (option.name.to_owned(), value.clone()))
            .collect();
        given.extend(value.map(|value| (name.to_owned(), value)));
        Self::new(command, given).unwrap_or_else(|_| self.clone())
    }
}

/// The value as the option takes it; none for an empty text.
fn check(option: &'static CommandOption, value: Value) -> Result<Option<Value>, Refusal> {
    let unfit = |expected: String| Refusal::Unfit {
        option: option.name,
        expected,
    };
    let text = match &value {
        Value::Text(text) => text.trim(),
        Value::Whole(_) | Value::Flag(_) => "",
    };
    if matches!(value, Value::Text(_)) {
        if text.is_empty() {
            return Ok(None);
        }
        let got = text.chars().count();
        let max = option.kind.max_length();
        if got > max {
            return Err(Refusal::TooLong {
                option: option.name,
                max,
                got,
            });
        }
    }
    match option.kind {
        OptionKind::Career
        | OptionKind::Company(_)
        | OptionKind::Location(_)
        | OptionKind::Skills(_)
        | OptionKind::Text(_) => match value {
            Value::Text(_) => Ok(Some(Value::Text(text.to_owned()))),
            other => Ok(Some(Value::Text(other.to_string()))),
        },
        OptionKind::Choice(choices) => choices
            .iter()
            .find(|(title, id)| text.eq_ignore_ascii_case(id) || text.eq_ignore_ascii_case(title))
            .map(|(_, id)| Some(Value::Text((*id).to_owned())))
            .ok_or_else(|| {
                let ids: Vec<_> = choices.iter().map(|(_, id)| *id).collect();
                unfit(format!("one of {}", ids.join(", ")))
            }),
        OptionKind::Command => {
            let path = text.trim_start_matches('/');
            COMMANDS
                .iter()
                .find(|command| command.path.eq_ignore_ascii_case(path))
                .map(|command| Some(Value::Text(command.path.to_owned())))
                .ok_or_else(|| unfit("the name of a command, such as compare".to_owned()))
        }
        OptionKind::Flag => match (&value, text.to_ascii_lowercase().as_str()) {
            (Value::Flag(_), _) => Ok(Some(value)),
            (_, "true" | "yes" | "y" | "on" | "1") => Ok(Some(Value::Flag(true))),
            (_, "false" | "no" | "n" | "off" | "0") => Ok(Some(Value::Flag(false))),
            _ => Err(unfit("true or false".to_owned())),
        },
        OptionKind::Whole(min, max) => {
            let number = match value {
                Value::Whole(number) => Some(number),
                Value::Text(_) => text.replace([',', '_'], "").parse().ok(),
                Value::Flag(_) => None,
            };
            number
                .filter(|number| (min..=max).contains(number))
                .map(|number| Some(Value::Whole(number)))
                .ok_or_else(|| unfit(format!("a whole number from {min} to {max}")))
        }
    }
}

impl From<Refusal> for UserError {
    fn from(refusal: Refusal) -> Self {
        UserError::mistake(format!("{refusal}."))
    }
}
