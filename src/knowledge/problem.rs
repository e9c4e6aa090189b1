//! What is wrong with a file, told so that whoever wrote it can mend it.

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Where in the file; none where the file could not be read as text.
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

impl Problem {
    /// PLACEHOLDER until the loader's branch is merged.
    pub fn render_styled(&self) -> String {
        format!("{:?}", self)
    }
}
