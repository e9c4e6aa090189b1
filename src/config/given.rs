//! What a file and the environment give for the settings, each with its place.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{KEYS, Key, Kind, Unfit};

/// What the environment variables of settings start with.
pub const PREFIX: &str = "WAYMARK_";

#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub origin: Origin,
    pub message: String,
}

/// Where a setting was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file as a whole.
    Whole(PathBuf),
    File {
        path: PathBuf,
        line: usize,
        column: usize,
    },
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(path) => path.display().fmt(f),
            Self::File { path, line, column } => write!(f, "{}:{line}:{column}", path.display()),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

/// One value given for one key of a `D`.
pub struct Assignment<D: 'static> {
    pub key: &'static Key<D>,
    pub value: Value,
    pub origin: Origin,
}

/// What was given for the keys of a `D`, in order; a later value takes the place of an earlier one.
pub struct Assignments<D: 'static> {
    keys: &'static [Key<D>],
    pub given: Vec<Assignment<D>>,
}

impl<D> Assignments<D> {
    /// Nothing given yet for any of these keys.
    pub fn new(keys: &'static [Key<D>]) -> Self {
        let given = Vec::new();
        Self { keys, given }
    }

    fn push(&mut self, key: &'static Key<D>, value: Value, origin: Origin) {
        // `shards` and `shards.first` exclude each other.
        self.given.retain(|earlier| {
            earlier.key.path != key.path
                && !is_below(earlier.key.path, key.path)
                && !is_below(key.path, earlier.key.path)
        });
        self.given.push(Assignment { key, value, origin });
    }

    /// What a table at this path gives; `level` is how people write the line above it.
    pub fn add_table(
        &mut self,
        above: &str,
        level: &str,
        table: GivenTable,
        errors: &mut Vec<ConfigError>,
    ) {
        let keys = self.keys;
        for entry in table.entries {
            let path = join(above, &entry.name);
            let exact = keys.iter().find(|key| key.path == path);
            let is_level = keys.iter().any(|key| is_below(key.path, &path));
            match (entry.value, exact) {
                (Value::Table(inner), _) if is_level => {
                    self.add_table(&path, &format!("[{path}]"), inner, errors);
                }
                (value, Some(key)) => self.push(key, value, entry.origin),
                (_, None) => errors.push(ConfigError {
                    origin: entry.named,
                    message: if is_level {
                        format!("`{path}` is a table: write [{path}] and its keys below")
                    } else {
                        unknown_key(keys, above, level, &entry.name)
                    },
                }),
            }
        }
    }
}

impl Assignments<super::keys::Draft> {
    pub fn add_file(&mut self, path: &Path, text: &str, errors: &mut Vec<ConfigError>) {
        let (table, syntax) = DeTable::parse_recoverable(text);
        let origin = |start: usize| place(path, text, start);
        if syntax.is_empty() {
            let table = GivenTable::read(table.get_ref(), &origin);
            self.add_table("", "", table, errors);
        }
        errors.extend(syntax.iter().map(|error| ConfigError {
            origin: origin(error.span().map_or(0, |span| span.start)),
            message: format!("not TOML: {}", error.message().replace('\n', ", ")),
        }));
    }

    pub fn add_variable(&mut self, name: &str, value: OsString, errors: &mut Vec<ConfigError>) {
        let origin = Origin::Variable(name.to_owned());
        if let Some(key) = KEYS.iter().find(|key| is_list_variable(key, name)) {
            let path = key.path;
            errors.push(ConfigError {
                origin,
                message: format!(
                    "the environment cannot set `{path}`: write [[{path}]] tables in the config file"
                ),
            });
            return;
        }
        let Some(key) = KEYS.iter().find(|key| variable(key.path) == name) else {
            errors.push(ConfigError {
                origin,
                message: unknown_variable(name),
            });
            return;
        };
        match value.into_string() {
            // Compose files pass on variables that nobody set.
            Ok(text) if text.is_empty() => {}
            Ok(text) if key.path == "discord.shards" && text.starts_with('{') => {
                self.add_inline_table(key, &text, &origin, errors);
            }
            Ok(text) => self.push(key, Value::from_variable(key.kind, text), origin),
            Err(_) => errors.push(ConfigError {
                origin,
                message: "is not UTF-8".to_owned(),
            }),
        }
    }

