//! Finding listings by words and filters.
//!
//! Listings are numbered as rows, newest first ([`rows`]), so that what is otherwise equal is in order already. The words
//! of titles, companies and the rest stand in one index ([`text`]); a search marks the rows that hold its words
//! ([`hits`]), keeps those that the filters take, and orders only the page that is shown ([`page`]).

mod copies;
mod hits;
mod page;
#[cfg(test)]
mod reference;
mod rows;
#[cfg(test)]
mod tests;
mod text;
mod words;

use std::ops::Range;

use jiff::civil::Date;

use self::hits::{Hit, Hits};
use self::page::Keys;
use self::rows::{Filter, Row, Rows};
use self::words::Words;
use super::distinct::{Column, Distinct};
use super::mentions::Mentions;
use super::word_index::WordIndex;
use super::{Career, CareerId, Job, JobType, Level, fold, regions};

/// Where so many open listings hold the words, neither unfinished words, typos nor a part of the words are looked for.
const ENOUGH: usize = 20;

/// What a search asks for; every field narrows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobQuery {
    /// Words in any order; title weighs more than company, company more than the rest. Empty: filters alone. Text
    /// without a letter or digit matches nothing.
    pub words: String,
    /// Only listings of this career: those that name it, and those that name none and have it as their title.
    pub career: Option<CareerId>,
    /// Only companies whose name holds these words, or words that begin so.
    pub company: Option<String>,
    /// Only locations that hold these words, or words that begin so; a state's code finds its name and the other way.
    pub location: Option<String>,
    /// Only remote (or only not remote) listings; one that does not say counts as not remote.
    pub remote: Option<bool>,
    /// Only this level; a listing without one does not match.
    pub level: Option<Level>,
    /// Only this kind of employment.
    pub job_type: Option<JobType>,
    /// Only listings whose pay reaches this much a year; a listing without pay does not match.
    pub min_salary: Option<u64>,
    /// The order.
    pub sort: Sort,
}

/// The order of results. Where words are searched for, listings with all of them come first, then those that have the
/// last one unfinished, then those with typos, then those with some of them. What is equal: newest first, then the order
/// of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best match first; without words as [`Sort::Newest`].
    #[default]
    Relevance,
    /// Newest first; without a date last.
    Newest,
    /// Highest pay first; without pay last.
    Salary,
}

/// What a search found.
#[derive(Debug)]
pub struct Found<'a> {
    /// The part of the matches that was asked for, in order; of copies of a listing the newest stands for all.
    pub jobs: Vec<&'a Job>,
    /// How many match.
    pub total: usize,
    /// How many of them, from the first, hold every word that was searched for; all of them without words.
    pub complete: usize,
    /// Matches that are hidden because they have expired.
    pub expired: usize,
}

/// The index over the listings.
pub struct Search {
    rows: Rows,
    /// The words of the listings; its places are fields of rows.
    text: WordIndex,
    /// The names of careers.
    mentions: Mentions,
    companies: Distinct,
    locations: Distinct,
}

/// The rows that match, not yet in order.
#[derive(Default)]
struct Matches {
    /// By the order that was asked for.
    keys: Keys,
    complete: usize,
    expired: usize,
}

impl Search {
    /// Indexes these listings; they are also found by the names of their careers.
    pub fn new(jobs: &[Job], careers: &[Career]) -> Self {
        let mentions = Mentions::new(careers, &[], &[]);
        let titles = Distinct::column(jobs.iter().map(|job| Some(&*job.title)), fold::words);
        let companies = Distinct::column(jobs.iter().map(|job| Some(&*job.company)), fold::words);
        let locations = Distinct::column(
            jobs.iter().map(|job| job.location.as_deref()),
            regions::words,
        );
        let columns = Columns {
            titles: &titles,
            companies: &companies,
            locations: &locations,
        };
        let rows = Rows::new(jobs, &columns, &mentions);
        Self {
            text: text::index(jobs, &columns, &rows, careers),
            rows,
            mentions,
            companies: companies.distinct,
            locations: locations.distinct,
        }
    }

    /// Every company with how many listings name it, most first, then by name.
    pub fn companies(&self) -> &Distinct {
        &self.companies
    }

    /// Every location with how many listings name it, most first, then by name.
    pub fn locations(&self) -> &Distinct {
        &self.locations
    }

