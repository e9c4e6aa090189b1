//! The program: `waymark import`, and `waymark serve` with feeds.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use waymark::feeds::FeedName;
use waymark::feeds::state::State;

use crate::ground::{knowledge, line, many, sample};
use crate::host::{Answer, Host};
use crate::support::bot::{Bot, Ended, Setup};
use crate::support::interactions::Interaction;
use crate::support::loopback::Loopback;
use crate::support::pages;
use crate::support::people::IAN;

/// A config file beside a knowledge folder.
struct Place {
    folder: TempDir,
    config: PathBuf,
}

impl Place {
    fn new(feeds: &str) -> Self {
        let folder = knowledge();
        let config = folder.path().join("waymark.conf");
        let place = Self { folder, config };
        place.configure(&format!("knowledge = \".\"\n{feeds}"));
        place
    }

    fn configure(&self, text: &str) {
        fs::write(&self.config, text).unwrap();
    }

    fn import(&self, arguments: &[&str]) -> (i32, String, String) {
        let setup = Setup::waymark(&["import", "--config"]).argument(self.config.to_str().unwrap());
        let setup = arguments
            .iter()
            .fold(setup, |setup, argument| setup.argument(argument));
        let Ended {
            status,
            stdout,
            stderr,
        } = setup.start().wait_ended();
        (status.code().unwrap(), stdout, stderr)
    }
}

/// A table of a feed of lines.
fn lines(name: &str, url: &str) -> String {
    format!(
        "[[feeds]]\nname = \"{name}\"\nkind = \"jsonl\"\nurl = \"{url}\"\nallow_http = true\nallow_private = true\n"
    )
}

#[test]
fn import_prints_a_line_for_each_feed_and_its_status_tells_failures() {
    let host = Host::start();
    host.on(
        "/a",
        [
            Answer::ok(many(2) + "{\"title\": \"x\"}\n{\n"),
            Answer::status(304, ""),
        ],
    );
    host.on(
        "/b",
        [Answer::ok(line("Typed job")), Answer::status(404, "")],
    );
    let place = Place::new(&(lines("a", &host.url("/a")) + &lines("b", &host.url("/b"))));
    let (code, out, err) = place.import(&["--verbose"]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (
            0,
            "\
a: 2 listings (2 new, 0 changed, 0 gone); 2 skipped: 1 × no company, 1 × not readable
  line 3: x: no company
  line 4: not readable: EOF while parsing an object at line 1 column 1
b: 0 listings (0 new, 0 changed, 0 gone); 1 skipped: 1 × in the knowledge base already
  line 1: Typed job: in the knowledge base already
2 feeds: 2 listings (2 new, 0 changed, 0 gone), 3 skipped
",
            ""
        )
    );
    let (code, out, _) = place.import(&["b"]);
    assert_eq!(
        (code, out.as_str()),
        (1, "b: failed: 127.0.0.1 answered 404 Not Found\n")
    );
    let (code, _, err) = place.import(&["c"]);
    assert_eq!(
        (code, err.as_str()),
        (2, "waymark: no feed is called \"c\"; known are a, b\n")
    );
    assert_eq!(place.import(&["--force", "b", "a"]).0, 1);
    let check = Setup::waymark(&[
        "check",
        "--deny-warnings",
        place.folder.path().to_str().unwrap(),
    ]);
    let checked = check.start().wait_ended();
    assert!(checked.status.success(), "{}", checked.stdout);
}

#[test]
fn import_says_what_it_needs() {
    let place = Place::new("");
    let (code, _, err) = place.import(&[]);
    assert_eq!(
        (code, err.as_str()),
        (
            2,
            "waymark: no feeds are set: add [[feeds]] to the config file, as docs/feeds.md tells\n"
        )
    );
    place.configure(&lines("a", "http://127.0.0.1:1/"));
    let (code, _, err) = place.import(&[]);
    assert_eq!(code, 2);
    assert!(err.contains("set `knowledge` in the config file"), "{err}");
}

#[test]
fn two_imports_at_once_do_not_write_over_each_other() {
    let host = Host::start();
    host.on("/a", [Answer::ok(many(2))]);
    let place = Place::new(&lines("a", &host.url("/a")));
    assert_eq!(place.import(&[]).0, 0);
    let lock = fs::File::create(place.folder.path().join("jobs/feeds/.state/lock")).unwrap();
    lock.lock().unwrap();
    let (code, _, err) = place.import(&[]);
    assert_eq!(
        (code, err.as_str()),
        (
            2,
            "waymark: another import into this knowledge folder is under way\n"
        )
    );
    lock.unlock().unwrap();
    assert_eq!(place.import(&[]).0, 0);
}

#[test]
fn a_bot_imports_on_its_schedule_and_shows_what_came() {
    let host = Host::start();
    let board = "/v1/boards/acme/jobs?content=true&pay_transparency=true";
    host.on(board, [Answer::ok(sample("greenhouse.json"))]);
    let feeds = format!(
        "[[feeds]]\nname = \"acme\"\nkind = \"greenhouse\"\nboard = \"acme\"\nurl = \"{}\"\nevery = \"10m\"\n\
         allow_http = true\nallow_private = true\n{}",
        host.url(""),
        lines("lost", &host.url("/lost"))
    );
    let place = Place::new(&feeds);
    let discord = Loopback::start("feeds");
    let setup = Setup::serve(&discord)
        .environment("WAYMARK_OPERATIONS__LISTEN", "127.0.0.1:0")
        .argument("--config")
        .argument(place.config.to_str().unwrap());
    let bot = Bot::ready(&discord, setup);
    bot.wait_printed("a feed failed: 127.0.0.1 answered 404 Not Found");
    bot.wait_printed("the knowledge base was loaded again");
    let shown = discord.ask(&Interaction::command(IAN, "jobs", &[]));
    let text = shown.message.to_string();
    assert!(text.contains("Senior Data Engineer, Payments"), "{text}");
    let numbers = pages::get(pages::address(&bot), "/metrics").expect("it answers");
    for (name, value) in [
        ("waymark_feed_listings{feed=\"acme\"}", Some(3.0)),
        ("waymark_feed_listings{feed=\"lost\"}", None),
        (
            "waymark_feed_runs_total{feed=\"acme\",result=\"taken\"}",
            Some(1.0),
        ),
        (
            "waymark_feed_runs_total{feed=\"lost\",result=\"failed\"}",
            Some(1.0),
        ),
    ] {
        let counted = pages::metric(&numbers, name);
        assert_eq!(counted, value, "{name}: {}", numbers.body);
    }
    bot.stop();
    // It was remembered, so that a restart does not ask again at once.
    let state = State::read(place.folder.path(), &FeedName::new("acme").unwrap());
    assert_eq!(state.brought.unwrap().listings, 3);
}

#[test]
fn a_bot_with_feeds_needs_a_folder_for_them() {
    let discord = Loopback::unrecorded();
    let place = Place::new("");
    place.configure(&lines("a", "http://127.0.0.1:1/"));
    let setup = Setup::serve(&discord)
        .argument("--config")
        .argument(place.config.to_str().unwrap());
    let ended = setup.start().wait_ended();
    assert_eq!(ended.status.code(), Some(2));
    assert!(
        ended
            .stderr
            .contains("feeds write listings into a knowledge folder"),
        "{}",
        ended.stderr
    );
}
