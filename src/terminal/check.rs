//! The problems of a knowledge base, told.

use jiff::civil::Date;

use super::markdown::printable;
use crate::knowledge::load::load;
use crate::knowledge::problem::summary;
use crate::knowledge::source::Files;
use crate::knowledge::{Job, Knowledge, Problem, Severity};
use crate::reply::text::counted;

/// What a check found, told with ANSI codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Every problem, and a summary.
    pub text: String,
    /// Problems for which the knowledge base does not load.
    pub errors: usize,
    /// Problems that somebody should look at.
    pub warnings: usize,
}

/// Checks a knowledge base.
pub fn check(files: &Files, today: Date) -> Report {
    match load(files, today) {
        Ok(knowledge) => report(files, knowledge.warnings(), Some(&knowledge)),
        Err(problems) => report(files, &problems, None),
    }
}

/// Tells why a knowledge base does not load.
pub fn refusal(files: &Files, problems: &[Problem]) -> String {
    report(files, problems, None).text
}

fn report(files: &Files, problems: &[Problem], loaded: Option<&Knowledge>) -> Report {
    let count = |severity| {
        problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut text: String = problems
        .iter()
        .map(|problem| problem.render_styled() + "\n\n")
        .collect();
    text.push_str(&format!("{}: ", place(files)));
    if let Some(knowledge) = loaded {
        text.push_str(&format!(
            "{}, {}{}, {}: ",
            counted(knowledge.careers().len(), "career", "careers"),
            counted(knowledge.jobs().len(), "listing", "listings"),
            gaps(knowledge.jobs()),
            counted(
                knowledge.skills().len(),
                "skill or tool",
                "skills and tools"
            ),
        ));
    }
    text.push_str(&summary(problems));
    text.push('\n');
    Report {
        text,
        errors,
        warnings,
    }
}

/// How many listings do not say when they were posted, and where to apply: worth knowing, and nothing wrong.
fn gaps(jobs: &[Job]) -> String {
    let count = |lacks: fn(&Job) -> bool| jobs.iter().filter(|job| lacks(job)).count();
    let gaps = [
        (count(|job| job.posted.is_none()), "date"),
        (count(|job| job.url.is_none()), "link"),
    ];
    let told = gaps.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, what)| format!("{count} without a {what}"))
        .collect();
    if told.is_empty() {
        String::new()
    } else {
        format!(" ({})", told.join(", "))
    }
}

fn place(files: &Files) -> String {
    match files {
        Files::Embedded => "the knowledge base inside the program".to_owned(),
        Files::Folder(folder) => printable(&folder.display().to_string()),
    }
}
