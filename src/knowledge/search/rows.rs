//! What filters and orders read of each listing.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::{Index, Range};

use jiff::civil::Date;

use super::{Columns, JobQuery, Sort, copies};
use crate::knowledge::mentions::{Mentions, NameKind};
use crate::knowledge::{CareerId, Job, JobType, Level, Pay, fold, titles};

/// The listings as rows: newest first, then in the order of the files.
pub(super) struct Rows {
    rows: Vec<Row>,
    /// The listing of each row, by its place in the files.
    places: Vec<u32>,
    /// The place of each row in the order of pay, and the row at each place of that order.
    pay_ranks: Vec<u32>,
    by_pay: Vec<u32>,
    of_career: HashMap<CareerId, Vec<u32>>,
}

/// One listing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub company: u32,
    /// [`NOWHERE`] for a listing without a location.
    pub location: u32,
    /// The last day on which it is open; [`Date::MAX`] where none is given.
    pub last: Date,
    /// The last day on which a newer copy is open: until then that one is shown; [`Date::MIN`] without a newer copy.
    pub hidden_until: Date,
    /// The last day on which any copy is open, for the newest; [`Date::MAX`] for the others, which are not counted.
    pub all_until: Date,
    /// A year's pay; none is 0. More than fits is as much as fits: the highest that can be asked for is less.
    pay: u32,
    level: Option<Level>,
    job_type: Option<JobType>,
    remote: bool,
    /// How many words of the title say something, short forms written out.
    pub title_words: u8,
}

/// The location of a listing without one.
const NOWHERE: u32 = u32::MAX;

impl Row {
    /// Whether it is open, and no newer copy of it is.
    pub fn is_shown(&self, today: Date) -> bool {
        self.hidden_until < today && self.last >= today
    }

    /// Whether it and all of its copies have expired, for one of them.
    pub fn counts_as_expired(&self, today: Date) -> bool {
        self.all_until < today
    }

    fn new(place: usize, job: &Job, columns: &Columns<'_>) -> Self {
        let last = job.expires.unwrap_or(Date::MAX);
        Self {
            company: columns.companies.places[place].unwrap_or(NOWHERE),
            location: columns.locations.places[place].unwrap_or(NOWHERE),
            last,
            hidden_until: Date::MIN,
            all_until: last,
            pay: job
                .salary
                .as_ref()
                .map_or(0, |pay| u32::try_from(pay.yearly_top()).unwrap_or(u32::MAX)),
            level: job.level,
            job_type: job.job_type,
            remote: job.remote == Some(true),
            title_words: count_words(columns.titles.folded(place)),
        }
    }
}

impl Index<u32> for Rows {
    type Output = Row;

    fn index(&self, row: u32) -> &Row {
        &self.rows[row as usize]
    }
}

impl Rows {
    pub fn new(jobs: &[Job], columns: &Columns<'_>, mentions: &Mentions) -> Self {
        let count = u32::try_from(jobs.len()).expect("fewer listings than bytes of memory");
        let mut places: Vec<u32> = (0..count).collect();
        places.sort_by_key(|place| Reverse(jobs[*place as usize].posted));
        let at = |place: u32| place as usize;
        let mut rows: Vec<Row> = places
            .iter()
            .map(|place| Row::new(at(*place), &jobs[at(*place)], columns))
            .collect();
        copies::fold(&mut rows, |row| {
            let place = at(places[row]);
            (
                &jobs[place],
                columns.titles.places[place].unwrap_or(NOWHERE),
            )
        });
        let mut by_pay: Vec<u32> = (0..count).collect();
        by_pay.sort_by_key(|row| {
            let job = &jobs[at(places[*row as usize])];
            Reverse(job.salary.as_ref().map(Pay::yearly_top))
        });
        let mut pay_ranks = vec![0; jobs.len()];
        for (rank, row) in (0..).zip(&by_pay) {
            pay_ranks[*row as usize] = rank;
        }
        let of_title = TitleCareers::new(columns, mentions);
        let mut of_career: HashMap<CareerId, Vec<u32>> = HashMap::new();
        for (row, place) in (0..).zip(&places) {
            let job = &jobs[at(*place)];
            for career in of_title.of(at(*place), job) {
                of_career.entry(career.clone()).or_default().push(row);
            }
        }
        Self {
            rows,
            places,
            pay_ranks,
            by_pay,
            of_career,
        }
    }

