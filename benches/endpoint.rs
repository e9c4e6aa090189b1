//! `waymark serve` as an HTTP endpoint beside a bare axum endpoint, in one run.
//!
//!     cargo bench --bench endpoint                          # 100,000 requests each
//!     cargo bench --bench endpoint -- --requests 1000000
//!
//! The bare endpoint is this program started again: axum, the same Ed25519 check, and a fixed body of the size that
//! Waymark's answers have on average. Both get the same signed requests over kept connections, in turns of equal size;
//! while one is measured the other is idle. Requests are signed before a turn begins. CPU time and resident memory are
//! the processes' own, from `/proc`. Beside them stand the cost of one signature check, which is the floor, and the
//! same questions over the gateway.
//!
//! Waymark remembers what it answered, so it is asked in two ways: the same questions again and again, and questions
//! that differ by spaces around their words, so that each is worked out anew.

#[path = "../tests/support/mod.rs"]
mod support;

use std::net::SocketAddr;
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::serve::ListenerExt as _;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use serde_json::Value;
use support::bot::{Bot, Setup, cpu_of};
use support::endpoint::{PATH, Request, signing_key};
use support::load::Template;
use support::loopback::Loopback;
use support::measure::{self, Turns, median, settled_memory};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Says to this program that it is the bare endpoint, and how large its body is.
const BARE_ENDPOINT: &str = "BARE_ENDPOINT_BODY_BYTES";
/// Connections that are kept; each has one request under way.
const CONNECTIONS: usize = 16;
/// The turns of each side, without the first, which warms up.
const TURNS: u64 = 10;
/// Requests of the turn that warms up.
const WARM_UP: u64 = 5_000;
/// A request that takes longer has hung.
const PATIENCE: Duration = Duration::from_secs(30);

fn main() {
    match std::env::var(BARE_ENDPOINT) {
        Ok(bytes) => bare_endpoint(bytes.parse().expect("a size")),
        Err(_) => compare(measure::count("--requests", 100_000, TURNS)),
    }
}

/// One endpoint.
struct Side {
    address: SocketAddr,
    bot: Bot,
    memory_at_ready: u64,
}

/// What was measured of one endpoint with one kind of questions.
struct Column {
    name: &'static str,
    turns: Turns,
    memory_at_ready: u64,
    memory_after: u64,
}

/// How a turn went.
struct Turn {
    took: Duration,
    answers: Vec<Duration>,
    body_bytes: u64,
}

impl Side {
    fn start(setup: Setup) -> Self {
        let bot = setup.start();
        let address = bot.wait_listening();
        Self {
            address,
            memory_at_ready: settled_memory(&bot),
            bot,
        }
    }

    fn column(&self, name: &'static str) -> Column {
        Column {
            name,
            turns: Turns::default(),
            memory_at_ready: self.memory_at_ready,
            memory_after: 0,
        }
    }

    /// Returns the mean size of the answers.
    fn turn(&self, pool: Vec<Vec<u8>>, requests: u64, column: &mut Column) -> u64 {
        let before = self.bot.cpu();
        let turn = send(self.address, pool, requests);
        let cpu = self.bot.cpu() - before;
        column.turns.add(requests, turn.took, cpu, turn.answers);
        column.memory_after = self.bot.memory();
        turn.body_bytes / requests
    }
}

fn compare(requests: u64) {
    let discord = Loopback::unrecorded();
    let ours = Side::start(Setup::endpoint(&discord));
    let mut warm_up = ours.column("warm up");
    let body_bytes = ours.turn(repeated(), WARM_UP, &mut warm_up);
    let this = std::env::current_exe().expect("a program knows its own path");
    let bare = Setup::program(&this, &[]).environment(BARE_ENDPOINT, &body_bytes.to_string());
    let bare = Side::start(bare);
    bare.turn(repeated(), WARM_UP, &mut warm_up);
    let mut columns = [
        bare.column("bare axum"),
        ours.column("waymark serve"),
        ours.column("all different"),
    ];
    let mut checks = Vec::new();
    for turn in 0..TURNS {
        checks.push(check_cost());
        // Who comes first changes, so that none has the better place.
        let mut order = [0, 1, 2];
        order.rotate_left(turn as usize % 3);
        for place in order {
            let (side, pool) = match place {
                0 => (&bare, repeated()),
                1 => (&ours, repeated()),
                _ => (&ours, different(turn)),
            };
            side.turn(pool, requests / TURNS, &mut columns[place]);
        }
        eprint!("\r{} of {TURNS} turns", turn + 1);
    }
    eprintln!();
    print(&columns, requests / TURNS * TURNS, body_bytes);
    let check = median(checks.iter().copied());
    println!(
        "\none signature check: {check:.1} µs (median of {TURNS}), so {:.3} CPU seconds per 10,000",
        check / 100.0
    );
    drop((ours, bare));
    gateway(requests / TURNS);
}

