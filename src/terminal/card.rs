//! A reply drawn as a box with a coloured bar on its left, as Discord draws an embed, and its controls under it.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Color, Effects, Style};
use jiff::Timestamp;

use super::controls::{Action, Control, Group, groups};
use super::markdown::{self, printable};
use super::styled::Styled;
use crate::reply::{Card, Field, Reply, Tone, Visibility};

/// How replies are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Canvas {
    /// Columns that the box takes.
    pub width: usize,
    /// What relative times are told from.
    pub now: Timestamp,
    /// Whether the controls show the numbers that press them.
    pub numbered: bool,
}

/// The narrowest box.
pub const MIN_WIDTH: usize = 20;
/// The widest box: longer lines are hard to read.
pub const MAX_WIDTH: usize = 110;

/// Boxes at least this wide put inline fields side by side.
const COLUMNS_FROM: usize = 70;
const FIELDS_A_ROW: usize = 3;
const GAP: usize = 2;
/// The bar and the border with a space each.
const FRAME: usize = 4;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
const NUMBER: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));

/// The reply as text with ANSI codes, ending in a line break.
pub fn draw(reply: &Reply, canvas: &Canvas) -> String {
    let canvas = &Canvas {
        width: canvas.width.clamp(MIN_WIDTH, MAX_WIDTH),
        ..*canvas
    };
    let mut drawn = frame(&inside(&reply.card, canvas), reply.card.tone, canvas.width);
    let mut below = Vec::new();
    if reply.visibility == Visibility::Private {
        below.extend(Styled::new(DIM, "Only you can see this").wrap(canvas.width - 1, 0));
    }
    for group in groups(reply) {
        below.extend(group_lines(&group, canvas));
    }
    for line in below {
        let _ = writeln!(drawn, " {line}");
    }
    drawn
}

/// The bar's colour: one of the terminal's own, so that it suits its theme.
fn bar(tone: Tone) -> Style {
    let color = match tone {
        Tone::Career => AnsiColor::Blue,
        Tone::Compare => AnsiColor::Magenta,
        Tone::Jobs => AnsiColor::Cyan,
        Tone::Info => AnsiColor::BrightBlack,
        Tone::Success => AnsiColor::Green,
        Tone::Mistake => AnsiColor::Yellow,
        Tone::Failure => AnsiColor::Red,
    };
    Style::new().fg_color(Some(Color::Ansi(color)))
}

fn frame(lines: &[Styled], tone: Tone, width: usize) -> String {
    let bar = bar(tone);
    let edge = "─".repeat(width - 2);
    let mut drawn = format!("{bar}┎{bar:#}{DIM}{edge}╮{DIM:#}\n");
    for line in lines {
        let line = line.clone().pad(width - FRAME);
        let _ = writeln!(drawn, "{bar}┃{bar:#} {line} {DIM}│{DIM:#}");
    }
    let _ = writeln!(drawn, "{bar}┖{bar:#}{DIM}{edge}╯{DIM:#}");
    drawn
}

/// The card's lines, each at most as wide as the box is inside.
fn inside(card: &Card, canvas: &Canvas) -> Vec<Styled> {
    let width = canvas.width - FRAME;
    let title = markdown::render_line(&card.title, canvas.now).under(BOLD);
    let mut head = title.wrap(width, 0);
    if let Some(url) = &card.url {
        head.extend(Styled::new(DIM, printable(url)).wrap(width, 0));
    }
    let mut blocks = vec![head, paragraphs(&card.body, width, canvas.now)];
    blocks.extend(field_blocks(&card.fields, canvas));
    if let Some(footer) = &card.footer {
        let lines = footer.lines().map(|line| Styled::new(DIM, printable(line)));
        blocks.push(lines.flat_map(|line| line.wrap(width, 0)).collect());
    }
    separated(blocks)
}

