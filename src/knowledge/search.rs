//! Finding listings by words and filters; full text is tantivy's.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;

use super::distinct::{Column, Distinct};
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
        let names: HashMap<&CareerId, String> = careers
            .iter()
            .map(|career| (&career.id, career_words(career)))
            .collect();
        let titles = Distinct::column(jobs.iter().map(|job| Some(&*job.title)), fold::words);
        let companies = Distinct::column(jobs.iter().map(|job| Some(&*job.company)), fold::words);
        let locations = Distinct::column(
            jobs.iter().map(|job| job.location.as_deref()),
            regions::words,
        );
        let text = FullText::new(jobs.iter().enumerate().map(|(place, job)| Document {
            title: titles.folded(place),
            company: companies.folded(place),
            rest: rest(job, locations.folded(place), &names),
        }))?;
        let mut rows: Vec<Row> = jobs.iter().map(Row::new).collect();
        for (place, row) in rows.iter_mut().enumerate() {
            row.company = companies.places[place];
            row.location = locations.places[place];
            row.title_words = count_words(titles.folded(place));
        }
        let copies = find_copies(&titles, &mut rows);
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
            companies: companies.distinct,
            locations: locations.distinct,
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
            title_words: 0,
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
            is_whole_title: asked > 0 && all(hit.in_title) && hit.in_title == row.title_words,
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
            (
                rank.completeness,
                Reverse(match_quality),
                newest(place, rank),
            )
        }),
        Sort::Newest => {
            found.sort_unstable_by_key(|(place, rank)| (rank.completeness, newest(place, rank)));
        }
        Sort::Salary => found.sort_unstable_by_key(|(place, rank)| {
            (
                rank.completeness,
                Reverse(rank.yearly_pay),
                newest(place, rank),
            )
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

fn career_words(career: &Career) -> String {
    let names = std::iter::once(&career.name).chain(&career.aliases);
    let mut words: Vec<String> = names.flat_map(|name| fold::words(name)).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// The words of a title that say something.
fn count_words(title: &str) -> u8 {
    let words = title.split(' ').filter(|word| !fold::is_filler(word));
    u8::try_from(words.count()).unwrap_or(u8::MAX)
}

/// The folded words that a listing is found by, besides its title and company.
fn rest(job: &Job, location: &str, careers: &HashMap<&CareerId, String>) -> String {
    let level = job.level.map_or("", |level| match level {
        Level::Entry => "entry level junior",
        Level::Mid => "mid midlevel intermediate level",
        Level::Senior => "senior level expert",
        Level::Executive => "executive level",
    });
    let job_type = job.job_type.map_or("", |kind| match kind {
        JobType::FullTime => "fulltime",
        JobType::PartTime => "parttime",
        JobType::Contract => "contract contractor",
        JobType::Internship => "internship intern",
        JobType::Freelance => "freelance freelancer",
    });
    let remote = if job.remote == Some(true) {
        "remote"
    } else {
        ""
    };
    let mut words = [location, level, job_type, remote].join(" ");
    for names in job.careers.iter().filter_map(|career| careers.get(career)) {
        words.push(' ');
        words.push_str(names);
    }
    words
}

/// Groups listings with the same title, company and location, and notes each one's group in its row.
fn find_copies(titles: &Column, rows: &mut [Row]) -> Vec<Vec<usize>> {
    let mut groups: HashMap<[Option<u32>; 3], Vec<usize>> = HashMap::new();
    for (place, (title, row)) in titles.places.iter().zip(rows.iter()).enumerate() {
        let key = [*title, row.company, row.location];
        groups.entry(key).or_default().push(place);
    }
    let mut copies: Vec<Vec<usize>> = groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect();
    copies.sort_unstable();
    for (number, group) in (0..).zip(&mut copies) {
        group.sort_by_key(|&place| Reverse(rows[place].posted));
        for &place in group.iter() {
            rows[place].copies = Some(number);
        }
    }
    copies
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::fixtures::{career, job};
    use crate::knowledge::{Pay, Period};

    const TODAY: Date = date(2026, 11, 23);

    fn pay(min: u64, max: u64, per: Option<Period>) -> Option<Pay> {
        Some(Pay {
            min: Some(min),
            max: Some(max),
            currency: None,
            per,
        })
    }

    fn careers() -> Vec<Career> {
        vec![
            career(
                "machine-learning-engineer",
                "Machine Learning Engineer",
                &["ML engineer"],
            ),
            career("data-engineer", "Data Engineer", &[]),
        ]
    }

    /// The article's five listings.
    fn article() -> Vec<Job> {
        let remote = Some("Remote (anywhere in the U.S.)");
        vec![
            Job {
                remote: Some(true),
                level: Some(Level::Mid),
                job_type: Some(JobType::FullTime),
                salary: pay(100_000, 130_000, None),
                careers: vec![CareerId::new("data-engineer")],
                ..job("de", "Data Engineer", "murmuration", remote)
            },
            Job {
                remote: Some(true),
                level: Some(Level::Senior),
                job_type: Some(JobType::FullTime),
                salary: pay(120_000, 150_000, None),
                ..job("ds", "Senior Data Scientist", "murmuration", remote)
            },
            Job {
                level: Some(Level::Mid),
                job_type: Some(JobType::FullTime),
                salary: pay(75_000, 150_000, None),
                ..job(
                    "prof",
                    "Asst/Assoc Professor of Applied Mathematics & Artificial Intelligence",
                    "Rochester Institute of Technology",
                    Some("Rochester, NY"),
                )
            },
            Job {
                level: Some(Level::Senior),
                job_type: Some(JobType::FullTime),
                salary: pay(105_000, 195_000, None),
                ..job(
                    "lead",
                    "Platform Software Development Lead",
                    "Pfizer",
                    Some("USA - NY - Headquarters"),
                )
            },
            Job {
                job_type: Some(JobType::FullTime),
                salary: pay(122_000, 220_000, None),
                ..job(
                    "se",
                    "Software Engineer",
                    "Leidos",
                    Some("9629 Herndon VA Non-specific Customer Site"),
                )
            },
        ]
    }

    fn ids(jobs: &[Job], query: &JobQuery) -> Vec<String> {
        let search = Search::new(jobs, &careers()).unwrap();
        let found = search.jobs(jobs, query, TODAY);
        found.jobs.iter().map(|job| job.id.to_string()).collect()
    }

    fn by_words(jobs: &[Job], words: &str) -> Vec<String> {
        let query = JobQuery {
            words: words.to_owned(),
            ..JobQuery::default()
        };
        ids(jobs, &query)
    }

    #[test]
    fn words_are_found_in_any_order_and_wherever_a_listing_has_them() {
        let jobs = article();
        let found: &[(&str, &[&str])] = &[
            ("data engineer", &["de", "ds", "se"]),
            ("engineer data", &["de", "ds", "se"]),
            ("DATA   scientist!!", &["ds", "de"]),
            ("murmuration", &["de", "ds"]),
            ("pfizer software", &["lead", "se"]),
            ("mathematics professor", &["prof"]),
            ("rochester", &["prof"]),
            ("New York", &["prof", "lead"]),
            ("virginia", &["se"]),
            ("remote", &["de", "ds"]),
            ("senior", &["ds", "lead"]),
            ("a job as the professor", &["prof"]),
            ("quantum", &[]),
        ];
        for (words, expected) in found {
            assert_eq!(by_words(&jobs, words), *expected, "{words}");
        }
    }

    #[test]
    fn typos_are_forgiven_and_the_last_word_may_be_unfinished() {
        let jobs = article();
        for words in [
            "profesor",
            "mathematcis",
            "artifical inteligence",
            "roches",
            "math prof",
            "Profs",
        ] {
            assert_eq!(by_words(&jobs, words), ["prof"], "{words}");
        }
    }

    #[test]
    fn a_title_ranks_above_a_company_and_a_company_above_the_rest() {
        let jobs = [
            job("rest", "Clerk", "Acme", Some("Data City")),
            job("company", "Clerk", "Data Corp", None),
            job(
                "title",
                "A long title about data in many more words than others",
                "Acme",
                None,
            ),
            job("whole", "Data", "Acme", None),
        ];
        assert_eq!(
            by_words(&jobs, "data"),
            ["whole", "title", "company", "rest"]
        );
    }

    #[test]
    fn all_words_rank_above_some_words_and_words_as_typed_above_typos() {
        let jobs = [
            job("one in title", "Analyst", "Acme", None),
            job("typo", "Date Analyst", "Acme", None),
            job("all in rest", "Clerk", "Acme", Some("data analyst street")),
        ];
        assert_eq!(
            by_words(&jobs, "data analyst"),
            ["all in rest", "typo", "one in title"]
        );
    }

    #[test]
    fn what_holds_only_some_words_comes_last_in_every_order_and_is_told_apart() {
        let mut jobs = article();
        jobs[0].posted = Some(date(2026, 1, 1));
        let search = Search::new(&jobs, &careers()).unwrap();
        for (sort, expected) in [
            (Sort::Relevance, ["de", "ds", "se"]),
            (Sort::Newest, ["de", "ds", "se"]),
            (Sort::Salary, ["de", "se", "ds"]),
        ] {
            let words = "data engineer".to_owned();
            let query = JobQuery {
                words,
                sort,
                ..JobQuery::default()
            };
            let found = search.jobs(&jobs, &query, TODAY);
            let ids: Vec<_> = found.jobs.iter().map(|job| job.id.as_str()).collect();
            assert_eq!(
                (ids.as_slice(), found.complete),
                (&expected[..], 1),
                "{sort:?}"
            );
        }
    }

    #[test]
    fn a_listing_is_found_by_the_names_and_aliases_of_its_careers() {
        let mut jobs = article();
        jobs[4].careers = vec![CareerId::new("machine-learning-engineer")];
        assert_eq!(by_words(&jobs, "ml engineer")[0], "se");
        assert_eq!(by_words(&jobs, "machine learning"), ["se"]);
    }

    #[test]
    fn every_filter_narrows_alone() {
        let jobs = article();
        let all = JobQuery::default;
        let text = |text: &str| Some(text.to_owned());
        let found: &[(JobQuery, &[&str])] = &[
            (all(), &["de", "ds", "prof", "lead", "se"]),
            (
                JobQuery {
                    career: Some(CareerId::new("data-engineer")),
                    ..all()
                },
                &["de"],
            ),
            (
                JobQuery {
                    career: Some(CareerId::new("nobody")),
                    ..all()
                },
                &[],
            ),
            (
                JobQuery {
                    company: text("MURM"),
                    ..all()
                },
                &["de", "ds"],
            ),
            (
                JobQuery {
                    company: text("technology rochester"),
                    ..all()
                },
                &["prof"],
            ),
            (
                JobQuery {
                    company: text("?!"),
                    ..all()
                },
                &[],
            ),
            (
                JobQuery {
                    company: text(" "),
                    ..all()
                },
                &["de", "ds", "prof", "lead", "se"],
            ),
            (
                JobQuery {
                    location: text("new york"),
                    ..all()
                },
                &["prof", "lead"],
            ),
            (
                JobQuery {
                    location: text("NY"),
                    ..all()
                },
                &["prof", "lead"],
            ),
            (
                JobQuery {
                    location: text("ny"),
                    ..all()
                },
                &["prof", "lead"],
            ),
            (
                JobQuery {
                    location: text("Rochester, NY"),
                    ..all()
                },
                &["prof"],
            ),
            (
                JobQuery {
                    location: text("united states"),
                    ..all()
                },
                &["de", "ds", "lead"],
            ),
            (
                JobQuery {
                    location: text("remote"),
                    ..all()
                },
                &["de", "ds"],
            ),
            (
                JobQuery {
                    remote: Some(true),
                    ..all()
                },
                &["de", "ds"],
            ),
            (
                JobQuery {
                    remote: Some(false),
                    ..all()
                },
                &["prof", "lead", "se"],
            ),
            (
                JobQuery {
                    level: Some(Level::Senior),
                    ..all()
                },
                &["ds", "lead"],
            ),
            (
                JobQuery {
                    job_type: Some(JobType::FullTime),
                    ..all()
                },
                &["de", "ds", "prof", "lead", "se"],
            ),
            (
                JobQuery {
                    job_type: Some(JobType::Contract),
                    ..all()
                },
                &[],
            ),
            (
                JobQuery {
                    min_salary: Some(150_000),
                    ..all()
                },
                &["ds", "prof", "lead", "se"],
            ),
            (
                JobQuery {
                    min_salary: Some(150_001),
                    ..all()
                },
                &["lead", "se"],
            ),
        ];
        for (query, expected) in found {
            assert_eq!(ids(&jobs, query), *expected, "{query:?}");
        }
    }

    #[test]
    fn filters_and_words_narrow_together() {
        let query = JobQuery {
            words: "data".to_owned(),
            company: Some("murmuration".to_owned()),
            location: Some("us".to_owned()),
            remote: Some(true),
            level: Some(Level::Senior),
            job_type: Some(JobType::FullTime),
            min_salary: Some(140_000),
            ..JobQuery::default()
        };
        assert_eq!(ids(&article(), &query), ["ds"]);
        let elsewhere = JobQuery {
            company: Some("pfizer".to_owned()),
            ..query
        };
        assert_eq!(ids(&article(), &elsewhere), Vec::<String>::new());
    }

    #[test]
    fn a_listing_without_level_pay_or_place_is_hidden_only_by_a_filter_on_that() {
        let jobs = [job("bare", "Clerk", "Acme", None)];
        let all = JobQuery::default;
        let hidden = [
            JobQuery {
                level: Some(Level::Entry),
                ..all()
            },
            JobQuery {
                min_salary: Some(0),
                ..all()
            },
            JobQuery {
                location: Some("oslo".to_owned()),
                ..all()
            },
            JobQuery {
                remote: Some(true),
                ..all()
            },
        ];
        assert_eq!(ids(&jobs, &all()), ["bare"]);
        for query in hidden {
            assert_eq!(ids(&jobs, &query), Vec::<String>::new(), "{query:?}");
        }
    }

    #[test]
    fn pay_is_compared_and_sorted_by_the_year() {
        let mut jobs = article();
        jobs[2].salary = pay(90, 120, Some(Period::Hour));
        jobs[3].salary = None;
        let sorted = JobQuery {
            sort: Sort::Salary,
            ..JobQuery::default()
        };
        assert_eq!(ids(&jobs, &sorted), ["prof", "se", "ds", "de", "lead"]);
        let rich = JobQuery {
            min_salary: Some(249_600),
            ..JobQuery::default()
        };
        assert_eq!(ids(&jobs, &rich), ["prof"]);
    }

    #[test]
    fn the_newest_come_first_and_undated_ones_last_in_file_order() {
        let mut jobs = article();
        jobs[1].posted = Some(date(2026, 2, 1));
        jobs[3].posted = Some(date(2026, 3, 1));
        let newest = ["lead", "ds", "de", "prof", "se"];
        for sort in [Sort::Newest, Sort::Relevance] {
            assert_eq!(
                ids(
                    &jobs,
                    &JobQuery {
                        sort,
                        ..JobQuery::default()
                    }
                ),
                newest
            );
        }
        assert_eq!(by_words(&jobs, "full-time"), newest);
    }

    #[test]
    fn expired_listings_are_left_out_and_counted_where_they_match() {
        let mut jobs = article();
        jobs[0].expires = Some(TODAY.yesterday().unwrap());
        jobs[1].expires = Some(TODAY);
        jobs[4].expires = Some(date(2020, 1, 1));
        let search = Search::new(&jobs, &careers()).unwrap();
        let query = JobQuery {
            words: "data".to_owned(),
            ..JobQuery::default()
        };
        let found = search.jobs(&jobs, &query, TODAY);
        assert_eq!((found.jobs, found.expired), (vec![&jobs[1]], 1));
        let all = search.jobs(&jobs, &JobQuery::default(), TODAY);
        assert_eq!((all.jobs.len(), all.expired), (3, 2));
    }

    #[test]
    fn copies_appear_once_as_the_newest_that_is_open() {
        let copy = |id, posted, expires| Job {
            posted: Some(posted),
            expires,
            ..job(id, "Data  ENGINEER", "Acmé", Some("Oslo"))
        };
        let jobs = [
            copy("old", date(2026, 1, 1), None),
            copy("new", date(2026, 3, 1), None),
            copy("newer but over", date(2026, 4, 1), Some(date(2026, 5, 1))),
            job("elsewhere", "Data Engineer", "Acme", Some("Bergen")),
        ];
        assert_eq!(ids(&jobs, &JobQuery::default()), ["new", "elsewhere"]);
        assert_eq!(by_words(&jobs, "data oslo"), ["new", "elsewhere"]);

        let over = [
            copy("a", date(2026, 1, 1), Some(date(2026, 2, 1))),
            copy("b", date(2026, 1, 2), Some(date(2026, 2, 1))),
        ];
        let search = Search::new(&over, &[]).unwrap();
        let found = search.jobs(&over, &JobQuery::default(), TODAY);
        assert_eq!((found.jobs.len(), found.expired), (0, 1));
    }

    #[test]
    fn words_without_a_letter_match_nothing_and_words_that_fit_every_listing_match_all() {
        let jobs = article();
        for words in ["🙂", "?!", "\u{200b}", "&&", "\"'"] {
            assert_eq!(by_words(&jobs, words), Vec::<String>::new(), "{words:?}");
        }
        for words in ["", "  ", "jobs", "a job"] {
            assert_eq!(by_words(&jobs, words).len(), 5, "{words:?}");
        }
    }

    #[test]
    fn punctuation_in_names_is_searched_as_people_write_it() {
        let jobs = [
            job("cpp", "C++ Developer", "Acme", None),
            job("cs", "C# / .NET Developer", "Acme", None),
            job("c", "C Developer", "Acme", None),
            job("ci", "CI/CD Engineer", "AT&T", None),
            job("be", "Back End Developer", "Acme", None),
        ];
        let first = |words| by_words(&jobs, words).remove(0);
        assert_eq!(first("c++"), "cpp");
        assert_eq!(first("cpp developer"), "cpp");
        assert_eq!(first("C# developer"), "cs");
        assert_eq!(first(".net"), "cs");
        assert_eq!(first("cicd"), "ci");
        assert_eq!(first("at&t"), "ci");
        assert_eq!(first("backend"), "be");
        assert_eq!(first("title:developer AND (c++"), "cpp");
    }

    #[test]
    fn no_listings_find_nothing() {
        assert_eq!(by_words(&[], "data"), Vec::<String>::new());
        assert_eq!(by_words(&[], ""), Vec::<String>::new());
    }

    #[test]
    fn companies_and_locations_are_counted() {
        let jobs = article();
        let search = Search::new(&jobs, &[]).unwrap();
        assert_eq!(search.companies()[0], ("murmuration".to_owned(), 2));
        assert_eq!(search.companies().len(), 4);
        assert_eq!(
            search.locations()[0],
            ("Remote (anywhere in the U.S.)".to_owned(), 2)
        );
        assert_eq!(search.complete_location("roch", 25), ["Rochester, NY"]);
    }

    proptest! {
        #[test]
        fn any_words_and_filters_are_answered(words in ".{0,60}", company in ".{0,20}", location in ".{0,20}") {
            static INDEX: OnceLock<(Vec<Job>, Search)> = OnceLock::new();
            let (jobs, search) = INDEX.get_or_init(|| {
                let jobs = article();
                let search = Search::new(&jobs, &careers()).unwrap();
                (jobs, search)
            });
            let query = JobQuery {
                words: words.clone(),
                company: Some(company),
                location: Some(location),
                ..JobQuery::default()
            };
            prop_assert!(search.jobs(jobs, &query, TODAY).jobs.len() <= 5);
            let found = search.jobs(jobs, &JobQuery { words, ..JobQuery::default() }, TODAY);
            prop_assert!(found.complete <= found.jobs.len());
        }
    }

    #[test]
    fn very_long_words_and_very_many_words_are_answered() {
        let jobs = article();
        assert_eq!(by_words(&jobs, &"x".repeat(100_000)), Vec::<String>::new());
        assert_eq!(by_words(&jobs, &"data ".repeat(10_000)), ["de", "ds"]);
        let many: String = (0..1_000).map(|number| format!("word{number} ")).collect();
        assert_eq!(by_words(&jobs, &many), Vec::<String>::new());
    }
}
