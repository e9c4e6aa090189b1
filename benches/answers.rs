//! What an answer costs without a transport: `/ask` over every labelled question, the other commands over their examples,
//! and suggestions, each with folding the same text in the same run beside it.
//!
//!     cargo bench --bench answers
//!
//! Each line is timed alone, many times over; the median and the 99th percentile are over all lines of a kind.

use std::hint::black_box;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::Deserialize;
use waymark::commands::ask::reading;
use waymark::commands::line::{self, Line};
use waymark::commands::service::{Input, Service};
use waymark::commands::{Arguments, Asker, Audience, COMMANDS, ModeratorPolicy, Value};
use waymark::knowledge::fold;
use waymark::knowledge::source::Files;
use waymark::knowledge::store::Store;

/// Who asks.
const ASKER: Asker = Asker::Local { moderator: false };
/// How often each line is timed; the quickest time counts, so that what else the machine does counts least.
const TIMES: usize = 15;
/// Texts of which suggestions are asked letter by letter.
const TYPED_CAREERS: &[&str] = &[
    "data engineer",
    "machine lerning",
    "devops",
    "senior web dev",
    "zz",
];
const TYPED_SKILLS: &[&str] = &["python, sql", "kubernets", "power bi", "aws, docker, terra"];

#[derive(Deserialize)]
struct Questions {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    text: String,
}

fn main() {
    let now = Timestamp::now();
    let store = Store::open(Files::Embedded, now).expect("the embedded knowledge base loads");
    let service = Service::new(store, ModeratorPolicy::default());
    let knowledge = service.snapshot();
    let started = Instant::now();
    let lexicon = knowledge.lexicon();
    println!("learning from the examples: {:?}\n", started.elapsed());
    println!(
        "{:<34} {:>6} {:>10} {:>10} {:>9}",
        "", "lines", "median", "p99", "x folding"
    );

    let all: Questions =
        toml::from_str(include_str!("../tests/questions.toml")).expect("it is TOML");
    let questions: Vec<String> = all.question.into_iter().map(|one| one.text).collect();
    let folding = measure(&questions, |text| drop(black_box(fold::words(text))));
    tell("folding and splitting a question", &folding, &folding);
    let read = measure(&questions, |text| {
        drop(black_box(reading::read(lexicon, text)))
    });
    tell("reading it", &read, &folding);
    let ask = |text: &String| {
        let input = Input::Command {
            path: "ask".to_owned(),
            given: vec![("question".to_owned(), Value::Text(text.clone()))],
        };
        drop(black_box(service.answer(&input, &ASKER, now)));
    };
    tell("/ask, answer and all", &measure(&questions, ask), &folding);

    for command in COMMANDS
        .iter()
        .filter(|one| one.audience == Audience::Everyone)
    {
        let lines: Vec<String> = command
            .examples
            .iter()
            .map(|&line| line.to_owned())
            .collect();
        let folding = measure(&lines, |text| drop(black_box(fold::words(text))));
        let given: Vec<Arguments> = lines.iter().map(|line| arguments(line)).collect();
        let run = |given: &Arguments| {
            drop(black_box(service.answer_line(
                command,
                given.clone(),
                &ASKER,
                now,
            )));
        };
        let times = measure(&given, run);
        tell(
            &format!("/{}, its examples", command.path),
            &times,
            &folding,
        );
    }
    for (path, option, typed) in [
        ("career", "career", TYPED_CAREERS),
        ("match", "skills", TYPED_SKILLS),
    ] {
        let begun: Vec<String> = typed.iter().flat_map(|text| beginnings(text)).collect();
        let folding = measure(&begun, |text| drop(black_box(fold::words(text))));
        let suggest = |text: &String| drop(black_box(service.suggest(path, option, text)));
        tell(
            &format!("suggestions for `{option}`"),
            &measure(&begun, suggest),
            &folding,
        );
    }
}

/// What a command line gives for its options.
fn arguments(text: &str) -> Arguments {
    match line::parse(text) {
        Ok(Line::Command(_, arguments)) => arguments,
        other => panic!("{text}: {other:?}"),
    }
}

/// What somebody has typed after each letter.
fn beginnings(text: &str) -> impl Iterator<Item = String> {
    (0..=text.len()).map(|end| text[..end].to_owned())
}

/// The quickest time of each item, shortest first.
fn measure<T>(items: &[T], run: impl Fn(&T)) -> Vec<Duration> {
    let time = |item: &T| {
        let started = Instant::now();
        run(item);
        started.elapsed()
    };
    let quickest = |item| (0..TIMES).map(|_| time(item)).min().unwrap_or_default();
    let mut times: Vec<Duration> = items.iter().map(quickest).collect();
    times.sort_unstable();
    times
}

fn tell(what: &str, times: &[Duration], folding: &[Duration]) {
    let at = |times: &[Duration], percent: usize| times[(times.len() - 1) * percent / 100];
    let (median, p99) = (at(times, 50), at(times, 99));
    let ratio = median.as_secs_f64() / at(folding, 50).as_secs_f64();
    println!(
        "{what:<34} {:>6} {median:>10.1?} {p99:>10.1?} {ratio:>9.1}",
        times.len()
    );
}
