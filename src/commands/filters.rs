//! The filters of `/jobs`: from arguments, to a query, to words, and back to the lines of controls.

use super::arguments::{Arguments, Value};
use super::controls::{self, text_value};
use super::resolve::{self, Asked};
use super::{UserError, jobs, wire};
use crate::knowledge::search::{JobQuery, Sort};
use crate::knowledge::{Job, JobId, JobType, Knowledge, Level};
use crate::reply::{ControlLine, text};

/// The orders, as `sort` offers them.
pub const SORTS: &[(&str, &str)] = &[
    ("Best match", "relevance"),
    ("Newest", "newest"),
    ("Highest pay", "salary"),
];

fn sort_from_id(id: &str) -> Option<Sort> {
    match id {
        "relevance" => Some(Sort::Relevance),
        "newest" => Some(Sort::Newest),
        "salary" => Some(Sort::Salary),
        _ => None,
    }
}

/// What is asked of listings.
#[derive(Clone, Default)]
pub struct Filters<'a> {
    search: Option<&'a str>,
    career: Option<Asked<'a>>,
    company: Option<Company<'a>>,
    location: Option<&'a str>,
    remote: Option<bool>,
    level: Option<Level>,
    job_type: Option<JobType>,
    min_salary: Option<u64>,
    sort: Option<&'a str>,
}

/// A company as it was asked for.
#[derive(Clone, Copy, PartialEq)]
enum Company<'a> {
    /// The whole name of one of the listings' companies.
    Name(&'a str),
    /// Words that fit none, or several.
    Words(&'a str),
}

impl<'a> Company<'a> {
    fn text(self) -> &'a str {
        match self {
            Self::Name(text) | Self::Words(text) => text,
        }
    }

    /// What controls carry for it.
    fn carried(self) -> String {
        match self {
            Self::Name(name) if name.chars().count() > jobs::COMPANY => wire::key(name),
            Self::Name(text) | Self::Words(text) => text.to_owned(),
        }
    }
}

impl<'a> Filters<'a> {
    /// Reads the filters from what was given.
    ///
    /// # Errors
    /// An unknown career or company, and words to search for that are none, each with what to do instead.
    pub fn read(knowledge: &'a Knowledge, arguments: &'a Arguments) -> Result<Self, UserError> {
        let mut filters = Self {
            search: arguments.text("search"),
            location: arguments.text("location"),
            remote: arguments.flag("remote"),
            level: arguments.choice("level", Level::from_id),
            job_type: arguments.choice("type", JobType::from_id),
            min_salary: arguments
                .whole("min_salary")
                .and_then(|amount| u64::try_from(amount).ok()),
            sort: arguments.text("sort"),
            ..Self::default()
        };
        if let Some(typed) = arguments.text("company") {
            filters.company = Some(filters.find_company(knowledge, typed)?);
        }
        if let Some(typed) = arguments.text("career") {
            let career = resolve::career(knowledge, typed).map_err(|unknown| {
                unknown.into_error(|career| {
                    let career = Some(Asked {
                        career,
                        narrower: None,
                    });
                    let instead = Filters {
                        career,
                        ..filters.clone()
                    };
                    instead.line([])
                })
            })?;
            filters.career = Some(career);
        }
        filters.check_words()?;
        Ok(filters)
    }

    /// Only listings of this career.
    pub fn of_career(asked: Asked<'a>) -> Self {
        Self {
            career: Some(asked),
            ..Self::default()
        }
    }

