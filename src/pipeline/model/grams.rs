//! From a word to rows of the table: the word itself, its pairs, and the letter sequences inside it.
//!
//! What enters: the folded bytes of a word. What leaves: row numbers. A letter repeated more than twice counts as twice, digits
//! count as one digit, and a word's beginning and end are letters of their own. Two features may share a row: the trainer
//! knows that as well as the program does.

/// Rows for words and letter sequences; those of [`super::Slots`] come after them.
pub const GRAM_ROWS: usize = 1 << 16;

/// Letter sequences are looked for in so many letters of a word.
const LONGEST: usize = 24;
/// Shorter words have no letter sequences of their own: the word says as much.
const SHORTEST: usize = 4;

const BEGIN: u8 = 0x02;
const END: u8 = 0x03;

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
const MIX: u64 = 0xD6E8_FEB8_6659_FD93;

/// What kind of feature a hash is for: the same word in another role has another row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Word = 0x11,
    Negated = 0x23,
    Tag = 0x35,
    Sign = 0x47,
}

/// A word in the spelling that counts.
#[derive(Debug)]
pub(super) struct Spelling {
    /// [`BEGIN`], the letters, [`END`], zeros.
    bytes: [u8; LONGEST + 10],
    len: usize,
    /// Begins with a letter.
    lettered: bool,
    hash: u64,
    /// A letter stood there more than twice: the hash of the word with every letter but once.
    single: Option<u64>,
}

impl Spelling {
    /// The spelling of a folded word.
    pub(super) fn of(folded: &[u8]) -> Self {
        let mut bytes = [0; LONGEST + 10];
        bytes[0] = BEGIN;
        let (mut len, mut hash, mut stretched) = (0, 0, false);
        let mut last = [0_u8; 2];
        for &byte in folded {
            let byte = if byte.is_ascii_digit() { b'0' } else { byte };
            if last == [byte; 2] && byte < 0x80 {
                stretched |= byte != b'0';
                continue;
            }
            last = [last[1], byte];
            hash = step(hash, byte);
            if len < LONGEST {
                len += 1;
                bytes[len] = byte;
            }
        }
        bytes[len + 1] = END;
        let lettered = folded.first().is_some_and(u8::is_ascii_alphabetic);
        let single = stretched.then(|| single(&bytes[1..=len]));
        Self { bytes, len, lettered, hash, single }
    }

    /// A hash of the whole word, for [`row`] and [`pair_row`].
    pub(super) fn hash(&self) -> u64 {
        self.hash
    }

    /// The hash with every letter but once, where one was stretched.
    pub(super) fn single(&self) -> Option<u64> {
        self.single
    }

    /// True when a letter stood there more than twice in a row.
    pub(super) fn is_stretched(&self) -> bool {
        self.single.is_some()
    }

    /// How many bytes of it count.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Adds the rows of its letter sequences of three to five.
    pub(super) fn letters(&self, out: &mut Vec<u16>) {
        if self.len < SHORTEST || !self.lettered {
            return;
        }
        // With both ends there are len + 2 letters.
        for at in 0..self.len {
            let Some(eight) = self.bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok()) else {
                return;
            };
            let eight = u64::from_le_bytes(eight);
            let left = self.len + 2 - at;
            out.push(letters_row(eight & 0x00FF_FFFF, 3));
            if left >= 4 {
                out.push(letters_row(eight & 0xFFFF_FFFF, 4));
            }
            if left >= 5 {
                out.push(letters_row(eight & 0x00FF_FFFF_FFFF, 5));
            }
        }
    }
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(FACTOR).rotate_left(29)
}

fn single(letters: &[u8]) -> u64 {
    let mut last = 0;
    letters.iter().fold(0, |hash, &byte| {
        let hash = if byte == last { hash } else { step(hash, byte) };
        last = byte;
        hash
    })
}

/// The key of a folded word, or of signs as they stand.
pub fn key_of(folded: &str) -> u64 {
    Spelling::of(folded.as_bytes()).hash()
}

fn letters_row(letters: u64, count: u64) -> u16 {
    let hash = (letters ^ (count << 56)).wrapping_mul(FACTOR);
    ((hash ^ (hash >> 29)).wrapping_mul(MIX) >> 48) as u16
}

/// The row of one word in a role.
pub(super) fn row(hash: u64, role: Role) -> u16 {
    ((hash ^ role as u64).wrapping_mul(MIX) >> 48) as u16
}

/// The key of two words that follow each other, from the keys of both.
pub fn pair_key(first: u64, second: u64) -> u64 {
    (first.rotate_left(17) ^ second).wrapping_mul(MIX).wrapping_add(first).wrapping_mul(FACTOR)
}

/// The row of two words that follow each other.
pub(super) fn pair_row(first: u64, second: u64) -> u16 {
    (pair_key(first, second) >> 48) as u16
}
