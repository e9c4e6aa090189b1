//! `waymark import`: which feeds, how far they are, what they brought.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressStyle};

use crate::feeds::merge::{Outcome, Report};
use crate::feeds::{Feed, FeedName};
use crate::reply::text::counted;

/// The feeds of these names; all where none is named.
///
/// # Errors
/// There is no feed, or none of such a name: what to do.
pub fn chosen(feeds: &[Feed], names: &[String]) -> Result<Vec<Feed>, String> {
    if feeds.is_empty() {
        return Err(
            "no feeds are set: add [[feeds]] to the config file, as docs/feeds.md tells".to_owned(),
        );
    }
    if names.is_empty() {
        return Ok(feeds.to_vec());
    }
    let known: Vec<&str> = feeds.iter().map(|feed| feed.name.as_str()).collect();
    for name in names {
        if !known.contains(&name.as_str()) {
            return Err(format!(
                "no feed is called \"{name}\"; known are {}",
                known.join(", ")
            ));
        }
    }
    let wanted = |feed: &&Feed| names.iter().any(|name| name == feed.name.as_str());
    Ok(feeds.iter().filter(wanted).cloned().collect())
}

/// How many feeds have been asked: a bar on a terminal, nothing elsewhere.
pub struct Progress(ProgressBar);

impl Progress {
    /// Begins with none of so many.
    pub fn new(feeds: usize) -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(feeds as u64);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} feeds  {msg}");
        Self(style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style)))
    }

    /// One more has been asked.
    pub fn asked(&self, feed: &FeedName) {
        self.0.set_message(feed.to_string());
        self.0.inc(1);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// A line for each feed, with every entry that was not imported where they are wanted, and a line for all.
pub fn told(outcomes: &[Outcome], verbose: bool) -> String {
    let mut text = String::new();
    for outcome in outcomes {
        let feed = &outcome.feed;
        match &outcome.result {
            Ok(report) => {
                text.push_str(&format!("{feed}: {}\n", brought(report)));
                if verbose {
                    text.extend(
                        report
                            .skipped
                            .iter()
                            .map(|entry| match entry.title.as_str() {
                                "" => format!("  {}: {}\n", entry.place, entry.why),
                                title => format!("  {}: {title}: {}\n", entry.place, entry.why),
                            }),
                    );
                }
            }
            Err(why) => text.push_str(&format!("{feed}: failed: {why}\n")),
        }
    }
    if outcomes.len() > 1 {
        text.push_str(&all(outcomes));
    }
    text
}

fn brought(report: &Report) -> String {
    let brought = &report.brought;
    let mut text = format!(
        "{} ({} new, {} changed, {} gone)",
        counted(brought.listings, "listing", "listings"),
        brought.new,
        brought.changed,
        brought.gone
    );
    let lists = [
        ("skipped", &brought.skipped),
        ("left out", &brought.omitted),
    ];
    for (what, counts) in lists {
        if counts.is_empty() {
            continue;
        }
        let parts = counts.iter().map(|(why, count)| format!("{count} × {why}"));
        let parts: Vec<String> = parts.collect();
        let sum: usize = counts.values().sum();
        text.push_str(&format!("; {sum} {what}: {}", parts.join(", ")));
    }
    text
}

fn all(outcomes: &[Outcome]) -> String {
    let reports = || {
        outcomes
            .iter()
            .filter_map(|outcome| outcome.result.as_ref().ok())
    };
    let sum = |count: fn(&Report) -> usize| reports().map(count).sum::<usize>();
    let failed = outcomes.len() - reports().count();
    let mut text = format!(
        "{}: {} ({} new, {} changed, {} gone), {} skipped",
        counted(outcomes.len(), "feed", "feeds"),
        counted(sum(|report| report.brought.listings), "listing", "listings"),
        sum(|report| report.brought.new),
        sum(|report| report.brought.changed),
        sum(|report| report.brought.gone),
        sum(|report| report.skipped.len()),
    );
    if failed > 0 {
        text.push_str(&format!("; {} failed", counted(failed, "feed", "feeds")));
    }
    text.push('\n');
    text
}
