//! Where the files come from.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rust_embed::Embed;
use walkdir::WalkDir;

use super::{Place, Problem, Severity};

/// The largest file that is read.
const MOST_BYTES: u64 = 16 * MEGABYTE;
/// The largest file of listings, which is read listing by listing.
pub(crate) const MOST_BYTES_OF_LISTINGS: u64 = 128 * MEGABYTE;
const MEGABYTE: u64 = 1024 * 1024;
/// The deepest folder below the knowledge folder whose files are read.
const DEEPEST: usize = 8;

/// A knowledge base's files.
#[derive(Debug, Clone)]
pub enum Files {
    /// The copy inside the binary.
    Embedded,
    /// A folder.
    Folder(PathBuf),
}

#[derive(Embed)]
#[folder = "knowledge"]
struct Inside;

/// What a file is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `knowledge.toml`.
    Settings,
    /// `skills.toml`.
    Skills,
    /// `questions.toml`.
    Questions,
    /// `examples.toml`.
    Examples,
    /// `careers/<id>.toml`.
    Career,
    /// `jobs/**/*.toml`.
    Jobs,
}

impl Kind {
    /// The largest file of this kind that is read.
    fn most_bytes(&self) -> u64 {
        match self {
            Self::Jobs => MOST_BYTES_OF_LISTINGS,
            _ => MOST_BYTES,
        }
    }
}

/// A file that was read as text.
pub(super) struct SourceFile {
    /// Its path relative to the knowledge folder, with forward slashes.
    pub name: String,
    /// What it is for.
    pub kind: Kind,
    /// Its text without a byte order mark.
    pub text: String,
    /// What can be parsed of the text where it is broken, byte for byte in the same places.
    pub rest: OnceLock<String>,
    line_starts: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// A file with this text, without a byte order mark.
    pub fn new(name: String, kind: Kind, text: String) -> Self {
        Self {
            name,
            kind,
            text,
            rest: OnceLock::new(),
            line_starts: OnceLock::new(),
        }
    }

    /// The file's name without folder and `.toml`.
    pub fn stem(&self) -> &str {
        stem(&self.name)
    }

    /// The place of these bytes, as people count.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::new(&self.text, self.line_starts(), span)
    }

    /// The line that holds this byte, without its line break.
    pub fn line(&self, at: usize) -> Range<usize> {
        let starts = self.line_starts();
        let next = starts.partition_point(|start| *start <= at);
        let end = starts.get(next).map_or(self.text.len(), |next| next - 1);
        starts[next.max(1) - 1]..end
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| line_starts(&self.text))
    }
}

/// A file's name without folder and `.toml`.
pub(super) fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect()
}

/// A file that is there and could not be read.
pub(super) struct Refused {
    pub name: String,
    pub kind: Kind,
}

/// The files that could be read, by name, and what was wrong with the others.
#[derive(Default)]
pub(super) struct Reading {
    pub files: Vec<SourceFile>,
    pub refused: Vec<Refused>,
    pub problems: Vec<Problem>,
}

impl Files {
    /// Reads every file that the knowledge base consists of.
    pub(super) fn read(&self) -> Reading {
        let mut reading = Reading::default();
        match self {
            Self::Embedded => reading.embedded(),
            Self::Folder(folder) => reading.folder(folder),
        }
        reading.files.sort_by(|a, b| a.name.cmp(&b.name));
        reading
    }
}

impl Reading {
    fn embedded(&mut self) {
        for name in Inside::iter() {
            let hidden = name.split('/').any(|part| part.starts_with('.'));
            if let (false, Some(kind), Some(file)) =
                (hidden, self.sort_out(&name), Inside::get(&name))
            {
                self.keep(&name, kind, &file.data);
            }
        }
    }

    fn folder(&mut self, folder: &Path) {
        if let Some(problem) = wrong_folder(folder) {
            self.problems.push(problem);
            return;
        }
        for entry in walk(folder) {
            match entry {
                Ok(entry) => self.entry(folder, &entry),
                Err(error) => self.unwalkable(folder, &error),
            }
        }
    }

