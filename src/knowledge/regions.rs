//! Other names of places that listings abbreviate: "NY" is New York, "U.S." the United States.

use std::sync::LazyLock;

use super::fold;

/// Countries and cities; each name stands for the others.
const SAME: &[&[&str]] = &[
    &["us", "usa", "united states", "united states of america"],
    &["uk", "united kingdom", "great britain"],
    &["nyc", "new york city"],
    &["sf", "san francisco"],
];

/// The United States' states and their postal codes.
const STATES: &[(&str, &str)] = &[
    ("AK", "alaska"),
    ("AL", "alabama"),
    ("AR", "arkansas"),
    ("AZ", "arizona"),
    ("CA", "california"),
    ("CO", "colorado"),
    ("CT", "connecticut"),
    ("DC", "district of columbia"),
    ("DC", "washington dc"),
    ("DE", "delaware"),
    ("FL", "florida"),
    ("GA", "georgia"),
    ("HI", "hawaii"),
    ("IA", "iowa"),
    ("ID", "idaho"),
    ("IL", "illinois"),
    ("IN", "indiana"),
    ("KS", "kansas"),
    ("KY", "kentucky"),
    ("LA", "louisiana"),
    ("MA", "massachusetts"),
    ("MD", "maryland"),
    ("ME", "maine"),
    ("MI", "michigan"),
    ("MN", "minnesota"),
    ("MO", "missouri"),
    ("MS", "mississippi"),
    ("MT", "montana"),
    ("NC", "north carolina"),
    ("ND", "north dakota"),
    ("NE", "nebraska"),
    ("NH", "new hampshire"),
    ("NJ", "new jersey"),
    ("NM", "new mexico"),
    ("NV", "nevada"),
    ("NY", "new york"),
    ("OH", "ohio"),
    ("OK", "oklahoma"),
    ("OR", "oregon"),
    ("PA", "pennsylvania"),
    ("RI", "rhode island"),
    ("SC", "south carolina"),
    ("SD", "south dakota"),
    ("TN", "tennessee"),
    ("TX", "texas"),
    ("UT", "utah"),
    ("VA", "virginia"),
    ("VT", "vermont"),
    ("WA", "washington"),
    ("WI", "wisconsin"),
    ("WV", "west virginia"),
    ("WY", "wyoming"),
];

/// A name's folded words.
type Name = Vec<String>;

/// [`SAME`], folded.
static SAME_FOLDED: LazyLock<Vec<Vec<Name>>> = LazyLock::new(|| {
    let fold_all = |names: &&[&str]| names.iter().map(|name| fold::words(name)).collect();
    SAME.iter().map(fold_all).collect()
});

/// [`STATES`], the names folded.
static STATES_FOLDED: LazyLock<Vec<(&str, Name)>> = LazyLock::new(|| {
    let fold_name = |(code, name): &(&'static str, &str)| (*code, fold::words(name));
    STATES.iter().map(fold_name).collect()
});

/// The folded words of a location, and those of the other names of what it names.
pub fn words(location: &str) -> Vec<String> {
    let mut words = fold::words(location);
    let mut others = Vec::new();
    for names in SAME_FOLDED.iter() {
        if names.iter().any(|name| holds(&words, name)) {
            others.extend(names.iter().flatten().cloned());
        }
    }
    for (code, name) in states_in(location, &words) {
        others.push(code.to_ascii_lowercase());
        others.extend(name.iter().cloned());
    }
    for word in others {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Whether a location names the United States, or one of its states.
pub fn in_united_states(location: &str) -> bool {
    names_united_states(location) || !states_in(location, &fold::words(location)).is_empty()
}

/// Whether a location names the United States as such.
pub fn names_united_states(location: &str) -> bool {
    let words = fold::words(location);
    let named = SAME_FOLDED.first();
    named.is_some_and(|names| names.iter().any(|name| holds(&words, name)))
}

/// Codes count in capitals alone: "in", "or" and "me" are words. The longest name wins: West Virginia is not Virginia.
fn states_in(location: &str, folded: &[String]) -> Vec<&'static (&'static str, Name)> {
    let codes: Vec<&str> = location
        .split(|letter: char| !letter.is_alphanumeric())
        .collect();
    let named: Vec<&Name> = STATES_FOLDED
        .iter()
        .map(|(_, name)| name)
        .filter(|name| holds(folded, name))
        .collect();
    let is_part = |name: &Name| {
        named
            .iter()
            .any(|other| *other != name && holds(other, name))
    };
    STATES_FOLDED
        .iter()
        .filter(|(code, name)| codes.contains(code) || (named.contains(&name) && !is_part(name)))
        .collect()
}

/// Whether the words of a name stand side by side.
fn holds(words: &[String], name: &[String]) -> bool {
    words.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_found_by_its_states_name_and_code() {
        let added = [
            ("Rochester, NY", "rochester ny new york"),
            (
                "USA - NY - Headquarters",
                "usa ny headquarter us united state of america new york",
            ),
            ("9629 Herndon VA Site", "9629 herndon va site virginia"),
            ("Austin, Texas", "austin texa tx"),
            ("West Virginia", "west virginia wv"),
            ("Washington, D.C.", "washington dc"),
            ("Seattle, Washington", "seattle washington wa"),
            (
                "Remote (anywhere in the U.S.)",
                "remote anywhere in the us usa united state of america",
            ),
            ("London, UK", "london uk united kingdom great britain"),
            ("Work in or near me", "work in or near me"),
            ("Paris", "paris"),
            ("", ""),
        ];
        for (location, expected) in added {
            assert_eq!(words(location).join(" "), expected, "{location}");
        }
    }
}
