//! `jobs/**/*.toml`: `[[job]]` tables, any number a file.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limits::{JOB_ID, LINK, TITLE};
use super::{At, Day, Table, Text, Texts};
use crate::knowledge::{JobType, Level, Period};

/// Job listings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Job listings")]
pub struct JobsFile {
    /// The listings.
    #[serde(default)]
    pub job: Vec<Table<JobEntry>>,
}

/// One listing. What its source does not say is left out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobEntry {
    /// Its id; derived from title, company and location where it is left out.
    #[schemars(length(min = 1, max = JOB_ID), regex(pattern = "^[A-Za-z0-9._-]+$"))]
    pub id: Option<Text>,
    /// The job's title.
    #[schemars(length(min = 1, max = TITLE))]
    pub title: Text,
    /// Who offers it.
    #[schemars(length(min = 1, max = TITLE))]
    pub company: Text,
    /// Where.
    #[schemars(length(min = 1, max = TITLE))]
    pub location: Option<Text>,
    /// Whether it can be done from anywhere (perhaps within a country).
    pub remote: Option<bool>,
    /// The kind of employment.
    pub r#type: Option<JobType>,
    /// How senior.
    pub level: Option<Level>,
    /// What it pays.
    pub salary: Option<Table<PayEntry>>,
    /// The ids of the careers that it belongs to.
    #[schemars(length(min = 1))]
    pub careers: Option<Texts>,
    /// Where to read more and apply.
    #[schemars(length(min = 1, max = LINK), regex(pattern = "^https?://"))]
    pub url: Option<Text>,
    /// When it was posted.
    pub posted: Option<At<Day>>,
    /// The last day on which it is open.
    pub expires: Option<At<Day>>,
}

/// Offered pay, at least one end known.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayEntry {
    /// The lower end in whole units of the currency.
    pub min: Option<At<u64>>,
    /// The upper end.
    pub max: Option<At<u64>>,
    /// ISO 4217 code, such as USD; left out where the listing does not say.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub currency: Option<Text>,
    /// The time that it is for; left out where the listing does not say.
    pub per: Option<Period>,
}
