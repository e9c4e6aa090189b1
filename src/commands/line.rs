//! A command as a person types it: `/compare first: ml engineer second: data manager section: skills`.
//!
//! A value runs until the next `name:` of the command's options; quotes keep such words inside a value (`\"` and `\\`
//! stand for `"` and `\` there). Text before the first option means the command's first option, or both careers of a
//! command that needs two: `/compare ml engineer vs data manager`.

mod mistake;
mod nearest;
mod pair;
mod parts;

use std::ops::Range;

use super::arguments::{Arguments, Value};
use super::table::{COMMANDS, Command, CommandOption};

use mistake::shown;
pub use mistake::{LineError, Meant};
use nearest::{nearest_command, nearest_option};
pub use pair::{pair_mark, two_careers};
use pair::{split_pair, split_words};
pub use parts::{Part, Parts};
use parts::{is_quote, unquoted};

/// What a typed line is.
#[derive(Debug, PartialEq)]
pub enum Line {
    /// A command with its arguments.
    Command(&'static Command, Arguments),
    /// A line without a slash: a question in plain words.
    Question(String),
    /// Nothing but white space.
    Empty,
}

/// Slips in one line that are mended to guess what was meant.
const SLIPS: usize = 3;

/// Reads a typed line.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn parse(line: &str) -> Result<Line, LineError> {
    let line = line.trim_start_matches('\u{feff}').trim();
    match after_slash(line) {
        Some(rest) => parse_command(COMMANDS, rest, SLIPS)
            .map(|(command, given)| Line::Command(command, given)),
        None if line.is_empty() => Ok(Line::Empty),
        None => Ok(Line::Question(line.to_owned())),
    }
}

/// The command as a person would type it: what [`parse`] reads back as the same command and arguments.
pub fn write(command: &Command, arguments: &Arguments) -> String {
    let mut line = format!("/{}", command.path);
    for (option, value) in arguments.iter() {
        let value = write_value(command, option, &value.to_string());
        line.push_str(&format!(" {}: {value}", option.name));
    }
    line
}

