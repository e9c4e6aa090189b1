//! What a typed line may become: commands, options, values; pure functions of the line and the cursor.

use std::ops::Range;

use crate::commands::line::{
    Parts, after_slash, bare_option, find_command, pair_mark, two_careers, write_value,
};
use crate::commands::service::Suggestion;
use crate::commands::{Command, CommandOption, OptionKind};
use crate::reply::text::ELLIPSIS;

/// One thing that a part of the line may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the line that it takes the place of.
    pub span: Range<usize>,
    /// What it puts there.
    pub text: String,
    /// A line of small print.
    pub note: Option<String>,
    /// Whether a space belongs after it.
    pub space: bool,
}

/// Suggests values of an option that autocompletes: `(command's path, option, typed so far)`.
pub type Suggest<'a> = &'a dyn Fn(&str, &str, &str) -> Vec<Suggestion>;

/// What the text before the cursor may become, best first.
pub fn complete(
    commands: &'static [Command],
    line: &str,
    cursor: usize,
    suggest: Suggest<'_>,
) -> Vec<Completion> {
    let text = &line[..line.floor_char_boundary(cursor)];
    let start = text.len() - text.trim_start().len();
    let Some(rest) = after_slash(&text[start..]) else {
        return complete_name(commands, &text[start..], start..text.len());
    };
    match find_command(commands, rest) {
        Some((command, tail)) if !tail.is_empty() => Tail {
            command,
            text: tail,
            base: text.len() - tail.len(),
            suggest,
        }
        .complete(),
        _ => complete_name(commands, rest, start..text.len()),
    }
}

/// The commands whose path starts with what was typed.
fn complete_name(commands: &'static [Command], typed: &str, span: Range<usize>) -> Vec<Completion> {
    let mut wanted = typed
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    if typed.ends_with(char::is_whitespace) && !wanted.is_empty() {
        wanted.push(' ');
    }
    commands
        .iter()
        .filter(|command| command.path.starts_with(&wanted))
        .map(|command| Completion {
            span: span.clone(),
            text: format!("/{}", command.path),
            note: Some(command.summary.to_owned()),
            space: true,
        })
        .collect()
}

/// What follows a command's path, up to the cursor.
struct Tail<'a> {
    command: &'static Command,
    text: &'a str,
    /// Where it starts in the line.
    base: usize,
    suggest: Suggest<'a>,
}

