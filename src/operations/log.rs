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
use tracing_subscriber::fmt::format::{
    DefaultFields, Format, FormatEvent, FormatFields, Json, JsonFields, Writer,
};
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};
use tracing_subscriber::fmt::{FmtContext, MakeWriter};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{LogFilter, LogFormat};

const OWN: &str = "waymark";
/// Where serenity reads frames.
const FRAMES: &str = "serenity::gateway::ws";
/// What is logged in the place of a frame.
const UNREADABLE: &str = "a frame from Discord could not be read and was skipped";
const UNREADABLE_TARGET: &str = "waymark::discord";

/// Starts logging to standard error, unless whoever embeds this has done so.
pub fn start(filter: &LogFilter, format: LogFormat) {
    let started = match format {
        LogFormat::Text => text(filter, std::io::stderr).try_init(),
        LogFormat::Json => json(filter, std::io::stderr).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started already");
    }
}

fn text<W>(filter: &LogFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    lines(filter, DefaultFields::new(), Format::default(), writer)
}

fn json<W>(filter: &LogFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let format = Format::default()
        .json()
        .flatten_event(true)
        .with_span_list(false);
    lines(filter, JsonFields::new(), format, writer)
}

fn lines<F, N, W>(
    filter: &LogFilter,
    fields: N,
    usual: F,
    writer: W,
) -> impl Subscriber + Send + Sync
where
    Discreet<F>: FormatEvent<Lines, N>,
    F: Send + Sync + 'static,
    N: for<'a> FormatFields<'a> + Send + Sync + 'static,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let unreadable = AtomicU64::new(0);
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .fmt_fields(fields)
        .event_format(Discreet { usual, unreadable })
        .with_writer(writer)
        .with_filter(filter.targets().clone().and(filter_fn(may_be_shown)));
    tracing_subscriber::registry().with(lines)
}

/// What the lines are written from.
type Lines = tracing_subscriber::Registry;

fn may_be_shown(metadata: &Metadata<'_>) -> bool {
    let is_own = metadata
        .target()
        .strip_prefix(OWN)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    is_own || (metadata.is_event() && *metadata.level() <= Level::INFO)
}

/// Lines as tracing writes them, but for frames that serenity cannot read.
struct Discreet<F> {
    usual: F,
    unreadable: AtomicU64,
}

impl<S, N, F> FormatEvent<S, N> for Discreet<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N> + WriteUnreadable,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        if event.metadata().target() != FRAMES {
            return self.usual.format_event(context, writer, event);
        }
        let count = self.unreadable.fetch_add(1, Ordering::Relaxed) + 1;
        let mut time = String::new();
        SystemTime.format_time(&mut Writer::new(&mut time))?;
        self.usual
            .write_unreadable(&mut writer, &time, *event.metadata().level(), count)
    }
}

/// Writes the line that stands for frames that could not be read.
trait WriteUnreadable {
    fn write_unreadable(
        &self,
        writer: &mut Writer<'_>,
        time: &str,
        level: Level,
        count: u64,
    ) -> fmt::Result;
}

impl WriteUnreadable for Format {
    fn write_unreadable(
        &self,
        writer: &mut Writer<'_>,
        time: &str,
        level: Level,
        count: u64,
    ) -> fmt::Result {
        writeln!(
            writer,
            "{time} {level:>5} {UNREADABLE_TARGET}: {UNREADABLE} count={count}"
        )
    }
}

impl WriteUnreadable for Format<Json> {
    fn write_unreadable(
        &self,
        writer: &mut Writer<'_>,
        time: &str,
        level: Level,
        count: u64,
    ) -> fmt::Result {
        let line = serde_json::json!({
            "timestamp": time,
            "level": level.as_str(),
            "message": UNREADABLE,
            "count": count,
            "target": UNREADABLE_TARGET,
        });
        writeln!(writer, "{line}")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Written {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }

        /// What was logged, without the time.
        fn told(&self) -> Vec<String> {
            self.text()
                .lines()
                .map(|line| line.split_once(' ').unwrap().1.trim_start().to_owned())
                .collect()
        }
    }

    #[test]
    fn the_log_shows_no_frame_and_no_debug_line_of_other_crates() {
        let lines = Written::default();
        let writer = lines.clone();
        let subscriber = text(&"trace".parse().unwrap(), move || writer.clone());
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
    #[test]
    fn a_json_log_holds_one_object_a_line_with_the_request_beside_it_and_no_frame() {
        let lines = Written::default();
        let writer = lines.clone();
        let subscriber = json(&"debug".parse().unwrap(), move || writer.clone());
        tracing::subscriber::with_default(subscriber, || {
            tracing::warn!(target: "serenity::gateway::ws", "Err deserializing text: secret");
            tracing::info_span!(target: "waymark::discord", "request", id = 7).in_scope(
                || tracing::debug!(target: "waymark::discord", command = "ask", "said \"so\"\nand more"),
            );
        });
        let told: Vec<serde_json::Value> = lines
            .text()
            .lines()
            .map(|line| {
                let mut object: serde_json::Value = serde_json::from_str(line).unwrap();
                let time = object.as_object_mut().unwrap().remove("timestamp").unwrap();
                time.as_str()
                    .unwrap()
                    .parse::<jiff::Timestamp>()
                    .expect("a time");
                object
            })
            .collect();
        let expected = serde_json::json!([
            {
                "level": "WARN",
                "message": "a frame from Discord could not be read and was skipped",
                "count": 1,
                "target": "waymark::discord",
            },
            {
                "level": "DEBUG",
                "message": "said \"so\"\nand more",
                "command": "ask",
                "target": "waymark::discord",
                "span": { "name": "request", "id": 7 },
            },
        ]);
        assert_eq!(serde_json::Value::from(told), expected);
    }
}
