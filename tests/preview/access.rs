//! The keyboard alone, themes, phones, motion, and what axe-core finds.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::browser::{in_browser, leave_out};
use crate::page::{DOWN, ENTER, ESCAPE, Page, TAB, UP};
use crate::server::{Preview, copy_of_crafts};

#[test]
fn everything_can_be_done_by_keyboard() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        page.keys(&format!("/jobs{ENTER}")).await;
        page.until_offered("search").await;
        page.keys(&ENTER.to_string()).await;
        page.until_title("7 listings").await;
        // Up to the newest message, through its controls, and a press.
        page.keys(&UP.to_string()).await;
        page.until("document.activeElement.matches('.message:last-child')")
            .await;
        let mut stops = Vec::new();
        for _ in 0..6 {
            page.keys(&TAB.to_string()).await;
            stops.push(
                page.js::<String>(
                    "document.activeElement.ariaLabel ?? document.activeElement.innerText",
                )
                .await,
            );
        }
        assert_eq!(
            stops,
            [
                "/jobs",
                "Open a listing",
                "Next",
                "Share",
                "Dismiss message",
                "Copy as JSON"
            ]
        );
        for _ in 0..4 {
            page.shift(TAB).await;
        }
        page.until("document.activeElement.ariaLabel === 'Open a listing'")
            .await;
        page.keys(&format!("{DOWN}{DOWN}")).await;
        page.until("document.querySelector('.select-list .is-active .list-title').innerText === 'Baker number 6'")
            .await;
        page.keys("baker number 4").await;
        page.until("document.querySelector('.select-list .is-active .list-title').innerText === 'Baker number 4'")
            .await;
        page.keys(&ENTER.to_string()).await;
        page.until_title("Baker number 4").await;
        // The focus is still inside the message that was updated, and Escape leads back.
        page.until("document.activeElement.closest('.message:last-child')")
            .await;
        let _: Option<()> = page
            .js("document.activeElement.closest('.message').focus()")
            .await;
        page.keys(&ESCAPE.to_string()).await;
        page.until("document.activeElement.id === 'composer-text'")
            .await;
    });
}

#[test]
fn the_focus_stays_within_a_message_that_is_updated_and_goes_on_where_it_is_removed() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        let focus = async |label: &str| {
            let script = format!(
                "[...document.querySelectorAll('.button')].find(one => one.innerText === {label:?}).focus()"
            );
            page.js::<Option<()>>(&script).await;
        };
        page.paste("/jobs").await;
        focus("Next").await;
        page.keys(&ENTER.to_string()).await;
        page.until("document.querySelector('.embed-name').innerText === 'Baker number 2'")
            .await;
        // "Next" cannot be pressed on the last page: the message has the focus.
        page.until("document.activeElement.matches('.message:last-child')")
            .await;
        focus("Previous").await;
        page.keys(&ENTER.to_string()).await;
        page.until("document.querySelector('.embed-name').innerText === 'Baker number 7'")
            .await;
        page.paste("/compare first: baker second: potter").await;
        focus("Swap sides").await;
        page.keys(&ENTER.to_string()).await;
        page.until_title("Potter vs. Baker").await;
        page.until("document.activeElement.innerText === 'Swap sides'")
            .await;
        focus("Remove").await;
        page.keys(&ENTER.to_string()).await;
        page.until_answers(1).await;
        page.until("document.activeElement.matches('.message')")
            .await;
    });
}

#[test]
fn the_theme_follows_the_system_until_somebody_chooses() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.prefer("prefers-color-scheme", "dark").await;
        page.open(&preview).await;
        let theme = "document.documentElement.dataset.theme";
        assert_eq!(page.js::<String>(theme).await, "dark");
        page.prefer("prefers-color-scheme", "light").await;
        page.until(&format!("{theme} === 'light'")).await;
        page.press("#theme", "Dark theme").await;
        assert_eq!(page.js::<String>(theme).await, "dark");
        page.open(&preview).await;
        assert_eq!(page.js::<String>(theme).await, "dark");
        page.press("#theme", "Light theme").await;
        assert_eq!(page.js::<String>(theme).await, "light");
    });
}

#[test]
fn nothing_moves_where_somebody_asked_for_that() {
    in_browser(async |page| {
        let preview = Preview::shared();
        let moving = "[...document.querySelectorAll('*')].filter(one => { const style = getComputedStyle(one); \
            return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0; }).length";
        page.prefer("prefers-reduced-motion", "no-preference").await;
        page.open(&preview).await;
        page.paste("/career career: baker").await;
        assert_ne!(page.js::<usize>(moving).await, 0);
        page.prefer("prefers-reduced-motion", "reduce").await;
        page.until(&format!("{moving} === 0")).await;
    });
}

