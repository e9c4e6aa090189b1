//! The short form of a command line inside a control, such as `c x2fmachine-learning-engineer|sdata-manager`.
//!
//! A custom_id has 100 characters, so a command has a code, an option a letter, a choice its place in the table (new
//! choices go to the end) and a number base 36; only texts need a bar at their end. Where that is still too long,
//! careers and companies are carried as a [`key`]; listings always are, as a [`job_key`]. Nothing else is lost: what is read back is the same command with
//! the same arguments.

use std::str::Chars;

use super::arguments::{Arguments, Value};
use super::table::{COMMANDS, Command, CommandOption, OptionKind, VISIBILITY_OPTIONS};
use crate::knowledge::{JobId, stable_hash};
use crate::reply::ControlLine;

/// What a key starts with.
pub const KEY_MARK: char = '#';
const KEY_DIGITS: usize = 5;
const BAR: char = '|';
/// The digits of a listing's key.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

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
    let digits = base36((stable_hash(name) >> 8) % 36_u64.pow(KEY_DIGITS as u32));
    format!("{KEY_MARK}{digits:0>KEY_DIGITS$}")
}

/// The same for a listing, of which there may be so many that it takes more to tell them apart: six digits base 64,
/// without a mark, so that it still fits among all filters.
pub fn job_key(id: &JobId) -> String {
    let number = id.number();
    let digits = (0..JobId::NUMBER_BITS).step_by(6).rev();
    digits
        .map(|bit| char::from(DIGITS[(number >> bit) as usize % DIGITS.len()]))
        .collect()
}

/// The number of the listing whose [`job_key`] this is.
pub fn job_number(key: &str) -> Option<u64> {
    let value = |digit: u8| DIGITS.iter().position(|other| *other == digit);
    let digits: Option<Vec<usize>> = key.bytes().map(value).collect();
    let digits = digits.filter(|digits| digits.len() == JobId::NUMBER_BITS as usize / 6)?;
    Some(digits.iter().fold(0, |number, digit| {
        number * DIGITS.len() as u64 + *digit as u64
    }))
}

/// Whether a text is a [`key`].
pub fn is_key(text: &str) -> bool {
    text.strip_prefix(KEY_MARK).is_some_and(|digits| {
        digits.len() == KEY_DIGITS && digits.bytes().all(|digit| digit.is_ascii_alphanumeric())
    })
}

/// One value as a line carries it.
enum Written {
    /// Its length is known from the option.
    Fixed(String),
    /// It ends with a bar.
    Open(String),
}

fn write(command: &Command, arguments: &Arguments, name: impl Fn(&str) -> String) -> String {
    let (mut fixed, mut open) = (String::new(), String::new());
    for (option, value) in arguments.iter() {
        // Who sees an answer belongs to the message that the control stands under, not to the line.
        if VISIBILITY_OPTIONS.contains(&option.name) {
            continue;
        }
        match write_value(option.kind, value, &name) {
            Written::Fixed(text) => fixed.extend([option.key.to_string(), text]),
            Written::Open(text) => open.extend([option.key.to_string(), text, BAR.to_string()]),
        }
    }
    let line = format!("{} {fixed}{open}", command.code);
    line.trim_end_matches([BAR, ' ']).to_owned()
}

fn write_value(kind: OptionKind, value: &Value, name: impl Fn(&str) -> String) -> Written {
    match (kind, value) {
        (OptionKind::Choice(choices), Value::Text(id)) => {
            let place = choices.iter().position(|(_, choice)| choice == id);
            Written::Fixed(base36(place.unwrap_or(0) as u64))
        }
        (_, Value::Flag(flag)) => Written::Fixed(if *flag { "1" } else { "0" }.to_owned()),
        (OptionKind::Whole(_, max), Value::Whole(number)) => {
            let digits = base36(number.unsigned_abs());
            Written::Fixed(format!("{digits:0>width$}", width = whole_width(max)))
        }
        (OptionKind::Career | OptionKind::Company(_), Value::Text(text)) => {
            write_name(text, name(text))
        }
        // Texts are words to search for: a bar separates words like a space does.
        (_, value) => Written::Open(value.to_string().replace(BAR, " ")),
    }
}

fn write_name(whole: &str, name: String) -> Written {
    if is_key(whole) {
        Written::Fixed(whole.to_owned())
    } else if whole.contains(BAR) || whole.starts_with(KEY_MARK) {
        Written::Fixed(key(whole))
    } else if name == whole {
        Written::Open(name)
    } else {
        Written::Fixed(name)
    }
}

/// How many digits a number of at most `max` (numbers of options are never negative) takes.
fn whole_width(max: i64) -> usize {
    base36(max.unsigned_abs()).len()
}

