//! How much of something is told.

/// How much of a section is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What an overview has room for.
    Brief,
    /// Everything.
    Whole,
}
