//! The connection to Discord's gateway, through serenity, and what happens to every event that comes from it.
//!
//! The shards are started on serenity's shard manager itself: its client would first ask for the gateway's address on
//! its own, and fall back to Discord's where that fails. Only the raw event handler is used, since serenity gives that
//! one alone the events that it could not read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value as Json;
use serenity::all::{
    Context, Event, GatewayError, GatewayIntents, HttpBuilder, RawEventHandler, ShardManager,
    ShardManagerOptions,
};
use serenity::async_trait;
use serenity::futures::StreamExt as _;
use serenity::prelude::{Mutex, RwLock, TypeMap};
use tokio::sync::{Notify, Semaphore};
use tokio::time::Instant;

use super::callback::{Callbacks, Delivery};
use super::connected::Runners;
use super::convert::convert;
use super::interaction::{Interaction, Unreadable};
use super::respond::{Responder, Response, failure};
use crate::config::{Secret, ShardRange};
use crate::operations::metrics::{Connected, Metrics};

/// How long the first shard may take until it is ready.
const READY_LIMIT: Duration = Duration::from_secs(60);
/// Replies under way at once: a burst over HTTP/1.1 must not run out of file descriptors.
const REPLIES: u32 = 256;

/// The address of the gateway and the shards to run there.
pub struct Connection<'a> {
    /// Where the gateway is.
    pub gateway: &'a str,
    /// The shards of this process.
    pub shards: ShardRange,
    /// The bot's token.
    pub token: &'a Secret,
    /// Where REST is, for serenity; it is never asked.
    pub api_url: &'a str,
}

/// Answers what comes from the gateway.
pub struct Bot {
    responder: Responder,
    callbacks: Callbacks,
    metrics: Metrics,
    /// One permit for each reply under way.
    replies: Semaphore,
    ready: Notify,
    unknown: AtomicU64,
}

impl Bot {
    /// A bot that sends the answers of this responder.
    pub fn new(responder: Responder, callbacks: Callbacks, metrics: Metrics) -> Self {
        Self {
            responder,
            callbacks,
            metrics,
            replies: Semaphore::new(REPLIES as usize),
            ready: Notify::new(),
            unknown: AtomicU64::new(0),
        }
    }

    /// Waits until every reply under way is finished, and lets no other begin.
    pub async fn finish_replies(&self) {
        // Permits are given in the order in which they were asked for.
        let _all = self.replies.acquire_many(REPLIES).await;
    }

    async fn answer(&self, interaction: Interaction<'_>) {
        let Ok(_permit) = self.replies.acquire().await else {
            return;
        };
        let response = self.responder.respond_to(interaction, Timestamp::now());
        let Response {
            ticket,
            first,
            then,
        } = response;
        match self.callbacks.respond(&ticket, first).await {
            Delivery::Done => self.callbacks.follow(&ticket, then).await,
            Delivery::BodyRefused(refusal) => {
                let cause = format!("Discord refused the reply: {}", refusal.message);
                self.callbacks.respond(&ticket, failure(&cause)).await;
            }
            Delivery::NotYet | Delivery::Lost => {}
        }
    }

    /// Answers an interaction that serenity could not read.
    async fn answer_unread(&self, interaction: &Json) {
        match Interaction::from_value(interaction) {
            Ok(interaction) => self.answer(interaction).await,
            Err(Unreadable) => self.count_unknown("interaction"),
        }
    }

    fn count_unknown(&self, what: &str) {
        let count = self.unknown.fetch_add(1, Ordering::Relaxed) + 1;
        tracing::warn!(count, "Discord sent an unknown {what}");
    }
}

struct Events(Arc<Bot>);

#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, _: Context, event: Event) {
        match event {
            Event::InteractionCreate(created) => {
                self.0.answer(convert(&created.interaction)).await;
            }
            // Comes again with every new session.
            Event::Ready(event) => {
                let shard = event.ready.shard.map(|shard| shard.id.get());
                let servers = event.ready.guilds.len();
                tracing::info!(shard, servers, "ready");
                self.0.metrics.session(Connected::Ready);
                self.0.ready.notify_one();
            }
            Event::Resumed(_) => {
                tracing::info!("resumed");
                self.0.metrics.session(Connected::Resumed);
            }
            Event::Unknown(unknown) if unknown.kind == "INTERACTION_CREATE" => {
                self.0.answer_unread(&unknown.value).await;
            }
            Event::Unknown(unknown) => self.0.count_unknown(&format!("event {}", unknown.kind)),
            _ => {}
        }
    }
}

/// Why the shards run no more.
#[derive(Debug)]
pub enum End {
    /// Discord does not take the token.
    TokenRefused,
    /// No shard was ready within this time.
    NotReady(Duration),
    /// The gateway closed for good, and said why.
    Closed(String),
}

/// The shards of this process, connected until [`Shards::close`].
pub struct Shards {
    manager: Arc<ShardManager>,
    ended: serenity::futures::channel::mpsc::UnboundedReceiver<Result<(), GatewayError>>,
}

impl Shards {
    /// Starts the shards one after the other; what they receive goes to the bot.
    pub fn start(connection: &Connection<'_>, bot: &Arc<Bot>) -> Self {
        let http = HttpBuilder::new(connection.token.expose())
            .proxy(connection.api_url)
            .ratelimiter_disabled(true)
            .build();
        let (manager, ended) = ShardManager::new(ShardManagerOptions {
            data: Arc::new(RwLock::new(TypeMap::new())),
            event_handlers: Vec::new(),
            raw_event_handlers: vec![Arc::new(Events(Arc::clone(bot)))],
            shard_index: connection.shards.first,
            shard_init: connection.shards.count(),
            shard_total: connection.shards.total,
            ws_url: Arc::new(Mutex::new(connection.gateway.to_owned())),
            http: Arc::new(http),
            intents: GatewayIntents::empty(),
            presence: None,
        });
        // It only fills a queue; its Result is always Ok.
        let _queued = manager.initialize();
        Self { manager, ended }
    }

    /// The shards that run now.
    pub fn runners(&self) -> Runners {
        Arc::clone(&self.manager.runners)
    }

    /// Runs until the gateway closes for good, or no shard is let in.
    pub async fn run(&mut self, bot: &Bot) -> End {
        let mut ended = self.ended.next();
        let ended = tokio::select! {
            ended = &mut ended => ended,
            ready = tokio::time::timeout(READY_LIMIT, bot.ready.notified()) => match ready {
                Ok(()) => ended.await,
                Err(_) => return End::NotReady(READY_LIMIT),
            },
        };
        match ended {
            Some(Err(GatewayError::InvalidAuthentication)) => End::TokenRefused,
            Some(Err(cause)) => End::Closed(cause.to_string()),
            Some(Ok(())) | None => End::Closed("its shards were stopped".to_owned()),
        }
    }

    /// Closes the shards, so that nothing new comes in. Gives up at the deadline.
    pub async fn close(&self, deadline: Instant) {
        let closed = tokio::time::timeout_at(deadline, self.manager.shutdown_all()).await;
        if closed.is_err() {
            tracing::warn!("not every shard could be closed in time");
        }
    }
}
