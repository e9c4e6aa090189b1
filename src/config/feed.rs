//! The keys of `[[feeds]]`, and what they make.

use std::path::PathBuf;
use std::time::Duration;

use jiff::SpanRelativeTo;
use url::Url;

use super::given::{Assignments, ConfigError, GivenTable, Origin, nearest};
use super::keys::{self, Key, Unfit};
use crate::feeds::{Feed, FeedName, Filter, Kind, Place, Reach, Source};

/// The least and the most time between two runs of a feed.
const EVERY: (Duration, Duration) = (
    Duration::from_secs(10 * 60),
    Duration::from_secs(31 * 24 * 60 * 60),
);
/// The least and the most time that a request may be given.
const TIMEOUT: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(600));
/// The most listings that a feed may keep: more do not fit into one file.
const MOST: u32 = 20_000;

/// A feed on its way to a [`Feed`].
#[derive(Default)]
pub struct FeedDraft {
    name: Option<(FeedName, Origin)>,
    kind: Option<Kind>,
    board: Option<(String, Origin)>,
    url: Option<(Url, Origin)>,
    file: Option<(PathBuf, Origin)>,
    company: Option<String>,
    currency: Option<String>,
    every: Option<Duration>,
    most: Option<usize>,
    filter: Filter,
    reach: Reach,
    timeout: Option<Duration>,
}

pub const FEED_KEYS: &[Key<FeedDraft>] = &[
    Key {
        path: "feeds.name",
        kind: keys::Kind::Text,
        set: |draft, value, origin| {
            let text = value.text("a name in quotes")?;
            let name = FeedName::new(&text).ok_or_else(|| {
                Unfit::Because(format!(
                    "\"{text}\" cannot be a name: use small letters, digits and single hyphens, at most 28 of them"
                ))
            })?;
            draft.name = Some((name, origin.clone()));
            Ok(())
        },
    },
    Key {
        path: "feeds.kind",
        kind: keys::Kind::Text,
        set: |draft, value, _| {
            let text = value.text("a kind in quotes, such as \"greenhouse\"")?;
            draft.kind = Some(kind(&text)?);
            Ok(())
        },
    },
    Key {
        path: "feeds.board",
        kind: keys::Kind::Text,
        set: |draft, value, origin| {
            let board = value.text("a board's name in quotes")?;
            draft.board = Some((board, origin.clone()));
            Ok(())
        },
    },
    Key {
        path: "feeds.url",
        kind: keys::Kind::Text,
        set: |draft, value, origin| {
            let url = web_address(&value.text("an address in quotes")?)?;
            draft.url = Some((url, origin.clone()));
            Ok(())
        },
    },
    Key {
        path: "feeds.file",
        kind: keys::Kind::Text,
        set: |draft, value, origin| {
            let file = value.path("a file in quotes", origin)?;
            draft.file = Some((file, origin.clone()));
            Ok(())
        },
    },
    Key {
        path: "feeds.company",
        kind: keys::Kind::Text,
        set: |draft, value, _| {
            draft.company = Some(value.text("a company's name in quotes")?);
            Ok(())
        },
    },
    Key {
        path: "feeds.currency",
        kind: keys::Kind::Text,
        set: |draft, value, _| {
            let text = value.text("a currency in quotes, such as \"USD\"")?;
            if text.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
                return Err(Unfit::Because(format!(
                    "\"{text}\" is no currency code: write three capital letters (ISO 4217), such as USD or EUR"
                )));
            }
            draft.currency = Some(text);
            Ok(())
        },
    },
    Key {
        path: "feeds.every",
        kind: keys::Kind::Text,
        set: |draft, value, _| {
            let text = value.text("a time in quotes, such as \"6h\"")?;
            draft.every = Some(time(&text, EVERY, "10 minutes to 31 days")?);
            Ok(())
        },
    },
    Key {
        path: "feeds.most",
        kind: keys::Kind::Whole,
        set: |draft, value, _| {
            let most = value.whole()?;
            if !(1..=MOST).contains(&most) {
                return Err(Unfit::Because(format!(
                    "{most} cannot be kept: it takes 1 to {MOST} listings"
                )));
            }
            draft.most = usize::try_from(most).ok();
            Ok(())
        },
    },
    Key {
        path: "feeds.words",
        kind: keys::Kind::Texts,
        set: |draft, value, _| {
            draft.filter.words = value.texts("a list of words, such as [\"engineer\"]")?;
            Ok(())
        },
    },
    Key {
        path: "feeds.careers",
        kind: keys::Kind::Texts,
        set: |draft, value, _| {
            draft.filter.careers = value.texts("a list of careers, such as [\"data-engineer\"]")?;
            Ok(())
        },
    },
    Key {
        path: "feeds.locations",
        kind: keys::Kind::Texts,
        set: |draft, value, _| {
            draft.filter.locations = value.texts("a list of places, such as [\"Remote\"]")?;
            Ok(())
        },
    },
    Key {
        path: "feeds.allow_http",
        kind: keys::Kind::Flag,
        set: |draft, value, _| {
            draft.reach.http = value.flag()?;
            Ok(())
        },
    },
    Key {
        path: "feeds.allow_private",
        kind: keys::Kind::Flag,
        set: |draft, value, _| {
            draft.reach.private = value.flag()?;
            Ok(())
        },
    },
    Key {
        path: "feeds.timeout",
        kind: keys::Kind::Text,
        set: |draft, value, _| {
            let text = value.text("a time in quotes, such as \"60s\"")?;
            draft.timeout = Some(time(&text, TIMEOUT, "1 second to 10 minutes")?);
            Ok(())
        },
    },
];

