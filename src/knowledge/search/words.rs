//! What was typed to search for, as words.

use crate::knowledge::fold;

/// Longer texts are cut before they are searched for.
const LONGEST_TYPED: usize = 300;
/// Words after these are not searched for.
const MOST_WORDS: usize = 12;

/// What the words of a query come to.
#[derive(Debug, PartialEq)]
pub(super) enum Words {
    /// Nothing was given, or only words such as "jobs" that every listing fits.
    None,
    /// Different folded words, at most 12.
    These(Vec<String>),
    /// Something was given that holds no word.
    Unreadable,
}

/// Reads what was typed.
pub(super) fn read(typed: &str) -> Words {
    let Some(typed) = given(Some(typed)) else {
        return Words::None;
    };
    let folded = fold::words(fold::cut(typed, LONGEST_TYPED));
    if folded.is_empty() {
        return Words::Unreadable;
    }
    let mut words: Vec<String> = Vec::new();
    for word in folded {
        if !fold::is_filler(&word) && !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(MOST_WORDS);
    if words.is_empty() {
        Words::None
    } else {
        Words::These(words)
    }
}

/// A text that says something.
pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Whether "remote" was given as a location.
pub(super) fn say_remote(location: &str) -> bool {
    fold::words(fold::cut(location, LONGEST_TYPED)) == ["remote"]
}
