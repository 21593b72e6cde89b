//! Which mentions stand in the window, and where.
//!
//! What enters: the key of a mention and its turn. What leaves: where in the ring it stands. Open addressing over
//! turns; the keys themselves stand in the ring. A key whose place is too far from where it belongs is not kept, so that
//! keys made to collide cost no more than others.

/// Places that are looked at for a key.
const REACH: usize = 32;

/// Two bytes a place, twice as many places as mentions.
#[derive(Debug)]
pub(super) struct Known {
    /// Positions in the ring plus one; zero is free.
    places: Box<[u16]>,
}

impl Known {
    pub(super) fn new(window: usize) -> Self {
        Self { places: vec![0; (window * 2).max(1)].into_boxed_slice() }
    }

    fn around(&self, key: u64) -> impl Iterator<Item = usize> + use<> {
        let count = self.places.len();
        let home = ((u128::from(key) * count as u128) >> 64) as usize;
        (home..home + REACH).map(move |at| at % count)
    }

    /// The ring's position of a key; `is` compares it with the key at a position.
    pub(super) fn find(&self, key: u64, is: impl Fn(u16) -> bool) -> Option<u16> {
        self.around(key).filter_map(|at| self.places[at].checked_sub(1)).find(|&position| is(position))
    }

    /// Keeps a key's position, where there is room for it.
    pub(super) fn insert(&mut self, key: u64, position: u16) {
        if let Some(free) = self.around(key).find(|&at| self.places[at] == 0) {
            self.places[free] = position + 1;
        }
    }

    /// Forgets a key's position.
    pub(super) fn remove(&mut self, key: u64, position: u16) {
        if let Some(kept) = self.around(key).find(|&at| self.places[at] == position + 1) {
            self.places[kept] = 0;
        }
    }
}
