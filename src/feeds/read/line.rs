//! Text of one line that a knowledge base takes.

/// What is put where a text was cut.
const CUT: &str = "…";

/// The text on one line, without what cannot be seen and what would ping; none where nothing is left.
pub fn line(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        let seen = word.chars().filter(|letter| !is_unseen(*letter));
        let before = line.len();
        if before > 0 {
            line.push(' ');
        }
        let start = line.len();
        line.extend(seen);
        if line.len() == start {
            line.truncate(before);
        }
    }
    for (ping, plain) in [("@everyone", "everyone"), ("@here", "here"), ("<@", "<")] {
        while line.contains(ping) {
            line = line.replace(ping, plain);
        }
    }
    // What stood beside a ping may be white space now.
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// The text cut at a word, so that it has at most this many characters.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(CUT.chars().count());
    let end = text
        .char_indices()
        .nth(room)
        .map_or(text.len(), |(end, _)| end);
    let kept = &text[..end];
    let kept = match kept.rfind(' ') {
        Some(space) if space > end / 2 => &kept[..space],
        _ => kept,
    };
    format!("{}{CUT}", kept.trim_end())
}

/// Marks that change how text is drawn and cannot be seen themselves, and the one that stands for an unreadable byte.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFD}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_holds_what_can_be_seen() {
        let read = |text: &str| line(text);
        assert_eq!(
            read(" Data\tEngineer\r\n (Berlin)\u{0} "),
            Some("Data Engineer (Berlin)".to_owned())
        );
        assert_eq!(
            read("a\u{202e}b\u{200b} \u{feff} c"),
            Some("ab c".to_owned())
        );
        assert_eq!(
            read("@@everyone@everyone <<@1> @here"),
            Some("everyoneeveryone <<1> here".to_owned())
        );
        assert_eq!(read(" \u{200b}\u{fffd}\n"), None);
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(cut("one two three", 13), "one two three");
        assert_eq!(cut("one two three", 12), "one two…");
        assert_eq!(cut("äöüäöüäöüäöü", 5), "äöüä…");
        assert_eq!(cut("a", 0), "…");
    }

    proptest! {
        #[test]
        fn any_text_becomes_a_line_that_stays_as_it_is(text in "(?s).{0,60}|[@<>eEvhronrywr \u{0}-\u{20}]{0,30}", most in 1_usize..50) {
            if let Some(read) = line(&text) {
                prop_assert!(!read.chars().any(char::is_control));
                prop_assert!(!["@everyone", "@here", "<@"].iter().any(|ping| read.contains(ping)));
                prop_assert_eq!(line(&read), Some(read.clone()));
                let cut = cut(&read, most);
                prop_assert!(cut.chars().count() <= most && !cut.trim().is_empty());
            }
        }
    }
}
