//! Listings that are the same one: of these the newest that is open stands for all.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use jiff::civil::Date;

use super::rows::Row;
use crate::knowledge::Job;

/// What in a link's query says only where it was found.
const TRACKING: &[&str] = &["utm_", "gh_src=", "lever-source", "lever-origin"];

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
        job.url.as_deref().map(|link| (title, bare(link)))
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

/// A link without what makes no difference: its scheme, `www.`, a fragment, a slash at the end, where it was found.
fn bare(link: &str) -> Cow<'_, str> {
    let link = link.split_once("://").map_or(link, |(_, rest)| rest);
    let link = link.strip_prefix("www.").unwrap_or(link);
    let link = link.split_once('#').map_or(link, |(link, _)| link);
    let Some((page, query)) = link.split_once('?') else {
        return link.trim_end_matches('/').into();
    };
    let says =
        |part: &&str| !part.is_empty() && !TRACKING.iter().any(|name| part.starts_with(name));
    let kept: Vec<&str> = query.split('&').filter(says).collect();
    let page = page.trim_end_matches('/');
    if kept.is_empty() {
        page.into()
    } else {
        format!("{page}?{}", kept.join("&")).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_to_the_same_page_are_alike() {
        let same = [
            ("https://www.example.com/jobs/1/", "example.com/jobs/1"),
            (
                "http://example.com/jobs/1?utm_source=x&gh_src=y#apply",
                "example.com/jobs/1",
            ),
            (
                "https://example.com/jobs?id=1&utm_medium=z",
                "example.com/jobs?id=1",
            ),
            ("https://example.com/jobs?id=2", "example.com/jobs?id=2"),
            ("example.com", "example.com"),
        ];
        for (link, expected) in same {
            assert_eq!(bare(link), expected, "{link}");
        }
    }

    #[test]
    fn what_is_joined_leads_to_the_first() {
        let mut same = Same((0..6).collect());
        same.join_by(|row| [Some(5), None, Some(7), Some(5), Some(7), None][row]);
        same.join_by(|row| [None, Some(1), Some(2), Some(2), None, None][row]);
        let firsts: Vec<usize> = (0..6).map(|row| same.first(row)).collect();
        assert_eq!(firsts, [0, 1, 0, 0, 0, 5]);
    }
}
