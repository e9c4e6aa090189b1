//! What the asker can mend: a clear answer, and the nearest right thing to press.

use proptest::prelude::*;
use serde_json::Value;
use waymark::commands::service::Outcome;

use crate::bot::{Bot, Control, labels, message};
use crate::drawing::draw;
use crate::limits;

fn title(message: &Value) -> &str {
    message["embeds"][0]["title"].as_str().unwrap()
}

fn body(message: &Value) -> &str {
    message["embeds"][0]["description"].as_str().unwrap()
}

#[test]
fn an_unknown_career_offers_the_nearest_three_for_the_same_command() {
    let bot = Bot::new();
    let asked = bot.mistake("/compare first: data wrangling person second: MLE section: skills");
    let offered = labels(&asked);
    assert_eq!(offered.len(), 4, "{offered:?}");
    assert_eq!(offered[3], "Browse all careers");
    assert_eq!(asked["flags"], 64);
    for label in &offered[..3] {
        let answered = message(&bot.press_label(&asked, label));
        let expected = format!("{label} vs. Machine Learning Engineer: Required skills");
        assert_eq!(title(&answered), expected);
    }
}

#[test]
fn the_side_that_was_right_stays_when_both_are_asked_again() {
    let bot = Bot::new();
    let asked = bot.mistake("/compare first: zzqx second: wwvk");
    let first = labels(&asked)[0].clone();
    let again = bot.press_label(&asked, &first);
    assert_eq!(again.outcome, Outcome::Mistake);
    let again = message(&again);
    assert!(body(&again).contains("“wwvk”"), "{}", body(&again));
    let second = labels(&again)
        .into_iter()
        .find(|label| *label != first)
        .unwrap();
    let answered = message(&bot.press_label(&again, &second));
    assert_eq!(title(&answered), format!("{first} vs. {second}"));
}

#[test]
fn a_short_form_of_several_careers_is_offered_not_picked() {
    insta::assert_snapshot!(draw(
        &Bot::new().mistake("/career career: ML section: skills")
    ));
}

#[test]
fn the_same_career_twice_offers_its_card_and_its_neighbours() {
    insta::assert_snapshot!(draw(
        &Bot::new().mistake("/compare first: data sci second: data scientist")
    ));
}

#[test]
fn a_narrower_title_is_answered_with_the_wider_career_and_every_view_says_so() {
    let bot = Bot::new();
    let (narrower, career) = {
        let knowledge = bot.service.snapshot();
        let career = knowledge
            .careers()
            .iter()
            .find(|career| !career.narrower.is_empty())
            .unwrap();
        (career.narrower[0].clone(), career.name.clone())
    };
    let note = format!("You asked for **{narrower}**; it is part of **{career}**.");
    let card = bot.answer(&format!("/career career: {narrower}"));
    assert!(body(&card).starts_with(&note), "{}", body(&card));
    let section = message(&bot.press_label(&card, "Education"));
    assert_eq!(title(&section), format!("{career}: Education"));
    assert!(body(&section).starts_with(&note), "{}", body(&section));
}

#[test]
fn a_text_without_letters_is_told_so() {
    let bot = Bot::new();
    for typed in ["🙂🙂", "!!!", "—", "\u{200b}\u{202e}."] {
        let answer = bot.command("career", &[("career", typed)]);
        assert_eq!(answer.outcome, Outcome::Mistake, "{typed}");
        let answer = message(&answer);
        assert_eq!(title(&answer), "No career in that", "{typed}");
        assert_eq!(labels(&answer), ["Browse all careers"], "{typed}");
    }
}

#[test]
fn what_was_typed_is_shown_back_as_text_and_cut() {
    let bot = Bot::new();
    let typed = "@everyone **bold** <@1> [x](https://e.org) `c` ||s||";
    let answer = message(&bot.command("career", &[("career", typed)]));
    assert!(
        body(&answer).contains(
            "“@\u{200b}everyone \\*\\*bold\\*\\* \\<@\u{200b}1\\> \\[x\\](https:\u{200b}//e.org) \\`c\\` \\|\\|s\\|\\|”"
        ),
        "{}",
        body(&answer)
    );
    let long = "w".repeat(100);
    let answer = message(&bot.command("career", &[("career", &long)]));
    assert!(body(&answer).contains(&format!("“{}…”", "w".repeat(80))));
}

