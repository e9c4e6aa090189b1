//! The log on standard error.
//!
//! It never holds a token, what a member typed, or who they are. serenity and the HTTP crates quote whole frames and
//! paths in their debug lines and spans, so of other crates only plain lines up to INFO are let through, whatever the
//! filter says; and serenity's warning about a frame that it cannot read, which quotes the frame, is replaced by a count.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::fmt::format::{DefaultFields, Format, FormatEvent, FormatFields, Writer};
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};
use tracing_subscriber::fmt::{FmtContext, MakeWriter};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::LogFilter;

const OWN: &str = "waymark";
/// Where serenity reads frames.
const FRAMES: &str = "serenity::gateway::ws";

/// Starts logging, unless whoever embeds this has done so.
pub fn start(filter: &LogFilter) {
    let started = subscriber(filter, std::io::stderr).try_init();
    if started.is_err() {
        tracing::debug!("logging was started already");
    }
}

fn subscriber<W>(filter: &LogFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .event_format(Discreet::default())
        .with_writer(writer)
        .with_filter(filter.targets().clone().and(filter_fn(may_be_shown)));
    tracing_subscriber::registry().with(lines)
}

fn may_be_shown(metadata: &Metadata<'_>) -> bool {
    let is_own = metadata
        .target()
        .strip_prefix(OWN)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    is_own || (metadata.is_event() && *metadata.level() <= Level::INFO)
}

/// Lines as tracing writes them, but for frames that serenity cannot read.
#[derive(Default)]
struct Discreet {
    usual: Format,
    unreadable: AtomicU64,
}

impl<S> FormatEvent<S, DefaultFields> for Discreet
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    DefaultFields: for<'a> FormatFields<'a>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, DefaultFields>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        if event.metadata().target() != FRAMES {
            return self.usual.format_event(context, writer, event);
        }
        let count = self.unreadable.fetch_add(1, Ordering::Relaxed) + 1;
        SystemTime.format_time(&mut writer)?;
        let level = event.metadata().level();
        writeln!(
            writer,
            " {level:>5} waymark::discord: a frame from Discord could not be read and was skipped count={count}"
        )
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Lines {
        /// What was logged, without the time.
        fn told(&self) -> Vec<String> {
            String::from_utf8(self.0.lock().unwrap().clone())
                .unwrap()
                .lines()
                .map(|line| line.split_once(' ').unwrap().1.trim_start().to_owned())
                .collect()
        }
    }

    #[test]
    fn the_log_shows_no_frame_and_no_debug_line_of_other_crates() {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = subscriber(&"trace".parse().unwrap(), move || writer.clone());
        tracing::subscriber::with_default(subscriber, || {
            tracing::warn!(target: "serenity::gateway::ws", "Err deserializing text: secret");
            tracing::warn!(target: "serenity::gateway::ws", "Err deserializing text: secret");
            tracing::debug!(target: "serenity::gateway::ws", "Failing bytes: secret");
            tracing::trace!(target: "h2::client", "path: secret");
            tracing::info_span!(target: "serenity::gateway::shard", "handle_event", event = "secret")
                .in_scope(|| tracing::info!(target: "serenity::gateway::shard", "Resumed"));
            tracing::debug!(target: "waymark::discord", "ours");
            tracing::debug!(target: "waymarking", "not ours");
        });
        let expected = [
            "WARN waymark::discord: a frame from Discord could not be read and was skipped count=1",
            "WARN waymark::discord: a frame from Discord could not be read and was skipped count=2",
            "INFO serenity::gateway::shard: Resumed",
            "DEBUG waymark::discord: ours",
        ];
        assert_eq!(lines.told(), expected);
    }
}
