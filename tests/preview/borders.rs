//! Who may ask, and what the page may load.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use serde_json::Value as Json;

use crate::browser::in_browser;
use crate::server::Preview;

/// Sends a request as it stands and gives the status and the whole answer.
fn ask(preview: &Preview, head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(preview.host()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let length = body.len();
    write!(
        stream,
        "{head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer)
}

const PING: &str = r#"{"id":"1","application_id":"2","token":"t","type":1}"#;
const JSON: &str = "Content-Type: application/json";

#[test]
fn a_foreign_host_or_origin_is_refused_whatever_it_asks_for() {
    let preview = Preview::shared();
    let host = preview.host();
    for path in ["/", "/assets/scripts/main.js", "/setting", "/events"] {
        let head = format!("GET {path} HTTP/1.1\r\nHost: preview.example");
        assert_eq!(ask(&preview, &head, "").0, 421, "{path}");
        let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: https://example.com");
        assert_eq!(ask(&preview, &head, "").0, 403, "{path}");
    }
    let post = |headers: &str| {
        let head = format!("POST /interactions HTTP/1.1\r\n{headers}");
        ask(&preview, &head, PING).0
    };
    assert_eq!(post(&format!("Host: {host}\r\n{JSON}")), 200);
    assert_eq!(
        post(&format!("Host: {host}\r\n{JSON}\r\nOrigin: http://{host}")),
        200
    );
    assert_eq!(
        post(&format!(
            "Host: {host}\r\n{JSON}\r\nOrigin: http://127.0.0.1:1"
        )),
        403
    );
    assert_eq!(
        post(&format!("Host: {host}\r\n{JSON}\r\nOrigin: null")),
        403
    );
    assert_eq!(post(&format!("Host: evil.example\r\n{JSON}")), 421);
    assert_eq!(
        post(&format!("Host: {host}\r\nContent-Type: text/plain")),
        415
    );
}

#[test]
fn what_is_no_interaction_is_refused() {
    let preview = Preview::shared();
    let head = format!(
        "POST /interactions HTTP/1.1\r\nHost: {}\r\n{JSON}",
        preview.host()
    );
    for body in ["", "{", "[]", "null", "{}", "\u{0}"] {
        assert_eq!(ask(&preview, &head, body).0, 400, "{body:?}");
    }
    let long = format!("{{\"id\":\"{}\"}}", "1".repeat(300_000));
    assert_eq!(ask(&preview, &head, &long).0, 413);
    let get = |path: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}", preview.host());
        ask(&preview, &head, "").0
    };
    assert_eq!(get("/interactions"), 405);
    for path in [
        "/nothing",
        "/assets/",
        "/assets/../mod.rs",
        "/assets/%2e%2e/mod.rs",
    ] {
        assert_eq!(get(path), 404, "{path}");
    }
}

#[test]
fn the_page_says_that_it_loads_nothing_from_elsewhere() {
    let preview = Preview::shared();
    let head = format!("GET / HTTP/1.1\r\nHost: {}", preview.host());
    let (_, answer) = ask(&preview, &head, "");
    let policy = answer
        .lines()
        .find_map(|line| line.strip_prefix("content-security-policy: "));
    assert_eq!(
        policy,
        Some(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
            base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
            trusted-types 'none'"
        )
    );
    for header in [
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "cross-origin-resource-policy: same-origin",
        "cache-control: no-store",
    ] {
        assert!(answer.lines().any(|line| line == header), "{header}");
    }
}

#[test]
fn the_browser_loads_nothing_from_elsewhere_and_lets_no_other_page_in() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.paste("/career career: baker").await;
        let hosts: Vec<String> = page
            .js("[...new Set(performance.getEntriesByType('resource').map(one => new URL(one.name).host))]")
            .await;
        assert_eq!(hosts, [preview.host()]);
        // Another program of this machine, in the same browser.
        let other = Preview::over(&crate::server::crafts());
        page.open(&other).await;
        page.foresee("violates the following Content Security Policy directive");
        page.foresee("Refused to connect");
        page.foresee("Fetch API cannot load");
        page.foresee("Failed to load resource");
        page.foresee("blocked by CORS policy");
        let fetched: Json = page
            .client
            .execute_async(
                &format!(
                    "fetch('{}setting').then(() => arguments[0]('loaded'), () => arguments[0]('refused'))",
                    preview.url
                ),
                Vec::new(),
            )
            .await
            .unwrap();
        assert_eq!(fetched, "refused");
    });
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let preview = Preview::shared();
    let (_, port) = preview.host().split_once(':').unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_waymark"))
        .args(["preview", "--no-open", "--port", port, "--knowledge"])
        .arg(crate::server::crafts())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    let expected = format!("waymark: the preview cannot listen on 127.0.0.1:{port}: ");
    assert!(told.starts_with(&expected), "{told}");
    assert!(
        told.ends_with("; --port and --listen choose another address\n"),
        "{told}"
    );
}
