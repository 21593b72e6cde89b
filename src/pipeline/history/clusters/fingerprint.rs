//! What is compared of a text: its words as short numbers, those that make all the difference marked.
//!
//! What enters: a text with its tokens. What leaves: a [`Fingerprint`], two bytes a word, at most [`MOST_WORDS`] of them. Case,
//! punctuation, invisible characters, emoji, links, handles and the marks of a repost are not in it; a hashtag is one
//! word; of a quotation with a short remark only what is quoted counts. It is scratch: made again and again, it stops allocating.

use std::ops::Range;

use crate::text::tokens::{Mark, MarkKind, Tokens, Word, hash};

use super::telling::{Telling, telling};

/// Of a longer text, its first so many words are compared.
pub const MOST_WORDS: usize = 64;

/// With fewer words, a text is a copy only of its equal.
pub(super) const FEWEST: usize = 4;

/// The longest remark beside words that somebody else said, in words.
const REMARK: usize = 12;

/// Words between quotation marks at the end of a text that are taken for what it repeats.
const FEWEST_QUOTED: usize = 6;

/// Positions of a text that are looked at to find its words.
const LOOKED_AT: usize = 192;

/// No longer word is forgiven a slip of the pen.
const LONGEST_SPELLING: usize = 24;

/// The bits of a word that are its hash; the two above say what sort of word it is.
pub(super) const HASH: u16 = 0x3FFF;

/// What a word is to the comparison: two texts that differ in one of these are not copies of one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Sort {
    /// Any word.
    Plain = 0,
    /// Somebody, something or somewhere in particular.
    Name = 1 << 14,
    /// A word with a digit in it, or a number in letters.
    Number = 2 << 14,
    /// "not", "lifted", "Monday": with it or with another one of these, it is another message.
    Turn = 3 << 14,
}

impl Sort {
    pub(super) fn of(word: u16) -> Self {
        match word >> 14 {
            0 => Self::Plain,
            1 => Self::Name,
            2 => Self::Number,
            _ => Self::Turn,
        }
    }

    /// True for what there are too many of to tell them by the bits of a word.
    fn has_rest(self) -> bool {
        matches!(self, Self::Name | Self::Number)
    }
}

/// A text as it is compared.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint {
    words: Vec<u16>,
    /// Of each name and number among the words, the rest of its hash, so that none is taken for another by chance.
    rests: Vec<u16>,
    /// The spellings of the names and numbers among the words, to tell a slip of the pen from another name.
    spellings: String,
    /// Where each word's spelling ends in them; it begins where the one before ends.
    ends: Vec<u16>,
    /// True when the end of the text was cut off.
    cut: bool,
}

impl Fingerprint {
    /// Replaces what was there by the fingerprint of `text`, whose tokens these are.
    pub fn fill(&mut self, text: &str, tokens: &Tokens) {
        self.clear();
        self.cut = is_cut_off(text);
        let said = quotation(text).unwrap_or(0..text.len());
        let mut walk = Walk { text, tokens, marks: tokens.marks(), before: 0, street: 0, quoted: 0 };
        let positions = tokens.words().len().min(LOOKED_AT);
        let (mut at, mut begun, mut ended) = (0, None, None);
        while at < positions && self.words.len() < MOST_WORDS {
            let start = tokens.words()[at].span().start;
            if start >= said.start && said.start > 0 {
                begun.get_or_insert(self.words.len());
            }
            if start >= said.end {
                ended.get_or_insert(self.words.len());
            }
            at = self.take(&mut walk, at);
        }
        self.keep_quoted(begun.unwrap_or(0), ended.unwrap_or(self.words.len()), walk.quoted);
        if self.words.len() < FEWEST {
            self.take_whole(text, tokens);
        }
    }

    /// Of words between quotation marks, and of what somebody else said, keeps that alone, if it is enough to be compared
    /// and what its quoter says to it is short.
    fn keep_quoted(&mut self, begin: usize, end: usize, reposted: usize) {
        let remarks = begin + self.words.len() - end;
        let is_remarked =
            (1..=REMARK).contains(&remarks) && end >= begin + if begin > 0 { FEWEST_QUOTED } else { FEWEST };
        let (begin, end) = if is_remarked { (begin, end) } else { (0, self.words.len()) };
        let begin = if (begin..end).contains(&reposted) { reposted } else { begin };
        if end >= begin + FEWEST {
            self.cut_to(begin..end);
        }
    }

