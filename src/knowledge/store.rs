//! The current snapshot, and swapping it whole.

use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use super::source::Files;
use super::{Knowledge, Problem};

/// Holds the current snapshot. Readers never wait; one reload runs at a time.
pub struct Store {
    files: Files,
    current: ArcSwap<Knowledge>,
    reloading: Mutex<()>,
    status: Mutex<Status>,
}

/// How the snapshot came to be, and how the last reload ended.
#[derive(Debug, Clone)]
pub struct Status {
    /// When the current snapshot was loaded.
    pub loaded: Timestamp,
    /// The last reload that failed after that, with its problems.
    pub failed: Option<(Timestamp, Arc<[Problem]>)>,
}

/// What a reload changed, by name, in the order of the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Careers by name.
    pub careers: Difference,
    /// Listings, as "title, company".
    pub jobs: Difference,
    /// Skills and tools by canonical name.
    pub skills: Difference,
    /// Whether names, categories or other settings of the knowledge base changed.
    pub settings: bool,
}

/// Names that came, changed and went, each sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// New names.
    pub added: Vec<String>,
    /// Names whose content differs.
    pub changed: Vec<String>,
    /// Names that are gone.
    pub removed: Vec<String>,
}

/// Why a reload changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ReloadError {
    /// Another reload is under way.
    #[error("another reload is under way")]
    Busy,
    /// The files have problems; the old snapshot goes on answering.
    #[error("{} problem(s) in the knowledge base", .0.len())]
    Problems(Arc<[Problem]>),
}

impl Store {
    /// Loads the files for the first time.
    ///
    /// # Errors
    /// Every problem of every file.
    pub fn open(files: Files, now: Timestamp) -> Result<Self, Vec<Problem>> {
        let knowledge = super::load::load(&files, today(now))?;
        Ok(Self {
            files,
            current: ArcSwap::from_pointee(knowledge),
            reloading: Mutex::new(()),
            status: Mutex::new(Status {
                loaded: now,
                failed: None,
            }),
        })
    }

    /// The current snapshot.
    pub fn snapshot(&self) -> Arc<Knowledge> {
        self.current.load_full()
    }

    /// Where the files are, for people.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// How the current snapshot came to be.
    pub fn status(&self) -> Status {
        self.status
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Loads the files again and swaps the snapshot if they have no problem.
    ///
    /// # Errors
    /// The files' problems, or that another reload is under way; the snapshot stays as it was.
    pub fn reload(&self, _now: Timestamp) -> Result<Changes, ReloadError> {
        todo!()
    }
}

fn today(now: Timestamp) -> jiff::civil::Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}
