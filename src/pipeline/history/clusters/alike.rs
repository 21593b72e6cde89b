//! Whether a text is a near-copy of another one: their words laid side by side, in order.
//!
//! What enters: the words of an older text and the fingerprint of a newer one, and what each word weighs. What leaves: yes or
//! no. Two texts are near when most of what they say is the same words in the same order, or when one is the beginning of
//! the other; never when the same place holds another name, another number, or a "not" in one of them.

use std::cell::Cell;

use super::fingerprint::{FEWEST, Fingerprint, HASH, KeptText, MOST_WORDS, Sort, forms_of};

/// Per mille of what two texts say that must be the same.
const SHARED: u32 = 490;
/// The same when the longer text has fewer words than this.
const SHARED_OF_FEW: u32 = 590;
const FEW: usize = 7;
/// Per mille of what a text says that must be in another one when it is the other's beginning or end.
const HELD: u32 = 850;
/// Shared words of a beginning, and of an end: fewer may be anybody's.
const BEGINNING: usize = 6;
const END: usize = 10;
/// Shared words of two texts one of which was cut off.
const CUT: usize = 3;
/// Places where names differ that are looked at for slips of the pen; with more, they are other names.
const MOST_NAMES: usize = 2;
/// Words at such a place.
const LONGEST_NAMES: usize = 3;
/// Names of a text that are looked at for slips of the pen.
const MOST_SLIPS: u8 = 4;
/// What a word too many counts as, where words were exchanged for others: an exchange is mostly one for one.
const UNEVEN: u32 = 3;

/// The nearness of equal texts.
pub(super) const EQUAL: u32 = 1000;

/// The newer text, made ready to be compared with several.
#[derive(Debug)]
pub(super) struct Newer<'a> {
    print: &'a Fingerprint,
    weights: [u8; MOST_WORDS],
    rests: [u16; MOST_WORDS],
    /// How many names more are looked at for slips of the pen: it takes a while to try all spellings.
    slips: Cell<u8>,
    /// The last position of a word with these low bits, plus one; then the one before it.
    heads: [u8; 128],
    links: [u8; MOST_WORDS],
}

/// Words of the one text and of the other that stand between two shared words.
#[derive(Debug, Clone, Copy)]
struct Run {
    older: (usize, usize),
    newer: (usize, usize),
}

impl<'a> Newer<'a> {
    pub(super) fn new(print: &'a Fingerprint, weigh: impl Fn(u16) -> u8) -> Self {
        let (weights, links) = ([0; MOST_WORDS], [0; MOST_WORDS]);
        let slips = Cell::new(MOST_SLIPS);
        let mut newer = Self { print, weights, rests: print.rests(), slips, heads: [0; 128], links };
        for (at, &word) in print.words().iter().enumerate() {
            newer.weights[at] = weigh(word);
            let head = &mut newer.heads[usize::from(word & 127)];
            newer.links[at] = *head;
            // At most 64 words.
            *head = at as u8 + 1;
        }
        newer
    }

    /// How near the two are, [`EQUAL`] at most; `None` when they are not near-copies.
    pub(super) fn nearness(&self, older: &KeptText<'_>, weigh: impl Fn(u16) -> u8) -> Option<u32> {
        let (words, others) = (self.print.words(), older.words());
        let rests = older.rests();
        if others.len() == words.len() && others.iter().zip(words).all(|(a, b)| (a ^ b) & HASH == 0) {
            let mut pairs = rests.iter().zip(&self.rests);
            return pairs.all(|(a, b)| is_same_rest(*a, *b)).then_some(EQUAL);
        }
        if others.len().min(words.len()) < FEWEST {
            return None;
        }
        let mut rows = [0; MOST_WORDS];
        self.lay(others, &mut rows);
        let mut comparison =
            Comparison { newer: self, older, rests, weigh, shared: 0, weight: 0, runs: Runs::default() };
        self.follow(others, &rows, &mut comparison);
        comparison.nearness()
    }

    /// [`is_slip`], as long as there are not too many to look at.
    fn is_slip(&self, name: &str, other: (u16, u16)) -> bool {
        let left = self.slips.get();
        self.slips.set(left.saturating_sub(1));
        left > 0 && is_slip(name, other)
    }

    /// The positions of a word, as bits.
    fn positions(&self, word: u16) -> u64 {
        let words = self.print.words();
        let (mut at, mut found) = (self.heads[usize::from(word & 127)], 0);
        while at > 0 {
            let here = usize::from(at) - 1;
            found |= u64::from((words[here] ^ word) & HASH == 0) << here;
            at = self.links[here];
        }
        found
    }

