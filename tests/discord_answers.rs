//! `waymark serve` against the loopback Discord: what it answers, and to whom.

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::bot::{Bot, Setup};
use support::interactions::{self, Interaction, Reply};
use support::loopback::Loopback;
use support::people::{
    HOME_SERVER, IAN, MESSAGE_MODERATOR, MODERATOR, Person, Place, STRANGE_MODERATOR, VOLTY,
};
use waymark::commands::{Audience, COMMANDS, Command};
use waymark::reply::Visibility;

/// First responses: a message, a deferred one, an update that follows, an update, suggestions.
const SHOW: u64 = 4;
const DEFER: u64 = 5;
const DEFER_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const SUGGEST: u64 = 8;

const ASKED_HERE: [Place; 3] = [
    Place::Server(HOME_SERVER),
    Place::BotsDirectMessages,
    Place::PrivateChannel,
];

/// A bot that answers, and its Discord.
struct Stage {
    discord: Loopback,
    bot: Bot,
}

impl Stage {
    fn new(name: &str) -> Self {
        Self::with(name, |setup| setup)
    }

    fn with(name: &str, change: impl FnOnce(Setup) -> Setup) -> Self {
        let discord = Loopback::start(name);
        let bot = Bot::ready(&discord, change(Setup::serve(&discord)));
        Self { discord, bot }
    }

    fn line(&self, person: Person, typed: &str) -> Reply {
        self.discord.ask(&Interaction::line(person, typed))
    }

    fn press(&self, person: Person, reply: &Reply, label: &str) -> Reply {
        let custom_id = reply.button(label).custom_id;
        let pressed = Interaction::press(person, reply, &custom_id);
        self.discord.ask(&pressed)
    }

    fn suggest(&self, path: &str, option: &str, typed: &str) -> Vec<(String, String)> {
        let typing = Interaction::autocomplete(IAN, path, &[], option, typed);
        let reply = self.discord.ask(&typing);
        assert_eq!(reply.kind, SUGGEST);
        reply.suggestions()
    }

    fn stop(self) {
        self.bot.stop();
    }
}

// Commands.

#[test]
fn every_command_answers_its_examples_everywhere() {
    let stage = Stage::new("examples");
    for command in COMMANDS {
        for example in command.examples {
            for place in ASKED_HERE {
                let person = if command.audience == Audience::Moderators {
                    MODERATOR
                } else {
                    IAN.at(place)
                };
                let reply = stage.line(person, example);
                assert_answered(command, example, &reply);
            }
        }
    }
    stage.stop();
}

fn assert_answered(command: &Command, example: &str, reply: &Reply) {
    assert!(
        matches!(reply.kind, SHOW | DEFER),
        "{example}: {}",
        reply.kind
    );
    assert!(!reply.text().is_empty(), "{example}");
    assert!(
        !matches!(reply.title(), "That did not work" | "Something went wrong"),
        "{example}: {}",
        reply.text()
    );
    if !example.contains("private:") && !example.contains("share:") {
        let private = command.visibility == Visibility::Private;
        assert_eq!(reply.is_private(), private, "{example}");
    }
}

#[test]
fn an_answer_is_shown_to_whom_it_was_asked_for() {
    let stage = Stage::new("visibility");
    let line = "/career career: data-manager";
    assert!(!stage.line(IAN, line).is_private());
    assert!(
        stage
            .line(IAN, &format!("{line} private: true"))
            .is_private()
    );
    assert!(stage.line(IAN, "/jobs").is_private());
    assert!(!stage.line(IAN, "/jobs share: true").is_private());
    stage.stop();
}

