//! Listings from elsewhere: job boards, pages, RSS and files -> `jobs/feeds/<name>.toml` of the knowledge base.
//!
//! - [`settings`]: what a feed is.

pub mod settings;

pub use settings::{Feed, FeedName, Filter, Kind, Place, Reach, Source};
