//! What the benchmarks share: medians, quantiles, memory at rest, the questions.

use std::time::Duration;

use waymark::commands::{Audience, COMMANDS};

use super::bot::Bot;
use super::interactions::Interaction;
use super::load::quantile;
use super::people::IAN;

/// What is asked, in turn: every example of the commands that everybody may run.
pub fn questions() -> Vec<Interaction> {
    let commands = COMMANDS
        .iter()
        .filter(|command| command.audience == Audience::Everyone);
    let lines = commands.flat_map(|command| command.examples);
    lines.map(|line| Interaction::line(IAN, line)).collect()
}

/// Resident memory once it no longer changes: ready is more than the program's word for it.
pub fn settled_memory(bot: &Bot) -> u64 {
    let mut last = 0;
    for _ in 0..50 {
        let memory = bot.memory();
        if memory == last {
            break;
        }
        last = memory;
        std::thread::sleep(Duration::from_millis(200));
    }
    last
}

/// What was measured of one program, turn by turn.
#[derive(Default)]
pub struct Turns {
    /// Of each: answers a second, CPU seconds per 10,000 answers.
    each: Vec<(f64, f64)>,
    /// How long each answer took.
    answers: Vec<Duration>,
}

impl Turns {
    /// Adds a turn: how many answers in what time, what they cost, how long each took.
    pub fn add(&mut self, count: u64, took: Duration, cpu: Duration, answers: Vec<Duration>) {
        let count = count as f64;
        let per_second = count / took.as_secs_f64();
        self.each
            .push((per_second, cpu.as_secs_f64() * 10_000.0 / count));
        self.answers.extend(answers);
    }

    /// Answers a second, the median of the turns.
    pub fn per_second(&self) -> f64 {
        median(self.each.iter().map(|turn| turn.0))
    }

    /// CPU seconds per 10,000 answers, the median of the turns.
    pub fn cpu_per_10_000(&self) -> f64 {
        median(self.each.iter().map(|turn| turn.1))
    }

    /// The time, in milliseconds, within which this part (0 to 1) of all answers came.
    pub fn quantile(&self, part: f64) -> f64 {
        let mut answers = self.answers.clone();
        answers.sort_unstable();
        quantile(&answers, part).as_secs_f64() * 1000.0
    }
}

/// The value in the middle.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        0 if middle > 0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values.get(middle).copied().unwrap_or_default(),
    }
}

/// A count given as `--name N`; cargo adds `--bench`.
pub fn count(name: &str, usual: u64, least: u64) -> u64 {
    const MOST: u64 = 10_000_000;
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let given = match &arguments[..] {
        [] => Some(usual),
        [given, number] if given == name => number.replace(['_', ','], "").parse().ok(),
        _ => None,
    };
    given
        .filter(|number| (least..=MOST).contains(number))
        .unwrap_or_else(|| {
            eprintln!("usage: [{name} N], N from {least} to {MOST}");
            std::process::exit(2)
        })
}
