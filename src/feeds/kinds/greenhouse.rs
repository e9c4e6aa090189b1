//! Greenhouse's Job Board API: <https://developers.greenhouse.io/job-board.html#list-jobs>.
//!
//! One document holds the whole board. Salaries come with `pay_transparency=true`, in cents, a range for each zone; the
//! description is HTML that is escaped once more.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::json;
use crate::feeds::found::{Document, Found, FoundPay, Row, Rubbish, Skip};
use crate::feeds::read::{day, employment, html, pay};

#[derive(Deserialize)]
struct Board<'d> {
    #[serde(borrow)]
    jobs: Vec<&'d RawValue>,
}

/// The listings of a board.
///
/// # Errors
/// The document is no board.
pub fn read(document: Document<'_>) -> Result<Vec<Row>, Rubbish> {
    let board: Board<'_> = json::document(document.text, "a Greenhouse board")?;
    Ok(json::rows(&board.jobs, job))
}

fn job(job: &Value) -> Result<Found, Skip> {
    Ok(Found {
        key: json::text(job, "id"),
        title: json::text(job, "title").ok_or(Skip::NoTitle)?,
        company: json::text(job, "company_name"),
        locations: json::text(job, "location.name").into_iter().collect(),
        job_type: employment_of(job),
        pay: pay_of(json::items(job, "pay_input_ranges")),
        description: json::text(job, "content").map(|content| html::plain_of_escaped(&content)),
        url: json::text(job, "absolute_url"),
        posted: json::text(job, "first_published").and_then(|text| day::day(&text)),
        expires: json::text(job, "application_deadline").and_then(|text| day::day(&text)),
        ..Found::default()
    })
}

/// The one range; where zones differ, none is taken.
fn pay_of(ranges: &[Value]) -> Option<FoundPay> {
    let mut ranges = ranges.iter().map(|range| {
        let cents = |key| json::number(range, key).map(|cents| cents / 100.0);
        let words = ["title", "blurb"].map(|key| json::text(range, key).unwrap_or_default());
        FoundPay {
            min: cents("min_cents"),
            max: cents("max_cents"),
            currency: json::text(range, "currency_type"),
            per: pay::period_in(&html::plain(&words.join(". "))),
        }
    });
    let first = ranges.next()?;
    ranges.all(|range| range == first).then_some(first)
}

/// Boards may name the kind of employment in a field of their own.
fn employment_of(job: &Value) -> Option<crate::knowledge::JobType> {
    let fields = json::items(job, "metadata").iter();
    let texts: Vec<String> = fields
        .filter(|field| {
            let name = json::text(field, "name").unwrap_or_default().to_lowercase();
            matches!(
                name.as_str(),
                "employment type" | "employment_type" | "job type" | "time type"
            )
        })
        .flat_map(|field| json::items(field, "value"))
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect();
    employment::employment(texts.iter().map(String::as_str))
}