    fn entry(&mut self, folder: &Path, entry: &walkdir::DirEntry) {
        let name = name_in(folder, entry.path());
        let file_type = entry.file_type();
        if file_type.is_dir() {
            if entry.depth() > DEEPEST {
                self.error(&name, "this folder is nested too deeply", {
                    "move its files up: folders are read to a depth of 8"
                });
            } else if has_toml_ending(&name) {
                self.error(&name, "this is a folder, not a file", {
                    "give the folder a name without `.toml`, or take it away"
                });
            }
            return;
        }
        let Some(kind) = self.sort_out(&name) else {
            return;
        };
        if !file_type.is_file() {
            self.error(
                &name,
                "this is not an ordinary file",
                "put an ordinary file here",
            );
            return self.refuse(&name, kind);
        }
        match read_bytes(entry.path(), kind.most_bytes()) {
            Ok(bytes) => self.keep(&name, kind, &bytes),
            Err(error) => {
                self.unreadable(&name, &error);
                self.refuse(&name, kind);
            }
        }
    }

    /// What the file is for; says so where nothing reads it.
    fn sort_out(&mut self, name: &str) -> Option<Kind> {
        let parts: Vec<&str> = name.split('/').collect();
        let last = parts.last().copied().unwrap_or_default();
        if left_behind(last) || parts[0] == "schema" {
            return None;
        }
        if !last.ends_with(".toml") {
            self.not_toml(name, &parts);
            return None;
        }
        match parts[..] {
            ["knowledge.toml"] => return Some(Kind::Settings),
            ["skills.toml"] => return Some(Kind::Skills),
            ["questions.toml"] => return Some(Kind::Questions),
            ["examples.toml"] => return Some(Kind::Examples),
            ["careers", _] => return Some(Kind::Career),
            ["jobs", _, ..] => return Some(Kind::Jobs),
            _ => {}
        }
        let help = match parts[..] {
            ["careers", .., last] => format!("move it to `careers/{last}`"),
            _ => "careers belong in `careers/`, listings in `jobs/`; at the top stand `knowledge.toml`, `skills.toml`, \
                  `questions.toml` and `examples.toml`"
                .to_owned(),
        };
        self.error(name, "nothing reads this file", help);
        None
    }

    /// A file whose name does not end in `.toml`: a mistake where everything else is TOML.
    fn not_toml(&mut self, name: &str, parts: &[&str]) {
        if has_toml_ending(name) {
            let help = "write the ending in small letters: `.toml`";
            self.error(name, "nothing reads this file", help);
        } else if parts.len() > 1 && matches!(parts[0], "careers" | "jobs") {
            self.problems.push(Problem {
                severity: Severity::Warning,
                file: name.to_owned(),
                place: None,
                message: "nothing reads this file".to_owned(),
                help: Some("only files whose names end in `.toml` are read".to_owned()),
            });
        }
    }

    fn keep(&mut self, name: &str, kind: Kind, bytes: &[u8]) {
        match text_of(bytes) {
            Ok(text) => {
                let file = SourceFile::new(name.to_owned(), kind, text.to_owned());
                self.files.push(file);
            }
            Err(error) => {
                self.problems.push(not_text(name, bytes, &error));
                self.refuse(name, kind);
            }
        }
    }

    fn refuse(&mut self, name: &str, kind: Kind) {
        let name = name.to_owned();
        self.refused.push(Refused { name, kind });
    }

    fn unreadable(&mut self, name: &str, error: &Unreadable) {
        match error {
            Unreadable::LargerThan(most) => self.error(
                name,
                format!("this file is larger than {} MB", most / MEGABYTE),
                "split it into several files",
            ),
            Unreadable::Io(error) => self.error(name, told(error), hint(error)),
        }
    }

    fn unwalkable(&mut self, folder: &Path, error: &walkdir::Error) {
        let name = name_in(folder, error.path().unwrap_or(folder));
        if let Some(ancestor) = error.loop_ancestor() {
            let message = "this link leads back to a folder that holds it";
            let ancestor = match name_in(folder, ancestor) {
                name if name.is_empty() => "the knowledge folder".to_owned(),
                name => format!("`{name}`"),
            };
            return self.error(
                &name,
                message,
                format!("take the link away; it leads to {ancestor}"),
            );
        }
        let Some(error) = error.io_error() else {
            return;
        };
        let is_link = folder.join(&name).is_symlink();
        if is_link && error.kind() == io::ErrorKind::NotFound {
            if left_behind(&name) {
                return;
            }
            let help = "take the link away, or put the file back that it leads to";
            return self.error(&name, "this link leads nowhere", help);
        }
        self.error(&name, told(error), hint(error));
    }

