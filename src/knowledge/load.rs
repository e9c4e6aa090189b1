//! Files -> [`Knowledge`], or every problem of every file.

mod career;
mod check;
mod document;
mod examples;
mod job;
mod questions;
mod report;
mod settings;
mod skills;
mod syntax;
mod words;

use std::collections::HashSet;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use self::career::{CareerRules, Unchecked};
use self::report::Report;
use self::settings::Settings;
use self::skills::SkillNames;
use super::snapshot::Contents;
use super::source::{Files, Kind, Reading, Refused, SourceFile, stem};
use super::{Career, Job, Knowledge, Problem, Severity};

/// Reads, checks and indexes the files. `today` decides what has expired.
///
/// # Errors
/// Every problem of every file (warnings among them), sorted by file and place; at least one is an error.
pub fn load(files: &Files, today: Date) -> Result<Knowledge, Vec<Problem>> {
    let Reading {
        files,
        refused,
        problems,
    } = files.read();
    let nothing = problems.is_empty() && !files.iter().any(|file| file.kind == Kind::Career);
    let mut report = Report::new(&files, problems);
    let contents = read(&files, &refused, &mut report, today);
    if nothing {
        report.whole_file(
            Severity::Error,
            "careers",
            "this knowledge base has no career",
            "add a file such as `careers/data-analyst.toml` with `name`, `category` and `definition`",
        );
    }
    let problems = report.into_problems();
    if problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
    {
        return Err(problems);
    }
    let contents = Contents {
        warnings: problems,
        version: version(&files),
        ..contents
    };
    Ok(Knowledge::new(contents))
}

/// Reads and checks one file of listings alone, beside these careers: what it holds, and every problem.
pub(crate) fn read_listings(
    name: &str,
    text: String,
    careers: &HashSet<&str>,
    today: Date,
) -> (Vec<Job>, Vec<Problem>) {
    let files = [SourceFile::new(name.to_owned(), Kind::Jobs, text)];
    let mut report = Report::new(&files, Vec::new());
    let mut listings = job::Listings::new(careers, today);
    listings.read(0, &mut report);
    (listings.jobs, report.into_problems())
}

fn read(
    files: &[SourceFile],
    refused: &[Refused],
    report: &mut Report<'_>,
    today: Date,
) -> Contents {
    let of = |kind: Kind| {
        files
            .iter()
            .enumerate()
            .filter(move |(_, file)| file.kind == kind)
            .map(|(index, _)| index)
    };
    let settings = match of(Kind::Settings).next() {
        Some(file) => settings::read(&mut report.of(file)),
        None => Settings {
            sources_known: refused.iter().all(|file| file.kind != Kind::Settings),
            ..Settings::default()
        },
    };
    let skills = of(Kind::Skills)
        .next()
        .map_or_else(SkillNames::default, |file| {
            skills::read(&mut report.of(file))
        });
    let questions = of(Kind::Questions)
        .next()
        .map(|file| questions::read(&mut report.of(file)))
        .unwrap_or_default();
    let examples = of(Kind::Examples)
        .next()
        .map(|file| examples::read(&mut report.of(file)))
        .unwrap_or_default();

    let refused_careers = refused.iter().filter(|file| file.kind == Kind::Career);
    let ids: HashSet<&str> = of(Kind::Career)
        .map(|file| files[file].stem())
        .chain(refused_careers.map(|file| stem(&file.name)))
        .collect();
    let unchecked: Vec<Unchecked> = of(Kind::Career)
        .filter_map(|file| career::read(files[file].stem(), file, report))
        .collect();
    career::check_names(files, &unchecked, report);
    let rules = CareerRules {
        ids: &ids,
        settings: &settings,
        skills: &skills,
        today,
    };
    let mut careers: Vec<Career> = unchecked
        .into_iter()
        .map(|unchecked| rules.check(unchecked, report))
        .collect();
    careers.sort_by_cached_key(|career| (career.name.to_lowercase(), career.id.clone()));

    let mut jobs = job::Listings::new(&ids, today);
    for file in of(Kind::Jobs) {
        jobs.read(file, report);
    }
    let categories = settings.categories_for(&careers, report);
    Contents {
        name: settings.name,
        default_currency: settings.default_currency,
        categories,
        careers,
        jobs: jobs.jobs,
        skills: skills.skills,
        questions,
        examples,
        ..Contents::default()
    }
}

/// What to do about a key that stands below a table by mistake.
fn below(table: &str) -> String {
    format!("below `[{table}]` every key belongs to that table: move it above the first `[…]` line")
}

/// The first 12 hexadecimal digits of a hash over names and contents.
fn version(files: &[SourceFile]) -> String {
    let mut hash = Sha256::new();
    for file in files {
        for part in [&file.name, &file.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    }
    hexadecimal(&hash.finalize(), 12)
}

/// The first `digits` hexadecimal digits of these bytes.
fn hexadecimal(bytes: &[u8], digits: usize) -> String {
    let mut text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    text.truncate(digits);
    text
}
