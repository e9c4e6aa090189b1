//! A job listing as the rest of the program reads it.

use std::fmt;

use jiff::civil::Date;

use super::{CareerId, JobType, Level, Period};

/// A listing's id: given in the file, or derived from title, company and location.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(Box<str>);

impl JobId {
    pub(crate) fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One listing. What its source does not say is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The job's title.
    pub title: String,
    /// Who offers it.
    pub company: String,
    /// Where.
    pub location: Option<String>,
    /// Whether it can be done from anywhere (perhaps within a country).
    pub remote: Option<bool>,
    /// The kind of employment.
    pub job_type: Option<JobType>,
    /// How senior.
    pub level: Option<Level>,
    /// What it pays.
    pub salary: Option<Pay>,
    /// The careers it belongs to.
    pub careers: Vec<CareerId>,
    /// Where to read more and apply (http or https).
    pub url: Option<String>,
    /// When it was posted.
    pub posted: Option<Date>,
    /// The last day on which it is open.
    pub expires: Option<Date>,
}

impl Job {
    /// Whether the listing is past its last day.
    pub fn expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }
}

/// Offered pay, at least one end known.
#[derive(Debug, Clone, PartialEq)]
pub struct Pay {
    /// The lower end in whole units of the currency.
    pub min: Option<u64>,
    /// The upper end.
    pub max: Option<u64>,
    /// ISO 4217 code; none where the listing does not say.
    pub currency: Option<String>,
    /// The time it is for; none where the listing does not say.
    pub per: Option<Period>,
}

impl Pay {
    /// The upper end (or the only one) as a year's pay, for comparing: 2,080 hours, 260 days, 52 weeks, 12 months.
    /// An amount whose time is not stated counts as a year's.
    pub fn yearly_top(&self) -> u64 {
        let factor = match self.per {
            Some(Period::Hour) => 2_080,
            Some(Period::Day) => 260,
            Some(Period::Week) => 52,
            Some(Period::Month) => 12,
            Some(Period::Year) | None => 1,
        };
        self.max.or(self.min).unwrap_or(0).saturating_mul(factor)
    }
}
