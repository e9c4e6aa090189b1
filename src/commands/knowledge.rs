//! `/knowledge status`, `reload` and `problems`: for those who look after the knowledge base.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::controls;
use super::{
    Answer, Arguments, Audience, Command, CommandOption, Handler, Intent, ModeratorContext,
    OptionKind, Understood, UserError,
};
use crate::feeds::Feed;
use crate::feeds::read::line;
use crate::feeds::state::State;
use crate::knowledge::source::Files;
use crate::knowledge::store::{Changes, Difference, ReloadError};
use crate::knowledge::{Knowledge, Problem};
use crate::reply::passage::Passage;
use crate::reply::text::{counted, escape, link};
use crate::reply::{Card, ControlLine, Reply, Row, Tone, Visibility, limits};

/// Problems on a page.
const PAGE: usize = 5;

/// `/knowledge status`.
pub const STATUS: Command = Command {
    path: "knowledge status",
    code: "ks",
    summary: "What the knowledge base holds, and how its last load went",
    options: &[],
    audience: Audience::Moderators,
    visibility: Visibility::Private,
    examples: &["/knowledge status"],
    message_menu: None,
    handler: Handler::Act(status),
};

/// `/knowledge reload`.
pub const RELOAD: Command = Command {
    path: "knowledge reload",
    code: "kr",
    summary: "Read the files again: what changed, or every problem while the old knowledge stays",
    options: &[],
    audience: Audience::Moderators,
    visibility: Visibility::Private,
    examples: &["/knowledge reload"],
    message_menu: None,
    handler: Handler::Act(reload),
};

/// `/knowledge problems`.
pub const PROBLEMS: Command = Command {
    path: "knowledge problems",
    code: "kp",
    summary: "What is wrong with the files, each with its place and a way to mend it",
    options: &[CommandOption {
        name: "page",
        key: 'p',
        summary: "The page of the list",
        kind: OptionKind::Whole(1, 9999),
        required: false,
        hidden: true,
    }],
    audience: Audience::Moderators,
    visibility: Visibility::Private,
    examples: &["/knowledge problems"],
    message_menu: None,
    handler: Handler::Act(problems),
};

fn answered(card: Card, rows: Vec<Row>) -> Answer {
    Answer {
        reply: Reply::new(card, rows),
        understood: Understood::intent(Intent::None),
        line: None,
    }
}

fn problems_line(page: usize) -> Option<ControlLine> {
    controls::line(
        &PROBLEMS,
        controls::page_value(page).map(|page| ("page", page)),
    )
}

