//! Three replicas of the endpoint behind nginx, as `deploy/nginx/waymark.conf` sets it up, while things go wrong.
//!
//! It needs Debian's package nginx-light; `.ci/run` installs it. Everything is on 127.0.0.1.

mod support;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use support::bot::{Bot, Setup};
use support::endpoint::{Connection, Request};
use support::interactions::Interaction;
use support::loopback::Loopback;
use support::pages::{self, Page, get, metric};
use support::people::{IAN, MODERATOR, Person};
use support::proxy::Proxy;
use support::watch::{PATIENCE, Watched};

/// Who asks at the same time.
const ASKERS: usize = 4;
/// Between two questions of one of them.
const PAUSE: Duration = Duration::from_millis(4);
/// Answers that must come while something is amiss, before the next thing happens.
const MEANWHILE: usize = 200;
/// After this long the askers stop, whatever happens.
const LONGEST: Duration = Duration::from_secs(300);
/// How long Discord waits for an answer.
const DEADLINE: Duration = Duration::from_secs(3);

const SHOW: u64 = 4;
const DEFER: u64 = 5;

/// A replica, and where it is.
struct Replica {
    bot: Bot,
    listen: SocketAddr,
    pages: SocketAddr,
}

impl Replica {
    fn start(discord: &Loopback, knowledge: &Path, listen: &str) -> Self {
        let bot = Setup::endpoint(discord)
            .environment("WAYMARK_DISCORD__LISTEN", listen)
            .environment("WAYMARK_OPERATIONS__LISTEN", "127.0.0.1:0")
            .environment("WAYMARK_OPERATIONS__DRAIN_DELAY", "2")
            .environment("WAYMARK_WATCH", "1")
            .knowledge(knowledge)
            .start();
        let pages = pages::address(&bot);
        let listen = bot.wait_listening();
        Self { bot, listen, pages }
    }

    /// Another process in the same place.
    fn start_again(&self, discord: &Loopback, knowledge: &Path) -> Self {
        Self::start(discord, knowledge, &self.listen.to_string())
    }

    fn wait(&self, path: &str, what: &str, wanted: impl Fn(&Page) -> bool) {
        let start = Instant::now();
        loop {
            let page = get(self.pages, path);
            if page.as_ref().is_some_and(&wanted) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "in vain: {what}; {page:#?}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn wait_answering(&self) {
        self.wait("/metrics", "it is asked", |page| {
            let name = "waymark_interactions_total{command=\"career\",outcome=\"answered\"}";
            metric(page, name) > Some(0.0)
        });
    }

    fn wait_version(&self, version: &str) {
        let line = format!("ready\nknowledge {version}\n");
        self.wait("/readyz", &line, |page| page.body == line);
    }

    fn version(&self) -> String {
        let page = get(self.pages, "/readyz").expect("it answers");
        let version = page.body.trim_end().rsplit(' ').next();
        version.expect("a version").to_owned()
    }
}

/// Who asks through the proxy until told to stop, and what they got.
#[derive(Default)]
struct Load {
    stop: AtomicBool,
    moderators: AtomicBool,
    answered: AtomicUsize,
    slowest: Watched<Duration>,
    wrong: Watched<Vec<String>>,
    deferred: Watched<Vec<Interaction>>,
}

impl Load {
    fn start(discord: &Arc<Loopback>, proxy: SocketAddr) -> (Arc<Self>, Vec<JoinHandle<()>>) {
        let load = Arc::new(Self::default());
        let askers = (0..ASKERS).map(|asker| {
            let (load, discord) = (Arc::clone(&load), Arc::clone(discord));
            thread::spawn(move || load.ask_on(&discord, proxy, asker))
        });
        (Arc::clone(&load), askers.collect())
    }

    fn ask_on(&self, discord: &Loopback, proxy: SocketAddr, asker: usize) {
        let start = Instant::now();
        let mut connection = Connection::open(proxy);
        while !self.stop.load(Ordering::Relaxed) && start.elapsed() < LONGEST {
            let slow = asker == 0 && self.moderators.load(Ordering::Relaxed);
            let (person, typed): (Person, _) = if slow {
                (MODERATOR, "/knowledge status")
            } else {
                (IAN, "/career one")
            };
            let interaction = Interaction::line(person, typed);
            discord.expect_interaction(&interaction);
            let asked = Instant::now();
            let request = Request::signed(interaction.json.to_string());
            connection.write(&[request.head(), request.body].concat());
            let Some(response) = connection.read() else {
                self.went_wrong("no answer".to_owned());
                connection = Connection::open(proxy);
                continue;
            };
            if response.header("connection") == Some("close") {
                connection = Connection::open(proxy);
            }
            let took = asked.elapsed();
            self.slowest.with(|slowest| *slowest = took.max(*slowest));
            if response.status != 200 {
                let told = format!("{} after {took:?}: {}", response.status, response.text());
                self.went_wrong(told);
                continue;
            }
            let body = response.json();
            discord.take_response(&interaction, &body);
            let title = body["data"]["embeds"][0]["title"].as_str().unwrap_or("");
            match body["type"].as_u64() {
                Some(SHOW) if matches!(title, "First" | "Second" | "Third") => {}
                Some(DEFER) if slow => {
                    self.deferred.with(|deferred| deferred.push(interaction));
                }
                _ => self.went_wrong(body.to_string()),
            }
            self.answered.fetch_add(1, Ordering::Relaxed);
            thread::sleep(PAUSE);
        }
    }

