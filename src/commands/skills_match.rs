//! `/match`: careers by the skills and tools that somebody has; with one skill, who uses it.

use super::controls::{self, text_value};
use super::{
    Answer, Arguments, Audience, Command, CommandOption, Context, Handler, Intent, OptionKind,
    Understood, UserError, browse, career, contrast, resolve, table,
};
use crate::knowledge::search::JobQuery;
use crate::knowledge::{Career, Knowledge, Skill};
use crate::reply::limits::EMBEDS_TOTAL;
use crate::reply::passage::{self, Block, Passage};
use crate::reply::text::{self, escape};
use crate::reply::{Card, ControlLine, Reply, Row, Tone, Visibility};

/// The most characters of a list of skills.
const SKILLS: usize = 300;
/// The most skills of a list that are looked at.
const MOST_SKILLS: usize = 25;
/// How many careers are laid out for several skills.
const SHOWN: usize = 6;
/// How many careers are listed for one skill.
const LISTED: usize = 20;
/// How many skills to learn are named for a career.
const TO_LEARN: usize = 4;

/// `/match`.
pub const COMMAND: Command = Command {
    path: "match",
    code: "m",
    summary: "Careers that fit the skills and tools you have; with one skill, which careers use it",
    options: &[
        CommandOption {
            name: "skills",
            key: 's',
            summary: "Skills and tools with commas between them, such as: python, sql, tableau",
            kind: OptionKind::Skills(SKILLS),
            required: true,
            hidden: false,
        },
        table::SHARE,
    ],
    audience: Audience::Everyone,
    visibility: Visibility::Private,
    examples: &[
        "/match skills: python, sql, tableau",
        "/match skills: kubernetes",
    ],
    message_menu: None,
    handler: Handler::Look(answer),
};

/// The line that matches these skills.
pub fn line(skills: &str) -> Option<ControlLine> {
    controls::line(&COMMAND, [("skills", text_value(skills))])
}

/// What was typed, read: the skills that are known, each once, and what is not.
struct Typed<'a> {
    known: Vec<&'a Skill>,
    unknown: Vec<String>,
}

fn answer(context: &Context<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let understood = Understood::intent(Intent::Match);
    let list = arguments.text("skills").unwrap_or_default();
    let typed = read(context.knowledge, list);
    let (card, rows) = match typed.known[..] {
        [] => return Err(none_known(&typed).understood(understood)),
        [skill] => one_skill(context, &typed, skill),
        _ => several(context.knowledge, &typed),
    };
    let names: Vec<&str> = typed
        .known
        .iter()
        .map(|skill| skill.name.as_str())
        .collect();
    Ok(Answer {
        reply: Reply::new(card, rows),
        understood,
        line: line(&names.join(", ")),
    })
}

fn read<'a>(knowledge: &'a Knowledge, list: &str) -> Typed<'a> {
    let mut typed = Typed {
        known: Vec::new(),
        unknown: Vec::new(),
    };
    for item in items(list).into_iter().take(MOST_SKILLS) {
        match knowledge.find_skill(item) {
            Some(skill) if typed.known.contains(&skill) => {}
            Some(skill) => typed.known.push(skill),
            None => typed.unknown.push(item.to_owned()),
        }
    }
    typed
}

/// The items of a list with commas, semicolons, line breaks, `and`, `&` or `+` between them.
fn items(list: &str) -> Vec<&str> {
    list.split([',', ';', '\n', '/', '|'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(" + "))
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
}

/// A career beside a list of skills.
struct Fit<'a> {
    career: &'a Career,
    have: Vec<&'a str>,
    /// How many skills and tools the career names in all.
    named: usize,
}

/// The careers that name at least one of the skills: most skills first, then those of which they make up more.
fn fits<'a>(knowledge: &'a Knowledge, skills: &[&'a Skill]) -> Vec<Fit<'a>> {
    let mut fits: Vec<Fit<'a>> = Vec::new();
    for skill in skills {
        for career in knowledge.careers_with_skill(&skill.name) {
            match fits.iter_mut().find(|fit| fit.career.id == career.id) {
                Some(fit) => fit.have.push(&skill.name),
                None => fits.push(Fit {
                    career,
                    have: vec![&skill.name],
                    named: career.all_skills().count() + career.all_tools().count(),
                }),
            }
        }
    }
    fits.sort_by(|one, other| {
        let by_count = other.have.len().cmp(&one.have.len());
        by_count
            .then(one.named.cmp(&other.named))
            .then(one.career.name.cmp(&other.career.name))
    });
    fits
}

fn several(knowledge: &Knowledge, typed: &Typed<'_>) -> (Card, Vec<Row>) {
    let fits = fits(knowledge, &typed.known);
    let skills: Vec<String> = typed
        .known
        .iter()
        .map(|skill| escape(&skill.name))
        .collect();
    let mut card = Card::new(
        Tone::Compare,
        "Careers that fit your skills",
        format!(
            "**Your skills:** {}{}",
            text::join(&skills, ", ", 900),
            not_known(typed)
        ),
    );
    card.footer = Some(
        "In order of how many of your skills a career names; of equals, the one that asks for fewer others first."
            .to_owned(),
    );
    let blocks: Vec<Block> = fits
        .iter()
        .take(SHOWN)
        .map(|fit| {
            let (have, all) = (fit.have.len(), typed.known.len());
            let name = format!(
                "{}: {have} of {all}, {}",
                escape(&fit.career.name),
                strength(have, all)
            );
            Block::wide(name, Passage::lines(fit_lines(fit, typed)))
        })
        .collect();
    card.fields = passage::fields(&blocks, EMBEDS_TOTAL - card.len());
    let buttons = fits
        .iter()
        .take(5)
        .filter_map(|fit| career::button(fit.career));
    (card, controls::button_rows(buttons))
}

fn strength(have: usize, all: usize) -> &'static str {
    match have * 100 / all.max(1) {
        80.. => "a strong match",
        50.. => "a fair match",
        _ => "a weak match",
    }
}

