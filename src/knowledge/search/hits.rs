//! Which words of a search each row holds, and how.
//!
//! A match is weighed by where and how each word stands, not by how rare it is: in a few short listings a rare word of a
//! company's name would otherwise outweigh a common one of a title. How senior somebody is says less than the rest.

use super::rows::Rows;
use super::text::Field;
use crate::knowledge::mentions::{Mentions, NameKind};
use crate::knowledge::titles;
use crate::knowledge::word_index::WordIndex;

/// Beginnings of fewer letters fit too many words.
const SHORTEST_BEGINNING: usize = 2;

/// How a row holds words; the default holds none. Each word has a bit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hit {
    whole: u16,
    begun: u16,
    mistyped: u16,
    in_title: u16,
    /// The higher the better: title over company over the rest, and any place as typed over any place by a typo.
    pub weight: u16,
    /// What the word that was marked last weighs.
    last: u16,
}

impl Hit {
    /// How many words it holds.
    pub fn matched(self) -> usize {
        (self.whole | self.begun | self.mistyped).count_ones() as usize
    }

    /// How many of them as they were typed, the last one perhaps unfinished.
    pub fn typed(self) -> usize {
        (self.whole | self.begun).count_ones() as usize
    }

    /// How many of them as they were typed, and finished.
    pub fn whole(self) -> usize {
        self.whole.count_ones() as usize
    }

    /// How many of them as they were typed in the title.
    pub fn in_title(self) -> usize {
        self.in_title.count_ones() as usize
    }
}

/// How a word was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Whole,
    /// By a name of the listing's career.
    Career,
    Begun,
    Mistyped,
}

impl Comparison {
    const fn weight(self, field: Field) -> u16 {
        match (self, field) {
            (Self::Whole, Field::Title) => 32,
            (Self::Career, _) => 31,
            (Self::Whole, Field::Company) => 16,
            (Self::Whole, Field::Rest) => 8,
            (Self::Begun, Field::Title) => 6,
            (Self::Begun, Field::Company) => 5,
            (Self::Begun, Field::Rest) => 4,
            (Self::Mistyped, Field::Title) => 3,
            (Self::Mistyped, Field::Company) => 2,
            (Self::Mistyped, Field::Rest) => 1,
        }
    }
}

/// The rows' hits for the words of one search.
pub(super) struct Hits<'s> {
    text: &'s WordIndex,
    words: &'s [String],
    /// What the weight of a word is divided by.
    shares: Vec<u16>,
    rows: Vec<Hit>,
}

impl<'s> Hits<'s> {
    /// Nothing marked yet; at most 16 different folded words.
    pub fn new(text: &'s WordIndex, rows: &Rows, words: &'s [String]) -> Self {
        let rows = vec![Hit::default(); rows.numbers().len()];
        let share = |word: &String| if titles::is_seniority(word) { 2 } else { 1 };
        Self {
            text,
            words,
            shares: words.iter().map(share).collect(),
            rows,
        }
    }

    /// How many words are searched for.
    pub fn asked(&self) -> usize {
        self.words.len()
    }

    /// How many words they are with every short form written out.
    pub fn asked_in_full(&self) -> usize {
        titles::written_out(self.words).len()
    }

    /// The rows that hold at least so many words, in order.
    pub fn holding(&self, least: usize) -> impl Iterator<Item = (u32, Hit)> {
        let rows = (0..).zip(&self.rows);
        rows.filter(move |(_, hit)| hit.matched() >= least)
            .map(|(row, hit)| (row, *hit))
    }

    /// Marks the rows that hold the words as they were typed, and those of a career that the words name.
    pub fn mark_whole(&mut self, listings: &Rows, mentions: &Mentions) {
        let mut named: Vec<Vec<&[u32]>> = vec![Vec::new(); self.words.len()];
        for mention in mentions.careers(self.words) {
            if matches!(mention.kind, NameKind::Own | NameKind::Field) {
                let rows = mention
                    .careers
                    .iter()
                    .map(|career| listings.of_career(career));
                for rows in rows {
                    named[mention.at.clone()]
                        .iter_mut()
                        .for_each(|word| word.push(rows));
                }
            }
        }
        for (number, careers) in (0..).zip(named) {
            let places = self.text.whole(&self.words[number as usize]);
            self.mark(places, number, Comparison::Whole);
            for row in careers.into_iter().flatten() {
                self.mark_row(*row, Field::Rest, number, Comparison::Career);
            }
        }
    }

    /// Marks the rows that hold a word that begins as the last one. Whether there is any.
    pub fn mark_begun(&mut self) -> bool {
        let last = (0..).zip(self.words).last();
        let Some((number, last)) = last.filter(|(_, word)| word.len() >= SHORTEST_BEGINNING) else {
            return false;
        };
        let text = self.text;
        let whole = text.whole(last).len();
        let mut found = 0;
        for places in text.begun(last) {
            found += places.len();
            self.mark(places, number, Comparison::Begun);
        }
        found > whole
    }

    /// Marks the rows that hold what a word may be a slip of, where fewer than `enough` hold it. Whether there is any.
    pub fn mark_mistyped(&mut self, enough: usize) -> bool {
        let text = self.text;
        let mut found = false;
        for (number, word) in (0..).zip(self.words) {
            if text.whole(word).len() < enough {
                for places in text.mistyped(word) {
                    found = true;
                    self.mark(places, number, Comparison::Mistyped);
                }
            }
        }
        found
    }

    fn mark(&mut self, places: &[u32], number: u32, comparison: Comparison) {
        for place in places {
            let (row, field) = Field::read(*place);
            self.mark_row(row, field, number, comparison);
        }
    }

    /// Of several places of a word the heaviest counts.
    fn mark_row(&mut self, row: u32, field: Field, number: u32, comparison: Comparison) {
        let hit = &mut self.rows[row as usize];
        let word = 1 << number;
        let (now, before) = match comparison {
            Comparison::Whole | Comparison::Career => (&mut hit.whole, 0),
            Comparison::Begun => (&mut hit.begun, hit.whole),
            Comparison::Mistyped => (&mut hit.mistyped, hit.whole | hit.begun),
        };
        if before & word != 0 {
            return;
        }
        if *now & word == 0 {
            hit.last = 0;
        }
        *now |= word;
        if comparison == Comparison::Whole && field == Field::Title {
            hit.in_title |= word;
        }
        let weight = comparison.weight(field) / self.shares[number as usize];
        if weight > hit.last {
            hit.weight += weight - hit.last;
            hit.last = weight;
        }
    }
}
