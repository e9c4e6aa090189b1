//! `waymark serve` as an HTTP interactions endpoint: what it lets in, what it answers, and how it stops.

mod support;

use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use support::bot::{Bot, Setup};
use support::endpoint::{Connection, PATH, Request, seconds_from_now, signature, signing_key};
use support::interactions::{self, Interaction, Reply};
use support::loopback::{Loopback, token};
use support::people::{IAN, MODERATOR, Person, Place, VOLTY};
use waymark::commands::{Audience, COMMANDS};

const PONG: &[u8] = br#"{"type":1}"#;
const SHOW: u64 = 4;
const DEFER: u64 = 5;
const DEFER_UPDATE: u64 = 6;
/// What the endpoint takes at once.
const CONNECTIONS: usize = 768;
/// How long the head or the body of a request may take, and how often that is looked at.
const SLOWEST: Duration = Duration::from_secs(10);
const LOOKED_AT: Duration = Duration::from_secs(2);

/// An endpoint that listens, and its Discord.
struct Stage {
    discord: Loopback,
    bot: Bot,
    address: SocketAddr,
}

impl Stage {
    fn new(name: &str) -> Self {
        Self::with(name, |setup| setup)
    }

    fn with(name: &str, change: impl FnOnce(Setup) -> Setup) -> Self {
        let discord = Loopback::start(name);
        let bot = change(Setup::endpoint(&discord)).start();
        let address = bot.wait_listening();
        Self {
            discord,
            bot,
            address,
        }
    }

    fn connect(&self) -> Connection {
        Connection::open(self.address)
    }

    fn ask(&self, interaction: &Interaction) -> Reply {
        self.discord.ask_endpoint(self.address, interaction)
    }

    fn line(&self, person: Person, typed: &str) -> Reply {
        self.ask(&Interaction::line(person, typed))
    }

    /// The status and the text of what a request gets on a connection of its own.
    fn told(&self, request: &Request) -> (u16, String) {
        let response = self.connect().ask(request);
        (response.status, response.text().trim_end().to_owned())
    }

    fn stop(self) {
        self.bot.stop();
    }
}

fn ping() -> Vec<u8> {
    let shape = interactions::documented("ping");
    let shape = shape.unwrap_or_else(
        || json!({"id": "1", "application_id": "2", "type": 1, "token": "t", "version": 1}),
    );
    shape.to_string().into_bytes()
}

fn help() -> Vec<u8> {
    Interaction::line(IAN, "/help")
        .json
        .to_string()
        .into_bytes()
}

// Starting.

#[test]
fn it_listens_without_a_token_and_asks_discord_for_nothing() {
    let stage = Stage::new("endpoint_starts");
    let response = stage.connect().ask(&Request::signed(ping()));
    assert_eq!((response.status, &response.body[..]), (200, PONG));
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert!(stage.discord.requests().is_empty());
    assert!(stage.discord.heard().is_empty());
    stage.stop();
}

#[test]
fn it_registers_the_commands_where_it_has_a_token() {
    let stage = Stage::with("endpoint_registers", |setup| {
        setup
            .environment("DISCORD_TOKEN", &token())
            .without("WAYMARK_DISCORD__REGISTER")
    });
    stage.discord.wait_commands(None);
    assert_eq!(stage.told(&Request::signed(ping())).0, 200);
    assert!(stage.discord.heard().is_empty());
    stage.stop();
}

#[test]
fn it_answers_while_discord_refuses_its_token() {
    let stage = Stage::with("endpoint_token_refused", |setup| {
        setup
            .environment("DISCORD_TOKEN", "wrong")
            .without("WAYMARK_DISCORD__REGISTER")
    });
    stage
        .bot
        .wait_printed("the commands could not be registered: Discord refused the token");
    assert_eq!(stage.told(&Request::signed(ping())).0, 200);
    stage.stop();
}

