//! The pictures of the README: `UPDATE_FILES=1 cargo test --test preview pictures` draws them anew, best with the font
//! Inter (Debian's fonts-inter) installed.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::browser::in_browser;
use crate::page::Page;
use crate::server::Preview;

/// The largest picture that is kept, in bytes.
const LARGEST: u64 = 200_000;

/// A picture: its name, the line that is sent, and the window's width and height.
const PICTURES: [(&str, &str, (u32, u32)); 5] = [
    (
        "compare",
        "/compare first: machine learning engineer second: data manager",
        (1000, 760),
    ),
    ("career", "/career career: data steward", (1000, 760)),
    ("jobs", "/jobs", (1000, 760)),
    ("salary", "/salary career: data scientist", (1000, 700)),
    (
        "ask",
        "which is better paid, data scientist or data engineer?",
        (1000, 640),
    ),
];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/images")
}

#[test]
fn the_pictures_of_the_readme_are_there_and_small() {
    if std::env::var_os("UPDATE_FILES").is_some() {
        draw();
    }
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for (name, _, _) in PICTURES {
        let file = folder().join(format!("{name}.png"));
        let bytes = fs::read(&file).unwrap_or_default();
        assert!(
            bytes.starts_with(b"\x89PNG"),
            "{} is no picture",
            file.display()
        );
        let size = bytes.len() as u64;
        assert!(size <= LARGEST, "{name}.png takes {size} bytes");
        assert!(
            readme.contains(&format!("docs/images/{name}.png")),
            "the README does not show {name}.png"
        );
    }
}

fn draw() {
    in_browser(async |page| {
        let preview = Preview::over(Path::new("knowledge"));
        fs::create_dir_all(folder()).unwrap();
        page.prefer("prefers-color-scheme", "dark").await;
        for (name, line, size) in PICTURES {
            take(page, &preview, name, line, size).await;
        }
    });
}

async fn take(
    page: &Page,
    preview: &Arc<Preview>,
    name: &str,
    line: &str,
    (width, height): (u32, u32),
) {
    page.resize(width, height, false).await;
    page.open(preview).await;
    page.paste(line).await;
    let _: Option<()> = page
        .js("document.querySelector('#composer-text').blur()")
        .await;
    let bytes = page.client.screenshot().await.unwrap();
    fs::write(folder().join(format!("{name}.png")), bytes).unwrap();
}