    /// Keeps these words only.
    fn cut_to(&mut self, kept: Range<usize>) {
        let (before, among) = (rests(&self.words[..kept.start]), rests(&self.words[kept.clone()]));
        let spelled = if kept.start == 0 { 0 } else { self.ends[kept.start - 1] };
        self.rests.truncate(before + among);
        self.rests.drain(..before);
        self.words.truncate(kept.end);
        self.words.drain(..kept.start);
        self.ends.truncate(kept.end);
        self.ends.drain(..kept.start);
        self.ends.iter_mut().for_each(|end| *end -= spelled);
        self.spellings.drain(..usize::from(spelled));
    }

    /// The words, in order.
    pub fn words(&self) -> &[u16] {
        &self.words
    }

    /// What has to be kept of it, to compare other texts with it later.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes().collect()
    }

    pub(super) fn bytes(&self) -> impl Iterator<Item = u8> {
        let words = self.words.iter().chain(&self.rests).flat_map(|word| word.to_le_bytes());
        // At most 64 words.
        [u8::from(self.cut) << 7 | self.words.len() as u8].into_iter().chain(words)
    }

    /// The rest of the hash of each name and number, by the place of its word; zero for any other word.
    pub(super) fn rests(&self) -> [u16; MOST_WORDS] {
        place_rests(&self.words, self.rests.iter().copied())
    }

    /// True when the end of the text was cut off.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// The spelling of the name or number at `at`; empty for any other word.
    pub(super) fn spelling(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        self.spellings.get(usize::from(start)..usize::from(self.ends[at])).unwrap_or_default()
    }

    fn clear(&mut self) {
        self.words.clear();
        self.rests.clear();
        self.spellings.clear();
        self.ends.clear();
    }
}

/// The filling.
impl Fingerprint {
    /// Takes the word or mark at `at` in; answers with where to go on.
    fn take(&mut self, walk: &mut Walk<'_>, at: usize) -> usize {
        let words = walk.tokens.words();
        while let [mark, rest @ ..] = walk.marks
            && mark.position as usize <= at
        {
            walk.marks = rest;
            if mark.position as usize == at {
                return self.take_mark(walk, mark);
            }
        }
        let word = &words[at];
        if word.is_gap() {
            walk.before = word.span().end;
            return at + 1;
        }
        if walk.is_repost(at) {
            self.said_by_other(walk);
            walk.before = words[at + 1].span().end;
            return at + 2;
        }
        let next = walk.joined(at);
        let start = self.spellings.len();
        words[at..next].iter().for_each(|part| self.spellings.push_str(walk.tokens.folded(part)));
        let spelling = &self.spellings[start..];
        if spelling.starts_with(char::is_alphanumeric) {
            let hash = if next == at + 1 { word.hash } else { hash(spelling) };
            let sort = walk.sort(word, hash, spelling, words.get(next));
            if !sort.has_rest() || spelling.len() > LONGEST_SPELLING {
                self.spellings.truncate(start);
            }
            self.push(sort, hash);
        } else {
            // An emoji says how somebody feels about a text, not another one.
            self.spellings.truncate(start);
        }
        walk.before = words[next - 1].span().end;
        next
    }

    fn take_mark(&mut self, walk: &mut Walk<'_>, mark: &Mark) -> usize {
        if mark.kind == MarkKind::Tag {
            self.push(Sort::Plain, mark.name.hash);
        }
        walk.before = mark.name.span().end;
        (mark.position + mark.width.max(1)) as usize
    }

    fn push(&mut self, sort: Sort, hash: u64) {
        self.words.push(short(hash) | sort as u16);
        if sort.has_rest() {
            self.rests.push(rest(hash));
        }
        // At most 64 spellings of 24 bytes.
        self.ends.push(self.spellings.len() as u16);
    }

