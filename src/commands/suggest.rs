//! Suggestions while an option is typed: careers, companies, locations, best first, at most 25.

use super::service::Suggestion;
use crate::knowledge::Knowledge;

/// Suggests values for one option of one command.
pub fn suggest(
    _knowledge: &Knowledge,
    _path: &str,
    _option: &str,
    _typed: &str,
) -> Vec<Suggestion> {
    todo!()
}
