//! Ashby's Job Postings API: <https://developers.ashbyhq.com/docs/public-job-posting-api>.
//!
//! One document holds the whole board; pay comes with `includeCompensation=true`.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::json;
use crate::feeds::found::{Document, Found, FoundPay, Row, Rubbish, Skip};
use crate::feeds::read::{day, employment};
use crate::knowledge::Period;

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
    let board: Board<'_> = json::document(document.text, "an Ashby board")?;
    Ok(json::rows(&board.jobs, job))
}

fn job(job: &Value) -> Result<Found, Skip> {
    let title = json::text(job, "title").ok_or(Skip::NoTitle)?;
    if json::flag(job, "isListed") == Some(false) {
        return Err(Skip::Unlisted);
    }
    let more = json::items(job, "secondaryLocations").iter();
    let more = more.filter_map(|place| json::text(place, "location"));
    let url = json::text(job, "jobUrl");
    Ok(Found {
        key: json::text(job, "id").or_else(|| url.clone()),
        title,
        locations: json::text(job, "location")
            .into_iter()
            .chain(more)
            .collect(),
        remote: match json::text(job, "workplaceType").as_deref() {
            Some("Remote") => Some(true),
            Some("Hybrid" | "OnSite") => Some(false),
            _ => json::flag(job, "isRemote"),
        },
        job_type: json::text(job, "employmentType")
            .and_then(|kind| employment::employment([kind.as_str()])),
        pay: pay(json::items(job, "compensation.summaryComponents")),
        pay_text: json::text(job, "compensation.scrapeableCompensationSalarySummary"),
        description: json::text(job, "descriptionPlain"),
        url,
        posted: json::text(job, "publishedAt").and_then(|text| day::day(&text)),
        ..Found::default()
    })
}

/// The salary among the parts of the compensation; none where there are several that differ.
fn pay(parts: &[Value]) -> Option<FoundPay> {
    let salaries = parts
        .iter()
        .filter(|part| json::text(part, "compensationType").as_deref() == Some("Salary"));
    let mut salaries = salaries.map(|part| FoundPay {
        min: json::number(part, "minValue"),
        max: json::number(part, "maxValue"),
        currency: json::text(part, "currencyCode"),
        per: match json::text(part, "interval").as_deref() {
            Some("1 YEAR") => Some(Period::Year),
            Some("1 MONTH") => Some(Period::Month),
            Some("1 WEEK") => Some(Period::Week),
            Some("1 DAY") => Some(Period::Day),
            Some("1 HOUR") => Some(Period::Hour),
            _ => None,
        },
    });
    let first = salaries.next()?;
    salaries.all(|salary| salary == first).then_some(first)
}
