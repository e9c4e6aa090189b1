//! A command as a person types it: `/compare first: ml engineer second: data manager section: skills`.
//!
//! A value runs until the next `name:` of the command's options; quotes keep such words inside a value.

use super::arguments::{Arguments, Refusal, Value};
use super::table::{COMMANDS, Command};

/// What a typed line is.
#[derive(Debug)]
pub enum Line {
    /// A command with its arguments.
    Command(&'static Command, Arguments),
    /// A line without a slash: a question in plain words.
    Question(String),
    /// Nothing but white space.
    Empty,
}

/// Why a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// No command has this name.
    #[error("there is no command `/{typed}`")]
    NoSuchCommand {
        /// What was typed.
        typed: String,
        /// The command nearest to it.
        nearest: Option<&'static Command>,
    },
    /// Text stands before the first option.
    #[error("`{text}` belongs to no option of `/{command}`")]
    Stray {
        /// The command's path.
        command: &'static str,
        /// The text.
        text: String,
    },
    /// A value cannot be taken.
    #[error(transparent)]
    Refusal(#[from] Refusal),
}

/// Reads a typed line.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn parse(line: &str) -> Result<Line, LineError> {
    let line = line.trim();
    let Some(rest) = line.strip_prefix('/') else {
        return Ok(if line.is_empty() {
            Line::Empty
        } else {
            Line::Question(line.to_owned())
        });
    };
    let (command, rest) = find_command(rest)?;
    let (stray, given) = split_options(command, rest);
    if !stray.is_empty() {
        return match lone_option(command) {
            Some(option) if given.is_empty() => Ok(Line::Command(
                command,
                Arguments::new(command, [(option.to_owned(), Value::Text(stray))])?,
            )),
            _ => Err(LineError::Stray {
                command: command.path,
                text: stray,
            }),
        };
    }
    Ok(Line::Command(command, Arguments::new(command, given)?))
}

/// The command as a person would type it.
pub fn write(command: &Command, arguments: &Arguments) -> String {
    let mut line = format!("/{}", command.path);
    for (option, value) in arguments.iter() {
        let text = value.to_string();
        let plain = split_options(command, &format!("{}: {text}", option.name));
        let survives = plain.0.is_empty()
            && matches!(&plain.1[..], [(name, Value::Text(read))] if name == option.name && *read == text);
        line.push_str(&format!(" {}: ", option.name));
        if survives {
            line.push_str(&text);
        } else {
            line.push_str(&format!("\"{}\"", text.replace('"', "'")));
        }
    }
    line
}

/// The option that a bare text after the command means: its first visible one.
fn lone_option(command: &Command) -> Option<&'static str> {
    command
        .options
        .iter()
        .find(|option| !option.hidden)
        .map(|option| option.name)
}

fn find_command(rest: &str) -> Result<(&'static Command, &str), LineError> {
    let fits = |command: &&'static Command| {
        let mut left = rest;
        for word in command.path.split(' ') {
            left = left.trim_start();
            let (head, tail) = left.split_at(left.find(char::is_whitespace).unwrap_or(left.len()));
            if !head.eq_ignore_ascii_case(word) {
                return None;
            }
            left = tail;
        }
        Some(left)
    };
    for command in COMMANDS {
        if let Some(left) = fits(&command) {
            return Ok((command, left));
        }
    }
    let typed: String = rest.chars().take(40).collect();
    let distance = |command: &Command| {
        let head: String = rest.chars().take(command.path.chars().count()).collect();
        rapidfuzz::distance::damerau_levenshtein::distance(
            head.to_lowercase().chars(),
            command.path.chars(),
        )
    };
    let nearest = COMMANDS.iter().min_by_key(|command| distance(command));
    Err(LineError::NoSuchCommand {
        nearest: nearest.filter(|command| distance(command) <= 3),
        typed,
    })
}

/// The text before the first `name:`, and each option's text.
fn split_options(command: &Command, rest: &str) -> (String, Vec<(String, Value)>) {
    let mut stray = String::new();
    let mut given: Vec<(String, String)> = Vec::new();
    let mut left = rest;
    let mut at_word = true;
    while let Some(letter) = left.chars().next() {
        if at_word && let Some((name, tail)) = option_at(command, left) {
            given.push((name.to_owned(), String::new()));
            left = tail.trim_start();
            if let Some((quoted, tail)) = quoted_at(left)
                && let Some((_, text)) = given.last_mut()
            {
                text.push_str(quoted);
                left = tail;
            }
            at_word = true;
            continue;
        }
        let text = given.last_mut().map_or(&mut stray, |(_, text)| text);
        text.push(letter);
        at_word = letter.is_whitespace();
        left = &left[letter.len_utf8()..];
    }
    let given = given
        .into_iter()
        .map(|(name, text)| (name, Value::Text(text.trim().to_owned())))
        .collect();
    (stray.trim().to_owned(), given)
}

/// An option's name with its colon at the start of the text.
fn option_at<'t>(command: &Command, text: &'t str) -> Option<(&'static str, &'t str)> {
    let (name, tail) = text.split_once(':')?;
    let option = command.option(&name.to_ascii_lowercase())?;
    Some((option.name, tail))
}

fn quoted_at(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}
