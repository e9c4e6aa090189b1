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
use super::remembered::{Given, Remembered};
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
    remembered: Remembered,
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
            remembered: Remembered::new(),
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
            Received::Ask { input, asker } => {
                let (first, then, counted) = self.ask(ticket.id, input, asker, now);
                if let Some((command, outcome)) = counted {
                    count(command, outcome);
                }
                (first, then)
            }
            Received::Suggest {
                path,
                option,
                typed,
            } => {
                let first = self.suggest(&path, &option, &typed, now);
                let command = Command::find(&path).map(|command| command.path);
                count(command, Outcome::Suggested);
                (first, Then::Nothing)
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

/// A command's path, where one ran, and how that ended.
pub(super) type Ended = (Option<&'static str>, Outcome);

impl Responder {
    /// The first response to a question, what follows, and how it ended where it has.
    fn ask(
        &self,
        id: u64,
        input: Input,
        asker: Asker,
        now: Timestamp,
    ) -> (Bytes, Then, Option<Ended>) {
        let key = self.service.lasting_key(&input, &asker, now);
        if let Some(Given { first, ended }) = self.remembered.get(&key) {
            log(ended);
            return (first, Then::Nothing, Some(ended));
        }
        if self.service.is_slow(&input) {
            let work = Work {
                service: Arc::clone(&self.service),
                metrics: self.metrics.clone(),
                id,
                input,
                asker,
            };
            return (body::defer(), Then::Work(work), None);
        }
        let handled = self.service.answer(&input, &asker, now);
        let (ended, lasts) = (ended(&handled), handled.lasts());
        log(ended);
        let (first, then) = first(handled.output);
        // The knowledge may have changed meanwhile: then the key is not of what was answered.
        if lasts && self.service.lasting_key(&input, &asker, now) == key {
            let first = first.clone();
            self.remembered.keep(&key, Given { first, ended });
        }
        (first, then, Some(ended))
    }

    fn suggest(&self, path: &str, option: &str, typed: &str, now: Timestamp) -> Bytes {
        let key = self.service.suggestion_key(path, option, typed, now);
        if let Some(given) = self.remembered.get(&key) {
            return given.first;
        }
        let first = body::suggestions(&self.service.suggest(path, option, typed));
        if self.service.suggestion_key(path, option, typed, now) == key {
            let given = Given {
                first: first.clone(),
                ended: (None, Outcome::Suggested),
            };
            self.remembered.keep(&key, given);
        }
        first
    }
}

impl Work {
    /// Works the answer out: blocks the thread. Never panics.
    pub fn run(self, now: Timestamp) -> Finish {
        let start = Instant::now();
        let _span = request(self.id).entered();
        let handled = self.service.answer(&self.input, &self.asker, now);
        let ended = ended(&handled);
        log(ended);
        self.metrics.interaction(ended.0, ended.1, start.elapsed());
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
fn log((command, outcome): Ended) {
    tracing::debug!(command, ?outcome, "answered");
}

fn ended(handled: &Handled) -> Ended {
    let outcome = match handled.outcome {
        service::Outcome::Answered => Outcome::Answered,
        service::Outcome::Mistake => Outcome::Mistake,
        service::Outcome::Failure => Outcome::Failure,
    };
    (handled.command.map(|command| command.path), outcome)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value as Json, json};

    use super::*;
    use crate::commands::ModeratorPolicy;
    use crate::knowledge::source::Files;
    use crate::knowledge::store::Store;

    const IAN: u64 = 1;
    const ANN: u64 = 2;

    fn now() -> Timestamp {
        "2026-11-24T12:00:00Z".parse().unwrap()
    }

    fn responder(files: Files) -> Responder {
        let service = Service::new(
            Store::open(files, now()).unwrap(),
            ModeratorPolicy::default(),
        );
        Responder::new(Arc::new(service))
    }

    fn asked(responder: &Responder, user: u64, kind: u8, data: Json, message: Json) -> Json {
        let interaction = json!({
            "id": "3", "application_id": "4", "token": "t", "type": kind, "data": data, "message": message,
            "user": { "id": user.to_string() },
        });
        let interaction = interaction.to_string();
        let response = responder.respond(interaction.as_bytes(), now()).unwrap();
        serde_json::from_slice(&response.first).unwrap()
    }

    fn career(responder: &Responder, user: u64) -> Json {
        let options = json!([{ "name": "career", "type": 3, "value": "data manager" }]);
        let data = json!({ "name": "career", "type": 1, "options": options });
        asked(responder, user, 2, data, Json::Null)
    }

    fn pressed(responder: &Responder, user: u64, flags: u32) -> Json {
        let data = json!({ "custom_id": "r0k", "component_type": 2 });
        let message =
            json!({ "flags": flags, "interaction": { "user": { "id": IAN.to_string() } } });
        asked(responder, user, 3, data, message)
    }

    #[test]
    fn what_was_answered_is_answered_again_in_the_same_bytes_until_the_knowledge_changes() {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
        for entry in walkdir::WalkDir::new(&source) {
            let entry = entry.unwrap();
            let target = folder
                .path()
                .join(entry.path().strip_prefix(&source).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(target).unwrap();
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
        let responder = responder(Files::Folder(folder.path().to_owned()));
        let first = career(&responder, IAN);
        let kept = responder.remembered.weight();
        assert!(kept > 0);
        assert_eq!(career(&responder, ANN), first);
        assert_eq!(responder.remembered.weight(), kept, "it was remembered");

        let file = folder.path().join("careers/data-manager.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        let named = text.replacen("name = \"Data Manager\"", "name = \"Data Boss\"", 1);
        assert_ne!(named, text);
        let named = named.replacen("aliases = [", "aliases = [\"data manager\", ", 1);
        std::fs::write(&file, named).unwrap();
        assert_eq!(career(&responder, IAN), first, "nothing is loaded yet");
        responder.service.store().reload(now()).unwrap();
        let changed = career(&responder, IAN);
        assert!(changed.to_string().contains("Data Boss"), "{changed}");
        std::fs::write(&file, text).unwrap();
        responder.service.store().reload(now()).unwrap();
        assert_eq!(career(&responder, IAN), first);
    }

    #[test]
    fn what_is_remembered_for_one_presser_is_not_given_to_another_who_gets_something_else() {
        const PRIVATE: u32 = 64;
        let responder = responder(Files::Embedded);
        for _ in 0..2 {
            let kinds = [(IAN, 0), (ANN, 0), (IAN, PRIVATE), (ANN, PRIVATE)]
                .map(|(user, flags)| pressed(&responder, user, flags))
                .map(|answer| (answer["type"].clone(), answer["data"]["flags"].clone()));
            let update = (json!(7), Json::Null);
            let show = (json!(4), json!(PRIVATE));
            assert_eq!(kinds, [update.clone(), show, update.clone(), update]);
        }
    }

    #[test]
    fn what_is_for_moderators_is_never_remembered() {
        let responder = responder(Files::Embedded);
        let status = json!([{ "name": "status", "type": 1, "options": [] }]);
        let data = json!({ "name": "knowledge", "type": 1, "options": status });
        asked(&responder, IAN, 2, data, Json::Null);
        assert_eq!(responder.remembered.weight(), 0);
    }
}
