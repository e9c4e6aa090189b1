//! The different texts of one field of the listings (companies, locations): counted, filtered, completed.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::word_index::{Builder, WordIndex};
use super::{fold, typos};

/// Longer texts are cut before they are compared.
const LONGEST_TYPED: usize = 200;

/// The different texts, most frequent first, then by name; texts that fold alike are one.
#[derive(Debug, Default)]
pub struct Distinct {
    counted: Vec<(String, usize)>,
    /// Folded words of each text, with spaces between them.
    folded: Vec<Box<str>>,
    /// The texts that hold a word.
    words: WordIndex,
}

/// The texts of one field, listing by listing.
pub struct Column {
    /// The different texts.
    pub distinct: Distinct,
    /// For each listing the place of its text among them.
    pub places: Vec<Option<u32>>,
}

impl Column {
    /// The folded words of a listing's text, with spaces between them; empty where it has none.
    pub fn folded(&self, listing: usize) -> &str {
        self.places[listing].map_or("", |place| &self.distinct.folded[place as usize])
    }
}

impl Distinct {
    /// Counts the texts of a field, listing by listing. `fold` makes a text's words.
    pub fn column<'t>(
        texts: impl Iterator<Item = Option<&'t str>>,
        fold: impl Fn(&str) -> Vec<String>,
    ) -> Column {
        let mut spellings: HashMap<&str, usize> = HashMap::new();
        let mut keys: HashMap<String, usize> = HashMap::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut group_of = |text: &'t str| {
            let group = *spellings.entry(text).or_insert_with(|| {
                *keys.entry(key(text)).or_insert_with(|| {
                    groups.push(Group::new(text, &fold));
                    groups.len() - 1
                })
            });
            groups[group].count += 1;
            group
        };
        let group_of: Vec<_> = texts.map(|text| text.map(&mut group_of)).collect();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by_key(|&group| (Reverse(groups[group].count), groups[group].text));
        let mut places = vec![0_u32; groups.len()];
        let mut distinct = Self::default();
        for (place, group) in (0..).zip(order) {
            places[group] = place;
            let group = &mut groups[group];
            distinct.counted.push((group.text.to_owned(), group.count));
            distinct.folded.push(std::mem::take(&mut group.folded));
        }
        distinct.index();
        let place_of = |group: Option<usize>| group.map(|group| places[group]);
        Column {
            distinct,
            places: group_of.into_iter().map(place_of).collect(),
        }
    }

    fn index(&mut self) {
        let mut builder = Builder::default();
        let texts: Vec<_> = self
            .folded
            .iter()
            .map(|text| builder.numbers(text.split_whitespace()))
            .collect();
        self.words = builder.finish(|add| {
            for (place, words) in (0..).zip(&texts) {
                words.iter().for_each(|word| add(*word, place));
            }
        });
    }

    /// The folded words of each text, with spaces between them.
    pub fn folded(&self) -> impl Iterator<Item = &str> {
        self.folded.iter().map(|text| &**text)
    }

    /// The text that is meant where one alone is: the one that folds to the same words, or the only one that holds them.
    pub fn named(&self, typed: &str) -> Option<&str> {
        let words = fold::words(fold::cut(typed, LONGEST_TYPED)).join(" ");
        let mut held = self.places_holding(typed);
        let (first, more) = (held.next()?, held.next().is_some());
        let whole = || {
            self.places_holding(typed)
                .find(|place| *self.folded[*place] == *words)
        };
        let place = if more { whole()? } else { first };
        Some(&self.counted[place].0)
    }

    /// Every text with how often it stands there.
    pub fn counted(&self) -> &[(String, usize)] {
        &self.counted
    }

    /// For each text whether every typed word begins one of its words; no text holds a typed text without words.
    pub fn holding(&self, typed: &str) -> Vec<bool> {
        let typed = fold::words(fold::cut(typed, LONGEST_TYPED));
        let mut held = vec![0; self.folded.len()];
        for (before, word) in typed.iter().enumerate() {
            for place in self.words.begun(word).flatten() {
                let held = &mut held[*place as usize];
                if *held == before {
                    *held = before + 1;
                }
            }
        }
        held.into_iter()
            .map(|held| !typed.is_empty() && held == typed.len())
            .collect()
    }

    fn places_holding(&self, typed: &str) -> impl Iterator<Item = usize> {
        let held = self.holding(typed).into_iter().enumerate();
        held.filter_map(|(place, held)| held.then_some(place))
    }

    /// Texts that what was typed so far may become, best first; the most frequent ones for an empty text.
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<&str> {
        let words = fold::words(fold::cut(typed.trim(), LONGEST_TYPED));
        if words.is_empty() && !typed.trim().is_empty() {
            return Vec::new();
        }
        let mut ranked = self.ranked(|text| rank(text, &words));
        if ranked.is_empty() {
            let comparers: Vec<_> = words.iter().map(|word| typos::Typed::new(word)).collect();
            ranked = self.ranked(|text| mistyped(text, &comparers).then_some(0));
        }
        let texts = ranked.into_iter().take(limit);
        texts
            .map(|(_, place)| self.counted[place].0.as_str())
            .collect()
    }

    fn ranked(&self, rank: impl Fn(&str) -> Option<u8>) -> Vec<(u8, usize)> {
        let ranks = self.folded.iter().map(|text| rank(text));
        let mut ranked: Vec<_> = ranks
            .enumerate()
            .filter_map(|(place, rank)| Some((rank?, place)))
            .collect();
        ranked.sort_unstable();
        ranked
    }
}

