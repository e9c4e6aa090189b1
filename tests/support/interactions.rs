//! What Discord sends when somebody types a command, is typing an option, or presses a control; and what came back.
//!
//! The shapes are Discord's documented ones where the files of them are beside the repository, else the least that the
//! documentation names as always there.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use waymark::commands::line::{self, Line};
use waymark::commands::{Arguments, Command, Value as Given};

use super::judge;
use super::loopback::APPLICATION;
use super::people::{Person, Place};

const COMMAND: u64 = 2;
const COMPONENT: u64 = 3;
const AUTOCOMPLETE: u64 = 4;
const EPHEMERAL: u64 = 1 << 6;
const CHANNEL: &str = "772908445358620702";

static NEXT_ID: AtomicU64 = AtomicU64::new(1_393_570_318_500_000_000);

/// One interaction.
#[derive(Debug, Clone)]
pub struct Interaction {
    pub json: Value,
    /// Who is to be named as the asker of the message that answers it, and of one that it updates.
    pub asker: u64,
    pub message_asker: Option<u64>,
}

/// What answered an interaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The type of the first response.
    pub kind: u64,
    /// The message (or, for an autocomplete, the data) as it stands now.
    pub message: Value,
    pub removed: bool,
    /// Who asked for the message.
    pub asker: u64,
}

/// One button or menu of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    pub custom_id: String,
    /// A button's label, a menu's placeholder.
    pub label: String,
    /// A menu's choices as `(label, value)`.
    pub choices: Vec<(String, String)>,
}

impl Interaction {
    /// A command as a person would type it.
    pub fn line(person: Person, typed: &str) -> Self {
        match line::parse(typed) {
            Ok(Line::Command(command, arguments)) => Self::arguments(person, command, &arguments),
            other => panic!("{typed:?} is not a command: {other:?}"),
        }
    }

    /// A command with arguments that were checked.
    pub fn arguments(person: Person, command: &Command, arguments: &Arguments) -> Self {
        let options: Vec<(&str, Value)> = arguments
            .iter()
            .map(|(option, value)| {
                let value = match value {
                    Given::Text(text) => json!(text),
                    Given::Whole(number) => json!(number),
                    Given::Flag(flag) => json!(flag),
                };
                (option.name, value)
            })
            .collect();
        Self::command(person, command.path, &options)
    }

    /// A command with any options, also such as Discord would not let through.
    pub fn command(person: Person, path: &str, options: &[(&str, Value)]) -> Self {
        let options = options.iter().map(|(name, value)| option(name, value));
        Self::of_command(COMMAND, person, path, options.collect())
    }

    /// An option that is being typed, after others were given.
    pub fn autocomplete(
        person: Person,
        path: &str,
        given: &[(&str, Value)],
        focused: &str,
        typed: &str,
    ) -> Self {
        let mut options: Vec<_> = given
            .iter()
            .map(|(name, value)| option(name, value))
            .collect();
        options.push(json!({"name": focused, "type": 3, "value": typed, "focused": true}));
        Self::of_command(AUTOCOMPLETE, person, path, options)
    }

    fn of_command(kind: u64, person: Person, path: &str, options: Vec<Value>) -> Self {
        let name = match (kind, person.place) {
            (AUTOCOMPLETE, Place::Server(_)) => "autocomplete_guild",
            (AUTOCOMPLETE, Place::PrivateChannel) => "autocomplete_private_channel",
            (AUTOCOMPLETE, Place::BotsDirectMessages) => "autocomplete_subcommand_bot_dm",
            (_, Place::Server(_)) => "command_guild",
            (_, Place::PrivateChannel) => "command_private_channel",
            (_, Place::BotsDirectMessages) => "command_bot_dm",
        };
        let mut json = shape(name, kind, person);
        let mut data = json!({"id": "866818195033292850", "type": 1});
        match path.split_once(' ') {
            Some((group, command)) => {
                data["name"] = json!(group);
                data["options"] = json!([{"name": command, "type": 1, "options": options}]);
            }
            None => {
                data["name"] = json!(path);
                data["options"] = json!(options);
            }
        }
        json["data"] = data;
        Self {
            json,
            asker: person.user,
            message_asker: None,
        }
    }

    /// A press of a button of a reply.
    pub fn press(person: Person, reply: &Reply, custom_id: &str) -> Self {
        let data = json!({"custom_id": custom_id, "component_type": 2, "id": 2});
        Self::of_component(person, reply, data)
    }

