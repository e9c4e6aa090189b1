//! Discord's markdown, as far as cards use it, as styled lines.

use anstyle::{AnsiColor, Color, Effects, Style};
use jiff::Timestamp;

use super::moment;
use super::styled::Styled;
use crate::reply::text::is_invisible;

/// A line of a card's text, not yet wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What stands on it.
    pub text: Styled,
    /// How many columns its later lines are indented by when it is wrapped (a bullet's width).
    pub hang: usize,
}

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
const CODE: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));
const FENCE: &str = "```";
const TAB: &str = "    ";

/// The lines of a markdown text. `now` is what relative times are told from.
///
/// Nothing that could steer a terminal comes through: control, invisible and direction-changing characters are dropped.
pub fn render(text: &str, now: Timestamp) -> Vec<Line> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let line = printable(line);
        if let Some(info) = line.trim_start().strip_prefix(FENCE) {
            let closed = info.strip_suffix(FENCE);
            match closed {
                Some(code) if !fenced && !code.is_empty() => lines.push(code_line(code)),
                _ => fenced = !fenced,
            }
        } else if fenced {
            let (code, ends) = match line.strip_suffix(FENCE) {
                Some(code) => (code, true),
                None => (line.as_str(), false),
            };
            lines.push(code_line(code));
            fenced = !ends;
        } else {
            lines.push(text_line(&line, now));
        }
    }
    lines
}

/// One line of a markdown text; line breaks become spaces.
pub fn render_line(text: &str, now: Timestamp) -> Styled {
    Inline::new(now).render(&printable(&text.replace('\n', " ")))
}

/// Text that is no markdown, without what could steer a terminal.
pub fn printable(text: &str) -> String {
    text.replace('\t', TAB)
        .chars()
        .filter(|letter| !is_invisible(*letter) && !is_selector(*letter))
        .collect()
}

/// Variation selectors: terminals disagree on the width of an emoji with one, and the frame would not be straight.
fn is_selector(letter: char) -> bool {
    matches!(letter, '\u{fe00}'..='\u{fe0f}')
}

fn code_line(code: &str) -> Line {
    Line {
        text: Styled::new(CODE, code),
        hang: 0,
    }
}

fn text_line(line: &str, now: Timestamp) -> Line {
    let inline = Inline::new(now);
    let indent = line.len() - line.trim_start_matches(' ').len();
    let (margin, rest) = line.split_at(indent);
    if let Some(small) = rest.strip_prefix("-# ") {
        return unhung(inline.render(small).under(DIM));
    }
    if let Some(heading) = ["# ", "## ", "### "]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))
    {
        return unhung(inline.render(heading).under(BOLD));
    }
    let (mark, rest) = list_mark(rest);
    let mut text = Styled::plain(format!("{margin}{mark}"));
    let hang = text.width();
    text.append(&inline.render(rest));
    Line { text, hang }
}

fn unhung(text: Styled) -> Line {
    Line { text, hang: 0 }
}

/// What stands for a bullet, a number or a quotation at the start of a line, and what follows.
fn list_mark(line: &str) -> (String, &str) {
    for mark in ["• ", "- ", "* "] {
        if let Some(rest) = line.strip_prefix(mark) {
            return ("• ".to_owned(), rest);
        }
    }
    if let Some(rest) = line.strip_prefix("> ") {
        return ("│ ".to_owned(), rest);
    }
    let digits = line.len()
        - line
            .trim_start_matches(|letter: char| letter.is_ascii_digit())
            .len();
    match line[digits..].strip_prefix(". ") {
        Some(rest) if (1..=3).contains(&digits) => (line[..digits + 2].to_owned(), rest),
        _ => (String::new(), line),
    }
}

/// Renders what stands within a line.
struct Inline {
    now: Timestamp,
}

/// Pairs of markers and what is drawn between them.
const PAIRS: [(&str, Effects); 6] = [
    ("**", Effects::BOLD),
    ("__", Effects::UNDERLINE),
    ("~~", Effects::STRIKETHROUGH),
    ("||", Effects::new()),
    ("*", Effects::ITALIC),
    ("_", Effects::ITALIC),
];

impl Inline {
    fn new(now: Timestamp) -> Self {
        Self { now }
    }

    fn render(&self, text: &str) -> Styled {
        let mut line = Styled::default();
        self.render_into(text, Style::new(), &mut line);
        line
    }

