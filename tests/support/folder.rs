//! Knowledge folders made for a test.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// A copy of this repository's knowledge base with one more file of listings.
pub fn with_listings(listings: &str) -> TempDir {
    let folder = copy();
    fs::write(folder.path().join("jobs/more.toml"), listings).unwrap();
    folder
}

/// A copy of this repository's knowledge base.
pub fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_into(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"),
        folder.path(),
    );
    folder
}

fn copy_into(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Replaces a piece of a file that must be there.
pub fn edit(folder: &Path, file: &str, old: &str, new: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{file} has no {old}");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}