#[test]
fn careers_are_suggested_while_they_are_typed() {
    let stage = Stage::new("autocomplete");
    for (path, option) in [
        ("career", "career"),
        ("compare", "first"),
        ("compare", "second"),
        ("jobs", "career"),
    ] {
        let typed = stage.suggest(path, option, "machine l");
        assert_eq!(
            typed.first().map(|(name, _)| name.as_str()),
            Some("Machine Learning Engineer"),
            "/{path} {option}: {typed:?}"
        );
        let typed = stage.suggest(path, option, "");
        assert!(
            (1..=25).contains(&typed.len()),
            "/{path} {option}: {typed:?}"
        );
    }
    assert_eq!(stage.suggest("career", "career", "qqqqqqqqqqqq"), []);
    assert_eq!(stage.suggest("career", "career", &"😀".repeat(6000)), []);
    assert_eq!(stage.suggest("career", "no such option", "x"), []);
    assert_eq!(stage.suggest("no such command", "x", "x"), []);
    assert!(!stage.suggest("jobs", "company", "").is_empty());
    assert!(!stage.suggest("jobs", "location", "").is_empty());
    stage.stop();
}

#[test]
fn what_is_suggested_is_taken() {
    let stage = Stage::new("suggested_values");
    for (name, value) in stage.suggest("career", "career", "data") {
        let asked = Interaction::command(IAN, "career", &[("career", json!(value))]);
        let reply = stage.discord.ask(&asked);
        assert!(
            reply.text().contains(&name) && !reply.is_private(),
            "{name}: {}",
            reply.text()
        );
    }
    stage.stop();
}

// Controls.

#[test]
fn whoever_asked_changes_the_answer_in_place_and_others_get_their_own() {
    let stage = Stage::new("controls");
    let reply = stage.line(IAN, "/career career: data-manager");
    let menu = reply.menu();
    let (label, value) = menu.choices.last().expect("a menu has choices").clone();
    let choose = |person| {
        let chosen = Interaction::choose(person, &reply, &menu.custom_id, &value);
        stage.discord.ask(&chosen)
    };
    let own = choose(IAN);
    assert_eq!(own.kind, UPDATE, "{label}");
    assert_ne!(own.text(), reply.text(), "{label}");
    let other = choose(VOLTY);
    assert_eq!((other.kind, other.is_private()), (SHOW, true), "{label}");
    assert_eq!(other.title(), own.title());
    stage.stop();
}

#[test]
fn every_control_of_every_example_answers() {
    let stage = Stage::new("every_control");
    for example in COMMANDS
        .iter()
        .filter(|command| command.audience == Audience::Everyone)
        .flat_map(|command| command.examples)
    {
        let reply = stage.line(IAN, example);
        for control in reply.controls() {
            if control.choices.is_empty() {
                let pressed = Interaction::press(IAN, &reply, &control.custom_id);
                assert_control(example, &control.label, &stage.discord.ask(&pressed));
            }
            for (label, value) in &control.choices {
                let chosen = Interaction::choose(IAN, &reply, &control.custom_id, value);
                assert_control(example, label, &stage.discord.ask(&chosen));
            }
        }
    }
    stage.stop();
}

fn assert_control(example: &str, label: &str, reply: &Reply) {
    assert!(
        reply.removed
            || !matches!(
                reply.title(),
                "" | "That did not work" | "Something went wrong"
            ),
        "{example}: {label}: {}",
        reply.text()
    );
}

#[test]
fn share_shows_a_private_answer_to_everybody() {
    let stage = Stage::new("share");
    let private = stage.line(IAN, "/jobs");
    let shared = stage.press(IAN, &private, "Share");
    assert_eq!((shared.kind, shared.is_private()), (SHOW, false));
    assert_eq!(shared.title(), private.title());
    stage.stop();
}

#[test]
fn the_asker_and_who_may_manage_messages_remove_an_answer_and_nobody_else() {
    let stage = Stage::new("remove");
    let answer = || stage.line(IAN, "/career career: data-manager");
    for person in [IAN, MESSAGE_MODERATOR] {
        let removed = stage.press(person, &answer(), "Remove");
        assert_eq!((removed.kind, removed.removed), (DEFER_UPDATE, true));
    }
    for person in [VOLTY, MODERATOR] {
        let refused = stage.press(person, &answer(), "Remove");
        assert_eq!((refused.kind, refused.is_private()), (SHOW, true));
        assert!(!refused.removed);
    }
    // In a direct message there is nobody to manage messages.
    let in_dm = stage.line(
        IAN.at(Place::BotsDirectMessages),
        "/career career: data-manager",
    );
    let removed = stage.press(IAN.at(Place::BotsDirectMessages), &in_dm, "Remove");
    assert!(removed.removed);
    stage.stop();
}

