//! Sending answers to Discord's REST interface
//! ([Receiving and Responding](https://docs.discord.com/developers/interactions/receiving-and-responding)).
//!
//! These routes need no bot token and are outside the global rate limit. The log gets the interaction's id, never its
//! token or what was asked.

use std::time::{Duration, Instant};

use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use jiff::Timestamp;

use super::http::{Answer, Call, Http, HttpError, Refusal};
use super::received::Ticket;
use super::respond::{Finish, Then};
use crate::operations::metrics::{self, Metrics};

const TIMEOUT: Duration = Duration::from_secs(5);
/// Where Discord asks for a longer pause, its deadline for a reply is over.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// Before what follows is tried again, where Discord does not have the first response yet; it doubles with each.
const NOT_YET_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_NOT_YET_PAUSE: Duration = Duration::from_secs(4);

/// How a request to Discord ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Discord took it.
    Done,
    /// Discord found the body wrong: another body may do.
    BodyRefused(Refusal),
    /// Discord does not have the first response yet.
    NotYet,
    /// It is lost; the log says why.
    Lost,
}

/// Sends answers.
pub struct Callbacks {
    http: Http,
    metrics: Metrics,
}

impl Callbacks {
    /// Answers through this client.
    pub fn new(http: Http) -> Self {
        Self {
            http,
            metrics: Metrics::default(),
        }
    }

    /// The same, counting into these.
    pub fn with_metrics(mut self, metrics: Metrics) -> Self {
        self.metrics = metrics;
        self
    }

    /// The first response to an interaction.
    pub async fn respond(&self, ticket: &Ticket, body: Bytes) -> Delivery {
        let path = format!("/interactions/{}/{}/callback", ticket.id, ticket.token);
        self.deliver(ticket.id, Method::POST, &path, body).await
    }

    /// Does what follows a first response that Discord has taken.
    pub async fn follow(&self, ticket: &Ticket, then: Then) {
        let finish = match then {
            Then::Nothing => return,
            Then::Remove => Finish::Remove,
            Then::Work(work) => tokio::task::spawn_blocking(move || work.run(Timestamp::now()))
                .await
                .unwrap_or_else(|cause| Finish::failure(&cause.to_string())),
        };
        let delivery = match finish {
            Finish::Edit(body) => self.finish(ticket, Method::PATCH, body).await,
            Finish::Remove => self.finish(ticket, Method::DELETE, Bytes::new()).await,
        };
        if delivery == Delivery::NotYet {
            tracing::warn!(
                interaction = ticket.id,
                "Discord never had the first response"
            );
        }
    }

    /// Edits or removes the response; after a press that was only seen, the pressed message. A response that was
    /// given over HTTP may still be on its way.
    async fn finish(&self, ticket: &Ticket, method: Method, body: Bytes) -> Delivery {
        let path = original(ticket);
        let mut pause = NOT_YET_PAUSE;
        loop {
            let sent = self.deliver(ticket.id, method.clone(), &path, body.clone());
            let delivery = sent.await;
            if delivery != Delivery::NotYet || pause > LONGEST_NOT_YET_PAUSE {
                return delivery;
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    async fn deliver(&self, id: u64, method: Method, path: &str, body: Bytes) -> Delivery {
        let start = Instant::now();
        let delivery = self.send_insistently(id, method, path, body).await;
        let result = match delivery {
            Delivery::Done => metrics::Delivery::Done,
            Delivery::BodyRefused(_) => metrics::Delivery::Refused,
            // Tried again, and counted then.
            Delivery::NotYet => return delivery,
            Delivery::Lost => metrics::Delivery::Lost,
        };
        self.metrics.delivery(result, start.elapsed());
        delivery
    }

    /// Sends, and once more where that may help: answering twice does no harm, Discord refuses the second.
    async fn send_insistently(&self, id: u64, method: Method, path: &str, body: Bytes) -> Delivery {
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
    const UNKNOWN_WEBHOOK: u32 = 10015;
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
    if code == UNKNOWN_WEBHOOK {
        return Delivery::NotYet;
    }
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
