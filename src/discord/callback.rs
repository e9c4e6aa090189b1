//! Answering interactions
//! ([Receiving and Responding](https://docs.discord.com/developers/interactions/receiving-and-responding)).
//!
//! A reply is written once into a byte buffer and sent as it is. These routes need no bot token and are outside the
//! global rate limit. The log gets the interaction's id, never its token or what was asked.

use std::time::Duration;

use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use serde::Serialize;

use super::convert::Ticket;
use super::http::{Answer, Call, Http, HttpError, Refusal};
use crate::commands::service::Suggestion;
use crate::reply::message::EPHEMERAL;
use crate::reply::{Reply, Visibility, limits};

const TIMEOUT: Duration = Duration::from_secs(5);
/// Where Discord asks for a longer pause, its deadline for a reply is over.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// What most replies take.
const REPLY_BYTES: usize = 4096;

const MESSAGE: u8 = 4;
const DEFERRED_MESSAGE: u8 = 5;
const DEFERRED_UPDATE: u8 = 6;
const UPDATE: u8 = 7;
const SUGGESTIONS: u8 = 8;

#[derive(Serialize)]
struct Response<T> {
    #[serde(rename = "type")]
    kind: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
}

#[derive(Serialize)]
struct Flags {
    flags: u32,
}

#[derive(Serialize)]
struct Choices<'a> {
    choices: Vec<Choice<'a>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    name: &'a str,
    value: &'a str,
}

/// A new message.
pub fn show(reply: &Reply) -> Bytes {
    respond(MESSAGE, Some(reply.message()))
}

/// A message in the place of the pressed one. Who sees it was settled when that was sent.
pub fn update(mut reply: Reply) -> Bytes {
    reply.visibility = Visibility::Public;
    respond(UPDATE, Some(reply.message()))
}

/// A message in the place of a deferred one.
pub fn edit(mut reply: Reply) -> Bytes {
    reply.visibility = Visibility::Public;
    json(&reply.message())
}

/// "Waymark is thinking…", for the asker alone.
pub fn defer() -> Bytes {
    respond(DEFERRED_MESSAGE, Some(Flags { flags: EPHEMERAL }))
}

/// The press is seen; what happens to the message follows.
pub fn acknowledge() -> Bytes {
    respond::<()>(DEFERRED_UPDATE, None)
}

/// Suggestions for the option that is being typed.
pub fn suggestions(suggestions: &[Suggestion]) -> Bytes {
    let choices = suggestions
        .iter()
        .take(limits::SUGGESTIONS)
        .map(|suggestion| Choice {
            name: &suggestion.name,
            value: &suggestion.value,
        })
        .collect();
    respond(SUGGESTIONS, Some(Choices { choices }))
}

fn respond<T: Serialize>(kind: u8, data: Option<T>) -> Bytes {
    json(&Response { kind, data })
}

fn json<T: Serialize>(value: &T) -> Bytes {
    let mut buffer = Vec::with_capacity(REPLY_BYTES);
    serde_json::to_writer(&mut buffer, value).expect("a reply is texts, numbers and lists of them");
    Bytes::from(buffer)
}

/// How a request to Discord ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Discord took it.
    Done,
    /// Discord found the body wrong: another body may do.
    BodyRefused(Refusal),
    /// It is lost; the log says why.
    Lost,
}

/// Sends answers.
pub struct Callbacks {
    http: Http,
}

impl Callbacks {
    /// Answers through this client.
    pub fn new(http: Http) -> Self {
        Self { http }
    }

    /// The first response to an interaction.
    pub async fn respond(&self, ticket: &Ticket, body: Bytes) -> Delivery {
        let path = format!("/interactions/{}/{}/callback", ticket.id, ticket.token);
        self.deliver(ticket.id, Method::POST, &path, body).await
    }

    /// Puts a message in the place of the response.
    pub async fn edit(&self, ticket: &Ticket, body: Bytes) -> Delivery {
        let path = original(ticket);
        self.deliver(ticket.id, Method::PATCH, &path, body).await
    }

    /// Takes the response away; after [`acknowledge`] the pressed message.
    pub async fn remove(&self, ticket: &Ticket) -> Delivery {
        let path = original(ticket);
        self.deliver(ticket.id, Method::DELETE, &path, Bytes::new())
            .await
    }

    /// Sends, and once more where that may help: answering twice does no harm, Discord refuses the second.
    async fn deliver(&self, id: u64, method: Method, path: &str, body: Bytes) -> Delivery {
        let first = self.send(method.clone(), path, body.clone()).await;
        let pause = match &first {
            Err(HttpError::Connection(_)) => Duration::ZERO,
            Ok(answer) if answer.status.is_server_error() => Duration::ZERO,
            Ok(answer) if answer.status == StatusCode::TOO_MANY_REQUESTS => {
                answer.retry_after.unwrap_or(LONGEST_PAUSE)
            }
            _ => return judge(id, first),
        };
        if pause > LONGEST_PAUSE {
            return judge(id, first);
        }
        tokio::time::sleep(pause).await;
        judge(id, self.send(method, path, body).await)
    }

    async fn send(&self, method: Method, path: &str, body: Bytes) -> Result<Answer, HttpError> {
        let call = Call {
            method,
            path,
            authorization: None,
            body,
            timeout: TIMEOUT,
        };
        self.http.send(call).await
    }
}

fn original(ticket: &Ticket) -> String {
    let Ticket {
        application, token, ..
    } = ticket;
    format!("/webhooks/{application}/{token}/messages/@original")
}

/// Logs what went wrong.
fn judge(id: u64, result: Result<Answer, HttpError>) -> Delivery {
    /// Too late, or answered by another process.
    const UNKNOWN_INTERACTION: u32 = 10062;
    const ALREADY_ACKNOWLEDGED: u32 = 40060;
    let answer = match result {
        Ok(answer) if answer.status.is_success() => return Delivery::Done,
        Ok(answer) => answer,
        Err(cause) => {
            tracing::warn!(interaction = id, %cause, "an answer did not reach Discord");
            return Delivery::Lost;
        }
    };
    let status = answer.status.as_u16();
    let Refusal { code, message } = answer.refusal();
    if matches!(code, UNKNOWN_INTERACTION | ALREADY_ACKNOWLEDGED) {
        tracing::debug!(interaction = id, code, "{message}");
        return Delivery::Lost;
    }
    tracing::warn!(
        interaction = id,
        status,
        code,
        "Discord refused an answer: {message}"
    );
    match answer.status {
        StatusCode::BAD_REQUEST => Delivery::BodyRefused(Refusal { code, message }),
        _ => Delivery::Lost,
    }
}
