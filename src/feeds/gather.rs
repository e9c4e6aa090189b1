//! Asks for everything that a feed consists of: one document, pages of one list, or a list of pages.

use std::collections::{HashSet, VecDeque};
use std::io::{self, Read as _};
use std::path::Path;

use url::Url;

use super::fetch::{FetchError, Fetched, Fetcher, MOST_BYTES, Wanted};
use super::found::{Document, Row, Rubbish, Skip};
use super::kinds::sitemap::{self, Sitemap};
use super::kinds::{ashby, greenhouse, jobposting, jsonl, lever, rss};
use super::settings::{Feed, Place, Source};
use super::state::{State, Validators};

/// The most entries that are read of one feed.
const MOST_ROWS: usize = 200_000;
/// The most sitemaps that one list leads to.
const MOST_SITEMAPS: usize = 50;

/// What a feed sent.
#[derive(Debug)]
pub enum Gathered {
    /// It is as it was.
    Unchanged,
    /// Its entries.
    Sent(Sent),
}

/// The entries of a feed.
#[derive(Debug, Default)]
pub struct Sent {
    /// Entries that belong to no page of their own.
    pub rows: Vec<Row>,
    /// By what the host knows the one document.
    pub validators: Validators,
    /// The pages of a list.
    pub pages: Vec<SentPage>,
}

/// A page of a list.
#[derive(Debug)]
pub struct SentPage {
    /// Where it is.
    pub url: Url,
    /// What became of it.
    pub content: Content,
}

/// What became of a page.
#[derive(Debug)]
pub enum Content {
    /// It holds these now.
    New(Vec<Row>, Validators),
    /// It holds what it held before.
    Unchanged,
    /// It could not be read: what it held before stays.
    Unknown(String),
}

/// Why a feed sent nothing that can be used.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// A document could not be got.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A document is of no use.
    #[error("{host}: {rubbish}")]
    Rubbish {
        /// Who sent it.
        host: String,
        /// What is wrong with it.
        rubbish: Rubbish,
    },
    /// A file cannot be read.
    #[error("{file}: {cause}")]
    File {
        /// Its name.
        file: String,
        /// What happened.
        cause: String,
    },
}

/// Gets all that a feed consists of. `known` is what the host is told of the last time.
///
/// # Errors
/// Why there is nothing.
pub async fn gather(
    fetcher: &Fetcher,
    feed: &Feed,
    known: &State,
) -> Result<Gathered, GatherError> {
    let asking = Asking { fetcher, feed };
    let validators = &known.validators;
    match &feed.source {
        Source::Greenhouse(url) => asking.document(url, validators, greenhouse::read).await,
        Source::Ashby(url) => asking.document(url, validators, ashby::read).await,
        Source::Rss(url) => asking.document(url, validators, rss::read).await,
        Source::Jsonl(Place::Web(url)) => asking.document(url, validators, jsonl::read).await,
        Source::Jsonl(Place::File(path)) => file(path),
        Source::Lever(url) => asking.postings(url).await,
        Source::JobPosting(url) => asking.pages(url, known).await,
    }
}

struct Asking<'a> {
    fetcher: &'a Fetcher,
    feed: &'a Feed,
}

