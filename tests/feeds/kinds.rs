//! What each kind of feed sends, and what becomes of it.

use serde_json::json;
use waymark::feeds::{Feed, Kind, Source};

use crate::ground::{Ground, feed, sample};
use crate::host::Answer;

/// What was skipped, a line each.
fn skipped(report: &waymark::feeds::merge::Report) -> Vec<String> {
    let lines = report.skipped.iter();
    lines
        .map(|entry| format!("{}: {}: {}", entry.place, entry.title, entry.why))
        .collect()
}

#[test]
fn a_greenhouse_board_is_read() {
    let ground = Ground::new();
    let path = "/v1/boards/acme/jobs?content=true&pay_transparency=true";
    ground
        .host
        .on(path, [Answer::ok(sample("greenhouse.json"))]);
    let report = ground.brings(&Feed {
        company: None,
        ..ground.board(Kind::Greenhouse)
    });
    insta::assert_snapshot!(ground.text("acme"));
    assert_eq!(
        skipped(&report),
        [
            "job 4012348: : no title",
            "entry 5: : not readable: not an object"
        ]
    );
}

#[test]
fn an_ashby_board_is_read() {
    let ground = Ground::new();
    let path = "/posting-api/job-board/acme?includeCompensation=true";
    ground.host.on(path, [Answer::ok(sample("ashby.json"))]);
    let report = ground.brings(&ground.board(Kind::Ashby));
    insta::assert_snapshot!(ground.text("acme"));
    assert_eq!(skipped(&report), ["job 3: : not listed publicly"]);
}

#[test]
fn lever_postings_are_read() {
    let ground = Ground::new();
    let path = "/v0/postings/acme?mode=json&skip=0&limit=100";
    ground.host.on(path, [Answer::ok(sample("lever.json"))]);
    let report = ground.brings(&ground.board(Kind::Lever));
    insta::assert_snapshot!(ground.text("acme"));
    assert_eq!(skipped(&report), [""; 0]);
}

#[test]
fn lever_is_asked_page_by_page_until_a_page_is_not_full_or_brings_nothing_new() {
    let ground = Ground::new();
    let postings = |from: usize, to: usize| {
        let posting = |number| json!({"id": format!("{number}"), "text": format!("Job {number}")});
        let postings: Vec<_> = (from..to).map(posting).collect();
        Answer::ok(serde_json::to_vec(&postings).unwrap())
    };
    let page = |skip: usize| format!("/v0/postings/acme?mode=json&skip={skip}&limit=100");
    ground.host.on(&page(0), [postings(0, 100)]);
    // One posting more came in meanwhile, and moved the others by one.
    ground.host.on(&page(100), [postings(99, 199)]);
    ground.host.on(&page(199), [postings(199, 250)]);
    let board = ground.board(Kind::Lever);
    assert_eq!(ground.brings(&board).brought.listings, 250);
    assert_eq!(ground.host.take_targets(), [page(0), page(100), page(199)]);
    // A host that knows no pages sends everything every time.
    ground.host.on(&page(0), [postings(0, 150)]);
    ground.host.on(&page(150), [postings(0, 150)]);
    assert_eq!(ground.brings(&board).brought.listings, 150);
    assert_eq!(ground.host.take_targets(), [page(0), page(150)]);
}

#[test]
fn postings_in_a_page_are_read() {
    let ground = Ground::new();
    ground
        .host
        .on("/jobs", [Answer::ok(sample("posting.html"))]);
    let report = ground.brings(&feed("acme", Source::JobPosting(ground.url("/jobs"))));
    let text = ground
        .text("acme")
        .replace(&ground.host.url(""), "http://host");
    insta::assert_snapshot!(text);
    assert_eq!(skipped(&report), [""; 0]);
}

