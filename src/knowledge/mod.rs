//! What the bot knows: TOML files read into one immutable snapshot with its indexes.
//!
//! - [`format`]: the files as people write them (serde types, one per kind of file).
//! - [`source`]: where the files come from: a folder, or the copy inside the binary.
//! - [`load`]: files -> [`Knowledge`], or every [`Problem`] of every file.
//! - [`problem`]: telling what is wrong with a file.
//! - [`store`]: the current snapshot, and swapping it whole.
//! - [`fingerprint`], [`watch`]: whether the files look changed, and loading them again when they do.
//! - [`names`], [`search`]: finding careers by what a person typed, and listings by words and filters. Both fold text
//!   alike (`fold`) and forgive the same typos (`typos`).

mod career;
mod classifier;
mod distinct;
mod features;
#[cfg(test)]
pub(crate) mod fixtures;
mod job;
mod marked;
mod placeholder;
pub(crate) mod regions;
mod sentences;
mod skill;
pub mod skill_names;
mod snapshot;
mod titles;
mod typos;
mod vocabulary;
mod word_index;

pub mod facts;
pub mod fingerprint;
pub mod fold;
pub mod format;
pub mod lexicon;
pub mod links;
pub mod load;
pub mod meaning;
pub mod mentions;
pub mod names;
pub mod problem;
pub mod questions;
pub mod roles;
pub mod search;
pub mod source;
pub mod store;
pub mod title_careers;
pub mod watch;

pub use career::{
    Career, CareerId, EntryEducation, Fit, Growth, Headcount, LevelPay, Median, Openings, Outlook,
    Related, Salary, Skill as CareerSkill, Source, Tip, ToolGroup,
};
pub use job::{Job, JobId, Pay, stable_hash};
pub use marked::{Marked, each_once};
pub use problem::{Place, Problem, Severity};
pub use sentences::Sentences;
pub use skill::{Skill, SkillKind};
pub use snapshot::{Category, Knowledge};
pub use vocabulary::{Intent, JobType, Level, Period, Section};
