//! Browsing: `/career` without a career shows the categories, then the careers of one.

use super::controls::{self, Given, text_value};
use super::{Answer, Arguments, Context, Intent, Understood, UserError, career};
use crate::knowledge::{Career, Category, Knowledge, Section};
use crate::reply::limits::MENU_CHOICES;
use crate::reply::passage::Passage;
use crate::reply::{Card, ControlLine, Menu, Reply, Row, Tone, text};

/// Careers or categories on a page: as many as a menu holds.
const PAGE: usize = MENU_CHOICES;

/// The line that opens the categories.
pub fn line() -> Option<ControlLine> {
    category_line(None, None, 1)
}

fn category_line(
    category: Option<&str>,
    section: Option<Section>,
    page: usize,
) -> Option<ControlLine> {
    let category = category.map(|category| ("category", text_value(category)));
    let section = section.map(|section| ("section", text_value(section.id())));
    let page = controls::page_value(page).map(|page| ("page", page));
    let given: Given = category.into_iter().chain(section).chain(page).collect();
    controls::line(&career::COMMAND, given)
}

/// The categories, or the careers of the one that was asked for. A section goes along to the career that is chosen.
pub fn answer(
    context: &Context<'_>,
    arguments: &Arguments,
    section: Option<Section>,
) -> Result<Answer, UserError> {
    let page = arguments
        .whole("page")
        .and_then(|page| usize::try_from(page).ok())
        .unwrap_or(1);
    let knowledge = context.knowledge;
    let understood = Understood {
        careers: Vec::new(),
        section,
        intent: Intent::List,
    };
    let (card, rows, line) = match arguments.text("category") {
        None => categories(knowledge, section, page),
        Some(typed) => match find_category(knowledge, typed) {
            Some(category) => careers(knowledge, category, section, page),
            None => Err(no_such_category(typed)),
        },
    }
    .map_err(|error| error.understood(understood.clone()))?;
    Ok(Answer {
        reply: Reply::new(card, rows),
        understood,
        line,
    })
}

type Page = (Card, Vec<Row>, Option<ControlLine>);

fn find_category<'a>(knowledge: &'a Knowledge, typed: &str) -> Option<&'a Category> {
    let typed = typed.to_lowercase();
    knowledge.categories().iter().find(|category| {
        [&category.id, &category.name]
            .map(|name| name.to_lowercase())
            .contains(&typed)
    })
}

fn no_such_category(typed: &str) -> UserError {
    UserError::new(
        "No such category",
        format!(
            "No category here is called {}.",
            text::quote(typed, super::resolve::ECHO)
        ),
        controls::button_rows(controls::button("All categories", line())),
    )
}

fn categories(
    knowledge: &Knowledge,
    section: Option<Section>,
    page: usize,
) -> Result<Page, UserError> {
    let categories: Vec<(&Category, usize)> = knowledge
        .categories()
        .iter()
        .map(|category| (category, knowledge.careers_in(&category.id).count()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let at = |page| category_line(None, section, page);
    let pages = controls::page_count(categories.len(), PAGE);
    if page > pages {
        return Err(controls::no_such_page(page, pages, at));
    }
    let shown = controls::page_of(&categories, page, PAGE);
    let lines = shown.iter().map(|(category, count)| {
        let summary = category.summary.as_deref().map(text::prose);
        let summary = summary.map_or_else(String::new, |summary| format!(": {summary}"));
        format!("**{}** ({count}){summary}", text::escape(&category.name))
    });
    let choices = shown.iter().filter_map(|(category, count)| {
        controls::choice(
            &format!("{} ({count})", category.name),
            category.summary.as_deref(),
            category_line(Some(&category.id), section, 1),
        )
    });
    let title = format!(
        "{} in {}",
        text::counted(knowledge.careers().len(), "career", "careers"),
        text::counted(categories.len(), "category", "categories")
    );
    Ok((
        list_card(title, lines.collect()),
        list_rows("Choose a category", choices.collect(), page, pages, at),
        at(page),
    ))
}

fn careers(
    knowledge: &Knowledge,
    category: &Category,
    section: Option<Section>,
    page: usize,
) -> Result<Page, UserError> {
    let careers: Vec<&Career> = knowledge.careers_in(&category.id).collect();
    let at = |page| category_line(Some(&category.id), section, page);
    let pages = controls::page_count(careers.len(), PAGE);
    if page > pages {
        return Err(controls::no_such_page(page, pages, at));
    }
    let shown = controls::page_of(&careers, page, PAGE);
    let lines = shown.iter().map(|career| {
        let summary = career.summary.as_deref().map(text::prose);
        let summary = summary.map_or_else(String::new, |summary| format!(": {summary}"));
        format!("**{}**{summary}", text::escape(&career.name))
    });
    let choices = shown.iter().filter_map(|career| {
        controls::choice(
            &career.name,
            career.summary.as_deref(),
            career::line(career.id.as_str(), section),
        )
    });
    let title = format!(
        "{}: {}",
        text::escape(&category.name),
        text::counted(careers.len(), "career", "careers")
    );
    let mut rows = list_rows("Choose a career", choices.collect(), page, pages, at);
    let back = controls::button("All categories", category_line(None, section, 1));
    rows.extend(controls::button_rows(back));
    Ok((list_card(title, lines.collect()), rows, at(page)))
}

fn list_card(title: String, lines: Vec<String>) -> Card {
    let body = Passage::bullets(lines).within(crate::reply::limits::DESCRIPTION);
    Card::new(Tone::Career, title, body)
}

fn list_rows(
    placeholder: &str,
    choices: Vec<crate::reply::MenuChoice>,
    page: usize,
    pages: usize,
    at: impl Fn(usize) -> Option<ControlLine>,
) -> Vec<Row> {
    let menu = Row::Menu(Menu {
        placeholder: placeholder.to_owned(),
        choices,
    });
    std::iter::once(menu)
        .chain(controls::paging(page, pages, at))
        .collect()
}
