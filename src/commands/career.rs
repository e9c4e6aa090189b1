//! `/career`: one career, all nine sections or one of them; without a career, browsing.

use super::career_text;
use super::controls::{self, Given, text_value};
use super::detail::Detail;
use super::resolve::{self, Asked};
use super::{
    Answer, Arguments, Audience, Command, CommandOption, Context, Handler, Intent, OptionKind,
    Understood, UserError, browse, compare, figures, jobs, pay, salary, table,
};
use crate::knowledge::{Career, Knowledge, Section};
use crate::reply::limits::{DESCRIPTION, EMBEDS_TOTAL};
use crate::reply::passage::{self, Block, Passage};
use crate::reply::{Button, Card, ControlLine, Reply, Row, Tone, Visibility, text};

/// `/career`.
pub const COMMAND: Command = Command {
    path: "career",
    code: "k",
    summary: "One career: what it is, skills, tools, pay and how to start; without a name, all careers",
    options: &[
        CommandOption {
            name: "career",
            key: 'c',
            summary: "Which career, by any of its names; leave it out to browse",
            kind: OptionKind::Career,
            required: false,
            hidden: false,
        },
        table::SECTION,
        table::PRIVATE,
        CommandOption {
            name: "category",
            key: 'g',
            summary: "The category to browse",
            kind: OptionKind::Text(60),
            required: false,
            hidden: true,
        },
        CommandOption {
            name: "page",
            key: 'p',
            summary: "The page of a long list",
            kind: OptionKind::Whole(1, 9999),
            required: false,
            hidden: true,
        },
    ],
    audience: Audience::Everyone,
    visibility: Visibility::Public,
    examples: &[
        "/career career: data engineer",
        "/career career: MLE section: skills",
        "/career",
    ],
    message_menu: None,
    handler: Handler::Look(answer),
};

/// The line that shows a career, by any name a control may carry.
pub fn line(career: &str, section: Option<Section>) -> Option<ControlLine> {
    let section = section.map(|section| ("section", text_value(section.id())));
    let given: Given = [("career", text_value(career))]
        .into_iter()
        .chain(section)
        .collect();
    controls::line(&COMMAND, given)
}

/// A button that shows a career.
pub fn button(career: &Career) -> Option<Button> {
    controls::button(&career.name, line(career.id.as_str(), None))
}

fn answer(context: &Context<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let section = arguments.choice("section", Section::from_id);
    let Some(typed) = arguments.text("career") else {
        return browse::answer(context, arguments, section);
    };
    let understood = |careers| Understood {
        careers,
        section,
        intent: Intent::Section,
    };
    let asked = resolve::career(context.knowledge, typed).map_err(|unknown| {
        unknown
            .into_error(|career| line(career.id.as_str(), section))
            .understood(understood(Vec::new()))
    })?;
    let card = match section {
        None => overview(context.knowledge, asked),
        Some(section) => section_card(context.knowledge, asked, section),
    };
    Ok(Answer {
        reply: Reply::new(card, rows(context, asked, section)),
        understood: understood(vec![asked.career.id.clone()]),
        line: line(asked.carried(), section),
    })
}

fn rows(context: &Context<'_>, asked: Asked<'_>, section: Option<Section>) -> Vec<Row> {
    let career = asked.career;
    let menu = controls::section_menu(section, |view| line(asked.carried(), view));
    let pay = career
        .salary
        .is_some()
        .then(|| controls::button("Salary", salary::line(career, None)))
        .flatten();
    let comparisons = compare_buttons(context.knowledge, career, 2);
    let buttons = jobs::button("Jobs", career)
        .into_iter()
        .chain(pay)
        .chain(comparisons);
    std::iter::once(menu)
        .chain(controls::button_rows(buttons))
        .collect()
}

/// Buttons that compare a career with the first of its related ones.
pub fn compare_buttons(knowledge: &Knowledge, career: &Career, count: usize) -> Vec<Button> {
    let related = career
        .related
        .iter()
        .filter_map(|related| knowledge.career(&related.career));
    let buttons = related.take(count).filter_map(|other| {
        controls::button(
            &format!("Compare: {}", other.name),
            compare::line(career.id.as_str(), other.id.as_str(), None),
        )
    });
    buttons.collect()
}

/// All nine sections, the definition as the card's text.
fn overview(knowledge: &Knowledge, asked: Asked<'_>) -> Card {
    let career = asked.career;
    let told = |section| career_text::section(knowledge, career, section, Detail::Brief);
    let mut card = Card::new(
        Tone::Career,
        text::escape(&career.name),
        with_note(asked, told(Section::Definition).within(DESCRIPTION)),
    );
    card.footer = footer(knowledge, career);
    let mut blocks: Vec<Block> = Section::ALL
        .iter()
        .filter(|section| **section != Section::Definition)
        .map(|section| match section {
            Section::Tools | Section::Industries => Block::column(section.title(), told(*section)),
            _ => Block::wide(section.title(), told(*section)),
        })
        .collect();
    blocks.push(Block::wide("Related careers", related(knowledge, career)));
    card.fields = passage::fields(&blocks, EMBEDS_TOTAL - card.len());
    card
}

fn related(knowledge: &Knowledge, career: &Career) -> Passage {
    let names = career
        .related
        .iter()
        .filter_map(|related| knowledge.career(&related.career))
        .map(|career| text::escape(&career.name));
    Passage::run(names.collect())
}

/// One section, whole.
fn section_card(knowledge: &Knowledge, asked: Asked<'_>, section: Section) -> Card {
    let career = asked.career;
    let title = format!("{}: {}", text::escape(&career.name), section.title());
    let told = career_text::section(knowledge, career, section, Detail::Whole);
    let blocks = match section {
        Section::Salary => pay::blocks(career, None),
        _ => Vec::new(),
    };
    let body = if blocks.is_empty() {
        told.within(DESCRIPTION)
    } else {
        String::new()
    };
    let mut card = Card::new(Tone::Career, title, with_note(asked, body));
    card.footer = footer(knowledge, career);
    card.fields = passage::fields(&blocks, EMBEDS_TOTAL - card.len());
    card
}

fn with_note(asked: Asked<'_>, body: String) -> String {
    match asked.note() {
        Some(note) if body.is_empty() => note,
        Some(note) => format!("{note}\n\n{body}"),
        None => body,
    }
}

/// Small print: where the career stands, when it was checked, what the sources of its figures ask to be said.
fn footer(knowledge: &Knowledge, career: &Career) -> Option<String> {
    let category = knowledge
        .categories()
        .iter()
        .find(|category| category.id == career.category)
        .map(|category| text::plain(&category.name));
    let reviewed = career.reviewed.map(|date| format!("Reviewed {date}"));
    let parts: Vec<String> = category
        .into_iter()
        .chain(reviewed)
        .chain(figures::attributions(career))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}
