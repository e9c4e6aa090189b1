//! Which requests the preview takes.
//!
//! Any page in the same browser can send requests to this machine, and can give its own name this machine's address (DNS
//! rebinding). So a request must name this machine by an address or as `localhost`, and must come from the preview's own
//! page.

use std::net::IpAddr;

use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode, Uri};

/// Decides by a request's headers.
#[derive(Debug, Clone, Copy)]
pub struct Guard {
    only_this_machine: bool,
}

impl Guard {
    /// A guard for a page that is served on this address.
    pub fn new(listen: IpAddr) -> Self {
        Self {
            only_this_machine: listen.is_loopback(),
        }
    }

    /// Checks a request.
    ///
    /// # Errors
    /// The status and the reason where it is not taken.
    pub fn check(
        self,
        method: &Method,
        headers: &HeaderMap,
    ) -> Result<(), (StatusCode, &'static str)> {
        let host = text(headers, HOST).unwrap_or_default();
        if !self.is_own(host) {
            return Err((
                StatusCode::MISDIRECTED_REQUEST,
                "this host is not the preview's: open it by its address",
            ));
        }
        let foreign_origin =
            text(headers, ORIGIN).is_some_and(|origin| origin != format!("http://{host}"));
        let foreign_site = text(headers, "sec-fetch-site")
            .is_some_and(|site| !matches!(site, "same-origin" | "none"));
        if headers.contains_key(ORIGIN) && text(headers, ORIGIN).is_none()
            || foreign_origin
            || foreign_site
        {
            return Err((
                StatusCode::FORBIDDEN,
                "only the preview's own page may ask here",
            ));
        }
        // A form of another page cannot send this type.
        let is_json = text(headers, CONTENT_TYPE) == Some("application/json");
        if method == Method::POST && !is_json {
            return Err((
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "an interaction is application/json",
            ));
        }
        Ok(())
    }

    fn is_own(self, host: &str) -> bool {
        let Some(authority) = host
            .parse::<Uri>()
            .ok()
            .and_then(|uri| uri.authority().cloned())
        else {
            return false;
        };
        let name = authority.host();
        if name.eq_ignore_ascii_case("localhost") {
            return !host.contains('@');
        }
        let address = name.trim_start_matches('[').trim_end_matches(']');
        !host.contains('@')
            && address
                .parse::<IpAddr>()
                .is_ok_and(|ip| !self.only_this_machine || ip.is_loopback())
    }
}

fn text(headers: &HeaderMap, name: impl axum::http::header::AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(guard: Guard, headers: &[(&'static str, &str)]) -> u16 {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        match guard.check(&Method::GET, &headers) {
            Ok(()) => 200,
            Err((status, _)) => status.as_u16(),
        }
    }

    fn loopback() -> Guard {
        Guard::new([127, 0, 0, 1].into())
    }

    #[test]
    fn the_machine_is_named_by_an_address_or_as_localhost() {
        for own in [
            "127.0.0.1:4747",
            "localhost:4747",
            "LOCALHOST",
            "[::1]:80",
            "127.8.9.1",
        ] {
            assert_eq!(status(loopback(), &[("host", own)]), 200, "{own}");
        }
        for foreign in [
            "",
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com:4747",
            "evil@localhost:4747",
            "192.0.2.1:4747",
            "[::1",
            "local host",
            "/",
        ] {
            assert_eq!(status(loopback(), &[("host", foreign)]), 421, "{foreign}");
        }
        assert_eq!(status(loopback(), &[]), 421);
    }

    #[test]
    fn on_another_address_any_address_names_the_machine_and_still_no_name() {
        let guard = Guard::new([0, 0, 0, 0].into());
        assert_eq!(status(guard, &[("host", "192.0.2.1:4747")]), 200);
        assert_eq!(status(guard, &[("host", "example.com")]), 421);
    }

    #[test]
    fn only_the_own_page_may_ask() {
        let from = |name, value| status(loopback(), &[("host", "127.0.0.1:4747"), (name, value)]);
        assert_eq!(from("origin", "http://127.0.0.1:4747"), 200);
        assert_eq!(from("origin", "http://127.0.0.1:3000"), 403);
        assert_eq!(from("origin", "https://127.0.0.1:4747"), 403);
        assert_eq!(from("origin", "http://localhost:4747"), 403);
        assert_eq!(from("origin", "https://example.com"), 403);
        assert_eq!(from("origin", "null"), 403);
        assert_eq!(from("origin", "ä"), 403);
        assert_eq!(from("sec-fetch-site", "same-origin"), 200);
        assert_eq!(from("sec-fetch-site", "none"), 200);
        assert_eq!(from("sec-fetch-site", "cross-site"), 403);
        assert_eq!(from("sec-fetch-site", "same-site"), 403);
    }

    #[test]
    fn what_is_posted_is_json() {
        let posted = |kind: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, "localhost".parse().unwrap());
            if let Some(kind) = kind {
                headers.insert(CONTENT_TYPE, kind.parse().unwrap());
            }
            loopback()
                .check(&Method::POST, &headers)
                .map_err(|(status, _)| status.as_u16())
        };
        assert_eq!(posted(Some("application/json")), Ok(()));
        assert_eq!(posted(Some("text/plain")), Err(415));
        assert_eq!(posted(None), Err(415));
    }
}
