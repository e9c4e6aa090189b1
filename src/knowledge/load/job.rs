//! Checks the listings.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::document::Document;
use super::hexadecimal;
use super::report::{InFile, Report, Spot};
use super::syntax::MOST_RECOVERED;
use super::words::{did_you_mean, quote, slug};
use crate::knowledge::format::limits::{JOB_ID, TITLE};
use crate::knowledge::format::{JobEntry, JobsFile, PayEntry, Table, Text, Texts};
use crate::knowledge::{CareerId, Job, JobId, Pay};

/// The hexadecimal digits that keep derived ids apart.
const HASH_DIGITS: usize = 10;
/// Where the files of feeds are.
const FEEDS: &str = "jobs/feeds/";
/// The largest part of a large file that is read at once, in bytes.
const MOST_IN_A_PART: usize = 16 * 1024 * 1024;

/// The listings of all files.
pub(super) struct Listings<'c> {
    pub jobs: Vec<Job>,
    seen: HashMap<String, Spot>,
    shared: Shared,
    careers: &'c HashSet<&'c str>,
    today: Date,
}

/// Texts and lists that several listings have, each once.
#[derive(Default)]
struct Shared {
    texts: HashSet<Arc<str>>,
    careers: HashSet<Arc<[CareerId]>>,
}

impl Shared {
    fn text(&mut self, text: &str) -> Arc<str> {
        once(&mut self.texts, text)
    }

    fn careers(&mut self, careers: Vec<CareerId>) -> Arc<[CareerId]> {
        once(&mut self.careers, careers)
    }
}

/// What is equal to this, or this.
fn once<T: ?Sized + Eq + Hash, G: Borrow<T> + Into<Arc<T>>>(
    known: &mut HashSet<Arc<T>>,
    given: G,
) -> Arc<T> {
    if let Some(known) = known.get(given.borrow()) {
        return Arc::clone(known);
    }
    let new = given.into();
    known.insert(Arc::clone(&new));
    new
}

impl<'c> Listings<'c> {
    /// `careers` are the ids that a listing may name.
    pub fn new(careers: &'c HashSet<&'c str>, today: Date) -> Self {
        Self {
            jobs: Vec::new(),
            seen: HashMap::new(),
            shared: Shared::default(),
            careers,
            today,
        }
    }

    /// Reads and checks one file.
    pub fn read(&mut self, file: usize, report: &mut Report<'_>) {
        let mut whole = report.of(file);
        if whole.text().len() > MOST_RECOVERED {
            return self.read_parts(file, report);
        }
        let mut document = Document::parse(&mut whole);
        let empty = self.read_document(&mut document, &mut whole) == Some(0);
        if empty {
            let help = "write a `[[job]]` line above the keys of each listing";
            whole.warning(0..0, "this file has no listing", help);
        }
    }

    /// Reads a large file listing by listing, so that its contents are never all in memory in all their forms.
    fn read_parts(&mut self, file: usize, report: &mut Report<'_>) {
        for part in parts(report.of(file).text()) {
            let mut report = report.of_part(file, part);
            if report.text().len() > MOST_IN_A_PART {
                let help = "write each listing below a `[[job]]` line of its own";
                return report.error(0..0, "this listing is larger than 16 MB", help);
            }
            if let Ok(sound) = toml::from_str::<JobsFile>(report.text()) {
                sound
                    .job
                    .iter()
                    .for_each(|entry| self.entry(entry, &mut report));
                continue;
            }
            // What follows a mistake of syntax may have been meant otherwise.
            let Some(mut document) = Document::parse_part(&mut report) else {
                return;
            };
            self.read_document(&mut document, &mut report);
        }
    }

