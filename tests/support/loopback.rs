//! The loopback Discord: its state, what a test may ask of it, and the faults a test may switch on.

use std::collections::{BTreeMap, HashMap};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use axum::serve::ListenerExt;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::gateway::{self, Heard, Link, Session};
use super::interactions::{Interaction, Reply};
use super::judge;
use super::load::Load;
use super::recording::{Request, Tape};
use super::registry;
use super::rest;
use super::watch::Watched;

/// The application, which is also its bot's user id.
pub const APPLICATION: u64 = 775_799_577_604_522_054;

/// A token of the form that Discord gives; not written in one piece, so that nobody takes it for a real one.
pub fn token() -> String {
    let application_base64 = "Nzc1Nzk5NTc3NjA0NTIyMDU0";
    format!(
        "{application_base64}.loopbk.{}",
        "Not-A-Real_Token".repeat(2)
    )
}

/// A Discord on 127.0.0.1. It ends when dropped, and then panics if anything it was sent would have been refused.
pub struct Loopback {
    pub(super) hub: Arc<Hub>,
    pub(super) runtime: Option<Runtime>,
}

/// What both doors share.
pub(super) struct Hub {
    pub address: SocketAddr,
    pub state: Watched<World>,
    pub load: Load,
    /// Whether callbacks wait before they are answered.
    pub hold: watch::Sender<bool>,
}

/// Everything the loopback knows.
pub(super) struct World {
    pub token: String,
    pub requests: Vec<Request>,
    pub tape: Option<Tape>,
    pub heard: Vec<Heard>,
    pub sessions: HashMap<String, Session>,
    /// Where each shard's session is.
    pub shards: BTreeMap<u32, String>,
    /// Commands by guild, the global ones under none.
    pub commands: HashMap<Option<u64>, Vec<Value>>,
    pub interactions: HashMap<u64, Asked>,
    pub faults: Faults,
    pub heartbeat_interval_ms: u64,
    pub sessions_left: u64,
    pub recommended_shards: u32,
    pub next_id: u64,
    /// What Discord would have refused, or has no route for.
    pub complaints: Vec<String>,
}

/// An interaction that was sent, and what became of it.
pub(super) struct Asked {
    pub kind: u64,
    pub token: String,
    /// The first response.
    pub callback: Option<Value>,
    /// The message as it stands now, and whether it was removed.
    pub message: Option<Value>,
    pub removed: bool,
    /// Whether a deferred answer has come.
    pub settled: bool,
}

/// What goes wrong.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub refuse_upgrades: bool,
    pub refuse_identify: Option<u16>,
    pub ignore_heartbeats: bool,
    pub forget_sessions: bool,
    pub failures: Vec<Failure>,
}

/// An answer that is given in place of the right one.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What the request's line ([`Request::line`]) must contain.
    pub line: String,
    pub status: u16,
    pub body: Value,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<f64>,
    /// How many requests get it.
    pub times: usize,
}

impl Loopback {
    /// A Discord whose recording goes to `target/recordings/<name>.jsonl`.
    pub fn start(name: &str) -> Self {
        Self::with_tape(Some(Tape::open(name)))
    }

    /// A Discord that writes no recording.
    pub fn unrecorded() -> Self {
        Self::with_tape(None)
    }

