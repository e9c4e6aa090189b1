//! Answers as the bytes that Discord is sent
//! ([Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object)).
//!
//! A reply is written once into a byte buffer and sent as it is, over whichever transport.

use hyper::body::Bytes;
use serde::Serialize;

use crate::commands::service::Suggestion;
use crate::reply::message::EPHEMERAL;
use crate::reply::{Reply, Visibility, limits};

/// What most replies take.
const REPLY_BYTES: usize = 4096;

const PONG: u8 = 1;
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

/// Waymark is there.
pub fn pong() -> Bytes {
    respond::<()>(PONG, None)
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
