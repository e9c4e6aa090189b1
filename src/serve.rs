//! `waymark serve`: the bot on Discord, and what runs beside it.

use crate::commands::service::Service;
use crate::config::Config;
use crate::discord;
use crate::operations::lifecycle::Lifecycle;

/// Why `serve` ends other than by being asked to. The message is for who runs it.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The process cannot listen for signals.
    #[error("cannot listen for signals: {0}")]
    Signals(std::io::Error),
    /// What keeps the bot from running on Discord.
    #[error(transparent)]
    Discord(#[from] discord::ServeError),
}

/// Runs the bot until SIGINT or SIGTERM, then finishes the replies under way; a second signal ends the process at once.
///
/// # Errors
/// What keeps the bot from running.
pub async fn serve(config: Config, service: Service) -> Result<(), ServeError> {
    let settings = &config.operations;
    let lifecycle = Lifecycle::new(settings.drain_delay, settings.stop_limit);
    lifecycle.follow_signals().map_err(ServeError::Signals)?;
    discord::serve(&config.discord, service, &lifecycle).await?;
    Ok(())
}
