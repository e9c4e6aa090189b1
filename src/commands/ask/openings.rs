//! From a question about listings to the options of `/jobs`.

use super::reading::Reading;
use crate::commands::arguments::Value;
use crate::commands::controls::text_value;
use crate::knowledge::search::JobQuery;
use crate::knowledge::{CareerId, Intent, JobType, Knowledge, Level};

/// The most characters of words that are searched for.
const SEARCH: usize = 40;

/// Words for a level, folded.
const LEVELS: &[(&str, Level)] = &[
    ("entry", Level::Entry),
    ("entrylevel", Level::Entry),
    ("fresher", Level::Entry),
    ("grad", Level::Entry),
    ("graduate", Level::Entry),
    ("jr", Level::Entry),
    ("junior", Level::Entry),
    ("newbie", Level::Entry),
    ("mid", Level::Mid),
    ("midlevel", Level::Mid),
    ("intermediate", Level::Mid),
    ("lead", Level::Senior),
    ("principal", Level::Senior),
    ("senior", Level::Senior),
    ("sr", Level::Senior),
    ("staff", Level::Senior),
    ("director", Level::Executive),
    ("executive", Level::Executive),
    ("head", Level::Executive),
    ("vp", Level::Executive),
];

/// Words for a kind of employment, folded.
const TYPES: &[(&str, JobType)] = &[
    ("contract", JobType::Contract),
    ("contractor", JobType::Contract),
    ("freelance", JobType::Freelance),
    ("fulltime", JobType::FullTime),
    ("intern", JobType::Internship),
    ("internship", JobType::Internship),
    ("parttime", JobType::PartTime),
];

/// Words that ask for work from anywhere.
const REMOTE: &[&str] = &["remote", "remotely", "wfh", "anywhere"];

/// The options of `/jobs` that a question asks for.
pub fn options(
    knowledge: &Knowledge,
    question: &str,
    reading: &Reading,
    today: jiff::civil::Date,
) -> Vec<(&'static str, Value)> {
    let mut given = Vec::new();
    let career = reading.careers(Intent::Jobs).first().cloned();
    if let Some(career) = &career {
        given.push(("career", text_value(career.as_str())));
    }
    let said = |known: &str| reading.text.words.iter().any(|word| word == known);
    if REMOTE.iter().any(|word| said(word)) || works_from_home(reading) {
        given.push(("remote", Value::Flag(true)));
    }
    if let Some((_, level)) = LEVELS.iter().find(|(word, _)| said(word)) {
        given.push(("level", text_value(level.id())));
    }
    if let Some((_, job_type)) = TYPES.iter().find(|(word, _)| said(word)) {
        given.push(("type", text_value(job_type.id())));
    }
    if let Some(amount) = least_pay(question) {
        given.push(("min_salary", Value::Whole(amount)));
    }
    if let Some(words) = words(knowledge, reading, career, today) {
        given.push(("search", text_value(words)));
    }
    given
}

fn works_from_home(reading: &Reading) -> bool {
    reading
        .text
        .words
        .windows(3)
        .any(|words| words == ["work", "from", "home"])
}

/// The words to search for: named skills, and what nothing else took; none where they find nothing.
fn words(
    knowledge: &Knowledge,
    reading: &Reading,
    career: Option<CareerId>,
    today: jiff::civil::Date,
) -> Option<String> {
    let is_option = |word: &&String| {
        let word = word.as_str();
        REMOTE.contains(&word)
            || LEVELS.iter().any(|(known, _)| *known == word)
            || TYPES.iter().any(|(known, _)| *known == word)
    };
    let skills = reading.skills().into_iter().map(str::to_owned);
    let unsure = reading
        .text
        .unsure
        .iter()
        .flat_map(|mention| reading.text.words[mention.at.clone()].to_vec());
    let left = reading.left.iter().filter(|word| !is_option(word)).cloned();
    let mut words = String::new();
    for word in skills
        .chain(unsure)
        .chain(left)
        .filter(|word| word.chars().any(char::is_alphabetic))
    {
        if words.chars().count() + word.chars().count() + 1 > SEARCH {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&word);
    }
    let query = JobQuery {
        words: words.clone(),
        career,
        ..JobQuery::default()
    };
    let finds = !words.is_empty() && knowledge.find_jobs(&query, today, 0..0).total > 0;
    finds.then_some(words)
}

/// The least yearly pay that is asked for: "above 120k", "at least $90,000", "90k+".
fn least_pay(question: &str) -> Option<i64> {
    let words: Vec<String> = question.split_whitespace().map(str::to_lowercase).collect();
    let asks = |word: &str| {
        matches!(
            word,
            "above"
                | "over"
                | "least"
                | "minimum"
                | "min"
                | "than"
                | "pays"
                | "paying"
                | "pay"
                | ">"
                | ">="
                | "from"
        )
    };
    words.iter().enumerate().find_map(|(place, word)| {
        let amount = amount(word)?;
        let before = place.checked_sub(1).map(|place| words[place].as_str());
        (word.ends_with('+') || word.starts_with(['$', '€', '£']) || before.is_some_and(asks))
            .then_some(amount)
    })
}

/// An amount of a year's pay as people write it: `120k`, `$120,000`, `90k+`.
fn amount(word: &str) -> Option<i64> {
    let word = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let (digits, factor) = match word.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => (word, 1),
    };
    let number: i64 = digits.replace(',', "").parse().ok()?;
    let amount = number.checked_mul(factor)?;
    (10_000..=10_000_000).contains(&amount).then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_pay_is_read_as_people_write_it() {
        for (question, expected) in [
            ("remote data jobs above 120k", Some(120_000)),
            ("anything that pays at least $90,000?", Some(90_000)),
            ("fintech data roles 90k+ hybrid", Some(90_000)),
            ("jobs over 100,000", Some(100_000)),
            ("I am 45 and have 20 years", None),
            ("more than 9999999999999999999999k", None),
        ] {
            assert_eq!(least_pay(question), expected, "{question}");
        }
    }
}
