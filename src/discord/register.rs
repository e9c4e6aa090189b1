//! The command table as Discord registers it, and registering it where it differs
//! ([Application Commands](https://docs.discord.com/developers/interactions/application-commands)).

use std::fmt;

use hyper::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};

use super::error::ServeError;
use super::rest::{Rest, Scope};
use crate::commands::{Audience, COMMANDS, Command, CommandOption, OptionKind, ServerMember};
use crate::reply::limits;
use crate::reply::text::shorten;

const CHAT_INPUT: u8 = 1;
const MESSAGE_MENU: u8 = 3;
const SUBCOMMAND: u8 = 1;
const STRING: u8 = 3;
const INTEGER: u8 = 4;
const BOOLEAN: u8 = 5;
/// Servers, the bot's direct messages, all other private channels.
const EVERYWHERE: [u8; 3] = [0, 1, 2];
/// Installed in a server, or by a user for themselves.
const EVERY_INSTALLATION: [u8; 2] = [0, 1];

/// A command as Discord keeps it. Fields that Discord adds are not read, so two definitions are equal where Discord
/// shows the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    name: String,
    #[serde(rename = "type", default = "chat_input")]
    kind: u8,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(default, deserialize_with = "null_is_default")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionDefinition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_member_permissions: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contexts: Option<Vec<u8>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    integration_types: Option<Vec<u8>>,
    #[serde(default, deserialize_with = "null_is_default")]
    #[serde(skip_serializing_if = "is_false")]
    nsfw: bool,
}

/// An option, or a subcommand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OptionDefinition {
    #[serde(rename = "type")]
    kind: u8,
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default, deserialize_with = "null_is_default")]
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(default, deserialize_with = "null_is_default")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<Choice>,
    #[serde(default, deserialize_with = "null_is_default")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionDefinition>,
    #[serde(default, deserialize_with = "whole_number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<i64>,
    #[serde(default, deserialize_with = "whole_number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_length: Option<usize>,
    #[serde(default, deserialize_with = "null_is_default")]
    #[serde(skip_serializing_if = "is_false")]
    autocomplete: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Choice {
    name: String,
    value: serde_json::Value,
}

impl Definition {
    /// The same definition as it is compared: Discord may list contexts in another order, and says of a server's own
    /// command where it works although nobody asked.
    fn comparable(&self, scope: Scope) -> Self {
        let mut definition = self.clone();
        let places = [&mut definition.contexts, &mut definition.integration_types];
        for place in places {
            match scope {
                Scope::Global => place.iter_mut().for_each(|place| place.sort_unstable()),
                Scope::Server(_) => *place = None,
            }
        }
        definition
    }
}

/// The definitions of all commands for this audience.
pub fn definitions(commands: &'static [Command], audience: Audience) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = Vec::new();
    for command in commands
        .iter()
        .filter(|command| command.audience == audience)
    {
        match command.path.split_once(' ') {
            None => definitions.push(Definition {
                description: command.summary.to_owned(),
                options: options(commands, command),
                ..empty(command.path, audience)
            }),
            Some((group, name)) => {
                let subcommand = OptionDefinition {
                    options: options(commands, command),
                    ..plain(SUBCOMMAND, name, command.summary)
                };
                match definitions.iter_mut().find(|one| one.name == group) {
                    Some(definition) => definition.options.push(subcommand),
                    None => definitions.push(Definition {
                        options: vec![subcommand],
                        ..empty(group, audience)
                    }),
                }
            }
        }
    }
    for group in definitions
        .iter_mut()
        .filter(|one| one.description.is_empty())
    {
        let names: Vec<&str> = group
            .options
            .iter()
            .map(|option| option.name.as_str())
            .collect();
        // Discord wants one, and shows only those of the subcommands.
        let description = format!("{}: {}", group.name, names.join(", "));
        group.description = shorten(&description, limits::COMMAND_DESCRIPTION);
    }
    definitions.extend(message_menus(commands, audience));
    definitions
}

/// The entries in the menus of messages; Discord wants no description of them.
fn message_menus(
    commands: &'static [Command],
    audience: Audience,
) -> impl Iterator<Item = Definition> {
    let menus = commands
        .iter()
        .filter(move |command| command.audience == audience)
        .filter_map(|command| command.message_menu);
    menus.map(move |menu| Definition {
        kind: MESSAGE_MENU,
        ..empty(menu.name, audience)
    })
}

