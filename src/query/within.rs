//! Words of a phrase that stand near each other: `"brown tap water"~6`.
//!
//! What enters: the positions of each word of the phrase. What leaves: whether the words can be given positions, each
//! its own, of which the first and the last are at most so far apart, and every position that takes part in such a
//! choice. Several wildcards may want the same position, so words are assigned to positions rather than counted.

use crate::query::MAX_WITHIN_WORDS;

/// The memory of one search; filled again and again.
#[derive(Debug, Default)]
pub(super) struct Within {
    slots: Vec<Slot>,
}

/// A position with the words of the phrase that stand there, one bit each.
#[derive(Debug, Clone, Copy)]
struct Slot {
    position: u32,
    words: u32,
    counts: bool,
}

impl Within {
    pub(super) fn clear(&mut self) {
        self.slots.clear();
    }

    /// The `word`-th word of the phrase stands at `position`.
    pub(super) fn add(&mut self, position: u32, word: usize) {
        self.slots.push(Slot { position, words: 1 << word, counts: false });
    }

    /// Finds the choices of `words` words; true when there is one. With `all`, every position of every choice is marked
    /// for [`Within::positions`]; otherwise the first choice ends it.
    pub(super) fn find(&mut self, words: usize, distance: u32, ordered: bool, all: bool) -> bool {
        self.slots.sort_unstable_by_key(|slot| slot.position);
        self.slots.dedup_by(|next, kept| {
            let same = next.position == kept.position;
            if same {
                kept.words |= next.words;
            }
            same
        });
        let (mut found, mut end) = (false, 0);
        for start in 0..self.slots.len() {
            let farthest = self.slots[start].position.saturating_add(distance);
            let before = end;
            end = end.max(start);
            while self.slots.get(end).is_some_and(|slot| slot.position <= farthest) {
                end += 1;
            }
            let window = &mut self.slots[start..end];
            found |= if ordered {
                in_order(window, words)
            } else {
                // A window within the one before has no choice that that one had not.
                end > before && in_any_order(window, words)
            };
            if found && !all {
                return true;
            }
        }
        found
    }

    /// The positions that count, in the order of the text.
    pub(super) fn positions(&self) -> impl Iterator<Item = u32> {
        self.slots.iter().filter(|slot| slot.counts).map(|slot| slot.position)
    }
}

/// Marks every slot of the window that a choice beginning at its first slot uses.
fn in_order(window: &mut [Slot], words: usize) -> bool {
    // The earliest slot of each word after those before it, and the latest one before those after it.
    let (mut earliest, mut latest) = ([usize::MAX; MAX_WITHIN_WORDS], [0; MAX_WITHIN_WORDS]);
    let mut next = 0;
    for (at, slot) in window.iter().enumerate() {
        if next < words && slot.words >> next & 1 != 0 {
            earliest[next] = at;
            next += 1;
        }
        if at == 0 && next == 0 {
            return false;
        }
    }
    if next < words {
        return false;
    }
    let mut left = words;
    for (at, slot) in window.iter().enumerate().rev() {
        if left > 0 && slot.words >> (left - 1) & 1 != 0 {
            left -= 1;
            latest[left] = at;
        }
    }
    window[0].counts = true;
    for (at, slot) in window.iter_mut().enumerate().skip(1) {
        slot.counts |= (1..words).any(|word| {
            slot.words >> word & 1 != 0 && at > earliest[word - 1] && (word + 1 == words || at < latest[word + 1])
        });
    }
    true
}

/// Marks every slot of the window when its words can be given slots: any slot can then take the place of another.
fn in_any_order(window: &mut [Slot], words: usize) -> bool {
    let there = window.iter().fold(0, |there, slot| there | slot.words);
    if there.count_ones() as usize != words || window.len() < words {
        return false;
    }
    // The slot of each word; the word that wanted it last moves on to another one where it can.
    let mut slots = [usize::MAX; MAX_WITHIN_WORDS];
    for word in 0..words {
        let mut asked = 0;
        if !assign(word, window, &mut slots[..words], &mut asked) {
            return false;
        }
    }
    for slot in window {
        slot.counts = true;
    }
    true
}

/// Gives `word` a slot, moving words that were not `asked` yet. As deep as there are words.
fn assign(word: usize, window: &[Slot], slots: &mut [usize], asked: &mut u32) -> bool {
    *asked |= 1 << word;
    let fits = |slot: &Slot| slot.words >> word & 1 != 0;
    let free = (0..window.len()).find(|at| fits(&window[*at]) && !slots.contains(at));
    if let Some(free) = free {
        slots[word] = free;
        return true;
    }
    for other in 0..slots.len() {
        let held = slots[other];
        if *asked >> other & 1 == 0 && window.get(held).is_some_and(fits) && assign(other, window, slots, asked) {
            slots[word] = held;
            return true;
        }
    }
    false
}