    /// What follows are somebody else's words: those before were a remark, if they were few.
    fn said_by_other(&mut self, walk: &mut Walk<'_>) {
        let words = self.words.len();
        if words <= REMARK {
            walk.quoted = words;
        }
    }

    /// A text of few words is a copy of its equal only: its fingerprint is a hash of all that it says, cut in three.
    fn take_whole(&mut self, text: &str, tokens: &Tokens) {
        let whole = if self.words.is_empty() {
            hash(text.trim())
        } else {
            let words = tokens.words().iter().filter(|word| tokens.folded(word).starts_with(char::is_alphanumeric));
            let words = words.filter(|word| telling(word.hash) != Some(Telling::Repost));
            let words = words.fold(0, |whole, word| mix(whole ^ word.hash));
            tokens.links().take(1).fold(words, |whole, link| mix(whole ^ hash(&text[link])))
        };
        self.clear();
        self.words.extend([50, 36, 22].map(|low| (whole >> low) as u16 & HASH));
        self.ends.resize(self.words.len(), 0);
    }
}

/// A text on the way through its words.
struct Walk<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    /// Those that come.
    marks: &'a [Mark],
    /// Where the word before ended.
    before: usize,
    /// How many of the next words may be the name of a street.
    street: u8,
    /// Words before what is reposted.
    quoted: usize,
}

impl Walk<'_> {
    fn is_repost(&self, at: usize) -> bool {
        let words = self.tokens.words();
        words.get(at + 1).is_some_and(Word::is_gap) && telling(words[at].hash) == Some(Telling::Repost)
    }

    /// The word after the one at `at`, with all that hangs on it: "R2-D2" and "R2D2", "don't" and "dont" are the same.
    fn joined(&self, at: usize) -> usize {
        let words = self.tokens.words();
        let mut next = at + 1;
        while let Some(word) = words.get(next)
            && !word.is_gap()
            && self.marks.first().is_none_or(|mark| mark.position as usize != next)
            && next < at + MOST_JOINED
        {
            let between = self.text.get(words[next - 1].span().end..word.span().start).unwrap_or_default();
            if !matches!(between, "'" | "’" | "-" | "." | "/" | ":" | "," | "\u{2011}") {
                break;
            }
            next += 1;
        }
        next
    }

    fn sort(&mut self, word: &Word, hash: u64, spelling: &str, next: Option<&Word>) -> Sort {
        let named = self.street > 0;
        self.street = self.street.saturating_sub(1);
        if spelling.bytes().any(|byte| byte.is_ascii_digit()) {
            return Sort::Number;
        }
        let told = telling(hash);
        match told {
            Some(Telling::Number) => return Sort::Number,
            Some(Telling::Turn) => return Sort::Turn,
            Some(Telling::StreetBefore) => self.street = 2,
            _ => {}
        }
        let is_link = told == Some(Telling::Link);
        self.street += u8::from(is_link && named);
        let street_follows = next.is_some_and(|next| telling(next.hash) == Some(Telling::StreetAfter));
        if (named && !is_link) || street_follows || self.is_name(word) { Sort::Name } else { Sort::Plain }
    }

    /// A capital that no beginning of a sentence asks for.
    fn is_name(&self, word: &Word) -> bool {
        let start = word.span().start;
        let capital = match self.text.as_bytes().get(start) {
            Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
            _ => self.text[start..].starts_with(char::is_uppercase),
        };
        if !capital || word.span().len() < 2 || self.before == 0 {
            return false;
        }
        let between = &self.text.as_bytes()[self.before.min(start)..start];
        !between.iter().any(|byte| matches!(byte, b'.' | b'!' | b'?' | b':' | b'\n' | b'"' | 0x80..))
    }
}

/// Words that may hang together.
const MOST_JOINED: usize = 8;

/// A text as it is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeptText<'a> {
    words: [u16; MOST_WORDS],
    count: usize,
    /// What stands behind the words.
    behind: &'a [u8],
    /// True when its end was cut off.
    pub(super) cut: bool,
}

