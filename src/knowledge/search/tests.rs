//! What searches find.

use jiff::civil::date;

use super::*;
use crate::knowledge::fixtures::{career, job};
use crate::knowledge::{Pay, Period};

const TODAY: Date = date(2026, 11, 23);

fn pay(min: u64, max: u64, per: Option<Period>) -> Option<Pay> {
    Some(Pay {
        min: Some(min),
        max: Some(max),
        currency: None,
        per,
    })
}

pub(super) fn careers() -> Vec<Career> {
    vec![
        career(
            "machine-learning-engineer",
            "Machine Learning Engineer",
            &["ML engineer"],
        ),
        career("data-engineer", "Data Engineer", &[]),
    ]
}

/// The article's five listings.
fn article() -> Vec<Job> {
    let remote = Some("Remote (anywhere in the U.S.)");
    vec![
        Job {
            remote: Some(true),
            level: Some(Level::Mid),
            job_type: Some(JobType::FullTime),
            salary: pay(100_000, 130_000, None),
            careers: [CareerId::new("data-engineer")].into(),
            ..job("de", "Data Engineer", "murmuration", remote)
        },
        Job {
            remote: Some(true),
            level: Some(Level::Senior),
            job_type: Some(JobType::FullTime),
            salary: pay(120_000, 150_000, None),
            ..job("ds", "Senior Data Scientist", "murmuration", remote)
        },
        Job {
            level: Some(Level::Mid),
            job_type: Some(JobType::FullTime),
            salary: pay(75_000, 150_000, None),
            ..job(
                "prof",
                "Asst/Assoc Professor of Applied Mathematics & Artificial Intelligence",
                "Rochester Institute of Technology",
                Some("Rochester, NY"),
            )
        },
        Job {
            level: Some(Level::Senior),
            job_type: Some(JobType::FullTime),
            salary: pay(105_000, 195_000, None),
            ..job(
                "lead",
                "Platform Software Development Lead",
                "Pfizer",
                Some("USA - NY - Headquarters"),
            )
        },
        Job {
            job_type: Some(JobType::FullTime),
            salary: pay(122_000, 220_000, None),
            ..job(
                "se",
                "Software Engineer",
                "Leidos",
                Some("9629 Herndon VA Non-specific Customer Site"),
            )
        },
    ]
}

/// Some listings and their index.
pub(super) struct Listings<'j> {
    pub jobs: &'j [Job],
    pub search: Search,
}

impl<'j> Listings<'j> {
    pub fn new(jobs: &'j [Job], careers: &[Career]) -> Self {
        Self {
            jobs,
            search: Search::new(jobs, careers),
        }
    }

    pub fn find(&self, query: &JobQuery) -> Found<'j> {
        self.search.find(self.jobs, query, TODAY, 0..usize::MAX)
    }
}

fn ids(jobs: &[Job], query: &JobQuery) -> Vec<String> {
    let found = Listings::new(jobs, &careers()).find(query);
    found.jobs.iter().map(|job| job.id.to_string()).collect()
}

fn by_words(jobs: &[Job], words: &str) -> Vec<String> {
    let query = JobQuery {
        words: words.to_owned(),
        ..JobQuery::default()
    };
    ids(jobs, &query)
}

#[test]
fn words_are_found_in_any_order_and_wherever_a_listing_has_them() {
    let jobs = article();
    let found: &[(&str, &[&str])] = &[
        ("data engineer", &["de", "ds", "se"]),
        ("engineer data", &["de", "ds", "se"]),
        ("DATA   scientist!!", &["ds", "de"]),
        ("murmuration", &["de", "ds"]),
        ("pfizer software", &["lead", "se"]),
        ("mathematics professor", &["prof"]),
        ("rochester", &["prof"]),
        ("New York", &["prof", "lead"]),
        ("virginia", &["se"]),
        ("remote", &["de", "ds"]),
        ("senior", &["ds", "lead"]),
        ("a job as the professor", &["prof"]),
        ("quantum", &[]),
    ];
    for (words, expected) in found {
        assert_eq!(by_words(&jobs, words), *expected, "{words}");
    }
}