    fn with_tape(tape: Option<Tape>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime starts");
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .expect("a free port");
        let hub = Arc::new(Hub {
            address: listener
                .local_addr()
                .expect("a bound socket has an address"),
            state: Watched::new(World::new(tape)),
            load: Load::default(),
            hold: watch::Sender::new(false),
        });
        let router = Router::new()
            .route("/", any(gateway::connect))
            .fallback(rest::serve)
            .with_state(Arc::clone(&hub));
        // Small answers must not wait for more to send.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            hub,
            runtime: Some(runtime),
        }
    }

    /// What `discord.api_url` is set to.
    pub fn api_url(&self) -> String {
        format!("http://{}", self.hub.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.hub.address
    }

    // What it was sent.

    pub fn requests(&self) -> Vec<Request> {
        self.hub.state.with(|world| world.requests.clone())
    }

    /// The lines ([`Request::line`]) of all requests, without the answers to interactions.
    pub fn request_lines(&self) -> Vec<String> {
        let requests = self.requests();
        let lines = requests.iter().map(Request::line);
        lines
            .filter(|line| !line.contains(" /interactions/") && !line.contains(" /webhooks/"))
            .collect()
    }

    /// What came over the gateway.
    pub fn heard(&self) -> Vec<Heard> {
        self.hub.state.with(|world| world.heard.clone())
    }

    /// Waits until what came over the gateway has what `look` wants.
    pub fn wait_heard<R>(&self, what: &str, mut look: impl FnMut(&[Heard]) -> Option<R>) -> R {
        self.hub.state.wait(what, |world| look(&world.heard))
    }

    /// Waits until a request came whose line contains `part`, `times` times.
    pub fn wait_requests(&self, part: &str, times: usize) {
        self.hub
            .state
            .wait(&format!("{times} times {part:?}"), |world| {
                let lines = world.requests.iter().map(Request::line);
                (lines.filter(|line| line.contains(part)).count() >= times).then_some(())
            });
    }

    /// Waits until commands are registered for a guild, or for everywhere.
    pub fn wait_commands(&self, guild: Option<u64>) {
        self.hub.state.wait("commands to be registered", |world| {
            world.commands.contains_key(&guild).then_some(())
        });
    }

    /// The commands that are registered for a guild, or for everywhere.
    pub fn commands(&self, guild: Option<u64>) -> Vec<Value> {
        self.hub.state.with(|world| {
            let commands = world.commands.get(&guild);
            commands.cloned().unwrap_or_default()
        })
    }

    /// Registers commands as another program would have.
    pub fn set_commands(&self, guild: Option<u64>, commands: &[Value]) {
        self.hub
            .state
            .with(|world| registry::overwrite(world, guild, commands));
    }

    // What it sends.

    /// Waits until a session of a shard is ready.
    pub fn wait_ready(&self) {
        self.hub.state.wait("a session to be ready", |world| {
            let mut sessions = world.sessions.values();
            sessions.any(Session::is_connected).then_some(())
        });
    }

    /// Sends an interaction and waits for its answer.
    pub fn ask(&self, interaction: &Interaction) -> Reply {
        self.send(interaction);
        self.reply_to(interaction)
    }

    /// Sends an interaction.
    pub fn send(&self, interaction: &Interaction) {
        self.expect_interaction(interaction);
        self.dispatch("INTERACTION_CREATE", &interaction.json);
    }

    /// Remembers an interaction that is sent over whichever door.
    pub fn expect_interaction(&self, interaction: &Interaction) {
        self.hub.state.with(|world| {
            world.interactions.insert(
                interaction.id(),
                Asked {
                    kind: interaction.kind(),
                    token: interaction.token().to_owned(),
                    callback: None,
                    message: None,
                    removed: false,
                    settled: false,
                },
            );
        });
    }

    /// Takes what an HTTP endpoint answered as the first response.
    pub fn take_response(&self, interaction: &Interaction, body: &Value) {
        self.hub.state.with(|world| {
            if let Some(tape) = &mut world.tape {
                tape.write_response(body, interaction.kind());
            }
            if let Err(complaint) = judge::callback(body, interaction.kind()) {
                world
                    .complaints
                    .push(format!("an endpoint's answer: {complaint}"));
            }
            rest::callback(
                world,
                &interaction.id().to_string(),
                interaction.token(),
                body,
            );
        });
    }

    /// The first response to an interaction that is answered.
    pub fn first_response(&self, interaction: &Interaction) -> Value {
        self.hub.state.wait("a first response", |world| {
            world.interactions.get(&interaction.id())?.callback.clone()
        })
    }

    /// Waits for the answer to an interaction.
    pub fn reply_to(&self, interaction: &Interaction) -> Reply {
        let what = format!("an answer to {}", interaction.json["data"]);
        self.hub.state.wait(&what, |world| {
            let asked = world.interactions.get(&interaction.id())?;
            let kind = asked.callback.as_ref()?["type"].as_u64()?;
            let updated = matches!(kind, rest::DEFER_UPDATE | rest::UPDATE);
            asked.settled.then(|| Reply {
                kind,
                message: asked.message.clone().unwrap_or_default(),
                removed: asked.removed,
                asker: match interaction.message_asker {
                    Some(asker) if updated => asker,
                    _ => interaction.asker,
                },
            })
        })
    }

    /// Dispatches an event to the shard that it belongs to, now or when its session comes back.
    pub fn dispatch(&self, event: &str, data: &Value) {
        let guild = data["guild_id"].as_str().and_then(|id| id.parse().ok());
        self.hub.state.wait("a session to send to", |world| {
            let total = world.sessions.values().next()?.shard.1;
            let shard = guild.map_or(0, |guild: u64| (guild >> 22) % u64::from(total));
            let session = world.shards.get(&(shard as u32))?.clone();
            let session = world.sessions.get_mut(&session)?;
            session.dispatch(event, &data.to_string());
            Some(())
        });
    }

    /// Sends a text frame as it is.
    pub fn send_frame(&self, text: &str) {
        self.to_link(|link| link.text(text.to_owned().into()));
    }

    /// Ends the connection without a word.
    pub fn drop_socket(&self) {
        self.to_link(Link::drop_socket);
    }

    /// Closes the connection with a close code of the gateway.
    pub fn close_gateway(&self, code: u16) {
        self.to_link(|link| link.close(code));
    }

    fn to_link(&self, act: impl Fn(&Link)) {
        self.hub.state.wait("a connection", |world| {
            let mut sessions = world.sessions.values();
            let link = sessions.find_map(|session| session.link.as_ref())?;
            act(link);
            Some(())
        });
    }

    // What goes wrong.

    /// From now on only another token is right.
    pub fn refuse_token(&self) {
        self.hub
            .state
            .with(|world| world.token = format!("{}x", world.token));
    }

    /// The gateway takes no connections.
    pub fn refuse_upgrades(&self, refuse: bool) {
        self.hub
            .state
            .with(|world| world.faults.refuse_upgrades = refuse);
    }

    /// No session is started: IDENTIFY closes the connection with this code.
    pub fn refuse_identify(&self, code: u16) {
        self.hub
            .state
            .with(|world| world.faults.refuse_identify = Some(code));
    }

    /// Heartbeats stay without answer, as from a dead connection.
    pub fn ignore_heartbeats(&self, ignore: bool) {
        self.hub
            .state
            .with(|world| world.faults.ignore_heartbeats = ignore);
    }

    /// Sessions can not be resumed.
    pub fn forget_sessions(&self) {
        self.hub
            .state
            .with(|world| world.faults.forget_sessions = true);
    }

    /// How often a client that connects from now on sends heartbeats.
    pub fn set_heartbeat_interval(&self, milliseconds: u64) {
        self.hub
            .state
            .with(|world| world.heartbeat_interval_ms = milliseconds);
    }

    /// How many sessions may still be started today.
    pub fn set_sessions_left(&self, sessions: u64) {
        self.hub.state.with(|world| world.sessions_left = sessions);
    }

    /// How many shards `GET /gateway/bot` recommends.
    pub fn recommend_shards(&self, shards: u32) {
        self.hub
            .state
            .with(|world| world.recommended_shards = shards);
    }

    /// Answers some requests with an error.
    pub fn fail(&self, failure: Failure) {
        self.hub
            .state
            .with(|world| world.faults.failures.push(failure));
    }

    /// Answers to interactions are taken, but not acknowledged until [`Self::release_callbacks`].
    pub fn hold_callbacks(&self) {
        self.hub.hold.send_replace(true);
    }

    /// Acknowledges the answers that were held.
    pub fn release_callbacks(&self) {
        self.hub.hold.send_replace(false);
    }

    /// Takes back what Discord would have refused: for tests of the judges themselves.
    pub fn take_complaints(&self) -> Vec<String> {
        self.hub
            .state
            .with(|world| std::mem::take(&mut world.complaints))
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
        let complaints = self.take_complaints();
        if !std::thread::panicking() {
            assert!(
                complaints.is_empty(),
                "Discord would have refused:\n{}",
                complaints.join("\n")
            );
        }
    }
}

impl Failure {
    /// Discord's error of its own making.
    pub fn internal(line: &str, times: usize) -> Self {
        Self {
            line: line.to_owned(),
            status: 500,
            body: json!({"message": "500: Internal Server Error", "code": 0}),
            retry_after: None,
            times,
        }
    }

    /// The answer to who asks too often.
    pub fn rate_limit(line: &str, retry_after: f64, times: usize) -> Self {
        Self {
            line: line.to_owned(),
            status: 429,
            body: json!({"message": "You are being rate limited.", "retry_after": retry_after, "global": false}),
            retry_after: Some(retry_after),
            times,
        }
    }
}

impl World {
    fn new(tape: Option<Tape>) -> Self {
        Self {
            token: token(),
            requests: Vec::new(),
            tape,
            heard: Vec::new(),
            sessions: HashMap::new(),
            shards: BTreeMap::new(),
            commands: HashMap::new(),
            interactions: HashMap::new(),
            faults: Faults::default(),
            heartbeat_interval_ms: 41_250,
            sessions_left: 1000,
            recommended_shards: 1,
            next_id: 1_400_000_000_000_000_000,
            complaints: Vec::new(),
        }
    }

    pub fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }
}
