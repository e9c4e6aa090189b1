//! Checks the careers.

use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::check::wrong_id;
use super::document::{Document, Unit, known_keys};
use super::job::unknown_career_help;
use super::report::{InFile, Report, Spot};
use super::settings::{self, Settings};
use super::skills::SkillNames;
use super::words::{did_you_mean, listed, quote};
use crate::knowledge::format::limits::{ITEM, LEAST_PERCENT, MOST_PERCENT, NAME, PROSE, TITLE};
use crate::knowledge::format::{
    At, CareerFile, GrowthEntry, LevelPayEntry, Ordered, OutlookEntry, RelatedEntry, SalaryEntry,
    SkillUse, SourceEntry, Table, Text, Texts, TipEntry,
};
use crate::knowledge::source::SourceFile;
use crate::knowledge::{
    Career, CareerId, CareerSkill, EntryEducation, Growth, Headcount, LevelPay, Median, Openings,
    Outlook, Related, Salary, Severity, Source, Tip, ToolGroup, fold,
};

/// A career whose types are right.
pub(super) struct Unchecked {
    id: String,
    file: usize,
    unit: Unit<CareerFile>,
}

/// Reads the types of one file.
pub(super) fn read(id: &str, file: usize, report: &mut Report<'_>) -> Option<Unchecked> {
    if let Some((message, help)) = wrong_id(id) {
        let message = format!("the file's name {message}");
        report.whole_file(Severity::Error, &report.name(file), &message, &help);
    }
    let mut report = report.of(file);
    let mut document = Document::parse(&mut report);
    let unit = document.read::<CareerFile>(&mut report)?;
    (!document.broken()).then(|| Unchecked {
        id: id.to_owned(),
        file,
        unit,
    })
}

/// Every id, name, alias and narrower title leads to one career.
pub(super) fn check_names(files: &[SourceFile], careers: &[Unchecked], report: &mut Report<'_>) {
    let mut claims = Claims::default();
    for career in careers {
        claims.id(career, report, files);
    }
    for career in careers {
        claims.claim(career, &career.unit.value.name, "name", report);
    }
    for career in careers {
        let file = &career.unit.value;
        for (list, role) in [
            (&file.aliases, "alias"),
            (&file.narrower, "narrower title"),
            (&file.fields, "field"),
            (&file.ambiguous, "ambiguous name"),
        ] {
            for name in list.iter().flat_map(|list| list.iter()) {
                claims.claim(career, name, role, report);
            }
        }
    }
}

/// Who has a name, and where it is written.
struct Claim {
    file: usize,
    role: &'static str,
    owner: String,
    place: Option<Spot>,
}

#[derive(Default)]
struct Claims(HashMap<String, Claim>);

impl Claims {
    fn id(&mut self, career: &Unchecked, report: &mut Report<'_>, files: &[SourceFile]) {
        let claim = Claim {
            file: career.file,
            role: "id",
            owner: career.id.clone(),
            place: None,
        };
        match self.0.entry(fold::name(&career.id)) {
            Entry::Vacant(free) => {
                free.insert(claim);
            }
            Entry::Occupied(other) => {
                let message = format!("the id is the same as {}", quote(&other.get().owner));
                let help = "rename one of the files: hyphens make no difference";
                report.whole_file(Severity::Error, &files[career.file].name, &message, help);
            }
        }
    }

    fn claim(
        &mut self,
        career: &Unchecked,
        name: &Text,
        role: &'static str,
        report: &mut Report<'_>,
    ) {
        let folded = fold::name(name);
        if folded.is_empty() {
            return;
        }
        let spot = report.of(career.file).spot(name.span());
        let Some(other) = self.0.get(&folded) else {
            // An ambiguous name may belong to several careers, but to none for sure.
            if role != "ambiguous name" {
                let claim = Claim {
                    file: career.file,
                    role,
                    owner: career.unit.value.name.trim().to_owned(),
                    place: Some(spot),
                };
                self.0.insert(folded, claim);
            }
            return;
        };
        if other.file == career.file {
            match (other.role, role) {
                ("id", "name" | "alias") => {}
                // Twice in the same list is told of the list.
                (first, second) if first == second => {}
                ("name", "alias") => report.of(career.file).warning(
                    name.span(),
                    format!(
                        "the alias {} says nothing that the name does not",
                        quote(name)
                    ),
                    "take it out: case, accents, punctuation and spaces make no difference",
                ),
                (first, second) => report.of(career.file).error(
                    name.span(),
                    format!(
                        "{} cannot be {} and {} of the same career",
                        quote(name),
                        article(first),
                        article(second)
                    ),
                    "keep one of the two",
                ),
            }
            return;
        }
        let place = match &other.place {
            Some(spot) => format!(" ({})", report.name_place(spot)),
            None => String::new(),
        };
        let message = format!(
            "{} is already {} of {}{place}",
            quote(name),
            article(other.role),
            quote(&other.owner)
        );
        let help = match role {
            "ambiguous name" => "take it out here, or make it `ambiguous` there too",
            _ => "a name leads to one career: keep it in one file, or make it `ambiguous` in both",
        };
        report.of(career.file).error(name.span(), message, help);
    }
}

