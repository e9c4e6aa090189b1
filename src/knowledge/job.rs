//! A job listing as the rest of the program reads it.

use std::fmt;
use std::sync::Arc;

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

    /// A number of [`Self::NUMBER_BITS`] bits that stands for the id, the same in every version. Among 100,000 listings
    /// there are two with the same one in one of fourteen cases.
    pub fn number(&self) -> u64 {
        (stable_hash(&self.0) >> 8) & ((1 << Self::NUMBER_BITS) - 1)
    }

    /// The bits of a [number](Self::number).
    pub const NUMBER_BITS: u32 = 36;
}

/// A hash that stays the same over restarts and versions: FNV-1a, 64 bits.
pub fn stable_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One listing. What its source does not say is absent. Texts that many listings share stand in memory once.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The job's title.
    pub title: Arc<str>,
    /// Who offers it.
    pub company: Arc<str>,
    /// Where.
    pub location: Option<Arc<str>>,
    /// Whether it can be done from anywhere (perhaps within a country).
    pub remote: Option<bool>,
    /// The kind of employment.
    pub job_type: Option<JobType>,
    /// How senior.
    pub level: Option<Level>,
    /// What it pays.
    pub salary: Option<Pay>,
    /// The careers it belongs to.
    pub careers: Arc<[CareerId]>,
    /// Where to read more and apply (http or https).
    pub url: Option<Box<str>>,
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
    pub currency: Option<Arc<str>>,
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