    /// A choice from a menu of a reply.
    pub fn choose(person: Person, reply: &Reply, custom_id: &str, value: &str) -> Self {
        let data = json!({"custom_id": custom_id, "component_type": 3, "id": 2, "values": [value]});
        Self::of_component(person, reply, data)
    }

    fn of_component(person: Person, reply: &Reply, data: Value) -> Self {
        let name = match person.place {
            Place::Server(_) => "component_button_guild",
            Place::BotsDirectMessages => "component_button_bot_dm",
            Place::PrivateChannel => "component_string_select_private_channel",
        };
        let mut json = shape(name, COMPONENT, person);
        json["data"] = data;
        let message = &mut json["message"];
        if message.is_null() {
            *message = least_message();
        }
        message["id"] = json!(new_id().to_string());
        message["content"] = json!("");
        let shown = judge::as_stored(reply.message.clone(), "");
        for key in ["embeds", "components", "flags"] {
            let empty = if key == "flags" { json!(0) } else { json!([]) };
            message[key] = shown.get(key).cloned().unwrap_or(empty);
        }
        message["application_id"] = json!(APPLICATION.to_string());
        message["author"]["id"] = json!(APPLICATION.to_string());
        for key in ["interaction_metadata", "interaction"] {
            if message.get(key).is_some() {
                message[key]["user"]["id"] = json!(reply.asker.to_string());
            }
        }
        Self {
            json,
            asker: person.user,
            message_asker: Some(reply.asker),
        }
    }

    /// An interaction as it is, with an id of its own.
    pub fn raw(mut json: Value) -> Self {
        stamp(&mut json);
        Self {
            json,
            asker: 0,
            message_asker: None,
        }
    }

    pub fn id(&self) -> u64 {
        let id = self.json["id"].as_str().unwrap_or_default();
        id.parse().expect("an interaction has an id")
    }

    pub fn kind(&self) -> u64 {
        self.json["type"].as_u64().unwrap_or_default()
    }

    pub fn token(&self) -> &str {
        self.json["token"].as_str().unwrap_or_default()
    }
}

impl Reply {
    /// Whether only its asker sees it.
    pub fn is_private(&self) -> bool {
        self.message["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0
    }

    pub fn title(&self) -> &str {
        self.message["embeds"][0]["title"]
            .as_str()
            .unwrap_or_default()
    }

    /// Every text of the card, a line each.
    pub fn text(&self) -> String {
        let embed = &self.message["embeds"][0];
        let fields = embed["fields"].as_array().into_iter().flatten();
        let texts = [&embed["title"], &embed["description"]]
            .into_iter()
            .chain(fields.flat_map(|field| [&field["name"], &field["value"]]))
            .chain([&embed["footer"]["text"]]);
        let texts: Vec<&str> = texts.filter_map(Value::as_str).collect();
        texts.join("\n")
    }

    /// The suggestions of an autocomplete as `(name, value)`.
    pub fn suggestions(&self) -> Vec<(String, String)> {
        pairs(&self.message["choices"], "name")
    }

    /// The controls, links left out.
    pub fn controls(&self) -> Vec<Control> {
        let rows = self.message["components"].as_array().into_iter().flatten();
        rows.flat_map(|row| row["components"].as_array().into_iter().flatten())
            .filter_map(|control| {
                let label = control["label"]
                    .as_str()
                    .or(control["placeholder"].as_str());
                Some(Control {
                    custom_id: control["custom_id"].as_str()?.to_owned(),
                    label: label.unwrap_or_default().to_owned(),
                    choices: pairs(&control["options"], "label"),
                })
            })
            .collect()
    }

    /// The button whose label contains a text.
    pub fn button(&self, label: &str) -> Control {
        let buttons = self.controls();
        let found = buttons
            .iter()
            .find(|control| control.choices.is_empty() && control.label.contains(label));
        found
            .unwrap_or_else(|| panic!("no button {label:?} among {buttons:?}"))
            .clone()
    }

    /// Its first menu.
    pub fn menu(&self) -> Control {
        let mut controls = self.controls().into_iter();
        controls
            .find(|control| !control.choices.is_empty())
            .unwrap_or_else(|| panic!("no menu in {}", self.message))
    }
}

/// One of Discord's documented inputs; none where they are not beside the repository.
pub fn documented(name: &str) -> Option<Value> {
    let path = documented_folder().join(format!("{name}.json"));
    let text = std::fs::read_to_string(path).ok()?;
    Some(serde_json::from_str(&text).expect("a documented interaction is JSON"))
}

/// All of them with their names, sorted; none where they are not beside the repository.
pub fn all_documented() -> Vec<(String, Value)> {
    let Ok(files) = std::fs::read_dir(documented_folder()) else {
        return Vec::new();
    };
    let mut names: Vec<String> = files
        .filter_map(|file| {
            let name = file.ok()?.file_name().into_string().ok()?;
            Some(name.strip_suffix(".json")?.to_owned())
        })
        .collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| Some((name.clone(), documented(&name)?)))
        .collect()
}

