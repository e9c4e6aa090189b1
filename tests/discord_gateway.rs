//! `waymark serve` against the loopback Discord: how it starts, stays and stops.

mod support;

use std::net::TcpListener;

use serde_json::{Value, json};
use support::bot::{Bot, Ended, Setup};
use support::gateway::Heard;
use support::interactions::Interaction;
use support::load::Template;
use support::loopback::{APPLICATION, Failure, Loopback, token};
use support::people::{HOME_SERVER, IAN, OTHER_SERVER};
use support::watch::PATIENCE;
use waymark::commands::{Audience, COMMANDS};

const CALLBACK: &str = "/callback";

// Starting.

#[test]
fn it_identifies_once_with_its_token_and_without_intents() {
    let discord = Loopback::start("identify");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    let identified: Vec<Heard> = discord
        .heard()
        .into_iter()
        .filter(|heard| matches!(heard, Heard::Identify { .. }))
        .collect();
    assert_eq!(
        identified,
        [Heard::Identify {
            intents: json!(0),
            shard: json!([0, 1])
        }]
    );
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn it_registers_every_command_where_it_belongs_and_a_second_start_writes_nothing() {
    let discord = Loopback::start("register");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    discord.wait_requests(&put(Some(HOME_SERVER)), 1);
    discord.wait_commands(Some(HOME_SERVER));
    bot.stop();
    assert_eq!(names(&discord, None), table_names(Audience::Everyone));
    assert_eq!(
        names(&discord, Some(HOME_SERVER)),
        table_names(Audience::Moderators)
    );
    assert_eq!(names(&discord, Some(OTHER_SERVER)), [""; 0]);
    for command in discord.commands(None) {
        assert_eq!(command["contexts"], json!([0, 1, 2]), "{command}");
        assert_eq!(command["integration_types"], json!([0, 1]), "{command}");
    }
    for command in discord.commands(Some(HOME_SERVER)) {
        assert_eq!(command["default_member_permissions"], "32", "{command}");
    }
    assert_eq!(puts(&discord), [put(None), put(Some(HOME_SERVER))]);

    let bot = Bot::ready(&discord, Setup::serve(&discord));
    assert_answers(&discord);
    discord.wait_requests(&format!("GET {}", commands_path(Some(HOME_SERVER))), 2);
    assert_answers(&discord);
    bot.stop();
    assert_eq!(puts(&discord), [put(None), put(Some(HOME_SERVER))]);
}

#[test]
fn only_the_scope_that_differs_is_written() {
    let discord = Loopback::start("register_changed");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    discord.wait_commands(Some(HOME_SERVER));
    bot.stop();
    let mut commands = discord.commands(None);
    commands[0]["description"] = json!("An older description");
    discord.set_commands(None, &commands);

    let bot = Bot::ready(&discord, Setup::serve(&discord));
    discord.wait_requests(&put(None), 2);
    bot.stop();
    assert_eq!(
        puts(&discord),
        [put(None), put(Some(HOME_SERVER)), put(None)]
    );
    assert_ne!(
        discord.commands(None)[0]["description"],
        "An older description"
    );
}

#[test]
fn register_writes_the_commands_and_exits_without_a_session() {
    let discord = Loopback::start("register_only");
    let ended = Setup::waymark_for(&discord, &["register"])
        .start()
        .wait_ended();
    assert!(ended.status.success(), "{}", ended.stderr);
    assert_eq!(names(&discord, None), table_names(Audience::Everyone));
    assert_eq!(
        names(&discord, Some(HOME_SERVER)),
        table_names(Audience::Moderators)
    );
    assert_eq!(discord.heard(), []);
}

#[test]
fn a_home_server_without_the_bot_is_told_and_harms_nothing() {
    let discord = Loopback::start("register_stranger");
    let setup = Setup::serve(&discord).environment("WAYMARK_DISCORD__HOME_SERVERS", "1234567");
    let bot = Bot::ready(&discord, setup);
    bot.wait_printed("1234567");
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn registering_is_tried_again_when_discord_is_busy() {
    let discord = Loopback::start("register_busy");
    discord.fail(Failure::rate_limit(&put(None), 0.2, 1));
    discord.fail(Failure::internal(&put(Some(HOME_SERVER)), 1));
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    discord.wait_commands(Some(HOME_SERVER));
    assert_answers(&discord);
    bot.stop();
    assert_eq!(names(&discord, None), table_names(Audience::Everyone));
}

#[test]
fn as_many_shards_as_discord_recommends_are_started() {
    let discord = Loopback::start("shards");
    discord.recommend_shards(2);
    let bot = Setup::serve(&discord).start();
    let shards = discord.wait_heard("two shards", |heard| {
        let shards: Vec<Value> = heard
            .iter()
            .filter_map(|heard| match heard {
                Heard::Identify { shard, .. } => Some(shard.clone()),
                _ => None,
            })
            .collect();
        (shards.len() == 2).then_some(shards)
    });
    assert_eq!(shards, [json!([0, 2]), json!([1, 2])]);
    bot.stop();
}

#[test]
fn of_a_range_of_shards_both_ends_are_started_and_no_other() {
    let discord = Loopback::start("shard_range");
    let setup = Setup::serve(&discord)
        .environment("WAYMARK_DISCORD__SHARDS__FIRST", "1")
        .environment("WAYMARK_DISCORD__SHARDS__LAST", "1")
        .environment("WAYMARK_DISCORD__SHARDS__TOTAL", "3");
    let bot = Bot::ready(&discord, setup);
    bot.stop();
    let shards: Vec<Heard> = discord
        .heard()
        .into_iter()
        .filter(|heard| matches!(heard, Heard::Identify { .. }))
        .collect();
    assert_eq!(
        shards,
        [Heard::Identify {
            intents: json!(0),
            shard: json!([1, 3])
        }]
    );
}

// Not starting.

#[test]
fn a_refused_token_ends_it_after_one_request() {
    let discord = Loopback::start("token_refused");
    discord.refuse_token();
    let ended = Setup::serve(&discord).start().wait_ended();
    assert_refused(&ended, "Discord refused the token");
    assert_eq!(discord.requests().len(), 1, "{:?}", discord.request_lines());
    assert_eq!(discord.heard(), []);
}

#[test]
fn a_token_that_only_the_gateway_refuses_ends_it_after_one_try() {
    let discord = Loopback::start("identify_refused");
    discord.refuse_identify(4004);
    let ended = Setup::serve(&discord).start().wait_ended();
    assert_refused(&ended, "Discord refused the token");
    assert_eq!(identifies(&discord), 1);
}

#[test]
fn a_gateway_that_closes_for_good_ends_it_after_one_try() {
    let discord = Loopback::start("closed_for_good");
    discord.refuse_identify(4013);
    let ended = Setup::serve(&discord).start().wait_ended();
    assert_refused(&ended, "gateway");
    assert_eq!(identifies(&discord), 1);
}

#[test]
fn without_a_token_nothing_is_asked() {
    let discord = Loopback::start("no_token");
    let setup = Setup::serve(&discord).without("DISCORD_TOKEN");
    assert_refused(&setup.start().wait_ended(), "DISCORD_TOKEN");
    let setup = Setup::serve(&discord).environment("WAYMARK_DISCORD__TOKEN_FILE", "/nowhere/token");
    assert_refused(&setup.start().wait_ended(), "/nowhere/token");
    assert_eq!(discord.requests(), []);
}

#[test]
fn the_token_may_stand_in_a_file() {
    let discord = Loopback::start("token_file");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("token");
    std::fs::write(&file, format!("{}\n", token())).expect("it is written");
    let setup = Setup::serve(&discord)
        .without("DISCORD_TOKEN")
        .environment("WAYMARK_DISCORD__TOKEN_FILE", &file.to_string_lossy());
    let bot = Bot::ready(&discord, setup);
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn where_discord_cannot_be_reached_it_says_so_and_asks_nobody_else() {
    // A port that was free a moment ago, and a proxy that would see whoever turns to another host.
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let closed = format!("http://{}", closed.expect("a free port"));
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a free port");
    elsewhere.set_nonblocking(true).expect("it can be polled");
    let proxy = format!("http://{}", elsewhere.local_addr().expect("bound"));
    let setup = [
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ]
    .iter()
    .fold(Setup::waymark(&["serve"]), |setup, name| {
        setup.environment(name, &proxy)
    });
    let ended = setup
        .environment("DISCORD_TOKEN", &token())
        .environment("WAYMARK_DISCORD__API_URL", &closed)
        .start()
        .wait_ended();
    assert_refused(&ended, &closed);
    assert!(!ended.stderr.contains("discord.gg"), "{}", ended.stderr);
    assert!(elsewhere.accept().is_err(), "it turned to another host");
}

#[test]
fn a_bot_without_sessions_left_starts_none() {
    let discord = Loopback::start("no_sessions");
    discord.set_sessions_left(0);
    let ended = Setup::serve(&discord).start().wait_ended();
    assert_refused(&ended, "session");
    assert_eq!(discord.heard(), []);
}

#[test]
fn a_server_that_is_not_discord_is_told() {
    let discord = Loopback::start("not_discord");
    let strange = Failure {
        status: 200,
        body: json!("Welcome"),
        ..Failure::internal("GET ", 100)
    };
    discord.fail(strange);
    let ended = Setup::serve(&discord).start().wait_ended();
    assert_refused(&ended, &discord.api_url());
}

#[test]
fn a_knowledge_base_with_problems_is_told_before_discord_is_asked() {
    let discord = Loopback::start("bad_knowledge");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let setup = Setup::serve(&discord).knowledge(&folder.path().join("missing"));
    assert_refused(&setup.start().wait_ended(), "missing");
    assert_eq!(discord.heard(), []);
}

// Staying.

#[test]
fn it_comes_back_when_the_gateway_lets_nobody_in_for_a_while() {
    let discord = Loopback::start("upgrades_refused");
    discord.refuse_upgrades(true);
    let bot = Setup::serve(&discord).start();
    discord.wait_heard("a refused connection", |heard| {
        heard.contains(&Heard::Refused).then_some(())
    });
    discord.refuse_upgrades(false);
    discord.wait_ready();
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn after_a_dropped_socket_it_resumes_and_answers_what_it_missed() {
    let discord = Loopback::start("dropped_socket");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    assert_answers(&discord);
    discord.drop_socket();
    discord.wait_heard("the end of the connection", |heard| {
        heard.contains(&Heard::Lost).then_some(())
    });
    assert_answers(&discord);
    assert!(
        matches!(&resumes(&discord)[..], [one] if one.starts_with("session-")),
        "{:?}",
        discord.heard()
    );
    assert_eq!(identifies(&discord), 1);
    bot.stop();
}

#[test]
fn when_discord_asks_for_it_it_resumes() {
    let discord = Loopback::start("reconnect");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    discord.send_frame(r#"{"op":7,"d":null,"s":null,"t":null}"#);
    wait_resumed(&discord);
    assert_answers(&discord);
    discord.close_gateway(4000);
    discord.wait_heard("a second resume", |heard| {
        let resumes = heard
            .iter()
            .filter(|one| matches!(one, Heard::Resume { .. }));
        (resumes.count() == 2).then_some(())
    });
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn a_session_that_cannot_be_resumed_is_started_anew() {
    let discord = Loopback::start("invalid_session");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    discord.forget_sessions();
    discord.drop_socket();
    wait_identified_twice(&discord);
    discord.wait_ready();
    assert_answers(&discord);
    assert_eq!(
        puts(&discord).len(),
        2,
        "registered once, not once a session"
    );
    bot.stop();
}

#[test]
fn a_connection_that_no_longer_answers_heartbeats_is_replaced() {
    let discord = Loopback::start("zombie");
    discord.set_heartbeat_interval(200);
    discord.ignore_heartbeats(true);
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    wait_identified_twice(&discord);
    discord.ignore_heartbeats(false);
    discord.wait_ready();
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn frames_that_make_no_sense_are_survived() {
    let discord = Loopback::start("strange_frames");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    discord.dispatch("INTERACTION_CREATE", &json!({}));
    discord.dispatch("INTERACTION_CREATE", &json!("nothing"));
    discord.dispatch("A_NEW_EVENT", &json!({"anything": [1, 2, 3]}));
    for frame in [
        "",
        "{",
        "null",
        "[]",
        r#"{"op":99,"d":null}"#,
        r#"{"op":0,"s":null,"t":null,"d":null}"#,
        r#"{"op":0,"s":-1,"t":"INTERACTION_CREATE","d":{}}"#,
        "\u{0}\u{1f600}",
    ] {
        discord.send_frame(frame);
    }
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn an_interaction_of_a_kind_that_is_not_known_is_answered_privately() {
    let discord = Loopback::start("unknown_kind");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    let mut unknown_type = Interaction::command(IAN, "help", &[]).json;
    unknown_type["type"] = json!(99);
    let reply = discord.ask(&Interaction::raw(unknown_type));
    assert_eq!((reply.kind, reply.is_private()), (4, true));
    assert_eq!(
        reply.text(),
        "That did not work\n\
         Waymark does not know this kind of request yet. `/help` shows what it can do."
    );
    bot.stop();
}

#[test]
fn what_is_not_understood_is_told_without_what_it_said() {
    let discord = Loopback::start("dropped_frame");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    let secret = "what-ian-typed";
    let mut unknown_type = Interaction::command(IAN, "help", &[("command", json!(secret))]).json;
    unknown_type["type"] = json!(99);
    discord.ask(&Interaction::raw(unknown_type));
    discord.send_frame(&format!("{{ {secret}"));
    bot.wait_printed("an unknown interaction of type 99");
    bot.wait_printed("a frame from Discord could not be read");
    assert_answers(&discord);
    let ended = bot.stop();
    assert!(!ended.stderr.contains(secret), "{}", ended.stderr);
}

#[test]
fn answers_that_discord_does_not_take_are_survived() {
    let discord = Loopback::start("refused_answers");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    for (status, code) in [
        (500, 0),
        (502, 0),
        (404, 10_062),
        (400, 40_060),
        (403, 50_001),
    ] {
        let refusal = Failure {
            status,
            body: json!({"message": "no", "code": code}),
            ..Failure::internal(CALLBACK, 1)
        };
        discord.fail(refusal);
        let asked = Interaction::line(IAN, "/help");
        let before = callbacks(&discord);
        discord.send(&asked);
        discord.wait_requests(CALLBACK, before + 1);
    }
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn a_burst_is_answered_to_the_last() {
    let discord = Loopback::start("burst");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    let asked = [Template::new(&Interaction::line(IAN, "/help"))];
    let pumped = discord.pump(&asked, 1000, 1000, PATIENCE);
    assert_eq!(pumped.answers.len(), 1000);
    assert_answers(&discord);
    bot.stop();
}

#[test]
fn no_log_tells_the_token_or_what_was_asked() {
    let discord = Loopback::start("log");
    let setup = Setup::serve(&discord).environment("WAYMARK_LOG", "trace");
    let bot = Bot::ready(&discord, setup);
    let secret = "what-ian-typed";
    let asked = Interaction::command(IAN, "jobs", &[("search", json!(secret))]);
    discord.ask(&asked);
    let typing = Interaction::autocomplete(IAN, "career", &[], "career", secret);
    discord.ask(&typing);
    discord.drop_socket();
    wait_resumed(&discord);
    assert_answers(&discord);
    let ended = bot.stop();
    let printed = ended.stdout + &ended.stderr;
    assert!(printed.contains("DEBUG"), "it says more: {printed}");
    for unsaid in [
        &token(),
        secret,
        asked.token(),
        typing.token(),
        &IAN.user.to_string(),
    ] {
        assert!(!printed.contains(unsaid), "{unsaid:?} in {printed}");
    }
}

// Stopping.

#[test]
fn sigterm_lets_the_answers_under_way_finish() {
    stops_with_the_answer_under_way("sigterm", "TERM");
}

#[test]
fn sigint_lets_the_answers_under_way_finish() {
    stops_with_the_answer_under_way("sigint", "INT");
}

fn stops_with_the_answer_under_way(name: &str, signal: &str) {
    let discord = Loopback::start(name);
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    assert_answers(&discord);
    discord.hold_callbacks();
    let asked = Interaction::line(IAN, "/help");
    let before = callbacks(&discord);
    discord.send(&asked);
    discord.wait_requests(CALLBACK, before + 1);
    bot.signal(signal);
    bot.wait_printed("stopping");
    discord.release_callbacks();
    assert_eq!(discord.reply_to(&asked).kind, 4);
    let ended = bot.wait_ended();
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    let acknowledged = discord
        .requests()
        .into_iter()
        .any(|request| request.path.contains(asked.token()) && request.status == Some(204));
    assert!(acknowledged, "it heard that its answer was taken");
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let discord = Loopback::start("second_signal");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    assert_answers(&discord);
    discord.hold_callbacks();
    let before = callbacks(&discord);
    discord.send(&Interaction::line(IAN, "/help"));
    discord.wait_requests(CALLBACK, before + 1);
    bot.signal("TERM");
    bot.wait_printed("stopping");
    bot.signal("INT");
    let ended = bot.wait_ended();
    assert!(
        !ended.status.success(),
        "an answer was lost: {}",
        ended.status
    );
}

#[test]
fn it_logs_off_when_it_stops() {
    let discord = Loopback::start("log_off");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    bot.stop();
    let closed = discord.wait_heard("the end of the connection", |heard| {
        heard.iter().find_map(|one| match one {
            Heard::Closed(code) => Some(*code),
            _ => None,
        })
    });
    assert_eq!(closed, Some(1000));
}

#[test]
fn it_can_be_stopped_while_it_waits_for_the_gateway() {
    let discord = Loopback::start("stop_early");
    discord.refuse_upgrades(true);
    let bot = Setup::serve(&discord).start();
    discord.wait_heard("a refused connection", |heard| {
        heard.contains(&Heard::Refused).then_some(())
    });
    bot.signal("TERM");
    bot.wait_ended();
}

fn assert_answers(discord: &Loopback) {
    let reply = discord.ask(&Interaction::line(IAN, "/help"));
    assert_eq!(reply.kind, 4);
    assert!(reply.text().contains("/compare"), "{}", reply.text());
}

fn assert_refused(ended: &Ended, told: &str) {
    assert!(!ended.status.success(), "{}", ended.stderr);
    assert!(
        ended.status.code().is_some(),
        "it exits by itself: {}",
        ended.status
    );
    assert!(
        ended.stderr.contains(told),
        "{told:?} in {:?}",
        ended.stderr
    );
}

fn identifies(discord: &Loopback) -> usize {
    let heard = discord.heard();
    let identifies = heard
        .iter()
        .filter(|one| matches!(one, Heard::Identify { .. }));
    identifies.count()
}

fn wait_identified_twice(discord: &Loopback) {
    discord.wait_heard("a second identify", |heard| {
        let identifies = heard
            .iter()
            .filter(|one| matches!(one, Heard::Identify { .. }));
        (identifies.count() == 2).then_some(())
    });
}

fn resumes(discord: &Loopback) -> Vec<String> {
    let heard = discord.heard().into_iter();
    heard
        .filter_map(|one| match one {
            Heard::Resume { session } => Some(session),
            _ => None,
        })
        .collect()
}

fn wait_resumed(discord: &Loopback) {
    discord.wait_heard("a resume", |heard| {
        let mut heard = heard.iter();
        heard
            .find(|one| matches!(one, Heard::Resume { .. }))
            .map(|_| ())
    });
}

fn callbacks(discord: &Loopback) -> usize {
    let requests = discord.requests();
    let lines = requests.iter().map(support::recording::Request::line);
    lines.filter(|line| line.contains(CALLBACK)).count()
}

fn commands_path(guild: Option<u64>) -> String {
    match guild {
        Some(guild) => format!("/applications/{APPLICATION}/guilds/{guild}/commands"),
        None => format!("/applications/{APPLICATION}/commands"),
    }
}

fn put(guild: Option<u64>) -> String {
    format!("PUT {}", commands_path(guild))
}

fn puts(discord: &Loopback) -> Vec<String> {
    let lines = discord.request_lines().into_iter();
    lines.filter(|line| line.starts_with("PUT ")).collect()
}

/// The names of the commands that are registered, sorted, subcommands with their group.
fn names(discord: &Loopback, guild: Option<u64>) -> Vec<String> {
    let mut names = Vec::new();
    for command in discord.commands(guild) {
        let name = command["name"].as_str().unwrap_or_default();
        let options = command["options"].as_array().into_iter().flatten();
        let subcommands: Vec<String> = options
            .filter(|option| option["type"] == 1)
            .map(|option| format!("{name} {}", option["name"].as_str().unwrap_or_default()))
            .collect();
        match subcommands.is_empty() {
            true => names.push(name.to_owned()),
            false => names.extend(subcommands),
        }
    }
    names.sort();
    names
}

fn table_names(audience: Audience) -> Vec<String> {
    let commands = COMMANDS
        .iter()
        .filter(|command| command.audience == audience);
    let mut names: Vec<String> = commands
        .flat_map(|command| {
            let menu = command.message_menu.map(|menu| menu.name);
            std::iter::once(command.path).chain(menu)
        })
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}
