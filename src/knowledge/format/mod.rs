//! The files as people write them: one serde type for each kind of file.
//!
//! The doc comments of the fields become the descriptions in the JSON Schemas. Values that later checks may have to point at
//! are wrapped in [`At`].

mod career;
mod examples;
mod job;
mod questions;
mod settings;
mod skill;

pub mod limits;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Range};

use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

pub use career::{
    CareerFile, EmploymentEntry, EntryEducationEntry, GrowthEntry, LevelPayEntry, MedianEntry,
    OpeningsEntry, OutlookEntry, RelatedEntry, SalaryEntry, SkillUse, TipEntry,
};
pub use examples::{ExamplesEntry, ExamplesFile};
pub use job::{JobEntry, JobsFile, PayEntry};
pub use questions::{PhrasesEntry, QuestionsFile};
pub use settings::{CategoryEntry, SettingsFile, SourceEntry};
pub use skill::{SkillEntry, SkillsFile};

/// A value with its place in the file.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(transparent, bound(deserialize = "T: Deserialize<'de>"))]
pub struct At<T>(toml::Spanned<T>);

/// Text with its place.
pub type Text = At<String>;

/// A list of texts with its own place and theirs.
pub type Texts = At<Vec<Text>>;

impl<T> At<T> {
    /// The bytes of the file that the value was read from.
    pub fn span(&self) -> Range<usize> {
        self.0.span()
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.get_ref()
    }
}

/// A table of fixed keys with its place. (A derived `Deserialize` would take a list of the values too.)
#[derive(Debug, Clone)]
pub struct Table<T>(At<T>);

impl<T> Table<T> {
    /// The bytes of the table, or of the line `[…]` above it.
    pub fn span(&self) -> Range<usize> {
        self.0.span()
    }
}

impl<T> Deref for Table<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Keys<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map))
            }
        }

        struct Only<T>(T);

        impl<'de, T: Deserialize<'de>> Deserialize<'de> for Only<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let keys = Keys(PhantomData);
                deserializer.deserialize_map(keys).map(Self)
            }
        }

        let table = toml::Spanned::<Only<T>>::deserialize(deserializer)?;
        let span = table.span();
        Ok(Self(At(toml::Spanned::new(span, table.into_inner().0))))
    }
}

/// A wrapper whose schema is that of what it wraps.
macro_rules! transparent {
    ($($wrapper:ident),+) => {$(
        impl<T: JsonSchema> JsonSchema for $wrapper<T> {
            fn inline_schema() -> bool {
                T::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                T::schema_name()
            }

            fn schema_id() -> Cow<'static, str> {
                T::schema_id()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                T::json_schema(generator)
            }
        }
    )+};
}

transparent!(At, Table);

/// A TOML date without a time, such as 2026-11-23.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub civil::Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = toml::value::Datetime::deserialize(deserializer)?;
        let refused = |what: &str| {
            let given = de::Unexpected::Other(what);
            Err(de::Error::invalid_value(given, &"a date"))
        };
        let toml::value::Datetime {
            date: Some(date),
            time: None,
            offset: None,
        } = given
        else {
            return refused("a date with a time");
        };
        let part = |number: u8| i8::try_from(number).unwrap_or(i8::MAX);
        match i16::try_from(date.year)
            .map(|year| civil::Date::new(year, part(date.month), part(date.day)))
        {
            Ok(Ok(day)) => Ok(Self(day)),
            _ => refused("an impossible date"),
        }
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

/// A table with free keys, in the order of the file.
#[derive(Debug, Clone)]
pub struct Ordered<T>(pub Vec<(Text, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Vec<(Text, T)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }

        let mut entries = deserializer.deserialize_map(Entries(PhantomData))?;
        entries.sort_by_key(|(key, _): &(Text, T)| key.span().start);
        Ok(Self(entries))
    }
}

impl<T: JsonSchema> JsonSchema for Ordered<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Table_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        std::collections::BTreeMap::<String, T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use schemars::schema_for;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_schema_of_a_career_asks_for_what_the_loader_asks_for() {
        let schema = schema_for!(CareerFile).to_value();
        assert_eq!(
            schema["required"],
            json!(["name", "category", "definition"])
        );
        assert_eq!(schema["additionalProperties"], json!(false));
        assert_eq!(
            schema["properties"]["name"],
            json!({
                "description": "The name that is shown.",
                "type": "string",
                "minLength": 1,
                "maxLength": 80,
            })
        );
        assert_eq!(
            schema["properties"]["skills"]["items"],
            json!({ "$ref": "#/$defs/SkillUse" })
        );
        assert_eq!(
            schema["$defs"]["LevelPayEntry"]["required"],
            json!(["p25", "median", "p75", "sample", "year", "source"])
        );
    }

    #[test]
    fn every_kind_of_file_has_a_schema_that_knows_no_other_key() {
        for schema in [
            schema_for!(CareerFile),
            schema_for!(JobsFile),
            schema_for!(SkillsFile),
            schema_for!(SettingsFile),
        ] {
            assert_eq!(schema.get("additionalProperties"), Some(&json!(false)));
            assert!(schema.get("title").is_some());
        }
    }
}
