//! One immutable state of the knowledge base.

use jiff::civil::Date;

use super::names::{self, Names};
use super::search::{self, JobQuery, Search};
use super::{Career, CareerId, Job, JobId, Problem, Skill};

/// A group of careers.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Kebab-case id, as careers name it.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// One line for lists.
    pub summary: Option<String>,
}

/// Everything the bot knows at one time. Never changes; a reload makes a new one.
pub struct Knowledge {
    pub(super) name: String,
    pub(super) default_currency: String,
    pub(super) categories: Vec<Category>,
    pub(super) careers: Vec<Career>,
    pub(super) jobs: Vec<Job>,
    pub(super) skills: Vec<Skill>,
    pub(super) warnings: Vec<Problem>,
    pub(super) version: String,
    pub(super) names: Names,
    pub(super) search: Search,
}

impl Knowledge {
    /// The knowledge base's own name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// ISO 4217 code used where a figure does not say.
    pub fn default_currency(&self) -> &str {
        &self.default_currency
    }

    /// Categories in the order of `knowledge.toml`.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// Careers by name.
    pub fn careers(&self) -> &[Career] {
        &self.careers
    }

    /// Careers of one category, by name.
    pub fn careers_in<'a>(&'a self, category: &'a str) -> impl Iterator<Item = &'a Career> {
        self.careers
            .iter()
            .filter(move |career| career.category == category)
    }

    /// The career with exactly this id.
    pub fn career(&self, id: &CareerId) -> Option<&Career> {
        self.careers.iter().find(|career| &career.id == id)
    }

    /// What a typed name means.
    pub fn find_career<'a>(&'a self, typed: &str) -> names::Found<'a> {
        self.names.find(&self.careers, typed)
    }

    /// The careers that what was typed so far may become, best first, each once; by name for an empty text.
    pub fn complete_career(&self, typed: &str, limit: usize) -> Vec<&Career> {
        self.names
            .complete(typed, limit)
            .iter()
            .filter_map(|id| self.career(id))
            .collect()
    }

    /// Listings by words and filters.
    pub fn find_jobs(&self, query: &JobQuery, today: Date) -> search::Found<'_> {
        self.search.jobs(&self.jobs, query, today)
    }

    /// Companies that what was typed so far may become, best first; those with most listings for an empty text.
    pub fn complete_company(&self, typed: &str, limit: usize) -> Vec<&str> {
        self.search.complete_company(typed, limit)
    }

    /// Locations that what was typed so far may become, best first; those with most listings for an empty text.
    pub fn complete_location(&self, typed: &str, limit: usize) -> Vec<&str> {
        self.search.complete_location(typed, limit)
    }

    /// Every company with how many listings name it, most first, then by name.
    pub fn companies(&self) -> &[(String, usize)] {
        self.search.companies()
    }

    /// Every location with how many listings name it, most first, then by name.
    pub fn locations(&self) -> &[(String, usize)] {
        self.search.locations()
    }

    /// Listings in the order of their files.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// The listing with exactly this id.
    pub fn job(&self, id: &JobId) -> Option<&Job> {
        self.jobs.iter().find(|job| &job.id == id)
    }

    /// Canonical skills and tools.
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// What somebody should look at, although it loads.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// A hash of the content (12 hexadecimal digits): equal content, equal version.
    pub fn version(&self) -> &str {
        &self.version
    }
}
