//! What an answer looks like, before any transport draws it.
//!
//! - [`limits`]: Discord's limits, in one place; [`Reply::fit`] makes every reply keep them.
//! - [`text`]: escaping, shortening, lists, numbers.
//! - [`passage`]: texts made of whole lines, and blocks that share a card's room.
//! - [`message`]: a reply as the message object that Discord documents (also what `say --json` prints).

pub mod limits;
pub mod message;
pub mod passage;
pub mod text;

/// Who sees a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everyone in the channel.
    Public,
    /// Only who asked.
    Private,
}

/// One answer: a card, and the controls under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// Who sees it.
    pub visibility: Visibility,
    /// What it says.
    pub card: Card,
    /// What can be pressed, top row first.
    pub rows: Vec<Row>,
}

/// What a card is about; transports choose the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A career.
    Career,
    /// Two careers side by side.
    Compare,
    /// Listings.
    Jobs,
    /// Help and status.
    Info,
    /// Done.
    Success,
    /// The asker can mend it.
    Mistake,
    /// Something went wrong inside.
    Failure,
}

/// The body of an answer. All texts are Discord markdown: what came from files or people is already escaped
/// (see [`text::escape`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// What it is about.
    pub tone: Tone,
    /// The heading. Plain text: Discord draws no links here, and markdown is escaped like everywhere.
    pub title: String,
    /// Where the heading links to.
    pub url: Option<String>,
    /// The text under the heading; may be empty.
    pub body: String,
    /// Headed blocks under the text.
    pub fields: Vec<Field>,
    /// Small print: sources, counts. Discord draws no markdown here.
    pub footer: Option<String>,
}

/// A headed block of a card.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Field {
    /// The heading.
    pub name: String,
    /// The text.
    pub value: String,
    /// Whether it stands beside its inline neighbours where there is room.
    pub inline: bool,
}

/// A row of controls.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// One menu.
    Menu(Menu),
}

/// A button.
#[derive(Debug, Clone, PartialEq)]
pub struct Button {
    /// What stands on it, plain text.
    pub label: String,
    /// What pressing it does.
    pub press: Press,
    /// How much it stands out.
    pub weight: Weight,
    /// Whether it cannot be pressed now.
    pub disabled: bool,
}

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The likeliest next step.
    Primary,
    /// Any other.
    Secondary,
    /// Takes something away.
    Danger,
}

/// What pressing does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Runs the command line and shows its answer.
    Run(ControlLine),
    /// Runs the command line and shows its answer to the whole channel.
    Share(ControlLine),
    /// Takes the message away.
    Remove,
    /// Opens a page (http or https, at most 512 characters).
    Open(String),
}

/// A menu from which one choice is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// What stands on it while nothing is chosen.
    pub placeholder: String,
    /// One to 25 choices with different lines.
    pub choices: Vec<MenuChoice>,
}

/// A choice of a menu.
#[derive(Debug, Clone, PartialEq)]
pub struct MenuChoice {
    /// What it is called, plain text.
    pub label: String,
    /// A line of small print.
    pub description: Option<String>,
    /// The command line it stands for.
    pub line: ControlLine,
    /// Whether it is what the card shows now.
    pub selected: bool,
}

/// A command line in the short form that fits a control: at most [`ControlLine::MAX`] characters.
///
/// `commands::wire` writes and reads the text inside; `reply` only carries it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ControlLine(String);

impl ControlLine {
    /// A custom_id has 100 characters; two are for what the press does with the line.
    pub const MAX: usize = limits::CUSTOM_ID - 2;

    /// The line, if it is short enough.
    pub fn new(line: String) -> Option<Self> {
        (line.chars().count() <= Self::MAX && !line.is_empty()).then_some(Self(line))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Reply {
    /// A reply for everyone; whoever runs the command may narrow that.
    pub fn new(card: Card, rows: Vec<Row>) -> Self {
        Self {
            visibility: Visibility::Public,
            card,
            rows,
        }
    }

    /// Adds a button after the last row of buttons, or in a row of its own.
    pub fn push_button(&mut self, button: Button) {
        match self.rows.last_mut() {
            Some(Row::Buttons(buttons)) if buttons.len() < limits::BUTTONS => buttons.push(button),
            _ => self.rows.push(Row::Buttons(vec![button])),
        }
    }
}

impl Card {
    /// A card with a heading and a text.
    pub fn new(tone: Tone, title: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            tone,
            title: title.into(),
            url: None,
            body: body.into(),
            fields: Vec::new(),
            footer: None,
        }
    }

    /// Adds a block over the whole width; an empty value adds nothing.
    pub fn field(&mut self, name: impl Into<String>, value: impl Into<String>) -> &mut Self {
        self.push(name.into(), value.into(), false)
    }

    /// Adds a block that stands beside its neighbours; an empty value adds nothing.
    pub fn column(&mut self, name: impl Into<String>, value: impl Into<String>) -> &mut Self {
        self.push(name.into(), value.into(), true)
    }

    fn push(&mut self, name: String, value: String, inline: bool) -> &mut Self {
        if !value.trim().is_empty() {
            self.fields.push(Field {
                name,
                value,
                inline,
            });
        }
        self
    }
}

impl Button {
    /// A button that runs a line.
    pub fn run(label: impl Into<String>, line: ControlLine) -> Self {
        Self::new(label, Press::Run(line), Weight::Secondary)
    }

    /// A button that shows the line's answer to the channel.
    pub fn share(line: ControlLine) -> Self {
        Self::new("Share", Press::Share(line), Weight::Primary)
    }

    /// A button that takes the message away.
    pub fn remove() -> Self {
        Self::new("Remove", Press::Remove, Weight::Danger)
    }

    /// A button that opens a page.
    pub fn open(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self::new(label, Press::Open(url.into()), Weight::Secondary)
    }

    fn new(label: impl Into<String>, press: Press, weight: Weight) -> Self {
        Self {
            label: label.into(),
            press,
            weight,
            disabled: false,
        }
    }

    /// The same button, standing out.
    pub fn primary(mut self) -> Self {
        self.weight = Weight::Primary;
        self
    }

    /// The same button, not to be pressed while `disabled`.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}