#[test]
fn typos_are_forgiven_and_the_last_word_may_be_unfinished() {
    let jobs = article();
    for words in [
        "profesor",
        "mathematcis",
        "artifical inteligence",
        "roches",
        "math prof",
        "Profs",
    ] {
        assert_eq!(by_words(&jobs, words), ["prof"], "{words}");
    }
}

#[test]
fn a_title_ranks_above_a_company_and_a_company_above_the_rest() {
    let jobs = [
        job("rest", "Clerk", "Acme", Some("Data City")),
        job("company", "Clerk", "Data Corp", None),
        job(
            "title",
            "A long title about data in many more words than others",
            "Acme",
            None,
        ),
        job("whole", "Data", "Acme", None),
    ];
    assert_eq!(
        by_words(&jobs, "data"),
        ["whole", "title", "company", "rest"]
    );
}

#[test]
fn all_words_rank_above_some_words_and_words_as_typed_above_typos() {
    let jobs = [
        job("one in title", "Analyst", "Acme", None),
        job("typo", "Date Analyst", "Acme", None),
        job("all in rest", "Clerk", "Acme", Some("data analyst street")),
    ];
    assert_eq!(
        by_words(&jobs, "data analyst"),
        ["all in rest", "typo", "one in title"]
    );
}

#[test]
fn what_holds_only_some_words_comes_last_in_every_order_and_is_told_apart() {
    let mut jobs = article();
    jobs[0].posted = Some(date(2026, 1, 1));
    let listings = Listings::new(&jobs, &careers());
    for (sort, expected) in [
        (Sort::Relevance, ["de", "ds", "se"]),
        (Sort::Newest, ["de", "ds", "se"]),
        (Sort::Salary, ["de", "se", "ds"]),
    ] {
        let words = "data engineer".to_owned();
        let query = JobQuery {
            words,
            sort,
            ..JobQuery::default()
        };
        let found = listings.find(&query);
        let ids: Vec<_> = found.jobs.iter().map(|job| job.id.as_str()).collect();
        assert_eq!(
            (ids.as_slice(), found.complete),
            (&expected[..], 1),
            "{sort:?}"
        );
    }
}

#[test]
fn a_listing_is_found_by_the_names_and_aliases_of_its_careers() {
    let mut jobs = article();
    jobs[4].careers = [CareerId::new("machine-learning-engineer")].into();
    assert_eq!(by_words(&jobs, "ml engineer")[0], "se");
    assert_eq!(by_words(&jobs, "machine learning"), ["se"]);
}

#[test]
fn every_filter_narrows_alone() {
    let jobs = article();
    let all = JobQuery::default;
    let text = |text: &str| Some(text.to_owned());
    let found: &[(JobQuery, &[&str])] = &[
        (all(), &["de", "ds", "prof", "lead", "se"]),
        (
            JobQuery {
                career: Some(CareerId::new("data-engineer")),
                ..all()
            },
            &["de"],
        ),
        (
            JobQuery {
                career: Some(CareerId::new("nobody")),
                ..all()
            },
            &[],
        ),
        (
            JobQuery {
                company: text("MURM"),
                ..all()
            },
            &["de", "ds"],
        ),
        (
            JobQuery {
                company: text("technology rochester"),
                ..all()
            },
            &["prof"],
        ),
        (
            JobQuery {
                company: text("?!"),
                ..all()
            },
            &[],
        ),
        (
            JobQuery {
                company: text(" "),
                ..all()
            },
            &["de", "ds", "prof", "lead", "se"],
        ),
        (
            JobQuery {
                location: text("new york"),
                ..all()
            },
            &["prof", "lead"],
        ),
        (
            JobQuery {
                location: text("NY"),
                ..all()
            },
            &["prof", "lead"],
        ),
        (
            JobQuery {
                location: text("ny"),
                ..all()
            },
            &["prof", "lead"],
        ),
        (
            JobQuery {
                location: text("Rochester, NY"),
                ..all()
            },
            &["prof"],
        ),
        (
            JobQuery {
                location: text("united states"),
                ..all()
            },
            &["de", "ds", "lead"],
        ),
        (
            JobQuery {
                location: text("remote"),
                ..all()
            },
            &["de", "ds"],
        ),
        (
            JobQuery {
                remote: Some(true),
                ..all()
            },
            &["de", "ds"],
        ),
        (
            JobQuery {
                remote: Some(false),
                ..all()
            },
            &["prof", "lead", "se"],
        ),
        (
            JobQuery {
                level: Some(Level::Senior),
                ..all()
            },
            &["ds", "lead"],
        ),
        (
            JobQuery {
                job_type: Some(JobType::FullTime),
                ..all()
            },
            &["de", "ds", "prof", "lead", "se"],
        ),
        (
            JobQuery {
                job_type: Some(JobType::Contract),
                ..all()
            },
            &[],
        ),
        (
            JobQuery {
                min_salary: Some(150_000),
                ..all()
            },
            &["ds", "prof", "lead", "se"],
        ),
        (
            JobQuery {
                min_salary: Some(150_001),
                ..all()
            },
            &["lead", "se"],
        ),
    ];
    for (query, expected) in found {
        assert_eq!(ids(&jobs, query), *expected, "{query:?}");
    }
}

