//! Runs feeds again and again, each on its own schedule.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::import::{ImportError, Importer};
use super::merge::Outcome;
use super::settings::Feed;
use super::state::State;
use crate::knowledge::store::Store;

/// How soon a feed that failed is tried again, unless its schedule is closer.
const AFTER_FAILURE: Duration = Duration::from_secs(60 * 60);
/// The longest that a start waits before feeds that are due are asked, so that many bots do not start as one.
const START: Duration = Duration::from_secs(30);
/// How long to wait for somebody else's import.
const BUSY: Duration = Duration::from_secs(60);
/// How often the plan is looked at: an import by hand may have changed it, and clocks are set.
const LONGEST_SLEEP: Duration = Duration::from_secs(10 * 60);

/// Runs the feeds whenever they are due; `ran` is told of each run, `changed` is called after files were written. Never
/// ends.
pub async fn run(
    importer: Importer,
    feeds: Vec<Feed>,
    store: Arc<Store>,
    ran: impl Fn(&Outcome),
    changed: impl Fn(),
) -> Infallible {
    let mut plan: Vec<Planned> = feeds.into_iter().map(Planned::at_start).collect();
    loop {
        let now = Timestamp::now();
        let due = |planned: &&mut Planned| planned.due(&importer, now) <= now;
        let due: Vec<Feed> = plan
            .iter_mut()
            .filter(due)
            .map(|planned| planned.feed.clone())
            .collect();
        if due.is_empty() {
            let next = plan.iter().map(|planned| planned.due(&importer, now)).min();
            let wait = next.and_then(|next| Duration::try_from(now.duration_until(next)).ok());
            let wait = wait.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP);
            // A moment more, so that the clock is past it.
            tokio::time::sleep(wait + Duration::from_millis(10)).await;
            continue;
        }
        match importer.run(&due, store.snapshot(), false, |_| {}).await {
            Ok(outcomes) => {
                outcomes.iter().for_each(log);
                outcomes.iter().for_each(&ran);
                let written = outcomes.iter().any(|outcome| {
                    outcome
                        .result
                        .as_ref()
                        .is_ok_and(|report| report.file_changed)
                });
                if written {
                    changed();
                }
                for planned in plan
                    .iter_mut()
                    .filter(|planned| due.contains(&planned.feed))
                {
                    planned.ran();
                }
            }
            Err(ImportError::Busy) => {
                tracing::info!("another import is under way: feeds wait for it");
                tokio::time::sleep(BUSY).await;
            }
            Err(error) => {
                tracing::error!("feeds cannot run: {error}");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
}

/// A feed and when it may run.
struct Planned {
    feed: Feed,
    /// Not before this, whatever its state says.
    earliest: Timestamp,
    /// What is added to its schedule, so that feeds do not all run at once.
    jitter: Duration,
}

impl Planned {
    fn at_start(feed: Feed) -> Self {
        let most = (feed.every / 100).min(START);
        Self {
            earliest: later(Timestamp::now(), most.mul_f64(fastrand::f64())),
            jitter: Duration::ZERO,
            feed,
        }
    }

    /// When it is to run, by what is remembered of it.
    fn due(&self, importer: &Importer, now: Timestamp) -> Timestamp {
        let state = State::read(importer.folder(), &self.feed.name);
        due(&self.feed, &state, now, self.jitter).max(self.earliest)
    }

    /// It just ran: a feed that leaves no trace is not asked again at once, either.
    fn ran(&mut self) {
        let wait = self.feed.every.min(AFTER_FAILURE);
        self.earliest = later(Timestamp::now(), wait);
        self.jitter = (self.feed.every / 10).mul_f64(fastrand::f64());
    }
}

/// When a feed is to run again.
fn due(feed: &Feed, state: &State, now: Timestamp, jitter: Duration) -> Timestamp {
    // A time to come is a clock that was wrong.
    let Some(ran) = state.ran.filter(|ran| *ran <= now) else {
        return now;
    };
    let wait = match state.failing {
        Some(_) => feed.every.min(AFTER_FAILURE),
        None => feed.every,
    };
    let due = later(ran, wait + jitter);
    state.not_before.map_or(due, |until| due.max(until))
}

fn later(time: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    time.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

fn log(outcome: &Outcome) {
    let feed = outcome.feed.as_str();
    match &outcome.result {
        Ok(report) => {
            let brought = &report.brought;
            tracing::info!(
                feed,
                listings = brought.listings,
                new = brought.new,
                changed = brought.changed,
                gone = brought.gone,
                skipped = report.skipped.len(),
                "imported"
            );
        }
        Err(why) => tracing::warn!(feed, "a feed failed: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feeds::state::Failing;
    use crate::feeds::{FeedName, Place, Source};

    #[test]
    fn a_feed_is_due_by_its_schedule_sooner_after_a_failure_and_never_before_its_host_wants() {
        let source = Source::Jsonl(Place::File("x".into()));
        let feed = Feed::new(FeedName::new("acme").unwrap(), source);
        let time = |hour: i64, minute: i64| {
            let start: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
            start + SignedDuration::from_mins(hour * 60 + minute)
        };
        let now = time(12, 0);
        let due = |state: &State| due(&feed, state, now, Duration::from_secs(60));
        let mut state = State::default();
        assert_eq!(due(&state), now);
        state.ran = Some(time(11, 30));
        assert_eq!(due(&state), time(17, 31));
        state.failing = Some(Failing::default());
        assert_eq!(due(&state), time(12, 31));
        state.not_before = Some(time(20, 0));
        assert_eq!(due(&state), time(20, 0));
        state.ran = Some(time(13, 0));
        assert_eq!(due(&state), now);
    }
}
