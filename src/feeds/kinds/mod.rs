//! One file a kind of feed: what it sends -> [`Row`](super::found::Row)s.

pub mod ashby;
pub mod greenhouse;
pub mod jobposting;
mod json;
pub mod jsonl;
pub mod lever;
pub mod rss;
pub mod sitemap;
mod xml;
