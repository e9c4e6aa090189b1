//! What is wrong with a file, told so that whoever wrote it can mend it.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The knowledge base does not load.
    Error,
    /// It loads; somebody should look.
    Warning,
}

/// One problem of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// The file, relative to the knowledge folder, with forward slashes.
    pub file: String,
    /// Where in the file; none where the problem is the file itself.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line itself (shortened around the place where it is very long).
    pub text: String,
    /// First underlined character of `text`, from 0.
    pub start: usize,
    /// How many characters are underlined, at least 1.
    pub width: usize,
}

/// The most characters of a line that are shown.
const MOST_SHOWN: usize = 120;
/// The characters before the place that a shortened line keeps.
const KEPT_BEFORE: usize = 40;

impl Place {
    /// The place of the bytes `span` of `text`, whose lines start at `line_starts`. Only the first line of a longer span is
    /// underlined; the end of the file counts as the end of its last line.
    pub(super) fn new(text: &str, line_starts: &[usize], span: Range<usize>) -> Self {
        let end_of_text = text.trim_end_matches(['\n', '\r']).len();
        let start = match span.start {
            start if start >= text.len() => end_of_text,
            start => text.floor_char_boundary(start),
        };
        let line = line_starts
            .partition_point(|line_start| *line_start <= start)
            .max(1);
        let line_start = line_starts[line - 1];
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |length| start + length);
        let whole = text[line_start..line_end].trim_end_matches('\r');
        let before = text[line_start..start].chars().count();
        let end = text.floor_char_boundary(span.end.clamp(start, line_end));
        let underlined = text[start..end].trim_end_matches('\r').chars().count();
        let (text, start, width) = shorten(whole, before, underlined.max(1));
        Self {
            line,
            column: before + 1,
            text,
            start,
            width,
        }
    }

    /// The underlined bytes of `text`.
    fn underlined(&self) -> Range<usize> {
        let byte = |wanted: usize| {
            let mut places = self.text.char_indices().map(|(at, _)| at);
            places.nth(wanted)
        };
        let end = self.text.len();
        match byte(self.start) {
            Some(start) => start..byte(self.start + self.width).unwrap_or(end),
            // One past the end stands for what is missing there.
            None => end..end + 1,
        }
    }
}

/// At most [`MOST_SHOWN`] characters of a line around a place, with an ellipsis for what is cut.
fn shorten(line: &str, start: usize, width: usize) -> (String, usize, usize) {
    let length = line.chars().count();
    if length <= MOST_SHOWN {
        return (line.to_owned(), start, width);
    }
    let first = start.saturating_sub(KEPT_BEFORE);
    let first = first.min(length - MOST_SHOWN);
    let mut text: String = line.chars().skip(first).take(MOST_SHOWN).collect();
    if first + MOST_SHOWN < length {
        text.push('…');
    }
    let mut start = start - first;
    if first > 0 {
        text.insert(0, '…');
        start += 1;
    }
    let width = width.min(text.chars().count().saturating_sub(start)).max(1);
    (text, start, width)
}

impl Problem {
    /// The problem as a paragraph: message, place, the line underlined, help. No colour, no line break at the end.
    pub fn render(&self) -> String {
        self.render_with(Renderer::plain())
    }

    /// As [`Problem::render`], with ANSI colours.
    pub fn render_styled(&self) -> String {
        self.render_with(Renderer::styled())
    }

    fn render_with(&self, renderer: Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let file = annotate_snippets::normalize_untrusted_str(&self.file);
        let group = Group::with_title(level.primary_title(one_line(&self.message)));
        let group = match &self.place {
            Some(place) => group.element(
                Snippet::source(place.text.as_str())
                    .line_start(place.line)
                    .path(file.as_str())
                    .annotation(AnnotationKind::Primary.span(place.underlined())),
            ),
            None => group.element(Origin::path(file.as_str())),
        };
        let group = match &self.help {
            Some(help) => group.element(Level::HELP.message(one_line(help))),
            None => group,
        };
        // Lines are already shortened; the renderer's own cut would not know the column.
        let text = renderer.term_width(10_000).render(&[group]);
        match &self.place {
            Some(place) => with_column(&text, &file, place),
            None => text,
        }
    }
}

/// The renderer counts columns in the text that it is given: wrong where that is a part of the line.
fn with_column(text: &str, file: &str, place: &Place) -> String {
    let line = place.line;
    let counted = format!("{file}:{line}:{}\n", place.start + 1);
    let right = format!("{file}:{line}:{}\n", place.column);
    text.replacen(&counted, &right, 1)
}

fn one_line(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(&text.replace(['\n', '\r'], " "))
}

/// One line: `careers/x.toml:12:1: message`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.file))?;
        if let Some(place) = &self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        write!(f, ": {}", one_line(&self.message))
    }
}

