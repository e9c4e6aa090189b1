//! What feeds sent -> their files: what is new, changed, gone, and what is not taken and why.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::fetch::FetchError;
use super::file;
use super::found::{Row, Skip, Skipped};
use super::gather::{Content, GatherError, Gathered, Sent};
use super::normalise::{self, Omissions, Rules};
use super::same::Seen;
use super::settings::{Feed, FeedName};
use super::state::{Brought, Page, State, Validators};
use crate::knowledge::{Job, Knowledge};

/// From so many listings on, a feed that lost most of them is doubted.
const DOUBTED_FROM: usize = 10;
/// The share of the listings below which it is doubted: a fifth.
const DOUBTED_BELOW: usize = 5;

/// How one feed's run ended.
#[derive(Debug)]
pub struct Outcome {
    /// The feed.
    pub feed: FeedName,
    /// What it brought, or why it brought nothing: what it brought before is still there then.
    pub result: Result<Report, String>,
}

/// What a feed brought.
#[derive(Debug)]
pub struct Report {
    /// The counts.
    pub brought: Brought,
    /// Every entry that was not imported.
    pub skipped: Vec<Skipped>,
    /// Whether its file says something else now.
    pub file_changed: bool,
}

/// A feed, what was remembered of it, and what it sent.
pub struct Run {
    /// The feed.
    pub feed: Feed,
    /// What was remembered.
    pub state: State,
    /// What it sent.
    pub gathered: Result<Gathered, GatherError>,
}

/// Where files are merged, beside what, when.
pub struct Merging<'m> {
    /// The knowledge folder.
    pub folder: &'m Path,
    /// The knowledge base as it is loaded.
    pub knowledge: &'m Knowledge,
    /// The time.
    pub now: Timestamp,
    /// Whether feeds that lost most of their listings are believed at once.
    pub force: bool,
}

/// A feed whose listings are made alike.
struct Prepared {
    feed: Feed,
    state: State,
    earlier: Vec<Job>,
    news: Result<News, String>,
    /// What to remember of a host that wants to be left alone.
    away: Option<Duration>,
    /// Whether it lost most of its listings.
    doubted: bool,
}

/// A listing, and where it stands in its feed.
struct Taken {
    place: String,
    job: Job,
}

/// What a feed brought, before it is compared with the others.
#[derive(Default)]
struct News {
    listings: Vec<Taken>,
    skipped: Vec<Skipped>,
    omissions: Omissions,
    read: usize,
    validators: Validators,
    pages: BTreeMap<String, Page>,
    basis: String,
}

