//! Checks `examples.toml`.

use super::document::Document;
use super::report::InFile;
use super::words::quote;
use crate::knowledge::format::{ExamplesEntry, ExamplesFile};
use crate::knowledge::meaning::{Example, Meaning};
use crate::knowledge::placeholder;

/// The most characters of an example.
const LONGEST: usize = 400;
/// What helps where a text is no question, and where it has an unknown placeholder.
const PEOPLE: &str = "write a question as people type it";
const PLACEHOLDERS: &str = "there are `{career}`, `{from}`, `{to}`, `{other}` and `{skill}`";

/// Reads and checks the file.
pub(super) fn read(report: &mut InFile<'_, '_>) -> Vec<Example> {
    let mut document = Document::parse(report);
    let Some(unit) = document.read::<ExamplesFile>(report) else {
        return Vec::new();
    };
    let mut examples = Vec::new();
    for entry in &unit.value.examples {
        add(entry, &mut examples, report);
    }
    examples
}

fn add(entry: &ExamplesEntry, examples: &mut Vec<Example>, report: &mut InFile<'_, '_>) {
    let section = entry.section.as_ref();
    if let Some(section) = section.filter(|_| !entry.intent.may_have_section()) {
        report.error(
            section.span(),
            format!("the intent `{}` has no section", entry.intent.id()),
            "only `section` and `compare` have one: leave it out",
        );
    }
    let meaning = Meaning {
        intent: entry.intent,
        section: section.map(|section| **section),
    };
    for text in entry.texts.iter() {
        let wrong = if placeholder::words(text).is_empty() {
            Some(("holds no word", PEOPLE))
        } else if text.chars().count() > LONGEST {
            Some(("is longer than 400 characters", PEOPLE))
        } else if placeholder::unknown(text).is_some() {
            Some(("holds a placeholder that does not exist", PLACEHOLDERS))
        } else {
            None
        };
        match wrong {
            Some((wrong, help)) => {
                report.error(text.span(), format!("{} {wrong}", quote(text)), help)
            }
            None => examples.push(Example {
                meaning,
                text: text.to_string(),
            }),
        }
    }
}