#[test]
fn what_keeps_it_from_listening_is_told() {
    let discord = Loopback::unrecorded();
    let ended = |setup: Setup| {
        let ended = setup.start().wait_ended();
        assert_eq!(ended.status.code(), Some(2), "{}", ended.stderr);
        ended.stderr.lines().last().unwrap_or_default().to_owned()
    };
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = taken.local_addr().expect("it has an address").to_string();
    let listener = TcpListener::bind(&taken);
    let told = ended(Setup::endpoint(&discord).environment("WAYMARK_DISCORD__LISTEN", &taken));
    drop(listener);
    assert_eq!(
        told,
        format!(
            "waymark: cannot listen on {taken}: Address already in use (os error 98); see what else listens there, \
             or change `discord.listen`"
        )
    );
    let told = ended(Setup::endpoint(&discord).without("WAYMARK_DISCORD__REGISTER"));
    assert_eq!(
        told,
        "waymark: no Discord token: set DISCORD_TOKEN, or name a file that holds it with `token_file` under [discord] \
         (or WAYMARK_DISCORD__TOKEN_FILE); or set `discord.register = false`: an endpoint answers without a token"
    );
    let told = ended(Setup::endpoint(&discord).without("WAYMARK_DISCORD__PUBLIC_KEY"));
    assert_eq!(
        told,
        "WAYMARK_DISCORD__MODE: an endpoint needs `discord.public_key`: copy it from the developer portal (General \
         Information, Public Key)"
    );
}

// What is let in.

#[test]
fn only_what_discord_signed_is_answered() {
    let stage = Stage::new("endpoint_signatures");
    const TIMESTAMP: &str = "X-Signature-Timestamp";
    const SIGNATURE: &str = "X-Signature-Ed25519";
    let body = help();
    let now = seconds_from_now(0);
    let right = signature(&signing_key(), &now, &body);
    let other_key = signature(&SigningKey::from_bytes(&[8; 32]), &now, &body);
    let signed = |timestamp: &str, signature: &str, body: &[u8]| {
        Request::unsigned(body)
            .header(TIMESTAMP, timestamp)
            .header(SIGNATURE, signature)
    };
    let mut changed = body.clone();
    *changed.last_mut().expect("a body") = b' ';
    let refused = [
        ("no signature", Request::unsigned(&body[..])),
        (
            "no time",
            Request::unsigned(&body[..]).header(SIGNATURE, &right),
        ),
        (
            "a time alone",
            Request::unsigned(&body[..]).header(TIMESTAMP, &now),
        ),
        ("empty headers", signed("", "", &body)),
        ("another key", signed(&now, &other_key, &body)),
        ("another time", signed(&seconds_from_now(1), &right, &body)),
        ("another body", signed(&now, &right, &changed)),
        (
            "a shorter body",
            signed(&now, &right, &body[..body.len() - 1]),
        ),
        ("no body", signed(&now, &right, b"")),
        ("half a signature", signed(&now, &right[..64], &body)),
        (
            "a longer signature",
            signed(&now, &format!("{right}00"), &body),
        ),
        ("no hexadecimal", signed(&now, &"z".repeat(128), &body)),
        ("zeros", signed(&now, &"0".repeat(128), &body)),
    ];
    for (what, request) in refused {
        let told = stage.told(&request);
        assert_eq!(
            told,
            (401, "invalid request signature".to_owned()),
            "{what}"
        );
    }
    // Unsigned, it does not even matter whether it is JSON.
    assert_eq!(stage.told(&Request::unsigned("{")).0, 401);
    assert_eq!(stage.told(&signed(&now, &right, &body)).0, 200);
    assert!(
        !stage.bot.printed().contains("WARN"),
        "{}",
        stage.bot.printed()
    );
    stage.stop();
}

#[test]
fn a_request_that_was_kept_is_worth_nothing_after_five_minutes() {
    let stage = Stage::new("endpoint_stale");
    let at = |seconds: i64| {
        let body = help();
        let timestamp = seconds_from_now(seconds);
        let signature = signature(&signing_key(), &timestamp, &body);
        Request::unsigned(body)
            .header("X-Signature-Timestamp", &timestamp)
            .header("X-Signature-Ed25519", &signature)
    };
    for fresh in [-280, 0, 280] {
        assert_eq!(stage.told(&at(fresh)).0, 200, "{fresh}");
    }
    for stale in [-320, 320, -86_400, i64::from(i32::MAX)] {
        let told = stage.told(&at(stale));
        let expected = "invalid request signature: its time is more than five minutes from now";
        assert_eq!(told, (401, expected.to_owned()), "{stale}");
    }
    stage.bot.wait_printed("check the clock");
    let body = help();
    for no_time in ["soon", "-1", "99999999999999999999999", "1e9", ""] {
        let signature = signature(&signing_key(), no_time, &body);
        let request = Request::unsigned(&body[..])
            .header("X-Signature-Timestamp", no_time)
            .header("X-Signature-Ed25519", &signature);
        assert_eq!(stage.told(&request).0, 401, "{no_time}");
    }
    stage.stop();
}

