//! What a handler gives back.

pub use crate::knowledge::Intent;
use crate::knowledge::{CareerId, Section};
use crate::reply::{Card, ControlLine, Reply, Row, Tone, Visibility};

/// A handler's answer: what is shown, and how the question was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What is shown.
    pub reply: Reply,
    /// How the question was read.
    pub understood: Understood,
    /// The line that brings this answer again, for Share; none where no control can hold it.
    pub line: Option<ControlLine>,
}

/// How a question was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The careers, in the order asked.
    pub careers: Vec<CareerId>,
    /// The section, where one was asked for.
    pub section: Option<Section>,
    /// What was wanted.
    pub intent: Intent,
}

impl Understood {
    /// A question about no career in particular.
    pub fn intent(intent: Intent) -> Self {
        Self {
            careers: Vec::new(),
            section: None,
            intent,
        }
    }
}

/// What the asker can mend: shown to them alone, with the nearest right thing to do.
///
/// The reply inside is complete (card, suggestions as buttons) and private.
#[derive(Debug, Clone, PartialEq)]
pub struct UserError {
    /// What is shown.
    pub reply: Box<Reply>,
    /// How the question was read as far as it was.
    pub understood: Understood,
}

impl UserError {
    /// A mistake told in one or two sentences of Discord markdown.
    pub fn mistake(text: impl Into<String>) -> Self {
        Self::new("That did not work", text, Vec::new())
    }

    /// A mistake with a heading of its own and the nearest right things to press.
    pub fn new(title: impl Into<String>, text: impl Into<String>, rows: Vec<Row>) -> Self {
        Self {
            reply: Box::new(Reply {
                visibility: Visibility::Private,
                card: Card::new(Tone::Mistake, title, text),
                rows,
            }),
            understood: Understood::intent(Intent::None),
        }
    }

    /// The same mistake, saying what of the question was read.
    #[must_use]
    pub fn understood(mut self, understood: Understood) -> Self {
        self.understood = understood;
        self
    }
}
