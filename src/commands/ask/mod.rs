//! `/ask`: a question in plain words, answered with the card of the command that it stands for.
//!
//! [`reading`] finds out what is asked; [`openings`] turns a question about listings into their filters; what the
//! knowledge base does not hold gets an honest "I don't know".

pub mod openings;
pub mod reading;

use super::controls::{self, Given, text_value};
use super::{
    Answer, Arguments, Audience, Command, CommandOption, Context, Handler, Intent, OptionKind,
    Understood, UserError, browse, career, compare, help, jobs, skills_match, switch, table,
};
use crate::knowledge::{Career, CareerId, Section};
use crate::reply::{Button, Card, ControlLine, Reply, Tone, Visibility, text};
use reading::{Meaning, Reading};

/// The most characters of a question.
const QUESTION: usize = 1_000;
/// The most characters of the name of whoever asked.
const NAME: usize = 100;
/// The most characters of a question that are shown back.
const ECHO: usize = 160;
/// How many places of the knowledge base are shown for words that they hold.
const FACTS: usize = 6;

/// `/ask`.
pub const COMMAND: Command = Command {
    path: "ask",
    code: "a",
    summary: "Ask in plain words: is a master's worth it for ML, who uses Terraform, from devops to mlops",
    options: &[
        CommandOption {
            name: "question",
            key: 'q',
            summary: "Your question, in your own words",
            kind: OptionKind::Text(QUESTION),
            required: true,
            hidden: false,
        },
        table::PRIVATE,
        CommandOption {
            name: "of",
            key: 'o',
            summary: "Whose question it is",
            kind: OptionKind::Text(NAME),
            required: false,
            hidden: true,
        },
    ],
    audience: Audience::Everyone,
    visibility: Visibility::Public,
    examples: &[
        "/ask question: what does a data steward do?",
        "/ask question: who uses kubernetes?",
    ],
    message_menu: Some(table::MessageMenu {
        name: "Answer this",
        text: "question",
        author: "of",
    }),
    handler: Handler::Look(answer),
};

/// Reads a question the way `/ask` does.
pub fn read(context: &Context<'_>, question: &str) -> Reading {
    reading::read(context.knowledge.lexicon(), question)
}

fn answer(context: &Context<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let question = arguments.text("question").unwrap_or_default();
    let reading = read(context, question);
    let understood = understood(&reading);
    let run = |command: &'static Command, given: Given| run(context, command, given);
    let ids = understood.careers.clone();
    let mut answer = match (reading.best().intent, &ids[..]) {
        (Intent::Section, [one, ..]) => run(&career::COMMAND, career_options(&reading, one)),
        (Intent::Section, []) => Ok(which_career(context, &reading)),
        (Intent::Compare, [one, other, ..]) => run(
            &compare::COMMAND,
            pair("first", one, "second", other, reading.best().section),
        ),
        (Intent::Switch, [from, to, ..]) => {
            run(&switch::COMMAND, pair("from", from, "to", to, None))
        }
        (Intent::Switch, [to]) => run(
            &career::COMMAND,
            vec![
                ("career", text_value(to.as_str())),
                ("section", text_value(Section::Tips.id())),
            ],
        ),
        (Intent::Jobs, _) => {
            let found = openings::options(context.knowledge, question, &reading, context.today());
            run(&jobs::COMMAND, found).map(private)
        }
        (Intent::Match, _) if !reading.text.skills.is_empty() => run(
            &skills_match::COMMAND,
            vec![("skills", text_value(skill_list(&reading)))],
        ),
        (Intent::Match, _) => {
            Ok(facts(context, &reading).unwrap_or_else(|| not_known(context, question, &reading)))
        }
        (Intent::List, _) => run(&career::COMMAND, category(context, &reading)),
        _ => Ok(not_known(context, question, &reading)),
    }
    .map_err(|error| error.understood(understood.clone()))?;
    if let Some(name) = arguments.text("of") {
        let body = &mut answer.reply.card.body;
        *body = format!("{}\n\n{body}", whose(name, question));
    }
    if let Some(button) = reading
        .second()
        .and_then(|second| other_reading(&reading, second))
    {
        answer.reply.push_button(button);
    }
    Ok(Answer {
        understood,
        ..answer
    })
}

