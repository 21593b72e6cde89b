//! What a word's letters say about its language: one table of integer weights for eight answers.
//!
//! What enters: a folded word and how it stood in the text. What leaves: eight sums, one a [`Tongue`]. A word's rows are the word
//! itself, its letter sequences of three and four with its beginning and end, and every letter beyond ASCII as it was written.
//! The weights are part of the program (`weights.bin`, made by `benches/train`); nothing is read or learned at run time.

use std::sync::LazyLock;

use crate::text::tokens::{Tokens, Word};

/// The answers the table knows, in the order of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumCount, strum::VariantArray, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(u8)]
pub enum Tongue {
    /// English.
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
    /// Italian.
    It,
    /// German.
    De,
    /// Dutch.
    Nl,
    /// Any other language in Latin letters.
    Xx,
}

/// How many answers there are.
pub const TONGUES: usize = <Tongue as strum::EnumCount>::COUNT;

/// How many rows the table has.
pub const ROWS: usize = 1 << ROW_BITS;

const ROW_BITS: u32 = 14;

/// Letter sequences are looked for in so many letters of a word.
const LONGEST: usize = 24;

/// One sum an answer.
pub type Sums = [i32; TONGUES];

/// What kind of feature a hash is for.
const THREE: u64 = 1 << 41;
const FOUR: u64 = 1 << 42;
const LETTER: u64 = 1 << 43;

static WEIGHTS: &[u8] = include_bytes!("weights.bin");

static TABLE: LazyLock<Table<'static>> = LazyLock::new(|| Table::parse(WEIGHTS).unwrap_or_default());

/// A table of weights; empty by default, when every sum is zero.
#[derive(Debug, Clone, Copy, Default)]
pub struct Table<'a> {
    rows: &'a [[u8; TONGUES]],
}

impl Table<'static> {
    /// The table the program has.
    pub(super) fn shared() -> Self {
        *TABLE
    }
}

impl<'a> Table<'a> {
    /// The table in `bytes`: one byte a weight, row after row; `None` when there are not [`ROWS`] of them.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (rows, rest) = bytes.as_chunks::<TONGUES>();
        (rows.len() == ROWS && rest.is_empty()).then_some(Self { rows })
    }

    /// What one word says, and by how many rows.
    pub(super) fn word(self, text: &str, tokens: &Tokens, word: &Word) -> ([i16; TONGUES], usize) {
        let (mut sums, mut count) = ([0_i16; TONGUES], 0);
        rows(text, tokens, word, |row| {
            count += 1;
            let Some(weights) = self.rows.get(usize::from(row)) else { return };
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += i16::from(*weight as i8);
            }
        });
        (sums, count)
    }
}

/// True for a word whose letters can tell: it begins with a Latin letter and holds no digit.
pub fn is_telling(folded: &[u8]) -> bool {
    folded.first().is_some_and(u8::is_ascii_lowercase) && !folded.iter().any(|b| b.is_ascii_digit() || *b == b'_')
}

/// Calls `found` with every row of a word; none for a word that cannot tell.
#[inline]
pub fn rows(text: &str, tokens: &Tokens, word: &Word, mut found: impl FnMut(u16)) {
    let folded = tokens.folded(word).as_bytes();
    if !is_telling(folded) {
        return;
    }
    found(row(word.hash | 1));
    let len = folded.len().min(LONGEST);
    let mut padded = [b' '; LONGEST + 2];
    padded[1..=len].copy_from_slice(&folded[..len]);
    let letters = padded[..len + 2].iter().map(|letter| u64::from(*letter));
    let mut last = 0_u64;
    for (at, letter) in letters.enumerate() {
        last = (last << 8 | letter) & 0xFFFF_FFFF;
        if at >= 2 {
            found(row((last & 0x00FF_FFFF) | THREE));
        }
        if at >= 3 {
            found(row(last | FOUR));
        }
    }
    let original = &text[word.span()];
    if !original.is_ascii() {
        for c in original.chars().filter(|c| !c.is_ascii()).take(LONGEST) {
            let lower = c.to_lowercase().next().unwrap_or(c);
            found(row(u64::from(u32::from(lower)) | LETTER));
        }
    }
}

fn row(feature: u64) -> u16 {
    (feature.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - ROW_BITS)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_whole() {
        assert!(Table::parse(WEIGHTS).is_some());
        assert!(Table::parse(&WEIGHTS[1..]).is_none());
    }

    #[test]
    fn a_word_gives_itself_its_letters_and_its_accents() {
        let count = |text: &str| {
            let tokens = Tokens::of(text);
            let mut count = 0;
            tokens.words().iter().for_each(|word| rows(text, &tokens, word, |_| count += 1));
            count
        };
        assert_eq!(count("a"), 2);
        assert_eq!(count("eau"), 1 + 3 + 2);
        assert_eq!(count("été"), 1 + 3 + 2 + 2);
        assert_eq!(count("2026 x2 https://a.example @eau вода"), 0);
    }
}
