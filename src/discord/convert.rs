//! An interaction as serenity reads it -> what the service takes.

use serde_json::Value as Json;
use serenity::model::application::{
    CommandData, CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType,
    ComponentInteraction, ComponentInteractionDataKind, Interaction, MessageInteractionMetadata,
};
use serenity::model::channel::{Message, MessageFlags};
use serenity::model::guild::Member;
use serenity::model::id::{GuildId, UserId};

use crate::commands::service::{Input, PressedMessage};
use crate::commands::{Asker, Command, ServerMember, Value};
use crate::reply::Visibility;

/// What it takes to answer an interaction. Never printed: the token lets anyone answer.
pub struct Ticket {
    /// The interaction's id.
    pub id: u64,
    /// The application's id.
    pub application: u64,
    /// The interaction's token.
    pub token: String,
}

/// What an interaction wants.
#[derive(Debug, PartialEq)]
pub enum Received {
    /// An answer.
    Ask {
        /// To what.
        input: Input,
        /// From whom.
        asker: Asker,
    },
    /// Suggestions while an option is typed.
    Suggest {
        /// The command's path.
        path: String,
        /// The option's name.
        option: String,
        /// What is typed so far.
        typed: String,
    },
    /// Something that Waymark does not offer; told politely.
    Strange(&'static str),
    /// No answer.
    Nothing,
}

const MENU_COMMAND: &str = "Waymark has no such menu command now. `/help` shows what there is.";
const FORM: &str = "Waymark has no forms. `/help` shows what there is.";
const CONTROL: &str =
    "This control is from an older version of Waymark. Ask again: `/help` shows how.";
const VALUE: &str =
    "Waymark does not know this kind of value. `/help` shows what the command takes.";
const UNKNOWN: &str =
    "Waymark does not know this kind of request yet. `/help` shows what it can do.";

/// Takes an interaction apart.
pub fn read(interaction: Interaction) -> Option<(Ticket, Received)> {
    let ticket = Ticket {
        id: interaction.id().get(),
        application: interaction.application_id().get(),
        token: String::new(),
    };
    let (token, received) = match interaction {
        Interaction::Command(command) => read_command(command),
        Interaction::Autocomplete(command) => read_autocomplete(command),
        Interaction::Component(component) => read_component(component),
        Interaction::Modal(modal) => (modal.token, Received::Strange(FORM)),
        Interaction::Ping(ping) => (ping.token, Received::Nothing),
        _ => return None,
    };
    Some((Ticket { token, ..ticket }, received))
}

/// Takes apart what serenity could not read, as far as needed to say so politely.
pub fn read_unknown(interaction: &Json) -> Option<(Ticket, Received)> {
    const PING: u64 = 1;
    const AUTOCOMPLETE: u64 = 4;
    let id = |name: &str| interaction.get(name)?.as_str()?.parse().ok();
    let ticket = Ticket {
        id: id("id")?,
        application: id("application_id").unwrap_or_default(),
        token: interaction.get("token")?.as_str()?.to_owned(),
    };
    let received = match interaction.get("type").and_then(Json::as_u64) {
        Some(PING) => Received::Nothing,
        Some(AUTOCOMPLETE) => nothing_to_suggest(),
        _ => Received::Strange(UNKNOWN),
    };
    Some((ticket, received))
}

/// No command has an empty path.
fn nothing_to_suggest() -> Received {
    Received::Suggest {
        path: String::new(),
        option: String::new(),
        typed: String::new(),
    }
}

fn read_command(command: CommandInteraction) -> (String, Received) {
    let asker = asker(command.user.id, command.guild_id, command.member.as_deref());
    match command.data.kind {
        CommandType::ChatInput => {}
        CommandType::Message => {
            let received = match message_menu(&command.data) {
                Some(input) => Received::Ask { input, asker },
                None => Received::Strange(MENU_COMMAND),
            };
            return (command.token, received);
        }
        _ => return (command.token, Received::Strange(MENU_COMMAND)),
    }
    let input = path_and_options(command.data).and_then(|(path, options)| {
        let given = given(options)?;
        Some(Input::Command { path, given })
    });
    let received = match input {
        Some(input) => Received::Ask { input, asker },
        None => Received::Strange(VALUE),
    };
    (command.token, received)
}

/// A command run from the menu of a message: on the message's text, with its author's name.
fn message_menu(data: &CommandData) -> Option<Input> {
    let (command, menu) = Command::of_message_menu(&data.name)?;
    let message = data.resolved.messages.values().next()?;
    let longest = |option| {
        command
            .option(option)
            .map_or(0, |option| option.kind.max_length())
    };
    let cut =
        |text: &str, option| -> String { text.trim().chars().take(longest(option)).collect() };
    let name = message
        .author
        .global_name
        .as_ref()
        .unwrap_or(&message.author.name);
    let given = [
        (menu.text, message.content.as_str()),
        (menu.author, name.as_str()),
    ];
    Some(Input::Command {
        path: command.path.to_owned(),
        given: given
            .into_iter()
            .map(|(option, text)| (option.to_owned(), Value::Text(cut(text, option))))
            .collect(),
    })
}

fn read_autocomplete(command: CommandInteraction) -> (String, Received) {
    let focused = path_and_options(command.data).and_then(|(path, options)| {
        let (option, typed) = options.into_iter().find_map(|option| match option.value {
            CommandDataOptionValue::Autocomplete { value, .. } => Some((option.name, value)),
            _ => None,
        })?;
        Some(Received::Suggest {
            path,
            option,
            typed,
        })
    });
    (command.token, focused.unwrap_or_else(nothing_to_suggest))
}

fn read_component(component: ComponentInteraction) -> (String, Received) {
    let asker = asker(
        component.user.id,
        component.guild_id,
        component.member.as_ref(),
    );
    let choice = match component.data.kind {
        ComponentInteractionDataKind::Button => None,
        ComponentInteractionDataKind::StringSelect { values } => {
            Some(values.into_iter().next().unwrap_or_default())
        }
        _ => return (component.token, Received::Strange(CONTROL)),
    };
    let input = Input::Press {
        custom_id: component.data.custom_id,
        choice,
        message: pressed_message(&component.message),
    };
    (component.token, Received::Ask { input, asker })
}

/// The command's path with its subcommands, and the options below; none where they are nested deeper than Discord does.
fn path_and_options(data: CommandData) -> Option<(String, Vec<CommandDataOption>)> {
    const DEEPEST: usize = 2;
    let mut path = data.name;
    let mut options = data.options;
    for _ in 0..=DEEPEST {
        match options.pop_if(|option| is_subcommand(&option.value)) {
            Some(CommandDataOption { name, value, .. }) => {
                path = [path.as_str(), name.as_str()].join(" ");
                options = match value {
                    CommandDataOptionValue::SubCommand(below)
                    | CommandDataOptionValue::SubCommandGroup(below) => below,
                    _ => return None,
                };
            }
            None => return Some((path, options)),
        }
    }
    None
}

fn is_subcommand(value: &CommandDataOptionValue) -> bool {
    matches!(
        value,
        CommandDataOptionValue::SubCommand(_) | CommandDataOptionValue::SubCommandGroup(_)
    )
}

/// Names and values; none where a value is of a kind that serenity does not know.
fn given(options: Vec<CommandDataOption>) -> Option<Vec<(String, Value)>> {
    options
        .into_iter()
        .map(|option| Some((option.name, value(option.value)?)))
        .collect()
}

fn value(value: CommandDataOptionValue) -> Option<Value> {
    Some(match value {
        CommandDataOptionValue::String(text)
        | CommandDataOptionValue::Autocomplete { value: text, .. } => Value::Text(text),
        CommandDataOptionValue::Integer(number) => Value::Whole(number),
        CommandDataOptionValue::Boolean(flag) => Value::Flag(flag),
        CommandDataOptionValue::Number(number) => number_value(number),
        CommandDataOptionValue::Attachment(id) => Value::Text(id.to_string()),
        CommandDataOptionValue::Channel(id) => Value::Text(id.to_string()),
        CommandDataOptionValue::Mentionable(id) => Value::Text(id.to_string()),
        CommandDataOptionValue::Role(id) => Value::Text(id.to_string()),
        CommandDataOptionValue::User(id) => Value::Text(id.to_string()),
        _ => return None,
    })
}

fn number_value(number: f64) -> Value {
    /// Whole numbers up to here are exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        Value::Whole(number as i64)
    } else {
        Value::Text(number.to_string())
    }
}