impl Merging<'_> {
    fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }

    /// Writes what the feeds sent, in their order: where two bring the same listing the first keeps it.
    pub fn merge(&self, runs: Vec<Run>) -> Vec<Outcome> {
        let running: Vec<FeedName> = runs.iter().map(|run| run.feed.name.clone()).collect();
        let prepared: Vec<Prepared> = runs.into_iter().map(|run| self.prepare(run)).collect();
        let mut seen = Seen::default();
        let is_running = |job: &&Job| running.iter().any(|feed| normalise::is_of(feed, &job.id));
        for job in self.knowledge.jobs().iter().filter(|job| !is_running(job)) {
            seen.add(job);
        }
        // What stays as it was goes before what is new.
        for feed in prepared.iter().filter(|feed| feed.news.is_err()) {
            feed.earlier.iter().for_each(|job| seen.add(job));
        }
        let outcomes = prepared
            .into_iter()
            .map(|feed| self.finish(feed, &mut seen));
        outcomes.collect()
    }

    fn prepare(&self, run: Run) -> Prepared {
        let Run {
            feed,
            state,
            gathered,
        } = run;
        let away = match &gathered {
            Err(GatherError::Fetch(FetchError::Away { wait, .. })) => Some(*wait),
            _ => None,
        };
        let earlier = file::read(self.folder, &feed.name, self.knowledge, self.today());
        let mut doubted = false;
        let (earlier, news) = match earlier {
            Ok(earlier) => {
                let news = gathered
                    .map_err(|error| error.to_string())
                    .and_then(|gathered| self.news(&feed, &state, &earlier, gathered))
                    .and_then(|news| match doubt(&state, &news).filter(|_| !self.force) {
                        Some(why) => {
                            doubted = true;
                            Err(why)
                        }
                        None => Ok(news),
                    });
                (earlier, news)
            }
            Err(error) => {
                let why = format!("its file cannot be read: {error}");
                (Vec::new(), Err(why))
            }
        };
        Prepared {
            feed,
            state,
            earlier,
            news,
            away,
            doubted,
        }
    }

    /// Makes alike what a feed sent.
    fn news(
        &self,
        feed: &Feed,
        state: &State,
        earlier: &[Job],
        gathered: Gathered,
    ) -> Result<News, String> {
        let rules =
            Rules::new(feed, self.knowledge, self.today()).map_err(|error| error.to_string())?;
        let basis = basis(feed, self.knowledge);
        let sent = match gathered {
            Gathered::Sent(sent) => sent,
            Gathered::Unchanged => return Ok(self.unchanged(state, earlier, basis)),
        };
        let mut news = News {
            basis,
            validators: sent.validators.clone(),
            ..News::default()
        };
        let Sent { rows, pages, .. } = sent;
        for row in rows {
            news.take(row, &rules);
        }
        let by_id: HashMap<&str, &Job> = earlier.iter().map(|job| (job.id.as_str(), job)).collect();
        for page in pages {
            let url = page.url.to_string();
            let remembered = match page.content {
                Content::New(rows, validators) => {
                    let before = news.listings.len();
                    rows.into_iter().for_each(|row| news.take(row, &rules));
                    let ids = news.listings[before..].iter();
                    let ids = ids.map(|taken| taken.job.id.to_string()).collect();
                    Page { validators, ids }
                }
                Content::Unchanged => self.keep(state.pages.get(&url), &by_id, &mut news),
                Content::Unknown(why) => {
                    news.skip(url.clone(), "", Skip::Page(why));
                    self.keep(state.pages.get(&url), &by_id, &mut news)
                }
            };
            news.pages.insert(url, remembered);
        }
        Ok(news)
    }

    /// What a page brought before, as far as it is still open.
    fn keep(&self, page: Option<&Page>, earlier: &HashMap<&str, &Job>, news: &mut News) -> Page {
        let page = page.cloned().unwrap_or_default();
        let jobs = page.ids.iter().filter_map(|id| earlier.get(id.as_str()));
        for job in jobs {
            news.read += 1;
            news.keep_open(job, self.today());
        }
        page
    }

    /// What a feed that sent nothing new brought before, as far as it is still open.
    fn unchanged(&self, state: &State, earlier: &[Job], basis: String) -> News {
        let mut news = News {
            basis,
            validators: state.validators.clone(),
            pages: state.pages.clone(),
            read: state.brought.as_ref().map_or(0, |brought| brought.read),
            ..News::default()
        };
        for job in earlier {
            news.keep_open(job, self.today());
        }
        news
    }

    fn finish(&self, prepared: Prepared, seen: &mut Seen) -> Outcome {
        let Prepared {
            feed,
            mut state,
            earlier,
            news,
            away,
            doubted,
        } = prepared;
        let result = news.and_then(|news| self.write(&feed, &mut state, &earlier, news, seen));
        if let Err(why) = &result {
            state.fail(self.now, why.clone());
            state.doubted |= doubted;
            let wait = away.and_then(|wait| SignedDuration::try_from(wait).ok());
            state.not_before = wait.and_then(|wait| self.now.checked_add(wait).ok());
        }
        let remembered = state.write(self.folder, &feed.name);
        if let Err(error) = remembered {
            tracing::warn!(feed = %feed.name, %error, "what happened cannot be remembered");
        }
        Outcome {
            feed: feed.name,
            result,
        }
    }

    fn write(
        &self,
        feed: &Feed,
        state: &mut State,
        earlier: &[Job],
        mut news: News,
        seen: &mut Seen,
    ) -> Result<Report, String> {
        let mut kept = news.unseen(seen);
        kept.sort_by_key(|taken| std::cmp::Reverse(taken.job.posted));
        for Taken { place, job } in kept.drain(feed.most.min(kept.len())..) {
            news.skip(place, &job.title, Skip::TooMany);
        }
        let mut kept: Vec<Job> = kept.into_iter().map(|taken| taken.job).collect();
        let (text, fitting) = file::render(&feed.name, &mut kept);
        for job in kept.drain(fitting..) {
            news.skip(job.id.to_string(), &job.title, Skip::TooMany);
        }
        let (read_back, problems) = match kept.is_empty() {
            // Nothing is written then.
            true => (Vec::new(), Vec::new()),
            false => file::check(text.clone(), &feed.name, self.knowledge, self.today()),
        };
        if let Some(problem) = problems.first() {
            let problem = problem.render();
            return Err(format!(
                "what it sent would not load, so it was not written:\n{problem}"
            ));
        }
        let path = file::path(self.folder, &feed.name);
        let differs = std::fs::read_to_string(&path).ok().as_deref() != Some(&text);
        let file_changed = match kept.is_empty() {
            true => path.exists(),
            false => differs,
        };
        if file_changed {
            let written = match kept.is_empty() {
                true => file::remove(&path),
                false => file::replace(&path, &text),
            };
            written.map_err(|error| format!("its file cannot be written: {error}"))?;
        }
        kept.iter().for_each(|job| seen.add(job));
        let brought = self.brought(&news, earlier, &read_back);
        *state = State {
            ran: Some(self.now),
            brought: Some(brought.clone()),
            failing: None,
            not_before: None,
            doubted: false,
            basis: news.basis,
            validators: news.validators,
            pages: news.pages,
        };
        Ok(Report {
            brought,
            skipped: news.skipped,
            file_changed,
        })
    }

    fn brought(&self, news: &News, earlier: &[Job], now: &[Job]) -> Brought {
        let before: HashMap<&str, &Job> =
            earlier.iter().map(|job| (job.id.as_str(), job)).collect();
        let after: HashSet<&str> = now.iter().map(|job| job.id.as_str()).collect();
        let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
        for entry in &news.skipped {
            *skipped.entry(entry.why.reason().to_owned()).or_default() += 1;
        }
        let omitted = news.omissions.iter();
        Brought {
            at: self.now,
            read: news.read,
            listings: now.len(),
            new: now
                .iter()
                .filter(|job| !before.contains_key(job.id.as_str()))
                .count(),
            changed: now
                .iter()
                .filter(|job| before.get(job.id.as_str()).is_some_and(|old| old != job))
                .count(),
            gone: before.keys().filter(|id| !after.contains(*id)).count(),
            skipped,
            omitted: omitted
                .map(|(what, count)| ((*what).to_owned(), *count))
                .collect(),
        }
    }
}

