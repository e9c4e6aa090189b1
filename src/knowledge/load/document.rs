//! Text -> values of the [format](crate::knowledge::format), with every mistake of syntax and type on the way.
//!
//! serde stops at the first mistake. So a value is read again after each one with the culprit taken out, or with a stand-in
//! where something is missing, until it reads through: every mistake is found, and the rest of the file is still checked.

use std::collections::HashSet;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeTable, DeValue, ValueDeserializer};

use super::report::InFile;
use super::syntax;
use super::words::{did_you_mean, listed, nearest, quote};

/// The most times that one value is read again.
const MOST_MENDS: usize = 100;
/// The fewest times, however large it is.
const FEWEST_MENDS: usize = 4;
/// The most keys and values that are read again in all.
const MOST_REREAD: usize = 2_000_000;

/// A file's contents before they have types.
pub(super) struct Document<'i> {
    root: DeTable<'i>,
    /// Whether parts could not be parsed: what is missing then may only have been misread.
    broken: bool,
    stand_ins: usize,
}

/// A value that was read, perhaps without the parts that were wrong.
pub(super) struct Unit<T> {
    pub value: T,
    /// Dotted paths of what was taken out.
    pub lost: Vec<String>,
}

impl<T> Unit<T> {
    /// Whether something at or below this key was taken out.
    pub fn lacks(&self, key: &str) -> bool {
        self.lost
            .iter()
            .any(|path| path.split('.').next() == Some(key))
    }
}

impl<'i> Document<'i> {
    /// Parses a file and tells every mistake of syntax.
    pub fn parse(report: &mut InFile<'_, 'i>) -> Self {
        let text = report.text();
        let (root, mistakes) = match DeTable::parse(text) {
            Ok(root) => (root, Vec::new()),
            Err(first) => {
                let (rest, mistakes) = syntax::recover(report.source(), &first);
                (
                    DeTable::parse_recoverable(report.keep_rest(rest)).0,
                    mistakes,
                )
            }
        };
        for mistake in &mistakes {
            let (message, help) = mistake.words(text);
            report.error(mistake.span.clone(), message, help);
        }
        report.distrust(syntax::misread(report.source(), &mistakes));
        Self {
            root: root.into_inner(),
            broken: mistakes.iter().any(|mistake| !mistake.is_duplicate()),
            stand_ins: 0,
        }
    }

    /// Parses a part of a file, and tells of its first mistake of syntax where it has any.
    pub fn parse_part(report: &mut InFile<'_, 'i>) -> Option<Self> {
        let text = report.text();
        match DeTable::parse(text) {
            Ok(root) => Some(Self {
                root: root.into_inner(),
                broken: false,
                stand_ins: 0,
            }),
            Err(first) => {
                let mistake = syntax::Mistake::from(&first);
                let (message, help) = mistake.words(text);
                report.error(mistake.span, message, help);
                None
            }
        }
    }

    /// Whether parts of the file could not be parsed.
    pub fn broken(&self) -> bool {
        self.broken
    }

