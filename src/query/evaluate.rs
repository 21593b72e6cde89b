//! Decides a woken rule exactly, and says where it holds.
//!
//! What enters: the flat program and the places of the literals in one subject. What leaves: whether a node
//! holds, and its places. Recursion is as deep as the query, which the parser limits.

use std::ops::Range;

use crate::mention::Span;
use crate::query::Subject;
use crate::query::compile::{Node, PartRef, Program};
use crate::query::literals::{Literals, Shape};
use crate::query::pattern;
use crate::query::scratch::{Found, NONE, Place, Places, Side};
use crate::query::within::Within;
use crate::text::fold;
use crate::text::tokens::{Tokens, Word};

pub(super) struct Evaluator<'a, S: Subject + ?Sized> {
    pub(super) program: &'a Program,
    pub(super) literals: &'a Literals,
    pub(super) found: &'a Found,
    pub(super) tokens: &'a Tokens,
    /// What stands behind the text's words: the author's handle, name, and the links.
    pub(super) aside: [&'a Tokens; 3],
    pub(super) subject: &'a S,
    pub(super) places: &'a mut Places,
    pub(super) within: &'a mut Within,
}

impl<S: Subject + ?Sized> Evaluator<'_, S> {
    /// Whether the node holds.
    pub(super) fn holds(&mut self, node: u32) -> bool {
        let program = self.program;
        match &program.nodes[node as usize] {
            Node::And(children) => range(&program.children, children).iter().all(|&child| self.holds(child)),
            Node::Or(children) => range(&program.children, children).iter().any(|&child| self.holds(child)),
            Node::Not(inner) => !self.holds(*inner),
            Node::Word(literal) => self.found.has_word(*literal),
            Node::Literal(literal) => self.found.has(*literal),
            Node::Spelled { literal, spelling } => self.spelled_places(*literal, *spelling).next().is_some(),
            Node::Phrase { parts, anchor } => self.phrase_places(parts, *anchor).next().is_some(),
            Node::Within { parts, distance, ordered, .. } => self.find_within(parts, *distance, *ordered, false),
            Node::Near { left, right, .. } if !self.may_stand(*left) || !self.may_stand(*right) => false,
            Node::Near { left, right, distance, ordered } => {
                self.gather_sides(*left, *right);
                let Places { left, right } = &*self.places;
                left.places
                    .iter()
                    .any(|&place| right.follows(place, *distance) || (!ordered && right.precedes(place, *distance)))
            }
            Node::Field(test) => program.tests[*test as usize].holds(self.subject),
        }
    }

    /// Adds the places of a node that holds; nothing under a `NOT` has a place.
    pub(super) fn collect(&mut self, node: u32, spans: &mut Vec<Span>) {
        let program = self.program;
        match &program.nodes[node as usize] {
            Node::And(children) => {
                for &child in range(&program.children, children) {
                    self.collect(child, spans);
                }
            }
            Node::Or(children) => {
                for &child in range(&program.children, children) {
                    if self.holds(child) {
                        self.collect(child, spans);
                    }
                }
            }
            Node::Word(literal) => {
                let words = self.tokens.words();
                let words = self.found.positions(*literal).filter_map(|position| words.get(position as usize));
                spans.extend(words.map(Word::span));
            }
            Node::Literal(literal) => {
                let places = self.found.places(*literal);
                spans.extend(places.filter(|place| self.in_text(place.first)).map(Place::span));
            }
            Node::Spelled { literal, spelling } => {
                spans.extend(self.spelled_places(*literal, *spelling).map(Place::span));
            }
            Node::Phrase { parts, anchor } => {
                let places = self.phrase_places(parts, *anchor);
                spans.extend(places.filter(|place| self.in_text(place.first)).map(Place::span));
            }
            Node::Within { parts, distance, ordered, .. } => {
                self.find_within(parts, *distance, *ordered, true);
                let words = self.tokens.words();
                spans.extend(
                    self.within.positions().filter_map(|position| words.get(position as usize)).map(Word::span),
                );
            }
            Node::Near { left, right, distance, ordered } => {
                self.gather_sides(*left, *right);
                let Places { left, right } = &*self.places;
                spans.extend(near(left, right, *distance, *ordered, true).map(Place::span));
                spans.extend(near(right, left, *distance, *ordered, false).map(Place::span));
            }
            Node::Not(_) | Node::Field(_) => {}
        }
    }

    /// False when a node surely has no place; tells so without gathering any.
    fn may_stand(&self, node: u32) -> bool {
        let program = self.program;
        match &program.nodes[node as usize] {
            Node::Word(literal) => self.found.has_word(*literal),
            Node::Literal(literal) | Node::Spelled { literal, .. } => self.found.has(*literal),
            Node::Phrase { parts, anchor } => {
                let part = range(&program.parts, parts)[*anchor as usize];
                if part.shape == Shape::Whole {
                    self.found.has_word(part.literal)
                } else {
                    self.found.has(part.literal)
                }
            }
            Node::Or(children) => range(&program.children, children).iter().any(|&child| self.may_stand(child)),
            Node::And(_) | Node::Not(_) | Node::Within { .. } | Node::Near { .. } | Node::Field(_) => true,
        }
    }

    fn gather_sides(&mut self, left: u32, right: u32) {
        let mut places = std::mem::take(self.places);
        for (node, side) in [(left, &mut places.left), (right, &mut places.right)] {
            side.places.clear();
            self.gather(node, &mut side.places);
            side.sort();
        }
        *self.places = places;
    }

    /// All places of words, phrases, marks, and alternatives of them.
    fn gather(&self, node: u32, out: &mut Vec<Place>) {
        match &self.program.nodes[node as usize] {
            Node::Word(literal) => {
                let positions = self.found.positions(*literal);
                out.extend(positions.filter_map(|position| self.stretch(position, position)));
            }
            Node::Literal(literal) => out.extend(self.found.places(*literal)),
            Node::Spelled { literal, spelling } => out.extend(self.spelled_places(*literal, *spelling)),
            Node::Phrase { parts, anchor } => out.extend(self.phrase_places(parts, *anchor)),
            Node::Or(children) => {
                // Alternatives may overlap in a long text: the same place counts once, and is kept once.
                let mut settled = 1024;
                for &child in range(&self.program.children, children) {
                    self.gather(child, out);
                    if out.len() > settled {
                        out.sort_unstable_by_key(|place| (place.first, place.last));
                        out.dedup();
                        settled = out.len() * 2;
                    }
                }
            }
            Node::And(_) | Node::Not(_) | Node::Within { .. } | Node::Near { .. } | Node::Field(_) => {}
        }
    }

    /// Looks for the words of a phrase near each other; the answer's positions stay in the scratch.
    fn find_within(&mut self, parts: &Range<u32>, distance: u32, ordered: bool, all: bool) -> bool {
        let mut within = std::mem::take(self.within);
        within.clear();
        let parts = range(&self.program.parts, parts);
        let mut complete = true;
        for (word, part) in parts.iter().enumerate() {
            let mut positions = self.positions(*part).filter(|position| self.spells(*position, *part)).peekable();
            complete &= positions.peek().is_some();
            positions.for_each(|position| within.add(position, word));
            if !complete {
                break;
            }
        }
        let found = complete && within.find(parts.len(), distance, ordered, all);
        *self.within = within;
        found
    }

    /// Where a hashtag or a handle stands in this spelling.
    fn spelled_places(&self, literal: u32, spelling: u32) -> impl Iterator<Item = Place> {
        let wanted = &*self.program.spellings[spelling as usize];
        self.found.places(literal).filter(move |place| {
            let name = self.subject.text().get(place.span()).unwrap_or_default();
            // The sign before the name may be a wide one.
            let name = name.get(name.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
            is_spelled(name, wanted)
        })
    }

    /// Where all parts stand one after the other.
    fn phrase_places(&self, parts: &Range<u32>, anchor: u32) -> impl Iterator<Item = Place> {
        let parts = range(&self.program.parts, parts);
        self.positions(parts[anchor as usize]).filter_map(move |position| {
            let first = position.checked_sub(anchor)?;
            let fits = (first..).zip(parts).all(|(position, part)| self.part_fits(position, *part));
            let last = first + parts.len() as u32 - 1;
            fits.then(|| self.stretch(first, last)).flatten()
        })
    }

    /// Where the word of a phrase may stand, whatever its spelling. Most do not stand in the text at all, which is told sooner
    /// than where.
    fn positions(&self, part: PartRef) -> impl Iterator<Item = u32> {
        let (whole, wild) = match part.shape {
            Shape::Whole if self.found.has_word(part.literal) => (part.literal, NONE),
            Shape::Whole => (NONE, NONE),
            _ => (NONE, part.literal),
        };
        self.found.positions(whole).chain(self.found.places(wild).map(|place| place.first))
    }

    fn part_fits(&self, position: u32, part: PartRef) -> bool {
        let wild = |fits: fn(&str, &[u8]) -> bool| {
            self.word_at(position).is_some_and(|(tokens, word)| {
                let text = self.literals.text(part.literal);
                let folded = word.folded_start()..word.folded_start() + word.folded_len();
                tokens.folded_bytes().get(folded).is_some_and(|folded| fits(text, folded))
            })
        };
        match part.shape {
            Shape::Whole => {
                self.found.exact.get(position as usize) == Some(&part.literal) && self.spells(position, part)
            }
            Shape::Prefix => wild(|text, word| word.starts_with(text.as_bytes())),
            Shape::Suffix => wild(|text, word| word.ends_with(text.as_bytes())),
            Shape::Pattern => wild(|text, word| !word.is_empty() && pattern::fits(text, word)),
        }
    }

    /// False when a word counts in its own spelling and the one at `position` is spelled otherwise.
    fn spells(&self, position: u32, part: PartRef) -> bool {
        let Some(spelling) = part.spelling else { return true };
        let word = self.tokens.words().get(position as usize);
        let found = word.and_then(|word| self.subject.text().get(word.span())).unwrap_or_default();
        is_spelled(found, &self.program.spellings[spelling as usize])
    }

    fn stretch(&self, first: u32, last: u32) -> Option<Place> {
        let start = self.word_at(first)?.1.span().start as u32;
        let end = self.word_at(last)?.1.span().end as u32;
        Some(Place { first, last, start, end })
    }

    fn in_text(&self, position: u32) -> bool {
        (position as usize) < self.tokens.words().len()
    }

    /// The word at a position: the text's, then those aside, one position between them.
    fn word_at(&self, position: u32) -> Option<(&Tokens, &Word)> {
        let mut position = position as usize;
        for tokens in std::iter::once(self.tokens).chain(self.aside) {
            let words = tokens.words();
            if let Some(word) = words.get(position) {
                return Some((tokens, word));
            }
            position = position.checked_sub(words.len() + 1)?;
        }
        None
    }
}

/// The places of `side` that have a partner in `other`; `side_first` tells which one stands left of `NEAR`.
fn near(side: &Side, other: &Side, distance: u32, ordered: bool, side_first: bool) -> impl Iterator<Item = Place> {
    side.places.iter().copied().filter(move |&place| {
        let before = (!ordered || side_first) && other.follows(place, distance);
        before || ((!ordered || !side_first) && other.precedes(place, distance))
    })
}

/// Whether a word as it stands in a text is spelled so.
fn is_spelled(found: &str, wanted: &str) -> bool {
    found == wanted || fold::spelling(found).eq(wanted.chars())
}

fn range<'a, T>(items: &'a [T], range: &Range<u32>) -> &'a [T] {
    &items[range.start as usize..range.end as usize]
}
