//! A hundred thousand listings: loading, memory, answers, and answers while they are loaded again.
//!
//!     cargo bench --bench listings                          # 100,000 listings in four feeds
//!     cargo bench --bench listings -- --listings 20000 --feeds 1
//!
//! Everything is measured beside a baseline of the same run: loading beside a plain parse of the same files, memory in
//! processes of their own, answers beside a search of every title, company and location for the words.

#![allow(clippy::unwrap_used)]

#[path = "../tests/support/folder.rs"]
#[allow(dead_code, reason = "each program uses a part of it")]
mod folder;
#[path = "../tests/support/listings.rs"]
mod listings;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use waymark::commands::line::{self, Line};
use waymark::commands::service::{Handled, Outcome, Service};
use waymark::commands::{Asker, ModeratorPolicy};
use waymark::knowledge::Knowledge;
use waymark::knowledge::load::load;
use waymark::knowledge::source::Files;
use waymark::knowledge::store::Store;

const TODAY: Date = date(2026, 11, 23);
/// Says to this program what to do to the folder, and how much memory that takes.
const MEASURED_ALONE: &str = "MEASURED_ALONE";
/// How often each thing is done whose median is told.
const ROUNDS: usize = 5;
/// How long each kind of question is asked.
const ASKED_FOR: Duration = Duration::from_secs(1);

/// Kinds of questions, each with lines of its kind.
const KINDS: &[(&str, &[&str])] = &[
    ("no words, no filters", &["/jobs"]),
    ("the same, page 9000", &["/jobs page: 9000"]),
    (
        "one word",
        &[
            "/jobs search: nurse",
            "/jobs search: engineer",
            "/jobs search: cobalt",
            "/jobs search: python",
        ],
    ),
    (
        "several words",
        &[
            "/jobs search: senior data engineer",
            "/jobs search: product manager growth",
            "/jobs search: backend engineer berlin",
        ],
    ),
    (
        "the same, last page",
        &[
            "/jobs search: machine learning engineer page: 300",
            "/jobs search: software engineer page: 600",
        ],
    ),
    (
        "words with typos",
        &[
            "/jobs search: enginere",
            "/jobs search: machien lerning",
            "/jobs search: sofware developper",
            "/jobs search: accountent",
        ],
    ),
    (
        "a word that is nowhere",
        &["/jobs search: xylophonist", "/jobs search: zzzzz"],
    ),
    (
        "a career's alias",
        &[
            "/jobs search: ml engineer",
            "/jobs search: sre",
            "/jobs search: full stack dev",
        ],
    ),
    (
        "filters",
        &[
            "/jobs career: data-engineer remote: true",
            "/jobs location: new york level: senior",
            "/jobs company: cobalt min_salary: 100000",
            "/jobs type: contract sort: salary",
        ],
    ),
    (
        "words and filters",
        &[
            "/jobs search: data career: data-analyst location: berlin",
            "/jobs search: engineer remote: true level: senior min_salary: 120000",
            "/jobs search: payments company: bank type: full-time sort: newest",
        ],
    ),
    (
        "filters that nothing fits",
        &["/jobs company: nobody location: oslo level: entry"],
    ),
];

fn main() {
    if let Ok(what) = std::env::var(MEASURED_ALONE) {
        return alone(&what, Path::new(&std::env::args().nth(1).unwrap()));
    }
    let (count, feeds) = arguments();
    let folder = folder::copy();
    let folder = folder.path();
    listings::write(folder, count, feeds, TODAY);
    println!(
        "{count} listings in {feeds} feeds, {:.1} MB\n",
        megabytes(feed_bytes(folder))
    );
    loading(folder);
    memory(folder);
    let service = service(Files::Folder(folder.to_owned()));
    answers("answers, µs", &service);
    reloading(&service);
    answers(
        "answers over the five listings inside the program, µs",
        &self::service(Files::Embedded),
    );
}

