//! Whatever a feed sends, what is written loads without a problem; and 8,953 real rows.

use std::path::Path;
use std::sync::LazyLock;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use waymark::feeds::file;
use waymark::feeds::found::{Document, Row};
use waymark::feeds::gather::{Gathered, Sent};
use waymark::feeds::kinds::{ashby, greenhouse, jobposting, jsonl, lever, rss};
use waymark::feeds::merge::{Merging, Run};
use waymark::feeds::state::State;
use waymark::feeds::{Feed, Place, Source};
use waymark::knowledge::Knowledge;
use waymark::knowledge::source::Files;
use waymark::knowledge::store::Store;

use crate::ground::{Ground, feed};
use crate::host::Answer;

static KNOWLEDGE: LazyLock<std::sync::Arc<Knowledge>> = LazyLock::new(|| {
    let store = Store::open(Files::Embedded, Timestamp::now()).unwrap();
    store.snapshot()
});

/// Values that hosts should not send.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "(?s).{0,40}",
        "[\\PC]{150,700}",
        "[@<>eEvhronrywr\\u{0}-\\u{20}\\u{202e}\\u{200b}\"'\\\\]{0,30}",
        Just("2026-11-01".to_owned()),
        Just("9999-12-31T23:59:59Z".to_owned()),
        Just("1899-01-01".to_owned()),
        Just("https://a.example/@everyone".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        Just("https://user:word@a.example/".to_owned()),
        Just("https://a.example/ b\u{0}c".to_owned()),
        "https://a\\.example/[a-z]{0,600}",
        Just("$1 - $99999999999999999999".to_owned()),
    ];
    let leaf = prop_oneof![
        4 => text.prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(|number| json!(number)),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            inner.prop_map(|value| json!({"name": value, "min": value, "max": 3, "@type": "Place", "address": value})),
        ]
    })
}

/// Objects with the keys that some kind of feed reads.
fn row() -> impl Strategy<Value = Value> {
    const KEYS: &[&str] = &[
        "id",
        "title",
        "text",
        "company",
        "company_name",
        "location",
        "remote",
        "type",
        "level",
        "salary",
        "salary_min",
        "salary_max",
        "currency",
        "period",
        "url",
        "absolute_url",
        "hostedUrl",
        "jobUrl",
        "posted",
        "first_published",
        "createdAt",
        "publishedAt",
        "expires",
        "application_deadline",
        "content",
        "descriptionPlain",
        "categories",
        "salaryRange",
        "compensation",
        "pay_input_ranges",
        "metadata",
        "hiringOrganization",
        "jobLocation",
        "baseSalary",
        "validThrough",
        "datePosted",
        "employmentType",
        "identifier",
    ];
    let entries = prop::collection::vec((prop::sample::select(KEYS), value()), 0..12);
    (entries, "[a-z]{0,6} ?[A-Z]{0,2}").prop_map(|(entries, title)| {
        let mut row = json!({"title": title, "text": title, "company": "Acme", "company_name": "Acme", "@type": "JobPosting"});
        for (key, value) in entries {
            row[key] = value;
        }
        row
    })
}