#[test]
fn a_page_without_postings_is_refused() {
    let ground = Ground::new();
    ground
        .host
        .on("/jobs", [Answer::ok("<html><p>Nothing here")]);
    assert_eq!(
        ground.fails(&feed("acme", Source::JobPosting(ground.url("/jobs")))),
        "127.0.0.1: the page names no schema.org JobPosting in JSON-LD, and is no sitemap"
    );
}

#[test]
fn rss_and_atom_are_read() {
    let ground = Ground::new();
    ground
        .host
        .on("/jobs/feed", [Answer::ok(sample("rss.xml"))]);
    let rss = feed("acme", Source::Rss(ground.url("/jobs/feed")));
    let report = ground.brings(&rss);
    insta::assert_snapshot!("rss", ground.text("acme"));
    assert_eq!(
        skipped(&report),
        ["entry 2: Nobody's Job: no company", "entry 3: : no title"]
    );
    ground
        .host
        .on("/jobs/feed", [Answer::ok(sample("atom.xml"))]);
    ground.brings(&Feed {
        company: Some("Initech".to_owned()),
        ..rss
    });
    let text = ground
        .text("acme")
        .replace(&ground.host.url(""), "http://host");
    insta::assert_snapshot!("atom", text);
}

#[test]
fn lines_of_json_are_read() {
    let ground = Ground::new();
    ground
        .host
        .on("/lines", [Answer::ok(sample("listings.jsonl"))]);
    let report = ground.brings(&ground.lines("acme", "/lines"));
    insta::assert_snapshot!(ground.text("acme"));
    insta::assert_snapshot!("lines_skipped", skipped(&report).join("\n"));
    assert_eq!(report.brought.omitted["pay that makes no sense"], 1);
}

#[test]
fn every_page_of_a_sitemap_is_read_and_a_page_that_fails_keeps_what_it_brought() {
    let ground = Ground::new();
    let host = &ground.host;
    let page = |title: &str| {
        let posting = json!({"@type": "JobPosting", "title": title, "hiringOrganization": "Acme"});
        Answer::ok(format!(
            "<script type=\"application/ld+json\">{posting}</script>"
        ))
        .with("ETag", &format!("\"{title}\""))
    };
    let list = |tag: &str, inner: &str, paths: &[&str]| {
        let entries = paths
            .iter()
            .map(|path| format!("<{inner}><loc>{}</loc></{inner}>", host.url(path)));
        Answer::ok(format!("<{tag}>{}</{tag}>", entries.collect::<String>()))
    };
    host.on(
        "/sitemap.xml",
        [list("sitemapindex", "sitemap", &["/jobs.xml"])],
    );
    host.on(
        "/jobs.xml",
        [list("urlset", "url", &["/1", "/2", "/3", "/4"])],
    );
    for (path, title) in [("/1", "One"), ("/2", "Two"), ("/3", "Three")] {
        host.on(path, [page(title)]);
    }
    let jobs = feed("acme", Source::JobPosting(ground.url("/sitemap.xml")));
    let report = ground.brings(&jobs);
    assert_eq!(ground.titles("acme"), ["One", "Three", "Two"]);
    assert_eq!(
        skipped(&report)[0].replace(&host.url(""), ""),
        "/4: : page not readable: 127.0.0.1 answered 404 Not Found"
    );
    assert!(
        ground
            .text("acme")
            .contains(&format!("url = \"{}\"", host.url("/1")))
    );

    // The first is as it was, the second fails, the third is gone, the fourth is new.
    host.on("/1", [Answer::status(304, "")]);
    host.on("/2", [Answer::status(403, "")]);
    host.on("/3", [Answer::status(410, "")]);
    host.on("/4", [page("Four")]);
    let report = ground.brings(&jobs);
    assert_eq!(ground.titles("acme"), ["Four", "One", "Two"]);
    assert_eq!((report.brought.new, report.brought.gone), (1, 1));
    let first = host
        .asked()
        .into_iter()
        .rfind(|asked| asked.target == "/1")
        .unwrap();
    assert_eq!(first.headers["if-none-match"], "\"One\"");
}
