//! Which older texts share a turn of phrase with a newer one.
//!
//! What enters: keys of phrases, each with the slot of the text that has it. What leaves: the slots under a key. The
//! memory is taken once and never grows: a bucket is one line of the processor's cache, a key that many texts share
//! takes a few places of its bucket and no more, and what finds no place is not kept. So a flood of equal
//! phrases, or of phrases made to fall into one bucket, costs what any other phrase costs.

/// Places of a bucket.
const PLACES: usize = 16;
/// Places of a bucket that one key may take.
const SAME_KEY: u32 = 6;

/// A bucket's places: what is left of the key, and the slot. A tag is never zero, that is a free place.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Bucket {
    tags: [u16; PLACES],
    slots: [u16; PLACES],
}

impl Bucket {
    /// A byte a place, one where the tag is this one.
    fn with(&self, tag: u16) -> u128 {
        let mut found = [0; PLACES];
        for (found, &kept) in found.iter_mut().zip(&self.tags) {
            *found = u8::from(kept == tag);
        }
        u128::from_le_bytes(found)
    }
}

/// The place of the first one.
fn first(bytes: u128) -> usize {
    (bytes.trailing_zeros() / u8::BITS) as usize
}

/// What stands under a key.
#[derive(Debug)]
pub(super) struct Hits<'a> {
    bucket: &'a Bucket,
    same: u128,
    /// True when further ones are not kept under this key.
    pub(super) full: bool,
}

impl Iterator for Hits<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        let slot = (self.same != 0).then(|| self.bucket.slots[first(self.same)]);
        self.same &= self.same.wrapping_sub(1);
        slot
    }
}

/// The phrases of the window.
#[derive(Debug)]
pub(super) struct Index {
    buckets: Box<[Bucket]>,
}

impl Index {
    pub(super) fn new(buckets: usize) -> Self {
        let empty = Bucket { tags: [0; PLACES], slots: [0; PLACES] };
        Self { buckets: vec![empty; buckets.max(1)].into_boxed_slice() }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.buckets.iter().flat_map(|bucket| bucket.tags).filter(|&tag| tag != 0).count()
    }

    /// Where a key is kept and by what it is known there.
    fn place(&self, key: u64) -> (usize, u16) {
        let at = (u128::from(key) * self.buckets.len() as u128) >> 64;
        (at as usize, (key as u16).max(1))
    }

    /// Asks for the places of many keys at once: what is not in the processor's cache comes while others are on their way.
    pub(super) fn await_places(&self, keys: impl Iterator<Item = u64>) {
        let all = keys.fold(0, |all, key| all ^ self.buckets[self.place(key).0].tags[0]);
        std::hint::black_box(all);
    }

    /// The slots under a key.
    pub(super) fn find(&self, key: u64) -> Hits<'_> {
        let (at, tag) = self.place(key);
        let bucket = &self.buckets[at];
        let same = bucket.with(tag);
        Hits { full: same.count_ones() >= SAME_KEY, bucket, same }
    }

    /// Keeps a slot under a key; false when there is no room.
    pub(super) fn insert(&mut self, key: u64, slot: u16) -> bool {
        let (at, tag) = self.place(key);
        let bucket = &mut self.buckets[at];
        let free = bucket.with(0);
        let room = free != 0 && bucket.with(tag).count_ones() < SAME_KEY;
        if room {
            (bucket.tags[first(free)], bucket.slots[first(free)]) = (tag, slot);
        }
        room
    }

    /// Forgets a slot under a key; false when it was not there.
    pub(super) fn remove(&mut self, key: u64, slot: u16) -> bool {
        let (at, tag) = self.place(key);
        let bucket = &mut self.buckets[at];
        let kept = (0..PLACES).find(|&place| bucket.tags[place] == tag && bucket.slots[place] == slot);
        if let Some(place) = kept {
            (bucket.tags[place], bucket.slots[place]) = (0, 0);
        }
        kept.is_some()
    }
}