#[test]
fn filters_and_words_narrow_together() {
    let query = JobQuery {
        words: "data".to_owned(),
        company: Some("murmuration".to_owned()),
        location: Some("us".to_owned()),
        remote: Some(true),
        level: Some(Level::Senior),
        job_type: Some(JobType::FullTime),
        min_salary: Some(140_000),
        ..JobQuery::default()
    };
    assert_eq!(ids(&article(), &query), ["ds"]);
    let elsewhere = JobQuery {
        company: Some("pfizer".to_owned()),
        ..query
    };
    assert_eq!(ids(&article(), &elsewhere), Vec::<String>::new());
}

#[test]
fn a_listing_without_level_pay_or_place_is_hidden_only_by_a_filter_on_that() {
    let jobs = [job("bare", "Clerk", "Acme", None)];
    let all = JobQuery::default;
    let hidden = [
        JobQuery {
            level: Some(Level::Entry),
            ..all()
        },
        JobQuery {
            min_salary: Some(0),
            ..all()
        },
        JobQuery {
            location: Some("oslo".to_owned()),
            ..all()
        },
        JobQuery {
            remote: Some(true),
            ..all()
        },
    ];
    assert_eq!(ids(&jobs, &all()), ["bare"]);
    for query in hidden {
        assert_eq!(ids(&jobs, &query), Vec::<String>::new(), "{query:?}");
    }
}

#[test]
fn pay_is_compared_and_sorted_by_the_year() {
    let mut jobs = article();
    jobs[2].salary = pay(90, 120, Some(Period::Hour));
    jobs[3].salary = None;
    let sorted = JobQuery {
        sort: Sort::Salary,
        ..JobQuery::default()
    };
    assert_eq!(ids(&jobs, &sorted), ["prof", "se", "ds", "de", "lead"]);
    let rich = JobQuery {
        min_salary: Some(249_600),
        ..JobQuery::default()
    };
    assert_eq!(ids(&jobs, &rich), ["prof"]);
}

#[test]
fn the_newest_come_first_and_undated_ones_last_in_file_order() {
    let mut jobs = article();
    jobs[1].posted = Some(date(2026, 2, 1));
    jobs[3].posted = Some(date(2026, 3, 1));
    let newest = ["lead", "ds", "de", "prof", "se"];
    for sort in [Sort::Newest, Sort::Relevance] {
        assert_eq!(
            ids(
                &jobs,
                &JobQuery {
                    sort,
                    ..JobQuery::default()
                }
            ),
            newest
        );
    }
    assert_eq!(by_words(&jobs, "full-time"), newest);
}

