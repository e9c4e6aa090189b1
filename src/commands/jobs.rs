//! `/jobs`: listings by words and filters, five a page, and one of them whole.

use super::controls::{self, text_value};
use super::filters::{self, Filters};
use super::resolve::Asked;
use super::{
    Answer, Arguments, Audience, Command, CommandOption, Context, Handler, Intent, OptionKind,
    Understood, UserError, career, listing, table, wire,
};
use crate::knowledge::search::Found;
use crate::knowledge::{Career, Job, JobType, Level};
use crate::reply::limits::{BUTTON_URL, BUTTONS};
use crate::reply::{
    Button, Card, ControlLine, Menu, MenuChoice, Reply, Row, Tone, Visibility, text,
};

/// Listings on a page.
const PAGE: usize = 5;
/// The longest text that `company` takes.
pub const COMPANY: usize = 40;

/// `/jobs`. All of its filters at their longest, with a listing or a page, fit a control (see [`wire`]).
pub const COMMAND: Command = Command {
    path: "jobs",
    code: "j",
    summary: "Job listings, by words and filters",
    options: &[
        CommandOption {
            name: "search",
            key: 's',
            summary: "Words of the title, the company or the rest, in any order",
            kind: OptionKind::Text(37),
            required: false,
            hidden: false,
        },
        CommandOption {
            name: "career",
            key: 'c',
            summary: "Only listings of this career",
            kind: OptionKind::Career,
            required: false,
            hidden: false,
        },
        CommandOption {
            name: "company",
            key: 'y',
            summary: "Only companies whose name holds these words",
            kind: OptionKind::Company(COMPANY),
            required: false,
            hidden: false,
        },
        CommandOption {
            name: "location",
            key: 'l',
            summary: "Only locations that hold these words",
            kind: OptionKind::Location(20),
            required: false,
            hidden: false,
        },
        CommandOption {
            name: "remote",
            key: 'r',
            summary: "Only remote listings, or only those that are not",
            kind: OptionKind::Flag,
            required: false,
            hidden: false,
        },
        CommandOption {
            name: "level",
            key: 'v',
            summary: "Only this level; listings that do not state one are left out",
            kind: OptionKind::Choice(Level::CHOICES),
            required: false,
            hidden: false,
        },
        CommandOption {
            name: "type",
            key: 't',
            summary: "Only this kind of employment",
            kind: OptionKind::Choice(JobType::CHOICES),
            required: false,
            hidden: false,
        },
        CommandOption {
            name: "min_salary",
            key: 'm',
            summary: "Only listings that pay at least this much a year; those that state no pay are left out",
            kind: OptionKind::Whole(1, 60_000_000),
            required: false,
            hidden: false,
        },
        CommandOption {
            name: "sort",
            key: 'o',
            summary: "The order",
            kind: OptionKind::Choice(filters::SORTS),
            required: false,
            hidden: false,
        },
        table::SHARE,
        CommandOption {
            name: "page",
            key: 'p',
            summary: "The page of the list",
            kind: OptionKind::Whole(1, 46_655),
            required: false,
            hidden: true,
        },
        CommandOption {
            name: "job",
            key: 'j',
            summary: "One listing, by its id",
            kind: OptionKind::Text(100),
            required: false,
            hidden: true,
        },
    ],
    audience: Audience::Everyone,
    visibility: Visibility::Private,
    examples: &[
        "/jobs search: data engineer",
        "/jobs remote: true sort: salary",
        "/jobs level: senior min_salary: 120000",
    ],
    message_menu: None,
    handler: Handler::Look(answer),
};

/// A button to the listings of a career.
pub fn button(label: &str, career: &Career) -> Option<Button> {
    let asked = Asked {
        career,
        narrower: None,
    };
    controls::button(label, Filters::of_career(asked).line([]))
}

fn answer(context: &Context<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let mut understood = Understood::intent(Intent::Jobs);
    let filters = Filters::read(context.knowledge, arguments)
        .map_err(|error| error.understood(understood.clone()))?;
    let asked = filters.career().map(|asked| asked.career.id.clone());
    understood.careers = asked.into_iter().collect();
    let page = arguments.whole("page");
    let page = page.and_then(|page| usize::try_from(page).ok());
    let page = page.map_or(1, |page| page.max(1));
    let answer = match arguments.text("job") {
        Some(named) => detail(context, &filters, named),
        None => list(context, &filters, page),
    };
    let (reply, line) = answer.map_err(|error| error.understood(understood.clone()))?;
    Ok(Answer {
        reply,
        understood,
        line,
    })
}

type Shown = (Reply, Option<ControlLine>);

fn list(context: &Context<'_>, filters: &Filters<'_>, page: usize) -> Result<Shown, UserError> {
    let from = (page - 1) * PAGE;
    let shown = from..from + PAGE;
    let found = context
        .knowledge
        .find_jobs(&filters.query(), context.today(), shown);
    let at = |page| filters.line(controls::page_value(page).map(|page| ("page", page)));
    let pages = controls::page_count(found.total, PAGE);
    if page > pages {
        return Err(controls::no_such_page(page, pages, at));
    }
    if found.jobs.is_empty() {
        let reply = Reply::new(
            nothing_card(context, filters, found.expired),
            drop_rows(context, filters),
        );
        return Ok((reply, at(1)));
    }
    let mut card = Card::new(
        Tone::Jobs,
        text::counted(found.total, "listing", "listings"),
        list_body(filters, &found),
    );
    card.fields = found.jobs.iter().map(|job| listing::entry(job)).collect();
    card.footer = hidden(found.expired);
    let menu = Row::Menu(Menu {
        placeholder: "Open a listing".to_owned(),
        choices: found
            .jobs
            .iter()
            .filter_map(|job| choice(filters, job))
            .collect(),
    });
    let rows = std::iter::once(menu).chain(controls::paging(page, pages, at));
    Ok((Reply::new(card, rows.collect()), at(page)))
}