fn print(columns: &[Column; 3], requests: u64, body_bytes: u64) {
    println!(
        "\n{requests} requests each, {TURNS} turns, {CONNECTIONS} connections, answers of {body_bytes} bytes on \
         average; medians of the turns\n"
    );
    let [bare, ours, different] = columns;
    println!(
        "{:<34}{:>14}{:>16}{:>8}{:>16}{:>8}",
        "", bare.name, ours.name, "ratio", different.name, "ratio"
    );
    let row = |name: &str, digits: usize, of: &dyn Fn(&Column) -> f64| {
        let [bare, ours, different] = [bare, ours, different].map(of);
        println!(
            "{name:<34}{bare:>14.digits$}{ours:>16.digits$}{:>8.2}{different:>16.digits$}{:>8.2}",
            ours / bare,
            different / bare
        );
    };
    row("requests a second", 0, &|column| column.turns.per_second());
    row("CPU seconds per 10,000 requests", 3, &|column| {
        column.turns.cpu_per_10_000()
    });
    row("answered within, median, ms", 2, &|column| {
        column.turns.quantile(0.5)
    });
    row("99 of 100, ms", 2, &|column| column.turns.quantile(0.99));
    let megabytes = |bytes: u64| bytes as f64 / 1_000_000.0;
    row("resident memory at ready, MB", 1, &|column| {
        megabytes(column.memory_at_ready)
    });
    row("after the last turn, MB", 1, &|column| {
        megabytes(column.memory_after)
    });
}

/// The same questions over the gateway.
fn gateway(replies: u64) {
    let discord = Loopback::unrecorded();
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    let templates: Vec<Template> = measure::questions().iter().map(Template::new).collect();
    let turn = |replies: u64| {
        let before = bot.cpu();
        let pumped = discord.pump(&templates, replies, CONNECTIONS as u32, PATIENCE * 10);
        let cpu = (bot.cpu() - before).as_secs_f64();
        (pumped.per_second(), cpu * 10_000.0 / replies as f64)
    };
    turn(WARM_UP);
    let (per_second, cpu) = turn(replies);
    println!("over the gateway: {per_second:.0} replies a second, {cpu:.3} CPU seconds per 10,000");
}

/// The questions as requests, signed now.
fn repeated() -> Vec<Vec<u8>> {
    let questions = measure::questions();
    questions
        .iter()
        .map(|question| signed(&question.json))
        .collect()
}

/// The questions with so many different spaces around their words that each is asked once.
fn different(turn: u64) -> Vec<Vec<u8>> {
    const TIMES: usize = 400;
    let spaces = |number: usize| " ".repeat(number);
    let mut pool = Vec::new();
    for number in turn as usize * TIMES..(turn as usize + 1) * TIMES {
        for mut question in measure::questions() {
            let options = question.json["data"]["options"].as_array_mut();
            let mut options = options.into_iter().flatten();
            if let Some(option) = options.find(|option| option["value"].is_string()) {
                let value = option["value"].as_str().unwrap_or_default();
                let padded = spaces(number % 64) + value + &spaces(number / 64);
                option["value"] = padded.into();
                pool.push(signed(&question.json));
            }
        }
    }
    pool
}

fn signed(interaction: &Value) -> Vec<u8> {
    let request = Request::signed(interaction.to_string());
    [request.head(), request.body].concat()
}

