//! Days, in the forms in which feeds write them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The day of an RFC 3339 or RFC 2822 time (in UTC), a time without a zone, or a date.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let utc = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    let rfc2822 = |text| jiff::fmt::rfc2822::parse(text).map(|zoned: Zoned| zoned.timestamp());
    let date = text
        .parse()
        .or_else(|_| rfc2822(text))
        .map(utc)
        .or_else(|_| text.parse().map(DateTime::date))
        .or_else(|_| text.parse::<Date>())
        .ok()?;
    sensible(date)
}

/// The day of a time in milliseconds since 1970.
pub fn day_of_milliseconds(time: i64) -> Option<Date> {
    let time = Timestamp::from_millisecond(time).ok()?;
    sensible(time.to_zoned(TimeZone::UTC).date())
}

/// The day, where a knowledge base takes it.
fn sensible(date: Date) -> Option<Date> {
    use crate::knowledge::format::limits::{FIRST_YEAR, LAST_YEAR};
    (FIRST_YEAR..=LAST_YEAR)
        .contains(&date.year())
        .then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_in_every_form_that_feeds_use() {
        let expected = date(2026, 11, 23);
        for text in [
            "2026-11-23",
            "2026-11-23T16:21:55.393+00:00",
            "2026-11-23T16:21:55Z",
            "2026-11-24T01:30:00+02:00",
            "2026-11-23T16:21:55",
            "2026-11-23T16:21",
            "2026-11-23 16:21:55",
            "Mon, 23 Nov 2026 16:21:55 +0000",
            "Mon, 23 Nov 2026 16:21:55 GMT",
            " 23 Nov 2026 16:21:55 -0500 ",
        ] {
            assert_eq!(day(text), Some(expected), "{text}");
        }
        assert_eq!(day_of_milliseconds(1_795_450_915_393), Some(expected));
        for text in [
            "",
            "soon",
            "23/11/2026",
            "2026-13-01",
            "0001-01-01",
            "9999-12-31",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(day_of_milliseconds(i64::MAX), None);
    }
}
