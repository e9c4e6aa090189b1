//! The bot on Discord: the only folder that names serenity.
//!
//! - [`interaction`], [`received`]: an interaction's JSON -> what the service takes.
//! - [`respond`]: what to answer, apart from how it is sent; [`body`]: as which bytes.
//! - [`remembered`]: responses that were given already, for as long as they stay true.
//! - [`gateway`]: the shards, and what happens to an event; [`convert`]: an interaction as serenity reads it.
//! - [`connected`]: which shards are connected.
//! - [`endpoint`]: interactions as HTTP requests.
//! - [`callback`]: the requests that send an answer.
//! - [`register`]: the command table as Discord keeps it.
//! - [`rest`]: the routes that need the bot's token; [`http`]: the one client below all of it.

mod body;
mod callback;
mod connected;
mod convert;
mod endpoint;
mod error;
mod gateway;
mod http;
mod interaction;
mod received;
mod register;
mod remembered;
mod respond;
mod rest;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

pub use error::ServeError;
pub use interaction::Unreadable;
pub use received::Ticket;
pub use register::{Change, Definition, Outcome, Registered, definitions};
pub use respond::{Finish, Responder, Response, Then, Work};

use crate::commands::ModeratorPolicy;
use crate::commands::service::Service;
use crate::config::{Discord, Mode, Secret, ShardRange, Shards};
use crate::operations::lifecycle::Lifecycle;
use crate::operations::metrics::Metrics;
use callback::Callbacks;
use gateway::{Bot, Connection, End};
use http::Http;
use rest::{Gateway, Rest};

/// How long replies under way may take once the gateway has closed for good.
const CLOSED_LIMIT: Duration = Duration::from_secs(10);

/// Runs the bot until it is asked to stop, then finishes the replies under way.
///
/// # Errors
/// What keeps the bot from running: the message is for who runs it.
pub async fn serve(
    settings: &Discord,
    service: Service,
    lifecycle: &Lifecycle,
    metrics: &Metrics,
) -> Result<(), ServeError> {
    let moderators = &settings.moderators;
    if moderators.home_servers.is_empty() && *moderators != ModeratorPolicy::default() {
        tracing::warn!("moderators are configured, but no home server: /knowledge runs nowhere");
    }
    let responder = Responder::new(Arc::new(service)).with_metrics(metrics.clone());
    let http = Http::new(&settings.api_url);
    let callbacks = Callbacks::new(http.clone()).with_metrics(metrics.clone());
    match &settings.mode {
        Mode::Gateway => {
            let bot = Arc::new(Bot::new(responder, callbacks, metrics.clone()));
            tokio::select! {
                prepared = prepare(settings, http) => {
                    run(settings, prepared?, bot, lifecycle, metrics).await
                }
                _ = lifecycle.stopping() => Ok(()),
            }
        }
        Mode::Endpoint(endpoint) => {
            endpoint::serve(settings, endpoint, http, responder, callbacks, lifecycle).await
        }
    }
}

/// Registers the commands where Discord has others.
///
/// # Errors
/// What keeps them from being registered: the message is for who runs the bot.
pub async fn register(settings: &Discord) -> Result<Registered, ServeError> {
    let token = settings.token.read()?;
    let rest = Rest::new(Http::new(&settings.api_url), settings, &token)?;
    let application = rest.application().await?;
    register::apply(&rest, application, &settings.moderators.home_servers).await
}

/// What Discord said before the gateway is touched.
struct Prepared {
    token: Secret,
    rest: Rest,
    application: u64,
    gateway: Gateway,
    shards: ShardRange,
}

async fn prepare(settings: &Discord, http: Http) -> Result<Prepared, ServeError> {
    let token = settings.token.read()?;
    let rest = Rest::new(http, settings, &token)?;
    let application = rest.application().await?;
    let gateway = rest.gateway().await?;
    let shards = choose_shards(settings.shards, &gateway)?;
    Ok(Prepared {
        token,
        rest,
        application,
        gateway,
        shards,
    })
}

/// The shards to run, where Discord lets the bot start as many sessions.
fn choose_shards(wanted: Shards, gateway: &Gateway) -> Result<ShardRange, ServeError> {
    let shards = match wanted {
        Shards::Range(range) => range,
        Shards::Auto => ShardRange {
            first: 0,
            last: gateway.shards.saturating_sub(1),
            total: gateway.shards,
        },
    };
    if shards.total < gateway.shards {
        let (total, recommended) = (shards.total, gateway.shards);
        tracing::warn!(total, recommended, "Discord recommends more shards");
    }
    let limit = &gateway.session_start_limit;
    if limit.remaining < shards.count() {
        return Err(ServeError::NoSessionsLeft {
            remaining: limit.remaining,
            needed: shards.count(),
            wait: Duration::from_millis(limit.reset_after),
        });
    }
    Ok(shards)
}

async fn run(
    settings: &Discord,
    prepared: Prepared,
    bot: Arc<Bot>,
    lifecycle: &Lifecycle,
    metrics: &Metrics,
) -> Result<(), ServeError> {
    let Prepared {
        token,
        rest,
        application,
        gateway,
        shards,
    } = prepared;
    let ShardRange { first, last, total } = shards;
    tracing::info!(application, first, last, total, "connecting");
    let connection = Connection {
        gateway: &gateway.url,
        shards,
        token: &token,
        api_url: &settings.api_url,
    };
    let mut shards = gateway::Shards::start(&connection, &bot);
    let runners = shards.runners();
    let all = connection.shards.count() as usize;
    let ended = tokio::select! {
        end = shards.run(&bot) => Ok(end),
        never = register_beside(settings, Some(&rest), Some(application)) => match never {},
        never = connected::tell(runners, all, lifecycle, metrics) => match never {},
        deadline = lifecycle.stopping() => Err(deadline),
    };
    let end = match ended {
        Ok(end) => end,
        Err(deadline) => {
            shards.close(deadline).await;
            finish(&bot, deadline).await;
            return Ok(());
        }
    };
    finish(&bot, Instant::now() + CLOSED_LIMIT).await;
    Err(match end {
        End::TokenRefused => rest.token_refused(),
        End::NotReady(limit) => ServeError::NotReady {
            gateway: gateway.url,
            limit,
        },
        End::Closed(cause) => ServeError::Closed(cause),
    })
}

/// Registers the commands while the bot answers: those that are registered already work meanwhile, and whoever runs
/// many replicas may have registered them otherwise. Never ends.
async fn register_beside(
    settings: &Discord,
    rest: Option<&Rest>,
    application: Option<u64>,
) -> Infallible {
    if let Some(rest) = rest.filter(|_| settings.register) {
        let registered = async {
            let application = match application {
                Some(application) => application,
                None => rest.application().await?,
            };
            let home_servers = &settings.moderators.home_servers;
            register::apply(rest, application, home_servers).await
        };
        match registered.await {
            Ok(registered) => log_registered(&registered),
            Err(error) => tracing::error!("the commands could not be registered: {error}"),
        }
    }
    std::future::pending().await
}

fn log_registered(registered: &Registered) {
    for line in registered.to_string().lines() {
        tracing::info!("{line}");
    }
    for (server, outcome) in &registered.servers {
        if *outcome == Outcome::NotInServer {
            tracing::warn!(server, "the moderators' commands could not be registered");
        }
    }
}

async fn finish(bot: &Bot, deadline: Instant) {
    let finished = tokio::time::timeout_at(deadline, bot.finish_replies()).await;
    if finished.is_err() {
        tracing::warn!("not every reply under way could be finished");
    }
}
