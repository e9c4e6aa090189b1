//! The careers that a job's title names.

use super::mentions::{CareerMention, Mentions, NameKind};
use super::{Career, CareerId, fold, titles};

/// Marks between the job and what else a title says: "Data Engineer, Payments (Remote)".
const MARKS: &[&str] = &[",", "(", "[", "|", ":", "@", "- ", "– ", "— ", ";"];
/// Words behind which a title says for whom or what somebody works: "Assistant to the Data Manager".
const FOR: &[&str] = &["to", "of", "for", "with", "in", "at"];
/// Words by which a field is meant as a person: "Data Science Intern".
const LEARNERS: &[&str] = &["intern", "internship", "trainee", "apprentice", "graduate"];

/// Tells which careers job titles name.
#[derive(Debug)]
pub struct TitleCareers(Mentions);

impl TitleCareers {
    /// Indexes the names of these careers.
    pub fn new(careers: &[Career]) -> Self {
        Self(Mentions::new(careers, &[], &[]))
    }

    /// The careers that are named by the last words of the title's first part, since "Data Scientist Recruiter" is no
    /// data scientist. Short forms that may mean something else do not count, nor do typing errors: what is not sure is
    /// not said.
    pub fn of(&self, title: &str) -> Vec<CareerId> {
        careers_of_title(&self.0, title)
    }
}

fn careers_of_title(mentions: &Mentions, title: &str) -> Vec<CareerId> {
    for part in parts(title) {
        let mut careers = Vec::new();
        let mut says_something = false;
        for name in part.split(['/', '&']) {
            let words = fold::words(name);
            let bare = titles::without_seniority(&titles::without_fillers(&words));
            says_something |= bare.iter().any(|word| !titles::is_seniority(word));
            for id in named_at_end(mentions, &words, &bare) {
                if !careers.contains(&id) {
                    careers.push(id);
                }
            }
        }
        // "Senior, Data Engineer" and "Remote - Data Engineer" say it in the next part.
        if says_something {
            return careers;
        }
    }
    Vec::new()
}

fn named_at_end(mentions: &Mentions, words: &[String], bare: &[String]) -> Vec<CareerId> {
    if words.iter().any(|word| FOR.contains(&word.as_str())) {
        return Vec::new();
    }
    let learner = words
        .last()
        .is_some_and(|word| LEARNERS.contains(&word.as_str()));
    match mentions.careers(bare).last() {
        Some(CareerMention { at, careers, kind }) if at.end == bare.len() => match kind {
            NameKind::Own | NameKind::Narrower => careers.clone(),
            NameKind::Field if learner => careers.clone(),
            NameKind::Field | NameKind::FieldAlone | NameKind::Ambiguous => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn parts(title: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(title);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = MARKS
            .iter()
            .filter_map(|mark| text.find(mark).map(|at| (at, mark.len())))
            .min();
        let Some((at, length)) = end else {
            rest = None;
            return Some(text);
        };
        rest = Some(&text[at + length..]);
        Some(&text[..at])
    })
    .filter(|part| !part.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixtures::career;

    fn index() -> TitleCareers {
        let careers = [
            career("data-engineer", "Data Engineer", &["ETL engineer"]),
            career("data-scientist", "Data Scientist", &[]),
            career(
                "machine-learning-engineer",
                "Machine Learning Engineer",
                &["ML engineer", "MLE"],
            ),
            career(
                "software-engineer",
                "Software Engineer",
                &["software developer"],
            ),
            career("data-manager", "Data Manager", &[]),
        ];
        TitleCareers::new(&careers)
    }

    #[test]
    fn a_title_names_careers_only_where_it_is_sure() {
        let index = index();
        let expected = [
            ("Data Engineer", "data-engineer"),
            ("SENIOR DATA ENGINEER", "data-engineer"),
            ("Sr. Azure Data Engineer II (Remote)", "data-engineer"),
            ("Data Engineer, Payments", "data-engineer"),
            ("Data Engineer - Berlin", "data-engineer"),
            ("Data Engineer- 1791", "data-engineer"),
            ("Remote - Data Engineer", "data-engineer"),
            ("Software Engineer I", "software-engineer"),
            ("Staff ML Engineer", "machine-learning-engineer"),
            ("Data Scientists (m/w/d)", "data-scientist"),
            (
                "Data Scientist / ML Engineer",
                "data-scientist machine-learning-engineer",
            ),
            ("Data Engineering Intern", "data-engineer"),
            ("Software Engineer, Machine Learning", "software-engineer"),
            ("Data Scientist Recruiter", ""),
            ("Recruiter, Data Scientists", ""),
            ("Assistant to the Data Manager", ""),
            ("Director of Data Engineering", ""),
            ("Data Engineering", ""),
            ("Data Enginer", ""),
            ("Senior", ""),
            ("", ""),
        ];
        for (title, ids) in expected {
            let named: Vec<String> = index.of(title).iter().map(ToString::to_string).collect();
            assert_eq!(named.join(" "), ids, "{title}");
        }
    }
}
