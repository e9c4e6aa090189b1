//! From what a person typed to a career.

use super::{Career, CareerId};

/// Finds careers by id, name, alias, narrower title; forgiving case, accents, punctuation, plurals, filler words, typos.
#[derive(Debug, Default)]
pub struct Names {}

/// What a typed name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'a> {
    /// Exactly one career.
    Career(&'a Career),
    /// A narrower title (as its file spells it) that this career covers.
    Narrower(&'a Career, &'a str),
    /// Several readings are fair, or none is sure: the nearest three at most, best first; may be empty.
    Unsure(Vec<&'a Career>),
}

impl Names {
    /// Indexes the names of these careers.
    pub fn new(_careers: &[Career]) -> Self {
        todo!()
    }

    /// What `typed` means, as an index into the careers given to [`Names::new`].
    pub fn find<'a>(&self, _careers: &'a [Career], _typed: &str) -> Found<'a> {
        todo!()
    }

    /// The careers that what was typed so far may become, best first, each once; all careers by name for an empty text.
    pub fn complete(&self, _typed: &str, _limit: usize) -> Vec<CareerId> {
        todo!()
    }
}
