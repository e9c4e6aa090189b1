//! The one list of settings: the path of each, what it takes, and where it goes.

use std::net::SocketAddr;
use std::time::Duration;

use hyper::Uri;

use crate::knowledge::watch::Watching;
use crate::reply::text::is_web;

use super::given::{Assignment, Assignments, ConfigError, GivenTable, Origin, Value};
use super::mode::LISTEN;
use super::{
    Config, DISCORD, Endpoint, LogFormat, Mode, PublicKey, Secret, ShardRange, Shards, TokenSource,
    feed,
};

/// A setting of a `D`: its path, and what it takes.
pub struct Key<D: 'static> {
    pub path: &'static str,
    pub kind: Kind,
    pub set: fn(&mut D, Value, &Origin) -> Result<(), Unfit>,
}

#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Texts,
    Flag,
    Whole,
    Ids,
    /// Tables with keys of their own, any number.
    Tables,
}

/// Why a value cannot be taken.
pub enum Unfit {
    /// It is of another kind than the key takes.
    Kind(&'static str),
    /// Something else, told in full.
    Because(String),
}

pub const KEYS: &[Key<Draft>] = &[
    Key {
        path: "knowledge",
        kind: Kind::Text,
        set: |draft, value, origin| {
            draft.config.knowledge = Some(value.path("a folder in quotes", origin)?);
            Ok(())
        },
    },
    Key {
        path: "watch",
        kind: Kind::Text,
        set: |draft, value, _| {
            draft.config.watch = watching(value)?;
            Ok(())
        },
    },
    Key {
        path: "log",
        kind: Kind::Text,
        set: |draft, value, _| {
            let text = value.text("a level in quotes, such as \"info\"")?;
            draft.config.log = text.parse().map_err(Unfit::Because)?;
            Ok(())
        },
    },
    Key {
        path: "log_format",
        kind: Kind::Text,
        set: |draft, value, _| {
            draft.config.log_format = match value {
                Value::Text(text) if text == "text" => LogFormat::Text,
                Value::Text(text) if text == "json" => LogFormat::Json,
                _ => return Err(Unfit::Kind("\"text\" or \"json\"")),
            };
            Ok(())
        },
    },
    Key {
        path: "request_url",
        kind: Kind::Text,
        set: |draft, value, _| {
            let url = value.text("an address in quotes")?;
            if !is_web(&url) {
                return Err(Unfit::Because(
                    "this is not an address that starts with https:// or http://".to_owned(),
                ));
            }
            draft.config.request_url = Some(url);
            Ok(())
        },
    },
    Key {
        path: "discord.mode",
        kind: Kind::Text,
        set: |draft, value, origin| {
            let text = value.text("\"gateway\" or \"endpoint\"")?;
            draft.endpoint.wanted_at = match text.as_str() {
                "gateway" => None,
                "endpoint" => Some(origin.clone()),
                _ => {
                    let reason = format!("\"{text}\" is neither \"gateway\" nor \"endpoint\"");
                    return Err(Unfit::Because(reason));
                }
            };
            Ok(())
        },
    },
    Key {
        path: "discord.listen",
        kind: Kind::Text,
        set: |draft, value, _| {
            let address = value.text("an address in quotes, such as \"127.0.0.1:8080\"")?;
            draft.endpoint.listen = Some(socket(&address)?);
            Ok(())
        },
    },
    Key {
        path: "discord.public_key",
        kind: Kind::Text,
        set: |draft, value, _| {
            let text = value.text("64 hexadecimal digits in quotes")?;
            draft.endpoint.public_key = Some(text.parse().map_err(Unfit::Because)?);
            Ok(())
        },
    },
    Key {
        path: "discord.api_url",
        kind: Kind::Text,
        set: |draft, value, _| {
            draft.config.discord.api_url = base_url(&value.text("an address in quotes")?)?;
            Ok(())
        },
    },
    Key {
        path: "discord.token_file",
        kind: Kind::Text,
        set: |draft, value, origin| {
            draft.config.discord.token = TokenSource::File(value.path("a file in quotes", origin)?);
            Ok(())
        },
    },
    Key {
        path: "discord.home_servers",
        kind: Kind::Ids,
        set: |draft, value, _| {
            draft.config.discord.moderators.home_servers = value.ids()?;
            Ok(())
        },
    },
    Key {
        path: "discord.moderator_roles",
        kind: Kind::Ids,
        set: |draft, value, _| {
            draft.config.discord.moderators.roles = value.ids()?;
            Ok(())
        },
    },
    Key {
        path: "discord.moderator_users",
        kind: Kind::Ids,
        set: |draft, value, _| {
            draft.config.discord.moderators.users = value.ids()?;
            Ok(())
        },
    },
    Key {
        path: "discord.shards",
        kind: Kind::Text,
        set: |_, value, _| match value {
            Value::Text(text) if text == "auto" => Ok(()),
            _ => Err(Unfit::Kind(
                "\"auto\", { first = 0, last = 3, total = 8 } or { ordinal = 0, each = 4, total = 8 }",
            )),
        },
    },
    Key {
        path: "discord.shards.first",
        kind: Kind::Whole,
        set: |draft, value, origin| draft.shards.set(0, value, origin),
    },
    Key {
        path: "discord.shards.last",
        kind: Kind::Whole,
        set: |draft, value, origin| draft.shards.set(1, value, origin),
    },
    Key {
        path: "discord.shards.total",
        kind: Kind::Whole,
        set: |draft, value, origin| draft.shards.set(2, value, origin),
    },
    Key {
        path: "discord.shards.ordinal",
        kind: Kind::Whole,
        set: |draft, value, origin| draft.shards.set(3, value, origin),
    },
    Key {
        path: "discord.shards.each",
        kind: Kind::Whole,
        set: |draft, value, origin| draft.shards.set(4, value, origin),
    },
    Key {
        path: "discord.register",
        kind: Kind::Flag,
        set: |draft, value, _| {
            draft.config.discord.register = value.flag()?;
            Ok(())
        },
    },
    Key {
        path: "operations.listen",
        kind: Kind::Text,
        set: |draft, value, _| {
            let address = value.text("an address in quotes, such as \"127.0.0.1:9464\"")?;
            draft.config.operations.listen = Some(socket(&address)?);
            Ok(())
        },
    },
    Key {
        path: "operations.drain_delay",
        kind: Kind::Whole,
        set: |draft, value, _| {
            draft.config.operations.drain_delay = seconds(value)?;
            Ok(())
        },
    },
    Key {
        path: "operations.stop_limit",
        kind: Kind::Whole,
        set: |draft, value, _| {
            draft.config.operations.stop_limit = seconds(value)?;
            Ok(())
        },
    },
    Key {
        path: "feeds",
        kind: Kind::Tables,
        set: |draft, value, _| {
            draft.feeds = value.tables("[[feeds]] tables")?;
            Ok(())
        },
    },
];

/// Settings on their way to a [`Config`].
#[derive(Default)]
pub struct Draft {
    config: Config,
    endpoint: EndpointParts,
    shards: ShardParts,
    feeds: Vec<GivenTable>,
}

/// What was given of the endpoint, and where it was asked for.
#[derive(Default)]
pub struct EndpointParts {
    wanted_at: Option<Origin>,
    listen: Option<SocketAddr>,
    public_key: Option<PublicKey>,
}

impl EndpointParts {
    fn finish(self, errors: &mut Vec<ConfigError>) -> Mode {
        let Some(origin) = self.wanted_at else {
            return Mode::Gateway;
        };
        if let Some(public_key) = self.public_key {
            return Mode::Endpoint(Endpoint {
                listen: self.listen.unwrap_or(LISTEN),
                public_key,
            });
        }
        errors.push(ConfigError {
            origin,
            message: "an endpoint needs `discord.public_key`: copy it from the developer portal (General \
                Information, Public Key)"
                .to_owned(),
        });
        Mode::Gateway
    }
}

/// First, last, total, ordinal and each, and where the first of them was given.
#[derive(Default)]
pub struct ShardParts {
    parts: [Option<u32>; 5],
    origin: Option<Origin>,
}

impl ShardParts {
    fn set(&mut self, part: usize, value: Value, origin: &Origin) -> Result<(), Unfit> {
        self.parts[part] = Some(value.whole()?);
        self.origin.get_or_insert_with(|| origin.clone());
        Ok(())
    }

