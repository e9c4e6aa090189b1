//! SIGINT and SIGTERM.

use std::io;

/// Waits for the signals that end the process.
pub struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    /// Takes the signals over from the system's defaults.
    ///
    /// # Errors
    /// The system does not allow it.
    #[cfg(unix)]
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Takes the signals over from the system's defaults.
    ///
    /// # Errors
    /// None on this system.
    #[cfg(not(unix))]
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for one.
    #[cfg(unix)]
    pub async fn stop(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// Waits for one.
    #[cfg(not(unix))]
    pub async fn stop(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }

    /// Ends the process at the next one.
    pub fn exit_on_the_next(mut self) {
        /// What a shell reports for a program that SIGINT ended.
        const INTERRUPTED: i32 = 130;
        tokio::spawn(async move {
            self.stop().await;
            std::process::exit(INTERRUPTED);
        });
    }
}