/// `--listings N`, `--feeds N`; cargo adds `--bench`.
fn arguments() -> (usize, usize) {
    let (mut count, mut feeds) = (100_000, 4);
    let mut given = std::env::args().skip(1).filter(|given| given != "--bench");
    while let Some(name) = given.next() {
        let number = given
            .next()
            .and_then(|number| number.replace(['_', ','], "").parse().ok());
        match (name.as_str(), number) {
            ("--listings", Some(number @ 1..=1_000_000)) => count = number,
            ("--feeds", Some(number @ 1..=100)) => feeds = number,
            _ => {
                eprintln!("usage: cargo bench --bench listings [-- --listings N --feeds N]");
                std::process::exit(2)
            }
        }
    }
    (count, feeds)
}

fn feed_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("jobs/feeds")).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn feed_bytes(folder: &Path) -> u64 {
    feed_files(folder)
        .iter()
        .map(|file| file.metadata().unwrap().len())
        .sum()
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}

// Loading.

fn load_all(folder: &Path) -> Knowledge {
    load(&Files::Folder(folder.to_owned()), TODAY)
        .unwrap_or_else(|problems| panic!("{}", problems[0].render()))
}

/// The baseline: the text, parsed, and nothing else.
fn parse_all(folder: &Path) -> Vec<toml::Table> {
    let texts = feed_files(folder)
        .into_iter()
        .map(|file| std::fs::read_to_string(file).unwrap());
    texts.map(|text| toml::from_str(&text).unwrap()).collect()
}

fn loading(folder: &Path) {
    let times = |work: &dyn Fn()| {
        let mut times = Times::default();
        (0..ROUNDS).for_each(|_| times.time(work));
        times.quantile(0.5).as_secs_f64()
    };
    let whole = times(&|| drop(black_box(load_all(folder))));
    let plain = times(&|| drop(black_box(parse_all(folder))));
    println!("loading, s (median of {ROUNDS})");
    println!("  read, check, index      {whole:>8.2}");
    println!(
        "  parse alone             {plain:>8.2}   ratio {:.2}\n",
        whole / plain
    );
}

fn memory(folder: &Path) {
    println!("resident memory, MB (a process each)    before     after      peak");
    for (what, name) in [
        ("load", "read, check, index"),
        ("reload", "the same twice, as a reload does"),
        ("parse", "parse alone"),
    ] {
        let this = std::env::current_exe().unwrap();
        let ran = Command::new(this)
            .arg(folder)
            .env(MEASURED_ALONE, what)
            .output()
            .unwrap();
        println!(
            "  {name:<36}{}",
            String::from_utf8(ran.stdout).unwrap().trim_end()
        );
    }
    println!();
}

/// Does one thing, and prints this process's memory.
fn alone(what: &str, folder: &Path) {
    let before = status("VmRSS:");
    let kept: Box<dyn std::any::Any> = match what {
        "load" => Box::new(load_all(folder)),
        "reload" => {
            let store = Store::open(Files::Folder(folder.to_owned()), now()).unwrap();
            store.reload(now()).unwrap();
            Box::new(store)
        }
        _ => Box::new(parse_all(folder)),
    };
    let after = status("VmRSS:");
    println!("{before:>10.1}{after:>10.1}{:>10.1}", status("VmHWM:"));
    drop(kept);
}

/// A figure in MB from what the system says of this process.
fn status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap();
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    kilobytes * 1_024.0 / 1_000_000.0
}

// Answers.

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn service(files: Files) -> Service {
    Service::new(
        Store::open(files, now()).unwrap(),
        ModeratorPolicy::default(),
    )
}

fn ask(service: &Service, typed: &str) -> Handled {
    let Ok(Line::Command(command, arguments)) = line::parse(typed) else {
        panic!("{typed}");
    };
    let handled = service.answer_line(
        command,
        arguments,
        &Asker::Local { moderator: false },
        now(),
    );
    assert!(
        matches!(handled.outcome, Outcome::Answered | Outcome::Mistake),
        "{typed}"
    );
    handled
}

