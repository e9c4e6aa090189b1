//! A part of the matches in order, without putting all of them in order.

use std::ops::Range;

/// A key for each match, all different: the less, the earlier; the lower half is the rank of the row.
#[derive(Debug, Default)]
pub(super) struct Keys(Vec<u64>);

impl Keys {
    /// Adds a match.
    pub fn push(&mut self, key: u64) {
        self.0.push(key);
    }

    /// How many match.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The ranks of this part of the matches in order, as far as there are so many.
    pub fn part(mut self, part: Range<usize>) -> Vec<u32> {
        let end = part.end.min(self.0.len());
        let from = part.start.min(end);
        if from == end {
            return Vec::new();
        }
        if !self.0.is_sorted() {
            if end < self.0.len() {
                self.0.select_nth_unstable(end);
                self.0.truncate(end);
            }
            self.0.select_nth_unstable(from);
            self.0[from..].sort_unstable();
        }
        self.0[from..end].iter().map(|key| rank(*key)).collect()
    }

    /// Where in the order the match with this rank stands.
    pub fn position(&self, wanted: u32) -> Option<usize> {
        let key = self.0.iter().find(|key| rank(**key) == wanted)?;
        Some(self.0.iter().filter(|other| *other < key).count())
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the lower half is meant")]
fn rank(key: u64) -> u32 {
    key as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_part_is_that_part_of_all_keys_in_order(
            keys in prop::collection::hash_set((0..4_u64, 0..500_u32), 0..80),
            from in 0..90_usize,
            count in 0..10_usize,
        ) {
            let mut ranks = std::collections::HashSet::new();
            let keys = keys.into_iter().filter(|(_, rank)| ranks.insert(*rank));
            let unordered: Vec<u64> = keys.map(|(quality, rank)| quality << 32 | u64::from(rank)).collect();
            let mut ordered = unordered.clone();
            ordered.sort_unstable();
            let ordered: Vec<u32> = ordered.into_iter().map(rank).collect();
            for (place, rank) in ordered.iter().enumerate() {
                prop_assert_eq!(Keys(unordered.clone()).position(*rank), Some(place));
            }
            let expected: Vec<u32> = ordered.into_iter().skip(from).take(count).collect();
            prop_assert_eq!(Keys(unordered).part(from..from + count), expected);
        }
    }
}
