//! How much a sentence sounds like a question, whether or not it ends with "?".
//!
//! What enters: the words of one sentence, and what the rules of intent found in it. What leaves: one integer, above zero when
//! the sentence asks. A sentence's rows are its words and pairs, and *anchors*: how it and its clauses begin, how it ends,
//! how long it is, which rules matched. The mark itself is never looked at, so that every sentence of the world that ends with
//! one has taught what a question sounds like. The weights are part of the program, made by `benches/train`.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::tokens::Tokens;

use super::phrasing::{Ending, Joint};

/// How many rows the table has.
pub const ROWS: usize = 1 << ROW_BITS;

const ROW_BITS: u32 = 16;

/// The header of the weights.
const HEADER: usize = 16;

/// A score of so much is a margin of one.
pub const ONE: i32 = 1 << 10;

/// Who ends a sentence with another sign than a question mark seldom asks.
const ENDED: i32 = ONE;

/// No more words of a sentence are looked at.
const MOST_WORDS: usize = 60;

/// What is known of a sentence besides its words.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a cue of its own, and any of them may come together")]
pub struct Cues {
    /// A rule says that it asks.
    pub question: bool,
    /// A rule says that it only looks as if.
    pub rhetorical: bool,
    /// A rule says that it requests something.
    pub request: bool,
    /// It is French rather than English.
    pub french: bool,
    /// How it ends.
    pub ending: Ending,
}

/// The rows of one sentence. It is scratch: filled again and again, it stops allocating.
#[derive(Debug, Default)]
pub struct Sounds {
    /// Words and pairs: their sum is divided by the root of their number.
    pub words: Vec<u16>,
    /// Anchors.
    pub anchors: Vec<u16>,
    french: bool,
    ending: Ending,
}

/// What a row stands for.
#[derive(Debug, Clone, Copy)]
enum Role {
    Word = 1,
    Pair,
    First,
    FirstTwo,
    FirstThree,
    Opener,
    Clause,
    ClauseTwo,
    Last,
    LastTwo,
    Joined,
    Length,
    Rules,
    Language,
}

impl Sounds {
    /// Rows that were taken before.
    pub fn of(words: Vec<u16>, anchors: Vec<u16>, french: bool, ending: Ending) -> Self {
        Self { words, anchors, french, ending }
    }

    /// Replaces what was there by the rows of `sentence`. `joint` tells what stands before a word, `opens` which words may stand
    /// before the first one that counts.
    pub fn fill(
        &mut self,
        tokens: &Tokens,
        sentence: &Range<usize>,
        joint: impl Fn(usize) -> Joint,
        opens: impl Fn(usize) -> bool,
        cues: Cues,
    ) {
        self.words.clear();
        self.anchors.clear();
        (self.french, self.ending) = (cues.french, cues.ending);
        let words = &tokens.words()[sentence.clone()];
        let count = words.iter().filter(|word| !word.is_gap()).count();
        let hash = |at: usize| words.get(at).map_or(0, |word| if word.is_gap() { 1 } else { word.hash });
        let begin = (0..words.len()).find(|at| !opens(sentence.start + at)).unwrap_or(0);
        if begin > 0 {
            self.anchor(Role::Opener, hash(begin - 1));
        }
        self.anchor(Role::First, hash(begin));
        self.anchor(Role::FirstTwo, pair(hash(begin), hash(begin + 1)));
        self.anchor(Role::FirstThree, pair(pair(hash(begin), hash(begin + 1)), hash(begin + 2)));
        for (at, word) in words.iter().enumerate().take(MOST_WORDS) {
            if word.is_gap() {
                continue;
            }
            self.words.push(row(Role::Word, hash(at)));
            if at > 0 {
                self.words.push(row(Role::Pair, pair(hash(at - 1), hash(at))));
                match joint(sentence.start + at) {
                    Joint::Hyphen => self.anchor(Role::Joined, hash(at)),
                    Joint::Clause if at != begin => {
                        self.anchor(Role::Clause, hash(at));
                        self.anchor(Role::ClauseTwo, pair(hash(at), hash(at + 1)));
                    }
                    _ => {}
                }
            }
        }
        if let Some(last) = words.len().checked_sub(1) {
            self.anchor(Role::Last, hash(last));
            self.anchor(Role::LastTwo, pair(hash(last.wrapping_sub(1)), hash(last)));
        }
        self.anchor(Role::Length, (count.min(9) + count.saturating_sub(9).min(24) / 4) as u64);
        self.anchor(Role::Language, u64::from(cues.french));
        let rules = u64::from(cues.question) | u64::from(cues.rhetorical) << 1 | u64::from(cues.request) << 2;
        self.anchor(Role::Rules, rules);
        self.anchor(Role::Rules, 8 | rules | u64::from(cues.french) << 4);
    }

