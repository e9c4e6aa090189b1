//! Finding listings by words and filters; full text is tantivy's.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;

use super::distinct::{self, Distinct};
use super::full_text::{Document, FullText, Hit};
use super::{Career, CareerId, Job, JobType, Level, fold, regions};

/// Longer texts are cut before they are searched for.
const LONGEST_TYPED: usize = 300;
/// Words after these are not searched for.
const MOST_WORDS: usize = 12;

/// What a search asks for; every field narrows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobQuery {
    /// Words in any order; title weighs more than company, company more than the rest. Empty: filters alone. Text
    /// without a letter or digit matches nothing.
    pub words: String,
    /// Only listings of this career.
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

/// The order of results. Where words are searched for, listings with all of them as typed come before listings with
/// all of them, typos forgiven, and these before listings with some of them. What is equal: newest first, then the
/// order of the files.
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
    /// Every match, in order; of listings with the same title, company and location the newest.
    pub jobs: Vec<&'a Job>,
    /// How many of them, from the first, hold every word that was searched for; all of them without words.
    pub complete: usize,
    /// Matches that are hidden because they have expired.
    pub expired: usize,
}

/// The index over the listings.
pub struct Search {
    text: FullText,
    rows: Vec<Row>,
    of_career: HashMap<CareerId, Vec<usize>>,
    companies: Distinct,
    locations: Distinct,
    /// Listings with the same title, company and location, newest first.
    copies: Vec<Vec<usize>>,
}

/// What filters and orders read of a listing.
#[derive(Debug, Clone, Copy)]
struct Row {
    yearly_pay: Option<u64>,
    posted: Option<Date>,
    expires: Option<Date>,
    company: Option<u32>,
    location: Option<u32>,
    /// Place in [`Search::copies`].
    copies: Option<u32>,
    level: Option<Level>,
    job_type: Option<JobType>,
    remote: bool,
    title_words: u8,
}

/// A query, prepared for going through the rows.
struct Filter<'q> {
    query: &'q JobQuery,
    of_career: Option<&'q [usize]>,
    companies: Option<Vec<bool>>,
    locations: Option<Vec<bool>>,
    /// Whether "remote" was given as a location.
    location_is_remote: bool,
}

/// How a listing matches the words; orders best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Completeness {
    AllAsTyped,
    All,
    Some,
}

impl Search {
    /// Indexes these listings; they are also found by the names and aliases of their careers.
    ///
    /// # Errors
    /// Whatever the full-text library could not do (memory).
    pub fn new(jobs: &[Job], careers: &[Career]) -> Result<Self, tantivy::TantivyError> {
        let names: HashMap<&CareerId, Vec<String>> = careers
            .iter()
            .map(|career| (&career.id, career_words(career)))
            .collect();
        let text = FullText::new(jobs.iter().map(|job| document(job, &names)))?;
        let (companies, company_of) =
            Distinct::new(jobs.iter().map(|job| Some(&*job.company)), fold::words);
        let (locations, location_of) =
            Distinct::new(jobs.iter().map(|job| job.location.as_deref()), regions::words);
        let mut rows: Vec<Row> = jobs.iter().map(Row::new).collect();
        for (row, (company, location)) in rows.iter_mut().zip(company_of.into_iter().zip(location_of)) {
            row.company = company;
            row.location = location;
        }
        let copies = find_copies(jobs, &mut rows);
        let mut of_career: HashMap<CareerId, Vec<usize>> = HashMap::new();
        for (place, job) in jobs.iter().enumerate() {
            for career in &job.careers {
                of_career.entry(career.clone()).or_default().push(place);
            }
        }
        Ok(Self {
            text,
            rows,
            of_career,
            companies,
            locations,
            copies,
        })
    }

    /// Every company with how many listings name it, most first, then by name.
    pub fn companies(&self) -> &[(String, usize)] {
        self.companies.counted()
    }

    /// Every location with how many listings name it, most first, then by name.
    pub fn locations(&self) -> &[(String, usize)] {
        self.locations.counted()
    }

    /// The companies that what was typed so far may become, best first.
    pub fn complete_company(&self, typed: &str, limit: usize) -> Vec<&str> {
        self.companies.complete(typed, limit)
    }

