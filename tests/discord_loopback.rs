//! The loopback Discord itself: a bare websocket and bare HTTP speak to it, so that what the other tests prove stands.

mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};
use support::gateway::Heard;
use support::interactions::{Interaction, Reply};
use support::loopback::{APPLICATION, Failure, Loopback, token};
use support::people::{HOME_SERVER, IAN, Place, VOLTY};
use support::watch::PATIENCE;
use tungstenite::{Message, WebSocket};

#[test]
fn a_client_identifies_and_is_ready() {
    let discord = Loopback::unrecorded();
    let mut client = Client::connect(&discord);
    let ready = client.identify(&token());
    assert_eq!(ready["t"], "READY");
    assert_eq!(ready["s"], 1);
    assert_eq!(ready["d"]["application"]["id"], APPLICATION.to_string());
    assert_eq!(ready["d"]["shard"], json!([0, 1]));
    assert_eq!(
        discord.heard(),
        [
            Heard::Connected,
            Heard::Identify {
                intents: json!(0),
                shard: json!([0, 1])
            }
        ]
    );
}

#[test]
fn heartbeats_are_acknowledged() {
    let discord = Loopback::unrecorded();
    let mut client = Client::connect(&discord);
    client.send(&json!({"op": 1, "d": null}));
    assert_eq!(client.read(), json!({"op": 11}));
}

#[test]
fn what_a_client_must_not_do_closes_the_connection_with_its_code() {
    let discord = Loopback::unrecorded();
    let wrong_token = json!({"op": 2, "d": identity("wrong")});
    let mut bad_shard = json!({"op": 2, "d": identity(&token())});
    bad_shard["d"]["shard"] = json!([3, 2]);
    let mut no_intents = json!({"op": 2, "d": identity(&token())});
    no_intents["d"]["intents"] = Value::Null;
    for (frame, code) in [
        (wrong_token, 4004),
        (bad_shard, 4010),
        (no_intents, 4013),
        (json!({"op": 3, "d": {}}), 4003),
        (
            json!({"op": 6, "d": {"token": "wrong", "session_id": "none", "seq": 0}}),
            4004,
        ),
    ] {
        let mut client = Client::connect(&discord);
        client.send(&frame);
        assert_eq!(client.close_code(), code, "{frame}");
    }
    let mut client = Client::connect(&discord);
    client.socket.send(Message::text("{")).expect("sent");
    assert_eq!(client.close_code(), 4002);
}

#[test]
fn a_resumed_session_gets_what_it_missed() {
    let discord = Loopback::unrecorded();
    let mut client = Client::connect(&discord);
    let session = client.identify(&token())["d"]["session_id"].clone();
    discord.drop_socket();
    client.wait_end();
    discord.dispatch("MISSED", &json!({}));
    let mut client = Client::connect(&discord);
    client.send(&json!({"op": 6, "d": {"token": token(), "session_id": session, "seq": 1}}));
    assert_eq!(client.read()["t"], "MISSED");
    assert_eq!(
        client.read(),
        json!({"op": 0, "s": 3, "t": "RESUMED", "d": {"_trace": []}})
    );
}

#[test]
fn a_forgotten_session_is_invalid() {
    let discord = Loopback::unrecorded();
    let mut client = Client::connect(&discord);
    let session = client.identify(&token())["d"]["session_id"].clone();
    discord.drop_socket();
    client.wait_end();
    discord.forget_sessions();
    let mut client = Client::connect(&discord);
    client.send(&json!({"op": 6, "d": {"token": token(), "session_id": session, "seq": 1}}));
    assert_eq!(client.read(), json!({"op": 9, "d": false}));
}

#[test]
fn an_interaction_is_answered_once_and_only_by_its_own_token() {
    let discord = Loopback::unrecorded();
    let mut client = Client::connect(&discord);
    client.identify(&token());
    let asked = Interaction::command(IAN, "help", &[]);
    discord.send(&asked);
    let event = client.read();
    assert_eq!(event["t"], "INTERACTION_CREATE");
    assert_eq!(event["d"], asked.json);

    let callback = |token: &str| format!("/interactions/{}/{token}/callback", asked.id());
    let body = json!({"type": 4, "data": message("Hello")});
    let http = Http::to(&discord);
    assert_eq!(
        http.send("POST", &callback("wrong"), &body),
        (
            404,
            json!({"message": "Unknown interaction", "code": 10062})
        )
    );
    assert_eq!(
        http.send("POST", &callback(asked.token()), &body),
        (204, Value::Null)
    );
    assert_eq!(
        http.send("POST", &callback(asked.token()), &body),
        (
            400,
            json!({"message": "Interaction has already been acknowledged.", "code": 40060})
        )
    );
    assert_eq!(
        discord.reply_to(&asked),
        Reply {
            kind: 4,
            message: message("Hello"),
            removed: false,
            asker: IAN.user
        }
    );
}