    fn anchor(&mut self, role: Role, value: u64) {
        self.anchors.push(row(role, value));
    }
}

fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(23).wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ second
}

fn row(role: Role, value: u64) -> u16 {
    let mixed = (value ^ ((role as u64) << 57)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 31)).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> (64 - ROW_BITS)) as u16
}

static WEIGHTS: &[u8] = include_bytes!("asking/weights.bin");

static TABLE: LazyLock<Table<'static>> = LazyLock::new(|| Table::parse(WEIGHTS).unwrap_or_default());

/// A table of weights; empty by default, when every score is zero.
#[derive(Debug, Clone, Copy, Default)]
pub struct Table<'a> {
    scale: Scale,
    rows: &'a [u8],
}

/// The numbers before the weights.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scale {
    /// The score of an English sentence without rows.
    pub english: i32,
    /// The score of a French one.
    pub french: i32,
    /// What the sum of words is multiplied by, in 1/65536.
    pub words: i32,
    /// What the sum of anchors is multiplied by, in 1/65536.
    pub anchors: i32,
}

impl Table<'static> {
    /// The table the program has.
    pub fn shared() -> Self {
        *TABLE
    }
}

impl<'a> Table<'a> {
    /// The table in `bytes`; `None` when they are not of its length.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (header, rows) = bytes.split_at_checked(HEADER)?;
        let number = |at: usize| header[at..at + 4].try_into().map_or(0, i32::from_le_bytes);
        let scale = Scale { english: number(0), french: number(4), words: number(8), anchors: number(12) };
        (rows.len() == ROWS).then_some(Self { scale, rows })
    }

    /// The bytes of a table: the inverse of [`Table::parse`].
    pub fn to_bytes(scale: Scale, rows: &[i8]) -> Vec<u8> {
        let Scale { english, french, words, anchors } = scale;
        let mut bytes: Vec<u8> = [english, french, words, anchors].into_iter().flat_map(i32::to_le_bytes).collect();
        bytes.extend(rows.iter().map(|weight| *weight as u8));
        bytes
    }

    /// How much a sentence sounds like a question.
    pub fn score(self, sounds: &Sounds) -> i32 {
        let sum = |rows: &[u16]| -> i64 {
            let weights = rows.iter().filter_map(|row| self.rows.get(usize::from(*row)));
            weights.map(|weight| i64::from(*weight as i8)).sum()
        };
        let Scale { english, french, words, anchors } = self.scale;
        let share = ((1_u64 << 32) / sounds.words.len().max(1) as u64).isqrt() as i64;
        let words = (sum(&sounds.words) * share * i64::from(words)) >> 32;
        let anchors = (sum(&sounds.anchors) * i64::from(anchors)) >> 16;
        let ended = if sounds.ending == Ending::None { 0 } else { ENDED };
        (if sounds.french { french } else { english }) + (words + anchors) as i32 - ended
    }
}

/// How often a sentence of such a score asks, in percent: English and French, as measured on sentences that were not learned
/// from. One point an eighth of a margin, from a quarter below zero on.
const ASKS: [[u8; 14]; 2] =
    [[19, 29, 37, 43, 56, 66, 70, 75, 80, 82, 84, 86, 90, 92], [8, 14, 25, 30, 36, 44, 52, 57, 62, 66, 70, 75, 80, 85]];

/// How surely a sentence of such a score asks, in percent.
pub(super) fn percent(score: i32, french: bool) -> u8 {
    let step = score.saturating_add(ONE / 4) / (ONE / 8);
    ASKS[usize::from(french)][step.clamp(0, 13) as usize]
}