    /// Takes the tables `[[key]]` out of the document. None where something else is called so.
    pub fn take_tables(
        &mut self,
        key: &'static str,
        report: &mut InFile<'_, 'i>,
    ) -> Option<Vec<Spanned<DeValue<'i>>>> {
        let Some((name, value)) = self.root.remove_entry(key) else {
            return Some(Vec::new());
        };
        match value.into_inner() {
            DeValue::Array(tables) => Some(tables.into_iter().collect()),
            DeValue::Table(_) => {
                let help = format!("write `[[{key}]]` with two brackets on each side");
                report.error(name.span(), format!("`{key}` is a list of tables"), help);
                None
            }
            other => {
                let message = format!("`{key}` takes tables, not {}", kind_of(&other));
                let help = format!("write a `[[{key}]]` line above the keys of each");
                report.error(name.span(), message, help);
                None
            }
        }
    }

    /// Reads the whole (remaining) document.
    pub fn read<T: DeserializeOwned>(&mut self, report: &mut InFile<'_, 'i>) -> Option<Unit<T>> {
        let root = std::mem::replace(&mut self.root, DeTable::new());
        self.read_value(
            Spanned::new(0..0, DeValue::Table(root)),
            "this file",
            report,
        )
    }

    /// Reads one value of the document; `what` names it where it is of the wrong type as a whole.
    pub fn read_value<T: DeserializeOwned>(
        &mut self,
        value: Spanned<DeValue<'i>>,
        what: &str,
        report: &mut InFile<'_, 'i>,
    ) -> Option<Unit<T>> {
        let mut mending = Mending {
            value,
            what,
            top: known_keys::<T>,
            taken: HashSet::new(),
            lost: Vec::new(),
            broken: self.broken,
            next: report.text().len() + 1 + self.stand_ins,
        };
        let mut left = None;
        while left != Some(0) {
            let error = match T::deserialize(ValueDeserializer::from(mending.value.clone())) {
                Ok(value) => {
                    self.stand_ins = mending.next - report.text().len() - 1;
                    let lost = mending.lost;
                    return Some(Unit { value, lost });
                }
                Err(error) => error,
            };
            if !mending.mend(&error, report) {
                return None;
            }
            let mends = left.unwrap_or_else(|| affordable(mending.value.get_ref()));
            left = Some(mends - 1);
        }
        let span = mending.value.span();
        let message = format!("so much is wrong with {what} that not all of it is listed");
        report.error(span, message, "mend what is listed, then check again");
        None
    }
}

/// The keys that a table of this type knows, as serde tells them of a key that it cannot know.
pub(super) fn known_keys<T: DeserializeOwned>() -> Vec<String> {
    let mut table = DeTable::new();
    let value = DeValue::Integer(DeInteger::default());
    table.insert(Spanned::new(0..0, "\0".into()), Spanned::new(0..0, value));
    let table = Spanned::new(0..0, DeValue::Table(table));
    match T::deserialize(ValueDeserializer::from(table)) {
        Ok(_) => Vec::new(),
        Err(error) => match Complaint::read(error.message()) {
            Complaint::UnknownKey(known) => known.into_iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        },
    }
}