impl<'a> KeptText<'a> {
    /// Of what [`Fingerprint::to_bytes`] gave, and whatever stands behind it; `None` of anything else.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (&head, rest) = bytes.split_first()?;
        let count = usize::from(head & 127);
        let (kept, behind) = rest.split_at_checked(2 * count)?;
        let mut words = [0; MOST_WORDS];
        for (word, kept) in words.get_mut(..count)?.iter_mut().zip(kept.chunks_exact(2)) {
            *word = u16::from_le_bytes([kept[0], kept[1]]);
        }
        (count > 0).then_some(Self { words, count, behind, cut: head > 127 })
    }

    pub(super) fn words(&self) -> &[u16] {
        &self.words[..self.count]
    }

    /// The rest of the hash of each name and number, by the place of its word; zero for any other word.
    pub(super) fn rests(&self) -> [u16; MOST_WORDS] {
        place_rests(self.words(), self.behind.chunks_exact(2).map(|rest| u16::from_le_bytes([rest[0], rest[1]])))
    }

    /// What stands behind the text; `None` when a part of it is missing.
    pub(super) fn behind(&self) -> Option<&'a [u8]> {
        self.behind.get(2 * rests(self.words())..)
    }
}

/// How many of these have a rest.
fn rests(words: &[u16]) -> usize {
    words.iter().filter(|&&word| Sort::of(word).has_rest()).count()
}

fn place_rests(words: &[u16], mut rests: impl Iterator<Item = u16>) -> [u16; MOST_WORDS] {
    let mut places = [0; MOST_WORDS];
    for (place, _) in places.iter_mut().zip(words).filter(|(_, word)| Sort::of(**word).has_rest()) {
        *place = rests.next().unwrap_or_default();
    }
    places
}

/// What of a text is quoted when it begins or ends with a quotation, without its marks.
fn quotation(text: &str) -> Option<Range<usize>> {
    // Most texts do neither: one look at their bytes tells.
    let bytes = text.as_bytes();
    let begin = bytes.iter().position(|byte| !matches!(byte, b' ' | b'.' | b'\n'))?;
    if matches!(bytes[begin], b'"' | 0x80..)
        && let Some(close) = text[begin..].chars().next().and_then(closing)
    {
        let end = text.rfind(close)?;
        return (end > begin).then_some(begin..end);
    }
    let end = text.trim_ascii_end().len();
    if !matches!(bytes[end - 1], b'"' | 0x80..) {
        return None;
    }
    let open = text[..end].chars().next_back().and_then(opening)?;
    let end = text[..end].char_indices().next_back()?.0;
    let start = text[..end].find(open)?;
    Some(start..end)
}

fn closing(mark: char) -> Option<char> {
    Some(match mark {
        '"' => '"',
        '“' | '”' => '”',
        '«' => '»',
        _ => return None,
    })
}

fn opening(mark: char) -> Option<char> {
    Some(match mark {
        '"' => '"',
        '”' => '“',
        '»' => '«',
        _ => return None,
    })
}

/// An ellipsis at the end, a link after it or not.
fn is_cut_off(text: &str) -> bool {
    let end = text.trim_ascii_end();
    let last = end.as_bytes().iter().rposition(u8::is_ascii_whitespace).map_or(0, |space| space + 1);
    let end = if end[last..].starts_with("http") { end[..last].trim_ascii_end() } else { end };
    end.ends_with('…') || end.ends_with("...")
}

/// 14 bits of a word's hash.
fn short(hash: u64) -> u16 {
    (mix(hash) >> 50) as u16
}

/// 16 other bits of it, never zero.
fn rest(hash: u64) -> u16 {
    ((mix(hash) >> 20) as u16).max(1)
}

/// The short form of a folded word, and the rest of its hash.
pub(super) fn forms_of(folded: &str) -> (u16, u16) {
    let hash = hash(folded);
    (short(hash), rest(hash))
}

/// Spreads the bits of a number over all of it.
pub(super) fn mix(value: u64) -> u64 {
    let product = u128::from(value ^ 0x2545_F491_4F6C_DD1D) * 0xD6E8_FEB8_6659_FD93_u128;
    (product as u64) ^ ((product >> 64) as u64)
}