#[test]
fn a_shared_answer_belongs_to_who_shared_it() {
    let stage = Stage::new("remove_shared");
    let private = stage.line(VOLTY, "/jobs");
    let shared = stage.press(VOLTY, &private, "Share");
    assert_eq!(shared.asker, VOLTY.user);
    assert!(!stage.press(IAN, &shared, "Remove").removed);
    assert!(stage.press(VOLTY, &shared, "Remove").removed);
    stage.stop();
}

#[test]
fn forged_controls_are_answered_privately() {
    let stage = Stage::new("forged_controls");
    let reply = stage.line(IAN, "/career career: data-manager");
    let longest = "r0".to_owned() + &"c".repeat(98);
    for custom_id in [
        "r0",
        "r0zz",
        "r0c ",
        "r0c f",
        "x",
        "m0",
        "click_yes",
        "😀",
        "r0knowledge reload",
        "\u{0}",
        &longest,
    ] {
        let pressed = stage
            .discord
            .ask(&Interaction::press(IAN, &reply, custom_id));
        assert_eq!(
            (pressed.kind, pressed.is_private()),
            (SHOW, true),
            "{custom_id:?}"
        );
    }
    let chosen = Interaction::choose(IAN, &reply, "m0", "no such line");
    assert!(stage.discord.ask(&chosen).is_private());
    // A forged press of a moderators' command is refused as the command is.
    for command in COMMANDS
        .iter()
        .filter(|command| command.audience == Audience::Moderators)
    {
        let custom_id = format!("r0{} ", command.code);
        for person in [IAN, STRANGE_MODERATOR] {
            let pressed = stage
                .discord
                .ask(&Interaction::press(person, &reply, &custom_id));
            assert_eq!(pressed.title(), "Only for moderators", "{custom_id}");
        }
    }
    stage.stop();
}

// What cannot be answered as it was asked.

#[test]
fn bad_input_gets_a_clear_private_answer() {
    let stage = Stage::new("bad_input");
    let long = "x".repeat(7000);
    for (path, options) in [
        ("career", vec![("career", json!("zzzz qqqq"))]),
        ("career", vec![("career", json!(long))]),
        ("career", vec![("career", json!("😀😀😀"))]),
        ("career", vec![("career", json!(7))]),
        ("career", vec![("career", json!(1.5))]),
        ("career", vec![("career", json!(true))]),
        ("career", vec![("no such option", json!("x"))]),
        ("career", vec![("section", json!("no such section"))]),
        ("compare", vec![]),
        ("compare", vec![("first", json!("data-manager"))]),
        (
            "compare",
            vec![
                ("first", json!("data-manager")),
                ("second", json!("data-manager")),
            ],
        ),
        (
            "compare",
            vec![
                ("first", json!("data-manager")),
                ("second", json!("\u{202e}")),
            ],
        ),
        (
            "jobs",
            vec![("page", json!(4000)), ("search", json!("data"))],
        ),
        ("jobs", vec![("page", json!(-1))]),
        ("jobs", vec![("min_salary", json!(-1))]),
        ("jobs", vec![("min_salary", json!(i64::MAX))]),
        ("jobs", vec![("search", json!(long))]),
        ("help", vec![("command", json!("no such command"))]),
        ("no such command", vec![]),
        ("knowledge no-such", vec![]),
    ] {
        let asked = Interaction::command(IAN, path, &options);
        let reply = stage.discord.ask(&asked);
        let options = json!(options).to_string();
        assert!(
            reply.kind == SHOW && reply.is_private() && !reply.text().is_empty(),
            "/{path} {options:.80}: {}",
            reply.text()
        );
        assert_ne!(
            reply.title(),
            "Something went wrong",
            "/{path} {options:.80}"
        );
    }
    stage.stop();
}

