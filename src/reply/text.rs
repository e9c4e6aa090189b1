//! Texts for cards: escaping, shortening, lists, numbers.

/// Stands where something was left out.
pub const ELLIPSIS: char = '…';

/// Makes one line of plain text for places where Discord draws no markdown (labels, footers, menus, suggestions).
///
/// White space becomes single spaces; invisible and direction-changing characters are dropped.
pub fn plain(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_invisible(letter) {
            line.push(letter);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Makes one line that Discord draws just as it was written: no markdown, no mention, no link.
pub fn escape(text: &str) -> String {
    let text = plain(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        push_escaped(&mut escaped, letter);
    }
    escaped
}

/// What a person typed, in quotation marks, escaped, at most `max` characters of it.
pub fn quote(text: &str, max: usize) -> String {
    let text = plain(text);
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(max).collect();
    let rest = if letters.next().is_some() { "…" } else { "" };
    format!("“{}{rest}”", escape(&start))
}

/// A link with a text of its own; the text alone where the address is not http(s).
pub fn link(title: &str, url: Option<&str>) -> String {
    let title = escape(title);
    match url.filter(|url| is_web(url)) {
        Some(url) => format!("[{title}]({})", link_target(url)),
        None => title,
    }
}

/// Whether an address is one that a card may link to.
pub fn is_web(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && url.len() > scheme.len()
    })
}

/// An address with everything percent-encoded that would end a link or start other markdown.
fn link_target(url: &str) -> String {
    let mut target = String::with_capacity(url.len());
    for letter in url.chars() {
        if letter.is_whitespace() || is_invisible(letter) || "()<>[]\\*`|\"".contains(letter) {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                target.push_str(&format!("%{byte:02X}"));
            }
        } else {
            target.push(letter);
        }
    }
    target
}

/// Makes one line from a knowledge file's text: `**bold**`, `*italic*` and `` `code` `` stay, all else is escaped.
pub fn prose(text: &str) -> String {
    let text = plain(text);
    let mut line = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        if let Some((marker, inside, after)) = marked_pair(rest) {
            line.push_str(marker);
            inside.chars().for_each(|letter| {
                if marker == "`" {
                    line.push(letter);
                } else {
                    push_escaped(&mut line, letter);
                }
            });
            line.push_str(marker);
            rest = after;
        } else {
            push_escaped(&mut line, letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    line
}

/// A pair of markers at the start of the text: the marker, what it holds, what follows.
fn marked_pair(text: &str) -> Option<(&'static str, &str, &str)> {
    ["**", "*", "`"].into_iter().find_map(|marker| {
        let (inside, after) = text.strip_prefix(marker)?.split_once(marker)?;
        let tight = !inside.is_empty() && inside.trim() == inside;
        (tight && !inside.contains(['*', '`', '\\'])).then_some((marker, inside, after))
    })
}

fn push_escaped(line: &mut String, letter: char) {
    match letter {
        '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' => {
            line.push('\\');
            line.push(letter);
        }
        // Markdown gives these a meaning at the start of a line only.
        '#' | '-' | '+' if line.is_empty() => {
            line.push('\\');
            line.push(letter);
        }
        // The zero-width space keeps these from being drawn as a mention or a link.
        '@' => line.push_str("@\u{200b}"),
        ':' if line.ends_with("http") || line.ends_with("https") => line.push_str(":\u{200b}"),
        _ => line.push(letter),
    }
}

/// Whether a letter draws nothing, or changes the direction of what follows.
pub fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Shortens markdown to at most `max` characters, at a word, never inside a link or a pair of markers.
pub fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let room = max.saturating_sub(1);
    let cut = Cuts::new(text).best(room);
    let kept = text[..cut].trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '·' | '\\')
    });
    if max == 0 {
        String::new()
    } else {
        format!("{kept}{ELLIPSIS}")
    }
}

/// Where a markdown text may be cut.
struct Cuts {
    /// `(characters before, byte, at a word's end)`, only outside links and pairs of markers.
    places: Vec<(usize, usize, bool)>,
}

impl Cuts {
    fn new(text: &str) -> Self {
        let mut places = Vec::new();
        let (mut bold, mut italic, mut code, mut angle) = (false, false, false, false);
        let (mut bracket, mut target) = (false, false);
        let mut letters = text.char_indices().enumerate().peekable();
        while let Some((count, (byte, letter))) = letters.next() {
            let neutral = !(bold || italic || code || bracket || target || angle);
            if neutral {
                places.push((count, byte, letter.is_whitespace()));
            }
            let next = letters.peek().map(|(_, (_, next))| *next);
            match letter {
                '\\' if !code => {
                    letters.next();
                }
                '`' => code = !code,
                _ if code => {}
                '*' if next == Some('*') => {
                    bold = !bold;
                    letters.next();
                }
                '*' => italic = !italic,
                '[' => bracket = true,
                ']' => (bracket, target) = (false, next == Some('(')),
                ')' => target = false,
                '<' => angle = true,
                '>' => angle = false,
                _ => {}
            }
        }
        Self { places }
    }