/// CPU microseconds that one signature check takes in this process, which does nothing else meanwhile.
fn check_cost() -> f64 {
    const CHECKS: u32 = 10_000;
    let key = signing_key().verifying_key();
    let body = measure::questions().swap_remove(0).json.to_string();
    let signature = ed25519_dalek::Signer::sign(&signing_key(), body.as_bytes());
    let before = cpu_of(std::process::id());
    for _ in 0..CHECKS {
        let checked = std::hint::black_box(&key).verify(body.as_bytes(), &signature);
        assert!(std::hint::black_box(checked).is_ok());
    }
    let spent = cpu_of(std::process::id()) - before;
    spent.as_secs_f64() * 1e6 / f64::from(CHECKS)
}

/// Sends so many requests from the pool over kept connections.
fn send(address: SocketAddr, pool: Vec<Vec<u8>>, requests: u64) -> Turn {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        let pool = Arc::new(pool);
        let next = Arc::new(AtomicU64::new(0));
        let began = Instant::now();
        let connections: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let (pool, next) = (Arc::clone(&pool), Arc::clone(&next));
                tokio::spawn(async move {
                    let mut stream = TcpStream::connect(address).await.expect("it connects");
                    stream.set_nodelay(true).expect("a socket takes options");
                    let mut buffer = vec![0; 64 << 10];
                    let mut answers = Vec::new();
                    let mut body_bytes = 0;
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= requests {
                            return (answers, body_bytes);
                        }
                        let request = &pool[number as usize % pool.len()];
                        let began = Instant::now();
                        stream.write_all(request).await.expect("it is sent");
                        let answer = read(&mut stream, &mut buffer);
                        let answer = tokio::time::timeout(PATIENCE, answer).await;
                        body_bytes += answer.expect("it does not hang");
                        answers.push(began.elapsed());
                    }
                })
            })
            .collect();
        let mut turn = Turn {
            took: Duration::ZERO,
            answers: Vec::new(),
            body_bytes: 0,
        };
        for connection in connections {
            let (answers, body_bytes) = connection.await.expect("it ends well");
            turn.answers.extend(answers);
            turn.body_bytes += body_bytes;
        }
        turn.took = began.elapsed();
        turn
    })
}

/// Reads one answer, which must be good; the size of its body.
async fn read(stream: &mut TcpStream, buffer: &mut [u8]) -> u64 {
    let mut filled = 0;
    let mut whole = None;
    while whole.is_none_or(|whole| filled < whole) {
        let read = stream
            .read(&mut buffer[filled..])
            .await
            .expect("it is read");
        assert!(read > 0, "the connection ended");
        filled += read;
        if whole.is_none()
            && let Some(end) = buffer[..filled]
                .windows(4)
                .position(|four| four == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            assert!(head.starts_with("http/1.1 200"), "{head}");
            let length = head.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.parse::<usize>().ok());
            whole = Some(end + 4 + length.expect("a length"));
        }
    }
    let head = buffer[..filled]
        .windows(4)
        .position(|four| four == b"\r\n\r\n");
    (filled - head.map_or(0, |end| end + 4)) as u64
}

// The bare endpoint.

struct FixedAnswer {
    key: VerifyingKey,
    body: Bytes,
}

async fn answer(
    State(fixed): State<Arc<FixedAnswer>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| headers.get(name)?.to_str().ok();
    let is_signed = || {
        let signature = Signature::from_str(header("x-signature-ed25519")?).ok()?;
        let timestamp = header("x-signature-timestamp")?;
        let signed = [timestamp.as_bytes(), &body].concat();
        fixed.key.verify(&signed, &signature).ok()
    };
    if is_signed().is_none() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let json = [(header::CONTENT_TYPE, "application/json")];
    (json, fixed.body.clone()).into_response()
}

fn bare_endpoint(body_bytes: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        let fixed = Arc::new(FixedAnswer {
            key: signing_key().verifying_key(),
            body: Bytes::from(vec![b' '; body_bytes]),
        });
        let router = Router::new().route(PATH, post(answer)).with_state(fixed);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it has an address");
        println!("listening on http://{address}{PATH}");
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        axum::serve(listener, router).await.expect("it serves");
    });
}
