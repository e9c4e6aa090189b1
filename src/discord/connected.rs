//! Which shards are connected: serenity tells raw event handlers nothing of it, so it is looked up.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::{ConnectionStage, ShardId, ShardRunnerInfo};
use serenity::prelude::Mutex;

use crate::operations::lifecycle::Lifecycle;
use crate::operations::metrics::Metrics;

/// How often it is looked up.
const INTERVAL: Duration = Duration::from_millis(500);

/// The shards that run, as serenity keeps them.
pub type Runners = Arc<Mutex<HashMap<ShardId, ShardRunnerInfo>>>;

/// Tells how many of all shards of this process are connected, and that it serves: once all were, while any is. So where
/// processes start one after the other, each when the one before is ready, never two shards log in at once. Never ends.
pub async fn tell(
    runners: Runners,
    all: usize,
    lifecycle: &Lifecycle,
    metrics: &Metrics,
) -> Infallible {
    let mut complete = false;
    let mut ticks = tokio::time::interval(INTERVAL);
    loop {
        ticks.tick().await;
        let connected = runners
            .lock()
            .await
            .values()
            .filter(|runner| runner.stage == ConnectionStage::Connected)
            .count();
        complete |= connected == all;
        metrics.shards(connected, all.saturating_sub(connected));
        lifecycle.set_serving(complete && connected > 0);
    }
}