#[test]
fn a_deferred_answer_is_waited_for_and_a_message_can_be_removed() {
    let discord = Loopback::unrecorded();
    let mut client = Client::connect(&discord);
    client.identify(&token());
    let asked = Interaction::command(IAN, "knowledge status", &[]);
    discord.send(&asked);
    let http = Http::to(&discord);
    let callback = format!("/interactions/{}/{}/callback", asked.id(), asked.token());
    let original = format!(
        "/webhooks/{APPLICATION}/{}/messages/@original",
        asked.token()
    );
    assert_eq!(
        http.send("PATCH", &original, &message("Too early")).1["code"],
        10_015
    );
    http.send(
        "POST",
        &callback,
        &json!({"type": 5, "data": {"flags": 64}}),
    );
    assert_eq!(http.send("PATCH", &original, &message("Later")).0, 200);
    let reply = discord.reply_to(&asked);
    assert_eq!((reply.title(), reply.is_private()), ("Later", true));
    assert_eq!(http.send("DELETE", &original, &Value::Null).0, 204);
    assert!(discord.reply_to(&asked).removed);
    assert_eq!(
        http.send("DELETE", &original, &Value::Null).1["code"],
        10_008
    );
}

#[test]
fn rest_knows_its_routes_and_its_token() {
    let discord = Loopback::unrecorded();
    let http = Http::to(&discord);
    assert_eq!(
        http.send("GET", "/users/@me", &Value::Null).1["id"],
        APPLICATION.to_string()
    );
    assert_eq!(http.send("GET", "/applications/@me", &Value::Null).0, 200);
    assert_eq!(
        http.send("GET", "/gateway/bot", &Value::Null).1["session_start_limit"]["remaining"],
        1000
    );
    let stranger = Http {
        token: "wrong".to_owned(),
        ..http
    };
    assert_eq!(
        stranger.send("GET", "/users/@me", &Value::Null),
        (401, json!({"message": "401: Unauthorized", "code": 0}))
    );
    assert_eq!(stranger.send("GET", "/gateway", &Value::Null).0, 200);
    let http = Http::to(&discord);
    assert_eq!(
        http.send("GET", "/nothing", &Value::Null),
        (404, json!({"message": "404: Not Found", "code": 0}))
    );
    let strange_guild = format!("/applications/{APPLICATION}/guilds/1/commands");
    assert_eq!(
        http.send("GET", &strange_guild, &Value::Null).1["code"],
        50_001
    );
    assert_eq!(
        discord.take_complaints(),
        ["GET nothing: no such route here"]
    );
}

#[test]
fn commands_are_stored_as_discord_stores_them() {
    let discord = Loopback::unrecorded();
    let http = Http::to(&discord);
    let path = format!("/applications/{APPLICATION}/commands");
    let given = json!([{
        "name": "career",
        "description": "One career",
        "contexts": [0, 1, 2],
        "integration_types": [0, 1],
        "options": [{"type": 3, "name": "career", "description": "Which", "required": false, "autocomplete": true}],
    }]);
    let (status, stored) = http.send("PUT", &path, &given);
    assert_eq!(status, 200);
    let id = stored[0]["id"].clone();
    assert_eq!(
        stored[0]["options"],
        json!([{"type": 3, "name": "career", "description": "Which", "autocomplete": true}])
    );
    assert_eq!(http.send("PUT", &path, &given).1[0]["id"], id);
    assert_eq!(http.send("GET", &path, &Value::Null).1[0]["id"], id);
    assert_eq!(discord.commands(None).len(), 1);
    let home = format!("/applications/{APPLICATION}/guilds/{HOME_SERVER}/commands");
    assert_eq!(http.send("GET", &home, &Value::Null), (200, json!([])));
}

#[test]
fn faults_answer_in_place_of_the_right_answer_as_often_as_asked() {
    let discord = Loopback::unrecorded();
    discord.fail(Failure::internal("GET /users", 1));
    let http = Http::to(&discord);
    assert_eq!(http.send("GET", "/users/@me", &Value::Null).0, 500);
    assert_eq!(http.send("GET", "/users/@me", &Value::Null).0, 200);
}

