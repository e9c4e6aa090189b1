//! A reply as the message object that Discord documents
//! ([Message](https://docs.discord.com/developers/resources/message),
//! [Components](https://docs.discord.com/developers/components/reference)): the `data` of an interaction's response.

use serde::Serialize;

use super::{Button, Field, Menu, Press, Reply, Row, Tone, Visibility, Weight};

/// The EPHEMERAL message flag.
pub const EPHEMERAL: u32 = 1 << 6;

/// The message object of a reply.
#[derive(Debug, Serialize)]
pub struct Message<'a> {
    embeds: [Embed<'a>; 1],
    /// The rows of controls.
    pub components: Vec<ActionRow<'a>>,
    allowed_mentions: AllowedMentions,
    #[serde(skip_serializing_if = "is_zero")]
    flags: u32,
}

/// Nobody is ever pinged.
#[derive(Debug, Serialize)]
struct AllowedMentions {
    parse: [(); 0],
}

#[derive(Debug, Serialize)]
struct Embed<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    color: u32,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fields: &'a [Field],
    #[serde(skip_serializing_if = "Option::is_none")]
    footer: Option<Footer<'a>>,
}

#[derive(Debug, Serialize)]
struct Footer<'a> {
    text: &'a str,
}

/// A row of controls.
#[derive(Debug, Serialize)]
pub struct ActionRow<'a> {
    #[serde(rename = "type")]
    kind: u8,
    /// Buttons, or one menu.
    pub components: Vec<Component<'a>>,
}

/// A control.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Component<'a> {
    /// A button.
    Button {
        /// The component's type.
        #[serde(rename = "type")]
        kind: u8,
        /// How it is drawn.
        style: u8,
        /// What stands on it.
        label: &'a str,
        /// What pressing it sends; none for a link.
        #[serde(skip_serializing_if = "Option::is_none")]
        custom_id: Option<String>,
        /// What a link opens.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<&'a str>,
        /// Whether it cannot be pressed.
        #[serde(skip_serializing_if = "is_false")]
        disabled: bool,
    },
    /// A menu.
    Menu {
        /// The component's type.
        #[serde(rename = "type")]
        kind: u8,
        /// What choosing sends, beside the choice's value.
        custom_id: String,
        /// What stands on it while nothing is chosen.
        placeholder: &'a str,
        /// The choices.
        options: Vec<MenuOption<'a>>,
    },
}

/// A choice of a menu.
#[derive(Debug, Serialize)]
pub struct MenuOption<'a> {
    /// What it is called.
    pub label: &'a str,
    /// What choosing it sends.
    pub value: &'a str,
    /// A line of small print.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'a str>,
    /// Whether it is what the card shows now.
    #[serde(skip_serializing_if = "is_false")]
    pub default: bool,
}

/// What a pressed control asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// Run this line.
    Run(String),
    /// Run this line and show it to the channel.
    Share(String),
    /// Take the message away.
    Remove,
}

const RUN: char = 'r';
const SHARE: char = 's';
const REMOVE: char = 'x';
const MENU: char = 'm';

/// Reads a custom_id (and, for a menu, what was chosen); none where it is not one of ours.
pub fn parse_custom_id(custom_id: &str, choice: Option<&str>) -> Option<Pressed> {
    let mut letters = custom_id.chars();
    let verb = letters.next()?;
    let _ordinal = letters.next()?;
    let line = letters.as_str().to_owned();
    match (verb, choice) {
        (RUN, None) => Some(Pressed::Run(line)),
        (SHARE, None) => Some(Pressed::Share(line)),
        (REMOVE, None) => Some(Pressed::Remove),
        (MENU, Some(choice)) => Some(Pressed::Run(choice.to_owned())),
        _ => None,
    }
}

impl Reply {
    /// The message object. The reply must be within limits ([`Reply::fit`]).
    pub fn message(&self) -> Message<'_> {
        let mut ordinals = (0..36).filter_map(|ordinal| char::from_digit(ordinal, 36));
        let components = self
            .rows
            .iter()
            .map(|row| ActionRow {
                kind: 1,
                components: match row {
                    Row::Buttons(buttons) => buttons
                        .iter()
                        .map(|button| button_component(button, ordinals.next().unwrap_or('z')))
                        .collect(),
                    Row::Menu(menu) => {
                        vec![menu_component(menu, ordinals.next().unwrap_or('z'))]
                    }
                },
            })
            .collect();
        Message {
            embeds: [Embed {
                title: &self.card.title,
                url: self.card.url.as_deref(),
                description: &self.card.body,
                color: color(self.card.tone),
                fields: &self.card.fields,
                footer: self.card.footer.as_deref().map(|text| Footer { text }),
            }],
            components,
            allowed_mentions: AllowedMentions { parse: [] },
            flags: match self.visibility {
                Visibility::Public => 0,
                Visibility::Private => EPHEMERAL,
            },
        }
    }
}

/// The custom_id of a press: what to do, a digit that makes it unique in its message, the line.
fn custom_id(verb: char, ordinal: char, line: &str) -> String {
    format!("{verb}{ordinal}{line}")
}

fn button_component(button: &Button, ordinal: char) -> Component<'_> {
    let (custom_id, url) = match &button.press {
        Press::Run(line) => (Some(custom_id(RUN, ordinal, line.as_str())), None),
        Press::Share(line) => (Some(custom_id(SHARE, ordinal, line.as_str())), None),
        Press::Remove => (Some(custom_id(REMOVE, ordinal, "")), None),
        Press::Open(url) => (None, Some(url.as_str())),
    };
    const LINK: u8 = 5;
    Component::Button {
        kind: 2,
        style: match (url, button.weight) {
            (Some(_), _) => LINK,
            (None, Weight::Primary) => 1,
            (None, Weight::Secondary) => 2,
            (None, Weight::Danger) => 4,
        },
        label: &button.label,
        custom_id,
        url,
        disabled: button.disabled,
    }
}

fn menu_component(menu: &Menu, ordinal: char) -> Component<'_> {
    Component::Menu {
        kind: 3,
        custom_id: custom_id(MENU, ordinal, ""),
        placeholder: &menu.placeholder,
        options: menu
            .choices
            .iter()
            .map(|choice| MenuOption {
                label: &choice.label,
                value: choice.line.as_str(),
                description: choice.description.as_deref(),
                default: choice.selected,
            })
            .collect(),
    }
}

/// The colour of a card's bar, 0xRRGGBB.
pub const fn color(tone: Tone) -> u32 {
    match tone {
        Tone::Career => 0x2F_80_ED,
        Tone::Compare => 0x7B_61_FF,
        Tone::Jobs => 0x12_9B_7F,
        Tone::Info => 0x5C_6B_7A,
        Tone::Success => 0x2E_A0_43,
        Tone::Mistake => 0xE0_A0_2E,
        Tone::Failure => 0xD0_3B_3B,
    }
}

fn is_zero(flags: &u32) -> bool {
    *flags == 0
}

fn is_false(flag: &bool) -> bool {
    !*flag
}
