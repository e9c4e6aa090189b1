//! What a career's file says in each section, as passages; `/career` and `/compare` lay them out.

use super::{figures, pay};
use crate::knowledge::{Career, CareerSkill, Knowledge, Outlook, Section};
use crate::reply::passage::Passage;
use crate::reply::text::{escape, prose};

/// How much of a section is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What an overview has room for.
    Brief,
    /// Everything.
    Whole,
}

/// One section of a career; where its file says nothing, that.
pub fn section(
    knowledge: &Knowledge,
    career: &Career,
    section: Section,
    detail: Detail,
) -> Passage {
    if !career.has(section) {
        return Passage::paragraph(not_known(career, section));
    }
    match section {
        Section::Definition => definition(knowledge, career, detail),
        Section::Responsibilities => Passage::bullets(proses(&career.responsibilities)),
        Section::Skills => Passage::bullets(career.skills.iter().map(|one| skill(one, detail))),
        Section::Education => education(career, detail),
        Section::Tools => tools(career, |_| true),
        Section::Industries => match detail {
            Detail::Brief => Passage::run(escaped(&career.industries)),
            Detail::Whole => Passage::bullets(escaped(&career.industries)),
        },
        Section::Outlook => career
            .outlook
            .as_ref()
            .map_or_else(|| Passage::lines(Vec::new()), |one| outlook(career, one)),
        Section::Salary => pay::passage(career),
        Section::Tips => Passage::bullets(
            career
                .tips
                .iter()
                .map(|tip| format!("**{}**: {}", escape(&tip.title), prose(&tip.text))),
        ),
    }
}

/// Says plainly that the knowledge base does not hold this.
pub fn not_known(career: &Career, section: Section) -> String {
    let name = escape(&career.name);
    match section {
        Section::Salary => {
            format!("Not known: this knowledge base holds no salary figure for {name}.")
        }
        Section::Outlook => format!("Not known: this knowledge base holds no outlook for {name}."),
        other => format!(
            "Not known: this knowledge base says nothing about {name} here ({}).",
            other.title().to_lowercase()
        ),
    }
}

/// A skill with what it means in practice.
pub fn skill(skill: &CareerSkill, detail: Detail) -> String {
    let name = escape(&skill.name);
    let examples = escaped(&skill.examples).join(", ");
    let note = skill
        .note
        .as_ref()
        .filter(|_| detail == Detail::Whole)
        .map(|note| prose(note));
    match (note, examples.is_empty()) {
        (None, true) => format!("**{name}**"),
        (None, false) => format!("**{name}**: {examples}"),
        (Some(note), true) => format!("**{name}**: {note}"),
        (Some(note), false) => format!("**{name}**: {note} ({examples})"),
    }
}

/// The tools that `keep` lets through, a line for each category that has some.
pub fn tools(career: &Career, keep: impl Fn(&str) -> bool) -> Passage {
    let lines = career.tools.iter().filter_map(|group| {
        let items: Vec<String> = group
            .items
            .iter()
            .filter(|tool| keep(tool))
            .map(|tool| escape(tool))
            .collect();
        let group = escape(&group.name);
        (!items.is_empty()).then(|| format!("**{group}**: {}", items.join(", ")))
    });
    Passage::lines(lines.collect())
}

/// Names, escaped.
pub fn escaped<S: AsRef<str>>(names: &[S]) -> Vec<String> {
    names.iter().map(|name| escape(name.as_ref())).collect()
}

fn proses(texts: &[String]) -> impl Iterator<Item = String> {
    texts.iter().map(|text| prose(text))
}

fn definition(knowledge: &Knowledge, career: &Career, detail: Detail) -> Passage {
    let definition = Passage::paragraph(prose(&career.definition));
    match detail {
        Detail::Brief => definition,
        Detail::Whole => definition
            .and_lines(titled("Also called", &career.aliases))
            .and_lines(titled("More specific titles", &career.narrower))
            .and_lines(related(knowledge, career)),
    }
}

fn titled(title: &str, names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("\n**{title}**\n{}", escaped(names).join(" · ")))
}

/// The neighbouring careers, each with how it differs.
fn related(knowledge: &Knowledge, career: &Career) -> Vec<String> {
    let lines = career.related.iter().filter_map(|related| {
        let name = escape(&knowledge.career(&related.career)?.name);
        Some(match &related.differs {
            Some(differs) => format!("• **{name}**: {}", prose(differs)),
            None => format!("• **{name}**"),
        })
    });
    let mut lines: Vec<String> = lines.collect();
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, "\n**Related careers, and how they differ**\n");
    }
    lines
}

fn education(career: &Career, detail: Detail) -> Passage {
    let list = |title: &str, items: &[String]| {
        let mut lines: Vec<String> = proses(items).map(|item| format!("• {item}")).collect();
        if let Some(first) = lines.first_mut().filter(|_| !title.is_empty()) {
            first.insert_str(0, &format!("**{title}**\n"));
        }
        lines
    };
    let official = career
        .entry_education
        .as_ref()
        .filter(|_| detail == Detail::Whole)
        .map(figures::of_entry_education);
    Passage::lines(list("", &career.education))
        .and_lines(list("Accepted instead", &career.instead))
        .and_lines(list("Certifications", &career.certifications))
        .and_lines(figures::lines(career, official.as_slice()))
}

fn outlook(career: &Career, outlook: &Outlook) -> Passage {
    let summary = outlook.summary.as_deref().map(prose).unwrap_or_default();
    Passage::paragraph(summary).and_lines(figures::lines(career, &figures::of_outlook(outlook)))
}
