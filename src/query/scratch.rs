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

/// Which literals stand where.
#[derive(Debug, Default)]
pub(super) struct Found {
    generation: u32,
    seen: Vec<Seen>,
    places: Vec<(Place, u32)>,
    /// The exact word literal at each position.
    pub(super) exact: Vec<u32>,
}

impl Found {
    /// Writes a place down, after those before it; true when it is the literal's first.
    pub(super) fn add(&mut self, literal: u32, place: Place) -> bool {
        let at = self.places.len() as u32;
        self.places.push((place, NONE));
        let seen = &mut self.seen[literal as usize];
        if seen.generation == self.generation {
            self.places[seen.last as usize].1 = at;
            seen.last = at;
            return false;
        }
        *seen = Seen { generation: self.generation, first: at, last: at };
        true
    }

    pub(super) fn has(&self, literal: u32) -> bool {
        self.seen[literal as usize].generation == self.generation
    }

    /// The places of a literal in the order of the text.
    pub(super) fn places(&self, literal: u32) -> impl Iterator<Item = Place> {
        let mut next = if self.has(literal) { self.seen[literal as usize].first } else { NONE };
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
