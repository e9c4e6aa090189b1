//! Lever's Postings API: <https://github.com/lever/postings-api#get-a-list-of-job-postings>.
//!
//! A list of postings, in pages of `limit` from `skip` on.

use serde_json::Value;
use serde_json::value::RawValue;

use super::json;
use crate::feeds::found::{Document, Found, FoundPay, Row, Rubbish, Skip};
use crate::feeds::read::{day, employment, html, level};
use crate::knowledge::Period;

/// How many postings a page has.
pub const PAGE: usize = 100;

/// The postings of a page.
///
/// # Errors
/// The document is no list of postings.
pub fn read(document: Document<'_>) -> Result<Vec<Row>, Rubbish> {
    let postings: Vec<&RawValue> = json::document(document.text, "a list of Lever postings")?;
    Ok(json::rows(&postings, posting))
}

fn posting(posting: &Value) -> Result<Found, Skip> {
    let all: Vec<String> = json::items(posting, "categories.allLocations")
        .iter()
        .filter_map(|location| location.as_str().map(str::to_owned))
        .collect();
    let one = json::text(posting, "categories.location");
    let texts = ["descriptionPlain", "additionalPlain"].map(|key| json::text(posting, key));
    let lists = json::items(posting, "lists").iter();
    let lists = lists.filter_map(|list| json::text(list, "content"));
    let description: Vec<String> = texts
        .into_iter()
        .flatten()
        .chain(lists.map(|list| html::plain(&list)))
        .collect();
    Ok(Found {
        key: json::text(posting, "id"),
        title: json::text(posting, "text").ok_or(Skip::NoTitle)?,
        locations: match all.is_empty() {
            true => one.into_iter().collect(),
            false => all,
        },
        remote: match json::text(posting, "workplaceType").as_deref() {
            Some("remote") => Some(true),
            Some("hybrid" | "on-site" | "onsite") => Some(false),
            _ => None,
        },
        job_type: json::text(posting, "categories.commitment")
            .and_then(|commitment| employment::employment([commitment.as_str()])),
        level: json::text(posting, "categories.level").and_then(|text| level::of_field(&text)),
        pay: json::at(posting, "salaryRange").map(pay),
        pay_text: json::text(posting, "salaryDescriptionPlain"),
        description: Some(description.join("\n")),
        url: json::text(posting, "hostedUrl"),
        posted: json::at(posting, "createdAt")
            .and_then(Value::as_i64)
            .and_then(day::day_of_milliseconds),
        ..Found::default()
    })
}

fn pay(range: &Value) -> FoundPay {
    FoundPay {
        min: json::number(range, "min"),
        max: json::number(range, "max"),
        currency: json::text(range, "currency"),
        per: match json::text(range, "interval").as_deref() {
            Some("per-year-salary") => Some(Period::Year),
            Some("per-month-salary") => Some(Period::Month),
            Some("per-week-salary") => Some(Period::Week),
            Some("per-day-wage") => Some(Period::Day),
            Some("per-hour-wage") => Some(Period::Hour),
            _ => None,
        },
    }
}
