//! What a feed says of a listing -> a listing as the knowledge base keeps it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::found::{Found, FoundPay, Skip};
use super::read::pay::{self, Money, Quoted};
use super::read::{employment, level, line, place};
use super::settings::{Feed, FeedName};
use crate::knowledge::format::limits::{LINK, TITLE};
use crate::knowledge::title_careers::TitleCareers;
use crate::knowledge::{CareerId, Job, JobId, Knowledge, Pay, fold, links, regions};

/// The digits of an id that keep a feed's listings apart.
const ID_DIGITS: usize = 10;
/// The largest amount of pay that is taken.
const MOST_PAY: f64 = 1e12;

/// How the listings of one feed are made alike.
pub struct Rules<'k> {
    feed: &'k Feed,
    title_careers: TitleCareers,
    /// The careers that are wanted; empty for all.
    careers: Vec<CareerId>,
    today: Date,
}

/// A career in a feed's filter that the knowledge base does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`careers` names \"{typed}\", and there is no such career{}", nearest(.near))]
pub struct UnknownCareer {
    typed: String,
    near: Option<String>,
}

fn nearest(near: &Option<String>) -> String {
    match near {
        Some(near) => format!("; did you mean \"{near}\"?"),
        None => String::new(),
    }
}

/// What could not be kept of listings, and of how many.
pub type Omissions = BTreeMap<&'static str, usize>;

impl<'k> Rules<'k> {
    /// The rules of this feed beside this knowledge base.
    ///
    /// # Errors
    /// The feed's filter names a career that is not there.
    pub fn new(
        feed: &'k Feed,
        knowledge: &'k Knowledge,
        today: Date,
    ) -> Result<Self, UnknownCareer> {
        use crate::knowledge::names::Found as Named;
        let career = |typed: &String| match knowledge.find_career(typed) {
            Named::Career(career) | Named::Narrower(career, _) => Ok(career.id.clone()),
            Named::Unsure(near) => Err(UnknownCareer {
                typed: typed.clone(),
                near: near.first().map(|career| career.id.to_string()),
            }),
        };
        let careers = feed.filter.careers.iter().map(career);
        Ok(Self {
            feed,
            title_careers: TitleCareers::new(knowledge.careers()),
            careers: careers.collect::<Result<_, _>>()?,
            today,
        })
    }

    /// The listing, or why it is not imported; what had to be left out of it is counted.
    ///
    /// # Errors
    /// Why it is not imported.
    pub fn listing(&self, found: &Found, omissions: &mut Omissions) -> Result<Job, Skip> {
        let mut omit = |what| *omissions.entry(what).or_default() += 1;
        let title = line::line(&found.title).ok_or(Skip::NoTitle)?;
        let company = found.company.as_deref().and_then(line::line);
        let company = company.or_else(|| self.feed.company.clone());
        let company = company.ok_or(Skip::NoCompany)?;
        let location = location(&found.locations);
        if let Some(last) = found.expires.filter(|last| *last < self.today) {
            return Err(Skip::Expired(last));
        }
        let url = found.url.as_deref().and_then(link);
        if found.url.is_some() && url.is_none() {
            omit("a link that leads nowhere");
        }
        // Feeds that are filled in advance may be a day ahead of us.
        let latest = self.today.tomorrow().unwrap_or(self.today);
        let posted = found.posted.filter(|posted| *posted <= latest);
        if posted != found.posted {
            omit("a date of posting in the future");
        }
        let remote = found
            .remote
            .or_else(|| place::remote(location.as_deref()?))
            .or_else(|| place::remote_in_title(&title));
        let salary = self.salary(found, &title, location.as_deref(), &mut omit);
        let careers = self.title_careers.of(&title);
        let listing = Job {
            id: id(
                &self.feed.name,
                found,
                &title,
                &company,
                location.as_deref(),
            ),
            job_type: found.job_type.or_else(|| employment::of_title(&title)),
            level: found.level.or_else(|| level::of_title(&title)),
            title: line::cut(&title, TITLE).into(),
            company: line::cut(&company, TITLE).into(),
            location: location.map(Into::into),
            remote,
            salary,
            careers: careers.into(),
            url: url.map(String::into_boxed_str),
            posted: posted.filter(|posted| found.expires.is_none_or(|last| *posted <= last)),
            expires: found.expires,
        };
        self.wanted(&listing).map(|()| listing)
    }

    fn wanted(&self, listing: &Job) -> Result<(), Skip> {
        let filter = &self.feed.filter;
        let holds = |words: &[String], phrases: &[String]| {
            phrases.iter().any(|phrase| {
                let phrase = fold::words(phrase);
                !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
            })
        };
        if !filter.words.is_empty() && !holds(&fold::words(&listing.title), &filter.words) {
            return Err(Skip::Words);
        }
        let wanted = |career: &CareerId| self.careers.contains(career);
        if !self.careers.is_empty() && !listing.careers.iter().any(wanted) {
            return Err(Skip::Careers);
        }
        if !filter.locations.is_empty() {
            let mut words = regions::words(listing.location.as_deref().unwrap_or_default());
            if listing.remote == Some(true) {
                words.push("remote".to_owned());
            }
            if !holds(&words, &filter.locations) {
                return Err(Skip::Locations);
            }
        }
        Ok(())
    }

