//! The gateway websocket, as <https://docs.discord.com/developers/events/gateway> tells it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::loopback::{APPLICATION, Hub, World};
use super::people::{HOME_SERVER, OTHER_SERVER};

const HEARTBEAT: u64 = 1;
const IDENTIFY: u64 = 2;
const PRESENCE_UPDATE: u64 = 3;
const RESUME: u64 = 6;
/// How many events a session remembers for a resume.
const REMEMBERED: usize = 128;

/// What a client did.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    Connected,
    Identify {
        intents: Value,
        shard: Value,
    },
    Resume {
        session: String,
    },
    Heartbeat,
    /// It closed the connection, with this code.
    Closed(Option<u16>),
    /// The connection ended without a close frame.
    Lost,
    /// It was not let in ([`super::loopback::Loopback::refuse_upgrades`]).
    Refused,
    /// An opcode that needs no answer.
    Other(u64),
}

/// A session, which outlives its connections.
pub struct Session {
    pub shard: (u32, u32),
    pub link: Option<Link>,
    sequence: u64,
    events: VecDeque<(u64, Utf8Bytes)>,
}

/// A way to one connection's task.
#[derive(Clone)]
pub struct Link {
    outgoing: mpsc::UnboundedSender<Outgoing>,
}

enum Outgoing {
    Text(Utf8Bytes),
    Close(u16),
    Drop,
}

impl Link {
    // A connection that has just ended takes nothing more; its client will come again.

    pub fn text(&self, text: Utf8Bytes) {
        drop(self.outgoing.send(Outgoing::Text(text)));
    }

    pub fn close(&self, code: u16) {
        drop(self.outgoing.send(Outgoing::Close(code)));
    }

    pub fn drop_socket(&self) {
        drop(self.outgoing.send(Outgoing::Drop));
    }
}

impl Session {
    fn new(shard: (u32, u32), link: Link) -> Self {
        Self {
            shard,
            link: Some(link),
            sequence: 0,
            events: VecDeque::new(),
        }
    }

    pub fn is_connected(&self) -> bool {
        self.link.is_some()
    }