fn fit_lines(fit: &Fit<'_>, typed: &Typed<'_>) -> Vec<String> {
    let have: Vec<String> = fit.have.iter().map(|name| escape(name)).collect();
    let unused: Vec<String> = typed
        .known
        .iter()
        .filter(|skill| !fit.have.contains(&skill.name.as_str()))
        .map(|skill| escape(&skill.name))
        .collect();
    let covered = |skill: &crate::knowledge::CareerSkill| {
        let mut all = std::iter::once(&skill.name).chain(&skill.examples);
        all.any(|name| fit.have.iter().any(|have| contrast::same(have, name)))
    };
    let missing: Vec<String> = fit
        .career
        .skills
        .iter()
        .filter(|skill| !covered(skill))
        .map(|skill| escape(&skill.name))
        .collect();
    let line = |title: &str, names: Vec<String>| {
        (!names.is_empty()).then(|| format!("**{title}:** {}", names.join(", ")))
    };
    let learn = missing.len();
    let mut shown: Vec<String> = missing.into_iter().take(TO_LEARN).collect();
    if learn > TO_LEARN {
        shown.push(format!("… and {} more", learn - TO_LEARN));
    }
    [
        line("You have", have),
        line("Missing", shown),
        line("Not asked for", unused),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn one_skill(context: &Context<'_>, typed: &Typed<'_>, skill: &Skill) -> (Card, Vec<Row>) {
    let fits = fits(context.knowledge, &[skill]);
    let name = escape(&skill.name);
    let lines: Vec<String> = fits
        .iter()
        .map(|fit| {
            format!(
                "• **{}**: {}",
                escape(&fit.career.name),
                used_as(fit.career, &skill.name)
            )
        })
        .collect();
    let query = JobQuery {
        words: skill.name.clone(),
        ..JobQuery::default()
    };
    let found = context.knowledge.find_jobs(&query, context.today(), 0..0);
    let mut card = Card::new(
        Tone::Compare,
        format!("Who uses {name}"),
        format!(
            "{} here {} **{name}**.{}\n{}",
            text::counted(fits.len(), "career", "careers"),
            if fits.len() == 1 { "names" } else { "name" },
            not_known(typed),
            text::join(&lines[..lines.len().min(LISTED)], "\n", 3_500),
        ),
    );
    if lines.len() > LISTED {
        card.body
            .push_str(&format!("\n… and {} more", lines.len() - LISTED));
    }
    card.footer = Some(match found.complete {
        0 => "No open listing names it.".to_owned(),
        count => format!(
            "{} it.",
            text::counted(count, "open listing names", "open listings name")
        ),
    });
    let listings = (found.complete > 0)
        .then(|| {
            let words = text_value(skill.name.chars().take(40).collect::<String>());
            controls::button(
                "Listings that name it",
                controls::line(&super::jobs::COMMAND, [("search", words)]),
            )
        })
        .flatten();
    let careers = fits
        .iter()
        .take(4)
        .filter_map(|fit| career::button(fit.career));
    (card, controls::button_rows(careers.chain(listings)))
}

/// Where a career's file names the skill: a category of tools, or the skill that it is an example of.
fn used_as(career: &Career, skill: &str) -> String {
    let tool = career
        .tools
        .iter()
        .find(|group| group.items.iter().any(|item| contrast::same(item, skill)));
    let held = career.skills.iter().find(|held| {
        contrast::same(&held.name, skill)
            || held
                .examples
                .iter()
                .any(|example| contrast::same(example, skill))
    });
    match (held, tool) {
        (Some(held), _) => match &held.note {
            Some(note) => text::prose(note),
            None => escape(&held.name),
        },
        (None, Some(group)) => escape(&group.name).to_lowercase(),
        (None, None) => String::new(),
    }
}

fn not_known(typed: &Typed<'_>) -> String {
    if typed.unknown.is_empty() {
        return String::new();
    }
    let quoted: Vec<String> = typed
        .unknown
        .iter()
        .map(|item| text::quote(item, 40))
        .collect();
    format!("\nNo career here names {}.", text::join(&quoted, ", ", 300))
}

fn none_known(typed: &Typed<'_>) -> UserError {
    let quoted: Vec<String> = typed
        .unknown
        .iter()
        .map(|item| text::quote(item, resolve::ECHO))
        .collect();
    let text = if quoted.is_empty() {
        "Name the skills or tools that you have, with commas between them.".to_owned()
    } else {
        format!("No career here names {}.", text::join(&quoted, ", ", 500))
    };
    let buttons = [
        controls::button("Who uses SQL", line("SQL")),
        controls::button("Browse all careers", browse::line()),
    ];
    UserError::new(
        "No skill in that",
        format!("{text} Skills are written like this: `python, sql, tableau`."),
        controls::button_rows(buttons.into_iter().flatten()),
    )
}
