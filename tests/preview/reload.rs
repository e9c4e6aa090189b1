//! Files that change while somebody looks on.

use std::fs;
use std::path::Path;

use crate::browser::in_browser;
use crate::server::{Preview, copy_of_crafts};

fn edit(folder: &Path, old: &str, new: &str) {
    let file = folder.join("careers/potter.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(old), "no {old} in {text}");
    fs::write(file, text.replace(old, new)).unwrap();
}

#[test]
fn a_changed_file_refreshes_the_last_answer() {
    in_browser(async |page| {
        let folder = copy_of_crafts();
        let preview = Preview::over(folder.path());
        page.open(&preview).await;
        page.paste("/career career: potter section: definition")
            .await;
        assert_eq!(page.texts(".embed-text").await, ["A potter makes pots."]);
        edit(folder.path(), "makes pots", "makes jars, too");
        page.until(
            "document.querySelector('.embed-text').innerText === 'A potter makes jars, too.'",
        )
        .await;
        assert_eq!(page.answers().await, 1);
        page.until("document.querySelector('.toast').innerText === 'The files changed: the last answer is fresh.'")
            .await;
        // What a press brought is asked for again as well.
        page.press(".select", "Show a section").await;
        page.press(".select-list .list-entry", "Responsibilities")
            .await;
        page.until_title("Potter: Responsibilities").await;
        edit(folder.path(), "Sell pots", "Mend pots");
        page.until("document.querySelector('.embed-text').innerText.includes('Mend pots')")
            .await;
        assert_eq!(page.title().await, "Potter: Responsibilities");
    });
}

#[test]
fn a_broken_file_is_shown_with_its_place_until_it_is_mended() {
    in_browser(async |page| {
        let folder = copy_of_crafts();
        let preview = Preview::over(folder.path());
        page.open(&preview).await;
        page.paste("/career career: potter section: definition")
            .await;
        edit(folder.path(), "industries =", "industrys =");
        page.until("document.querySelector('.problem')").await;
        assert_eq!(
            page.texts(".problem-place").await,
            ["careers/potter.toml:6:1"]
        );
        assert_eq!(page.texts(".problem-line mark").await, ["industrys"]);
        assert_eq!(
            page.texts(".problem-line code").await,
            [r#"industrys = ["Art"]"#]
        );
        assert_eq!(
            page.texts(".problem-text").await,
            ["error unknown key industrys"]
        );
        assert_eq!(
            page.texts(".problem-help").await,
            ["help did you mean industries?"]
        );
        assert_eq!(
            page.texts(".problems-title > span").await,
            ["1 problem in 1 file"]
        );
        // What was loaded before goes on answering.
        page.paste("/career career: potter section: definition")
            .await;
        assert_eq!(page.title().await, "Potter: Definition");
        edit(folder.path(), "industrys =", "industries =");
        page.until("document.querySelector('#problems').hidden")
            .await;
        assert_eq!(page.texts(".problem").await, [""; 0]);
    });
}

#[test]
fn a_career_that_is_gone_is_told_where_its_answer_stood() {
    in_browser(async |page| {
        let folder = copy_of_crafts();
        let preview = Preview::over(folder.path());
        page.open(&preview).await;
        page.paste("/career career: potter").await;
        fs::remove_file(folder.path().join("careers/potter.toml")).unwrap();
        page.until_title("No such career").await;
        assert_eq!(page.answers().await, 1);
        assert_eq!(page.buttons().await, ["Baker", "Browse all careers"]);
    });
}
