//! What one run of an engine writes down; kept and filled again, so that a run allocates nothing.

use crate::mention::Span;
use crate::query::within::Within;
use crate::text::tokens::{Mark, Tokens, Word};

/// The memory an [`super::Engine`] works in. One can serve several engines in turn.
#[derive(Debug, Default)]
pub struct EngineScratch {
    pub(super) found: Found,
    pub(super) woken: Vec<u32>,
    pub(super) rules: Vec<u32>,
    pub(super) spans: Vec<Span>,
    pub(super) places: Places,
    pub(super) handle: Tokens,
    pub(super) name: Tokens,
    pub(super) links: Tokens,
    /// The links themselves, one a line.
    pub(super) lines: String,
    pub(super) within: Within,
}

impl EngineScratch {
    /// Empty scratch; it grows with what it is used for.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets the last subject.
    pub(super) fn begin(&mut self, literals: usize, rules: usize) {
        let found = &mut self.found;
        if found.generation == u32::MAX {
            found.generation = 0;
            found.seen.fill(Seen::default());
            self.rules.fill(0);
        }
        found.generation += 1;
        found.places.clear();
        found.exact.clear();
        found.distinct.clear();
        found.mask = [0; 4];
        if found.seen.len() < literals {
            found.seen.resize(literals, Seen::default());
        }
        if self.rules.len() < rules {
            self.rules.resize(rules, 0);
        }
        self.woken.clear();
        self.spans.clear();
    }
}

/// No literal, no next place.
pub(super) const NONE: u32 = u32::MAX;

/// The first and the last place of a literal, valid in one generation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    generation: u32,
    first: u32,
    last: u32,
}

/// A stretch of positions with its bytes in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Place {
    pub(super) fn of_word(position: u32, word: &Word) -> Self {
        let span = word.span();
        Self { first: position, last: position, start: span.start as u32, end: span.end as u32 }
    }

    pub(super) fn of_mark(mark: &Mark) -> Self {
        let span = mark.name.span();
        let last = mark.position + mark.width - 1;
        Self { first: mark.position, last, start: span.start as u32, end: span.end as u32 }
    }

    pub(super) fn span(self) -> Span {
        self.start as usize..self.end as usize
    }
}

/// In a text of so many words, the places of a word are found by looking at all of them: nearer at hand than a table.
const SHORT: usize = 64;

/// Which literals stand where.
#[derive(Debug, Default)]
pub(super) struct Found {
    generation: u32,
    seen: Vec<Seen>,
    places: Vec<(Place, u32)>,
    /// The whole-word literal at each position.
    pub(super) exact: Vec<u32>,
    /// The literals found; a word of a short text as often as it stands there.
    distinct: Vec<u32>,
    /// A bit for each whole word found, which it may share with others.
    mask: [u64; 4],
}

impl Found {
    /// Writes a place of a literal that is no whole word down, after those before it.
    pub(super) fn add(&mut self, literal: u32, place: Place) {
        let at = self.places.len() as u32;
        self.places.push((place, NONE));
        let seen = &mut self.seen[literal as usize];
        if seen.generation == self.generation {
            self.places[seen.last as usize].1 = at;
            seen.last = at;
        } else {
            *seen = Seen { generation: self.generation, first: at, last: at };
            self.distinct.push(literal);
        }
    }

    /// Writes the position of a whole word down.
    #[inline]
    pub(super) fn add_word(&mut self, literal: u32, position: u32) {
        self.exact[position as usize] = literal;
        self.distinct.push(literal);
        self.mask[bit(literal).0] |= bit(literal).1;
    }

    /// Ends the finding. The words of a long text are listed by literal, lest each question walk through all of it.
    pub(super) fn settle(&mut self) {
        if self.exact.len() <= SHORT {
            return;
        }
        let Self { seen, distinct, generation, .. } = self;
        distinct.retain(|&literal| seen[literal as usize].generation == *generation);
        for position in 0..self.exact.len() {
            let literal = self.exact[position];
            if literal != NONE {
                let position = position as u32;
                self.add(literal, Place { first: position, last: position, start: 0, end: 0 });
            }
        }
    }

    /// Every literal that was found, after [`Found::settle`].
    pub(super) fn distinct(&self) -> &[u32] {
        &self.distinct
    }

    /// True when this whole word stands somewhere.
    #[inline]
    pub(super) fn has_word(&self, literal: u32) -> bool {
        // Nearly all words that are asked for do not stand in the text.
        if self.mask[bit(literal).0] & bit(literal).1 == 0 {
            return false;
        }
        if self.exact.len() <= SHORT { self.exact.contains(&literal) } else { self.has(literal) }
    }

    /// The positions of a whole word in the order of the text; none of [`NONE`].
    pub(super) fn positions(&self, literal: u32) -> impl Iterator<Item = u32> {
        let short = if literal != NONE && self.exact.len() <= SHORT { self.exact.as_slice() } else { &[] };
        let near = (0..).zip(short).filter(move |&(_, &found)| found == literal).map(|(position, _)| position);
        let listed = if short.is_empty() { literal } else { NONE };
        near.chain(self.places(listed).map(|place| place.first))
    }

    /// True when this literal, no whole word, stands somewhere.
    pub(super) fn has(&self, literal: u32) -> bool {
        self.seen[literal as usize].generation == self.generation
    }

    /// The places of a literal that is no whole word, in the order of the text; none of [`NONE`].
    pub(super) fn places(&self, literal: u32) -> impl Iterator<Item = Place> {
        let seen = self.seen.get(literal as usize).filter(|seen| seen.generation == self.generation);
        let mut next = seen.map_or(NONE, |seen| seen.first);
        std::iter::from_fn(move || {
            let (place, after) = *self.places.get(next as usize)?;
            next = after;
            Some(place)
        })
    }

    pub(super) fn generation(&self) -> u32 {
        self.generation
    }
}

/// Where a literal's bit stands in [`Found::mask`].
#[inline]
fn bit(literal: u32) -> (usize, u64) {
    ((literal >> 6) as usize & 3, 1 << (literal & 63))
}

/// The two sides of a `NEAR`.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) left: Side,
    pub(super) right: Side,
}

/// Where one side stands: by beginning, and the ends by themselves.
#[derive(Debug, Default)]
pub(super) struct Side {
    pub(super) places: Vec<Place>,
    ends: Vec<u32>,
}

impl Side {
    /// Sorts what was gathered in `places`.
    pub(super) fn sort(&mut self) {
        self.places.sort_unstable_by_key(|place| place.first);
        self.ends.clear();
        self.ends.extend(self.places.iter().map(|place| place.last));
        self.ends.sort_unstable();
    }

    /// One of these begins after `place`, at most `distance` on.
    pub(super) fn follows(&self, place: Place, distance: u32) -> bool {
        let at = self.places.partition_point(|other| other.first <= place.last);
        self.places.get(at).is_some_and(|other| other.first - place.last <= distance)
    }

    /// One of these ends before `place`, at most `distance` back.
    pub(super) fn precedes(&self, place: Place, distance: u32) -> bool {
        let at = self.ends.partition_point(|&end| end < place.first);
        at > 0 && place.first - self.ends[at - 1] <= distance
    }
}
