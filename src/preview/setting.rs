//! Who and where: the made-up server, channel and people that the page's interactions come from.

use serde::Serialize;

use crate::commands::{Audience, COMMANDS, ModeratorPolicy, ServerMember};
use crate::discord::{Definition, definitions};

/// The server. Its moderators may run the moderators' commands.
const SERVER: u64 = 1;
const CHANNEL: u64 = 2;
const APPLICATION: u64 = 3;
const YOU: u64 = 4;
const GUEST: u64 = 5;

/// Discord's VIEW_CHANNEL and SEND_MESSAGES.
const MEMBER: u64 = 1 << 10 | 1 << 11;

/// The moderators of the made-up server, and of no other.
pub fn moderators() -> ModeratorPolicy {
    ModeratorPolicy {
        home_servers: vec![SERVER],
        roles: Vec::new(),
        users: Vec::new(),
    }
}

/// Everything that the page must know before anybody asks. Ids are texts, as in Discord's JSON.
#[derive(Serialize)]
pub struct Setting<'a> {
    /// The knowledge base's name.
    knowledge: &'a str,
    application: Named,
    server: Named,
    channel: Named,
    you: Person,
    guest: Person,
    permissions: Permissions,
    commands: ByAudience<Vec<Definition>>,
    examples: ByAudience<Vec<&'static str>>,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: &'static str,
}

#[derive(Serialize)]
struct Person {
    id: String,
    username: &'static str,
    global_name: &'static str,
}

/// Permission bits, in digits.
#[derive(Serialize)]
struct Permissions {
    member: String,
    moderator: String,
}

#[derive(Serialize)]
struct ByAudience<T> {
    everyone: T,
    moderators: T,
}

impl<T> ByAudience<T> {
    fn of(each: impl Fn(Audience) -> T) -> Self {
        Self {
            everyone: each(Audience::Everyone),
            moderators: each(Audience::Moderators),
        }
    }
}

impl<'a> Setting<'a> {
    /// The setting around a knowledge base of this name.
    pub fn new(knowledge: &'a str) -> Self {
        let named = |id: u64, name| Named {
            id: id.to_string(),
            name,
        };
        let person = |id: u64, username, global_name| Person {
            id: id.to_string(),
            username,
            global_name,
        };
        Self {
            knowledge,
            application: named(APPLICATION, "Waymark"),
            server: named(SERVER, "Preview"),
            channel: named(CHANNEL, "career-questions"),
            you: person(YOU, "you", "You"),
            guest: person(GUEST, "robin", "Robin"),
            permissions: Permissions {
                member: MEMBER.to_string(),
                moderator: (MEMBER | ServerMember::MANAGE_SERVER).to_string(),
            },
            commands: ByAudience::of(|audience| definitions(COMMANDS, audience)),
            examples: ByAudience::of(examples),
        }
    }
}

/// One line of each command that is worth trying.
fn examples(audience: Audience) -> Vec<&'static str> {
    let own = COMMANDS
        .iter()
        .filter(|command| command.audience == audience);
    own.filter_map(|command| command.examples.first().copied())
        .collect()
}
