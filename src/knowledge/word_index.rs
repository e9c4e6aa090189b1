//! Which of many texts hold a word: as it stands, by its beginning, or by a word that it may be a slip of.

use std::collections::HashMap;
use std::ops::Range;

use super::typos;

/// Words of more letters are looked for as they stand: typos in them are rare.
const LONGEST_MISTYPED: usize = 24;

/// The different folded words of many texts in the order of the alphabet, each with the places where it stands.
#[derive(Debug, Default)]
pub struct WordIndex {
    words: Vec<Box<str>>,
    /// Which letters each word has, so that most others need not be compared.
    letters: Vec<Letters>,
    /// Where the places of each word begin, and after the last word where they end.
    starts: Vec<u32>,
    places: Vec<u32>,
}

/// Numbers the words of an index that is being made.
#[derive(Debug, Default)]
pub struct Builder {
    numbers: HashMap<Box<str>, u32>,
}

impl Builder {
    /// The number of a folded word.
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).expect("fewer words than bytes of memory");
        self.numbers.insert(word.into(), number);
        number
    }

    /// The numbers of folded words, in order.
    pub fn numbers<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) -> Box<[u32]> {
        let words = words.into_iter();
        words.map(|word| self.number(word)).collect()
    }

    /// The index. `each` names every word by its number and the place where it stands, place by place, and is asked twice.
    pub fn finish(self, each: impl Fn(&mut dyn FnMut(u32, u32))) -> WordIndex {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        words.sort_unstable();
        let mut next = vec![0_u32; words.len()];
        each(&mut |number, _| next[number as usize] += 1);
        let mut starts = Vec::with_capacity(words.len() + 1);
        let mut end = 0;
        for (_, number) in &words {
            starts.push(end);
            let count = std::mem::replace(&mut next[*number as usize], end);
            end += count;
        }
        starts.push(end);
        let mut places = vec![0; end as usize];
        each(&mut |number, place| {
            let next = &mut next[number as usize];
            places[*next as usize] = place;
            *next += 1;
        });
        let words: Vec<Box<str>> = words.into_iter().map(|(word, _)| word).collect();
        WordIndex {
            letters: words.iter().map(|word| Letters::of(word)).collect(),
            words,
            starts,
            places,
        }
    }
}

impl WordIndex {
    /// The places of this word.
    pub fn whole(&self, word: &str) -> &[u32] {
        let found = self.words.binary_search_by(|known| (**known).cmp(word));
        found.map_or(&[], |number| self.places_of(number))
    }

    /// The places of every word that begins so, the word itself among them, word by word.
    pub fn begun(&self, beginning: &str) -> impl Iterator<Item = &[u32]> {
        self.beginning_so(beginning)
            .map(|number| self.places_of(number))
    }

    /// The places of every word that this may be a slip of, word by word; not of the word itself. As many typos are
    /// forgiven as both words allow.
    pub fn mistyped(&self, word: &str) -> impl Iterator<Item = &[u32]> {
        let typed = typos::Typed::new(word);
        let letters = Letters::of(word);
        let allowed = typos::allowance(word);
        let compared = if word.len() > LONGEST_MISTYPED {
            0
        } else {
            self.words.len()
        };
        (0..compared)
            .filter(move |&number| {
                let known = &self.words[number];
                let most = allowed.min(typos::allowance(known));
                letters.may_be_within(self.letters[number], most)
                    && typed
                        .errors(known)
                        .is_some_and(|errors| (1..=most).contains(&errors))
            })
            .map(|number| self.places_of(number))
    }

    fn beginning_so(&self, beginning: &str) -> Range<usize> {
        let from = self.words.partition_point(|word| **word < *beginning);
        let fitting = self.words[from..].iter();
        from..from
            + fitting
                .take_while(|word| word.starts_with(beginning))
                .count()
    }

    fn places_of(&self, number: usize) -> &[u32] {
        &self.places[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

/// The set of letters of a folded word, a bit each.
#[derive(Debug, Clone, Copy)]
struct Letters(u32);

impl Letters {
    fn of(word: &str) -> Self {
        let bits = word.bytes().filter(u8::is_ascii_lowercase);
        Self(bits.fold(0, |bits, letter| bits | 1 << (letter - b'a')))
    }

    /// Every letter that only one of two words has takes at least one typo.
    fn may_be_within(self, other: Self, most: usize) -> bool {
        let only = |a: u32, b: u32| (a & !b).count_ones() as usize;
        only(self.0, other.0) <= most && only(other.0, self.0) <= most
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NONE: [u32; 0] = [];

    fn index(texts: &[&str]) -> WordIndex {
        let mut builder = Builder::default();
        let texts: Vec<_> = texts
            .iter()
            .map(|text| builder.numbers(text.split_whitespace()))
            .collect();
        builder.finish(|add| {
            for (place, text) in (0..).zip(&texts) {
                text.iter().for_each(|word| add(*word, place));
            }
        })
    }

    fn sorted<'i>(places: impl Iterator<Item = &'i [u32]>) -> Vec<u32> {
        let mut places: Vec<u32> = places.flatten().copied().collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn a_word_is_found_where_it_stands_by_its_beginning_and_with_typos() {
        let index = index(&["data engineer", "engineering data", "date", "pioneer"]);
        assert_eq!(index.whole("data"), [0, 1]);
        assert_eq!(index.whole("dat"), NONE);
        assert_eq!(sorted(index.begun("engin")), [0, 1]);
        assert_eq!(sorted(index.begun("d")), [0, 1, 2]);
        assert_eq!(sorted(index.begun("x")), NONE);
        assert_eq!(sorted(index.mistyped("data")), [2]);
        assert_eq!(sorted(index.mistyped("enigneer")), [0]);
        assert_eq!(sorted(index.mistyped("engineer")), NONE);
    }

    #[test]
    fn long_words_forgive_two_typos_short_ones_none() {
        let index = index(&["engineer", "sql", "data"]);
        let found = |typed| sorted(index.mistyped(typed));
        assert_eq!(found("enginere"), [0]);
        assert_eq!(found("enigneeer"), [0]);
        assert_eq!(found("einginrr"), NONE);
        assert_eq!(found("dtaa"), [2]);
        assert_eq!(found("sqk"), NONE);
        assert_eq!(found(&"e".repeat(25)), NONE);
    }

    #[test]
    fn an_index_of_nothing_finds_nothing() {
        let index = index(&[]);
        assert_eq!(index.whole("data"), NONE);
        assert_eq!(sorted(index.begun("da")), NONE);
        assert_eq!(sorted(index.mistyped("data")), NONE);
    }

    proptest! {
        #[test]
        fn no_word_within_the_typos_is_passed_over(words in prop::collection::vec("[a-e+]{1,9}", 0..8), typed in "[a-e]{1,9}") {
            let texts: Vec<&str> = words.iter().map(String::as_str).collect();
            let typos = typos::Typed::new(&typed);
            let near = |word: &&str| typos.errors(word).is_some_and(|errors| errors > 0 && errors <= typos::allowance(&typed));
            let expected: Vec<u32> = (0..).zip(&texts).filter(|(_, word)| near(word)).map(|(place, _)| place).collect();
            prop_assert_eq!(sorted(index(&texts).mistyped(&typed)), expected);
        }
    }
}
