//! Which words and hashtags are said more than before.
//!
//! What enters: the words of each post about a subject, as hashes. What leaves: the words that rose most since a rise
//! began. Bounded whatever is written: the words of so many posts, so many words of each; a spelling is kept only of
//! words that rose, taken from a post that brings them.

use std::sync::Arc;

use crate::text::tokens::{MarkKind, Tokens};

/// The posts whose words are kept.
const POSTS: usize = 96;
/// The words kept of a post: its hashtags, then its longest words.
const WORDS: usize = 12;
/// Words that rose and are told.
const TOLD: usize = 5;
/// A word must stand in so many posts of a rise.
const LEAST: u32 = 3;
/// Shorter words say little, and most of them are in every post.
const SHORTEST: usize = 4;

/// The words of one post, as hashes; 0 where there are no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    hashes: [u32; WORDS],
}

impl Default for Words {
    fn default() -> Self {
        Self { hashes: [0; WORDS] }
    }
}

impl Words {
    /// The hashtags of a post and its longest words, each once.
    pub(super) fn of(tokens: &Tokens) -> Self {
        let mut words = Self::default();
        let mut filled = 0;
        let tags = tokens.marks().iter().filter(|mark| mark.kind == MarkKind::Tag).map(|mark| mark.name.hash);
        for hash in tags.take(WORDS / 2).map(short) {
            words.put(&mut filled, hash);
        }
        let mut shortest = usize::MAX;
        // The longest first, in a few passes over few words, without sorting.
        for length in [9, 6, SHORTEST] {
            for word in tokens.words().iter().filter(|word| (length..shortest).contains(&word.folded_len())) {
                words.put(&mut filled, short(word.hash));
            }
            shortest = length;
        }
        words
    }

    fn put(&mut self, filled: &mut usize, hash: u32) {
        if *filled < WORDS && !self.hashes[..*filled].contains(&hash) {
            self.hashes[*filled] = hash;
            *filled += 1;
        }
    }
}

/// A word that rose.
#[derive(Debug, Clone, PartialEq)]
struct Risen {
    hash: u32,
    rise: f64,
    spelling: Option<Arc<str>>,
}

/// The words of the last posts about a subject.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// The instant and the words of each post; a ring.
    posts: Vec<(i64, Words)>,
    next: usize,
    risen: Vec<Risen>,
}

impl Terms {
    /// Keeps the words of a post.
    pub(super) fn keep(&mut self, at: i64, words: Words) {
        if self.posts.len() < POSTS {
            self.posts.push((at, words));
        } else if let Some(oldest) = self.posts.get_mut(self.next) {
            *oldest = (at, words);
        }
        self.next = (self.next + 1) % POSTS;
    }

    /// Finds the words that rose since `since`: the share of posts that say them against the share before, `common` where
    /// nothing is known of before. `common` answers how often of a thousand posts about anything say a word.
    pub(super) fn find(&mut self, since: i64, common: impl Fn(u32) -> f64) {
        let (now, before): (Vec<_>, Vec<_>) = self.posts.iter().partition(|(at, _)| *at >= since);
        let mut counted = counted(&now);
        counted.retain(|(_, count)| *count >= LEAST);
        let (posts, earlier) = (as_f64(now.len()), as_f64(before.len()));
        let mut risen: Vec<Risen> = counted
            .into_iter()
            .map(|(hash, count)| {
                let said = as_f64(before.iter().filter(|(_, words)| words.hashes.contains(&hash)).count());
                // A few posts of the past are weighed with what is said of anything.
                let usual = (said + 4.0 * common(hash)) / (earlier + 4.0);
                let expected = posts * usual;
                let rise = (f64::from(count) - expected) / (expected + 1.0).sqrt();
                Risen { hash, rise, spelling: None }
            })
            .filter(|word| word.rise >= 1.0)
            .collect();
        risen.sort_by(|a, b| b.rise.total_cmp(&a.rise).then(a.hash.cmp(&b.hash)));
        risen.truncate(TOLD);
        for word in &mut risen {
            word.spelling = self.risen.iter().find(|old| old.hash == word.hash).and_then(|old| old.spelling.clone());
        }
        self.risen = risen;
    }

    /// The words that rose and whose spelling is not known.
    pub(super) fn unspelled(&self) -> impl Iterator<Item = u32> {
        self.risen.iter().filter(|word| word.spelling.is_none()).map(|word| word.hash)
    }

    /// Takes the spelling of a word that rose.
    pub(super) fn spell(&mut self, hash: u32, spelling: &Arc<str>) {
        for word in self.risen.iter_mut().filter(|word| word.hash == hash) {
            word.spelling.get_or_insert_with(|| spelling.clone());
        }
    }

