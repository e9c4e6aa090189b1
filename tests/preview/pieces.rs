//! The page's pure functions, run where they run.

use serde_json::{Value as Json, json};

use crate::browser::in_browser;
use crate::page::Page;
use crate::server::Preview;

fn text(text: &str) -> Json {
    json!({ "type": "text", "text": text })
}

fn mark(kind: &str, children: &[Json]) -> Json {
    json!({ "type": kind, "children": children })
}

fn paragraph(children: &[Json]) -> Json {
    mark("paragraph", children)
}

async fn inline(page: &Page, source: &str) -> Json {
    page.call("markdown/inline.js", "parseInline", json!([source]))
        .await
}

async fn blocks(page: &Page, source: &str) -> Json {
    page.call("markdown/parse.js", "parseBlocks", json!([source]))
        .await
}

#[test]
fn marks_inside_a_line_are_read_as_discord_reads_them() {
    in_browser(async |page| {
        page.open(&Preview::shared()).await;
        let link = |url: &str, children: &[Json]| json!({ "type": "link", "url": url, "children": children });
        let cases = [
            ("plain", vec![text("plain")]),
            ("**b**", vec![mark("strong", &[text("b")])]),
            (
                "*i* and _i_",
                vec![
                    mark("em", &[text("i")]),
                    text(" and "),
                    mark("em", &[text("i")]),
                ],
            ),
            (
                "__u__ ~~s~~",
                vec![
                    mark("underline", &[text("u")]),
                    text(" "),
                    mark("strike", &[text("s")]),
                ],
            ),
            (
                "***both***",
                vec![mark("strong", &[mark("em", &[text("both")])])],
            ),
            (
                "**a *b* c**",
                vec![mark(
                    "strong",
                    &[text("a "), mark("em", &[text("b")]), text(" c")],
                )],
            ),
            (
                "*a **b** c*",
                vec![mark(
                    "em",
                    &[text("a "), mark("strong", &[text("b")]), text(" c")],
                )],
            ),
            ("||secret||", vec![mark("spoiler", &[text("secret")])]),
            (
                "`a **b**`",
                vec![json!({ "type": "code", "text": "a **b**" })],
            ),
            (
                "`` a`b ``",
                vec![json!({ "type": "code", "text": " a`b " })],
            ),
            (
                "**a `**` b**",
                vec![mark(
                    "strong",
                    &[
                        text("a "),
                        json!({ "type": "code", "text": "**" }),
                        text(" b"),
                    ],
                )],
            ),
            (r"\*no\* \_no\_ \\ \<", vec![text(r"*no* _no_ \ <")]),
            (r"C:\temp", vec![text(r"C:\temp")]),
            ("2 * 3 * 4", vec![text("2 * 3 * 4")]),
            ("snake_case_name", vec![text("snake_case_name")]),
            ("**open", vec![text("**open")]),
            ("****", vec![text("****")]),
            (
                "a\nb",
                vec![text("a"), json!({ "type": "break" }), text("b")],
            ),
            (
                "<t:0:R>",
                vec![json!({ "type": "time", "seconds": 0, "style": "R" })],
            ),
            (
                "<t:-5>",
                vec![json!({ "type": "time", "seconds": -5, "style": "f" })],
            ),
            ("<t:x>", vec![text("<t:x>")]),
            (
                "<@1> <#2>",
                vec![
                    json!({ "type": "mention", "text": "@somebody" }),
                    text(" "),
                    json!({ "type": "mention", "text": "#channel" }),
                ],
            ),
            (
                "</jobs:3>",
                vec![json!({ "type": "mention", "text": "/jobs" })],
            ),
            (
                "[a **b**](https://example.com/(x))",
                vec![link(
                    "https://example.com/(x)",
                    &[text("a "), mark("strong", &[text("b")])],
                )],
            ),
            (
                "[a](<https://example.com>)",
                vec![link("https://example.com", &[text("a")])],
            ),
            (
                "[a](javascript:alert(1))",
                vec![text("[a](javascript:alert(1))")],
            ),
            (
                "see https://example.com/a.",
                vec![
                    text("see "),
                    link("https://example.com/a", &[text("https://example.com/a")]),
                    text("."),
                ],
            ),
            (
                "<https://example.com>",
                vec![link("https://example.com", &[text("https://example.com")])],
            ),
            ("<b>no</b>", vec![text("<b>no</b>")]),
        ];
        for (source, expected) in cases {
            assert_eq!(inline(page, source).await, Json::from(expected), "{source}");
        }
    });
}