    fn add_inline_table(
        &mut self,
        key: &'static Key<super::keys::Draft>,
        text: &str,
        origin: &Origin,
        errors: &mut Vec<ConfigError>,
    ) {
        match DeValue::parse(text).as_ref().map(Spanned::get_ref) {
            Ok(DeValue::Table(table)) => {
                let table = GivenTable::read(table, &|_| origin.clone());
                self.add_table(key.path, &format!("[{}]", key.path), table, errors);
            }
            _ => self.push(key, Value::Text(text.to_owned()), origin.clone()),
        }
    }
}

/// A table as it was given, in the order of the file.
pub struct GivenTable {
    /// Where it begins.
    pub origin: Origin,
    entries: Vec<GivenEntry>,
}

/// A key of a table and its value, each with its place.
struct GivenEntry {
    name: String,
    named: Origin,
    value: Value,
    origin: Origin,
}

impl GivenTable {
    fn read(table: &DeTable<'_>, origin: &dyn Fn(usize) -> Origin) -> Self {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let start = entries.first().map_or(0, |(name, _)| name.span().start);
        let entries = entries.into_iter().map(|(name, value)| GivenEntry {
            name: name.get_ref().to_string(),
            named: origin(name.span().start),
            value: Value::read(value.get_ref(), origin),
            origin: origin(value.span().start),
        });
        Self {
            origin: origin(start),
            entries: entries.collect(),
        }
    }
}

/// A value as it was given.
pub enum Value {
    Text(String),
    Whole(i64),
    Flag(bool),
    List(Vec<Value>),
    Table(GivenTable),
    /// Of a kind that no key takes.
    Other(&'static str),
}

impl Value {
    fn read(value: &DeValue<'_>, origin: &dyn Fn(usize) -> Origin) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Self::Other("a number that is too large"), Self::Whole),
            DeValue::Array(items) => Self::List(
                items
                    .iter()
                    .map(|item| Self::read_item(item, origin))
                    .collect(),
            ),
            DeValue::Float(_) => Self::Other("a fraction"),
            DeValue::Datetime(_) => Self::Other("a date"),
            DeValue::Table(table) => Self::Table(GivenTable::read(table, origin)),
        }
    }

    /// An item of a list; a table begins at its `[[…]]` line.
    fn read_item(item: &Spanned<DeValue<'_>>, origin: &dyn Fn(usize) -> Origin) -> Self {
        match Self::read(item.get_ref(), origin) {
            Self::Table(table) => Self::Table(GivenTable {
                origin: origin(item.span().start),
                ..table
            }),
            value => value,
        }
    }

