//! Checks that many keys share: texts, lists, links, currencies, years, ids.

use std::collections::HashMap;
use std::ops::Range;

use super::report::InFile;
use super::words::{grouped, is_kebab, quote, slug};
use crate::knowledge::fold;
use crate::knowledge::format::limits::{FIRST_YEAR, ID, LAST_YEAR, LINK};
use crate::knowledge::format::{At, Day, Text, Texts};

impl InFile<'_, '_> {
    /// A text of one line. Gives it trimmed.
    pub fn line(&mut self, text: &Text, what: &str, most: usize) -> String {
        if text.trim().contains(|letter: char| letter.is_control()) {
            self.error(
                text.span(),
                format!("{what} takes one line of text"),
                "take out line breaks, tabs and other control characters",
            );
        }
        self.prose(text, what, most)
    }

    /// A text of any number of lines. Gives it trimmed.
    pub fn prose(&mut self, text: &Text, what: &str, most: usize) -> String {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            self.error(
                text.span(),
                format!("{what} is empty"),
                "write something, or take it out",
            );
        }
        let length = trimmed.chars().count();
        if length > most {
            let (length, most) = (grouped(length), grouped(most));
            self.error(
                text.span(),
                format!("{what} is {length} characters long"),
                format!("shorten it: at most {most} fit"),
            );
        }
        if let Some(ping) = ["@everyone", "@here", "<@"]
            .into_iter()
            .find(|ping| trimmed.contains(ping))
        {
            self.warning(
                text.span(),
                format!("{what} contains `{ping}`"),
                "it is shown as plain text and pings nobody; leave it out if it was not meant",
            );
        }
        trimmed.to_owned()
    }

    /// A text of one line, if there is one.
    pub fn line_if(&mut self, text: Option<&Text>, what: &str, most: usize) -> Option<String> {
        text.map(|text| self.line(text, what, most))
    }

    /// A list of texts of one line each. Gives them trimmed.
    pub fn lines(&mut self, list: Option<&Texts>, what: &str, most: usize) -> Vec<String> {
        let Some(list) = list else {
            return Vec::new();
        };
        self.not_empty(list.is_empty(), list.span(), what);
        let item = format!("an item of {what}");
        let texts: Vec<String> = list
            .iter()
            .map(|text| self.line(text, &item, most))
            .collect();
        let spans = list.iter().map(At::span);
        self.no_twins(what, texts.iter().map(String::as_str).zip(spans));
        texts
    }

    /// A list or table that is there must hold something.
    pub fn not_empty(&mut self, empty: bool, span: Range<usize>, what: &str) {
        if empty {
            let help = "take it out, or put something in";
            self.error(span, format!("{what} is empty"), help);
        }
    }

    /// Nothing stands twice in a list; case, accents, punctuation and spaces make no difference.
    pub fn no_twins<'t>(
        &mut self,
        what: &str,
        items: impl Iterator<Item = (&'t str, Range<usize>)>,
    ) {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (item, span) in items {
            let folded = fold::name(item);
            if folded.is_empty() {
                continue;
            }
            match seen.get(&folded) {
                Some(first) if *first == item => {
                    let message = format!("{} stands twice in {what}", quote(item));
                    self.error(span, message, "keep one of the two");
                }
                Some(first) => {
                    let message = format!(
                        "{} and {} in {what} are the same",
                        quote(first),
                        quote(item)
                    );
                    let help = "keep one of the two: case, accents, punctuation and spaces make no difference";
                    self.error(span, message, help);
                }
                None => {
                    seen.insert(folded, item);
                }
            }
        }
    }

    /// A link that Discord takes.
    pub fn link(&mut self, link: Option<&Text>, what: &str) -> Option<String> {
        let link = link?;
        let text = self.prose(link, what, LINK);
        if let (false, Some((message, help))) = (text.is_empty(), wrong_link(&text)) {
            self.error(link.span(), format!("{what} {message}"), help);
        }
        Some(text)
    }

    /// ISO 4217: three capital letters.
    pub fn currency(&mut self, currency: &Text) -> String {
        let text = currency.trim();
        if !is_capital_code(text, 3) {
            self.error(
                currency.span(),
                format!("{} is no currency code", quote(text)),
                "write three capital letters (ISO 4217), such as USD, EUR or INR",
            );
        }
        text.to_owned()
    }

    /// ISO 3166: two capital letters.
    pub fn country(&mut self, country: &Text) -> String {
        let text = country.trim();
        if !is_capital_code(text, 2) {
            self.error(
                country.span(),
                format!("{} is no country code", quote(text)),
                "write two capital letters (ISO 3166), such as US, DE or IN",
            );
        }
        text.to_owned()
    }

    /// A year that can be meant.
    pub fn year(&mut self, year: &At<i16>) -> i16 {
        if !(FIRST_YEAR..=LAST_YEAR).contains(year) {
            self.error(
                year.span(),
                format!("{} cannot be the year that is meant", **year),
                format!("years run from {FIRST_YEAR} to {LAST_YEAR}"),
            );
        }
        **year
    }

    /// A span of years.
    pub fn years(&mut self, from: &At<i16>, to: &At<i16>) -> (i16, i16) {
        let years = (self.year(from), self.year(to));
        if years.0 >= years.1 {
            self.error(
                to.span(),
                format!("{} is not after {}", years.1, years.0),
                "`from` is the first year and `to` the last",
            );
        }
        years
    }

    /// A day in a year that can be meant.
    pub fn day(&mut self, day: Option<&At<Day>>) -> Option<jiff::civil::Date> {
        let day = day?;
        let date = day.0;
        if !(FIRST_YEAR..=LAST_YEAR).contains(&date.year()) {
            self.error(
                day.span(),
                format!("{date} cannot be the date that is meant"),
                format!("years run from {FIRST_YEAR} to {LAST_YEAR}"),
            );
        }
        Some(date)
    }

    /// An amount that is not nothing.
    pub fn amount(&mut self, amount: &At<u64>, what: &str) -> u64 {
        if **amount == 0 {
            let help = "leave out what no source gives";
            self.error(amount.span(), format!("{what} is 0"), help);
        }
        **amount
    }

    /// The id of a category.
    pub fn kebab_id(&mut self, id: &Text) -> String {
        let text = id.trim();
        if let Some((message, help)) = wrong_id(text) {
            self.error(id.span(), format!("{} {message}", quote(text)), help);
        }
        text.to_owned()
    }
}

