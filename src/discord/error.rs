//! What ends `serve` and `register`, told to who runs the bot.

use std::net::SocketAddr;
use std::time::Duration;

use hyper::StatusCode;

use crate::config::TokenError;

/// Why the bot cannot run or go on: what happened, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// There is no token to try.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// There is no token to register with.
    #[error("{0}; or set `discord.register = false`: an endpoint answers without a token")]
    TokenToRegister(TokenError),
    /// Discord does not take the token.
    #[error(
        "Discord refused the token from {source_name}: copy a new one from the developer portal (Bot, Reset Token) and \
         start again"
    )]
    TokenRefused {
        /// Where the token came from.
        source_name: String,
    },
    /// Nothing answers.
    #[error(
        "cannot reach Discord at {api_url} ({cause}; {tries} tries): check the network and `discord.api_url`, then start \
         again"
    )]
    Unreachable {
        /// Where it should be.
        api_url: String,
        /// Why the last try failed.
        cause: String,
        /// How often it was tried.
        tries: u32,
    },
    /// Discord answered with an error.
    #[error("{api_url} answered {method} {path} with {status}: {message}{}", code_note(*.code))]
    Refused {
        /// Who answered.
        api_url: String,
        /// What was asked.
        method: &'static str,
        /// Of what.
        path: String,
        /// The status.
        status: StatusCode,
        /// Discord's own code; 0 where it gave none.
        code: u32,
        /// Discord's words.
        message: String,
    },
    /// What came back is not what Discord documents.
    #[error("{api_url} does not answer {path} as Discord does ({cause}): check `discord.api_url`")]
    Strange {
        /// Who answered.
        api_url: String,
        /// What was asked.
        path: String,
        /// What is wrong with the answer.
        cause: String,
    },
    /// Discord would reset the token of a bot that starts more sessions.
    #[error(
        "Discord lets this bot start {remaining} more sessions today, and {needed} are needed: wait {} min, and see why \
         it is started so often", .wait.as_secs().div_ceil(60)
    )]
    NoSessionsLeft {
        /// Sessions that may still be started.
        remaining: u32,
        /// Sessions that would be started.
        needed: u32,
        /// Until there are more.
        wait: Duration,
    },
    /// The gateway lets no shard in.
    #[error("no shard was ready within {} s at the gateway {gateway}: see the warnings above, then start again", .limit.as_secs())]
    NotReady {
        /// The gateway's address.
        gateway: String,
        /// How long it was tried.
        limit: Duration,
    },
    /// The gateway closed for good.
    #[error("Discord's gateway closed for good: {0}")]
    Closed(String),
    /// The endpoint's place is not to be had.
    #[error(
        "cannot listen on {address}: {cause}; see what else listens there, or change `discord.listen`"
    )]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        cause: std::io::Error,
    },
}

fn code_note(code: u32) -> String {
    match code {
        0 => String::new(),
        code => format!(" (code {code})"),
    }
}
