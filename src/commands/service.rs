//! The one door for every transport: runs a command, a press or an autocomplete against the current snapshot.
//!
//! What every answer has in common is added here: who sees it, Share and Remove, the limits; a handler that panics
//! answers with an id that also stands in the log.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::Timestamp;

use super::lasting::Key;
use super::request::{ServerMember, day};
use super::{
    Answer, Arguments, Asker, Audience, Command, Context, Handler, Intent, ModeratorContext,
    ModeratorPolicy, Understood, UserError, Value, suggest, wire,
};
use crate::feeds::Feed;
use crate::knowledge::Knowledge;
use crate::knowledge::store::Store;
use crate::reply::message::{Pressed, parse_custom_id};
use crate::reply::{Button, Card, ControlLine, Reply, Tone, Visibility};

/// Answers everything that a transport receives.
pub struct Service {
    store: Arc<Store>,
    moderators: ModeratorPolicy,
    request_url: Option<String>,
    feeds: Vec<Feed>,
}

/// What a transport received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A command with what was given for its options.
    Command {
        /// The command's path.
        path: String,
        /// Option names and values, unchecked.
        given: Vec<(String, Value)>,
    },
    /// A pressed control.
    Press {
        /// The control's custom_id.
        custom_id: String,
        /// What was chosen, where the control is a menu.
        choice: Option<String>,
        /// The message that the control stands under.
        message: PressedMessage,
    },
}

/// What matters of the message under which a control was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressedMessage {
    /// Whether only its asker sees it.
    pub visibility: Visibility,
    /// Who asked for it, where that is known.
    pub asker: Option<u64>,
}

/// What a transport does with an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Shows a new message.
    Show(Reply),
    /// Puts the reply in the place of the pressed message.
    Update(Reply),
    /// Takes the pressed message away.
    Remove,
}

/// An answer, and how the question was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Handled {
    /// What to do.
    pub output: Output,
    /// The command that ran, where there is one.
    pub command: Option<&'static Command>,
    /// Its arguments.
    pub arguments: Arguments,
    /// How the question was read.
    pub understood: Understood,
    /// How it ended, for exit statuses and metrics.
    pub outcome: Outcome,
}

impl Handled {
    /// Whether everybody who asks the same gets the same, until the snapshot or the day changes.
    pub fn lasts(&self) -> bool {
        let is_lookup = |command: &Command| {
            command.audience == Audience::Everyone && matches!(command.handler, Handler::Look(_))
        };
        self.outcome != Outcome::Failure && self.command.is_some_and(is_lookup)
    }
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Answered.
    Answered,
    /// The asker can mend it.
    Mistake,
    /// Something went wrong inside.
    Failure,
}

/// One suggestion of an autocomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is shown, at most 100 characters.
    pub name: String,
    /// What is sent, 1 to 100 characters.
    pub value: String,
}

impl Service {
    /// A service over this store.
    pub fn new(store: Store, moderators: ModeratorPolicy) -> Self {
        Self {
            store: Arc::new(store),
            moderators,
            request_url: None,
            feeds: Vec::new(),
        }
    }

    /// The same service with a page where a career that is missing can be asked for.
    pub fn with_request_url(mut self, url: Option<String>) -> Self {
        self.request_url = url;
        self
    }

    /// The same service with the feeds that bring listings, for the moderators' status.
    pub fn with_feeds(mut self, feeds: Vec<Feed>) -> Self {
        self.feeds = feeds;
        self
    }

    /// Where the snapshot is kept.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The current snapshot.
    pub fn snapshot(&self) -> Arc<Knowledge> {
        self.store.snapshot()
    }

    /// Whether the answer may take longer than a transport waits (a reload): defer, then answer privately.
    pub fn is_slow(&self, input: &Input) -> bool {
        let command = match input {
            Input::Command { path, .. } => Command::find(path),
            Input::Press {
                custom_id, choice, ..
            } => match parse_custom_id(custom_id, choice.as_deref()) {
                Some(Pressed::Run(line) | Pressed::Share(line)) => {
                    wire::decode(&line).map(|(command, _)| command)
                }
                Some(Pressed::Remove) | None => None,
            },
        };
        command.is_some_and(|command| matches!(command.handler, Handler::Act(_)))
    }