    /// The byte of the last good place with at most `room` characters before it.
    fn best(&self, room: usize) -> usize {
        let within = || {
            self.places
                .iter()
                .rev()
                .skip_while(|(count, _, _)| *count > room)
        };
        within()
            .find(|(_, _, word)| *word)
            .or_else(|| within().next())
            .map_or(0, |(_, byte, _)| *byte)
    }
}

/// Joins whole items by `separator` within `max` characters; what does not fit is counted: `… and 7 more`.
pub fn join<S: AsRef<str>>(items: &[S], separator: &str, max: usize) -> String {
    let whole = |count: usize| {
        let items: Vec<&str> = items[..count].iter().map(S::as_ref).collect();
        items.join(separator)
    };
    let all = whole(items.len());
    if all.chars().count() <= max {
        return all;
    }
    let rest = |count: usize| {
        let more = format!("{ELLIPSIS} and {} more", items.len() - count);
        if count == 0 {
            more
        } else {
            format!("{}{separator}{more}", whole(count))
        }
    };
    (1..items.len())
        .rev()
        .map(rest)
        .find(|text| text.chars().count() <= max)
        .unwrap_or_else(|| match items.first() {
            Some(first) if items.len() == 1 => shorten(first.as_ref(), max),
            _ => shorten(&rest(0), max),
        })
}

/// A bulleted list of whole items within `max` characters.
pub fn bullets<S: AsRef<str>>(items: &[S], max: usize) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|item| format!("• {}", item.as_ref()))
        .collect();
    join(&items, "\n", max)
}

/// A whole number with commas: `112,590`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A count with its noun: `1 listing`, `5 listings`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        thousands(count as u64),
        if count == 1 { one } else { many }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_persons_text_is_shown_as_written_and_pings_nobody() {
        assert_eq!(
            escape("@everyone **hi** <@123> [x](http://y) # _a_\n- b"),
            "@\u{200b}everyone \\*\\*hi\\*\\* \\<@\u{200b}123\\> \\[x\\](http:\u{200b}//y) # \\_a\\_ - b"
        );
        assert_eq!(escape("# heading"), "\\# heading");
        assert_eq!(escape("\u{202e}abc\u{200b}"), "abc");
    }

    #[test]
    fn a_files_text_keeps_bold_italic_and_code_and_nothing_else() {
        assert_eq!(
            prose("**SQL** and *R*, `x_y`, 2 * 3 * 4, ~~no~~"),
            "**SQL** and *R*, `x_y`, 2 \\* 3 \\* 4, \\~\\~no\\~\\~"
        );
    }

    #[test]
    fn shortening_cuts_at_a_word() {
        assert_eq!(shorten("alpha beta gamma", 12), "alpha beta…");
        assert_eq!(shorten("alpha, beta", 8), "alpha…");
        assert_eq!(shorten("short", 5), "short");
    }

    #[test]
    fn shortening_never_cuts_inside_a_pair_or_a_link() {
        assert_eq!(shorten("see **very bold words** here", 16), "see…");
        assert_eq!(shorten("see [the page](https://e.org/x) now", 20), "see…");
        assert_eq!(shorten("at <t:1700000000:R> it was", 10), "at…");
    }

    #[test]
    fn a_link_whose_text_has_parentheses_is_not_cut_either() {
        let link = link("Wages (May 2024)", Some("https://e.org/a_(b) c"));
        assert_eq!(link, "[Wages (May 2024)](https://e.org/a_%28b%29%20c)");
        assert_eq!(shorten(&format!("see {link} now"), 30), "see…");
    }

    #[test]
    fn only_web_pages_are_linked() {
        assert_eq!(link("page", Some("javascript:alert(1)")), "page");
        assert_eq!(link("page", Some("https://")), "page");
        assert_eq!(link("a [b]", None), "a \\[b\\]");
    }

    #[test]
    fn a_quote_is_escaped_and_bounded() {
        assert_eq!(
            quote("**x**\u{202e} @here", 80),
            "“\\*\\*x\\*\\* @\u{200b}here”"
        );
        assert_eq!(quote("abcdef", 3), "“abc…”");
    }

    #[test]
    fn a_list_says_how_many_it_leaves_out() {
        let items = ["one", "two", "three", "four"];
        assert_eq!(join(&items, ", ", 100), "one, two, three, four");
        assert_eq!(join(&items, ", ", 20), "one, … and 3 more");
        assert_eq!(bullets(&items[..2], 100), "• one\n• two");
    }

    #[test]
    fn numbers_have_commas() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(112_590), "112,590");
        assert_eq!(counted(1, "listing", "listings"), "1 listing");
    }

    proptest! {
        #[test]
        fn shortening_keeps_the_limit_for_any_text(text in "\\PC{0,300}", max in 1usize..200) {
            prop_assert!(shorten(&text, max).chars().count() <= max);
        }

        #[test]
        fn joining_keeps_the_limit_for_any_items(items in proptest::collection::vec("\\PC{0,40}", 0..20), max in 20usize..200) {
            prop_assert!(join(&items, ", ", max).chars().count() <= max);
        }
    }
}
