//! When two links lead to the same page.

/// What in a link's query says only where it was found. Not `ref` and `src`: hosts keep the number of a listing there.
const TRACKING: &[&str] = &["utm_", "gh_src=", "lever-source", "lever-origin"];

/// A link without what makes no difference: its scheme, `www.`, the case of its host, a fragment, a slash at the end, where
/// it was found.
pub fn bare(link: &str) -> String {
    let link = link.split_once("://").map_or(link, |(_, rest)| rest);
    let link = link.split_once('#').map_or(link, |(link, _)| link);
    let (page, query) = link.split_once('?').unwrap_or((link, ""));
    let page = page.trim_end_matches('/');
    let (host, path) = page.split_at(page.find('/').unwrap_or(page.len()));
    let host = host.to_ascii_lowercase();
    let mut bare = format!("{}{path}", host.strip_prefix("www.").unwrap_or(&host));
    let says =
        |part: &&str| !part.is_empty() && !TRACKING.iter().any(|name| part.starts_with(name));
    for (place, part) in query.split('&').filter(says).enumerate() {
        bare.push(if place == 0 { '?' } else { '&' });
        bare.push_str(part);
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_to_the_same_page_are_alike() {
        for (link, expected) in [
            ("https://www.example.com/jobs/1/", "example.com/jobs/1"),
            ("HTTPS://WWW.Example.com/Jobs/1", "example.com/Jobs/1"),
            (
                "http://example.com/jobs/1?utm_source=x&gh_src=y#apply",
                "example.com/jobs/1",
            ),
            (
                "https://example.com/jobs?id=1&utm_medium=z&ref=7",
                "example.com/jobs?id=1&ref=7",
            ),
            ("https://example.com/jobs/?id=2", "example.com/jobs?id=2"),
            ("example.com", "example.com"),
            ("", ""),
        ] {
            assert_eq!(bare(link), expected, "{link}");
        }
    }
}
