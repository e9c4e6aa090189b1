//! `waymark serve` as a child process: hermetic environment, captured output, bounded waits.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::loopback::{self, Loopback};
use super::people::HOME_SERVER;
use super::watch::{PATIENCE, Watched};

/// A program that may be started.
pub struct Setup {
    program: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

/// A running program; it is killed when dropped.
pub struct Bot {
    child: Child,
    output: Arc<Watched<Output>>,
    readers: Vec<JoinHandle<()>>,
    _folder: TempDir,
}

#[derive(Default)]
struct Output {
    stdout: String,
    stderr: String,
}

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Setup {
    /// `waymark serve` for this Discord, with its own token and home server.
    pub fn serve(discord: &Loopback) -> Self {
        Self::waymark_for(discord, &["serve"])
    }

    /// The program under test with any arguments, for this Discord.
    pub fn waymark_for(discord: &Loopback, arguments: &[&str]) -> Self {
        Self::waymark(arguments)
            .environment("DISCORD_TOKEN", &loopback::token())
            .environment("WAYMARK_DISCORD__API_URL", &discord.api_url())
            .environment("WAYMARK_DISCORD__HOME_SERVERS", &HOME_SERVER.to_string())
    }

    /// The program under test with any arguments.
    pub fn waymark(arguments: &[&str]) -> Self {
        Self::program(Path::new(env!("CARGO_BIN_EXE_waymark")), arguments)
    }

    /// Any program.
    pub fn program(program: &Path, arguments: &[&str]) -> Self {
        Self {
            program: program.to_owned(),
            arguments: arguments.iter().map(|&text| text.to_owned()).collect(),
            environment: Vec::new(),
        }
    }

    /// The same with one more argument.
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// The same with a variable set.
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same without a variable.
    pub fn without(mut self, name: &str) -> Self {
        self.environment.retain(|(set, _)| set != name);
        self
    }

    /// The same with a knowledge base of its own.
    pub fn knowledge(self, folder: &Path) -> Self {
        let folder = folder.to_str().expect("a temporary folder's name is text");
        self.environment("WAYMARK_KNOWLEDGE", folder)
    }

    /// Starts it in an empty folder, with nothing of the environment but what was set.
    pub fn start(self) -> Bot {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env("HOME", folder.path())
            .envs(self.environment)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = Arc::new(Watched::new(Output::default()));
        let readers = vec![
            read(child.stdout.take(), &output, |output| &mut output.stdout),
            read(child.stderr.take(), &output, |output| &mut output.stderr),
        ];
        Bot {
            child,
            output,
            readers,
            _folder: folder,
        }
    }
}

impl Bot {
    /// Starts it and waits until its session is ready.
    pub fn ready(discord: &Loopback, setup: Setup) -> Self {
        let bot = setup.start();
        discord.wait_ready();
        bot
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything it has printed so far, standard output first.
    pub fn printed(&self) -> String {
        self.output
            .with(|output| format!("{}{}", output.stdout, output.stderr))
    }

    /// Waits until it has printed a text.
    pub fn wait_printed(&self, text: &str) {
        self.output.wait(&format!("{text:?} printed"), |output| {
            (output.stdout.contains(text) || output.stderr.contains(text)).then_some(())
        });
    }

    /// Asks it to stop as `kill -NAME` does.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh")
            .args(["-c", r#"kill -s "$1" "$2""#, "sh", name])
            .arg(self.id().to_string())
            .status();
        assert!(
            sent.expect("a shell").success(),
            "it was there to be signalled"
        );
    }

    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until it has ended.
    pub fn wait_ended(mut self) -> Ended {
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            match self.child.try_wait().expect("a child can be waited for") {
                Some(status) => break status,
                None => assert!(
                    Instant::now() < deadline,
                    "it still runs after {PATIENCE:?}; it printed:\n{}",
                    self.printed()
                ),
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        for reader in self.readers.drain(..) {
            reader.join().expect("a reader does not fail");
        }
        self.output.with(|output| Ended {
            status,
            stdout: output.stdout.clone(),
            stderr: output.stderr.clone(),
        })
    }

    /// Stops it with SIGTERM and sees that it ends well.
    pub fn stop(self) -> Ended {
        self.signal("TERM");
        let ended = self.wait_ended();
        assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
        ended
    }

    /// Its resident memory in bytes.
    pub fn memory(&self) -> u64 {
        let status = self.proc_file("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        let kilobytes: u64 = kilobytes.expect("/proc names the resident memory");
        kilobytes * 1024
    }

    /// The CPU time that it has used, in user and system mode.
    pub fn cpu(&self) -> Duration {
        cpu_of(self.id())
    }

    fn proc_file(&self, name: &str) -> String {
        proc_file(self.id(), name)
    }
}

/// The CPU time that a process has used, in user and system mode.
pub fn cpu_of(process: u32) -> Duration {
    // The name in parentheses may hold spaces; user and system time are the 12th and 13th field after it.
    let stat = proc_file(process, "stat");
    let (_, fields) = stat.rsplit_once(')').expect("the name is in parentheses");
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.filter_map(|field| field.parse::<u64>().ok()).sum();
    // Linux gives these in hundredths of a second on every architecture that it runs on today (USER_HZ).
    Duration::from_millis(ticks * 10)
}

fn proc_file(process: u32, name: &str) -> String {
    std::fs::read_to_string(format!("/proc/{process}/{name}")).expect("/proc can be read")
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
        for reader in self.readers.drain(..) {
            drop(reader.join());
        }
        let printed = self.printed();
        if std::thread::panicking() {
            eprintln!("--- the program printed:\n{printed}---");
        } else {
            assert!(
                !printed.contains(&loopback::token()),
                "it printed its token:\n{printed}"
            );
            assert!(!printed.contains("panicked at"), "it panicked:\n{printed}");
        }
    }
}

fn read(
    pipe: Option<impl Read + Send + 'static>,
    output: &Arc<Watched<Output>>,
    part: fn(&mut Output) -> &mut String,
) -> JoinHandle<()> {
    let pipe = BufReader::new(pipe.expect("the output is piped"));
    let output = Arc::clone(output);
    std::thread::spawn(move || {
        for line in pipe.split(b'\n').map_while(Result::ok) {
            output.with(|output| {
                let text = part(output);
                text.push_str(&String::from_utf8_lossy(&line));
                text.push('\n');
            });
        }
    })
}
