//! One immutable state of the knowledge base.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::facts::{Fact, Facts};
use super::lexicon::Lexicon;
use super::meaning::Example;
use super::names::{self, Names};
use super::questions::QuestionWords;
use super::search::{self, JobQuery, Search};
use super::skill_names::SkillNames;
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

/// What the files say, checked: all that a snapshot is made of.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub name: String,
    pub default_currency: String,
    pub categories: Vec<Category>,
    /// Sorted by name.
    pub careers: Vec<Career>,
    pub jobs: Vec<Job>,
    pub skills: Vec<Skill>,
    pub questions: QuestionWords,
    pub examples: Vec<Example>,
    pub warnings: Vec<Problem>,
    pub version: String,
}

/// Everything the bot knows at one time. Never changes; a reload makes a new one.
pub struct Knowledge {
    contents: Contents,
    career_places: HashMap<CareerId, usize>,
    /// The listings' numbers, sorted, and their places.
    job_numbers: Vec<(u64, u32)>,
    names: Names,
    skill_names: SkillNames,
    /// Which careers, by their place, name a skill or tool.
    careers_by_skill: HashMap<String, Vec<usize>>,
    lexicon: OnceLock<Lexicon>,
    search: Search,
    facts: Facts,
}

impl fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Knowledge")
            .field("name", &self.contents.name)
            .field("version", &self.contents.version)
            .finish_non_exhaustive()
    }
}

impl Knowledge {
    /// Indexes what the files say.
    pub(super) fn new(contents: Contents) -> Self {
        let Contents {
            careers,
            jobs,
            skills,
            ..
        } = &contents;
        Self {
            career_places: (0..)
                .zip(careers)
                .map(|(place, career)| (career.id.clone(), place))
                .collect(),
            job_numbers: numbers(jobs),
            names: Names::new(careers),
            skill_names: SkillNames::new(skills),
            careers_by_skill: careers_by_skill(careers),
            lexicon: OnceLock::new(),
            search: Search::new(jobs, careers),
            facts: Facts::new(careers),
            contents,
        }
    }

    /// The knowledge base's own name.
    pub fn name(&self) -> &str {
        &self.contents.name
    }

    /// ISO 4217 code used where a figure does not say.
    pub fn default_currency(&self) -> &str {
        &self.contents.default_currency
    }

    /// Categories in the order of `knowledge.toml`.
    pub fn categories(&self) -> &[Category] {
        &self.contents.categories
    }

    /// Careers by name.
    pub fn careers(&self) -> &[Career] {
        &self.contents.careers
    }

    /// Careers of one category, by name.
    pub fn careers_in<'a>(&'a self, category: &'a str) -> impl Iterator<Item = &'a Career> {
        self.contents
            .careers
            .iter()
            .filter(move |career| career.category == category)
    }

    /// The career with exactly this id.
    pub fn career(&self, id: &CareerId) -> Option<&Career> {
        self.contents.careers.get(*self.career_places.get(id)?)
    }