    /// The longest common subsequence, a row of bits a word of the older text (Hyyrö 2004): a zero at a position of the
    /// newer text means that one more word is shared up to there than up to the position before.
    fn lay(&self, older: &[u16], rows: &mut [u64; MOST_WORDS]) {
        let mut row = u64::MAX;
        for (&word, kept) in older.iter().zip(rows) {
            let both = row & self.positions(word);
            row = row.wrapping_add(both) | (row - both);
            *kept = row;
        }
    }

    /// Walks back through the rows and hands over shared words and what stands between them, the last first.
    fn follow(&self, older: &[u16], rows: &[u64; MOST_WORDS], to: &mut Comparison<'_, impl Fn(u16) -> u8>) {
        let (mut i, mut j) = (older.len(), self.print.words().len());
        let (mut older_end, mut newer_end) = (i, j);
        while i > 0 && j > 0 {
            if rows[i - 1] >> (j - 1) & 1 == 1 {
                j -= 1;
            } else if i > 1 && rows[i - 2] >> (j - 1) & 1 == 0 {
                i -= 1;
            } else {
                to.run(Run { older: (i, older_end), newer: (j, newer_end) });
                (i, j) = (i - 1, j - 1);
                (older_end, newer_end) = (i, j);
                to.share(i, j);
            }
        }
        to.run(Run { older: (0, older_end), newer: (0, newer_end) });
    }
}

/// What the runs cost, and what speaks against copies.
#[derive(Debug, Default)]
struct Runs {
    /// The words before the first shared one: their cost, and true when only one of the texts has any.
    head: (u32, bool),
    /// The words after the last shared one.
    tail: (u32, bool),
    inner: u32,
    /// Those with a name in both texts.
    names: [Option<Run>; MOST_NAMES],
    /// True when a name or a turn of the matter stands where another one does.
    other_matter: bool,
    /// True when the older has a number that the newer has not, and the reverse.
    numbers: (bool, bool),
}

/// Two texts side by side.
struct Comparison<'a, W> {
    newer: &'a Newer<'a>,
    older: &'a KeptText<'a>,
    /// Of the older's names and numbers.
    rests: [u16; MOST_WORDS],
    weigh: W,
    shared: usize,
    weight: u32,
    runs: Runs,
}

