//! Reloading a knowledge folder that changes.
//!
//! Everything that may tell of a change (the system's events, the clock, somebody who asks) only leads to a look at the
//! folder. It is loaded once it looks otherwise than at the last load and stays so for a moment, so that a folder that
//! is being copied is not taken halfway; what changed while it was loading shows in the next look. Events alone would
//! not do: network volumes send none, and a folder or a link that is swapped whole ends those of its old target.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use std::{io, thread};

use jiff::Timestamp;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::fingerprint::{Fingerprint, Folder};
use super::problem::{Problem, Severity};
use super::store::{Changes, Difference, ReloadError, Store};

/// How long a folder must look the same before it is loaded.
pub const SETTLED: Duration = Duration::from_secs(1);
/// How often a folder is looked at where the system tells of changes.
const AUTO_INTERVAL: Duration = Duration::from_secs(10);
/// Events that come within this time lead to one look.
const BURST: Duration = Duration::from_millis(100);
/// A folder that does not come to rest is told of this often.
const RESTLESS: Duration = Duration::from_secs(60);
/// Problems of a failed reload that are logged one by one.
const PROBLEMS: usize = 5;

/// How a knowledge folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// Not at all: it is loaded when somebody asks.
    Off,
    /// By the system's events, and by a look every ten seconds.
    Auto,
    /// By a look this often.
    Every(Duration),
}

/// Watches a folder until it is dropped.
#[derive(Debug)]
pub struct Watcher {
    causes: Sender<Cause>,
}

/// Why the folder is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// Something may have changed.
    Hint,
    /// Somebody wants it loaded.
    Asked,
    /// Nobody needs it any more.
    Stop,
}

impl Watcher {
    /// Watches the folder that this store was loaded from. The copy inside the program never changes.
    ///
    /// # Errors
    /// The system starts no thread.
    pub fn start(store: Arc<Store>, watching: Watching) -> io::Result<Self> {
        Self::start_settling(store, watching, SETTLED)
    }

    /// As [`Watcher::start`], but what looks the same for `settled` is loaded: less than [`SETTLED`] for somebody who
    /// saves one file and looks on.
    ///
    /// # Errors
    /// The system starts no thread.
    pub fn start_settling(
        store: Arc<Store>,
        watching: Watching,
        settled: Duration,
    ) -> io::Result<Self> {
        let (causes, coming) = channel();
        let mut watch = Watch {
            store,
            watching,
            settled,
            hints: causes.clone(),
            coming,
            events: None,
            watched: Vec::new(),
        };
        thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || while watch.turn().is_continue() {})?;
        Ok(Self { causes })
    }

    /// Has the files loaded again as soon as they are at rest, whether they look changed or not.
    pub fn ask(&self) {
        // The thread lives as long as this does.
        let _ = self.causes.send(Cause::Asked);
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.causes.send(Cause::Stop);
    }
}

/// What the thread holds.
struct Watch {
    store: Arc<Store>,
    watching: Watching,
    /// How long a folder must look the same before it is loaded.
    settled: Duration,
    hints: Sender<Cause>,
    coming: Receiver<Cause>,
    events: Option<RecommendedWatcher>,
    watched: Vec<Folder>,
}

/// Nobody needs the folder any more.
struct Stopped;

type Flow = std::ops::ControlFlow<()>;

impl Watch {
    /// Waits for a cause, looks, and loads where it must.
    fn turn(&mut self) -> Flow {
        match self.look_and_load() {
            Ok(()) => Flow::Continue(()),
            Err(Stopped) => Flow::Break(()),
        }
    }

    fn look_and_load(&mut self) -> Result<(), Stopped> {
        if self.watching != Watching::Off {
            self.watch_folders(&self.store.seen());
        }
        let mut asked = self.wait()?;
        loop {
            let looks = self.store.files().fingerprint();
            if !asked && (self.watching == Watching::Off || looks == self.store.seen()) {
                return Ok(());
            }
            asked |= self.settle(looks)?;
            if !asked && self.store.files().fingerprint() == self.store.seen() {
                return Ok(());
            }
            match self.store.reload(Timestamp::now()) {
                Ok(changes) => tell_loaded(&self.store, &changes, asked),
                Err(ReloadError::Problems(problems)) => tell_problems(&problems),
                // What that one reads may be older than what was seen here.
                Err(ReloadError::Busy) => continue,
            }
            asked = false;
        }
    }