fn choice(filters: &Filters<'_>, job: &Job) -> Option<MenuChoice> {
    let location = job.location.as_deref().unwrap_or("location not stated");
    let description = format!("{} · {location}", job.company);
    controls::choice(&job.title, Some(&description), open_line(filters, job))
}

/// The line that opens a listing and still knows the list that it was opened from.
fn open_line(filters: &Filters<'_>, job: &Job) -> Option<ControlLine> {
    filters.line([("job", text_value(wire::job_key(&job.id)))])
}

/// The filters, and whether some of the listings hold only a part of the words.
fn list_body(filters: &Filters<'_>, found: &Found<'_>) -> String {
    let partly = match found.complete {
        complete if complete == found.total => return body(filters),
        0 => "None of them holds every word; the nearest come first.".to_owned(),
        1 => "The first holds every word, the rest some of them.".to_owned(),
        complete => format!("The first {complete} hold every word, the rest some of them."),
    };
    format!("{}\n{partly}", body(filters))
}

/// The narrower career that was asked for, and the filters as they were understood.
fn body(filters: &Filters<'_>) -> String {
    let understood: Vec<String> = filters
        .understood()
        .into_iter()
        .map(|(_, words)| words)
        .collect();
    let narrowed = (!understood.is_empty()).then(|| format!("Filters: {}", understood.join(" · ")));
    let order = filters.order().map(|order| format!("Sorted: {order}"));
    let note = filters.career().and_then(|asked| asked.note());
    let lines: Vec<String> = note.into_iter().chain(narrowed).chain(order).collect();
    lines.join("\n")
}

fn hidden(expired: usize) -> Option<String> {
    (expired > 0).then(|| {
        let listings = text::counted(expired, "listing that has", "listings that have");
        format!("Without {listings} expired.")
    })
}

fn nothing_card(context: &Context<'_>, filters: &Filters<'_>, expired: usize) -> Card {
    let what = if filters.understood().is_empty() {
        "There are no listings now.".to_owned()
    } else {
        let all = context.knowledge.jobs().len();
        let all = text::counted(all, "listing", "listings");
        format!("None of {all} fits all of this. {}", body(filters))
    };
    let mut card = Card::new(Tone::Jobs, "No listing fits", what);
    card.footer = hidden(expired);
    card
}

/// A button for each filter that may be dropped, with what that would find.
fn drop_rows(context: &Context<'_>, filters: &Filters<'_>) -> Vec<Row> {
    let understood = filters.understood();
    let mut buttons: Vec<Button> = understood
        .iter()
        .filter_map(|(option, _)| {
            let rest = filters.without(option);
            let found = context
                .knowledge
                .find_jobs(&rest.query(), context.today(), 0..0);
            let label = format!("Without {} ({})", spaced(option), found.total);
            controls::button(&label, rest.line([]))
        })
        .collect();
    if understood.len() > 1 {
        buttons.extend(controls::button(
            "All listings",
            Filters::default().line([]),
        ));
    }
    controls::button_rows(buttons)
}

fn spaced(option: &str) -> String {
    option.replace('_', " ")
}

fn detail(context: &Context<'_>, filters: &Filters<'_>, named: &str) -> Result<Shown, UserError> {
    let back = |label: &str| controls::button(label, back_line(context, filters, named));
    let Some(job) = filters::find_job(context.knowledge, named) else {
        return Err(UserError::new(
            "That listing is gone",
            "It is no longer in the knowledge base. The list shows what there is.",
            controls::button_rows(back("To the list")),
        ));
    };
    let link = job
        .url
        .as_deref()
        .filter(|url| text::is_web(url) && url.chars().count() <= BUTTON_URL)
        .map(|url| Button::open("Open the listing", url));
    let back = back("Back to the list");
    let room = BUTTONS - link.iter().count() - back.iter().count();
    let careers = job
        .careers
        .iter()
        .filter_map(|id| context.knowledge.career(id))
        .filter_map(career::button)
        .take(room);
    let buttons = link.into_iter().chain(careers).chain(back);
    let reply = Reply::new(
        listing::card(job, context.today()),
        controls::button_rows(buttons),
    );
    Ok((reply, open_line(filters, job)))
}

/// The page of the list on which the listing stands; the first where it stands on none.
fn back_line(context: &Context<'_>, filters: &Filters<'_>, named: &str) -> Option<ControlLine> {
    let job = filters::find_job(context.knowledge, named);
    let place = job.and_then(|job| {
        let query = filters.query();
        context
            .knowledge
            .position_of_job(&job.id, &query, context.today())
    });
    let page = place.map_or(1, |place| place / PAGE + 1);
    filters.line(controls::page_value(page).map(|page| ("page", page)))
}
