//! A text as folded words, and the sentences that they stand in.

use std::ops::Range;

/// Folded words in order, sentence by sentence.
#[derive(Debug, Clone, Default)]
pub struct Sentences {
    /// The words.
    pub words: Vec<String>,
    /// Where each sentence stands; every word is in one.
    pub sentences: Vec<Sentence>,
}

/// A sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words.
    pub at: Range<usize>,
    /// Whether it asks: it ends with a question mark, or is the last one where none does.
    pub asks: bool,
}

impl Sentences {
    /// The text's sentences, the words of each as `fold` gives them; at most `most` words.
    pub fn of(text: &str, most: usize, fold: impl Fn(&str) -> Vec<String>) -> Self {
        let mut all = Self::default();
        for part in split(text) {
            let start = all.words.len();
            all.words.extend(fold(part).into_iter().take(most - start));
            let at = start..all.words.len();
            if !at.is_empty() {
                let asks = part.ends_with(is_question_mark);
                all.sentences.push(Sentence { at, asks });
            } else if let Some(last) = all.sentences.last_mut() {
                last.asks |= part.ends_with(is_question_mark);
            }
        }
        if !all.sentences.iter().any(|sentence| sentence.asks)
            && let Some(last) = all.sentences.last_mut()
        {
            last.asks = true;
        }
        all
    }
}

/// The parts of a text, each up to its closing marks: a mark closes before a space, a line's end always.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map(|(_, next)| *next);
            let closes = match letter {
                '\n' | '。' | '？' => true,
                '.' | '?' | '!' | ';' => next.is_none_or(char::is_whitespace),
                _ => next.is_none(),
            };
            if closes {
                let (part, after) = rest.split_at(at + letter.len_utf8());
                rest = after;
                return Some(part);
            }
        }
        None
    })
}

fn is_question_mark(letter: char) -> bool {
    matches!(letter, '?' | '？')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::fold;

    fn read(text: &str) -> Vec<(String, bool)> {
        let all = Sentences::of(text, 100, fold::words);
        let sentence =
            |sentence: &Sentence| (all.words[sentence.at.clone()].join(" "), sentence.asks);
        all.sentences.iter().map(sentence).collect()
    }

    #[test]
    fn sentences_end_at_marks_before_a_space_and_at_the_end_of_lines() {
        let said = |text: &str, asks: bool| (text.to_owned(), asks);
        assert_eq!(
            read("Hi! I'm a DBA. What's next??  node.js v1.2\nthanks ?"),
            [
                said("hi", false),
                said("im a dba", false),
                said("what next", true),
                said("node js v1 2", false),
                said("thank", true),
            ]
        );
        assert_eq!(read("  ...?! "), []);
    }

    #[test]
    fn without_a_question_mark_the_last_sentence_asks() {
        let said = |text: &str, asks: bool| (text.to_owned(), asks);
        assert_eq!(
            read("I am a DBA. tell me more."),
            [said("i am a dba", false), said("tell me more", true)]
        );
    }

    proptest! {
        #[test]
        fn every_word_stands_in_one_sentence_and_none_is_lost(text in "[a-z.?!\n 。é]{0,80}", most in 0usize..40) {
            let all = Sentences::of(&text, most, fold::words);
            let mut end = 0;
            for sentence in &all.sentences {
                prop_assert_eq!(sentence.at.start, end);
                prop_assert!(!sentence.at.is_empty());
                end = sentence.at.end;
            }
            prop_assert_eq!(end, all.words.len());
            let whole = Sentences::of(&text, usize::MAX, fold::words).words;
            prop_assert_eq!(&all.words[..], &whole[..most.min(whole.len())]);
        }
    }
}
