//! The words that rules name: a number for each, sets of them, and what a word looks like to a rule that does not know it.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;

use crate::text::tokens::hash;

/// The number of a word no rule knows.
pub(in crate::pipeline) const UNKNOWN: u16 = u16::MAX;

/// Every word that some rule names, numbered, over all books of rules.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct Vocabulary {
    /// By [`hash`].
    numbers: HashMap<u64, u16, foldhash::fast::FixedState>,
}

impl Vocabulary {
    /// The number of a folded word, new or old. Beyond 65,534 words a new one is unknown.
    pub(in crate::pipeline) fn number(&mut self, word: &str) -> u16 {
        let next = u16::try_from(self.numbers.len()).unwrap_or(UNKNOWN);
        if next == UNKNOWN {
            return self.known(hash(word));
        }
        *self.numbers.entry(hash(word)).or_insert(next)
    }

    /// The number of the word with this hash, or [`UNKNOWN`].
    pub(in crate::pipeline) fn known(&self, hash: u64) -> u16 {
        self.numbers.get(&hash).copied().unwrap_or(UNKNOWN)
    }

    /// Every word's hash with its number.
    pub(in crate::pipeline) fn iter(&self) -> impl Iterator<Item = (u64, u16)> + '_ {
        self.numbers.iter().map(|(&hash, &number)| (hash, number))
    }
}

/// What a word looks like, for rules about words that no list can name. One bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(in crate::pipeline) struct Shapes(u8);

impl Shapes {
    /// `*s`: three letters or more, the last an "s".
    pub(in crate::pipeline) const PLURAL: Self = Self(1);
    /// `*A`: a capital letter, then small ones.
    pub(in crate::pipeline) const NAME: Self = Self(2);
    /// `*@`: a handle.
    pub(in crate::pipeline) const HANDLE: Self = Self(4);
    /// `*#`: it begins with a digit.
    pub(in crate::pipeline) const NUMBER: Self = Self(8);
    /// `*x`: letters only.
    pub(in crate::pipeline) const WORD: Self = Self(16);

    /// The shape a rule file names.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "*s" => Self::PLURAL,
            "*A" => Self::NAME,
            "*@" => Self::HANDLE,
            "*#" => Self::NUMBER,
            "*x" => Self::WORD,
            _ => return None,
        })
    }

    /// Both.
    pub(in crate::pipeline) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when nothing is asked for.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True when they have one in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A set of words: their numbers, and shapes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Words {
    /// Sorted.
    numbers: Vec<u16>,
    /// One bit a number from `first` on, in place of a search in a long list.
    bits: Vec<u64>,
    first: u16,
    pub(super) shapes: Shapes,
}

impl Words {
    /// Lists up to here are searched.
    const FEW: usize = 6;

    /// Adds a word, or a shape by its name.
    pub(super) fn insert(&mut self, word: &str, vocabulary: &mut Vocabulary) {
        match Shapes::named(word) {
            Some(shape) => self.shapes = self.shapes.and(shape),
            None => self.numbers.push(vocabulary.number(word)),
        }
    }

    /// Adds all of another set.
    pub(super) fn extend(&mut self, other: &Self) {
        self.numbers.extend_from_slice(&other.numbers);
        self.shapes = self.shapes.and(other.shapes);
    }

    /// Makes the set ready to be asked.
    pub(super) fn close(mut self) -> Self {
        self.numbers.sort_unstable();
        self.numbers.dedup();
        self.first = self.numbers.first().copied().unwrap_or(0);
        self.bits.clear();
        if self.numbers.len() > Self::FEW {
            for number in &self.numbers {
                let bit = number - self.first;
                let slot = usize::from(bit / 64);
                if self.bits.len() <= slot {
                    self.bits.resize(slot + 1, 0);
                }
                self.bits[slot] |= 1 << (bit % 64);
            }
        }
        self
    }

    /// True when the word with this number is in the set by name.
    #[inline]
    pub(super) fn contains(&self, number: u16) -> bool {
        if self.bits.is_empty() {
            return self.numbers.contains(&number);
        }
        let Some(bit) = number.checked_sub(self.first) else { return false };
        self.bits.get(usize::from(bit / 64)).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    /// The words by name, ascending.
    pub(super) fn numbers(&self) -> &[u16] {
        &self.numbers
    }
}

/// Sets under their names while a file is read, and each different set once.
#[derive(Debug, Default)]
pub(super) struct Sets {
    closed: Vec<Words>,
    by_words: HashMap<Words, u16, RandomState>,
}

impl Sets {
    /// The place of a set among those kept; equal sets share one.
    pub(super) fn keep(&mut self, words: Words) -> Option<u16> {
        let words = words.close();
        if let Some(&at) = self.by_words.get(&words) {
            return Some(at);
        }
        let at = u16::try_from(self.closed.len()).ok()?;
        self.closed.push(words.clone());
        self.by_words.insert(words, at);
        Some(at)
    }

    /// The set kept there.
    #[inline]
    pub(super) fn get(&self, at: u16) -> &Words {
        &self.closed[usize::from(at)]
    }
}
