//! Full text over what the careers' files say: which section of which career holds some words.

use super::word_index::{Builder, WordIndex};
use super::{Career, Section, fold};

/// Beginnings of fewer letters fit too many words.
const SHORTEST_BEGINNING: usize = 2;

/// The index over the sections of all careers.
pub struct Facts {
    /// Its places are those of the documents.
    words: WordIndex,
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
    pub fn new(careers: &[Career]) -> Self {
        let mut builder = Builder::default();
        let all = careers.iter().enumerate();
        let sections = all.flat_map(|(place, career)| {
            Section::ALL
                .iter()
                .map(move |section| (place, career, *section))
        });
        let documents = sections.filter_map(|(place, career, section)| {
            let texts = texts(career, section);
            let words = fold::words(&texts.join(" "));
            let words = builder.numbers(words.iter().map(String::as_str));
            (!texts.is_empty()).then_some(((place, section), words))
        });
        let (places, documents): (Vec<_>, Vec<_>) = documents.unzip();
        let words = builder.finish(|add| {
            for (document, words) in (0..).zip(&documents) {
                words.iter().for_each(|word| add(*word, document));
            }
        });
        Self { words, places }
    }

    /// The sections that hold all these folded words just as they are, the last one perhaps unfinished, in the order of
    /// the careers.
    pub fn find<'a>(&self, careers: &'a [Career], words: &[String]) -> Vec<Fact<'a>> {
        let Some((last, others)) = words.split_last() else {
            return Vec::new();
        };
        let begun = self.words.begun(last);
        let mut documents: Vec<u32> = match last.len() {
            0..SHORTEST_BEGINNING => self.words.whole(last).to_vec(),
            _ => begun.flatten().copied().collect(),
        };
        documents.sort_unstable();
        documents.dedup();
        for word in others {
            let holding = self.words.whole(word);
            documents.retain(|document| holding.binary_search(document).is_ok());
        }
        documents
            .into_iter()
            .filter_map(|document| {
                let (place, section) = self.places[document as usize];
                let career = careers.get(place)?;
                let text = best_text(texts(career, section), words)?;
                Some(Fact {
                    career,
                    section,
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
