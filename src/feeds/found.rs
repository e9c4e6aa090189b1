//! A listing as its feed sends it, before it is made alike.

use std::fmt;

use jiff::civil::Date;
use url::Url;

use crate::knowledge::{JobType, Level, Period};

/// What a feed says of a listing. What it does not say is absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// What the feed itself knows it by.
    pub key: Option<String>,
    /// The job's title, as it stands there.
    pub title: String,
    /// Who offers it.
    pub company: Option<String>,
    /// Where; several places where it is offered in each.
    pub locations: Vec<String>,
    /// Whether it can be done from anywhere.
    pub remote: Option<bool>,
    /// The kind of employment.
    pub job_type: Option<JobType>,
    /// How senior.
    pub level: Option<Level>,
    /// What it pays, in fields of their own.
    pub pay: Option<FoundPay>,
    /// What it pays, as a text of a field of its own.
    pub pay_text: Option<String>,
    /// What is told of the job, as plain text.
    pub description: Option<String>,
    /// Where to read more.
    pub url: Option<String>,
    /// When it was posted.
    pub posted: Option<Date>,
    /// The last day on which it is open.
    pub expires: Option<Date>,
}

/// Pay in fields of their own, unchecked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoundPay {
    /// The lower end.
    pub min: Option<f64>,
    /// The upper end.
    pub max: Option<f64>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// The time it is for.
    pub per: Option<Period>,
}

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it stands, for people: "line 12", "job 401".
    pub place: String,
    /// The listing, or why there is none.
    pub found: Result<Found, Skip>,
}

/// An entry that is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where it stands.
    pub place: String,
    /// Its title, where it has one.
    pub title: String,
    /// Why.
    pub why: Skip,
}

/// Why an entry is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// It is no listing: what is wrong with it.
    Unreadable(String),
    /// It has no title.
    NoTitle,
    /// It names no company, and the settings do not either.
    NoCompany,
    /// It is not open to everybody.
    Unlisted,
    /// Its page could not be read: why.
    Page(String),
    /// Its last day is past.
    Expired(Date),
    /// Its title has none of the words that are wanted.
    Words,
    /// It belongs to none of the careers that are wanted.
    Careers,
    /// It is in none of the places that are wanted.
    Locations,
    /// The same listing came before it.
    Twice,
    /// The same listing stands elsewhere in the knowledge base.
    Elsewhere,
    /// There are more than the feed may keep, and newer ones.
    TooMany,
}

impl Skip {
    /// The reason without what is particular to one entry, for counting.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "not readable",
            Self::NoTitle => "no title",
            Self::NoCompany => "no company",
            Self::Unlisted => "not listed publicly",
            Self::Page(_) => "page not readable",
            Self::Expired(_) => "expired",
            Self::Words => "none of the wanted words in the title",
            Self::Careers => "none of the wanted careers",
            Self::Locations => "none of the wanted places",
            Self::Twice => "twice in the feed",
            Self::Elsewhere => "in the knowledge base already",
            Self::TooMany => "more than the feed may keep",
        }
    }

    /// Whether the entry is a listing that was understood.
    pub fn was_read(&self) -> bool {
        !matches!(
            self,
            Self::Unreadable(_) | Self::NoTitle | Self::NoCompany | Self::Page(_)
        )
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())?;
        match self {
            Self::Unreadable(what) | Self::Page(what) => write!(f, ": {what}"),
            Self::Expired(day) => write!(f, " on {day}"),
            _ => Ok(()),
        }
    }
}

/// Why a whole document is of no use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Rubbish(pub String);

/// A document that was fetched.
#[derive(Debug, Clone, Copy)]
pub struct Document<'d> {
    /// Where it came from in the end; none for a file.
    pub from: Option<&'d Url>,
    /// Its text.
    pub text: &'d str,
}
