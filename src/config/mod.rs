//! The config file and the environment -> [`Config`].
//!
//! - [`keys`]: the one list of settings, and what each takes.
//! - [`feed`]: the same for each of the `[[feeds]]`.
//! - [`given`]: what a file and the environment give for them, each with its place.
//! - [`mode`]: gateway or endpoint, and the key that the endpoint needs.
//! - [`token`]: the bot's token, which never prints.
//!
//! The file names settings as TOML, the environment as `WAYMARK_` and the key in capitals, two underscores between
//! levels (`WAYMARK_DISCORD__API_URL`); the environment wins. `[[feeds]]` stand in the file
//! alone. Everything that is wrong is reported at once, each with its place and what to do.

mod feed;
mod given;
mod keys;
mod mode;
mod token;

use std::ffi::OsString;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tracing_subscriber::filter::{LevelFilter, Targets};

pub use mode::{Endpoint, Mode, PublicKey};
pub use token::{Secret, TOKEN_VARIABLE, TokenError, TokenSource};

use crate::commands::ModeratorPolicy;
use crate::feeds::Feed;
use crate::knowledge::watch::Watching;
use given::{Assignments, ConfigError, Origin, PREFIX};
use keys::{Draft, KEYS};

/// The config file that is read when none is named, if it is there.
pub const DEFAULT_FILE: &str = "waymark.toml";
const DISCORD: &str = "https://discord.com";

/// Every setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The folder of the knowledge base; none for the copy inside the program.
    pub knowledge: Option<PathBuf>,
    /// How that folder is watched.
    pub watch: Watching,
    /// What is logged.
    pub log: LogFilter,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// Where members can ask for a career that is missing.
    pub request_url: Option<String>,
    /// How the bot runs on Discord.
    pub discord: Discord,
    /// How a running bot is watched, and how it ends.
    pub operations: Operations,
    /// Where listings come from.
    pub feeds: Vec<Feed>,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs that collect logs.
    Json,
}

/// How a running bot is watched, and how it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operations {
    /// Where `/healthz`, `/readyz` and `/metrics` are; none for nowhere.
    pub listen: Option<SocketAddr>,
    /// How long a bot that was asked to stop goes on answering, not ready any more.
    pub drain_delay: Duration,
    /// How long it may then take to finish what came.
    pub stop_limit: Duration,
}

/// How the bot runs on Discord.
#[derive(Debug, Clone, PartialEq)]
pub struct Discord {
    /// How interactions reach the bot.
    pub mode: Mode,
    /// Where Discord's REST interface is: scheme, host and port, no slash at the end.
    pub api_url: String,
    /// Where the token comes from.
    pub token: TokenSource,
    /// Who may run the moderators' commands, and in which servers they are registered.
    pub moderators: ModeratorPolicy,
    /// Which shards this process runs.
    pub shards: Shards,
    /// Whether `serve` registers the commands.
    pub register: bool,
}

/// Which shards a process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shards {
    /// All, as many as Discord recommends.
    Auto,
    /// Some of them.
    Range(ShardRange),
}

/// Shards `first` to `last`, both included, of `total`: `first <= last < total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardRange {
    /// The first shard of this process.
    pub first: u32,
    /// The last shard of this process.
    pub last: u32,
    /// The shards of all processes together.
    pub total: u32,
}

impl ShardRange {
    /// How many shards these are.
    pub fn count(&self) -> u32 {
        self.last - self.first + 1
    }
}

/// What is logged: a level, then levels of parts of the program (`info,waymark::discord=debug`).
#[derive(Debug, Clone, PartialEq)]
pub struct LogFilter(Targets);

impl LogFilter {
    /// The filter as tracing takes it.
    pub fn targets(&self) -> &Targets {
        &self.0
    }
}

