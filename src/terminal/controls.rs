//! The controls of a reply, numbered in the order in which they stand.

use crate::reply::Reply;
use crate::reply::message::Component;

/// A row of controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What stands above the choices, where the group is a menu.
    pub heading: Option<String>,
    /// Its buttons or choices.
    pub controls: Vec<Control>,
}

/// A button, or a choice of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// What stands on it.
    pub label: String,
    /// A line of small print.
    pub note: Option<String>,
    /// Whether it is what the card shows now.
    pub selected: bool,
    /// What can be done with it.
    pub action: Action,
}

/// What can be done with a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Typing the number presses it.
    Press(Press),
    /// It leads to this address.
    Open(String),
    /// Nothing now.
    Disabled,
}

/// What pressing a control sends, as Discord sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// The number to type, from 1.
    pub number: usize,
    /// The control's custom_id.
    pub custom_id: String,
    /// The chosen value, where the control is a menu.
    pub choice: Option<String>,
}

/// The rows of controls of a reply.
pub fn groups(reply: &Reply) -> Vec<Group> {
    let mut numbers = 1..;
    let mut press = |custom_id: String, choice: Option<String>| {
        Action::Press(Press {
            number: numbers.next().unwrap_or(usize::MAX),
            custom_id,
            choice,
        })
    };
    let rows = reply.message().components;
    rows.into_iter()
        .map(|row| {
            let mut group = Group {
                heading: None,
                controls: Vec::new(),
            };
            for component in row.components {
                match component {
                    Component::Button {
                        label,
                        custom_id,
                        url,
                        disabled,
                        ..
                    } => group.controls.push(Control {
                        label: label.to_owned(),
                        note: None,
                        selected: false,
                        action: match (custom_id, url) {
                            (_, Some(url)) => Action::Open(url.to_owned()),
                            (Some(custom_id), None) if !disabled => press(custom_id, None),
                            _ => Action::Disabled,
                        },
                    }),
                    Component::Menu {
                        custom_id,
                        placeholder,
                        options,
                        ..
                    } => {
                        group.heading = Some(placeholder.to_owned());
                        group.controls.extend(options.iter().map(|option| Control {
                            label: option.label.to_owned(),
                            note: option.description.map(str::to_owned),
                            selected: option.default,
                            action: press(custom_id.clone(), Some(option.value.to_owned())),
                        }));
                    }
                }
            }
            group
        })
        .collect()
}

/// What typing each number presses, in order from 1.
pub fn presses(reply: &Reply) -> Vec<Press> {
    groups(reply)
        .into_iter()
        .flat_map(|group| group.controls)
        .filter_map(|control| match control.action {
            Action::Press(press) => Some(press),
            Action::Open(_) | Action::Disabled => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::message::{Pressed, parse_custom_id};
    use crate::reply::{Button, Card, ControlLine, Menu, MenuChoice, Row, Tone};

    fn line(text: &str) -> ControlLine {
        ControlLine::new(text.to_owned()).unwrap()
    }

    #[test]
    fn numbers_press_what_discord_would_send_and_pass_over_links_and_disabled_buttons() {
        let choice = |label: &str, selected| MenuChoice {
            label: label.to_owned(),
            description: None,
            line: line(label),
            selected,
        };
        let reply = Reply::new(
            Card::new(Tone::Info, "t", "b"),
            vec![
                Row::Menu(Menu {
                    placeholder: "Section".to_owned(),
                    choices: vec![choice("skills", true), choice("tools", false)],
                }),
                Row::Buttons(vec![
                    Button::run("Back", line("j p1")).disabled(true),
                    Button::run("Next", line("j p2")),
                    Button::open("Apply", "https://e.org"),
                    Button::share(line("j")),
                    Button::remove(),
                ]),
            ],
        );
        let pressed: Vec<_> = presses(&reply)
            .iter()
            .map(|press| {
                let read = parse_custom_id(&press.custom_id, press.choice.as_deref());
                (press.number, read.unwrap())
            })
            .collect();
        let run = |text: &str| Pressed::Run(text.to_owned());
        assert_eq!(
            pressed,
            [
                (1, run("skills")),
                (2, run("tools")),
                (3, run("j p2")),
                (4, Pressed::Share("j".to_owned())),
                (5, Pressed::Remove),
            ]
        );
    }
}