impl<W: Fn(u16) -> u8> Comparison<'_, W> {
    /// A word at these places stands in both.
    fn share(&mut self, older: usize, newer: usize) {
        self.shared += 1;
        self.weight += u32::from(self.newer.weights[newer]);
        self.runs.other_matter |= !is_same_rest(self.rests[older], self.newer.rests[newer]);
    }

    fn run(&mut self, run: Run) {
        let (old, new) = (run.older.1 - run.older.0, run.newer.1 - run.newer.0);
        if old + new == 0 {
            return;
        }
        let is_tail = run.older.1 == self.older.words().len() && run.newer.1 == self.newer.print.words().len();
        let is_head = run.older.0 == 0 && run.newer.0 == 0;
        let old_weight = self.older.words()[run.older.0..run.older.1].iter().map(|&word| u32::from((self.weigh)(word)));
        let new_weight = self.newer.weights[run.newer.0..run.newer.1].iter().map(|&weight| u32::from(weight));
        let (old_weight, new_weight): (u32, u32) = (old_weight.sum(), new_weight.sum());
        let cost = old_weight.max(new_weight) + UNEVEN * old.abs_diff(new) as u32;
        let one_sided = old == 0 || new == 0;
        if is_tail {
            // What was cut off is not known to be missing; the last word before may be half a word.
            let cost = match (self.newer.print.is_cut(), self.older.cut) {
                (true, _) if new <= old => {
                    if new == 1 {
                        new_weight / 2
                    } else {
                        new_weight
                    }
                }
                (_, true) if old <= new => {
                    if old == 1 {
                        old_weight / 2
                    } else {
                        old_weight
                    }
                }
                _ => cost,
            };
            self.runs.tail = (cost, one_sided);
            if self.may_be_half(run) {
                return;
            }
        } else if is_head {
            self.runs.head = (cost, one_sided);
        } else {
            self.runs.inner += cost;
        }
        self.object(run, !is_head && !is_tail);
    }

    /// True when the last word of a text that was cut off is perhaps the beginning of the other's. Of a number that is known
    /// only where it has one digit.
    fn may_be_half(&self, run: Run) -> bool {
        let (newer, older) = (self.newer.print, self.older);
        let is_number = |word: u16| Sort::of(word) == Sort::Number;
        match (run.newer.1 - run.newer.0, run.older.1 - run.older.0) {
            (1, _) if newer.is_cut() => {
                !is_number(newer.words()[run.newer.0]) || newer.spelling(run.newer.0).len() == 1
            }
            (_, 1) => older.cut && !is_number(older.words()[run.older.0]),
            _ => false,
        }
    }

    /// Looks for what speaks against copies in a run.
    fn object(&mut self, run: Run, inside: bool) {
        let newer = self.newer.print;
        let (old, new) = (&self.older.words()[run.older.0..run.older.1], &newer.words()[run.newer.0..run.newer.1]);
        let has = |words: &[u16], sort: Sort| words.iter().any(|&word| Sort::of(word) == sort);
        let runs = &mut self.runs;
        // A number for which a word stands was lost, not exchanged.
        let exchanged = old.len() != new.len() || (has(old, Sort::Number) && has(new, Sort::Number));
        runs.numbers.0 |= exchanged && has(old, Sort::Number);
        runs.numbers.1 |= exchanged && has(new, Sort::Number);
        let (old_turns, new_turns) = (has(old, Sort::Turn), has(new, Sort::Turn));
        let one_sided = old.is_empty() || new.is_empty();
        runs.other_matter |= (old_turns && new_turns) || (inside && one_sided && (old_turns || new_turns));
        if has(old, Sort::Name) && has(new, Sort::Name) {
            match runs.names.iter_mut().find(|kept| kept.is_none()) {
                Some(free) if old.len().max(new.len()) <= LONGEST_NAMES => *free = Some(run),
                _ => runs.other_matter = true,
            }
        }
    }

    /// True when every name that stands for another one is the other one misspelt.
    fn are_slips(&self) -> bool {
        let newer = self.newer.print;
        self.runs.names.iter().flatten().all(|run| {
            let old = (run.older.0..run.older.1).filter(|&at| is_name(self.older.words()[at]));
            let mut new = (run.newer.0..run.newer.1).filter(|&at| is_name(newer.words()[at]));
            new.all(|at| {
                let mut old = old.clone().map(|old| (self.older.words()[old] & HASH, self.rests[old]));
                old.any(|other| self.newer.is_slip(newer.spelling(at), other))
            })
        })
    }

    fn nearness(&self) -> Option<u32> {
        let runs = &self.runs;
        if runs.other_matter || runs.numbers == (true, true) || self.shared < CUT {
            return None;
        }
        let share = |cost: u32| self.weight * EQUAL / (self.weight + cost).max(1);
        let longer = self.older.words().len().max(self.newer.print.words().len());
        let wanted = if longer < FEW { SHARED_OF_FEW } else { SHARED };
        let (head, tail) = (runs.head, runs.tail);
        let whole = share(head.0 + runs.inner + tail.0);
        let beginning = if tail.1 && self.shared >= BEGINNING { share(head.0 + runs.inner) } else { 0 };
        let end = if head.1 && self.shared >= END { share(runs.inner + if tail.1 { 0 } else { tail.0 }) } else { 0 };
        let part = beginning.max(end);
        ((whole >= wanted || part >= HELD) && self.are_slips()).then_some(whole.max(part))
    }
}

/// Without a rest on one side there is nothing to compare.
fn is_same_rest(one: u16, other: u16) -> bool {
    one == other || one == 0 || other == 0
}

fn is_name(word: u16) -> bool {
    Sort::of(word) == Sort::Name
}

/// Shorter names differ by one letter as often as they are misspelt.
const SHORTEST_SLIP: usize = 4;

/// True when `name` is the other one with a letter dropped, doubled, added or exchanged with its neighbour. Only the other's hash is
/// known, so every such spelling is tried.
fn is_slip(name: &str, other: (u16, u16)) -> bool {
    if name.len() + 1 < SHORTEST_SLIP || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let is = |letters: &[u8]| str::from_utf8(letters).is_ok_and(|spelling| forms_of(spelling) == other);
    let mut letters = name.as_bytes().to_vec();
    for at in 0..letters.len() {
        let letter = letters.remove(at);
        if letters.len() + 1 >= SHORTEST_SLIP && is(&letters) {
            return true;
        }
        letters.insert(at, letter);
        if at > 0 && letters.len() >= SHORTEST_SLIP {
            letters.swap(at - 1, at);
            if is(&letters) {
                return true;
            }
            letters.swap(at - 1, at);
        }
    }
    (0..=letters.len()).any(|at| {
        (b'a'..=b'z').any(|letter| {
            letters.insert(at, letter);
            let found = is(&letters);
            letters.remove(at);
            found
        })
    })
}
