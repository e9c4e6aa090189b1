mod support;
use support::bot::{Bot, Setup};
use support::interactions::Interaction;
use support::load::Template;
use support::loopback::Loopback;
use support::people::{IAN, MODERATOR};
use waymark::commands::{Audience, COMMANDS};
#[test]
fn each() {
    let discord = Loopback::unrecorded();
    let bot = Bot::ready(&discord, Setup::serve(&discord));
    let mut all: Vec<(String, Interaction)> = COMMANDS
        .iter()
        .filter(|c| c.audience == Audience::Everyone)
        .flat_map(|c| c.examples)
        .map(|l| (l.to_string(), Interaction::line(IAN, l)))
        .collect();
    for t in ["", "d", "machine l", "sofware", "😀"] {
        all.push((
            format!("auto {t}"),
            Interaction::autocomplete(IAN, "career", &[], "career", t),
        ));
    }
    for t in ["zzzz qqqq", "data manger"] {
        all.push((
            t.into(),
            Interaction::command(IAN, "career", &[("career", t.into())]),
        ));
    }
    all.push((
        "status".into(),
        Interaction::command(MODERATOR, "knowledge status", &[]),
    ));
    let n = std::env::var("N")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(300);
    for (name, i) in all {
        let t = [Template::new(&i)];
        let b = bot.cpu();
        discord.pump(&t, n, 16, std::time::Duration::from_secs(60));
        println!(
            "{:>8.0} us  {name}",
            (bot.cpu() - b).as_secs_f64() * 1e6 / n as f64
        );
    }
}