    fn render_into(&self, text: &str, style: Style, line: &mut Styled) {
        let mut rest = text;
        let mut before = None;
        while let Some(letter) = rest.chars().next() {
            let tail = self
                .escaped(rest, style, line)
                .or_else(|| code(rest, style, line))
                .or_else(|| self.link(rest, style, line))
                .or_else(|| self.angle(rest, style, line))
                .or_else(|| self.pair(rest, before, style, line))
                .unwrap_or_else(|| {
                    line.push(style, letter);
                    &rest[letter.len_utf8()..]
                });
            before = rest[..rest.len() - tail.len()].chars().next_back();
            rest = tail;
        }
    }

    /// `\*` stands for `*`.
    fn escaped<'t>(&self, text: &'t str, style: Style, line: &mut Styled) -> Option<&'t str> {
        let rest = text.strip_prefix('\\')?;
        let letter = rest.chars().next()?;
        letter.is_ascii_punctuation().then(|| {
            line.push(style, letter);
            &rest[letter.len_utf8()..]
        })
    }

    /// `[text](url)` is drawn as `text (url)`, and as the address alone where both say the same.
    fn link<'t>(&self, text: &'t str, style: Style, line: &mut Styled) -> Option<&'t str> {
        let (label, rest) = bracketed(text, '[', ']')?;
        let (url, rest) = bracketed(rest, '(', ')')?;
        let url = url.trim().trim_start_matches('<').trim_end_matches('>');
        if label.is_empty() || url.is_empty() || url.contains(char::is_whitespace) {
            return None;
        }
        if label == url {
            line.push(style, url);
        } else {
            self.render_into(label, style, line);
            line.push(style, " (");
            line.push(style.underline(), url);
            line.push(style, ")");
        }
        Some(rest)
    }

    /// `<t:1700000000:R>` is a time, `<https://…>` an address.
    fn angle<'t>(&self, text: &'t str, style: Style, line: &mut Styled) -> Option<&'t str> {
        let (inside, rest) = text.strip_prefix('<')?.split_once('>')?;
        if let Some(stamp) = inside.strip_prefix("t:") {
            line.push(style, moment::told(stamp, self.now)?);
        } else if inside.starts_with("http://") || inside.starts_with("https://") {
            line.push(style.underline(), inside);
        } else {
            return None;
        }
        Some(rest)
    }

    fn pair<'t>(
        &self,
        text: &'t str,
        before: Option<char>,
        style: Style,
        line: &mut Styled,
    ) -> Option<&'t str> {
        let (marker, effect) = PAIRS.iter().find(|(marker, _)| text.starts_with(marker))?;
        // An underscore inside a word (`snake_case`) is one.
        let in_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        if *marker == "_" && in_word(before) {
            return None;
        }
        let (inside, rest) = closed(&text[marker.len()..], marker)?;
        if *marker == "_" && in_word(rest.chars().next()) {
            return None;
        }
        self.render_into(inside, style.effects(style.get_effects() | *effect), line);
        Some(rest)
    }
}

fn code<'t>(text: &'t str, style: Style, line: &mut Styled) -> Option<&'t str> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let marker = text.get(..ticks).filter(|marker| !marker.is_empty())?;
    let (inside, rest) = text[ticks..].split_once(marker)?;
    if inside.is_empty() {
        return None;
    }
    let code = if ticks > 1 { inside.trim() } else { inside };
    line.push(CODE.effects(style.get_effects()), code);
    Some(rest)
}

/// What stands before the next unescaped marker, not empty and not loose, and what follows it.
fn closed<'t>(text: &'t str, marker: &str) -> Option<(&'t str, &'t str)> {
    if text.starts_with(char::is_whitespace) {
        return None;
    }
    let mut in_code = false;
    let mut letters = text.char_indices();
    while let Some((byte, letter)) = letters.next() {
        match letter {
            '`' => in_code = !in_code,
            _ if in_code => {}
            '\\' => {
                letters.next();
            }
            _ if byte > 0 && text[byte..].starts_with(marker) => {
                let tail = &text[byte + marker.len()..];
                match (marker, tail.starts_with('*')) {
                    // In `*a **b** c*` the two stars inside are no end of the one outside.
                    ("*", true) => {
                        letters.next();
                    }
                    // In `**a *b***` the first of three stars ends the inner pair.
                    ("**", true) => {}
                    _ if text[..byte].ends_with(char::is_whitespace) => {}
                    _ => return Some((&text[..byte], tail)),
                }
            }
            _ => {}
        }
    }
    None
}

