//! One pooled HTTP client for everything that is sent to Discord.
//!
//! It speaks HTTP/2 where the server does, so that a burst of replies needs one connection, and has a time limit on
//! every request. serenity's own client is not used: it keeps an entry for every interaction for ever.

use std::error::Error;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT};
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// The version of Discord's interface
/// ([API Versioning](https://docs.discord.com/developers/reference#api-versioning)).
const VERSION: &str = "/api/v10";
/// What Discord asks for ([User Agent](https://docs.discord.com/developers/reference#user-agent)).
const AGENT: &str = concat!("DiscordBot (waymark, ", env!("CARGO_PKG_VERSION"), ")");
/// The largest answer: all commands of an application, with room to spare.
const ANSWER_BYTES: usize = 4 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const IDLE_TIMEOUT: Duration = Duration::from_secs(600);
const IDLE_CONNECTIONS: usize = 64;
/// How often an open HTTP/2 connection is tried, so that one that has silently died is not used for long.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// The client.
#[derive(Debug, Clone)]
pub struct Http {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    base: String,
}

/// A request; `path` starts with a slash and stands after the interface's version.
pub struct Call<'a> {
    /// The method.
    pub method: Method,
    /// What comes after the version.
    pub path: &'a str,
    /// The bot's token, where the route needs it.
    pub authorization: Option<&'a HeaderValue>,
    /// JSON; empty for none.
    pub body: Bytes,
    /// How long it may take.
    pub timeout: Duration,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// How long Discord wants to be left alone.
    pub retry_after: Option<Duration>,
    /// The body.
    pub body: Bytes,
}

/// Why nothing came back. Never names the path, which may hold an interaction's token.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address makes no sense.
    #[error("not a valid address")]
    Address,
    /// No connection, or one that broke.
    #[error("{}", root_cause(.0.as_ref()))]
    Connection(Box<dyn Error + Send + Sync>),
    /// It took too long.
    #[error("no answer within {} s", .0.as_secs())]
    TimedOut(Duration),
}

impl Http {
    /// A client for the host at this address (scheme, host, port).
    pub fn new(api_url: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .http2_keep_alive_while_idle(true)
            .build(connector);
        Self {
            client,
            base: format!("{api_url}{VERSION}"),
        }
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn send(&self, call: Call<'_>) -> Result<Answer, HttpError> {
        let timeout = call.timeout;
        let request = self.request(call)?;
        tokio::time::timeout(timeout, async {
            let response = self
                .client
                .request(request)
                .await
                .map_err(|cause| HttpError::Connection(Box::new(cause)))?;
            read(response).await
        })
        .await
        .unwrap_or(Err(HttpError::TimedOut(timeout)))
    }

    fn request(&self, call: Call<'_>) -> Result<Request<Full<Bytes>>, HttpError> {
        let address = [self.base.as_str(), call.path].concat();
        let uri = Uri::try_from(address).map_err(|_| HttpError::Address)?;
        let has_body = !call.body.is_empty();
        let mut request = Request::new(Full::new(call.body));
        *request.method_mut() = call.method;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        if has_body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(authorization) = call.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        Ok(request)
    }
}

async fn read(response: Response<Incoming>) -> Result<Answer, HttpError> {
    let (head, body) = response.into_parts();
    let retry_after = head
        .headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let body = if body.is_end_stream() {
        Bytes::new()
    } else {
        Limited::new(body, ANSWER_BYTES)
            .collect()
            .await
            .map_err(HttpError::Connection)?
            .to_bytes()
    };
    Ok(Answer {
        status: head.status,
        retry_after,
        body,
    })
}

impl Answer {
    /// What Discord says about a refusal: its own code and message, else the status
    /// ([Error Codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json)).
    pub fn refusal(&self) -> Refusal {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| Refusal {
            code: 0,
            message: self
                .status
                .canonical_reason()
                .unwrap_or("no reason given")
                .to_owned(),
        })
    }
}

/// Discord's words for a refusal.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Refusal {
    /// Discord's code; 0 where it gave none.
    #[serde(default)]
    pub code: u32,
    /// In words.
    pub message: String,
}

/// The last of a chain of errors: "Connection refused" rather than "client error (Connect)".
fn root_cause(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