    fn finish(self, errors: &mut Vec<ConfigError>) -> Shards {
        let Some(origin) = self.origin else {
            return Shards::Auto;
        };
        let range = match self.parts {
            [Some(first), Some(last), Some(total), None, None] => range(first, last, total),
            [None, None, Some(total), Some(ordinal), Some(each)] => share(ordinal, each, total),
            _ => Err(
                "a range of shards needs `first`, `last` and `total`, or `ordinal`, `each` and `total`"
                    .to_owned(),
            ),
        };
        range.map_or_else(
            |message| {
                errors.push(ConfigError { origin, message });
                Shards::Auto
            },
            Shards::Range,
        )
    }
}

fn range(first: u32, last: u32, total: u32) -> Result<ShardRange, String> {
    if first <= last && last < total {
        return Ok(ShardRange { first, last, total });
    }
    Err(format!(
        "shards {first} to {last} of {total} is no range: shards are counted from 0, so it takes \
         first <= last < total"
    ))
}

/// The shards of one of several processes, each of which has as many; the last may have fewer.
fn share(ordinal: u32, each: u32, total: u32) -> Result<ShardRange, String> {
    if each == 0 {
        return Err("`each` is the number of shards of a process: at least 1".to_owned());
    }
    let first = ordinal.saturating_mul(each);
    if first >= total {
        let processes = total.div_ceil(each);
        return Err(format!(
            "process {ordinal} has no shard: {total} shards, {each} for each, are for {processes} processes, counted \
             from 0"
        ));
    }
    let last = first.saturating_add(each).min(total) - 1;
    Ok(ShardRange { first, last, total })
}

/// Gives each value to its key.
pub fn set_all<D>(draft: &mut D, assignments: Assignments<D>, errors: &mut Vec<ConfigError>) {
    for Assignment { key, value, origin } in assignments.given {
        let got = value.kind();
        let message = match (key.set)(draft, value, &origin) {
            Ok(()) => continue,
            Err(Unfit::Kind(expected)) => format!("`{}` takes {expected}, and got {got}", key.path),
            Err(Unfit::Because(reason)) => format!("`{}`: {reason}", key.path),
        };
        errors.push(ConfigError { origin, message });
    }
}

impl Draft {
    pub fn finish(mut self, token: Option<Secret>, errors: &mut Vec<ConfigError>) -> Config {
        self.config.discord.mode = self.endpoint.finish(errors);
        self.config.discord.shards = self.shards.finish(errors);
        self.config.feeds = feed::read(self.feeds, errors);
        if let (TokenSource::Missing, Some(token)) = (&self.config.discord.token, token) {
            self.config.discord.token = TokenSource::Variable(token);
        }
        self.config
    }
}

/// How the knowledge folder is watched; the environment gives numbers as text.
fn watching(value: Value) -> Result<Watching, Unfit> {
    const EXPECTED: &str = "\"auto\", \"off\" or the seconds between two looks, at least 1";
    let value = match value {
        Value::Text(text) if text == "auto" => return Ok(Watching::Auto),
        Value::Text(text) if text == "off" => return Ok(Watching::Off),
        Value::Text(text) => text.trim().parse().map_or(Value::Text(text), Value::Whole),
        other => other,
    };
    match value {
        Value::Whole(1..) => Ok(Watching::Every(seconds(value)?)),
        Value::Whole(number) => Err(Unfit::Because(format!(
            "{number} is too small: it takes {EXPECTED}"
        ))),
        _ => Err(Unfit::Kind(EXPECTED)),
    }
}

/// An address to listen on.
fn socket(text: &str) -> Result<SocketAddr, Unfit> {
    text.trim().parse().map_err(|_| {
        Unfit::Because(format!(
            "\"{text}\" is not an address to listen on, such as 127.0.0.1:9464: an IP address and a port"
        ))
    })
}

/// A number of seconds, an hour at most.
fn seconds(value: Value) -> Result<Duration, Unfit> {
    const MOST: u32 = 3600;
    match value.whole()? {
        seconds if seconds > MOST => {
            Err(Unfit::Because(format!("{seconds} s is more than an hour")))
        }
        seconds => Ok(Duration::from_secs(seconds.into())),
    }
}

/// An address of a host: no path, no query, no slash at the end.
fn base_url(text: &str) -> Result<String, Unfit> {
    let address = text.trim().trim_end_matches('/');
    let uri = address.parse::<Uri>().ok().filter(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.path() == "/"
            && uri.query().is_none()
            && uri
                .authority()
                .is_some_and(|authority| !authority.as_str().contains('@'))
    });
    match uri {
        Some(_) => Ok(address.to_owned()),
        None => Err(Unfit::Because(format!(
            "\"{text}\" is not an address such as {DISCORD}: http or https, a host, maybe a port, and no path"
        ))),
    }
}
