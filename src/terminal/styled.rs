//! Lines of styled text: measured, wrapped and padded by the columns that a terminal gives them.

use std::fmt;
use std::ops::Range;

use anstyle::Style;
use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_width::UnicodeWidthStr;

/// One line in several styles. `Display` writes it with ANSI codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Styled {
    spans: Vec<Span>,
}

/// A piece of a line in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    style: Style,
    text: String,
}

impl Styled {
    /// A line in one style.
    pub fn new(style: Style, text: impl Into<String>) -> Self {
        let mut line = Self::default();
        line.push(style, text);
        line
    }

    /// A line without any style.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Style::new(), text)
    }

    /// Adds text at the end.
    pub fn push(&mut self, style: Style, text: impl Into<String>) {
        let text = text.into();
        match self.spans.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.style == style => last.text.push_str(&text),
            _ => self.spans.push(Span { style, text }),
        }
    }

    /// Adds another line's text at the end.
    pub fn append(&mut self, other: &Self) {
        for span in &other.spans {
            self.push(span.style, span.text.as_str());
        }
    }

    /// The text without styles.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        self.text().width()
    }

    /// Whether there is nothing to see.
    pub fn is_blank(&self) -> bool {
        self.spans.iter().all(|span| span.text.trim().is_empty())
    }

    /// The same line under a style: what its pieces already have stays.
    #[must_use]
    pub fn under(&self, style: Style) -> Self {
        let mut line = Self::default();
        for span in &self.spans {
            let effects = span.style.get_effects() | style.get_effects();
            let color = span.style.get_fg_color().or(style.get_fg_color());
            line.push(
                Style::new().effects(effects).fg_color(color),
                span.text.as_str(),
            );
        }
        line
    }

    /// Adds spaces until the line takes `width` columns.
    #[must_use]
    pub fn pad(mut self, width: usize) -> Self {
        let missing = width.saturating_sub(self.width());
        self.push(Style::new(), " ".repeat(missing));
        self
    }

    /// Lines of at most `width` columns, broken at words where a word fits; all but the first start with `hang` spaces.
    pub fn wrap(&self, width: usize, hang: usize) -> Vec<Self> {
        let hang = if hang * 2 < width { hang } else { 0 };
        let text = self.text();
        let pieces = pieces(&text, width.saturating_sub(hang).max(1));
        let widths = [width as f64, (width - hang) as f64];
        let lines = wrap_first_fit(&pieces, &widths);
        lines
            .iter()
            .enumerate()
            .map(|(place, pieces)| {
                let mut line = Self::plain(" ".repeat(if place == 0 { 0 } else { hang }));
                if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
                    line.append(&self.slice(first.word.start..last.word.end));
                }
                line
            })
            .collect()
    }

    /// The line cut to `width` columns, with `…` where something is missing.
    #[must_use]
    pub fn cut(&self, width: usize) -> Self {
        if self.width() <= width {
            return self.clone();
        }
        let text = self.text();
        let end = fitting(&text, width.saturating_sub(1));
        let mut line = self.slice(0..text[..end].trim_end().len());
        line.push(Style::new(), if width == 0 { "" } else { "…" });
        line
    }

    /// The bytes of a range of [`Styled::text`], in their styles.
    fn slice(&self, range: Range<usize>) -> Self {
        let mut line = Self::default();
        let mut start = 0;
        for span in &self.spans {
            let end = start + span.text.len();
            let from = range.start.clamp(start, end) - start;
            let to = range.end.clamp(start, end) - start;
            line.push(span.style, &span.text[from..to]);
            start = end;
        }
        line
    }
}

impl fmt::Display for Styled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Span { style, text } in &self.spans {
            write!(f, "{style}{text}{style:#}")?;
        }
        Ok(())
    }
}

/// A word, or a part of one that is wider than a line, with the white space after it.
#[derive(Debug)]
struct Piece {
    word: Range<usize>,
    columns: usize,
    space: usize,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.columns as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

fn pieces(text: &str, width: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let end = start + word.word.len();
        while text[start..end].width() > width {
            let part = fitting(&text[start..end], width).max(first_letter(&text[start..end]));
            pieces.push(piece(text, start..start + part, ""));
            start += part;
        }
        pieces.push(piece(text, start..end, word.whitespace));
        start = end + word.whitespace.len();
    }
    pieces
}

fn piece(text: &str, word: Range<usize>, space: &str) -> Piece {
    Piece {
        columns: text[word.clone()].width(),
        space: space.width(),
        word,
    }
}

/// How many bytes of the text fit in `width` columns, never parting a letter from its marks.
fn fitting(text: &str, width: usize) -> usize {
    text.char_indices()
        .find(|(byte, letter)| text[..byte + letter.len_utf8()].width() > width)
        .map_or(text.len(), |(byte, _)| byte)
}

fn first_letter(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anstyle::Effects;
    use proptest::prelude::*;

    const BOLD: Style = Style::new().effects(Effects::BOLD);

    fn wrapped(text: &str, width: usize, hang: usize) -> Vec<String> {
        let lines = Styled::plain(text).wrap(width, hang);
        lines.iter().map(Styled::text).collect()
    }

    #[test]
    fn words_stay_whole_and_later_lines_hang() {
        assert_eq!(
            wrapped("• builds and runs models", 12, 2),
            ["• builds and", "  runs", "  models"]
        );
    }

    #[test]
    fn a_word_wider_than_the_line_is_parted() {
        assert_eq!(wrapped("abcdefgh ij", 3, 0), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("職業案内", 5, 0), ["職業", "案内"]);
    }

    #[test]
    fn styles_live_on_over_a_line_break() {
        let mut line = Styled::plain("one ");
        line.push(BOLD, "two three");
        let mut first = Styled::plain("one ");
        first.push(BOLD, "two");
        assert_eq!(line.wrap(8, 0), [first, Styled::new(BOLD, "three")]);
    }

    #[test]
    fn cutting_marks_what_is_missing() {
        assert_eq!(Styled::plain("alpha beta").cut(7).text(), "alpha…");
        assert_eq!(Styled::plain("alpha").cut(5).text(), "alpha");
        assert_eq!(Styled::plain("職業").cut(3).text(), "職…");
    }

    #[test]
    fn padding_counts_columns_not_characters() {
        assert_eq!(Styled::plain("職業").pad(6).text(), "職業  ");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked_and_no_letter_is_lost(text in "\\PC{0,80}", width in 2usize..40, hang in 0usize..6) {
            let lines = Styled::plain(text.as_str()).wrap(width, hang);
            for line in &lines {
                prop_assert!(line.width() <= width, "{:?} is wider than {width}", line.text());
            }
            let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            let all: String = lines.iter().map(Styled::text).collect();
            prop_assert_eq!(letters(&all), letters(&text));
        }
    }
}
