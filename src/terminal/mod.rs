//! The same answers in a terminal: a prompt, and one-shot `say`.
//!
//! - [`prompt`]: the prompt; [`completion`]: what a line may become; [`session`]: lines and pressed numbers.
//! - [`say`]: lines answered and printed; [`ask`]: one line answered; [`check`]: a knowledge base's problems.
//! - [`card`]: a reply drawn as a box; [`controls`]: its numbered controls.
//! - [`markdown`], [`moment`], [`styled`]: Discord's markdown and times as styled, wrapped lines.
//! - [`screen`], [`lines`]: standard output and standard input.

pub mod ask;
pub mod card;
pub mod check;
pub mod completion;
pub mod controls;
pub mod import;
pub mod lines;
pub mod markdown;
pub mod moment;
pub mod prompt;
pub mod say;
pub mod screen;
pub mod session;
pub mod styled;
