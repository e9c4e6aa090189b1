//! Collects the problems of all files.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::knowledge::source::SourceFile;
use crate::knowledge::{Problem, Severity};

/// The most errors, and the most warnings, that are told of one file.
const MOST_PER_FILE: usize = 100;

/// Bytes of one of the files.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    /// Index of the file.
    pub file: usize,
    /// The bytes.
    pub span: Range<usize>,
}

/// The problems found so far.
pub(super) struct Report<'f> {
    files: &'f [SourceFile],
    problems: Vec<Problem>,
    counts: HashMap<(usize, Severity), usize>,
    unsure: HashSet<Spot>,
    misread: HashMap<usize, Vec<Range<usize>>>,
}

impl<'f> Report<'f> {
    /// Starts with the problems that came up while the files were read.
    pub fn new(files: &'f [SourceFile], problems: Vec<Problem>) -> Self {
        Self {
            files,
            problems,
            counts: HashMap::new(),
            unsure: HashSet::new(),
            misread: HashMap::new(),
        }
    }

    /// The view of one file.
    pub fn of(&mut self, file: usize) -> InFile<'_, 'f> {
        self.of_part(file, 0..self.files[file].text.len())
    }

    /// The view of a part of a file, whose bytes are counted from its beginning.
    pub fn of_part(&mut self, file: usize, part: Range<usize>) -> InFile<'_, 'f> {
        InFile {
            report: self,
            file,
            part,
        }
    }

    /// The name of a file.
    pub fn name(&self, file: usize) -> String {
        self.files[file].name.clone()
    }

    /// A place as `careers/x.toml:12`, for naming it in another file's problem.
    pub fn name_place(&self, spot: &Spot) -> String {
        let file = &self.files[spot.file];
        format!("{}:{}", file.name, file.place(spot.span.clone()).line)
    }

    /// A problem of a file as a whole, or of a file that is not there.
    pub fn whole_file(&mut self, severity: Severity, file: &str, message: &str, help: &str) {
        self.problems.push(Problem {
            severity,
            file: file.to_owned(),
            place: None,
            message: message.to_owned(),
            help: Some(help.to_owned()),
        });
    }

    /// Every problem, by file and place; what is too many is only counted.
    pub fn into_problems(mut self) -> Vec<Problem> {
        let place = |problem: &Problem| {
            let place = problem.place.as_ref();
            place.map(|place| (place.line, place.column))
        };
        self.problems.sort_by(|a, b| {
            (&a.file, place(a), a.severity, &a.message).cmp(&(
                &b.file,
                place(b),
                b.severity,
                &b.message,
            ))
        });
        self.problems.dedup();
        let mut problems = self.problems;
        let mut rest: Vec<_> = self
            .counts
            .into_iter()
            .filter(|(_, count)| *count > MOST_PER_FILE)
            .collect();
        rest.sort();
        for ((file, severity), count) in rest {
            let name = &self.files[file].name;
            let noun = match severity {
                Severity::Error => "problems",
                Severity::Warning => "warnings",
            };
            let told = Problem {
                severity,
                file: name.clone(),
                place: None,
                message: format!("and {} more {noun} in this file", count - MOST_PER_FILE),
                help: None,
            };
            let end = problems.partition_point(|problem| problem.file <= *name);
            problems.insert(end, told);
        }
        problems
    }

    fn push(
        &mut self,
        severity: Severity,
        spot: Spot,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let file = &self.files[spot.file];
        let start = spot.span.start;
        let misread = self.misread.get(&spot.file);
        if self.unsure.contains(&spot)
            || misread.is_some_and(|parts| parts.iter().any(|part| part.contains(&start)))
        {
            return;
        }
        let count = self.counts.entry((spot.file, severity)).or_default();
        *count += 1;
        if *count > MOST_PER_FILE {
            return;
        }
        self.problems.push(Problem {
            severity,
            file: file.name.clone(),
            place: Some(file.place(spot.span)),
            message: message.into(),
            help: Some(help.into()),
        });
    }
}

/// The problems of one file, or of a part of it.
pub(super) struct InFile<'r, 'f> {
    report: &'r mut Report<'f>,
    file: usize,
    part: Range<usize>,
}

impl<'f> InFile<'_, 'f> {
    /// The text of the file or the part.
    pub fn text(&self) -> &'f str {
        &self.report.files[self.file].text[self.part.clone()]
    }

    /// The file.
    pub fn source(&self) -> &'f SourceFile {
        &self.report.files[self.file]
    }

    /// Keeps what can be parsed of a broken file as long as the file.
    pub fn keep_rest(&self, rest: String) -> &'f str {
        self.report.files[self.file].rest.get_or_init(|| rest)
    }

    /// These bytes, as bytes of the file.
    pub fn spot(&self, span: Range<usize>) -> Spot {
        Spot {
            file: self.file,
            span: self.part.start + span.start..self.part.start + span.end,
        }
    }

    /// A place as `careers/x.toml:12`.
    pub fn name_place(&self, spot: &Spot) -> String {
        self.report.name_place(spot)
    }

    /// Something that keeps the knowledge base from loading. A place beyond the end of the text belongs to a stand-in for
    /// something whose absence was already told: nothing is said about it.
    pub fn error(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.tell(Severity::Error, span, message, help);
    }

    /// Something that somebody should look at.
    pub fn warning(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.tell(Severity::Warning, span, message, help);
    }

    fn tell(
        &mut self,
        severity: Severity,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if span.start <= self.part.len() {
            let spot = self.spot(span);
            self.report.push(severity, spot, message, help);
        }
    }

    /// From now on nothing more is said about these parts of the file.
    pub fn distrust(&mut self, parts: Vec<Range<usize>>) {
        self.report.misread.insert(self.file, parts);
    }

    /// From now on nothing more is said about exactly this place.
    pub fn leave_alone(&mut self, span: Range<usize>) {
        let spot = self.spot(span);
        self.report.unsure.insert(spot);
    }
}
