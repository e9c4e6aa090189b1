//! `skills.toml`: canonical names of skills and tools.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limits::NAME;
use super::{Table, Text, Texts};
use crate::knowledge::SkillKind;

/// Skills and tools, each by its one canonical name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Skills and tools")]
pub struct SkillsFile {
    /// The skills and tools.
    #[serde(default)]
    pub skill: Vec<Table<SkillEntry>>,
}

/// One skill or tool.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillEntry {
    /// The one spelling that is shown everywhere.
    #[schemars(length(min = 1, max = NAME))]
    pub name: Text,
    /// Other spellings that people type. Case, accents and punctuation need none.
    #[schemars(length(min = 1), inner(length(min = 1, max = NAME)))]
    pub aliases: Option<Texts>,
    /// What sort of thing it is.
    pub kind: Option<SkillKind>,
}
