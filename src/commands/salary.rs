//! `/salary`: the pay that sources report for a career, by level.

use super::controls::{self, Given, text_value};
use super::resolve::{self, Asked};
use super::{
    Answer, Arguments, Audience, Command, CommandOption, Context, Handler, Intent, OptionKind,
    Understood, UserError, career, career_text, figures, jobs, pay, table,
};
use crate::knowledge::{Career, Level, Section};
use crate::reply::limits::EMBEDS_TOTAL;
use crate::reply::{
    Card, ControlLine, Menu, MenuChoice, Reply, Row, Tone, Visibility, passage, text,
};

/// `/salary`.
pub const COMMAND: Command = Command {
    path: "salary",
    code: "p",
    summary: "What sources say a career pays, by level, with sample size and year",
    options: &[
        CommandOption {
            name: "career",
            key: 'c',
            summary: "Which career, by any of its names",
            kind: OptionKind::Career,
            required: true,
            hidden: false,
        },
        CommandOption {
            name: "level",
            key: 'l',
            summary: "Only this level",
            kind: OptionKind::Choice(Level::CHOICES),
            required: false,
            hidden: false,
        },
        table::PRIVATE,
    ],
    audience: Audience::Everyone,
    visibility: Visibility::Public,
    examples: &[
        "/salary career: data engineer",
        "/salary career: data scientist level: senior",
    ],
    message_menu: None,
    handler: Handler::Look(answer),
};

/// The line that shows a career's pay.
pub fn line(career: &Career, level: Option<Level>) -> Option<ControlLine> {
    line_for(career.id.as_str(), level)
}

fn line_for(career: &str, level: Option<Level>) -> Option<ControlLine> {
    let level = level.map(|level| ("level", text_value(level.id())));
    let given: Given = [("career", text_value(career))]
        .into_iter()
        .chain(level)
        .collect();
    controls::line(&COMMAND, given)
}

fn answer(context: &Context<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let level = arguments.choice("level", Level::from_id);
    let understood = |careers| Understood {
        careers,
        section: Some(Section::Salary),
        intent: Intent::Section,
    };
    let typed = arguments.text("career").unwrap_or_default();
    let asked = resolve::career(context.knowledge, typed).map_err(|unknown| {
        unknown
            .into_error(|career| line(career, level))
            .understood(understood(Vec::new()))
    })?;
    Ok(Answer {
        reply: Reply::new(card(asked, level), rows(context, asked, level)),
        understood: understood(vec![asked.career.id.clone()]),
        line: line_for(asked.carried(), level),
    })
}

fn card(asked: Asked<'_>, level: Option<Level>) -> Card {
    let career = asked.career;
    let name = text::escape(&career.name);
    let title = match level {
        Some(level) => format!("{name}: Salary, {} level", level.title().to_lowercase()),
        None => format!("{name}: Salary"),
    };
    let lines: Vec<String> = asked
        .note()
        .into_iter()
        .chain(unknown(career, level))
        .collect();
    let mut card = Card::new(Tone::Career, title, lines.join("\n"));
    let attributions = figures::attributions(career);
    card.footer = (!attributions.is_empty()).then(|| attributions.join(" · "));
    let blocks = pay::blocks(career, level);
    card.fields = passage::fields(&blocks, EMBEDS_TOTAL.saturating_sub(card.len()));
    card
}

/// Says plainly what is not known of what was asked.
fn unknown(career: &Career, level: Option<Level>) -> Option<String> {
    if !career.has(Section::Salary) {
        return Some(career_text::not_known(career, Section::Salary));
    }
    let known = pay::known_levels(career);
    let name = text::escape(&career.name);
    match level {
        Some(level) if !known.contains(&level) => Some(format!(
            "Not known: this knowledge base holds no figure for {name} at {} level.",
            level.title().to_lowercase()
        )),
        None if known.is_empty() => Some(format!(
            "Not known: this knowledge base holds no figures by level for {name}."
        )),
        _ => None,
    }
}

fn rows(context: &Context<'_>, asked: Asked<'_>, level: Option<Level>) -> Vec<Row> {
    let career = asked.career;
    let views = std::iter::once(None).chain(pay::known_levels(career).into_iter().map(Some));
    let choices: Vec<MenuChoice> = views
        .filter_map(|view| {
            let label = view.map_or("All levels", Level::title);
            Some(MenuChoice {
                selected: view == level,
                ..controls::choice(label, None, line_for(asked.carried(), view))?
            })
        })
        .collect();
    let menu = (choices.len() > 1).then(|| {
        Row::Menu(Menu {
            placeholder: "Show a level".to_owned(),
            choices,
        })
    });
    let whole = controls::button("The whole career", career::line(asked.carried(), None));
    let buttons = whole
        .into_iter()
        .chain(jobs::button("Jobs", career))
        .chain(career::compare_buttons(context.knowledge, career, 2));
    menu.into_iter()
        .chain(controls::button_rows(buttons))
        .collect()
}
