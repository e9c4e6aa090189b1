//! Discord's timestamps (`<t:unix:R>`) in words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What `unix` or `unix:style` says; none where it is not a timestamp. Times are UTC.
pub fn told(stamp: &str, now: Timestamp) -> Option<String> {
    let (seconds, style) = stamp.split_once(':').unwrap_or((stamp, "f"));
    let moment = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    let format = match style {
        "R" => return Some(relative(moment, now)),
        "D" => "%-d %B %Y",
        "d" => "%Y-%m-%d",
        "t" => "%H:%M UTC",
        "T" => "%H:%M:%S UTC",
        "f" => "%-d %B %Y %H:%M UTC",
        "F" => "%A, %-d %B %Y %H:%M UTC",
        _ => return None,
    };
    Some(moment.to_zoned(TimeZone::UTC).strftime(format).to_string())
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const MONTH: u64 = 30 * DAY;
const YEAR: u64 = 365 * DAY;

/// How long ago, or in how long, in the largest unit that fills at least one.
fn relative(moment: Timestamp, now: Timestamp) -> String {
    let seconds = moment.as_second() - now.as_second();
    let span = seconds.unsigned_abs();
    let (count, unit) = match span {
        0..MINUTE => return "just now".to_owned(),
        MINUTE..HOUR => (span / MINUTE, "minute"),
        HOUR..DAY => (span / HOUR, "hour"),
        DAY..MONTH => (span / DAY, "day"),
        MONTH..YEAR => (span / MONTH, "month"),
        _ => (span / YEAR, "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if seconds < 0 {
        format!("{count} {unit}{plural} ago")
    } else {
        format!("in {count} {unit}{plural}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_times_use_the_largest_unit() {
        let now = Timestamp::constant(1_700_000_000, 0);
        let told = |offset: i64| told(&format!("{}:R", 1_700_000_000 + offset), now);
        let cases = [
            (0, "just now"),
            (-61, "1 minute ago"),
            (7_200, "in 2 hours"),
            (-3 * 86_400, "3 days ago"),
            (45 * 86_400, "in 1 month"),
            (-800 * 86_400, "2 years ago"),
        ];
        for (offset, expected) in cases {
            assert_eq!(told(offset).as_deref(), Some(expected));
        }
    }

    #[test]
    fn dates_are_told_in_utc() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(told("0:D", now).as_deref(), Some("1 January 1970"));
        assert_eq!(told("0", now).as_deref(), Some("1 January 1970 00:00 UTC"));
        assert_eq!(told("0:Q", now), None);
        assert_eq!(told("99999999999999999:R", now), None);
        assert_eq!(told("x:R", now), None);
    }
}
