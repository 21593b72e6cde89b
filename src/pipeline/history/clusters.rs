//! Near-copies among what was said lately: reposts, copy-paste campaigns, small edits.
//!
//! What enters: fingerprints of mentions in the order of arrival. What leaves: the cluster a mention belongs to. A cluster is
//! a star: a text joins the oldest one whose first text it is near to, so that no chain of small steps leads from one
//! matter to another. A window of mentions is remembered; a cluster is, as long as one of its mentions stands in it.
//! Nothing here depends on the machine, and neither memory nor the work for a mention grows with what is said.

mod alike;
mod fingerprint;
mod index;
mod known;
mod telling;

use std::collections::HashMap;

use alike::{EQUAL, Newer};
use fingerprint::{HASH, KeptText, forms_of, mix};
use index::Index;
use known::Known;

pub use fingerprint::{Fingerprint, MOST_WORDS};

/// How many mentions are remembered.
pub const WINDOW: usize = 60_000;

/// Buckets of sixteen phrases in hundredths of the window.
const BUCKETS: usize = 120;
/// A text is found by so many of its phrases at most.
const KEPT_PHRASES: usize = 24;
/// So many of the texts that share most phrases with a new one are compared with it.
const COMPARED: usize = 8;
/// Sightings of texts by phrases that are counted.
const COUNTED: usize = 320;
/// A younger cluster is preferred to an older one when it is nearer by so much, in per mille.
const NEARER: u32 = 60;
/// What a shared phrase counts when few texts have it; when many do, one.
const RARE: u16 = 2;
/// Texts of fewer words are compared when they share one such phrase, others when they share two.
const FEW_WORDS: usize = 8;
/// How common a usual word counts as from the beginning.
const USUAL: u16 = 4_000;

/// A cluster as it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    slot: u16,
    born: u32,
    /// True when the mention itself stands in the window already.
    again: bool,
}

/// The first text of a cluster.
#[derive(Debug, Default)]
struct First {
    /// Its [`Fingerprint::to_bytes`], then the mention's id.
    data: Box<[u8]>,
    /// Mentions that have joined, itself among them.
    size: u32,
    /// The order of clusters.
    born: u32,
    /// Mentions that stand in the window.
    present: u16,
}

impl First {
    fn text(&self) -> Option<KeptText<'_>> {
        KeptText::read(&self.data)
    }

    fn id(&self) -> &str {
        let id = self.text().and_then(|text| text.behind());
        id.and_then(|id| str::from_utf8(id).ok()).unwrap_or_default()
    }
}

/// A cluster as it was kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// Names it among the others that were kept.
    pub number: i64,
    /// The id of its first mention.
    pub id: &'a str,
    /// That one's [`Fingerprint::to_bytes`].
    pub text: &'a [u8],
    /// How many mentions have joined.
    pub size: u32,
}

/// The clusters of the window.
#[derive(Debug)]
pub struct Clusters {
    window: usize,
    /// By slot; slot 0 is nobody's.
    firsts: Vec<First>,
    free: Vec<u16>,
    born: u32,
    index: Index,
    /// How many of the first texts have a word.
    usage: Box<[u16]>,
    known: Known,
    /// Key and cluster of each mention, by its turn.
    ring: Vec<(u64, u16)>,
    turn: usize,
}

impl Clusters {
    /// Of so many mentions, at most 65,000.
    pub fn new(window: usize) -> Self {
        let window = window.clamp(1, 65_000);
        let mut usage = vec![0; usize::from(HASH) + 1].into_boxed_slice();
        telling::usual().for_each(|word| usage[usize::from(forms_of(word).0)] = USUAL);
        Self {
            window,
            firsts: vec![First::default()],
            free: Vec::new(),
            born: 0,
            index: Index::new(window * BUCKETS / 100),
            usage,
            known: Known::new(window),
            ring: Vec::new(),
            turn: 0,
        }
    }

    /// The cluster to which the mention with this key and text belongs; `None` when it begins one. Changes nothing.
    pub fn find(&self, key: u64, print: &Fingerprint) -> Option<Found> {
        let at = |position: u16| self.ring.get(usize::from(position)).is_some_and(|(kept, _)| *kept == key);
        if let Some(position) = self.known.find(key, at) {
            let slot = self.ring[usize::from(position)].1;
            return Some(Found { slot, born: self.firsts[usize::from(slot)].born, again: true });
        }
        let mut candidates = [0_u16; COMPARED];
        let count = self.candidates(print, &mut candidates);
        let candidates = &mut candidates[..count];
        if candidates.is_empty() {
            return None;
        }
        candidates.sort_unstable_by_key(|&slot| self.firsts[usize::from(slot)].born);
        let weigh = |word: u16| self.weight(word);
        let newer = Newer::new(print, weigh);
        let mut best: Option<(u32, u16)> = None;
        for &slot in candidates.iter() {
            if let Some(older) = self.firsts[usize::from(slot)].text()
                && let Some(near) = newer.nearness(&older, weigh)
                && best.is_none_or(|(nearest, _)| near > nearest + NEARER)
            {
                best = Some((near, slot));
            }
            if best.is_some_and(|(nearest, _)| nearest + NEARER >= EQUAL) {
                break;
            }
        }
        best.map(|(_, slot)| Found { slot, born: self.firsts[usize::from(slot)].born, again: false })
    }

