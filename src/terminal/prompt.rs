//! The prompt: a conversation with history, completion and hints; plain lines where no terminal is there.

use std::borrow::Cow;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use reedline::{
    ColumnarMenu, CompletionResult, DefaultHinter, Emacs, FileBackedHistory, Highlighter, Hinter,
    History, KeyCode, KeyModifiers, MenuBuilder, Prompt, PromptEditMode, PromptHistorySearch,
    Reedline, ReedlineEvent, ReedlineMenu, Signal, Span, StyledText, default_emacs_keybindings,
};

use super::card::{Canvas, draw};
use super::completion;
use super::lines::lines;
use super::markdown::printable;
use super::screen;
use super::session::{Session, Turn};
use crate::commands::line::{Parts, after_slash, find_command};
use crate::commands::service::Service;
use crate::commands::{Asker, COMMANDS};
use crate::reply::text::counted;

const MENU: &str = "completion";
const HISTORY_LINES: usize = 1000;

/// Talks until the person leaves or the input ends.
///
/// # Errors
/// What the terminal, standard input or standard output could not do.
pub fn run(service: &Arc<Service>, asker: Asker) -> io::Result<()> {
    let session = Session::new(service, asker);
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if io::stdin().is_terminal() && io::stdout().is_terminal() && !dumb {
        screen::show(&welcome(service))?;
        converse(session, editor(service))
    } else {
        answer_all(session)
    }
}

fn answer_all(mut session: Session<'_>) -> io::Result<()> {
    for line in lines(io::stdin().lock()) {
        if !take(&mut session, &line?)? {
            break;
        }
    }
    Ok(())
}

fn converse(mut session: Session<'_>, mut editor: Reedline) -> io::Result<()> {
    loop {
        match editor.read_line(&Mark)? {
            Signal::Success(line) => {
                if !take(&mut session, &line)? {
                    return Ok(());
                }
            }
            Signal::CtrlD => return Ok(()),
            _ => {}
        }
    }
}

/// Takes one line and shows what comes back; `false` when the person leaves.
fn take(session: &mut Session<'_>, line: &str) -> io::Result<bool> {
    let now = Timestamp::now();
    match session.take(line, now) {
        Turn::Leave => return Ok(false),
        Turn::Nothing => {}
        Turn::Told(sentence) => screen::show(&format!("{sentence}\n"))?,
        Turn::Card(reply) => {
            let canvas = Canvas {
                width: screen::width(),
                now,
                numbered: true,
            };
            screen::show(&draw(reply, &canvas))?;
        }
    }
    Ok(true)
}

fn welcome(service: &Service) -> String {
    let snapshot = service.snapshot();
    let examples: Vec<_> = COMMANDS
        .iter()
        .filter_map(|command| command.examples.first().copied())
        .take(2)
        .collect();
    let examples = match examples.is_empty() {
        true => String::new(),
        false => format!(" Try {}.", examples.join(" or ")),
    };
    format!(
        "{}: {}, {}.{examples} Tab completes, /help shows all, quit leaves.\n",
        printable(snapshot.name()),
        counted(snapshot.careers().len(), "career", "careers"),
        counted(snapshot.jobs().len(), "listing", "listings"),
    )
}

fn editor(service: &Arc<Service>) -> Reedline {
    let colors = screen::has_colors();
    let mut keys = default_emacs_keybindings();
    keys.add_binding(
        KeyModifiers::NONE,
        KeyCode::Tab,
        ReedlineEvent::UntilFound(vec![
            ReedlineEvent::Menu(MENU.to_owned()),
            ReedlineEvent::MenuNext,
        ]),
    );
    keys.add_binding(
        KeyModifiers::SHIFT,
        KeyCode::BackTab,
        ReedlineEvent::MenuPrevious,
    );
    let menu = ColumnarMenu::default()
        .with_name(MENU)
        .with_marker("")
        .with_columns(1);
    let editor = Reedline::create()
        .with_ansi_colors(colors)
        .with_edit_mode(Box::new(Emacs::new(keys)))
        .with_completer(Box::new(Completer(Arc::clone(service))))
        .with_quick_completions(true)
        .with_partial_completions(true)
        .with_menu(ReedlineMenu::EngineCompleter(Box::new(menu)))
        .with_hinter(Box::new(Hints::new()))
        .with_highlighter(Box::new(Colors));
    match history() {
        Some(history) => editor.with_history(Box::new(history)),
        None => editor,
    }
}