#[test]
fn blocks_are_read_as_discord_reads_them() {
    in_browser(async |page| {
        page.open(&Preview::shared()).await;
        let item = |blocks: &[Json]| json!({ "blocks": blocks });
        let list = |ordered: bool, start: u32, items: &[Json]| json!({ "type": "list", "ordered": ordered, "start": start, "items": items });
        let heading = |level: u8, name: &str| json!({ "type": "heading", "level": level, "children": [text(name)] });
        let fence = |language: &str, code: &str| json!({ "type": "fence", "language": language, "text": code });
        let cases = [
            (
                "# One\n## Two\n### Three\n#### four",
                vec![
                    heading(1, "One"),
                    heading(2, "Two"),
                    heading(3, "Three"),
                    paragraph(&[text("#### four")]),
                ],
            ),
            ("-# small", vec![mark("subtext", &[text("small")])]),
            ("#no", vec![paragraph(&[text("#no")])]),
            (
                "> a\n> b\nc",
                vec![
                    json!({ "type": "quote", "blocks": [paragraph(&[text("a"), json!({ "type": "break" }), text("b")])] }),
                    paragraph(&[text("c")]),
                ],
            ),
            (
                ">>> a\nb",
                vec![
                    json!({ "type": "quote", "blocks": [paragraph(&[text("a"), json!({ "type": "break" }), text("b")])] }),
                ],
            ),
            (
                "- a\n- b",
                vec![list(
                    false,
                    1,
                    &[
                        item(&[paragraph(&[text("a")])]),
                        item(&[paragraph(&[text("b")])]),
                    ],
                )],
            ),
            (
                "3. a\n4. b",
                vec![list(
                    true,
                    3,
                    &[
                        item(&[paragraph(&[text("a")])]),
                        item(&[paragraph(&[text("b")])]),
                    ],
                )],
            ),
            (
                "- a\n  - b\n- c",
                vec![list(
                    false,
                    1,
                    &[
                        item(&[
                            paragraph(&[text("a")]),
                            list(false, 1, &[item(&[paragraph(&[text("b")])])]),
                        ]),
                        item(&[paragraph(&[text("c")])]),
                    ],
                )],
            ),
            (
                "• a\n• b",
                vec![paragraph(&[
                    text("• a"),
                    json!({ "type": "break" }),
                    text("• b"),
                ])],
            ),
            (
                "```rust\nfn main() {}\n```",
                vec![fence("rust", "fn main() {}")],
            ),
            (
                "a ```b``` c",
                vec![
                    paragraph(&[text("a ")]),
                    fence("", "b"),
                    paragraph(&[text(" c")]),
                ],
            ),
            ("```\n  **no**\n```", vec![fence("", "  **no**")]),
            (r"\`\`\`no\`\`\`", vec![paragraph(&[text("```no```")])]),
            ("", vec![]),
            ("\n\n", vec![]),
        ];
        for (source, expected) in cases {
            assert_eq!(blocks(page, source).await, Json::from(expected), "{source}");
        }
    });
}

#[test]
fn hostile_text_is_drawn_and_no_letter_of_it_is_lost() {
    in_browser(async |page| {
        page.open(&Preview::shared()).await;
        for piece in [
            "*", "**a", "__", "> ", "- ", "[", "[a](", "`", "``", "```", "||", "\\", "<t:", "_a",
            "\n- ",
        ] {
            let source = piece.repeat(6000 / piece.len());
            let script = format!(
                "const done = arguments[0]; import('/assets/scripts/markdown/draw.js') \
                .then(draw => done(draw.drawText({source:?}).textContent), error => done(String(error)))"
            );
            let drawn: Json = page
                .client
                .execute_async(&script, Vec::new())
                .await
                .unwrap();
            let letters = |text: &str| text.matches('a').count();
            assert_eq!(
                letters(drawn.as_str().unwrap()),
                letters(&source),
                "{piece:?}"
            );
        }
    });
}

