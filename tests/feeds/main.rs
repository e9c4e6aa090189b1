//! Feeds against a host on 127.0.0.1 that answers as real ones do, wrongly too.

#![allow(clippy::unwrap_used)]

mod believed;
mod ground;
mod host;
mod kinds;
mod polite;
mod program;
mod rows;
#[path = "../support/mod.rs"]
mod support;