    /// Runs a search over the listings given to [`Search::new`], and shows this part of what it finds.
    pub fn find<'a>(
        &self,
        jobs: &'a [Job],
        query: &JobQuery,
        today: Date,
        shown: Range<usize>,
    ) -> Found<'a> {
        let matches = self.matches(query, today);
        let total = matches.keys.len();
        let shown = matches.keys.part(shown).into_iter();
        let rows = shown.map(|key| self.rows.row_of(key, query.sort));
        Found {
            jobs: rows.map(|row| &jobs[self.rows.place(row)]).collect(),
            total,
            complete: matches.complete,
            expired: matches.expired,
        }
    }

    /// At which place of what a search finds the listing with this place stands.
    pub fn position(&self, place: usize, query: &JobQuery, today: Date) -> Option<usize> {
        let row = self.rows.row_at(place)?;
        let rank = self.rows.rank(row, query.sort);
        self.matches(query, today).keys.position(rank)
    }

    fn matches(&self, query: &JobQuery, today: Date) -> Matches {
        let filter = self.filter(query, today);
        match words::read(&query.words) {
            Words::None => self.by_filters(&filter),
            Words::These(words) => {
                let mut hits = Hits::new(&self.text, &self.rows, &words);
                hits.mark_whole(&self.rows, &self.mentions);
                self.by_words(&filter, hits)
            }
            Words::Unreadable => Matches::default(),
        }
    }

    fn filter<'q>(&'q self, query: &'q JobQuery, today: Date) -> Filter<'q> {
        let location = words::given(query.location.as_deref());
        Filter {
            query,
            today,
            of_career: query
                .career
                .as_ref()
                .map(|career| self.rows.of_career(career)),
            companies: words::given(query.company.as_deref())
                .map(|typed| self.companies.holding(typed)),
            locations: location.map(|typed| self.locations.holding(typed)),
            location_is_remote: location.is_some_and(words::say_remote),
        }
    }

    fn by_filters(&self, filter: &Filter<'_>) -> Matches {
        let mut matches = Matches::default();
        for (number, row) in self.rows.taken(filter) {
            matches.add(row, filter, || {
                self.rows.rank(number, filter.query.sort).into()
            });
        }
        matches.complete = matches.keys.len();
        matches
    }

    /// Looks for ever less of the words until that finds enough.
    fn by_words(&self, filter: &Filter<'_>, mut hits: Hits<'_>) -> Matches {
        let mut least = hits.asked();
        let mut matches = self.with_words(filter, &hits, least);
        if matches.keys.len() < ENOUGH && hits.mark_begun() {
            matches = self.with_words(filter, &hits, least);
        }
        if matches.keys.len() < ENOUGH && hits.mark_mistyped(ENOUGH) {
            matches = self.with_words(filter, &hits, least);
        }
        matches.complete = matches.keys.len();
        while matches.keys.len() < ENOUGH && least > 1 {
            least -= 1;
            let complete = matches.complete;
            matches = self.with_words(filter, &hits, least);
            matches.complete = complete;
        }
        matches
    }

    /// The rows that hold at least so many of the words.
    fn with_words(&self, filter: &Filter<'_>, hits: &Hits<'_>, least: usize) -> Matches {
        let mut matches = Matches::default();
        let (asked, in_full) = (hits.asked(), hits.asked_in_full());
        let sort = filter.query.sort;
        for (number, hit) in hits.holding(least) {
            let row = &self.rows[number];
            if filter.takes(number, row) {
                let is_whole_title =
                    hit.in_title() == asked && usize::from(row.title_words) == in_full;
                let quality = || match sort {
                    Sort::Relevance => {
                        step(hit, asked) << 24 | closeness(hit, asked, is_whole_title)
                    }
                    Sort::Newest | Sort::Salary => step(hit, asked),
                };
                let rank = || u64::from(self.rows.rank(number, sort));
                matches.add(row, filter, || quality() << 32 | rank());
            }
        }
        matches
    }
}

impl Matches {
    fn add(&mut self, row: &Row, filter: &Filter<'_>, key: impl FnOnce() -> u64) {
        if row.is_shown(filter.today) {
            self.keys.push(key());
        } else if row.counts_as_expired(filter.today) {
            self.expired += 1;
        }
    }
}

/// The different titles, companies and locations of the listings.
struct Columns<'c> {
    titles: &'c Column,
    companies: &'c Column,
    locations: &'c Column,
}

/// How far one had to look for the words: the less the better, below 2^8.
fn step(hit: Hit, asked: usize) -> u64 {
    if hit.whole() == asked {
        0
    } else if hit.typed() == asked {
        1
    } else if hit.matched() == asked {
        2
    } else {
        3
    }
}

/// How near a row comes to what was asked: the less the better, below 2^24.
fn closeness(hit: Hit, asked: usize, is_whole_title: bool) -> u64 {
    let missing = asked - hit.matched();
    (missing as u64) << 20 | u64::from(!is_whole_title) << 16 | u64::from(u16::MAX - hit.weight)
}
