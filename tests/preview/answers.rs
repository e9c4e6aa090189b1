//! How an answer looks, and what can be pressed under it.

use serde_json::Value as Json;

use crate::browser::{devtools, in_browser};
use crate::server::Preview;

#[test]
fn an_embed_is_laid_out_as_discord_does() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.paste("/compare first: baker second: potter").await;
        // The bar has the colour that the reply names.
        let bar: String = page
            .js("getComputedStyle(document.querySelector('.embed')).borderLeftColor")
            .await;
        assert_eq!(bar, "rgb(123, 97, 255)");
        let places: Vec<(String, f64, f64)> = page
            .js(
                "[...document.querySelectorAll('.embed-field')].map(field => { \
                const {left, top} = field.getBoundingClientRect(); \
                return [field.querySelector('.embed-name').innerText, left, top]; })",
            )
            .await;
        let [baker, potter, both] = &places[..3] else {
            panic!("three fields")
        };
        assert_eq!((&*baker.0, &*potter.0), ("Baker", "Potter"));
        assert!(baker.2 == potter.2 && baker.1 < potter.1, "{places:?}");
        assert_eq!(both.0, "Required skills: both");
        assert!(both.2 > baker.2 && both.1 == baker.1, "{places:?}");
    });
}

#[test]
fn text_is_drawn_as_markdown_and_never_as_markup() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.paste("/career career: baker").await;
        assert_eq!(
            page.texts(".embed-text").await,
            ["A baker bakes bread. <img src=x onerror=alert(1)> is no bread."]
        );
        assert_eq!(page.texts(".embed-text strong").await, ["baker"]);
        assert_eq!(page.texts(".embed-text code").await, ["bread"]);
        assert_eq!(
            page.js::<usize>("document.querySelectorAll('#log img').length")
                .await,
            0
        );
        assert_eq!(
            page.texts(".embed-footer").await,
            ["Crafts · Reviewed 2026-11-23"]
        );
    });
}

#[test]
fn a_menu_updates_its_message_in_place() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.paste("/career career: potter").await;
        page.press(".select", "Show a section").await;
        let sections = page.texts(".select-list .list-title").await;
        assert_eq!(
            sections[..3],
            ["Overview", "Definition", "Responsibilities"]
        );
        assert_eq!(
            page.texts(".select-list [aria-selected=true]").await,
            ["Overview"]
        );
        page.press(".select-list .list-entry", "Responsibilities")
            .await;
        page.until_title("Potter: Responsibilities").await;
        assert_eq!(page.answers().await, 1);
        assert_eq!(page.texts(".select").await, ["Responsibilities"]);
    });
}

#[test]
fn pages_are_turned_shared_and_taken_away() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.paste("/jobs").await;
        let names = || page.texts(".message:last-child .embed-name");
        assert_eq!(names().await[0], "Baker number 7");
        assert_eq!(
            page.texts(".privacy").await,
            ["Only you can see this ·\nDismiss message"]
        );
        let disabled =
            "[...document.querySelectorAll('.button:disabled')].map(one => one.innerText)";
        assert_eq!(
            page.js::<Vec<String>>(disabled).await,
            ["Previous", "Page 1 of 2"]
        );
        page.press_button("Next").await;
        page.until_title("7 listings").await;
        assert_eq!(names().await, ["Baker number 2", "Baker number 1"]);
        assert_eq!(
            page.js::<Vec<String>>(disabled).await,
            ["Page 2 of 2", "Next"]
        );
        assert_eq!(page.answers().await, 1);
        // Shared, it is a message of its own, for everyone, with another button.
        page.press_button("Share").await;
        page.until_answers(2).await;
        assert_eq!(page.texts(".privacy").await.len(), 1);
        assert_eq!(names().await, ["Baker number 2", "Baker number 1"]);
        assert_eq!(
            page.buttons().await,
            ["Previous", "Page 2 of 2", "Next", "Remove"]
        );
        page.press_button("Remove").await;
        page.until_answers(1).await;
        page.press(".privacy button", "Dismiss message").await;
        page.until_answers(0).await;
        assert_eq!(page.texts(".message-author").await, ["Robin"]);
    });
}

#[test]
fn a_link_opens_in_another_tab_and_tells_nobody_where_it_was() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.paste("/jobs search: number 7").await;
        page.press(".select", "Open a listing").await;
        page.press(
            ".select-list .list-entry",
            "Baker number 7\nOven 7 · Vienna",
        )
        .await;
        page.until("document.querySelector('a.button')").await;
        let link: [String; 3] = page
            .js("(one => [one.href, one.target, one.rel])(document.querySelector('a.button'))")
            .await;
        assert_eq!(
            link,
            [
                "https://example.com/jobs/7",
                "_blank",
                "noopener noreferrer"
            ]
        );
    });
}

#[test]
fn a_mistake_is_private_and_says_what_is_near() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.paste("/career career: bakr smith xyz").await;
        assert_eq!(page.title().await, "No such career");
        assert_eq!(page.texts(".privacy").await.len(), 1);
        assert_eq!(
            page.buttons().await,
            ["Baker", "Potter", "Browse all careers"]
        );
    });
}

#[test]
fn what_is_copied_is_what_discord_would_be_sent() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        let permissions = serde_json::json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": preview.url });
        devtools(&page.client, "Browser.grantPermissions", permissions).await;
        let _: Option<()> = page
            .js("(() => { const real = fetch; window.answers = []; window.fetch = async (...given) => { \
                const answer = await real(...given); window.answers.push(await answer.clone().text()); return answer; }; })()")
            .await;
        page.paste("/career career: potter").await;
        page.press(".message:last-child .tool", "Copy as JSON")
            .await;
        page.until("document.querySelector('.toast.is-shown')")
            .await;
        let copied = page
            .client
            .execute_async(
                "navigator.clipboard.readText().then(arguments[0], error => arguments[0](String(error)))",
                Vec::new(),
            )
            .await
            .unwrap();
        let copied: Json = serde_json::from_str(copied.as_str().unwrap()).unwrap();
        let answered: Vec<String> = page.js("window.answers").await;
        let answered: Json = serde_json::from_str(answered.last().unwrap()).unwrap();
        assert_eq!(copied, answered["data"]);
        assert_eq!(copied["embeds"][0]["title"], "Potter");
    });
}

#[test]
fn where_the_preview_has_stopped_the_page_says_so() {
    in_browser(async |page| {
        let preview = Preview::over(&crate::server::crafts());
        page.open(&preview).await;
        preview.stop();
        page.foresee("ERR_CONNECTION_REFUSED");
        page.foresee("ERR_INCOMPLETE_CHUNKED_ENCODING");
        page.foresee("Failed to fetch");
        page.foresee("network error");
        page.until("document.querySelector('#status').innerText === 'The preview has stopped'")
            .await;
        page.keys("/help \u{e007}").await;
        page.until("document.querySelector('.failed')").await;
        assert_eq!(
            page.texts(".failed").await,
            ["The application did not respond. Is the preview still running?"]
        );
    });
}
