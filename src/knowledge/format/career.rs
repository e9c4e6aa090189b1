//! `careers/<id>.toml`: one career a file.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor, value::MapAccessDeserializer};

use super::limits::{ITEM, NAME, PROSE, TITLE};
use super::{At, Day, Ordered, SourceEntry, Table, Text, Texts};
use crate::knowledge::{Fit, Level};

/// One career. The file's name, without `.toml`, is its id. What no source gives is left out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Career")]
pub struct CareerFile {
    /// The name that is shown.
    #[schemars(length(min = 1, max = NAME))]
    pub name: Text,
    /// One line for lists.
    #[schemars(length(min = 1, max = TITLE))]
    pub summary: Option<Text>,
    /// Other names that mean exactly this career.
    #[schemars(length(min = 1), inner(length(min = 1, max = NAME)))]
    pub aliases: Option<Texts>,
    /// More specific titles without a file of their own, answered with this career.
    #[schemars(length(min = 1), inner(length(min = 1, max = NAME)))]
    pub narrower: Option<Texts>,
    /// What people call the field that it works in: means this career where no other is named.
    #[schemars(length(min = 1), inner(length(min = 1, max = NAME)))]
    pub fields: Option<Texts>,
    /// Short forms that may mean this career or something else: offered, never picked.
    #[schemars(length(min = 1), inner(length(min = 1, max = NAME)))]
    pub ambiguous: Option<Texts>,
    /// The id of its category in `knowledge.toml`.
    pub category: Text,
    /// The day on which somebody last checked this file.
    pub reviewed: Option<At<Day>>,
    /// What it is, and what sets it apart from its neighbours.
    #[schemars(length(min = 1, max = PROSE))]
    pub definition: Text,
    /// What the person does, one duty an item.
    #[schemars(length(min = 1), inner(length(min = 1, max = ITEM)))]
    pub responsibilities: Option<Texts>,
    /// The usual degrees.
    #[schemars(length(min = 1), inner(length(min = 1, max = ITEM)))]
    pub education: Option<Texts>,
    /// What employers accept instead of the usual degree.
    #[schemars(length(min = 1), inner(length(min = 1, max = ITEM)))]
    pub instead: Option<Texts>,
    /// Certifications that exist and help.
    #[schemars(length(min = 1), inner(length(min = 1, max = ITEM)))]
    pub certifications: Option<Texts>,
    /// Where the work is.
    #[schemars(length(min = 1), inner(length(min = 1, max = ITEM)))]
    pub industries: Option<Texts>,
    /// What the person can do.
    #[schemars(length(min = 1))]
    pub skills: Option<At<Vec<Table<SkillUse>>>>,
    /// Products by category: the category's title, then a list. The order is kept.
    pub tools: Option<At<Ordered<Texts>>>,
    /// Where demand is heading.
    pub outlook: Option<Table<OutlookEntry>>,
    /// What it pays.
    pub salary: Option<Table<SalaryEntry>>,
    /// What the official source says one needs to enter the occupation.
    pub entry_education: Option<Table<EntryEducationEntry>>,
    /// First steps.
    #[schemars(length(min = 1))]
    pub tips: Option<At<Vec<Table<TipEntry>>>>,
    /// Neighbouring careers: ids, or tables that also say how they differ.
    #[schemars(length(min = 1))]
    pub related: Option<At<Vec<RelatedEntry>>>,
    /// The sources that the figures of this file name, by key.
    #[serde(default)]
    pub sources: Ordered<Table<SourceEntry>>,
}

/// Something the person can do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillUse {
    /// Its canonical name.
    #[schemars(length(min = 1, max = NAME))]
    pub name: Text,
    /// What this career uses it for.
    #[schemars(length(min = 1, max = ITEM))]
    pub note: Option<Text>,
    /// What it means in practice: languages, products, methods.
    #[schemars(length(min = 1), inner(length(min = 1, max = NAME)))]
    pub examples: Option<Texts>,
}

/// Demand: words, and official figures.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutlookEntry {
    /// In words.
    #[schemars(length(min = 1, max = PROSE))]
    pub summary: Option<Text>,
    /// The current projection.
    pub growth: Option<Table<GrowthEntry>>,
    /// Projections of other years that are still worth showing.
    #[schemars(length(min = 1))]
    pub earlier: Option<At<Vec<Table<GrowthEntry>>>>,
    /// Openings a year.
    pub openings: Option<Table<OpeningsEntry>>,
    /// People at work.
    pub employment: Option<Table<EmploymentEntry>>,
}

/// A projected change of employment.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrowthEntry {
    /// Percent over the whole span; negative where it shrinks.
    #[schemars(range(min = -100, max = 1000))]
    pub percent: At<f64>,
    /// First year.
    #[schemars(range(min = 1900, max = 2100))]
    pub from: At<i16>,
    /// Last year.
    #[schemars(range(min = 1900, max = 2100))]
    pub to: At<i16>,
    /// The occupation that was counted.
    #[schemars(length(min = 1, max = TITLE))]
    pub occupation: Text,
    /// The key of the source.
    pub source: Text,
    /// How well the occupation fits the career.
    #[serde(default)]
    pub fit: Fit,
}