    /// What a typed name means.
    pub fn find_career<'a>(&'a self, typed: &str) -> names::Found<'a> {
        self.names.find(&self.contents.careers, typed)
    }

    /// The careers that what was typed so far may become, best first, each once; by name for an empty text.
    pub fn complete_career(&self, typed: &str, limit: usize) -> Vec<&Career> {
        self.names
            .complete(typed, limit)
            .iter()
            .filter_map(|id| self.career(id))
            .collect()
    }

    /// Listings by words and filters, this part of them.
    pub fn find_jobs(
        &self,
        query: &JobQuery,
        today: Date,
        shown: Range<usize>,
    ) -> search::Found<'_> {
        self.search.find(self.jobs(), query, today, shown)
    }

    /// At which place of what a search finds a listing stands.
    pub fn position_of_job(&self, job: &JobId, query: &JobQuery, today: Date) -> Option<usize> {
        let place = self.place_of_job(job)?;
        self.search.position(place, query, today)
    }

    /// The one company that is meant: by its whole name, or by words that no other's name holds.
    pub fn company_named(&self, typed: &str) -> Option<&str> {
        self.search.companies().named(typed)
    }

    /// Companies that what was typed so far may become, best first; those with most listings for an empty text.
    pub fn complete_company(&self, typed: &str, limit: usize) -> Vec<&str> {
        self.search.companies().complete(typed, limit)
    }

    /// Locations that what was typed so far may become, best first; those with most listings for an empty text.
    pub fn complete_location(&self, typed: &str, limit: usize) -> Vec<&str> {
        self.search.locations().complete(typed, limit)
    }

    /// Every company with how many listings name it, most first, then by name.
    pub fn companies(&self) -> &[(String, usize)] {
        self.search.companies().counted()
    }

    /// Every location with how many listings name it, most first, then by name.
    pub fn locations(&self) -> &[(String, usize)] {
        self.search.locations().counted()
    }

    /// Listings in the order of their files.
    pub fn jobs(&self) -> &[Job] {
        &self.contents.jobs
    }

    /// The listing with exactly this id.
    pub fn job(&self, id: &JobId) -> Option<&Job> {
        self.contents.jobs.get(self.place_of_job(id)?)
    }

    /// The first listing with this [number](JobId::number).
    pub fn job_numbered(&self, number: u64) -> Option<&Job> {
        self.contents.jobs.get(self.places_numbered(number).next()?)
    }

    fn place_of_job(&self, id: &JobId) -> Option<usize> {
        let mut places = self.places_numbered(id.number());
        places.find(|place| self.contents.jobs[*place].id == *id)
    }

    fn places_numbered(&self, number: u64) -> impl Iterator<Item = usize> {
        let from = self
            .job_numbers
            .partition_point(|(other, _)| *other < number);
        let numbered = self.job_numbers[from..].iter();
        numbered
            .take_while(move |(other, _)| *other == number)
            .map(|(_, place)| *place as usize)
    }

    /// Canonical skills and tools.
    pub fn skills(&self) -> &[Skill] {
        &self.contents.skills
    }

    /// The skill or tool that was typed, by name or alias; a typo is forgiven where only one is as near.
    pub fn find_skill(&self, typed: &str) -> Option<&Skill> {
        self.contents.skills.get(self.skill_names.find(typed)?)
    }

    /// The skills that what was typed so far may become, best first; by name for an empty text.
    pub fn complete_skill(&self, typed: &str, limit: usize) -> Vec<&Skill> {
        let places = self.skill_names.complete(typed, limit);
        places
            .into_iter()
            .filter_map(|place| self.contents.skills.get(place))
            .collect()
    }

    /// The careers that name a skill or tool by its canonical name, by name.
    pub fn careers_with_skill<'a>(&'a self, skill: &str) -> impl Iterator<Item = &'a Career> {
        let places = self.careers_by_skill.get(skill).into_iter().flatten();
        places.filter_map(|place| self.contents.careers.get(*place))
    }

    /// The sections of careers that hold all these folded words.
    pub fn find_facts(&self, words: &[String]) -> Vec<Fact<'_>> {
        self.facts.find(&self.contents.careers, words)
    }

    /// By what questions in plain words are read. Learned from the examples when it is first asked for.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let Contents {
                careers,
                skills,
                questions,
                examples,
                ..
            } = &self.contents;
            Lexicon::new(careers, skills, questions, examples)
        })
    }

    /// What somebody should look at, although it loads.
    pub fn warnings(&self) -> &[Problem] {
        &self.contents.warnings
    }

    /// A hash of the content (12 hexadecimal digits): equal content, equal version.
    pub fn version(&self) -> &str {
        &self.contents.version
    }
}

/// The places of the careers that name each skill or tool.
fn careers_by_skill(careers: &[Career]) -> HashMap<String, Vec<usize>> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, career) in careers.iter().enumerate() {
        for skill in career.all_skills().chain(career.all_tools()) {
            let places = places.entry(skill.to_owned()).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    places
}

/// The number and the place of each listing, by number.
fn numbers(jobs: &[Job]) -> Vec<(u64, u32)> {
    let mut numbers: Vec<_> = (0..)
        .zip(jobs)
        .map(|(place, job)| (job.id.number(), place))
        .collect();
    numbers.sort_unstable();
    numbers
}