fn command_row(commands: &[&'static Command]) -> Vec<Row> {
    let buttons = commands.iter().filter_map(|command| {
        let label = match command.code {
            "ks" => "Status",
            "kr" => "Reload",
            _ => "Problems",
        };
        controls::button(label, controls::line(command, []))
    });
    controls::button_rows(buttons)
}

fn status(context: &ModeratorContext<'_>, _: &Arguments) -> Result<Answer, UserError> {
    let knowledge = context.request.knowledge;
    let loads = context.store.status();
    let mut card = Card::new(Tone::Info, escape(knowledge.name()), String::new());
    card.column("Holds", holdings(knowledge))
        .column("Listings", listings(context))
        .column("Version", format!("`{}`", escape(knowledge.version())))
        .column("Loaded", when(loads.loaded))
        .column("From", origin(context.store.files()))
        .column(
            "Warnings",
            counted(knowledge.warnings().len(), "warning", "warnings"),
        );
    if let Some((at, problems)) = loads.failed {
        let problems = counted(problems.len(), "problem", "problems");
        card.field(
            "Last reload failed",
            format!(
                "{}, with {problems}; what was loaded before goes on answering.",
                when(at)
            ),
        );
    }
    for (place, feeds) in feeds(context)
        .split(limits::FIELD_VALUE)
        .into_iter()
        .enumerate()
    {
        let more = if place == 0 { "" } else { ", continued" };
        card.field(format!("Feeds{more}"), feeds);
    }
    let sources = sources(knowledge).split(limits::FIELD_VALUE);
    for (place, sources) in sources.into_iter().enumerate() {
        let more = if place == 0 { "" } else { ", continued" };
        card.field(format!("Sources of figures{more}"), sources);
    }
    Ok(answered(card, command_row(&[&RELOAD, &PROBLEMS])))
}

fn holdings(knowledge: &Knowledge) -> String {
    [
        counted(knowledge.careers().len(), "career", "careers"),
        counted(knowledge.jobs().len(), "listing", "listings"),
        counted(knowledge.companies().len(), "company", "companies"),
        counted(
            knowledge.skills().len(),
            "skill or tool",
            "skills and tools",
        ),
    ]
    .join("\n")
}

fn listings(context: &ModeratorContext<'_>) -> String {
    let today = context.request.today();
    let jobs = context.request.knowledge.jobs();
    let expired = jobs.iter().filter(|job| job.expired(today)).count();
    let undated = jobs.iter().filter(|job| job.posted.is_none()).count();
    format!("{expired} expired\n{undated} without a date")
}

/// What each feed brought, and what is wrong with it; those that fail first.
fn feeds(context: &ModeratorContext<'_>) -> Passage {
    let Files::Folder(folder) = context.store.files() else {
        return Passage::lines(Vec::new());
    };
    let mut lines: Vec<(bool, String)> = context
        .feeds
        .iter()
        .map(|feed| {
            let state = State::read(folder, &feed.name);
            (state.failing.is_none(), feed_line(feed, &state))
        })
        .collect();
    lines.sort_by_key(|(works, _)| *works);
    Passage::lines(lines.into_iter().map(|(_, line)| line).collect())
}

fn feed_line(feed: &Feed, state: &State) -> String {
    let name = escape(feed.name.as_str());
    let brought = state.brought.as_ref();
    let listings = brought.map_or(0, |brought| brought.listings);
    let listings = counted(listings, "listing", "listings");
    if let Some(failing) = &state.failing {
        let why = line::line(&failing.why).unwrap_or_default();
        let why = escape(&line::cut(&why, 200));
        return format!(
            "• **{name}** fails since {}: {why}. Its {listings} from before stay.",
            when(failing.since)
        );
    }
    let Some(brought) = brought else {
        return format!("• **{name}** has not run yet.");
    };
    let skipped: usize = brought.skipped.values().sum();
    let most = brought.skipped.iter().max_by_key(|(_, count)| **count);
    let skipped = match most {
        Some((why, count)) if *count == skipped => format!(", {skipped} skipped ({why})"),
        Some((why, _)) => format!(", {skipped} skipped (mostly: {why})"),
        None => String::new(),
    };
    format!(
        "• **{name}** has {listings}, asked {}: {} new, {} changed, {} gone{skipped}.",
        when(brought.at),
        brought.new,
        brought.changed,
        brought.gone
    )
}

/// Where the files are, without the path that leads there.
fn origin(files: &Files) -> String {
    match files {
        Files::Embedded => "the copy inside the program".to_owned(),
        Files::Folder(path) => match path.file_name() {
            Some(name) => format!("the folder {}", escape(&name.to_string_lossy())),
            None => "a folder".to_owned(),
        },
    }
}

/// A moment as Discord draws it: `5 minutes ago`.
fn when(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}

/// The sources of all figures, by licence, with the words that the licence asks for.
fn sources(knowledge: &Knowledge) -> Passage {
    let sources: BTreeSet<_> = knowledge
        .careers()
        .iter()
        .flat_map(|career| &career.sources)
        .map(|source| {
            let licence = (&source.licence, &source.attribution);
            (licence, &source.title, &source.url)
        })
        .collect();
    let sources: Vec<_> = sources.into_iter().collect();
    let lines = sources
        .chunk_by(|one, next| one.0 == next.0)
        .flat_map(|alike| {
            let (licence, attribution) = alike[0].0;
            let licence = escape(licence.as_deref().unwrap_or("No licence stated"));
            let words = attribution.as_deref().map(escape);
            let words = words.map_or_else(String::new, |words| format!(": {words}"));
            let links = alike
                .iter()
                .map(|(_, title, url)| format!("• {}", link(title, url.as_deref())));
            let heading = format!("**{licence}**{words}");
            std::iter::once(heading).chain(links).collect::<Vec<_>>()
        });
    Passage::lines(lines.collect())
}

fn reload(context: &ModeratorContext<'_>, _: &Arguments) -> Result<Answer, UserError> {
    match context.store.reload(context.now) {
        Ok(changes) => Ok(answered(
            changes_card(&changes),
            command_row(&[&STATUS, &PROBLEMS]),
        )),
        Err(ReloadError::Busy) => Err(UserError::new(
            "A reload is under way",
            "Another moderator's reload has not ended yet. Its outcome stands in the status.",
            command_row(&[&STATUS]),
        )),
        Err(ReloadError::Problems(problems)) => Err(refused(&problems)),
    }
}

fn refused(problems: &[Problem]) -> UserError {
    let count = counted(problems.len(), "problem", "problems");
    let text = format!(
        "Nothing changed: what was loaded before goes on answering.\n{}",
        shown(problems, 1)
    );
    let pages = controls::page_count(problems.len(), PAGE);
    let more = (pages > 1).then(|| controls::button("More problems", problems_line(2)));
    let again = controls::button("Reload again", controls::line(&RELOAD, []));
    let buttons = again.into_iter().chain(more.flatten());
    UserError::new(
        format!("The files have {count}"),
        text,
        controls::button_rows(buttons),
    )
}

fn changes_card(changes: &Changes) -> Card {
    if *changes == Changes::default() {
        return Card::new(
            Tone::Success,
            "Reloaded",
            "The files are as they were: nothing changed.",
        );
    }
    let settings = changes
        .settings
        .then_some("The settings of the knowledge base (name, categories, sources) changed.");
    let mut card = Card::new(Tone::Success, "Reloaded", settings.unwrap_or_default());
    card.field("Careers", difference(&changes.careers))
        .field("Listings", difference(&changes.jobs))
        .field("Skills and tools", difference(&changes.skills));
    card
}

fn difference(difference: &Difference) -> String {
    const ROOM: usize = limits::FIELD_VALUE / 3 - 20;
    let lines = [
        ("Added", &difference.added),
        ("Changed", &difference.changed),
        ("Removed", &difference.removed),
    ];
    let lines: Vec<String> = lines
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| {
            let names: Vec<String> = names.iter().map(|name| escape(name)).collect();
            let count = names.len();
            format!("**{what}** ({count}): {}", Passage::run(names).within(ROOM))
        })
        .collect();
    lines.join("\n")
}

