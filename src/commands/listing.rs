//! What a listing says, in words; what it does not say is told as that.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::knowledge::{Job, JobType, Level, Pay};
use crate::reply::text::{escape, thousands};
use crate::reply::{Card, Field, Tone, text};

/// A listing as one entry of a list.
pub fn entry(job: &Job) -> Field {
    let place_says_remote = job
        .location
        .as_deref()
        .is_some_and(|location| location.to_lowercase().contains("remote"));
    let remote = match job.remote {
        Some(true) if !place_says_remote => Some("remote".to_owned()),
        Some(false) => Some("not remote".to_owned()),
        Some(true) | None => None,
    };
    let facts: Vec<String> = [
        Some(format!("**{}**", escape(&job.company))),
        Some(stated(job.location.as_deref().map(escape), "location")),
        remote,
        Some(stated(job.job_type.map(type_name), "type")),
        Some(stated(job.level.map(level_name), "level")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let money = stated(job.salary.as_ref().map(pay), "pay");
    let posted = job.posted.and_then(ago);
    let posted = posted.map_or_else(String::new, |ago| format!(" · posted {ago}"));
    Field {
        name: escape(&job.title),
        value: format!("{}\n{money}{posted}", facts.join(" · ")),
        inline: false,
    }
}

fn stated(fact: Option<String>, what: &str) -> String {
    fact.unwrap_or_else(|| format!("{what} not stated"))
}

fn type_name(job_type: JobType) -> String {
    job_type.title().to_lowercase()
}

fn level_name(level: Level) -> String {
    format!("{} level", level.title().to_lowercase())
}

/// A listing as a card of its own, with everything it says and does not say.
pub fn card(job: &Job, today: Date) -> Card {
    let mut card = Card::new(Tone::Jobs, escape(&job.title), closed(job, today));
    let link = job.url.as_deref().filter(|url| text::is_web(url));
    card.url = link.map(str::to_owned);
    let or_not = |fact: Option<String>| fact.unwrap_or_else(|| "not stated".to_owned());
    let remote = job.remote.map(|remote| if remote { "yes" } else { "no" });
    card.column("Company", escape(&job.company))
        .column("Location", or_not(job.location.as_deref().map(escape)))
        .column("Remote", or_not(remote.map(str::to_owned)))
        .column(
            "Type",
            or_not(job.job_type.map(|one| one.title().to_owned())),
        )
        .column(
            "Level",
            or_not(job.level.map(|level| level.title().to_owned())),
        )
        .column("Pay", or_not(job.salary.as_ref().map(pay_whole)))
        .column("Posted", or_not(job.posted.map(dated)))
        .column("Open until", or_not(job.expires.map(dated)));
    if card.url.is_none() {
        card.field("How to apply", "This listing gives no link.");
    }
    card.footer = Some(format!("Listing {}", text::plain(job.id.as_str())));
    card
}

fn closed(job: &Job, today: Date) -> String {
    match job.expires {
        Some(last) if job.expired(today) => format!("This listing closed on {last}."),
        _ => String::new(),
    }
}

/// The offered range with its currency and time, as far as the listing says.
fn pay(pay: &Pay) -> String {
    let range = match (pay.min, pay.max) {
        (Some(min), Some(max)) if min != max => format!("{} to {}", thousands(min), thousands(max)),
        (Some(one), Some(_)) => thousands(one),
        (Some(min), None) => format!("from {}", thousands(min)),
        (None, Some(max)) => format!("up to {}", thousands(max)),
        (None, None) => return "not stated".to_owned(),
    };
    let currency = pay.currency.as_deref().map(escape);
    let per = pay.per.map(|per| per.title().to_owned());
    let parts: Vec<String> = std::iter::once(range).chain(currency).chain(per).collect();
    parts.join(" ")
}

/// The same, saying what the listing leaves open.
fn pay_whole(offer: &Pay) -> String {
    let open: Vec<&str> = [
        offer.currency.is_none().then_some("currency"),
        offer.per.is_none().then_some("period"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if open.is_empty() {
        pay(offer)
    } else {
        format!("{} ({} not stated)", pay(offer), open.join(" and "))
    }
}

fn dated(date: Date) -> String {
    match ago(date) {
        Some(ago) => format!("{date} ({ago})"),
        None => date.to_string(),
    }
}

/// A date that Discord draws as `3 days ago`.
fn ago(date: Date) -> Option<String> {
    let start = date.to_zoned(TimeZone::UTC).ok()?;
    Some(format!("<t:{}:R>", start.timestamp().as_second()))
}
