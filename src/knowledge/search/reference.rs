//! The same search again, slowly: every listing is looked at by itself, every match is put in order.

use std::cmp::Reverse;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::select;

use super::tests::{Listings, careers};
use super::*;
use crate::knowledge::fixtures::job;
use crate::knowledge::mentions::NameKind;
use crate::knowledge::{Pay, Period, titles, typos};

const TODAY: Date = date(2026, 11, 23);

/// How a listing holds a word: what it weighs and how it was found, 0 whole, 1 begun, 2 mistyped.
type Held = (u16, u8);

struct Reference<'j> {
    listings: &'j Listings<'j>,
    query: &'j JobQuery,
    words: Vec<String>,
}

impl<'j> Reference<'j> {
    fn new(listings: &'j Listings<'j>, query: &'j JobQuery) -> Self {
        let mut words: Vec<String> = Vec::new();
        for word in fold::words(&query.words) {
            if !fold::is_filler(&word) && !words.contains(&word) && words.len() < 12 {
                words.push(word);
            }
        }
        Self {
            listings,
            query,
            words,
        }
    }

    /// Every match in order, how many hold every word, and how many have expired.
    fn find(&self) -> (Vec<&'j Job>, usize, usize) {
        if self.words.is_empty() {
            let nothing_asked = fold::words(&self.query.words).iter().any(|_| true)
                || self.query.words.trim().is_empty();
            let all: Vec<_> = self
                .listings
                .jobs
                .iter()
                .filter(|_| nothing_asked)
                .map(|job| (job, vec![]))
                .collect();
            let (found, expired) = self.kept(&all);
            let complete = found.len();
            return (found, complete, expired);
        }
        let mut complete = None;
        for (step, least) in [0, 1, 2]
            .into_iter()
            .map(|step| (step, self.words.len()))
            .chain((1..self.words.len()).rev().map(|least| (2, least)))
        {
            let holding: Vec<_> = self
                .listings
                .jobs
                .iter()
                .map(|job| (job, self.held(job, step)))
                .filter(|(_, held)| held.iter().flatten().count() >= least)
                .collect();
            let (found, expired) = self.kept(&holding);
            let is_last = step == 2 && least == 1;
            if step == 2 || found.len() >= ENOUGH {
                complete.get_or_insert(found.len());
            }
            if is_last || found.len() >= ENOUGH {
                let complete = complete.unwrap_or_default();
                return (found, complete, expired);
            }
        }
        unreachable!("the last step gives what there is")
    }