#[test]
fn there_is_one_path_and_one_method() {
    let stage = Stage::new("endpoint_paths");
    for path in [
        "/",
        "/interaction",
        "/interactions/",
        "/interactions/1",
        "/healthz",
        "//interactions",
    ] {
        let mut request = Request::signed(ping());
        path.clone_into(&mut request.path);
        let told = stage.told(&request);
        assert_eq!(
            told,
            (404, format!("interactions are taken at {PATH}")),
            "{path}"
        );
    }
    let mut with_query = Request::signed(ping());
    with_query.path += "?from=discord";
    assert_eq!(stage.told(&with_query).0, 200);
    for method in ["GET", "PUT", "DELETE", "OPTIONS", "BREW"] {
        let mut request = Request::signed(ping());
        method.clone_into(&mut request.method);
        let response = stage.connect().ask(&request);
        assert_eq!(
            (response.status, response.header("allow")),
            (405, Some("POST")),
            "{method}"
        );
    }
    stage.stop();
}

#[test]
fn what_discord_signed_but_is_no_interaction_is_a_bad_request() {
    let stage = Stage::new("endpoint_no_interaction");
    let without = |field: &str| {
        let mut json = Interaction::line(IAN, "/help").json;
        json.as_object_mut().expect("an object").remove(field);
        json.to_string().into_bytes()
    };
    let mut truncated = help();
    truncated.truncate(truncated.len() / 2);
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    for body in [
        Vec::new(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"hello".to_vec(),
        vec![0xff, 0xfe],
        truncated,
        deep,
        without("id"),
        without("type"),
        without("token"),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let told = stage.told(&Request::signed(body));
        assert_eq!(
            told,
            (400, "the body is not an interaction".to_owned()),
            "{shown}"
        );
    }
    stage.stop();
}

#[test]
fn what_waymark_does_not_know_is_answered_politely() {
    let stage = Stage::new("endpoint_unknown");
    let polite = |interaction: &Value| {
        let response = stage
            .connect()
            .ask(&Request::signed(interaction.to_string()));
        let json = response.json();
        assert_eq!(
            (response.status, &json["type"]),
            (200, &json!(SHOW)),
            "{json}"
        );
        assert_eq!(json["data"]["flags"], json!(64));
        json["data"]["embeds"][0]["description"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let mut unknown = Interaction::line(IAN, "/help").json;
    unknown["type"] = json!(99);
    let unknown_type =
        "Waymark does not know this kind of request yet. `/help` shows what it can do.";
    assert_eq!(polite(&unknown), unknown_type);
    stage.bot.wait_printed("an unknown interaction of type 99");
    let mut no_data = Interaction::line(IAN, "/help").json;
    no_data["data"] = json!(7);
    assert_eq!(polite(&no_data), unknown_type);
    let mut no_command = Interaction::line(IAN, "/help").json;
    no_command["data"]["name"] = json!("no such command");
    let unknown_command = "Waymark has no such command now. `/help` shows what there is.";
    assert_eq!(polite(&no_command), unknown_command);
    stage.stop();
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_read() {
    let stage = Stage::new("endpoint_large");
    const LARGEST: usize = 256 << 10;
    let padded = |size: usize| {
        let mut body = help();
        body.resize(size, b' ');
        body
    };
    assert_eq!(stage.told(&Request::signed(padded(LARGEST))).0, 200);
    let too_large = (413, format!("the body has more than {LARGEST} bytes"));
    // Only announced: none of it need be sent.
    let request = Request::signed(padded(LARGEST + 1));
    let mut connection = stage.connect();
    connection.write(&request.head());
    let response = connection.read().expect("an answer");
    assert_eq!(
        (response.status, response.text().trim_end().to_owned()),
        too_large
    );
    // In chunks, its size is known only when it is there.
    let chunks = |size: usize| {
        let request = Request::signed(padded(size)).header("Transfer-Encoding", "chunked");
        let mut connection = stage.connect();
        connection.write(&request.head());
        for chunk in request.body.chunks(4096) {
            connection.write(format!("{:x}\r\n", chunk.len()).as_bytes());
            connection.write(chunk);
            connection.write(b"\r\n");
        }
        connection.write(b"0\r\n\r\n");
        connection.read().map(|response| response.status)
    };
    assert_eq!(chunks(LARGEST), Some(200));
    // Where it is refused, the connection may end before the answer is read.
    assert!(matches!(chunks(8 * LARGEST), Some(413) | None));
    stage.stop();
}

#[test]
fn a_head_that_is_no_head_harms_nobody_else() {
    let stage = Stage::new("endpoint_heads");
    let long = [b"GET /".to_vec(), vec![b'a'; 1 << 20]].concat();
    let many: Vec<u8> = (0..5000)
        .flat_map(|n| format!("x-{n}: y\r\n").into_bytes())
        .collect();
    let many = [b"POST /interactions HTTP/1.1\r\n".to_vec(), many].concat();
    let heads: [&[u8]; 6] = [
        b"\r\n\r\n",
        b"\0\0\0\0",
        b"POST\r\n\r\n",
        &long,
        &many,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnot http/2 at all",
    ];
    for head in heads {
        let mut connection = stage.connect();
        connection.write(head);
        connection.write(b"\r\n\r\n");
        let status = connection.read().map(|response| response.status);
        assert!(!matches!(status, Some(200..=299)), "{status:?}");
    }
    assert_eq!(stage.told(&Request::signed(ping())).0, 200);
    stage.stop();
}

// Connections.

#[test]
fn a_connection_serves_many_requests_one_after_the_other_and_all_at_once() {
    let stage = Stage::new("endpoint_keep_alive");
    let mut connection = stage.connect();
    for _ in 0..20 {
        assert_eq!(connection.ask(&Request::signed(ping())).body, PONG);
        assert_eq!(connection.ask(&Request::signed(help())).status, 200);
        assert_eq!(connection.ask(&Request::unsigned(help())).status, 401);
    }
    let request = Request::signed(ping());
    let whole = [request.head(), request.body.clone()].concat();
    connection.write(&whole.repeat(20));
    for _ in 0..20 {
        assert_eq!(
            connection.read().map(|response| response.body),
            Some(PONG.to_vec())
        );
    }
    stage.stop();
}

#[test]
fn http_2_is_spoken_without_tls() {
    use http_body_util::{BodyExt as _, Full};
    use hyper::body::Bytes;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    let stage = Stage::new("endpoint_http2");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let stream = tokio::net::TcpStream::connect(stage.address)
            .await
            .expect("it connects");
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
                .await
                .expect("HTTP/2 is spoken");
        let driven = tokio::spawn(connection);
        let requests = (0..50).map(|number| {
            let signed = if number % 2 == 0 {
                Request::signed(ping())
            } else {
                Request::unsigned(ping())
            };
            let mut request = hyper::Request::post(format!("http://{}{PATH}", stage.address));
            for (name, value) in &signed.headers {
                if name != "Host" {
                    request = request.header(name, value);
                }
            }
            let request = request
                .body(Full::new(Bytes::from(signed.body)))
                .expect("a request");
            sender.send_request(request)
        });
        let responses: Vec<_> = requests.collect();
        for (number, response) in responses.into_iter().enumerate() {
            let response = response.await.expect("an answer");
            let expected = if number % 2 == 0 { 200 } else { 401 };
            assert_eq!(response.status(), expected);
            let body = response
                .into_body()
                .collect()
                .await
                .expect("a body")
                .to_bytes();
            assert_eq!(&body[..] == PONG, number % 2 == 0);
        }
        driven.abort();
    });
    stage.stop();
}

#[test]
fn who_sends_too_slowly_is_cut_off_and_others_are_answered_meanwhile() {
    let stage = Stage::new("endpoint_slow");
    let request = Request::signed(help());
    let head = request.head();
    let began = Instant::now();
    // A head that never ends, fed so that the connection is never quiet; half a body.
    let mut slow_head = stage.connect();
    let mut slow_body = stage.connect();
    slow_body.write(&head);
    slow_body.write(&request.body[..request.body.len() / 2]);
    let mut patient = stage.connect();
    for byte in &head[..head.len().min(16)] {
        slow_head.write(&[*byte]);
        assert_eq!(stage.told(&Request::signed(ping())).0, 200);
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(slow_head.read().is_none(), "it ends without an answer");
    let took = began.elapsed();
    assert!(
        took >= SLOWEST && took < SLOWEST + 2 * LOOKED_AT + Duration::from_secs(3),
        "{took:?}"
    );
    assert_eq!(slow_body.read().map(|response| response.status), Some(408));
    // Who has not begun to ask may wait for longer.
    assert_eq!(patient.ask(&Request::signed(ping())).status, 200);
    stage.stop();
}

#[test]
fn as_many_connections_as_there_is_room_for_are_served_and_the_next_one_waits() {
    let stage = Stage::new("endpoint_connections");
    let mut open: Vec<Connection> = (0..CONNECTIONS).map(|_| stage.connect()).collect();
    let request = Request::signed(ping());
    for connection in &mut open {
        assert_eq!(connection.ask(&request).body, PONG);
    }
    let mut next = stage.connect();
    next.write(&[request.head(), request.body.clone()].concat());
    assert!(next.is_silent_for(Duration::from_millis(500)));
    assert_eq!(open[0].ask(&request).body, PONG);
    open.pop();
    assert_eq!(
        next.read().map(|response| response.body),
        Some(PONG.to_vec())
    );
    stage.stop();
}

// What follows a first response.

#[test]
fn a_reload_is_deferred_and_finished_with_the_interactions_own_token() {
    let stage = Stage::new("endpoint_deferred");
    let reload = Interaction::line(MODERATOR, "/knowledge reload");
    let first = stage.discord.post(stage.address, &reload);
    assert_eq!(first, json!({"type": DEFER, "data": {"flags": 64}}));
    let reply = stage.discord.reply_to(&reload);
    assert!(reply.is_private());
    assert!(!reply.text().is_empty());
    assert_ne!(reply.title(), "Something went wrong");
    let edits = stage.discord.requests();
    assert!(
        edits.iter().all(|edit| edit.path.contains(reload.token())),
        "{edits:?}"
    );
    stage.stop();
}

#[test]
fn what_follows_waits_until_discord_has_the_first_response() {
    let stage = Stage::new("endpoint_early");
    let reload = Interaction::line(MODERATOR, "/knowledge reload");
    stage.discord.expect_interaction(&reload);
    let request = Request::signed(reload.json.to_string());
    let response = stage.connect().ask(&request).json();
    // The edit is refused until the loopback has taken the response.
    stage.discord.wait_requests("PATCH /webhooks/", 2);
    stage.discord.take_response(&reload, &response);
    assert!(!stage.discord.reply_to(&reload).text().is_empty());
    stage.stop();
}

#[test]
fn an_answer_is_removed_for_its_asker_alone() {
    let stage = Stage::new("endpoint_remove");
    let answer = stage.line(IAN, "/career career: data-manager");
    let remove = answer.button("Remove").custom_id;
    let refused = stage.ask(&Interaction::press(VOLTY, &answer, &remove));
    assert_eq!(
        (refused.kind, refused.is_private(), refused.removed),
        (SHOW, true, false)
    );
    let removed = stage.ask(&Interaction::press(IAN, &answer, &remove));
    assert_eq!((removed.kind, removed.removed), (DEFER_UPDATE, true));
    stage.stop();
}

// Stopping.

#[test]
fn sigterm_lets_what_came_be_answered_and_what_follows_be_done() {
    let stage = Stage::new("endpoint_sigterm");
    let request = Request::signed(help());
    let (begun, rest) = request.body.split_at(request.body.len() / 2);
    let mut unfinished = stage.connect();
    unfinished.write(&[&request.head(), begun].concat());
    let mut idle = stage.connect();
    assert_eq!(idle.ask(&Request::signed(ping())).status, 200);
    stage.discord.hold_callbacks();
    let reload = Interaction::line(MODERATOR, "/knowledge reload");
    assert_eq!(stage.discord.post(stage.address, &reload)["type"], DEFER);
    stage.discord.wait_requests("PATCH /webhooks/", 1);

    stage.bot.signal("TERM");
    stage.bot.wait_printed("stopping");
    assert!(idle.read().is_none(), "nothing was under way there");
    unfinished.write(rest);
    assert_eq!(unfinished.read().map(|response| response.status), Some(200));
    assert!(unfinished.read().is_none());
    stage.discord.release_callbacks();
    assert!(!stage.discord.reply_to(&reload).text().is_empty());
    let ended = stage.bot.wait_ended();
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    assert!(
        !ended.stderr.contains("could be finished"),
        "{}",
        ended.stderr
    );
}

#[test]
fn while_it_drains_it_answers_and_asks_the_proxy_to_go_elsewhere() {
    let stage = Stage::with("endpoint_drains", |setup| {
        setup.environment("WAYMARK_OPERATIONS__DRAIN_DELAY", "3")
    });
    let ping = || Request::signed(ping());
    let mut connection = stage.connect();
    assert_eq!(connection.ask(&ping()).header("connection"), None);
    stage.bot.signal("TERM");
    stage.bot.wait_printed("draining");
    let answered = connection.ask(&ping());
    assert_eq!(
        (answered.status, answered.header("connection")),
        (200, Some("close"))
    );
    assert!(connection.read().is_none());
    assert_eq!(stage.told(&ping()).0, 200);
    let ended = stage.bot.wait_ended();
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
}

#[test]
fn it_stops_within_a_bound_whatever_others_do() {
    let stage = Stage::new("endpoint_bound");
    let request = Request::signed(help());
    let mut never_ends = stage.connect();
    never_ends.write(&request.head());
    // It is there once the endpoint has answered somebody who came later.
    assert_eq!(stage.told(&Request::signed(ping())).0, 200);
    let began = Instant::now();
    stage.bot.signal("TERM");
    let ended = stage.bot.wait_ended();
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    assert!(
        began.elapsed() < Duration::from_secs(15),
        "{:?}",
        began.elapsed()
    );
}

// Both doors.

/// The gateway and the endpoint, asked the same.
struct Both {
    gateway: Loopback,
    by_gateway: Bot,
    endpoint: Stage,
}

impl Both {
    fn new(name: &str) -> Self {
        let gateway = Loopback::start(&format!("{name}_gateway"));
        let by_gateway = Bot::ready(&gateway, Setup::serve(&gateway));
        let endpoint = Stage::new(&format!("{name}_endpoint"));
        Self {
            gateway,
            by_gateway,
            endpoint,
        }
    }

    /// The reply that both give.
    fn ask(&self, what: &str, interaction: &Interaction) -> Reply {
        let over_gateway = self.gateway.ask(interaction);
        let over_http = self.endpoint.ask(interaction);
        assert_eq!(
            self.endpoint.discord.first_response(interaction),
            self.gateway.first_response(interaction),
            "{what}"
        );
        assert_eq!(over_http, over_gateway, "{what}");
        over_http
    }

    fn stop(self) {
        self.by_gateway.stop();
        self.endpoint.stop();
    }
}

#[test]
fn gateway_and_endpoint_give_equal_replies_for_every_documented_interaction() {
    let both = Both::new("both_documented");
    for (name, json) in interactions::all_documented() {
        // A whole frame; the others are what it holds.
        let json = if name.starts_with("gateway_") {
            json["d"].clone()
        } else {
            json
        };
        both.ask(&name, &Interaction::raw(json));
    }
    both.stop();
}

#[test]
fn gateway_and_endpoint_give_equal_replies_for_every_example_and_its_controls() {
    let both = Both::new("both_examples");
    let places = [
        IAN,
        IAN.at(Place::BotsDirectMessages),
        IAN.at(Place::PrivateChannel),
    ];
    for command in COMMANDS {
        for (number, example) in command.examples.iter().enumerate() {
            if command.audience == Audience::Moderators {
                continue;
            }
            let person = places[number % places.len()];
            let reply = both.ask(example, &Interaction::line(person, example));
            for control in reply.controls() {
                let what = format!("{example}: {}", control.label);
                if control.choices.is_empty() {
                    both.ask(
                        &what,
                        &Interaction::press(person, &reply, &control.custom_id),
                    );
                }
                if let Some((_, value)) = control.choices.last() {
                    both.ask(
                        &what,
                        &Interaction::choose(VOLTY, &reply, &control.custom_id, value),
                    );
                }
            }
        }
    }
    for (path, option) in [
        ("career", "career"),
        ("jobs", "company"),
        ("match", "skills"),
    ] {
        for typed in ["", "d", "machine l", "qqqq", "😀"] {
            let typing = Interaction::autocomplete(IAN, path, &[], option, typed);
            both.ask(typed, &typing);
        }
    }
    // What moderators are told holds times of the process; the rest is equal.
    for example in ["/knowledge reload", "/knowledge problems"] {
        both.ask(example, &Interaction::line(MODERATOR, example));
        both.ask(example, &Interaction::line(IAN, example));
    }
    both.stop();
}
