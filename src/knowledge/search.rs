//! Finding listings by words and filters; full text is tantivy's.

use jiff::civil::Date;

use super::{CareerId, Job, JobType, Level};

/// What a search asks for; every field narrows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobQuery {
    /// Words in any order; title weighs more than company, company more than the rest.
    pub words: String,
    /// Only listings of this career.
    pub career: Option<CareerId>,
    /// Only companies whose name holds these words.
    pub company: Option<String>,
    /// Only locations that hold these words.
    pub location: Option<String>,
    /// Only remote (or only not remote) listings; one that does not say counts as not remote.
    pub remote: Option<bool>,
    /// Only this level; a listing without one does not match.
    pub level: Option<Level>,
    /// Only this kind of employment.
    pub job_type: Option<JobType>,
    /// Only listings whose pay reaches this much a year; a listing without pay does not match.
    pub min_salary: Option<u64>,
    /// The order.
    pub sort: Sort,
}

/// The order of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best match first; without words as [`Sort::Newest`].
    #[default]
    Relevance,
    /// Newest first; without a date last.
    Newest,
    /// Highest pay first; without pay last.
    Salary,
}

/// What a search found.
pub struct Found<'a> {
    /// Every match, in order.
    pub jobs: Vec<&'a Job>,
    /// Matches that are hidden because they have expired.
    pub expired: usize,
}

/// The index over the listings.
pub struct Search {}

impl Search {
    /// Indexes these listings.
    ///
    /// # Errors
    /// Whatever the full-text library could not do (memory).
    pub fn new(_jobs: &[Job]) -> Result<Self, tantivy::TantivyError> {
        todo!()
    }

    /// Runs a search over the listings given to [`Search::new`].
    pub fn jobs<'a>(&self, _jobs: &'a [Job], _query: &JobQuery, _today: Date) -> Found<'a> {
        todo!()
    }
}
