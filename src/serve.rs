//! `waymark serve`: the bot on Discord, and what runs beside it.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::commands::service::Service;
use crate::config::Config;
use crate::discord;
use crate::feeds::import::Importer;
use crate::feeds::merge::Outcome;
use crate::feeds::schedule;
use crate::knowledge::watch::Watcher;
use crate::operations::lifecycle::Lifecycle;
use crate::operations::metrics::Metrics;
use crate::operations::pages;
use crate::operations::signals::Hangups;
use crate::operations::state::State;

/// Why `serve` ends other than by being asked to. The message is for who runs it.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The process cannot listen for signals.
    #[error("cannot listen for signals: {0}")]
    Signals(std::io::Error),
    /// The address for `/healthz`, `/readyz` and `/metrics` is not to be had.
    #[error("cannot listen on {address} ({cause}): choose another `operations.listen`")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        cause: std::io::Error,
    },
    /// The knowledge folder cannot be watched.
    #[error("cannot watch the knowledge folder: {0}")]
    Watch(std::io::Error),
    /// What keeps the bot from running on Discord.
    #[error(transparent)]
    Discord(#[from] discord::ServeError),
}

/// Runs the bot until SIGINT or SIGTERM, then finishes the replies under way; a second signal ends the process at once.
///
/// Beside it the feeds run on their schedule, where there is somebody who runs them.
///
/// # Errors
/// What keeps the bot from running.
pub async fn serve(
    config: Config,
    service: Service,
    importer: Option<Importer>,
) -> Result<(), ServeError> {
    let settings = &config.operations;
    let lifecycle = Lifecycle::new(settings.drain_delay, settings.stop_limit);
    lifecycle.follow_signals().map_err(ServeError::Signals)?;
    let metrics = Metrics::default();
    if let Some(address) = settings.listen {
        let state = State {
            store: Arc::clone(service.store()),
            lifecycle: lifecycle.clone(),
        };
        let address = pages::serve(address, &metrics, state)
            .await
            .map_err(|cause| ServeError::Listen { address, cause })?;
        tracing::info!(%address, "listening for /healthz, /readyz and /metrics");
    }
    let hangups = Hangups::listen().map_err(ServeError::Signals)?;
    let store = service.store();
    let watcher = Watcher::start(Arc::clone(store), config.watch).map_err(ServeError::Watch)?;
    let watcher = Arc::new(watcher);
    tokio::spawn(reload_on(hangups, Arc::clone(&watcher)));
    if let Some(importer) = importer {
        let feeds = config.feeds;
        let store = Arc::clone(store);
        let metrics = metrics.clone();
        tokio::spawn(async move {
            let ran = |outcome: &Outcome| count(&metrics, outcome);
            schedule::run(importer, feeds, store, ran, || watcher.ask()).await;
        });
    }
    discord::serve(&config.discord, service, &lifecycle, &metrics).await?;
    Ok(())
}

/// Counts a run of a feed.
fn count(metrics: &Metrics, outcome: &Outcome) {
    let feed = outcome.feed.as_str();
    match &outcome.result {
        Ok(report) => metrics.feed_taken(feed, report.brought.listings, report.brought.at),
        Err(_) => metrics.feed_failed(feed),
    }
}

/// Has the knowledge loaded again at every SIGHUP. Never ends.
async fn reload_on(mut hangups: Hangups, watcher: Arc<Watcher>) {
    loop {
        hangups.next().await;
        watcher.ask();
    }
}
