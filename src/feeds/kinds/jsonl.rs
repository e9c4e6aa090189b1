//! One JSON object a line, with the keys of a listing's TOML; those that other programs use for the same are known too.

use serde_json::Value;

use super::json;
use crate::feeds::found::{Document, Found, FoundPay, Row, Rubbish, Skip};
use crate::feeds::read::{day, employment, html, level};
use crate::knowledge::Period;

/// The listings of the lines.
///
/// # Errors
/// No line is an object.
pub fn read(document: Document<'_>) -> Result<Vec<Row>, Rubbish> {
    let lines = document
        .text
        .trim_start_matches('\u{feff}')
        .lines()
        .enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let rows: Vec<Row> = lines
        .map(|(place, line)| Row {
            place: format!("line {}", place + 1),
            found: listing(line),
        })
        .collect();
    let broken = |row: &Row| matches!(row.found, Err(Skip::Unreadable(_)));
    match rows.first() {
        Some(Row {
            found: Err(Skip::Unreadable(problem)),
            ..
        }) if rows.iter().all(broken) => Err(Rubbish(format!(
            "no line of it is a JSON object: {problem}"
        ))),
        _ => Ok(rows),
    }
}

fn listing(line: &str) -> Result<Found, Skip> {
    let listing: Value =
        serde_json::from_str(line).map_err(|error| Skip::Unreadable(error.to_string()))?;
    if !listing.is_object() {
        return Err(Skip::Unreadable("not an object".to_owned()));
    }
    let first = |keys: &[&str]| keys.iter().find_map(|key| json::text(&listing, key));
    let date = |keys: &[&str]| first(keys).and_then(|text| day::day(&text));
    let pay = pay(&listing);
    Ok(Found {
        key: first(&["id", "source_id"]),
        title: first(&["title"]).ok_or(Skip::NoTitle)?,
        company: first(&["company"]),
        locations: json::items(&listing, "location")
            .iter()
            .filter_map(|location| location.as_str().map(str::to_owned))
            .collect(),
        remote: json::flag(&listing, "remote"),
        job_type: first(&["type", "employment_type"])
            .and_then(|text| employment::employment([text.as_str()])),
        level: first(&["level"]).and_then(|text| level::of_field(&text)),
        pay_text: json::text(&listing, "salary"),
        pay,
        description: first(&["description"]).map(|text| html::plain(&text)),
        url: first(&["url", "link"]),
        posted: date(&["posted", "date_posted"]),
        expires: date(&["expires", "valid_through"]),
    })
}

/// `salary = { min, max, currency, per }`, or the same as keys of the listing.
fn pay(listing: &Value) -> Option<FoundPay> {
    let nested = json::at(listing, "salary").filter(|salary| salary.is_object());
    let pay = match nested {
        Some(salary) => FoundPay {
            min: json::number(salary, "min"),
            max: json::number(salary, "max"),
            currency: json::text(salary, "currency"),
            per: json::text(salary, "per").and_then(|per| Period::from_id(&per)),
        },
        None => FoundPay {
            min: json::number(listing, "salary_min"),
            max: json::number(listing, "salary_max"),
            currency: json::text(listing, "currency"),
            per: json::text(listing, "period").and_then(|per| Period::from_id(&per)),
        },
    };
    (pay.min.is_some() || pay.max.is_some()).then_some(pay)
}
