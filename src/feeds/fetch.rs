//! Asks hosts for documents: bounded in time and size, politely, and never where it may not.

use std::error::Error;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::{Client, Response, StatusCode, redirect};
use url::Url;

use super::address::{self, Forbidden, Public, PublicOnly};
use super::settings::Reach;
use super::state::Validators;

/// The largest document, unpacked.
pub const MOST_BYTES: usize = 64 << 20;
/// How often a document is asked for before its feed fails.
const TRIES: u32 = 3;
/// The first wait between two tries where the host names none; it doubles.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait that a host may ask for before the feed fails instead.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// The longest time that a host may keep us away.
const LONGEST_AWAY: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// The most addresses that one document leads through.
const REDIRECTS: usize = 5;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ACCEPTED: &str = "application/json, application/ld+json, application/rss+xml, application/atom+xml, application/xml;q=0.9, \
    text/html;q=0.9, text/plain;q=0.8, */*;q=0.5";

/// Asks hosts. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Fetcher {
    public: Client,
    /// For feeds that may ask private addresses.
    anywhere: Client,
    addresses: Public,
}

/// A document that is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// Where it is.
    pub url: &'w Url,
    /// What may be asked.
    pub reach: Reach,
    /// How long one try may take.
    pub timeout: Duration,
    /// By what its host knew it last time.
    pub known: &'w Validators,
}

/// What a host answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// It is as it was.
    Unchanged,
    /// It is new.
    Document {
        /// Where it came from in the end.
        from: Url,
        /// Its text; bytes that are no UTF-8 became U+FFFD.
        text: String,
        /// By what the host knows it.
        validators: Validators,
    },
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It may not be asked for.
    #[error("{0}")]
    Forbidden(Forbidden),
    /// The host answered with an error.
    #[error("{host} answered {status}{}", often(.tries))]
    Status {
        /// Who answered.
        host: String,
        /// What.
        status: StatusCode,
        /// How often it was asked.
        tries: u32,
    },
    /// The host wants to be left alone for longer than one run may wait.
    #[error("{host} answered {status} and asks to be left alone for {} s", .wait.as_secs())]
    Away {
        /// Who answered.
        host: String,
        /// What.
        status: StatusCode,
        /// For how long.
        wait: Duration,
    },
    /// It is too large.
    #[error("{host} sends more than {} MB", MOST_BYTES >> 20)]
    TooLarge {
        /// Who sends it.
        host: String,
    },
    /// One address led to another too often, or nowhere.
    #[error("{host} leads from one address to another without end, or nowhere")]
    Redirects {
        /// Who began.
        host: String,
    },
    /// It took too long.
    #[error("{host} did not answer in full within {} s{}", .timeout.as_secs(), often(.tries))]
    TimedOut {
        /// Who was asked.
        host: String,
        /// How long it may take.
        timeout: Duration,
        /// How often it was asked.
        tries: u32,
    },
    /// There was no connection, or it broke.
    #[error("{host}: {cause}{}", often(.tries))]
    Connection {
        /// Who was asked.
        host: String,
        /// What happened.
        cause: String,
        /// How often it was asked.
        tries: u32,
    },
}

fn often(tries: &u32) -> String {
    match tries {
        0 | 1 => String::new(),
        tries => format!(" ({tries} tries)"),
    }
}

impl FetchError {
    /// Whether the document is not there any more.
    pub fn is_gone(&self) -> bool {
        matches!(
            self,
            Self::Status {
                status: StatusCode::NOT_FOUND | StatusCode::GONE,
                ..
            }
        )
    }
}

/// How one try ended without a document.
enum Miss {
    /// It will not be otherwise next time.
    Final(FetchError),
    /// It may be otherwise next time, after this wait where the host names one.
    Passing(FetchError, Option<Duration>),
}