    fn error(&mut self, name: &str, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem {
            severity: Severity::Error,
            file: name.to_owned(),
            place: None,
            message: message.into(),
            help: Some(help.into()),
        });
    }
}

/// What is in the folder that may be read, by name; links lead to what they name.
pub(super) fn walk(folder: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    WalkDir::new(folder)
        .follow_links(true)
        .min_depth(1)
        .max_depth(DEEPEST + 1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| !passed_over(folder, entry))
}

/// Why the knowledge folder as a whole cannot be read.
fn wrong_folder(folder: &Path) -> Option<Problem> {
    let (message, help) = match std::fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => return None,
        Ok(_) => (
            "this is a file, not a knowledge folder".to_owned(),
            "name the folder that holds `careers/`",
        ),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (
            "there is no such folder".to_owned(),
            "check its path, or make it with a folder `careers` inside",
        ),
        Err(error) => (told(&error), hint(&error)),
    };
    Some(Problem {
        severity: Severity::Error,
        file: folder.display().to_string(),
        place: None,
        message,
        help: Some(help.to_owned()),
    })
}

/// Names that start with a dot (editors, version control, the `..data` folders of mounted ConfigMaps), and the schemas.
fn passed_over(folder: &Path, entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let below_toml_folder = entry
        .path()
        .parent()
        .is_some_and(|parent| parent != folder && has_toml_ending(&parent.to_string_lossy()));
    name.starts_with('.') || below_toml_folder || (entry.depth() == 1 && name == "schema")
}

fn has_toml_ending(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() >= 5 && bytes[bytes.len() - 5..].eq_ignore_ascii_case(b".toml")
}

/// Notes for people, and what editors leave behind.
pub(super) fn left_behind(name: &str) -> bool {
    const ENDINGS: &[&str] = &[".md", "~", ".swp", ".swo", ".bak", ".orig", ".rej", ".tmp"];
    ENDINGS.iter().any(|ending| name.ends_with(ending))
        || (name.starts_with('#') && name.ends_with('#'))
}

fn name_in(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<Cow<'_, str>> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

enum Unreadable {
    LargerThan(u64),
    Io(io::Error),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Unreadable> {
    let file = File::open(path)?;
    if file.metadata()?.len() > most {
        return Err(Unreadable::LargerThan(most));
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Unreadable::LargerThan(most));
    }
    Ok(bytes)
}

fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "this file vanished while it was being read".to_owned(),
        io::ErrorKind::PermissionDenied => "this may not be read".to_owned(),
        _ => format!("this cannot be read: {error}"),
    }
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "load again",
        io::ErrorKind::PermissionDenied => "give the bot's user the right to read it",
        _ => "check the disk, or take it away",
    }
}

fn text_of(bytes: &[u8]) -> Result<&str, std::str::Utf8Error> {
    std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
}

fn not_text(name: &str, bytes: &[u8], error: &std::str::Utf8Error) -> Problem {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    let offset = mark + error.valid_up_to();
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let line_start = bytes[..offset]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(mark, |at| at + 1);
    let line_end = bytes[offset..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |at| offset + at);
    let before = String::from_utf8_lossy(&bytes[line_start..offset]);
    let line = String::from_utf8_lossy(&bytes[line_start..line_end]);
    let span = before.len()..before.len() + char::REPLACEMENT_CHARACTER.len_utf8();
    let mut place = Place::new(&line, &[0], span);
    place.line = 1 + bytes[..offset]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    Problem {
        severity: Severity::Error,
        file: name.to_owned(),
        place: Some(place),
        message: format!(
            "this file is not UTF-8: byte 0x{:02X} at offset {offset}",
            bytes[offset]
        ),
        help: Some(if utf16 {
            "it looks like UTF-16: save it as UTF-8".to_owned()
        } else {
            "save it as UTF-8 in your editor".to_owned()
        }),
    }
}
