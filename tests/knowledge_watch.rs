//! What the watcher promises: whatever happens to the folder, the store ends on what is there once it rests and loads.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tempfile::TempDir;
use waymark::knowledge::load::load;
use waymark::knowledge::source::Files;
use waymark::knowledge::store::{Reloads, Store};
use waymark::knowledge::watch::{SETTLED, Watcher, Watching};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);
const SOON: Watching = Watching::Every(Duration::from_millis(50));

const SETTINGS: &str =
    "name = \"Test\"\n[[categories]]\nid = \"analytics\"\nname = \"Analytics\"\n";

fn career(name: &str) -> String {
    format!("name = \"{name}\"\ncategory = \"analytics\"\ndefinition = \"Works with data.\"\n")
}

fn related(name: &str, other: &str) -> String {
    format!("{}related = [\"{other}\"]\n", career(name))
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A folder `knowledge` with one career, inside a folder of its own.
fn folder() -> (TempDir, std::path::PathBuf) {
    let outside = TempDir::new().unwrap();
    let knowledge = outside.path().join("knowledge");
    put(&knowledge, "knowledge.toml", SETTINGS);
    put(&knowledge, "careers/one.toml", &career("One"));
    (outside, knowledge)
}

struct Watched {
    store: Arc<Store>,
    watcher: Watcher,
}

fn watch(folder: &Path, watching: Watching) -> Watched {
    let store = Store::open(Files::Folder(folder.to_owned()), Timestamp::now()).unwrap();
    let store = Arc::new(store);
    let watcher = Watcher::start(Arc::clone(&store), watching).unwrap();
    Watched { store, watcher }
}

impl Watched {
    fn careers(&self) -> Vec<String> {
        let snapshot = self.store.snapshot();
        snapshot
            .careers()
            .iter()
            .map(|career| career.name.clone())
            .collect()
    }

    fn wait(&self, what: &str, there: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !there(self) {
            let status = self.store.status();
            assert!(Instant::now() < deadline, "in vain: {what}; {status:?}");
            sleep(Duration::from_millis(10));
        }
    }

    fn wait_careers(&self, expected: &[&str]) {
        self.wait(&format!("{expected:?}"), |it| it.careers() == expected);
    }

    fn reloads(&self) -> Reloads {
        self.store.status().reloads
    }
}

fn a_changed_file_is_taken(watching: Watching) {
    let (_outside, folder) = folder();
    let watched = watch(&folder, watching);
    let before = watched.store.snapshot().version().to_owned();
    put(&folder, "careers/one.toml", &career("First"));
    watched.wait_careers(&["First"]);
    put(&folder, "careers/two.toml", &related("Second", "one"));
    watched.wait_careers(&["First", "Second"]);
    fs::remove_file(folder.join("careers/two.toml")).unwrap();
    watched.wait_careers(&["First"]);
    put(&folder, "careers/one.toml", &career("One"));
    watched.wait_careers(&["One"]);
    assert_eq!(watched.store.snapshot().version(), before);
    let expected = Reloads {
        changed: 4,
        ..Reloads::default()
    };
    assert_eq!(watched.reloads(), expected);
}

#[test]
fn a_changed_file_is_taken_by_events() {
    a_changed_file_is_taken(Watching::Auto);
}

#[test]
fn a_changed_file_is_taken_by_looking() {
    a_changed_file_is_taken(SOON);
}

#[test]
fn events_come_sooner_than_the_next_look_also_from_a_new_folder() {
    let (_outside, folder) = folder();
    let watched = watch(&folder, Watching::Auto);
    put(&folder, "jobs/new/first.toml", "");
    watched.wait("the new folders are seen", |it| it.reloads().changed == 1);
    // The look that comes by itself is ten seconds away: three changes would wait for thirty.
    let start = Instant::now();
    for title in ["A", "B", "C"] {
        let job = format!("[[job]]\ntitle = \"{title}\"\ncompany = \"X\"\n");
        sleep(Duration::from_millis(200));
        put(&folder, "jobs/new/first.toml", &job);
        watched.wait("the listing is there", |it| {
            let snapshot = it.store.snapshot();
            snapshot
                .jobs()
                .first()
                .is_some_and(|job| &*job.title == title)
        });
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn what_does_not_load_changes_nothing_until_it_is_mended() {
    let (_outside, folder) = folder();
    let watched = watch(&folder, SOON);
    put(&folder, "careers/one.toml", "name = ");
    watched.wait("problems", |it| it.store.status().failed.is_some());
    assert_eq!(watched.careers(), ["One"]);
    let (_, problems) = watched.store.status().failed.unwrap();
    assert_eq!(problems[0].file, "careers/one.toml");
    put(&folder, "careers/one.toml", &career("Mended"));
    watched.wait_careers(&["Mended"]);
    assert!(watched.store.status().failed.is_none());
    let expected = Reloads {
        changed: 1,
        unchanged: 0,
        failed: 1,
    };
    assert_eq!(watched.reloads(), expected);
}

#[test]
fn a_folder_that_is_being_copied_is_taken_once_it_is_whole() {
    let (_outside, folder) = folder();
    let watched = watch(&folder, SOON);
    let ids: Vec<String> = (0..30)
        .map(|number| format!("career-{number:02}"))
        .collect();
    for (place, id) in ids.iter().enumerate() {
        // Each leads to the next, so that no part of it loads.
        let next = ids.get(place + 1).map_or("one", String::as_str);
        put(&folder, &format!("careers/{id}.toml"), &related(id, next));
        sleep(SETTLED / 10);
    }
    watched.wait("all of it", |it| it.careers().len() == 31);
    let reloads = watched.reloads();
    assert_eq!(reloads.changed, 1);
    // A machine that is busy elsewhere may hold the copying up for longer than the folder must rest.
    assert!(reloads.failed <= 2, "{reloads:?}");
}

#[test]
fn a_folder_that_is_swapped_whole_is_taken_and_its_later_changes_too() {
    for watching in [SOON, Watching::Auto] {
        let (outside, folder) = folder();
        let watched = watch(&folder, watching);
        let next = outside.path().join("next");
        put(&next, "knowledge.toml", SETTINGS);
        put(&next, "careers/other.toml", &career("Other"));
        fs::rename(&folder, outside.path().join("old")).unwrap();
        fs::rename(&next, &folder).unwrap();
        watched.wait_careers(&["Other"]);
        put(&folder, "careers/other.toml", &career("Another"));
        watched.wait_careers(&["Another"]);
    }
}

#[test]
fn a_folder_that_is_away_for_a_while_takes_nothing_away() {
    let (outside, folder) = folder();
    let watched = watch(&folder, SOON);
    let aside = outside.path().join("aside");
    fs::rename(&folder, &aside).unwrap();
    watched.wait("a problem", |it| it.store.status().failed.is_some());
    assert_eq!(watched.careers(), ["One"]);
    put(&aside, "careers/one.toml", &career("Back"));
    fs::rename(&aside, &folder).unwrap();
    watched.wait_careers(&["Back"]);
}

/// Kubernetes mounts a ConfigMap as links through `..data`, itself a link to a hidden folder, and swaps that one link.
#[cfg(unix)]
#[test]
fn a_config_map_is_read_once_and_taken_when_its_link_is_swapped() {
    use std::os::unix::fs::symlink;
    for watching in [SOON, Watching::Auto] {
        let mount = TempDir::new().unwrap();
        let mount = mount.path();
        let fill = |version: &str, name: &str| {
            put(mount, &format!("{version}/knowledge.toml"), SETTINGS);
            put(mount, &format!("{version}/careers/one.toml"), &career(name));
        };
        fill("..2026_11_24_10_00_00.1", "One");
        symlink("..2026_11_24_10_00_00.1", mount.join("..data")).unwrap();
        symlink("..data/knowledge.toml", mount.join("knowledge.toml")).unwrap();
        symlink("..data/careers", mount.join("careers")).unwrap();
        let watched = watch(mount, watching);
        // Had the hidden folders been read too, it would have been refused for two careers of one name.
        assert_eq!(watched.careers(), ["One"]);
        for (version, name) in [
            ("..2026_11_24_10_01_00.2", "Two"),
            ("..2026_11_24_10_02_00.3", "Three"),
        ] {
            fill(version, name);
            symlink(version, mount.join("..data_tmp")).unwrap();
            fs::rename(mount.join("..data_tmp"), mount.join("..data")).unwrap();
            watched.wait_careers(&[name]);
        }
        assert_eq!(watched.reloads().failed, 0);
    }
}

#[test]
fn what_nobody_reads_leads_to_no_reload() {
    let (_outside, folder) = folder();
    let watched = watch(&folder, SOON);
    put(&folder, ".git/index", "x");
    put(&folder, "jobs/.state/feed.json", "x");
    put(&folder, "careers/.one.toml.swp", "x");
    put(&folder, "careers/one.toml~", "x");
    put(&folder, "README.md", "x");
    fs::create_dir_all(folder.join("schema")).unwrap();
    put(&folder, "schema/career.json", "x");
    // `jobs` itself is new, and read.
    watched.wait("the folder", |it| it.reloads().unchanged == 1);
    put(&folder, "jobs/.state/feed.json", "y");
    put(&folder, "careers/.one.toml.swp", "y");
    put(&folder, "schema/career.json", "y");
    sleep(SETTLED * 2);
    let expected = Reloads {
        unchanged: 1,
        ..Reloads::default()
    };
    assert_eq!(watched.reloads(), expected);
}

#[test]
fn unwatched_it_is_loaded_when_somebody_asks() {
    let (_outside, folder) = folder();
    let watched = watch(&folder, Watching::Off);
    put(&folder, "careers/one.toml", &career("Changed"));
    sleep(SETTLED + SETTLED / 2);
    assert_eq!(watched.careers(), ["One"]);
    watched.watcher.ask();
    watched.wait_careers(&["Changed"]);
    watched.watcher.ask();
    watched.wait("asked for, it is loaded though nothing changed", |it| {
        it.reloads().unchanged == 1
    });
}

#[test]
fn whatever_is_written_while_it_loads_it_ends_on_the_last_content() {
    let (_outside, folder) = folder();
    let watched = watch(&folder, SOON);
    let files = Files::Folder(folder.clone());
    // Moderators load it meanwhile, so that loads begin at any moment of a write.
    for round in 0..40_u64 {
        let text = match round % 4 {
            3 => "name = ".to_owned(),
            _ => career(&format!("Round {round}")),
        };
        put(&folder, "careers/one.toml", &text);
        // Refused while the watcher loads, or for the broken files.
        let _ = watched.store.reload(Timestamp::now());
        put(
            &folder,
            "careers/one.toml",
            &career(&format!("After {round}")),
        );
        sleep(Duration::from_millis(round * 7 % 31));
    }
    let today = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let last = load(&files, today).unwrap();
    watched.wait("the last content", |it| {
        it.store.snapshot().version() == last.version() && it.store.status().failed.is_none()
    });
    assert_eq!(watched.careers(), ["After 39"]);
}