/// What stands between two brackets at the start of the text, and what follows.
fn bracketed(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(open)?;
    let mut depth = 0;
    let mut letters = inside.char_indices();
    while let Some((byte, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            letter if letter == open => depth += 1,
            letter if letter == close && depth == 0 => {
                return Some((&inside[..byte], &inside[byte + close.len_utf8()..]));
            }
            letter if letter == close => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::constant(1_700_000_000, 0);
    const ITALIC: Style = Style::new().effects(Effects::ITALIC);

    fn styled(pieces: &[(Style, &str)]) -> Styled {
        let mut line = Styled::default();
        for (style, text) in pieces {
            line.push(*style, *text);
        }
        line
    }

    fn text(markdown: &str) -> String {
        let lines: Vec<String> = render(markdown, NOW)
            .iter()
            .map(|line| line.text.text())
            .collect();
        lines.join("\n")
    }

    #[test]
    fn bold_italic_and_code_become_styles() {
        let plain = Style::new();
        assert_eq!(
            render_line("a **b *c*** `d*e*` *f*", NOW),
            styled(&[
                (plain, "a "),
                (BOLD, "b "),
                (BOLD.italic(), "c"),
                (plain, " "),
                (CODE, "d*e*"),
                (plain, " "),
                (ITALIC, "f"),
            ])
        );
    }

    #[test]
    fn what_was_escaped_is_shown_as_it_was_written() {
        let written = "@everyone **hi** <@123> [x](http://y) 2*3*4 _a_ ~~b~~ ||c|| `d` # e";
        assert_eq!(text(&crate::reply::text::escape(written)), written);
    }

    #[test]
    fn lone_markers_are_letters() {
        for written in [
            "2 * 3 * 4",
            "snake_case_name",
            "a ** b",
            "**",
            "`",
            "[x]",
            "(y)",
            "a\\",
            "C++ <3",
        ] {
            assert_eq!(text(written), written);
        }
    }

    #[test]
    fn links_show_their_address() {
        assert_eq!(
            text("see [the *page*](https://e.org/a_(b)) and <https://f.org>"),
            "see the page (https://e.org/a_(b)) and https://f.org"
        );
        assert_eq!(text("[https://e.org](https://e.org)"), "https://e.org");
    }

    #[test]
    fn times_are_told() {
        assert_eq!(
            text("<t:1699740800:R>, <t:1700000000:D>, <t:nonsense>"),
            "3 days ago, 14 November 2023, <t:nonsense>"
        );
    }

    #[test]
    fn lists_hang_and_small_print_is_dim() {
        let lines = render("- one\n  • two\n12. three\n> four\n-# five\n## six", NOW);
        let hangs: Vec<_> = lines
            .iter()
            .map(|line| (line.text.text(), line.hang))
            .collect();
        let expected = [
            ("• one", 2),
            ("  • two", 4),
            ("12. three", 4),
            ("│ four", 2),
            ("five", 0),
            ("six", 0),
        ];
        assert_eq!(hangs, expected.map(|(text, hang)| (text.to_owned(), hang)));
        assert_eq!(lines[4].text, Styled::new(DIM, "five"));
        assert_eq!(lines[5].text, Styled::new(BOLD, "six"));
    }

    #[test]
    fn code_blocks_stay_as_they_are() {
        assert_eq!(
            text("```toml\na = \"**b**\"\n  c\n```\nd"),
            "a = \"**b**\"\n  c\nd"
        );
        assert_eq!(text("```one```"), "one");
    }

    proptest! {
        #[test]
        fn no_text_steers_the_terminal(markdown in any::<String>()) {
            for line in render(&markdown, NOW) {
                prop_assert!(!line.text.text().contains(char::is_control));
            }
        }

        #[test]
        fn a_persons_text_survives_escaping(written in "[ -~äß職]{0,40}") {
            let plain = crate::reply::text::plain(&written);
            prop_assert_eq!(render_line(&crate::reply::text::escape(&written), NOW).text(), plain);
        }
    }
}
