//! An interaction -> what the service takes.

use std::fmt;

use super::interaction::{
    AUTOCOMPLETE, BUTTON, CHAT_INPUT, COMMAND, COMPONENT, Data, Given, Id, Interaction,
    MESSAGE_MENU, MODAL, Member, PING, Pressed, STRING_SELECT, SUBCOMMANDS, Scalar, User, VALUES,
};
use crate::commands::service::{Input, PressedMessage};
use crate::commands::{Asker, Command, ServerMember, Value};
use crate::reply::Visibility;
use crate::reply::message::EPHEMERAL;

/// Which interaction is answered, and what it takes to do so beyond the first response.
#[derive(Clone)]
pub struct Ticket {
    /// The interaction's id.
    pub id: u64,
    /// The application's id.
    pub application: u64,
    /// The interaction's token. It lets anyone answer, so it is never printed.
    pub token: String,
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket")
            .field("id", &self.id)
            .field("application", &self.application)
            .finish_non_exhaustive()
    }
}

/// What an interaction wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Received {
    /// To know whether Waymark is there.
    Ping,
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
    /// Something that Waymark cannot read.
    Unknown {
        /// The interaction's type.
        kind: u8,
    },
}

const NO_MENU: &str = "Waymark has no such menu command now. `/help` shows what there is.";
const NO_FORM: &str = "Waymark has no forms. `/help` shows what there is.";
const NO_CONTROL: &str =
    "This control is from an older version of Waymark. Ask again: `/help` shows how.";
const NO_VALUE: &str =
    "Waymark does not know this kind of value. `/help` shows what the command takes.";

/// Takes an interaction apart.
pub fn receive(interaction: Interaction<'_>) -> (Ticket, Received) {
    let Interaction {
        id,
        application_id,
        kind,
        token,
        data,
        guild_id,
        member,
        user,
        message,
    } = interaction;
    let data = data.unwrap_or_default();
    let asker = asker(guild_id, member, user);
    let received = match kind {
        PING => Some(Received::Ping),
        COMMAND => asker.and_then(|asker| command(data, asker)),
        COMPONENT => asker
            .zip(message)
            .and_then(|(asker, message)| component(data, &message, asker)),
        AUTOCOMPLETE => autocomplete(data),
        MODAL => Some(Received::Strange(NO_FORM)),
        _ => None,
    };
    let ticket = ticket(id, application_id, token.into_owned());
    (ticket, received.unwrap_or(Received::Unknown { kind }))
}

fn ticket(id: Id, application: Id, token: String) -> Ticket {
    Ticket {
        id: id.0,
        application: application.0,
        token,
    }
}

fn asker(server: Option<Id>, member: Option<Member>, user: Option<User>) -> Option<Asker> {
    let id = match (&member, user) {
        (Some(member), _) => member.user.id,
        (None, user) => user?.id,
    };
    let server = server.zip(member).map(|(server, member)| ServerMember {
        server: server.0,
        permissions: member.permissions.unwrap_or_default().0,
        roles: member
            .roles
            .unwrap_or_default()
            .into_iter()
            .map(|role| role.0)
            .collect(),
    });
    Some(Asker::Member { user: id.0, server })
}

fn command(data: Data<'_>, asker: Asker) -> Option<Received> {
    let input = match data.kind {
        Some(CHAT_INPUT) => {
            let input = path_and_options(data).and_then(|(path, options)| {
                let given = given(options)?;
                Some(Input::Command { path, given })
            });
            match input {
                Some(input) => input,
                None => return Some(Received::Strange(NO_VALUE)),
            }
        }
        Some(MESSAGE_MENU) => match message_menu(data) {
            Some(input) => input,
            None => return Some(Received::Strange(NO_MENU)),
        },
        _ => return Some(Received::Strange(NO_MENU)),
    };
    Some(Received::Ask { input, asker })
}

/// A command run from the menu of a message: on the message's text, with its author's name.
fn message_menu(data: Data<'_>) -> Option<Input> {
    let (command, menu) = Command::of_message_menu(&data.name?)?;
    let message = data.resolved?.messages?.0?;
    let longest = |option| {
        command
            .option(option)
            .map_or(0, |option| option.kind.max_length())
    };
    let cut =
        |text: &str, option| -> String { text.trim().chars().take(longest(option)).collect() };
    let author = message.author;
    let name = author.global_name.unwrap_or(author.username);
    let given = [(menu.text, message.content), (menu.author, name)];
    Some(Input::Command {
        path: command.path.to_owned(),
        given: given
            .into_iter()
            .map(|(option, text)| (option.to_owned(), Value::Text(cut(&text, option))))
            .collect(),
    })
}

fn autocomplete(data: Data<'_>) -> Option<Received> {
    let (path, options) = path_and_options(data)?;
    let focused = options
        .into_iter()
        .find(|option| option.focused == Some(true))?;
    let typed = match focused.value? {
        Scalar::Text(text) => text.into_owned(),
        Scalar::Whole(number) => number.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Flag(_) | Scalar::Other => return None,
    };
    Some(Received::Suggest {
        path,
        option: focused.name.into_owned(),
        typed,
    })
}

fn component(data: Data<'_>, message: &Pressed, asker: Asker) -> Option<Received> {
    let choice = match data.component_type? {
        BUTTON => None,
        STRING_SELECT => {
            let first = data.values?.into_iter().next();
            Some(first.map_or_else(String::new, |value| value.into_owned()))
        }
        _ => return Some(Received::Strange(NO_CONTROL)),
    };
    let input = Input::Press {
        custom_id: data.custom_id?.into_owned(),
        choice,
        message: pressed_message(message),
    };
    Some(Received::Ask { input, asker })
}

