//! The commands: pure functions from (snapshot, arguments) to an answer, and the one table that lists them.
//!
//! - [`table`]: how a command is declared, and [`COMMANDS`].
//! - [`arguments`]: what was given for a command's options, checked against the table.
//! - [`line`]: a command as a person types it; [`wire`]: the short form inside a control.
//! - [`request`]: who asks, when; [`answer`]: what comes back.
//! - [`service`]: the one door for every transport: runs a command, a press, an autocomplete; catches panics.
//! - [`suggest`]: values while an option is typed.
//! - one file a command: [`compare`], [`career`] (and [`browse`], its lists), [`jobs`], [`salary`], [`ask`],
//!   [`skills_match`], [`switch`], [`help`], [`knowledge`].
//! - what they share: [`resolve`] finds careers, [`filters`] reads what is asked of listings, [`contrast`] sets two
//!   careers against each other; [`career_text`], [`figures`], [`pay`] and [`listing`] put things into words;
//!   [`detail`] says how much; [`controls`] makes buttons and menus.

pub mod answer;
pub mod arguments;
pub mod ask;
pub mod browse;
pub mod career;
pub mod career_text;
pub mod compare;
pub mod contrast;
pub mod controls;
pub mod detail;
pub mod figures;
pub mod filters;
pub mod help;
pub mod jobs;
pub mod knowledge;
pub mod lasting;
pub mod line;
pub mod listing;
pub mod pay;
pub mod request;
pub mod resolve;
pub mod salary;
pub mod service;
pub mod skills_match;
pub mod suggest;
pub mod switch;
pub mod table;
pub mod wire;

pub use answer::{Answer, Intent, Understood, UserError};
pub use arguments::{Arguments, Value};
pub use request::{Asker, Context, ModeratorContext, ModeratorPolicy, ServerMember};
pub use table::{Audience, COMMANDS, Command, CommandOption, Handler, OptionKind};
