//! What whoever runs `waymark serve` sees of it and does to it.

mod support;

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use serde_json::{Value, json};
use support::bot::{Bot, Setup};
use support::interactions::Interaction;
use support::loopback::{Loopback, token};
use support::pages::{self, Page, get, metric};
use support::people::IAN;
use support::watch::PATIENCE;

/// `waymark serve` with its pages on a port that the system chooses.
fn serve(discord: &Loopback) -> Setup {
    Setup::serve(discord).environment("WAYMARK_OPERATIONS__LISTEN", "127.0.0.1:0")
}

/// Waits until a page is as it should be.
fn wait_page(bot: &Bot, path: &str, wanted: impl Fn(&Page) -> bool) -> Page {
    let address = pages::address(bot);
    let start = std::time::Instant::now();
    loop {
        let page = get(address, path);
        if let Some(page) = page.as_ref().filter(|page| wanted(page)) {
            return page.clone();
        }
        assert!(start.elapsed() < PATIENCE, "{path} stays {page:#?}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

fn wait_ready(bot: &Bot) {
    wait_page(bot, "/readyz", |page| page.status == 200);
}

fn knowledge(folder: &Path, name: &str) {
    let settings = "name = \"Test\"\n[[categories]]\nid = \"analytics\"\nname = \"Analytics\"\n";
    let career =
        format!("name = \"{name}\"\ncategory = \"analytics\"\ndefinition = \"Works with data.\"\n");
    fs::create_dir_all(folder.join("careers")).expect("a folder");
    fs::write(folder.join("knowledge.toml"), settings).expect("a file");
    fs::write(folder.join("careers/one.toml"), career).expect("a file");
}

#[test]
fn it_is_healthy_at_once_and_ready_once_it_is_connected() {
    let discord = Loopback::start("ready");
    discord.refuse_upgrades(true);
    let bot = serve(&discord).start();
    let address = pages::address(&bot);
    let health = get(address, "/healthz").expect("it answers");
    assert_eq!((health.status, health.body.as_str()), (200, "ok\n"));
    let ready = get(address, "/readyz").expect("it answers");
    assert_eq!(ready.status, 503);
    assert!(
        ready
            .body
            .starts_with("not ready: not connected\nknowledge "),
        "{ready:?}"
    );
    assert_eq!(get(address, "/elsewhere").expect("it answers").status, 404);
    discord.refuse_upgrades(false);
    let ready = wait_page(&bot, "/readyz", |page| page.status == 200);
    assert!(ready.body.starts_with("ready\nknowledge "), "{ready:?}");
    bot.stop();
    assert_eq!(get(address, "/healthz"), None);
}

#[test]
fn of_several_shards_all_must_be_connected_before_it_is_ready() {
    let discord = Loopback::start("ready_shards");
    discord.recommend_shards(2);
    let bot = serve(&discord).start();
    let address = pages::address(&bot);
    // The second shard is started five seconds after the first.
    wait_page(&bot, "/metrics", |page| {
        metric(page, "waymark_gateway_shards{state=\"connected\"}") == Some(1.0)
    });
    assert_eq!(get(address, "/readyz").expect("it answers").status, 503);
    wait_ready(&bot);
    let page = get(address, "/metrics").expect("it answers");
    for (state, count) in [("connected", 2.0), ("disconnected", 0.0)] {
        let name = format!("waymark_gateway_shards{{state=\"{state}\"}}");
        assert_eq!(metric(&page, &name), Some(count), "{}", page.body);
    }
    bot.stop();
}

#[test]
fn asked_to_stop_it_is_not_ready_at_once_and_answers_until_the_delay_is_over() {
    let discord = Loopback::start("drain");
    let bot = serve(&discord)
        .environment("WAYMARK_OPERATIONS__DRAIN_DELAY", "3")
        .start();
    wait_ready(&bot);
    let address = pages::address(&bot);
    let asked = std::time::Instant::now();
    bot.signal("TERM");
    bot.wait_printed("draining");
    let ready = get(address, "/readyz").expect("it answers");
    assert_eq!(ready.status, 503);
    assert!(ready.body.starts_with("not ready: draining\n"), "{ready:?}");
    assert_eq!(get(address, "/healthz").expect("it answers").status, 200);
    let reply = discord.ask(&Interaction::line(IAN, "/help"));
    assert!(reply.text().contains("/compare"), "{}", reply.text());
    let ended = bot.wait_ended();
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    assert!(
        asked.elapsed().as_secs_f64() > 2.9,
        "it waits for the delay"
    );
}

#[test]
fn somebody_at_a_terminal_waits_for_no_delay() {
    let discord = Loopback::start("interrupt");
    let bot = serve(&discord)
        .environment("WAYMARK_OPERATIONS__DRAIN_DELAY", "3600")
        .start();
    wait_ready(&bot);
    bot.signal("INT");
    assert!(bot.wait_ended().status.success());
}

#[test]
fn a_second_signal_ends_the_delay_too() {
    let discord = Loopback::start("drain_twice");
    let bot = serve(&discord)
        .environment("WAYMARK_OPERATIONS__DRAIN_DELAY", "3600")
        .start();
    wait_ready(&bot);
    bot.signal("TERM");
    bot.wait_printed("draining");
    bot.signal("TERM");
    assert_eq!(bot.wait_ended().status.code(), Some(130));
}

#[test]
fn the_metrics_count_what_happened_and_name_nobody() {
    let discord = Loopback::start("metrics");
    let bot = serve(&discord).start();
    wait_ready(&bot);
    let secret = "what-ian-typed";
    discord.ask(&Interaction::line(IAN, "/help"));
    discord.ask(&Interaction::line(IAN, "/career data analyst"));
    discord.ask(&Interaction::line(IAN, "/career data scientist"));
    discord.ask(&Interaction::command(
        IAN,
        "career",
        &[("career", json!(secret))],
    ));
    discord.ask(&Interaction::autocomplete(
        IAN,
        "career",
        &[],
        "career",
        secret,
    ));
    let page = wait_page(&bot, "/metrics", |page| {
        metric(page, "waymark_deliveries_total{result=\"done\"}") == Some(5.0)
    });
    let content_type = "content-type: application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert!(page.head.contains(content_type), "{}", page.head);
    for (name, value) in [
        (
            "waymark_interactions_total{command=\"help\",outcome=\"answered\"}",
            1.0,
        ),
        (
            "waymark_interactions_total{command=\"career\",outcome=\"answered\"}",
            2.0,
        ),
        (
            "waymark_interactions_total{command=\"career\",outcome=\"mistake\"}",
            1.0,
        ),
        (
            "waymark_interactions_total{command=\"career\",outcome=\"suggested\"}",
            1.0,
        ),
        ("waymark_answer_seconds_count{command=\"career\"}", 4.0),
        (
            "waymark_answer_seconds_bucket{le=\"+Inf\",command=\"career\"}",
            4.0,
        ),
        ("waymark_delivery_seconds_count", 5.0),
        ("waymark_gateway_shards{state=\"connected\"}", 1.0),
        ("waymark_gateway_shards{state=\"disconnected\"}", 0.0),
        ("waymark_gateway_sessions_total{how=\"ready\"}", 1.0),
        ("waymark_ready", 1.0),
        ("waymark_knowledge_problems", 0.0),
        ("waymark_knowledge_reloads_total{result=\"changed\"}", 0.0),
    ] {
        assert_eq!(metric(&page, name), Some(value), "{name} in\n{}", page.body);
    }
    let careers = metric(&page, "waymark_knowledge_entries{kind=\"careers\"}");
    assert!(careers > Some(40.0), "{careers:?}");
    let version = get(pages::address(&bot), "/readyz")
        .expect("it answers")
        .body;
    let version = version
        .trim_end()
        .rsplit_once("knowledge ")
        .expect("a version")
        .1
        .to_owned();
    let info = format!("waymark_knowledge_info{{version=\"{version}\"}}");
    assert_eq!(metric(&page, &info), Some(1.0), "{info} in\n{}", page.body);
    assert!(page.body.ends_with("# EOF\n"));
    for unsaid in [secret, &token(), &IAN.user.to_string()] {
        assert!(!page.body.contains(unsaid), "{unsaid:?} in\n{}", page.body);
    }
    discord.drop_socket();
    wait_page(&bot, "/metrics", |page| {
        metric(page, "waymark_gateway_sessions_total{how=\"resumed\"}") == Some(1.0)
    });
    // The check of the page by Prometheus' own parser reads it there.
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/recordings");
    fs::create_dir_all(&recorded).expect("a folder");
    fs::write(recorded.join("metrics.txt"), &page.body).expect("a file");
    bot.stop();
}

#[test]
fn a_changed_folder_is_taken_and_a_broken_one_is_told_and_sighup_loads_at_once() {
    let discord = Loopback::start("reloads");
    let folder = tempfile::tempdir().expect("a folder");
    knowledge(folder.path(), "First");
    let bot = serve(&discord)
        .environment("WAYMARK_WATCH", "1")
        .knowledge(folder.path())
        .start();
    wait_ready(&bot);
    let answers = |name: &str| {
        let reply = discord.ask(&Interaction::line(IAN, "/career one"));
        assert_eq!(reply.title(), name);
    };
    let reloads = |result: &str, times: f64| {
        let name = format!("waymark_knowledge_reloads_total{{result=\"{result}\"}}");
        wait_page(&bot, "/metrics", |page| metric(page, &name) == Some(times))
    };
    knowledge(folder.path(), "Second");
    reloads("changed", 1.0);
    answers("Second");
    fs::write(folder.path().join("careers/one.toml"), "name = ").expect("a file");
    let page = reloads("failed", 1.0);
    assert!(metric(&page, "waymark_knowledge_problems") >= Some(1.0));
    answers("Second");
    let printed = bot.printed();
    assert!(
        printed.contains("the knowledge base was not loaded"),
        "{printed}"
    );
    assert!(printed.contains("careers/one.toml"), "{printed}");
    knowledge(folder.path(), "Third");
    let page = reloads("changed", 2.0);
    assert_eq!(metric(&page, "waymark_knowledge_problems"), Some(0.0));
    answers("Third");
    bot.signal("HUP");
    reloads("unchanged", 1.0);
    answers("Third");
    bot.stop();
}

#[test]
fn an_address_that_is_taken_is_told_before_anything_is_asked() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let discord = Loopback::start("taken");
    let ended = Setup::serve(&discord)
        .environment("WAYMARK_OPERATIONS__LISTEN", &address)
        .start()
        .wait_ended();
    assert_eq!(ended.status.code(), Some(2));
    let told = format!("waymark: cannot listen on {address} (");
    assert!(ended.stderr.contains(&told), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("choose another `operations.listen`"),
        "{}",
        ended.stderr
    );
    assert_eq!(discord.requests().len(), 0);
}

#[test]
fn as_json_every_line_of_a_request_carries_its_id_and_none_tells_what_was_asked() {
    let discord = Loopback::start("json_log");
    let bot = serve(&discord)
        .environment("WAYMARK_LOG_FORMAT", "json")
        .environment("WAYMARK_LOG", "trace")
        .start();
    discord.wait_ready();
    let secret = "what-ian-typed";
    let asked = Interaction::command(IAN, "jobs", &[("search", json!(secret))]);
    discord.ask(&asked);
    let ended = bot.stop();
    let lines: Vec<Value> = ended
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}")))
        .collect();
    let answered: Vec<&Value> = lines
        .iter()
        .filter(|line| line["message"] == "answered")
        .collect();
    assert_eq!(answered.len(), 1);
    assert_eq!(
        answered[0]["span"],
        json!({ "name": "request", "interaction": asked.id() })
    );
    assert_eq!(answered[0]["command"], "jobs");
    for unsaid in [secret, &token(), asked.token(), &IAN.user.to_string()] {
        assert!(
            !ended.stderr.contains(unsaid),
            "{unsaid:?} in {}",
            ended.stderr
        );
    }
}