/// What serde has to say.
enum Complaint<'m> {
    UnknownKey(Vec<&'m str>),
    Missing(&'m str),
    UnknownWord(Vec<&'m str>),
    Unfit(&'m str),
    Other(&'m str),
}

impl<'m> Complaint<'m> {
    fn read(message: &'m str) -> Self {
        let known = || {
            let (_, known) = message.rsplit_once("`, expected ").unwrap_or_default();
            known.split('`').skip(1).step_by(2).collect()
        };
        if message.starts_with("unknown field `") {
            Self::UnknownKey(known())
        } else if message.starts_with("unknown variant `") {
            Self::UnknownWord(known())
        } else if let Some(key) = message.strip_prefix("missing field `") {
            Self::Missing(key.trim_end_matches('`'))
        } else if let (true, Some((_, expected))) = (
            message.starts_with("invalid "),
            message.rsplit_once(", expected "),
        ) {
            Self::Unfit(expected)
        } else {
            Self::Other(message)
        }
    }
}

/// One value on its way to being readable.
struct Mending<'i, 'w> {
    value: Spanned<DeValue<'i>>,
    what: &'w str,
    top: fn() -> Vec<String>,
    /// Keys that were there and were wrong, by the place of their table: not missing.
    taken: HashSet<(Range<usize>, String)>,
    lost: Vec<String>,
    broken: bool,
    /// The place of the next stand-in: beyond the end of the file.
    next: usize,
}

impl<'i> Mending<'i, '_> {
    /// Tells of the mistake and removes it. False where that cannot be done.
    fn mend(&mut self, error: &toml::de::Error, report: &mut InFile<'_, 'i>) -> bool {
        let span = error.span().unwrap_or_else(|| self.value.span());
        let complaint = Complaint::read(error.message());
        if let Complaint::Missing(key) = complaint {
            return self.put_stand_in(&span, key, report);
        }
        if span.start > report.text().len() {
            return other_stand_in(self.value.get_mut(), &span);
        }
        let root = self.value.span();
        if span == root && root.start != root.end {
            self.tell_of_whole(error.message(), report);
            return false;
        }
        let wanted = Wanted {
            span: span.clone(),
            list: error.message().starts_with("invalid type: sequence,"),
        };
        let Some(culprit) = take_out(self.value.get_mut(), &root, &wanted, &mut Vec::new()) else {
            report.error(
                span,
                error.message().to_owned(),
                "see the file's format in the documentation",
            );
            return false;
        };
        self.tell(&culprit, &span, error.message(), report);
        if let (Complaint::UnknownKey(known), Some(key)) = (complaint, &culprit.key)
            && let Some(meant) = nearest(key, known)
        {
            // A misspelt key is not also missing.
            self.taken
                .insert((culprit.holder.clone(), meant.to_owned()));
        }
        match &culprit.key {
            Some(key) => {
                self.taken.insert((culprit.holder, key.clone()));
            }
            None => report.leave_alone(culprit.holder),
        }
        self.lost.push(culprit.path.join("."));
        true
    }

    fn put_stand_in(
        &mut self,
        table: &Range<usize>,
        key: &str,
        report: &mut InFile<'_, 'i>,
    ) -> bool {
        let known = self.taken.contains(&(table.clone(), key.to_owned()));
        if !known && !self.broken {
            let mut path = Vec::new();
            let place = match first_key(&self.value, table, report.text().len()) {
                Some(first) if table.is_empty() => first,
                _ => table.clone(),
            };
            let holder = match path_to(self.value.get_ref(), table, &mut path) {
                true if !path.is_empty() => format!(" in `{}`", path.join(".")),
                _ => String::new(),
            };
            report.error(place, format!("`{key}` is missing{holder}"), example(key));
        }
        let span = self.next..self.next + 1;
        self.next += 1;
        let text = Spanned::new(span, DeValue::String("".into()));
        let root = self.value.span();
        insert(self.value.get_mut(), &root, table, key, text).is_none()
    }

    fn tell_of_whole(&self, message: &str, report: &mut InFile<'_, 'i>) {
        let found = kind_of(self.value.get_ref());
        let expected = match Complaint::read(message) {
            Complaint::Unfit(expected) => expected_words(expected).0,
            _ => "something else",
        };
        let message = format!("{} takes {expected}, not {found}", self.what);
        report.error(
            self.value.span(),
            message,
            "see the file's format in the documentation",
        );
    }

    fn tell(
        &self,
        culprit: &Culprit,
        span: &Range<usize>,
        message: &str,
        report: &mut InFile<'_, 'i>,
    ) {
        let path = culprit.path.join(".");
        let subject = match culprit.key {
            Some(_) => format!("`{path}`"),
            None => format!("an item of `{path}`"),
        };
        let (message, help) = match Complaint::read(message) {
            Complaint::UnknownKey(known) => self.unknown_key(culprit, &known),
            Complaint::UnknownWord(known) => {
                let word = culprit.word.as_deref().unwrap_or_default();
                (
                    format!("{subject} cannot be {}", quote(word)),
                    did_you_mean(word, known.iter().copied(), || {
                        format!("it is one of {}", listed(known.iter().copied()))
                    }),
                )
            }
            Complaint::Unfit(expected) => {
                let (expected, help) = expected_words(expected);
                let help = match (expected, culprit.found.as_str()) {
                    ("a list", "a table") => {
                        format!("write `[[{path}]]` with two brackets on each side")
                    }
                    ("a table", "a list") => {
                        format!("write `[{path}]` with one bracket on each side")
                    }
                    _ => help.to_owned(),
                };
                (
                    format!("{subject} takes {expected}, not {}", culprit.found),
                    help,
                )
            }
            Complaint::Other("wanted string or table") => (
                format!("{subject} takes text, not {}", culprit.found),
                "put a word in quotes".to_owned(),
            ),
            Complaint::Other("integer number overflowed" | "floating-point number overflowed") => (
                format!("{subject} is too large a number"),
                "check its digits".to_owned(),
            ),
            Complaint::Missing(_) | Complaint::Other(_) => (
                format!("{subject}: {message}"),
                "see the file's format in the documentation".to_owned(),
            ),
        };
        report.error(span.clone(), message, help);
    }

    fn unknown_key(&self, culprit: &Culprit, known: &[&str]) -> (String, String) {
        let key = culprit.key.as_deref().unwrap_or_default();
        let holder = &culprit.path[..culprit.path.len().saturating_sub(1)];
        if holder.is_empty() {
            let help = did_you_mean(key, known.iter().copied(), || {
                format!("the keys here are {}", listed(known.iter().copied()))
            });
            return (format!("unknown key {}", quote(key)), help);
        }
        let holder = holder.join(".");
        let help = did_you_mean(key, known.iter().copied(), || {
            if (self.top)().iter().any(|top| top == key) {
                super::below(&holder)
            } else {
                format!("the keys here are {}", listed(known.iter().copied()))
            }
        });
        (format!("unknown key {} in `{holder}`", quote(key)), help)
    }
}

/// What was taken out of a document.
struct Culprit {
    /// The keys that lead to it, its own among them.
    path: Vec<String>,
    /// Its own key; none for an item of a list.
    key: Option<String>,
    /// The place of the table or list that held it.
    holder: Range<usize>,
    /// What it is, in words.
    found: String,
    /// Its text, if it is text.
    word: Option<String>,
}

/// What is to be taken out of a document.
struct Wanted {
    span: Range<usize>,
    /// Whether it is a list. (A list `[[x]]` has the same place as its first table.)
    list: bool,
}

/// Takes out the innermost key or value at exactly this place.
fn take_out(
    value: &mut DeValue<'_>,
    holder: &Range<usize>,
    wanted: &Wanted,
    path: &mut Vec<String>,
) -> Option<Culprit> {
    let culprit = |path: &[String], key: Option<String>, value: &DeValue<'_>| Culprit {
        path: path.to_vec(),
        key,
        holder: holder.clone(),
        found: kind_of(value),
        word: value.as_str().map(str::to_owned),
    };
    match value {
        DeValue::Table(table) => {
            for (key, value) in table.iter_mut() {
                path.push(key.get_ref().clone().into_owned());
                let place = value.span();
                let found = take_out(value.get_mut(), &place, wanted, path);
                if found.is_some() {
                    return found;
                }
                path.pop();
            }
            let key = table
                .iter()
                .find(|(key, value)| key.span() == wanted.span || value.span() == wanted.span)
                .map(|(key, _)| key.get_ref().clone().into_owned())?;
            let value = table.remove(key.as_str())?;
            path.push(key.clone());
            Some(culprit(path, Some(key), value.get_ref()))
        }
        DeValue::Array(_) if wanted.list && *holder == wanted.span => None,
        DeValue::Array(items) => {
            for item in items.iter_mut() {
                let place = item.span();
                let found = take_out(item.get_mut(), &place, wanted, path);
                if found.is_some() {
                    return found;
                }
            }
            let at = items.iter().position(|item| item.span() == wanted.span)?;
            let mut rest: Vec<_> = std::mem::replace(items, DeArray::new())
                .into_iter()
                .collect();
            let item = rest.remove(at);
            *items = rest.into_iter().collect();
            Some(culprit(path, None, item.get_ref()))
        }
        _ => None,
    }
}

/// Puts a value into the table at this place. Gives the value back where there is no such table.
fn insert<'i>(
    value: &mut DeValue<'i>,
    place: &Range<usize>,
    wanted: &Range<usize>,
    key: &str,
    mut new: Spanned<DeValue<'i>>,
) -> Option<Spanned<DeValue<'i>>> {
    let inner: Vec<&mut Spanned<DeValue<'i>>> = match value {
        DeValue::Table(table) if place == wanted => {
            let name = Spanned::new(new.span(), key.to_owned().into());
            table.insert(name, new);
            return None;
        }
        DeValue::Table(table) => table.iter_mut().map(|(_, value)| value).collect(),
        DeValue::Array(items) => items.iter_mut().collect(),
        _ => return Some(new),
    };
    for value in inner {
        let place = value.span();
        new = insert(value.get_mut(), &place, wanted, key, new)?;
    }
    Some(new)
}

