//! The words the pipeline knows: what a text's words are to the rules.
//!
//! What enters: a text's tokens. What leaves: one number a word, from a single look-up a word. It is scratch: filled again
//! and again, it stops allocating.
//!
//! Words are known by their hash alone: a text made to collide could at most be taken for a question.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::text::tokens::{Tokens, hash};

use super::danger;
use super::intent;
use super::rules::{Book, IMPERATIVE, UNKNOWN, Vocabulary};

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Entry {
    number: u16,
    opener: bool,
}

const NOTHING: Entry = Entry { number: UNKNOWN, opener: false };

/// Words that may stand before the first one that counts in a sentence.
const OPENERS: [&str; 38] = [
    "hey",
    "hi",
    "hello",
    "so",
    "ok",
    "okay",
    "and",
    "but",
    "also",
    "please",
    "yo",
    "um",
    "uh",
    "well",
    "just",
    "now",
    "then",
    "folks",
    "all",
    "everyone",
    "guys",
    "gang",
    "or",
    "honestly",
    "seriously",
    "bonjour",
    "salut",
    "heille",
    "coudonc",
    "bon",
    "pis",
    "et",
    "mais",
    "donc",
    "alors",
    "svp",
    "allo",
    "puis",
];

/// Hashes of words are spread already.
#[derive(Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

type Entries = HashMap<u64, Entry, BuildHasherDefault<AsIs>>;

/// Every rule of the program, and the words they know.
#[derive(Debug)]
pub(super) struct Known {
    entries: Entries,
    /// The number of [`IMPERATIVE`].
    imperative: u16,
    vocabulary: Vocabulary,
    pub(super) intents: Book<intent::Says>,
    pub(super) dangers: danger::Rules,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let (mut vocabulary, mut intents) = (Vocabulary::default(), Book::default());
    let bad = intent::read(&mut intents, &mut vocabulary);
    let (dangers, more) = danger::Rules::read(&mut vocabulary);
    debug_assert!(bad.is_empty() && more.is_empty(), "rules that do not parse: {bad:?} {more:?}");
    let imperative = vocabulary.number(IMPERATIVE);
    let mut entries = Entries::default();
    for (hash, number) in vocabulary.iter() {
        entries.entry(hash).or_insert(NOTHING).number = number;
    }
    for word in OPENERS {
        entries.entry(hash(word)).or_insert(NOTHING).opener = true;
    }
    Known { entries, imperative, vocabulary, intents, dangers }
});

impl Known {
    /// What the program knows.
    pub(super) fn shared() -> &'static Self {
        &KNOWN
    }

    /// The number of the word with this hash, or [`UNKNOWN`].
    pub(super) fn number(&self, hash: u64) -> u16 {
        self.vocabulary.known(hash)
    }
}

/// What a text's words are.
#[derive(Debug, Default)]
pub(super) struct Reading {
    numbers: Vec<u16>,
    openers: Vec<bool>,
}

impl Reading {
    /// Replaces what was there by what is known of the words of `tokens`.
    pub(super) fn fill(&mut self, tokens: &Tokens) {
        let Known { entries, imperative, .. } = Known::shared();
        self.numbers.clear();
        self.openers.clear();
        for word in tokens.words() {
            if word.is_gap() {
                // A handle or a link before a sentence is no part of it.
                self.numbers.push(UNKNOWN);
                self.openers.push(true);
                continue;
            }
            let entry = entries.get(&word.hash).copied().unwrap_or(NOTHING);
            self.numbers.push(match entry.number {
                UNKNOWN if tokens.folded(word).ends_with("ez") => *imperative,
                number => number,
            });
            self.openers.push(entry.opener);
        }
    }

    /// The word's number in the rules, or [`UNKNOWN`].
    pub(super) fn number(&self, word: usize) -> u16 {
        self.numbers.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// True for a word that may stand before the first one that counts.
    pub(super) fn is_opener(&self, word: usize) -> bool {
        self.openers.get(word).copied().unwrap_or(false)
    }
}
