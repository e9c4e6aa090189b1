//! Lists of pages: sitemaps (<https://www.sitemaps.org/protocol.html>) in XML or as plain text.

use url::Url;

use super::xml;
use crate::feeds::found::Rubbish;

/// What a document turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// A list of pages.
    Pages(Vec<Url>),
    /// A list of sitemaps.
    Sitemaps(Vec<Url>),
    /// No list: a page by itself.
    Page,
}

/// Reads a list of pages.
///
/// # Errors
/// The list is broken.
pub fn read(text: &str) -> Result<Sitemap, Rubbish> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head = &start[..start.floor_char_boundary(2_000)];
    if head.contains("<urlset") || head.contains("<sitemapindex") {
        let list = xml::list(text, &["url", "sitemap"])?;
        let urls = list.entries.iter().filter_map(|entry| {
            let location = entry.text(&["loc"])?;
            Url::parse(&location).ok()
        });
        let urls = unique(urls);
        return Ok(match list.root.as_str() {
            "sitemapindex" => Sitemap::Sitemaps(urls),
            _ => Sitemap::Pages(urls),
        });
    }
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_address = |line: &str| line.starts_with("https://") || line.starts_with("http://");
    if !start.is_empty() && lines.clone().all(is_address) {
        return Ok(Sitemap::Pages(unique(
            lines.by_ref().filter_map(|line| Url::parse(line).ok()),
        )));
    }
    Ok(Sitemap::Page)
}

/// Each address once, in order.
fn unique(urls: impl Iterator<Item = Url>) -> Vec<Url> {
    let mut seen = std::collections::HashSet::new();
    urls.filter(|url| seen.insert(url.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sitemaps_lists_and_pages_are_told_apart() {
        let urls = |urls: &[&str]| {
            urls.iter()
                .map(|url| url.parse().unwrap())
                .collect::<Vec<Url>>()
        };
        let xml = "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\
            <url><loc> https://a.example/1 </loc><lastmod>2026-01-01</lastmod></url><url><loc>https://a.example/1</loc></url>\
            <url><loc>nothing</loc></url><url><loc>https://a.example/2?a=1&amp;b=2</loc></url></urlset>";
        assert_eq!(
            read(xml),
            Ok(Sitemap::Pages(urls(&[
                "https://a.example/1",
                "https://a.example/2?a=1&b=2"
            ])))
        );
        let index =
            "<sitemapindex><sitemap><loc>https://a.example/jobs.xml</loc></sitemap></sitemapindex>";
        assert_eq!(
            read(index),
            Ok(Sitemap::Sitemaps(urls(&["https://a.example/jobs.xml"])))
        );
        assert_eq!(
            read("https://a.example/1\n\nhttps://a.example/2\n"),
            Ok(Sitemap::Pages(urls(&[
                "https://a.example/1",
                "https://a.example/2"
            ])))
        );
        assert_eq!(
            read("<!doctype html><p>https://a.example"),
            Ok(Sitemap::Page)
        );
        assert_eq!(read(""), Ok(Sitemap::Page));
        assert!(read("<urlset><url>").is_err());
    }
}
