//! A command's text cut at its options, and quotes.

use std::ops::Range;

use super::nearest::nearest_option;
use crate::commands::table::{Command, CommandOption, OptionKind};
use crate::reply::limits;

/// A command's text cut at its options. Ranges are bytes of the text.
#[derive(Debug)]
pub struct Parts {
    /// What stands before the first option.
    pub bare: Range<usize>,
    /// The options in the order typed.
    pub given: Vec<Part>,
    /// The first word that was probably meant as an option's name and is none.
    pub unknown: Option<Range<usize>>,
}

/// An option with its value.
#[derive(Debug)]
pub struct Part {
    /// The option.
    pub option: &'static CommandOption,
    /// Its name with the colon.
    pub name: Range<usize>,
    /// Its value as typed: perhaps in quotes, with white space after it.
    pub value: Range<usize>,
}

impl Parts {
    /// Cuts the text that follows a command's path.
    pub fn new(command: &Command, text: &str) -> Self {
        let mut parts = Self {
            bare: 0..text.len(),
            given: Vec::new(),
            unknown: None,
        };
        let mut at = text.len() - text.trim_start().len();
        at += quoted_length(&text[at..]);
        let mut at_word = true;
        while let Some(letter) = text[at..].chars().next() {
            if at_word && let Some((option, length)) = option_at(command, &text[at..]) {
                parts.end_at(at);
                let name = at..at + length;
                at += length;
                at += text[at..].len() - text[at..].trim_start().len();
                parts.given.push(Part {
                    option,
                    name,
                    value: at..text.len(),
                });
                at += quoted_length(&text[at..]);
                continue;
            }
            if at_word && parts.unknown.is_none() {
                let receiver = parts.given.last().map(|part| part.option);
                parts.unknown =
                    unknown_option_at(command, receiver, &text[at..]).map(|length| at..at + length);
            }
            at_word = letter.is_whitespace();
            at += letter.len_utf8();
        }
        parts
    }

    fn end_at(&mut self, at: usize) {
        match self.given.last_mut() {
            Some(part) => part.value.end = at,
            None => self.bare.end = at,
        }
    }
}

/// An option's name with its colon at the start of the text, and how long both are.
fn option_at(command: &Command, text: &str) -> Option<(&'static CommandOption, usize)> {
    command.options.iter().find_map(|option| {
        let name = text.get(..option.name.len())?;
        let same = name
            .chars()
            .map(|letter| {
                if letter == '-' {
                    '_'
                } else {
                    letter.to_ascii_lowercase()
                }
            })
            .eq(option.name.chars());
        let tail = text[name.len()..].trim_start();
        let after = tail.strip_prefix(is_colon)?;
        same.then_some((option, text.len() - after.len()))
    })
}

/// How long the word before a colon is that looks like an option's name and is none of the command's.
///
/// A text may hold any words, so there only a slip of another option's name counts.
fn unknown_option_at(
    command: &Command,
    receiver: Option<&CommandOption>,
    text: &str,
) -> Option<usize> {
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let length = text.find(|letter| !is_name(letter))?;
    let name = &text[..length];
    let after = text[length..].strip_prefix(is_colon)?;
    let count = name.chars().count();
    let could_be = (2..=limits::COMMAND_NAME).contains(&count)
        && name.starts_with(char::is_alphabetic)
        && !after.starts_with("//");
    if !could_be {
        return None;
    }
    let receiver = receiver.or_else(|| command.options.iter().find(|option| !option.hidden));
    let takes_any_words = receiver.is_some_and(|option| matches!(option.kind, OptionKind::Text(_)));
    let slip = nearest_option(command, name).is_some_and(|nearest| Some(nearest) != receiver);
    (slip || !takes_any_words).then_some(length)
}

fn is_colon(letter: char) -> bool {
    matches!(letter, ':' | '：')
}

pub fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„')
}

/// A quoted text at the start, without its quotes, and what follows; none where the quote is not closed.
pub fn quoted_at(text: &str) -> Option<(String, &str)> {
    let mark = text.chars().next().filter(|letter| is_quote(*letter))?;
    let inside = &text[mark.len_utf8()..];
    let closes = |letter| {
        if mark == '"' {
            letter == '"'
        } else {
            is_quote(letter)
        }
    };
    let mut quoted = String::new();
    let mut letters = inside.char_indices();
    while let Some((byte, letter)) = letters.next() {
        match letter {
            '\\' if inside[byte + 1..].starts_with(['"', '\\']) => {
                quoted.extend(letters.next().map(|(_, letter)| letter));
            }
            letter if closes(letter) => {
                return Some((quoted, &inside[byte + letter.len_utf8()..]));
            }
            letter => quoted.push(letter),
        }
    }
    None
}

fn quoted_length(text: &str) -> usize {
    quoted_at(text).map_or(0, |(_, tail)| text.len() - tail.len())
}

/// A value without the quotes around it.
pub fn unquoted(text: &str) -> String {
    let text = text.trim();
    match quoted_at(text) {
        Some((quoted, tail)) => quoted + tail,
        None => text.to_owned(),
    }
}
