//! From the slash to the question.

use crate::browser::in_browser;
use crate::page::{BACKSPACE, DOWN, ENTER, ESCAPE, TAB, UP};
use crate::server::Preview;

#[test]
fn a_slash_opens_the_picker_with_every_command_and_what_it_does() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.keys("/").await;
        page.until_offered("/compare").await;
        let commands = [
            "/compare", "/career", "/jobs", "/salary", "/ask", "/match", "/switch", "/help",
        ];
        assert_eq!(page.offered().await, commands);
        assert_eq!(page.texts(".popup .list-heading").await, ["Waymark"]);
        assert_eq!(
            page.texts(".popup .is-active").await,
            [
                "/compare\nTwo careers side by side: what both share, what only one has, outlook and pay\nfirst second"
            ]
        );
        page.keys(&format!("{DOWN}{DOWN}{UP}")).await;
        assert_eq!(
            page.texts(".popup .is-active .list-title").await,
            ["/career"]
        );
        page.keys("ma").await;
        page.until_offered("/match").await;
        assert_eq!(page.offered().await, ["/match"]);
        page.keys(&ENTER.to_string()).await;
        let skills = ("skills".to_owned(), String::new());
        assert_eq!(page.pills().await, [skills]);
    });
}

#[test]
fn a_career_completes_while_it_is_typed_and_enter_sends_the_command() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.keys("/compare ").await;
        assert_eq!(
            page.texts(".popup-hint").await,
            ["first One career, by any of its names"]
        );
        page.keys("bread").await;
        page.until_offered("Baker").await;
        page.keys(&TAB.to_string()).await;
        page.keys("pot").await;
        page.until_offered("Potter").await;
        page.keys(&ENTER.to_string()).await;
        let pill = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            page.pills().await,
            [pill("first", "Baker"), pill("second", "Potter")]
        );
        // What else the command takes is offered, and nothing is picked by itself.
        assert_eq!(page.offered().await, ["section", "private"]);
        assert_eq!(page.texts(".popup .is-active").await, [""; 0]);
        page.keys(&ENTER.to_string()).await;
        page.until_title("Baker vs. Potter").await;
        assert_eq!(page.texts(".pill").await, [""; 0]);
        assert_eq!(page.texts(".origin").await, ["Y\nYou\nused\n/compare"]);
    });
}

#[test]
fn an_answer_to_what_was_typed_before_is_dropped() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        // The first suggestions come late, after those for more letters.
        let _: Option<()> = page
            .js("(() => { const real = fetch; let count = 0; window.late = 0; window.fetch = async (...given) => { \
                const first = count++ === 1; const {signal, ...rest} = given[1]; \
                const answer = await real(given[0], rest); \
                if (first) { await new Promise(done => setTimeout(done, 600)); window.late = 1; } return answer; }; })()")
            .await;
        page.keys("/career ").await;
        page.keys("career").await;
        page.keys(&ENTER.to_string()).await;
        page.keys("b").await;
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        page.keys(&format!("{BACKSPACE}pot")).await;
        page.until_offered("Potter").await;
        page.until("window.late === 1").await;
        assert_eq!(page.offered().await[0], "Potter");
    });
}

#[test]
fn what_cannot_be_sent_is_marked_and_told() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.keys("/salary ").await;
        page.keys(&ENTER.to_string()).await;
        page.until("document.querySelector('.pill.is-wrong input') === document.activeElement")
            .await;
        assert_eq!(
            page.texts(".popup-hint").await,
            ["career This option is required. Specify a value."]
        );
        page.keys("potter").await;
        page.until_offered("Potter").await;
        page.keys(&ENTER.to_string()).await;
        // A choice must be one of the list.
        page.keys("lev").await;
        page.until_offered("level").await;
        page.keys(&format!("{ENTER}nonsense{ENTER}")).await;
        page.until("document.querySelector('.pill.is-wrong')").await;
        assert_eq!(
            page.texts(".popup-hint").await,
            ["level Pick one of the choices."]
        );
        assert_eq!(page.answers().await, 0);
        // Once it is gone the command is sent.
        page.keys(&BACKSPACE.to_string().repeat(9)).await;
        assert_eq!(page.pills().await.len(), 1);
        page.keys(&ENTER.to_string()).await;
        page.until_title("Potter: Salary").await;
    });
}

