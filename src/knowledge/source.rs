//! Where the files come from.

use std::path::PathBuf;

/// A knowledge base's files.
#[derive(Debug, Clone)]
pub enum Files {
    /// The copy inside the binary.
    Embedded,
    /// A folder.
    Folder(PathBuf),
}
