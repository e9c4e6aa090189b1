//! What is wrong with a file that is not TOML.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;

use super::words::quote;
use crate::knowledge::source::SourceFile;

/// Larger files are told of their first mistake alone.
pub(super) const MOST_RECOVERED: usize = 256 * 1024;
/// The most times that a file is parsed again with lines left out.
const MOST_ROUNDS: usize = 5;

/// A mistake of syntax.
#[derive(Debug)]
pub(super) struct Mistake {
    /// Where.
    pub span: Range<usize>,
    /// As the parser tells it.
    message: String,
}

impl From<&toml::de::Error> for Mistake {
    fn from(error: &toml::de::Error) -> Self {
        Self {
            span: error.span().unwrap_or(0..0),
            message: error.message().to_owned(),
        }
    }
}

/// The mistakes of a broken file by place, one a line, and the text without the lines that stop the parser.
///
/// The parser gives up at a key without a value. So it is asked again with such lines blank.
pub(super) fn recover(file: &SourceFile, first: &toml::de::Error) -> (String, Vec<Mistake>) {
    if file.text.len() > MOST_RECOVERED {
        return (String::new(), vec![Mistake::from(first)]);
    }
    let mut rest = file.text.clone();
    let mut mistakes = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let errors = DeTable::parse_recoverable(&rest).1;
        mistakes.extend(errors.iter().map(Mistake::from));
        let stops: Vec<Range<usize>> = errors
            .iter()
            .filter(|error| error.message().starts_with(NO_VALUE))
            .filter_map(|error| Some(file.line(error.span()?.start)))
            .collect();
        if stops.is_empty() {
            break;
        }
        rest = blank(rest, &stops);
    }
    (rest, telling(file, mistakes))
}

/// The text with spaces in place of these parts, which hold whole characters.
fn blank(text: String, parts: &[Range<usize>]) -> String {
    let mut bytes = text.into_bytes();
    for part in parts {
        bytes[part.clone()].fill(b' ');
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The mistakes worth telling: one a line, and nothing of what follows from a list that is never closed.
fn telling(file: &SourceFile, mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    mistakes.sort_by_key(|mistake| mistake.span.start);
    let unclosed = |mistake: &Mistake| mistake.message.starts_with("unclosed array,");
    if mistakes.iter().any(unclosed)
        && let Some(first) = mistakes
            .iter()
            .position(|mistake| mistake.message.contains("array"))
    {
        mistakes.truncate(first + 1);
        mistakes[first].message = UNCLOSED.to_owned();
    }
    let mut lines = BTreeSet::new();
    mistakes.retain(|mistake| lines.insert(file.line(mistake.span.start).start));
    mistakes
}

/// The parts of the file that may have been read as something else than was meant: the lines with mistakes, and
/// everything after something that goes on over its line.
pub(super) fn misread(file: &SourceFile, mistakes: &[Mistake]) -> Vec<Range<usize>> {
    mistakes
        .iter()
        .filter(|mistake| !mistake.is_duplicate())
        .map(|mistake| {
            let line = file.line(mistake.span.start);
            match mistake.goes_on() {
                true => line.start..usize::MAX,
                false => line.start..line.end + 1,
            }
        })
        .collect()
}

const DUPLICATE: &str = "duplicate key";
const UNCLOSED: &str = "unclosed array";
const NO_VALUE: &str = "key with no value";

impl Mistake {
    /// Whether only a key stands twice: everything else was read as it was meant.
    pub fn is_duplicate(&self) -> bool {
        self.message == DUPLICATE
    }

    fn goes_on(&self) -> bool {
        ["array", "multi-line", "inline table", "key-value pairs"]
            .iter()
            .any(|part| self.message.contains(part))
    }

    /// What is wrong in plain words, and what to do.
    pub fn words(&self, text: &str) -> (String, String) {
        let given = text.get(self.span.clone()).unwrap_or_default();
        if self.is_duplicate() {
            let message = format!("{} is given twice", quote(given));
            return (message, "keep one of the two".to_owned());
        }
        let (message, help) = plain(&self.message, given).unwrap_or((
            self.message.as_str(),
            "see https://toml.io for the rules of TOML",
        ));
        (message.to_owned(), help.to_owned())
    }
}

fn plain(message: &str, given: &str) -> Option<(&'static str, &'static str)> {
    let starts = |beginnings: &[&str]| {
        beginnings
            .iter()
            .any(|beginning| message.starts_with(beginning))
    };
    Some(if message == UNCLOSED {
        (
            "a list is not closed before this",
            "check the commas and the closing `]` of the list above",
        )
    } else if starts(&["string values must be quoted"]) && given.trim().is_empty() {
        ("a value is missing here", "write a value after the `=`")
    } else if starts(&["string values must be quoted"]) {
        ("text without quotes", "put text in quotes: `\"…\"`")
    } else if starts(&["invalid unquoted key"]) && given.starts_with(':') {
        ("a key is followed by `=`", "write `=` in place of `:`")
    } else if starts(&[NO_VALUE]) {
        (
            "a key without a value",
            "a line is `key = value`, `[table]`, `[[table]]` or `# a comment`",
        )
    } else if starts(&[
        "invalid multi-line basic string",
        "invalid multi-line literal string",
    ]) {
        (
            "text that is not closed",
            "close it with the same three quotes",
        )
    } else if starts(&["invalid basic string", "invalid literal string"]) {
        (
            "text that is not closed on its line",
            "close it with the same quote; text of several lines stands between `\"\"\"`",
        )
    } else if starts(&["invalid date,"]) {
        (
            "an impossible date",
            "check it: year-month-day, such as 2026-11-23",
        )
    } else if starts(&["missing escaped value"]) {
        (
            "a backslash that means nothing here",
            "write `\\\\` for a backslash",
        )
    } else {
        return None;
    })
}
