//! How hosts are asked, and what their failures lead to.

use std::io::Write as _;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use waymark::feeds::state::State;
use waymark::feeds::{Feed, FeedName, Kind, Place, Reach, Source};

use crate::ground::{Ground, feed, line, many};
use crate::host::{Answer, Host};

fn state(ground: &Ground, name: &str) -> State {
    State::read(ground.folder.path(), &FeedName::new(name).unwrap())
}

#[test]
fn a_host_is_told_who_asks_and_what_is_known_and_may_answer_that_nothing_changed() {
    let ground = Ground::new();
    let answer = Answer::ok(many(3))
        .with("ETag", "W/\"abc\"")
        .with("Last-Modified", "Mon, 02 Nov 2026 10:00:00 GMT");
    ground.host.on("/lines", [answer, Answer::status(304, "")]);
    let lines = ground.lines("acme", "/lines");
    assert!(ground.brings(&lines).file_changed);
    let written = ground.text("acme");
    let report = ground.brings(&lines);
    assert!(!report.file_changed);
    assert_eq!((report.brought.listings, report.brought.read), (3, 3));
    assert_eq!(ground.text("acme"), written);
    let asked = ground.host.asked();
    let agent = concat!(
        "waymark/",
        env!("CARGO_PKG_VERSION"),
        " (job listings for a Discord server; +https://example.com/about)"
    );
    assert_eq!(asked[0].headers["user-agent"], agent);
    assert_eq!(asked[0].headers.get("if-none-match"), None);
    assert_eq!(asked[1].headers["if-none-match"], "W/\"abc\"");
    assert_eq!(
        asked[1].headers["if-modified-since"],
        "Mon, 02 Nov 2026 10:00:00 GMT"
    );
    // With other settings the same document may bring something else.
    ground.host.on("/lines", [Answer::ok(many(3))]);
    ground.brings(&Feed { most: 2, ..lines });
    assert_eq!(ground.host.asked()[2].headers.get("if-none-match"), None);
    assert_eq!(ground.titles("acme").len(), 2);
}