/// Whose question is answered, and what it is.
fn whose(name: &str, question: &str) -> String {
    let name = text::escape(&text::shorten(name, ECHO));
    format!("{name} asked: {}", text::quote(question, ECHO))
}

/// Runs the command that a question stands for.
fn run(
    context: &Context<'_>,
    command: &'static Command,
    given: Given,
) -> Result<Answer, UserError> {
    let given = given
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    let arguments = Arguments::new(command, given)?;
    match command.handler {
        Handler::Look(look) => look(context, &arguments),
        Handler::Act(_) => Err(UserError::mistake("That is not for questions.")),
    }
}

/// What a reading comes to: the careers in the order asked, the section, the intent.
pub fn understood(reading: &Reading) -> Understood {
    let Meaning { intent, section } = reading.best();
    Understood {
        careers: reading.careers(intent).to_vec(),
        section,
        intent,
    }
}

fn career_options(reading: &Reading, one: &CareerId) -> Given {
    // The words that named a narrower title say so on the card.
    let named = reading
        .text
        .careers
        .iter()
        .find(|mention| mention.careers.contains(one));
    let typed = named.map(|mention| reading.text.words[mention.at.clone()].join(" "));
    let narrower =
        named.is_some_and(|mention| mention.kind == crate::knowledge::mentions::NameKind::Narrower);
    let career = typed
        .filter(|_| narrower)
        .unwrap_or_else(|| one.to_string());
    let section = reading
        .best()
        .section
        .map(|section| ("section", text_value(section.id())));
    [("career", text_value(career))]
        .into_iter()
        .chain(section)
        .collect()
}

fn pair(
    first: &'static str,
    one: &CareerId,
    second: &'static str,
    other: &CareerId,
    section: Option<Section>,
) -> Given {
    let section = section.map(|section| ("section", text_value(section.id())));
    [
        (first, text_value(one.as_str())),
        (second, text_value(other.as_str())),
    ]
    .into_iter()
    .chain(section)
    .collect()
}

fn skill_list(reading: &Reading) -> String {
    text::shorten(&reading.skills().join(", "), 300)
}

/// The category whose name shares a word with the question.
fn category(context: &Context<'_>, reading: &Reading) -> Given {
    let shares = |name: &str| {
        let words = crate::knowledge::fold::words(name);
        let held = reading
            .text
            .words
            .iter()
            .filter(|word| words.contains(word) && word.as_str() != "and");
        held.count()
    };
    let best = context
        .knowledge
        .categories()
        .iter()
        .map(|category| (shares(&category.name), category))
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, _)| *count);
    best.map(|(_, category)| ("category", text_value(category.id.as_str())))
        .into_iter()
        .collect()
}

fn private(answer: Answer) -> Answer {
    Answer {
        reply: Reply {
            visibility: Visibility::Private,
            ..answer.reply
        },
        ..answer
    }
}

/// A button for what came second.
fn other_reading(reading: &Reading, second: Meaning) -> Option<Button> {
    let ids = reading.careers(second.intent);
    let (label, line): (String, Option<ControlLine>) = match (second.intent, ids) {
        (Intent::Section, [one, ..]) => {
            let label = second.section.map_or("About the career", Section::title);
            (label.to_owned(), career::line(one.as_str(), second.section))
        }
        (Intent::Compare, [one, other, ..]) => (
            "Compare both".to_owned(),
            compare::line(one.as_str(), other.as_str(), second.section),
        ),
        (Intent::Switch, [from, to, ..]) => (
            "The way there".to_owned(),
            switch::line(from.as_str(), to.as_str()),
        ),
        (Intent::Match, _) if !reading.text.skills.is_empty() => (
            "Careers by these skills".to_owned(),
            skills_match::line(&skill_list(reading)),
        ),
        (Intent::List, _) => ("Browse careers".to_owned(), browse::line()),
        _ => return None,
    };
    controls::button(&format!("Or: {label}"), line)
}

