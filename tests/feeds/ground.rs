//! A knowledge folder, a host, and feeds between them.

use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use url::Url;
use waymark::feeds::address::Public;
use waymark::feeds::fetch::Fetcher;
use waymark::feeds::import::Importer;
use waymark::feeds::merge::{Outcome, Report};
use waymark::feeds::{Feed, FeedName, Kind, Place, Reach, Source};
use waymark::knowledge::source::Files;
use waymark::knowledge::store::Store;

use crate::host::Host;

/// Where feeds run.
pub struct Ground {
    pub folder: TempDir,
    pub host: Host,
    pub runtime: tokio::runtime::Runtime,
    pub store: Arc<Store>,
    importer: Importer,
}

/// Feeds may ask this machine here.
pub const ANYWHERE: Reach = Reach {
    http: true,
    private: true,
};

impl Ground {
    pub fn new() -> Self {
        Self::where_public(Public::INTERNET)
    }

    /// Where only 127.0.0.1 is public.
    pub fn with_one_public_address() -> Self {
        Self::where_public(Public::only(|address| {
            address == IpAddr::from([127, 0, 0, 1])
        }))
    }

    fn where_public(public: Public) -> Self {
        let folder = knowledge();
        let files = Files::Folder(folder.path().to_owned());
        let store = Store::open(files, Timestamp::now()).unwrap();
        let fetcher = Fetcher::within(public, Some("https://example.com/about")).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build();
        Self {
            importer: Importer::new(fetcher, folder.path().to_owned()),
            host: Host::start(),
            runtime: runtime.unwrap(),
            store: Arc::new(store),
            folder,
        }
    }

    /// Runs feeds once, and sees that what they wrote loads without a problem.
    pub fn import(&self, feeds: &[Feed]) -> Vec<Outcome> {
        self.run(feeds, false)
    }

    /// The same, believing everything.
    pub fn force(&self, feeds: &[Feed]) -> Vec<Outcome> {
        self.run(feeds, true)
    }

    fn run(&self, feeds: &[Feed], force: bool) -> Vec<Outcome> {
        let run = self
            .importer
            .run(feeds, self.store.snapshot(), force, |_| {});
        let outcomes = self.runtime.block_on(run).unwrap();
        self.store.reload(Timestamp::now()).unwrap();
        let snapshot = self.store.snapshot();
        let warned: Vec<String> = snapshot
            .warnings()
            .iter()
            .map(|problem| problem.render())
            .collect();
        assert!(warned.is_empty(), "{warned:#?}");
        outcomes
    }

    /// Runs one feed that must succeed.
    pub fn brings(&self, feed: &Feed) -> Report {
        let mut outcomes = self.import(std::slice::from_ref(feed));
        assert_eq!(outcomes.len(), 1);
        outcomes.remove(0).result.unwrap()
    }

    /// Runs one feed that must fail, and gives why.
    pub fn fails(&self, feed: &Feed) -> String {
        let mut outcomes = self.import(std::slice::from_ref(feed));
        assert_eq!(outcomes.len(), 1);
        let why = outcomes
            .remove(0)
            .result
            .map(|report| report.brought)
            .unwrap_err();
        // Every run has another port.
        why.replace(&self.host.url(""), "http://host")
    }

    /// A feed's file.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("jobs/feeds/{name}.toml"))
    }

    /// What a feed's file says.
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    /// The titles in a feed's file, in order.
    pub fn titles(&self, name: &str) -> Vec<String> {
        let text = self.text(name);
        let titles = text
            .lines()
            .filter_map(|line| line.strip_prefix("title = \""));
        titles
            .map(|title| title.trim_end_matches('"').to_owned())
            .collect()
    }

    /// A feed of lines from this path of the host.
    pub fn lines(&self, name: &str, path: &str) -> Feed {
        feed(name, Source::Jsonl(Place::Web(self.url(path))))
    }

    /// A board of this kind at the host.
    pub fn board(&self, kind: Kind) -> Feed {
        let source = kind.board(&self.url(""), "acme").unwrap();
        Feed {
            company: Some("Acme".to_owned()),
            ..feed("acme", source)
        }
    }

    pub fn url(&self, path: &str) -> Url {
        self.host.url(path).parse().unwrap()
    }
}

/// A feed that may ask this machine.
pub fn feed(name: &str, source: Source) -> Feed {
    Feed {
        reach: ANYWHERE,
        timeout: Duration::from_secs(20),
        ..Feed::new(FeedName::new(name).unwrap(), source)
    }
}

/// A line of a listing with this title, known by it.
pub fn line(title: &str) -> String {
    format!("{{\"id\": \"{title}\", \"title\": \"{title}\", \"company\": \"Acme\"}}\n")
}

/// So many lines.
pub fn many(count: usize) -> String {
    (0..count)
        .map(|number| line(&format!("Job {number}")))
        .collect()
}

/// A sample of a kind of feed.
pub fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/feeds/samples");
    fs::read(folder.join(name)).unwrap()
}

/// A knowledge folder with three careers and one listing that somebody typed.
pub fn knowledge() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "knowledge.toml",
        "name = \"Careers\"\ndefault_currency = \"USD\"\n\n[[categories]]\nid = \"data\"\nname = \"Data\"\n",
    );
    for (id, name) in [
        ("data-engineer", "Data Engineer"),
        ("data-scientist", "Data Scientist"),
        ("machine-learning-engineer", "Machine Learning Engineer"),
    ] {
        let career =
            format!("name = \"{name}\"\ncategory = \"data\"\ndefinition = \"Works with data.\"\n");
        write(&format!("careers/{id}.toml"), &career);
    }
    write(
        "jobs/typed.toml",
        "[[job]]\ntitle = \"Typed Job\"\ncompany = \"Acme\"\nurl = \"https://acme.example/typed\"\n",
    );
    folder
}