fn article(role: &str) -> String {
    let article = match role {
        "id" | "name" => "the",
        "alias" | "ambiguous name" => "an",
        _ => "a",
    };
    format!("{article} {role}")
}

/// What careers are checked against.
pub(super) struct CareerRules<'k> {
    pub ids: &'k HashSet<&'k str>,
    pub settings: &'k Settings,
    pub skills: &'k SkillNames,
    pub today: Date,
}

impl CareerRules<'_> {
    /// Checks everything but the names.
    pub fn check(&self, career: Unchecked, report: &mut Report<'_>) -> Career {
        let Unchecked { id, file, unit } = career;
        let mut report = report.of(file);
        let report = &mut report;
        let file = &unit.value;
        let own = settings::sources(&file.sources, report);
        let cites = Cites::new(&own, self.settings, unit.lacks("sources"));
        Career {
            name: report.line(&file.name, "`name`", NAME),
            aliases: report.lines(file.aliases.as_ref(), "`aliases`", NAME),
            narrower: report.lines(file.narrower.as_ref(), "`narrower`", NAME),
            fields: report.lines(file.fields.as_ref(), "`fields`", NAME),
            ambiguous: report.lines(file.ambiguous.as_ref(), "`ambiguous`", NAME),
            category: self.category(&file.category, report),
            summary: report.line_if(file.summary.as_ref(), "`summary`", TITLE),
            reviewed: self.reviewed(file, report),
            definition: report.prose(&file.definition, "`definition`", PROSE),
            responsibilities: report.lines(
                file.responsibilities.as_ref(),
                "`responsibilities`",
                ITEM,
            ),
            skills: self.skills(file.skills.as_ref(), report),
            education: report.lines(file.education.as_ref(), "`education`", ITEM),
            instead: report.lines(file.instead.as_ref(), "`instead`", ITEM),
            certifications: report.lines(file.certifications.as_ref(), "`certifications`", ITEM),
            entry_education: file.entry_education.as_ref().map(|entry| EntryEducation {
                level: report.line(&entry.level, "`level`", TITLE),
                occupation: report.line(&entry.occupation, "`occupation`", TITLE),
                fit: entry.fit,
                source: cites.source(&entry.source, report),
            }),
            tools: self.tools(file.tools.as_ref(), report),
            industries: report.lines(file.industries.as_ref(), "`industries`", ITEM),
            outlook: file
                .outlook
                .as_ref()
                .map(|outlook| cites.outlook(outlook, unit.lacks("outlook"), report)),
            salary: file
                .salary
                .as_ref()
                .map(|salary| cites.salary(salary, unit.lacks("salary"), report)),
            tips: tips(file.tips.as_ref(), report),
            related: self.related(&id, file.related.as_ref(), report),
            sources: cites.cited(&file.sources, report),
            id: CareerId::new(&id),
        }
    }

    fn category(&self, category: &Text, report: &mut InFile<'_, '_>) -> String {
        let id = report.kebab_id(category);
        if let Some(declared) = &self.settings.categories {
            let known = declared
                .iter()
                .map(|declared| declared.category.id.as_str());
            if !known.clone().any(|known| known == id) {
                let message = format!("the category {} is not in knowledge.toml", quote(&id));
                let help = did_you_mean(&id, known.clone(), || {
                    format!("there are {}", listed(known))
                });
                report.error(category.span(), message, help);
            }
        }
        id
    }

    fn reviewed(&self, file: &CareerFile, report: &mut InFile<'_, '_>) -> Option<Date> {
        let day = report.day(file.reviewed.as_ref())?;
        let stale = day
            .checked_add(18.months())
            .is_ok_and(|due| due < self.today);
        if let (true, Some(reviewed)) = (stale, &file.reviewed) {
            report.warning(
                reviewed.span(),
                format!("nobody has reviewed this career since {day}"),
                "read it, mend what has changed, and set `reviewed` to that day",
            );
        }
        Some(day)
    }

    fn skills(
        &self,
        skills: Option<&At<Vec<Table<SkillUse>>>>,
        report: &mut InFile<'_, '_>,
    ) -> Vec<CareerSkill> {
        let Some(skills) = skills else {
            return Vec::new();
        };
        report.not_empty(skills.is_empty(), skills.span(), "`skills`");
        let checked: Vec<CareerSkill> = skills
            .iter()
            .map(|skill| CareerSkill {
                name: self.skill(&skill.name, "the name of a skill", report),
                note: report.line_if(skill.note.as_ref(), "the note of a skill", ITEM),
                examples: self.skill_list(skill.examples.as_ref(), "`examples`", report),
            })
            .collect();
        let names = checked.iter().map(|skill| skill.name.as_str());
        report.no_twins(
            "`skills`",
            names.zip(skills.iter().map(|skill| skill.name.span())),
        );
        checked
    }

    fn skill(&self, name: &Text, what: &str, report: &mut InFile<'_, '_>) -> String {
        let text = report.line(name, what, NAME);
        self.skills.canonical(name, text, report)
    }

    /// A list of names of skills or tools, each by its canonical spelling.
    fn skill_list(
        &self,
        list: Option<&Texts>,
        what: &str,
        report: &mut InFile<'_, '_>,
    ) -> Vec<String> {
        let Some(list) = list else {
            return Vec::new();
        };
        report.not_empty(list.is_empty(), list.span(), what);
        let item = format!("an item of {what}");
        let names: Vec<String> = list
            .iter()
            .map(|name| self.skill(name, &item, report))
            .collect();
        report.no_twins(
            what,
            names
                .iter()
                .map(String::as_str)
                .zip(list.iter().map(At::span)),
        );
        names
    }

    fn tools(
        &self,
        tools: Option<&At<Ordered<Texts>>>,
        report: &mut InFile<'_, '_>,
    ) -> Vec<ToolGroup> {
        let Some(tools) = tools else {
            return Vec::new();
        };
        report.not_empty(tools.0.is_empty(), tools.span(), "`tools`");
        let keys = known_keys::<CareerFile>();
        let groups = tools
            .0
            .iter()
            .map(|(title, items)| {
                if keys.iter().any(|key| **key == **title) {
                    report.error(
                        title.span(),
                        format!("{} is read as a category of `tools`", quote(title)),
                        super::below("tools"),
                    );
                }
                let name = report.line(title, "a category of `tools`", NAME);
                let what = format!("`tools.{name}`");
                ToolGroup {
                    items: self.skill_list(Some(items), &what, report),
                    name,
                }
            })
            .collect();
        let titles = tools
            .0
            .iter()
            .map(|(title, _)| (title.trim(), title.span()));
        report.no_twins("`tools`", titles);
        groups
    }

    fn related(
        &self,
        own: &str,
        related: Option<&At<Vec<RelatedEntry>>>,
        report: &mut InFile<'_, '_>,
    ) -> Vec<Related> {
        let Some(related) = related else {
            return Vec::new();
        };
        report.not_empty(related.is_empty(), related.span(), "`related`");
        let ids = related
            .iter()
            .map(|entry| (entry.career.trim(), entry.career.span()));
        report.no_twins("`related`", ids);
        related
            .iter()
            .map(|entry| {
                let id = report.line(&entry.career, "the id of a related career", TITLE);
                if id == own {
                    let help = "take it out";
                    report.error(
                        entry.career.span(),
                        "a career is not related to itself",
                        help,
                    );
                } else if !id.is_empty() && !self.ids.contains(id.as_str()) {
                    let message = format!("there is no career {}", quote(&id));
                    report.error(
                        entry.career.span(),
                        message,
                        unknown_career_help(&id, self.ids),
                    );
                }
                Related {
                    career: CareerId::new(&id),
                    differs: report.line_if(entry.differs.as_ref(), "`differs`", ITEM),
                }
            })
            .collect()
    }
}

