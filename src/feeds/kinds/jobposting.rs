//! schema.org's JobPosting as JSON-LD in a page: <https://schema.org/JobPosting>, and what Google asks of it:
//! <https://developers.google.com/search/docs/appearance/structured-data/job-posting>.

use serde_json::Value;

use super::json;
use crate::feeds::found::{Document, Found, FoundPay, Row, Skip};
use crate::feeds::read::{day, employment, html};
use crate::knowledge::Period;

/// The deepest nesting in which postings are looked for.
const DEEPEST: usize = 12;

/// The postings of a page; one row for each block that is no JSON.
pub fn read(document: Document<'_>) -> Vec<Row> {
    let mut found = Vec::new();
    for block in html::json_ld(document.text) {
        match parse(&block) {
            Ok(value) => collect(&value, DEEPEST, &mut found),
            // A block about something else may be broken without harm.
            Err(problem) if is_there(&block) => {
                found.push(Err(Skip::Unreadable(format!(
                    "its JSON-LD is broken: {problem}"
                ))));
            }
            Err(_) => {}
        }
    }
    let page = document.from.map(|url| url.to_string());
    // Only where it is the page's one posting does the page's address lead to it.
    let address = page.clone().filter(|_| found.len() == 1);
    let rows = found.into_iter().enumerate().map(|(place, found)| Row {
        place: match (place, page.as_deref().unwrap_or("page")) {
            (0, page) => page.to_owned(),
            (place, page) => format!("{page} ({})", place + 1),
        },
        found: found.map(|found: Found| Found {
            url: found
                .url
                .map(|url| absolute(url, document))
                .or_else(|| address.clone()),
            ..found
        }),
    });
    rows.collect()
}

/// The address as a page means it: it may begin at the page's own.
fn absolute(url: String, page: Document<'_>) -> String {
    match page.from.and_then(|page| page.join(&url).ok()) {
        Some(absolute) => absolute.to_string(),
        None => url,
    }
}

/// Whether a page names a posting at all.
pub fn is_there(text: &str) -> bool {
    text.contains("JobPosting")
}

/// JSON, forgiving what pages get wrong most: line breaks inside of texts, and comments around the whole.
fn parse(block: &str) -> Result<Value, serde_json::Error> {
    let block = block.trim();
    let block = block.strip_prefix("<!--").unwrap_or(block);
    let block = block.strip_suffix("-->").unwrap_or(block);
    let block = block
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>");
    serde_json::from_str(block).or_else(|error| {
        let one_line: String = block
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        serde_json::from_str(&one_line).map_err(|_| error)
    })
}

/// Looks for postings in a value: by itself, in lists, in `@graph`, in `itemListElement` and `mainEntity`.
fn collect(value: &Value, depth: usize, rows: &mut Vec<Result<Found, Skip>>) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(items) => {
            for item in items {
                collect(item, depth - 1, rows);
            }
        }
        Value::Object(object) => {
            if is_a(value, "JobPosting") {
                rows.push(posting(value));
                return;
            }
            for key in ["@graph", "itemListElement", "item", "mainEntity"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth - 1, rows);
                }
            }
        }
        _ => {}
    }
}

/// Whether the object's type is this: `JobPosting`, `https://schema.org/JobPosting`, or one of a list.
fn is_a(value: &Value, name: &str) -> bool {
    let types = json::items(value, "@type").iter();
    types.filter_map(Value::as_str).any(|kind| {
        let kind = kind.rsplit(['/', '#', ':']).next().unwrap_or(kind);
        kind == name
    })
}