impl Asking<'_> {
    async fn get(&self, url: &Url, known: &Validators) -> Result<Fetched, FetchError> {
        let wanted = Wanted {
            url,
            reach: self.feed.reach,
            timeout: self.feed.timeout,
            known,
        };
        self.fetcher.get(wanted).await
    }

    /// One document that holds everything.
    async fn document(
        &self,
        url: &Url,
        known: &Validators,
        read: fn(Document<'_>) -> Result<Vec<Row>, Rubbish>,
    ) -> Result<Gathered, GatherError> {
        match self.get(url, known).await? {
            Fetched::Unchanged => Ok(Gathered::Unchanged),
            Fetched::Document {
                from,
                text,
                validators,
            } => {
                let from = Some(&from);
                let rows = read(Document { from, text: &text }).map_err(|why| rubbish(url, why))?;
                Ok(Gathered::Sent(Sent {
                    rows: few(rows),
                    validators,
                    pages: Vec::new(),
                }))
            }
        }
    }

    /// Lever's list, page by page, until a page brings nothing new.
    async fn postings(&self, url: &Url) -> Result<Gathered, GatherError> {
        let mut rows = Vec::new();
        let mut seen = HashSet::new();
        loop {
            let mut page = url.clone();
            let skip = rows.len().to_string();
            let limit = lever::PAGE.to_string();
            page.query_pairs_mut()
                .append_pair("skip", &skip)
                .append_pair("limit", &limit);
            let nothing = Validators::default();
            let Fetched::Document { from, text, .. } = self.get(&page, &nothing).await? else {
                break;
            };
            let from = Some(&from);
            let sent =
                lever::read(Document { from, text: &text }).map_err(|why| rubbish(url, why))?;
            let count = sent.len();
            // Lists move while they are read, and a host may not know pages.
            let new = sent
                .into_iter()
                .filter(|row| seen.insert(row.place.clone()));
            let before = rows.len();
            rows.extend(new);
            if count < lever::PAGE || rows.len() == before || rows.len() >= MOST_ROWS {
                break;
            }
        }
        Ok(Gathered::Sent(Sent {
            rows: few(rows),
            ..Sent::default()
        }))
    }

    /// A page, or all pages of a sitemap.
    async fn pages(&self, url: &Url, known: &State) -> Result<Gathered, GatherError> {
        let first = match self.get(url, &known.validators).await? {
            Fetched::Unchanged => return Ok(Gathered::Unchanged),
            Fetched::Document {
                from,
                text,
                validators,
            } => (from, text, validators),
        };
        let (from, text, validators) = first;
        let list = match sitemap::read(&text).map_err(|why| rubbish(url, why))? {
            Sitemap::Page => {
                let from = Some(&from);
                let rows = jobposting::read(Document { from, text: &text });
                if rows.is_empty() && !jobposting::is_there(&text) {
                    let why =
                        "the page names no schema.org JobPosting in JSON-LD, and is no sitemap";
                    return Err(rubbish(url, Rubbish(why.to_owned())));
                }
                return Ok(Gathered::Sent(Sent {
                    rows: few(rows),
                    validators,
                    pages: Vec::new(),
                }));
            }
            list => list,
        };
        let urls = self.listed(list).await?;
        let (wanted, rest) = urls.split_at(urls.len().min(self.feed.most));
        let rows = rest.iter().map(|url| Row {
            place: url.to_string(),
            found: Err(Skip::TooMany),
        });
        let rows = few(rows.collect());
        let pages = self.each(wanted, known).await?;
        // Pages change while their list stays: the list is always asked for anew.
        Ok(Gathered::Sent(Sent {
            rows,
            validators: Validators::default(),
            pages,
        }))
    }

    /// The pages of a sitemap and of the sitemaps in it.
    async fn listed(&self, list: Sitemap) -> Result<Vec<Url>, GatherError> {
        let mut pages = Vec::new();
        let mut sitemaps: VecDeque<Url> = VecDeque::new();
        let mut asked = 0;
        let mut next = Some(list);
        loop {
            match next.take() {
                Some(Sitemap::Pages(urls)) => pages.extend(urls),
                Some(Sitemap::Sitemaps(urls)) => sitemaps.extend(urls),
                Some(Sitemap::Page) | None => {}
            }
            let Some(url) = sitemaps.pop_front().filter(|_| asked < MOST_SITEMAPS) else {
                break;
            };
            asked += 1;
            if let Fetched::Document { text, .. } = self.get(&url, &Validators::default()).await? {
                next = Some(sitemap::read(&text).map_err(|why| rubbish(&url, why))?);
            }
        }
        let mut seen = HashSet::new();
        pages.retain(|url| seen.insert(url.clone()));
        Ok(pages)
    }

    /// Asks for one page after the other. A host that wants to be left alone is not asked for the rest.
    async fn each(&self, urls: &[Url], known: &State) -> Result<Vec<SentPage>, GatherError> {
        let mut pages = Vec::with_capacity(urls.len());
        let mut away: Option<String> = None;
        let mut failure = None;
        let nothing = Validators::default();
        for url in urls {
            let before = known.pages.get(url.as_str());
            let validators = before.map_or(&nothing, |page| &page.validators);
            let fetched = match &away {
                Some(why) => Err(Content::Unknown(why.clone())),
                None => match self.get(url, validators).await {
                    Ok(fetched) => Ok(fetched),
                    Err(error) if error.is_gone() => Err(Content::New(
                        vec![unread(url, &error)],
                        Validators::default(),
                    )),
                    Err(error) => {
                        let why = error.to_string();
                        if matches!(error, FetchError::Away { .. }) {
                            away = Some(why.clone());
                        }
                        failure = Some(error);
                        Err(Content::Unknown(why))
                    }
                },
            };
            let content = match fetched {
                Ok(Fetched::Unchanged) => Content::Unchanged,
                Ok(Fetched::Document {
                    from,
                    text,
                    validators,
                }) => {
                    let from = Some(&from);
                    let rows = jobposting::read(Document { from, text: &text });
                    Content::New(rows, validators)
                }
                Err(content) => content,
            };
            let url = url.clone();
            pages.push(SentPage { url, content });
        }
        let lost = |page: &SentPage| matches!(page.content, Content::Unknown(_));
        match failure {
            Some(error) if pages.iter().all(lost) => Err(error.into()),
            _ => Ok(pages),
        }
    }
}

fn unread(url: &Url, error: &FetchError) -> Row {
    Row {
        place: url.to_string(),
        found: Err(Skip::Page(error.to_string())),
    }
}

/// A file of lines.
fn file(path: &Path) -> Result<Gathered, GatherError> {
    let failed = |cause: String| GatherError::File {
        file: path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned(),
        cause,
    };
    let bytes = read_file(path).map_err(|error| failed(error.to_string()))?;
    if bytes.len() > MOST_BYTES {
        return Err(failed(format!("it is larger than {} MB", MOST_BYTES >> 20)));
    }
    let text = String::from_utf8_lossy(&bytes);
    let document = Document {
        from: None,
        text: &text,
    };
    let rows = jsonl::read(document).map_err(|why| failed(why.0))?;
    Ok(Gathered::Sent(Sent {
        rows: few(rows),
        ..Sent::default()
    }))
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = std::fs::File::open(path)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn few(mut rows: Vec<Row>) -> Vec<Row> {
    rows.truncate(MOST_ROWS);
    rows
}

fn rubbish(url: &Url, rubbish: Rubbish) -> GatherError {
    GatherError::Rubbish {
        host: url.host_str().unwrap_or_default().to_owned(),
        rubbish,
    }
}