/// Reads every `[[feeds]]` table.
pub fn read(tables: Vec<GivenTable>, errors: &mut Vec<ConfigError>) -> Vec<Feed> {
    let mut feeds: Vec<Feed> = Vec::new();
    for table in tables {
        let origin = table.origin.clone();
        let before = errors.len();
        let mut assignments = Assignments::new(FEED_KEYS);
        assignments.add_table("feeds", "[[feeds]]", table, errors);
        let mut draft = FeedDraft::default();
        keys::set_all(&mut draft, assignments, errors);
        if errors.len() > before {
            continue;
        }
        match draft.finish(&origin, &feeds) {
            Ok(feed) => feeds.push(feed),
            Err(error) => errors.push(error),
        }
    }
    feeds
}

impl FeedDraft {
    fn finish(self, table: &Origin, others: &[Feed]) -> Result<Feed, ConfigError> {
        let error = |origin: &Origin, message: String| ConfigError {
            origin: origin.clone(),
            message,
        };
        let missing = |message: &str| error(table, message.to_owned());
        let (name, named) = self
            .name
            .as_ref()
            .ok_or_else(|| missing("a feed needs a `name`"))?;
        if others.iter().any(|feed| feed.name == *name) {
            return Err(error(
                named,
                format!("another feed is called \"{name}\" already"),
            ));
        }
        let kind = self.kind.ok_or_else(|| {
            let kinds = Kind::ALL.map(Kind::id).join(", ");
            missing(&format!("a feed needs a `kind`: {kinds}"))
        })?;
        if let Some((url, origin)) = &self.url
            && url.scheme() == "http"
            && !self.reach.http
        {
            let message = "`feeds.url`: this is plain HTTP: write https://, or set `allow_http`";
            return Err(error(origin, message.to_owned()));
        }
        let source = self
            .source(kind, table)
            .map_err(|(origin, message)| error(&origin, message))?;
        let says_no_company = matches!(kind, Kind::Lever | Kind::Ashby);
        if says_no_company && self.company.is_none() {
            return Err(missing(&format!(
                "a {} feed needs the `company`: its listings do not name it",
                kind.id()
            )));
        }
        let defaults = Feed::new(name.clone(), source);
        Ok(Feed {
            company: self.company,
            currency: self.currency,
            every: self.every.unwrap_or(defaults.every),
            most: self.most.unwrap_or(defaults.most),
            filter: self.filter,
            reach: self.reach,
            timeout: self.timeout.unwrap_or(defaults.timeout),
            ..defaults
        })
    }