fn documented_folder() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("../shared/discord/interactions")
}

/// An interaction without its data: a documented one or the least, with this person in this place.
fn shape(name: &str, kind: u64, person: Person) -> Value {
    let mut json = documented(name).unwrap_or_else(|| least(kind, person));
    stamp(&mut json);
    json["type"] = json!(kind);
    let user = match person.place {
        Place::Server(server) => {
            let server = json!(server.to_string());
            json["guild_id"] = server.clone();
            json["guild"]["id"] = server.clone();
            json["channel"]["guild_id"] = server.clone();
            json["authorizing_integration_owners"] = json!({"0": server});
            json["member"]["permissions"] = json!(person.permissions.to_string());
            json["member"]["roles"] = json!([]);
            &mut json["member"]["user"]
        }
        Place::BotsDirectMessages | Place::PrivateChannel => &mut json["user"],
    };
    user["id"] = json!(person.user.to_string());
    json
}

/// Gives an interaction an id and a token that no other has.
fn stamp(json: &mut Value) {
    let id = new_id();
    json["id"] = json!(id.to_string());
    json["application_id"] = json!(APPLICATION.to_string());
    // Discord's tokens are about as long.
    json["token"] = json!(format!("aW50ZXJhY3Rpb246{id}{}", "x".repeat(180)));
}

fn new_id() -> u64 {
    NEXT_ID.fetch_add(1, Ordering::Relaxed)
}

fn option(name: &str, value: &Value) -> Value {
    let kind = match value {
        Value::Bool(_) => 5,
        Value::Number(number) if number.is_f64() => 10,
        Value::Number(_) => 4,
        _ => 3,
    };
    json!({"name": name, "type": kind, "value": value})
}

fn least(kind: u64, person: Person) -> Value {
    let (context, channel) = match person.place {
        Place::Server(_) => (0, 0),
        Place::BotsDirectMessages => (1, 1),
        Place::PrivateChannel => (2, 3),
    };
    let mut json = json!({
        "type": kind,
        "version": 1,
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "channel_id": CHANNEL,
        "channel": {"id": CHANNEL, "type": channel, "permissions": "2147486720", "flags": 0},
        "app_permissions": "2147486720",
        "locale": "en-US",
        "authorizing_integration_owners": {"0": "0"},
        "context": context,
    });
    match person.place {
        Place::Server(_) => {
            json["guild_locale"] = json!("en-US");
            json["guild"] = json!({"locale": "en-US", "features": []});
            json["member"] = json!({
                "user": user(),
                "joined_at": "2020-11-02T20:46:57.364000+00:00",
                "deaf": false,
                "mute": false,
                "flags": 0,
                "pending": false,
            });
        }
        Place::BotsDirectMessages | Place::PrivateChannel => json["user"] = user(),
    }
    json
}

fn least_message() -> Value {
    json!({
        "channel_id": CHANNEL,
        "type": 20,
        "timestamp": "2026-07-12T09:15:42.744000+00:00",
        "edited_timestamp": null,
        "tts": false,
        "mention_everyone": false,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "pinned": false,
        "author": user(),
        "webhook_id": APPLICATION.to_string(),
        "interaction_metadata": {
            "id": "1393570318424539136",
            "type": 2,
            "user": user(),
            "authorizing_integration_owners": {"0": "0"},
        },
    })
}

fn user() -> Value {
    json!({
        "id": "0",
        "username": "ian",
        "discriminator": "0",
        "global_name": "Ian",
        "avatar": null,
        "public_flags": 0,
    })
}

fn pairs(choices: &Value, label: &str) -> Vec<(String, String)> {
    let choices = choices.as_array().into_iter().flatten();
    choices
        .filter_map(|choice| {
            let text = |key| choice[key].as_str().map(str::to_owned);
            Some((text(label)?, text("value")?))
        })
        .collect()
}
