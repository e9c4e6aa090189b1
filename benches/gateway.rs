//! `waymark serve` beside a bare serenity bot over the same loopback Discord, in one run.
//!
//!     cargo bench --bench gateway                          # 100,000 replies each
//!     cargo bench --bench gateway -- --replies 1000000
//!
//! The bare bot is this program started again: no cache, no intents, no limiter on callbacks, a fixed body of 3 KB.
//! Both get the same interactions in turns of equal size, so that both meet the same machine; while one is measured
//! the other is idle. CPU time and resident memory are the processes' own, from `/proc`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Duration;

use serenity::all::{
    ClientBuilder, Context, CreateAllowedMentions, CreateEmbed, CreateInteractionResponse,
    CreateInteractionResponseMessage, EventHandler, GatewayIntents, Http, HttpBuilder, Interaction,
    async_trait,
};
use support::bot::{Bot, Setup};
use support::load::Template;
use support::loopback::{Loopback, token};
use support::measure::{self, Turns, settled_memory};

/// Says to this program that it is the bare bot, and where Discord is.
const BARE_BOT: &str = "BARE_BOT_API_URL";
/// How many interactions are under way at once.
const IN_FLIGHT: u32 = 64;
/// The turns of each side, without the first, which warms up.
const TURNS: u64 = 10;
/// Replies of the turn that warms up.
const WARM_UP: u64 = 2_000;
/// A turn that takes longer than this for each of its replies has hung.
const PATIENCE_EACH: Duration = Duration::from_millis(20);

fn main() {
    match std::env::var(BARE_BOT) {
        Ok(api_url) => bare_bot(&api_url),
        Err(_) => compare(measure::count("--replies", 100_000, TURNS)),
    }
}

/// One bot, its Discord, and what was measured.
struct Side {
    name: &'static str,
    discord: Loopback,
    bot: Bot,
    memory_at_ready: u64,
    turns: Turns,
    memory_after: Vec<u64>,
}

impl Side {
    fn start(name: &'static str, setup: impl FnOnce(&Loopback) -> Setup) -> Self {
        let discord = Loopback::unrecorded();
        let bot = Bot::ready(&discord, setup(&discord));
        Self {
            name,
            memory_at_ready: settled_memory(&bot),
            discord,
            bot,
            turns: Turns::default(),
            memory_after: Vec::new(),
        }
    }

    fn turn(&mut self, templates: &[Template], replies: u64) {
        let patience = Duration::from_secs(10) + PATIENCE_EACH * replies as u32;
        let before = self.bot.cpu();
        let pumped = self.discord.pump(templates, replies, IN_FLIGHT, patience);
        let cpu = self.bot.cpu() - before;
        self.turns.add(replies, pumped.took, cpu, pumped.answers);
        self.memory_after.push(self.bot.memory());
    }

    /// Forgets the turn that warmed up.
    fn begin(&mut self) {
        self.turns = Turns::default();
        self.memory_after.clear();
    }
}

fn compare(replies: u64) {
    let this = std::env::current_exe().expect("a program knows its own path");
    let mut sides = [
        Side::start("waymark serve", Setup::serve),
        Side::start("bare serenity", |discord| {
            Setup::program(&this, &[])
                .environment(BARE_BOT, &discord.api_url())
                .environment("DISCORD_TOKEN", &token())
        }),
    ];
    let templates: Vec<Template> = measure::questions().iter().map(Template::new).collect();
    for side in &mut sides {
        side.turn(&templates, WARM_UP);
        side.begin();
    }
    for turn in 0..TURNS {
        // Who comes first changes, so that neither has the better place.
        let order = if turn % 2 == 0 { [0, 1] } else { [1, 0] };
        for side in order {
            sides[side].turn(&templates, replies / TURNS);
        }
        eprint!("\r{} of {TURNS} turns", turn + 1);
    }
    eprintln!();
    print(&sides, replies / TURNS * TURNS);
    for side in sides {
        drop(side.bot);
    }
}

fn print(sides: &[Side; 2], replies: u64) {
    let [ours, bare] = sides;
    let ratio = |ours: f64, bare: f64| ours / bare;
    println!(
        "\n{replies} replies each, {TURNS} turns, {IN_FLIGHT} at once; medians of the turns\n"
    );
    println!("{:<36}{:>15}{:>15}{:>9}", "", ours.name, bare.name, "ratio");
    let row = |name: &str, ours: f64, bare: f64, digits: usize| {
        let ratio = ratio(ours, bare);
        println!("{name:<36}{ours:>15.digits$}{bare:>15.digits$}{ratio:>9.2}");
    };
    let megabytes = |bytes: u64| bytes as f64 / 1_000_000.0;
    row(
        "replies a second",
        ours.turns.per_second(),
        bare.turns.per_second(),
        0,
    );
    row(
        "CPU seconds per 10,000 replies",
        ours.turns.cpu_per_10_000(),
        bare.turns.cpu_per_10_000(),
        3,
    );
    for (name, part) in [
        ("answered within, median, ms", 0.5),
        ("99 of 100, ms", 0.99),
    ] {
        row(
            name,
            ours.turns.quantile(part),
            bare.turns.quantile(part),
            2,
        );
    }
    row(
        "resident memory at ready, MB",
        megabytes(ours.memory_at_ready),
        megabytes(bare.memory_at_ready),
        1,
    );
    for (name, turn) in [
        ("after the first turn, MB", 0),
        ("after the last turn, MB", TURNS - 1),
    ] {
        let after = |side: &Side| megabytes(side.memory_after[turn as usize]);
        row(name, after(ours), after(bare), 1);
    }
}

// The bare bot.

struct FixedAnswer {
    callbacks: Http,
    title: String,
    body: String,
}

#[async_trait]
impl EventHandler for FixedAnswer {
    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else {
            return;
        };
        let embed = CreateEmbed::new()
            .title(&self.title)
            .description(&self.body);
        let message = CreateInteractionResponseMessage::new()
            .add_embed(embed)
            .allowed_mentions(CreateAllowedMentions::new());
        let response = CreateInteractionResponse::Message(message);
        if let Err(error) = command.create_response(&self.callbacks, response).await {
            eprintln!("{error}");
        }
    }
}

fn bare_bot(api_url: &str) {
    let token = token();
    let http = || {
        HttpBuilder::new(&token)
            .proxy(api_url)
            .ratelimiter_disabled(true)
            .build()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        let handler = FixedAnswer {
            callbacks: http(),
            title: "A fixed answer".to_owned(),
            body: "Three kilobytes of text. ".repeat(120),
        };
        let client =
            ClientBuilder::new_with_http(http(), GatewayIntents::empty()).event_handler(handler);
        let mut client = client.await.expect("a client");
        client.start().await.expect("it runs");
    });
}