impl News {
    fn take(&mut self, row: Row, rules: &Rules<'_>) {
        let title = row.found.as_ref().map(|found| found.title.clone());
        let title = title.unwrap_or_default();
        let listing = row
            .found
            .and_then(|found| rules.listing(&found, &mut self.omissions));
        self.read += usize::from(listing.as_ref().err().is_none_or(Skip::was_read));
        match listing {
            Ok(job) => self.listings.push(Taken {
                place: row.place,
                job,
            }),
            Err(why) => self.skip(row.place, &title, why),
        }
    }

    fn skip(&mut self, place: String, title: &str, why: Skip) {
        self.skipped.push(Skipped {
            place,
            title: super::read::line::line(title).unwrap_or_default(),
            why,
        });
    }

    /// Keeps a listing of before, unless its last day is past.
    fn keep_open(&mut self, job: &Job, today: Date) {
        match job.expires.filter(|last| *last < today) {
            Some(last) => self.skip(job.id.to_string(), &job.title, Skip::Expired(last)),
            None => self.listings.push(Taken {
                place: job.id.to_string(),
                job: job.clone(),
            }),
        }
    }

    /// The listings that no other feed, no hand, and no earlier entry of the same feed has brought.
    fn unseen(&mut self, others: &Seen) -> Vec<Taken> {
        let mut own = Seen::default();
        let mut ids = HashSet::new();
        let mut kept = Vec::new();
        for taken in std::mem::take(&mut self.listings) {
            let job = &taken.job;
            let why = if others.holds(job) {
                Skip::Elsewhere
            } else if own.holds(job) || !ids.insert(job.id.to_string()) {
                Skip::Twice
            } else {
                own.add(job);
                kept.push(taken);
                continue;
            };
            self.skip(taken.place, &taken.job.title, why);
        }
        kept
    }
}

/// Why a feed that lost most of its listings is not believed; a second time it is.
fn doubt(state: &State, news: &News) -> Option<String> {
    let before = state.brought.as_ref()?.read;
    let same_settings = settings_of(&state.basis) == settings_of(&news.basis);
    let few = match news.read {
        0 => before > 0,
        read => before >= DOUBTED_FROM && read * DOUBTED_BELOW < before,
    };
    (few && same_settings && !state.doubted).then(|| {
        format!(
            "it sent {} where there were {before} before: perhaps by mistake, so those stay; if its next run brings as \
             few, or with --force, they go",
            match news.read {
                0 => "no listing".to_owned(),
                1 => "1 listing".to_owned(),
                read => format!("{read} listings"),
            }
        )
    })
}

/// A mark of everything by which a document is read: the settings, then careers and program.
pub fn basis(feed: &Feed, knowledge: &Knowledge) -> String {
    let mut careers = String::from(env!("CARGO_PKG_VERSION"));
    for career in knowledge.careers() {
        let names = (&career.id, &career.name, &career.aliases, &career.narrower);
        careers.push_str(&format!("{names:?}"));
    }
    let hash = |text: &str| -> String {
        let hash = Sha256::digest(text.as_bytes());
        hash.iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    format!("{}-{}", hash(&format!("{feed:?}")), hash(&careers))
}

fn settings_of(basis: &str) -> &str {
    basis.split('-').next().unwrap_or_default()
}
