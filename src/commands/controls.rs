//! Buttons and menus that several commands put under their cards.

use super::arguments::{Arguments, Value};
use super::table::Command;
use super::{UserError, wire};
use crate::knowledge::Section;
use crate::reply::limits::{BUTTON_LABEL_SHOWN, BUTTONS, MENU_CHOICE};
use crate::reply::{Button, ControlLine, Menu, MenuChoice, Row, text};

/// What is given for options: names and values.
pub type Given = Vec<(&'static str, Value)>;

/// A text as an option's value.
pub fn text_value(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

/// A page's number as an option's value; none for the first page, which needs no saying.
pub fn page_value(page: usize) -> Option<Value> {
    let number = i64::try_from(page).ok()?;
    (number > 1).then_some(Value::Whole(number))
}

/// The line of a control that runs this command.
pub fn line(
    command: &'static Command,
    given: impl IntoIterator<Item = (&'static str, Value)>,
) -> Option<ControlLine> {
    let given = given
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    wire::encode(command, &Arguments::new(command, given).ok()?)
}

/// A button whose label phones show whole; none where no control can hold the line.
pub fn button(label: &str, line: Option<ControlLine>) -> Option<Button> {
    let label = text::shorten(&text::plain(label), BUTTON_LABEL_SHOWN);
    line.map(|line| Button::run(label, line))
}

/// Buttons in as many rows as they take.
pub fn button_rows(buttons: impl IntoIterator<Item = Button>) -> Vec<Row> {
    let buttons: Vec<Button> = buttons.into_iter().collect();
    buttons
        .chunks(BUTTONS)
        .map(|row| Row::Buttons(row.to_vec()))
        .collect()
}

/// A menu's choice; none where no control can hold the line.
pub fn choice(
    label: &str,
    description: Option<&str>,
    line: Option<ControlLine>,
) -> Option<MenuChoice> {
    let fit = |text: &str| shortened_plain(text, MENU_CHOICE);
    Some(MenuChoice {
        label: fit(label),
        description: description
            .map(fit)
            .filter(|description| !description.is_empty()),
        line: line?,
        selected: false,
    })
}

/// The menu of a card's views: the overview, then the nine sections.
pub fn section_menu(
    shown: Option<Section>,
    line: impl Fn(Option<Section>) -> Option<ControlLine>,
) -> Row {
    let views = std::iter::once(None).chain(Section::ALL.iter().copied().map(Some));
    let choices = views.filter_map(|view| {
        Some(MenuChoice {
            selected: view == shown,
            ..choice(view.map_or("Overview", Section::title), None, line(view))?
        })
    });
    Row::Menu(Menu {
        placeholder: "Show a section".to_owned(),
        choices: choices.collect(),
    })
}

/// `Previous`, `Page 2 of 3`, `Next`; nothing where there is one page.
pub fn paging(
    page: usize,
    pages: usize,
    line: impl Fn(usize) -> Option<ControlLine>,
) -> Option<Row> {
    if pages <= 1 {
        return None;
    }
    let here = format!("Page {page} of {pages}");
    let buttons = [
        button("Previous", line(page.saturating_sub(1).max(1)))
            .map(|button| button.disabled(page <= 1)),
        button(&here, line(page)).map(|button| button.disabled(true)),
        button("Next", line((page + 1).min(pages))).map(|button| button.disabled(page >= pages)),
    ];
    Some(Row::Buttons(buttons.into_iter().flatten().collect()))
}

/// The mistake of asking for a page beyond the last.
pub fn no_such_page(
    page: usize,
    pages: usize,
    line: impl Fn(usize) -> Option<ControlLine>,
) -> UserError {
    let there_are = if pages == 1 {
        "There is only one page.".to_owned()
    } else {
        format!("There are {pages} pages.")
    };
    let mut buttons = vec![button("First page", line(1))];
    if pages > 1 {
        buttons.push(button("Last page", line(pages)));
    }
    UserError::new(
        format!("There is no page {page}"),
        there_are,
        button_rows(buttons.into_iter().flatten()),
    )
}

/// The pages that a list takes, at least one.
pub fn page_count(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page).max(1)
}

/// The items of one page.
pub fn page_of<T>(items: &[T], page: usize, per_page: usize) -> &[T] {
    let from = (page.saturating_sub(1) * per_page).min(items.len());
    &items[from..(from + per_page).min(items.len())]
}

/// Plain text of at most `max` characters, cut at a word.
fn shortened_plain(text: &str, max: usize) -> String {
    text::shorten(&text::plain(text), max)
}
