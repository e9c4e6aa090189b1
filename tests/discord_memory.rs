//! Memory: it does not grow with the number of interactions that were answered.

#![cfg(target_os = "linux")]

mod support;

use std::time::Duration;

use serde_json::json;
use support::bot::{Bot, Setup};
use support::interactions::Interaction;
use support::load::Template;
use support::loopback::Loopback;
use support::people::{IAN, MODERATOR};
use waymark::commands::{Audience, COMMANDS};

const WARM_UP: u64 = 20_000;
const ALL: u64 = 100_000;
const IN_FLIGHT: u32 = 32;
const PATIENCE: Duration = Duration::from_secs(300);
/// What the 80,000 answers after the warm-up may add. One entry of a rate limiter for each of them would add 15 MB and
/// more (serenity's own: 9 MB for 50,000); what the allocator does by itself stays far below this.
const MAY_GROW: u64 = 3_000_000;

#[test]
fn a_hundred_thousand_answers_leave_no_trace_in_memory() {
    let discord = Loopback::start("memory");
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    let templates = templates(&discord);
    discord.pump(&templates, WARM_UP, IN_FLIGHT, PATIENCE);
    let warm = bot.memory();
    let pumped = discord.pump(&templates, ALL - WARM_UP, IN_FLIGHT, PATIENCE);
    let after = bot.memory();
    println!(
        "{:.1} MB after {WARM_UP}, {:.1} MB after {ALL} answers, {:.0} a second",
        warm as f64 / 1e6,
        after as f64 / 1e6,
        pumped.per_second()
    );
    assert!(
        after <= warm + MAY_GROW,
        "{warm} bytes after {WARM_UP} answers, {after} after {ALL}"
    );
    bot.stop();
}

/// Of everything that a bot gets: commands, mistakes, typing, presses, and what is deferred.
fn templates(discord: &Loopback) -> Vec<Template> {
    let mut asked: Vec<Interaction> = COMMANDS
        .iter()
        .filter(|command| command.audience == Audience::Everyone)
        .flat_map(|command| command.examples)
        .map(|line| Interaction::line(IAN, line))
        .collect();
    for typed in ["", "d", "machine l", "sofware", "😀"] {
        let typing = Interaction::autocomplete(IAN, "career", &[], "career", typed);
        asked.push(typing);
    }
    for career in ["zzzz qqqq", "data manger"] {
        let mistaken = Interaction::command(IAN, "career", &[("career", json!(career))]);
        asked.push(mistaken);
    }
    asked.push(Interaction::command(MODERATOR, "knowledge status", &[]));
    let shown = discord.ask(&Interaction::line(IAN, "/career career: data-manager"));
    for control in shown.controls() {
        asked.push(match control.choices.first() {
            Some((_, value)) => Interaction::choose(IAN, &shown, &control.custom_id, value),
            None => Interaction::press(IAN, &shown, &control.custom_id),
        });
    }
    asked.iter().map(Template::new).collect()
}