    /// Forgets what rose.
    pub(super) fn calm(&mut self) {
        self.risen.clear();
    }

    /// The words that rose, the most first.
    pub(super) fn risen(&self) -> impl Iterator<Item = Arc<str>> {
        self.risen.iter().filter_map(|word| word.spelling.clone())
    }
}

/// Longer spellings are cut.
const LONGEST: usize = 32;

/// How a post that brings a word spells it, folded; a hashtag with its sign.
pub(super) fn spelling(tokens: &Tokens, hash: u32) -> Option<Arc<str>> {
    let cut = |spelling: &str| spelling.chars().take(LONGEST).collect::<String>();
    let mut marks = tokens.marks().iter();
    let tag = marks.find(|mark| mark.kind == MarkKind::Tag && short(mark.name.hash) == hash);
    if let Some(tag) = tag {
        return Some(format!("#{}", cut(tokens.folded(&tag.name))).into());
    }
    let word = tokens.words().iter().find(|word| !word.is_gap() && short(word.hash) == hash)?;
    Some(cut(tokens.folded(word)).into())
}

/// How many posts say each word.
fn counted(posts: &[&(i64, Words)]) -> Vec<(u32, u32)> {
    let mut hashes: Vec<u32> = posts.iter().flat_map(|(_, words)| words.hashes).filter(|hash| *hash != 0).collect();
    hashes.sort_unstable();
    let mut counted: Vec<(u32, u32)> = Vec::new();
    for hash in hashes {
        match counted.last_mut() {
            Some((last, count)) if *last == hash => *count += 1,
            _ => counted.push((hash, 1)),
        }
    }
    counted
}

fn short(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or_default().max(1)
}

fn as_f64(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// How often words are said of anything: counts in a table of fixed size, where words that share a place count together.
#[derive(Debug, Default)]
pub(super) struct Common {
    /// Made with the first post.
    counts: Vec<u16>,
    posts: u16,
}

impl Common {
    const PLACES: usize = 1 << 13;
    /// After so many posts all counts are halved.
    const POSTS: u16 = 1 << 12;

    /// Counts the words of a post.
    pub(super) fn count(&mut self, words: &Words) {
        if self.counts.is_empty() {
            self.counts = vec![0; Self::PLACES];
        }
        for hash in words.hashes.iter().take_while(|hash| **hash != 0) {
            if let Some(count) = self.counts.get_mut(Self::place(*hash)) {
                *count += 1;
            }
        }
        self.posts += 1;
        if self.posts == Self::POSTS {
            self.posts /= 2;
            self.counts.iter_mut().for_each(|count| *count /= 2);
        }
    }

    /// The share of posts that say a word.
    pub(super) fn share(&self, hash: u32) -> f64 {
        let count = self.counts.get(Self::place(hash)).copied().unwrap_or_default();
        f64::from(count) / (f64::from(self.posts) + 1.0)
    }

    fn place(hash: u32) -> usize {
        usize::try_from(hash).unwrap_or_default() % Self::PLACES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(terms: &mut Terms, at: i64, text: &str) {
        terms.keep(at, Words::of(&Tokens::of(text)));
    }

    fn risen(terms: &mut Terms, texts: &[&str]) -> Vec<String> {
        terms.find(1000, |_| 0.0);
        for hash in terms.unspelled().collect::<Vec<_>>() {
            if let Some(spelling) = texts.iter().find_map(|text| spelling(&Tokens::of(text), hash)) {
                terms.spell(hash, &spelling);
            }
        }
        terms.risen().map(|term| term.to_string()).collect()
    }

    #[test]
    fn the_words_of_a_rise_are_told_and_the_usual_ones_are_not() {
        let mut terms = Terms::default();
        for at in 0..30 {
            said(&mut terms, at, "the water main on Birch is closed again");
        }
        let rise =
            ["brown water again #ElmStreet", "why is my water brown #ElmStreet", "brown water, brown! #elmstreet"];
        for (at, text) in (1000..).zip(rise) {
            said(&mut terms, at, text);
        }
        assert_eq!(risen(&mut terms, &rise), ["#elmstreet", "brown"]);
    }

    #[test]
    fn a_hostile_vocabulary_takes_no_more_memory() {
        let (mut terms, mut common) = (Terms::default(), Common::default());
        for post in 0..5000_i64 {
            let text = (0..200).map(|word| format!("word{post}x{word}")).collect::<Vec<_>>().join(" ");
            let words = Words::of(&Tokens::of(&text));
            terms.keep(post, words);
            common.count(&words);
        }
        assert_eq!(terms.posts.len(), POSTS);
        assert_eq!(risen(&mut terms, &[]).len(), 0);
    }
}