#[test]
fn an_unknown_career_offers_the_nearest_three_as_buttons() {
    let stage = Stage::new("unknown_career");
    let asked = Interaction::command(IAN, "career", &[("career", json!("data mnger scientst"))]);
    let reply = stage.discord.ask(&asked);
    assert!(reply.is_private());
    let offered = reply.controls();
    let labels: Vec<_> = offered.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels.len(), 4, "{labels:?}");
    assert_eq!(labels[3], "Browse all careers");
    let pressed = stage
        .discord
        .ask(&Interaction::press(IAN, &reply, &offered[0].custom_id));
    assert!(
        pressed.text().contains(&offered[0].label),
        "{}",
        pressed.text()
    );
    stage.stop();
}

#[test]
fn texts_without_a_word_ask_for_one() {
    let stage = Stage::new("wordless");
    for text in ["", " ", "\u{200b}", "😀", "…", "\u{feff}\u{202e}"] {
        for path in ["career", "jobs", "compare"] {
            let option = match path {
                "jobs" => "search",
                "compare" => "first",
                _ => "career",
            };
            let asked = Interaction::command(IAN, path, &[(option, json!(text))]);
            let reply = stage.discord.ask(&asked);
            assert!(!reply.text().is_empty(), "/{path} {text:?}");
            assert_ne!(reply.title(), "Something went wrong", "/{path} {text:?}");
        }
    }
    stage.stop();
}

#[test]
fn nothing_that_is_typed_pings_or_draws() {
    let stage = Stage::new("markup");
    let hostile = "<@167348773423415296> @everyone **x** [a](https://example.com) ```";
    let asked = Interaction::command(
        IAN,
        "jobs",
        &[("search", json!(hostile)), ("share", json!(true))],
    );
    let reply = stage.discord.ask(&asked);
    for forbidden in ["<@1", "@everyone", "**x**", "[a](https://", "```"] {
        assert!(
            !reply.text().contains(forbidden),
            "{forbidden}: {}",
            reply.text()
        );
    }
    stage.stop();
}

#[test]
fn every_documented_interaction_is_answered_or_passed_over() {
    let stage = Stage::new("documented");
    for (name, json) in interactions::all_documented() {
        // A whole frame; the others are what it holds.
        let json = if name.starts_with("gateway_") {
            json["d"].clone()
        } else {
            json
        };
        let asked = Interaction::raw(json);
        match asked.kind() {
            // Over the gateway Discord sends no pings.
            1 => stage.discord.send(&asked),
            4 => assert_eq!(stage.discord.ask(&asked).kind, SUGGEST, "{name}"),
            _ => {
                let reply = stage.discord.ask(&asked);
                assert!(reply.is_private(), "{name}: {}", reply.text());
            }
        }
    }
    assert!(!stage.line(IAN, "/help").text().is_empty());
    stage.stop();
}

// Moderators.

#[test]
fn only_moderators_of_the_home_servers_run_the_moderators_commands() {
    let stage = Stage::new("moderators");
    let commands = || {
        COMMANDS
            .iter()
            .filter(|command| command.audience == Audience::Moderators)
    };
    assert_eq!(commands().count(), 3);
    for command in commands() {
        for person in [
            IAN,
            MESSAGE_MODERATOR,
            STRANGE_MODERATOR,
            // The same user elsewhere: a right belongs to a place.
            MODERATOR.at(Place::BotsDirectMessages),
            MODERATOR.at(Place::Server(STRANGE_SERVER)),
        ] {
            let asked = Interaction::command(person, command.path, &[]);
            let reply = stage.discord.ask(&asked);
            assert_eq!(
                (reply.title(), reply.is_private()),
                ("Only for moderators", true),
                "{person:?} /{}",
                command.path
            );
        }
        let reply = stage
            .discord
            .ask(&Interaction::command(MODERATOR, command.path, &[]));
        assert_ne!(reply.title(), "Only for moderators", "/{}", command.path);
        assert!(reply.is_private(), "/{}", command.path);
    }
    stage.stop();
}

const STRANGE_SERVER: u64 = support::people::OTHER_SERVER;