    fn went_wrong(&self, told: String) {
        self.wrong.with(|wrong| wrong.push(told));
    }

    /// Waits until as many more are answered.
    fn wait_answered(&self, more: usize) {
        let start = Instant::now();
        let before = self.answered.load(Ordering::Relaxed);
        while self.answered.load(Ordering::Relaxed) < before + more {
            assert!(start.elapsed() < PATIENCE, "nobody answers any more");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Puts a knowledge base of one career in the place of the one that is there.
fn knowledge(folder: &Path, career: &str) {
    let settings = "name = \"Test\"\n[[categories]]\nid = \"analytics\"\nname = \"Analytics\"\n";
    let careers = folder.join("careers");
    fs::create_dir_all(&careers).expect("a folder");
    fs::write(folder.join("knowledge.toml"), settings).expect("a file");
    fs::write(careers.join(".new"), career).expect("a file");
    fs::rename(careers.join(".new"), careers.join("one.toml")).expect("a file");
}

fn career(name: &str) -> String {
    format!("name = \"{name}\"\ncategory = \"analytics\"\ndefinition = \"Works with data.\"\n")
}

#[test]
fn every_interaction_is_answered_once_while_replicas_die_drain_and_the_knowledge_changes() {
    let discord = Arc::new(Loopback::unrecorded());
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    knowledge(folder, &career("First"));
    let mut replicas: Vec<Replica> = (0..3)
        .map(|_| Replica::start(&discord, folder, "127.0.0.1:0"))
        .collect();
    let places: Vec<SocketAddr> = replicas.iter().map(|replica| replica.listen).collect();
    let proxy = Proxy::start(&places);
    let first = replicas[0].version();
    let (load, askers) = Load::start(&discord, proxy.address);
    replicas.iter().for_each(Replica::wait_answering);

    knowledge(folder, &career("Second"));
    replicas[0].wait("/readyz", "the second version", |page| {
        !page.body.contains(&first)
    });
    let second = replicas[0].version();
    for replica in &replicas {
        replica.wait_version(&second);
    }

    replicas[0].bot.signal("KILL");
    load.wait_answered(MEANWHILE);
    let again = replicas[0].start_again(&discord, folder);
    let killed = std::mem::replace(&mut replicas[0], again);
    assert!(!killed.bot.wait_ended().status.success());
    replicas[0].wait_answering();

    // Answers that come later are the drained replica's to finish; those of a killed one would be lost with it.
    load.moderators.store(true, Ordering::Relaxed);
    load.wait_answered(MEANWHILE);
    replicas[1].bot.signal("TERM");
    replicas[1].wait("/readyz", "not ready at once", |page| page.status == 503);
    load.wait_answered(MEANWHILE);
    let drained = replicas.remove(1);
    let (listen, ended) = (drained.listen, drained.bot.wait_ended());
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    load.wait_answered(MEANWHILE);
    load.moderators.store(false, Ordering::Relaxed);
    replicas.push(Replica::start(&discord, folder, &listen.to_string()));
    replicas[2].wait_answering();

    knowledge(folder, "name = ");
    for replica in &replicas {
        replica.wait("/metrics", "the broken version is told", |page| {
            metric(page, "waymark_knowledge_problems") > Some(0.0)
        });
        replica.wait_version(&second);
    }
    load.wait_answered(MEANWHILE);

    knowledge(folder, &career("Third"));
    replicas[0].wait("/readyz", "the third version", |page| {
        !page.body.contains(&second)
    });
    let third = replicas[0].version();
    for replica in &replicas {
        replica.wait_version(&third);
        replica.wait("/metrics", "no problem any more", |page| {
            metric(page, "waymark_knowledge_problems") == Some(0.0)
        });
    }
    load.wait_answered(MEANWHILE);

    load.stop.store(true, Ordering::Relaxed);
    for asker in askers {
        asker.join().expect("nobody is left waiting");
    }
    let wrong = load.wrong.with(std::mem::take);
    assert!(wrong.is_empty(), "{wrong:#?}\n{}", proxy.printed());
    let slowest = load.slowest.with(|slowest| *slowest);
    assert!(slowest < DEADLINE, "{slowest:?}");
    let deferred = load.deferred.with(std::mem::take);
    assert!(!deferred.is_empty());
    for interaction in &deferred {
        discord.reply_to(interaction);
    }
    let requests = discord.requests();
    for interaction in &deferred {
        // An edit that overtakes the response that it follows is not taken, and sent again.
        let taken = requests
            .iter()
            .filter(|request| request.status == Some(200))
            .filter(|request| {
                request
                    .path
                    .split('/')
                    .any(|part| part == interaction.token())
            })
            .count();
        assert_eq!(taken, 1, "an answer that came later came once");
    }
    println!(
        "{} interactions, {} of them answered later; the slowest took {slowest:?}",
        load.answered.load(Ordering::Relaxed),
        deferred.len()
    );
    replicas.into_iter().for_each(|replica| {
        replica.bot.stop();
    });
}