#[test]
fn a_number_and_a_length_are_checked_while_they_are_typed() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.keys("/jobs ").await;
        page.keys(&format!("min{ENTER}")).await;
        page.keys("a lot").await;
        page.until("document.querySelector('.popup-hint.is-mistake')")
            .await;
        let [hint] = &page.texts(".popup-hint").await[..] else {
            panic!("one hint")
        };
        assert!(
            hint.starts_with("min_salary Enter a whole number from 1 to "),
            "{hint}"
        );
        page.keys(&ESCAPE.to_string()).await;
        page.until("!document.querySelector('.pill')").await;
        let long = "why ".repeat(2000);
        let _: Option<()> = page
            .js(&format!(
                "(() => {{ document.querySelector('#composer-text').value = {long:?} }})()"
            ))
            .await;
        page.keys(&ENTER.to_string()).await;
        page.until("document.querySelector('.popup-hint.is-mistake')")
            .await;
        let [hint] = &page.texts(".popup-hint").await[..] else {
            panic!("one hint")
        };
        assert!(
            hint.starts_with("At most ") && hint.ends_with("these are 7999."),
            "{hint}"
        );
        assert_eq!(page.answers().await, 0);
    });
}

#[test]
fn plain_text_is_a_message_and_a_question() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.send("what does a baker do?").await;
        assert_eq!(page.title().await, "Baker");
        assert_eq!(
            page.texts(".message-text").await.last().unwrap(),
            "what does a baker do?"
        );
        assert_eq!(page.texts(".origin-command").await, ["/ask"]);
    });
}

#[test]
fn a_whole_line_is_understood_and_an_unknown_command_is_told() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.paste("/compare first: baker second: potter section: definition")
            .await;
        assert_eq!(page.title().await, "Baker vs. Potter: Definition");
        page.keys(&format!("/nothing{ENTER}")).await;
        page.until("document.querySelector('.popup-hint.is-mistake')")
            .await;
        assert_eq!(
            page.texts(".popup-hint").await,
            ["There is no such command. Type / to see all of them."]
        );
        assert_eq!(page.answers().await, 1);
    });
}

#[test]
fn what_was_used_and_what_is_worth_trying_comes_back_as_pills() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.press(".side-example", "/match skills: python, sql, tableau")
            .await;
        let pill = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(page.pills().await, [pill("skills", "python, sql, tableau")]);
        page.keys(&ESCAPE.to_string()).await;
        page.keys(&ESCAPE.to_string()).await;
        page.until("!document.querySelector('.pill')").await;
        page.paste("/career career: potter").await;
        page.press(".origin-command", "/career").await;
        assert_eq!(page.pills().await, [pill("career", "potter")]);
    });
}

#[test]
fn a_moderator_is_shown_the_moderators_commands_and_may_run_them() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.press(".switch-track + span", "As moderator").await;
        assert_eq!(page.texts("#you-rights").await, ["Moderator"]);
        page.press(
            "#composer-text",
            "Message #career-questions, or / for commands",
        )
        .await;
        page.keys("/").await;
        page.until_offered("/compare").await;
        assert_eq!(
            page.texts(".popup .list-heading").await,
            ["Waymark", "For moderators"]
        );
        page.keys("knowledge re").await;
        page.until_offered("/knowledge reload").await;
        // Where an answer takes its time, the page says that it will come.
        let _: Option<()> = page
            .js("(() => { window.seen = []; new MutationObserver(() => { \
                for (const one of document.querySelectorAll('.thinking')) window.seen.push(one.innerText); \
                }).observe(document.querySelector('#log'), { childList: true }); })()")
            .await;
        page.keys(&format!("{ENTER}{ENTER}")).await;
        page.until_title("Reloaded").await;
        assert_eq!(
            page.js::<Vec<String>>("[...new Set(window.seen)]").await,
            ["Waymark is thinking…"]
        );
        assert_eq!(page.texts(".privacy").await.len(), 1);
    });
}

#[test]
fn a_line_that_is_typed_letter_by_letter_becomes_pills() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.keys("/compare first: baker second: potter section: skills")
            .await;
        let pill = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            page.pills().await,
            [
                pill("first", " baker"),
                pill("second", " potter"),
                pill("section", " skills")
            ]
        );
        page.until_offered("Required skills").await;
        page.keys(&format!("{ENTER}{ENTER}")).await;
        page.until_title("Baker vs. Potter: Required skills").await;
    });
}
