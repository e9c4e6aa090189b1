//! The page's files, inside the program.

use std::borrow::Cow;

use rust_embed::Embed;

#[derive(Embed)]
#[folder = "src/preview/assets"]
struct Inside;

/// A file of the page.
pub struct Asset {
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub kind: &'static str,
}

/// The file at this path below `assets/`.
pub fn find(path: &str) -> Option<Asset> {
    let kind = match path.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    let bytes = Inside::get(path)?.data;
    Some(Asset { bytes, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_type_and_nothing_else_is_found() {
        for path in Inside::iter() {
            assert!(find(&path).is_some(), "{path}");
        }
        for path in [
            "",
            "index",
            "../mod.rs",
            "scripts/../index.html",
            "INDEX.HTML",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn the_page_asks_no_other_host() {
        for path in Inside::iter() {
            let bytes = find(&path).unwrap().bytes;
            let text = std::str::from_utf8(&bytes).unwrap();
            for line in text.lines().filter(|line| line.contains("://")) {
                let is_comment = line.trim_start().starts_with(['*', '/']);
                let is_name = line.contains("http://www.w3.org/2000/svg");
                let is_pattern = line.contains(r"https?:\/\/");
                assert!(is_comment || is_name || is_pattern, "{path}: {line}");
            }
        }
    }
}
