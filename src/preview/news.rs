//! What the page is told by itself: how the knowledge base is, whenever that changes.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::watch;

use crate::commands::service::Service;
use crate::knowledge::problem::summary;
use crate::knowledge::source::Files;
use crate::knowledge::{Place, Problem, Severity};

/// The event's name.
pub const EVENT: &str = "knowledge";

/// The latest state as JSON.
pub type News = watch::Receiver<Arc<str>>;

/// How soon the page is told, whoever loaded the files again.
const PERIOD: Duration = Duration::from_millis(100);

/// The knowledge base as the page shows it.
#[derive(Serialize)]
struct State<'a> {
    version: &'a str,
    /// The folder of the files; none for the copy inside the program.
    folder: Option<String>,
    summary: String,
    problems: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    severity: &'static str,
    file: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    place: Option<ToldPlace<'a>>,
}

#[derive(Serialize)]
struct ToldPlace<'a> {
    line: usize,
    column: usize,
    text: &'a str,
    start: usize,
    width: usize,
}

/// Follows the store of a service.
pub fn start(service: Arc<Service>) -> News {
    let (sender, receiver) = watch::channel(tell(&service));
    tokio::spawn(async move {
        let mut told = mark(&service);
        while !sender.is_closed() {
            tokio::time::sleep(PERIOD).await;
            let now = mark(&service);
            if now != told {
                told = now;
                sender.send_replace(tell(&service));
            }
        }
    });
    receiver
}

/// Changes with the snapshot, and with every reload that failed.
fn mark(service: &Service) -> (Timestamp, Option<Timestamp>) {
    let status = service.store().status();
    (status.loaded, status.failed.map(|(at, _)| at))
}

fn tell(service: &Service) -> Arc<str> {
    let snapshot = service.snapshot();
    let failed = service.store().status().failed;
    let problems: &[Problem] = failed.as_ref().map_or(&[], |(_, problems)| problems);
    let state = State {
        version: snapshot.version(),
        folder: match service.store().files() {
            Files::Embedded => None,
            Files::Folder(folder) => Some(folder.display().to_string()),
        },
        summary: summary(problems),
        problems: problems.iter().map(Told::from).collect(),
    };
    serde_json::to_string(&state)
        .expect("the state is texts and numbers")
        .into()
}

impl<'a> From<&'a Problem> for Told<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: &problem.file,
            message: &problem.message,
            help: problem.help.as_deref(),
            place: problem.place.as_ref().map(ToldPlace::from),
        }
    }
}

impl<'a> From<&'a Place> for ToldPlace<'a> {
    fn from(place: &'a Place) -> Self {
        Self {
            line: place.line,
            column: place.column,
            text: &place.text,
            start: place.start,
            width: place.width,
        }
    }
}