    /// Reads and checks the listings of a document. How many it has, where nothing is wrong with it as a whole.
    fn read_document<'i>(
        &mut self,
        document: &mut Document<'i>,
        report: &mut InFile<'_, 'i>,
    ) -> Option<usize> {
        let entries = document.take_tables("job", report);
        let count = entries.as_ref().map(Vec::len);
        for entry in entries.into_iter().flatten() {
            let unit = document.read_value::<Table<JobEntry>>(entry, "`job`", report);
            if let Some(unit) = unit.filter(|_| !document.broken()) {
                self.entry(&unit.value, report);
            }
        }
        let rest = document.read::<JobsFile>(report);
        let whole = !document.broken() && rest.is_some_and(|rest| rest.lost.is_empty());
        count.filter(|_| whole)
    }

    fn entry(&mut self, entry: &JobEntry, report: &mut InFile<'_, '_>) {
        let title = report.line(&entry.title, "`title`", TITLE);
        let company = report.line(&entry.company, "`company`", TITLE);
        let location = report.line_if(entry.location.as_ref(), "`location`", TITLE);
        let id = match &entry.id {
            Some(id) => given_id(id, report),
            None => derived_id(&title, &company, location.as_deref().unwrap_or_default()),
        };
        self.claim(&id, entry, report);
        let posted = report.day(entry.posted.as_ref());
        let expires = report.day(entry.expires.as_ref());
        self.check_dates(entry, posted.zip(expires), report);
        let careers = self.careers_of(entry.careers.as_ref(), report);
        let salary = entry.salary.as_ref();
        let salary = salary.map(|salary| self.pay(salary, report));
        self.jobs.push(Job {
            id: JobId::new(&id),
            title: self.shared.text(&title),
            company: self.shared.text(&company),
            location: location.map(|location| self.shared.text(&location)),
            remote: entry.remote,
            job_type: entry.r#type,
            level: entry.level,
            salary,
            careers: self.shared.careers(careers),
            url: report
                .link(entry.url.as_ref(), "`url`")
                .map(String::into_boxed_str),
            posted,
            expires,
        });
    }

    fn claim(&mut self, id: &str, entry: &JobEntry, report: &mut InFile<'_, '_>) {
        let place = entry.id.as_ref().unwrap_or(&entry.title);
        // A stand-in for a missing title or company says nothing about which listing this is.
        let complete = [&entry.title, &entry.company]
            .iter()
            .all(|text| !text.trim().is_empty());
        if entry.id.is_none() && !complete {
            return;
        }
        let spot = report.spot(place.span());
        let Some(first) = self.seen.insert(id.to_ascii_lowercase(), spot) else {
            return;
        };
        let first = report.name_place(&first);
        match &entry.id {
            Some(id) => report.error(
                id.span(),
                format!(
                    "the id {} already belongs to a listing ({first})",
                    quote(id)
                ),
                "give each listing an id of its own",
            ),
            None => report.error(
                place.span(),
                format!(
                    "a listing with this title, company and location is already there ({first})"
                ),
                "keep one of the two, or give each an `id`",
            ),
        }
    }

    fn check_dates(
        &self,
        entry: &JobEntry,
        both: Option<(Date, Date)>,
        report: &mut InFile<'_, '_>,
    ) {
        let Some(expires) = &entry.expires else {
            return;
        };
        let last = expires.0;
        if let Some((posted, _)) = both.filter(|(posted, expires)| expires < posted) {
            report.error(
                expires.span(),
                format!("`expires` ({last}) is before `posted` ({posted})"),
                "`expires` is the last day on which the listing is open",
            );
        } else if last < self.today {
            report.warning(
                expires.span(),
                format!("this listing expired on {last}"),
                "take it out; until then it is hidden",
            );
        }
    }

    fn careers_of(&self, careers: Option<&Texts>, report: &mut InFile<'_, '_>) -> Vec<CareerId> {
        let ids = report.lines(careers, "`careers`", TITLE);
        let written_by_feed = report.source().name.starts_with(FEEDS);
        let mut known = Vec::with_capacity(ids.len());
        for (id, given) in ids
            .iter()
            .zip(careers.into_iter().flat_map(|list| list.iter()))
        {
            if id.is_empty() || self.careers.contains(id.as_str()) {
                known.push(CareerId::new(id));
                continue;
            }
            let message = format!("there is no career {}", quote(id));
            if written_by_feed {
                // Taking a career away must not keep everything from loading until the next import.
                let help = "the next `waymark import` takes it out; until then it is passed over";
                report.warning(given.span(), message, help);
            } else {
                report.error(given.span(), message, unknown_career_help(id, self.careers));
            }
        }
        known
    }

    fn pay(&mut self, salary: &Table<PayEntry>, report: &mut InFile<'_, '_>) -> Pay {
        if salary.min.is_none() && salary.max.is_none() {
            report.error(
                salary.span(),
                "`salary` names no amount",
                "give `min`, `max` or both, or take it out",
            );
        }
        let min = salary.min.as_ref().map(|min| report.amount(min, "`min`"));
        let max = salary.max.as_ref().map(|max| report.amount(max, "`max`"));
        if let (Some(least), Some(most), Some(place)) = (min, max, &salary.min)
            && least > most
        {
            let message = format!("`min` ({least}) is more than `max` ({most})");
            report.error(place.span(), message, "swap them, or correct one of them");
        }
        Pay {
            min,
            max,
            currency: salary
                .currency
                .as_ref()
                .map(|currency| self.shared.text(&report.currency(currency))),
            per: salary.per,
        }
    }
}

/// The parts of a file of listings: what stands above the first listing, and each listing.
fn parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let starts = text.match_indices("\n[[job]]").map(|(at, _)| at + 1);
    let ends = starts.clone().chain([text.len()]);
    [0].into_iter()
        .chain(starts)
        .zip(ends)
        .map(|(start, end)| start..end)
}

/// What to do about an id that no career has.
pub(super) fn unknown_career_help(id: &str, careers: &HashSet<&str>) -> String {
    let mut known: Vec<&str> = careers.iter().copied().collect();
    known.sort_unstable();
    did_you_mean(id, known, || {
        "name the file of a career in `careers/`, without `.toml`".to_owned()
    })
}

fn given_id(id: &Text, report: &mut InFile<'_, '_>) -> String {
    let text = report.line(id, "`id`", JOB_ID);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if !text.bytes().all(plain) {
        let message = format!("{} cannot be an id", quote(&text));
        report.error(
            id.span(),
            message,
            "use letters, digits, `-`, `_` and `.` alone",
        );
    }
    text
}

/// A listing's id, the same on every machine and in every version: buttons in old messages carry it.
fn derived_id(title: &str, company: &str, location: &str) -> String {
    let mut hash = Sha256::new();
    for part in [title, company, location] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let hash = hexadecimal(&hash.finalize(), HASH_DIGITS);
    match slug(title, JOB_ID - HASH_DIGITS - 1) {
        slug if slug.is_empty() => hash,
        slug => format!("{slug}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_id_never_changes() {
        assert_eq!(
            derived_id("Data Engineer", "murmuration", "Remote"),
            "data-engineer-994d3ff708"
        );
        assert_eq!(
            derived_id("工程师", "x", "").len(),
            "gong-cheng-shi-".len() + 10
        );
        let long = derived_id(&"Very long title ".repeat(20), "x", "");
        assert!(long.len() <= JOB_ID, "{long}");
    }
}