/// Gives the stand-in at this place another type. False when every type was tried.
fn other_stand_in(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    let inner: Vec<&mut Spanned<DeValue<'_>>> = match value {
        DeValue::Table(table) => table.iter_mut().map(|(_, value)| value).collect(),
        DeValue::Array(items) => items.iter_mut().collect(),
        _ => return false,
    };
    for value in inner {
        if value.span() == *span {
            *value.get_mut() = match value.get_ref() {
                DeValue::String(_) => DeValue::Array(DeArray::new()),
                DeValue::Array(_) => DeValue::Table(DeTable::new()),
                DeValue::Table(_) => DeValue::Integer(DeInteger::default()),
                _ => return false,
            };
            return true;
        }
        if other_stand_in(value.get_mut(), span) {
            return true;
        }
    }
    false
}

/// How often a value can be read again.
fn affordable(value: &DeValue<'_>) -> usize {
    (MOST_REREAD / size(value)).clamp(FEWEST_MENDS, MOST_MENDS)
}

/// How many values there are.
fn size(value: &DeValue<'_>) -> usize {
    let inner: usize = match value {
        DeValue::Table(table) => table.iter().map(|(_, value)| size(value.get_ref())).sum(),
        DeValue::Array(items) => items.iter().map(|item| size(item.get_ref())).sum(),
        _ => 0,
    };
    1 + inner
}

