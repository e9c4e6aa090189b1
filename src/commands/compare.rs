//! `/compare`: two careers side by side, and what they share.

use super::career_text;
use super::contrast::{self, Contrast};
use super::controls::{self, Given, text_value};
use super::detail::Detail;
use super::resolve::{self, Asked};
use super::{
    Answer, Arguments, Audience, Command, CommandOption, Context, Handler, Intent, OptionKind,
    Understood, UserError, career, figures, jobs, table,
};
use crate::knowledge::{Career, CareerId, CareerSkill, Knowledge, Section};
use crate::reply::limits::{BUTTONS, EMBEDS_TOTAL};
use crate::reply::passage::{self, Block, Passage};
use crate::reply::text::{escape, prose};
use crate::reply::{Card, ControlLine, Reply, Row, Tone, Visibility};

/// `/compare`.
pub const COMMAND: Command = Command {
    path: "compare",
    code: "c",
    summary: "Two careers side by side: what both share, what only one has, outlook and pay",
    options: &[
        CommandOption {
            name: "first",
            key: 'f',
            summary: "One career, by any of its names",
            kind: OptionKind::Career,
            required: true,
            hidden: false,
        },
        CommandOption {
            name: "second",
            key: 's',
            summary: "The career to set beside it",
            kind: OptionKind::Career,
            required: true,
            hidden: false,
        },
        table::SECTION,
        table::PRIVATE,
    ],
    audience: Audience::Everyone,
    visibility: Visibility::Public,
    examples: &[
        "/compare first: MLE second: data manager",
        "/compare first: data scientist second: data analyst section: skills",
    ],
    message_menu: None,
    handler: Handler::Look(answer),
};

/// The line that compares two careers, by any names a control may carry.
pub fn line(first: &str, second: &str, section: Option<Section>) -> Option<ControlLine> {
    let section = section.map(|section| ("section", text_value(section.id())));
    let given: Given = [("first", text_value(first)), ("second", text_value(second))]
        .into_iter()
        .chain(section)
        .collect();
    controls::line(&COMMAND, given)
}

/// What was asked to be compared.
#[derive(Clone, Copy)]
struct Pair<'a> {
    knowledge: &'a Knowledge,
    first: Asked<'a>,
    second: Asked<'a>,
    section: Option<Section>,
}

fn answer(context: &Context<'_>, arguments: &Arguments) -> Result<Answer, UserError> {
    let section = arguments.choice("section", Section::from_id);
    let pair = resolve(context.knowledge, arguments, section)?;
    let understood = understood(
        vec![pair.first.career.id.clone(), pair.second.career.id.clone()],
        section,
    );
    if pair.first.career.id == pair.second.career.id {
        return Err(same_twice(context, pair.first.career).understood(understood));
    }
    let line = |view| line(pair.first.carried(), pair.second.carried(), view);
    Ok(Answer {
        reply: Reply::new(pair.card(), rows(pair)),
        understood,
        line: line(section),
    })
}

fn understood(careers: Vec<CareerId>, section: Option<Section>) -> Understood {
    Understood {
        careers,
        section,
        intent: Intent::Compare,
    }
}

fn resolve<'a>(
    knowledge: &'a Knowledge,
    arguments: &Arguments,
    section: Option<Section>,
) -> Result<Pair<'a>, UserError> {
    let typed = |option| arguments.text(option).unwrap_or_default();
    let find = |option| resolve::career(knowledge, typed(option));
    let known = || {
        let found = [find("first"), find("second")];
        let careers = found.into_iter().flatten();
        understood(
            careers.map(|asked| asked.career.id.clone()).collect(),
            section,
        )
    };
    let carried = |option| {
        find(option).map_or_else(
            |_| resolve::carried_as_typed(typed(option)),
            |asked| asked.carried().to_owned(),
        )
    };
    let first = find("first").map_err(|unknown| {
        let second = carried("second");
        unknown
            .into_error(|career| line(career.id.as_str(), &second, section))
            .understood(known())
    })?;
    let second = find("second").map_err(|unknown| {
        unknown
            .into_error(|career| line(first.carried(), career.id.as_str(), section))
            .understood(known())
    })?;
    Ok(Pair {
        knowledge,
        first,
        second,
        section,
    })
}