/// Projected openings, averaged over a span of years.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningsEntry {
    /// Openings a year.
    pub per_year: u64,
    /// First year.
    #[schemars(range(min = 1900, max = 2100))]
    pub from: At<i16>,
    /// Last year.
    #[schemars(range(min = 1900, max = 2100))]
    pub to: At<i16>,
    /// The occupation that was counted.
    #[schemars(length(min = 1, max = TITLE))]
    pub occupation: Text,
    /// The key of the source.
    pub source: Text,
    /// How well the occupation fits the career.
    #[serde(default)]
    pub fit: Fit,
}

/// People at work in an occupation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmploymentEntry {
    /// How many jobs.
    pub jobs: u64,
    /// In which year.
    #[schemars(range(min = 1900, max = 2100))]
    pub year: At<i16>,
    /// The occupation that was counted.
    #[schemars(length(min = 1, max = TITLE))]
    pub occupation: Text,
    /// The key of the source.
    pub source: Text,
    /// How well the occupation fits the career.
    #[serde(default)]
    pub fit: Fit,
}

/// The education that an official source gives as typical for entry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryEducationEntry {
    /// Such as "Bachelor's degree".
    #[schemars(length(min = 1, max = TITLE))]
    pub level: Text,
    /// The occupation that it is said of.
    #[schemars(length(min = 1, max = TITLE))]
    pub occupation: Text,
    /// The key of the source.
    pub source: Text,
    /// How well the occupation fits the career.
    #[serde(default)]
    pub fit: Fit,
}

/// What a career pays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SalaryEntry {
    /// The official median of all workers of all levels.
    pub median: Option<Table<MedianEntry>>,
    /// Pay by level, as a source aggregates it.
    #[schemars(length(min = 1))]
    pub levels: Option<At<Vec<Table<LevelPayEntry>>>>,
}

/// An official median, a year's pay.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MedianEntry {
    /// A year's pay in whole units of the currency.
    #[schemars(range(min = 1))]
    pub amount: At<u64>,
    /// ISO 4217 code, such as USD.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub currency: Text,
    /// Of which year.
    #[schemars(range(min = 1900, max = 2100))]
    pub year: At<i16>,
    /// The occupation that was asked.
    #[schemars(length(min = 1, max = TITLE))]
    pub occupation: Text,
    /// The key of the source.
    pub source: Text,
    /// How well the occupation fits the career.
    #[serde(default)]
    pub fit: Fit,
}

/// The spread of a year's pay at one level.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelPayEntry {
    /// The level; left out for all levels together.
    pub level: Option<At<Level>>,
    /// A quarter is paid less.
    #[schemars(range(min = 1))]
    pub p25: At<u64>,
    /// Half is paid less.
    #[schemars(range(min = 1))]
    pub median: At<u64>,
    /// Three quarters are paid less.
    #[schemars(range(min = 1))]
    pub p75: At<u64>,
    /// ISO 4217 code, such as USD; left out for the knowledge base's own.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub currency: Option<Text>,
    /// How many values stand behind it.
    #[schemars(range(min = 1))]
    pub sample: At<u32>,
    /// Of which year.
    #[schemars(range(min = 1900, max = 2100))]
    pub year: At<i16>,
    /// ISO 3166 code of the employers' country, such as US; left out for all countries.
    #[schemars(regex(pattern = "^[A-Z]{2}$"))]
    pub country: Option<Text>,
    /// The key of the source.
    pub source: Text,
}

/// A first step.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TipEntry {
    /// The step in a few words.
    #[schemars(length(min = 1, max = TITLE))]
    pub title: Text,
    /// How to take it.
    #[schemars(length(min = 1, max = PROSE))]
    pub text: Text,
}

/// A neighbouring career: an id, or a table that also says how it differs.
#[derive(Debug, JsonSchema)]
#[schemars(with = "RelatedForms")]
pub struct RelatedEntry {
    /// Its id.
    pub career: Text,
    /// How it differs from this one.
    pub differs: Option<Text>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "the two forms exist for the schema")]
enum RelatedForms {
    Id(String),
    Table(RelatedTable),
}

/// A neighbouring career and how it differs.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RelatedTable {
    /// Its id.
    career: Text,
    /// How it differs from this one.
    #[schemars(length(min = 1, max = ITEM))]
    differs: Option<Text>,
}

impl<'de> Deserialize<'de> for RelatedEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = (Option<String>, Option<RelatedTable>);

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a career's id")
            }

            fn visit_str<E: Error>(self, id: &str) -> Result<Self::Value, E> {
                Ok((Some(id.to_owned()), None))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let table = RelatedTable::deserialize(MapAccessDeserializer::new(map))?;
                Ok((None, Some(table)))
            }
        }

        struct Form(Option<String>, Option<RelatedTable>);

        impl<'de> Deserialize<'de> for Form {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer
                    .deserialize_any(Forms)
                    .map(|(id, table)| Self(id, table))
            }
        }

        let form = toml::Spanned::<Form>::deserialize(deserializer)?;
        let span = form.span();
        let Form(id, table) = form.into_inner();
        Ok(match table {
            Some(RelatedTable { career, differs }) => Self { career, differs },
            None => Self {
                career: At(toml::Spanned::new(span, id.unwrap_or_default())),
                differs: None,
            },
        })
    }
}
