//! The most characters that a text of each sort may have, and the widest spans of numbers.

/// A career's definition, an outlook, the text of a tip.
pub const PROSE: usize = 1_500;
/// An item of a list, a note, a clause.
pub const ITEM: usize = 400;
/// A career's or skill's name or alias, a title of a category.
pub const NAME: usize = 80;
/// A title of a listing, tip or source; a company, a location, an occupation.
pub const TITLE: usize = 200;
/// The words that a licence asks to be shown.
pub const ATTRIBUTION: usize = 1_000;
/// A link.
pub const LINK: usize = 512;
/// A career's or category's id.
pub const ID: usize = 32;
/// A listing's id.
pub const JOB_ID: usize = 40;
/// The first year that makes sense.
pub const FIRST_YEAR: i16 = 1900;
/// The last year that makes sense.
pub const LAST_YEAR: i16 = 2100;
/// The deepest fall in percent.
pub const LEAST_PERCENT: f64 = -100.0;
/// The highest growth in percent that can be meant.
pub const MOST_PERCENT: f64 = 1_000.0;