fn same_twice(context: &Context<'_>, one: &Career) -> UserError {
    let name = escape(&one.name);
    let card = career::button(one);
    let others = career::compare_buttons(context.knowledge, one, BUTTONS - 1);
    UserError::new(
        "The same career twice",
        format!(
            "Both names mean **{name}**. Here it is alone, or beside a career that is related to it."
        ),
        controls::button_rows(card.into_iter().chain(others)),
    )
}

fn rows(pair: Pair<'_>) -> Vec<Row> {
    let (first, second) = (pair.first.carried(), pair.second.carried());
    let menu = controls::section_menu(pair.section, |view| line(first, second, view));
    let jobs = [pair.first.career, pair.second.career]
        .map(|career| jobs::button(&format!("Jobs: {}", career.name), career));
    let swap = controls::button("Swap sides", line(second, first, pair.section));
    let buttons = jobs.into_iter().flatten().chain(swap);
    std::iter::once(menu)
        .chain(controls::button_rows(buttons))
        .collect()
}

impl<'a> Pair<'a> {
    fn careers(&self) -> (&'a Career, &'a Career) {
        (self.first.career, self.second.career)
    }

    fn card(&self) -> Card {
        let (first, second) = self.careers();
        let names = format!("{} vs. {}", escape(&first.name), escape(&second.name));
        let title = match self.section {
            Some(section) => format!("{names}: {}", section.title()),
            None => names,
        };
        let mut card = Card::new(Tone::Compare, title, self.body());
        card.footer = self.footer();
        let blocks = match self.section {
            Some(section) => self.section(section),
            None => self.overview(),
        };
        card.fields = passage::fields(&blocks, EMBEDS_TOTAL.saturating_sub(card.len()));
        card
    }

    /// Narrower titles that were asked for, and how the files say that the two differ.
    fn body(&self) -> String {
        let notes = [self.first.note(), self.second.note()];
        let differs = matches!(self.section, None | Some(Section::Definition))
            .then(|| self.differences())
            .into_iter()
            .flatten();
        let lines: Vec<String> = notes.into_iter().flatten().chain(differs).collect();
        lines.join("\n")
    }

    fn differences(&self) -> Vec<String> {
        let (first, second) = self.careers();
        let says = |one: &Career, other: &Career| {
            let related = one
                .related
                .iter()
                .find(|related| related.career == other.id)?;
            let differs = prose(related.differs.as_deref()?);
            Some(format!("**{}**: {differs}", escape(&other.name)))
        };
        says(second, first)
            .into_iter()
            .chain(says(first, second))
            .collect()
    }

    fn footer(&self) -> Option<String> {
        let (first, second) = self.careers();
        let mut words = figures::attributions(first);
        words.extend(
            figures::attributions(second)
                .into_iter()
                .filter(|attribution| !figures::attributions(first).contains(attribution)),
        );
        (!words.is_empty()).then(|| words.join(" · "))
    }

    fn overview(&self) -> Vec<Block> {
        let (first, second) = self.careers();
        let mut blocks = self.columns(self.told(Section::Definition));
        blocks.extend(self.brief_contrast(Section::Skills, contrast::skills(first, second)));
        blocks.extend(self.brief_contrast(Section::Tools, contrast::tools(first, second)));
        blocks
            .extend(self.brief_contrast(Section::Industries, contrast::industries(first, second)));
        blocks.extend(self.figures(Section::Outlook));
        blocks.extend(self.figures(Section::Salary));
        blocks
    }

    /// One section whole.
    fn section(&self, section: Section) -> Vec<Block> {
        let (first, second) = self.careers();
        match section {
            Section::Skills => self.skills(),
            Section::Tools => self.tools(),
            Section::Industries => {
                let contrast = contrast::industries(first, second);
                let list = |names: &[&str]| Passage::bullets(career_text::escaped(names));
                let only = (list(&contrast.first), list(&contrast.second));
                self.contrast(section, list(&contrast.both), only)
            }
            Section::Outlook | Section::Salary => self.figures(section),
            Section::Definition
            | Section::Responsibilities
            | Section::Education
            | Section::Tips => self.columns(self.told(section)),
        }
    }