impl std::str::FromStr for LogFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut targets = Targets::new();
        for part in text.split(',').map(str::trim) {
            let (target, level) = part.split_once('=').unwrap_or(("", part));
            let level: LevelFilter = level.trim().parse().map_err(|_| {
                format!("`{part}` is not a level: use off, error, warn, info, debug or trace, or part=level")
            })?;
            targets = match target.trim() {
                "" => targets.with_default(level),
                target => targets.with_target(target, level),
            };
        }
        Ok(Self(targets))
    }
}

impl Default for LogFilter {
    fn default() -> Self {
        Self(Targets::new().with_default(LevelFilter::INFO))
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            knowledge: None,
            watch: Watching::Auto,
            log: LogFilter::default(),
            log_format: LogFormat::Text,
            request_url: None,
            discord: Discord {
                mode: Mode::Gateway,
                api_url: DISCORD.to_owned(),
                token: TokenSource::Missing,
                moderators: ModeratorPolicy::default(),
                shards: Shards::Auto,
                register: true,
            },
            operations: Operations {
                listen: None,
                drain_delay: Duration::ZERO,
                stop_limit: Duration::from_secs(10),
            },
            feeds: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the settings. Without a file [`DEFAULT_FILE`] is read if it is there; `environment` is the whole
    /// environment. Paths in the file start at the file's folder.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigErrors> {
        let mut errors = Vec::new();
        let mut assignments = Assignments::new(KEYS);
        let mut token = None;
        let default = Path::new(DEFAULT_FILE);
        if let Some(path) = file.or_else(|| default.exists().then_some(default)) {
            match read_text(path) {
                Ok(text) => assignments.add_file(path, &text, &mut errors),
                Err(error) => errors.push(error),
            }
        }
        let mut variables: Vec<_> = environment.into_iter().collect();
        variables.sort();
        for (name, value) in variables {
            let name = name.to_string_lossy();
            if name == TOKEN_VARIABLE {
                token = Some(Secret::new(value.to_string_lossy())).filter(|_| !value.is_empty());
            } else if name.starts_with(PREFIX) {
                assignments.add_variable(&name, value, &mut errors);
            }
        }
        let mut draft = Draft::default();
        keys::set_all(&mut draft, assignments, &mut errors);
        let config = draft.finish(token, &mut errors);
        if errors.is_empty() {
            Ok(config)
        } else {
            Err(ConfigErrors(errors))
        }
    }
}

/// Everything that is wrong with the settings, one a line.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigErrors(Vec<ConfigError>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, error) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}: {}", error.origin, error.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}

