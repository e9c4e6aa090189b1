//! Who asks, when, and what a handler may look at.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::feeds::Feed;
use crate::knowledge::Knowledge;
use crate::knowledge::store::Store;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// Somebody at the terminal.
    Local {
        /// Asked with `--as moderator`.
        moderator: bool,
    },
    /// A Discord user.
    Member {
        /// The user's id.
        user: u64,
        /// Where they asked, unless it was in a direct message.
        server: Option<ServerMember>,
    },
}

/// A user as a member of the server in which they ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerMember {
    /// The server's id.
    pub server: u64,
    /// Discord's permission bits in this channel.
    pub permissions: u64,
    /// The ids of their Discord roles.
    pub roles: Vec<u64>,
}

impl ServerMember {
    /// Discord's ADMINISTRATOR bit.
    pub const ADMINISTRATOR: u64 = 1 << 3;
    /// Discord's MANAGE_GUILD bit ("Manage Server").
    pub const MANAGE_SERVER: u64 = 1 << 5;
    /// Discord's MANAGE_MESSAGES bit.
    pub const MANAGE_MESSAGES: u64 = 1 << 13;

    /// Whether the member has this permission (administrators have all).
    pub fn can(&self, permission: u64) -> bool {
        self.permissions & (permission | Self::ADMINISTRATOR) != 0
    }
}

/// Who may run the moderators' commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModeratorPolicy {
    /// The servers whose moderators look after the knowledge base.
    pub home_servers: Vec<u64>,
    /// Discord roles that may, besides members who may manage the server.
    pub roles: Vec<u64>,
    /// Users who may.
    pub users: Vec<u64>,
}

impl ModeratorPolicy {
    /// Whether this asker may: in a home server, and Manage Server or a configured role or user.
    pub fn allows(&self, asker: &Asker) -> bool {
        match asker {
            Asker::Local { moderator } => *moderator,
            Asker::Member { user, server } => server.as_ref().is_some_and(|member| {
                self.home_servers.contains(&member.server)
                    && (member.can(ServerMember::MANAGE_SERVER)
                        || self.users.contains(user)
                        || member.roles.iter().any(|role| self.roles.contains(role)))
            }),
        }
    }
}

/// What a pure handler may look at: not who asks, and of the time only the day, so that its answer stays true until
/// the snapshot or the day changes ([`super::lasting`]).
pub struct Context<'a> {
    /// The snapshot that was current when the request came.
    pub knowledge: &'a Knowledge,
    /// Today in UTC.
    pub today: Date,
    /// Where to ask for a career to be added, if anywhere.
    pub request_url: Option<&'a str>,
}

impl Context<'_> {
    /// Today in UTC.
    pub fn today(&self) -> Date {
        self.today
    }
}

/// The day of a moment, in UTC.
pub fn day(now: Timestamp) -> Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// What a moderator's handler may also act on.
pub struct ModeratorContext<'a> {
    /// The request.
    pub request: Context<'a>,
    /// When.
    pub now: Timestamp,
    /// Where the snapshot is kept and swapped.
    pub store: &'a Store,
    /// The feeds that bring listings.
    pub feeds: &'a [Feed],
}
