//! The literals of all rules, each kept once, found by the hash of a token.
//!
//! What enters: folded words, prefixes, hashtags, handles and author words while rules compile. What leaves:
//! one table a space, asked once a token: a small bit filter first, which nearly all words of a text do not pass,
//! then the slot, then the bytes. Prefixes are looked up only at the lengths that occur for a token's
//! first bytes.

use std::collections::HashMap;

use crate::text::tokens::{hash, hash_prefix, head};

/// What a literal is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Space {
    Word,
    Tag,
    Handle,
    Author,
}

/// A literal while rules compile.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Literal {
    pub(super) space: Space,
    pub(super) prefix: bool,
    pub(super) folded: Box<str>,
}

/// Gives each distinct literal its number.
#[derive(Debug, Default)]
pub(super) struct Builder {
    numbers: HashMap<Literal, u32, foldhash::fast::RandomState>,
    literals: Vec<Literal>,
}

impl Builder {
    pub(super) fn number(&mut self, space: Space, prefix: bool, folded: &str) -> u32 {
        let literal = Literal { space, prefix, folded: folded.into() };
        let next = self.literals.len() as u32;
        let literals = &mut self.literals;
        *self.numbers.entry(literal).or_insert_with_key(|literal| {
            literals.push(literal.clone());
            next
        })
    }

    pub(super) fn literals(&self) -> &[Literal] {
        &self.literals
    }

    pub(super) fn build(self) -> Literals {
        let of = |space, prefix| {
            let matching = self.literals.iter().enumerate();
            matching.filter(move |(_, literal)| literal.space == space && literal.prefix == prefix)
        };
        let spaces = [Space::Word, Space::Tag, Space::Handle, Space::Author]
            .map(|space| SpaceTable { exact: Table::new(of(space, false)), prefixes: Prefixes::new(of(space, true)) });
        let texts = self.literals.iter().map(|literal| literal.folded.clone()).collect();
        Literals { texts, spaces }
    }
}

/// All literals, ready to be asked.
#[derive(Debug, Clone)]
pub(super) struct Literals {
    texts: Box<[Box<str>]>,
    spaces: [SpaceTable; 4],
}

#[derive(Debug, Clone)]
struct SpaceTable {
    exact: Table,
    prefixes: Prefixes,
}

impl Literals {
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(super) fn text(&self, literal: u32) -> &str {
        &self.texts[literal as usize]
    }

    /// False when no literal lives in this space.
    pub(super) fn has(&self, space: Space) -> bool {
        let table = &self.spaces[space as usize];
        !table.exact.is_empty() || !table.prefixes.table.is_empty()
    }

    /// The literal equal to the folded bytes of a token.
    #[inline]
    pub(super) fn exact(&self, space: Space, hash: u64, bytes: &[u8], start: usize, len: usize) -> Option<u32> {
        let table = &self.spaces[space as usize].exact;
        if !table.may_have(hash) {
            return None;
        }
        table.find(hash, &self.texts, bytes, start, len)
    }

    /// Every prefix literal that the token begins with.
    #[inline]
    pub(super) fn prefixes(&self, space: Space, bytes: &[u8], start: usize, len: usize, mut found: impl FnMut(u32)) {
        let prefixes = &self.spaces[space as usize].prefixes;
        let mut lengths = prefixes.lengths(bytes, start, len);
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize + 1;
            lengths &= lengths - 1;
            if length == LONG {
                for &length in prefixes.long.iter().filter(|long| **long <= len) {
                    prefixes.look_up(&self.texts, bytes, start, length, &mut found);
                }
            } else if length <= len {
                prefixes.look_up(&self.texts, bytes, start, length, &mut found);
            }
        }
    }
}

/// Open addressing, at most a quarter full.
#[derive(Debug, Clone)]
struct Table {
    filter: Box<[u64]>,
    slots: Box<[Slot]>,
}

/// A place for a literal. Its first eight bytes stand here, so that most words are compared without going to the text.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    head: u64,
    len: u32,
    /// The literal's number plus one; 0 is empty.
    number: u32,
}

