//! The preview in a real browser, and at its borders.
//!
//! - [`browser`]: Chromium through ChromeDriver; [`server`]: the program; [`page`]: what a person does and sees.
//! - [`asking`], [`answers`], [`menus`]: from the slash to the answer, and what can be done with that.
//! - [`reload`]: files that change while somebody looks on.
//! - [`access`]: the keyboard alone, phones, themes, and what axe-core finds; it comes from the npm registry into
//!   `target/npm` (`.ci/run` puts it there).
//! - [`pieces`]: the page's pure functions; [`wire`]: what goes over the wire; [`borders`]: who may ask.
//! - [`pictures`]: the README's pictures: `UPDATE_FILES=1 cargo test --test preview pictures` draws them anew.
//!
//! Without a browser these tests pass and say that they were left out; in CI (where `CI` is set) they fail.

#![allow(clippy::unwrap_used)]

mod access;
mod answers;
mod asking;
mod borders;
mod browser;
mod menus;
mod page;
mod pictures;
mod pieces;
mod reload;
mod server;
mod wire;
