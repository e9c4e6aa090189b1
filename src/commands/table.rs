//! How a command is declared, and the table of all commands.
//!
//! The table registers the commands with Discord, completes in the terminal, fills `/help` and the README, and is
//! walked by tests. A command is declared here through its own file's constant, and nowhere else.

use super::{
    Answer, Arguments, Context, ModeratorContext, UserError, ask, career, compare, help, jobs,
    knowledge, salary, skills_match, switch,
};
use crate::knowledge::Section;
use crate::reply::Visibility;

/// Every command, in the order of `/help`.
pub const COMMANDS: &[Command] = &[
    compare::COMMAND,
    career::COMMAND,
    jobs::COMMAND,
    salary::COMMAND,
    ask::COMMAND,
    skills_match::COMMAND,
    switch::COMMAND,
    help::COMMAND,
    knowledge::STATUS,
    knowledge::RELOAD,
    knowledge::PROBLEMS,
];

/// The option by which an answer that everybody would see is shown to the asker alone.
pub const PRIVATE: CommandOption = CommandOption {
    name: "private",
    key: 'v',
    summary: "Show the answer to you alone",
    kind: OptionKind::Flag,
    required: false,
    hidden: false,
};

/// The option by which an answer that the asker alone would see is shown to everybody.
pub const SHARE: CommandOption = CommandOption {
    name: "share",
    key: 'h',
    summary: "Show the answer to the whole channel",
    kind: OptionKind::Flag,
    required: false,
    hidden: false,
};

/// The option by which one section of a career is shown alone.
pub const SECTION: CommandOption = CommandOption {
    name: "section",
    key: 'x',
    summary: "Only this section, whole",
    kind: OptionKind::Choice(Section::CHOICES),
    required: false,
    hidden: false,
};

/// The flags that say who sees an answer: `private: true` and `share: true`.
pub const VISIBILITY_OPTIONS: [&str; 2] = [PRIVATE.name, SHARE.name];

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.path)
    }
}

impl PartialEq for Command {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Command {}

/// One command.
pub struct Command {
    /// What is typed after the slash; a subcommand's path has two words (`knowledge reload`).
    pub path: &'static str,
    /// One or two letters for controls ([`super::wire`]); unique.
    pub code: &'static str,
    /// One line, at most 100 characters.
    pub summary: &'static str,
    /// The options, required ones first.
    pub options: &'static [CommandOption],
    /// Who may run it.
    pub audience: Audience,
    /// Who sees the answer unless an option says otherwise.
    pub visibility: Visibility,
    /// Lines worth trying, as a person types them.
    pub examples: &'static [&'static str],
    /// The entry in a message's own menu that runs it on that message.
    pub message_menu: Option<MessageMenu>,
    /// What answers it.
    pub handler: Handler,
}

/// An entry in the menu of a message: runs a command on what somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageMenu {
    /// What the entry is called, at most 32 characters.
    pub name: &'static str,
    /// The option that takes the message's text.
    pub text: &'static str,
    /// The option that takes its author's name.
    pub author: &'static str,
}

/// Who may run a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everyone, everywhere.
    Everyone,
    /// Moderators in the configured home servers.
    Moderators,
}

