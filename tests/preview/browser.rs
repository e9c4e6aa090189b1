//! A Chromium of its own for every test, all driven through one ChromeDriver.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use futures_util::FutureExt as _;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use url::{ParseError, Url};

use crate::page::Page;

/// Runs a test in a new browser; afterwards nothing may stand in its console.
///
/// Where no browser is installed the test is left out, and says so; in CI that is a failure.
pub fn in_browser(test: impl AsyncFnOnce(&Page)) {
    if !is_installed("chromedriver") || !is_installed("chromium") {
        return leave_out("the preview in a browser: Debian's chromium and chromium-driver");
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let driver = Driver::get();
        let profile = tempfile::tempdir().unwrap();
        let client = session(&driver, &profile).await;
        let page = Page::new(client.clone());
        let result = AssertUnwindSafe(test(&page)).catch_unwind().await;
        let console = console(&client).await;
        client.close().await.unwrap();
        if let Err(panic) = result {
            eprintln!("in the console: {console:#?}");
            resume_unwind(panic);
        }
        let foreseen = page.foreseen();
        let unforeseen: Vec<String> = console
            .into_iter()
            .filter(|line| !foreseen.iter().any(|part| line.contains(part)))
            .collect();
        assert_eq!(unforeseen, Vec::<String>::new(), "in the console");
    });
}

/// Says on standard error, whatever the test harness catches, what is not tested here.
///
/// # Panics
/// In CI, where nothing may be left out.
pub fn leave_out(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "not installed: {what}");
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = writeln!(
            io::stderr(),
            "\nLEFT OUT, for want of what it needs: {what}"
        );
    });
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder: PathBuf| folder.join(program).is_file())
}

/// The process that all browsers are driven through; ends with the last test that needs it.
struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    fn get() -> Arc<Self> {
        static RUNNING: Mutex<Weak<Driver>> = Mutex::new(Weak::new());
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        running.upgrade().unwrap_or_else(|| {
            let driver = Arc::new(Self::start());
            *running = Arc::downgrade(&driver);
            driver
        })
    }

    fn start() -> Self {
        const STARTED: &str = "started successfully on port ";
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines
            .find_map(|line| {
                let line = line.unwrap();
                let (_, port) = line.split_once(STARTED)?;
                Some(port.trim_end_matches('.').to_owned())
            })
            .expect("chromedriver says where it listens");
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn session(driver: &Driver, profile: &TempDir) -> Client {
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--force-color-profile=srgb",
        "--lang=en-US",
        "--window-size=1280,820",
    ];
    let folder = format!("--user-data-dir={}", profile.path().display());
    let arguments: Vec<&str> = arguments.into_iter().chain([folder.as_str()]).collect();
    let capabilities = json!({
        "goog:chromeOptions": { "args": arguments },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    let Json::Object(capabilities) = capabilities else {
        unreachable!("an object was written")
    };
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&driver.url)
        .await
        .expect("a browser starts")
}

/// What stands in the browser's console: errors, warnings, and what a page logs itself.
async fn console(client: &Client) -> Vec<String> {
    let command = Chrome("se/log", json!({ "type": "browser" }));
    let entries = client.issue_cmd(command).await.unwrap();
    let entries = entries.as_array().expect("a list of entries");
    let message = |entry: &Json| entry["message"].as_str().unwrap_or_default().to_owned();
    entries.iter().map(message).collect()
}

/// Tells Chromium itself something
/// ([DevTools Protocol](https://chromedevtools.github.io/devtools-protocol/)).
pub async fn devtools(client: &Client, command: &str, parameters: Json) -> Json {
    let body = json!({ "cmd": command, "params": parameters });
    client
        .issue_cmd(Chrome("goog/cdp/execute", body))
        .await
        .unwrap()
}

/// A command that only ChromeDriver knows: its path and what is posted there.
#[derive(Debug)]
struct Chrome(&'static str, Json);

impl WebDriverCompatibleCommand for Chrome {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.0
        ))
    }

    fn method_and_body(&self, _: &Url) -> (axum::http::Method, Option<String>) {
        (axum::http::Method::POST, Some(self.1.to_string()))
    }
}
