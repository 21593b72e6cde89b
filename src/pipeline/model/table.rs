//! The weights as they lie in the file, and the sums over them.
//!
//! What enters: the bytes the trainer wrote. What leaves: a [`Model`] that borrows them, or what is wrong with them. The file
//! is [`MAGIC`], then for each head its bias, three scales and calibration, then the rows; all numbers little-endian.
//!
//! A score is `bias + (words · 1/√n + letters · 1/√m + marks)`, each of the three sums in the head's own scale: a long text
//! says more than a short one, but not in proportion.

use thiserror::Error;

use super::calibration::{Calibration, KNOTS};
use super::features::{Features, SLOT_ROWS};
use super::grams::GRAM_ROWS;
use super::{HEADS, Head, Scores};

/// The first bytes of the file: its form, and the form of the features its rows belong to.
pub const MAGIC: [u8; 8] = *b"FDMODEL1";

/// Numbers of 32 bits before a head's calibration points.
const HEAD_NUMBERS: usize = 6;
const HEAD_BYTES: usize = HEAD_NUMBERS * 4 + KNOTS * 2;
const HEADER: usize = MAGIC.len() + HEADS * HEAD_BYTES;
const ROWS: usize = GRAM_ROWS + SLOT_ROWS;

/// Sums of so many rows fit into 16 bits.
const BATCH: usize = 256;

/// Fractions are kept in so many bits.
const FRACTION: u32 = 16;

/// Why bytes are no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WrongFormat {
    /// Another form, or features of another form.
    #[error("the weights do not begin with {:?}: they were made for another version of the features", MAGIC.escape_ascii())]
    Magic,
    /// Cut off, or not cut off.
    #[error("the weights are {found} bytes long, not {expected}")]
    Length {
        /// The bytes there are.
        found: usize,
        /// The bytes there should be.
        expected: usize,
    },
}

/// What turns a head's sums into its score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeadScale {
    /// The score of a text without features.
    pub bias: i32,
    /// What a weight of one counts in words, in 1/65536 of a score.
    pub words: i32,
    /// What it counts in letter sequences.
    pub letters: i32,
    /// What it counts in marks.
    pub marks: i32,
    /// From score to percentage.
    pub calibration: Calibration,
}

/// A table of weights with its heads; empty by default, when every score is zero.
#[derive(Debug, Clone, Default)]
pub struct Model<'a> {
    heads: [HeadScale; HEADS],
    rows: &'a [[u8; HEADS]],
}

type Sums = [i32; HEADS];

impl<'a> Model<'a> {
    /// The model in `bytes`.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, WrongFormat> {
        let expected = HEADER + ROWS * HEADS;
        if !bytes.starts_with(&MAGIC) {
            return Err(WrongFormat::Magic);
        }
        if bytes.len() != expected {
            return Err(WrongFormat::Length { found: bytes.len(), expected });
        }
        let mut heads = [HeadScale::default(); HEADS];
        for (head, part) in heads.iter_mut().zip(bytes[MAGIC.len()..HEADER].as_chunks::<HEAD_BYTES>().0) {
            *head = head_of(part);
        }
        Ok(Self { heads, rows: bytes[HEADER..].as_chunks::<HEADS>().0 })
    }

    /// The bytes of a model: the inverse of [`Model::parse`]. `rows` are as many as [`Model::row_count`].
    pub fn to_bytes(heads: &[HeadScale; HEADS], rows: &[[i8; HEADS]]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for head in heads {
            let Calibration { first, step, parts } = head.calibration;
            for number in [head.bias, head.words, head.letters, head.marks, first, step] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend(parts.iter().flat_map(|part| part.to_le_bytes()));
        }
        bytes.extend(rows.iter().flatten().map(|weight| *weight as u8));
        bytes
    }

    /// How many rows a table has.
    pub const fn row_count() -> usize {
        ROWS
    }

    /// The scores of a text.
    pub fn scores(&self, features: &Features) -> Scores {
        if self.rows.len() < ROWS {
            return Scores::default();
        }
        let words = self.sum(features.words(), 0);
        let letters = self.sum(features.letters(), 0);
        let marks = self.sum(features.marks(), GRAM_ROWS);
        let (by_words, by_letters) = (share(features.words().len()), share(features.letters().len()));
        let mut scores = [0; HEADS];
        for (at, (score, head)) in scores.iter_mut().zip(&self.heads).enumerate() {
            let sum = i64::from(words[at]) * by_words * i64::from(head.words)
                + i64::from(letters[at]) * by_letters * i64::from(head.letters)
                + ((i64::from(marks[at]) * i64::from(head.marks)) << FRACTION);
            *score = head.bias + (sum >> (2 * FRACTION)) as i32;
        }
        Scores(scores)
    }

    /// How surely `head` says yes at `score`, 0 to 100.
    pub fn percent(&self, head: Head, score: i32) -> u8 {
        self.heads[head.index()].calibration.percent(score)
    }

    /// The head's numbers.
    pub fn head(&self, head: Head) -> &HeadScale {
        &self.heads[head.index()]
    }

    /// What a word's features add to the score of `head`, in an unnamed unit that orders the words of one text.
    pub(super) fn weight_of_word(&self, head: Head, features: &Features, word: usize) -> i64 {
        let one = |rows: &[u16]| -> i64 {
            let weights = rows.iter().filter_map(|row| self.rows.get(usize::from(*row)));
            weights.map(|weights| i64::from(weights[head.index()] as i8)).sum()
        };
        let (words, letters) = features.of_word(word);
        let HeadScale { words: by_word, letters: by_letter, .. } = self.heads[head.index()];
        one(words) * share(features.words().len()) * i64::from(by_word)
            + one(letters) * share(features.letters().len()) * i64::from(by_letter)
    }

    fn sum(&self, rows: &[u16], offset: usize) -> Sums {
        let mut sums = [0; HEADS];
        for batch in rows.chunks(BATCH) {
            let mut part = [0_i16; HEADS];
            for row in batch {
                let Some(weights) = self.rows.get(usize::from(*row) + offset) else { continue };
                for (sum, weight) in part.iter_mut().zip(weights) {
                    *sum += i16::from(*weight as i8);
                }
            }
            for (sum, part) in sums.iter_mut().zip(part) {
                *sum += i32::from(part);
            }
        }
        sums
    }
}

fn head_of(part: &[u8; HEAD_BYTES]) -> HeadScale {
    let mut numbers = [0; HEAD_NUMBERS];
    for (number, bytes) in numbers.iter_mut().zip(part.as_chunks::<4>().0) {
        *number = i32::from_le_bytes(*bytes);
    }
    let mut parts = [0; KNOTS];
    for (part, bytes) in parts.iter_mut().zip(part[HEAD_NUMBERS * 4..].as_chunks::<2>().0) {
        *part = u16::from_le_bytes(*bytes);
    }
    let [bias, words, letters, marks, first, step] = numbers;
    HeadScale { bias, words, letters, marks, calibration: Calibration { first, step, parts } }
}

/// 1/√`count` in 1/65536.
fn share(count: usize) -> i64 {
    ((1_u64 << (2 * FRACTION)) / count.max(1) as u64).isqrt() as i64
}
