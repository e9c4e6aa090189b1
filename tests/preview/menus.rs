//! The menu of a message.

use fantoccini::Locator;
use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_RIGHT, MouseActions, PointerAction};

use crate::browser::in_browser;
use crate::page::{DOWN, ENTER, ESCAPE, Page, RIGHT, UP};
use crate::server::Preview;

async fn right_click(page: &Page, selector: &str) {
    let element = page.client.find(Locator::Css(selector)).await.unwrap();
    let actions = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveToElement {
            element,
            duration: None,
            x: 0.0,
            y: 0.0,
        })
        .then(PointerAction::Down {
            button: MOUSE_BUTTON_RIGHT,
        })
        .then(PointerAction::Up {
            button: MOUSE_BUTTON_RIGHT,
        });
    page.client.perform_actions(actions).await.unwrap();
}

#[test]
fn a_right_click_offers_to_answer_what_somebody_wrote() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        right_click(page, ".message").await;
        page.until("document.querySelector('.menu')").await;
        assert_eq!(
            page.texts(".menu-layer > .menu > .menu-item, .menu-frame > .menu-item")
                .await,
            ["Apps", "Copy text"]
        );
        page.press(".menu-frame > .menu-item", "Apps").await;
        page.press(".menu-item", "Answer this").await;
        page.until_answers(1).await;
        assert_eq!(page.texts(".origin").await, ["Y\nYou\nused\nAnswer this"]);
        assert_eq!(page.texts(".menu").await, [""; 0]);
    });
}

#[test]
fn the_menu_works_by_keyboard_and_gives_the_focus_back() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.keys(&UP.to_string()).await;
        page.until("document.activeElement.matches('.message')")
            .await;
        page.shift(char::from(fantoccini::key::Key::F10)).await;
        page.until("document.activeElement.innerText === 'Apps'")
            .await;
        page.keys(&DOWN.to_string()).await;
        page.until("document.activeElement.innerText === 'Copy text'")
            .await;
        page.keys(&ESCAPE.to_string()).await;
        page.until(
            "document.activeElement.matches('.message') && !document.querySelector('.menu')",
        )
        .await;
        page.shift(char::from(fantoccini::key::Key::F10)).await;
        page.until("document.activeElement.innerText === 'Apps'")
            .await;
        page.keys(&RIGHT.to_string()).await;
        page.until("document.activeElement.innerText === 'Answer this'")
            .await;
        page.keys(&ENTER.to_string()).await;
        page.until_answers(1).await;
    });
}

#[test]
fn a_press_elsewhere_closes_the_menu() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.press(".message .tool", "More").await;
        page.until("document.querySelector('.menu')").await;
        page.press("#channel-name", "career-questions").await;
        page.until("!document.querySelector('.menu')").await;
    });
}