/// The blocks that show anything, with an empty line between each two.
fn separated(blocks: Vec<Vec<Styled>>) -> Vec<Styled> {
    let mut lines = Vec::new();
    for block in blocks {
        if block.iter().all(Styled::is_blank) {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Styled::default());
        }
        lines.extend(block);
    }
    lines
}

fn paragraphs(text: &str, width: usize, now: Timestamp) -> Vec<Styled> {
    markdown::render(text, now)
        .iter()
        .flat_map(|line| line.text.wrap(width, line.hang))
        .collect()
}

/// Fields in the order of the card; inline neighbours share a row where there is room.
fn field_blocks(fields: &[Field], canvas: &Canvas) -> Vec<Vec<Styled>> {
    let width = canvas.width - FRAME;
    let shown: Vec<_> = fields.iter().filter(|field| !is_spacer(field)).collect();
    let runs = shown.chunk_by(|before, after| before.inline && after.inline);
    if canvas.width >= COLUMNS_FROM {
        let rows = runs.flat_map(|run| run.chunks(FIELDS_A_ROW));
        rows.map(|row| beside(row, width, canvas.now)).collect()
    } else {
        let stacks = runs.map(|run| match table(run, width, canvas.now) {
            Some(table) => vec![table],
            None => run
                .iter()
                .map(|field| field_lines(field, width, canvas.now))
                .collect(),
        });
        stacks.flatten().collect()
    }
}

/// A field that only takes up room in Discord's grid.
fn is_spacer(field: &Field) -> bool {
    printable(&field.name).trim().is_empty() && printable(&field.value).trim().is_empty()
}

fn field_lines(field: &Field, width: usize, now: Timestamp) -> Vec<Styled> {
    let name = markdown::render_line(&field.name, now).under(BOLD);
    let mut lines = if name.is_blank() {
        Vec::new()
    } else {
        name.wrap(width, 0)
    };
    lines.extend(paragraphs(&field.value, width, now));
    lines
}

/// Fields in columns of the same width.
fn beside(row: &[&Field], width: usize, now: Timestamp) -> Vec<Styled> {
    let width = (width - GAP * (row.len() - 1)) / row.len();
    let columns: Vec<_> = row
        .iter()
        .map(|field| field_lines(field, width, now))
        .collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|row| {
            let mut line = Styled::default();
            for (place, column) in columns.iter().enumerate() {
                let cell = column.get(row).cloned().unwrap_or_default();
                let last = place + 1 == columns.len();
                line.append(&if last { cell } else { cell.pad(width + GAP) });
            }
            line
        })
        .collect()
}

/// Short fields with names before values; none where a field is too long for that.
fn table(run: &[&Field], width: usize, now: Timestamp) -> Option<Vec<Styled>> {
    let name = |field: &Field| markdown::render_line(&field.name, now).under(BOLD);
    let names = run.iter().map(|field| name(field).width()).max()? + GAP;
    if run.len() < 2 || names * 2 > width {
        return None;
    }
    let rows = run.iter().map(|field| {
        let [value] = &markdown::render(&field.value, now)[..] else {
            return None;
        };
        let mut line = name(field).pad(names);
        line.append(&value.text);
        Some(line.wrap(width, names)).filter(|lines| lines.len() <= 3)
    });
    Some(rows.collect::<Option<Vec<_>>>()?.concat())
}

fn group_lines(group: &Group, canvas: &Canvas) -> Vec<Styled> {
    // One column stays free on the left.
    let width = canvas.width - 1;
    let mut lines = Vec::new();
    let mut indent = 0;
    if let Some(heading) = &group.heading {
        lines.extend(Styled::new(DIM, format!("{}:", printable(heading))).wrap(width, 0));
        indent = GAP;
    }
    let (links, buttons): (Vec<_>, Vec<_>) = group
        .controls
        .iter()
        .partition(|control| matches!(control.action, Action::Open(_)));
    let room = width - indent;
    let rows = if canvas.numbered && buttons.iter().any(|control| control.note.is_some()) {
        buttons
            .iter()
            .flat_map(|control| noted_item(control, room))
            .collect()
    } else {
        flow(
            buttons
                .iter()
                .map(|control| control_item(control, canvas.numbered)),
            room,
        )
    };
    let links = links
        .iter()
        .flat_map(|control| control_item(control, false).wrap(room, GAP));
    lines.extend(rows.into_iter().chain(links).map(|row| {
        let mut line = Styled::plain(" ".repeat(indent));
        line.append(&row);
        line
    }));
    lines
}

