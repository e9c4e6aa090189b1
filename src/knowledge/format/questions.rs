//! `questions.toml`: the words by which `/ask` recognises what is asked.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Table, Text, Texts};
use crate::knowledge::Section;
use crate::knowledge::questions::Topic;

/// The words by which `/ask` recognises what a question is after.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Questions")]
pub struct QuestionsFile {
    /// Phrases for each section of a career, by the section's id.
    #[serde(default)]
    pub sections: BTreeMap<Section, Table<PhrasesEntry>>,
    /// Phrases for what is not one career's section.
    #[serde(default)]
    pub intents: BTreeMap<Topic, Table<PhrasesEntry>>,
    /// How people shorten words in chat, and what they mean: `u = "you"`.
    #[serde(default)]
    pub shorthand: BTreeMap<String, Text>,
    /// Professions that are no careers here.
    pub professions: Option<Texts>,
    /// Names of skills that are everyday words too: they count only where skills are spoken of.
    pub everyday: Option<Texts>,
}

/// Phrases by how strongly they speak for something. `{career}` and `{skill}` stand for a named one, `...` for up to
/// three words, `a/b` for one of several words, `=word` for the word in just this form.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhrasesEntry {
    /// Enough alone.
    pub sure: Option<Texts>,
    /// Enough unless something else speaks louder.
    pub likely: Option<Texts>,
    /// Tips the balance.
    pub hint: Option<Texts>,
}