fn problems(context: &ModeratorContext<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let page = arguments
        .whole("page")
        .and_then(|page| usize::try_from(page).ok())
        .unwrap_or(1);
    let (title, problems) = current_problems(context);
    if problems.is_empty() {
        let card = Card::new(
            Tone::Success,
            "No problems",
            "The knowledge base loads without a warning.",
        );
        return Ok(answered(card, command_row(&[&STATUS, &RELOAD])));
    }
    let pages = controls::page_count(problems.len(), PAGE);
    if page > pages {
        return Err(controls::no_such_page(page, pages, problems_line));
    }
    let card = Card::new(Tone::Info, title, shown(&problems, page));
    let rows = controls::paging(page, pages, problems_line)
        .into_iter()
        .chain(command_row(&[&STATUS, &RELOAD]));
    Ok(answered(card, rows.collect()))
}

/// The problems of the last reload where it failed, else the warnings of what is loaded.
fn current_problems(context: &ModeratorContext<'_>) -> (String, Arc<[Problem]>) {
    match context.store.status().failed {
        Some((_, problems)) => {
            let count = counted(problems.len(), "problem", "problems");
            (format!("The last reload failed: {count}"), problems)
        }
        None => {
            let warnings = context.request.knowledge.warnings();
            let count = counted(warnings.len(), "warning", "warnings");
            (count, warnings.into())
        }
    }
}

/// One page of problems, each in a code block.
fn shown(problems: &[Problem], page: usize) -> String {
    let blocks: Vec<String> = controls::page_of(problems, page, PAGE)
        .iter()
        .map(block)
        .collect();
    blocks.join("\n")
}

/// A problem in a code block: monospace, so that its underline stands under the right letters.
fn block(problem: &Problem) -> String {
    const ROOM: usize = (limits::DESCRIPTION - 100) / PAGE - 10;
    let rendered = problem.render().replace("```", "'''");
    let lines: Vec<&str> = rendered.lines().collect();
    let rendered = crate::reply::text::join(&lines, "\n", ROOM);
    format!("```\n{rendered}\n```")
}
