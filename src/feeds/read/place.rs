//! What a location tells: whether the work can be done from anywhere, and which dollar is meant there.

use crate::knowledge::regions;

/// Whether the words of a location say that the work can be done from anywhere; none where they do not say, or say both.
pub fn remote(location: &str) -> Option<bool> {
    let location = location.to_lowercase();
    let words: Vec<&str> = words(&location).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let not = words.windows(2).any(|pair| {
        matches!(pair[0], "no" | "non" | "not" | "partially" | "partly") && pair[1] == "remote"
    });
    let tied = has(&["hybrid", "onsite"])
        || location.contains("on-site")
        || location.contains("in-office")
        || location.contains("in office");
    match (has(&["remote", "anywhere"]) && !not, tied) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Whether a title says that the work can be done from anywhere: as a part of its own, since there is remote sensing, too.
pub fn remote_in_title(title: &str) -> Option<bool> {
    let title = title.to_lowercase();
    let mut parts = title.split(['(', ')', '[', ']', ',', '|', '/', '–', '—']);
    let dashed = title.split(" - ").map(str::trim);
    let is_remote = |part: &str| {
        let part = part.trim();
        matches!(part, "remote" | "fully remote" | "100% remote")
            || part.starts_with("remote - ")
            || part.starts_with("remote in ")
            || part.starts_with("remote us")
    };
    let says = parts.any(is_remote) || dashed.clone().any(is_remote);
    says.then_some(true)
}

/// The dollar that is spent in this location: ISO 4217; none where it names no such country, or several.
pub fn dollar(location: &str) -> Option<&'static str> {
    const COUNTRIES: &[(&str, &[&str])] = &[
        (
            "CAD",
            &[
                "canada",
                "toronto",
                "vancouver",
                "montreal",
                "montréal",
                "ottawa",
                "calgary",
                "ontario",
                "quebec",
            ],
        ),
        ("AUD", &["australia", "sydney", "melbourne", "brisbane"]),
        ("NZD", &["zealand", "auckland"]),
        ("SGD", &["singapore"]),
        ("HKD", &["kong"]),
    ];
    let small = location.to_lowercase();
    let words: Vec<&str> = words(&small).collect();
    let mut named = COUNTRIES
        .iter()
        .filter(|(_, names)| names.iter().any(|name| words.contains(name)))
        .map(|(currency, _)| *currency);
    match (named.next(), named.next()) {
        (Some(one), None) if !regions::names_united_states(location) => Some(one),
        (None, _) if regions::in_united_states(location) => Some("USD"),
        _ => None,
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_says_whether_work_is_remote_or_nothing() {
        for (location, expected) in [
            ("Remote", Some(true)),
            ("Remote - US", Some(true)),
            ("Remote (anywhere in the U.S.)", Some(true)),
            ("Anywhere", Some(true)),
            ("New York, NY; Remote", Some(true)),
            ("Hybrid, Berlin", Some(false)),
            ("Berlin (on-site)", Some(false)),
            ("Hybrid or remote", None),
            ("Not remote", None),
            ("Non-remote", None),
            ("Berlin", None),
            ("Remoteville", None),
        ] {
            assert_eq!(remote(location), expected, "{location}");
        }
        for (title, expected) in [
            ("Data Engineer (Remote)", Some(true)),
            ("Data Engineer - Remote", Some(true)),
            ("Remote - Data Engineer", Some(true)),
            ("Data Engineer (Remote, US)", Some(true)),
            ("Remote Sensing Scientist", None),
            ("Data Engineer (not remote)", None),
        ] {
            assert_eq!(remote_in_title(title), expected, "{title}");
        }
    }

    #[test]
    fn a_dollar_is_told_by_the_country_alone() {
        for (location, expected) in [
            ("New York, NY", Some("USD")),
            ("Remote - US", Some("USD")),
            ("San Francisco, CA; Austin, Texas", Some("USD")),
            ("Toronto, ON", Some("CAD")),
            ("Toronto, CA", Some("CAD")),
            ("Remote, Canada", Some("CAD")),
            ("Sydney, Australia", Some("AUD")),
            ("US or Canada", None),
            ("Berlin", None),
            ("Remote", None),
            ("", None),
        ] {
            assert_eq!(dollar(location), expected, "{location}");
        }
    }
}