/// The command's path with its subcommands, and the options below; none where they are nested deeper than Discord does.
fn path_and_options(data: Data<'_>) -> Option<(String, Vec<Given<'_>>)> {
    const DEEPEST: usize = 2;
    let mut path = data.name?.into_owned();
    let mut options = data.options.unwrap_or_default();
    for _ in 0..=DEEPEST {
        match options.pop_if(|option| SUBCOMMANDS.contains(&option.kind)) {
            Some(below) => {
                path = [path.as_str(), &below.name].join(" ");
                options = below.options.unwrap_or_default();
            }
            None => return Some((path, options)),
        }
    }
    None
}

/// Names and values; none where a value is of a kind that Waymark does not know.
fn given(options: Vec<Given<'_>>) -> Option<Vec<(String, Value)>> {
    options
        .into_iter()
        .map(|option| {
            let value = VALUES.contains(&option.kind).then_some(option.value)?;
            Some((option.name.into_owned(), self::value(value?)?))
        })
        .collect()
}

fn value(value: Scalar<'_>) -> Option<Value> {
    Some(match value {
        Scalar::Text(text) => Value::Text(text.into_owned()),
        Scalar::Whole(number) => Value::Whole(number),
        Scalar::Number(number) => number_value(number),
        Scalar::Flag(flag) => Value::Flag(flag),
        Scalar::Other => return None,
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

fn pressed_message(message: &Pressed) -> PressedMessage {
    let is_private = message.flags.unwrap_or_default() & u64::from(EPHEMERAL) != 0;
    let origins = [&message.interaction_metadata, &message.interaction];
    let mut users = origins
        .into_iter()
        .filter_map(|origin| origin.as_ref()?.user.as_ref());
    PressedMessage {
        visibility: if is_private {
            Visibility::Private
        } else {
            Visibility::Public
        },
        asker: users.next().map(|user| user.id.0),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};
    use serenity::model::Permissions;
    use serenity::model::application::Interaction as Whole;

    use super::super::convert::convert;
    use super::super::interaction::Unreadable;
    use super::*;

    const IAN: u64 = 167348773423415296;
    /// Discord's examples, where this working copy stands beside them.
    const EXAMPLES: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/discord/interactions"
    );

    /// What comes of an interaction's JSON: the same from its bytes, from its values, and, where serenity can read it,
    /// from what serenity makes of it.
    fn received(interaction: Json) -> Option<Received> {
        let bytes = serde_json::to_vec(&interaction).unwrap();
        let read = |interaction: Result<Interaction<'_>, Unreadable>| {
            let (ticket, received) = receive(interaction.ok()?);
            Some((ticket.id, ticket.application, ticket.token, received))
        };
        let from_bytes = read(Interaction::from_json(&bytes));
        assert_eq!(read(Interaction::from_value(&interaction)), from_bytes);
        if let Ok(whole) = serde_json::from_value::<Whole>(interaction) {
            let whole = read(Ok(convert(&whole)));
            assert_eq!(
                whole,
                from_bytes.clone().map(with_permissions_that_serenity_knows)
            );
        }
        from_bytes.map(|(.., received)| received)
    }

    fn with_permissions_that_serenity_knows<T>(
        (id, application, token, mut received): (T, T, String, Received),
    ) -> (T, T, String, Received) {
        if let Received::Ask {
            asker:
                Asker::Member {
                    server: Some(member),
                    ..
                },
            ..
        } = &mut received
        {
            member.permissions &= Permissions::all().bits();
        }
        (id, application, token, received)
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
                permissions: 2248473465835073,
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
            ("command_message_menu", Received::Strange(NO_MENU)),
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
            ("command_user_menu", Received::Strange(NO_MENU)),
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
                Received::Strange(NO_FORM),
            ),
            ("modal_submit_bot_dm", Received::Strange(NO_FORM)),
            ("modal_submit_from_component", Received::Strange(NO_FORM)),
            ("modal_submit_label", Received::Strange(NO_FORM)),
            ("ping", Received::Ping),
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
        assert_eq!(command(too_deep), Some(Received::Strange(NO_VALUE)));
        let of_a_new_kind = json!([{ "name": "a", "type": 99, "value": {} }]);
        assert_eq!(command(of_a_new_kind), Some(Received::Strange(NO_VALUE)));
        assert_eq!(
            received(interaction(77, Json::Null)),
            Some(Received::Unknown { kind: 77 })
        );
        let of_no_kind = json!({ "id": "5", "name": "a", "type": 1, "options": 3 });
        assert_eq!(
            received(interaction(4, of_no_kind)),
            Some(Received::Unknown { kind: 4 })
        );
        for nameless in [
            json!({}),
            json!([]),
            json!({ "id": "1", "token": "a" }),
            json!({ "id": "1", "type": 2 }),
            json!({ "id": "one", "token": "a", "type": 2 }),
        ] {
            assert_eq!(received(nameless), None);
        }
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_left_to_the_command() {
        let options = json!([{ "name": "a", "type": 4, "value": "many" }]);
        let given = [("a", text("many"))];
        assert_eq!(
            command(options),
            Some(asked("knowledge", &given, in_direct_message(4)))
        );
    }

    #[test]
    fn texts_with_escapes_are_read_as_they_are_meant() {
        let options = r#"[{"name":"a","type":3,"value":"\u00bd \ud83d\ude00 \"x\"\n"}]"#;
        let given = [("a", text("½ 😀 \"x\"\n"))];
        let bytes = serde_json::to_string(&interaction(
            2,
            json!({ "id": "5", "name": "knowledge", "type": 1, "options": "here" }),
        ));
        let bytes = bytes.unwrap().replace("\"here\"", options);
        let (_, received) = receive(Interaction::from_json(bytes.as_bytes()).unwrap());
        assert_eq!(received, asked("knowledge", &given, in_direct_message(4)));
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
