//! Which listings are the same one: by their links, else by title, company and place.

use std::collections::{HashMap, HashSet};

use super::normalise::name_key;
use crate::knowledge::{Job, links};

/// Listings that were seen.
#[derive(Debug, Default)]
pub struct Seen {
    links: HashSet<String>,
    /// Whether one of that name was seen without a link.
    names: HashMap<String, bool>,
}

impl Seen {
    /// Notes a listing.
    pub fn add(&mut self, job: &Job) {
        self.links.extend(job.url.as_deref().map(links::bare));
        let name = name_key(&job.title, &job.company, job.location.as_deref());
        *self.names.entry(name).or_default() |= job.url.is_none();
    }

    /// Whether the listing was seen. Two with different links are two, whatever they are called.
    pub fn holds(&self, job: &Job) -> bool {
        let name = || {
            let name = name_key(&job.title, &job.company, job.location.as_deref());
            self.names.get(&name)
        };
        match &job.url {
            Some(link) => self.links.contains(&links::bare(link)) || name() == Some(&true),
            None => name().is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixtures::job;

    fn listing(title: &str, url: Option<&str>) -> Job {
        Job {
            url: url.map(Into::into),
            ..job("a", title, "Acme", Some("Berlin"))
        }
    }

    #[test]
    fn a_listing_is_the_same_by_its_link_else_by_its_names() {
        let mut seen = Seen::default();
        seen.add(&listing(
            "Engineer",
            Some("https://www.acme.example/jobs/1/?utm_source=x#apply"),
        ));
        seen.add(&listing("Analyst", None));
        for (same, title, url) in [
            (true, "Anything", Some("http://acme.example/jobs/1")),
            (false, "Engineer", Some("https://acme.example/jobs/2")),
            (false, "Engineer", Some("https://acme.example/jobs/1?id=2")),
            (true, "ENGINEER ", None),
            (true, "Analyst", Some("https://acme.example/jobs/3")),
            (true, "analyst", None),
            (false, "Manager", None),
        ] {
            assert_eq!(seen.holds(&listing(title, url)), same, "{title} {url:?}");
        }
    }
}
