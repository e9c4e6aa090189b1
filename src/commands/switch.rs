//! `/switch`: the way from one career to another.

use super::career_text;
use super::contrast;
use super::controls::{self, text_value};
use super::detail::Detail;
use super::resolve::{self, Asked};
use super::{
    Answer, Arguments, Audience, Command, CommandOption, Context, Handler, Intent, OptionKind,
    Understood, UserError, career, compare, jobs, table,
};
use crate::knowledge::Career;
use crate::reply::limits::EMBEDS_TOTAL;
use crate::reply::passage::{self, Block, Passage};
use crate::reply::text::{escape, prose};
use crate::reply::{Card, ControlLine, Reply, Row, Tone, Visibility};

/// How many first steps are told.
const STEPS: usize = 3;
/// Two careers with fewer skills and tools in common share little.
const LITTLE: usize = 3;

/// `/switch`.
pub const COMMAND: Command = Command {
    path: "switch",
    code: "w",
    summary: "From one career to another: what carries over, what to learn, first steps",
    options: &[
        CommandOption {
            name: "from",
            key: 'f',
            summary: "The career you come from, by any of its names",
            kind: OptionKind::Career,
            required: true,
            hidden: false,
        },
        CommandOption {
            name: "to",
            key: 't',
            summary: "The career you want to go to",
            kind: OptionKind::Career,
            required: true,
            hidden: false,
        },
        table::PRIVATE,
    ],
    audience: Audience::Everyone,
    visibility: Visibility::Public,
    examples: &[
        "/switch from: data analyst to: data scientist",
        "/switch from: devops to: mlops",
    ],
    message_menu: None,
    handler: Handler::Look(answer),
};

/// The line for a switch, by any names a control may carry.
pub fn line(from: &str, to: &str) -> Option<ControlLine> {
    controls::line(
        &COMMAND,
        [("from", text_value(from)), ("to", text_value(to))],
    )
}

fn answer(context: &Context<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let typed = |option| arguments.text(option).unwrap_or_default();
    let find = |option| resolve::career(context.knowledge, typed(option));
    let known = || Understood {
        careers: ["from", "to"]
            .into_iter()
            .filter_map(|option| Some(find(option).ok()?.career.id.clone()))
            .collect(),
        section: None,
        intent: Intent::Switch,
    };
    let from = find("from").map_err(|unknown| {
        let to = find("to").map_or_else(
            |_| resolve::carried_as_typed(typed("to")),
            |to| to.carried().to_owned(),
        );
        unknown
            .into_error(|career| line(career.id.as_str(), &to))
            .understood(known())
    })?;
    let to = find("to").map_err(|unknown| {
        unknown
            .into_error(|career| line(from.carried(), career.id.as_str()))
            .understood(known())
    })?;
    if from.career.id == to.career.id {
        return Err(same_twice(from.career).understood(known()));
    }
    Ok(Answer {
        reply: Reply::new(card(from, to), rows(from, to)),
        understood: known(),
        line: line(from.carried(), to.carried()),
    })
}

fn same_twice(one: &Career) -> UserError {
    UserError::new(
        "Already there",
        format!("Both names mean **{}**.", escape(&one.name)),
        controls::button_rows(career::button(one)),
    )
}

fn card(from: Asked<'_>, to: Asked<'_>) -> Card {
    let skills = contrast::skills(from.career, to.career);
    let tools = contrast::tools(from.career, to.career);
    let (old, new) = (escape(&from.career.name), escape(&to.career.name));
    let mut body: Vec<String> = [from.note(), to.note()].into_iter().flatten().collect();
    if skills.both.len() + tools.both.len() < LITTLE {
        body.push(format!(
            "**{old}** and **{new}** share little: most of what {new} needs is new, so plan for study before you apply."
        ));
    }
    let related = from
        .career
        .related
        .iter()
        .find(|related| related.career == to.career.id);
    if let Some(differs) = related.and_then(|related| related.differs.as_deref()) {
        body.push(format!("**{new}**: {}", prose(differs)));
    }
    let mut card = Card::new(
        Tone::Compare,
        format!("From {old} to {new}"),
        body.join("\n"),
    );
    let carries = Passage::lines(
        [listed("Skills", &skills.both), listed("Tools", &tools.both)]
            .into_iter()
            .flatten()
            .collect(),
    );
    let carries = if carries.is_empty() {
        Passage::paragraph("Nothing that both files name.")
    } else {
        carries
    };
    let to_learn = (to.career.skills.iter())
        .filter(|skill| {
            !skills
                .both
                .iter()
                .any(|name| contrast::same(name, &skill.name))
        })
        .map(|skill| career_text::skill(skill, Detail::Whole));
    let steps = to
        .career
        .tips
        .iter()
        .take(STEPS)
        .enumerate()
        .map(|(place, tip)| {
            format!(
                "{}. **{}**: {}",
                place + 1,
                escape(&tip.title),
                prose(&tip.text)
            )
        });
    let blocks = [
        Block::wide("What carries over", carries),
        Block::wide(
            format!("To learn for {new}, the most important first"),
            Passage::bullets(to_learn),
        ),
        Block::wide(
            "New tools",
            Passage::run(career_text::escaped(&tools.second)),
        ),
        Block::wide(
            "Pay",
            Passage::paragraph(contrast::pay(from.career, to.career)),
        ),
        Block::wide(
            "Outlook",
            Passage::paragraph(contrast::growth(from.career, to.career)),
        ),
        Block::wide("First steps", Passage::lines(steps.collect())),
    ];
    card.fields = passage::fields(&blocks, EMBEDS_TOTAL - card.len());
    card
}

fn listed(title: &str, names: &[&str]) -> Option<String> {
    (!names.is_empty()).then(|| format!("**{title}:** {}", career_text::escaped(names).join(", ")))
}

fn rows(from: Asked<'_>, to: Asked<'_>) -> Vec<Row> {
    let (old, new) = (from.carried(), to.carried());
    let buttons = [
        career::button(to.career),
        controls::button("Compare both", compare::line(old, new, None)),
        jobs::button("Jobs", to.career),
        controls::button("The way back", line(new, old)),
    ];
    controls::button_rows(buttons.into_iter().flatten())
}