    /// Pay from fields of its own, else from a field's text, the title, the description.
    fn salary(
        &self,
        found: &Found,
        title: &str,
        location: Option<&str>,
        omit: &mut impl FnMut(&'static str),
    ) -> Option<Pay> {
        if let Some(given) = found.pay.as_ref().filter(|pay| !pay.is_empty()) {
            let pay = self.given_pay(given);
            if pay.is_none() {
                omit("pay that makes no sense");
            }
            return pay;
        }
        let quoted = found
            .pay_text
            .as_deref()
            .and_then(pay::in_field)
            .or_else(|| pay::in_title(title))
            .or_else(|| pay::in_prose(found.description.as_deref()?))?;
        Some(self.quoted_pay(&quoted, location))
    }

    fn given_pay(&self, given: &FoundPay) -> Option<Pay> {
        let amount = |amount: Option<f64>| match amount {
            None => Ok(None),
            // Zero is how forms write that nobody filled them in.
            Some(0.0) => Ok(None),
            Some(amount) if (0.5..=MOST_PAY).contains(&amount) => Ok(Some(amount.round() as u64)),
            Some(_) => Err(()),
        };
        let (min, max) = (amount(given.min).ok()?, amount(given.max).ok()?);
        if min.is_none() && max.is_none() || min.zip(max).is_some_and(|(min, max)| min > max) {
            return None;
        }
        let currency = match given.currency.as_deref().map(str::trim) {
            None | Some("") => self.feed.currency.clone(),
            Some(code) => {
                let code = code.to_ascii_uppercase();
                let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
                is_code.then_some(code)
            }
        };
        Some(Pay {
            min,
            max,
            currency: currency.map(Into::into),
            per: given.per,
        })
    }

    fn quoted_pay(&self, quoted: &Quoted, location: Option<&str>) -> Pay {
        let set = self.feed.currency.as_deref();
        let currency = match quoted.money {
            Some(Money::Currency(code)) => Some(code),
            Some(Money::Dollar) => set
                .filter(|code| pay::is_dollar(code))
                .or_else(|| place::dollar(location?)),
            None => set,
        };
        Pay {
            min: quoted.min,
            max: quoted.max,
            currency: currency.map(Into::into),
            per: quoted.per,
        }
    }
}

impl FoundPay {
    /// Whether nothing is filled in.
    fn is_empty(&self) -> bool {
        let nothing = |amount: Option<f64>| amount.is_none_or(|amount| amount == 0.0);
        nothing(self.min) && nothing(self.max)
    }
}

/// The places as one line: each once, as many as fit.
fn location(places: &[String]) -> Option<String> {
    const MORE: usize = " and 999 more".len();
    let mut lines: Vec<String> = Vec::new();
    for place in places.iter().filter_map(|place| line::line(place)) {
        if !lines.contains(&place) {
            lines.push(place);
        }
    }
    let mut joined = String::new();
    for (number, place) in lines.iter().enumerate() {
        let separator = if joined.is_empty() { "" } else { "; " };
        let length = joined.chars().count() + separator.len() + place.chars().count();
        let last = number + 1 == lines.len();
        if length > if last { TITLE } else { TITLE - MORE } {
            if joined.is_empty() {
                return Some(line::cut(place, TITLE));
            }
            joined.push_str(&format!(" and {} more", lines.len() - number));
            break;
        }
        joined.push_str(separator);
        joined.push_str(place);
    }
    (!joined.is_empty()).then_some(joined)
}

/// The address, where people can follow it.
fn link(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url
            .host_str()
            .is_some_and(|host| !host.trim_matches('.').is_empty())
        && url.username().is_empty()
        && url.password().is_none();
    let text = url.to_string();
    let pings = ["@everyone", "@here", "<@"]
        .iter()
        .any(|ping| text.contains(ping));
    (plain && !pings && text.chars().count() <= LINK).then_some(text)
}

/// By what the same listing is known where it has no address.
pub fn name_key(title: &str, company: &str, location: Option<&str>) -> String {
    let parts = [title, company, location.unwrap_or_default()];
    parts.map(|part| part.trim().to_lowercase()).join("\0")
}

/// The feed's name and a hash over what the feed knows the listing by, so that buttons in old messages find it.
fn id(feed: &FeedName, found: &Found, title: &str, company: &str, location: Option<&str>) -> JobId {
    let by_link = || found.url.as_deref().map(links::bare);
    let key = found.key.clone().or_else(by_link);
    let key = key.unwrap_or_else(|| name_key(title, company, location));
    let hash = Sha256::digest(key.as_bytes());
    let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    JobId::new(&format!("{feed}-{}", &digits[..ID_DIGITS]))
}

/// Whether a listing has such an id.
pub fn is_of(feed: &FeedName, id: &JobId) -> bool {
    let rest = id.as_str().strip_prefix(feed.as_str());
    rest.and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|rest| {
            rest.len() == ID_DIGITS && rest.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}
