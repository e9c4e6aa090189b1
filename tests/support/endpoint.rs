//! Discord as it calls an HTTP interactions endpoint: signed requests over bare connections.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer, SigningKey};
use serde_json::Value;

use super::bot::{Bot, Setup};
use super::interactions::{Interaction, Reply};
use super::loopback::Loopback;
use super::watch::PATIENCE;

pub const PATH: &str = "/interactions";
const LISTENING: &str = "listening on http://";

/// The application's key.
pub fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The application's public key as the portal shows it.
pub fn public_key() -> String {
    hexadecimal(signing_key().verifying_key().as_bytes())
}

/// Seconds since 1970, so far from now.
pub fn seconds_from_now(seconds: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.expect("this is after 1970").as_secs() as i64;
    (now + seconds).to_string()
}

/// The signature of a body that is sent at this time.
pub fn signature(key: &SigningKey, timestamp: &str, body: &[u8]) -> String {
    let signed = [timestamp.as_bytes(), body].concat();
    hexadecimal(&key.sign(&signed).to_bytes())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A request to an endpoint.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What an endpoint answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A connection to an endpoint.
pub struct Connection {
    stream: BufReader<TcpStream>,
}

impl Request {
    /// A request as Discord sends it, signed now.
    pub fn signed(body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let timestamp = seconds_from_now(0);
        let signature = signature(&signing_key(), &timestamp, &body);
        Self::unsigned(body)
            .header("X-Signature-Timestamp", &timestamp)
            .header("X-Signature-Ed25519", &signature)
    }

    /// The same without a signature.
    pub fn unsigned(body: impl Into<Vec<u8>>) -> Self {
        Self {
            method: "POST".to_owned(),
            path: PATH.to_owned(),
            headers: vec![
                ("Host".to_owned(), "waymark.example".to_owned()),
                ("Content-Type".to_owned(), "application/json".to_owned()),
                (
                    "User-Agent".to_owned(),
                    "Discord-Interactions/1.0 (+https://discord.com)".to_owned(),
                ),
            ],
            body: body.into(),
        }
    }

    /// The same with a header of its own.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .retain(|(there, _)| !there.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The head, as far as the empty line.
    pub fn head(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !self
            .headers
            .iter()
            .any(|(name, _)| name == "Transfer-Encoding")
        {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        head += "\r\n";
        head.into_bytes()
    }
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(there, _)| there == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Connection {
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the endpoint takes connections");
        stream.set_nodelay(true).expect("a socket takes options");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a socket takes a time limit");
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// Sends a whole request and reads the answer.
    pub fn ask(&mut self, request: &Request) -> Response {
        self.write(&[request.head(), request.body.clone()].concat());
        self.read().expect("an answer")
    }

    /// Sends some bytes; where the endpoint has closed the connection, reading tells.
    pub fn write(&mut self, bytes: &[u8]) {
        drop(self.stream.get_mut().write_all(bytes));
    }

    /// Reads an answer; none where the connection ended without one.
    pub fn read(&mut self) -> Option<Response> {
        let status = self.line()?;
        let status = status.split(' ').nth(1)?.parse().ok()?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length = length.map_or(0, |(_, length)| {
            length.parse().expect("a length is a number")
        });
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).ok()?;
        Some(Response {
            status,
            headers,
            body,
        })
    }

    /// Whether nothing comes within this time.
    pub fn is_silent_for(&mut self, time: Duration) -> bool {
        let socket = self.stream.get_ref();
        socket
            .set_read_timeout(Some(time))
            .expect("a socket takes a time limit");
        let mut byte = [0];
        let silent = matches!(
            socket.peek(&mut byte),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
        );
        socket
            .set_read_timeout(Some(PATIENCE))
            .expect("a socket takes a time limit");
        silent
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line) {
            Ok(read) if read > 0 => Some(line.trim_end().to_owned()),
            _ => None,
        }
    }
}

impl Setup {
    /// `waymark serve` as an endpoint on a free port, without a token, for this Discord.
    pub fn endpoint(discord: &Loopback) -> Self {
        Self::serve(discord)
            .without("DISCORD_TOKEN")
            .environment("WAYMARK_DISCORD__MODE", "endpoint")
            .environment("WAYMARK_DISCORD__LISTEN", "127.0.0.1:0")
            .environment("WAYMARK_DISCORD__PUBLIC_KEY", &public_key())
            .environment("WAYMARK_DISCORD__REGISTER", "false")
    }
}

impl Bot {
    /// Waits until it listens; where.
    pub fn wait_listening(&self) -> SocketAddr {
        self.wait_printed(LISTENING);
        let printed = self.printed();
        let address = printed
            .split(LISTENING)
            .nth(1)
            .and_then(|rest| rest.split(PATH).next());
        let address = address.and_then(|address| address.parse().ok());
        address.expect("it says where it listens")
    }
}

impl Loopback {
    /// Sends an interaction to an endpoint, and waits for what follows the first response.
    pub fn ask_endpoint(&self, endpoint: SocketAddr, interaction: &Interaction) -> Reply {
        self.post(endpoint, interaction);
        self.reply_to(interaction)
    }

    /// Sends an interaction to an endpoint; the first response.
    pub fn post(&self, endpoint: SocketAddr, interaction: &Interaction) -> Value {
        self.expect_interaction(interaction);
        let request = Request::signed(interaction.json.to_string());
        let response = Connection::open(endpoint).ask(&request);
        assert_eq!(response.status, 200, "{}", response.text());
        assert_eq!(response.header("content-type"), Some("application/json"));
        let body = response.json();
        self.take_response(interaction, &body);
        body
    }
}
