//! Checks `examples.toml`.

use super::document::Document;
use super::report::InFile;
use super::words::quote;
use crate::knowledge::format::{ExamplesEntry, ExamplesFile};
use crate::knowledge::meaning::{Example, Meaning, may_have_section};

/// The most characters of an example.
const LONGEST: usize = 400;

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
    if let Some(section) = section.filter(|_| !may_have_section(entry.intent)) {
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
        let example = Example {
            meaning,
            text: text.to_string(),
        };
        let wrong = if example.words().is_empty() {
            Some("holds no word")
        } else if text.chars().count() > LONGEST {
            Some("is longer than 400 characters")
        } else {
            None
        };
        match wrong {
            Some(wrong) => report.error(
                text.span(),
                format!("{} {wrong}", quote(text)),
                "write a question as people type it",
            ),
            None => examples.push(example),
        }
    }
}
