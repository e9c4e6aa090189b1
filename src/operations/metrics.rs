//! What is counted while the bot runs. Every part of the process holds a clone and counts into the same numbers.
//!
//! Label values are names of commands, names of feeds and the variants below: nothing that a member typed, and nobody's
//! id, so their number is bounded.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// Upper bounds in seconds: most answers take less than a millisecond, and Discord waits for three seconds.
const BOUNDS: [f64; 14] = [
    0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 3.0,
    10.0,
];

/// The command of what no command takes.
const NO_COMMAND: &str = "none";

/// The numbers. A clone counts into the same.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Arc<Numbers>);

#[derive(Debug)]
struct Numbers {
    interactions: Family<Interaction, Counter>,
    answer: Family<Command, Histogram, fn() -> Histogram>,
    deliveries: Family<Delivered, Counter>,
    delivery: Histogram,
    shards: Family<Shard, Gauge>,
    sessions: Family<Session, Counter>,
    feed_runs: Family<FeedRun, Counter>,
    feed_listings: Family<Feed, Gauge>,
    feed_success: Family<Feed, Gauge>,
}

/// How an interaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Answered.
    Answered,
    /// The asker was told what to mend.
    Mistake,
    /// Something went wrong inside.
    Failure,
    /// Suggestions while somebody types.
    Suggested,
    /// Discord's check whether the endpoint is there.
    Ping,
    /// Of a kind that is not known.
    Unknown,
}

/// How a request that carries an answer to Discord ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// Discord took it.
    Done,
    /// Discord found it wrong.
    Refused,
    /// It did not get there, or too late.
    Lost,
}

/// How a shard came to be connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Connected {
    /// With a new session.
    Ready,
    /// With the session that it had.
    Resumed,
}

/// How a run of a feed ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum FeedResult {
    Taken,
    Failed,
}

/// Encodes a variant as the word that is its label value.
macro_rules! label_values {
    ($kind:ident: $($variant:ident => $word:literal),+) => {
        impl EncodeLabelValue for $kind {
            fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), std::fmt::Error> {
                let word = match self { $(Self::$variant => $word),+ };
                EncodeLabelValue::encode(&word, encoder)
            }
        }
    };
}
label_values!(Outcome: Answered => "answered", Mistake => "mistake", Failure => "failure", Suggested => "suggested",
    Ping => "ping", Unknown => "unknown");
label_values!(Delivery: Done => "done", Refused => "refused", Lost => "lost");
label_values!(Connected: Ready => "ready", Resumed => "resumed");
label_values!(FeedResult: Taken => "taken", Failed => "failed");

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Interaction {
    command: &'static str,
    outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Command {
    command: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Delivered {
    result: Delivery,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Shard {
    state: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Session {
    how: Connected,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FeedRun {
    feed: String,
    result: FeedResult,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Feed {
    feed: String,
}

impl Default for Numbers {
    fn default() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(BOUNDS);
        Self {
            interactions: Family::default(),
            answer: Family::new_with_constructor(histogram),
            deliveries: Family::default(),
            delivery: histogram(),
            shards: Family::default(),
            sessions: Family::default(),
            feed_runs: Family::default(),
            feed_listings: Family::default(),
            feed_success: Family::default(),
        }
    }
}

impl Metrics {
    /// An interaction was answered: by which command, how, and how long working the answer out took.
    pub fn interaction(&self, command: Option<&'static str>, outcome: Outcome, took: Duration) {
        let command = command.unwrap_or(NO_COMMAND);
        let labels = Interaction { command, outcome };
        self.0.interactions.get_or_create(&labels).inc();
        self.0
            .answer
            .get_or_create(&Command { command })
            .observe(took.as_secs_f64());
    }

    /// An answer was sent to Discord with a request of its own.
    pub fn delivery(&self, result: Delivery, took: Duration) {
        self.0.deliveries.get_or_create(&Delivered { result }).inc();
        self.0.delivery.observe(took.as_secs_f64());
    }

    /// How many shards of this process are connected, and how many are not.
    pub fn shards(&self, connected: usize, others: usize) {
        for (state, count) in [("connected", connected), ("disconnected", others)] {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            self.0.shards.get_or_create(&Shard { state }).set(count);
        }
    }

    /// A shard was connected: after the first time of each, again.
    pub fn session(&self, how: Connected) {
        self.0.sessions.get_or_create(&Session { how }).inc();
    }

    /// A feed brought its listings, or said that they are the same as before; so many are there now.
    pub fn feed_taken(&self, feed: &str, listings: usize, now: Timestamp) {
        self.feed_ran(feed, FeedResult::Taken);
        let feed = Feed {
            feed: feed.to_owned(),
        };
        let listings = i64::try_from(listings).unwrap_or(i64::MAX);
        self.0.feed_listings.get_or_create(&feed).set(listings);
        let last = self.0.feed_success.get_or_create(&feed);
        last.set(now.as_second());
    }

    /// A feed brought nothing that could be taken: what it brought before is still there.
    pub fn feed_failed(&self, feed: &str) {
        self.feed_ran(feed, FeedResult::Failed);
    }

    fn feed_ran(&self, feed: &str, result: FeedResult) {
        let run = FeedRun {
            feed: feed.to_owned(),
            result,
        };
        self.0.feed_runs.get_or_create(&run).inc();
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "interactions",
            "Interactions, by command and how they ended",
            self.0.interactions.clone(),
        );
        registry.register_with_unit(
            "answer",
            "How long working an answer out took",
            Unit::Seconds,
            self.0.answer.clone(),
        );
        registry.register(
            "deliveries",
            "Answers sent to Discord with a request of their own, by how that ended",
            self.0.deliveries.clone(),
        );
        registry.register_with_unit(
            "delivery",
            "How long such a request took, a second try included",
            Unit::Seconds,
            self.0.delivery.clone(),
        );
        registry.register(
            "gateway_shards",
            "Shards of this process, by whether they are connected",
            self.0.shards.clone(),
        );
        registry.register(
            "gateway_sessions",
            "How often a shard was connected, with a new session or the one that it had",
            self.0.sessions.clone(),
        );
        registry.register(
            "feed_runs",
            "Runs of a feed of listings, by how they ended",
            self.0.feed_runs.clone(),
        );
        registry.register(
            "feed_listings",
            "Listings that a feed has",
            self.0.feed_listings.clone(),
        );
        registry.register_with_unit(
            "feed_last_success_timestamp",
            "When a feed last brought its listings, in seconds since 1970",
            Unit::Seconds,
            self.0.feed_success.clone(),
        );
    }
}