    /// Waits until there is a cause to look; gives whether somebody asked.
    fn wait(&self) -> Result<bool, Stopped> {
        let first = match self.watching {
            Watching::Off => self.coming.recv().map_err(|_| Stopped)?,
            Watching::Auto => self.next(AUTO_INTERVAL)?.unwrap_or(Cause::Hint),
            Watching::Every(interval) => self.next(interval)?.unwrap_or(Cause::Hint),
        };
        match first {
            Cause::Stop => Err(Stopped),
            Cause::Asked => Ok(true),
            Cause::Hint => self.pause(BURST),
        }
    }

    /// Waits until the folder has looked the same for a moment; gives whether somebody asked meanwhile.
    fn settle(&self, mut looks: Fingerprint) -> Result<bool, Stopped> {
        let mut asked = false;
        let mut restless = Instant::now();
        loop {
            asked |= self.pause(self.settled)?;
            let now = self.store.files().fingerprint();
            if now == looks {
                return Ok(asked);
            }
            looks = now;
            if restless.elapsed() >= RESTLESS {
                restless = Instant::now();
                tracing::warn!("the knowledge folder keeps changing: it is loaded once it rests");
            }
        }
    }

    /// Lets time pass; gives whether somebody asked meanwhile.
    fn pause(&self, time: Duration) -> Result<bool, Stopped> {
        let end = Instant::now() + time;
        let mut asked = false;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match self.next(left)? {
                Some(Cause::Asked) => asked = true,
                Some(Cause::Hint) | None => {}
                Some(Cause::Stop) => return Err(Stopped),
            }
        }
        Ok(asked)
    }

    fn next(&self, time: Duration) -> Result<Option<Cause>, Stopped> {
        match self.coming.recv_timeout(time) {
            Ok(cause) => Ok(Some(cause)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Stopped),
        }
    }

    /// Asks the system for events of these folders, where it is not asked already.
    fn watch_folders(&mut self, seen: &Fingerprint) {
        if self.watching != Watching::Auto || self.watched == seen.folders() {
            return;
        }
        seen.folders().clone_into(&mut self.watched);
        // The old one first, so that there are never two.
        self.events = None;
        // What changed before there were events shows in a look.
        let _ = self.hints.send(Cause::Hint);
        self.events = events(&self.hints, seen.folders())
            .inspect_err(|cause| {
                let seconds = AUTO_INTERVAL.as_secs();
                tracing::warn!(%cause, "no events from the knowledge folder: it is looked at every {seconds} s");
            })
            .ok();
    }
}

/// Hints at every event of these folders, but for those that reading makes.
fn events(hints: &Sender<Cause>, folders: &[Folder]) -> notify::Result<RecommendedWatcher> {
    let hints = hints.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let read = event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_)));
        if !read {
            // Nobody listens any more while the program ends.
            let _ = hints.send(Cause::Hint);
        }
    })?;
    for folder in folders {
        watcher.watch(&folder.path, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

fn tell_loaded(store: &Store, changes: &Changes, asked: bool) {
    let version = store.snapshot().version().to_owned();
    if changes.is_empty() && !asked {
        tracing::debug!(version, "the knowledge folder was touched, not changed");
        return;
    }
    tracing::info!(
        version,
        careers = told(&changes.careers),
        listings = told(&changes.jobs),
        skills = told(&changes.skills),
        "the knowledge base was loaded again"
    );
}

/// `+1 ~2 -0`: how many came, changed and went.
fn told(difference: &Difference) -> String {
    let Difference {
        added,
        changed,
        removed,
    } = difference;
    format!("+{} ~{} -{}", added.len(), changed.len(), removed.len())
}

fn tell_problems(problems: &[Problem]) {
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    let count = errors.clone().count();
    tracing::warn!(
        problems = count,
        "the knowledge base was not loaded: what was loaded before goes on answering"
    );
    for problem in errors.take(PROBLEMS) {
        let line = problem.place.as_ref().map(|place| place.line);
        tracing::warn!(file = problem.file, line, "{}", problem.message);
    }
}