fn empty(name: &str, audience: Audience) -> Definition {
    let definition = Definition {
        name: name.to_owned(),
        kind: CHAT_INPUT,
        description: String::new(),
        options: Vec::new(),
        default_member_permissions: None,
        contexts: None,
        integration_types: None,
        nsfw: false,
    };
    match audience {
        Audience::Everyone => Definition {
            contexts: Some(EVERYWHERE.to_vec()),
            integration_types: Some(EVERY_INSTALLATION.to_vec()),
            ..definition
        },
        Audience::Moderators => Definition {
            default_member_permissions: Some(ServerMember::MANAGE_SERVER.to_string()),
            ..definition
        },
    }
}

fn options(commands: &'static [Command], command: &Command) -> Vec<OptionDefinition> {
    command
        .options
        .iter()
        .filter(|option| !option.hidden)
        .map(|option| option_definition(commands, option))
        .collect()
}

fn option_definition(commands: &'static [Command], option: &CommandOption) -> OptionDefinition {
    let of_kind = |kind| OptionDefinition {
        required: option.required,
        ..plain(kind, option.name, option.summary)
    };
    match option.kind {
        OptionKind::Career
        | OptionKind::Company(_)
        | OptionKind::Location(_)
        | OptionKind::Skills(_)
        | OptionKind::Text(_) => OptionDefinition {
            max_length: Some(option.kind.max_length()),
            autocomplete: option.kind.autocompletes(),
            ..of_kind(STRING)
        },
        OptionKind::Choice(choices) => OptionDefinition {
            choices: choices
                .iter()
                .map(|(title, id)| choice(title, id))
                .collect(),
            ..of_kind(STRING)
        },
        OptionKind::Command => OptionDefinition {
            choices: commands
                .iter()
                .filter(|command| command.audience == Audience::Everyone)
                .take(limits::COMMAND_OPTIONS)
                .map(|command| choice(&format!("/{}", command.path), command.path))
                .collect(),
            ..of_kind(STRING)
        },
        OptionKind::Flag => of_kind(BOOLEAN),
        OptionKind::Whole(min, max) => OptionDefinition {
            min_value: Some(min),
            max_value: Some(max),
            ..of_kind(INTEGER)
        },
    }
}

fn plain(kind: u8, name: &str, description: &str) -> OptionDefinition {
    OptionDefinition {
        kind,
        name: name.to_owned(),
        description: description.to_owned(),
        required: false,
        choices: Vec::new(),
        options: Vec::new(),
        min_value: None,
        max_value: None,
        max_length: None,
        autocomplete: false,
    }
}

fn choice(name: &str, value: &str) -> Choice {
    Choice {
        name: name.to_owned(),
        value: value.into(),
    }
}

/// What registering did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// To everyone's commands.
    pub global: Change,
    /// To the moderators' commands in each home server.
    pub servers: Vec<(u64, Outcome)>,
}

/// What happened in a home server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The commands are there.
    Registered(Change),
    /// Discord does not let the bot register commands there.
    NotInServer,
}

/// What a scope's commands needed, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Were not there.
    pub added: Vec<String>,
    /// Were different.
    pub changed: Vec<String>,
    /// Are no more.
    pub removed: Vec<String>,
    /// Were there already.
    pub kept: Vec<String>,
}

impl Change {
    fn between(current: &[Definition], wanted: &[Definition], scope: Scope) -> Self {
        let mut change = Self::default();
        let is_same = |one: &Definition, other: &Definition| {
            (&one.name, one.kind) == (&other.name, other.kind)
        };
        for definition in wanted {
            let names = match current.iter().find(|one| is_same(one, definition)) {
                None => &mut change.added,
                Some(one) if one.comparable(scope) == definition.comparable(scope) => {
                    &mut change.kept
                }
                Some(_) => &mut change.changed,
            };
            names.push(definition.name.clone());
        }
        change.removed = current
            .iter()
            .filter(|one| !wanted.iter().any(|definition| is_same(one, definition)))
            .map(|one| one.name.clone())
            .collect();
        change
    }

    fn is_none(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("added", &self.added),
            ("changed", &self.changed),
            ("removed", &self.removed),
            ("unchanged", &self.kept),
        ];
        let told: Vec<String> = parts
            .iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(what, names)| format!("{what} {}", names.join(", ")))
            .collect();
        if told.is_empty() {
            f.write_str("none")
        } else {
            f.write_str(&told.join("; "))
        }
    }
}