    /// The id of a cluster's first mention, and how many belong to it with the one that asks.
    pub fn cluster(&self, found: Found) -> (&str, u32) {
        let first = &self.firsts[usize::from(found.slot)];
        (first.id(), first.size + u32::from(!found.again))
    }

    /// Remembers a mention as what [`Clusters::find`] has found it to be.
    pub fn observe(&mut self, key: u64, id: &str, print: &Fingerprint, found: Option<Found>) {
        let found = found.filter(|found| {
            let first = self.firsts.get(usize::from(found.slot));
            first.is_some_and(|first| first.present > 0 && first.born == found.born)
        });
        if found.is_some_and(|found| found.again) {
            return;
        }
        if self.ring.len() == self.window {
            self.leave();
        }
        let slot = match found {
            Some(found) if self.firsts[usize::from(found.slot)].present > 0 => found.slot,
            _ => self.begin(print.bytes().chain(id.bytes()).collect()),
        };
        let first = &mut self.firsts[usize::from(slot)];
        first.size = first.size.saturating_add(1);
        self.stand(key, slot);
    }

    /// Clusters as they were: the first mention of each, and then the mentions of the window, each by its key and the number
    /// of its cluster's first. What is not known is left out.
    pub fn restore<'k>(&mut self, clusters: impl Iterator<Item = Kept<'k>>, mentions: &[(u64, i64)]) {
        let mut slots = HashMap::new();
        let mentions = &mentions[mentions.len().saturating_sub(self.window)..];
        for (_, number) in mentions {
            slots.insert(*number, 0);
        }
        for kept in clusters {
            if let Some(slot) = slots.get_mut(&kept.number)
                && KeptText::read(kept.text).is_some_and(|text| text.behind() == Some(&[]))
            {
                *slot = self.begin([kept.text, kept.id.as_bytes()].concat());
                self.firsts[usize::from(*slot)].size = kept.size;
            }
        }
        for (key, number) in mentions {
            if let Some(&slot) = slots.get(number).filter(|&&slot| slot != 0) {
                self.stand(*key, slot);
            }
        }
    }

    /// Puts a mention into the window.
    fn stand(&mut self, key: u64, slot: u16) {
        self.firsts[usize::from(slot)].present += 1;
        let position = self.turn % self.window;
        match self.ring.get_mut(position) {
            Some(place) => *place = (key, slot),
            None => self.ring.push((key, slot)),
        }
        self.known.insert(key, position as u16);
        self.turn = (self.turn + 1) % self.window;
    }

    /// The oldest mention of a full window goes.
    fn leave(&mut self) {
        let (key, slot) = self.ring[self.turn];
        self.known.remove(key, self.turn as u16);
        let first = &mut self.firsts[usize::from(slot)];
        first.present -= 1;
        if first.present > 0 {
            return;
        }
        let first = std::mem::take(first);
        let Some(text) = first.text() else { return };
        let words = text.words();
        for word in words {
            let usage = &mut self.usage[usize::from(word & HASH)];
            *usage = usage.saturating_sub(1);
        }
        let (index, phrases) = (&mut self.index, Phrases::of(words));
        index.await_places(phrases.keys());
        for (phrase, longer) in phrases.each() {
            let _ = index.remove(phrase, slot) || longer.is_some_and(|longer| index.remove(longer, slot));
        }
        self.free.push(slot);
    }

    /// A cluster with this first text.
    fn begin(&mut self, data: Vec<u8>) -> u16 {
        self.born += 1;
        let first = First { data: data.into_boxed_slice(), size: 0, born: self.born, present: 0 };
        let slot = if let Some(slot) = self.free.pop() {
            self.firsts[usize::from(slot)] = first;
            slot
        } else {
            self.firsts.push(first);
            (self.firsts.len() - 1) as u16
        };
        let Some(text) = self.firsts[usize::from(slot)].text() else { return slot };
        let words = text.words();
        for &word in words {
            let usage = &mut self.usage[usize::from(word & HASH)];
            *usage = usage.saturating_add(1);
        }
        let index = &mut self.index;
        for (phrase, longer) in Phrases::of(words).each() {
            let _ = index.insert(phrase, slot) || longer.is_some_and(|longer| index.insert(longer, slot));
        }
        slot
    }

    /// How much a word tells: the rarer, the more.
    fn weight(&self, word: u16) -> u8 {
        let usage = self.usage[usize::from(word & HASH)].max(1);
        (16 - usage.ilog2()) as u8
    }

    /// The slots of the texts that share most with this one, and of those that have all its words; answers with how many.
    fn candidates(&self, print: &Fingerprint, best: &mut [u16; COMPARED]) -> usize {
        let words = print.words();
        let mut keys = [0; MOST_WORDS];
        for (key, two) in keys.iter_mut().zip(words.windows(2)) {
            *key = pair(two[0], two[1]);
        }
        let keys = &keys[..words.len().saturating_sub(1)];
        self.index.await_places(keys.iter().copied());
        let mut seen = Seen { sightings: [(0, 0); COUNTED], count: 0 };
        seen.note(self.index.find(whole(words)), EQUAL as u16);
        for (at, &key) in keys.iter().enumerate() {
            let hits = self.index.find(key);
            let full = hits.full;
            seen.note(hits, if full { 1 } else { RARE });
            if full && at + 2 < words.len() {
                let hits = self.index.find(triple(words[at], words[at + 1], words[at + 2]));
                let full = hits.full;
                seen.note(hits, if full { 1 } else { RARE });
            }
        }
        seen.best(if words.len() < FEW_WORDS { RARE } else { 2 * RARE }, best)
    }
}

