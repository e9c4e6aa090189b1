//! Text folding: what a person typed and what a file says, made alike so that they can be compared.
//!
//! Folded words hold `a-z`, `0-9` and, for `c++`, `c#` and `.net`, those marks: nothing else. Case, accents,
//! punctuation, English plurals and the split of common compounds ("back-end", "back end", "backend") are gone.

use deunicode::deunicode_char;

/// Longest folded word, in letters; the rest of a longer one is dropped.
const LONGEST_WORD: usize = 40;

/// Compounds that people write as one word, as two and with a hyphen; folded to one.
const COMPOUNDS: &[(&str, &str)] = &[
    ("back", "end"),
    ("front", "end"),
    ("full", "stack"),
    ("full", "time"),
    ("part", "time"),
    ("on", "site"),
    ("dev", "op"),
    ("ml", "op"),
    ("data", "op"),
    ("ci", "cd"),
    ("ph", "d"),
    ("cyber", "security"),
    ("data", "base"),
    ("e", "commerce"),
    ("fin", "tech"),
    ("health", "care"),
    ("java", "script"),
    ("type", "script"),
    ("micro", "service"),
    ("mid", "level"),
    ("no", "sql"),
    ("start", "up"),
    ("web", "site"),
];

/// Names that are also spelled without their marks.
const SPELLINGS: &[(&str, &str)] = &[("cpp", "c++"), ("csharp", "c#"), ("dotnet", ".net")];

/// Words that say nothing about which career or listing is meant.
const FILLERS: &[&str] = &[
    "a",
    "about",
    "am",
    "an",
    "and",
    "as",
    "at",
    "be",
    "become",
    "becoming",
    "being",
    "career",
    "for",
    "i",
    "im",
    "in",
    "job",
    "like",
    "looking",
    "me",
    "my",
    "occupation",
    "of",
    "on",
    "opening",
    "position",
    "profession",
    "role",
    "some",
    "the",
    "title",
    "to",
    "want",
    "with",
    "work",
    "working",
];

/// The folded words of a text, in order.
pub fn words(text: &str) -> Vec<String> {
    let mut words = join_compounds(split(&to_ascii(text)));
    for word in &mut words {
        word.truncate(LONGEST_WORD);
    }
    words
}

/// A name as duplicates are found: case, accents, punctuation and spaces make no difference; `+` and `#` do (C, C++, C#).
pub fn name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '\u{300}'..='\u{36F}' => {}
            '\u{80}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => {
                let plain = deunicode_char(letter).unwrap_or_default();
                folded.extend(
                    plain
                        .chars()
                        .filter(|plain| plain.is_ascii_alphanumeric())
                        .flat_map(char::to_lowercase),
                );
            }
            '+' | '#' => folded.push(letter),
            _ if letter.is_alphanumeric() => folded.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    folded
}

/// The first `max` characters of a text.
pub fn cut(text: &str, max: usize) -> &str {
    match text.char_indices().nth(max) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Whether a folded word says nothing about which career or listing is meant.
pub fn is_filler(word: &str) -> bool {
    FILLERS.binary_search(&word).is_ok()
}

/// Lower-case ASCII: letters without their accents, spaces for what is neither a letter nor ASCII.
fn to_ascii(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            ascii.push(letter.to_ascii_lowercase());
        } else if matches!(letter, '\u{2019}' | '\u{2bc}') {
            ascii.push('\'');
        } else if letter.is_alphanumeric() {
            let plain = deunicode_char(letter).unwrap_or(" ");
            ascii.extend(plain.chars().map(|letter| match letter {
                letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
                _ => ' ',
            }));
        } else if deunicode_char(letter) != Some("") {
            ascii.push(' ');
        }
    }
    ascii
}