#[test]
fn a_configured_role_or_user_moderates_too_in_the_home_server_alone() {
    const ROLE: u64 = 785_609_923_542_777_878;
    let stage = Stage::with("configured_moderators", |setup| {
        setup
            .environment("WAYMARK_DISCORD__MODERATOR_ROLES", &ROLE.to_string())
            .environment("WAYMARK_DISCORD__MODERATOR_USERS", &VOLTY.user.to_string())
    });
    let ask = |person, roles: Value| {
        let mut asked = Interaction::command(person, "knowledge status", &[]);
        asked.json["member"]["roles"] = roles;
        stage.discord.ask(&asked).title() != "Only for moderators"
    };
    let elsewhere = Place::Server(STRANGE_SERVER);
    assert!(!ask(IAN, json!([])));
    assert!(!ask(IAN, json!(["1"])));
    assert!(ask(IAN, json!(["1", ROLE.to_string()])));
    assert!(!ask(IAN.at(elsewhere), json!([ROLE.to_string()])));
    assert!(ask(VOLTY, json!([])));
    assert!(!ask(VOLTY.at(elsewhere), json!([])));
    stage.stop();
}

#[test]
fn a_reload_tells_what_changed_and_answers_from_it() {
    let knowledge = Knowledge::copy();
    let stage = Stage::with("reload", |setup| setup.knowledge(knowledge.path()));
    let mayor = || {
        let asked = Interaction::command(IAN, "career", &[("career", json!("town mayor"))]);
        stage.discord.ask(&asked)
    };
    assert!(mayor().is_private(), "nobody knows it yet");
    knowledge.write("careers/town-mayor.toml", TOWN_MAYOR);
    let told = stage.line(MODERATOR, "/knowledge reload");
    assert!(told.is_private());
    assert!(told.text().contains("Town Mayor"), "{}", told.text());
    assert!(!mayor().is_private());
    assert!(mayor().text().contains("Leads a town."));

    knowledge.write(
        "careers/town-mayor.toml",
        &TOWN_MAYOR.replace("Leads a town.", "Leads a small town."),
    );
    let told = stage.line(MODERATOR, "/knowledge reload");
    assert!(told.text().contains("Town Mayor"), "{}", told.text());
    assert!(mayor().text().contains("Leads a small town."));

    let shown = mayor();
    knowledge.remove("careers/town-mayor.toml");
    let told = stage.line(MODERATOR, "/knowledge reload");
    assert!(told.text().contains("Town Mayor"), "{}", told.text());
    let menu = shown.menu();
    let (_, value) = menu.choices.first().expect("a menu has choices");
    let gone = stage
        .discord
        .ask(&Interaction::choose(IAN, &shown, &menu.custom_id, value));
    assert_eq!((gone.kind, gone.is_private()), (SHOW, true));
    assert!(!gone.controls().is_empty(), "it offers what there is");
    stage.stop();
}

#[test]
fn a_reload_with_problems_tells_them_and_changes_nothing() {
    let knowledge = Knowledge::copy();
    let stage = Stage::with("reload_bad", |setup| setup.knowledge(knowledge.path()));
    let before = stage.line(IAN, "/career career: data-manager");
    knowledge.write(
        "careers/data-manager.toml",
        "name = \"Data Manager\"\nresponsibilites = [\n",
    );
    knowledge.write(
        "careers/town-mayor.toml",
        &TOWN_MAYOR.replace("definition", "definitoin"),
    );
    for line in ["/knowledge reload", "/knowledge problems"] {
        let told = stage.line(MODERATOR, line);
        assert!(told.is_private());
        for part in [
            "careers/data-manager.toml",
            "careers/town-mayor.toml",
            "definitoin",
        ] {
            assert!(
                told.text().contains(part),
                "{line}: {part}: {}",
                told.text()
            );
        }
    }
    let status = stage.line(MODERATOR, "/knowledge status");
    assert!(status.is_private());
    assert_eq!(
        stage.line(IAN, "/career career: data-manager").message,
        before.message
    );
    std::fs::remove_dir_all(knowledge.path()).expect("it is removed");
    let told = stage.line(MODERATOR, "/knowledge reload");
    assert_ne!(told.title(), "Something went wrong", "{}", told.text());
    assert_eq!(
        stage.line(IAN, "/career career: data-manager").message,
        before.message
    );
    stage.stop();
}