fn answers(name: &str, service: &Service) {
    println!("{name:<54}median        99 %   scan of all");
    for (kind, lines) in KINDS {
        let mut times = Times::default();
        let end = Instant::now() + ASKED_FOR;
        for line in lines.iter().cycle() {
            times.time(&|| drop(black_box(ask(service, line))));
            if Instant::now() > end {
                break;
            }
        }
        let mut scans = Times::default();
        let knowledge = service.snapshot();
        for line in lines.iter().cycle().take(20) {
            let words = line
                .split_once("search: ")
                .map_or("", |(_, words)| words)
                .to_lowercase();
            let words: Vec<&str> = words.split(' ').collect();
            scans.time(&|| drop(black_box(scan(&knowledge, &words))));
        }
        let micros = |time: Duration| time.as_secs_f64() * 1_000_000.0;
        println!(
            "  {kind:<46}{:>12.1}{:>12.1}{:>14.1}",
            micros(times.quantile(0.5)),
            micros(times.quantile(0.99)),
            micros(scans.quantile(0.5))
        );
    }
    println!();
}

/// The baseline: the places of all listings whose title, company or location holds each word somewhere.
fn scan(knowledge: &Knowledge, words: &[&str]) -> Vec<usize> {
    let holds = |text: &str| {
        let text = text.to_lowercase();
        move |word: &&str| text.contains(*word)
    };
    let jobs = knowledge.jobs().iter().enumerate();
    jobs.filter(|(_, job)| {
        let title = holds(&job.title);
        let company = holds(&job.company);
        let location = holds(job.location.as_deref().unwrap_or_default());
        words
            .iter()
            .all(|word| title(word) || company(word) || location(word))
    })
    .map(|(place, _)| place)
    .collect()
}

/// Answers on this thread alone, and then while another one reloads.
fn reloading(service: &Service) {
    let lines: Vec<&str> = KINDS
        .iter()
        .flat_map(|(_, lines)| *lines)
        .copied()
        .collect();
    let alone = AtomicBool::new(true);
    let mut quiet = Times::default();
    let mut busy = Times::default();
    let mut reloads = Times::default();
    std::thread::scope(|threads| {
        let end = Instant::now() + 5 * ASKED_FOR;
        for line in lines.iter().cycle() {
            quiet.time(&|| drop(black_box(ask(service, line))));
            if Instant::now() > end {
                break;
            }
        }
        let reloading = threads.spawn(|| {
            let mut times = Times::default();
            for _ in 0..3 {
                times.time(&|| {
                    service.store().reload(now()).unwrap();
                });
            }
            alone.store(false, Ordering::Relaxed);
            times
        });
        for line in lines.iter().cycle() {
            busy.time(&|| drop(black_box(ask(service, line))));
            if !alone.load(Ordering::Relaxed) {
                break;
            }
        }
        reloads = reloading.join().unwrap();
    });
    let row = |name: &str, times: &Times| {
        let ms = |part| times.quantile(part).as_secs_f64() * 1_000.0;
        println!(
            "  {name:<36}{:>10}{:>10.3}{:>10.3}{:>10.3}",
            times.0.len(),
            ms(0.5),
            ms(0.99),
            ms(1.0)
        );
    };
    println!("answers of all kinds in turn, ms          count    median      99 %    slowest");
    row("alone", &quiet);
    row("while listings are loaded again", &busy);
    println!(
        "  a reload takes {:.2} s\n",
        reloads.quantile(0.5).as_secs_f64()
    );
}

/// How long something took, each time.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn time(&mut self, work: &dyn Fn()) {
        let start = Instant::now();
        work();
        self.0.push(start.elapsed());
    }

    fn quantile(&self, part: f64) -> Duration {
        let mut times = self.0.clone();
        times.sort_unstable();
        let place = (times.len() as f64 * part) as usize;
        times
            .get(place.min(times.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    }
}