    /// What the filters and the newer copies leave, in order, and how many have expired.
    fn kept(&self, found: &[(&'j Job, Vec<Option<Held>>)]) -> (Vec<&'j Job>, usize) {
        let jobs = self.listings.jobs;
        let taken = found.iter().filter(|(job, _)| self.takes(job));
        let mut open = Vec::new();
        let mut expired = 0;
        for (job, held) in taken {
            let place = jobs
                .iter()
                .position(|other| std::ptr::eq(other, *job))
                .unwrap();
            let copies = self.copies(place);
            let shown = copies.iter().find(|place| !jobs[**place].expired(TODAY));
            if shown == Some(&place) {
                open.push((self.order(place, held), *job));
            } else if shown.is_none() && copies[0] == place {
                expired += 1;
            }
        }
        open.sort_by_key(|(order, _)| *order);
        (open.into_iter().map(|(_, job)| job).collect(), expired)
    }

    /// The places of all copies of a listing, newest first.
    fn copies(&self, place: usize) -> Vec<usize> {
        let jobs = self.listings.jobs;
        let fold = |text: &str| match fold::words(text).join(" ") {
            folded if folded.is_empty() => text.to_owned(),
            folded => folded,
        };
        let same = |a: &Job, b: &Job| {
            let location = |job: &Job| job.location.as_deref().map(fold);
            let all = fold(&a.company) == fold(&b.company) && location(a) == location(b);
            fold(&a.title) == fold(&b.title) && (all || (a.url.is_some() && a.url == b.url))
        };
        let mut copies = vec![place];
        let mut next = 0;
        while let Some(at) = copies.get(next).copied() {
            let others = (0..jobs.len()).filter(|other| same(&jobs[at], &jobs[*other]));
            let new: Vec<usize> = others.filter(|other| !copies.contains(other)).collect();
            copies.extend(new);
            next += 1;
        }
        copies.sort_by_key(|place| (Reverse(jobs[*place].posted), *place));
        copies
    }

    fn takes(&self, job: &Job) -> bool {
        let query = self.query;
        let begin = |held: &[String], typed: &str| {
            let typed = fold::words(typed);
            let held_one = |typed: &String| {
                held.iter()
                    .any(|word| word.len() >= typed.len() && word.starts_with(typed.as_str()))
            };
            !typed.is_empty() && typed.iter().all(held_one)
        };
        let location = regions::words(job.location.as_deref().unwrap_or_default());
        let remote = job.remote == Some(true);
        query.remote.is_none_or(|wanted| wanted == remote)
            && (query.level.is_none() || query.level == job.level)
            && (query.job_type.is_none() || query.job_type == job.job_type)
            && query.min_salary.is_none_or(|least| {
                job.salary
                    .as_ref()
                    .is_some_and(|pay| pay.yearly_top() >= least)
            })
            && query
                .company
                .as_deref()
                .is_none_or(|typed| begin(&fold::words(&job.company), typed))
            && query
                .location
                .as_deref()
                .is_none_or(|typed| begin(&location, typed) || (typed == "remote" && remote))
            && query
                .career
                .as_ref()
                .is_none_or(|career| self.careers(job).contains(career))
    }

    fn careers(&self, job: &Job) -> Vec<CareerId> {
        if !job.careers.is_empty() {
            return job.careers.to_vec();
        }
        let named = self
            .listings
            .search
            .mentions
            .careers(&fold::words(&job.title))
            .into_iter();
        named
            .filter(|mention| mention.kind == NameKind::Own)
            .flat_map(|mention| mention.careers)
            .collect()
    }

    /// The words of title, company and the rest.
    fn texts(&self, job: &Job) -> [Vec<String>; 3] {
        let own = fold::words(&job.title);
        let mut title = own.clone();
        for word in titles::written_out(&own)
            .into_iter()
            .chain(titles::short_forms(&own))
        {
            if !title.contains(&word) {
                title.push(word);
            }
        }
        let mut rest = regions::words(job.location.as_deref().unwrap_or_default());
        let level = job.level.map_or("", |level| match level {
            Level::Entry => "entry level junior",
            Level::Mid => "mid midlevel intermediate level",
            Level::Senior => "senior level expert",
            Level::Executive => "executive level",
        });
        let kind = job.job_type.map_or("", |kind| match kind {
            JobType::FullTime => "fulltime",
            JobType::PartTime => "parttime",
            JobType::Contract => "contract contractor",
            JobType::Internship => "internship intern",
            JobType::Freelance => "freelance freelancer",
        });
        let remote = if job.remote == Some(true) {
            "remote"
        } else {
            ""
        };
        let fixed = [level, kind, remote]
            .into_iter()
            .flat_map(str::split_whitespace);
        rest.extend(fixed.map(str::to_owned));
        for id in self.careers(job) {
            let career = careers().into_iter().find(|career| career.id == id);
            rest.extend(career.iter().flat_map(|career| fold::words(&career.name)));
        }
        [title, fold::words(&job.company), rest]
    }

    fn occurrences(&self, word: &str) -> usize {
        let texts = self.listings.jobs.iter().flat_map(|job| self.texts(job));
        texts.flatten().filter(|other| other == word).count()
    }

    /// How a listing holds each word, as far as a step looks.
    fn held(&self, job: &Job, step: u8) -> Vec<Option<Held>> {
        let texts = self.texts(job);
        let mentions = self.listings.search.mentions.careers(&self.words);
        let held = |number: usize, word: &String| {
            let share = if titles::is_seniority(word) { 2 } else { 1 };
            let best = |weights: [u16; 3], fits: &dyn Fn(&str) -> bool| {
                let fields = texts.iter().zip(weights);
                fields
                    .filter(|(words, _)| words.iter().any(|word| fits(word)))
                    .map(|(_, weight)| weight / share)
                    .max()
            };
            let named = mentions.iter().any(|mention| {
                mention.at.contains(&number)
                    && matches!(mention.kind, NameKind::Own | NameKind::Field)
                    && mention
                        .careers
                        .iter()
                        .any(|career| self.careers(job).contains(career))
            });
            let whole = best([32, 16, 8], &|other| other == word).max(named.then_some(31 / share));
            let is_last = number + 1 == self.words.len();
            let begun = || best([6, 5, 4], &|other| other.starts_with(word.as_str()));
            let typed = typos::Typed::new(word);
            let mistyped = || {
                best([3, 2, 1], &|other| {
                    let errors = typed.errors(other);
                    errors.is_some_and(|errors| (1..=typos::allowance(word)).contains(&errors))
                })
            };
            whole
                .map(|weight| (weight, 0))
                .or_else(|| {
                    Some((
                        begun().filter(|_| step >= 1 && is_last && word.len() >= 2)?,
                        1,
                    ))
                })
                .or_else(|| {
                    Some((
                        mistyped().filter(|_| step >= 2 && self.occurrences(word) < ENOUGH)?,
                        2,
                    ))
                })
        };
        self.words
            .iter()
            .enumerate()
            .map(|(number, word)| held(number, word))
            .collect()
    }

    fn order(&self, place: usize, held: &[Option<Held>]) -> impl Ord + Copy + use<> {
        let job = &self.listings.jobs[place];
        let worst = held
            .iter()
            .map(|held| held.map_or(3, |(_, how)| how))
            .max()
            .unwrap_or(0);
        let missing = held.iter().filter(|held| held.is_none()).count();
        let weight: u16 = held.iter().flatten().map(|(weight, _)| weight).sum();
        let in_full = |words: &[String]| {
            let words = titles::written_out(words).into_iter();
            words.filter(|word| !fold::is_filler(word)).count()
        };
        let [title, _, _] = self.texts(job);
        let in_title = self.words.iter().all(|word| title.contains(word));
        let is_whole_title = !self.words.is_empty()
            && in_title
            && in_full(&self.words) == in_full(&fold::words(&job.title));
        let match_quality = (missing, !is_whole_title, Reverse(weight));
        let pay = job.salary.as_ref().map(Pay::yearly_top);
        let newest = (Reverse(job.posted), place);
        match self.query.sort {
            Sort::Relevance => (worst, match_quality, None, newest),
            Sort::Newest => (worst, (0, false, Reverse(0)), None, newest),
            Sort::Salary => (worst, (0, false, Reverse(0)), Some(Reverse(pay)), newest),
        }
    }
}

const WORDS: &[&str] = &[
    "a",
    "C",
    "data",
    "engineer",
    "machine",
    "learning",
    "ml",
    "analyst",
    "date",
    "engineering",
    "sr",
    "manager",
    "mgr",
    "of",
    "c++",
    "Engineers",
    "analytics",
    "ny",
    "New York",
    "remote",
    "senior",
    "enginer",
    "Öko",
    "?",
];

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(select(WORDS), 1..=most).prop_map(|words| words.join(" "))
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((20..27_i8).prop_map(|day| date(2026, 11, day)))
}

prop_compose! {
    fn listing()(
        title in text(3),
        company in text(1),
        location in prop::option::of(text(1)),
        remote in any::<Option<bool>>(),
        level in prop::option::of(select(Level::ALL)),
        job_type in prop::option::of(select(JobType::ALL)),
        pay in prop::option::of((1..5_u64, select(Period::ALL))),
        careers in prop::collection::vec(select(&["data-engineer", "machine-learning-engineer"][..]), 0..2),
        url in prop::option::of(select(&["https://a.example/1", "https://a.example/2"][..])),
        (posted, expires) in (day(), day()),
    ) -> Job {
        Job {
            remote,
            level,
            job_type,
            salary: pay.map(|(max, per)| Pay { min: None, max: Some(max * 1_000), currency: None, per: Some(per) }),
            careers: careers.into_iter().map(CareerId::new).collect(),
            url: url.map(Into::into),
            posted,
            expires,
            ..job("x", &title, &company, location.as_deref())
        }
    }
}

prop_compose! {
    fn query()(
        words in prop_oneof![4 => text(4), 1 => Just(String::new()), 1 => ".{0,20}"],
        career in prop::option::weighted(0.2, select(&["data-engineer", "nobody"][..])),
        company in prop::option::weighted(0.2, text(1)),
        location in prop::option::weighted(0.2, text(1)),
        remote in prop::option::weighted(0.2, any::<bool>()),
        level in prop::option::weighted(0.2, select(Level::ALL)),
        job_type in prop::option::weighted(0.2, select(JobType::ALL)),
        min_salary in prop::option::weighted(0.2, 0..5_000_000_u64),
        sort in select(&[Sort::Relevance, Sort::Newest, Sort::Salary][..]),
    ) -> JobQuery {
        JobQuery {
            words,
            career: career.map(CareerId::new),
            company,
            location,
            remote,
            level,
            job_type,
            min_salary,
            sort,
        }
    }
}

proptest! {
    #[test]
    fn every_search_finds_what_looking_at_every_listing_finds(
        jobs in prop::collection::vec(listing(), 0..120),
        query in query(),
        from in 0..30_usize,
    ) {
        let listings = Listings::new(&jobs, &careers());
        let (expected, complete, expired) = Reference::new(&listings, &query).find();
        let found = listings.find(&query);
        let place = |job: &Job| jobs.iter().position(|other| std::ptr::eq(other, job)).unwrap();
        let places = |jobs: &[&Job]| jobs.iter().map(|job| place(job)).collect::<Vec<_>>();
        prop_assert_eq!(places(&found.jobs), places(&expected));
        prop_assert_eq!((found.total, found.complete, found.expired), (expected.len(), complete, expired));

        let page = listings.search.find(&jobs, &query, TODAY, from..from + 5);
        let expected_page: Vec<&Job> = expected.iter().skip(from).take(5).copied().collect();
        prop_assert_eq!(places(&page.jobs), places(&expected_page));
        for (position, job) in expected.iter().enumerate() {
            let found = listings.search.position(place(job), &query, TODAY);
            prop_assert_eq!(found, Some(position));
        }
    }

    #[test]
    fn any_text_in_any_place_is_answered(words in any::<String>(), company in any::<String>(), location in ".{0,200}") {
        let jobs = [job("x", &words, &company, Some(&location))];
        let listings = Listings::new(&jobs, &careers());
        let query = JobQuery { words, company: Some(company), location: Some(location), ..JobQuery::default() };
        let found = listings.find(&query);
        prop_assert!(found.jobs.len() <= 1 && found.complete <= found.total);
    }
}
