//! Two careers typed without their options' names: `ml engineer vs data manager`.

use std::ops::Range;

use super::parts::{quoted_at, unquoted};
use crate::commands::table::{Command, CommandOption, OptionKind};

/// Both careers of a command that needs two.
pub fn two_careers(command: &'static Command) -> Option<[&'static CommandOption; 2]> {
    let mut careers = command
        .options
        .iter()
        .filter(|option| option.required && option.kind == OptionKind::Career);
    Some([careers.next()?, careers.next()?])
}

/// `ml engineer vs data manager` as two texts; the second is absent where nothing parts them.
pub fn split_pair(
    bare: &str,
    first: &CommandOption,
    second: &CommandOption,
) -> (String, Option<String>) {
    let given = |text: &str| (!text.is_empty()).then(|| unquoted(text));
    if let Some((quoted, tail)) = quoted_at(bare) {
        let tail = tail
            .trim_start()
            .trim_start_matches([',', '，'])
            .trim_start();
        let (word, after) = split_words(tail, 1);
        let tail = if parts_a_pair(word, second) {
            after
        } else {
            tail
        };
        return (quoted, given(tail.trim()));
    }
    let Some(between) = pair_mark(bare, second) else {
        return (bare.to_owned(), None);
    };
    let mut left = bare[..between.start].trim();
    // `/switch from data analyst to data scientist`
    if let (word, after) = split_words(left, 1)
        && word.eq_ignore_ascii_case(first.name)
        && !after.trim().is_empty()
    {
        left = after.trim();
    }
    (left.to_owned(), given(bare[between.end..].trim()))
}

/// Where two careers are parted: by `vs` before a comma before `and`.
pub fn pair_mark(bare: &str, second: &CommandOption) -> Option<Range<usize>> {
    let words = || {
        bare.split_whitespace().map(|word| {
            let start = word.as_ptr() as usize - bare.as_ptr() as usize;
            start..start + word.len()
        })
    };
    let versus = |range: &Range<usize>| is_versus(&bare[range.clone()]);
    let comma = || {
        let start = bare.find([',', '，'])?;
        let letter = bare[start..].chars().next()?;
        Some(start..start + letter.len_utf8())
    };
    let linked = |range: &Range<usize>| parts_a_pair(&bare[range.clone()], second);
    let inner = |range: &Range<usize>| range.start > 0;
    words()
        .filter(inner)
        .find(versus)
        .or_else(comma)
        .or_else(|| words().filter(inner).find(linked))
}

fn is_versus(word: &str) -> bool {
    ["vs", "vs.", "versus"]
        .iter()
        .any(|mark| word.eq_ignore_ascii_case(mark))
}

fn parts_a_pair(word: &str, second: &CommandOption) -> bool {
    let marks = ["and", "&", second.name];
    is_versus(word) || marks.iter().any(|mark| word.eq_ignore_ascii_case(mark))
}

/// The first words of a text, and what follows them.
pub fn split_words(text: &str, count: usize) -> (&str, &str) {
    let text = text.trim_start();
    let mut end = 0;
    for _ in 0..count {
        let start = end + (text[end..].len() - text[end..].trim_start().len());
        let length = text[start..]
            .find(char::is_whitespace)
            .unwrap_or(text.len() - start);
        if length == 0 {
            break;
        }
        end = start + length;
    }
    text.split_at(end)
}
