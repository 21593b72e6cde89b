//! The literals of all rules, each kept once, found by the hash of a token.
//!
//! What enters: folded words, prefixes, suffixes and patterns of the text, hashtags, handles, authors and links while
//! rules compile. What leaves: one table a space, asked once a token: a small bit filter first, which nearly all
//! words of a text do not pass, then the slot, then the bytes. Prefixes and suffixes are looked up only at the
//! lengths that occur for a token's first or last bytes, patterns only where the letters at one of their
//! ends were found.

use std::collections::HashMap;
use std::ops::Range;

use crate::query::pattern::{self, End};
use crate::text::tokens::{hash, hash_prefix, head};

/// What a literal is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Space {
    Word,
    Tag,
    Handle,
    Author,
    Url,
}

impl Space {
    const ALL: [Self; 5] = [Self::Word, Self::Tag, Self::Handle, Self::Author, Self::Url];
}

/// Which tokens a literal stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Whole,
    Prefix,
    Suffix,
    Pattern,
}

/// A literal while rules compile.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Literal {
    pub(super) space: Space,
    pub(super) shape: Shape,
    pub(super) folded: Box<str>,
}

/// Gives each distinct literal its number.
#[derive(Debug, Default)]
pub(super) struct Builder {
    numbers: HashMap<Literal, u32, foldhash::fast::RandomState>,
    literals: Vec<Literal>,
    /// Prefixes and suffixes with the patterns that stand on them.
    anchored: Vec<(u32, u32)>,
}

impl Builder {
    pub(super) fn number(&mut self, space: Space, shape: Shape, folded: &str) -> u32 {
        let literal = Literal { space, shape, folded: folded.into() };
        if let Some(&number) = self.numbers.get(&literal) {
            return number;
        }
        let number = self.literals.len() as u32;
        self.literals.push(literal.clone());
        self.numbers.insert(literal, number);
        if shape == Shape::Pattern
            && let Some((end, letters)) = pattern::anchor(folded)
        {
            let shape = if end == End::First { Shape::Prefix } else { Shape::Suffix };
            let anchor = self.number(space, shape, letters);
            self.anchored.push((anchor, number));
        }
        number
    }

    pub(super) fn literals(&self) -> &[Literal] {
        &self.literals
    }

    pub(super) fn build(mut self) -> Literals {
        let of = |space, shape| {
            let matching = self.literals.iter().enumerate();
            matching.filter(move |(_, literal)| literal.space == space && literal.shape == shape)
        };
        let spaces = Space::ALL.map(|space| SpaceTable {
            whole: Table::new(of(space, Shape::Whole)),
            prefixes: Affixes::new(of(space, Shape::Prefix)),
            suffixes: Affixes::new(of(space, Shape::Suffix)),
        });
        let mut texts = Texts::default();
        self.literals.iter().for_each(|literal| texts.push(&literal.folded));
        self.anchored.sort_unstable();
        let has_pattern =
            if self.anchored.is_empty() { Box::default() } else { pattern_bits(&self.anchored, texts.ends.len()) };
        Literals { texts, spaces, anchored: self.anchored.into(), has_pattern }
    }
}

/// One bit a literal: it is the anchor of a pattern.
fn pattern_bits(anchored: &[(u32, u32)], literals: usize) -> Box<[u64]> {
    let mut bits = vec![0; literals.div_ceil(64)].into_boxed_slice();
    for (anchor, _) in anchored {
        bits[*anchor as usize / 64] |= 1 << (anchor % 64);
    }
    bits
}

/// All literals, ready to be asked.
#[derive(Debug, Clone)]
pub(super) struct Literals {
    texts: Texts,
    spaces: [SpaceTable; 5],
    /// Sorted: the prefix or suffix, and the pattern whose words all have it.
    anchored: Box<[(u32, u32)]>,
    has_pattern: Box<[u64]>,
}

/// The folded literals one after the other: most are shorter than what a pointer to each would take.
#[derive(Debug, Clone, Default)]
struct Texts {
    folded: String,
    ends: Vec<u32>,
}

