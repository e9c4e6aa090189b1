//! The HTTP interactions endpoint: Discord sends each interaction as a request, and the response answers it
//! ([Setting Up an Endpoint](https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint)).
//!
//! It stands on hyper itself: there is one path, and what a listener on the open network needs (a limit for
//! connections, time limits, a stop that finishes what came) is not in what axum serves with. HTTP/1.1 and HTTP/2
//! without TLS are spoken; TLS is for the proxy before it.
//!
//! - [`request`]: only what Discord signed goes further.
//! - [`connection`]: how long a connection may keep the endpoint waiting.

mod connection;
mod request;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use jiff::Timestamp;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use super::callback::Callbacks;
use super::error::ServeError;
use super::http::Http;
use super::register_beside;
use super::respond::{Responder, Then};
use super::rest::Rest;
use crate::config::{self, Discord, PublicKey};
use crate::operations::lifecycle::{Lifecycle, Readiness};
use connection::{Clock, Timed};
use request::{PATH, Refusal, Signed};

/// Connections at once: below the 1,024 files that a process may open by default. More wait until one ends.
const CONNECTIONS: usize = 768;
/// The head of a request: Discord's are below 1 KB, proxies add some.
const HEAD_BYTES: usize = 16 << 10;
/// Requests at once on one HTTP/2 connection.
const STREAMS: u32 = 256;
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// After the listener could not take a connection (no more files).
const PAUSE: Duration = Duration::from_millis(100);

/// Answers what comes to the endpoint until the process is asked to stop, then finishes what came.
///
/// # Errors
/// It cannot listen where it should, or has no token to register commands with.
pub async fn serve(
    settings: &Discord,
    endpoint: &config::Endpoint,
    http: Http,
    responder: Responder,
    callbacks: Callbacks,
    lifecycle: &Lifecycle,
) -> Result<(), ServeError> {
    let rest = if settings.register {
        let token = settings.token.read().map_err(ServeError::TokenToRegister)?;
        Some(Rest::new(http, settings, &token)?)
    } else {
        None
    };
    let cannot = |cause| ServeError::Listen {
        address: endpoint.listen,
        cause,
    };
    let door = Door::open(endpoint.listen).await.map_err(cannot)?;
    let address = door.address().map_err(cannot)?;
    let endpoint = Arc::new(Endpoint {
        responder,
        callbacks,
        public_key: endpoint.public_key.clone(),
        lifecycle: lifecycle.clone(),
        follow_ups: TaskTracker::new(),
    });
    tracing::info!("listening on http://{address}{PATH}");
    lifecycle.set_serving(true);
    let deadline = tokio::select! {
        never = door.serve(&endpoint) => match never {},
        never = register_beside(settings, rest.as_ref(), None) => match never {},
        deadline = lifecycle.stopping() => deadline,
    };
    let finished = tokio::time::timeout_at(deadline, async {
        door.close(&endpoint).await;
        endpoint.finish().await;
    });
    if finished.await.is_err() {
        tracing::warn!("not every reply under way could be finished");
    }
    Ok(())
}

/// Answers requests.
struct Endpoint {
    responder: Responder,
    callbacks: Callbacks,
    public_key: PublicKey,
    lifecycle: Lifecycle,
    /// What follows first responses.
    follow_ups: TaskTracker,
}

/// The endpoint's place on the network.
struct Door {
    listener: TcpListener,
    server: Builder<TokioExecutor>,
    connections: Arc<Semaphore>,
    open: GracefulShutdown,
}

impl Door {
    /// Takes the place.
    ///
    /// # Errors
    /// It is taken, or not this machine's.
    pub async fn open(listen: SocketAddr) -> io::Result<Self> {
        let mut server = Builder::new(TokioExecutor::new());
        server
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(None)
            .max_buf_size(HEAD_BYTES);
        server
            .http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(PING_INTERVAL)
            .keep_alive_timeout(PING_TIMEOUT)
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(HEAD_BYTES as u32);
        Ok(Self {
            listener: TcpListener::bind(listen).await?,
            server,
            connections: Arc::new(Semaphore::new(CONNECTIONS)),
            open: GracefulShutdown::new(),
        })
    }

