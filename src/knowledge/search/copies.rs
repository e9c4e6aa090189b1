//! Listings that are the same one: of these the newest that is open stands for all.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::civil::Date;

use super::rows::Row;
use crate::knowledge::{Job, links};

/// Notes in each row what its newer copies mean for it. Copies have the same title (given by number), and the same
/// company and location or the same link.
pub(super) fn fold<'j>(rows: &mut [Row], listing: impl Fn(usize) -> (&'j Job, u32)) {
    let mut same = Same((0..rows.len()).collect());
    same.join_by(|row| {
        let (_, title) = listing(row);
        Some((title, rows[row].company, rows[row].location))
    });
    same.join_by(|row| {
        let (job, title) = listing(row);
        job.url.as_deref().map(|link| (title, links::bare(link)))
    });
    // The last open day of the copies so far, by the newest of them.
    let mut so_far: HashMap<usize, Date> = HashMap::new();
    for row in 0..rows.len() {
        let newest = same.first(row);
        if newest != row {
            let newer = so_far.entry(newest).or_insert(rows[newest].last);
            rows[row].hidden_until = *newer;
            rows[row].all_until = Date::MAX;
            *newer = rows[row].last.max(*newer);
        }
    }
    for (newest, until) in so_far {
        rows[newest].all_until = until;
    }
}

/// Which rows are the same: each one leads to an earlier one, the first to itself.
struct Same(Vec<usize>);

impl Same {
    /// Joins the rows that have the same key.
    fn join_by<K: Eq + Hash>(&mut self, key: impl Fn(usize) -> Option<K>) {
        let mut first_with = HashMap::new();
        for row in 0..self.0.len() {
            if let Some(key) = key(row) {
                let other = *first_with.entry(key).or_insert(row);
                let (a, b) = (self.first(other), self.first(row));
                self.0[a.max(b)] = a.min(b);
            }
        }
    }

    fn first(&mut self, row: usize) -> usize {
        let mut first = row;
        while self.0[first] != first {
            self.0[first] = self.0[self.0[first]];
            first = self.0[first];
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_leads_to_the_first() {
        let mut same = Same((0..6).collect());
        same.join_by(|row| [Some(5), None, Some(7), Some(5), Some(7), None][row]);
        same.join_by(|row| [None, Some(1), Some(2), Some(2), None, None][row]);
        let firsts: Vec<usize> = (0..6).map(|row| same.first(row)).collect();
        assert_eq!(firsts, [0, 1, 0, 0, 0, 5]);
    }
}
