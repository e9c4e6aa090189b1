//! Full text over what the careers' files say: which section of which career holds some words.

use super::full_text::{Document, FullText};
use super::{Career, Section, fold};

/// The index over the sections of all careers.
pub struct Facts {
    text: FullText,
    /// What each document is: the career's place, its section.
    places: Vec<(usize, Section)>,
}

/// A section of a career that holds all the words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fact<'a> {
    /// The career.
    pub career: &'a Career,
    /// The section.
    pub section: Section,
    /// The sentence or item that holds most of the words.
    pub text: &'a str,
}

impl Facts {
    /// Indexes every section of these careers.
    ///
    /// # Errors
    /// Whatever the full-text library could not do (memory).
    pub fn new(careers: &[Career]) -> Result<Self, tantivy::TantivyError> {
        let all = careers.iter().enumerate();
        let sections = all.flat_map(|(place, career)| {
            Section::ALL.iter().filter_map(move |section| {
                let texts = texts(career, *section);
                (!texts.is_empty()).then(|| ((place, *section), texts.join(" ")))
            })
        });
        let (places, texts): (Vec<_>, Vec<_>) = sections.unzip();
        let documents = texts.iter().map(|text| Document {
            rest: fold::words(text).join(" "),
            ..Document::default()
        });
        Ok(Self {
            text: FullText::new(documents)?,
            places,
        })
    }

    /// The sections that hold all these folded words just as they are, in the order of the careers.
    pub fn find<'a>(&self, careers: &'a [Career], words: &[String]) -> Vec<Fact<'a>> {
        if words.is_empty() {
            return Vec::new();
        }
        let hits = self.text.hits(words);
        let whole = |typed: u8| usize::from(typed) == words.len();
        self.places
            .iter()
            .zip(hits)
            .filter(|(_, hit)| whole(hit.typed))
            .filter_map(|((place, section), _)| {
                let career = careers.get(*place)?;
                let text = best_text(texts(career, *section), words)?;
                Some(Fact {
                    career,
                    section: *section,
                    text,
                })
            })
            .collect()
    }
}

/// The texts of a section that a person would read.
fn texts(career: &Career, section: Section) -> Vec<&str> {
    fn each(list: &[String]) -> Vec<&str> {
        list.iter().map(String::as_str).collect()
    }
    match section {
        Section::Definition => vec![career.definition.as_str()],
        Section::Responsibilities => each(&career.responsibilities),
        Section::Skills => {
            let notes = career
                .skills
                .iter()
                .filter_map(|skill| skill.note.as_deref());
            career.all_skills().chain(notes).collect()
        }
        Section::Education => [&career.education, &career.instead, &career.certifications]
            .into_iter()
            .flat_map(|list| each(list))
            .collect(),
        Section::Tools => career.all_tools().collect(),
        Section::Industries => each(&career.industries),
        Section::Outlook => career
            .outlook
            .iter()
            .filter_map(|outlook| outlook.summary.as_deref())
            .collect(),
        Section::Salary => Vec::new(),
        Section::Tips => {
            let tips = career.tips.iter();
            tips.flat_map(|tip| [tip.title.as_str(), tip.text.as_str()])
                .collect()
        }
    }
}

/// The text that holds most of the words.
fn best_text<'a>(texts: Vec<&'a str>, words: &[String]) -> Option<&'a str> {
    texts.into_iter().max_by_key(|text| {
        let held = fold::words(text);
        words.iter().filter(|word| held.contains(word)).count()
    })
}