    fn from_variable(kind: Kind, text: String) -> Self {
        match kind {
            Kind::Text | Kind::Texts | Kind::Tables => Self::Text(text),
            Kind::Flag => match text.trim() {
                "true" | "1" => Self::Flag(true),
                "false" | "0" => Self::Flag(false),
                _ => Self::Text(text),
            },
            Kind::Whole => text.trim().parse().map_or(Self::Text(text), Self::Whole),
            Kind::Ids if text.trim_start().starts_with('[') => DeValue::parse(text.trim())
                .map_or(Self::Text(text.clone()), |value| {
                    Self::read(value.get_ref(), &|_| Origin::Variable(String::new()))
                }),
            Kind::Ids => Self::List(
                text.split(',')
                    .map(str::trim)
                    .filter(|id| !id.is_empty())
                    .map(|id| Self::Text(id.to_owned()))
                    .collect(),
            ),
        }
    }

    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Whole(number) if *number < 0 => "a negative number",
            Self::Whole(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(kind) => kind,
        }
    }

    pub fn text(self, expected: &'static str) -> Result<String, Unfit> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Ok(text),
            Self::Text(_) => Err(Unfit::Because("is empty".to_owned())),
            _ => Err(Unfit::Kind(expected)),
        }
    }

    pub fn path(self, expected: &'static str, origin: &Origin) -> Result<PathBuf, Unfit> {
        let path = PathBuf::from(self.text(expected)?);
        Ok(match origin {
            Origin::File { path: file, .. } => match file.parent() {
                Some(folder) => folder.join(path),
                None => path,
            },
            Origin::Whole(_) | Origin::Variable(_) => path,
        })
    }

    pub fn flag(self) -> Result<bool, Unfit> {
        match self {
            Self::Flag(flag) => Ok(flag),
            _ => Err(Unfit::Kind("true or false")),
        }
    }

    pub fn whole(self) -> Result<u32, Unfit> {
        match self {
            Self::Whole(number) => u32::try_from(number).ok(),
            _ => None,
        }
        .ok_or(Unfit::Kind("a whole number from 0"))
    }

    pub fn ids(self) -> Result<Vec<u64>, Unfit> {
        let Self::List(items) = self else {
            return Err(Unfit::Kind(
                "a list of ids, such as [\"772904309264089089\"]",
            ));
        };
        items.into_iter().map(Self::id).collect()
    }

    /// A list of texts, none of them empty.
    pub fn texts(self, expected: &'static str) -> Result<Vec<String>, Unfit> {
        match self {
            Self::List(items) => items.into_iter().map(|item| item.text(expected)).collect(),
            _ => Err(Unfit::Kind(expected)),
        }
    }

    /// A list of tables.
    pub fn tables(self, expected: &'static str) -> Result<Vec<GivenTable>, Unfit> {
        let Self::List(items) = self else {
            return Err(Unfit::Kind(expected));
        };
        let table = |item| match item {
            Self::Table(table) => Ok(table),
            _ => Err(Unfit::Kind(expected)),
        };
        items.into_iter().map(table).collect()
    }

    fn id(self) -> Result<u64, Unfit> {
        let (id, given) = match self {
            Self::Whole(number) => (u64::try_from(number).ok(), number.to_string()),
            Self::Text(text) => (text.parse().ok(), format!("\"{text}\"")),
            other => (None, other.kind().to_owned()),
        };
        id.filter(|id| *id > 0).ok_or_else(|| {
            Unfit::Because(format!(
                "{given} is not an id: in Discord switch on Developer Mode, then right-click and Copy ID"
            ))
        })
    }
}

pub fn place(path: &Path, text: &str, start: usize) -> Origin {
    let before = &text[..text.floor_char_boundary(start)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Origin::File {
        path: path.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

fn join(above: &str, name: &str) -> String {
    if above.is_empty() {
        name.to_owned()
    } else {
        format!("{above}.{name}")
    }
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// The environment variable of a key.
fn variable(path: &str) -> String {
    format!("{PREFIX}{}", path.replace('.', "__").to_uppercase())
}

/// Whether a variable would set a list of tables, or something in one.
fn is_list_variable(key: &Key<super::keys::Draft>, name: &str) -> bool {
    matches!(key.kind, Kind::Tables)
        && name
            .strip_prefix(&variable(key.path))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}

fn unknown_key<D>(keys: &[Key<D>], above: &str, level: &str, name: &str) -> String {
    let mut known: Vec<&str> = keys
        .iter()
        .filter_map(|key| match above {
            "" => Some(key.path),
            _ => key.path.strip_prefix(above)?.strip_prefix('.'),
        })
        .filter_map(|path| path.split('.').next())
        .collect();
    known.dedup();
    let level = if level.is_empty() {
        String::new()
    } else {
        format!(" in {level}")
    };
    let advice = match nearest(name, known.iter().copied()) {
        Some(key) => format!("did you mean `{key}`?"),
        None => format!("known are {}", known.join(", ")),
    };
    format!("unknown key `{name}`{level}; {advice}")
}

fn unknown_variable(name: &str) -> String {
    let settable = KEYS.iter().filter(|key| !matches!(key.kind, Kind::Tables));
    let known: Vec<String> = settable.map(|key| variable(key.path)).collect();
    match nearest(name, known.iter().map(String::as_str)) {
        Some(variable) => format!("unknown variable; did you mean {variable}?"),
        None => format!("unknown variable; known are {}", known.join(", ")),
    }
}

pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.6;
    known
        .map(|key| {
            let likeness =
                rapidfuzz::distance::osa::normalized_similarity(name.chars(), key.chars());
            (key, likeness)
        })
        .filter(|(_, likeness)| *likeness >= ALIKE)
        .max_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(key, _)| key)
}