/// What is wrong with an id, and what to do; nothing where it is good.
pub(super) fn wrong_id(id: &str) -> Option<(&'static str, String)> {
    let better = slug(id, ID);
    let example = match better.is_empty() || better == id {
        true => "data-analyst".to_owned(),
        false => better,
    };
    if !is_kebab(id) {
        let help =
            format!("write it in small letters, digits and single hyphens, such as `{example}`");
        return Some(("cannot be an id", help));
    }
    let too_long = id.len() > ID;
    too_long.then(|| {
        let help =
            format!("shorten it: at most {ID} characters fit into the buttons that carry it");
        ("is too long for an id", help)
    })
}

fn is_capital_code(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What is wrong with a link, and what to do.
fn wrong_link(link: &str) -> Option<(&'static str, &'static str)> {
    if link.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Some(("has white space in it", "write `%20` for a space"));
    }
    let rest = link.split_once("://").filter(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    });
    let Some((_, rest)) = rest else {
        return Some(("is not a web link", "start it with `https://` or `http://`"));
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host.trim_matches('.').is_empty().then_some((
        "names no host",
        "write the whole link, such as `https://example.com/jobs/1`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_needs_http_and_a_host() {
        for good in [
            "https://example.com",
            "HTTP://example.com:8080/a?b#c",
            "https://user@example.com/",
            "https://[::1]/x",
            "https://例え.jp/求人",
        ] {
            assert_eq!(wrong_link(good), None, "{good}");
        }
        for bad in [
            "example.com",
            "ftp://example.com",
            "javascript:alert(1)",
            "https://",
            "https:///path",
            "https://:80/",
            "https://user@/x",
            "https://a b.com",
            "https://...",
            "https:example.com",
        ] {
            assert!(wrong_link(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn an_id_that_is_wrong_comes_with_a_better_one() {
        assert_eq!(wrong_id("data-analyst"), None);
        let help = "write it in small letters, digits and single hyphens, such as `data-analyst`";
        assert_eq!(
            wrong_id("Data Analyst"),
            Some(("cannot be an id", help.to_owned()))
        );
        assert!(wrong_id(&"a".repeat(33)).is_some());
        assert!(wrong_id("").is_some());
    }
}
