//! Waymark answers career questions from a TOML knowledge base, in a terminal and on Discord.
//!
//! # Layout
//!
//! - [`knowledge`]: TOML files -> one immutable [`knowledge::Knowledge`] with its indexes. Knows nothing of chat.
//! - [`feeds`]: listings from elsewhere -> files of the knowledge base. Knows nothing of chat.
//! - [`reply`]: what an answer looks like: cards, controls, limits, the message object. Knows no transport.
//! - [`commands`]: one file a command: pure functions from (snapshot, arguments) to a reply; the command table.
//! - [`config`]: the config file and the environment -> [`config::Config`].
//! - [`discord`]: the only folder that names serenity: gateway, registration, interaction callbacks.
//! - [`operations`]: what whoever runs the bot sees and steers: health, metrics, the log, signals, how it ends.
//! - [`serve`]: `waymark serve`: the bot on Discord, and what runs beside it.
//! - [`terminal`]: the same answers at a prompt, and one-shot `say`.
//! - [`preview`]: the same answers on a local web page, which asks as Discord does.
//!
//! Imports run one way: `main -> serve | preview | terminal -> discord | operations -> commands -> reply | feeds ->
//! knowledge`.

pub mod commands;
pub mod config;
pub mod discord;
pub mod feeds;
pub mod knowledge;
pub mod operations;
pub mod preview;
pub mod reply;
pub mod serve;
pub mod terminal;
