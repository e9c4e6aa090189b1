//! An interaction as serenity reads it -> the fields of it that count.

use std::borrow::Cow;

use serenity::model::application::{
    CommandData, CommandDataOption, CommandDataOptionValue, CommandInteraction,
    ComponentInteraction, ComponentInteractionDataKind, ComponentType, Interaction as Whole,
    MessageInteractionMetadata,
};
use serenity::model::channel::Message as WholeMessage;
use serenity::model::guild::Member as WholeMember;
use serenity::model::id::{GuildId, RoleId, UserId};

use super::interaction::{
    Author, BUTTON, Data, Envelope, FirstValue, Given, Id, Interaction, Member, Message, Origin,
    Pressed, Resolved, STRING_SELECT, Scalar, Text, User,
};

/// The fields that count.
pub fn convert(whole: &Whole) -> Interaction<'_> {
    let envelope = Envelope {
        id: Id(whole.id().get()),
        application_id: Id(whole.application_id().get()),
        kind: u8::from(whole.kind()),
        token: whole.token().into(),
    };
    let bare = Interaction {
        guild_id: whole.guild_id().map(|server: GuildId| Id(server.get())),
        ..envelope.open()
    };
    match whole {
        Whole::Command(command) | Whole::Autocomplete(command) => of_command(bare, command),
        Whole::Component(component) => of_component(bare, component),
        _ => bare,
    }
}

fn of_command<'a>(bare: Interaction<'a>, command: &'a CommandInteraction) -> Interaction<'a> {
    Interaction {
        data: Some(command_data(&command.data)),
        member: command.member.as_deref().map(member),
        user: Some(user(command.user.id)),
        ..bare
    }
}

fn of_component<'a>(bare: Interaction<'a>, component: &'a ComponentInteraction) -> Interaction<'a> {
    let (kind, values) = match &component.data.kind {
        ComponentInteractionDataKind::Button => (BUTTON, None),
        ComponentInteractionDataKind::StringSelect { values } => (STRING_SELECT, Some(values)),
        _ => (u8::from(ComponentType::Unknown(u8::MAX)), None),
    };
    let values = values.map(|values| values.iter().map(|value| value.as_str().into()).collect());
    Interaction {
        data: Some(Data {
            custom_id: Some(component.data.custom_id.as_str().into()),
            component_type: Some(kind),
            values,
            ..Data::default()
        }),
        member: component.member.as_ref().map(member),
        user: Some(user(component.user.id)),
        message: Some(pressed(&component.message)),
        ..bare
    }
}

fn command_data(data: &CommandData) -> Data<'_> {
    let message = data.resolved.messages.values().next();
    Data {
        name: Some(data.name.as_str().into()),
        kind: Some(u8::from(data.kind)),
        options: Some(given(&data.options)),
        resolved: message.map(|message| Resolved {
            messages: Some(FirstValue(Some(target(message)))),
        }),
        ..Data::default()
    }
}

fn target(message: &WholeMessage) -> Message<'_> {
    Message {
        content: message.content.as_str().into(),
        author: Author {
            username: message.author.name.as_str().into(),
            global_name: message.author.global_name.as_deref().map(Text::from),
        },
    }
}

fn given(options: &[CommandDataOption]) -> Vec<Given<'_>> {
    options
        .iter()
        .map(|option| Given {
            name: option.name.as_str().into(),
            kind: u8::from(option.kind()),
            value: Some(scalar(&option.value)),
            options: match &option.value {
                CommandDataOptionValue::SubCommand(below)
                | CommandDataOptionValue::SubCommandGroup(below) => Some(given(below)),
                _ => None,
            },
            focused: Some(matches!(
                option.value,
                CommandDataOptionValue::Autocomplete { .. }
            )),
        })
        .collect()
}

fn scalar(value: &CommandDataOptionValue) -> Scalar<'_> {
    let id = |id: u64| Scalar::Text(Text(Cow::Owned(id.to_string())));
    match value {
        CommandDataOptionValue::String(text)
        | CommandDataOptionValue::Autocomplete { value: text, .. } => {
            Scalar::Text(text.as_str().into())
        }
        CommandDataOptionValue::Integer(number) => Scalar::Whole(*number),
        CommandDataOptionValue::Number(number) => Scalar::Number(*number),
        CommandDataOptionValue::Boolean(flag) => Scalar::Flag(*flag),
        CommandDataOptionValue::Attachment(file) => id(file.get()),
        CommandDataOptionValue::Channel(channel) => id(channel.get()),
        CommandDataOptionValue::Mentionable(either) => id(either.get()),
        CommandDataOptionValue::Role(role) => id(role.get()),
        CommandDataOptionValue::User(user) => id(user.get()),
        _ => Scalar::Other,
    }
}

fn member(member: &WholeMember) -> Member {
    let roles = member.roles.iter().map(|role: &RoleId| Id(role.get()));
    Member {
        user: user(member.user.id),
        permissions: member.permissions.map(|permissions| Id(permissions.bits())),
        roles: Some(roles.collect()),
    }
}

fn user(id: UserId) -> User {
    User { id: Id(id.get()) }
}

fn pressed(message: &WholeMessage) -> Pressed {
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
    let older = message.interaction.as_ref().map(|origin| origin.user.id);
    let origin = |id: Option<UserId>| {
        id.map(|id| Origin {
            user: Some(user(id)),
        })
    };
    Pressed {
        flags: message.flags.map(|flags| flags.bits()),
        interaction_metadata: origin(newer),
        interaction: origin(older),
    }
}
