//! What a feed is: where listings come from, which of them are wanted, how often.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

/// The most letters of a feed's name: a listing's id is made of it.
const LONGEST_NAME: usize = 28;

/// A source of listings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its name, and that of its file.
    pub name: FeedName,
    /// Where it is.
    pub source: Source,
    /// Who offers the listings, where the source does not say.
    pub company: Option<String>,
    /// ISO 4217 code of amounts whose currency the source does not say.
    pub currency: Option<String>,
    /// How often `waymark serve` asks.
    pub every: Duration,
    /// The most listings that are kept.
    pub most: usize,
    /// Which listings are wanted.
    pub filter: Filter,
    /// What may be asked.
    pub reach: Reach,
    /// How long one request may take.
    pub timeout: Duration,
}

impl Feed {
    /// [`Feed::every`] where nothing else is said.
    pub const EVERY: Duration = Duration::from_secs(6 * 60 * 60);
    /// [`Feed::most`] where nothing else is said.
    pub const MOST: usize = 2_000;
    /// [`Feed::timeout`] where nothing else is said.
    pub const TIMEOUT: Duration = Duration::from_secs(60);

    /// A feed with the defaults for everything else.
    pub fn new(name: FeedName, source: Source) -> Self {
        Self {
            name,
            source,
            company: None,
            currency: None,
            every: Self::EVERY,
            most: Self::MOST,
            filter: Filter::default(),
            reach: Reach::default(),
            timeout: Self::TIMEOUT,
        }
    }
}

/// Kebab-case, at most 28 letters: a file's name and the beginning of ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedName(Box<str>);

impl FeedName {
    /// The name, where it is one.
    pub fn new(name: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_kebab = name
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(plain));
        (is_kebab && name.len() <= LONGEST_NAME).then(|| Self(name.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FeedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Where a feed is, and what it sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A board at Greenhouse.
    Greenhouse(Url),
    /// A site at Lever.
    Lever(Url),
    /// A board at Ashby.
    Ashby(Url),
    /// A page, or a sitemap of pages, with schema.org's JobPosting as JSON-LD.
    JobPosting(Url),
    /// RSS or Atom.
    Rss(Url),
    /// One JSON object a line.
    Jsonl(Place),
}

/// Where a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On the web.
    Web(Url),
    /// On this machine.
    File(PathBuf),
}

/// The words by which settings name the kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// [`Source::Greenhouse`]
    Greenhouse,
    /// [`Source::Lever`]
    Lever,
    /// [`Source::Ashby`]
    Ashby,
    /// [`Source::JobPosting`]
    JobPosting,
    /// [`Source::Rss`]
    Rss,
    /// [`Source::Jsonl`]
    Jsonl,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Greenhouse,
        Self::Lever,
        Self::Ashby,
        Self::JobPosting,
        Self::Rss,
        Self::Jsonl,
    ];

    /// The kind as settings write it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Greenhouse => "greenhouse",
            Self::Lever => "lever",
            Self::Ashby => "ashby",
            Self::JobPosting => "jobposting",
            Self::Rss => "rss",
            Self::Jsonl => "jsonl",
        }
    }

    /// The host that keeps boards of this kind; none where a feed has an address of its own.
    pub fn host(self) -> Option<&'static str> {
        match self {
            Self::Greenhouse => Some("https://boards-api.greenhouse.io"),
            Self::Lever => Some("https://api.lever.co"),
            Self::Ashby => Some("https://api.ashbyhq.com"),
            Self::JobPosting | Self::Rss | Self::Jsonl => None,
        }
    }

    /// A board of this name at this host; none where the kind has no boards, or the host cannot have paths.
    pub fn board(self, host: &Url, board: &str) -> Option<Source> {
        let (parts, query): (&[&str], &[(&str, &str)]) = match self {
            // https://developers.greenhouse.io/job-board.html#list-jobs
            Self::Greenhouse => (
                &["v1", "boards", board, "jobs"],
                &[("content", "true"), ("pay_transparency", "true")],
            ),
            // https://github.com/lever/postings-api#get-a-list-of-job-postings
            Self::Lever => (&["v0", "postings", board], &[("mode", "json")]),
            // https://developers.ashbyhq.com/docs/public-job-posting-api
            Self::Ashby => (
                &["posting-api", "job-board", board],
                &[("includeCompensation", "true")],
            ),
            Self::JobPosting | Self::Rss | Self::Jsonl => return None,
        };
        let mut url = host.clone();
        url.path_segments_mut().ok()?.pop_if_empty().extend(parts);
        url.query_pairs_mut().extend_pairs(query);
        match self {
            Self::Greenhouse => Some(Source::Greenhouse(url)),
            Self::Lever => Some(Source::Lever(url)),
            Self::Ashby => Some(Source::Ashby(url)),
            Self::JobPosting | Self::Rss | Self::Jsonl => None,
        }
    }
}

/// Which listings are wanted; an empty list wants all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Titles that hold one of these.
    pub words: Vec<String>,
    /// Listings of one of these careers, by name or id.
    pub careers: Vec<String>,
    /// Locations that hold one of these.
    pub locations: Vec<String>,
}

/// What may be asked beside public addresses by HTTPS.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// Plain HTTP.
    pub http: bool,
    /// This machine and private networks.
    pub private: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_as_a_file_and_in_an_id() {
        for good in ["acme", "acme-jobs-2", &"a".repeat(28)] {
            assert_eq!(FeedName::new(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a--b",
            "Acme",
            "a.b",
            "../a",
            "a/b",
            "é",
            &"a".repeat(29),
        ] {
            assert_eq!(FeedName::new(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_board_has_the_address_that_its_host_documents() {
        let address = |kind: Kind, host: &str, board| match kind
            .board(&host.parse().unwrap(), board)
            .unwrap()
        {
            Source::Greenhouse(url) | Source::Lever(url) | Source::Ashby(url) => url.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            address(Kind::Greenhouse, Kind::Greenhouse.host().unwrap(), "acme"),
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true&pay_transparency=true"
        );
        assert_eq!(
            address(Kind::Lever, "https://api.eu.lever.co", "acme"),
            "https://api.eu.lever.co/v0/postings/acme?mode=json"
        );
        assert_eq!(
            address(Kind::Ashby, "http://127.0.0.1:80/", "a b/../c"),
            "http://127.0.0.1/posting-api/job-board/a%20b%2F..%2Fc?includeCompensation=true"
        );
    }
}
