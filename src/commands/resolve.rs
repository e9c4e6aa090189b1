//! From what a person typed, or a control carried, to a career; or what to offer instead.

use super::{UserError, browse, controls, wire};
use crate::knowledge::names::Found;
use crate::knowledge::{Career, Knowledge};
use crate::reply::{ControlLine, text};

/// The most characters of a person's text that are shown back.
pub const ECHO: usize = 80;
/// The most characters of a typed name that controls carry.
const CARRIED: usize = 40;

/// A career that was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked<'a> {
    /// The career.
    pub career: &'a Career,
    /// The narrower title by which it was asked for.
    pub narrower: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// What controls carry for it: the narrower title where there is one, so that the card goes on saying so.
    pub fn carried(&self) -> &'a str {
        self.narrower
            .filter(|title| title.chars().count() <= CARRIED)
            .unwrap_or(self.career.id.as_str())
    }

    /// Says that the career is wider than what was asked for.
    pub fn note(&self) -> Option<String> {
        let narrower = text::escape(self.narrower?);
        let name = text::escape(&self.career.name);
        Some(format!(
            "You asked for **{narrower}**; it is part of **{name}**."
        ))
    }
}

/// A name that stands for no one career.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown<'a> {
    typed: String,
    why: Why,
    nearest: Vec<&'a Career>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// A control's key that fits no career any more.
    Gone,
    /// Nothing in the text can be looked up.
    NoLetters,
    /// The text is a short form of several things.
    Ambiguous,
    /// The text is no career's name.
    NoSuchName,
}

/// The career that was meant.
///
/// # Errors
/// What to offer where it is not sure.
pub fn career<'a>(knowledge: &'a Knowledge, typed: &str) -> Result<Asked<'a>, Unknown<'a>> {
    let unknown = |why, nearest| {
        Err(Unknown {
            typed: typed.to_owned(),
            why,
            nearest,
        })
    };
    if wire::is_key(typed) {
        let carried = |career: &&Career| wire::key(career.id.as_str()) == typed;
        return match knowledge.careers().iter().find(carried) {
            Some(career) => Ok(Asked {
                career,
                narrower: None,
            }),
            None => unknown(Why::Gone, Vec::new()),
        };
    }
    if !has_words(typed) {
        return unknown(Why::NoLetters, Vec::new());
    }
    match knowledge.find_career(typed) {
        Found::Career(career) => Ok(Asked {
            career,
            narrower: None,
        }),
        Found::Narrower(career, title) => Ok(Asked {
            career,
            narrower: Some(title),
        }),
        Found::Unsure(nearest) if is_short_form(typed, &nearest) => {
            unknown(Why::Ambiguous, nearest)
        }
        Found::Unsure(nearest) => unknown(Why::NoSuchName, nearest),
    }
}

/// Whether a text holds anything that can be looked up.
pub fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A typed name as a control may carry it while it is not resolved.
pub fn carried_as_typed(typed: &str) -> String {
    typed.chars().take(CARRIED).collect()
}

fn is_short_form(typed: &str, careers: &[&Career]) -> bool {
    let typed = typed.trim().to_lowercase();
    careers.iter().any(|career| {
        career
            .ambiguous
            .iter()
            .any(|short| short.to_lowercase() == typed)
    })
}

impl Unknown<'_> {
    /// The mistake as it is told, with a button for each of the nearest careers; `again` makes the line that asks the
    /// same with that career in its place.
    pub fn into_error(self, again: impl Fn(&Career) -> Option<ControlLine>) -> UserError {
        let nearest = self.nearest.iter().take(3);
        let buttons = nearest.filter_map(|career| controls::button(&career.name, again(career)));
        let browse = controls::button("Browse all careers", browse::line());
        UserError::new(
            self.title(),
            self.text(),
            controls::button_rows(buttons.chain(browse)),
        )
    }

    fn title(&self) -> &'static str {
        match self.why {
            Why::Gone => "That career is gone",
            Why::NoLetters => "No career in that",
            Why::Ambiguous => "Which one is meant?",
            Why::NoSuchName => "No such career",
        }
    }

    fn text(&self) -> String {
        let typed = text::quote(&self.typed, ECHO);
        match (self.why, self.nearest.is_empty()) {
            (Why::Gone, _) => {
                "The career that this control stands for is no longer in the knowledge base. \
                 Here is what there is."
                    .to_owned()
            }
            (Why::NoLetters, _) => {
                format!("{typed} has no letters or digits that could be looked up.")
            }
            (Why::Ambiguous, _) => format!("{typed} may mean more than one career."),
            (Why::NoSuchName, false) => {
                format!("No career here is called {typed}. Is one of these meant?")
            }
            (Why::NoSuchName, true) => {
                format!("No career here is called {typed}, or anything near it.")
            }
        }
    }
}
