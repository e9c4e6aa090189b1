//! HTML -> plain text, and the JSON-LD inside a page.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Tags that end a line.
const BLOCKS: &[&[u8]] = &[
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"br",
    b"dd",
    b"div",
    b"dl",
    b"dt",
    b"footer",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"header",
    b"hr",
    b"li",
    b"main",
    b"nav",
    b"ol",
    b"p",
    b"pre",
    b"section",
    b"table",
    b"td",
    b"th",
    b"tr",
    b"ul",
];
/// Tags whose content is no text for people.
const SILENT: &[&[u8]] = &[
    b"script",
    b"style",
    b"template",
    b"noscript",
    b"iframe",
    b"title",
];

/// The text that people read, a line a block.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut silent: Option<Vec<u8>> = None;
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) => {
                if BLOCKS.contains(&tag.name.as_slice()) {
                    text.push('\n');
                }
                let is_silent = SILENT.contains(&tag.name.as_slice()) && !tag.self_closing;
                if silent.is_none() && is_silent {
                    silent = Some(tag.name.0);
                }
            }
            Token::EndTag(tag) => {
                if silent.as_ref() == Some(&tag.name.0) {
                    silent = None;
                } else if BLOCKS.contains(&tag.name.as_slice()) {
                    text.push('\n');
                }
            }
            Token::String(words) if silent.is_none() => {
                text.push_str(&String::from_utf8_lossy(&words.value));
            }
            _ => {}
        }
    }
    let lines = text.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The plain text of HTML that was escaped once more, as Greenhouse sends it.
pub fn plain_of_escaped(html: &str) -> String {
    plain(&unescaped(html))
}

/// The text with its entities written out.
fn unescaped(text: &str) -> String {
    let mut written_out = String::with_capacity(text.len());
    for token in tokens(text) {
        if let Token::String(words) = token {
            written_out.push_str(&String::from_utf8_lossy(&words.value));
        }
    }
    written_out
}

/// The JSON-LD blocks of a page, as they stand.
pub fn json_ld(html: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut block: Option<String> = None;
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) if tag.name.as_slice() == b"script" => {
                let kind = tag.attributes.get(b"type".as_slice());
                let is_json_ld = kind.is_some_and(|kind| {
                    let kind = String::from_utf8_lossy(&kind.value).to_ascii_lowercase();
                    kind.split(';').next().map(str::trim) == Some("application/ld+json")
                });
                block = is_json_ld.then(String::new);
            }
            Token::EndTag(tag) if tag.name.as_slice() == b"script" => blocks.extend(block.take()),
            Token::String(words) => {
                if let Some(block) = &mut block {
                    block.push_str(&String::from_utf8_lossy(&words.value));
                }
            }
            _ => {}
        }
    }
    blocks
}

fn tokens(html: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    // So that what stands in scripts and styles is not taken for tags.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn html_becomes_the_lines_that_people_read() {
        let html = "<style>p{}</style><h2>Pay</h2><p>$120k&ndash;150k&nbsp;a <b>year</b></p><script>alert('<p>no')</script>\
            <ul><li>one<li>two &lt;3</ul><!-- <p>hidden</p> --><template><p>x</p></template><img onerror=alert(1)>end";
        assert_eq!(plain(html), "Pay\n$120k–150k a year\none\ntwo <3\nend");
        assert_eq!(
            plain_of_escaped("&lt;p&gt;R&amp;amp;D &amp;lt;3&lt;/p&gt;&lt;p&gt;x&lt;/p&gt;"),
            "R&D <3\nx"
        );
        assert_eq!(plain("<p"), "");
        assert_eq!(plain(&"<div>".repeat(100_000)), "");
    }

    #[test]
    fn json_ld_is_found_wherever_it_stands() {
        let html = "<head><script type=\"application/ld+json\">{\"a\":\"<p>&amp;\"}</script>\
            <script>var x = '<script type=\"application/ld+json\">{}';</script></head>\
            <body><SCRIPT TYPE='application/LD+JSON; charset=utf-8'>[1]</SCRIPT><script type=application/ld+json>cut";
        assert_eq!(json_ld(html), ["{\"a\":\"<p>&amp;\"}", "[1]"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in "(?s).{0,80}|[<>/&;a-z=\"'! -]{0,80}") {
            let text = plain(&html);
            prop_assert!(!text.contains("\n\n"));
            json_ld(&html);
            plain_of_escaped(&html);
        }
    }
}
