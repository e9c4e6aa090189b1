//! `examples.toml`: questions as people type them, from which `/ask` learns what a question means.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{At, Table, Texts};
use crate::knowledge::{Intent, Section};

/// Questions as people type them, from which `/ask` learns what a question means.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Examples")]
pub struct ExamplesFile {
    /// Questions by what they are after.
    pub examples: Vec<Table<ExamplesEntry>>,
}

/// Questions that are after the same.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamplesEntry {
    /// What they are after.
    pub intent: Intent,
    /// The section that they ask for; only where the intent is `section` or `compare`. Leave out for the whole career.
    pub section: Option<At<Section>>,
    /// The questions. `{career}` and `{skill}` stand for a named one; `{other}` for a career that is only mentioned, `{from}` and
    /// `{to}` for the careers of a `switch` where they do not stand in this order.
    pub texts: Texts,
}
