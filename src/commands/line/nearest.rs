//! What a slip of the fingers was meant to be.

use super::pair::split_words;
use crate::commands::table::{Command, CommandOption};
use crate::reply::limits;

/// The command nearest to the first words of a text, and what follows those words.
pub fn nearest_command<'t>(
    commands: &'static [Command],
    text: &'t str,
) -> Option<(&'static Command, &'t str)> {
    commands
        .iter()
        .filter_map(|command| {
            let words = command.path.split(' ').count();
            let (head, tail) = split_words(text, words);
            let slips = slips(head, command.path)?;
            Some((slips, command, tail))
        })
        .min_by_key(|(slips, _, _)| *slips)
        .map(|(_, command, tail)| (command, tail))
}

/// The option of a command nearest to a word.
pub fn nearest_option(command: &Command, typed: &str) -> Option<&'static CommandOption> {
    command
        .options
        .iter()
        .filter_map(|option| Some((slips(typed, option.name)?, option)))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, option)| option)
}

/// Swapped, missing, added and wrong letters, where they are few enough that this name was probably meant. The start
/// of a name counts as the name.
fn slips(typed: &str, name: &str) -> Option<usize> {
    if typed.len() > 4 * limits::COMMAND_NAME {
        return None;
    }
    let typed = typed.to_lowercase();
    if typed.chars().count() >= 2 && name.starts_with(&typed) {
        return Some(0);
    }
    let slips = rapidfuzz::distance::damerau_levenshtein::distance(typed.chars(), name.chars());
    (slips <= name.len().div_ceil(4).min(2)).then_some(slips)
}
