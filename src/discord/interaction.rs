//! What of an interaction counts, as its JSON gives it
//! ([Interaction](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object)).
//!
//! Only the fields that are needed are read, and texts are borrowed where JSON allows it: that costs a fraction of the
//! whole model, and nothing that Discord adds breaks it. The gateway's library reads interactions on its own and fills
//! the same type (`convert`).

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

/// [Interaction types](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type).
pub const PING: u8 = 1;
pub const COMMAND: u8 = 2;
pub const COMPONENT: u8 = 3;
pub const AUTOCOMPLETE: u8 = 4;
pub const MODAL: u8 = 5;

/// [Command types](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types).
pub const CHAT_INPUT: u8 = 1;
pub const MESSAGE_MENU: u8 = 3;

/// [Option types](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type)
/// without a value: what is below is.
pub const SUBCOMMANDS: std::ops::RangeInclusive<u8> = 1..=2;
/// Option types with a value: texts, numbers, flags, and ids of users, channels, roles and files.
pub const VALUES: std::ops::RangeInclusive<u8> = 3..=11;

/// [Component types](https://docs.discord.com/developers/components/reference#component-object-component-types).
pub const BUTTON: u8 = 2;
pub const STRING_SELECT: u8 = 3;

/// What every interaction has, and what it takes to answer it.
#[derive(Deserialize)]
pub struct Envelope<'a> {
    pub id: Id,
    #[serde(default)]
    pub application_id: Id,
    #[serde(rename = "type")]
    pub kind: u8,
    #[serde(borrow)]
    pub token: Text<'a>,
}

/// An interaction.
#[derive(Deserialize)]
pub struct Interaction<'a> {
    pub id: Id,
    #[serde(default)]
    pub application_id: Id,
    #[serde(rename = "type")]
    pub kind: u8,
    #[serde(borrow)]
    pub token: Text<'a>,
    #[serde(borrow)]
    pub data: Option<Data<'a>>,
    pub guild_id: Option<Id>,
    pub member: Option<Member>,
    /// Who asks, outside a server.
    pub user: Option<User>,
    /// Where a control was pressed.
    pub message: Option<Pressed>,
}

/// Not an interaction: no JSON, or without an id, a type and a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an interaction")]
pub struct Unreadable;

impl<'a> Interaction<'a> {
    /// Reads an interaction; of one that cannot be read, what every interaction has.
    ///
    /// # Errors
    /// It has not even that.
    pub fn from_json(json: &'a [u8]) -> Result<Self, Unreadable> {
        serde_json::from_slice(json)
            .or_else(|_| serde_json::from_slice(json).map(Envelope::open))
            .map_err(|_| Unreadable)
    }

    /// Reads an interaction whose JSON is parsed already, in the same way.
    ///
    /// # Errors
    /// As with [`Interaction::from_json`].
    pub fn from_value(json: &'a Json) -> Result<Self, Unreadable> {
        Self::deserialize(json)
            .or_else(|_| Envelope::deserialize(json).map(Envelope::open))
            .map_err(|_| Unreadable)
    }
}

impl<'a> Envelope<'a> {
    /// An interaction of which nothing else is known.
    pub fn open(self) -> Interaction<'a> {
        Interaction {
            id: self.id,
            application_id: self.application_id,
            kind: self.kind,
            token: self.token,
            data: None,
            guild_id: None,
            member: None,
            user: None,
            message: None,
        }
    }
}

/// What a command or a control carries.
#[derive(Default, Deserialize)]
pub struct Data<'a> {
    #[serde(borrow)]
    pub name: Option<Text<'a>>,
    #[serde(rename = "type")]
    pub kind: Option<u8>,
    #[serde(borrow)]
    pub options: Option<Vec<Given<'a>>>,
    #[serde(borrow)]
    pub resolved: Option<Resolved<'a>>,
    #[serde(borrow)]
    pub custom_id: Option<Text<'a>>,
    pub component_type: Option<u8>,
    #[serde(borrow)]
    pub values: Option<Vec<Text<'a>>>,
}

/// An option that was given, or a subcommand with those below it.
#[derive(Deserialize)]
pub struct Given<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(rename = "type")]
    pub kind: u8,
    #[serde(borrow)]
    pub value: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub options: Option<Vec<Given<'a>>>,
    /// Whether it is being typed.
    pub focused: Option<bool>,
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar<'a> {
    Text(Text<'a>),
    Whole(i64),
    Number(f64),
    Flag(bool),
    /// Of a kind that no option has.
    Other,
}

/// What a menu command was run on.
#[derive(Deserialize)]
pub struct Resolved<'a> {
    #[serde(borrow)]
    pub messages: Option<FirstValue<Message<'a>>>,
}

/// Of an object whose keys do not matter, the first value.
pub struct FirstValue<T>(pub Option<T>);

/// Somebody's message.
#[derive(Deserialize)]
pub struct Message<'a> {
    #[serde(borrow)]
    pub content: Text<'a>,
    #[serde(borrow)]
    pub author: Author<'a>,
}

/// Who wrote a message.
#[derive(Deserialize)]
pub struct Author<'a> {
    #[serde(borrow)]
    pub username: Text<'a>,
    #[serde(borrow)]
    pub global_name: Option<Text<'a>>,
}

/// Who asks, in a server.
#[derive(Deserialize)]
pub struct Member {
    pub user: User,
    /// Permission bits in this channel.
    pub permissions: Option<Id>,
    pub roles: Option<Vec<Id>>,
}

/// A user.
#[derive(Deserialize)]
pub struct User {
    pub id: Id,
}

/// The message under which a control was pressed.
#[derive(Deserialize)]
pub struct Pressed {
    pub flags: Option<u64>,
    /// What the message answers.
    pub interaction_metadata: Option<Origin>,
    /// The same, in messages from before the metadata.
    pub interaction: Option<Origin>,
}

/// What made the bot send a message.
#[derive(Deserialize)]
pub struct Origin {
    pub user: Option<User>,
}

/// A number that Discord writes as text: an id, or a set of bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Id(pub u64);

/// A text, borrowed where it holds no escapes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl Text<'_> {
    /// The text on its own.
    pub fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

impl std::ops::Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("digits in quotes")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Id, E> {
                text.parse().map(Id).map_err(E::custom)
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Id, E> {
                Ok(Id(number))
            }
        }
        deserializer.deserialize_any(Digits)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Scalar<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Scalar::Text(Text(Cow::Borrowed(text))))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Scalar::Text(Text(Cow::Owned(text.to_owned()))))
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(Scalar::Flag(flag))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Scalar::Whole(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(i64::try_from(number).map_or(Scalar::Number(number as f64), Scalar::Whole))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Scalar::Number(number))
            }

            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Scalar::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar::Other)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for FirstValue<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct First<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for First<T> {
            type Value = FirstValue<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let first = map.next_entry::<IgnoredAny, T>()?.map(|(_, value)| value);
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(FirstValue(first))
            }
        }
        deserializer.deserialize_map(First(std::marker::PhantomData))
    }
}
