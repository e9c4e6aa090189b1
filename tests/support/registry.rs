//! Application commands as Discord stores and lists them: with ids and versions, without what is at its default.

use serde_json::{Map, Value, json};

use super::judge;
use super::loopback::{APPLICATION, World};

/// Puts these commands in the place of those that a scope had; the commands as they are stored now.
pub(super) fn overwrite(world: &mut World, guild: Option<u64>, given: &[Value]) -> Value {
    let before = world.commands.remove(&guild).unwrap_or_default();
    let stored: Vec<Value> = given
        .iter()
        .map(|command| store(world, guild, command, &before))
        .collect();
    if let Err(complaint) = judge::stored_commands(&stored) {
        world.complaints.push(format!("commands: {complaint}"));
    }
    world.commands.insert(guild, stored.clone());
    Value::Array(stored)
}

/// A scope's commands; without their localisations unless they are asked for.
pub(super) fn list(world: &World, guild: Option<u64>, localized: bool) -> Value {
    let commands = world.commands.get(&guild);
    let mut commands = commands.cloned().unwrap_or_default();
    if !localized {
        commands.iter_mut().for_each(drop_localizations);
    }
    Value::Array(commands)
}

fn store(world: &mut World, guild: Option<u64>, given: &Value, before: &[Value]) -> Value {
    let kind = given.get("type").cloned().unwrap_or(json!(1));
    let old = before
        .iter()
        .find(|old| old["name"] == given["name"] && old["type"] == kind);
    let mut command = Map::new();
    let id = match old {
        Some(old) => old["id"].clone(),
        None => world.new_id().to_string().into(),
    };
    command.insert("id".to_owned(), id);
    command.insert("application_id".to_owned(), APPLICATION.to_string().into());
    command.insert("version".to_owned(), world.new_id().to_string().into());
    command.insert("type".to_owned(), kind);
    for (key, default) in [
        ("name", json!("")),
        ("name_localizations", Value::Null),
        ("description", json!("")),
        ("description_localizations", Value::Null),
        ("default_member_permissions", Value::Null),
        ("integration_types", json!([0])),
        ("nsfw", json!(false)),
    ] {
        let value = given.get(key).cloned().unwrap_or(default);
        command.insert(key.to_owned(), value);
    }
    let options = without_defaults(given.get("options").unwrap_or(&Value::Null));
    if options
        .as_array()
        .is_some_and(|options| !options.is_empty())
    {
        command.insert("options".to_owned(), options);
    }
    match guild {
        Some(guild) => {
            command.insert("guild_id".to_owned(), guild.to_string().into());
            command.insert("contexts".to_owned(), Value::Null);
        }
        None => {
            let contexts = given.get("contexts").cloned().unwrap_or_default();
            let in_dm = match &contexts {
                Value::Array(contexts) => contexts.contains(&json!(1)),
                _ => true,
            };
            command.insert("contexts".to_owned(), contexts);
            command.insert("dm_permission".to_owned(), in_dm.into());
        }
    }
    Value::Object(command)
}

/// Options without what is false, empty or null.
fn without_defaults(value: &Value) -> Value {
    let idle = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(keys) => keys.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(items) => items.iter().map(without_defaults).collect(),
        Value::Object(keys) => keys
            .iter()
            .filter(|(_, value)| !idle(value))
            .map(|(key, value)| (key.clone(), without_defaults(value)))
            .collect(),
        other => other.clone(),
    }
}

fn drop_localizations(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_localizations),
        Value::Object(keys) => {
            keys.retain(|key, _| !key.ends_with("_localizations"));
            keys.values_mut().for_each(drop_localizations);
        }
        _ => {}
    }
}
