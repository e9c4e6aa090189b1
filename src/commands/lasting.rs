//! Which questions have the same answer: a key of everything that an answer depends on.
//!
//! A lookup's answer depends on the snapshot, the day, and what was asked with which arguments; a press also on whether
//! the message is private and the presser's own. Nothing else of who asks counts
//! ([`super::request::Context`] does not even name them).

use jiff::civil::Date;

use super::Value;
use super::service::{Input, PressedMessage};
use crate::reply::Visibility;

/// A key under construction: every part is told apart from the next.
pub struct Key(Vec<u8>);

impl Key {
    /// A key for this snapshot on this day.
    pub fn new(version: &str, day: Date) -> Self {
        const USUAL: usize = 160;
        let mut key = Self(Vec::with_capacity(USUAL));
        key.text(version);
        let (year, month, day) = (day.year(), day.month(), day.day());
        key.0.extend(year.to_be_bytes());
        key.0.extend([month, day].map(|part| part.to_be_bytes()[0]));
        key
    }

    /// The key of a command or a press; `own` says whether the pressed message is the asker's.
    pub fn of_input(mut self, input: &Input, own: bool) -> Box<[u8]> {
        match input {
            Input::Command { path, given } => {
                self.kind(b'c');
                self.text(path);
                for (name, value) in given {
                    self.text(name);
                    self.value(value);
                }
            }
            Input::Press {
                custom_id,
                choice,
                message: PressedMessage { visibility, .. },
            } => {
                self.kind(if choice.is_some() { b'm' } else { b'b' });
                self.kind(match visibility {
                    Visibility::Public => b'+',
                    Visibility::Private => b'-',
                });
                self.kind(if own { b'o' } else { b'x' });
                self.text(custom_id);
                self.text(choice.as_deref().unwrap_or_default());
            }
        }
        self.0.into()
    }

    /// The key of what is suggested while an option is typed.
    pub fn of_typing(mut self, path: &str, option: &str, typed: &str) -> Box<[u8]> {
        self.kind(b't');
        for part in [path, option, typed] {
            self.text(part);
        }
        self.0.into()
    }

    fn kind(&mut self, kind: u8) {
        self.0.push(kind);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Text(text) => {
                self.kind(b'"');
                self.text(text);
            }
            Value::Whole(number) => {
                self.kind(b'#');
                self.0.extend(number.to_be_bytes());
            }
            Value::Flag(flag) => self.kind(if *flag { b'1' } else { b'0' }),
        }
    }

    fn text(&mut self, text: &str) {
        self.0.extend((text.len() as u64).to_be_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn key() -> Key {
        Key::new("0123456789ab", jiff::civil::date(2026, 11, 24))
    }

    fn command(path: &str, given: &[(&str, Value)]) -> Input {
        Input::Command {
            path: path.to_owned(),
            given: given
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        }
    }

    fn press(custom_id: &str, choice: Option<&str>, visibility: Visibility) -> Input {
        Input::Press {
            custom_id: custom_id.to_owned(),
            choice: choice.map(str::to_owned),
            message: PressedMessage {
                visibility,
                asker: Some(1),
            },
        }
    }

    #[test]
    fn everything_that_an_answer_depends_on_makes_another_key() {
        use Visibility::{Private, Public};
        let text = |text: &str| Value::Text(text.to_owned());
        let inputs = [
            command("career", &[]),
            command("careers", &[]),
            command("career", &[("career", text("a"))]),
            command("career", &[("career", text("ab"))]),
            command("career", &[("career", text("1"))]),
            command("career", &[("career", Value::Whole(1))]),
            command("career", &[("career", Value::Flag(true))]),
            command("career", &[("career", Value::Flag(false))]),
            command("career", &[("caree", text("ra"))]),
            command("career", &[("career", text("a")), ("section", text("b"))]),
            command("career", &[("section", text("b")), ("career", text("a"))]),
            press("r0c", None, Public),
            press("r0c", None, Private),
            press("r0c", Some(""), Private),
            press("r0c", Some("a"), Private),
            press("r0ca", Some(""), Private),
        ];
        let mut keys: Vec<_> = inputs
            .iter()
            .map(|input| key().of_input(input, true))
            .collect();
        keys.push(key().of_input(&press("r0c", None, Public), false));
        keys.push(key().of_typing("career", "career", ""));
        keys.push(key().of_typing("career", "", "career"));
        let tomorrow = Key::new("0123456789ab", jiff::civil::date(2026, 11, 25));
        keys.push(tomorrow.of_input(&inputs[0], true));
        let changed = Key::new("0123456789ac", jiff::civil::date(2026, 11, 24));
        keys.push(changed.of_input(&inputs[0], true));
        let distinct: HashSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }

    #[test]
    fn who_asked_for_the_message_counts_only_as_whether_it_is_ones_own() {
        let by = |asker| Input::Press {
            custom_id: "r0c".to_owned(),
            choice: None,
            message: PressedMessage {
                visibility: Visibility::Public,
                asker,
            },
        };
        let one = key().of_input(&by(Some(1)), false);
        assert_eq!(one, key().of_input(&by(None), false));
    }
}
