//! What two careers share, what only one of them has, and how their official figures stand to each other.

use super::figures::{money, percent};
use crate::knowledge::{Career, Growth, Median};
use crate::reply::text::{escape, thousands};

/// Names split by who has them, each in the order of its career's file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contrast<'a> {
    /// What both have.
    pub both: Vec<&'a str>,
    /// What only the first has.
    pub first: Vec<&'a str>,
    /// What only the second has.
    pub second: Vec<&'a str>,
}

/// Skills by their canonical names.
pub fn skills<'a>(first: &'a Career, second: &'a Career) -> Contrast<'a> {
    let names = |career: &'a Career| career.skills.iter().map(|skill| skill.name.as_str());
    split(names(first), names(second), same)
}

/// Industries; "Healthcare" is also in "Healthcare and pharmaceuticals".
pub fn industries<'a>(first: &'a Career, second: &'a Career) -> Contrast<'a> {
    let names = |career: &'a Career| career.industries.iter().map(String::as_str);
    split(names(first), names(second), |one, other| {
        same(one, other) || part_of(one, other) || part_of(other, one)
    })
}

/// Tools by their canonical names; what a career names as an example of a skill it uses too.
pub fn tools<'a>(first: &'a Career, second: &'a Career) -> Contrast<'a> {
    let uses = |career: &Career, tool: &str| {
        let examples = career.skills.iter().flat_map(|skill| &skill.examples);
        career
            .all_tools()
            .chain(examples.map(String::as_str))
            .any(|used| same(used, tool))
    };
    let mut contrast = Contrast::default();
    for tool in first.all_tools() {
        if uses(second, tool) {
            add(&mut contrast.both, tool);
        } else {
            add(&mut contrast.first, tool);
        }
    }
    for tool in second.all_tools() {
        if uses(first, tool) {
            add(&mut contrast.both, tool);
        } else {
            add(&mut contrast.second, tool);
        }
    }
    contrast
}

fn split<'a>(
    first: impl Iterator<Item = &'a str>,
    second: impl Iterator<Item = &'a str>,
    alike: impl Fn(&str, &str) -> bool,
) -> Contrast<'a> {
    let second: Vec<&str> = second.collect();
    let mut contrast = Contrast::default();
    let mut shared = vec![false; second.len()];
    for name in first {
        match second.iter().position(|other| alike(name, other)) {
            Some(place) => {
                shared[place] = true;
                let shorter = std::cmp::min_by_key(name, second[place], |name| name.len());
                add(&mut contrast.both, shorter);
            }
            None => add(&mut contrast.first, name),
        }
    }
    for (name, shared) in second.iter().zip(shared) {
        if !shared {
            add(&mut contrast.second, name);
        }
    }
    contrast
}

/// Adds a name once.
fn add<'a>(names: &mut Vec<&'a str>, name: &'a str) {
    if !names.iter().any(|known| same(known, name)) {
        names.push(name);
    }
}

/// Whether two canonical names are one.
pub fn same(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

/// Whether `whole` names `part` and something more.
fn part_of(part: &str, whole: &str) -> bool {
    whole
        .to_lowercase()
        .strip_prefix(&part.to_lowercase())
        .is_some_and(|rest| rest.starts_with(" and "))
}

/// How the projected growth of two careers compares, in a sentence.
pub fn growth(first: &Career, second: &Career) -> String {
    let of = |career: &Career| career.outlook.as_ref()?.growth.clone();
    match (of(first), of(second)) {
        (Some(one), Some(other)) => growth_of_both(first, &one, second, &other),
        (Some(_), None) => only_one("growth", first, second),
        (None, Some(_)) => only_one("growth", second, first),
        (None, None) => "No official growth figure is known for either.".to_owned(),
    }
}

fn growth_of_both(first: &Career, one: &Growth, second: &Career, other: &Growth) -> String {
    let span = format!("{} to {}", one.from, one.to);
    if same(&one.occupation, &other.occupation) && one.source == other.source {
        return same_occupation(&one.occupation);
    }
    if (one.from, one.to) != (other.from, other.to) {
        return "The projections are of different years, so they do not compare.".to_owned();
    }
    if one.percent == other.percent {
        let percent = percent(one.percent);
        return format!("The same growth is projected for both: {percent}, {span}.");
    }
    let ((faster, more), (_, less)) =
        ordered((first, one), (second, other), |growth| growth.percent);
    format!(
        "Faster growth is projected for **{}**: {} against {}, {span}.",
        escape(&faster.name),
        percent(more.percent),
        percent(less.percent)
    )
}

/// How the official medians of two careers compare, in a sentence.
pub fn pay(first: &Career, second: &Career) -> String {
    let of = |career: &Career| career.salary.as_ref()?.median.clone();
    match (of(first), of(second)) {
        (Some(one), Some(other)) => pay_of_both(first, &one, second, &other),
        (Some(_), None) => only_one("median", first, second),
        (None, Some(_)) => only_one("median", second, first),
        (None, None) => "No official median is known for either.".to_owned(),
    }
}

fn pay_of_both(first: &Career, one: &Median, second: &Career, other: &Median) -> String {
    if same(&one.occupation, &other.occupation) && one.source == other.source {
        return same_occupation(&one.occupation);
    }
    if (one.year, &one.currency) != (other.year, &other.currency) {
        return "The official medians are of different years or currencies, so they do not compare."
            .to_owned();
    }
    if one.amount == other.amount {
        let amount = money(one.amount, &one.currency);
        return format!(
            "The official median is the same for both: {amount} a year ({}).",
            one.year
        );
    }
    let ((higher, more), (_, less)) =
        ordered((first, one), (second, other), |median| median.amount as f64);
    format!(
        "The higher official median is that of **{}**: {} against {} {} a year ({}).",
        escape(&higher.name),
        thousands(more.amount),
        thousands(less.amount),
        escape(&one.currency),
        one.year
    )
}

fn ordered<'a, T>(
    one: (&'a Career, &'a T),
    other: (&'a Career, &'a T),
    size: impl Fn(&T) -> f64,
) -> ((&'a Career, &'a T), (&'a Career, &'a T)) {
    if size(one.1) >= size(other.1) {
        (one, other)
    } else {
        (other, one)
    }
}

fn same_occupation(occupation: &str) -> String {
    format!(
        "Officially both are counted under one occupation ({}), so that figure does not tell them apart.",
        escape(occupation)
    )
}

fn only_one(what: &str, with: &Career, without: &Career) -> String {
    format!(
        "An official {what} figure is known for {} alone, not for {}.",
        escape(&with.name),
        escape(&without.name)
    )
}