#[test]
fn what_discord_would_refuse_is_complained_about() {
    let discord = Loopback::unrecorded();
    let mut client = Client::connect(&discord);
    client.identify(&token());
    let http = Http::to(&discord);
    let mut pings = message("Hello");
    pings["allowed_mentions"] = json!({"parse": ["users"]});
    let twice = json!({"type": 2, "style": 1, "label": "Twice", "custom_id": "same"});
    let mut twins = message("Hello");
    twins["components"] = json!([{"type": 1, "components": [twice, twice]}]);
    for (data, complaint) in [
        (message(&"x".repeat(257)), "TitleTooLarge"),
        (pings, "may ping"),
        (twins, "two controls"),
        (json!({"allowed_mentions": {"parse": []}}), "says nothing"),
    ] {
        let asked = Interaction::command(IAN, "help", &[]);
        discord.send(&asked);
        let path = format!("/interactions/{}/{}/callback", asked.id(), asked.token());
        http.send("POST", &path, &json!({"type": 4, "data": data}));
        let complaints = discord.take_complaints();
        assert!(
            matches!(&complaints[..], [one] if one.contains(complaint)),
            "{complaint}: {complaints:?}"
        );
    }
    let asked = Interaction::autocomplete(IAN, "career", &[], "career", "x");
    discord.send(&asked);
    let path = format!("/interactions/{}/{}/callback", asked.id(), asked.token());
    http.send("POST", &path, &json!({"type": 4, "data": message("Hello")}));
    assert_eq!(discord.take_complaints().len(), 1);
}

#[test]
fn a_pressed_control_stands_under_the_message_of_its_asker() {
    let reply = Reply {
        kind: 4,
        message: message("Hello"),
        removed: false,
        asker: IAN.user,
    };
    for place in [
        Place::Server(HOME_SERVER),
        Place::BotsDirectMessages,
        Place::PrivateChannel,
    ] {
        let pressed = Interaction::press(VOLTY.at(place), &reply, "x0").json;
        let user = match place {
            Place::Server(_) => &pressed["member"]["user"]["id"],
            _ => &pressed["user"]["id"],
        };
        assert_eq!(*user, VOLTY.user.to_string());
        assert_eq!(
            pressed["message"]["interaction_metadata"]["user"]["id"],
            IAN.user.to_string()
        );
        assert_eq!(
            pressed["message"]["embeds"],
            json!([{"title": "Hello", "type": "rich"}])
        );
        let read: Result<twilight_model::application::interaction::Interaction, _> =
            serde_json::from_value(pressed);
        assert!(read.is_ok(), "{read:?}");
    }
}

fn message(title: &str) -> Value {
    json!({"embeds": [{"title": title}], "allowed_mentions": {"parse": []}})
}

fn identity(token: &str) -> Value {
    json!({"token": token, "intents": 0, "shard": [0, 1], "properties": {"os": "linux"}})
}

/// A bare websocket.
struct Client {
    socket: WebSocket<TcpStream>,
}

impl Client {
    fn connect(discord: &Loopback) -> Self {
        let stream = TcpStream::connect(discord.address()).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        let url = format!("ws://{}/?v=10&encoding=json", discord.address());
        let (socket, _) = tungstenite::client(url, stream).expect("it upgrades");
        let mut client = Self { socket };
        assert_eq!(client.read()["op"], 10);
        client
    }

    fn send(&mut self, frame: &Value) {
        let frame = Message::text(frame.to_string());
        self.socket.send(frame).expect("it is sent");
    }

    fn read(&mut self) -> Value {
        let frame = self.socket.read().expect("a frame");
        serde_json::from_str(frame.to_text().expect("text")).expect("JSON")
    }

    fn identify(&mut self, token: &str) -> Value {
        self.send(&json!({"op": 2, "d": identity(token)}));
        self.read()
    }

    fn close_code(&mut self) -> u16 {
        match self.socket.read() {
            Ok(Message::Close(Some(frame))) => frame.code.into(),
            other => panic!("not closed with a code: {other:?}"),
        }
    }

    fn wait_end(&mut self) {
        assert!(self.socket.read().is_err());
    }
}

/// A bare HTTP client, a connection a request.
struct Http {
    address: SocketAddr,
    token: String,
}

impl Http {
    fn to(discord: &Loopback) -> Self {
        Self {
            address: discord.address(),
            token: token(),
        }
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let (address, token, length) = (self.address, &self.token, body.len());
        let request = format!(
            "{method} /api/v10{path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bot {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        let body = match body {
            "" => Value::Null,
            body => serde_json::from_str(body).expect("JSON"),
        };
        (status.expect("a status"), body)
    }
}
