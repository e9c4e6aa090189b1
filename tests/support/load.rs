//! Many interactions with bounded concurrency, counted rather than kept.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use serde_json::Value;
use tokio::sync::Semaphore;

use super::interactions::Interaction;
use super::judge;
use super::loopback::Loopback;
use super::rest;

const TOKEN_START: &str = "load-";
/// One answer in so many is judged.
const JUDGED: u64 = 1000;

/// What is under way.
pub(super) struct Load {
    free: Semaphore,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    next: u64,
    sent: HashMap<u64, Sent>,
    answers: Vec<Duration>,
    complaints: Vec<String>,
}

struct Sent {
    kind: u64,
    at: Instant,
    deferred: bool,
}

/// How a load went.
#[derive(Debug, Clone)]
pub struct Pumped {
    pub took: Duration,
    /// From sending the frame to the end of the answer, sorted.
    pub answers: Vec<Duration>,
}

/// An interaction that can be sent many times, each time with an id and a token of its own.
pub struct Template {
    kind: u64,
    /// The JSON around the id, and around the token.
    parts: [String; 3],
}

impl Default for Load {
    fn default() -> Self {
        Self {
            free: Semaphore::new(0),
            open: Mutex::default(),
        }
    }
}

impl Template {
    pub fn new(interaction: &Interaction) -> Self {
        let mut json = interaction.json.clone();
        json["id"] = "<id>".into();
        json["token"] = "<token>".into();
        let text = json.to_string();
        let (before, rest) = text.split_once("<id>").expect("the id is there");
        let (between, after) = rest.split_once("<token>").expect("ids come before tokens");
        Self {
            kind: interaction.kind(),
            parts: [before.to_owned(), between.to_owned(), after.to_owned()],
        }
    }

    fn write(&self, number: u64) -> String {
        let [before, between, after] = &self.parts;
        // An id and a token as long as Discord's.
        let id = 1_500_000_000_000_000_000 + number;
        format!("{before}{id}{between}{TOKEN_START}{number:0>200}{after}")
    }
}

/// The time within which this part (0 to 1) of sorted times is.
pub fn quantile(sorted: &[Duration], part: f64) -> Duration {
    let place = (sorted.len() as f64 * part) as usize;
    let last = sorted.len().saturating_sub(1);
    sorted.get(place.min(last)).copied().unwrap_or_default()
}

impl Pumped {
    /// The time within which this part (0 to 1) of the answers came.
    pub fn quantile(&self, part: f64) -> Duration {
        quantile(&self.answers, part)
    }

    pub fn per_second(&self) -> f64 {
        self.answers.len() as f64 / self.took.as_secs_f64()
    }
}

impl Loopback {
    /// Sends `count` interactions, the templates in turn, at most `in_flight` at once, and waits for every answer.
    pub fn pump(
        &self,
        templates: &[Template],
        count: u64,
        in_flight: u32,
        patience: Duration,
    ) -> Pumped {
        let runtime = self.runtime.as_ref().expect("the loopback runs");
        let load = &self.hub.load;
        load.free.add_permits(in_flight as usize);
        let start = Instant::now();
        let all = async {
            for template in templates.iter().cycle().take(count as usize) {
                load.free.acquire().await.expect("it stays open").forget();
                self.send_one(template);
            }
            let idle = load.free.acquire_many(in_flight).await;
            idle.expect("it stays open").forget();
        };
        let ended = runtime.block_on(async { tokio::time::timeout(patience, all).await });
        let mut open = load.open();
        let answers = std::mem::take(&mut open.answers);
        assert!(
            ended.is_ok(),
            "{} of {count} answers after {patience:?}, {} under way",
            answers.len(),
            open.sent.len()
        );
        assert_eq!(
            open.complaints,
            Vec::<String>::new(),
            "Discord would have refused"
        );
        let mut answers = answers;
        answers.sort_unstable();
        Pumped {
            took: start.elapsed(),
            answers,
        }
    }

    fn send_one(&self, template: &Template) {
        let number = self.hub.load.open().send(template.kind);
        let data = template.write(number);
        self.hub.state.with(|world| {
            let mut sessions = world.sessions.values_mut();
            let session = sessions.next().expect("a session stays");
            session.dispatch("INTERACTION_CREATE", &data);
        });
    }
}

impl Load {
    fn open(&self) -> std::sync::MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an answer: none where the token is not of a load, false where nothing was asked with it.
    pub fn take(&self, token: &str, body: &Bytes) -> Option<bool> {
        let number = token.strip_prefix(TOKEN_START)?;
        let number: u64 = number.parse().ok()?;
        let ended = self.open().take(number, body);
        if ended == Some(true) {
            self.free.add_permits(1);
        }
        Some(ended.is_some())
    }
}

impl Open {
    fn send(&mut self, kind: u64) -> u64 {
        self.next += 1;
        let sent = Sent {
            kind,
            at: Instant::now(),
            deferred: false,
        };
        self.sent.insert(self.next, sent);
        self.next
    }

    /// Whether this ends the interaction; none where it is not under way.
    fn take(&mut self, number: u64, body: &Bytes) -> Option<bool> {
        let sent = self.sent.get_mut(&number)?;
        let defers = !sent.deferred
            && [rest::DEFER, rest::DEFER_UPDATE]
                .iter()
                .any(|kind| starts_with_type(body, *kind));
        if number.is_multiple_of(JUDGED) {
            let verdict = judge_answer(body, sent);
            self.complaints.extend(verdict.err());
        }
        if defers {
            sent.deferred = true;
            return Some(false);
        }
        let sent = self.sent.remove(&number)?;
        self.answers.push(sent.at.elapsed());
        Some(true)
    }
}

fn starts_with_type(body: &[u8], kind: u64) -> bool {
    body.starts_with(format!(r#"{{"type":{kind}"#).as_bytes())
}

fn judge_answer(body: &[u8], sent: &Sent) -> Result<(), String> {
    // Removing a message needs no body.
    let body: Value = match body {
        [] => Value::Null,
        body => serde_json::from_slice(body).map_err(|error| error.to_string())?,
    };
    if body.to_string().contains("Something went wrong") {
        return Err(format!("an answer failed: {body}"));
    }
    match sent.deferred {
        true if body.is_null() => Ok(()),
        true => judge::edited_message(&body),
        false => judge::callback(&body, sent.kind),
    }
}
