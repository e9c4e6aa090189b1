//! How a process starts to answer, and how it ends: not ready at once, still answering for a moment, then only
//! finishing what came, then gone.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::signals::{Ending, Signals};

/// What a shell reports for a program that SIGINT ended.
const INTERRUPTED: i32 = 130;

/// How far the process is. Every part of it holds a clone.
#[derive(Debug, Clone)]
pub struct Lifecycle(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    serving: AtomicBool,
    stage: watch::Sender<Stage>,
    drain_delay: Duration,
    stop_limit: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Running,
    /// Asked to stop; what still comes is answered as before.
    Draining,
    /// Nothing new is taken in; what came is to be finished by this moment.
    Stopping(Instant),
}

/// Whether a load balancer should send anything here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It should.
    Ready,
    /// Discord, or whoever sends, is not connected (yet, or just now).
    NotServing,
    /// The process is about to end.
    Draining,
}

impl Lifecycle {
    /// A process that does not serve yet. Asked to stop, it answers for `drain_delay` more, and then has `stop_limit` to
    /// finish what came.
    pub fn new(drain_delay: Duration, stop_limit: Duration) -> Self {
        Self(Arc::new(Shared {
            serving: AtomicBool::new(false),
            stage: watch::Sender::new(Stage::Running),
            drain_delay,
            stop_limit,
        }))
    }

    /// Tells whether the transport takes questions: it listens, or a shard is connected.
    pub fn set_serving(&self, serving: bool) {
        self.0.serving.store(serving, Ordering::Relaxed);
    }

    /// Whether a load balancer should send anything here.
    pub fn readiness(&self) -> Readiness {
        match *self.0.stage.borrow() {
            Stage::Running if self.0.serving.load(Ordering::Relaxed) => Readiness::Ready,
            Stage::Running => Readiness::NotServing,
            Stage::Draining | Stage::Stopping(_) => Readiness::Draining,
        }
    }

    /// Waits until nothing new may be taken in; gives the moment by which what came must be finished.
    pub async fn stopping(&self) -> Instant {
        let mut stage = self.0.stage.subscribe();
        loop {
            if let Stage::Stopping(deadline) = *stage.borrow_and_update() {
                return deadline;
            }
            if stage.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Begins to stop: at once, or after the delay for which load balancers still send.
    pub async fn stop(&self, delayed: bool) {
        let waits = delayed && self.0.serving.load(Ordering::Relaxed);
        if waits && !self.0.drain_delay.is_zero() {
            let seconds = self.0.drain_delay.as_secs();
            tracing::info!(seconds, "draining: not ready any more, still answering");
            self.0.stage.send_replace(Stage::Draining);
            tokio::time::sleep(self.0.drain_delay).await;
        }
        tracing::info!("stopping");
        let deadline = Instant::now() + self.0.stop_limit;
        self.0.stage.send_replace(Stage::Stopping(deadline));
    }

    /// Takes the signals over from the system's defaults: the first SIGTERM or SIGINT begins to stop, SIGINT without a
    /// delay, since nobody balances load to a program at a terminal; the second ends the process at once.
    ///
    /// # Errors
    /// The system does not allow it.
    pub fn follow_signals(&self) -> io::Result<()> {
        let mut signals = Signals::listen()?;
        let lifecycle = self.clone();
        tokio::spawn(async move {
            let ending = signals.ending().await;
            tokio::spawn(async move { lifecycle.stop(ending == Ending::Terminate).await });
            signals.ending().await;
            std::process::exit(INTERRUPTED);
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DELAY: Duration = Duration::from_secs(5);
    const LIMIT: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn a_process_is_ready_while_it_serves_and_not_any_more_once_asked_to_stop() {
        let lifecycle = Lifecycle::new(DELAY, LIMIT);
        assert_eq!(lifecycle.readiness(), Readiness::NotServing);
        lifecycle.set_serving(true);
        assert_eq!(lifecycle.readiness(), Readiness::Ready);
        lifecycle.set_serving(false);
        assert_eq!(lifecycle.readiness(), Readiness::NotServing);
        lifecycle.set_serving(true);

        let asked = Instant::now();
        let stopper = tokio::spawn({
            let lifecycle = lifecycle.clone();
            async move { lifecycle.stop(true).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(lifecycle.readiness(), Readiness::Draining);
        let deadline = lifecycle.stopping().await;
        assert_eq!(asked.elapsed(), DELAY);
        assert_eq!(deadline, asked + DELAY + LIMIT);
        assert_eq!(lifecycle.readiness(), Readiness::Draining);
        stopper.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_waited_for_where_nobody_sends() {
        let not_serving = Lifecycle::new(DELAY, LIMIT);
        let interrupted = Lifecycle::new(DELAY, LIMIT);
        interrupted.set_serving(true);
        let asked = Instant::now();
        not_serving.stop(true).await;
        interrupted.stop(false).await;
        assert_eq!(asked.elapsed(), Duration::ZERO);
        assert_eq!(not_serving.stopping().await, asked + LIMIT);
        assert_eq!(interrupted.stopping().await, asked + LIMIT);
    }
}