impl Tail<'_> {
    fn complete(&self) -> Vec<Completion> {
        let parts = Parts::new(self.command, self.text);
        let word = self
            .text
            .trim_end_matches(|letter: char| !letter.is_whitespace())
            .len();
        match parts.given.last() {
            Some(part) => {
                let values = self.values(part.option, part.value.start);
                // The first word of a value is no option's name.
                if word <= part.value.start {
                    values
                } else {
                    let mut both = self.options(&parts, word);
                    both.extend(values);
                    both
                }
            }
            None => {
                let mut both = self.options(&parts, word);
                both.extend(self.bare_values());
                both
            }
        }
    }

    /// The options that are not yet given and start with the last word.
    fn options(&self, parts: &Parts, word: usize) -> Vec<Completion> {
        let typed = self.text[word..].to_lowercase();
        let given = |option: &&CommandOption| parts.given.iter().any(|part| part.option == *option);
        self.command
            .options
            .iter()
            .filter(|option| !option.hidden && !given(option))
            .filter(|option| option.name.starts_with(&typed))
            .map(|option| Completion {
                span: self.span(word),
                text: format!("{}: ", option.name),
                note: Some(option.summary.to_owned()),
                space: false,
            })
            .collect()
    }

    /// Values of the option that text before the first `name:` is for.
    fn bare_values(&self) -> Vec<Completion> {
        let start = self.text.len() - self.text.trim_start().len();
        let Some(option) = bare_option(self.command) else {
            return Vec::new();
        };
        let Some([first, second]) = two_careers(self.command) else {
            return self.values(option, start);
        };
        match pair_mark(&self.text[start..], second) {
            Some(mark) => {
                let after = start + mark.end;
                let gap = self.text[after..].len() - self.text[after..].trim_start().len();
                self.values(second, after + gap)
            }
            None => self.values(first, start),
        }
    }

    /// What the text from `start` may become as a value of the option.
    fn values(&self, option: &CommandOption, start: usize) -> Vec<Completion> {
        let typed = self.text[start..].trim().trim_start_matches(['"', '“']);
        self.suggestions(option, typed)
            .into_iter()
            .map(|(value, note)| Completion {
                span: self.span(start),
                text: write_value(self.command, option, &value),
                note: note.filter(|note| *note != value),
                space: true,
            })
            .collect()
    }

    /// Values with their small print.
    fn suggestions(&self, option: &CommandOption, typed: &str) -> Vec<(String, Option<String>)> {
        let wanted = typed.to_lowercase();
        let fits = |text: &str| text.to_lowercase().starts_with(&wanted);
        match option.kind {
            OptionKind::Career
            | OptionKind::Company(_)
            | OptionKind::Location(_)
            | OptionKind::Skills(_) => {
                (self.suggest)(self.command.path, option.name, typed)
                    .into_iter()
                    .map(|suggestion| match suggestion {
                        // A person reads the line: a whole name says more than an id, and means the same.
                        Suggestion { name, .. }
                            if option.kind == OptionKind::Career && !name.ends_with(ELLIPSIS) =>
                        {
                            (name, None)
                        }
                        Suggestion { name, value } => (value, Some(name)),
                    })
                    .collect()
            }
            OptionKind::Choice(choices) => choices
                .iter()
                .filter(|(title, id)| fits(title) || fits(id))
                .map(|(title, id)| ((*id).to_owned(), Some((*title).to_owned())))
                .collect(),
            OptionKind::Command => crate::commands::COMMANDS
                .iter()
                .filter(|command| fits(command.path))
                .map(|command| (command.path.to_owned(), Some(command.summary.to_owned())))
                .collect(),
            OptionKind::Flag => ["true", "false"]
                .into_iter()
                .filter(|flag| fits(flag))
                .map(|flag| (flag.to_owned(), None))
                .collect(),
            OptionKind::Text(_) | OptionKind::Whole(..) => Vec::new(),
        }
    }

    fn span(&self, start: usize) -> Range<usize> {
        self.base + start..self.base + self.text.len()
    }
}

