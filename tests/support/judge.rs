//! Whether Discord would accept what was sent: the bodies are read by twilight's types and judged by its limits, beside
//! what this program promises of every message.

use std::collections::HashSet;

use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandOptionChoice};
use twilight_model::channel::message::component::{Button, SelectMenu};
use twilight_model::channel::message::{Component, MessageFlags};
use twilight_model::http::interaction::{
    InteractionResponse, InteractionResponseData, InteractionResponseType,
};
use twilight_validate::{command, message};

/// What is wrong with the answer to an interaction; none where Discord would accept it.
pub fn callback(body: &Value, interaction_type: u64) -> Result<(), String> {
    let response: InteractionResponse = read(as_stored(body.clone(), "/data"))?;
    let fits = match response.kind {
        InteractionResponseType::Pong => interaction_type == 1,
        InteractionResponseType::ApplicationCommandAutocompleteResult => interaction_type == 4,
        InteractionResponseType::ChannelMessageWithSource
        | InteractionResponseType::DeferredChannelMessageWithSource => {
            matches!(interaction_type, 2 | 3 | 5)
        }
        InteractionResponseType::UpdateMessage | InteractionResponseType::DeferredUpdateMessage => {
            matches!(interaction_type, 3 | 5)
        }
        InteractionResponseType::Modal => matches!(interaction_type, 2 | 3),
        _ => false,
    };
    if !fits {
        return Err(format!(
            "{:?} does not answer an interaction of type {interaction_type}",
            response.kind
        ));
    }
    match (response.kind, &response.data) {
        (
            InteractionResponseType::ChannelMessageWithSource
            | InteractionResponseType::UpdateMessage,
            Some(data),
        ) => judge_message(data),
        (InteractionResponseType::ApplicationCommandAutocompleteResult, Some(data)) => {
            judge_choices(data.choices.as_deref().unwrap_or_default())
        }
        (
            InteractionResponseType::ChannelMessageWithSource
            | InteractionResponseType::UpdateMessage
            | InteractionResponseType::ApplicationCommandAutocompleteResult,
            None,
        ) => Err(format!("{:?} without data", response.kind)),
        _ => Ok(()),
    }
}

/// What is wrong with a message that is edited or followed up.
pub fn edited_message(body: &Value) -> Result<(), String> {
    judge_message(&read(as_stored(body.clone(), ""))?)
}

/// What is wrong with commands as Discord would store them.
pub fn stored_commands(commands: &[Value]) -> Result<(), String> {
    let mut names = HashSet::new();
    for stored in commands {
        let read: Command = read(stored.clone())?;
        command::command(&read).map_err(|error| format!("/{}: {error:?}", read.name))?;
        if !names.insert((read.kind, read.name.clone())) {
            return Err(format!("two commands are called {}", read.name));
        }
    }
    Ok(())
}

fn judge_message(data: &InteractionResponseData) -> Result<(), String> {
    let embeds = data.embeds.as_deref().unwrap_or_default();
    let content = data.content.as_deref().unwrap_or_default();
    let components = data.components.as_deref().unwrap_or_default();
    message::content(content).map_err(|error| format!("{error:?}"))?;
    message::embeds(embeds).map_err(|error| format!("{error:?}"))?;
    message::components(components, false).map_err(|error| format!("{error:?}"))?;
    distinct_custom_ids(components)?;
    if embeds.is_empty() && content.is_empty() {
        return Err("a message that says nothing".to_owned());
    }
    let quiet = data.allowed_mentions.as_ref().is_some_and(|mentions| {
        mentions.parse.is_empty() && mentions.users.is_empty() && mentions.roles.is_empty()
    });
    if !quiet {
        return Err("a message that may ping somebody".to_owned());
    }
    let allowed = MessageFlags::EPHEMERAL | MessageFlags::SUPPRESS_EMBEDS;
    match data.flags {
        Some(flags) if !allowed.contains(flags) => Err(format!("flags {flags:?}")),
        _ => Ok(()),
    }
}

fn judge_choices(choices: &[CommandOptionChoice]) -> Result<(), String> {
    if choices.len() > command::CHOICES_LIMIT {
        return Err(format!("{} suggestions", choices.len()));
    }
    choices
        .iter()
        .try_for_each(|choice| command::choice(choice).map_err(|error| format!("{error:?}")))
}

fn distinct_custom_ids(components: &[Component]) -> Result<(), String> {
    let mut seen = HashSet::new();
    for row in components {
        let Component::ActionRow(row) = row else {
            return Err(format!("{:?} outside a row", row.kind()));
        };
        for component in &row.components {
            let custom_id = match component {
                Component::Button(Button {
                    custom_id: Some(id),
                    ..
                })
                | Component::SelectMenu(SelectMenu { custom_id: id, .. }) => id,
                _ => continue,
            };
            if !seen.insert(custom_id.as_str()) {
                return Err(format!("two controls have the custom_id {custom_id:?}"));
            }
        }
    }
    Ok(())
}

/// A message (at this place of a body) with what Discord fills in: the kind of an embed.
pub fn as_stored(mut body: Value, place: &str) -> Value {
    let embeds = body
        .pointer_mut(&format!("{place}/embeds"))
        .and_then(Value::as_array_mut);
    for embed in embeds
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        embed.entry("type").or_insert_with(|| json!("rich"));
    }
    body
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}
