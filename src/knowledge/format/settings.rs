//! `knowledge.toml`: the knowledge base as a whole.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limits::{ATTRIBUTION, ID, ITEM, LINK, NAME, TITLE};
use super::{At, Ordered, Table, Text};

/// The knowledge base as a whole.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Knowledge base")]
pub struct SettingsFile {
    /// Its own name.
    #[schemars(length(min = 1, max = NAME))]
    pub name: Text,
    /// ISO 4217 code used where a figure does not say; USD where it is left out.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub default_currency: Option<Text>,
    /// The categories of careers, in the order in which they are shown.
    #[schemars(length(min = 1))]
    pub categories: At<Vec<Table<CategoryEntry>>>,
    /// Sources that several careers name, by key.
    #[serde(default)]
    pub sources: Ordered<Table<SourceEntry>>,
}

/// A group of careers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryEntry {
    /// Kebab-case id, as careers name it.
    #[schemars(length(min = 1, max = ID), regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub id: Text,
    /// The name that is shown.
    #[schemars(length(min = 1, max = NAME))]
    pub name: Text,
    /// One line for lists.
    #[schemars(length(min = 1, max = TITLE))]
    pub summary: Option<Text>,
}

/// Where figures come from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    /// Its title.
    #[schemars(length(min = 1, max = TITLE))]
    pub title: Text,
    /// Its address.
    #[schemars(length(min = 1, max = LINK), regex(pattern = "^https?://"))]
    pub url: Option<Text>,
    /// Its licence, where one asks to be named.
    #[schemars(length(min = 1, max = ITEM))]
    pub licence: Option<Text>,
    /// The words that its licence asks to be shown with the data.
    #[schemars(length(min = 1, max = ATTRIBUTION))]
    pub attribution: Option<Text>,
}
