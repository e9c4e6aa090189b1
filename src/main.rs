//! The command line: picks a way in and starts it.

use std::io::{self, IsTerminal};
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use waymark::commands::service::Service;
use waymark::commands::{Asker, ModeratorPolicy};
use waymark::config::{Config, LogFilter};
use waymark::discord;
use waymark::feeds::fetch::Fetcher;
use waymark::feeds::import::Importer;
use waymark::knowledge::source::Files;
use waymark::knowledge::store::{ReloadError, Store};
use waymark::operations;
use waymark::preview;
use waymark::serve::{self, serve};
use waymark::terminal::say::{Form, say};
use waymark::terminal::{check, import, lines, prompt, screen};

const EXAMPLES: &str = "\
Examples:
  waymark                                     open the prompt
  waymark say '/compare ml engineer vs data manager'
  waymark say --json '/jobs remote: true'     the exact message, as JSON
  waymark preview --knowledge my-knowledge    see the answers in the browser, as on Discord, while you write
  waymark check my-knowledge                  validate a folder of TOML files
  waymark --knowledge my-knowledge            ask your own knowledge base
  waymark import                              bring listings from the feeds of the config file
";

/// Answers career questions from a TOML knowledge base, in the terminal and on Discord.
///
/// Without a command it opens a prompt in the terminal: no token and no network are needed.
#[derive(Parser)]
#[command(name = "waymark", version, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    person: Person,
    #[command(subcommand)]
    way: Option<Way>,
}

/// Where everything comes from.
#[derive(Args)]
struct Sources {
    /// The config file [default: waymark.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the knowledge base [default: what the config says, else the one inside the program]
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Option<PathBuf>,
}