#[test]
fn expired_listings_are_left_out_and_counted_where_they_match() {
    let mut jobs = article();
    jobs[0].expires = Some(TODAY.yesterday().unwrap());
    jobs[1].expires = Some(TODAY);
    jobs[4].expires = Some(date(2020, 1, 1));
    let listings = Listings::new(&jobs, &careers());
    let query = JobQuery {
        words: "data".to_owned(),
        ..JobQuery::default()
    };
    let found = listings.find(&query);
    assert_eq!((found.jobs, found.expired), (vec![&jobs[1]], 1));
    let all = listings.find(&JobQuery::default());
    assert_eq!((all.jobs.len(), all.expired), (3, 2));
}

#[test]
fn copies_appear_once_as_the_newest_that_is_open() {
    let copy = |id, posted, expires| Job {
        posted: Some(posted),
        expires,
        ..job(id, "Data  ENGINEER", "Acmé", Some("Oslo"))
    };
    let jobs = [
        copy("old", date(2026, 1, 1), None),
        copy("new", date(2026, 3, 1), None),
        copy("newer but over", date(2026, 4, 1), Some(date(2026, 5, 1))),
        job("elsewhere", "Data Engineer", "Acme", Some("Bergen")),
    ];
    assert_eq!(ids(&jobs, &JobQuery::default()), ["new", "elsewhere"]);
    assert_eq!(by_words(&jobs, "data oslo"), ["new", "elsewhere"]);

    let over = [
        copy("a", date(2026, 1, 1), Some(date(2026, 2, 1))),
        copy("b", date(2026, 1, 2), Some(date(2026, 2, 1))),
    ];
    let listings = Listings::new(&over, &[]);
    let found = listings.find(&JobQuery::default());
    assert_eq!((found.jobs.len(), found.expired), (0, 1));
}

#[test]
fn words_without_a_letter_match_nothing_and_words_that_fit_every_listing_match_all() {
    let jobs = article();
    for words in ["🙂", "?!", "\u{200b}", "&&", "\"'"] {
        assert_eq!(by_words(&jobs, words), Vec::<String>::new(), "{words:?}");
    }
    for words in ["", "  ", "jobs", "a job"] {
        assert_eq!(by_words(&jobs, words).len(), 5, "{words:?}");
    }
}

#[test]
fn punctuation_in_names_is_searched_as_people_write_it() {
    let jobs = [
        job("cpp", "C++ Developer", "Acme", None),
        job("cs", "C# / .NET Developer", "Acme", None),
        job("c", "C Developer", "Acme", None),
        job("ci", "CI/CD Engineer", "AT&T", None),
        job("be", "Back End Developer", "Acme", None),
    ];
    let first = |words| by_words(&jobs, words).remove(0);
    assert_eq!(first("c++"), "cpp");
    assert_eq!(first("cpp developer"), "cpp");
    assert_eq!(first("C# developer"), "cs");
    assert_eq!(first(".net"), "cs");
    assert_eq!(first("cicd"), "ci");
    assert_eq!(first("at&t"), "ci");
    assert_eq!(first("backend"), "be");
    assert_eq!(first("title:developer AND (c++"), "cpp");
}

#[test]
fn no_listings_find_nothing() {
    assert_eq!(by_words(&[], "data"), Vec::<String>::new());
    assert_eq!(by_words(&[], ""), Vec::<String>::new());
}

#[test]
fn companies_and_locations_are_counted() {
    let jobs = article();
    let listings = Listings::new(&jobs, &[]);
    let search = &listings.search;
    assert_eq!(
        search.companies().counted()[0],
        ("murmuration".to_owned(), 2)
    );
    assert_eq!(search.companies().counted().len(), 4);
    assert_eq!(
        search.locations().counted()[0],
        ("Remote (anywhere in the U.S.)".to_owned(), 2)
    );
    assert_eq!(search.locations().complete("roch", 25), ["Rochester, NY"]);
}

#[test]
fn very_long_words_and_very_many_words_are_answered() {
    let jobs = article();
    assert_eq!(by_words(&jobs, &"x".repeat(100_000)), Vec::<String>::new());
    assert_eq!(by_words(&jobs, &"data ".repeat(10_000)), ["de", "ds"]);
    let many: String = (0..1_000).map(|number| format!("word{number} ")).collect();
    assert_eq!(by_words(&jobs, &many), Vec::<String>::new());
}