#[test]
fn a_phone_shows_everything_within_its_width() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.resize(360, 740, true).await;
        page.open(&preview).await;
        page.paste("/compare first: baker second: potter").await;
        let too_wide = "[...document.querySelectorAll('body *')].filter(one => one.checkVisibility() && \
            one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.side, .toast, pre')).map(one => one.className || one.tagName)";
        assert_eq!(page.js::<Vec<String>>(too_wide).await, [""; 0]);
        // Fields stand one below the other.
        let lefts: Vec<f64> = page
            .js("[...document.querySelectorAll('.embed-field')].map(one => one.getBoundingClientRect().left)")
            .await;
        assert!(lefts.iter().all(|left| *left == lefts[0]), "{lefts:?}");
        // The column at the side opens over the channel.
        assert!(!page.js::<bool>("document.querySelector('#moderator').checkVisibility({visibilityProperty: true})").await);
        page.press("#side-open", "Menu").await;
        page.until("document.querySelector('#side').getBoundingClientRect().left === 0")
            .await;
        page.press(".side-example", "/help").await;
        page.until("document.querySelector('#side').getBoundingClientRect().right <= 0")
            .await;
        page.press(".send", "Send").await;
        page.until_title("What Waymark can do").await;
        assert_eq!(page.js::<Vec<String>>(too_wide).await, [""; 0]);
    });
}

/// What axe-core finds wrong, as "rule: element".
async fn violations(page: &Page, axe: &str) -> Vec<String> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; {axe}; \
        axe.run(document, {{ resultTypes: ['violations'] }}).then(found => done(found.violations.flatMap(rule => \
        rule.nodes.map(node => `${{rule.id}}: ${{node.html}} ${{node.any.map(one => one.message).join('; ')}}`))), \
        error => done([String(error)]));"
    );
    let found: Json = page
        .client
        .execute_async(&script, Vec::new())
        .await
        .unwrap();
    serde_json::from_value(found).unwrap()
}

/// The whole of the page's states in one theme and width.
async fn audit(page: &Page, axe: &str) {
    let none = [""; 0];
    let folder = copy_of_crafts();
    let preview = Preview::over(folder.path());
    page.open(&preview).await;
    assert_eq!(violations(page, axe).await, none, "at the start");
    page.keys("/").await;
    page.until_offered("/compare").await;
    assert_eq!(violations(page, axe).await, none, "the picker");
    page.keys("compare ").await;
    page.keys(&ENTER.to_string()).await;
    page.until("document.querySelector('.is-wrong')").await;
    assert_eq!(violations(page, axe).await, none, "a missing option");
    page.keys(&format!("{ESCAPE}{ESCAPE}")).await;
    page.until("!document.querySelector('.pill')").await;
    page.paste("/compare first: baker second: potter").await;
    page.paste("/jobs").await;
    assert_eq!(violations(page, axe).await, none, "answers");
    page.press(".select", "Open a listing").await;
    page.until("document.querySelector('.select-list .list-entry')")
        .await;
    assert_eq!(violations(page, axe).await, none, "a menu of choices");
    page.keys(&ESCAPE.to_string()).await;
    page.press(".message:last-child .tool", "More").await;
    page.press(".menu-frame > .menu-item", "Apps").await;
    assert_eq!(violations(page, axe).await, none, "the menu of a message");
    page.keys(&format!("{ESCAPE}{ESCAPE}")).await;
    fs::write(folder.path().join("careers/potter.toml"), "name = 1\n").unwrap();
    page.until("document.querySelector('.problem')").await;
    page.until("!document.querySelector('.toast.is-shown') || getComputedStyle(document.querySelector('.toast')).opacity === '1'")
        .await;
    assert_eq!(violations(page, axe).await, none, "problems");
}

fn with_axe(test: impl AsyncFnOnce(&Page, &str)) {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/npm/node_modules/axe-core/axe.min.js");
    match fs::read_to_string(&file) {
        Ok(axe) => in_browser(async |page| test(page, &axe).await),
        Err(_) => leave_out("accessibility: npm install --prefix target/npm axe-core@4.11.0"),
    }
}

#[test]
fn axe_finds_nothing_in_the_dark_theme() {
    with_axe(async |page, axe| {
        page.prefer("prefers-color-scheme", "dark").await;
        audit(page, axe).await;
    });
}

#[test]
fn axe_finds_nothing_in_the_light_theme() {
    with_axe(async |page, axe| {
        page.prefer("prefers-color-scheme", "light").await;
        audit(page, axe).await;
    });
}

#[test]
fn axe_finds_nothing_on_a_phone() {
    with_axe(async |page, axe| {
        page.prefer("prefers-color-scheme", "dark").await;
        page.resize(390, 844, true).await;
        audit(page, axe).await;
        page.press("#side-open", "Menu").await;
        page.until("document.querySelector('#side').getBoundingClientRect().left === 0")
            .await;
        assert_eq!(violations(page, axe).await, [""; 0], "the side");
    });
}
