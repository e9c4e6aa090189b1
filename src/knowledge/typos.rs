//! How far a mistyped word may be from the word that was meant.

use rapidfuzz::distance::osa;

/// How many wrong, missing, extra or swapped letters are forgiven in this (folded, true) word.
pub fn allowance(word: &str) -> usize {
    match word.len() {
        _ if !word.bytes().all(|byte| byte.is_ascii_lowercase()) => 0,
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// A typed (folded) word, ready to be compared with many true words.
pub struct Typed<'t> {
    word: &'t str,
    letters: osa::BatchComparator<u8>,
}

impl<'t> Typed<'t> {
    /// Prepares a folded word.
    pub fn new(word: &'t str) -> Self {
        Self {
            word,
            letters: osa::BatchComparator::new(word.bytes()),
        }
    }

    /// The typed word.
    pub fn word(&self) -> &str {
        self.word
    }

    /// How many letters are wrong where this is a mistyped `word`; none where it is too far from it.
    pub fn errors(&self, word: &str) -> Option<usize> {
        self.within(word, allowance(word))
    }

    /// The same for the beginning of a longer word that is still being typed.
    pub fn errors_in_prefix(&self, word: &str) -> Option<usize> {
        let beginning = word.get(..self.word.len())?;
        self.within(beginning, allowance(beginning).min(1))
    }

    fn within(&self, word: &str, most: usize) -> Option<usize> {
        if most == 0 || self.word.len() < 3 || self.word.len().abs_diff(word.len()) > most {
            return None;
        }
        self.letters
            .distance_with_args(word.bytes(), &osa::Args::default().score_cutoff(most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_words_forgive_more() {
        let errors = [
            ("sre", "sra", None),
            ("data", "dta", Some(1)),
            ("data", "dtaa", Some(1)),
            ("data", "beta", None),
            ("manager", "manger", Some(1)),
            ("product", "project", None),
            ("engineer", "enginer", Some(1)),
            ("engineer", "egninere", Some(2)),
            ("engineer", "pioneer", None),
            ("scientist", "sceintits", Some(2)),
            ("web3", "web4", None),
            ("data", "data", Some(0)),
        ];
        for (word, typed, expected) in errors {
            assert_eq!(
                Typed::new(typed).errors(word),
                expected,
                "{typed} for {word}"
            );
        }
    }

    #[test]
    fn the_beginning_of_a_word_forgives_one_wrong_letter() {
        assert_eq!(Typed::new("machni").errors_in_prefix("machine"), Some(1));
        assert_eq!(Typed::new("mach").errors_in_prefix("machine"), Some(0));
        assert_eq!(Typed::new("architect").errors_in_prefix("arc"), None);
    }
}