/// What answers a command.
#[derive(Clone, Copy)]
pub enum Handler {
    /// Looks something up in the snapshot: pure.
    Look(fn(&Context<'_>, &Arguments) -> Result<Answer, UserError>),
    /// Acts on the world (moderators only); may take longer than a transport waits.
    Act(fn(&ModeratorContext<'_>, &Arguments) -> Result<Answer, UserError>),
}

/// One option of a command.
pub struct CommandOption {
    /// What is typed before the colon.
    pub name: &'static str,
    /// Its letter in controls; unique within the command.
    pub key: char,
    /// One line, at most 100 characters.
    pub summary: &'static str,
    /// What may be given.
    pub kind: OptionKind,
    /// Whether the command needs it.
    pub required: bool,
    /// Whether only controls and typed lines use it (a page, one listing): not registered with Discord.
    pub hidden: bool,
}

/// What may be given for an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// A career by any of its names; autocompletes.
    Career,
    /// A company of the listings; autocompletes; at most this many characters.
    Company(usize),
    /// A location of the listings; autocompletes; at most this many characters.
    Location(usize),
    /// Skills and tools with commas between them; autocompletes the last one; at most this many characters.
    Skills(usize),
    /// One of a closed set: `(title, id)`.
    Choice(&'static [(&'static str, &'static str)]),
    /// A command's path; offered as choices.
    Command,
    /// Any text of at most this many characters.
    Text(usize),
    /// Yes or no.
    Flag,
    /// A whole number between two.
    Whole(i64, i64),
}

impl OptionKind {
    /// The longest text, in characters, that the option takes.
    pub const fn max_length(self) -> usize {
        match self {
            Self::Career => 100,
            Self::Company(max) | Self::Location(max) | Self::Skills(max) | Self::Text(max) => max,
            Self::Choice(_) | Self::Command | Self::Flag | Self::Whole(..) => 100,
        }
    }

    /// Whether Discord asks for suggestions while it is typed.
    pub const fn autocompletes(self) -> bool {
        matches!(
            self,
            Self::Career | Self::Company(_) | Self::Location(_) | Self::Skills(_)
        )
    }
}

impl Command {
    /// The command with this path.
    pub fn find(path: &str) -> Option<&'static Command> {
        COMMANDS.iter().find(|command| command.path == path)
    }

    /// Who sees an answer to these arguments.
    pub fn visibility_of(&self, arguments: &Arguments) -> Visibility {
        match (arguments.flag(PRIVATE.name), arguments.flag(SHARE.name)) {
            (Some(true), _) | (_, Some(false)) => Visibility::Private,
            (_, Some(true)) | (Some(false), _) => Visibility::Public,
            (None, None) => self.visibility,
        }
    }

    /// The command that runs from a message's menu under this name.
    pub fn of_message_menu(name: &str) -> Option<(&'static Command, MessageMenu)> {
        COMMANDS.iter().find_map(|command| {
            let menu = command.message_menu.filter(|menu| menu.name == name)?;
            Some((command, menu))
        })
    }

    /// The option with this name.
    pub fn option(&self, name: &str) -> Option<&'static CommandOption> {
        self.options.iter().find(|option| option.name == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::commands::line::{self, Line};
    use crate::reply::limits::{
        CHOICE, COMMAND_DESCRIPTION, COMMAND_NAME, COMMAND_OPTIONS, MENU_CHOICES,
    };

    fn assert_unique<'a>(what: &str, values: impl Iterator<Item = &'a str>) {
        let mut seen = HashSet::new();
        for value in values {
            assert!(seen.insert(value), "{what} {value} stands twice");
        }
    }

    fn is_name(name: &str) -> bool {
        (1..=COMMAND_NAME).contains(&name.chars().count())
            && name
                .chars()
                .all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_' | '-'))
    }

    fn is_description(text: &str) -> bool {
        (1..=COMMAND_DESCRIPTION).contains(&text.chars().count())
    }

    #[test]
    fn no_two_commands_share_a_path_or_a_code() {
        assert_unique("path", COMMANDS.iter().map(|command| command.path));
        assert_unique("code", COMMANDS.iter().map(|command| command.code));
    }

    #[test]
    fn every_command_keeps_discords_rules() {
        for command in COMMANDS {
            let words: Vec<&str> = command.path.split(' ').collect();
            assert!(
                words.len() <= 2 && words.iter().all(|word| is_name(word)),
                "{command:?}"
            );
            assert!(
                is_description(command.summary),
                "{command:?}: {}",
                command.summary
            );
            assert!(command.options.len() <= COMMAND_OPTIONS, "{command:?}");
            assert!((1..=2).contains(&command.code.len()), "{command:?}");
            assert!(!command.examples.is_empty(), "{command:?}");
        }
        assert!(
            COMMANDS.len() < MENU_CHOICES,
            "the menu of /help holds no more"
        );
    }

    #[test]
    fn every_option_keeps_discords_rules() {
        for command in COMMANDS {
            assert_unique("option", command.options.iter().map(|option| option.name));
            let keys: Vec<String> = command
                .options
                .iter()
                .map(|option| option.key.to_string())
                .collect();
            assert_unique("key", keys.iter().map(String::as_str));
            assert!(
                command
                    .options
                    .is_sorted_by_key(|option| (!option.required, option.hidden)),
                "{command:?}: required options come first, hidden ones last"
            );
            for option in command.options {
                let place = format!("{command:?} {option:?}");
                assert!(is_name(option.name), "{place}");
                assert!(
                    is_description(option.summary),
                    "{place}: {}",
                    option.summary
                );
                assert!(!(option.required && option.hidden), "{place}");
                assert!(option.key.is_ascii_alphanumeric(), "{place}");
                match option.kind {
                    OptionKind::Choice(choices) => {
                        assert!((1..=COMMAND_OPTIONS).contains(&choices.len()), "{place}");
                        assert_unique("choice", choices.iter().map(|(_, id)| *id));
                        assert_unique("choice", choices.iter().map(|(title, _)| *title));
                        for (title, id) in choices {
                            assert!((1..=CHOICE).contains(&title.chars().count()), "{place}");
                            assert!((1..=CHOICE).contains(&id.chars().count()), "{place}");
                        }
                    }
                    OptionKind::Whole(min, max) => assert!(0 <= min && min < max, "{place}"),
                    kind => assert!(kind.max_length() > 0, "{place}"),
                }
            }
        }
    }

    #[test]
    fn every_example_is_a_line_of_its_command() {
        for command in COMMANDS {
            for example in command.examples {
                match line::parse(example) {
                    Ok(Line::Command(parsed, _)) => assert_eq!(parsed, command, "{example}"),
                    other => panic!("{example}: {other:?}"),
                }
            }
        }
    }

    #[test]
    fn every_answer_for_everyone_has_one_flag_for_who_sees_it() {
        let everyones = COMMANDS
            .iter()
            .filter(|command| command.audience == Audience::Everyone);
        for command in everyones {
            let flags = command
                .options
                .iter()
                .filter(|option| VISIBILITY_OPTIONS.contains(&option.name));
            let kinds: Vec<OptionKind> = flags.map(|option| option.kind).collect();
            assert_eq!(kinds, [OptionKind::Flag], "{command:?}");
        }
    }
}