fn posting(posting: &Value) -> Result<Found, Skip> {
    let title = json::text(posting, "title").or_else(|| json::text(posting, "name"));
    let url = json::text(posting, "url");
    let types: Vec<String> = json::items(posting, "employmentType")
        .iter()
        .filter_map(|kind| kind.as_str().map(str::to_owned))
        .collect();
    let anywhere = json::items(posting, "jobLocationType")
        .iter()
        .any(|kind| kind.as_str() == Some("TELECOMMUTE"));
    let mut locations: Vec<String> = json::items(posting, "jobLocation")
        .iter()
        .filter_map(place)
        .collect();
    if locations.is_empty() && anywhere {
        let wanted = json::items(posting, "applicantLocationRequirements").iter();
        let wanted: Vec<String> = wanted.filter_map(place).collect();
        locations.push(match wanted.is_empty() {
            true => "Remote".to_owned(),
            false => format!("Remote ({})", wanted.join(", ")),
        });
    }
    Ok(Found {
        key: identifier(posting).or_else(|| url.clone()),
        title: html::plain(&title.ok_or(Skip::NoTitle)?),
        company: company(posting),
        locations,
        remote: anywhere.then_some(true),
        job_type: employment::employment(types.iter().map(String::as_str)),
        pay: json::items(posting, "baseSalary")
            .first()
            .and_then(|salary| pay(salary, posting)),
        pay_text: json::text(posting, "baseSalary"),
        description: json::text(posting, "description").map(|text| html::plain(&text)),
        url,
        posted: json::text(posting, "datePosted").and_then(|text| day::day(&text)),
        expires: json::text(posting, "validThrough").and_then(|text| day::day(&text)),
        ..Found::default()
    })
}

/// `identifier`: a text, or a PropertyValue, whose value is the organisation's own.
fn identifier(posting: &Value) -> Option<String> {
    json::text(posting, "identifier").or_else(|| json::text(posting, "identifier.value"))
}

/// `hiringOrganization`: an Organization, or its name.
fn company(posting: &Value) -> Option<String> {
    let organisation = json::items(posting, "hiringOrganization").first()?;
    let name = match organisation {
        Value::String(name) => Some(name.clone()),
        _ => json::text(organisation, "name").or_else(|| json::text(organisation, "legalName")),
    };
    name.map(|name| html::plain(&name))
}

/// A Place with a PostalAddress, or either as a text.
fn place(place: &Value) -> Option<String> {
    if let Value::String(text) = place {
        return Some(text.clone());
    }
    let address = json::items(place, "address").first();
    let Some(address) = address else {
        return json::text(place, "name");
    };
    if let Value::String(text) = address {
        return Some(text.clone());
    }
    let country = json::text(address, "addressCountry")
        .or_else(|| json::text(address, "addressCountry.name"));
    let parts = [
        json::text(address, "addressLocality"),
        json::text(address, "addressRegion"),
        country,
    ];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.dedup();
    match parts.is_empty() {
        true => json::text(place, "name"),
        false => Some(parts.join(", ")),
    }
}

/// `baseSalary`: a MonetaryAmount with a QuantitativeValue, or with a number; older pages write a number alone.
fn pay(salary: &Value, posting: &Value) -> Option<FoundPay> {
    let unit =
        |value: &Value| json::text(value, "unitText").or_else(|| json::text(value, "unitCode"));
    let currency = json::text(salary, "currency").or_else(|| json::text(posting, "salaryCurrency"));
    let value = json::at(salary, "value").unwrap_or(salary);
    let one = json::number(salary, "value").or_else(|| json::number(value, "value"));
    let alone = match salary {
        Value::Number(number) => number.as_f64(),
        _ => None,
    };
    let pay = FoundPay {
        min: json::number(value, "minValue").or(one).or(alone),
        max: json::number(value, "maxValue").or(one).or(alone),
        currency,
        per: unit(value)
            .or_else(|| unit(salary))
            .and_then(|unit| period(&unit)),
    };
    (pay.min.is_some() || pay.max.is_some()).then_some(pay)
}

fn period(unit: &str) -> Option<Period> {
    match unit.to_ascii_uppercase().as_str() {
        "HOUR" | "HOURLY" | "HUR" => Some(Period::Hour),
        "DAY" | "DAILY" => Some(Period::Day),
        "WEEK" | "WEEKLY" | "WEE" => Some(Period::Week),
        "MONTH" | "MONTHLY" | "MON" => Some(Period::Month),
        "YEAR" | "YEARLY" | "ANNUAL" | "ANN" => Some(Period::Year),
        _ => None,
    }
}
