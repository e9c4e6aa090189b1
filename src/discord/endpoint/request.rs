//! A request to the endpoint: only what Discord signed goes further
//! ([Security and Authorization](https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers)).

use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::header::HeaderMap;
use hyper::{Method, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};

use crate::config::PublicKey;

/// Where Discord sends interactions.
pub const PATH: &str = "/interactions";
const SIGNATURE: &str = "x-signature-ed25519";
const TIMESTAMP: &str = "x-signature-timestamp";
/// How far the time of a signature may be from now: a request that somebody kept is worth nothing afterwards.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// The largest body. Discord's largest hold a whole message, some 120 KB where every character is escaped.
const BODY_BYTES: usize = 256 << 10;
/// How long a body may take.
const BODY_LIMIT: Duration = Duration::from_secs(10);

/// Why a request is not answered. What is told is for who tries the endpoint by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another path.
    #[error("interactions are taken at {PATH}")]
    Path,
    /// Another method.
    #[error("interactions are sent with POST")]
    Method,
    /// Not signed by Discord, or not these bytes.
    #[error("invalid request signature")]
    Signature,
    /// Signed by Discord, but long ago or in the future.
    #[error("invalid request signature: its time is more than five minutes from now")]
    Stale,
    /// Too large.
    #[error("the body has more than {BODY_BYTES} bytes")]
    TooLarge,
    /// Too slow, or broken off.
    #[error("the body did not come to its end")]
    Unfinished,
    /// Signed, but no interaction.
    #[error("the body is not an interaction")]
    NoInteraction,
}

impl Refusal {
    /// The status that says so.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Path => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Signature | Self::Stale => StatusCode::UNAUTHORIZED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unfinished => StatusCode::REQUEST_TIMEOUT,
            Self::NoInteraction => StatusCode::BAD_REQUEST,
        }
    }
}

/// A body that Discord signed, with the time of the signature before it.
pub struct Signed {
    bytes: Vec<u8>,
    body_at: usize,
}

impl Signed {
    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.bytes[self.body_at..]
    }
}

/// Reads a request, and looks at the signature before anything else of the body.
///
/// # Errors
/// Why it goes no further.
pub async fn read(
    request: Request<Incoming>,
    key: &PublicKey,
    now: Timestamp,
) -> Result<Signed, Refusal> {
    let (head, body) = request.into_parts();
    if head.uri.path() != PATH {
        return Err(Refusal::Path);
    }
    if head.method != Method::POST {
        return Err(Refusal::Method);
    }
    let signature = header(&head.headers, SIGNATURE).ok_or(Refusal::Signature)?;
    let timestamp = header(&head.headers, TIMESTAMP).ok_or(Refusal::Signature)?;
    let signed = tokio::time::timeout(BODY_LIMIT, collect(timestamp, body))
        .await
        .unwrap_or(Err(Refusal::Unfinished))?;
    if !key.signed(&signed.bytes, signature) {
        return Err(Refusal::Signature);
    }
    if !is_fresh(timestamp, now) {
        return Err(Refusal::Stale);
    }
    Ok(signed)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn is_fresh(timestamp: &str, now: Timestamp) -> bool {
    let signed_at = timestamp.parse().ok().map(Timestamp::from_second);
    matches!(signed_at, Some(Ok(signed_at)) if signed_at.duration_since(now).abs() <= SKEW)
}

/// What the signature is of, in one piece.
async fn collect(timestamp: &str, mut body: Incoming) -> Result<Signed, Refusal> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > BODY_BYTES {
        return Err(Refusal::TooLarge);
    }
    let body_at = timestamp.len();
    let mut bytes = Vec::with_capacity(body_at + announced);
    bytes.extend_from_slice(timestamp.as_bytes());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::Unfinished)?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if bytes.len() - body_at + data.len() > BODY_BYTES {
            return Err(Refusal::TooLarge);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(Signed { bytes, body_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_fresh_for_five_minutes_to_either_side() {
        let now: Timestamp = "2026-11-24T12:00:00.5Z".parse().unwrap();
        let at = |seconds: i64| is_fresh(&(now.as_second() + seconds).to_string(), now);
        assert_eq!(
            [-300, -299, 0, 299, 300, 301].map(at),
            [false, true, true, true, true, false]
        );
        for text in [
            "",
            "now",
            "1e9",
            "-1",
            " 1700000000",
            "99999999999999999999",
            "9223372036854775807",
        ] {
            assert!(!is_fresh(text, now), "{text}");
        }
    }
}
