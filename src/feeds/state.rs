//! What is remembered of a feed between its runs: `jobs/feeds/.state/<name>.json`, which the loader passes over.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::file::{self, FOLDER};
use super::settings::FeedName;

/// What is remembered of a feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// When it last ran.
    pub ran: Option<Timestamp>,
    /// What its last run that ended well brought.
    pub brought: Option<Brought>,
    /// Why it brings nothing new since.
    pub failing: Option<Failing>,
    /// When its host wants to be asked again, at the soonest.
    pub not_before: Option<Timestamp>,
    /// A run brought so few listings that they were not believed, and there was none since that brought more.
    pub doubted: bool,
    /// The settings and careers with which the last document was read: with others it must be read again.
    pub basis: String,
    /// By what its host knows the document that was read last.
    pub validators: Validators,
    /// The same for each page of a list of pages, and the ids of the listings that it brought.
    pub pages: BTreeMap<String, Page>,
}

/// The outcome of a run that ended well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brought {
    /// When.
    pub at: Timestamp,
    /// How many listings were understood, wanted or not.
    pub read: usize,
    /// How many there are now.
    pub listings: usize,
    /// How many of them are new.
    pub new: usize,
    /// How many say something else than before.
    pub changed: usize,
    /// How many that were there are gone.
    pub gone: usize,
    /// How many were not imported, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// What was left out of listings, and of how many.
    pub omitted: BTreeMap<String, usize>,
}

/// A failure that lasts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Failing {
    /// When it began.
    pub since: Timestamp,
    /// What happened last.
    pub why: String,
}

/// By what a host knows a document (RFC 9110, 8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Validators {
    /// `ETag`
    pub etag: Option<String>,
    /// `Last-Modified`
    pub last_modified: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// By what its host knows it.
    pub validators: Validators,
    /// The listings that it brought.
    pub ids: Vec<String>,
}

impl State {
    /// What is remembered; nothing where there is nothing, or nothing that can be read.
    pub fn read(folder: &Path, feed: &FeedName) -> Self {
        let text = std::fs::read(path(folder, feed)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Remembers it.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn write(&self, folder: &Path, feed: &FeedName) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        file::replace(&path(folder, feed), &text)
    }

    /// Notes a run that failed.
    pub fn fail(&mut self, now: Timestamp, why: String) {
        self.ran = Some(now);
        let since = self.failing.as_ref().map_or(now, |failing| failing.since);
        self.failing = Some(Failing { since, why });
    }
}

/// Where the states of feeds are.
pub fn folder(knowledge: &Path) -> PathBuf {
    knowledge.join(FOLDER).join(".state")
}

fn path(knowledge: &Path, feed: &FeedName) -> PathBuf {
    folder(knowledge).join(format!("{feed}.json"))
}
