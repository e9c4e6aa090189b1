//! Every REST request that the loopback got: in memory, and as JSON Lines under `target/recordings/`.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub method: String,
    /// With the query.
    pub path: String,
    pub body: Option<Value>,
    /// For a callback: the type of the interaction that it answers.
    pub interaction_type: Option<u64>,
    /// The status it was answered with, once it was.
    pub status: Option<u16>,
}

impl Request {
    /// `"PUT /applications/1/commands"`: method and path without version and query.
    pub fn line(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        let path = path.strip_prefix("/api/v10").unwrap_or(path);
        format!("{} {path}", self.method)
    }
}

/// The file that a recording is appended to.
pub struct Tape {
    file: File,
}

impl Tape {
    /// Opens `target/recordings/<name>.jsonl`.
    pub fn open(name: &str) -> Self {
        let folder = folder();
        std::fs::create_dir_all(&folder).expect("the target folder can be written");
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(folder.join(format!("{name}.jsonl")))
            .expect("a recording can be opened");
        Self { file }
    }

    /// Appends one request.
    pub fn write(&mut self, request: &Request) {
        let mut line = json!({"method": request.method, "path": request.path});
        if let Some(body) = &request.body {
            line["body"] = body.clone();
        }
        self.write_line(line, request.interaction_type);
    }

    /// Appends what an HTTP endpoint answered.
    pub fn write_response(&mut self, body: &Value, interaction_type: u64) {
        let line = json!({"kind": "interaction_response", "body": body});
        self.write_line(line, Some(interaction_type));
    }

    fn write_line(&mut self, mut line: Value, interaction_type: Option<u64>) {
        // The validator knows these.
        if let Some(kind @ 1..=5) = interaction_type {
            line["interaction_type"] = kind.into();
        }
        let line = format!("{line}\n");
        self.file
            .write_all(line.as_bytes())
            .expect("a recording can be written");
    }
}

fn folder() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    scratch.parent().unwrap_or(scratch).join("recordings")
}