fn asker(user: UserId, server: Option<GuildId>, member: Option<&Member>) -> Asker {
    Asker::Member {
        user: user.get(),
        server: server.zip(member).map(|(server, member)| ServerMember {
            server: server.get(),
            permissions: member
                .permissions
                .map_or(0, |permissions| permissions.bits()),
            roles: member.roles.iter().map(|role| role.get()).collect(),
        }),
    }
}

fn pressed_message(message: &Message) -> PressedMessage {
    let is_private = message
        .flags
        .is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    PressedMessage {
        visibility: if is_private {
            Visibility::Private
        } else {
            Visibility::Public
        },
        asker: message_asker(message).map(UserId::get),
    }
}

/// Who made the bot send the message: older messages say it in another place.
fn message_asker(message: &Message) -> Option<UserId> {
    let newer = match message.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(metadata)) => Some(metadata.user.id),
        Some(MessageInteractionMetadata::Component(metadata)) => Some(metadata.user.id),
        Some(MessageInteractionMetadata::ModalSubmit(metadata)) => Some(metadata.user.id),
        _ => None,
    };
    #[expect(
        deprecated,
        reason = "messages from before the metadata have only this"
    )]
    newer.or_else(|| Some(message.interaction.as_ref()?.user.id))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const IAN: u64 = 167348773423415296;
    /// Discord's examples, where this working copy stands beside them.
    const EXAMPLES: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/discord/interactions"
    );

    /// What comes of an interaction's JSON, as the gateway's frames are read.
    fn received(interaction: Json) -> Option<Received> {
        match serde_json::from_value(interaction.clone()) {
            Ok(known) => read(known),
            Err(_) => read_unknown(&interaction),
        }
        .map(|(_, received)| received)
    }

    fn interaction(kind: u64, data: Json) -> Json {
        json!({
            "id": "1", "application_id": "2", "type": kind, "token": "secret", "version": 1, "entitlements": [],
            "attachment_size_limit": 10, "channel_id": "3", "locale": "de", "context": 1, "data": data,
            "user": { "id": "4", "username": "ian", "discriminator": "0", "global_name": null, "avatar": null },
        })
    }

    fn command(options: Json) -> Option<Received> {
        received(interaction(
            2,
            json!({ "id": "5", "name": "knowledge", "type": 1, "options": options }),
        ))
    }

    fn in_direct_message(user: u64) -> Asker {
        Asker::Member { user, server: None }
    }

    fn in_server(user: u64) -> Asker {
        Asker::Member {
            user,
            server: Some(ServerMember {
                server: 772904309264089089,
                permissions: 2107735977479745,
                roles: vec![785609923542777878],
            }),
        }
    }

    fn asked(path: &str, given: &[(&str, Value)], asker: Asker) -> Received {
        let given = given
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        Received::Ask {
            input: Input::Command {
                path: path.to_owned(),
                given,
            },
            asker,
        }
    }

    fn pressed(
        custom_id: &str,
        choice: Option<&str>,
        visibility: Visibility,
        asker: Asker,
    ) -> Received {
        Received::Ask {
            input: Input::Press {
                custom_id: custom_id.to_owned(),
                choice: choice.map(str::to_owned),
                message: PressedMessage {
                    visibility,
                    asker: Some(IAN),
                },
            },
            asker,
        }
    }

    fn suggest(path: &str, option: &str, typed: &str) -> Received {
        Received::Suggest {
            path: path.to_owned(),
            option: option.to_owned(),
            typed: typed.to_owned(),
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn every_example_of_an_interaction_is_understood() {
        use Visibility::{Private, Public};
        let search = || {
            let given = [
                ("cardname", text("The Gitrog Monster — ½ 🐸")),
                ("limit", Value::Whole(10)),
                ("exact", Value::Flag(false)),
                ("price", text("1.5")),
            ];
            asked("cardsearch", &given, in_server(IAN))
        };
        let resolved = [
            ("user", text("809850198683418695")),
            ("channel", text("772908445358620702")),
            ("role", text("785609923542777878")),
            ("file", text("1393570318424539300")),
        ];
        let expected = [
            (
                "autocomplete_empty_input",
                suggest("airhorn", "variant", ""),
            ),
            (
                "autocomplete_guild",
                suggest("airhorn", "variant", "data a user is typ"),
            ),
            (
                "autocomplete_integer_partial",
                suggest("cardsearch", "limit", "1"),
            ),
            (
                "autocomplete_private_channel",
                suggest("blep", "animal", "peng"),
            ),
            (
                "autocomplete_subcommand_bot_dm",
                suggest("permissions user get", "reason", "be"),
            ),
            (
                "command_bot_dm",
                asked(
                    "link",
                    &[("url", text("https://example.com/"))],
                    in_direct_message(IAN),
                ),
            ),
            ("command_guild", search()),
            (
                "command_guild_no_options",
                asked("blep", &[], in_server(IAN)),
            ),
            (
                "command_guild_subcommand_resolved",
                asked("permissions user get", &resolved, in_server(IAN)),
            ),
            ("command_message_menu", Received::Strange(MENU_COMMAND)),
            (
                "command_private_channel",
                asked(
                    "blep",
                    &[("animal", text("animal_penguin"))],
                    in_direct_message(IAN),
                ),
            ),
            (
                "command_user_installed_bot_dm",
                asked("link", &[], in_direct_message(IAN)),
            ),
            (
                "command_user_installed_in_guild",
                asked("blep", &[("animal", text("animal_dog"))], in_server(IAN)),
            ),
            ("command_user_menu", Received::Strange(MENU_COMMAND)),
            (
                "component_button_bot_dm",
                pressed("click_yes", None, Public, in_direct_message(IAN)),
            ),
            (
                "component_button_ephemeral",
                pressed("click_no", None, Private, in_server(IAN)),
            ),
            (
                "component_button_guild",
                pressed("click_yes", None, Public, in_server(IAN)),
            ),
            (
                "component_button_other_user",
                pressed("click_yes", None, Public, in_server(82198898841029460)),
            ),
            (
                "component_string_select_guild",
                pressed("favorite_bug", Some("butterfly"), Public, in_server(IAN)),
            ),
            (
                "component_string_select_private_channel",
                pressed("favorite_bug", Some("ant"), Public, in_direct_message(IAN)),
            ),
            (
                "component_string_select_two_values",
                pressed("favorite_bug", Some("ant"), Public, in_server(IAN)),
            ),
            ("gateway_interaction_create", search()),
            (
                "modal_submit_action_row_deprecated",
                Received::Strange(FORM),
            ),
            ("modal_submit_bot_dm", Received::Strange(FORM)),
            ("modal_submit_from_component", Received::Strange(FORM)),
            ("modal_submit_label", Received::Strange(FORM)),
            ("ping", Received::Nothing),
        ];
        let Ok(files) = std::fs::read_dir(EXAMPLES) else {
            eprintln!("skipped: no examples at {EXAMPLES}");
            return;
        };
        assert_eq!(
            files.count(),
            expected.len(),
            "an example without an expectation"
        );
        for (name, expected) in expected {
            let bytes = std::fs::read(format!("{EXAMPLES}/{name}.json")).unwrap();
            let mut example: Json = serde_json::from_slice(&bytes).unwrap();
            if let Some(inner) = example.get_mut("d") {
                example = inner.take();
            }
            assert_eq!(received(example), Some(expected), "{name}");
        }
    }

    #[test]
    fn a_subcommand_is_part_of_the_path() {
        let reload = json!([{ "name": "reload", "type": 1, "options": [] }]);
        assert_eq!(
            command(reload),
            Some(asked("knowledge reload", &[], in_direct_message(4)))
        );
    }

    #[test]
    fn numbers_without_a_fraction_are_whole() {
        let options = json!([
            { "name": "a", "type": 10, "value": 3.0 },
            { "name": "b", "type": 10, "value": 1e300 },
            { "name": "c", "type": 4, "value": -1 },
        ]);
        let given = [
            ("a", Value::Whole(3)),
            ("b", text(&1e300_f64.to_string())),
            ("c", Value::Whole(-1)),
        ];
        assert_eq!(
            command(options),
            Some(asked("knowledge", &given, in_direct_message(4)))
        );
    }

    #[test]
    fn what_is_not_known_is_answered_politely() {
        let too_deep = json!([{ "name": "a", "type": 2, "options": [
            { "name": "b", "type": 2, "options": [
                { "name": "c", "type": 1, "options": [{ "name": "d", "type": 1, "options": [] }] }
            ] }
        ] }]);
        assert_eq!(command(too_deep), Some(Received::Strange(VALUE)));
        let of_a_new_kind = json!([{ "name": "a", "type": 99, "value": {} }]);
        assert_eq!(command(of_a_new_kind), Some(Received::Strange(VALUE)));
        let of_a_wrong_kind = json!([{ "name": "a", "type": 4, "value": "many" }]);
        assert_eq!(command(of_a_wrong_kind), Some(Received::Strange(UNKNOWN)));
        assert_eq!(
            received(interaction(77, Json::Null)),
            Some(Received::Strange(UNKNOWN))
        );
        assert_eq!(
            received(interaction(
                4,
                json!({ "id": "5", "name": "a", "type": 1, "options": 3 })
            )),
            Some(nothing_to_suggest())
        );
        for nameless in [
            json!({}),
            json!([]),
            json!({ "id": 1, "token": "a" }),
            json!({ "id": "1" }),
        ] {
            assert_eq!(received(nameless), None);
        }
    }

    #[test]
    fn an_older_message_tells_its_asker_in_another_place() {
        let user = json!({ "id": "6", "username": "ann", "discriminator": "0", "global_name": null, "avatar": null });
        let mut press = interaction(3, json!({ "custom_id": "r0c", "component_type": 2 }));
        press["message"] = json!({
            "id": "7", "channel_id": "3", "type": 20, "content": "", "timestamp": "2026-07-12T09:15:42.744000+00:00",
            "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
            "attachments": [], "embeds": [], "pinned": false, "flags": 64, "author": user, "components": [],
            "interaction": { "id": "8", "type": 2, "name": "jobs", "user": user },
        });
        let message = PressedMessage {
            visibility: Visibility::Private,
            asker: Some(6),
        };
        let input = Input::Press {
            custom_id: "r0c".to_owned(),
            choice: None,
            message,
        };
        let asker = in_direct_message(4);
        assert_eq!(received(press), Some(Received::Ask { input, asker }));
    }
}