/// Asks which of several careers is meant, or any at all.
fn which_career(context: &Context<'_>, reading: &Reading) -> Answer {
    let meant = reading
        .text
        .unsure
        .iter()
        .flat_map(|mention| &mention.careers);
    let careers: Vec<&Career> = meant
        .filter_map(|id| context.knowledge.career(id))
        .collect();
    let section = reading.best().section;
    let what = section.map_or_else(String::new, |section| {
        format!(" about {}", section.title().to_lowercase())
    });
    let body = if careers.is_empty() {
        format!("Your question{what} names no career that is known here. Which one do you mean?")
    } else {
        format!("Your question{what} may be about more than one career. Which one do you mean?")
    };
    let buttons = careers.into_iter().take(4).filter_map(|career| {
        controls::button(&career.name, career::line(career.id.as_str(), section))
    });
    let browse = controls::button("Browse all careers", browse::line());
    let reply = Reply::new(
        Card::new(Tone::Info, "Which career?", body),
        controls::button_rows(buttons.chain(browse)),
    );
    private(Answer {
        reply,
        understood: understood(reading),
        line: None,
    })
}

/// Where the knowledge base holds the words that the question is about.
fn facts(context: &Context<'_>, reading: &Reading) -> Option<Answer> {
    let found = context.knowledge.find_facts(&reading.left);
    let mut lines: Vec<String> = Vec::new();
    let mut buttons = Vec::new();
    for fact in found.iter().take(FACTS) {
        let name = text::escape(&fact.career.name);
        lines.push(format!(
            "• **{name}**, {}: {}",
            fact.section.title().to_lowercase(),
            text::shorten(&text::prose(fact.text), 220)
        ));
        buttons.extend(controls::button(
            &fact.career.name,
            career::line(fact.career.id.as_str(), Some(fact.section)),
        ));
    }
    if lines.is_empty() {
        return None;
    }
    if found.len() > FACTS {
        lines.push(format!("… and {} more", found.len() - FACTS));
    }
    buttons.dedup_by(|one, other| one.label == other.label);
    buttons.truncate(5);
    let words = text::quote(&reading.left.join(" "), ECHO);
    Some(Answer {
        reply: Reply::new(
            Card::new(
                Tone::Info,
                "Found in these careers",
                format!("Where {words} is named:\n{}", lines.join("\n")),
            ),
            controls::button_rows(buttons),
        ),
        understood: Understood::intent(Intent::Match),
        line: None,
    })
}

/// Says that the knowledge base does not hold it, and offers what comes nearest.
fn not_known(context: &Context<'_>, question: &str, reading: &Reading) -> Answer {
    let unknown = reading.left.join(" ");
    let quoted = text::quote(question, ECHO);
    let known = what_is_known(context);
    let mut body = match &reading.professions()[..] {
        [] => format!("{quoted} is nothing that this knowledge base answers. It knows {known}."),
        others => {
            let others = text::escape(&others.join(", "));
            format!("{quoted}\nNot known here: {others}. Known are {known}.")
        }
    };
    if let Some(url) = context.request_url {
        body.push_str(&format!(
            " Is a career missing? {}",
            text::link("Ask for it to be added", Some(url))
        ));
    }
    let nearest = match context.knowledge.find_career(&unknown) {
        crate::knowledge::names::Found::Unsure(nearest) => nearest,
        _ => Vec::new(),
    };
    let careers = nearest.into_iter().take(3).filter_map(career::button);
    let more = [
        controls::button("Browse all careers", browse::line()),
        controls::button("What I can do", help::line()),
    ];
    let reply = Reply::new(
        Card::new(Tone::Info, "I don't know", body),
        controls::button_rows(careers.chain(more.into_iter().flatten())),
    );
    private(Answer {
        reply,
        understood: Understood::intent(Intent::None),
        line: None,
    })
}

fn what_is_known(context: &Context<'_>) -> String {
    let careers = text::counted(context.knowledge.careers().len(), "career", "careers");
    format!("{careers} ({})", text::escape(context.knowledge.name()))
}
