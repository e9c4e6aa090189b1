//! The same answers in a terminal: a prompt, and one-shot `say`.
//!
//! - [`card`]: a reply drawn as a box; [`controls`]: its numbered controls.
//! - [`markdown`], [`moment`], [`styled`]: Discord's markdown and times as styled, wrapped lines.

pub mod card;
pub mod controls;
pub mod markdown;
pub mod moment;
pub mod styled;