/// A value as it stands after its option's name: in quotes where it could be misread.
pub fn write_value(command: &Command, option: &CommandOption, value: &str) -> String {
    let line = format!("{}: {value}", option.name);
    let parts = Parts::new(command, &line);
    let plain = !value.starts_with(is_quote)
        && parts.unknown.is_none()
        && matches!(&parts.given[..], [part] if part.option == option && unquoted(&line[part.value.clone()]) == value);
    if plain {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// What follows the slash of a command's line.
pub fn after_slash(line: &str) -> Option<&str> {
    line.strip_prefix(['/', '／'])
}

fn parse_command(
    commands: &'static [Command],
    rest: &str,
    slips: usize,
) -> Result<Meant, LineError> {
    let Some((command, rest)) = find_command(commands, rest) else {
        return Err(no_such_command(commands, rest, slips));
    };
    let parts = Parts::new(command, rest);
    if let Some(unknown) = parts.unknown {
        return Err(no_such_option(commands, command, rest, unknown, slips));
    }
    let given = parts
        .given
        .iter()
        .map(|part| (part.option, unquoted(&rest[part.value.clone()])));
    let mut given: Vec<_> = given.collect();
    let bare = rest[parts.bare].trim();
    if !bare.is_empty() {
        given.extend(place_bare(command, bare, &given)?);
    }
    let given = given
        .into_iter()
        .map(|(option, text)| (option.name.to_owned(), Value::Text(text)));
    Arguments::new(command, given)
        .map(|arguments| (command, arguments))
        .map_err(|refusal| LineError::Refused { command, refusal })
}

/// The command whose path the text starts with (in any case), and what follows the path.
pub fn find_command<'t>(
    commands: &'static [Command],
    text: &'t str,
) -> Option<(&'static Command, &'t str)> {
    commands.iter().find_map(|command| {
        let mut left = text;
        for word in command.path.split(' ') {
            left = left.trim_start();
            let (head, tail) = left.split_at(left.find(char::is_whitespace).unwrap_or(left.len()));
            if !head.eq_ignore_ascii_case(word) {
                return None;
            }
            left = tail;
        }
        Some((command, left))
    })
}

fn no_such_command(commands: &'static [Command], rest: &str, slips: usize) -> LineError {
    let nearest = nearest_command(commands, rest);
    let meant = nearest
        .and_then(|(command, tail)| mended(commands, &format!("{} {tail}", command.path), slips));
    LineError::NoSuchCommand {
        typed: shown(split_words(rest, 1).0),
        nearest: nearest.map(|(command, _)| command),
        meant,
    }
}

fn no_such_option(
    commands: &'static [Command],
    command: &'static Command,
    rest: &str,
    unknown: Range<usize>,
    slips: usize,
) -> LineError {
    let typed = &rest[unknown.clone()];
    let nearest = nearest_option(command, typed);
    let meant = nearest.and_then(|option| {
        let (before, after) = (&rest[..unknown.start], &rest[unknown.end..]);
        let line = format!("{} {before}{}{after}", command.path, option.name);
        mended(commands, &line, slips)
    });
    LineError::NoSuchOption {
        command,
        typed: shown(typed),
        nearest,
        meant,
    }
}

/// What a line with one slip mended means, mending at most `slips` altogether.
fn mended(commands: &'static [Command], line: &str, slips: usize) -> Option<Meant> {
    let slips = slips.checked_sub(1)?;
    parse_command(commands, line, slips)
        .or_else(LineError::into_meant)
        .ok()
}

/// The options that a text before the first `name:` is for, with their values.
fn place_bare(
    command: &'static Command,
    bare: &str,
    given: &[(&'static CommandOption, String)],
) -> Result<Vec<(&'static CommandOption, String)>, LineError> {
    let is_open = |option: &&CommandOption| !given.iter().any(|(other, _)| other == option);
    let stray = || LineError::Stray {
        command,
        text: shown(bare),
    };
    if let Some([first, second]) = two_careers(command) {
        if is_open(&first) && is_open(&second) {
            let (left, right) = split_pair(bare, first, second);
            return Ok([(first, Some(left)), (second, right)]
                .into_iter()
                .filter_map(|(option, text)| Some((option, text?)))
                .collect());
        }
        let option = [first, second]
            .into_iter()
            .find(is_open)
            .ok_or_else(stray)?;
        return Ok(vec![(option, unquoted(bare))]);
    }
    let option = bare_option(command).filter(is_open).ok_or_else(stray)?;
    Ok(vec![(option, unquoted(bare))])
}

/// The option that a text before the first `name:` means: the first visible one.
pub fn bare_option(command: &'static Command) -> Option<&'static CommandOption> {
    command.options.iter().find(|option| !option.hidden)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::commands::arguments::Refusal;
    use crate::commands::{Answer, Audience, Context, Handler, OptionKind, UserError};
    use crate::reply::Visibility;

    fn unused(_: &Context<'_>, _: &Arguments) -> Result<Answer, UserError> {
        unreachable!("no test runs a command")
    }

    const fn command(
        path: &'static str,
        options: &'static [CommandOption],
        examples: &'static [&'static str],
    ) -> Command {
        Command {
            path,
            code: "t",
            summary: "",
            options,
            audience: Audience::Everyone,
            visibility: Visibility::Public,
            examples,
            message_menu: None,
            handler: Handler::Look(unused),
        }
    }

    const fn option(name: &'static str, kind: OptionKind, required: bool) -> CommandOption {
        CommandOption {
            name,
            key: 'x',
            summary: "",
            kind,
            required,
            hidden: false,
        }
    }

    const SECTIONS: OptionKind =
        OptionKind::Choice(&[("Required skills", "skills"), ("Tools", "tools")]);

    static TABLE: &[Command] = &[
        command(
            "compare",
            &[
                option("first", OptionKind::Career, true),
                option("second", OptionKind::Career, true),
                option("section", SECTIONS, false),
                option("private", OptionKind::Flag, false),
            ],
            &["/compare first: ml engineer second: data manager"],
        ),
        command(
            "switch",
            &[
                option("from", OptionKind::Career, true),
                option("to", OptionKind::Career, true),
            ],
            &[],
        ),
        command(
            "jobs",
            &[
                option("search", OptionKind::Text(60), false),
                option("company", OptionKind::Company(60), false),
                option("min_salary", OptionKind::Whole(0, 1_000_000), false),
                option("type", SECTIONS, false),
            ],
            &[],
        ),
        command("knowledge status", &[], &[]),
        command("knowledge reload", &[], &[]),
    ];

    type Given = Vec<(&'static str, String)>;

    fn given((command, arguments): &Meant) -> (&'static str, Given) {
        let given = arguments
            .iter()
            .map(|(option, value)| (option.name, value.to_string()));
        (command.path, given.collect())
    }

    fn read(line: &str) -> Result<(&'static str, Given), LineError> {
        parse_command(TABLE, after_slash(line).unwrap(), SLIPS).map(|meant| given(&meant))
    }

    fn reads(line: &str, path: &'static str, expected: &[(&'static str, &str)]) {
        let expected: Given = expected
            .iter()
            .map(|(name, text)| (*name, (*text).to_owned()))
            .collect();
        assert_eq!(
            read(line).map_err(|error| error.to_string()),
            Ok((path, expected)),
            "{line}"
        );
    }

    #[test]
    fn a_command_is_read_as_discord_shows_it_and_in_any_case_and_spacing() {
        let expected = [
            ("first", "ml engineer"),
            ("second", "data manager"),
            ("section", "skills"),
        ];
        for line in [
            "/compare first: ml engineer second: data manager section: skills",
            "/compare second:data manager   section:Required Skills first:ml engineer",
            "/COMPARE First: ml engineer SECOND : data manager Section :skills",
            "／compare first：ml engineer second：data manager section： skills",
            "/ compare first: \"ml engineer\" second: “data manager” section: \"skills\"",
        ] {
            reads(line, "compare", &expected);
        }
    }

    #[test]
    fn text_without_an_option_is_for_the_first_one() {
        reads(
            "/jobs rust developer",
            "jobs",
            &[("search", "rust developer")],
        );
        reads(
            "/jobs rust min-salary: 90,000",
            "jobs",
            &[("search", "rust"), ("min_salary", "90000")],
        );
        reads(
            "/jobs \"type: x\" company: Acme",
            "jobs",
            &[("search", "type: x"), ("company", "Acme")],
        );
    }

    #[test]
    fn two_careers_are_parted_by_vs_a_comma_or_and() {
        let expected = [("first", "ml engineer"), ("second", "data manager")];
        for line in [
            "/compare ml engineer vs data manager",
            "/compare ml engineer VS. data manager",
            "/compare ml engineer versus data manager",
            "/compare ml engineer, data manager",
            "/compare ml engineer and data manager",
            "/compare \"ml engineer\" \"data manager\"",
            "/compare \"ml engineer\" vs data manager",
            "/compare ml engineer second: data manager",
            "/compare data manager first: ml engineer",
        ] {
            reads(line, "compare", &expected);
        }
        reads(
            "/compare research and development lead vs data manager section: tools",
            "compare",
            &[
                ("first", "research and development lead"),
                ("second", "data manager"),
                ("section", "tools"),
            ],
        );
        for line in [
            "/switch from data analyst to data scientist",
            "/switch data analyst to data scientist",
        ] {
            reads(
                line,
                "switch",
                &[("from", "data analyst"), ("to", "data scientist")],
            );
        }
    }

    #[test]
    fn one_career_where_two_are_needed_is_told() {
        let error = read("/compare ml engineer").unwrap_err();
        let refusal = Refusal::Missing {
            command: "compare",
            option: "second",
        };
        assert_eq!(
            error,
            LineError::Refused {
                command: &TABLE[0],
                refusal
            }
        );
        assert_eq!(
            error.told(),
            "`/compare` needs `second`. For example: `/compare first: ml engineer second: data manager`"
        );
    }

    #[test]
    fn an_option_that_does_not_exist_is_told_with_the_nearest_and_the_line_as_it_was_meant() {
        let error =
            read("/compare frist: ml engineer second: data manager secton: skills").unwrap_err();
        assert_eq!(
            error.told(),
            "`/compare` has no option `frist`. Did you mean `first`?\n\
             If `frist:` belongs to a value, put the value in quotes."
        );
        let meant = error.meant().map(given);
        let expected = [
            ("first", "ml engineer"),
            ("second", "data manager"),
            ("section", "skills"),
        ];
        assert_eq!(
            meant,
            Some((
                "compare",
                expected
                    .map(|(name, text)| (name, text.to_owned()))
                    .to_vec()
            ))
        );

        let error = read("/compare colour: red").unwrap_err();
        assert_eq!(
            error.told(),
            "`/compare` has no option `colour`. Its options are `first:`, `second:`, `section:`, `private:`.\n\
             If `colour:` belongs to a value, put the value in quotes."
        );
        assert_eq!(error.meant(), None);
    }

    #[test]
    fn a_text_may_hold_colons() {
        reads(
            "/jobs search: C++: senior, 9:30, https://e.org, note: x",
            "jobs",
            &[("search", "C++: senior, 9:30, https://e.org, note: x")],
        );
        assert!(matches!(
            read("/jobs search: rust tpye: tools"),
            Err(LineError::NoSuchOption { nearest: Some(nearest), .. }) if nearest.name == "type"
        ));
    }

    #[test]
    fn a_command_that_does_not_exist_is_told_with_the_nearest_and_the_line_as_it_was_meant() {
        let error = read("/comprae ml engineer vs data manager").unwrap_err();
        assert_eq!(
            error.told(),
            "There is no command `/comprae`. Did you mean `/compare`?"
        );
        let expected = [("first", "ml engineer"), ("second", "data manager")];
        assert_eq!(
            error.meant().map(given),
            Some((
                "compare",
                expected
                    .map(|(name, text)| (name, text.to_owned()))
                    .to_vec()
            ))
        );
        let nearest = |line: &str| match read(line) {
            Err(LineError::NoSuchCommand { nearest, .. }) => nearest.map(|command| command.path),
            other => panic!("{other:?}"),
        };
        assert_eq!(nearest("/comp x"), Some("compare"));
        assert_eq!(nearest("/knowledge"), Some("knowledge status"));
        assert_eq!(nearest("/knowledge relaod"), Some("knowledge reload"));
        assert_eq!(nearest("/weather"), None);
        assert_eq!(nearest("/"), None);
    }

    #[test]
    fn text_that_no_option_takes_is_told() {
        assert_eq!(
            read("/knowledge status now").unwrap_err().told(),
            "`/knowledge status` cannot tell what `now` is for. It takes no options."
        );
        assert_eq!(
            read("/jobs rust search: java").unwrap_err(),
            LineError::Stray {
                command: &TABLE[2],
                text: "rust".to_owned()
            }
        );
    }

    #[test]
    fn a_line_without_a_slash_is_a_question_and_white_space_is_nothing() {
        assert_eq!(
            parse(" what is SQL? "),
            Ok(Line::Question("what is SQL?".to_owned()))
        );
        assert_eq!(parse("\u{feff} \t"), Ok(Line::Empty));
    }

    #[test]
    fn a_mistake_is_private_and_quotes_no_markdown_of_the_asker() {
        let error = UserError::from(read("/x`**@everyone\u{202e}** y").unwrap_err());
        assert_eq!(error.reply.visibility, Visibility::Private);
        assert_eq!(
            error.reply.card.body,
            "There is no command `/x'**@everyone**`."
        );
    }

    fn arguments() -> impl Strategy<Value = (&'static Command, Arguments)> {
        let word = prop_oneof![
            any::<String>(),
            "\\PC{0,20}",
            "[\"“”\\\\a: ]{0,8}",
            "(first|second|type|min|salary|search|serch|company|x)( ?[:：] ?| )(\"|a|first|type:)?",
        ];
        let text = proptest::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
        let number = proptest::option::of(0i64..1_000_000);
        (0usize..3, text.clone(), text, number).prop_filter_map(
            "empty or too long",
            |(place, one, two, number)| {
                let command = &TABLE[place];
                let names = [command.options[0].name, command.options[1].name];
                let texts = names.into_iter().zip([one, two]);
                let mut given: Vec<_> = texts
                    .map(|(name, text)| (name.to_owned(), Value::Text(text)))
                    .collect();
                if let (Some(number), true) = (number, command.option("min_salary").is_some()) {
                    given.push(("min_salary".to_owned(), Value::Whole(number)));
                }
                Some((command, Arguments::new(command, given).ok()?))
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_the_same((command, arguments) in arguments()) {
            let line = write(command, &arguments);
            let read = parse_command(TABLE, after_slash(&line).unwrap(), SLIPS);
            prop_assert_eq!(read, Ok((command, arguments)), "{}", line);
        }

        #[test]
        fn any_line_is_read_or_refused(line in "/?(compare|switch|jobs|knowledge|x) ?(\\PC|first:|frst:|vs|\"|,| |:){0,20}") {
            if let Some(rest) = after_slash(&line)
                && let Err(error) = parse_command(TABLE, rest, SLIPS)
            {
                let _ = UserError::from(error);
            }
        }
    }
}