/// The rows as each kind of feed reads them.
fn read(rows: &[Value]) -> Vec<Row> {
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let list = json!(rows).to_string();
    let board = json!({ "jobs": rows }).to_string();
    let page = format!("<script type='application/ld+json'>{list}</script>");
    let items = rows.iter().map(|row| {
        let fields = row.as_object().unwrap().iter().map(|(key, value)| {
            format!(
                "<{key}>{}</{key}>",
                value.to_string().replace('&', "&amp;").replace('<', "&lt;")
            )
        });
        format!(
            "<item>{}</item>",
            fields.collect::<String>().replace("@type", "kind")
        )
    });
    let feed = format!("<rss>{}</rss>", items.collect::<String>());
    let document = |text| Document { from: None, text };
    let mut all = jsonl::read(document(&lines)).unwrap_or_default();
    all.extend(lever::read(document(&list)).unwrap());
    all.extend(greenhouse::read(document(&board)).unwrap());
    all.extend(ashby::read(document(&board)).unwrap());
    all.extend(jobposting::read(document(&page)));
    all.extend(rss::read(document(&feed)).unwrap_or_default());
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_a_feed_sends_what_is_written_loads_without_a_problem(rows in prop::collection::vec(row(), 0..6)) {
        let folder = tempfile::tempdir().unwrap();
        let feed = Feed {
            company: Some("Acme".to_owned()),
            ..feed("acme", Source::Jsonl(Place::File("x".into())))
        };
        let rows = read(&rows);
        let count = rows.len();
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let merging = Merging {
            folder: folder.path(),
            knowledge: &KNOWLEDGE,
            now,
            force: true,
        };
        let run = || Run {
            feed: feed.clone(),
            state: State::default(),
            gathered: Ok(Gathered::Sent(Sent {
                rows: rows.clone(),
                ..Sent::default()
            })),
        };
        let outcomes = merging.merge(vec![run()]);
        let report = outcomes[0].result.as_ref().unwrap();
        prop_assert_eq!(report.brought.listings + report.skipped.len(), count);
        let path = file::path(folder.path(), &feed.name);
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        // Where nothing came in there is no file.
        if report.brought.listings > 0 {
            let (jobs, problems) = file::check(text, &feed.name, &KNOWLEDGE, today);
            prop_assert!(problems.is_empty(), "{}", problems[0].render());
            prop_assert_eq!(jobs.len(), report.brought.listings);
        }
        // The same again changes nothing.
        let again = merging.merge(vec![run()]);
        let again = again[0].result.as_ref().unwrap();
        prop_assert!(!again.file_changed);
        prop_assert_eq!((again.brought.new, again.brought.changed, again.brought.gone), (0, 0, 0));
    }

    #[test]
    fn any_document_is_read(text in "(?s).{0,200}|(\\{|\\}|\\[|\\]|\"jobs\"|:|,|\"|<item>|</item>|<rss>|null|1){0,40}") {
        let document = Document { from: None, text: &text };
        let _ = (jsonl::read(document), lever::read(document), greenhouse::read(document));
        let _ = (ashby::read(document), rss::read(document), jobposting::read(document));
        let _ = waymark::feeds::kinds::sitemap::read(&text);
    }
}

#[test]
fn hostile_rows_and_bytes_that_are_no_text_spoil_no_other() {
    let ground = Ground::new();
    let mut body =
        b"{\"title\": \"<script>alert(1)</script> @everyone\", \"company\": \"A\\u0000B\"}\n"
            .to_vec();
    body.extend(
        b"{\"title\": \"Caf\xff\xfe\", \"company\": \"Acme\", \"url\": \"javascript:alert(1)\"}\n",
    );
    body.extend(b"[1]\n\xff\xff\xff\n");
    body.extend(
        "{\"title\": \"[click](https://evil.example) `x`\", \"company\": \"Acme\"}\n".bytes(),
    );
    ground.host.on("/lines", [Answer::ok(body)]);
    let report = ground.brings(&ground.lines("acme", "/lines"));
    assert_eq!(
        ground.titles("acme"),
        [
            "<script>alert(1)</script> everyone",
            "[click](https://evil.example) `x`",
            "Caf"
        ]
    );
    assert_eq!(report.brought.skipped["not readable"], 2);
    assert_eq!(report.brought.omitted["a link that leads nowhere"], 1);
}

/// Where the real rows are: beside the repository, not in it.
fn real_rows() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/listings/listings.jsonl")
}

#[test]
fn real_rows_are_imported_with_an_account_of_every_one_that_is_not() {
    let path = real_rows();
    let Ok(text) = std::fs::read_to_string(&path) else {
        return;
    };
    let rows = text.lines().count();
    let ground = Ground::new();
    let report = ground.brings(&Feed {
        most: 20_000,
        ..feed("real", Source::Jsonl(Place::File(path)))
    });
    assert_eq!(report.brought.listings + report.skipped.len(), rows);
    let reasons: Vec<&str> = report.brought.skipped.keys().map(String::as_str).collect();
    assert_eq!(reasons, ["twice in the feed"]);
}
