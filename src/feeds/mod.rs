//! Listings from elsewhere: job boards, pages, RSS and files -> `jobs/feeds/<name>.toml` of the knowledge base.
//!
//! - [`settings`]: what a feed is.
//! - [`address`], [`fetch`]: asking hosts, where that is allowed; bounded, polite.
//! - [`gather`](mod@gather): everything that a feed consists of, document by document.
//! - [`kinds`]: one file a kind of feed: its documents -> what it says of listings ([`found`]).
//! - [`read`]: what titles, places and texts tell.
//! - [`normalise`]: what a feed says -> a listing as the knowledge base keeps it; [`same`]: which listings are one.
//! - [`merge`]: what feeds sent -> their files, and what changed; [`file`](mod@file), [`state`]: what is written, and
//!   what is remembered.
//! - [`import`]: all of that for some feeds, once; [`schedule`]: again and again.

pub mod address;
pub mod fetch;
pub mod file;
pub mod found;
pub mod gather;
pub mod import;
pub mod kinds;
pub mod merge;
pub mod normalise;
pub mod read;
pub mod same;
pub mod schedule;
pub mod settings;
pub mod state;

pub use settings::{Feed, FeedName, Filter, Kind, Place, Reach, Source};