/// Texts that share phrases with a new one, as they were met.
struct Seen {
    /// Slot and weight.
    sightings: [(u16, u16); COUNTED],
    count: usize,
}

impl Seen {
    fn note(&mut self, slots: impl Iterator<Item = u16>, weight: u16) {
        for (slot, place) in slots.zip(&mut self.sightings[self.count..]) {
            *place = (slot, weight);
            self.count += 1;
        }
    }

    /// Those of the greatest weight, this at least; answers with how many.
    fn best(&mut self, least: u16, best: &mut [u16; COMPARED]) -> usize {
        let sightings = &mut self.sightings[..self.count];
        sightings.sort_unstable();
        let mut weights = [0; COMPARED];
        let mut found = 0;
        for same in sightings.chunk_by(|a, b| a.0 == b.0) {
            let weight = same.iter().map(|(_, weight)| weight).sum::<u16>();
            let at = weights[..found].iter().position(|&kept| kept < weight).unwrap_or(found);
            if weight >= least && at < COMPARED {
                found = (found + 1).min(COMPARED);
                weights[at..found].rotate_right(1);
                best[at..found].rotate_right(1);
                (weights[at], best[at]) = (weight, same[0].0);
            }
        }
        found
    }
}

/// The key of two words, and of three: what an index knows a text by.
fn pair(first: u16, second: u16) -> u64 {
    mix(u64::from(first & HASH) << 16 | u64::from(second & HASH))
}

fn triple(first: u16, second: u16, third: u16) -> u64 {
    mix(1 << 62 | u64::from(first & HASH) << 32 | u64::from(second & HASH) << 16 | u64::from(third & HASH))
}

fn whole(words: &[u16]) -> u64 {
    words.iter().fold(3 << 62, |whole, &word| mix(whole ^ u64::from(word & HASH)))
}

/// The phrases by which a first text is found: the whole text, and the pairs with the smallest keys, which are mostly the same
/// ones in near-copies.
struct Phrases<'a> {
    words: &'a [u16],
    whole: u64,
    /// Keys of pairs and where they begin.
    pairs: [(u64, usize); MOST_WORDS],
    count: usize,
}

impl<'a> Phrases<'a> {
    fn of(words: &'a [u16]) -> Self {
        let mut phrases = Self { words, whole: whole(words), pairs: [(0, 0); MOST_WORDS], count: 0 };
        let pairs = &mut phrases.pairs[..words.len().saturating_sub(1)];
        for (at, kept) in pairs.iter_mut().enumerate() {
            *kept = (pair(words[at], words[at + 1]), at);
        }
        if pairs.len() > KEPT_PHRASES {
            pairs.select_nth_unstable(KEPT_PHRASES - 1);
        }
        phrases.count = pairs.len().min(KEPT_PHRASES);
        phrases
    }

    fn keys(&self) -> impl Iterator<Item = u64> {
        self.pairs[..self.count].iter().map(|(key, _)| *key)
    }

    /// Each key, and the key of one word more that serves where many texts share it.
    fn each(&self) -> impl Iterator<Item = (u64, Option<u64>)> {
        let longer = |at: usize| self.words.get(at + 2).map(|&third| triple(self.words[at], self.words[at + 1], third));
        let pairs = self.pairs[..self.count].iter().map(move |&(key, at)| (key, longer(at)));
        std::iter::once((self.whole, None)).chain(pairs)
    }
}

#[cfg(test)]
mod tests;
