//! `/help`: what the bot can do, read from the command table.

use super::controls::{self, text_value};
use super::line::{self, Line};
use super::{
    Answer, Arguments, Audience, COMMANDS, Command, CommandOption, Context, Handler, Intent,
    OptionKind, Understood, UserError, table, wire,
};
use crate::knowledge::Knowledge;
use crate::reply::passage::Passage;
use crate::reply::text::{counted, escape, plain};
use crate::reply::{Button, Card, ControlLine, Menu, Reply, Row, Tone, Visibility, limits};

/// `/help`.
pub const COMMAND: Command = Command {
    path: "help",
    code: "h",
    summary: "What Waymark can do, with examples to press",
    options: &[
        CommandOption {
            name: "command",
            key: 'c',
            summary: "Only this command, with its options",
            kind: OptionKind::Command,
            required: false,
            hidden: false,
        },
        table::SHARE,
    ],
    audience: Audience::Everyone,
    visibility: Visibility::Private,
    examples: &["/help", "/help command: compare"],
    message_menu: None,
    handler: Handler::Look(answer),
};

/// The line that shows what the bot can do.
pub fn line() -> Option<ControlLine> {
    controls::line(&COMMAND, [])
}

fn answer(context: &Context<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let command = arguments.text("command").and_then(Command::find);
    let card = match command {
        None => overview(context.knowledge),
        Some(command) => command_card(command),
    };
    let examples = match command {
        None => COMMANDS
            .iter()
            .filter(|command| command.path != COMMAND.path)
            .filter_map(|command| command.examples.first())
            .filter_map(|example| example_button(example))
            .take(limits::BUTTONS)
            .collect(),
        Some(command) => command
            .examples
            .iter()
            .filter_map(|example| example_button(example))
            .collect::<Vec<Button>>(),
    };
    let rows = std::iter::once(command_menu(command)).chain(controls::button_rows(examples));
    Ok(Answer {
        reply: Reply::new(card, rows.collect()),
        understood: Understood::intent(Intent::None),
        line: line_for(command),
    })
}

fn line_for(command: Option<&Command>) -> Option<crate::reply::ControlLine> {
    let command = command.map(|command| ("command", text_value(command.path)));
    controls::line(&COMMAND, command)
}

/// A button that runs an example just as it is written.
fn example_button(example: &str) -> Option<Button> {
    match line::parse(example).ok()? {
        Line::Command(command, arguments) if command.audience == Audience::Everyone => Some(
            Button::run(plain(example), wire::encode(command, &arguments)?),
        ),
        Line::Command(..) | Line::Question(_) | Line::Empty => None,
    }
}

fn command_menu(shown: Option<&Command>) -> Row {
    let overview =
        controls::choice("Overview", None, line_for(None)).map(|choice| crate::reply::MenuChoice {
            selected: shown.is_none(),
            ..choice
        });
    let commands = COMMANDS.iter().filter_map(|command| {
        let label = format!("/{}", command.path);
        let choice = controls::choice(&label, Some(command.summary), line_for(Some(command)))?;
        Some(crate::reply::MenuChoice {
            selected: shown == Some(command),
            ..choice
        })
    });
    Row::Menu(Menu {
        placeholder: "More about a command".to_owned(),
        choices: overview.into_iter().chain(commands).collect(),
    })
}

fn overview(knowledge: &Knowledge) -> Card {
    let name = escape(knowledge.name());
    let careers = counted(knowledge.careers().len(), "career", "careers");
    let listings = counted(knowledge.jobs().len(), "listing", "listings");
    let mut card = Card::new(
        Tone::Info,
        "What Waymark can do",
        format!(
            "Waymark answers career questions from a knowledge base that people keep.\n**{name}**: {careers}, {listings}."
        ),
    );
    card.field("Commands", summaries(Audience::Everyone))
        .field("For moderators", summaries(Audience::Moderators));
    card
}

fn summaries(audience: Audience) -> String {
    let lines = COMMANDS
        .iter()
        .filter(|command| command.audience == audience)
        .map(|command| format!("**/{}**: {}", command.path, command.summary));
    Passage::lines(lines.collect()).within(limits::FIELD_VALUE)
}

fn command_card(command: &Command) -> Card {
    let mut card = Card::new(
        Tone::Info,
        escape(&format!("/{}", command.path)),
        format!("{}.", command.summary),
    );
    let options = command
        .options
        .iter()
        .filter(|option| !option.hidden)
        .map(option_line);
    let examples = command
        .examples
        .iter()
        .map(|example| format!("`{example}`"));
    card.field(
        "Options",
        Passage::bullets(options).within(limits::FIELD_VALUE),
    )
    .field(
        "Examples",
        Passage::lines(examples.collect()).within(limits::FIELD_VALUE),
    );
    card
}

fn option_line(option: &CommandOption) -> String {
    let needed = if option.required { " (needed)" } else { "" };
    let takes = match option.kind {
        OptionKind::Choice(choices) => {
            let ids: Vec<&str> = choices.iter().map(|(_, id)| *id).collect();
            format!(": {}", ids.join(", "))
        }
        OptionKind::Flag => ": true or false".to_owned(),
        _ => String::new(),
    };
    format!("`{}`{needed}: {}{takes}", option.name, option.summary)
}
