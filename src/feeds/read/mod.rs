//! What titles, places and texts tell. What cannot be told is absent, never guessed.

pub mod day;
pub mod employment;
pub mod html;
pub mod level;
pub mod line;
pub mod pay;
pub mod place;