fn read_value(option: &CommandOption, letters: &mut Chars<'_>) -> Option<Value> {
    Some(match option.kind {
        OptionKind::Choice(choices) => {
            let place = letters.next()?.to_digit(36)? as usize;
            Value::Text(choices.get(place)?.1.to_owned())
        }
        OptionKind::Flag => Value::Flag(letters.next()? == '1'),
        OptionKind::Whole(_, max) => {
            let digits: String = letters.take(whole_width(max)).collect();
            Value::Whole(i64::from_str_radix(&digits, 36).ok()?)
        }
        OptionKind::Career | OptionKind::Company(_) if letters.as_str().starts_with(KEY_MARK) => {
            Value::Text(letters.take(1 + KEY_DIGITS).collect())
        }
        OptionKind::Career
        | OptionKind::Company(_)
        | OptionKind::Location(_)
        | OptionKind::Skills(_)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(line: &ControlLine) -> (&'static Command, Vec<(&'static str, String)>) {
        let (command, arguments) = decode(line.as_str()).unwrap();
        let given = arguments
            .iter()
            .map(|(option, value)| (option.name, value.to_string()))
            .collect();
        (command, given)
    }

    fn given(pairs: &[(&'static str, &str)]) -> Vec<(String, Value)> {
        pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), Value::Text((*text).to_owned())))
            .collect()
    }

    #[test]
    fn a_short_line_is_read_back_whole() {
        let compare = Command::find("compare").unwrap();
        let pairs = [
            ("first", "machine-learning-engineer"),
            ("second", "data-manager"),
            ("section", "skills"),
        ];
        let arguments = Arguments::new(compare, given(&pairs)).unwrap();
        let line = encode(compare, &arguments).unwrap();
        assert_eq!(
            line.as_str(),
            "c x2fmachine-learning-engineer|sdata-manager"
        );
        assert_eq!(decode(line.as_str()), Some((compare, arguments)));
    }

    #[test]
    fn a_listing_among_all_filters_at_their_longest_fits_a_control() {
        let jobs = Command::find("jobs").unwrap();
        let longest = |option: &CommandOption| match option.kind {
            OptionKind::Choice(choices) => choices.last().unwrap().1.to_owned(),
            OptionKind::Flag => "true".to_owned(),
            OptionKind::Whole(_, max) => max.to_string(),
            _ if option.name == "job" => job_key(&JobId::new("some-listing")),
            kind => "w".repeat(kind.max_length()),
        };
        for left_out in ["page", "job"] {
            let pairs: Vec<_> = jobs
                .options
                .iter()
                .filter(|option| option.name != left_out)
                .map(|option| (option.name, longest(option)))
                .collect();
            let arguments = Arguments::new(
                jobs,
                pairs
                    .iter()
                    .map(|(name, text)| ((*name).to_owned(), Value::Text(text.clone()))),
            )
            .unwrap();
            let line = encode(jobs, &arguments).unwrap();
            let expected: Vec<_> = pairs
                .into_iter()
                .filter(|(name, _)| !VISIBILITY_OPTIONS.contains(name))
                .map(|(name, text)| match name {
                    "career" | "company" => (name, key(&text)),
                    _ => (name, text),
                })
                .collect();
            assert_eq!(decoded(&line), (jobs, expected));
        }
    }

    #[test]
    fn a_name_that_looks_like_a_key_or_holds_a_bar_is_carried_as_a_key() {
        let jobs = Command::find("jobs").unwrap();
        for name in ["#1 Staffing", "A|B Partners"] {
            let arguments = Arguments::new(jobs, given(&[("company", name)])).unwrap();
            let line = encode(jobs, &arguments).unwrap();
            assert_eq!(decoded(&line).1, [("company", key(name))]);
        }
        let again = Arguments::new(jobs, given(&[("company", &key("x"))])).unwrap();
        let line = encode(jobs, &again).unwrap();
        assert_eq!(decoded(&line).1, [("company", key("x"))]);
    }

    #[test]
    fn a_key_stays_the_same_over_versions() {
        assert_eq!(key("machine-learning-engineer"), "#wvxze");
        let id = JobId::new("head-gardener");
        assert_eq!(job_key(&id), "JgGEUD");
        assert_eq!(job_number(&job_key(&id)), Some(id.number()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(line in "\\PC{0,110}") {
            let _ = decode(&line);
            let _ = decode(&format!("j {line}"));
            let _ = decode(&format!("c {line}"));
        }

        #[test]
        fn what_is_searched_comes_back(words in "[^|\\s]{1,12}( [^|\\s]{1,12})?", page in 1i64..=46_655) {
            let jobs = Command::find("jobs").unwrap();
            let arguments = Arguments::new(jobs, [
                ("search".to_owned(), Value::Text(words)),
                ("page".to_owned(), Value::Whole(page)),
            ]).unwrap();
            let line = encode(jobs, &arguments).unwrap();
            prop_assert_eq!(decode(line.as_str()), Some((jobs, arguments)));
        }
    }
}