    /// The locations that what was typed so far may become, best first.
    pub fn complete_location(&self, typed: &str, limit: usize) -> Vec<&str> {
        self.locations.complete(typed, limit)
    }

    /// Runs a search over the listings given to [`Search::new`].
    pub fn jobs<'a>(&self, jobs: &'a [Job], query: &JobQuery, today: Date) -> Found<'a> {
        let words = search_words(&query.words);
        let hits = match &words {
            Words::None => None,
            Words::These(words) => Some(self.text.hits(words)),
            Words::Unreadable => {
                return Found {
                    jobs: Vec::new(),
                    complete: 0,
                    expired: 0,
                };
            }
        };
        let filter = self.filter(query);
        let asked = words.count();
        let mut open = Vec::new();
        let mut expired = 0;
        for (place, row) in self.rows.iter().enumerate() {
            let hit = hits.as_ref().map(|hits| hits[place]);
            if hit.is_some_and(|hit| hit.matched == 0)
                || !filter.takes(place, row)
                || !self.stands_for_its_copies(place, row, today)
            {
                continue;
            }
            if row.expired(today) {
                expired += 1;
            } else {
                open.push((place, Rank::new(row, hit, asked)));
            }
        }
        sort(&mut open, query.sort);
        let complete = open.partition_point(|(_, rank)| rank.completeness <= Completeness::All);
        let jobs = open.iter().filter_map(|(place, _)| jobs.get(*place));
        Found {
            jobs: jobs.collect(),
            complete,
            expired,
        }
    }

    fn filter<'q>(&'q self, query: &'q JobQuery) -> Filter<'q> {
        let of_career = |career| self.of_career.get(career).map_or(&[][..], Vec::as_slice);
        let location = given(query.location.as_deref());
        Filter {
            query,
            of_career: query.career.as_ref().map(of_career),
            companies: given(query.company.as_deref()).map(|typed| self.companies.holding(typed)),
            locations: location.map(|typed| self.locations.holding(typed)),
            location_is_remote: location
                .is_some_and(|typed| fold::words(fold::cut(typed, LONGEST_TYPED)) == ["remote"]),
        }
    }

    /// Of copies the newest that is open is shown; where all have expired, the newest counts.
    fn stands_for_its_copies(&self, place: usize, row: &Row, today: Date) -> bool {
        let Some(copies) = row.copies.map(|copies| &self.copies[copies as usize]) else {
            return true;
        };
        let is_open = |place: &&usize| !self.rows[**place].expired(today);
        copies.iter().find(is_open).or(copies.first()) == Some(&place)
    }
}

impl Row {
    fn new(job: &Job) -> Self {
        let title = fold::words(&job.title);
        let title_words = title.iter().filter(|word| !fold::is_filler(word)).count();
        Self {
            yearly_pay: job.salary.as_ref().map(super::Pay::yearly_top),
            posted: job.posted,
            expires: job.expires,
            company: None,
            location: None,
            copies: None,
            level: job.level,
            job_type: job.job_type,
            remote: job.remote == Some(true),
            title_words: u8::try_from(title_words).unwrap_or(u8::MAX),
        }
    }

    fn expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }
}

impl Filter<'_> {
    fn takes(&self, place: usize, row: &Row) -> bool {
        let query = self.query;
        let is_in = |held: &Option<Vec<bool>>, text: Option<u32>| {
            held.as_ref()
                .is_none_or(|held| text.is_some_and(|text| held[text as usize]))
        };
        query.remote.is_none_or(|remote| remote == row.remote)
            && query.level.is_none_or(|level| row.level == Some(level))
            && query.job_type.is_none_or(|kind| row.job_type == Some(kind))
            && query
                .min_salary
                .is_none_or(|least| row.yearly_pay.is_some_and(|pay| pay >= least))
            && is_in(&self.companies, row.company)
            && (is_in(&self.locations, row.location) || (self.location_is_remote && row.remote))
            && self
                .of_career
                .is_none_or(|places| places.binary_search(&place).is_ok())
    }
}

/// What the order of results is made from.
struct Rank {
    completeness: Completeness,
    matched: u8,
    is_whole_title: bool,
    weight: u16,
    posted: Option<Date>,
    yearly_pay: Option<u64>,
}

