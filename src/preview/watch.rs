//! Noticing that the files of a knowledge base changed, by looking at them every now and then.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use walkdir::WalkDir;

use crate::commands::service::Service;
use crate::knowledge::source::Files;

/// How often the files are looked at; what changed must look the same twice before it is read.
const PERIOD: Duration = Duration::from_millis(250);

/// Loads the files of the service's store again whenever they changed.
pub fn start(service: Arc<Service>) {
    let Files::Folder(folder) = service.store().files().clone() else {
        return;
    };
    tokio::task::spawn_blocking(move || {
        let mut loaded = fingerprint(&folder);
        let mut seen = loaded;
        loop {
            std::thread::sleep(PERIOD);
            let now = fingerprint(&folder);
            if now == seen && now != loaded {
                loaded = now;
                // Problems stand in the store's status.
                let _ = service.store().reload(Timestamp::now());
            }
            seen = now;
        }
    });
}

/// Differs where a file came, went or was written.
fn fingerprint(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let files = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in files.into_iter().flatten() {
        entry.path().hash(&mut hasher);
        if let Ok(metadata) = entry.metadata() {
            metadata.len().hash(&mut hasher);
            metadata.modified().ok().hash(&mut hasher);
        }
    }
    hasher.finish()
}
