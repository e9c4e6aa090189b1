//! The current snapshot, and swapping it whole.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, TryLockError};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use super::fingerprint::Fingerprint;
use super::source::Files;
use super::{Knowledge, Problem};

/// Holds the current snapshot. Readers never wait; one reload runs at a time.
pub struct Store {
    files: Files,
    current: ArcSwap<Knowledge>,
    reloading: Mutex<()>,
    status: Mutex<Status>,
    seen: Mutex<Fingerprint>,
}

/// How the snapshot came to be, and how the last reload ended.
#[derive(Debug, Clone)]
pub struct Status {
    /// When the current snapshot was loaded.
    pub loaded: Timestamp,
    /// The last reload that failed after that, with its problems.
    pub failed: Option<(Timestamp, Arc<[Problem]>)>,
    /// How the reloads of this process ended.
    pub reloads: Reloads,
}

/// How many reloads ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reloads {
    /// With another content than before.
    pub changed: u64,
    /// With the same content.
    pub unchanged: u64,
    /// With problems: nothing changed.
    pub failed: u64,
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
        let seen = files.fingerprint();
        let knowledge = super::load::load(&files, today(now))?;
        Ok(Self {
            files,
            seen: Mutex::new(seen),
            current: ArcSwap::from_pointee(knowledge),
            reloading: Mutex::new(()),
            status: Mutex::new(Status {
                loaded: now,
                failed: None,
                reloads: Reloads::default(),
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

    /// How the files looked just before they were last read.
    pub fn seen(&self) -> Fingerprint {
        let seen = self.seen.lock();
        seen.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How the current snapshot came to be.
    pub fn status(&self) -> Status {
        self.status
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Loads the files again and swaps the snapshot if they have no problem.
    ///
    /// # Errors
    /// The files' problems, or that another reload is under way; the snapshot stays as it was.
    pub fn reload(&self, now: Timestamp) -> Result<Changes, ReloadError> {
        let _turn = match self.reloading.try_lock() {
            Ok(turn) => turn,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(ReloadError::Busy),
        };
        let looks = self.files.fingerprint();
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = looks;
        match super::load::load(&self.files, today(now)) {
            Ok(knowledge) => {
                let new = Arc::new(knowledge);
                // Learned here, so that nobody who asks waits for it.
                new.lexicon();
                let old = self.current.swap(Arc::clone(&new));
                self.set_status(|status| {
                    status.loaded = now;
                    status.failed = None;
                    if old.version() == new.version() {
                        status.reloads.unchanged += 1;
                    } else {
                        status.reloads.changed += 1;
                    }
                });
                Ok(Changes::between(&old, &new))
            }
            Err(problems) => {
                let problems: Arc<[Problem]> = problems.into();
                let told = Arc::clone(&problems);
                self.set_status(|status| {
                    status.failed = Some((now, told));
                    status.reloads.failed += 1;
                });
                Err(ReloadError::Problems(problems))
            }
        }
    }

    fn set_status(&self, change: impl FnOnce(&mut Status)) {
        let status = self.status.lock();
        change(&mut status.unwrap_or_else(PoisonError::into_inner));
    }
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn between(old: &Knowledge, new: &Knowledge) -> Self {
        Self {
            careers: Difference::between(
                old.careers(),
                new.careers(),
                |career| &career.id,
                |career| career.name.clone(),
            ),
            jobs: Difference::between(
                old.jobs(),
                new.jobs(),
                |job| &job.id,
                |job| format!("{}, {}", job.title, job.company),
            ),
            skills: Difference::between(
                old.skills(),
                new.skills(),
                |skill| &skill.name,
                |skill| skill.name.clone(),
            ),
            settings: old.name() != new.name()
                || old.default_currency() != new.default_currency()
                || old.categories() != new.categories(),
        }
    }
}

impl Difference {
    /// Whether nothing came, changed or went.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn between<T: PartialEq, K: Eq + Hash>(
        old: &[T],
        new: &[T],
        key: impl Fn(&T) -> &K,
        name: impl Fn(&T) -> String,
    ) -> Self {
        let by_key = |items| -> HashMap<_, &T> {
            let items: &[T] = items;
            items.iter().map(|item| (key(item), item)).collect()
        };
        let (before, after) = (by_key(old), by_key(new));
        let names = |items: &[T], wanted: &dyn Fn(&T) -> bool| {
            let mut names: Vec<String> = items
                .iter()
                .filter(|item| wanted(item))
                .map(&name)
                .collect();
            names.sort();
            names
        };
        Self {
            added: names(new, &|item| !before.contains_key(key(item))),
            changed: names(new, &|item| {
                before.get(key(item)).is_some_and(|old| *old != item)
            }),
            removed: names(old, &|item| !after.contains_key(key(item))),
        }
    }
}

fn today(now: Timestamp) -> jiff::civil::Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_second_reload_at_the_same_time_is_refused() {
        let now = Timestamp::UNIX_EPOCH;
        let store = Store::open(Files::Embedded, now).unwrap();
        let turn = store.reloading.lock().unwrap();
        assert!(matches!(store.reload(now), Err(ReloadError::Busy)));
        drop(turn);
        assert_eq!(store.reload(now).unwrap(), Changes::default());
    }
}
