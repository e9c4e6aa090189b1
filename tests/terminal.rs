//! The program as people and other programs run it in a terminal: `say`, the piped prompt, `check`, exit statuses.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthChar;

/// The program in an empty folder, with nothing of the environment that could change what it says.
fn waymark<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark"));
    command
        .args(arguments)
        .env_clear()
        .env("COLUMNS", "80")
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::null());
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    ended(command.output().unwrap())
}

/// Runs with this standard input.
fn feed(command: &mut Command, input: &[u8]) -> (i32, String, String) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    ended(output)
}

fn ended(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

/// What `say --json` prints for these lines, without anything on standard error.
fn say_json(lines: &[&str]) -> (i32, Vec<Value>) {
    let (code, out, err) = run(&mut waymark(["say", "--json", "--"].iter().chain(lines)));
    assert_eq!(err, "");
    let objects = out.lines().map(|line| serde_json::from_str(line).unwrap());
    (code, objects.collect())
}

fn say(lines: &[&str]) -> (i32, String) {
    let (code, out, err) = run(&mut waymark(["say", "--"].iter().chain(lines)));
    assert_eq!(err, "");
    (code, out)
}

fn columns(line: &str) -> usize {
    line.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// The lines of the cards' boxes.
fn boxes(out: &str) -> Vec<&str> {
    let is_box = |line: &&str| line.starts_with(['┎', '┃', '┖']);
    out.lines().filter(is_box).collect()
}

/// The headings of the cards.
fn titles(out: &str) -> Vec<&str> {
    let lines: Vec<_> = out.lines().collect();
    let titles = lines.windows(2).filter(|pair| pair[0].starts_with('┎'));
    titles
        .map(|pair| pair[1].trim_matches(['┃', '│', ' ']))
        .collect()
}

#[test]
fn say_answers_every_line_and_exits_with_0() {
    let (code, out) = say(&["/career ml engineer", "/career data manager"]);
    assert_eq!(code, 0);
    assert_eq!(titles(&out), ["Machine Learning Engineer", "Data Manager"]);
}

#[test]
fn say_exits_with_1_where_one_line_was_a_mistake_and_answers_the_others() {
    for mistake in [
        "/weather",
        "/compare ml engineer",
        "/compare ml engineer vs qqqqq",
        "/career secton: skills",
        "/knowledge status",
        "/jobs page: many",
    ] {
        let (code, out) = say(&[mistake, "/career data manager"]);
        assert_eq!((code, titles(&out)[1]), (1, "Data Manager"), "{mistake}");
    }
}

#[test]
fn a_moderators_command_needs_a_moderators_rights() {
    let line = "/knowledge status";
    for arguments in [
        &["say", "--as", "moderator", line][..],
        &["--as", "moderator", "say", line],
    ] {
        let (code, out, err) = run(&mut waymark(arguments));
        assert_eq!((code, err.as_str()), (0, ""));
        assert_eq!(titles(&out), ["Data, AI and software careers"]);
    }
    let (code, out, _) = run(&mut waymark(["say", "--as", "member", line]));
    assert_eq!((code, titles(&out)), (1, vec!["Only for moderators"]));
}

#[test]
fn json_says_how_the_line_was_read() {
    let (code, said) = say_json(&[
        "/compare first: ml engineer second: data manager section: skills private: true",
        "/jobs rust min_salary: 90,000 remote: yes",
        "/career",
    ]);
    assert_eq!(code, 0);
    let read: Vec<_> = said
        .iter()
        .map(|said| json!({ "line": said["line"], "understood": said["understood"] }))
        .collect();
    assert_eq!(
        read,
        [
            json!({
                "line": "/compare first: ml engineer second: data manager section: skills private: true",
                "understood": {
                    "command": "compare",
                    "options": { "first": "ml engineer", "second": "data manager", "section": "skills", "private": true },
                    "careers": ["machine-learning-engineer", "data-manager"],
                    "section": "skills",
                    "intent": "compare",
                },
            }),
            json!({
                "line": "/jobs rust min_salary: 90,000 remote: yes",
                "understood": {
                    "command": "jobs",
                    "options": { "search": "rust", "remote": true, "min_salary": 90_000 },
                    "careers": [],
                    "section": null,
                    "intent": "jobs",
                },
            }),
            json!({
                "line": "/career",
                "understood": {
                    "command": "career",
                    "options": {},
                    "careers": [],
                    "section": null,
                    "intent": "list",
                },
            }),
        ]
    );
}

#[test]
fn a_line_without_a_slash_is_a_question() {
    let question = "what does a data manager earn?";
    let (code, said) = say_json(&[question, &"why ".repeat(10_000)]);
    assert_eq!(code, 1);
    assert_eq!(
        said[0]["understood"],
        json!({
            "command": "ask",
            "options": { "question": question },
            "careers": ["data-manager"],
            "section": "salary",
            "intent": "section",
        })
    );
    assert_eq!(said[1]["understood"]["command"], "ask");
    assert_eq!(said[1]["reply"]["embeds"][0]["title"], "That did not work");
}

#[test]
fn jsons_reply_is_the_message_that_discord_would_be_sent() {
    let (_, said) = say_json(&["/compare ml engineer vs data manager", "/jobs"]);
    let keys = |value: &Value| -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let expected = |names: &[&str]| -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    };
    for object in &said {
        assert_eq!(keys(object), expected(&["line", "understood", "reply"]));
        assert_eq!(object["reply"]["allowed_mentions"], json!({ "parse": [] }));
    }
    assert_eq!(
        keys(&said[0]["reply"]),
        expected(&["embeds", "components", "allowed_mentions"])
    );
    assert_eq!(
        said[0]["reply"]["embeds"][0]["title"],
        "Machine Learning Engineer vs. Data Manager"
    );
    // A list is private: the EPHEMERAL flag.
    assert_eq!(said[1]["reply"]["flags"], 64);
}

#[test]
fn a_slip_is_told_with_the_line_as_it_was_meant() {
    let (code, said) = say_json(&["/compare first: ml engineer secnd: data manager"]);
    assert_eq!(code, 1);
    assert_eq!(
        said,
        [json!({
            "line": "/compare first: ml engineer secnd: data manager",
            "understood": {
                "command": "compare", "options": {}, "careers": [], "section": null, "intent": "none",
            },
            "reply": {
                "embeds": [{
                    "title": "No such option",
                    "description": "`/compare` has no option `secnd`. Did you mean `second`?\n\
                                    If `secnd:` belongs to a value, put the value in quotes.",
                    "color": 0xE0_A0_2E,
                }],
                "components": [{
                    "type": 1,
                    "components": [{
                        "type": 2,
                        "style": 1,
                        "label": "/compare first: ml engineer second: data manager",
                        "custom_id": "r0c fml engineer|sdata manager",
                    }],
                }],
                "allowed_mentions": { "parse": [] },
                "flags": 64,
            },
        })]
    );
}

#[test]
fn lines_come_from_standard_input_where_none_is_given_and_blank_ones_are_skipped() {
    let input = b"\xef\xbb\xbf/career ml engineer\r\n\n   \n/career \xff\n/career data manager";
    let (code, out, err) = feed(&mut waymark(["say", "--json"]), input);
    assert_eq!((code, err.as_str()), (1, ""));
    let said: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let careers: Vec<_> = said
        .iter()
        .map(|said| &said["understood"]["careers"])
        .collect();
    assert_eq!(
        careers,
        [
            &json!(["machine-learning-engineer"]),
            &json!([]),
            &json!(["data-manager"])
        ]
    );
}

#[test]
fn each_line_is_answered_before_the_next_is_written() {
    let mut child = waymark(["say", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for career in ["data-manager", "machine-learning-engineer"] {
        writeln!(stdin, "/career {career}").unwrap();
        let said: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(said["understood"]["careers"], json!([career]));
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_box_is_as_wide_as_columns_says_within_20_and_110() {
    let lines = [
        "/compare ml engineer vs data manager",
        "/jobs",
        "/help",
        "/career 🙂👍🏽 職業 👨‍👩‍👧",
    ];
    for (told, width) in [
        ("5", 20),
        ("40", 40),
        ("80", 80),
        ("120", 110),
        ("", 80),
        ("wide", 80),
    ] {
        let mut command = waymark(["say", "--"].iter().chain(&lines));
        let (_, out, _) = run(command.env("COLUMNS", told));
        let widths: BTreeSet<_> = boxes(&out).into_iter().map(columns).collect();
        assert_eq!(widths, BTreeSet::from([width]), "COLUMNS={told}");
        let widest = out.lines().map(columns).max();
        assert_eq!(widest, Some(width), "COLUMNS={told}");
    }
}

#[test]
fn colours_are_for_terminals_and_never_with_no_color() {
    let colored = |variables: &[(&str, &str)]| {
        let mut command = waymark(["say", "/help"]);
        let (_, out, _) = run(command.envs(variables.iter().copied()));
        out.contains('\u{1b}')
    };
    assert!(!colored(&[]));
    assert!(colored(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn no_control_character_of_a_line_reaches_the_terminal() {
    let line = "/career \u{1b}[31mred\u{7}\u{9b}2J\u{202e}\r\u{8}x";
    let (_, card) = say(&[line]);
    assert!(!card.contains(|letter: char| letter.is_control() && letter != '\n'));
    let (_, json, _) = run(&mut waymark(["say", "--json", line]));
    assert!(!json.contains(|letter: char| letter.is_control() && letter != '\n'));
    let said: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(said["line"], line);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = waymark(["say"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // The program may have gone before it reads all of this.
    let _ = stdin.write_all("/career\n".repeat(50).as_bytes());
    drop(stdin);
    let (code, _, err) = ended(child.wait_with_output().unwrap());
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_is_wrong() {
    for (arguments, told) in [
        (&["saay"][..], "unrecognized subcommand 'saay'"),
        (&["say", "--jsn", "/help"], "unexpected argument '--jsn'"),
        (&["say", "--as", "king", "/help"], "invalid value 'king'"),
        (
            &["--config", "nowhere.toml", "say", "/help"],
            "nowhere.toml: cannot read",
        ),
        (
            &["--knowledge", "nowhere", "say", "/help"],
            "there is no such folder",
        ),
        (&["--knowledge", "nowhere"], "there is no such folder"),
    ] {
        let (code, out, err) = run(&mut waymark(arguments));
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(told), "{err}");
    }
}

#[test]
fn help_and_version_are_told() {
    let (code, out, _) = run(&mut waymark(["--version"]));
    assert_eq!(
        (code, out),
        (0, format!("waymark {}\n", env!("CARGO_PKG_VERSION")))
    );
    let (code, out, _) = run(&mut waymark(["--help"]));
    assert_eq!(code, 0);
    for way in [
        "say",
        "check",
        "serve",
        "register",
        "--knowledge",
        "--config",
    ] {
        assert!(out.contains(way), "{way}");
    }
}

/// What the prompt prints for these lines where no terminal is there.
fn prompt(lines: &str) -> String {
    let (code, out, err) = feed(&mut waymark([""; 0]), lines.as_bytes());
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

#[test]
fn the_piped_prompt_answers_lines_without_noise_until_quit() {
    let answers = |lines: &str| titles(&prompt(lines)).join("; ");
    assert_eq!(
        answers("/career ml engineer\n\n/career data manager\nquit\n/jobs\n"),
        "Machine Learning Engineer; Data Manager"
    );
    assert_eq!(answers("help\n"), answers("/help\n"));
    assert_eq!(answers("?\nexit\n/jobs\n"), answers("/help\n"));
    assert_eq!(prompt(""), "");
}

/// The number that stands before this label.
fn number(out: &str, label: &str) -> String {
    let (before, _) = out.split_once(&format!("] {label}")).unwrap();
    before.rsplit_once('[').unwrap().1.to_owned()
}

#[test]
fn a_number_presses_a_control_of_the_last_answer() {
    let comparison = "/compare ml engineer vs data manager";
    let shown = prompt(comparison);
    let pressed = |label: &str| {
        let out = prompt(&format!("{comparison}\n{}\n", number(&shown, label)));
        out.strip_prefix(&shown).unwrap().to_owned()
    };
    let direct = |line: &str| say(&[line]).1;
    assert_eq!(
        boxes(&pressed("Outlook")),
        boxes(&direct(
            "/compare ml engineer vs data manager section: outlook"
        ))
    );
    assert_eq!(
        boxes(&pressed("Swap sides")),
        boxes(&direct("/compare data manager vs ml engineer"))
    );
    assert_eq!(
        boxes(&pressed("Jobs: Data Manager")),
        boxes(&direct("/jobs career: data-manager"))
    );
    assert_eq!(pressed("Remove"), "Removed.\n");
}

#[test]
fn a_shared_answer_is_no_longer_private() {
    let list = prompt("/jobs");
    let shared = prompt(&format!("/jobs\n{}\n", number(&list, "Share")));
    let shared = shared.strip_prefix(&list).unwrap();
    assert_eq!(boxes(shared), boxes(&list));
    let private = "Only you can see this";
    assert_eq!(
        (list.contains(private), shared.contains(private)),
        (true, false)
    );
}

#[test]
fn a_number_that_presses_nothing_is_told() {
    assert_eq!(
        prompt("1\n"),
        "There is nothing to press: the last answer has no controls.\n"
    );
    let shown = prompt("/jobs");
    let count = number(&shown, "Share");
    let none = format!("There is no such control: the last answer has [1] to [{count}].\n");
    assert_eq!(
        prompt("/jobs\n0\n99999999999999999999999\n"),
        format!("{shown}{none}{none}")
    );
}

/// A knowledge folder with one career, as it is or with a slip in it.
fn knowledge(folder: &Path, career: &str) {
    std::fs::create_dir_all(folder.join("careers")).unwrap();
    std::fs::write(folder.join("knowledge.toml"), SETTINGS).unwrap();
    std::fs::write(folder.join("careers/maker.toml"), career).unwrap();
}

const SETTINGS: &str = "name = \"Paths\"\n[[categories]]\nid = \"crafts\"\nname = \"Crafts\"\n";
const MAKER: &str = "name = \"Maker\"\ncategory = \"crafts\"\ndefinition = \"Makes things.\"\n";

#[test]
fn check_tells_every_problem_and_exits_with_1_where_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let check = || run(waymark(["check", "."]).current_dir(folder.path()));

    knowledge(folder.path(), MAKER);
    let (code, out, err) = check();
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("1 career, 0 listings"), "{out}");

    knowledge(
        folder.path(),
        &MAKER
            .replace("definition", "defintion")
            .replace("\"crafts\"", "7"),
    );
    let (code, out, err) = check();
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    for told in [
        "careers/maker.toml:3:1",
        "careers/maker.toml:2:12",
        "did you mean `definition`?",
    ] {
        assert!(out.contains(told), "{out}");
    }
}

#[test]
fn check_counts_listings_without_a_date_or_a_link_and_warns_of_expired_ones() {
    let folder = tempfile::tempdir().unwrap();
    knowledge(folder.path(), MAKER);
    let check = |listings: &str| {
        std::fs::create_dir_all(folder.path().join("jobs")).unwrap();
        std::fs::write(folder.path().join("jobs/all.toml"), listings).unwrap();
        let (code, out, _) =
            run(waymark(["check", "--deny-warnings", "."]).current_dir(folder.path()));
        (code, out)
    };
    let job = |title: &str, more: &str| {
        format!("[[job]]\ntitle = \"{title}\"\ncompany = \"C\"\n{more}\n")
    };
    let whole = "posted = 2020-01-01\nurl = \"https://example.com\"\n";

    let (code, out) = check(&(job("A", "") + &job("B", "") + &job("C", "posted = 2020-01-01")));
    assert_eq!(code, 0, "{out}");
    assert!(
        out.contains("3 listings (2 without a date, 3 without a link), "),
        "{out}"
    );

    let (code, out) = check(&job("A", whole));
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("1 listing, "), "{out}");

    let (code, out) = check(&job("A", &format!("{whole}expires = 2020-02-01")));
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("this listing expired on 2020-02-01"), "{out}");
}

#[test]
fn warnings_fail_a_check_only_where_they_are_denied() {
    let folder = tempfile::tempdir().unwrap();
    knowledge(folder.path(), &format!("{MAKER}reviewed = 2001-01-01\n"));
    let check = |arguments: &[&str]| {
        let (code, out, _) =
            run(waymark(["check"].iter().chain(arguments)).current_dir(folder.path()));
        assert!(out.contains("warning"), "{out}");
        code
    };
    assert_eq!(check(&["."]), 0);
    assert_eq!(check(&[".", "--deny-warnings"]), 1);
}

#[test]
fn check_takes_the_folder_of_the_command_line_of_the_config_or_the_one_inside() {
    let folder = tempfile::tempdir().unwrap();
    knowledge(&folder.path().join("mine"), MAKER);
    std::fs::write(folder.path().join("waymark.toml"), "knowledge = \"mine\"\n").unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let careers = |arguments: &[&str], within: &Path| {
        let (code, out, _) = run(waymark(arguments).current_dir(within));
        assert_eq!(code, 0, "{out}");
        let (before, _) = out.split_once(" career").unwrap();
        before.rsplit_once(' ').unwrap().1.to_owned()
    };
    assert_eq!(careers(&["check"], folder.path()), "1");
    assert_eq!(careers(&["check", "mine"], folder.path()), "1");
    assert_eq!(
        careers(&["--knowledge", "mine", "check"], folder.path()),
        "1"
    );
    assert_eq!(
        careers(&["check", "--knowledge", "mine"], folder.path()),
        "1"
    );
    assert_eq!(careers(&["check"], elsewhere.path()), "47");
}

#[test]
fn a_knowledge_base_of_ones_own_answers() {
    let folder = tempfile::tempdir().unwrap();
    knowledge(folder.path(), MAKER);
    let path = folder.path().to_str().unwrap();
    let (code, out, err) = run(&mut waymark(["say", "--knowledge", path, "/career maker"]));
    assert_eq!((code, err.as_str(), titles(&out)), (0, "", vec!["Maker"]));
}

#[test]
fn a_knowledge_base_that_does_not_load_exits_with_2_and_tells_its_problems() {
    let folder = tempfile::tempdir().unwrap();
    knowledge(folder.path(), "name = ");
    let path = folder.path().to_str().unwrap();
    let (code, out, err) = run(&mut waymark(["say", "--knowledge", path, "/help"]));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("careers/maker.toml:1:"), "{err}");
}
