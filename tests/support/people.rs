//! Who types and presses.

/// The server whose moderators look after the knowledge base.
pub const HOME_SERVER: u64 = 772_904_309_264_089_089;
/// Another server that has the bot.
pub const OTHER_SERVER: u64 = 613_425_648_685_547_541;

const VIEW_CHANNEL: u64 = 1 << 10;
const SEND_MESSAGES: u64 = 1 << 11;
const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
const EVERYBODY: u64 = VIEW_CHANNEL | SEND_MESSAGES | USE_APPLICATION_COMMANDS;
const MANAGE_SERVER: u64 = 1 << 5;
const MANAGE_MESSAGES: u64 = 1 << 13;

/// A person in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    pub user: u64,
    pub place: Place,
    /// Discord's permission bits in that place.
    pub permissions: u64,
}

/// Where somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Server(u64),
    BotsDirectMessages,
    /// A direct or group message of people, with the bot installed by one of them.
    PrivateChannel,
}

impl Person {
    const fn member(user: u64, server: u64) -> Self {
        Self {
            user,
            place: Place::Server(server),
            permissions: EVERYBODY,
        }
    }

    const fn who_may(self, permissions: u64) -> Self {
        Self {
            permissions: self.permissions | permissions,
            ..self
        }
    }

    /// The same person elsewhere.
    pub const fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }
}

/// A member without any special permission.
pub const IAN: Person = Person::member(167_348_773_423_415_296, HOME_SERVER);
/// Another one.
pub const VOLTY: Person = Person::member(809_850_198_683_418_695, HOME_SERVER);
/// May manage messages, not the server.
pub const MESSAGE_MODERATOR: Person =
    Person::member(82_198_898_841_029_460, HOME_SERVER).who_may(MANAGE_MESSAGES);
/// May manage the home server.
pub const MODERATOR: Person =
    Person::member(643_945_264_868_098_049, HOME_SERVER).who_may(MANAGE_SERVER);
/// May manage another server.
pub const STRANGE_MODERATOR: Person =
    Person::member(521_656_214_121_742_336, OTHER_SERVER).who_may(MANAGE_SERVER);
