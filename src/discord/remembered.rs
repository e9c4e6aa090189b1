//! First responses that were given already, for as long as they stay true.
//!
//! Most of what a bot is asked it was asked before: the same careers, the same buttons. What an answer depends on is for
//! the service to say ([`Service::lasting_key`]); the snapshot's version and the day are part of it, so a reload needs
//! nothing to be thrown away to be seen at once, and what nobody can ask for any more is the first to make room.

use hyper::body::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::respond::Ended;

/// Of all that is kept, keys and what keeping costs included. Some thousand answers: more than are asked for often.
const MOST_BYTES: u64 = 4 << 20;
/// What the cache itself needs for one.
const OVERHEAD: u64 = 160;
/// What a response takes on average: only to choose how much room to prepare.
const USUAL_BYTES: u64 = 3 << 10;

/// A response that was given, and what is told about it.
#[derive(Clone)]
pub struct Given {
    /// The bytes.
    pub first: Bytes,
    /// The command that gave it, and how that ended.
    pub ended: Ended,
}

/// The responses that are kept.
pub struct Remembered {
    kept: Cache<Box<[u8]>, Given, Size>,
}

#[derive(Clone)]
struct Size;

impl Weighter<Box<[u8]>, Given> for Size {
    fn weight(&self, key: &Box<[u8]>, given: &Given) -> u64 {
        (key.len() + given.first.len()) as u64 + OVERHEAD
    }
}

impl Remembered {
    /// Nothing yet.
    pub fn new() -> Self {
        let usual = (MOST_BYTES / USUAL_BYTES) as usize;
        Self {
            kept: Cache::with_weighter(usual, MOST_BYTES, Size),
        }
    }

    /// What was given for this key.
    pub fn get(&self, key: &[u8]) -> Option<Given> {
        self.kept.get(key)
    }

    /// Keeps a response. One that would push out most others is not kept.
    pub fn keep(&self, key: &[u8], given: Given) {
        // A buffer that was written into is larger than what is in it.
        let first = Bytes::copy_from_slice(&given.first);
        self.kept.insert(key.into(), Given { first, ..given });
    }

    /// The bytes that are kept.
    #[cfg(test)]
    pub fn weight(&self) -> u64 {
        self.kept.weight()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::metrics::Outcome;

    fn given(bytes: usize) -> Given {
        Given {
            first: Bytes::from(vec![b'x'; bytes]),
            ended: (None, Outcome::Answered),
        }
    }

    #[test]
    fn what_is_kept_stays_within_its_bound_and_what_is_asked_for_stays() {
        let remembered = Remembered::new();
        remembered.keep(b"often", given(100));
        for number in 0..100_000_u32 {
            assert!(remembered.get(b"often").is_some(), "{number}");
            remembered.keep(&number.to_be_bytes(), given(3000));
            assert!(remembered.weight() <= MOST_BYTES);
        }
        assert!(remembered.weight() > MOST_BYTES / 2, "it is made use of");
        let kept =
            (0..100_000_u32).filter(|number| remembered.get(&number.to_be_bytes()).is_some());
        assert!(kept.count() * 3000 <= MOST_BYTES as usize);
    }

    #[test]
    fn what_is_larger_than_the_bound_is_not_kept() {
        let remembered = Remembered::new();
        remembered.keep(b"huge", given(2 * MOST_BYTES as usize));
        assert!(remembered.get(b"huge").is_none());
        assert_eq!(remembered.weight(), 0);
    }
}