impl Rank {
    fn new(row: &Row, hit: Option<Hit>, asked: usize) -> Self {
        let hit = hit.unwrap_or_default();
        let all = |count: u8| usize::from(count) == asked;
        let completeness = if all(hit.matched) && all(hit.typed) {
            Completeness::AllAsTyped
        } else if all(hit.matched) {
            Completeness::All
        } else {
            Completeness::Some
        };
        Self {
            completeness,
            matched: hit.matched,
            is_whole_title: all(hit.in_title) && hit.in_title == row.title_words,
            weight: hit.weight,
            posted: row.posted,
            yearly_pay: row.yearly_pay,
        }
    }
}

/// Best first; what is equal keeps the order of the files.
fn sort(found: &mut [(usize, Rank)], order: Sort) {
    let newest = |place: &usize, rank: &Rank| (Reverse(rank.posted), *place);
    match order {
        Sort::Relevance => found.sort_unstable_by_key(|(place, rank)| {
            let match_quality = (rank.matched, rank.is_whole_title, rank.weight);
            (rank.completeness, Reverse(match_quality), newest(place, rank))
        }),
        Sort::Newest => {
            found.sort_unstable_by_key(|(place, rank)| (rank.completeness, newest(place, rank)));
        }
        Sort::Salary => found.sort_unstable_by_key(|(place, rank)| {
            (rank.completeness, Reverse(rank.yearly_pay), newest(place, rank))
        }),
    }
}

/// What the words of a query come to.
enum Words {
    /// Nothing was given, or only words such as "jobs" that every listing fits.
    None,
    /// Different folded words.
    These(Vec<String>),
    /// Something was given that holds no word.
    Unreadable,
}

impl Words {
    fn count(&self) -> usize {
        match self {
            Self::These(words) => words.len(),
            Self::None | Self::Unreadable => 0,
        }
    }
}

fn search_words(typed: &str) -> Words {
    let Some(typed) = given(Some(typed)) else {
        return Words::None;
    };
    let folded = fold::words(fold::cut(typed, LONGEST_TYPED));
    if folded.is_empty() {
        return Words::Unreadable;
    }
    let mut words: Vec<String> = Vec::new();
    for word in folded {
        if !fold::is_filler(&word) && !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(MOST_WORDS);
    if words.is_empty() {
        Words::None
    } else {
        Words::These(words)
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn career_words(career: &Career) -> Vec<String> {
    let names = std::iter::once(&career.name).chain(&career.aliases);
    let mut words: Vec<String> = names.flat_map(|name| fold::words(name)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn document(job: &Job, names: &HashMap<&CareerId, Vec<String>>) -> Document {
    let level = job.level.map_or("", |level| match level {
        Level::Entry => "entry level, junior",
        Level::Mid => "mid, mid-level, intermediate level",
        Level::Senior => "senior level, expert",
        Level::Executive => "executive level",
    });
    let job_type = job.job_type.map_or("", |kind| match kind {
        JobType::FullTime => "full-time",
        JobType::PartTime => "part-time",
        JobType::Contract => "contract, contractor",
        JobType::Internship => "internship, intern",
        JobType::Freelance => "freelance, freelancer",
    });
    let remote = if job.remote == Some(true) { "remote" } else { "" };
    let mut rest = regions::words(job.location.as_deref().unwrap_or(""));
    rest.extend([level, job_type, remote].into_iter().flat_map(fold::words));
    let careers = job.careers.iter().filter_map(|career| names.get(career));
    rest.extend(careers.flatten().cloned());
    Document {
        title: fold::words(&job.title),
        company: fold::words(&job.company),
        rest,
    }
}

/// Groups listings with the same title, company and location, and notes each one's group in its row.
fn find_copies(jobs: &[Job], rows: &mut [Row]) -> Vec<Vec<usize>> {
    let mut groups: HashMap<(String, Option<u32>, Option<u32>), Vec<usize>> = HashMap::new();
    for (place, (job, row)) in jobs.iter().zip(rows.iter()).enumerate() {
        let key = (distinct::key(&job.title), row.company, row.location);
        groups.entry(key).or_default().push(place);
    }
    let mut copies: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    copies.sort_unstable();
    for (number, group) in copies.iter_mut().enumerate() {
        group.sort_by_key(|&place| Reverse(rows[place].posted));
        for &place in group.iter() {
            rows[place].copies = Some(number as u32);
        }
    }
    copies
}