/// Splits lower-case ASCII at its punctuation, keeping `c++`, `c#`, `.net`, initials ("u.s.") and "at&t" together.
fn split(ascii: &str) -> Vec<String> {
    let bytes = ascii.as_bytes();
    let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut words = vec![String::new()];
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let last = words.len() - 1;
        let word = &mut words[last];
        let rest = &ascii[at..];
        at += 1;
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => word.push(char::from(byte)),
            b'\'' => {}
            b'&' if !word.is_empty() && is_word(at) => {}
            b'+' if !word.is_empty() && rest.starts_with("++") => {
                word.push_str("++");
                words.push(String::new());
                at += 1;
            }
            b'#' if matches!(word.as_str(), "c" | "f") && !is_word(at) => word.push('#'),
            b'.' if rest.starts_with(".net") && !is_word(at + 3) => {
                words.push(".net".to_owned());
                words.push(String::new());
                at += 3;
            }
            b'.' if is_initial(bytes, at - 1) && is_word(at) => {}
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether the dot at this place stands after a single letter, as in "u.s.".
fn is_initial(bytes: &[u8], dot: usize) -> bool {
    let letter = dot.checked_sub(1).and_then(|at| bytes.get(at));
    let before = dot.checked_sub(2).and_then(|at| bytes.get(at));
    letter.is_some_and(u8::is_ascii_alphabetic)
        && !before.is_some_and(|byte| byte.is_ascii_alphanumeric())
}

fn join_compounds(split: Vec<String>) -> Vec<String> {
    let mut words: Vec<String> = Vec::with_capacity(split.len());
    for word in split {
        let stem = word.strip_suffix("js").filter(|stem| stem.len() > 2);
        push_joined(&mut words, singular(stem.unwrap_or(&word)));
        if stem.is_some() {
            words.push("js".to_owned());
        }
    }
    words
}

/// Adds a word, or makes a compound of it and the last one.
fn push_joined(words: &mut Vec<String>, word: String) {
    match words.last_mut() {
        Some(last) if COMPOUNDS.contains(&(last.as_str(), word.as_str())) => last.push_str(&word),
        Some(last) if last == "dot" && word == "net" => *last = ".net".to_owned(),
        _ => {
            let spelling = SPELLINGS.iter().find(|(spelling, _)| *spelling == word);
            words.push(spelling.map_or(word, |(_, name)| (*name).to_owned()));
        }
    }
}

/// The word without its plural ending; short words, and words that only look like plurals, stay.
fn singular(word: &str) -> String {
    if word == "ops" {
        return "op".to_owned();
    }
    let looks_plural = ["ss", "us", "is"].iter().all(|end| !word.ends_with(end));
    if word.len() <= 3 || !looks_plural {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let has_extra_vowel = ["sses", "shes", "ches", "xes"]
        .iter()
        .any(|end| word.ends_with(end));
    let stem = word.strip_suffix('s').unwrap_or(word);
    let stem = if has_extra_vowel {
        stem.strip_suffix('e').unwrap_or(stem)
    } else {
        stem
    };
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_accents_punctuation_and_plurals_make_no_difference() {
        let same = [
            ("Data   Scientists!", "data scientist"),
            ("Développeur — Montréal", "developpeur montreal"),
            ("De\u{301}veloppeur", "developpeur"),
            ("ＭＬ Engineer", "ml engineer"),
            ("bachelor's / master’s", "bachelor master"),
            (
                "technologies, matches, classes, indexes",
                "technology match class index",
            ),
            ("business analysis of status", "business analysis of status"),
            ("Łódź, Straße", "lodz strasse"),
            ("数据", "shu ju"),
            ("#abcde", "abcde"),
        ];
        for (text, expected) in same {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn names_whose_marks_mean_something_keep_them() {
        let kept = [
            ("C++, C# and .NET", "c++ c# and .net"),
            ("cpp csharp dotnet dot net", "c++ c# .net .net"),
            ("ASP.NET", "asp .net"),
            ("internet. network", "internet network"),
            ("CI/CD, CI CD, CICD", "cicd cicd cicd"),
            ("U.S. of U.S.A.", "us of usa"),
            ("AT&T R&D", "att rd"),
            ("10+ years", "10 year"),
            ("Node.js nodejs", "node js node js"),
        ];
        for (text, expected) in kept {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_compound_reads_the_same_joined_split_and_hyphenated() {
        for spelling in ["Back-End", "back end", "BackEnd", "backends"] {
            assert_eq!(words(spelling), ["backend"], "{spelling}");
        }
        for spelling in ["DevOps", "dev ops", "Dev-Ops"] {
            assert_eq!(words(spelling), ["devop"], "{spelling}");
        }
        assert_eq!(
            words("full stack micro-services"),
            ["fullstack", "microservice"]
        );
    }

    #[test]
    fn text_without_letters_or_digits_has_no_words() {
        for text in ["", "  ", "🙂", "👩\u{200d}💻", "?!… —", "\u{0}\u{7f}", "’"] {
            assert_eq!(words(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn the_fillers_are_sorted_so_that_they_can_be_searched() {
        assert!(FILLERS.is_sorted());
        assert!(is_filler("the") && is_filler("job") && !is_filler("data"));
    }

    #[test]
    fn a_name_is_one_whatever_its_case_accents_punctuation_and_spaces() {
        assert_eq!(
            super::name("Données — Ingénieur (NoSQL)"),
            "donneesingenieurnosql"
        );
        assert_eq!(super::name("E\u{301}tude"), super::name("étude"));
        assert_eq!(super::name("Node.js"), super::name("node JS"));
        assert_ne!(super::name("C++"), super::name("C#"));
        assert_ne!(super::name("C"), super::name("C++"));
        assert_ne!(super::name("是"), super::name("市"));
    }

    #[test]
    fn a_cut_text_ends_between_characters() {
        assert_eq!(cut("héllo", 2), "hé");
        assert_eq!(cut("hé", 2), "hé");
        assert_eq!(cut("", 2), "");
    }

    proptest! {
        #[test]
        fn any_text_folds_to_short_words_of_few_letters(text in any::<String>()) {
            for word in words(&text) {
                prop_assert!(!word.is_empty() && word.len() <= LONGEST_WORD);
                prop_assert!(word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'#' | b'.')));
            }
        }
    }
}
