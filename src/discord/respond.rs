//! What to answer, apart from how it is sent: an interaction in, the bytes of its first response out, and what is still
//! to do afterwards. The gateway, the HTTP endpoint and the preview all send what comes from here.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use hyper::body::Bytes;
use jiff::Timestamp;

use super::body;
use super::interaction::{AUTOCOMPLETE, Interaction, Unreadable};
use super::received::{Received, Ticket, receive};
use crate::commands::service::{self, Handled, Input, Output, Service, failed, refused};
use crate::commands::{Asker, Command, UserError};
use crate::operations::metrics::{Metrics, Outcome};

const UNKNOWN: &str =
    "Waymark does not know this kind of request yet. `/help` shows what it can do.";

/// Answers interactions. It needs no Discord, no token and no network.
///
/// ```
/// # use std::sync::Arc;
/// # use jiff::Timestamp;
/// # use waymark::commands::{ModeratorPolicy, service::Service};
/// # use waymark::discord::{Responder, Then};
/// # use waymark::knowledge::{source::Files, store::Store};
/// let store = Store::open(Files::Embedded, Timestamp::now()).expect("it loads");
/// let service = Service::new(store, ModeratorPolicy::default());
/// let responder = Responder::new(Arc::new(service));
/// let ping = br#"{"id": "1", "application_id": "2", "token": "t", "type": 1}"#;
/// let response = responder.respond(ping, Timestamp::now()).expect("an interaction");
/// assert_eq!(&response.first[..], br#"{"type":1}"#);
/// assert!(matches!(response.then, Then::Nothing));
/// ```
pub struct Responder {
    service: Arc<Service>,
    metrics: Metrics,
    unknown: AtomicU64,
}

/// The answer to an interaction.
pub struct Response {
    /// Which interaction, and what it takes to do what follows.
    pub ticket: Ticket,
    /// The first response, as JSON: the body of the callback, or of the endpoint's answer.
    pub first: Bytes,
    /// What is to do once Discord has that.
    pub then: Then,
}

/// What follows a first response.
pub enum Then {
    /// Nothing: it was the whole answer.
    Nothing,
    /// The first response says that the press was seen: take the pressed message away.
    Remove,
    /// The first response says that the answer will come: work it out, which may take seconds.
    Work(Work),
}

/// An answer that takes longer than Discord waits.
pub struct Work {
    service: Arc<Service>,
    metrics: Metrics,
    id: u64,
    input: Input,
    asker: Asker,
}

/// What came of [`Work`].
#[derive(Debug, PartialEq, Eq)]
pub enum Finish {
    /// Put this message, as JSON, in the place of the deferred one.
    Edit(Bytes),
    /// Take the deferred message away.
    Remove,
}

impl Responder {
    /// Answers with this service.
    pub fn new(service: Arc<Service>) -> Self {
        Self {
            service,
            metrics: Metrics::default(),
            unknown: AtomicU64::new(0),
        }
    }

    /// The same, counting into these.
    pub fn with_metrics(mut self, metrics: Metrics) -> Self {
        self.metrics = metrics;
        self
    }

    /// Answers an interaction given as JSON, as Discord sends it over HTTP. Never panics.
    ///
    /// # Errors
    /// It is not JSON, or lacks what every interaction has (an id, a type, a token): there is nobody to answer.
    pub fn respond(&self, interaction: &[u8], now: Timestamp) -> Result<Response, Unreadable> {
        Ok(self.respond_to(Interaction::from_json(interaction)?, now))
    }

    /// Answers an interaction that is read already.
    pub(super) fn respond_to(&self, interaction: Interaction<'_>, now: Timestamp) -> Response {
        let start = Instant::now();
        let (ticket, received) = receive(interaction);
        let _span = request(ticket.id).entered();
        let count = |command, outcome| self.metrics.interaction(command, outcome, start.elapsed());
        let (first, then) = match received {
            Received::Ping => {
                count(None, Outcome::Ping);
                (body::pong(), Then::Nothing)
            }
            Received::Ask { input, asker } if self.service.is_slow(&input) => {
                let work = Work {
                    service: Arc::clone(&self.service),
                    metrics: self.metrics.clone(),
                    id: ticket.id,
                    input,
                    asker,
                };
                (body::defer(), Then::Work(work))
            }
            Received::Ask { input, asker } => {
                let handled = self.service.answer(&input, &asker, now);
                log(&handled);
                count(path(&handled), outcome(&handled));
                first(handled.output)
            }
            Received::Suggest {
                path,
                option,
                typed,
            } => {
                let suggestions = self.service.suggest(&path, &option, &typed);
                let command = Command::find(&path).map(|command| command.path);
                count(command, Outcome::Suggested);
                (body::suggestions(&suggestions), Then::Nothing)
            }
            Received::Strange(told) => {
                count(None, Outcome::Mistake);
                first(refused(UserError::mistake(told)).output)
            }
            Received::Unknown { kind } => {
                count(None, Outcome::Unknown);
                let count = self.unknown.fetch_add(1, Ordering::Relaxed) + 1;
                tracing::warn!(count, "Discord sent an unknown interaction of type {kind}");
                match kind {
                    AUTOCOMPLETE => (body::suggestions(&[]), Then::Nothing),
                    _ => first(refused(UserError::mistake(UNKNOWN)).output),
                }
            }
        };
        Response {
            ticket,
            first,
            then,
        }
    }
}

impl Work {
    /// Works the answer out: blocks the thread. Never panics.
    pub fn run(self, now: Timestamp) -> Finish {
        let start = Instant::now();
        let _span = request(self.id).entered();
        let handled = self.service.answer(&self.input, &self.asker, now);
        log(&handled);
        self.metrics
            .interaction(path(&handled), outcome(&handled), start.elapsed());
        Finish::of(handled.output)
    }
}

impl Finish {
    /// What the asker sees where something went wrong; the cause goes to the log.
    pub(super) fn failure(cause: &str) -> Self {
        Self::of(failed(cause).output)
    }

    fn of(output: Output) -> Self {
        match output {
            Output::Show(reply) | Output::Update(reply) => Self::Edit(body::edit(reply)),
            Output::Remove => Self::Remove,
        }
    }
}

/// The first response where something went wrong; the cause goes to the log.
pub(super) fn failure(cause: &str) -> Bytes {
    first(failed(cause).output).0
}

fn first(output: Output) -> (Bytes, Then) {
    match output {
        Output::Show(reply) => (body::show(&reply), Then::Nothing),
        Output::Update(reply) => (body::update(reply), Then::Nothing),
        Output::Remove => (body::acknowledge(), Then::Remove),
    }
}

/// Stands on every line that is logged meanwhile. Of the highest level, so that it is there whatever the filter says.
fn request(interaction: u64) -> tracing::Span {
    tracing::error_span!("request", interaction)
}

/// The command and how it ended; never what was asked, or by whom.
fn log(handled: &Handled) {
    tracing::debug!(command = path(handled), outcome = ?handled.outcome, "answered");
}

fn path(handled: &Handled) -> Option<&'static str> {
    handled.command.map(|command| command.path)
}

fn outcome(handled: &Handled) -> Outcome {
    match handled.outcome {
        service::Outcome::Answered => Outcome::Answered,
        service::Outcome::Mistake => Outcome::Mistake,
        service::Outcome::Failure => Outcome::Failure,
    }
}