impl fmt::Display for Registered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "commands for everyone: {}", self.global)?;
        for (server, outcome) in &self.servers {
            write!(f, "\nmoderators' commands in server {server}: ")?;
            match outcome {
                Outcome::Registered(change) => change.fmt(f)?,
                Outcome::NotInServer => f.write_str(
                    "not registered, since the bot is not there: check `discord.home_servers`, or invite it with the \
                     scope applications.commands",
                )?,
            }
        }
        if self.servers.is_empty() {
            f.write_str("\nmoderators' commands: nowhere, since `discord.home_servers` is empty")?;
        }
        Ok(())
    }
}

/// Registers all commands, but writes only where Discord has others.
///
/// # Errors
/// Discord cannot be reached or refuses; a home server without the bot is no error.
pub async fn apply(
    rest: &Rest,
    application: u64,
    home_servers: &[u64],
) -> Result<Registered, ServeError> {
    let wanted = definitions(COMMANDS, Audience::Everyone);
    let global = apply_in(rest, application, Scope::Global, &wanted).await?;
    let wanted = definitions(COMMANDS, Audience::Moderators);
    let mut servers = Vec::with_capacity(home_servers.len());
    for server in home_servers {
        let scope = Scope::Server(*server);
        let outcome = match apply_in(rest, application, scope, &wanted).await {
            Ok(change) => Outcome::Registered(change),
            Err(ServeError::Refused {
                status: StatusCode::FORBIDDEN | StatusCode::NOT_FOUND,
                ..
            }) => Outcome::NotInServer,
            Err(error) => return Err(error),
        };
        servers.push((*server, outcome));
    }
    Ok(Registered { global, servers })
}

async fn apply_in(
    rest: &Rest,
    application: u64,
    scope: Scope,
    wanted: &[Definition],
) -> Result<Change, ServeError> {
    let current = rest.commands(application, scope).await?;
    let change = Change::between(&current, wanted, scope);
    if !change.is_none() {
        rest.set_commands(application, scope, wanted).await?;
    }
    Ok(change)
}

