//! Where answers are written: how wide it is, whether it has colours.

use std::io::{self, IsTerminal, Write};

use super::card::{MAX_WIDTH, MIN_WIDTH};

/// Columns where nothing tells.
const USUAL_WIDTH: usize = 80;

/// The width for cards: the terminal's; `COLUMNS` where standard output is none.
pub fn width() -> usize {
    let columns = if io::stdout().is_terminal() {
        crossterm::terminal::size()
            .ok()
            .map(|(columns, _)| usize::from(columns))
    } else {
        let columns = std::env::var("COLUMNS").ok();
        columns.and_then(|columns| columns.trim().parse().ok())
    };
    let columns = columns
        .filter(|columns| *columns > 0)
        .unwrap_or(USUAL_WIDTH);
    columns.clamp(MIN_WIDTH, MAX_WIDTH)
}

/// Whether standard output shows colours (a terminal, and no `NO_COLOR`).
pub fn has_colors() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Writes text with ANSI codes to standard output, without the codes where it does not show colours.
///
/// # Errors
/// What standard output could not do.
pub fn show(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
