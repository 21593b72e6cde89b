//! A text's words as the rules about dangers see them: disguised ones are what they stand for, split ones are one.
//!
//! It is scratch: filled again and again, it stops allocating. It is filled only for texts worth a look.

use std::ops::Range;

use super::disguise;
use crate::mention::Span;
use crate::pipeline::lexicon::Reading;
use crate::pipeline::phrasing::{Joint, Phrasing};
use crate::pipeline::rules::{Shapes, UNKNOWN, View};
use crate::text::tokens::{Tokens, Word};

/// One word, or several that stand for one.
#[derive(Debug, Clone, Copy)]
struct Piece {
    number: u16,
    shapes: Shapes,
    /// Its first word in the text.
    word: usize,
    start: usize,
    end: usize,
    begins: bool,
    joint: Joint,
}

/// The pieces of one text and its sentences.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    phrasing: Phrasing,
    all: Vec<Piece>,
    sentences: Vec<Range<usize>>,
}

impl Pieces {
    /// True when a rule may match somewhere: a word it is filed under is there, or may hide in a disguise.
    pub(super) fn worth_a_look(text: &str, tokens: &Tokens, reading: &Reading, anchor: impl Fn(u16) -> bool) -> bool {
        let bytes = text.as_bytes();
        let mut letters = 0;
        let mut end = usize::MAX;
        for (at, word) in tokens.words().iter().enumerate() {
            let (number, span) = (reading.number(at), word.span());
            if anchor(number) {
                return true;
            }
            let single = word.folded_len() == 1;
            letters = if single { letters + 1 } else { 0 };
            let glued = end.checked_add(1) == Some(span.start) && disguise::is_sign(bytes[end]);
            if letters >= disguise::FEWEST_LETTERS || glued {
                return true;
            }
            if number == UNKNOWN && disguise::is_odd(tokens.folded(word)) {
                return true;
            }
            end = span.end;
        }
        false
    }

    pub(super) fn fill(&mut self, text: &str, tokens: &Tokens, reading: &Reading, anchor: impl Fn(u16) -> bool) {
        self.phrasing.fill(text, tokens);
        self.all.clear();
        let links: Vec<Span> = tokens.links().collect();
        let mut at = 0;
        while at < tokens.words().len() {
            let number = reading.number(at);
            if let Some(disguise::Found { numbers, words }) = disguise::read(text, tokens, at, number, &anchor) {
                for number in numbers {
                    self.push(text, tokens, reading, (number, at..at + words));
                }
                at += words;
                continue;
            }
            let word = &tokens.words()[at];
            self.push(text, tokens, reading, (number, at..at + 1));
            if word.is_gap()
                && !links.contains(&word.span())
                && let Some(piece) = self.all.last_mut()
            {
                piece.shapes = Shapes::HANDLE;
            }
            at += 1;
        }
        self.split();
    }

    fn push(&mut self, text: &str, tokens: &Tokens, reading: &Reading, (number, words): (u16, Range<usize>)) {
        let from = words.start;
        let (first, last) = (&tokens.words()[from], &tokens.words()[words.end - 1]);
        let (start, end) = (first.span().start, last.span().end);
        self.all.push(Piece {
            number,
            shapes: shapes(text, tokens, first),
            word: from,
            start,
            end,
            begins: self.phrasing.begins(from, reading),
            joint: self.phrasing.joint(from),
        });
    }

    fn split(&mut self) {
        self.sentences.clear();
        let mut begin = 0;
        for at in 1..self.all.len() {
            if self.all[at].joint == Joint::Sentence && self.all[at].word != self.all[at - 1].word {
                self.sentences.push(begin..at);
                begin = at;
            }
        }
        self.sentences.push(begin..self.all.len());
    }

    pub(super) fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// From the first of these pieces to the last one, in the text.
    pub(super) fn span(&self, pieces: &Range<usize>) -> Span {
        self.all[pieces.start].start..self.all[pieces.end - 1].end
    }
}

impl View for Pieces {
    fn number(&self, word: usize) -> u16 {
        self.all[word].number
    }

    fn shapes(&self, word: usize) -> Shapes {
        self.all[word].shapes
    }

    fn begins(&self, word: usize) -> bool {
        self.all[word].begins
    }

    fn joined(&self, word: usize) -> bool {
        self.all[word].joint == Joint::Hyphen
    }
}

/// What a word looks like.
fn shapes(text: &str, tokens: &Tokens, word: &Word) -> Shapes {
    let folded = tokens.folded(word).as_bytes();
    let Some(&last) = folded.last() else { return Shapes::default() };
    if folded[0].is_ascii_digit() {
        return Shapes::NUMBER;
    }
    let mut shapes = Shapes::WORD;
    if folded.len() > 3 && matches!(last, b's' | b'x') && !folded.ends_with(b"ss") {
        shapes = shapes.and(Shapes::PLURAL);
    }
    let mut letters = text[word.span()].chars();
    if letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase) {
        shapes = shapes.and(Shapes::NAME);
    }
    shapes
}
