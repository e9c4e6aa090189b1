//! What whoever runs `waymark serve` sees and steers. Knows nothing of Discord's library or of what commands do.
//!
//! - [`lifecycle`]: ready, draining, stopping: one handle that every part of the process holds; [`signals`]: what the
//!   system sends.
//! - [`metrics`]: what is counted; [`state`]: what is looked up; [`pages`]: where both are shown.
//! - [`log`]: what may be logged, and how it is written.

pub mod lifecycle;
pub mod log;
pub mod metrics;
pub mod pages;
pub mod signals;
pub mod state;