#[test]
fn an_option_longer_than_discord_lets_through_is_refused() {
    let bot = Bot::new();
    let long = "w".repeat(6001);
    for (command, option) in [
        ("career", "career"),
        ("jobs", "search"),
        ("jobs", "company"),
    ] {
        let answer = bot.command(command, &[(option, &long)]);
        assert_eq!(answer.outcome, Outcome::Mistake);
        let broken = limits::broken(&message(&answer));
        assert_eq!(broken, Vec::<String>::new());
    }
}

fn pressed(line: &str) -> Control {
    Control {
        label: String::new(),
        custom_id: format!("r0{line}"),
        choice: None,
    }
}

#[test]
fn a_control_whose_career_is_gone_says_so_and_offers_what_is_there() {
    let bot = Bot::new();
    let by_id = bot.press(&pressed("k cdata-engineer-of-old"));
    assert_eq!(by_id.outcome, Outcome::Mistake);
    assert!(labels(&message(&by_id)).contains(&"Data Engineer".to_owned()));
    let by_key = bot.press(&pressed("c f#zzzzzsdata-manager"));
    assert_eq!(by_key.outcome, Outcome::Mistake);
    let by_key = message(&by_key);
    assert_eq!(title(&by_key), "That career is gone");
    assert_eq!(labels(&by_key), ["Browse all careers"]);
}

#[test]
fn a_control_whose_listing_or_company_is_gone_says_so_and_offers_the_list() {
    let bot = Bot::new();
    for (line, expected) in [
        ("j r1j#zzzzz", "That listing is gone"),
        ("j y#zzzzzr1", "That company is gone"),
    ] {
        let gone = bot.press(&pressed(line));
        assert_eq!(gone.outcome, Outcome::Mistake, "{line}");
        let gone = message(&gone);
        assert_eq!(title(&gone), expected);
        let list = bot.press_label(&gone, &labels(&gone)[0]);
        assert_eq!(
            message(&list)["embeds"],
            bot.answer("/jobs remote: true")["embeds"]
        );
    }
}

#[test]
fn a_page_beyond_the_last_offers_the_first_and_the_last() {
    let bot = Bot::new();
    for line in [
        "/jobs page: 9",
        "/career page: 9",
        "/career category: ai-ml page: 2",
    ] {
        let answer = bot.mistake(line);
        assert_eq!(labels(&answer), ["First page"], "{line}");
        assert_eq!(
            bot.press_label(&answer, "First page").outcome,
            Outcome::Answered
        );
    }
}

#[test]
fn an_unknown_category_offers_all_categories() {
    let bot = Bot::new();
    let answer = bot.mistake("/career category: basket weaving");
    assert_eq!(title(&answer), "No such category");
    let all = message(&bot.press_label(&answer, "All categories"));
    assert_eq!(all["embeds"], bot.answer("/career")["embeds"]);
}

#[test]
fn words_to_search_for_that_are_none_are_told_so() {
    let bot = Bot::new();
    let answer = bot.mistake("/jobs search: ?!? remote: true");
    assert_eq!(title(&answer), "Nothing to search for");
    let without = message(&bot.press_label(&answer, "Without search"));
    assert_eq!(
        without["embeds"],
        bot.answer("/jobs remote: true")["embeds"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_gets_an_answer_that_fits_and_pings_nobody(typed in "\\PC{1,120}", other in ".{0,60}") {
        thread_local! { static BOT: Bot = Bot::new(); }
        BOT.with(|bot| {
            for (command, given) in [
                ("career", vec![("career", typed.as_str())]),
                ("career", vec![("category", typed.as_str()), ("section", &other)]),
                ("compare", vec![("first", typed.as_str()), ("second", &other)]),
                ("salary", vec![("career", typed.as_str())]),
                ("jobs", vec![("search", typed.as_str()), ("location", &other)]),
                ("jobs", vec![("company", typed.as_str()), ("job", &other)]),
                ("help", vec![("command", typed.as_str())]),
            ] {
                let answer = bot.command(command, &given);
                assert_ne!(answer.outcome, Outcome::Failure);
                let message = message(&answer);
                let broken = limits::broken(&message);
                assert!(broken.is_empty(), "{broken:?}");
                let shown = message["embeds"].to_string();
                assert!(!shown.contains("@everyone") && !shown.contains("<@"), "{shown}");
            }
            let pressed = bot.press(&pressed(&typed));
            assert_ne!(pressed.outcome, Outcome::Failure);
        });
    }
}