/// Who asks.
#[derive(Args)]
struct Person {
    /// Ask with these rights
    #[arg(long = "as", value_name = "WHO", value_enum)]
    rights: Option<Rights>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rights {
    /// What everyone may ask
    Member,
    /// The moderators' commands too
    Moderator,
}

#[derive(Subcommand)]
enum Way {
    /// Answer lines and exit
    ///
    /// Exits with 0 when every line was answered, 1 when one was a mistake, 2 for bad usage or a knowledge base that
    /// does not load.
    Say {
        /// A line, such as '/career ml engineer': quote each; standard input is read where none is given
        #[arg(value_name = "LINE")]
        lines: Vec<String>,
        /// Print one JSON object a line: {"line", "understood", "reply"}; the reply is the message that Discord gets
        #[arg(long)]
        json: bool,
        /// Print how each question in plain words was read: names, what spoke for what, what came second
        #[arg(long, conflicts_with = "json")]
        explain: bool,
        #[command(flatten)]
        person: Person,
    },
    /// Validate a knowledge base: every problem of every file
    ///
    /// Exits with 0 when it loads, 1 when it has any error.
    Check {
        /// The folder [default: what --knowledge or the config says, else the one inside the program]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Exit with 1 for warnings too
        #[arg(long)]
        deny_warnings: bool,
    },
    /// Show the answers on a local web page that looks like Discord
    ///
    /// With --knowledge the files are watched: a change is seen at once, and what is wrong with them.
    Preview {
        /// The address to listen on; on any other than 127.0.0.1 whoever reaches it can use it
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
        listen: IpAddr,
        /// The port [default: 4747, or any free one where that is taken]
        #[arg(long)]
        port: Option<u16>,
        /// Do not open the browser
        #[arg(long)]
        no_open: bool,
    },
    /// Bring listings from the feeds of the config file into the knowledge folder, now
    ///
    /// Prints what each feed brought. Exits with 0 when every feed was read, 1 when one failed (what it brought before
    /// stays), 2 where none could run.
    Import {
        /// Only these feeds [default: all]
        #[arg(value_name = "NAME")]
        names: Vec<String>,
        /// Believe feeds that lost most of their listings, and ask hosts that want to be left alone
        #[arg(long)]
        force: bool,
        /// Print every entry that was not imported, and why
        #[arg(long, short)]
        verbose: bool,
    },
    /// Run the bot on Discord
    Serve,
    /// Register the commands with Discord and exit
    Register,
}

/// Exit status where a line was a mistake, or a check found an error.
const MISTAKE: u8 = 1;
/// Exit status for bad usage, a config or a knowledge base that does not load.
const UNUSABLE: u8 = 2;

/// Why the program stops before it answers.
#[derive(Debug, thiserror::Error)]
enum Stop {
    #[error("{0}")]
    Told(String),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Serve(#[from] serve::ServeError),
    #[error(transparent)]
    Register(#[from] discord::ServeError),
    #[error(transparent)]
    Preview(#[from] preview::PreviewError),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        // Whoever reads has had enough: `waymark say … | head -1`.
        Err(Stop::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(stop) => {
            complain(&format!("waymark: {stop}\n"));
            ExitCode::from(UNUSABLE)
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode, Stop> {
    let config = configure(&cli.sources)?;
    match cli.way {
        None => {
            log(&quiet(&config.log));
            let service = Arc::new(open(&config)?);
            prompt::run(&service, asker(&cli.person))?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Way::Say {
            lines,
            json,
            explain,
            person,
        }) => {
            log(&quiet(&config.log));
            let service = open(&config)?;
            let person = Person {
                rights: person.rights.or(cli.person.rights),
            };
            let form = match (json, explain) {
                (true, _) => Form::Json,
                (false, true) => Form::Explained,
                (false, false) => Form::Card,
            };
            say_lines(&service, &asker(&person), form, lines)
        }
        Some(Way::Check {
            folder,
            deny_warnings,
        }) => {
            let files = folder.map_or_else(|| files(&config), Files::Folder);
            let report = check::check(&files, today());
            screen::show(&report.text)?;
            let failed = report.errors > 0 || (deny_warnings && report.warnings > 0);
            Ok(ExitCode::from(if failed { MISTAKE } else { 0 }))
        }
        Some(Way::Preview {
            listen,
            port,
            no_open,
        }) => {
            log(&quiet(&config.log));
            let service = open_for(&config, preview::moderators())?;
            let settings = preview::Settings {
                listen,
                port,
                open: !no_open,
            };
            block_on(preview::serve(settings, service, tell_preview))??;
            Ok(ExitCode::SUCCESS)
        }
        Some(Way::Import {
            names,
            force,
            verbose,
        }) => {
            log(&quiet(&config.log));
            import(&config, &names, force, verbose)
        }
        Some(Way::Serve) => {
            operations::log::start(&config.log, config.log_format);
            let importer = match config.feeds.is_empty() {
                true => None,
                false => Some(importer(&config)?),
            };
            let service = open(&config)?;
            // Learned before the first question, so that nobody who asks waits for it.
            service.snapshot().lexicon();
            block_on(serve(config, service, importer))??;
            Ok(ExitCode::SUCCESS)
        }
        Some(Way::Register) => {
            operations::log::start(&config.log, config.log_format);
            let registered = block_on(discord::register(&config.discord))??;
            screen::show(&format!("{registered}\n"))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Runs what needs a network.
fn block_on<T>(work: impl Future<Output = T>) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let result = runtime.block_on(work);
    // Whatever still runs has had its time.
    runtime.shutdown_background();
    Ok(result)
}

/// The settings, with what the command line says instead.
fn configure(sources: &Sources) -> Result<Config, Stop> {
    let mut config = Config::load(sources.config.as_deref(), std::env::vars_os())
        .map_err(|errors| Stop::Told(format!("the settings do not load\n\n{errors}")))?;
    if let Some(folder) = &sources.knowledge {
        config.knowledge = Some(folder.clone());
    }
    Ok(config)
}

fn import(config: &Config, names: &[String], force: bool, verbose: bool) -> Result<ExitCode, Stop> {
    let feeds = import::chosen(&config.feeds, names).map_err(Stop::Told)?;
    let importer = importer(config)?;
    let service = open(config)?;
    let progress = import::Progress::new(feeds.len());
    let run = importer.run(&feeds, service.snapshot(), force, |feed| {
        progress.asked(feed)
    });
    let outcomes = block_on(run)?.map_err(|error| Stop::Told(error.to_string()))?;
    progress.finish();
    screen::show(&import::told(&outcomes, verbose))?;
    if let Err(ReloadError::Problems(problems)) = service.store().reload(Timestamp::now()) {
        let problems = check::refusal(service.store().files(), &problems);
        complain(&format!(
            "waymark: the knowledge base does not load now\n\n{problems}"
        ));
        return Ok(ExitCode::from(MISTAKE));
    }
    let failed = outcomes.iter().any(|outcome| outcome.result.is_err());
    Ok(ExitCode::from(if failed { MISTAKE } else { 0 }))
}

/// Who runs the feeds.
fn importer(config: &Config) -> Result<Importer, Stop> {
    let Some(folder) = config.knowledge.clone() else {
        return Err(Stop::Told(
            "feeds write listings into a knowledge folder, and the copy inside the program is none: set `knowledge` in \
             the config file, or give --knowledge DIR"
                .to_owned(),
        ));
    };
    let fetcher = Fetcher::new(config.request_url.as_deref())
        .map_err(|error| Stop::Told(format!("feeds cannot be asked: {error}")))?;
    Ok(Importer::new(fetcher, folder))
}

/// Logs to standard error, so that standard output holds answers alone.
fn log(targets: &Targets) {
    let colors = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(colors);
    tracing_subscriber::registry()
        .with(targets.clone())
        .with(lines)
        .init();
}

/// What is logged beside answers in a terminal: warnings, unless the settings ask for something else.
fn quiet(filter: &LogFilter) -> Targets {
    if *filter == LogFilter::default() {
        Targets::new().with_default(tracing::Level::WARN)
    } else {
        filter.targets().clone()
    }
}

fn say_lines(
    service: &Service,
    asker: &Asker,
    form: Form,
    given: Vec<String>,
) -> Result<ExitCode, Stop> {
    let answered = if given.is_empty() {
        say(service, asker, form, lines::lines(io::stdin().lock()))?
    } else {
        let unquoted = given.len() > 1 && !given.iter().any(|line| line.contains(' '));
        let answered = say(service, asker, form, given.into_iter().map(Ok))?;
        if unquoted && !answered && io::stderr().is_terminal() {
            complain(
                "waymark: every argument is a line of its own: quote a line that holds spaces\n",
            );
        }
        answered
    };
    Ok(ExitCode::from(if answered { 0 } else { MISTAKE }))
}

/// The files of the knowledge base that is asked.
fn files(config: &Config) -> Files {
    let folder = config.knowledge.clone();
    folder.map_or(Files::Embedded, Files::Folder)
}

fn open(config: &Config) -> Result<Service, Stop> {
    open_for(config, config.discord.moderators.clone())
}

fn open_for(config: &Config, moderators: ModeratorPolicy) -> Result<Service, Stop> {
    let files = files(config);
    let store = Store::open(files.clone(), Timestamp::now()).map_err(|problems| {
        let problems = check::refusal(&files, &problems);
        Stop::Told(format!(
            "the knowledge base does not load\n\n{}",
            problems.trim_end()
        ))
    })?;
    Ok(Service::new(store, moderators)
        .with_request_url(config.request_url.clone())
        .with_feeds(config.feeds.clone()))
}

fn tell_preview(url: &str) {
    // Where nobody reads standard output, the page is served all the same.
    let _ = screen::show(&format!("Preview: {url}\nCtrl+C ends it.\n"));
}

fn asker(person: &Person) -> Asker {
    Asker::Local {
        moderator: person.rights == Some(Rights::Moderator),
    }
}

fn today() -> jiff::civil::Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Writes to standard error; where that is closed too, nobody is left to tell.
fn complain(text: &str) {
    use io::Write as _;
    let _ = anstream::stderr().write_all(text.as_bytes());
}