/// How many problems there are: "3 problems and 1 warning in 2 files".
pub fn summary(problems: &[Problem]) -> String {
    let files: BTreeSet<&str> = problems
        .iter()
        .map(|problem| problem.file.as_str())
        .collect();
    let of = |severity| {
        problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    };
    let counts: Vec<String> = [
        (of(Severity::Error), "problem"),
        (of(Severity::Warning), "warning"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, noun)| counted(count, noun))
    .collect();
    if counts.is_empty() {
        return "no problems".to_owned();
    }
    format!(
        "{} in {}",
        counts.join(" and "),
        counted(files.len(), "file")
    )
}

fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str, span: Range<usize>) -> Problem {
        let starts: Vec<usize> = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Problem {
            severity: Severity::Error,
            file: "jobs/a.toml".to_owned(),
            place: Some(Place::new(text, &starts, span)),
            message: "wrong".to_owned(),
            help: Some("mend it".to_owned()),
        }
    }

    fn of(text: &str, part: &str) -> String {
        let start = text.find(part).unwrap_or_default();
        at(text, start..start + part.len()).render()
    }

    #[test]
    fn tabs_and_wide_characters_are_underlined_where_they_stand() {
        insta::assert_snapshot!(of("a = 1\r\n\tname = \"日本語\", wrong = 1\r\n", "wrong"), @r#"
        error: wrong
         --> jobs/a.toml:2:16
          |
        2 |     name = "日本語", wrong = 1
          |                      ^^^^^
          |
          = help: mend it
        "#);
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_place_and_keeps_its_column() {
        let text = format!("{}wrong{}", "é, ".repeat(400), " and so on".repeat(400));
        insta::assert_snapshot!(of(&text, "wrong"), @r#"
        error: wrong
         --> jobs/a.toml:1:1201
          |
        1 | … é, é, é, é, é, é, é, é, é, é, é, é, é, wrong and so on and so on and so on and so on and so on and so on and so on and …
          |                                          ^^^^^
          |
          = help: mend it
        "#);
        insta::assert_snapshot!(at(&text, 0..text.len()).render(), @r#"
        error: wrong
         --> jobs/a.toml:1:1
          |
        1 | é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, é, …
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: mend it
        "#);
        insta::assert_snapshot!(at(&text, text.len()..text.len()).render(), @r#"
        error: wrong
         --> jobs/a.toml:1:5206
          |
        1 | … and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on
          |                                                                                                                          ^
          |
          = help: mend it
        "#);
    }

    #[test]
    fn what_goes_over_several_lines_is_underlined_on_the_first() {
        insta::assert_snapshot!(of("a = \"\"\"\nb\nc\"\"\"\n", "\"\"\"\nb\nc\"\"\""), @r#"
        error: wrong
         --> jobs/a.toml:1:5
          |
        1 | a = """
          |     ^^^
          |
          = help: mend it
        "#);
    }

    #[test]
    fn the_end_of_a_file_is_the_end_of_its_last_line() {
        insta::assert_snapshot!(at("a = [\n\n", 7..7).render(), @r#"
        error: wrong
         --> jobs/a.toml:1:6
          |
        1 | a = [
          |      ^
          |
          = help: mend it
        "#);
        insta::assert_snapshot!(at("", 0..0).render(), @r#"
        error: wrong
         --> jobs/a.toml:1:1
          |
        1 |
          | ^
          |
          = help: mend it
        "#);
    }

    #[test]
    fn a_problem_on_one_line_has_file_line_and_column() {
        let mut problem = at("a = 1\nb = 2\n", 10..11);
        assert_eq!(problem.to_string(), "jobs/a.toml:2:5: wrong");
        problem.message = "two\nlines".to_owned();
        problem.place = None;
        assert_eq!(problem.to_string(), "jobs/a.toml: two lines");
    }

    #[test]
    fn colours_are_only_in_the_styled_form() {
        let problem = at("a = 1\n", 4..5);
        assert!(!problem.render().contains('\u{1b}'));
        assert!(problem.render_styled().contains('\u{1b}'));
    }

    #[test]
    fn a_summary_counts_problems_warnings_and_files() {
        let error = at("a", 0..1);
        let warning = Problem {
            severity: Severity::Warning,
            file: "b".to_owned(),
            ..error.clone()
        };
        assert_eq!(summary(&[]), "no problems");
        assert_eq!(summary(std::slice::from_ref(&error)), "1 problem in 1 file");
        assert_eq!(
            summary(std::slice::from_ref(&warning)),
            "1 warning in 1 file"
        );
        assert_eq!(
            summary(&[error.clone(), error, warning]),
            "2 problems and 1 warning in 2 files"
        );
    }

    proptest! {
        #[test]
        fn any_place_of_any_text_renders_with_its_line_and_column(
            text in any::<String>(),
            start in 0_usize..200,
            width in 0_usize..200,
            message in any::<String>(),
        ) {
            let problem = Problem { message, ..at(&text, start..start + width) };
            let place = problem.place.clone();
            let place = place.as_ref().map(|place| format!("jobs/a.toml:{}:{}", place.line, place.column));
            prop_assert!(problem.render().contains(&place.unwrap_or_default()));
            prop_assert!(!problem.render_styled().is_empty());
        }
    }
}
