//! A skill or tool, by its one canonical name.

use serde::{Deserialize, Serialize};

/// An entry of `skills.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// The one spelling that is shown everywhere.
    pub name: String,
    /// Other spellings that people type.
    pub aliases: Vec<String>,
    /// What sort of thing it is.
    pub kind: Option<SkillKind>,
}

/// What sort of thing a skill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SkillKind {
    /// A programming, query or markup language.
    Language,
    /// A product, library, framework or database.
    Tool,
    /// A cloud or hosted service.
    Platform,
    /// Something one does: a method or a way of working.
    Practice,
    /// Something one knows: a field, a law, a standard.
    Subject,
    /// Working with people.
    People,
}