/// What is shown behind a line to say what belongs there; none where there is nothing to say.
pub fn hint(commands: &'static [Command], line: &str) -> Option<String> {
    let (command, tail) = find_command(commands, after_slash(line)?)?;
    let parts = Parts::new(command, tail);
    let space = if line.ends_with(char::is_whitespace) {
        ""
    } else {
        " "
    };
    match parts.given.last() {
        Some(part) if tail[part.value.clone()].trim().is_empty() => {
            Some(format!("{space}{}", part.option.summary))
        }
        Some(_) => None,
        None if tail.trim().is_empty() => {
            let visible = command.options.iter().filter(|option| !option.hidden);
            let usage: Vec<_> = visible
                .map(|option| match option.required {
                    true => format!("{}: …", option.name),
                    false => format!("[{}:]", option.name),
                })
                .collect();
            (!usage.is_empty()).then(|| format!("{space}{}", usage.join(" ")))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::commands::{Answer, Arguments, Audience, Context, Handler, UserError};
    use crate::reply::Visibility;

    fn unused(_: &Context<'_>, _: &Arguments) -> Result<Answer, UserError> {
        unreachable!("no test runs a command")
    }

    const fn command(path: &'static str, options: &'static [CommandOption]) -> Command {
        Command {
            path,
            code: "t",
            summary: "does it",
            options,
            audience: Audience::Everyone,
            visibility: Visibility::Public,
            examples: &[],
            message_menu: None,
            handler: Handler::Look(unused),
        }
    }

    const fn option(name: &'static str, kind: OptionKind, required: bool) -> CommandOption {
        CommandOption {
            name,
            key: 'x',
            summary: "what it is",
            kind,
            required,
            hidden: false,
        }
    }

    static TABLE: &[Command] = &[
        command(
            "compare",
            &[
                option("first", OptionKind::Career, true),
                option("second", OptionKind::Career, true),
                option(
                    "section",
                    OptionKind::Choice(&[("Required skills", "skills"), ("Tools", "tools")]),
                    false,
                ),
                option("private", OptionKind::Flag, false),
            ],
        ),
        command("career", &[option("career", OptionKind::Career, false)]),
        command("knowledge status", &[]),
        command("knowledge reload", &[]),
    ];

    const CAREERS: [&str; 3] = ["Data Manager", "ML Engineer", "R and D Lead"];

    fn suggest(_path: &str, option: &str, typed: &str) -> Vec<Suggestion> {
        assert!(["first", "second", "career"].contains(&option));
        CAREERS
            .iter()
            .filter(|name| name.to_lowercase().starts_with(&typed.to_lowercase()))
            .map(|name| Suggestion {
                name: (*name).to_owned(),
                value: name.to_lowercase().replace(' ', "-"),
            })
            .collect()
    }

    /// The lines that the typed one may become; the cursor is at `|`.
    fn completed(typed: &str) -> Vec<String> {
        let cursor = typed.find('|').unwrap();
        let line = typed.replace('|', "");
        complete(TABLE, &line, cursor, &suggest)
            .into_iter()
            .map(|completion| {
                let mut line = line.clone();
                let space = if completion.space { " " } else { "" };
                line.replace_range(completion.span, &format!("{}{space}", completion.text));
                line
            })
            .collect()
    }

    #[test]
    fn a_slash_offers_every_command_and_letters_narrow_them() {
        let all = [
            "/compare ",
            "/career ",
            "/knowledge status ",
            "/knowledge reload ",
        ];
        assert_eq!(completed("/|"), all);
        assert_eq!(completed("|"), all);
        assert_eq!(completed("/C|"), ["/compare ", "/career "]);
        assert_eq!(completed("comp|"), ["/compare "]);
        assert_eq!(completed("/knowledge |"), all[2..]);
        assert_eq!(completed("/knowledge  re|"), all[3..]);
        assert_eq!(completed("what is |"), [""; 0]);
    }

    #[test]
    fn options_not_yet_given_are_offered() {
        assert_eq!(
            completed("/compare first: ML Engineer s|"),
            [
                "/compare first: ML Engineer second: ",
                "/compare first: ML Engineer section: "
            ]
        );
        assert_eq!(
            completed("/compare section: tools second: x |"),
            [
                "/compare section: tools second: x first: ",
                "/compare section: tools second: x private: "
            ]
        );
    }

    #[test]
    fn values_take_the_place_of_what_was_typed_of_them() {
        assert_eq!(
            completed("/compare first: ml e|"),
            ["/compare first: ML Engineer "]
        );
        assert_eq!(
            completed("/compare first: \"ml|"),
            ["/compare first: ML Engineer "]
        );
        assert_eq!(
            completed("/compare first: ml| second: Data Manager"),
            ["/compare first: ML Engineer  second: Data Manager"]
        );
        assert_eq!(
            completed("/compare section: req|"),
            ["/compare section: skills "]
        );
        assert_eq!(
            completed("/compare private: |"),
            ["/compare private: true ", "/compare private: false "]
        );
    }

    #[test]
    fn bare_careers_are_completed_on_both_sides() {
        assert_eq!(completed("/career da|"), ["/career Data Manager "]);
        assert_eq!(completed("/compare ml|"), ["/compare ML Engineer "]);
        assert_eq!(
            completed("/compare ml engineer vs d|"),
            ["/compare ml engineer vs Data Manager "]
        );
        assert_eq!(
            completed("/compare ml engineer, |")[4..],
            CAREERS.map(|name| format!("/compare ml engineer, {name} "))
        );
    }

    #[test]
    fn a_hint_says_what_belongs_there() {
        let hint = |line| hint(TABLE, line);
        assert_eq!(
            hint("/compare").as_deref(),
            Some(" first: … second: … [section:] [private:]")
        );
        assert_eq!(hint("/career ").as_deref(), Some("[career:]"));
        assert_eq!(hint("/compare first: ").as_deref(), Some("what it is"));
        assert_eq!(hint("/compare first: ml"), None);
        assert_eq!(hint("/knowledge status"), None);
        assert_eq!(hint("what"), None);
    }

    proptest! {
        #[test]
        fn any_line_with_the_cursor_anywhere_is_completed_within_the_line(
            line in "/?(compare|career|knowledge)? ?(\\PC|first:|vs|\"| |:){0,12}",
            cursor in 0usize..60,
        ) {
            for completion in complete(TABLE, &line, cursor, &suggest) {
                prop_assert!(completion.span.start <= completion.span.end);
                prop_assert!(completion.span.end <= line.len());
                prop_assert!(line.get(completion.span).is_some());
            }
            hint(TABLE, &line);
        }
    }
}
