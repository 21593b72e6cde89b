//! A text as the rules of hostility see it: what each word is, where sentences break, what stands in quotation marks.
//!
//! What enters: a text, its tokens, its language. What leaves: the kinds of every word, and the spots worth a judgement. It is
//! scratch: filled again and again, it stops allocating. Words that no file knows are looked at again for a disguise.

use super::disguise;
use super::words::{Entry, Kinds, Tongue, Vocabulary};
use crate::text::tokens::Tokens;

/// A word or phrase that may be hostile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its first word.
    pub(super) at: usize,
    /// How many words it takes.
    pub(super) len: usize,
    /// What it is.
    pub(super) kinds: Kinds,
}

/// The kinds of a text's words.
#[derive(Debug, Default)]
pub(super) struct Scene {
    entries: Vec<Entry>,
    kinds: Vec<Kinds>,
    spots: Vec<Spot>,
    tongue: Tongue,
    quotes: bool,
}

/// Where a word stands among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// In one go with the word before it.
    None,
    /// After a comma or the like.
    Clause,
    /// At the beginning of a sentence.
    Sentence,
}

impl Scene {
    /// Replaces what was there by what the words of `tokens` are.
    pub(super) fn fill(&mut self, text: &str, tokens: &Tokens) {
        self.look_up(tokens);
        self.kinds.clear();
        self.kinds.resize(tokens.words().len(), Kinds::NONE);
        self.spots.clear();
        let mut at = 0;
        while at < tokens.words().len() {
            at += self.read(text, tokens, at);
        }
        self.quotes = !self.spots.is_empty() && text.contains(['"', '“', '«', '”']);
    }

    /// Looks every word up and tells the language from the small ones.
    fn look_up(&mut self, tokens: &Tokens) {
        let vocabulary = Vocabulary::shared();
        self.entries.clear();
        let (mut english, mut french) = (0, 0);
        for word in tokens.words() {
            let entry = if word.is_gap() { Entry::default() } else { vocabulary.entry(word.hash) };
            match entry.speaks() {
                Some(Tongue::English) => english += 1,
                Some(_) => french += 1,
                None => {}
            }
            self.entries.push(entry);
        }
        self.tongue = Tongue::by_count(english, french);
    }

    /// Reads the word or phrase at `at`; returns how many words were read.
    fn read(&mut self, text: &str, tokens: &Tokens, at: usize) -> usize {
        let (word, entry, tongue) = (&tokens.words()[at], self.entries[at], self.tongue);
        if word.is_gap() {
            return 1;
        }
        if disguise::may_be_masked(text, word)
            && let Some((kinds, len)) = disguise::masked(text, tokens, at, tongue)
        {
            return self.place(at, len, kinds);
        }
        if entry.is_empty() || word.folded_len() == 1 {
            let unmasked = disguise::unmask(text, tokens, at, tongue);
            if let Some((kinds, len)) = unmasked {
                return self.place(at, len, kinds);
            }
            if entry.is_empty() {
                return 1;
            }
        }
        let phrase = Vocabulary::shared().phrase(entry, &tokens.words()[at..], tongue);
        if let Some((kinds, len)) = phrase {
            if kinds.any(Kinds::HOT.or(Kinds::SMALL)) {
                return self.place(at, len, kinds);
            }
            for slot in &mut self.kinds[at..at + len] {
                *slot = slot.or(kinds);
            }
        }
        let kinds = entry.kinds(tongue);
        self.kinds[at] = self.kinds[at].or(kinds);
        if kinds.any(Kinds::HOT) {
            self.spots.push(Spot { at, len: 1, kinds });
        }
        1
    }

    fn place(&mut self, at: usize, len: usize, kinds: Kinds) -> usize {
        for slot in &mut self.kinds[at..at + len] {
            *slot = kinds;
        }
        if kinds.any(Kinds::HOT) {
            self.spots.push(Spot { at, len, kinds });
        }
        len
    }

    /// The spots in the order of the text.
    pub(super) fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// What every word is, in the order of the text.
    pub(super) fn all(&self) -> &[Kinds] {
        &self.kinds
    }

    /// Everything that any of its words is.
    pub(super) fn seen(&self) -> Kinds {
        self.kinds.iter().fold(Kinds::NONE, |seen, kinds| seen.or(*kinds))
    }

    /// What the word is; nothing beyond the end.
    pub(super) fn kinds(&self, at: usize) -> Kinds {
        self.kinds.get(at).copied().unwrap_or_default()
    }

    /// The language its small words tell.
    pub(super) fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// True for a text that has quotation marks around some of it.
    pub(super) fn has_quotes(&self) -> bool {
        self.quotes
    }
}

/// What stands between a word and the one before it.
pub(super) fn break_before(text: &str, tokens: &Tokens, at: usize) -> Break {
    let words = tokens.words();
    let Some(before) = at.checked_sub(1).and_then(|before| words.get(before)) else { return Break::Sentence };
    let Some(word) = words.get(at) else { return Break::Sentence };
    let between = text.get(before.span().end..word.span().start).unwrap_or_default();
    break_in(between)
}

/// The strongest break in what stands between two words.
pub(super) fn break_in(between: &str) -> Break {
    if matches!(between, " " | "'" | "’" | "-" | "") {
        return Break::None;
    }
    between.chars().map(strength).max().unwrap_or(Break::None)
}

fn strength(c: char) -> Break {
    match c {
        '.' | '!' | '?' | '\n' | '…' | '？' | '！' | '。' => Break::Sentence,
        ',' | ':' | ';' | '–' | '—' | '(' | ')' | '/' => Break::Clause,
        _ => Break::None,
    }
}
