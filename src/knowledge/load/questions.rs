//! Checks `questions.toml`.

use super::document::Document;
use super::report::InFile;
use super::words::quote;
use crate::knowledge::format::{PhrasesEntry, QuestionsFile, Text, Texts};
use crate::knowledge::questions::{self, Phrases, QuestionWords};

/// Reads and checks the file.
pub(super) fn read(report: &mut InFile<'_, '_>) -> QuestionWords {
    let mut document = Document::parse(report);
    let Some(unit) = document.read::<QuestionsFile>(report) else {
        return QuestionWords::default();
    };
    let file = &unit.value;
    let mut words = |list: Option<&Texts>| texts(list, report);
    let professions = words(file.professions.as_ref());
    let everyday = words(file.everyday.as_ref());
    QuestionWords {
        sections: (file.sections.iter())
            .map(|(section, entry)| (*section, phrases(entry, report)))
            .collect(),
        intents: (file.intents.iter())
            .map(|(topic, entry)| (*topic, phrases(entry, report)))
            .collect(),
        shorthand: (file.shorthand.iter())
            .map(|(short, long)| (short.clone(), long.to_string()))
            .collect(),
        professions,
        everyday,
    }
}

fn phrases(entry: &PhrasesEntry, report: &mut InFile<'_, '_>) -> Phrases {
    Phrases {
        sure: texts(entry.sure.as_ref(), report),
        likely: texts(entry.likely.as_ref(), report),
        hint: texts(entry.hint.as_ref(), report),
    }
}

fn texts(list: Option<&Texts>, report: &mut InFile<'_, '_>) -> Vec<String> {
    let texts = list.into_iter().flat_map(|list| list.iter());
    let kept = texts.filter(|text| is_right(text, report));
    kept.map(|text| text.to_string()).collect()
}

/// Whether a phrase can be matched; tells where it cannot.
fn is_right(phrase: &Text, report: &mut InFile<'_, '_>) -> bool {
    match questions::check(phrase) {
        Ok(()) => true,
        Err(wrong) => {
            report.error(
                phrase.span(),
                format!("{} {wrong}", quote(phrase)),
                "write words, `{career}`, `{skill}` and `...`, with spaces between them",
            );
            false
        }
    }
}