/// Items side by side, as many a line as fit.
fn flow(items: impl Iterator<Item = Styled>, width: usize) -> Vec<Styled> {
    let mut lines: Vec<Styled> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if line.width() + GAP + item.width() <= width => {
                line.push(Style::new(), " ".repeat(GAP));
                line.append(&item);
            }
            _ => lines.extend(item.wrap(width, GAP * 2)),
        }
    }
    lines
}

/// A numbered control with as much of its small print as fits beside it.
fn noted_item(control: &Control, width: usize) -> Vec<Styled> {
    let mut item = control_item(control, true);
    match &control.note {
        Some(note) if item.width() + GAP < width => {
            item.push(DIM, format!("  {}", printable(note)));
            vec![item.cut(width)]
        }
        _ => item.wrap(width, GAP * 2),
    }
}

fn control_item(control: &Control, numbered: bool) -> Styled {
    let label = printable(&control.label);
    let mut item = Styled::default();
    match &control.action {
        Action::Press(press) if numbered => {
            item.push(NUMBER, format!("[{}]", press.number));
            item.push(
                if control.selected { BOLD } else { Style::new() },
                format!(" {label}"),
            );
        }
        Action::Press(_) => item.push(NUMBER, format!("[{label}]")),
        Action::Open(url) => item.push(Style::new(), format!("{label}: {}", printable(url))),
        Action::Disabled if numbered => item.push(DIM, format!("[-] {label}")),
        Action::Disabled => item.push(DIM, format!("[{label}]")),
    }
    if control.selected {
        item.push(BOLD, " ✓");
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::{Button, ControlLine, Menu, MenuChoice, Row};
    use crate::terminal::styled::columns;
    use proptest::prelude::*;

    fn canvas(width: usize) -> Canvas {
        Canvas {
            width,
            now: Timestamp::UNIX_EPOCH,
            numbered: true,
        }
    }

    fn bare(reply: &Reply, canvas: &Canvas) -> String {
        anstream::adapter::strip_str(&draw(reply, canvas)).to_string()
    }

    fn line(text: &str) -> ControlLine {
        ControlLine::new(text.to_owned()).unwrap()
    }

    fn choice(label: &str, description: Option<&str>, selected: bool) -> MenuChoice {
        MenuChoice {
            label: label.to_owned(),
            description: description.map(str::to_owned),
            line: line(label),
            selected,
        }
    }

    fn comparison() -> Reply {
        let mut card = Card::new(
            Tone::Compare,
            "Keeper and Maker 職",
            "What **both** share: `tea`, [maps](https://maps.example) 👍",
        );
        card.url = Some("https://e.org/a".to_owned());
        card.column("Keeper", "• keeps things as they were\n• counts");
        card.column("Maker", "• makes things");
        card.field("Outlook", "Grows.");
        card.footer = Some("Source: a book, 2024".to_owned());
        Reply {
            visibility: Visibility::Private,
            card,
            rows: vec![
                Row::Menu(Menu {
                    placeholder: "Section".to_owned(),
                    choices: vec![choice("Skills", None, true), choice("Tools", None, false)],
                }),
                Row::Buttons(vec![
                    Button::run("Back", line("x")).disabled(true),
                    Button::run("Swap", line("y")),
                    Button::open("Apply", "https://e.org/apply"),
                    Button::share(line("z")),
                ]),
            ],
        }
    }

    #[test]
    fn a_wide_card_puts_inline_fields_side_by_side() {
        insta::assert_snapshot!(bare(&comparison(), &canvas(72)));
    }

    #[test]
    fn a_narrow_card_stacks_them() {
        insta::assert_snapshot!(bare(&comparison(), &canvas(32)));
    }

    #[test]
    fn where_nothing_can_be_typed_controls_have_no_number() {
        let unnumbered = Canvas {
            numbered: false,
            ..canvas(40)
        };
        let drawn = bare(&comparison(), &unnumbered);
        let below: Vec<_> = drawn
            .lines()
            .skip_while(|line| !line.starts_with('┖'))
            .skip(1)
            .collect();
        assert_eq!(
            below,
            [
                " Only you can see this",
                " Section:",
                "   [Skills] ✓  [Tools]",
                " [Back]  [Swap]  [Share]",
                " Apply: https://e.org/apply",
            ]
        );
    }

    #[test]
    fn choices_with_small_print_take_one_line_each() {
        let reply = Reply::new(
            Card::new(Tone::Info, "t", "b"),
            vec![Row::Menu(Menu {
                placeholder: "Career".to_owned(),
                choices: vec![
                    choice("Maker", Some("makes things that people need"), false),
                    choice("Keeper", Some("keeps"), false),
                ],
            })],
        );
        let drawn = bare(&reply, &canvas(34));
        let below: Vec<_> = drawn
            .lines()
            .skip_while(|line| !line.starts_with('┖'))
            .skip(1)
            .collect();
        assert_eq!(
            below,
            [
                " Career:",
                "   [1] Maker  makes things that…",
                "   [2] Keeper  keeps",
            ]
        );
    }

    #[test]
    fn the_bar_has_the_colour_of_what_the_card_is_about() {
        let reply = Reply::new(Card::new(Tone::Mistake, "No such career", ""), Vec::new());
        assert!(draw(&reply, &canvas(30)).starts_with("\u{1b}[33m┎\u{1b}[0m"));
    }

    #[test]
    fn short_fields_of_a_narrow_card_become_a_table() {
        let mut card = Card::new(Tone::Jobs, "Maker", "");
        card.column("Company", "Acme and their sons")
            .column("Level", "*not stated*");
        card.field("About", "Makes.");
        assert_eq!(
            bare(&Reply::new(card, Vec::new()), &canvas(30)),
            "┎────────────────────────────╮\n\
             ┃ Maker                      │\n\
             ┃                            │\n\
             ┃ Company  Acme and their    │\n\
             ┃          sons              │\n\
             ┃ Level    not stated        │\n\
             ┃                            │\n\
             ┃ About                      │\n\
             ┃ Makes.                     │\n\
             ┖────────────────────────────╯\n"
        );
    }

    fn any_reply() -> impl Strategy<Value = Reply> {
        let text = "\\PC{0,60}";
        let fields = proptest::collection::vec((text, "\\PC{0,90}", any::<bool>()), 0..7);
        (
            any::<String>(),
            any::<String>(),
            fields,
            proptest::option::of(text),
        )
            .prop_map(|(title, body, fields, footer)| {
                let mut card = Card::new(Tone::Info, title, body);
                for (name, value, inline) in fields {
                    card.fields.push(Field {
                        name,
                        value,
                        inline,
                    });
                }
                card.footer = footer;
                Reply::new(card, vec![Row::Buttons(vec![Button::remove()])])
            })
    }

    proptest! {
        #[test]
        fn the_box_is_straight_for_any_text_at_any_width(reply in any_reply(), width in 0usize..130) {
            let drawn = bare(&reply, &canvas(width));
            let width = width.clamp(MIN_WIDTH, MAX_WIDTH);
            for line in drawn.lines().filter(|line| line.starts_with(['┎', '┃', '┖'])) {
                prop_assert_eq!(columns(line), width, "{}", line);
            }
            prop_assert!(!drawn.contains(|letter: char| letter.is_control() && letter != '\n'));
        }
    }
}