/// The keys that lead to the table at this place.
fn path_to(value: &DeValue<'_>, wanted: &Range<usize>, path: &mut Vec<String>) -> bool {
    match value {
        DeValue::Table(table) => table.iter().any(|(key, value)| {
            path.push(key.get_ref().clone().into_owned());
            let here = value.span() == *wanted && value.get_ref().is_table();
            let found = here || path_to(value.get_ref(), wanted, path);
            if !found {
                path.pop();
            }
            found
        }),
        DeValue::Array(items) => items.iter().any(|item| {
            (item.span() == *wanted && item.get_ref().is_table())
                || path_to(item.get_ref(), wanted, path)
        }),
        _ => false,
    }
}

/// The place of the first key of the whole value, where that is the table at this place.
fn first_key(
    value: &Spanned<DeValue<'_>>,
    table: &Range<usize>,
    end: usize,
) -> Option<Range<usize>> {
    if value.span() != *table {
        return None;
    }
    let keys = value.get_ref().as_table()?.keys();
    keys.map(Spanned::span)
        .filter(|span| span.start <= end)
        .min_by_key(|span| span.start)
}

fn kind_of(value: &DeValue<'_>) -> String {
    const MOST_DIGITS: usize = 20;
    let number = |digits: &str| match digits.len() > MOST_DIGITS {
        true => "a number".to_owned(),
        false => format!("the number {digits}"),
    };
    let kind = match value {
        DeValue::Integer(digits) => return number(digits.as_str()),
        DeValue::Float(digits) => return number(digits.as_str()),
        DeValue::String(_) => "text",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(given) => match (given.date, given.time) {
            (Some(_), None) => "a date",
            (Some(_), Some(_)) => "a date with a time",
            (None, _) => "a time",
        },
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    kind.to_owned()
}

/// What serde expected, in plain words, and how to write it.
fn expected_words(expected: &str) -> (&str, &'static str) {
    match expected {
        "a string" => ("text", "put it in quotes"),
        "a sequence" => ("a list", "put it in brackets: `[\"…\", \"…\"]`"),
        "a map" | "a table" => (
            "a table",
            "write it as `{ key = … }`, or its keys below a `[…]` line",
        ),
        "u64" | "u32" => (
            "a whole number, 0 or more",
            "write it in digits without quotes, such as 112_590",
        ),
        "i16" => ("a year", "write it in digits without quotes, such as 2024"),
        "f64" => (
            "a number",
            "write it in digits without quotes, such as 33.5",
        ),
        "a boolean" => ("true or false", "write `true` or `false` without quotes"),
        "a date" | "a TOML datetime" => (
            "a date",
            "write it without quotes and without a time, such as 2026-11-23",
        ),
        "a career's id" => (
            "a career's id",
            "write the id in quotes, or a table: `{ career = \"…\", differs = \"…\" }`",
        ),
        other => (other, "see the file's format in the documentation"),
    }
}

/// How a missing key is written.
fn example(key: &str) -> String {
    match key {
        "categories" => "add a `[[categories]]` table for each".to_owned(),
        "percent" => "add `percent = 4.5`".to_owned(),
        "from" | "to" | "year" => format!("add `{key} = 2024`"),
        "per_year" | "jobs" | "amount" | "p25" | "median" | "p75" | "sample" => {
            format!("add `{key} = 1_000`")
        }
        _ => format!("add `{key} = \"…\"`"),
    }
}