    /// Answers; never panics, and the reply keeps all limits.
    pub fn answer(&self, input: &Input, asker: &Asker, now: Timestamp) -> Handled {
        catch_unwind(AssertUnwindSafe(|| match input {
            Input::Command { path, given } => self.run_command(path, given, asker, now),
            Input::Press {
                custom_id,
                choice,
                message,
            } => self.press(custom_id, choice.as_deref(), *message, asker, now),
        }))
        .unwrap_or_else(|panic| failed(&panic_text(&*panic)))
    }

    /// Runs a command whose arguments are already checked (a typed line).
    pub fn answer_line(
        &self,
        command: &'static Command,
        arguments: Arguments,
        asker: &Asker,
        now: Timestamp,
    ) -> Handled {
        catch_unwind(AssertUnwindSafe(|| {
            show(self.run(command, arguments, asker, now))
        }))
        .unwrap_or_else(|panic| failed(&panic_text(&*panic)))
    }

    /// What the answer depends on: equal keys, equal answers, where the answer is one that lasts ([`Handled::lasts`]).
    pub fn lasting_key(&self, input: &Input, asker: &Asker, now: Timestamp) -> Box<[u8]> {
        let own = match input {
            Input::Command { .. } => false,
            Input::Press { message, .. } => asked_by(*message, asker),
        };
        Key::new(self.snapshot().version(), day(now)).of_input(input, own)
    }

    /// What suggestions depend on: equal keys, equal suggestions.
    pub fn suggestion_key(
        &self,
        path: &str,
        option: &str,
        typed: &str,
        now: Timestamp,
    ) -> Box<[u8]> {
        Key::new(self.snapshot().version(), day(now)).of_typing(path, option, typed)
    }

    /// Suggests values for the option that is being typed; never panics, at most 25.
    pub fn suggest(&self, path: &str, option: &str, typed: &str) -> Vec<Suggestion> {
        let snapshot = self.snapshot();
        catch_unwind(AssertUnwindSafe(|| {
            suggest::suggest(&snapshot, path, option, typed)
        }))
        .unwrap_or_else(|panic| {
            log_failure(&panic_text(&*panic));
            Vec::new()
        })
    }

    fn run_command(
        &self,
        path: &str,
        given: &[(String, Value)],
        asker: &Asker,
        now: Timestamp,
    ) -> Handled {
        let Some(command) = Command::find(path) else {
            return refused(UserError::mistake(
                "Waymark has no such command now. `/help` shows what there is.",
            ));
        };
        match Arguments::new(command, given.iter().cloned()) {
            Ok(arguments) => show(self.run(command, arguments, asker, now)),
            Err(refusal) => Handled {
                command: Some(command),
                ..refused(refusal.into())
            },
        }
    }

    fn press(
        &self,
        custom_id: &str,
        choice: Option<&str>,
        message: PressedMessage,
        asker: &Asker,
        now: Timestamp,
    ) -> Handled {
        let stale = || {
            refused(UserError::mistake(
                "This control is from an older version of Waymark. Ask again: `/help` shows how.",
            ))
        };
        let Some(pressed) = parse_custom_id(custom_id, choice) else {
            return stale();
        };
        let (line, shared) = match &pressed {
            Pressed::Run(line) => (line, false),
            Pressed::Share(line) => (line, true),
            Pressed::Remove => return remove(message, asker),
        };
        let Some((command, arguments)) = wire::decode(line) else {
            return stale();
        };
        let ran = self.run(command, arguments, asker, now);
        if ran.outcome != Outcome::Answered {
            return show(ran);
        }
        let own = asked_by(message, asker);
        if shared {
            show(ran.seen_by(Visibility::Public))
        } else if message.visibility == Visibility::Private {
            update(ran.seen_by(Visibility::Private))
        } else if own && ran.reply.visibility == Visibility::Public {
            update(ran.seen_by(Visibility::Public))
        } else {
            // Somebody else's answer, or a list that would flood the channel: a private one beside it.
            show(ran.seen_by(Visibility::Private))
        }
    }

