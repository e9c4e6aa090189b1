//! Texts made of whole lines, and blocks that share a card's room: what is too long loses whole lines at its end.

use super::{Field, limits, text};

/// A text that is shortened in whole items: a paragraph, then items.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    paragraph: String,
    items: Vec<String>,
    separator: &'static str,
}

impl Passage {
    /// A paragraph alone.
    pub fn paragraph(paragraph: impl Into<String>) -> Self {
        Self {
            paragraph: paragraph.into(),
            items: Vec::new(),
            separator: "\n",
        }
    }

    /// Items, each on a line of its own.
    pub fn lines(items: Vec<String>) -> Self {
        Self {
            paragraph: String::new(),
            items,
            separator: "\n",
        }
    }

    /// Items, each a bulleted line.
    pub fn bullets(items: impl IntoIterator<Item = String>) -> Self {
        Self::lines(items.into_iter().map(|item| format!("• {item}")).collect())
    }

    /// Short items one after the other.
    pub fn run(items: Vec<String>) -> Self {
        Self {
            paragraph: String::new(),
            items,
            separator: " · ",
        }
    }

    /// The same with more lines after it.
    #[must_use]
    pub fn and_lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.items.extend(lines);
        self
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.paragraph.is_empty() && self.items.is_empty()
    }

    /// The text within `max` characters: the paragraph gives way first, then whole items (`… and 7 more`).
    pub fn within(&self, max: usize) -> String {
        const LEAST_PARAGRAPH: usize = 200;
        const LEAST_ITEMS: usize = 24;
        if self.items.is_empty() {
            return text::shorten(&self.paragraph, max);
        }
        if self.paragraph.is_empty() {
            return text::join(&self.items, self.separator, max);
        }
        let items: usize = self.items.iter().map(|item| item.chars().count() + 1).sum();
        let room = max.saturating_sub(items).max(LEAST_PARAGRAPH).min(max);
        let paragraph = text::shorten(&self.paragraph, room);
        let left = max.saturating_sub(paragraph.chars().count() + 1);
        if left < LEAST_ITEMS.min(items - 1) {
            return paragraph;
        }
        let items = text::join(&self.items, self.separator, left);
        format!("{paragraph}\n{items}")
    }

    /// The whole text, over as many texts of at most `max` characters as it takes.
    pub fn split(&self, max: usize) -> Vec<String> {
        let paragraph = (!self.paragraph.is_empty()).then_some((&self.paragraph, "\n"));
        let items = self.items.iter().map(|item| (item, self.separator));
        let mut texts: Vec<String> = Vec::new();
        for (item, separator) in paragraph.into_iter().chain(items) {
            let item = text::shorten(item, max);
            match texts.last_mut() {
                Some(last)
                    if last.chars().count() + separator.chars().count() + item.chars().count()
                        <= max =>
                {
                    last.push_str(separator);
                    last.push_str(&item);
                }
                _ => texts.push(item),
            }
        }
        texts
    }
}

/// A headed passage of a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The heading.
    pub name: String,
    /// The text.
    pub passage: Passage,
    /// Whether it stands beside its inline neighbours where there is room.
    pub inline: bool,
}

impl Block {
    /// A block over the whole width.
    pub fn wide(name: impl Into<String>, passage: Passage) -> Self {
        Self {
            name: name.into(),
            passage,
            inline: false,
        }
    }

    /// A block that stands beside its neighbours.
    pub fn column(name: impl Into<String>, passage: Passage) -> Self {
        Self {
            inline: true,
            ..Self::wide(name, passage)
        }
    }
}

/// Fields for these blocks that take at most `room` characters together; the longest blocks give way first.
pub fn fields(blocks: &[Block], room: usize) -> Vec<Field> {
    const STEP: usize = 32;
    const LEAST: usize = 64;
    let mut cap = limits::FIELD_VALUE;
    loop {
        let fields: Vec<Field> = blocks
            .iter()
            .filter(|block| !block.passage.is_empty())
            .map(|block| Field {
                name: block.name.clone(),
                value: block.passage.within(cap),
                inline: block.inline,
            })
            .collect();
        let taken: usize = fields
            .iter()
            .map(|field| field.name.chars().count() + field.value.chars().count())
            .sum();
        if taken <= room || cap <= LEAST {
            return fields;
        }
        cap -= STEP;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(items: usize) -> Passage {
        Passage::bullets((0..items).map(|item| format!("item number {item}")))
    }

    #[test]
    fn a_passage_loses_whole_items_and_says_how_many() {
        assert_eq!(
            passage(4).within(50),
            "• item number 0\n• item number 1\n… and 2 more"
        );
    }

    #[test]
    fn a_paragraph_gives_way_before_the_items_do() {
        let passage = Passage::paragraph("word ".repeat(100)).and_lines(["figures".to_owned()]);
        let text = passage.within(300);
        assert!(text.chars().count() <= 300);
        assert!(text.ends_with("…\nfigures"), "{text}");
    }

    #[test]
    fn splitting_keeps_every_item() {
        let texts = passage(10).split(40);
        assert!(texts.iter().all(|text| text.chars().count() <= 40));
        assert_eq!(texts.join("\n"), passage(10).within(1000));
    }

    #[test]
    fn blocks_share_the_room_and_short_ones_stay_whole() {
        let blocks = [
            Block::wide("long", passage(60)),
            Block::wide("short", passage(2)),
            Block::wide("none", Passage::lines(Vec::new())),
        ];
        let fields = fields(&blocks, 300);
        let taken: usize = fields
            .iter()
            .map(|field| field.name.chars().count() + field.value.chars().count())
            .sum();
        assert!(taken <= 300, "{taken}");
        assert_eq!(fields.len(), 2);
        assert_eq!(fields[1].value, "• item number 0\n• item number 1");
    }
}
