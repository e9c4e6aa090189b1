//! The words by which listings are found.

use super::Columns;
use super::rows::Rows;
use crate::knowledge::distinct::Distinct;
use crate::knowledge::word_index::{Builder, WordIndex};
use crate::knowledge::{Career, Job, JobType, Level, fold, titles};

/// Where in a listing a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Company,
    /// Location, level, kind of employment, whether it is remote, the names of its careers.
    Rest,
}

impl Field {
    const ALL: [Self; 3] = [Self::Title, Self::Company, Self::Rest];

    /// A row and a field as one place of an index.
    fn place(self, row: u32) -> u32 {
        row * Self::ALL.len() as u32 + self as u32
    }

    /// The row and the field that a place stands for.
    pub fn read(place: u32) -> (u32, Self) {
        let fields = Self::ALL.len() as u32;
        (place / fields, Self::ALL[(place % fields) as usize])
    }
}

/// Indexes the words of all listings; the places of the index are [`Field`]s of rows.
pub(super) fn index(
    jobs: &[Job],
    columns: &Columns<'_>,
    rows: &Rows,
    careers: &[Career],
) -> WordIndex {
    let mut builder = Builder::default();
    let titles = numbers(&columns.titles.distinct, &mut builder, with_other_forms);
    let companies = numbers(&columns.companies.distinct, &mut builder, own_words);
    let locations = numbers(&columns.locations.distinct, &mut builder, own_words);
    let levels: Vec<_> = Level::ALL
        .iter()
        .map(|level| builder.numbers(level_words(*level)))
        .collect();
    let types: Vec<_> = JobType::ALL
        .iter()
        .map(|kind| builder.numbers(type_words(*kind)))
        .collect();
    let remote = builder.numbers(["remote"]);
    let names: Vec<_> = careers
        .iter()
        .map(|career| {
            let words = fold::words(&career.name);
            (
                builder.numbers(words.iter().map(String::as_str)),
                rows.of_career(&career.id),
            )
        })
        .collect();
    builder.finish(|add| {
        let mut add_all = |words: &[u32], field: Field, row: u32| {
            words.iter().for_each(|word| add(*word, field.place(row)));
        };
        for row in rows.numbers() {
            let place = rows.place(row);
            let job = &jobs[place];
            let parts = [
                (columns.titles, &titles, Field::Title),
                (columns.companies, &companies, Field::Company),
                (columns.locations, &locations, Field::Rest),
            ];
            for (column, words, field) in parts {
                if let Some(text) = column.places[place] {
                    add_all(&words[text as usize], field, row);
                }
            }
            if let Some(level) = job.level {
                add_all(&levels[level as usize], Field::Rest, row);
            }
            if let Some(kind) = job.job_type {
                add_all(&types[kind as usize], Field::Rest, row);
            }
            if job.remote == Some(true) {
                add_all(&remote, Field::Rest, row);
            }
        }
        for (words, rows) in &names {
            rows.iter()
                .for_each(|row| add_all(words, Field::Rest, *row));
        }
    })
}

/// The numbers of the words of each text of a column.
fn numbers(
    texts: &Distinct,
    builder: &mut Builder,
    words: impl Fn(Vec<String>) -> Vec<String>,
) -> Vec<Box<[u32]>> {
    let texts = texts
        .folded()
        .map(|text| words(text.split_whitespace().map(str::to_owned).collect()));
    texts
        .map(|words| builder.numbers(words.iter().map(String::as_str)))
        .collect()
}

fn own_words(words: Vec<String>) -> Vec<String> {
    words
}

/// The words of a title, its short forms written out, and the short forms of what it writes out.
fn with_other_forms(mut words: Vec<String>) -> Vec<String> {
    let others = titles::written_out(&words)
        .into_iter()
        .chain(titles::short_forms(&words));
    for word in others.collect::<Vec<_>>() {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn level_words(level: Level) -> impl Iterator<Item = &'static str> {
    let words = match level {
        Level::Entry => "entry level junior",
        Level::Mid => "mid midlevel intermediate level",
        Level::Senior => "senior level expert",
        Level::Executive => "executive level",
    };
    words.split(' ')
}

fn type_words(kind: JobType) -> impl Iterator<Item = &'static str> {
    let words = match kind {
        JobType::FullTime => "fulltime",
        JobType::PartTime => "parttime",
        JobType::Contract => "contract contractor",
        JobType::Internship => "internship intern",
        JobType::Freelance => "freelance freelancer",
    };
    words.split(' ')
}