#[test]
fn a_reload_with_thousands_of_problems_still_fits_a_message() {
    let knowledge = Knowledge::copy();
    let stage = Stage::with("reload_many", |setup| setup.knowledge(knowledge.path()));
    for number in 0..300 {
        let long = "x".repeat(500);
        let text = format!("name = \"{long}\"\nunknown = 1\nmore = \"@everyone ``` {long}\"\n");
        knowledge.write(&format!("careers/career-{number}.toml"), &text);
    }
    for line in ["/knowledge reload", "/knowledge problems"] {
        let told = stage.line(MODERATOR, line);
        assert!(
            told.text().contains("careers/career-0.toml"),
            "{}",
            told.text()
        );
    }
    stage.stop();
}

#[test]
fn others_are_answered_while_the_knowledge_is_reloaded() {
    let knowledge = Knowledge::copy();
    let stage = Stage::with("reload_meanwhile", |setup| {
        setup.knowledge(knowledge.path())
    });
    let reloads: Vec<Interaction> = (0..4)
        .map(|_| Interaction::command(MODERATOR, "knowledge reload", &[]))
        .collect();
    reloads.iter().for_each(|reload| stage.discord.send(reload));
    assert!(!stage.line(IAN, "/career career: data-manager").is_private());
    for reload in &reloads {
        let told = stage.discord.reply_to(reload);
        assert_eq!((told.kind, told.is_private()), (DEFER, true));
        assert_ne!(told.title(), "Something went wrong");
    }
    stage.stop();
}

/// A folder of knowledge that a test may change.
struct Knowledge {
    folder: tempfile::TempDir,
}

const TOWN_MAYOR: &str = r#"
name = "Town Mayor"
category = "ai-ml"
reviewed = 2026-11-23
definition = "Leads a town."
responsibilities = ["Chairs the council"]
education = ["None in particular"]
industries = ["Government"]
related = ["data-manager"]

[[skills]]
name = "Listening"

[tools]
"Office" = ["A gavel"]

[[tips]]
title = "Meet people"
text = "Go where they are."

[outlook]
summary = "Every town has one."
"#;

impl Knowledge {
    fn copy() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy_folder(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"),
            folder.path(),
        );
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("it is written");
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.path().join(name)).expect("it is removed");
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder is made");
    for entry in std::fs::read_dir(from).expect("a folder is listed") {
        let entry = entry.expect("an entry is read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}

/// Somebody's message, answered from its own menu.
fn answer_this(person: Person, content: &str) -> Interaction {
    let mut asked = Interaction::command(person, "help", &[]);
    asked.json["data"] = json!({
        "id": "816437322781949980",
        "name": "Answer this",
        "type": 3,
        "target_id": "867793854505943041",
        "resolved": {"messages": {"867793854505943041": {
            "id": "867793854505943041",
            "channel_id": "772908445358620702",
            "type": 0,
            "content": content,
            "timestamp": "2026-07-12T09:15:42.744000+00:00",
            "edited_timestamp": null,
            "tts": false,
            "mention_everyone": false,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": false,
            "flags": 0,
            "author": {
                "id": "82198898841029460",
                "username": "test",
                "discriminator": "0",
                "global_name": "Mia @everyone",
                "avatar": null,
                "public_flags": 0
            },
            "components": []
        }}}
    });
    asked
}

#[test]
fn a_message_is_answered_from_its_menu_and_its_author_is_named_without_a_ping() {
    let discord = Loopback::start("answer_this");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    let told = discord.ask(&answer_this(IAN, "what does a data steward even do?"));
    assert!(!told.is_private(), "{told:?}");
    let embed = &told.message["embeds"][0];
    assert_eq!(embed["title"], "Data Steward: Responsibilities");
    let body = embed["description"].as_str().unwrap();
    assert!(
        body.starts_with(
            "Mia @\u{200b}everyone asked: \u{201c}what does a data steward even do?\u{201d}"
        ),
        "{body}"
    );
    assert_eq!(told.message["allowed_mentions"], json!({"parse": []}));
    let unknown = discord.ask(&answer_this(IAN, "how do I become a plumber"));
    assert!(unknown.is_private(), "{unknown:?}");
    assert_eq!(unknown.message["embeds"][0]["title"], "I don't know");
    let empty = discord.ask(&answer_this(IAN, " "));
    assert!(empty.is_private(), "{empty:?}");
    bot.stop();
}
