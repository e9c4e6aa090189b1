//! What is looked up rather than counted: the knowledge that answers, and whether the process is ready.

use std::fmt;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Unit;

use super::lifecycle::{Lifecycle, Readiness};
use crate::knowledge::store::Store;
use crate::knowledge::{Problem, Severity};

/// What the process knows of itself.
#[derive(Clone)]
pub struct State {
    /// Where the knowledge is kept.
    pub store: Arc<Store>,
    /// How far the process is.
    pub lifecycle: Lifecycle,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

impl Collector for State {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut gauge = |name: &str, help: &str, unit: Option<&Unit>, value: i64| {
            encoder
                .encode_descriptor(name, help, unit, MetricType::Gauge)?
                .encode_gauge(&value)
        };
        let knowledge = self.store.snapshot();
        let status = self.store.status();
        let ready = self.lifecycle.readiness() == Readiness::Ready;
        gauge(
            "ready",
            "Whether this process wants to be asked",
            None,
            ready.into(),
        )?;
        gauge(
            "knowledge_loaded_timestamp",
            "When the knowledge that answers was loaded, in seconds since 1970",
            Some(&Unit::Seconds),
            status.loaded.as_second(),
        )?;
        let problems = status.failed.map_or(0, |(_, problems)| {
            let is_error = |problem: &&Problem| problem.severity == Severity::Error;
            problems.iter().filter(is_error).count()
        });
        gauge(
            "knowledge_problems",
            "Problems for which the last reload was refused; 0 where it was not",
            None,
            whole(problems),
        )?;
        gauge(
            "knowledge_warnings",
            "Warnings about the knowledge that answers",
            None,
            whole(knowledge.warnings().len()),
        )?;

        let help = "What the knowledge that answers holds";
        let mut entries =
            encoder.encode_descriptor("knowledge_entries", help, None, MetricType::Gauge)?;
        for (kind, count) in [
            ("careers", knowledge.careers().len()),
            ("listings", knowledge.jobs().len()),
            ("skills", knowledge.skills().len()),
        ] {
            entries
                .encode_family(&[("kind", kind)])?
                .encode_gauge(&whole(count))?;
        }

        let help = "Loads after the first, by how they ended";
        let mut reloads =
            encoder.encode_descriptor("knowledge_reloads", help, None, MetricType::Counter)?;
        for (result, count) in [
            ("changed", status.reloads.changed),
            ("unchanged", status.reloads.unchanged),
            ("failed", status.reloads.failed),
        ] {
            reloads
                .encode_family(&[("result", result)])?
                .encode_counter::<[(&str, &str); 0], _, u64>(&count, None)?;
        }

        let help = "The version of the knowledge that answers: equal content, equal version";
        info(
            &mut encoder,
            "knowledge",
            help,
            &[("version", knowledge.version())],
        )?;
        let help = "The version of the program";
        let version = env!("CARGO_PKG_VERSION");
        info(&mut encoder, "build", help, &[("version", version)])
    }
}

fn info(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    labels: &impl EncodeLabelSet,
) -> fmt::Result {
    encoder
        .encode_descriptor(name, help, None, MetricType::Info)?
        .encode_info(labels)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