/// The history in the user's folder for state; none where it cannot be kept.
fn history() -> Option<FileBackedHistory> {
    FileBackedHistory::with_file(HISTORY_LINES, state_folder()?.join("waymark/history")).ok()
}

fn state_folder() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from);
    folder("XDG_STATE_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| {
            Some(
                folder("HOME")
                    .filter(|path| path.is_absolute())?
                    .join(".local/state"),
            )
        })
}

/// The mark before the line.
struct Mark;

impl Prompt for Mark {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_indicator(&self, _mode: PromptEditMode) -> Cow<'_, str> {
        Cow::Borrowed("› ")
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        Cow::Borrowed("… ")
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        Cow::Owned(format!("search {}› ", search.term))
    }
}

struct Completer(Arc<Service>);

impl reedline::Completer for Completer {
    fn complete(&mut self, line: &str, cursor: usize) -> CompletionResult {
        let suggest = |path: &str, option: &str, typed: &str| self.0.suggest(path, option, typed);
        let completions = completion::complete(COMMANDS, line, cursor, &suggest);
        let suggestions: Vec<_> = completions
            .into_iter()
            .map(|completion| reedline::Suggestion {
                span: Span::new(completion.span.start, completion.span.end),
                value: printable(&completion.text),
                description: completion.note.map(|note| printable(&note)),
                append_whitespace: completion.space,
                ..reedline::Suggestion::default()
            })
            .collect();
        CompletionResult::fresh(suggestions)
    }
}

/// The rest of an earlier line, or what belongs behind the line.
struct Hints {
    history: DefaultHinter,
}

impl Hints {
    fn new() -> Self {
        let style = reedline::Color::DarkGray.normal();
        Self {
            history: DefaultHinter::default().with_style(style).with_min_chars(2),
        }
    }
}

impl Hinter for Hints {
    fn handle(
        &mut self,
        line: &str,
        cursor: usize,
        history: &dyn History,
        colors: bool,
        folder: &str,
    ) -> String {
        let hint = self.history.handle(line, cursor, history, colors, folder);
        if !hint.is_empty() || cursor < line.len() {
            return hint;
        }
        match completion::hint(COMMANDS, line) {
            Some(hint) if colors => reedline::Color::DarkGray.paint(hint).to_string(),
            // Without a colour it could not be told from what was typed.
            _ => String::new(),
        }
    }

    fn complete_hint(&self) -> String {
        self.history.complete_hint()
    }

    fn next_hint_token(&self) -> String {
        self.history.next_hint_token()
    }
}

/// Colours the command and its options' names.
struct Colors;

impl Highlighter for Colors {
    fn highlight(&self, line: &str, _cursor: usize) -> StyledText {
        let mut styled = StyledText::new();
        styled.push((Default::default(), line.to_owned()));
        let Some((command, tail)) = after_slash(line).and_then(|rest| find_command(COMMANDS, rest))
        else {
            return styled;
        };
        let base = line.len() - tail.len();
        styled.style_range(0, base, reedline::Color::Cyan.bold());
        let parts = Parts::new(command, tail);
        for part in parts.given {
            let (start, end) = (base + part.name.start, base + part.name.end);
            styled.style_range(start, end, reedline::Color::Cyan.normal());
        }
        if let Some(unknown) = parts.unknown {
            let (start, end) = (base + unknown.start, base + unknown.end);
            styled.style_range(start, end, reedline::Color::Yellow.normal());
        }
        styled
    }
}