    /// Where it is; the port is known even where any would do.
    ///
    /// # Errors
    /// The system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Takes connections, for ever.
    pub async fn serve(&self, endpoint: &Arc<Endpoint>) -> Infallible {
        loop {
            if let Err(cause) = self.take(endpoint).await {
                tracing::warn!(%cause, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Takes no more connections than those that wait now, and waits until the requests that came are answered.
    pub async fn close(self, endpoint: &Arc<Endpoint>) {
        while let Some(Ok(())) = self.take(endpoint).now_or_never() {}
        drop(self.listener);
        self.open.shutdown().await;
    }

    async fn take(&self, endpoint: &Arc<Endpoint>) -> io::Result<()> {
        let permit = Arc::clone(&self.connections).acquire_owned().await;
        let (stream, _) = self.listener.accept().await?;
        let connection = self.connection(stream, Arc::clone(endpoint));
        tokio::spawn(async move {
            connection.await;
            drop(permit);
        });
        Ok(())
    }

    fn connection(
        &self,
        stream: TcpStream,
        endpoint: Arc<Endpoint>,
    ) -> impl Future<Output = ()> + use<> {
        // Answers are small and go out at once; where the system refuses, they come a little later.
        drop(stream.set_nodelay(true));
        let clock = Clock::new();
        let io = TokioIo::new(Timed::new(stream, clock.clone()));
        let server = self.server.clone();
        let watcher = self.open.watcher();
        async move {
            let service = {
                let clock = clock.clone();
                service_fn(move |request: Request<Incoming>| {
                    let endpoint = Arc::clone(&endpoint);
                    let clock = clock.clone();
                    async move {
                        clock.request_begins();
                        let overlap = request.version() == Version::HTTP_2;
                        let response = endpoint.answer(request).await;
                        if !overlap {
                            clock.request_ends();
                        }
                        Ok::<_, Infallible>(response)
                    }
                })
            };
            let connection = server.serve_connection(io, service).into_owned();
            // A connection that breaks, or is too slow, has nobody left to tell.
            tokio::select! {
                _ended = watcher.watch(connection) => {}
                () = clock.is_late() => {}
            }
        }
    }
}

impl Endpoint {
    /// Waits until everything that follows the responses given so far is done.
    pub async fn finish(&self) {
        self.follow_ups.close();
        self.follow_ups.wait().await;
    }

    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let now = Timestamp::now();
        let overlap = request.version() == Version::HTTP_2;
        let drains = self.lifecycle.readiness() == Readiness::Draining;
        let response = request::read(request, &self.public_key, now)
            .await
            .and_then(|signed| self.respond(&signed, now));
        let mut response = match response {
            Ok(first) => {
                let mut response = Response::new(Full::new(first));
                let json = HeaderValue::from_static("application/json");
                response.headers_mut().insert(CONTENT_TYPE, json);
                response
            }
            Err(refusal) => refused(refusal),
        };
        if drains && !overlap {
            // So that the proxy sends its next request elsewhere, and none is on its way when the connection ends.
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(CONNECTION, close);
        }
        response
    }

    /// The first response; what follows it begins.
    fn respond(self: Arc<Self>, signed: &Signed, now: Timestamp) -> Result<Bytes, Refusal> {
        let response = self
            .responder
            .respond(signed.body(), now)
            .map_err(|_| Refusal::NoInteraction)?;
        if !matches!(response.then, Then::Nothing) {
            let endpoint = Arc::clone(&self);
            self.follow_ups.spawn(async move {
                let callbacks = &endpoint.callbacks;
                callbacks.follow(&response.ticket, response.then).await;
            });
        }
        Ok(response.first)
    }
}

fn refused(refusal: Refusal) -> Response<Full<Bytes>> {
    match refusal {
        Refusal::Stale => tracing::warn!(
            "Discord's signature is more than five minutes from this machine's time: check the clock"
        ),
        _ => tracing::debug!("a request was refused: {refusal}"),
    }
    let mut response = Response::new(Full::from(format!("{refusal}\n")));
    *response.status_mut() = refusal.status();
    let headers = response.headers_mut();
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    headers.insert(CONTENT_TYPE, text);
    if refusal == Refusal::Method {
        headers.insert(ALLOW, HeaderValue::from_static("POST"));
    }
    response
}