impl Texts {
    fn push(&mut self, folded: &str) {
        self.folded.push_str(folded);
        self.ends.push(self.folded.len() as u32);
    }

    fn get(&self, literal: u32) -> &str {
        &self.folded[self.range(literal)]
    }

    /// The same, without a look at where its characters end.
    #[inline]
    fn bytes(&self, literal: u32) -> &[u8] {
        &self.folded.as_bytes()[self.range(literal)]
    }

    fn range(&self, literal: u32) -> Range<usize> {
        let literal = literal as usize;
        let start = if literal == 0 { 0 } else { self.ends[literal - 1] };
        start as usize..self.ends[literal] as usize
    }
}

#[derive(Debug, Clone)]
struct SpaceTable {
    whole: Table,
    prefixes: Affixes<false>,
    suffixes: Affixes<true>,
}

impl Literals {
    pub(super) fn len(&self) -> usize {
        self.texts.ends.len()
    }

    pub(super) fn text(&self, literal: u32) -> &str {
        self.texts.get(literal)
    }

    /// False when no literal lives in this space.
    pub(super) fn has(&self, space: Space) -> bool {
        let table = &self.spaces[space as usize];
        !table.whole.is_empty() || !table.prefixes.table.is_empty() || !table.suffixes.table.is_empty()
    }

    /// The literal equal to the folded bytes of a token.
    #[inline]
    pub(super) fn exact(&self, space: Space, hash: u64, bytes: &[u8], start: usize, len: usize) -> Option<u32> {
        let table = &self.spaces[space as usize].whole;
        if !table.may_have(hash) {
            return None;
        }
        table.find(hash, &self.texts, bytes.get(start..start + len)?)
    }

    /// Every prefix, suffix and pattern that the token fits.
    #[inline]
    pub(super) fn wild(&self, space: Space, bytes: &[u8], start: usize, len: usize, mut found: impl FnMut(u32)) {
        let table = &self.spaces[space as usize];
        let mut affix = |literal: u32| {
            found(literal);
            if self.has_pattern.get(literal as usize / 64).is_some_and(|bits| bits >> (literal % 64) & 1 != 0) {
                self.patterns(literal, bytes.get(start..start + len).unwrap_or_default(), &mut found);
            }
        };
        table.prefixes.each(&self.texts, bytes, start, len, &mut affix);
        table.suffixes.each(&self.texts, bytes, start, len, &mut affix);
    }

    fn patterns(&self, anchor: u32, word: &[u8], found: &mut impl FnMut(u32)) {
        let first = self.anchored.partition_point(|(literal, _)| *literal < anchor);
        let patterns = self.anchored[first..].iter().take_while(|(literal, _)| *literal == anchor);
        for &(_, literal) in patterns {
            if pattern::fits(self.text(literal), word) {
                found(literal);
            }
        }
    }
}

/// Open addressing, at most half full, and small, so that the table of a large plan stays in a near cache.
#[derive(Debug, Clone)]
struct Table {
    filter: Box<[u64]>,
    /// The literal's number plus one in the low bits, a part of the hash in the others; 0 is empty.
    slots: Box<[u32]>,
    /// The low bits.
    numbers: u32,
}

impl Table {
    fn new<'a>(literals: impl Iterator<Item = (usize, &'a Literal)>) -> Self {
        let literals: Vec<_> = literals.collect();
        let Some((largest, _)) = literals.last() else {
            return Self { filter: Box::default(), slots: Box::default(), numbers: 0 };
        };
        let numbers = u32::MAX >> (*largest as u32 + 1).leading_zeros();
        let size = (literals.len() * 2).next_power_of_two();
        let mut filter = vec![0_u64; (literals.len() * 16 / 64).next_power_of_two()].into_boxed_slice();
        let mut slots = vec![0; size].into_boxed_slice();
        for (number, literal) in literals {
            let hash = hash(&literal.folded);
            let (word, bit) = filter_place(hash, filter.len());
            filter[word] |= bit;
            let mut at = slot_place(hash, size);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = tag(hash) & !numbers | (number as u32 + 1);
        }
        Self { filter, slots, numbers }
    }

    fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        if self.filter.is_empty() {
            return false;
        }
        let (word, bit) = filter_place(hash, self.filter.len());
        self.filter[word] & bit != 0
    }

    fn find(&self, hash: u64, texts: &Texts, token: &[u8]) -> Option<u32> {
        let size = self.slots.len();
        let mut at = slot_place(hash, size);
        loop {
            let slot = *self.slots.get(at)?;
            let number = (slot & self.numbers).checked_sub(1)?;
            if (slot ^ tag(hash)) & !self.numbers == 0 && texts.bytes(number) == token {
                return Some(number);
            }
            at = (at + 1) & (size - 1);
        }
    }
}

