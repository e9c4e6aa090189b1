//! What stands for a name in an example of `examples.toml`.

use super::fold;

/// Stands for any career, skill or tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// A career that is asked about; in a `switch` the first is left behind and the next aimed at.
    Career,
    /// The career that somebody comes from.
    From,
    /// The career that somebody wants to get into.
    To,
    /// A career that is mentioned in passing.
    Other,
    /// A skill or tool.
    Skill,
}

impl Placeholder {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Career, Self::From, Self::To, Self::Other, Self::Skill];

    /// How files write it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Career => "{career}",
            Self::From => "{from}",
            Self::To => "{to}",
            Self::Other => "{other}",
            Self::Skill => "{skill}",
        }
    }

    /// The one that is written so.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.text() == text)
    }
}

/// The folded words of a text; a placeholder, whatever its ending, is one word.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some((before, placeholder, after)) = next(rest) {
        words.extend(fold::words(before));
        words.push(placeholder.text().to_owned());
        rest = without_plural(after);
    }
    words.extend(fold::words(rest));
    words
}

/// What stands in braces and is no placeholder.
pub fn unknown(text: &str) -> Option<&str> {
    text.match_indices('{').find_map(|(start, _)| {
        let length = text[start..].find('}')? + 1;
        let braced = &text[start..start + length];
        Placeholder::from_text(braced).is_none().then_some(braced)
    })
}

/// The first placeholder of a text, with what stands before and after it.
fn next(text: &str) -> Option<(&str, Placeholder, &str)> {
    let found = Placeholder::ALL.into_iter();
    let places = found.filter_map(|known| Some((text.find(known.text())?, known)));
    let (at, first) = places.min_by_key(|(at, _)| *at)?;
    Some((&text[..at], first, &text[at + first.text().len()..]))
}

/// The text without the `s` or `'s` of the placeholder before it.
fn without_plural(text: &str) -> &str {
    let rest = text.strip_prefix('\'').unwrap_or(text);
    match rest.strip_prefix('s') {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_one_word_whatever_its_ending() {
        let read = |text: &str| words(text).join(" ");
        assert_eq!(read("Do {career}s use {skill}?"), "do {career} use {skill}");
        assert_eq!(read("a {career}'s day"), "a {career} day");
        assert_eq!(read("{from}->{to}"), "{from} {to}");
        assert_eq!(read("{career}ship {"), "{career} ship");
    }

    #[test]
    fn braces_that_hold_no_placeholder_are_found() {
        for right in ["", "no braces", ":} {", "{career} or {other}s, {skill}"] {
            assert_eq!(unknown(right), None, "{right}");
        }
        assert_eq!(unknown("{career} {carreer} day"), Some("{carreer}"));
        assert_eq!(unknown("a {b} {career}"), Some("{b}"));
    }
}