#[test]
fn a_passing_failure_is_tried_again_after_the_time_that_the_host_asks_for() {
    let ground = Ground::new();
    let busy = Answer::status(429, "").with("Retry-After", "1");
    ground.host.on(
        "/lines",
        [busy, Answer::status(503, ""), Answer::ok(many(1))],
    );
    let began = Instant::now();
    assert_eq!(
        ground
            .brings(&ground.lines("acme", "/lines"))
            .brought
            .listings,
        1
    );
    assert!(
        began.elapsed() >= Duration::from_secs(2),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(ground.host.asked().len(), 3);
}

#[test]
fn a_host_that_wants_to_be_left_alone_for_long_is() {
    let ground = Ground::new();
    let away = Answer::status(429, "").with("Retry-After", "3600");
    ground
        .host
        .on("/lines", [Answer::ok(many(2)), away, Answer::ok(many(3))]);
    let lines = ground.lines("acme", "/lines");
    ground.brings(&lines);
    assert_eq!(
        ground.fails(&lines),
        "127.0.0.1 answered 429 Too Many Requests and asks to be left alone for 3600 s"
    );
    let until = state(&ground, "acme").not_before.unwrap();
    assert!(until.duration_since(Timestamp::now()).as_secs() > 3_500);
    let told = ground.fails(&lines);
    assert!(
        told.starts_with("its host asks to be left alone until "),
        "{told}"
    );
    assert_eq!(ground.host.asked().len(), 2);
    assert_eq!(ground.titles("acme").len(), 2);
    let outcomes = ground.force(&[lines]);
    assert_eq!(outcomes[0].result.as_ref().unwrap().brought.listings, 3);
    assert_eq!(state(&ground, "acme").not_before, None);
}

#[test]
fn a_feed_that_fails_says_why_and_leaves_what_it_brought_before() {
    let ground = Ground::new();
    let lines = Feed {
        timeout: Duration::from_millis(300),
        ..ground.lines("acme", "/lines")
    };
    ground.host.on("/lines", [Answer::ok(line("Kept"))]);
    ground.brings(&lines);
    let written = ground.text("acme");
    let html = "<!doctype html><title>Log in</title>";
    let failures = [
        (Answer::status(404, ""), "127.0.0.1 answered 404 Not Found"),
        (
            Answer::status(500, ""),
            "127.0.0.1 answered 500 Internal Server Error (3 tries)",
        ),
        (Answer::status(204, ""), "127.0.0.1 answered 204 No Content"),
        (
            Answer::Slow,
            "127.0.0.1 did not answer in full within 0 s (3 tries)",
        ),
        (
            Answer::Cut(many(5).into_bytes()),
            "127.0.0.1: the answer broke off (end of file before message length reached) (3 tries)",
        ),
        (
            Answer::ok(html),
            "127.0.0.1: no line of it is a JSON object: expected value at line 1 column 1",
        ),
        (
            Answer::ok("PNG").with("Content-Type", "image/png"),
            "127.0.0.1: sends image/png, which holds no listings",
        ),
        (
            Answer::redirect("/lines"),
            "127.0.0.1 leads from one address to another without end, or nowhere",
        ),
        (
            Answer::status(302, ""),
            "127.0.0.1 leads from one address to another without end, or nowhere",
        ),
        (
            Answer::redirect("file:///etc/passwd"),
            "file: is neither HTTP nor HTTPS",
        ),
    ];
    for (answer, why) in failures {
        ground.host.on("/lines", [answer]);
        assert_eq!(ground.fails(&lines), why);
        assert_eq!(ground.text("acme"), written, "{why}");
        assert_eq!(state(&ground, "acme").failing.unwrap().why, why);
    }
    let gone = "http://127.0.0.1:1/".parse().unwrap();
    let nobody = Feed {
        source: Source::Jsonl(Place::Web(gone)),
        ..lines.clone()
    };
    let told = ground.fails(&nobody);
    assert!(
        told.starts_with("127.0.0.1: ") && told.contains("refused") && told.ends_with("(3 tries)"),
        "{told}"
    );
    ground.host.on("/lines", [Answer::ok(line("New"))]);
    ground.brings(&lines);
    assert_eq!(state(&ground, "acme").failing, None);
    assert_eq!(ground.titles("acme"), ["New"]);
}

#[test]
fn boards_that_send_something_else_are_refused() {
    let ground = Ground::new();
    let board = ground.board(Kind::Greenhouse);
    let Source::Greenhouse(url) = &board.source else {
        panic!()
    };
    let target = format!("{}?{}", url.path(), url.query().unwrap());
    let told = |body: &str| {
        ground.host.on(&target, [Answer::ok(body)]);
        ground.fails(&board)
    };
    assert_eq!(
        told("<html>"),
        "127.0.0.1: this is not a Greenhouse board: it is HTML or XML"
    );
    assert_eq!(
        told("{\"jobs\": [{\"id\": 1,"),
        "127.0.0.1: this is not a Greenhouse board: it is cut off"
    );
    assert_eq!(
        told("{\"error\": \"x\"}"),
        "127.0.0.1: this is not a Greenhouse board: missing field `jobs` at line 1 column 14"
    );
}

#[test]
fn what_is_too_large_is_not_read_to_its_end_packed_or_not() {
    let ground = Ground::new();
    let lines = ground.lines("acme", "/lines");
    ground.host.on("/lines", [Answer::Endless(200)]);
    assert_eq!(ground.fails(&lines), "127.0.0.1 sends more than 64 MB");
    let sent = ground.host.sent() >> 20;
    // What lies in the sockets' buffers went out too.
    assert!(sent < 130, "{sent} MB");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..200 {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    ground
        .host
        .on("/lines", [Answer::Bomb(packed.finish().unwrap())]);
    assert_eq!(ground.fails(&lines), "127.0.0.1 sends more than 64 MB");
}

#[test]
fn private_addresses_are_not_asked_by_any_name() {
    let ground = Ground::new();
    let port = ground.url("").port().unwrap();
    let told = |address: &str, reach: Reach| {
        let url = format!("http://{address}:{port}/lines").parse().unwrap();
        ground.fails(&Feed {
            reach,
            ..feed("acme", Source::Jsonl(Place::Web(url)))
        })
    };
    let http = Reach {
        http: true,
        private: false,
    };
    let end = "an address of this machine or a private network, and `allow_private` is not set";
    assert_eq!(told("127.0.0.1", http), format!("127.0.0.1, {end}"));
    assert_eq!(told("2130706433", http), format!("127.0.0.1, {end}"));
    assert_eq!(
        told("[::ffff:7f00:1]", http),
        format!("::ffff:127.0.0.1, {end}")
    );
    let by_name = told("localhost", http);
    assert!(
        by_name.starts_with("localhost is ") && by_name.ends_with(end),
        "{by_name}"
    );
    let private = Reach {
        http: false,
        private: true,
    };
    assert_eq!(
        told("127.0.0.1", private),
        "127.0.0.1 is asked by plain HTTP, and `allow_http` is not set"
    );
    assert_eq!(ground.host.asked().len(), 0);
}

#[test]
fn a_public_host_does_not_lead_to_a_private_one() {
    let ground = Ground::with_one_public_address();
    let secret = Host::start();
    let port = secret.url("").rsplit(':').next().unwrap().to_owned();
    let lines = Feed {
        reach: Reach {
            http: true,
            private: false,
        },
        ..ground.lines("acme", "/lines")
    };
    ground.host.on("/moved", [Answer::ok(line("Moved"))]);
    ground.host.on("/lines", [Answer::redirect("/moved")]);
    assert_eq!(ground.brings(&lines).brought.listings, 1);
    for to in [
        format!("http://127.0.0.2:{port}/"),
        format!("//127.0.0.2:{port}/"),
        format!("http://[::1]:{port}/"),
    ] {
        ground.host.on("/lines", [Answer::redirect(&to)]);
        let told = ground.fails(&lines);
        assert!(told.contains("`allow_private` is not set"), "{told}");
    }
    assert_eq!(secret.asked().len(), 0);
    assert_eq!(ground.titles("acme"), ["Moved"]);
}
