//! What a person does on the page, and what they see there.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use crate::browser::devtools;
use crate::server::Preview;

/// How long anything may take to appear.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(25);

/// Keys that are no letters.
pub const ENTER: char = '\u{e007}';
pub const TAB: char = '\u{e004}';
pub const ESCAPE: char = '\u{e00c}';
pub const DOWN: char = '\u{e015}';
pub const UP: char = '\u{e013}';
pub const RIGHT: char = '\u{e014}';
pub const BACKSPACE: char = '\u{e003}';

/// A browser, and what is drawn in it.
pub struct Page {
    /// The session.
    pub client: Client,
    foreseen: RefCell<Vec<&'static str>>,
    /// What is open is not ended before the browser is.
    opened: RefCell<Vec<Arc<Preview>>>,
}

impl Page {
    /// The page of a session.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            foreseen: RefCell::new(Vec::new()),
            opened: RefCell::new(Vec::new()),
        }
    }

    /// What may stand in the console: these words were provoked.
    pub fn foresee(&self, words: &'static str) {
        self.foreseen.borrow_mut().push(words);
    }

    /// The words that may stand in the console.
    pub fn foreseen(&self) -> Vec<&'static str> {
        self.foreseen.borrow().clone()
    }

    /// Opens the preview and waits until it is ready.
    pub async fn open(&self, preview: &Arc<Preview>) {
        self.opened.borrow_mut().push(Arc::clone(preview));
        self.client.goto(&preview.url).await.unwrap();
        self.until(
            "document.querySelector('.message') && document.activeElement.id === 'composer-text'",
        )
        .await;
    }

    /// What an expression gives.
    pub async fn js<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value = self
            .client
            .execute(&format!("return ({expression});"), Vec::new())
            .await
            .unwrap_or_else(|error| panic!("{expression}: {error}"));
        serde_json::from_value(value.clone())
            .unwrap_or_else(|error| panic!("{expression} gave {value}: {error}"))
    }

    /// What an exported function of one of the page's modules gives.
    pub async fn call(&self, module: &str, function: &str, arguments: Json) -> Json {
        let script = "const [module, name, given, done] = arguments; \
            import(`/assets/scripts/${module}`).then(all => done(all[name](...given))).catch(error => done(String(error)));";
        let arguments = vec![json!(module), json!(function), arguments];
        self.client.execute_async(script, arguments).await.unwrap()
    }

    /// Waits until an expression is true.
    pub async fn until(&self, expression: &str) {
        let since = Instant::now();
        while !self.js::<bool>(&format!("Boolean({expression})")).await {
            if since.elapsed() > PATIENCE {
                let seen: String = self.js("document.body.innerText").await;
                panic!("this never came: {expression}\n{seen}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Types, where the focus is.
    pub async fn keys(&self, keys: &str) {
        let mut actions = KeyActions::new("keys".to_owned());
        for key in keys.chars() {
            actions = actions
                .then(KeyAction::Down { value: key })
                .then(KeyAction::Up { value: key });
        }
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Presses a key while Shift is held.
    pub async fn shift(&self, key: char) {
        let shift = char::from(Key::Shift);
        let actions = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: shift })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: shift });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Presses the one element that this finds and that has this text.
    pub async fn press(&self, selector: &str, text: &str) {
        self.until(&format!("{}.length > 0", with_text(selector, text)))
            .await;
        let script = format!(
            "{}.at(-1).scrollIntoView({{block: 'nearest'}})",
            with_text(selector, text)
        );
        let _: Json = self.js(&script).await;
        let at: usize = self
            .js(&format!(
                "[...document.querySelectorAll({selector:?})].indexOf({}.at(-1))",
                with_text(selector, text)
            ))
            .await;
        let all = self.client.find_all(Locator::Css(selector)).await.unwrap();
        all[at].click().await.unwrap();
    }

    /// Presses a button of the newest message and waits for what comes of it.
    pub async fn press_button(&self, label: &str) {
        let before: String = self.js(LOG).await;
        self.press(".message .button", label).await;
        self.until(&format!("{LOG} !== {before:?}")).await;
    }

    /// Sends a whole line, as if it were pasted, and waits for the answer.
    pub async fn send(&self, line: &str) {
        let before = self.answers().await;
        self.keys(line).await;
        self.keys(&ENTER.to_string()).await;
        self.until_answers(before + 1).await;
    }

    /// Pastes a whole line into the message box, and sends it.
    pub async fn paste(&self, line: &str) {
        let before = self.answers().await;
        let script = format!(
            "(() => {{ const box = document.querySelector('#composer-text'); box.focus(); box.value = {line:?}; }})()"
        );
        let _: Json = self.js(&script).await;
        self.keys(&ENTER.to_string()).await;
        self.until_answers(before + 1).await;
    }

    /// How many answers stand in the channel.
    pub async fn answers(&self) -> usize {
        self.js("document.querySelectorAll('.message:has(.is-bot)').length")
            .await
    }

    /// Waits until this many answers stand there, whole.
    pub async fn until_answers(&self, count: usize) {
        self.until(&format!(
            "document.querySelectorAll('.message:has(.is-bot)').length === {count} && !document.querySelector('.thinking')"
        ))
        .await;
    }

    /// The heading of the newest answer.
    pub async fn title(&self) -> String {
        self.js("[...document.querySelectorAll('.message')].at(-1).querySelector('.embed-title')?.innerText ?? ''")
            .await
    }

    /// Waits until the newest message has this heading.
    pub async fn until_title(&self, title: &str) {
        self.until(&format!(
            "[...document.querySelectorAll('.message')].at(-1).querySelector('.embed-title')?.innerText === {title:?}"
        ))
        .await;
    }

    /// The texts of everything that this finds, as they are seen.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        self.js(&format!(
            "[...document.querySelectorAll({selector:?})].map(one => one.innerText.trim())"
        ))
        .await
    }

    /// The labels of the newest message's buttons.
    pub async fn buttons(&self) -> Vec<String> {
        self.js("[...[...document.querySelectorAll('.message')].at(-1).querySelectorAll('.button')].map(one => one.innerText.trim())")
            .await
    }

    /// What is offered above the message box.
    pub async fn offered(&self) -> Vec<String> {
        self.texts(".popup .list-title").await
    }

    /// Waits until something is offered above the message box whose first entry is this.
    pub async fn until_offered(&self, first: &str) {
        self.until(&format!(
            "document.querySelector('.popup .list-title')?.innerText === {first:?}"
        ))
        .await;
    }

    /// The pills of the message box: names and what stands in them.
    pub async fn pills(&self) -> Vec<(String, String)> {
        self.js("[...document.querySelectorAll('.pill')].map(pill => [pill.querySelector('label').innerText, pill.querySelector('input').value])")
            .await
    }

    /// Makes the window as large as this, and for a phone a touch screen.
    pub async fn resize(&self, width: u32, height: u32, phone: bool) {
        let parameters =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        devtools(
            &self.client,
            "Emulation.setDeviceMetricsOverride",
            parameters,
        )
        .await;
    }

    /// Makes the system prefer something, such as `prefers-color-scheme`.
    pub async fn prefer(&self, feature: &str, value: &str) {
        let parameters = json!({ "features": [{ "name": feature, "value": value }] });
        devtools(&self.client, "Emulation.setEmulatedMedia", parameters).await;
    }
}

const LOG: &str = "document.querySelector('#log').innerText";

fn with_text(selector: &str, text: &str) -> String {
    format!(
        "[...document.querySelectorAll({selector:?})].filter(one => one.innerText.trim() === {text:?} || one.ariaLabel === {text:?})"
    )
}
