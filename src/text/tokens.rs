//! The words of a text, folded, hashed, and mapped back to where they stand.
//!
//! What enters: normalised text, or the words of a query. What leaves: the words in order, each with its
//! position, its folded form, a hash of it and its byte range in the text; hashtags and handles stand
//! beside them as marks. A [`Tokens`] is scratch: filled again and again, it stops allocating.
//! Nothing here knows what is searched for.
//!
//! Words end at apostrophes, hyphens and everything that is neither letter nor digit nor `_`; a `.` or `,`
//! between digits stays inside (6.8 and 6,8 are the same word). A hashtag's words, split at capitals,
//! digits and `_`, take successive positions. A link or a handle takes one position that no word
//! matches, so that no phrase reaches across it. Emoji, and the characters of scripts without spaces,
//! are one word each.

mod hash;
mod scan;

use crate::mention::Span;

pub use hash::hash;
pub(crate) use hash::{hash_prefix, head};

/// A word of the text; its position is its index in [`Tokens::words`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// [`hash()`] of the folded form.
    pub hash: u64,
    fold_start: u32,
    fold_len: u32,
    start: u32,
    end: u32,
}

impl Word {
    /// Its byte range in the text.
    pub fn span(&self) -> Span {
        self.start as usize..self.end as usize
    }

    /// True for the position a link or a handle takes: no word stands there.
    pub fn is_gap(&self) -> bool {
        self.fold_len == 0
    }

    /// The length of the folded form in bytes.
    pub(crate) fn folded_len(&self) -> usize {
        self.fold_len as usize
    }

    /// Where the folded form begins in [`Tokens::folded_bytes`].
    pub(crate) fn folded_start(&self) -> usize {
        self.fold_start as usize
    }
}

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// `#WaterMain`.
    Tag,
    /// `@alderbay`, `@ana.bsky.social`, `@alderbay@mastodon.example`.
    Handle,
}

/// A hashtag or a handle; its span includes the sign before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Hashtag or handle.
    pub kind: MarkKind,
    /// The folded name without its sign, with the span in the text.
    pub name: Word,
    /// The position of its first word.
    pub position: u32,
    /// How many positions it takes, 1 at least.
    pub width: u32,
}

/// The words and marks of one text.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// The text with its ASCII letters lowered, padding, then the folded forms of words with other characters.
    folded: String,
    words: Vec<Word>,
    marks: Vec<Mark>,
    /// The positions of the links.
    links: Vec<u32>,
}

impl Tokens {
    /// Empty scratch.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tokens of `text`.
    pub fn of(text: &str) -> Self {
        let mut tokens = Self::new();
        tokens.fill(text);
        tokens
    }

    /// Replaces what was there by the tokens of `text`. Beyond 1 GiB text is not looked at.
    pub fn fill(&mut self, text: &str) {
        self.reset(text);
        scan::text(text, self);
    }

    /// Like [`Tokens::fill`] for a name: `@` and `#` separate words, and nothing is a link.
    pub fn fill_name(&mut self, name: &str) {
        self.reset(name);
        scan::name(name, self);
    }

    /// Like [`Tokens::fill_name`] for several names, one a line: a position without a word stands between lines, so that
    /// no phrase reaches across.
    pub fn fill_names(&mut self, lines: &str) {
        self.reset(lines);
        scan::names(lines, self);
    }

    /// Empties the tokens and keeps the memory.
    pub fn clear(&mut self) {
        self.reset("");
    }

    /// The words in the order of the text, gaps included.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The hashtags and handles in the order of the text.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// True when a link stands in the text.
    pub fn has_link(&self) -> bool {
        !self.links.is_empty()
    }

    /// Where links stand in the text.
    pub fn links(&self) -> impl Iterator<Item = Span> {
        self.links.iter().filter_map(|&position| self.words.get(position as usize)).map(Word::span)
    }

    /// The folded form of a word or of a mark's name of these tokens; empty for a gap.
    pub fn folded(&self, word: &Word) -> &str {
        self.folded.get(word.folded_start()..word.folded_start() + word.folded_len()).unwrap_or_default()
    }

    /// All folded forms; [`Word::folded_start`] points into it.
    pub(crate) fn folded_bytes(&self) -> &[u8] {
        self.folded.as_bytes()
    }

    /// Appends what a full-text index keeps of these tokens: index terms separated by spaces, see [`index_term`].
    pub fn index_terms(&self, out: &mut String) {
        for word in self.words.iter().filter(|word| !word.is_gap()) {
            index_term(None, self.folded(word), out);
            out.push(' ');
        }
        for mark in &self.marks {
            index_term(Some(mark.kind), self.folded(&mark.name), out);
            out.push(' ');
        }
    }

    fn reset(&mut self, text: &str) {
        self.folded.clear();
        self.words.clear();
        self.marks.clear();
        self.links.clear();
        self.folded.push_str(scan::within_limit(text));
        self.folded.make_ascii_lowercase();
        self.folded.push_str(hash::PADDING);
    }
}

/// Appends the spelling of a folded word (`None`) or mark in a full-text index: only `a-z`, `0-9`, `_`, so that any
/// index's own tokeniser keeps it whole, and a prefix of the folded form gives a prefix of the spelling. Two words
/// may share a spelling: an index gives candidates, never the answer.
pub fn index_term(kind: Option<MarkKind>, folded: &str, out: &mut String) {
    use std::fmt::Write as _;

    match kind {
        Some(MarkKind::Tag) => out.push_str("tag_"),
        Some(MarkKind::Handle) => out.push_str("handle_"),
        None => {}
    }
    for c in folded.chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' => out.push(c),
            '.' | '-' | '@' => out.push('_'),
            // Writing into a string cannot fail.
            other => drop(write!(out, "u{:06x}", u32::from(other))),
        }
    }
}

#[cfg(test)]
mod tests;