#[inline]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[inline]
fn filter_place(hash: u64, words: usize) -> (usize, u64) {
    ((hash >> 6) as usize & (words - 1), 1 << (hash & 63))
}

#[inline]
fn slot_place(hash: u64, size: usize) -> usize {
    (hash >> 16) as usize & (size - 1)
}

/// The bit for affixes of this many bytes or more.
const LONG: usize = 32;

/// Prefixes, or what words end with.
#[derive(Debug, Clone)]
struct Affixes<const AT_END: bool> {
    table: Table,
    /// For the outer four bytes of a token, the lengths at which affixes occur, one bit each.
    outer: Box<[u32]>,
    /// Lengths of affixes shorter than that, tried on every token.
    short: u32,
    long: Box<[usize]>,
}

impl<const AT_END: bool> Affixes<AT_END> {
    fn new<'a>(literals: impl Iterator<Item = (usize, &'a Literal)>) -> Self {
        let literals: Vec<_> = literals.collect();
        let size = if literals.is_empty() { 0 } else { (literals.len() * 8).next_power_of_two().clamp(256, 1 << 16) };
        let (mut outer, mut short) = (vec![0; size].into_boxed_slice(), 0);
        let mut long = Vec::new();
        for (_, literal) in &literals {
            let bytes = literal.folded.as_bytes();
            let length = 1 << (bytes.len().min(LONG) - 1);
            if bytes.len() < OUTER {
                short |= length;
            } else {
                outer[outer_place(head(bytes, Self::at(0, bytes.len(), OUTER), OUTER), size)] |= length;
            }
            if bytes.len() >= LONG {
                long.push(bytes.len());
            }
        }
        long.sort_unstable();
        long.dedup();
        Self { table: Table::new(literals.into_iter()), outer, short, long: long.into() }
    }

    /// Where the affix of `length` bytes begins in the token at `start`.
    #[inline]
    fn at(start: usize, len: usize, length: usize) -> usize {
        if AT_END { start + len - length } else { start }
    }

    #[inline]
    fn each(&self, texts: &Texts, bytes: &[u8], start: usize, len: usize, found: &mut impl FnMut(u32)) {
        let mut lengths = self.lengths(bytes, start, len);
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize + 1;
            lengths &= lengths - 1;
            if length == LONG {
                for &length in self.long.iter().filter(|long| **long <= len) {
                    self.look_up(texts, bytes, Self::at(start, len, length), length, found);
                }
            } else if length <= len {
                self.look_up(texts, bytes, Self::at(start, len, length), length, found);
            }
        }
    }

    #[inline]
    fn lengths(&self, bytes: &[u8], start: usize, len: usize) -> u32 {
        if self.outer.is_empty() {
            return 0;
        }
        if len < OUTER {
            return self.short;
        }
        self.short | self.outer[outer_place(head(bytes, Self::at(start, len, OUTER), OUTER), self.outer.len())]
    }

    fn look_up(&self, texts: &Texts, bytes: &[u8], start: usize, len: usize, found: &mut impl FnMut(u32)) {
        let hash = hash_prefix(bytes, start, len);
        if self.table.may_have(hash)
            && let Some(token) = bytes.get(start..start + len)
            && let Some(literal) = self.table.find(hash, texts, token)
        {
            found(literal);
        }
    }
}

/// So many bytes at its end tell which affixes a token can have.
const OUTER: usize = 4;

#[inline]
fn outer_place(outer: u64, size: usize) -> usize {
    (outer.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & (size - 1)
}
