//! Discord's limits, each with the page it stands on, and [`Reply::fit`], which makes every reply keep them.
//!
//! Characters are Unicode code points: `chars().count()`.

use super::{Button, Card, Menu, Reply, Row, text};

/// Embed title ([Message, Embed Limits](https://docs.discord.com/developers/resources/message#embed-object-embed-limits)).
pub const TITLE: usize = 256;
/// Embed description (same page).
pub const DESCRIPTION: usize = 4096;
/// Fields of an embed (same page).
pub const FIELDS: usize = 25;
/// Name of a field (same page).
pub const FIELD_NAME: usize = 256;
/// Value of a field (same page).
pub const FIELD_VALUE: usize = 1024;
/// Embed footer (same page).
pub const FOOTER: usize = 2048;
/// All texts of all embeds of a message together (same page).
pub const EMBEDS_TOTAL: usize = 6000;
/// Rows of controls in a message ([Components, Action Row](https://docs.discord.com/developers/components/reference#action-row)).
pub const ROWS: usize = 5;
/// Buttons in a row (same page).
pub const BUTTONS: usize = 5;
/// Label of a button ([Components, Button](https://docs.discord.com/developers/components/reference#button)).
pub const BUTTON_LABEL: usize = 80;
/// What a button's label shows on a phone before it is cut by the client (same page, design guidelines).
pub const BUTTON_LABEL_SHOWN: usize = 34;
/// Link of a button (same page).
pub const BUTTON_URL: usize = 512;
/// custom_id of a control ([Components, Custom ID](https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id)).
pub const CUSTOM_ID: usize = 100;
/// Choices of a menu ([Components, String Select](https://docs.discord.com/developers/components/reference#string-select)).
pub const MENU_CHOICES: usize = 25;
/// Label, value and description of a menu's choice (same page).
pub const MENU_CHOICE: usize = 100;
/// Placeholder of a menu (same page).
pub const MENU_PLACEHOLDER: usize = 150;
/// Suggestions of an autocomplete
/// ([Receiving and Responding](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete)).
pub const SUGGESTIONS: usize = 25;
/// Name and value of a suggestion or choice
/// ([Application Commands, Option Choice](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure)).
pub const CHOICE: usize = 100;
/// Name of a command or option
/// ([Application Commands, Naming](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming)).
pub const COMMAND_NAME: usize = 32;
/// Description of a command or option (same page).
pub const COMMAND_DESCRIPTION: usize = 100;
/// Options of a command, and choices of an option (same page).
pub const COMMAND_OPTIONS: usize = 25;

impl Reply {
    /// The same reply within all limits: what is too long is shortened at a word or an item and marked with `…`.
    pub fn fit(mut self) -> Self {
        self.card = self.card.fit();
        self.rows.retain(|row| match row {
            Row::Buttons(buttons) => !buttons.is_empty(),
            Row::Menu(menu) => !menu.choices.is_empty(),
        });
        self.rows.truncate(ROWS);
        for row in &mut self.rows {
            match row {
                Row::Buttons(buttons) => {
                    buttons.truncate(BUTTONS);
                    buttons.iter_mut().for_each(Button::fit);
                }
                Row::Menu(menu) => menu.fit(),
            }
        }
        self
    }
}

impl Card {
    fn fit(mut self) -> Self {
        self.title = text::shorten(&self.title, TITLE);
        self.body = text::shorten(&self.body, DESCRIPTION);
        self.fields.truncate(FIELDS);
        for field in &mut self.fields {
            field.name = text::shorten(&field.name, FIELD_NAME);
            field.value = text::shorten(&field.value, FIELD_VALUE);
        }
        self.footer = self.footer.map(|footer| text::shorten(&footer, FOOTER));
        self.fit_total()
    }

    /// Shortens the longest texts first until all together keep [`EMBEDS_TOTAL`].
    fn fit_total(mut self) -> Self {
        const LEAST: usize = 120;
        while let Some(over) = self.len().checked_sub(EMBEDS_TOTAL + 1) {
            let over = over + 1;
            let longest = self
                .fields
                .iter_mut()
                .map(|field| &mut field.value)
                .chain(std::iter::once(&mut self.body))
                .max_by_key(|text| text.chars().count());
            match longest {
                Some(text) if text.chars().count() > LEAST => {
                    let now = text.chars().count();
                    let target = now.saturating_sub(over).max(now * 3 / 4).max(LEAST);
                    *text = text::shorten(text, target);
                }
                _ => {
                    self.fields.pop();
                }
            }
        }
        self
    }

    /// Characters that count towards [`EMBEDS_TOTAL`].
    pub fn len(&self) -> usize {
        let fields = self
            .fields
            .iter()
            .map(|field| field.name.chars().count() + field.value.chars().count());
        self.title.chars().count()
            + self.body.chars().count()
            + self.footer.as_deref().unwrap_or("").chars().count()
            + fields.sum::<usize>()
    }

    /// Whether the card says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Button {
    fn fit(&mut self) {
        self.label = text::shorten(&self.label, BUTTON_LABEL);
    }
}

impl Menu {
    fn fit(&mut self) {
        self.placeholder = text::shorten(&self.placeholder, MENU_PLACEHOLDER);
        self.choices.truncate(MENU_CHOICES);
        for choice in &mut self.choices {
            choice.label = text::shorten(&choice.label, MENU_CHOICE);
            choice.description = choice
                .description
                .take()
                .map(|line| text::shorten(&line, MENU_CHOICE));
        }
    }
}