#[test]
fn moments_are_told_in_discords_styles() {
    in_browser(async |page| {
        page.open(&Preview::shared()).await;
        let now = 1_794_000_000_000_i64;
        let seconds = now / 1000;
        let cases = [
            (seconds, "t", "9:20 PM"),
            (seconds, "T", "9:20:00 PM"),
            (seconds, "d", "11/6/26"),
            (seconds, "D", "November 6, 2026"),
            (seconds, "f", "November 6, 2026 at 9:20 PM"),
            (seconds, "F", "Friday, November 6, 2026 at 9:20 PM"),
            (seconds - 3, "R", "3 seconds ago"),
            (seconds - 240, "R", "4 minutes ago"),
            (seconds + 86_400, "R", "tomorrow"),
            (seconds - 3 * 86_400, "R", "3 days ago"),
            (seconds - 800 * 86_400, "R", "2 years ago"),
            (9_999_999_999_999, "f", "Invalid Date"),
        ];
        for (at, style, expected) in cases {
            let told = page
                .call(
                    "markdown/moment.js",
                    "moment",
                    json!([at, style, now, "en-US", "UTC"]),
                )
                .await;
            let told = told.as_str().unwrap().replace('\u{202f}', " ");
            assert_eq!(told, expected, "{style}");
        }
    });
}

#[test]
fn fields_share_rows_of_three() {
    in_browser(async |page| {
        page.open(&Preview::shared()).await;
        let field =
            |name: &str, inline: bool| json!({ "name": name, "value": "v", "inline": inline });
        let fields = [
            field("a", true),
            field("b", true),
            field("c", true),
            field("d", true),
            field("e", false),
            field("f", true),
        ];
        let rows = page
            .call("messages/embed.js", "rowsOf", json!([fields]))
            .await;
        let names: Vec<Vec<String>> = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                row.as_array()
                    .unwrap()
                    .iter()
                    .map(|field| field["name"].as_str().unwrap().to_owned())
                    .collect()
            })
            .collect();
        assert_eq!(
            names,
            [vec!["a", "b", "c"], vec!["d"], vec!["e"], vec!["f"]]
        );
    });
}

#[test]
fn an_option_is_checked_as_discord_checks_it() {
    in_browser(async |page| {
        page.open(&Preview::shared()).await;
        let option = |more: Json| {
            let mut option = json!({ "type": 3, "name": "o", "description": "d" });
            option
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            option
        };
        let number = option(json!({ "type": 4, "min_value": 1, "max_value": 9 }));
        let choice = option(json!({ "choices": [{ "name": "Mid", "value": "m" }] }));
        let flag = option(json!({ "type": 5 }));
        let short = option(json!({ "max_length": 3 }));
        let needed = option(json!({ "required": true }));
        let wrong_number = Some("Enter a whole number from 1 to 9.");
        let cases = [
            (&number, "5", None),
            (&number, "0", wrong_number),
            (&number, "10", wrong_number),
            (&number, "1.5", wrong_number),
            (&number, "x", wrong_number),
            (&number, "", None),
            (&choice, "mid", None),
            (&choice, "m", None),
            (&choice, "x", Some("Pick one of the choices.")),
            (&flag, "true", None),
            (&flag, "perhaps", Some("Pick one of the choices.")),
            (&short, "äöü", None),
            (&short, "🙂🙂🙂", None),
            (&short, "abcd", Some("At most 3 characters; these are 4.")),
            (
                &needed,
                " ",
                Some("This option is required. Specify a value."),
            ),
        ];
        for (option, typed, expected) in cases {
            let told = page
                .call("draft.js", "mistake", json!([option, { "text": typed }]))
                .await;
            assert_eq!(told.as_str(), expected, "{option} {typed:?}");
        }
    });
}