    /// The number of every row, in order.
    pub fn numbers(&self) -> Range<u32> {
        // There are fewer than 2^32: `new` numbered them.
        0..self.rows.len() as u32
    }

    /// The place in the files of a row's listing.
    pub fn place(&self, row: u32) -> usize {
        self.places[row as usize] as usize
    }

    /// The row of the listing at this place.
    pub fn row_at(&self, place: usize) -> Option<u32> {
        let row = self
            .places
            .iter()
            .position(|other| *other as usize == place)?;
        u32::try_from(row).ok()
    }

    /// Where the row stands in an order of all rows.
    pub fn rank(&self, row: u32, sort: Sort) -> u32 {
        match sort {
            Sort::Relevance | Sort::Newest => row,
            Sort::Salary => self.pay_ranks[row as usize],
        }
    }

    /// The row that stands there.
    pub fn row_of(&self, rank: u32, sort: Sort) -> u32 {
        match sort {
            Sort::Relevance | Sort::Newest => rank,
            Sort::Salary => self.by_pay[rank as usize],
        }
    }

    /// The rows of a career, in order.
    pub fn of_career(&self, career: &CareerId) -> &[u32] {
        self.of_career.get(career).map_or(&[], Vec::as_slice)
    }

    /// The rows that a filter takes, in order.
    pub fn taken<'r>(&'r self, filter: &'r Filter<'_>) -> impl Iterator<Item = (u32, &'r Row)> {
        let rows = (0..).zip(&self.rows);
        rows.filter(|(number, row)| filter.takes(*number, row))
    }
}

/// The careers that the different titles name.
struct TitleCareers<'c> {
    columns: &'c Columns<'c>,
    of_title: Vec<Vec<CareerId>>,
}

impl<'c> TitleCareers<'c> {
    fn new(columns: &'c Columns<'c>, mentions: &Mentions) -> Self {
        let titles = columns.titles.distinct.folded();
        let of_title = titles.map(|title| {
            let words: Vec<String> = title.split_whitespace().map(str::to_owned).collect();
            let named = mentions.careers(&words).into_iter();
            named
                .filter(|mention| mention.kind == NameKind::Own && mention.careers.len() == 1)
                .flat_map(|mention| mention.careers)
                .collect()
        });
        Self {
            of_title: of_title.collect(),
            columns,
        }
    }

    /// The careers that a listing names; where it names none, those of its title.
    fn of<'s>(&'s self, place: usize, job: &'s Job) -> &'s [CareerId] {
        match self.columns.titles.places[place] {
            Some(title) if job.careers.is_empty() => &self.of_title[title as usize],
            _ => &job.careers,
        }
    }
}

/// The words of a folded title that say something, short forms written out.
fn count_words(title: &str) -> u8 {
    let words: Vec<String> = title.split_whitespace().map(str::to_owned).collect();
    let words = titles::written_out(&words);
    let words = words.iter().filter(|word| !fold::is_filler(word));
    u8::try_from(words.count()).unwrap_or(u8::MAX)
}

/// A query, prepared for going through the rows.
pub(super) struct Filter<'q> {
    pub query: &'q JobQuery,
    pub today: Date,
    pub of_career: Option<&'q [u32]>,
    /// For each company whether it is asked for.
    pub companies: Option<Vec<bool>>,
    pub locations: Option<Vec<bool>>,
    /// Whether "remote" was given as a location.
    pub location_is_remote: bool,
}

impl Filter<'_> {
    /// Whether the row is asked for.
    pub fn takes(&self, number: u32, row: &Row) -> bool {
        let query = self.query;
        let is_in = |held: &Option<Vec<bool>>, text: u32| {
            held.as_ref()
                .is_none_or(|held| held.get(text as usize).is_some_and(|held| *held))
        };
        query.remote.is_none_or(|remote| remote == row.remote)
            && query.level.is_none_or(|level| row.level == Some(level))
            && query.job_type.is_none_or(|kind| row.job_type == Some(kind))
            && query
                .min_salary
                .is_none_or(|least| row.pay > 0 && u64::from(row.pay) >= least)
            && is_in(&self.companies, row.company)
            && (is_in(&self.locations, row.location) || (self.location_is_remote && row.remote))
            && self
                .of_career
                .is_none_or(|rows| rows.binary_search(&number).is_ok())
    }
}