    /// An overview tells briefly; so does the definition, whose neighbours stand above it.
    fn told(&self, section: Section) -> (Passage, Passage) {
        let (first, second) = self.careers();
        let detail = match self.section {
            None | Some(Section::Definition) => Detail::Brief,
            Some(_) => Detail::Whole,
        };
        let told = |career| career_text::section(self.knowledge, career, section, detail);
        (told(first), told(second))
    }

    fn skills(&self) -> Vec<Block> {
        let (first, second) = self.careers();
        let contrast = contrast::skills(first, second);
        let of = |career: &'a Career, name: &str| {
            career
                .skills
                .iter()
                .find(|skill| contrast::same(&skill.name, name))
        };
        let both = contrast.both.iter().map(|name| {
            let uses = [first, second].into_iter().filter_map(|career| {
                let used_for = used_for(of(career, name)?)?;
                Some(format!("\n*{}*: {used_for}", escape(&career.name)))
            });
            format!("**{}**{}", escape(name), uses.collect::<String>())
        });
        let list = |career: &'a Career, names: &[&str]| {
            let skills = names.iter().filter_map(|name| of(career, name));
            Passage::bullets(skills.map(|skill| career_text::skill(skill, Detail::Whole)))
        };
        let both = Passage::bullets(both);
        let only = (list(first, &contrast.first), list(second, &contrast.second));
        self.contrast(Section::Skills, both, only)
    }

    fn tools(&self) -> Vec<Block> {
        let (first, second) = self.careers();
        let contrast = contrast::tools(first, second);
        let only = (
            career_text::tools(first, |tool| contrast.first.contains(&tool)),
            career_text::tools(second, |tool| contrast.second.contains(&tool)),
        );
        let both = Passage::run(career_text::escaped(&contrast.both));
        self.contrast(Section::Tools, both, only)
    }

    fn brief_contrast(&self, section: Section, contrast: Contrast<'_>) -> Vec<Block> {
        let run = |names: &[&str]| Passage::run(career_text::escaped(names));
        let only = (run(&contrast.first), run(&contrast.second));
        self.contrast(section, run(&contrast.both), only)
    }

    /// What both have over the whole width, then what only one has, side by side.
    fn contrast(&self, section: Section, both: Passage, only: (Passage, Passage)) -> Vec<Block> {
        let (first, second) = self.careers();
        let or = |passage: Passage, otherwise: String| match passage.is_empty() {
            true => Passage::paragraph(otherwise),
            false => passage,
        };
        let nothing_more = |other: &Career| format!("Nothing beyond {}.", escape(&other.name));
        let both = or(both, "Nothing in common by name.".to_owned());
        let mut blocks = vec![Block::wide(format!("{}: both", section.title()), both)];
        if !(first.has(section) && second.has(section)) {
            blocks.extend(self.columns(self.told(section)));
            return blocks;
        }
        blocks.extend(self.beside(
            |career| format!("Only {}", escape(&career.name)),
            (
                or(only.0, nothing_more(second)),
                or(only.1, nothing_more(first)),
            ),
        ));
        blocks
    }

    /// How the figures compare over the whole width, then each career's own.
    fn figures(&self, section: Section) -> Vec<Block> {
        let (first, second) = self.careers();
        let sentence = match section {
            Section::Salary => contrast::pay(first, second),
            _ => contrast::growth(first, second),
        };
        let mut blocks = vec![Block::wide(section.title(), Passage::paragraph(sentence))];
        blocks.extend(self.columns(self.told(section)));
        blocks
    }

    fn columns(&self, passages: (Passage, Passage)) -> Vec<Block> {
        self.beside(|career| escape(&career.name), passages)
    }

    /// Two columns.
    fn beside(
        &self,
        heading: impl Fn(&Career) -> String,
        passages: (Passage, Passage),
    ) -> Vec<Block> {
        let (first, second) = self.careers();
        vec![
            Block::column(heading(first), passages.0),
            Block::column(heading(second), passages.1),
        ]
    }
}

/// What a career uses a skill for.
fn used_for(skill: &CareerSkill) -> Option<String> {
    skill.note.as_deref().map(prose).or_else(|| {
        let examples = career_text::escaped(&skill.examples).join(", ");
        (!examples.is_empty()).then_some(examples)
    })
}