    fn run(
        &self,
        command: &'static Command,
        arguments: Arguments,
        asker: &Asker,
        now: Timestamp,
    ) -> Ran {
        let snapshot = self.snapshot();
        let request = Context {
            knowledge: &snapshot,
            today: day(now),
            request_url: self.request_url.as_deref(),
        };
        let allowed = command.audience == Audience::Everyone || self.moderators.allows(asker);
        let result = match command.handler {
            _ if !allowed => Err(UserError::new(
                "Only for moderators",
                "This command is for the moderators of the servers that look after this knowledge base.",
                Vec::new(),
            )),
            Handler::Look(look) => look(&request, &arguments),
            Handler::Act(act) => act(
                &ModeratorContext {
                    request,
                    now,
                    store: &self.store,
                    feeds: &self.feeds,
                },
                &arguments,
            ),
        };
        let (outcome, answer) = match result {
            Ok(answer) => (Outcome::Answered, answer),
            Err(error) => (
                Outcome::Mistake,
                Answer {
                    reply: *error.reply,
                    understood: error.understood,
                    line: None,
                },
            ),
        };
        let visibility = match answer.reply.visibility {
            Visibility::Public => command.visibility_of(&arguments),
            Visibility::Private => Visibility::Private,
        };
        Ran {
            command,
            arguments,
            reply: Reply {
                visibility,
                ..answer.reply
            },
            understood: answer.understood,
            line: answer.line,
            outcome,
        }
    }
}

/// What a command gave, before Share or Remove is added.
struct Ran {
    command: &'static Command,
    arguments: Arguments,
    reply: Reply,
    understood: Understood,
    line: Option<ControlLine>,
    outcome: Outcome,
}

impl Ran {
    fn seen_by(mut self, visibility: Visibility) -> Self {
        self.reply.visibility = visibility;
        self
    }

    fn finish(self, output: fn(Reply) -> Output) -> Handled {
        let mut reply = self.reply;
        if self.outcome == Outcome::Answered {
            match reply.visibility {
                Visibility::Public => reply.push_button(Button::remove()),
                Visibility::Private if self.command.audience == Audience::Everyone => {
                    if let Some(line) = self.line {
                        reply.push_button(Button::share(line));
                    }
                }
                Visibility::Private => {}
            }
        }
        Handled {
            output: output(reply.fit()),
            command: Some(self.command),
            arguments: self.arguments,
            understood: self.understood,
            outcome: self.outcome,
        }
    }
}

fn show(ran: Ran) -> Handled {
    ran.finish(Output::Show)
}

fn update(ran: Ran) -> Handled {
    ran.finish(Output::Update)
}

fn asked_by(message: PressedMessage, asker: &Asker) -> bool {
    match asker {
        Asker::Local { .. } => true,
        Asker::Member { user, .. } => message.asker == Some(*user),
    }
}

fn remove(message: PressedMessage, asker: &Asker) -> Handled {
    let manages = matches!(asker, Asker::Member { server: Some(member), .. }
        if member.can(ServerMember::MANAGE_MESSAGES));
    if !asked_by(message, asker) && !manages {
        return refused(UserError::mistake(
            "Only who asked for this answer, or who may manage messages here, can remove it.",
        ));
    }
    Handled {
        output: Output::Remove,
        command: None,
        arguments: Arguments::default(),
        understood: Understood::intent(Intent::None),
        outcome: Outcome::Answered,
    }
}

/// An answer to what no command could take.
pub fn refused(error: UserError) -> Handled {
    Handled {
        output: Output::Show(error.reply.fit()),
        command: None,
        arguments: Arguments::default(),
        understood: error.understood,
        outcome: Outcome::Mistake,
    }
}

/// An answer to what went wrong inside: the cause goes to the log, its id to the asker.
pub fn failed(cause: &str) -> Handled {
    let id = log_failure(cause);
    let card = Card::new(
        Tone::Failure,
        "Something went wrong",
        format!(
            "Waymark could not answer. If it happens again, tell whoever runs it this id: `{id}`"
        ),
    );
    Handled {
        output: Output::Show(Reply {
            visibility: Visibility::Private,
            card,
            rows: Vec::new(),
        }),
        command: None,
        arguments: Arguments::default(),
        understood: Understood::intent(Intent::None),
        outcome: Outcome::Failure,
    }
}

fn log_failure(cause: &str) -> String {
    let id = format!("{:08x}", fastrand::u32(..));
    tracing::error!(%id, %cause, "a request failed");
    id
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panic: {}", text.unwrap_or_default())
}