    /// Sends an event now, or when the session is resumed.
    pub fn dispatch(&mut self, event: &str, data: &str) {
        self.sequence += 1;
        let sequence = self.sequence;
        let frame = format!(r#"{{"op":0,"s":{sequence},"t":"{event}","d":{data}}}"#);
        let frame = Utf8Bytes::from(frame);
        if self.events.len() == REMEMBERED {
            self.events.pop_front();
        }
        self.events.push_back((sequence, frame.clone()));
        if let Some(link) = &self.link {
            link.text(frame);
        }
    }

    /// Takes a new connection and sends it what came after `sequence`; false where that is forgotten.
    fn resume(&mut self, link: Link, sequence: u64) -> bool {
        let first = self.events.front().map_or(1, |(first, _)| *first);
        if sequence + 1 < first || sequence > self.sequence {
            return false;
        }
        for (_, frame) in self.events.iter().filter(|(sent, _)| *sent > sequence) {
            link.text(frame.clone());
        }
        self.link = Some(link);
        self.dispatch("RESUMED", r#"{"_trace":[]}"#);
        true
    }
}

/// Takes a websocket.
pub(super) async fn connect(
    State(hub): State<Arc<Hub>>,
    RawQuery(query): RawQuery,
    upgrade: WebSocketUpgrade,
) -> Response {
    let refused = hub.state.with(|world| {
        let query = query.unwrap_or_default();
        if !query.split('&').any(|part| part == "v=10") {
            let complaint = format!("the gateway was asked for {query:?}, not version 10");
            world.complaints.push(complaint);
        }
        if world.faults.refuse_upgrades {
            world.heard.push(Heard::Refused);
        }
        world.faults.refuse_upgrades
    });
    if refused {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade.on_upgrade(|socket| async move {
        let (outgoing, queue) = mpsc::unbounded_channel();
        let connection = Connection {
            hub,
            link: Link { outgoing },
            session: None,
        };
        connection.run(socket, queue).await;
    })
}

struct Connection {
    hub: Arc<Hub>,
    link: Link,
    session: Option<String>,
}

impl Connection {
    async fn run(mut self, mut socket: WebSocket, mut queue: mpsc::UnboundedReceiver<Outgoing>) {
        let interval = self.hub.state.with(|world| {
            world.heard.push(Heard::Connected);
            world.heartbeat_interval_ms
        });
        let hello = json!({"op": 10, "d": {"heartbeat_interval": interval, "_trace": []}});
        self.link.text(hello.to_string().into());
        let end = loop {
            tokio::select! {
                outgoing = queue.recv() => match outgoing {
                    Some(Outgoing::Text(text)) => {
                        if socket.send(Message::Text(text)).await.is_err() {
                            break Heard::Lost;
                        }
                    }
                    Some(Outgoing::Close(code)) => break close(&mut socket, code).await,
                    Some(Outgoing::Drop) | None => break Heard::Lost,
                },
                incoming = socket.recv() => match incoming {
                    Some(Ok(Message::Text(text))) => self.take(&text),
                    Some(Ok(Message::Binary(_))) => self.link.close(4002),
                    Some(Ok(Message::Close(frame))) => {
                        break Heard::Closed(frame.map(|frame| frame.code));
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Err(_)) | None => break Heard::Lost,
                },
            }
        };
        self.leave(end);
    }

    /// Takes what the client sent.
    fn take(&mut self, text: &str) {
        let Ok(frame) = serde_json::from_str::<Value>(text) else {
            return self.link.close(4002);
        };
        let data = &frame["d"];
        match frame["op"].as_u64() {
            Some(HEARTBEAT) => self.heartbeat(),
            Some(IDENTIFY) if self.session.is_some() => self.link.close(4005),
            Some(IDENTIFY) => self.identify(data),
            Some(RESUME) => self.resume(data),
            Some(_) if self.session.is_none() => self.link.close(4003),
            Some(op @ PRESENCE_UPDATE) => self.hear(Heard::Other(op)),
            _ => self.link.close(4001),
        }
    }

    fn hear(&self, heard: Heard) {
        self.hub.state.with(|world| world.heard.push(heard));
    }

    fn heartbeat(&self) {
        let ignored = self.hub.state.with(|world| {
            world.heard.push(Heard::Heartbeat);
            world.faults.ignore_heartbeats
        });
        if !ignored {
            self.link.text(json!({"op": 11}).to_string().into());
        }
    }

    fn identify(&mut self, data: &Value) {
        let outcome = self.hub.state.with(|world| {
            world.heard.push(Heard::Identify {
                intents: data["intents"].clone(),
                shard: data["shard"].clone(),
            });
            let shard = check_identify(world, data)?;
            world.sessions_left -= 1;
            let id = format!("session-{}", world.new_id());
            let mut session = Session::new(shard, self.link.clone());
            let ready = ready(&self.hub, shard, &id);
            session.dispatch("READY", &ready.to_string());
            world.shards.insert(shard.0, id.clone());
            world.sessions.insert(id.clone(), session);
            Ok(id)
        });
        match outcome {
            Ok(id) => self.session = Some(id),
            Err(code) => self.link.close(code),
        }
    }

    fn resume(&mut self, data: &Value) {
        let id = data["session_id"].as_str().unwrap_or_default().to_owned();
        let outcome = self.hub.state.with(|world| {
            world.heard.push(Heard::Resume {
                session: id.clone(),
            });
            if !is_token(world, data) {
                return Err(());
            }
            let forgotten = std::mem::take(&mut world.faults.forget_sessions);
            let sequence = data["seq"].as_u64().unwrap_or(u64::MAX);
            let resumed = !forgotten
                && world
                    .sessions
                    .get_mut(&id)
                    .is_some_and(|session| session.resume(self.link.clone(), sequence));
            if !resumed {
                world.sessions.remove(&id);
            }
            Ok(resumed)
        });
        match outcome {
            Ok(true) => self.session = Some(id),
            Ok(false) => self
                .link
                .text(json!({"op": 9, "d": false}).to_string().into()),
            Err(()) => self.link.close(4004),
        }
    }

    /// Ends the connection; closing it with 1000 or 1001 ends the session too.
    fn leave(self, end: Heard) {
        self.hub.state.with(|world| {
            if let Some(id) = self.session {
                if matches!(end, Heard::Closed(Some(1000 | 1001))) {
                    world.sessions.remove(&id);
                } else if let Some(session) = world.sessions.get_mut(&id) {
                    let own = |link: &Link| link.outgoing.same_channel(&self.link.outgoing);
                    session.link = session.link.take().filter(|link| !own(link));
                }
            }
            world.heard.push(end);
        });
    }
}

/// Closes with a code, and waits a moment for the client to do so too.
async fn close(socket: &mut WebSocket, code: u16) -> Heard {
    let frame = CloseFrame {
        code,
        reason: Utf8Bytes::default(),
    };
    let closed = socket.send(Message::Close(Some(frame))).await.is_ok();
    let goodbye = async { while let Some(Ok(_)) = socket.recv().await {} };
    if closed {
        drop(tokio::time::timeout(Duration::from_secs(2), goodbye).await);
    }
    Heard::Lost
}

/// Discord also takes the token as the `Authorization` header has it, which is how serenity sends it.
fn is_token(world: &World, data: &Value) -> bool {
    let given = data["token"].as_str().unwrap_or_default();
    given.strip_prefix("Bot ").unwrap_or(given) == world.token
}

/// The shard that may start a session, or the close code.
fn check_identify(world: &World, data: &Value) -> Result<(u32, u32), u16> {
    if let Some(code) = world.faults.refuse_identify {
        return Err(code);
    }
    if !is_token(world, data) {
        return Err(4004);
    }
    if !data["properties"].is_object() {
        return Err(4002);
    }
    if data["intents"].as_u64().is_none() {
        return Err(4013);
    }
    if world.sessions_left == 0 {
        return Err(4004);
    }
    let shard = |place: usize| data["shard"][place].as_u64().map(|number| number as u32);
    match (&data["shard"], shard(0), shard(1)) {
        (Value::Null, ..) => Ok((0, 1)),
        (_, Some(id), Some(total)) if id < total => Ok((id, total)),
        _ => Err(4010),
    }
}

fn ready(hub: &Hub, shard: (u32, u32), session: &str) -> Value {
    let guild = |id: u64| json!({"id": id.to_string(), "unavailable": true});
    json!({
        "v": 10,
        "user": user(),
        "guilds": [guild(HOME_SERVER), guild(OTHER_SERVER)],
        "private_channels": [],
        "presences": [],
        "relationships": [],
        "user_settings": {},
        "session_type": "normal",
        "session_id": session,
        "resume_gateway_url": format!("ws://{}", hub.address),
        "shard": [shard.0, shard.1],
        "application": {"id": APPLICATION.to_string(), "flags": 0},
        "geo_ordered_rtc_regions": [],
        "auth": {},
        "_trace": [],
    })
}

/// The bot's own user.
pub(super) fn user() -> Value {
    json!({
        "id": APPLICATION.to_string(),
        "username": "Waymark",
        "discriminator": "0001",
        "global_name": null,
        "avatar": null,
        "banner": null,
        "accent_color": null,
        "bot": true,
        "mfa_enabled": true,
        "verified": true,
        "email": null,
        "flags": 0,
        "public_flags": 0,
    })
}
