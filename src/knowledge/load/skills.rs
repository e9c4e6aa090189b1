//! Checks `skills.toml`, and knows the canonical name of every skill and tool.

use std::collections::HashMap;

use super::document::Document;
use super::report::{InFile, Spot};
use super::words::{did_you_mean, quote};
use crate::knowledge::format::limits::NAME;
use crate::knowledge::format::{SkillEntry, SkillsFile, Table, Text};
use crate::knowledge::{Skill, fold};

/// What `skills.toml` says; nothing where it is absent.
#[derive(Default)]
pub(super) struct SkillNames {
    pub skills: Vec<Skill>,
    /// Folded name or alias -> place in `skills`. None where the file is absent or could not be read in full.
    by_name: Option<HashMap<String, usize>>,
}

/// Reads and checks the file.
pub(super) fn read(report: &mut InFile<'_, '_>) -> SkillNames {
    let mut document = Document::parse(report);
    let mut whole = !document.broken();
    let entries = document.take_tables("skill", report);
    whole &= entries.is_some();
    let mut reading = Reading::default();
    for entry in entries.into_iter().flatten() {
        match document.read_value::<Table<SkillEntry>>(entry, "`skill`", report) {
            Some(unit) if !document.broken() => {
                whole &= unit.lost.is_empty();
                reading.entry(&unit.value, report);
            }
            _ => whole = false,
        }
    }
    let rest = document.read::<SkillsFile>(report);
    whole &= rest.is_some_and(|rest| rest.lost.is_empty());
    let names = reading
        .seen
        .into_iter()
        .map(|(folded, (skill, _))| (folded, skill))
        .collect();
    SkillNames {
        skills: reading.skills,
        by_name: whole.then_some(names),
    }
}

#[derive(Default)]
struct Reading {
    skills: Vec<Skill>,
    /// Folded name or alias -> which skill, and where it is written.
    seen: HashMap<String, (usize, Spot)>,
}

impl Reading {
    fn entry(&mut self, entry: &SkillEntry, report: &mut InFile<'_, '_>) {
        let name = report.line(&entry.name, "the name of a skill", NAME);
        let aliases = entry.aliases.as_ref();
        self.claim(&entry.name, report);
        for alias in aliases.into_iter().flat_map(|aliases| aliases.iter()) {
            self.claim(alias, report);
        }
        self.skills.push(Skill {
            name,
            aliases: report.lines(aliases, "`aliases`", NAME),
            kind: entry.kind,
        });
    }

    fn claim(&mut self, name: &Text, report: &mut InFile<'_, '_>) {
        let skill = self.skills.len();
        let folded = fold::name(name);
        if folded.is_empty() {
            return;
        }
        let Some((other, spot)) = self.seen.get(&folded) else {
            let spot = report.spot(name.span());
            self.seen.insert(folded, (skill, spot));
            return;
        };
        if *other == skill {
            let message = format!("the alias {} says nothing new", quote(name));
            report.warning(name.span(), message, SAME);
            return;
        }
        let message = format!(
            "{} already belongs to {} ({})",
            quote(name),
            quote(&self.skills[*other].name),
            report.name_place(spot)
        );
        report.error(
            name.span(),
            message,
            "a name leads to one skill: keep it in one place",
        );
    }
}

const SAME: &str = "take it out: case, accents, punctuation and spaces make no difference";

impl SkillNames {
    /// The canonical spelling of a name that a career uses; tells where the file has another one, or none.
    pub fn canonical(&self, given: &Text, text: String, report: &mut InFile<'_, '_>) -> String {
        let Some(by_name) = &self.by_name else {
            return text;
        };
        let folded = fold::name(&text);
        if folded.is_empty() {
            return text;
        }
        let Some(skill) = by_name.get(&folded).map(|place| &self.skills[*place]) else {
            let names = self.skills.iter().map(|skill| skill.name.as_str());
            let help = did_you_mean(&text, names, || {
                "add a `[[skill]]` with this `name` to skills.toml".to_owned()
            });
            report.warning(
                given.span(),
                format!("{} is not in skills.toml", quote(&text)),
                help,
            );
            return text;
        };
        if skill.name != text {
            report.warning(
                given.span(),
                format!(
                    "{} is another spelling of a name in skills.toml",
                    quote(&text)
                ),
                format!("write {}", quote(&skill.name)),
            );
        }
        skill.name.clone()
    }
}
