//! The posts of the last hour, counted in half minutes, and the windows that end now.
//!
//! What enters: posts by the instant they were posted, also late ones. What leaves: how many stand in each window.
//! Bounded: half minutes, however many posts a storm brings.

/// The lengths of the windows in minutes: the short ones call a sudden rise early, the long ones a slow one at all.
pub(super) const MINUTES: [i64; 5] = [5, 10, 15, 30, 60];
/// The longest of them.
pub(super) const HOUR: usize = 4;

/// Seconds in a slot.
pub(super) const SLOT: i64 = 30;
/// Slots that are kept: the longest window's, as a power of two.
const SLOTS: usize = 128;
/// Slots of the longest window.
const REACH: i64 = 60 * 60 / SLOT;

/// What a post counts for, or what posts counted for together, in quarters of a post.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Quarters {
    /// With copies, replies and repeated authors discounted.
    pub organic: u32,
    /// Every author, whatever was said.
    pub volume: u32,
}

impl Quarters {
    /// One whole post.
    pub(super) const ONE: u32 = 4;

    fn add(&mut self, other: Self) {
        self.organic = self.organic.saturating_add(other.organic);
        self.volume = self.volume.saturating_add(other.volume);
    }

    fn take(&mut self, other: Self) {
        self.organic = self.organic.saturating_sub(other.organic);
        self.volume = self.volume.saturating_sub(other.volume);
    }
}

/// The sum of each window.
pub(super) type Sums = [Quarters; MINUTES.len()];

/// The slots of the last hour.
#[derive(Debug, Clone)]
pub(super) struct Window {
    slots: [(u16, u16); SLOTS],
    /// The newest slot, by its number since 1970.
    newest: i64,
    sums: Sums,
}

impl Default for Window {
    fn default() -> Self {
        Self { slots: [(0, 0); SLOTS], newest: 0, sums: Sums::default() }
    }
}

impl Window {
    /// The windows that end at `at`, in seconds since 1970, or at the newest post where that is later.
    pub(super) fn sums(&self, at: i64) -> Sums {
        let mut sums = self.sums;
        let end = at.div_euclid(SLOT);
        if end - self.newest >= REACH {
            return Sums::default();
        }
        for (sum, minutes) in sums.iter_mut().zip(MINUTES) {
            let length = slots_of(minutes);
            for left in self.newest - length + 1..=(end - length).min(self.newest) {
                sum.take(self.slot(left));
            }
        }
        sums
    }

    /// The instant at which the windows end when a post of `at` was the last.
    pub(super) fn end(&self, at: i64) -> i64 {
        at.max(self.newest * SLOT)
    }

    /// Moves the windows' end to `at`, if that is later.
    pub(super) fn advance(&mut self, at: i64) {
        let end = at.div_euclid(SLOT);
        if end <= self.newest {
            return;
        }
        self.sums = self.sums(at);
        let first = (self.newest + 1).max(end - SLOTS as i64 + 1);
        for slot in first..=end {
            self.slots[index(slot)] = (0, 0);
        }
        self.newest = end;
    }

    /// Counts a post. One older than the longest window counts nowhere.
    pub(super) fn add(&mut self, at: i64, post: Quarters) {
        self.advance(at);
        let slot = at.div_euclid(SLOT);
        if slot <= self.newest - REACH {
            return;
        }
        let (before, kept) = (self.slot(slot), &mut self.slots[index(slot)]);
        kept.0 = kept.0.saturating_add(u16::try_from(post.organic).unwrap_or(u16::MAX));
        kept.1 = kept.1.saturating_add(u16::try_from(post.volume).unwrap_or(u16::MAX));
        let mut added = Quarters { organic: u32::from(kept.0), volume: u32::from(kept.1) };
        added.take(before);
        for (sum, minutes) in self.sums.iter_mut().zip(MINUTES) {
            if slot > self.newest - slots_of(minutes) {
                sum.add(added);
            }
        }
    }

    fn slot(&self, slot: i64) -> Quarters {
        let (organic, volume) = self.slots[index(slot)];
        Quarters { organic: u32::from(organic), volume: u32::from(volume) }
    }
}

/// How long a window that ends at `at` reaches back, in seconds: its last slot has only begun.
pub(super) fn length(minutes: i64, at: i64) -> i64 {
    minutes * 60 - SLOT + at.rem_euclid(SLOT) + 1
}

fn slots_of(minutes: i64) -> i64 {
    minutes * 60 / SLOT
}

fn index(slot: i64) -> usize {
    usize::try_from(slot.rem_euclid(SLOTS as i64)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: Quarters = Quarters { organic: 4, volume: 4 };

    fn organic(sums: Sums) -> Vec<u32> {
        sums.iter().map(|sum| sum.organic / 4).collect()
    }

    #[test]
    fn a_post_leaves_each_window_in_turn() {
        let mut window = Window::default();
        window.add(100_000, POST);
        window.add(100_200, POST);
        assert_eq!(organic(window.sums(100_200)), [2, 2, 2, 2, 2]);
        assert_eq!(organic(window.sums(100_400)), [1, 2, 2, 2, 2]);
        assert_eq!(organic(window.sums(102_000)), [0, 0, 0, 0, 2]);
        assert_eq!(organic(window.sums(110_000)), [0; 5]);
        window.add(102_000, POST);
        assert_eq!(organic(window.sums(102_000)), [1, 1, 1, 1, 3]);
    }

    #[test]
    fn the_order_of_arrival_does_not_matter_within_the_hour() {
        let posts = [7, 400, 900, 1300, 2000, 2100, 2100, 3400].map(|second| 500_000 + second);
        let (mut sorted, mut mixed) = (Window::default(), Window::default());
        for &at in &posts {
            sorted.add(at, POST);
        }
        for at in [3, 7, 0, 5, 1, 6, 2, 4].map(|place| posts[place]) {
            mixed.add(at, POST);
        }
        assert_eq!(organic(sorted.sums(503_600)), organic(mixed.sums(503_600)));
        mixed.add(400_000, POST);
        assert_eq!(organic(sorted.sums(503_600)), organic(mixed.sums(503_600)), "too late to count");
    }
}
