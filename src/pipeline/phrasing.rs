//! How a text's words hang together: where sentences and clauses begin, what a hyphen joins, which sentences end with "?".
//!
//! What enters: a text and its tokens. What leaves: one joint a word and one entry a sentence. It is scratch:
//! filled again and again, it stops allocating.

use std::ops::Range;

use crate::mention::Span;
use crate::text::tokens::Tokens;

use super::lexicon::Reading;

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joint {
    /// A hyphen and nothing else.
    Hyphen,
    /// A space or an apostrophe.
    Space,
    /// A comma, a colon, a dash, a bracket, a quotation mark.
    Clause,
    /// The end of a sentence, a line break, or the beginning of the text.
    Sentence,
}

/// The sign a sentence ends with; a question mark is not one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ending {
    /// None of the others.
    #[default]
    None,
    /// A full stop.
    Stop,
    /// An exclamation mark.
    Shout,
    /// Dots.
    Dots,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, by position.
    pub words: Range<usize>,
    /// The question mark that ends it.
    pub asks: Option<Span>,
    /// The sign that ends it.
    pub ending: Ending,
}

impl Sentence {
    /// The sentence of `words`, with what stands behind it.
    fn new(words: Range<usize>, behind: &str, offset: usize) -> Self {
        Self { words, asks: question_mark(behind, offset), ending: ending(behind) }
    }
}

/// The joints and sentences of one text.
#[derive(Debug, Default)]
pub(super) struct Phrasing {
    joints: Vec<Joint>,
    sentences: Vec<Sentence>,
}

impl Phrasing {
    pub(super) fn fill(&mut self, text: &str, tokens: &Tokens) {
        self.joints.clear();
        self.sentences.clear();
        let mut from = 0;
        let mut begin = 0;
        for (index, word) in tokens.words().iter().enumerate() {
            let span = word.span();
            let between = text.get(from..span.start).unwrap_or_default();
            let joint = if index == 0 { Joint::Sentence } else { joint(between) };
            if joint == Joint::Sentence && index > 0 {
                self.sentences.push(Sentence::new(begin..index, between, from));
                begin = index;
            }
            self.joints.push(joint);
            from = span.end.max(from);
        }
        let rest = text.get(from..).unwrap_or_default();
        self.sentences.push(Sentence::new(begin..self.joints.len(), rest, from));
    }

    pub(super) fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    pub(super) fn joint(&self, word: usize) -> Joint {
        self.joints.get(word).copied().unwrap_or(Joint::Sentence)
    }

    /// True where a sentence or clause begins, not counting what may stand before one.
    pub(super) fn begins(&self, word: usize, reading: &Reading) -> bool {
        let mut at = word;
        while self.joint(at) < Joint::Clause {
            match at.checked_sub(1) {
                None => return true,
                Some(before) if reading.is_opener(before) => at = before,
                Some(_) => return false,
            }
        }
        true
    }
}

/// The strongest break between two words.
fn joint(between: &str) -> Joint {
    match between {
        " " | "'" | "’" | "" => return Joint::Space,
        "-" | "\u{2010}" | "\u{2011}" => return Joint::Hyphen,
        _ => {}
    }
    between.chars().map(strength).max().unwrap_or(Joint::Space)
}

fn strength(c: char) -> Joint {
    match c {
        '.' | '!' | '?' | '\n' | '…' | '？' | '！' | '。' | '؟' => Joint::Sentence,
        ',' | ':' | ';' | '–' | '—' | '(' | ')' | '"' | '«' | '»' | '“' | '”' | '-' | '/' | '*' => {
            Joint::Clause
        }
        _ => Joint::Space,
    }
}

fn ending(behind: &str) -> Ending {
    match behind.trim_start() {
        _ if behind.contains('?') => Ending::None,
        behind if behind.starts_with("..") || behind.starts_with('…') => Ending::Dots,
        behind if behind.starts_with('.') => Ending::Stop,
        behind if behind.starts_with('!') => Ending::Shout,
        _ => Ending::None,
    }
}

fn question_mark(between: &str, offset: usize) -> Option<Span> {
    let (at, mark) = between.char_indices().find(|(_, c)| matches!(c, '?' | '？' | '؟' | '⁇' | '⁈' | '⁉'))?;
    Some(offset + at..offset + at + mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_are_seen_to_end() {
        let text = "Hey @alderbay, is it safe? Peut-on boire\nl'eau 6.8 !";
        let tokens = Tokens::of(text);
        let mut phrasing = Phrasing::default();
        phrasing.fill(text, &tokens);
        let asks: Vec<Option<&str>> =
            phrasing.sentences().iter().map(|sentence| sentence.asks.clone().map(|span| &text[span])).collect();
        assert_eq!(asks, [Some("?"), None, None]);
        let mut reading = Reading::default();
        reading.fill(&tokens);
        let words: Vec<&str> = tokens.words().iter().map(|word| &text[word.span()]).collect();
        let begins: Vec<&str> =
            (0..words.len()).filter(|&word| phrasing.begins(word, &reading)).map(|word| words[word]).collect();
        assert_eq!(begins, ["Hey", "@alderbay", "is", "Peut", "l"]);
        assert_eq!(phrasing.joint(6), Joint::Hyphen, "{words:?}");
    }

    #[test]
    fn a_text_without_words_is_one_sentence() {
        let mut phrasing = Phrasing::default();
        phrasing.fill("???", &Tokens::of("???"));
        assert_eq!(phrasing.sentences(), [Sentence { words: 0..0, asks: Some(0..1), ending: Ending::None }]);
    }
}
