//! Files -> [`Knowledge`], or every problem of every file.

use jiff::civil::Date;

use super::source::Files;
use super::{Knowledge, Problem};

/// Reads, checks and indexes the files. `today` decides what has expired.
///
/// # Errors
/// Every problem of every file (warnings among them), sorted by file and place; at least one is an error.
pub fn load(_files: &Files, _today: Date) -> Result<Knowledge, Vec<Problem>> {
    todo!()
}
