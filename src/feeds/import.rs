//! Runs feeds: asks all of them at once, then writes what they brought.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::fetch::Fetcher;
use super::file;
use super::found::Skip;
use super::gather::gather;
use super::merge::{Merging, Outcome, Run, basis};
use super::settings::{Feed, FeedName};
use super::state::{self, State, Validators};

use crate::knowledge::Knowledge;

/// How many hosts are asked at once.
const AT_ONCE: usize = 4;

/// Runs feeds into one knowledge folder.
#[derive(Debug, Clone)]
pub struct Importer {
    fetcher: Fetcher,
    folder: PathBuf,
}

/// Why no feed could run.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Another process writes there.
    #[error("another import into this knowledge folder is under way")]
    Busy,
    /// The folder cannot be written to.
    #[error("the knowledge folder cannot be written to: {0}")]
    Folder(std::io::Error),
    /// A mistake of the program's own.
    #[error("writing the listings failed inside the program: {0}")]
    Inside(String),
}

impl Importer {
    /// An importer into this knowledge folder.
    pub fn new(fetcher: Fetcher, folder: PathBuf) -> Self {
        Self { fetcher, folder }
    }

    /// The knowledge folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs these feeds; `asked` is called as each has been asked.
    ///
    /// # Errors
    /// No feed could run.
    pub async fn run(
        &self,
        feeds: &[Feed],
        knowledge: Arc<Knowledge>,
        force: bool,
        asked: impl Fn(&FeedName),
    ) -> Result<Vec<Outcome>, ImportError> {
        let _lock = lock(&self.folder)?;
        let (away, runs) = self.ask(feeds, &knowledge, force, asked).await;
        let folder = self.folder.clone();
        let merge = move || {
            let merging = Merging {
                folder: &folder,
                knowledge: &knowledge,
                now: Timestamp::now(),
                force,
            };
            merging.merge(runs)
        };
        let merged = tokio::task::spawn_blocking(merge).await;
        let mut outcomes = merged.map_err(|panic| ImportError::Inside(panic.to_string()))?;
        outcomes.extend(away);
        for feed in feeds {
            if !outcomes.iter().any(|outcome| outcome.feed == feed.name) {
                outcomes.push(Outcome {
                    feed: feed.name.clone(),
                    result: Err(
                        "reading it failed inside the program: the log tells more".to_owned()
                    ),
                });
            }
        }
        let place = |name: &FeedName| feeds.iter().position(|feed| feed.name == *name);
        outcomes.sort_by_key(|outcome| place(&outcome.feed));
        Ok(outcomes)
    }

    /// Asks every feed, a few at once. Feeds whose hosts want to be left alone are not asked.
    async fn ask(
        &self,
        feeds: &[Feed],
        knowledge: &Knowledge,
        force: bool,
        asked: impl Fn(&FeedName),
    ) -> (Vec<Outcome>, Vec<Run>) {
        let now = Timestamp::now();
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut tasks = JoinSet::new();
        let mut away = Vec::new();
        for (number, feed) in feeds.iter().enumerate() {
            let state = State::read(&self.folder, &feed.name);
            if let Some(until) = state.not_before.filter(|until| now < *until && !force) {
                asked(&feed.name);
                away.push(Outcome {
                    feed: feed.name.clone(),
                    result: Err(format!("its host asks to be left alone until {until:.0}")),
                });
                continue;
            }
            let known = self.known(feed, &state, knowledge, force);
            let fetcher = self.fetcher.clone();
            let feed = feed.clone();
            let places = Arc::clone(&places);
            tasks.spawn(async move {
                // It is never closed.
                let _place = places.acquire().await;
                let gathered = gather(&fetcher, &feed, &known).await;
                let run = Run {
                    feed,
                    state,
                    gathered,
                };
                (number, run)
            });
        }
        let mut runs = Vec::new();
        while let Some(ended) = tasks.join_next().await {
            match ended {
                Ok((number, run)) => {
                    asked(&run.feed.name);
                    runs.push((number, run));
                }
                Err(panic) => tracing::error!("a feed ended the task that asked it: {panic}"),
            }
        }
        runs.sort_by_key(|(number, _)| *number);
        (away, runs.into_iter().map(|(_, run)| run).collect())
    }

    /// What the hosts are told of the last time: nothing where the same document could bring something else now.
    fn known(&self, feed: &Feed, state: &State, knowledge: &Knowledge, force: bool) -> State {
        // These may come in once others have gone.
        let waiting = [Skip::Elsewhere, Skip::TooMany].map(|why| why.reason());
        let brought = state.brought.as_ref();
        let is_whole = brought.is_some_and(|brought| {
            let file = file::path(&self.folder, &feed.name);
            let waits = waiting.iter().any(|why| brought.skipped.contains_key(*why));
            !waits && (brought.listings == 0 || file.exists())
        });
        if force || !is_whole || state.doubted || state.basis != basis(feed, knowledge) {
            State {
                validators: Validators::default(),
                pages: Default::default(),
                ..state.clone()
            }
        } else {
            state.clone()
        }
    }
}

/// One import at a time writes into a folder; the lock goes with the process that holds it.
fn lock(folder: &Path) -> Result<Option<File>, ImportError> {
    let states = state::folder(folder);
    std::fs::create_dir_all(&states).map_err(ImportError::Folder)?;
    let file = File::create(states.join("lock")).map_err(ImportError::Folder)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(ImportError::Busy),
        Err(TryLockError::Error(error)) => {
            // Some network file systems know no locks.
            tracing::debug!(%error, "imports cannot be kept apart here");
            Ok(None)
        }
    }
}
