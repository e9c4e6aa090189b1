//! Why a line cannot be read, and how that is told.

use super::write;
use crate::commands::arguments::{Arguments, Refusal, Value};
use crate::commands::table::{Command, CommandOption};
use crate::commands::{UserError, wire};
use crate::reply::{Button, ControlLine, Row, limits, text};

/// Why a line cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LineError {
    /// No command has this name.
    #[error("there is no command `/{typed}`")]
    NoSuchCommand {
        /// What was typed.
        typed: String,
        /// The command nearest to it.
        nearest: Option<&'static Command>,
        /// The line as it was probably meant.
        meant: Option<Meant>,
    },
    /// The command has no such option.
    #[error("`/{}` has no option `{typed}`", command.path)]
    NoSuchOption {
        /// The command.
        command: &'static Command,
        /// What was typed before the colon.
        typed: String,
        /// The option nearest to it.
        nearest: Option<&'static CommandOption>,
        /// The line as it was probably meant.
        meant: Option<Meant>,
    },
    /// Text stands before the first option, and the command cannot tell what it is for.
    #[error("`{text}` belongs to no option of `/{}`", command.path)]
    Stray {
        /// The command.
        command: &'static Command,
        /// The text.
        text: String,
    },
    /// A value cannot be taken.
    #[error("{refusal}")]
    Refused {
        /// The command.
        command: &'static Command,
        /// Why.
        refusal: Refusal,
    },
}

/// A command with its arguments, guessed from a line with a slip in it.
pub type Meant = (&'static Command, Arguments);

impl LineError {
    /// The command that was typed, where there is one.
    pub fn command(&self) -> Option<&'static Command> {
        match self {
            Self::NoSuchCommand { .. } => None,
            Self::NoSuchOption { command, .. }
            | Self::Stray { command, .. }
            | Self::Refused { command, .. } => Some(command),
        }
    }

    pub(super) fn into_meant(self) -> Result<Meant, Self> {
        match self {
            Self::NoSuchCommand {
                meant: Some(meant), ..
            }
            | Self::NoSuchOption {
                meant: Some(meant), ..
            } => Ok(meant),
            other => Err(other),
        }
    }

    pub(super) fn meant(&self) -> Option<&Meant> {
        match self {
            Self::NoSuchCommand { meant, .. } | Self::NoSuchOption { meant, .. } => meant.as_ref(),
            Self::Stray { .. } | Self::Refused { .. } => None,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::NoSuchCommand { .. } => "No such command",
            Self::NoSuchOption { .. } => "No such option",
            Self::Stray { .. } | Self::Refused { .. } => "That did not work",
        }
    }

    /// What is wrong, and the nearest right thing, in Discord markdown.
    pub(super) fn told(&self) -> String {
        match self {
            Self::NoSuchCommand { typed, .. } if typed.is_empty() => {
                "A command's name belongs after the slash.".to_owned()
            }
            Self::NoSuchCommand { typed, nearest, .. } => {
                let hint = nearest.map(|command| format!(" Did you mean `/{}`?", command.path));
                format!(
                    "There is no command `/{typed}`.{}",
                    hint.unwrap_or_default()
                )
            }
            Self::NoSuchOption {
                command,
                typed,
                nearest: Some(nearest),
                ..
            } => format!(
                "`/{}` has no option `{typed}`. Did you mean `{}`?\nIf `{typed}:` belongs to a value, put the value in quotes.",
                command.path, nearest.name
            ),
            Self::NoSuchOption { command, typed, .. } => format!(
                "`/{}` has no option `{typed}`. {}\nIf `{typed}:` belongs to a value, put the value in quotes.",
                command.path,
                options_of(command)
            ),
            Self::Stray { command, text } => format!(
                "`/{}` cannot tell what `{text}` is for. {}",
                command.path,
                options_of(command)
            ),
            Self::Refused { command, refusal } => {
                let example = command.examples.first();
                let example = example.map(|line| format!(" For example: `{line}`"));
                format!("{refusal}.{}", example.unwrap_or_default())
            }
        }
    }
}

fn options_of(command: &Command) -> String {
    let visible = command.options.iter().filter(|option| !option.hidden);
    let names: Vec<_> = visible
        .map(|option| format!("`{}:`", option.name))
        .collect();
    match names.len() {
        0 => "It takes no options.".to_owned(),
        1 => format!("Its only option is {}.", names.concat()),
        _ => format!("Its options are {}.", names.join(", ")),
    }
}

impl From<LineError> for UserError {
    fn from(error: LineError) -> Self {
        let button = error
            .meant()
            .and_then(meant_button)
            .or_else(|| help_button(error.command()));
        let rows = button.map(|button| Row::Buttons(vec![button]));
        UserError::new(error.title(), error.told(), rows.into_iter().collect())
    }
}

fn meant_button((command, arguments): &Meant) -> Option<Button> {
    let label = text::shorten(
        &text::plain(&write(command, arguments)),
        limits::BUTTON_LABEL,
    );
    Some(Button::run(label, wire::encode(command, arguments)?).primary())
}

fn help_button(about: Option<&Command>) -> Option<Button> {
    let help = Command::find("help")?;
    let (label, given) = match about {
        Some(command) => {
            let path = Value::Text(command.path.to_owned());
            (
                format!("How /{} works", command.path),
                vec![("command".to_owned(), path)],
            )
        }
        None => ("What can I ask?".to_owned(), Vec::new()),
    };
    let line: ControlLine = wire::encode(help, &Arguments::new(help, given).ok()?)?;
    Some(Button::run(label, line))
}

/// What was typed, short enough for a message.
pub fn shown(typed: &str) -> String {
    text::shorten(&text::plain(typed).replace('`', "'"), 40)
}
