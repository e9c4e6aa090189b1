//! Other names of places that listings abbreviate: "NY" is New York, "U.S." the United States.

use super::fold;

/// Countries and cities by their folded names; each name stands for the others.
const SAME: &[&[&str]] = &[
    &["us", "usa", "united state", "united states of america"],
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

/// The folded words of a location, and those of the other names of what it names.
pub fn words(location: &str) -> Vec<String> {
    let folded = fold::words(location);
    let mut others = Vec::new();
    for names in SAME {
        if names.iter().any(|name| holds(&folded, name)) {
            others.extend(names.iter().flat_map(|name| fold::words(name)));
        }
    }
    for (code, state) in states_in(location, &folded) {
        others.push(code.to_ascii_lowercase());
        others.extend(fold::words(state));
    }
    let mut words = folded;
    for word in others {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Codes count in capitals alone: "in", "or" and "me" are words. The longest name wins: West Virginia is not Virginia.
fn states_in(
    location: &str,
    folded: &[String],
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let codes: Vec<&str> = location
        .split(|letter: char| !letter.is_alphanumeric())
        .collect();
    let named: Vec<&str> = STATES
        .iter()
        .map(|(_, state)| *state)
        .filter(|state| holds(folded, state))
        .collect();
    STATES.iter().copied().filter(move |(code, state)| {
        let is_part = named
            .iter()
            .any(|other| other != state && other.ends_with(state));
        codes.contains(code) || (named.contains(state) && !is_part)
    })
}

/// Whether the words of a name stand side by side.
fn holds(words: &[String], name: &str) -> bool {
    let name = fold::words(name);
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
