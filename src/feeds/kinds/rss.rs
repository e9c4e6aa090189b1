//! RSS (0.9x, 1.0, 2.0) and Atom, with the elements that job sites add: company, location, type, salary, expiry.

use url::Url;

use super::xml::{self, Entry};
use crate::feeds::found::{Document, Found, Row, Rubbish, Skip};
use crate::feeds::read::{day, employment, html};

/// The listings of a feed.
///
/// # Errors
/// The document is neither RSS nor Atom.
pub fn read(document: Document<'_>) -> Result<Vec<Row>, Rubbish> {
    let list = xml::list(document.text, &["item", "entry"])?;
    if !matches!(list.root.as_str(), "rss" | "feed" | "RDF") {
        let root = crate::feeds::read::line::cut(&list.root, 40);
        return Err(Rubbish(format!(
            "this is neither RSS nor Atom: it begins with <{root}>"
        )));
    }
    let rows = list.entries.iter().enumerate().map(|(place, entry)| Row {
        place: format!("entry {}", place + 1),
        found: listing(entry, document.from),
    });
    Ok(rows.collect())
}

fn listing(entry: &Entry, from: Option<&Url>) -> Result<Found, Skip> {
    let plain = |names: &[&str]| {
        let text = entry.text(names).map(|text| html::plain(&text));
        text.filter(|text| !text.is_empty())
    };
    let title = plain(&["title"]).ok_or(Skip::NoTitle)?;
    let link = link(entry);
    // Addresses in a feed may begin at the feed's own.
    let link = link.map(|link| match from.and_then(|from| from.join(&link).ok()) {
        Some(url) => url.to_string(),
        None => link,
    });
    let location = plain(&["location", "job_location", "jobLocation"]).or_else(|| {
        let parts = [
            plain(&["city"]),
            plain(&["state", "region"]),
            plain(&["country"]),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    });
    let date = |names: &[&str]| entry.text(names).and_then(|text| day::day(&text));
    Ok(Found {
        key: entry.text(&["guid", "id"]).or_else(|| link.clone()),
        title,
        company: plain(&["company", "company_name", "companyName", "employer"]),
        locations: location.into_iter().collect(),
        job_type: plain(&["job_type", "jobType", "jobtype", "employment_type", "type"])
            .and_then(|text| employment::employment([text.as_str()])),
        pay_text: plain(&["salary", "salary_range", "compensation"]),
        description: plain(&["encoded", "content", "description", "summary"]),
        url: link,
        posted: date(&["pubDate", "published", "date", "issued"]),
        expires: date(&[
            "expires",
            "expirationDate",
            "expiration_date",
            "validThrough",
        ]),
        ..Found::default()
    })
}

/// RSS writes the link as text, Atom as an attribute of the link that leads to the entry itself.
fn link(entry: &Entry) -> Option<String> {
    let mut links = entry.attributes("link", "href");
    let alternate = links.find(|link| matches!(link.rel, None | Some("alternate")));
    let alternate = alternate.map(|link| link.value.trim().to_owned());
    alternate.or_else(|| entry.text(&["link"])).or_else(|| {
        let guid = entry.text(&["guid"]);
        guid.filter(|guid| guid.starts_with("https://") || guid.starts_with("http://"))
    })
}