/// Texts that fold alike.
struct Group<'t> {
    text: &'t str,
    count: usize,
    folded: Box<str>,
}

impl<'t> Group<'t> {
    fn new(text: &'t str, fold: impl Fn(&str) -> Vec<String>) -> Self {
        Self {
            text,
            count: 0,
            folded: fold(text).join(" ").into(),
        }
    }
}

/// Texts with the same key are the same.
fn key(text: &str) -> String {
    let folded = fold::words(text).join(" ");
    if folded.is_empty() {
        text.to_owned()
    } else {
        folded
    }
}

fn holds_words(text: &str, typed: &[String]) -> bool {
    typed
        .iter()
        .all(|typed| text.split(' ').any(|word| word.starts_with(typed.as_str())))
}

/// The whole text, its beginning, the beginnings of its words.
fn rank(text: &str, typed: &[String]) -> Option<u8> {
    let whole = typed.join(" ");
    if text == whole {
        Some(0)
    } else if text.starts_with(&whole) {
        Some(1)
    } else {
        holds_words(text, typed).then_some(2)
    }
}

fn mistyped(text: &str, typed: &[typos::Typed<'_>]) -> bool {
    typed.iter().all(|typed| {
        text.split(' ').any(|word| {
            word.starts_with(typed.word())
                || typed.errors(word).is_some()
                || typed.errors_in_prefix(word).is_some()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cities() -> Distinct {
        let cities = [
            "Lyon", "Zürich", "Oslo", "zurich", "New York", "Newark", "Oslo",
        ];
        Distinct::column(cities.into_iter().map(Some).chain([None]), fold::words).distinct
    }

    #[test]
    fn texts_that_fold_alike_are_counted_as_one_under_their_first_spelling() {
        let column = Distinct::column(
            [Some("Oslo"), None, Some("Bern"), Some("OSLO")].into_iter(),
            fold::words,
        );
        assert_eq!(
            column.distinct.counted(),
            [("Oslo".to_owned(), 2), ("Bern".to_owned(), 1)]
        );
        assert_eq!(column.places, [Some(0), None, Some(1), Some(0)]);
    }

    #[test]
    fn the_most_frequent_come_first_then_the_alphabet() {
        let expected = ["Oslo", "Zürich", "Lyon", "New York", "Newark"];
        assert_eq!(cities().complete("", 25), expected);
        assert_eq!(cities().complete("  ", 2), expected[..2]);
    }

    #[test]
    fn a_text_is_completed_from_its_beginning_its_words_and_with_typos() {
        let cities = cities();
        assert_eq!(cities.complete("new", 25), ["New York", "Newark"]);
        assert_eq!(cities.complete("york", 25), ["New York"]);
        assert_eq!(cities.complete("york new", 25), ["New York"]);
        assert_eq!(cities.complete("ZUERICH", 25), ["Zürich"]);
        assert_eq!(cities.complete("yrok", 25), ["New York"]);
        assert_eq!(cities.complete("tokyo", 25), Vec::<&str>::new());
        assert_eq!(cities.complete("🙂", 25), Vec::<&str>::new());
    }

    #[test]
    fn a_filter_holds_words_by_their_beginning_in_any_order() {
        let held = |typed| {
            let cities = cities();
            let held = cities.holding(typed);
            let names = cities.counted().iter().zip(held);
            names
                .filter(|(_, held)| *held)
                .map(|((name, _), _)| name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(held("york new"), ["New York"]);
        assert_eq!(held("NEW"), ["New York", "Newark"]);
        assert_eq!(held("new oslo"), Vec::<String>::new());
        assert_eq!(held("?!"), Vec::<String>::new());
    }
}
