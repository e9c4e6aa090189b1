//! Kinds of employment, in the words of feeds.

use crate::knowledge::JobType;

/// The kind that a field of a feed names; none where it names several, or another.
pub fn employment<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<JobType> {
    let mut named: Vec<JobType> = texts.into_iter().flat_map(named).collect();
    named.sort_unstable();
    named.dedup();
    // An internship is full-time or part-time as well.
    if named.contains(&JobType::Internship) {
        return Some(JobType::Internship);
    }
    match named[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The kind that a job's title names.
pub fn of_title(title: &str) -> Option<JobType> {
    let mut named = named(title);
    // A contract manager is not employed by contract.
    named.retain(|kind| *kind != JobType::Contract);
    match named[..] {
        [one] => Some(one),
        _ => None,
    }
}

fn named(text: &str) -> Vec<JobType> {
    let words = words(text);
    let has = |wanted: &[&str]| wanted.iter().any(|word| words.iter().any(|w| w == word));
    let pair = |one: &str, two: &str| {
        words
            .windows(2)
            .any(|pair| pair[0] == one && pair[1] == two)
    };
    let named = [
        (
            JobType::FullTime,
            has(&["fulltime"]) || pair("full", "time"),
        ),
        (
            JobType::PartTime,
            has(&["parttime"]) || pair("part", "time"),
        ),
        (
            JobType::Contract,
            has(&["contract", "contractor"]) || pair("fixed", "term"),
        ),
        (
            JobType::Internship,
            has(&["intern", "interns", "internship"]),
        ),
        (
            JobType::Freelance,
            has(&["freelance", "freelancer"]) || pair("self", "employed"),
        ),
    ];
    named
        .into_iter()
        .filter_map(|(kind, is)| is.then_some(kind))
        .collect()
}

/// The words in small letters; `FullTime` and `FULL_TIME` are two.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last_small = false;
    for letter in text.chars() {
        let starts = letter.is_uppercase() && last_small;
        last_small = letter.is_lowercase();
        if starts || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_every_kind_of_feed_are_known() {
        let read = |text: &str| employment([text]);
        for (text, expected) in [
            ("FULL_TIME", Some(JobType::FullTime)),
            ("FullTime", Some(JobType::FullTime)),
            ("Full-time Employee", Some(JobType::FullTime)),
            ("part time", Some(JobType::PartTime)),
            ("CONTRACTOR", Some(JobType::Contract)),
            ("Fixed-Term", Some(JobType::Contract)),
            ("Intern", Some(JobType::Internship)),
            ("Internship (full-time)", Some(JobType::Internship)),
            ("Freelance", Some(JobType::Freelance)),
            ("Full-time or part-time", None),
            ("TEMPORARY", None),
            ("OTHER", None),
            ("International", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(employment(["FULL_TIME", "CONTRACTOR"]), None);
        assert_eq!(
            employment(["FULL_TIME", "INTERN"]),
            Some(JobType::Internship)
        );
    }

    #[test]
    fn a_title_names_a_kind_only_where_it_can_mean_nothing_else() {
        assert_eq!(of_title("Data Science Intern"), Some(JobType::Internship));
        assert_eq!(of_title("Nurse (Part-Time)"), Some(JobType::PartTime));
        assert_eq!(of_title("Contract Manager"), None);
        assert_eq!(of_title("Internal Auditor"), None);
    }
}