fn tips(tips: Option<&At<Vec<Table<TipEntry>>>>, report: &mut InFile<'_, '_>) -> Vec<Tip> {
    let Some(tips) = tips else {
        return Vec::new();
    };
    report.not_empty(tips.is_empty(), tips.span(), "`tips`");
    let titles = tips.iter().map(|tip| (tip.title.trim(), tip.title.span()));
    report.no_twins("`tips`", titles);
    tips.iter()
        .map(|tip| Tip {
            title: report.line(&tip.title, "the title of a tip", TITLE),
            text: report.prose(&tip.text, "the text of a tip", PROSE),
        })
        .collect()
}

/// The sources that a career's figures may name, and those that they do.
struct Cites<'s> {
    own: &'s [Source],
    shared: HashMap<&'s str, &'s Source>,
    /// Whether all sources could be read.
    known: bool,
    currency: &'s str,
    used: RefCell<Vec<String>>,
}

impl<'s> Cites<'s> {
    fn new(own: &'s [Source], settings: &'s Settings, lost: bool) -> Self {
        Self {
            own,
            shared: settings.sources_by_key(),
            known: settings.sources_known && !lost,
            currency: &settings.default_currency,
            used: RefCell::default(),
        }
    }

    fn find(&self, key: &str) -> Option<&'s Source> {
        let own = self.own.iter().find(|source| source.key == key);
        own.or_else(|| self.shared.get(key).copied())
    }

    fn source(&self, given: &Text, report: &mut InFile<'_, '_>) -> String {
        let key = report.line(given, "`source`", NAME);
        if self.find(&key).is_none() && self.known && !key.is_empty() {
            let own = self.own.iter().map(|source| source.key.as_str());
            let mut keys: Vec<&str> = own.chain(self.shared.keys().copied()).collect();
            keys.sort_unstable();
            let help = did_you_mean(&key, keys, || {
                format!(
                    "add `[sources.{}]` with a `title` to this file or to knowledge.toml",
                    key.chars().take(NAME).collect::<String>()
                )
            });
            report.error(
                given.span(),
                format!("there is no source {}", quote(&key)),
                help,
            );
        }
        self.used.borrow_mut().push(key.clone());
        key
    }

    /// The sources that the figures name, the file's own first.
    fn cited(
        &self,
        entries: &Ordered<Table<SourceEntry>>,
        report: &mut InFile<'_, '_>,
    ) -> Vec<Source> {
        let used = self.used.borrow();
        for ((place, _), source) in entries.0.iter().zip(self.own) {
            let key = quote(&source.key);
            if self.shared.contains_key(source.key.as_str()) {
                let help = "take it out here: the shared one serves every career";
                report.error(
                    place.span(),
                    format!("the source {key} already stands in knowledge.toml"),
                    help,
                );
            } else if !used.contains(&source.key) {
                let help = "take it out, or name it as the `source` of a figure";
                report.warning(
                    place.span(),
                    format!("no figure names the source {key}"),
                    help,
                );
            }
        }
        let mut cited: Vec<Source> = self.own.to_vec();
        for key in used.iter() {
            let known = cited.iter().any(|source| source.key == *key);
            if let (false, Some(source)) = (known, self.find(key)) {
                cited.push(source.clone());
            }
        }
        cited
    }

    fn outlook(
        &self,
        outlook: &Table<OutlookEntry>,
        lost: bool,
        report: &mut InFile<'_, '_>,
    ) -> Outlook {
        let checked = Outlook {
            summary: outlook
                .summary
                .as_ref()
                .map(|text| report.prose(text, "`outlook.summary`", PROSE)),
            growth: outlook
                .growth
                .as_ref()
                .map(|entry| self.growth(entry, report)),
            earlier: outlook.earlier.as_ref().map_or_else(Vec::new, |earlier| {
                report.not_empty(earlier.is_empty(), earlier.span(), "`outlook.earlier`");
                earlier
                    .iter()
                    .map(|entry| self.growth(entry, report))
                    .collect()
            }),
            openings: outlook.openings.as_ref().map(|entry| {
                let (from, to) = report.years(&entry.from, &entry.to);
                Openings {
                    per_year: entry.per_year,
                    from,
                    to,
                    occupation: report.line(&entry.occupation, "`occupation`", TITLE),
                    fit: entry.fit,
                    source: self.source(&entry.source, report),
                }
            }),
            employment: outlook.employment.as_ref().map(|entry| Headcount {
                jobs: entry.jobs,
                year: report.year(&entry.year),
                occupation: report.line(&entry.occupation, "`occupation`", TITLE),
                fit: entry.fit,
                source: self.source(&entry.source, report),
            }),
        };
        let empty = checked.summary.is_none()
            && checked.growth.is_none()
            && checked.earlier.is_empty()
            && outlook.earlier.is_none()
            && checked.openings.is_none()
            && checked.employment.is_none();
        report.not_empty(empty && !lost, outlook.span(), "`outlook`");
        checked
    }

    fn growth(&self, entry: &GrowthEntry, report: &mut InFile<'_, '_>) -> Growth {
        let percent = *entry.percent;
        if !(LEAST_PERCENT..=MOST_PERCENT).contains(&percent) {
            report.error(
                entry.percent.span(),
                format!("{percent} percent cannot be meant"),
                format!("growth over the whole span lies between {LEAST_PERCENT} and {MOST_PERCENT} percent"),
            );
        }
        let (from, to) = report.years(&entry.from, &entry.to);
        Growth {
            percent,
            from,
            to,
            occupation: report.line(&entry.occupation, "`occupation`", TITLE),
            fit: entry.fit,
            source: self.source(&entry.source, report),
        }
    }

    fn salary(
        &self,
        salary: &Table<SalaryEntry>,
        lost: bool,
        report: &mut InFile<'_, '_>,
    ) -> Salary {
        let median = salary.median.as_ref().map(|entry| Median {
            amount: report.amount(&entry.amount, "`amount`"),
            currency: report.currency(&entry.currency),
            year: report.year(&entry.year),
            occupation: report.line(&entry.occupation, "`occupation`", TITLE),
            fit: entry.fit,
            source: self.source(&entry.source, report),
        });
        let mut seen = HashSet::new();
        let levels = salary.levels.as_ref().map_or_else(Vec::new, |levels| {
            report.not_empty(levels.is_empty(), levels.span(), "`salary.levels`");
            levels
                .iter()
                .map(|entry| {
                    let pay = self.level_pay(entry, report);
                    let group = (pay.level, pay.year, pay.country.clone(), pay.source.clone());
                    if !seen.insert(group) {
                        let place = entry.level.as_ref().map_or(entry.p25.span(), At::span);
                        let message =
                            "this level, year, country and source already stand in `salary.levels`";
                        report.error(place, message, "keep one of the two");
                    }
                    pay
                })
                .collect()
        });
        let empty = salary.median.is_none() && salary.levels.is_none() && !lost;
        report.not_empty(empty, salary.span(), "`salary`");
        Salary { median, levels }
    }

    fn level_pay(&self, entry: &LevelPayEntry, report: &mut InFile<'_, '_>) -> LevelPay {
        let pay = LevelPay {
            level: entry.level.as_ref().map(|level| **level),
            p25: report.amount(&entry.p25, "`p25`"),
            median: report.amount(&entry.median, "`median`"),
            p75: report.amount(&entry.p75, "`p75`"),
            currency: entry.currency.as_ref().map_or_else(
                || self.currency.to_owned(),
                |currency| report.currency(currency),
            ),
            sample: *entry.sample,
            year: report.year(&entry.year),
            country: entry
                .country
                .as_ref()
                .map(|country| report.country(country)),
            source: self.source(&entry.source, report),
        };
        if pay.sample == 0 {
            let help = "leave out what nobody counted";
            report.error(entry.sample.span(), "`sample` is 0", help);
        }
        if !(pay.p25 <= pay.median && pay.median <= pay.p75) {
            report.error(
                entry.median.span(),
                format!("`median` ({}) is not between `p25` ({}) and `p75` ({})", pay.median, pay.p25, pay.p75),
                "a quarter is paid less than `p25`, half less than `median`, a quarter more than `p75`",
            );
        }
        pay
    }
}
