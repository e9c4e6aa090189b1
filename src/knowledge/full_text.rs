//! The full-text index over the listings, in memory: tantivy's terms, postings and automata.
//!
//! A match is scored by where and how each word stands, not by BM25: in a few short listings a rare word of a company's
//! name would otherwise outweigh a common one of a title.

use tantivy::directory::RamDirectory;
use tantivy::query::{EnableScoring, FuzzyTermQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, SegmentReader, TantivyDocument, TantivyError, Term};

use super::typos;

/// Terms of more letters are matched as they stand: automata for them are large, and typos in them rare.
const LONGEST_MISTYPED: usize = 24;
/// Beginnings of fewer letters fit too many words.
const SHORTEST_BEGINNING: usize = 2;
/// Sizes the writer's first hash table, in bytes; it grows, and a single segment is written whatever it needs.
const WRITER_MEMORY: usize = 1 << 17;

/// One listing's folded words, with spaces between them.
#[derive(Debug, Default)]
pub struct Document<'t> {
    /// Of its title.
    pub title: &'t str,
    /// Of its company.
    pub company: &'t str,
    /// Of everything else that it is found by.
    pub rest: String,
}

/// How a document matches the words of a query; the default does not match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hit {
    /// How many words it matches.
    pub matched: u8,
    /// How many of them as they were typed (the last one perhaps unfinished).
    pub typed: u8,
    /// How many of them stand in the title as they were typed.
    pub in_title: u8,
    /// The higher the better: title over company over the rest, and any place as typed over any place by a typo.
    pub weight: u16,
    last_word: u8,
}

/// The index.
pub struct FullText {
    schema: Schema,
    /// Title, company, rest.
    fields: [Field; 3],
    segment: Option<SegmentReader>,
    documents: usize,
}

/// How a word is compared with the terms of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Whole,
    Beginning,
    Mistyped,
}

impl Comparison {
    /// What a match weighs in title, company and rest.
    const fn weights(self) -> [u16; 3] {
        match self {
            Self::Whole => [32, 16, 8],
            Self::Beginning => [6, 5, 4],
            Self::Mistyped => [3, 2, 1],
        }
    }
}

impl FullText {
    /// Indexes documents; each is known by its place.
    ///
    /// # Errors
    /// Whatever the library could not do (memory).
    pub fn new<'t>(documents: impl Iterator<Item = Document<'t>>) -> Result<Self, TantivyError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields =
            ["title", "company", "rest"].map(|name| schema.add_text_field(name, options.clone()));
        let schema = schema.build();
        // The one writer that starts no thread and leaves one segment.
        let mut writer = Index::builder()
            .schema(schema.clone())
            .settings(IndexSettings {
                docstore_compression: Compressor::None,
                docstore_compress_dedicated_thread: false,
                ..IndexSettings::default()
            })
            .single_segment_index_writer::<TantivyDocument>(
                RamDirectory::create(),
                WRITER_MEMORY,
            )?;
        let mut count = 0;
        for document in documents {
            let mut stored = TantivyDocument::new();
            let texts = [document.title, document.company, &document.rest];
            for (field, words) in fields.into_iter().zip(texts) {
                stored.add_text(field, words);
            }
            writer.add_document(stored)?;
            count += 1;
        }
        let index = writer.finalize()?;
        let segments = index.searchable_segments()?;
        // tantivy's automata panic on a segment without documents.
        let filled = segments.first().filter(|_| count > 0);
        let segment = filled.map(SegmentReader::open).transpose()?;
        Ok(Self {
            schema,
            fields,
            segment,
            documents: count,
        })
    }

    /// How each document matches these different folded words, at most 255 of them.
    pub fn hits(&self, words: &[String]) -> Vec<Hit> {
        let mut hits = vec![Hit::default(); self.documents];
        for (number, word) in (1..=u8::MAX).zip(words) {
            let is_last = usize::from(number) == words.len();
            for comparison in comparisons(word, is_last) {
                self.mark(&mut hits, number, word, comparison)
                    .expect("an index in memory that was written can be read");
            }
        }
        hits
    }

    /// Marks the documents that hold the word; the first mark of a word, the heaviest, counts.
    fn mark(
        &self,
        hits: &mut [Hit],
        number: u8,
        word: &str,
        comparison: Comparison,
    ) -> Result<(), TantivyError> {
        let Some(segment) = &self.segment else {
            return Ok(());
        };
        for (field, weight) in self.fields.into_iter().zip(comparison.weights()) {
            let query = query(Term::from_field_text(field, word), word, comparison);
            let weighed = query.weight(EnableScoring::disabled_from_schema(&self.schema))?;
            let in_title = field == self.fields[0] && comparison == Comparison::Whole;
            weighed.for_each_no_score(segment, &mut |documents| {
                for &document in documents {
                    let hit = &mut hits[document as usize];
                    if hit.last_word == number {
                        continue;
                    }
                    hit.last_word = number;
                    hit.matched += 1;
                    hit.typed += u8::from(comparison != Comparison::Mistyped);
                    hit.in_title += u8::from(in_title);
                    hit.weight += weight;
                }
            })?;
        }
        Ok(())
    }
}