fn chat_input() -> u8 {
    CHAT_INPUT
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Discord's numbers may come back as `1` or as `1.0`.
fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let number: Option<serde_json::Number> = Option::deserialize(deserializer)?;
    Ok(number.and_then(|number| {
        number
            .as_i64()
            .or_else(|| number.as_f64().map(|fraction| fraction as i64))
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::commands::{Answer, Arguments, Context, Handler, UserError};
    use crate::reply::Visibility;

    fn look(_: &Context<'_>, _: &Arguments) -> Result<Answer, UserError> {
        Err(UserError::mistake("not called"))
    }

    const fn option(name: &'static str, kind: OptionKind) -> CommandOption {
        CommandOption {
            name,
            key: 'a',
            summary: "An option",
            kind,
            required: false,
            hidden: false,
        }
    }

    const fn entry(
        path: &'static str,
        audience: Audience,
        options: &'static [CommandOption],
    ) -> Command {
        Command {
            path,
            code: "a",
            summary: "A command",
            options,
            audience,
            visibility: Visibility::Public,
            examples: &[],
            message_menu: None,
            handler: Handler::Look(look),
        }
    }

    static TABLE: [Command; 4] = [
        entry(
            "find",
            Audience::Everyone,
            &[
                CommandOption {
                    required: true,
                    ..option("career", OptionKind::Career)
                },
                option("company", OptionKind::Company(80)),
                option("words", OptionKind::Text(200)),
                option(
                    "level",
                    OptionKind::Choice(&[("Entry level", "entry"), ("Senior", "senior")]),
                ),
                option("private", OptionKind::Flag),
                option("pay", OptionKind::Whole(0, 1_000_000)),
                CommandOption {
                    hidden: true,
                    ..option("page", OptionKind::Whole(1, 99))
                },
            ],
        ),
        entry("knowledge status", Audience::Moderators, &[]),
        entry(
            "knowledge reload",
            Audience::Moderators,
            &[option("why", OptionKind::Text(50))],
        ),
        entry(
            "help",
            Audience::Everyone,
            &[option("command", OptionKind::Command)],
        ),
    ];

    fn everyone() -> Value {
        json!([
            {
                "name": "find", "type": 1, "description": "A command",
                "contexts": [0, 1, 2], "integration_types": [0, 1],
                "options": [
                    { "type": 3, "name": "career", "description": "An option", "required": true, "max_length": 100,
                      "autocomplete": true },
                    { "type": 3, "name": "company", "description": "An option", "max_length": 80, "autocomplete": true },
                    { "type": 3, "name": "words", "description": "An option", "max_length": 200 },
                    { "type": 3, "name": "level", "description": "An option", "choices": [
                        { "name": "Entry level", "value": "entry" }, { "name": "Senior", "value": "senior" }
                    ] },
                    { "type": 5, "name": "private", "description": "An option" },
                    { "type": 4, "name": "pay", "description": "An option", "min_value": 0, "max_value": 1_000_000 },
                ],
            },
            {
                "name": "help", "type": 1, "description": "A command",
                "contexts": [0, 1, 2], "integration_types": [0, 1],
                "options": [
                    { "type": 3, "name": "command", "description": "An option", "choices": [
                        { "name": "/find", "value": "find" }, { "name": "/help", "value": "help" }
                    ] },
                ],
            },
        ])
    }

    /// What Discord returns for a definition: the same with ids, nulls and defaults, and places in its own order.
    fn as_discord_returns(mut definitions: Value) -> Vec<Definition> {
        for definition in definitions.as_array_mut().unwrap() {
            let fields = definition.as_object_mut().unwrap();
            for (key, value) in [
                ("id", json!("1")),
                ("application_id", json!("2")),
                ("version", json!("3")),
                ("dm_permission", json!(true)),
                ("nsfw", json!(false)),
                ("name_localizations", json!(null)),
                ("description_localizations", json!(null)),
                ("handler", json!(null)),
            ] {
                fields.insert(key.to_owned(), value);
            }
            fields
                .entry("default_member_permissions")
                .or_insert(json!(null));
            fields.entry("options").or_insert(json!(null));
            fields.insert("integration_types".to_owned(), json!([1, 0]));
            fields.insert("contexts".to_owned(), json!([2, 0, 1]));
            for option in fields["options"].as_array_mut().into_iter().flatten() {
                let option = option.as_object_mut().unwrap();
                option.entry("required").or_insert(json!(false));
                if let Some(most) = option.get_mut("max_value") {
                    *most = json!(1_000_000.0);
                }
            }
        }
        serde_json::from_value(definitions).unwrap()
    }

    #[test]
    fn everyones_commands_work_everywhere_and_show_no_hidden_option() {
        let definitions = definitions(&TABLE, Audience::Everyone);
        assert_eq!(serde_json::to_value(definitions).unwrap(), everyone());
    }

    #[test]
    fn moderators_commands_are_grouped_and_ask_for_manage_server() {
        let definitions = definitions(&TABLE, Audience::Moderators);
        let expected = json!([{
            "name": "knowledge", "type": 1, "description": "knowledge: status, reload",
            "default_member_permissions": "32",
            "options": [
                { "type": 1, "name": "status", "description": "A command" },
                { "type": 1, "name": "reload", "description": "A command", "options": [
                    { "type": 3, "name": "why", "description": "An option", "max_length": 50 }
                ] },
            ],
        }]);
        assert_eq!(serde_json::to_value(definitions).unwrap(), expected);
    }

    #[test]
    fn what_discord_adds_is_no_difference() {
        let wanted = definitions(&TABLE, Audience::Everyone);
        let change = Change::between(&as_discord_returns(everyone()), &wanted, Scope::Global);
        let kept = Change {
            kept: vec!["find".to_owned(), "help".to_owned()],
            ..Change::default()
        };
        assert_eq!(change, kept);
        let wanted = definitions(&TABLE, Audience::Moderators);
        let current = as_discord_returns(serde_json::to_value(&wanted).unwrap());
        let change = Change::between(&current, &wanted, Scope::Server(1));
        let kept = Change {
            kept: vec!["knowledge".to_owned()],
            ..Change::default()
        };
        assert_eq!(change, kept);
    }

    #[test]
    fn every_difference_is_found_and_told_by_name() {
        let mut current = everyone();
        current[0]["options"][2]["max_length"] = json!(100);
        current[1]["name"] = json!("old");
        let wanted = definitions(&TABLE, Audience::Everyone);
        let global = Change::between(&as_discord_returns(current), &wanted, Scope::Global);
        let registered = Registered {
            global,
            servers: vec![
                (
                    5,
                    Outcome::Registered(Change {
                        kept: vec!["knowledge".to_owned()],
                        ..Change::default()
                    }),
                ),
                (6, Outcome::NotInServer),
            ],
        };
        let expected = "\
commands for everyone: added help; changed find; removed old
moderators' commands in server 5: unchanged knowledge
moderators' commands in server 6: not registered, since the bot is not there: check `discord.home_servers`, or invite \
it with the scope applications.commands";
        assert_eq!(registered.to_string(), expected);
    }
}
