//! A feed's file of listings: `jobs/feeds/<name>.toml`.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use toml_writer::TomlWrite as _;

use super::settings::FeedName;
use crate::knowledge::load::read_listings;
use crate::knowledge::source::MOST_BYTES_OF_LISTINGS;
use crate::knowledge::{Job, Knowledge, Pay, Problem};

/// Where the files of feeds are, below the knowledge folder.
pub const FOLDER: &str = "jobs/feeds";
/// Room for what stands above the listings.
const HEAD_BYTES: usize = 1_000;

/// The path of a feed's file.
pub fn path(knowledge: &Path, feed: &FeedName) -> PathBuf {
    knowledge.join(FOLDER).join(format!("{feed}.toml"))
}

/// The listings that a feed brought before; none where it has brought nothing yet.
///
/// # Errors
/// The file is there and cannot be read.
pub fn read(
    folder: &Path,
    feed: &FeedName,
    knowledge: &Knowledge,
    today: Date,
) -> io::Result<Vec<Job>> {
    let text = match std::fs::read_to_string(path(folder, feed)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(check(text, feed, knowledge, today).0)
}

/// What a file with this text would hold, and every problem that the knowledge base would have with it.
pub fn check(
    text: String,
    feed: &FeedName,
    knowledge: &Knowledge,
    today: Date,
) -> (Vec<Job>, Vec<Problem>) {
    let ids: HashSet<&str> = knowledge
        .careers()
        .iter()
        .map(|career| career.id.as_str())
        .collect();
    read_listings(&format!("{FOLDER}/{feed}.toml"), text, &ids, today)
}

/// The listings as a file, in an order of their own so that only what changed differs. Gives how many fit.
pub fn render(feed: &FeedName, listings: &mut [Job]) -> (String, usize) {
    listings.sort_by_cached_key(|job| {
        let words = [
            &job.title,
            &job.company,
            job.location.as_ref().unwrap_or(&job.title),
        ];
        (words.map(|text| text.to_lowercase()), job.id.clone())
    });
    let room = usize::try_from(MOST_BYTES_OF_LISTINGS).map_or(usize::MAX, |most| most - HEAD_BYTES);
    let mut text = format!(
        "# Written by the feed \"{feed}\" of the config file: whatever is changed here is overwritten by its next import.\n"
    );
    let mut fitting = 0;
    for job in listings.iter() {
        let mut entry = String::new();
        // Writing to a text cannot fail.
        let _ = write_job(&mut entry, job);
        if text.len() + entry.len() > room {
            break;
        }
        text.push_str(&entry);
        fitting += 1;
    }
    (text, fitting)
}

/// Puts the text in the place of the file, whole or not at all.
///
/// # Errors
/// The folder cannot be written to.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // The loader passes over names that begin with a dot.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_through(&temporary, text).and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        // It may not have come that far.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

/// Takes the file away, where it is there.
///
/// # Errors
/// The folder cannot be written to.
pub fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn write_through(path: &Path, text: &str) -> io::Result<()> {
    use io::Write as _;
    let mut file = std::fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn write_job(out: &mut String, job: &Job) -> std::fmt::Result {
    out.push_str("\n[[job]]\n");
    text(out, "id", job.id.as_str())?;
    text(out, "title", &job.title)?;
    text(out, "company", &job.company)?;
    text_if(out, "location", job.location.as_deref())?;
    if let Some(remote) = job.remote {
        writeln!(out, "remote = {remote}")?;
    }
    text_if(out, "type", job.job_type.map(|kind| kind.id()))?;
    text_if(out, "level", job.level.map(|level| level.id()))?;
    if let Some(pay) = &job.salary {
        write_pay(out, pay)?;
    }
    if !job.careers.is_empty() {
        out.push_str("careers = [");
        for (place, career) in job.careers.iter().enumerate() {
            out.push_str(if place > 0 { ", " } else { "" });
            out.value(career.as_str())?;
        }
        out.push_str("]\n");
    }
    text_if(out, "url", job.url.as_deref())?;
    for (key, day) in [("posted", job.posted), ("expires", job.expires)] {
        if let Some(day) = day {
            writeln!(out, "{key} = {day}")?;
        }
    }
    Ok(())
}

fn write_pay(out: &mut String, pay: &Pay) -> std::fmt::Result {
    let amount = |amount: Option<u64>| amount.map(grouped);
    let quoted = |text: Option<&str>| text.map(|text| format!("\"{text}\""));
    let parts = [
        ("min", amount(pay.min)),
        ("max", amount(pay.max)),
        ("currency", quoted(pay.currency.as_deref())),
        ("per", quoted(pay.per.map(|per| per.id()))),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key} = {}", value?)))
        .collect();
    writeln!(out, "salary = {{ {} }}", parts.join(", "))
}

fn text(out: &mut String, key: &str, value: &str) -> std::fmt::Result {
    write!(out, "{key} = ")?;
    // One line each, whatever it holds.
    out.value(toml_writer::TomlStringBuilder::new(value).as_basic())?;
    out.push('\n');
    Ok(())
}

fn text_if(out: &mut String, key: &str, value: Option<&str>) -> std::fmt::Result {
    value.map_or(Ok(()), |value| text(out, key, value))
}

/// As TOML writes thousands: 120_000.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}
