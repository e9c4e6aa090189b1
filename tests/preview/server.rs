//! The program itself, serving the preview.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tempfile::TempDir;

/// A small knowledge base: two careers, seven listings.
pub fn crafts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/preview/crafts")
}

/// A copy of `crafts/` that may be changed.
pub fn copy_of_crafts() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["careers", "jobs"] {
        fs::create_dir(folder.path().join(part)).unwrap();
    }
    for file in [
        "knowledge.toml",
        "careers/baker.toml",
        "careers/potter.toml",
        "jobs/open.toml",
    ] {
        fs::copy(crafts().join(file), folder.path().join(file)).unwrap();
    }
    folder
}

/// A running `waymark preview`.
pub struct Preview {
    process: Mutex<Child>,
    /// The page's address, with a slash at its end.
    pub url: String,
}

impl Preview {
    /// Over the knowledge base of `crafts/`; shared by the tests that change nothing.
    pub fn shared() -> Arc<Self> {
        static RUNNING: Mutex<Weak<Preview>> = Mutex::new(Weak::new());
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        running.upgrade().unwrap_or_else(|| {
            let preview = Self::over(&crafts());
            *running = Arc::downgrade(&preview);
            preview
        })
    }

    /// Over a folder, which is watched.
    pub fn over(folder: &Path) -> Arc<Self> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_waymark"))
            .args(["preview", "--no-open", "--port", "0"])
            .arg("--knowledge")
            .arg(folder)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_remove("WAYMARK_KNOWLEDGE")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let url = lines.find_map(|line| Some(line.unwrap().strip_prefix("Preview: ")?.to_owned()));
        let url = url.expect("the preview says where it is");
        assert!(
            url.starts_with("http://127.0.0.1:") && url.ends_with('/'),
            "{url}"
        );
        Arc::new(Self {
            process: Mutex::new(process),
            url,
        })
    }

    /// The address without scheme and path: `127.0.0.1:4747`.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://").trim_end_matches('/')
    }

    /// Ends the program.
    pub fn stop(&self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = process.kill();
        let _ = process.wait();
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.stop();
    }
}
