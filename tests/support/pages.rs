//! What whoever runs a bot reads of it: `/healthz`, `/readyz`, `/metrics`.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use super::bot::Bot;
use super::watch::PATIENCE;

const LISTENING: &str = "listening for /healthz, /readyz and /metrics";

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Where a bot shows its pages; waits until it does.
pub fn address(bot: &Bot) -> SocketAddr {
    bot.wait_printed(LISTENING);
    let printed = bot.printed();
    let line = printed.lines().find(|line| line.contains(LISTENING));
    let address = line
        .and_then(|line| line.rsplit_once("address="))
        .map(|(_, address)| address);
    let address = address.unwrap_or_else(|| panic!("an address in {printed}"));
    address.parse().expect("an address")
}

/// Reads a page; none where nobody answers (any more).
pub fn get(address: SocketAddr, path: &str) -> Option<Page> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a socket takes a time limit");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Page {
        status,
        head: head.to_owned(),
        body: body.to_owned(),
    })
}

/// The value of a metric with these labels, as the page writes both.
pub fn metric(page: &Page, name: &str) -> Option<f64> {
    let line = page.body.lines().find(|line| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(' '))
    })?;
    line[name.len()..].trim().parse().ok()
}
