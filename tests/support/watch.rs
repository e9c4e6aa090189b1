//! A value that threads change and wait for: every wait is for a condition, and ends at a deadline.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up; far more than it needs on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A value with a condition variable.
#[derive(Debug, Default)]
pub struct Watched<T> {
    value: Mutex<T>,
    changed: Condvar,
}

impl<T> Watched<T> {
    pub fn new(value: T) -> Self {
        Self {
            value: Mutex::new(value),
            changed: Condvar::new(),
        }
    }

    /// Reads or changes the value, and wakes who waits for it.
    pub fn with<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    /// Waits until `look` finds what it wants; panics with `what` after [`PATIENCE`].
    pub fn wait<R>(&self, what: &str, look: impl FnMut(&mut T) -> Option<R>) -> R {
        self.wait_at_most(PATIENCE, look)
            .unwrap_or_else(|| panic!("waited {PATIENCE:?} in vain: {what}"))
    }

    /// Waits until `look` finds what it wants; none after `patience`.
    pub fn wait_at_most<R>(
        &self,
        patience: Duration,
        mut look: impl FnMut(&mut T) -> Option<R>,
    ) -> Option<R> {
        let deadline = Instant::now() + patience;
        let mut value = self.lock();
        loop {
            if let Some(found) = look(&mut value) {
                return Some(found);
            }
            let left = deadline.checked_duration_since(Instant::now())?;
            value = self
                .changed
                .wait_timeout(value, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    // A test that panicked elsewhere has told its own story.
    fn lock(&self) -> MutexGuard<'_, T> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
