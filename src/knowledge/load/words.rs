//! Words in problems: what was meant, what was given.

use rapidfuzz::distance::damerau_levenshtein::normalized_similarity;

/// How alike two words must be for the one to be meant by the other.
const ALIKE: f64 = 0.6;
/// The most characters that are quoted from a file.
const MOST_QUOTED: usize = 60;

/// The word that was probably meant.
pub(super) fn nearest<'w>(
    given: &str,
    known: impl IntoIterator<Item = &'w str>,
) -> Option<&'w str> {
    let given = given.to_lowercase();
    known
        .into_iter()
        .map(|word| {
            let alike = normalized_similarity(given.chars(), word.to_lowercase().chars());
            (alike, word)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, word)| word)
}

/// What was probably meant, or what there is.
pub(super) fn did_you_mean<'w>(
    given: &str,
    known: impl IntoIterator<Item = &'w str> + Clone,
    otherwise: impl FnOnce() -> String,
) -> String {
    match nearest(given, known) {
        Some(word) => format!("did you mean `{word}`?"),
        None => otherwise(),
    }
}

/// The words as a list: `a`, `b`, `c`; the first dozen.
pub(super) fn listed<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    const MOST: usize = 24;
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.len() {
        0 => "nothing".to_owned(),
        count if count > MOST => format!("{} and {} more", quoted[..MOST].join(", "), count - MOST),
        _ => quoted.join(", "),
    }
}

/// A text of the file between backticks, shortened.
pub(super) fn quote(text: &str) -> String {
    let text = text.trim();
    let mut shown: String = text.chars().take(MOST_QUOTED).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// A count with its thousands set apart: 1,500.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A kebab-case id made of a text's ASCII letters and digits, at most `most` characters.
pub(super) fn slug(text: &str, most: usize) -> String {
    let mut slug = String::new();
    for letter in deunicode::deunicode(text).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= most {
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether the text is an id: lower-case letters, digits and single hyphens between them.
pub(super) fn is_kebab(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !id.is_empty()
        && id
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_only_named_when_it_is_near() {
        let known = ["responsibilities", "skills", "summary"];
        assert_eq!(nearest("responsibilites", known), Some("responsibilities"));
        assert_eq!(nearest("Skill", known), Some("skills"));
        assert_eq!(nearest("colour", known), None);
    }

    #[test]
    fn slugs_are_short_ids() {
        assert_eq!(
            slug("  Señor Data-Engineer (m/w/d) ", 40),
            "senor-data-engineer-m-w-d"
        );
        assert_eq!(slug("abc def", 4), "abc");
        assert_eq!(slug("…", 40), "");
        assert!(is_kebab("a-1"));
        assert!(!is_kebab("a--1") && !is_kebab("-a") && !is_kebab("A") && !is_kebab(""));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_500), "1,500");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