impl Table {
    fn new<'a>(literals: impl Iterator<Item = (usize, &'a Literal)>) -> Self {
        let literals: Vec<_> = literals.collect();
        if literals.is_empty() {
            return Self { filter: Box::default(), slots: Box::default() };
        }
        let size = (literals.len() * 4).next_power_of_two();
        let mut filter = vec![0_u64; (size * 4 / 64).next_power_of_two()].into_boxed_slice();
        let mut slots = vec![Slot::default(); size].into_boxed_slice();
        for (number, literal) in literals {
            let hash = hash(&literal.folded);
            let (word, bit) = filter_place(hash, filter.len());
            filter[word] |= bit;
            let mut at = slot_place(hash, size);
            while slots[at].number != 0 {
                at = (at + 1) & (size - 1);
            }
            let bytes = literal.folded.as_bytes();
            slots[at] = Slot { head: head(bytes, 0, bytes.len()), len: bytes.len() as u32, number: number as u32 + 1 };
        }
        Self { filter, slots }
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

    fn find(&self, hash: u64, texts: &[Box<str>], bytes: &[u8], start: usize, len: usize) -> Option<u32> {
        let size = self.slots.len();
        let wanted = head(bytes, start, len);
        let mut at = slot_place(hash, size);
        loop {
            let slot = *self.slots.get(at)?;
            let number = slot.number.checked_sub(1)?;
            if slot.head == wanted
                && slot.len as usize == len
                && (len <= 8 || bytes.get(start + 8..start + len) == texts[number as usize].as_bytes().get(8..))
            {
                return Some(number);
            }
            at = (at + 1) & (size - 1);
        }
    }
}

#[inline]
fn filter_place(hash: u64, words: usize) -> (usize, u64) {
    ((hash >> 6) as usize & (words - 1), 1 << (hash & 63))
}

#[inline]
fn slot_place(hash: u64, size: usize) -> usize {
    (hash >> 16) as usize & (size - 1)
}

/// The bit for prefixes of this many bytes or more.
const LONG: usize = 32;

#[derive(Debug, Clone)]
struct Prefixes {
    table: Table,
    /// For the first four bytes of a token, the lengths at which prefixes occur, one bit each.
    starts: Box<[u32]>,
    /// Lengths of prefixes shorter than that, tried on every token.
    short: u32,
    long: Box<[usize]>,
}

impl Prefixes {
    fn new<'a>(literals: impl Iterator<Item = (usize, &'a Literal)>) -> Self {
        let literals: Vec<_> = literals.collect();
        let size = if literals.is_empty() { 0 } else { (literals.len() * 8).next_power_of_two().clamp(256, 1 << 16) };
        let (mut starts, mut short) = (vec![0; size].into_boxed_slice(), 0);
        let mut long = Vec::new();
        for (_, literal) in &literals {
            let bytes = literal.folded.as_bytes();
            let length = 1 << (bytes.len().min(LONG) - 1);
            if bytes.len() < START {
                short |= length;
            } else {
                starts[start_place(head(bytes, 0, START), size)] |= length;
            }
            if bytes.len() >= LONG {
                long.push(bytes.len());
            }
        }
        long.sort_unstable();
        long.dedup();
        Self { table: Table::new(literals.into_iter()), starts, short, long: long.into() }
    }

    #[inline]
    fn lengths(&self, bytes: &[u8], start: usize, len: usize) -> u32 {
        if self.starts.is_empty() {
            return 0;
        }
        let long = if len < START { 0 } else { self.starts[start_place(head(bytes, start, START), self.starts.len())] };
        long | self.short
    }

    fn look_up(&self, texts: &[Box<str>], bytes: &[u8], start: usize, len: usize, found: &mut impl FnMut(u32)) {
        let hash = hash_prefix(bytes, start, len);
        if self.table.may_have(hash)
            && let Some(literal) = self.table.find(hash, texts, bytes, start, len)
        {
            found(literal);
        }
    }
}

/// So many bytes tell which prefixes a token can begin with.
const START: usize = 4;

#[inline]
fn start_place(start: u64, size: usize) -> usize {
    (start.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & (size - 1)
}