/// What is tried for a word, the heaviest first.
fn comparisons(word: &str, is_last: bool) -> impl Iterator<Item = Comparison> {
    let beginning = is_last && word.len() >= SHORTEST_BEGINNING;
    let mistyped = typos::allowance(word) > 0 && word.len() <= LONGEST_MISTYPED;
    let tried = [
        (Comparison::Whole, true),
        (Comparison::Beginning, beginning),
        (Comparison::Mistyped, mistyped),
    ];
    tried
        .into_iter()
        .filter_map(|(comparison, wanted)| wanted.then_some(comparison))
}

fn query(term: Term, word: &str, comparison: Comparison) -> Box<dyn Query> {
    const SWAP_IS_ONE_TYPO: bool = true;
    match comparison {
        Comparison::Whole => Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
        Comparison::Beginning => Box::new(FuzzyTermQuery::new_prefix(term, 0, SWAP_IS_ONE_TYPO)),
        Comparison::Mistyped => {
            let most = typos::allowance(word) as u8;
            Box::new(FuzzyTermQuery::new(term, most, SWAP_IS_ONE_TYPO))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fold;

    fn index(documents: &[[&str; 3]]) -> FullText {
        let folded: Vec<[String; 3]> = documents
            .iter()
            .map(|texts| texts.map(|text| fold::words(text).join(" ")))
            .collect();
        let documents = folded.iter().map(|[title, company, rest]| Document {
            title,
            company,
            rest: rest.clone(),
        });
        FullText::new(documents).unwrap()
    }

    fn weights(index: &FullText, words: &str) -> Vec<u16> {
        let hits = index.hits(&fold::words(words));
        hits.iter().map(|hit| hit.weight).collect()
    }

    #[test]
    fn a_title_weighs_more_than_a_company_and_a_company_more_than_the_rest() {
        let index = index(&[["", "", "data"], ["", "data", ""], ["data", "data", "data"]]);
        assert_eq!(weights(&index, "data"), [8, 16, 32]);
    }

    #[test]
    fn a_word_as_typed_weighs_more_than_its_beginning_and_that_more_than_a_typo() {
        let index = index(&[
            ["analyzt", "", ""],
            ["analysts2", "", ""],
            ["", "", "analyst"],
        ]);
        assert_eq!(weights(&index, "analyst"), [3, 6, 8]);
        assert_eq!(weights(&index, "analyst the"), [3, 0, 8]);
    }

    #[test]
    fn long_words_forgive_two_typos_short_ones_none() {
        let index = index(&[["engineer", "sql", "data"]]);
        for (typed, matched) in [
            ("enginere", 1),
            ("enigneeer", 1),
            ("einginrr", 0),
            ("dtaa", 1),
            ("sqk", 0),
        ] {
            assert_eq!(
                index.hits(&fold::words(typed))[0].matched,
                matched,
                "{typed}"
            );
        }
    }

    #[test]
    fn an_index_without_documents_has_no_hits() {
        assert_eq!(index(&[]).hits(&fold::words("data")), []);
    }
}