fn read_text(path: &Path) -> Result<String, ConfigError> {
    let error = |message: String| ConfigError {
        origin: Origin::Whole(path.to_owned()),
        message,
    };
    let bytes = std::fs::read(path)
        .map_err(|cause| error(format!("cannot read the config file: {cause}")))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        error("the config file is not UTF-8 text: save it with that encoding".to_owned())
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

#[cfg(test)]
mod tests {
    use super::feed::FEED_KEYS;
    use super::keys::KEYS;
    use super::*;
    use crate::feeds::{FeedName, Filter, Kind, Place, Reach, Source};

    fn load(text: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("waymark.toml");
        std::fs::write(&path, text).unwrap();
        let environment = environment
            .iter()
            .map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let shown = format!("{}/", folder.path().display());
        Config::load(Some(&path), environment)
            .map_err(|errors| errors.to_string().replace(&shown, ""))
    }

    const KEY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    fn range(first: u32, last: u32, total: u32) -> Shards {
        Shards::Range(ShardRange { first, last, total })
    }

    #[test]
    fn the_example_names_every_key_with_its_default() {
        let example = include_str!("../../config.example.toml");
        let is_setting = |line: &str| {
            line.strip_prefix('#').is_some_and(|rest| {
                let is_key = rest.starts_with(|letter: char| letter.is_ascii_lowercase());
                rest == "[[feeds]]" || (is_key && rest.contains(" = "))
            })
        };
        let uncommented: String = example
            .lines()
            .map(|line| if is_setting(line) { &line[1..] } else { line })
            .flat_map(|line| [line, "\n"])
            .collect();
        let paths = KEYS
            .iter()
            .map(|key| key.path)
            .filter(|path| *path != "feeds");
        for path in paths.chain(FEED_KEYS.iter().map(|key| key.path)) {
            let (level, name) = path.rsplit_once('.').unwrap_or(("", path));
            let part_of_range =
                level == "discord.shards" && example.contains(&format!("{name} = "));
            let listed = uncommented
                .lines()
                .any(|line| line.starts_with(&format!("{name} = ")));
            assert!(listed || part_of_range, "{path} is not in the example");
        }
        let mut config = load(&uncommented, &[]).unwrap();
        // These have no default: the example shows one.
        assert!(config.request_url.take().is_some());
        assert!(config.knowledge.take().unwrap().ends_with("knowledge"));
        assert!(config.operations.listen.take().is_some());
        assert_eq!(
            std::mem::replace(&mut config.discord.token, TokenSource::Missing),
            TokenSource::File("/run/secrets/discord_token".into())
        );
        let feeds = std::mem::take(&mut config.feeds);
        let board = Kind::Greenhouse.host().unwrap().parse().unwrap();
        let board = Kind::Greenhouse.board(&board, "acme").unwrap();
        assert_eq!(
            feeds[0],
            Feed {
                company: Some("Acme".to_owned()),
                currency: Some("USD".to_owned()),
                ..Feed::new(FeedName::new("acme").unwrap(), board)
            }
        );
        assert!(matches!(&feeds[1].source, Source::Jsonl(Place::File(_))));
        assert_eq!(feeds.len(), 2);
        assert_eq!(config, Config::default());
        assert_eq!(load(example, &[]).unwrap(), Config::default());
    }

    #[test]
    fn a_whole_file_is_read_with_paths_from_its_own_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bot.toml");
        let text = "\u{feff}knowledge = \"facts\"\r\nwatch = \"off\"\r\nlog = \"warn,waymark::discord=debug\"\r\n\
            log_format = \"json\"\r\nrequest_url = \"https://example.com/ask\"\r\n[discord]\r\n\
            mode = \"endpoint\"\r\nlisten = \"[::]:9000\"\r\n\
            public_key = \"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\"\r\n\
            api_url = \"http://127.0.0.1:8080/\"\r\ntoken_file = \"token\"\r\n\
            home_servers = [772904309264089089, \"1\"]\r\nmoderator_roles = [2]\r\nmoderator_users = [\"3\"]\r\n\
            shards = { first = 4, last = 7, total = 16 }\r\nregister = false\r\n\
            [operations]\r\nlisten = \"[::1]:9464\"\r\ndrain_delay = 15\r\nstop_limit = 20\r\n";
        std::fs::write(&path, text).unwrap();
        let config = Config::load(Some(&path), []).unwrap();
        let expected = Config {
            knowledge: Some(folder.path().join("facts")),
            watch: Watching::Off,
            log: LogFilter(
                Targets::new()
                    .with_default(LevelFilter::WARN)
                    .with_target("waymark::discord", LevelFilter::DEBUG),
            ),
            log_format: LogFormat::Json,
            request_url: Some("https://example.com/ask".to_owned()),
            discord: Discord {
                mode: Mode::Endpoint(Endpoint {
                    listen: "[::]:9000".parse().unwrap(),
                    public_key: KEY.parse().unwrap(),
                }),
                api_url: "http://127.0.0.1:8080".to_owned(),
                token: TokenSource::File(folder.path().join("token")),
                moderators: ModeratorPolicy {
                    home_servers: vec![772904309264089089, 1],
                    roles: vec![2],
                    users: vec![3],
                },
                shards: range(4, 7, 16),
                register: false,
            },
            operations: Operations {
                listen: Some("[::1]:9464".parse().unwrap()),
                drain_delay: Duration::from_secs(15),
                stop_limit: Duration::from_secs(20),
            },
            feeds: Vec::new(),
        };
        assert_eq!(config, expected);
    }

    #[test]
    fn the_environment_sets_every_key_and_wins_over_the_file() {
        let file = "log = \"warn\"\n[discord]\nshards = { first = 0, last = 3, total = 8 }\n";
        let config = load(
            file,
            &[
                ("WAYMARK_KNOWLEDGE", "facts"),
                ("WAYMARK_WATCH", "30"),
                ("WAYMARK_LOG", "error"),
                ("WAYMARK_LOG_FORMAT", "json"),
                ("WAYMARK_OPERATIONS__LISTEN", "0.0.0.0:9464"),
                ("WAYMARK_OPERATIONS__DRAIN_DELAY", "5"),
                ("WAYMARK_OPERATIONS__STOP_LIMIT", "0"),
                ("WAYMARK_REQUEST_URL", "https://example.org"),
                ("WAYMARK_DISCORD__MODE", "endpoint"),
                ("WAYMARK_DISCORD__LISTEN", "0.0.0.0:80"),
                ("WAYMARK_DISCORD__PUBLIC_KEY", KEY),
                ("WAYMARK_DISCORD__API_URL", "https://proxy.example"),
                ("WAYMARK_DISCORD__HOME_SERVERS", "1, 2"),
                ("WAYMARK_DISCORD__MODERATOR_ROLES", "[3, \"4\"]"),
                ("WAYMARK_DISCORD__MODERATOR_USERS", "5"),
                ("WAYMARK_DISCORD__SHARDS__FIRST", "2"),
                ("WAYMARK_DISCORD__REGISTER", "false"),
                ("WAYMARK_DISCORD__TOKEN_FILE", ""),
                ("DISCORD_TOKEN", "abc"),
                ("PATH", "/bin"),
            ],
        );
        let expected = Config {
            knowledge: Some("facts".into()),
            watch: Watching::Every(Duration::from_secs(30)),
            log: LogFilter(Targets::new().with_default(LevelFilter::ERROR)),
            log_format: LogFormat::Json,
            request_url: Some("https://example.org".to_owned()),
            discord: Discord {
                mode: Mode::Endpoint(Endpoint {
                    listen: "0.0.0.0:80".parse().unwrap(),
                    public_key: KEY.parse().unwrap(),
                }),
                api_url: "https://proxy.example".to_owned(),
                token: TokenSource::Variable(Secret::new("abc")),
                moderators: ModeratorPolicy {
                    home_servers: vec![1, 2],
                    roles: vec![3, 4],
                    users: vec![5],
                },
                shards: range(2, 3, 8),
                register: false,
            },
            operations: Operations {
                listen: Some("0.0.0.0:9464".parse().unwrap()),
                drain_delay: Duration::from_secs(5),
                stop_limit: Duration::ZERO,
            },
            feeds: Vec::new(),
        };
        assert_eq!(config, Ok(expected));
    }

    #[test]
    fn shards_in_the_environment_take_the_place_of_those_in_the_file() {
        let file = "[discord.shards]\nfirst = 0\nlast = 3\ntotal = 8\n";
        let shards = |value: &str| {
            load(file, &[("WAYMARK_DISCORD__SHARDS", value)]).map(|config| config.discord.shards)
        };
        assert_eq!(shards("auto"), Ok(Shards::Auto));
        assert_eq!(
            shards("{ first = 1, last = 1, total = 2 }"),
            Ok(range(1, 1, 2))
        );
    }

    #[test]
    fn each_of_several_processes_takes_its_share_of_the_shards() {
        let shards = |ordinal: &str, each: &str| {
            let environment = [
                ("WAYMARK_DISCORD__SHARDS__ORDINAL", ordinal),
                ("WAYMARK_DISCORD__SHARDS__EACH", each),
                ("WAYMARK_DISCORD__SHARDS__TOTAL", "40"),
            ];
            load("", &environment).map(|config| config.discord.shards)
        };
        assert_eq!(shards("0", "16"), Ok(range(0, 15, 40)));
        assert_eq!(shards("1", "16"), Ok(range(16, 31, 40)));
        assert_eq!(shards("2", "16"), Ok(range(32, 39, 40)));
        let place = "WAYMARK_DISCORD__SHARDS__EACH";
        let told =
            "process 3 has no shard: 40 shards, 16 for each, are for 3 processes, counted from 0";
        assert_eq!(shards("3", "16"), Err(format!("{place}: {told}")));
        let told = "`each` is the number of shards of a process: at least 1";
        assert_eq!(shards("0", "0"), Err(format!("{place}: {told}")));
        let most = u32::MAX.to_string();
        assert_eq!(shards("0", &most), Ok(range(0, 39, 40)));
        assert!(shards(&most, &most).is_err());
    }

    #[test]
    fn every_key_of_a_feed_is_read() {
        let file = "[[feeds]]\nname = \"tel-aviv\"\nkind = \"lever\"\nboard = \"acme\"\n\
            url = \"http://127.0.0.1:8080\"\ncompany = \"Acme\"\ncurrency = \"ILS\"\nevery = \"1d 12h\"\n\
            most = 20000\nwords = [\"data\"]\ncareers = [\"Data Engineer\"]\nlocations = [\"Tel Aviv\", \"Remote\"]\n\
            allow_http = true\nallow_private = true\ntimeout = \"90 s\"\n\
            [[feeds]]\nname = \"file\"\nkind = \"jsonl\"\nfile = \"/a/b.jsonl\"\n";
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let host = "http://127.0.0.1:8080".parse().unwrap();
        let board = Kind::Lever.board(&host, "acme").unwrap();
        let expected = [
            Feed {
                company: Some("Acme".to_owned()),
                currency: Some("ILS".to_owned()),
                every: Duration::from_secs(36 * 3600),
                most: 20_000,
                filter: Filter {
                    words: texts(&["data"]),
                    careers: texts(&["Data Engineer"]),
                    locations: texts(&["Tel Aviv", "Remote"]),
                },
                reach: Reach {
                    http: true,
                    private: true,
                },
                timeout: Duration::from_secs(90),
                ..Feed::new(FeedName::new("tel-aviv").unwrap(), board)
            },
            Feed::new(
                FeedName::new("file").unwrap(),
                Source::Jsonl(Place::File("/a/b.jsonl".into())),
            ),
        ];
        assert_eq!(load(file, &[]).unwrap().feeds, expected);
    }

    #[test]
    fn mistakes_in_feeds_are_told_with_their_place_and_what_to_do() {
        let file = "[[feeds]]\nname = \"A B\"\nkind = \"greenhose\"\nbord = \"acme\"\nevery = \"1m\"\nmost = 0\n\
            currency = \"$\"\nwords = \"data\"\nurl = \"ftp://x\"\n\
            [[feeds]]\nname = \"a\"\nkind = \"rss\"\n\
            [[feeds]]\nname = \"b\"\nkind = \"rss\"\nurl = \"http://example.com/\"\n\
            [[feeds]]\nname = \"c\"\nkind = \"lever\"\nboard = \"acme\"\n\
            [[feeds]]\nname = \"d\"\nkind = \"jsonl\"\nurl = \"https://example.com\"\nfile = \"x\"\n\
            [[feeds]]\nname = \"e\"\nkind = \"jobposting\"\nboard = \"x\"\n\
            [[feeds]]\nkind = \"rss\"\n\
            [[feeds]]\nname = \"f\"\nkind = \"jsonl\"\nfile = \"x\"\n\
            [[feeds]]\nname = \"f\"\nkind = \"jsonl\"\nfile = \"x\"\n";
        let expected = "\
waymark.toml:4:1: unknown key `bord` in [[feeds]]; did you mean `board`?
waymark.toml:2:8: `feeds.name`: \"A B\" cannot be a name: use small letters, digits and single hyphens, at most 28 of them
waymark.toml:3:8: `feeds.kind`: there is no kind \"greenhose\"; did you mean \"greenhouse\"?
waymark.toml:5:9: `feeds.every`: \"1m\" is not a time that fits: write it as \"90m\", \"6h\" or \"1d\", from 10 minutes to 31 days
waymark.toml:6:8: `feeds.most`: 0 cannot be kept: it takes 1 to 20000 listings
waymark.toml:7:12: `feeds.currency`: \"$\" is no currency code: write three capital letters (ISO 4217), such as USD or EUR
waymark.toml:8:9: `feeds.words` takes a list of words, such as [\"engineer\"], and got text
waymark.toml:9:7: `feeds.url`: \"ftp://x\" is not an address that starts with https:// or http://
waymark.toml:10:1: a feed of kind rss needs a `url`
waymark.toml:16:7: `feeds.url`: this is plain HTTP: write https://, or set `allow_http`
waymark.toml:17:1: a lever feed needs the `company`: its listings do not name it
waymark.toml:25:8: give `url` or `file`, not both
waymark.toml:29:9: a feed of kind jobposting takes no `board`: give its `url`
waymark.toml:30:1: a feed needs a `name`
waymark.toml:37:8: another feed is called \"f\" already";
        assert_eq!(load(file, &[]).unwrap_err(), expected);
        assert_eq!(
            load("[feeds]\nname = \"a\"\n", &[("WAYMARK_FEEDS__NAME", "a")]).unwrap_err(),
            "\
WAYMARK_FEEDS__NAME: the environment cannot set `feeds`: write [[feeds]] tables in the config file
waymark.toml:1:1: `feeds` takes [[feeds]] tables, and got a table"
        );
    }

    #[test]
    fn every_mistake_is_told_at_once_with_its_place_and_what_to_do() {
        let file = "knowlege = \"facts\"\nwatch = 0\nlog = \"loud\"\ncolour = 1\n[discord]\napi_url = \"https://discord.com/api\"\n\
            token = \"a secret\"\nhome_servers = \"1\"\nmoderator_roles = [1.5]\nmoderator_users = [\"ian\"]\n\
            register = \"yes\"\nshards = { first = 3, last = 8, total = 8 }\n\
            [operations]\nlisten = \"localhost\"\ndrain_delay = -1\nstop_limit = 3601\n";
        let expected = "\
waymark.toml:1:1: unknown key `knowlege`; did you mean `knowledge`?
waymark.toml:4:1: unknown key `colour`; known are knowledge, watch, log, log_format, request_url, discord, operations, feeds
waymark.toml:7:1: unknown key `token` in [discord]; known are mode, listen, public_key, api_url, token_file, home_servers, moderator_roles, moderator_users, shards, register
waymark.toml:2:9: `watch`: 0 is too small: it takes \"auto\", \"off\" or the seconds between two looks, at least 1
waymark.toml:3:7: `log`: `loud` is not a level: use off, error, warn, info, debug or trace, or part=level
waymark.toml:6:11: `discord.api_url`: \"https://discord.com/api\" is not an address such as https://discord.com: http or https, a host, maybe a port, and no path
waymark.toml:8:16: `discord.home_servers` takes a list of ids, such as [\"772904309264089089\"], and got text
waymark.toml:9:19: `discord.moderator_roles`: a fraction is not an id: in Discord switch on Developer Mode, then right-click and Copy ID
waymark.toml:10:19: `discord.moderator_users`: \"ian\" is not an id: in Discord switch on Developer Mode, then right-click and Copy ID
waymark.toml:11:12: `discord.register` takes true or false, and got text
waymark.toml:14:10: `operations.listen`: \"localhost\" is not an address to listen on, such as 127.0.0.1:9464: an IP address and a port
waymark.toml:15:15: `operations.drain_delay` takes a whole number from 0, and got a negative number
waymark.toml:16:14: `operations.stop_limit`: 3601 s is more than an hour
waymark.toml:12:20: shards 3 to 8 of 8 is no range: shards are counted from 0, so it takes first <= last < total";
        assert_eq!(load(file, &[]).unwrap_err(), expected);
    }

    #[test]
    fn mistakes_in_the_environment_name_the_variable() {
        let environment = [
            ("WAYMARK_DISCORD__HOME_SERVER", "1"),
            ("WAYMARK_DISCORD__REGISTER", "perhaps"),
            ("WAYMARK_DISCORD__SHARDS__LAST", "-1"),
            ("WAYMARK_DISCORD__SHARDS__TOTAL", "4"),
        ];
        let expected = "\
WAYMARK_DISCORD__HOME_SERVER: unknown variable; did you mean WAYMARK_DISCORD__HOME_SERVERS?
WAYMARK_DISCORD__REGISTER: `discord.register` takes true or false, and got text
WAYMARK_DISCORD__SHARDS__LAST: `discord.shards.last` takes a whole number from 0, and got a negative number
WAYMARK_DISCORD__SHARDS__TOTAL: a range of shards needs `first`, `last` and `total`, or `ordinal`, `each` and `total`";
        assert_eq!(load("", &environment).unwrap_err(), expected);
    }

    #[test]
    fn an_endpoint_needs_a_key_and_a_place_that_make_sense() {
        let told = |text: &str| load(&format!("[discord]\n{text}"), &[]).unwrap_err();
        assert_eq!(
            told("mode = \"endpoint\"\n"),
            "waymark.toml:2:8: an endpoint needs `discord.public_key`: copy it from the developer portal (General \
             Information, Public Key)"
        );
        assert_eq!(
            told("mode = \"both\"\nlisten = 8080\npublic_key = \"00\"\n"),
            "waymark.toml:2:8: `discord.mode`: \"both\" is neither \"gateway\" nor \"endpoint\"\n\
             waymark.toml:3:10: `discord.listen` takes an address in quotes, such as \"127.0.0.1:8080\", and got a number\n\
             waymark.toml:4:14: `discord.public_key`: this is not 64 hexadecimal digits: copy the public key from the \
             developer portal (General Information, Public Key)"
        );
        assert_eq!(
            told("listen = \"localhost\"\n"),
            "waymark.toml:2:10: `discord.listen`: \"localhost\" is not an address to listen on, such as 127.0.0.1:9464: an IP address and a port"
        );
        let unused = load(&format!("[discord]\npublic_key = \"{KEY}\"\n"), &[]).unwrap();
        assert_eq!(unused, Config::default());
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_place() {
        let told = |text: &str| load(text, &[]).unwrap_err();
        assert_eq!(
            told("log = \"info\"\nlog = \"warn\"\n"),
            "waymark.toml:2:1: not TOML: duplicate key"
        );
        assert_eq!(
            told("discord = 1\n"),
            "waymark.toml:1:1: `discord` is a table: write [discord] and its keys below"
        );
        assert_eq!(
            told("log = [\n"),
            "waymark.toml:1:8: not TOML: unclosed array, expected `]`"
        );
    }

    #[test]
    fn a_named_file_must_be_there_and_be_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("waymark.toml");
        let told = || Config::load(Some(&path), []).unwrap_err().to_string();
        assert_eq!(
            told(),
            format!(
                "{}: cannot read the config file: No such file or directory (os error 2)",
                path.display()
            )
        );
        std::fs::write(&path, [0xff, 0xfe]).unwrap();
        assert_eq!(
            told(),
            format!(
                "{}: the config file is not UTF-8 text: save it with that encoding",
                path.display()
            )
        );
    }

    #[test]
    fn a_token_is_read_from_its_file_rather_than_the_environment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "abc.def\r\n").unwrap();
        let file = format!("[discord]\ntoken_file = {:?}\n", path);
        let config = load(&file, &[("DISCORD_TOKEN", "other")]).unwrap();
        assert_eq!(config.discord.token.read().unwrap(), Secret::new("abc.def"));
    }
}
