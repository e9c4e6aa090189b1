//! How long a connection may keep the endpoint waiting.
//!
//! hyper has one time limit for the head of a request, and counts the wait for the next request in. A proxy keeps
//! connections open for a minute and more, and a client that sends its head a byte at a time must not have as long:
//! so the two are told apart here.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// From the first byte of a request to the end of its head.
const HEAD_LIMIT: Duration = Duration::from_secs(10);
/// Without a request. Longer than proxies keep unused connections (nginx and AWS 60 s), so that they close first.
const IDLE_LIMIT: Duration = Duration::from_secs(75);
/// How often a connection is looked at.
const CHECKED_EVERY: Duration = Duration::from_secs(2);

/// What a connection does.
#[derive(Clone, Copy)]
enum Phase {
    /// Nothing, since then.
    Idle(Instant),
    /// Sends the head of a request, since then.
    Head(Instant),
    /// Waits for an answer, or speaks HTTP/2, where requests overlap: hyper's pings find the dead ones.
    Busy,
}

/// The clock of one connection.
#[derive(Clone)]
pub struct Clock(Arc<Mutex<Phase>>);

impl Clock {
    /// A clock for a new connection.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Phase::Idle(Instant::now()))))
    }

    /// The head of a request is there.
    pub fn request_begins(&self) {
        self.set(Phase::Busy);
    }

    /// A request is answered, and no other is under way on the connection.
    pub fn request_ends(&self) {
        self.set(Phase::Idle(Instant::now()));
    }

    /// Waits until the connection has kept the endpoint waiting for too long.
    pub async fn is_late(&self) {
        loop {
            tokio::time::sleep(CHECKED_EVERY).await;
            let (since, limit) = match *self.phase() {
                Phase::Idle(since) => (since, IDLE_LIMIT),
                Phase::Head(since) => (since, HEAD_LIMIT),
                Phase::Busy => continue,
            };
            if since.elapsed() > limit {
                return;
            }
        }
    }

    fn bytes_came(&self) {
        let mut phase = self.phase();
        if matches!(*phase, Phase::Idle(_)) {
            *phase = Phase::Head(Instant::now());
        }
    }

    fn set(&self, phase: Phase) {
        *self.phase() = phase;
    }

    fn phase(&self) -> std::sync::MutexGuard<'_, Phase> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that tells its clock when bytes come.
pub struct Timed {
    stream: TcpStream,
    clock: Clock,
}

impl Timed {
    /// A connection and its clock.
    pub fn new(stream: TcpStream, clock: Clock) -> Self {
        Self { stream, clock }
    }
}

impl AsyncRead for Timed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.clock.bytes_came();
        }
        polled
    }
}

impl AsyncWrite for Timed {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
