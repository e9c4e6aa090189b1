//! A career as the rest of the program reads it: validated, cross-checked, canonical.

use std::fmt;

use jiff::civil::Date;

use super::{Level, Section};

/// A career's id: the kebab-case stem of its file, at most 32 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CareerId(Box<str>);

impl CareerId {
    pub(crate) fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CareerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One career. Texts are plain text with a small subset of Discord markdown, not yet escaped.
#[derive(Debug, Clone, PartialEq)]
pub struct Career {
    /// Its id.
    pub id: CareerId,
    /// The name that is shown.
    pub name: String,
    /// Other names that mean exactly this career.
    pub aliases: Vec<String>,
    /// More specific titles without a file of their own, answered with this career.
    pub narrower: Vec<String>,
    /// What people call the field that it works in: means this career where no other is named.
    pub fields: Vec<String>,
    /// Short forms that may mean this career or something else: offered, never picked.
    pub ambiguous: Vec<String>,
    /// The id of its category in `knowledge.toml`.
    pub category: String,
    /// One line for lists, where given.
    pub summary: Option<String>,
    /// When somebody last checked the file.
    pub reviewed: Option<Date>,
    /// What it is.
    pub definition: String,
    /// What the person does.
    pub responsibilities: Vec<String>,
    /// What the person can do.
    pub skills: Vec<Skill>,
    /// The usual degrees.
    pub education: Vec<String>,
    /// What employers accept instead of the usual degree.
    pub instead: Vec<String>,
    /// Certifications that exist and help.
    pub certifications: Vec<String>,
    /// What the official source says one needs to enter the occupation.
    pub entry_education: Option<EntryEducation>,
    /// Products by category, in the order of the file.
    pub tools: Vec<ToolGroup>,
    /// Where the work is.
    pub industries: Vec<String>,
    /// Where demand is heading.
    pub outlook: Option<Outlook>,
    /// What it pays.
    pub salary: Option<Salary>,
    /// First steps.
    pub tips: Vec<Tip>,
    /// Neighbouring careers.
    pub related: Vec<Related>,
    /// The sources that the figures of this career name.
    pub sources: Vec<Source>,
}

impl Career {
    /// The source with this key.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.key == key)
    }

    /// Every tool, over all its groups.
    pub fn all_tools(&self) -> impl Iterator<Item = &str> {
        self.tools
            .iter()
            .flat_map(|group| group.items.iter().map(String::as_str))
    }

    /// Every skill name and every example, without the tools.
    pub fn all_skills(&self) -> impl Iterator<Item = &str> {
        self.skills.iter().flat_map(|skill| {
            std::iter::once(skill.name.as_str()).chain(skill.examples.iter().map(String::as_str))
        })
    }

    /// Whether the file says anything in this section.
    pub fn has(&self, section: Section) -> bool {
        match section {
            Section::Definition => !self.definition.is_empty(),
            Section::Responsibilities => !self.responsibilities.is_empty(),
            Section::Skills => !self.skills.is_empty(),
            Section::Education => {
                !(self.education.is_empty()
                    && self.instead.is_empty()
                    && self.certifications.is_empty()
                    && self.entry_education.is_none())
            }
            Section::Tools => !self.tools.is_empty(),
            Section::Industries => !self.industries.is_empty(),
            Section::Outlook => self.outlook.is_some(),
            Section::Salary => self.salary.is_some(),
            Section::Tips => !self.tips.is_empty(),
        }
    }
}

/// Something the person can do, by its canonical name in `skills.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// The canonical name.
    pub name: String,
    /// What this career uses it for.
    pub note: Option<String>,
    /// Canonical names of what it means in practice.
    pub examples: Vec<String>,
}

/// Products of one category.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolGroup {
    /// The category's title.
    pub name: String,
    /// Canonical names of the products.
    pub items: Vec<String>,
}

/// A first step.
#[derive(Debug, Clone, PartialEq)]
pub struct Tip {
    /// The step in a few words.
    pub title: String,
    /// How to take it.
    pub text: String,
}

/// A neighbouring career.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// Which.
    pub career: CareerId,
    /// How it differs from this one.
    pub differs: Option<String>,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The key by which figures name it.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its address (http or https).
    pub url: Option<String>,
    /// Its licence, where one asks to be named.
    pub licence: Option<String>,
    /// The words that its licence asks to be shown with the data.
    pub attribution: Option<String>,
}

/// How well the official occupation fits the career.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Default,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// The occupation is this career.
    #[default]
    Exact,
    /// There is no separate figure: the nearest occupation, wider or neighbouring.
    Nearest,
    /// The figure is of the wider group that the occupation belongs to.
    Group,
    /// The figure is of an "all other" group, of which the career is a small part.
    AllOther,
}

/// Demand: words, and official figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// In words.
    pub summary: Option<String>,
    /// The current projection.
    pub growth: Option<Growth>,
    /// Projections of other years that are still worth showing, each as what it was.
    pub earlier: Vec<Growth>,
    /// Openings a year.
    pub openings: Option<Openings>,
    /// People at work.
    pub employment: Option<Headcount>,
}

/// A projected change of employment.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// Percent over the whole span; negative where it shrinks.
    pub percent: f64,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// The occupation that was counted.
    pub occupation: String,
    /// How well it fits the career.
    pub fit: Fit,
    /// Key of the source.
    pub source: String,
}

/// Projected openings, averaged over a span of years.
#[derive(Debug, Clone, PartialEq)]
pub struct Openings {
    /// Openings a year.
    pub per_year: u64,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// The occupation that was counted.
    pub occupation: String,
    /// How well it fits the career.
    pub fit: Fit,
    /// Key of the source.
    pub source: String,
}

/// People at work in an occupation.
#[derive(Debug, Clone, PartialEq)]
pub struct Headcount {
    /// How many jobs.
    pub jobs: u64,
    /// In which year.
    pub year: i16,
    /// The occupation that was counted.
    pub occupation: String,
    /// How well it fits the career.
    pub fit: Fit,
    /// Key of the source.
    pub source: String,
}

/// The education that an official source gives as typical for entry.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryEducation {
    /// Such as "Bachelor's degree".
    pub level: String,
    /// The occupation that it is said of.
    pub occupation: String,
    /// How well it fits the career.
    pub fit: Fit,
    /// Key of the source.
    pub source: String,
}

/// What a career pays.
#[derive(Debug, Clone, PartialEq)]
pub struct Salary {
    /// The official median of all workers of all levels.
    pub median: Option<Median>,
    /// Pay by level, as a source aggregates it.
    pub levels: Vec<LevelPay>,
}

/// An official median, a year's pay.
#[derive(Debug, Clone, PartialEq)]
pub struct Median {
    /// A year's pay in whole units of the currency.
    pub amount: u64,
    /// ISO 4217 code.
    pub currency: String,
    /// Of which year.
    pub year: i16,
    /// The occupation that was asked.
    pub occupation: String,
    /// How well it fits the career.
    pub fit: Fit,
    /// Key of the source.
    pub source: String,
}

/// The spread of a year's pay at one level.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelPay {
    /// The level; none for all levels together.
    pub level: Option<Level>,
    /// A quarter is paid less.
    pub p25: u64,
    /// Half is paid less.
    pub median: u64,
    /// Three quarters are paid less.
    pub p75: u64,
    /// ISO 4217 code.
    pub currency: String,
    /// How many values stand behind it.
    pub sample: u32,
    /// Of which year.
    pub year: i16,
    /// ISO 3166 code of the employers' country; none for all countries.
    pub country: Option<String>,
    /// Key of the source.
    pub source: String,
}