    /// The one place that a feed of this kind takes.
    fn source(&self, kind: Kind, table: &Origin) -> Result<Source, (Origin, String)> {
        let id = kind.id();
        let unwanted = |key: &str, origin: &Origin, wanted: &str| {
            let message = format!("a feed of kind {id} takes no `{key}`: give its `{wanted}`");
            (origin.clone(), message)
        };
        let missing = |what: &str| (table.clone(), format!("a feed of kind {id} needs {what}"));
        if let Some(host) = kind.host() {
            if let Some((_, origin)) = &self.file {
                return Err(unwanted("file", origin, "board"));
            }
            let (board, _) = self.board.as_ref().ok_or_else(|| missing("a `board`"))?;
            let host = match &self.url {
                Some((url, _)) => Ok(url.clone()),
                None => host.parse(),
            };
            let source = host.ok().and_then(|host| kind.board(&host, board));
            return source.ok_or_else(|| missing("a `url` of a host"));
        }
        if let Some((_, origin)) = &self.board {
            return Err(unwanted("board", origin, "url"));
        }
        let place = match (&self.url, &self.file) {
            (Some((url, _)), None) => Place::Web(url.clone()),
            (None, Some((file, _))) if kind == Kind::Jsonl => Place::File(file.clone()),
            (Some(_), Some((_, origin))) if kind == Kind::Jsonl => {
                let message = "give `url` or `file`, not both".to_owned();
                return Err((origin.clone(), message));
            }
            (_, Some((_, origin))) => return Err(unwanted("file", origin, "url")),
            (None, None) if kind == Kind::Jsonl => return Err(missing("a `url` or a `file`")),
            (None, None) => return Err(missing("a `url`")),
        };
        Ok(match (kind, place) {
            (Kind::JobPosting, Place::Web(url)) => Source::JobPosting(url),
            (Kind::Rss, Place::Web(url)) => Source::Rss(url),
            (_, place) => Source::Jsonl(place),
        })
    }
}

fn kind(text: &str) -> Result<Kind, Unfit> {
    let known = Kind::ALL.map(Kind::id);
    let exact = Kind::ALL.into_iter().find(|kind| kind.id() == text);
    exact.ok_or_else(|| {
        let advice = match nearest(text, known.into_iter()) {
            Some(kind) => format!("did you mean \"{kind}\"?"),
            None => format!("known are {}", known.join(", ")),
        };
        Unfit::Because(format!("there is no kind \"{text}\"; {advice}"))
    })
}

fn web_address(text: &str) -> Result<Url, Unfit> {
    let url = Url::parse(text.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(url) = url else {
        return Err(Unfit::Because(format!(
            "\"{text}\" is not an address that starts with https:// or http://"
        )));
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Unfit::Because(
            "an address with a name or password in it is not taken: feeds are read without an account"
                .to_owned(),
        ));
    }
    Ok(url)
}

fn time(text: &str, (least, most): (Duration, Duration), range: &str) -> Result<Duration, Unfit> {
    let unfit = || {
        Unfit::Because(format!(
            "\"{text}\" is not a time that fits: write it as \"90m\", \"6h\" or \"1d\", from {range}"
        ))
    };
    let span: jiff::Span = text.trim().parse().map_err(|_| unfit())?;
    let day = SpanRelativeTo::days_are_24_hours();
    let time = span.to_duration(day).map_err(|_| unfit())?;
    let time = Duration::try_from(time).map_err(|_| unfit())?;
    Some(time)
        .filter(|time| (least..=most).contains(time))
        .ok_or_else(unfit)
}