    fn find_company(
        &self,
        knowledge: &'a Knowledge,
        typed: &'a str,
    ) -> Result<Company<'a>, UserError> {
        if wire::is_key(typed) {
            let mut names = knowledge.companies().iter().map(|(name, _)| name.as_str());
            let name = names.find(|name| wire::key(name) == typed);
            return name.map(Company::Name).ok_or_else(|| {
                UserError::new(
                    "That company is gone",
                    "The company that this control stands for has no listings any more.",
                    controls::button_rows(controls::button("Without a company", self.line([]))),
                )
            });
        }
        let named = knowledge.company_named(typed);
        Ok(named.map_or(Company::Words(typed), Company::Name))
    }

    fn check_words(&self) -> Result<(), UserError> {
        let wordless = |name: &'static str, text: Option<&str>| match text {
            Some(text) if !resolve::has_words(text) => Some((name, text.to_owned())),
            _ => None,
        };
        let company = self.company.map(Company::text);
        let wrong = wordless("search", self.search)
            .or_else(|| wordless("company", company))
            .or_else(|| wordless("location", self.location));
        let Some((name, typed)) = wrong else {
            return Ok(());
        };
        let typed = text::quote(&typed, resolve::ECHO);
        Err(UserError::new(
            "Nothing to search for",
            format!("`{name}` is {typed}, which has no letters or digits that could be looked up."),
            controls::button_rows(controls::button(
                &format!("Without {name}"),
                self.without(name).line([]),
            )),
        ))
    }

    /// The query for the search.
    pub fn query(&self) -> JobQuery {
        JobQuery {
            words: self.search.unwrap_or_default().to_owned(),
            career: self.career.map(|asked| asked.career.id.clone()),
            company: self.company.map(|company| company.text().to_owned()),
            location: self.location.map(str::to_owned),
            remote: self.remote,
            level: self.level,
            job_type: self.job_type,
            min_salary: self.min_salary,
            sort: self.sort.and_then(sort_from_id).unwrap_or_default(),
        }
    }

    /// The career that was asked for.
    pub fn career(&self) -> Option<Asked<'a>> {
        self.career
    }

    /// Each filter that narrows: its option, and in words how it was understood (Discord markdown).
    pub fn understood(&self) -> Vec<(&'static str, String)> {
        let named = [
            (
                "search",
                self.search.map(|words| text::quote(words, resolve::ECHO)),
            ),
            (
                "career",
                self.career.map(|asked| text::escape(&asked.career.name)),
            ),
            (
                "company",
                self.company.map(|company| match company {
                    Company::Name(name) => format!("at {}", text::escape(name)),
                    Company::Words(words) => {
                        format!("company with {}", text::quote(words, resolve::ECHO))
                    }
                }),
            ),
            (
                "location",
                self.location
                    .map(|words| format!("location with {}", text::quote(words, resolve::ECHO))),
            ),
            (
                "remote",
                self.remote
                    .map(|remote| if remote { "remote" } else { "not remote" }.to_owned()),
            ),
            (
                "level",
                self.level.map(|level| level.title().to_lowercase()),
            ),
            ("type", self.job_type.map(|one| one.title().to_lowercase())),
            (
                "min_salary",
                self.min_salary
                    .map(|amount| format!("pays at least {} a year", text::thousands(amount))),
            ),
        ];
        named
            .into_iter()
            .filter_map(|(option, words)| Some((option, words?)))
            .collect()
    }

    /// How the listings are sorted, where that was asked for.
    pub fn order(&self) -> Option<&'static str> {
        match self.sort.and_then(sort_from_id)? {
            Sort::Relevance => Some("best match first"),
            Sort::Newest => Some("newest first"),
            Sort::Salary => Some("highest pay first"),
        }
    }

    /// The same filters with one dropped.
    #[must_use]
    pub fn without(&self, option: &str) -> Self {
        let mut rest = self.clone();
        match option {
            "search" => rest.search = None,
            "career" => rest.career = None,
            "company" => rest.company = None,
            "location" => rest.location = None,
            "remote" => rest.remote = None,
            "level" => rest.level = None,
            "type" => rest.job_type = None,
            "min_salary" => rest.min_salary = None,
            _ => {}
        }
        rest
    }

    /// The line that asks for these filters, and more options; none where no control can hold it.
    pub fn line(
        &self,
        more: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Option<ControlLine> {
        let texts = [
            ("search", self.search),
            ("career", self.career.map(|asked| asked.career.id.as_str())),
            ("location", self.location),
            ("level", self.level.map(Level::id)),
            ("type", self.job_type.map(JobType::id)),
            ("sort", self.sort),
        ];
        let texts = texts
            .into_iter()
            .filter_map(|(option, text)| Some((option, text_value(text?))));
        let company = self
            .company
            .map(|company| ("company", Value::Text(company.carried())));
        let remote = self.remote.map(|remote| ("remote", Value::Flag(remote)));
        let min_salary = self
            .min_salary
            .and_then(|amount| Some(("min_salary", Value::Whole(i64::try_from(amount).ok()?))));
        let given = texts
            .chain(company)
            .chain(remote)
            .chain(min_salary)
            .chain(more);
        let line = controls::line(&jobs::COMMAND, given)?;
        // Only a whole name can be found again by its key.
        let company_kept = match self.company {
            Some(Company::Words(words)) => wire::decode(line.as_str())
                .is_some_and(|(_, arguments)| arguments.text("company") == Some(words)),
            Some(Company::Name(_)) | None => true,
        };
        company_kept.then_some(line)
    }
}

/// The listing that a control or an option names: by the key of its id, or by its id.
pub fn find_job<'a>(knowledge: &'a Knowledge, named: &str) -> Option<&'a Job> {
    let carried = wire::job_number(named).and_then(|number| knowledge.job_numbered(number));
    carried.or_else(|| knowledge.job(&JobId::new(named)))
}