impl Fetcher {
    /// A fetcher that says who asks; `contact` is an address where people find out more.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(contact: Option<&str>) -> Result<Self, reqwest::Error> {
        Self::within(Public::INTERNET, contact)
    }

    /// The same where other addresses are public.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn within(addresses: Public, contact: Option<&str>) -> Result<Self, reqwest::Error> {
        let about = contact.map_or_else(String::new, |contact| format!("; +{contact}"));
        let agent = format!(
            "waymark/{} (job listings for a Discord server{about})",
            env!("CARGO_PKG_VERSION")
        );
        let agent = HeaderValue::try_from(agent).unwrap_or_else(|_| {
            HeaderValue::from_static(concat!("waymark/", env!("CARGO_PKG_VERSION")))
        });
        let builder = || {
            Client::builder()
                .user_agent(agent.clone())
                .connect_timeout(CONNECT_TIMEOUT)
                // Every hop is checked, so it is followed here.
                .redirect(redirect::Policy::none())
                // A proxy would look names up itself, unchecked.
                .no_proxy()
                .gzip(true)
        };
        Ok(Self {
            public: builder()
                .dns_resolver(std::sync::Arc::new(PublicOnly(addresses)))
                .build()?,
            anywhere: builder().build()?,
            addresses,
        })
    }

    /// Gets a document, with more tries where a failure may pass.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn get(&self, wanted: Wanted<'_>) -> Result<Fetched, FetchError> {
        let mut wait = FIRST_WAIT;
        for number in 1.. {
            let host = host(wanted.url);
            let ended = tokio::time::timeout(wanted.timeout, self.try_once(wanted)).await;
            let ended = ended.unwrap_or_else(|_| {
                let timeout = wanted.timeout;
                let tries = number;
                Err(Miss::Passing(
                    FetchError::TimedOut {
                        host,
                        timeout,
                        tries,
                    },
                    None,
                ))
            });
            let (error, asked) = match ended {
                Ok(fetched) => return Ok(fetched),
                Err(Miss::Final(error)) => return Err(error),
                Err(Miss::Passing(error, asked)) => (error, asked),
            };
            if let (FetchError::Status { host, status, .. }, Some(wait)) = (&error, asked)
                && wait > LONGEST_WAIT
            {
                let (host, status) = (host.clone(), *status);
                return Err(FetchError::Away { host, status, wait });
            }
            if number >= TRIES {
                return Err(error.after(number));
            }
            // A little later than said, so that not everybody comes back at once.
            let pause = asked.unwrap_or(wait).mul_f64(1.0 + fastrand::f64() / 4.0);
            tracing::debug!(%error, ?pause, "trying again");
            tokio::time::sleep(pause).await;
            wait *= 2;
        }
        unreachable!("the last try returns")
    }

    async fn try_once(&self, wanted: Wanted<'_>) -> Result<Fetched, Miss> {
        let client = if wanted.reach.private {
            &self.anywhere
        } else {
            &self.public
        };
        let mut url = wanted.url.clone();
        for _ in 0..=REDIRECTS {
            address::check(&url, wanted.reach, self.addresses)
                .map_err(|why| Miss::Final(FetchError::Forbidden(why)))?;
            let request = client.get(url.clone()).headers(headers(wanted.known));
            let response = request
                .send()
                .await
                .map_err(|error| connection(&url, &error))?;
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED && *wanted.known != Validators::default() {
                return Ok(Fetched::Unchanged);
            }
            if status == StatusCode::OK {
                return document(url, response).await;
            }
            if !status.is_redirection() {
                return Err(refused(&url, status, response.headers()));
            }
            let next = header(response.headers(), LOCATION).and_then(|next| url.join(&next).ok());
            url = next.ok_or_else(|| redirects(wanted.url))?;
        }
        Err(redirects(wanted.url))
    }
}

impl FetchError {
    /// The same after so many tries.
    fn after(mut self, number: u32) -> Self {
        if let Self::Status { tries, .. }
        | Self::TimedOut { tries, .. }
        | Self::Connection { tries, .. } = &mut self
        {
            *tries = number;
        }
        self
    }
}

async fn document(from: Url, mut response: Response) -> Result<Fetched, Miss> {
    let too_large = || Miss::Final(FetchError::TooLarge { host: host(&from) });
    let validators = Validators {
        etag: header(response.headers(), ETAG),
        last_modified: header(response.headers(), LAST_MODIFIED),
    };
    let binary = header(response.headers(), CONTENT_TYPE).filter(|kind| {
        ["image/", "audio/", "video/", "font/"]
            .iter()
            .any(|binary| kind.starts_with(binary))
    });
    if let Some(kind) = binary {
        let host = host(&from);
        let cause = format!("sends {kind}, which holds no listings");
        return Err(Miss::Final(FetchError::Connection {
            host,
            cause,
            tries: 1,
        }));
    }
    let said = response.content_length().unwrap_or(0);
    if said > MOST_BYTES as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| connection(&from, &error))?
    {
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(Fetched::Document {
        from,
        text,
        validators,
    })
}

fn refused(url: &Url, status: StatusCode, headers: &HeaderMap) -> Miss {
    let error = FetchError::Status {
        host: host(url),
        status,
        tries: 1,
    };
    let passing = status.is_server_error()
        || matches!(
            status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS
        );
    if !passing {
        return Miss::Final(error);
    }
    let wait = header(headers, RETRY_AFTER).and_then(|text| retry_after(&text, Timestamp::now()));
    Miss::Passing(error, wait)
}

fn connection(url: &Url, error: &reqwest::Error) -> Miss {
    let mut cause: &dyn Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
        if let Some(forbidden) = cause.downcast_ref::<Forbidden>() {
            return Miss::Final(FetchError::Forbidden(forbidden.clone()));
        }
    }
    let host = host(url);
    let cause = if error.is_body() || error.is_decode() {
        format!("the answer broke off ({cause})")
    } else {
        cause.to_string()
    };
    let error = FetchError::Connection {
        host,
        cause,
        tries: 1,
    };
    Miss::Passing(error, None)
}

fn redirects(url: &Url) -> Miss {
    Miss::Final(FetchError::Redirects { host: host(url) })
}

fn headers(known: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
    let conditions = [
        (IF_NONE_MATCH, &known.etag),
        (IF_MODIFIED_SINCE, &known.last_modified),
    ];
    for (name, value) in conditions {
        if let Some(value) = value
            .as_deref()
            .and_then(|value| HeaderValue::from_str(value).ok())
        {
            headers.insert(name, value);
        }
    }
    headers
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

/// `Retry-After`: seconds, or a date ([RFC 9110, 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
            Duration::try_from(now.duration_until(until)).unwrap_or(Duration::ZERO)
        }
    };
    Some(wait.min(LONGEST_AWAY))
}

/// Who is asked, for people: never the whole address, which may hold a key.
fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = "2015-10-21T07:27:00Z".parse().unwrap();
        let seconds = |text| retry_after(text, now).map(|wait| wait.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 0 "), Some(0));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:28:00 GMT"), Some(60));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:00:00 GMT"), Some(0));
        assert_eq!(seconds("99999999999"), Some(7 * 24 * 3600));
        for nonsense in ["", "-1", "soon", "1.5"] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
