//! The short form of a command line inside a control, such as `c fmachine-learning-engineer|sdata-manager|x2`.
//!
//! A custom_id has 100 characters, so a command has a code, an option a letter, a choice its place in the table (new
//! choices go to the end) and a number base 36. Where that is still too long, careers and companies are carried as a
//! [`key`]. Nothing is lost: what is read back is the same command with the same arguments.

use std::str::Chars;

use super::arguments::{Arguments, Value};
use super::table::{COMMANDS, Command, CommandOption, OptionKind, VISIBILITY_OPTIONS};
use crate::reply::ControlLine;

/// What a key starts with.
pub const KEY_MARK: char = '#';
const KEY_DIGITS: usize = 5;
const BAR: char = '|';

/// The line for a control; none where it does not fit.
pub fn encode(command: &'static Command, arguments: &Arguments) -> Option<ControlLine> {
    let names_whole = write(command, arguments, |name| name.to_owned());
    ControlLine::new(names_whole).or_else(|| ControlLine::new(write(command, arguments, key)))
}

/// The command and arguments of a control's line; none where the line is not one of ours.
pub fn decode(line: &str) -> Option<(&'static Command, Arguments)> {
    let (code, rest) = line.split_once(' ').unwrap_or((line, ""));
    let command = COMMANDS.iter().find(|command| command.code == code)?;
    let mut given = Vec::new();
    let mut letters = rest.chars();
    while let Some(letter) = letters.next() {
        let option = command.options.iter().find(|option| option.key == letter)?;
        given.push((option.name.to_owned(), read_value(option, &mut letters)?));
    }
    Some((command, Arguments::new(command, given).ok()?))
}

/// A short stand-in for a name: `#` and five digits base 36 of a hash that stays the same over restarts.
pub fn key(name: &str) -> String {
    // FNV-1a, 64 bits.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let digits = base36((hash >> 8) % 36_u64.pow(KEY_DIGITS as u32));
    format!("{KEY_MARK}{digits:0>KEY_DIGITS$}")
}

fn write(command: &Command, arguments: &Arguments, name: impl Fn(&str) -> String) -> String {
    let mut line = format!("{} ", command.code);
    for (option, value) in arguments.iter() {
        // Who sees an answer belongs to the message that the control stands under, not to the line.
        if VISIBILITY_OPTIONS.contains(&option.name) {
            continue;
        }
        line.push(option.key);
        let text = match (option.kind, value) {
            (OptionKind::Choice(choices), Value::Text(id)) => {
                let place = choices.iter().position(|(_, choice)| choice == id);
                line.push_str(&base36(place.unwrap_or(0) as u64));
                continue;
            }
            (_, Value::Flag(flag)) => {
                line.push(if *flag { '1' } else { '0' });
                continue;
            }
            (_, Value::Whole(number)) => {
                let sign = if *number < 0 { "-" } else { "" };
                format!("{sign}{}", base36(number.unsigned_abs()))
            }
            (OptionKind::Career | OptionKind::Company(_), Value::Text(text)) => name(text),
            (_, Value::Text(text)) => text.clone(),
        };
        // Texts are words to search for: a bar separates words like a space does.
        line.push_str(&text.replace(BAR, " "));
        line.push(BAR);
    }
    line.truncate(line.trim_end_matches([BAR, ' ']).len());
    line
}

fn read_value(option: &CommandOption, letters: &mut Chars<'_>) -> Option<Value> {
    Some(match option.kind {
        OptionKind::Choice(choices) => {
            let place = letters.next()?.to_digit(36)? as usize;
            Value::Text((*choices.get(place)?).1.to_owned())
        }
        OptionKind::Flag => Value::Flag(letters.next()? == '1'),
        OptionKind::Whole(..) => Value::Whole(i64::from_str_radix(&until_bar(letters), 36).ok()?),
        OptionKind::Career
        | OptionKind::Company(_)
        | OptionKind::Location(_)
        | OptionKind::Command
        | OptionKind::Text(_) => Value::Text(until_bar(letters)),
    })
}

fn until_bar(letters: &mut Chars<'_>) -> String {
    letters.take_while(|letter| *letter != BAR).collect()
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}
