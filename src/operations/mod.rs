//! What whoever runs `waymark serve` sees and steers: the log, the signals, how it starts and ends.
//!
//! - [`lifecycle`]: ready, draining, stopping: one handle that every part of the process holds.
//! - [`signals`]: what the system sends.
//! - [`log`]: what may be logged, and how it is written.

pub mod lifecycle;
pub mod log;
pub mod signals;
