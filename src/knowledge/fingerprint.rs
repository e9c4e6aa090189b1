//! Whether a folder looks as it did: names, sizes, times and identities of what would be read, without reading it.

use std::collections::hash_map::DefaultHasher;
use std::fs::Metadata;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;

use super::source::{Files, left_behind, walk};

/// How the files of a knowledge base look. Equal fingerprints: nothing that is read has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    entries: u64,
    folders: Vec<Folder>,
}

/// A folder that is read, and which one stood behind that path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder {
    pub path: PathBuf,
    identity: (u64, u64),
}

impl Files {
    /// Looks at the files; links count as what they lead to.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hasher = DefaultHasher::new();
        let mut folders = Vec::new();
        let Self::Folder(folder) = self else {
            return Fingerprint {
                entries: 0,
                folders,
            };
        };
        let itself = (folder.clone(), std::fs::metadata(folder));
        let inside = walk(folder).map(|entry| match entry {
            Ok(entry) => (
                entry.path().to_owned(),
                entry.metadata().map_err(Into::into),
            ),
            Err(error) => (error.path().unwrap_or(folder).to_owned(), Err(error.into())),
        });
        let read = |(path, _): &(PathBuf, _)| !left_behind(&path.to_string_lossy());
        for (path, metadata) in std::iter::once(itself).chain(inside.filter(read)) {
            path.hash(&mut hasher);
            match metadata {
                Ok(metadata) if metadata.is_dir() => {
                    let identity = identity(&metadata);
                    identity.hash(&mut hasher);
                    folders.push(Folder { path, identity });
                }
                Ok(metadata) => of_file(&metadata).hash(&mut hasher),
                Err(error) => error.kind().hash(&mut hasher),
            }
        }
        Fingerprint {
            entries: hasher.finish(),
            folders,
        }
    }
}

impl Fingerprint {
    /// The folders that are read.
    pub(super) fn folders(&self) -> &[Folder] {
        &self.folders
    }
}

/// Device and inode.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// The time of the last change to the inode tells of a file that was replaced by one of the same size and time.
#[cfg(unix)]
fn of_file(metadata: &Metadata) -> impl Hash {
    use std::os::unix::fs::MetadataExt as _;
    (
        identity(metadata),
        metadata.size(),
        (metadata.mtime(), metadata.mtime_nsec()),
        (metadata.ctime(), metadata.ctime_nsec()),
    )
}

#[cfg(not(unix))]
fn of_file(metadata: &Metadata) -> impl Hash {
    (metadata.len(), metadata.modified().ok())
}
