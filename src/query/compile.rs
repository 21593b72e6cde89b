//! From trees to one flat program, and for each rule the literals without which it cannot hold.
//!
//! What enters: the expressions of all rules. What leaves: nodes in one array, children before parents, every
//! leaf pointing to an interned literal; and for each rule the set of literals that wake it, chosen
//! rarest first. A rule that can hold without any literal has no such set and is always evaluated.

use std::ops::Range;

use crate::query::ast::{Expr, Form, Part, Phrase};
use crate::query::field::Test;
use crate::query::literals::{Builder, Shape, Space};
use crate::query::pattern;
use crate::query::scratch::NONE;
use crate::text::tokens::MarkKind;

/// A step of the flat program; children are ranges of [`Program::children`], words of [`Program::parts`].
#[derive(Debug, Clone)]
pub(super) enum Node {
    And(Range<u32>),
    Or(Range<u32>),
    Not(u32),
    /// One whole word.
    Word(u32),
    /// One wildcard, hashtag or handle.
    Literal(u32),
    /// A hashtag or a handle in exactly this spelling.
    Spelled {
        literal: u32,
        spelling: u32,
    },
    Phrase {
        parts: Range<u32>,
        /// The rarest part, from which the others are looked at.
        anchor: u32,
    },
    Within {
        parts: Range<u32>,
        /// The rarest part, which wakes the rule.
        anchor: u32,
        distance: u32,
        ordered: bool,
    },
    Near {
        left: u32,
        right: u32,
        distance: u32,
        ordered: bool,
    },
    Field(u32),
}

/// One word of a phrase.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartRef {
    pub(super) literal: u32,
    pub(super) shape: Shape,
    /// The place in [`Program::spellings`] of a word that counts in its own spelling.
    pub(super) spelling: Option<u32>,
}

/// A literal that wakes a rule where its guard, a whole word, stands too; [`NONE`] is no guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Waker {
    pub(super) literal: u32,
    pub(super) guard: u32,
}

/// All rules, flat.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub(super) nodes: Vec<Node>,
    pub(super) children: Vec<u32>,
    pub(super) parts: Vec<PartRef>,
    pub(super) tests: Vec<Test>,
    pub(super) spellings: Vec<Box<str>>,
}

#[derive(Default)]
pub(super) struct Compiler {
    pub(super) program: Program,
    pub(super) literals: Builder,
    /// In how many leaves each literal stands: a word of many rules is probably a word of many texts.
    uses: Vec<u32>,
}

impl Compiler {
    /// Adds a rule; returns its root.
    pub(super) fn add(&mut self, expr: &Expr) -> u32 {
        let node = match expr {
            Expr::And(parts) => Node::And(self.add_all(parts)),
            Expr::Or(parts) => Node::Or(self.add_all(parts)),
            Expr::Not(inner) => Node::Not(self.add(inner)),
            Expr::Words(phrase) => self.phrase(Space::Word, phrase),
            Expr::Author(phrase) => self.phrase(Space::Author, phrase),
            Expr::Url(phrase) => self.phrase(Space::Url, phrase),
            Expr::Within { phrase, distance, ordered } => {
                let parts = self.parts(Space::Word, phrase);
                Node::Within { parts, anchor: 0, distance: *distance, ordered: *ordered }
            }
            Expr::Mark { kind, part, .. } => {
                let space = if *kind == MarkKind::Tag { Space::Tag } else { Space::Handle };
                let PartRef { literal, spelling, .. } = self.part(space, part);
                spelling.map_or(Node::Literal(literal), |spelling| Node::Spelled { literal, spelling })
            }
            Expr::Near { left, right, distance, ordered } => {
                Node::Near { left: self.add(left), right: self.add(right), distance: *distance, ordered: *ordered }
            }
            Expr::Field(test) => {
                self.program.tests.push(test.clone());
                Node::Field(self.program.tests.len() as u32 - 1)
            }
        };
        self.program.nodes.push(node);
        self.program.nodes.len() as u32 - 1
    }

    fn add_all(&mut self, parts: &[Expr]) -> Range<u32> {
        let children: Vec<u32> = parts.iter().map(|part| self.add(part)).collect();
        let start = self.program.children.len() as u32;
        self.program.children.extend(children);
        start..self.program.children.len() as u32
    }

    fn phrase(&mut self, space: Space, phrase: &Phrase) -> Node {
        if let [part] = phrase.parts.as_slice()
            && !matches!(part.form, Form::Exact(_))
        {
            let PartRef { literal, shape, .. } = self.part(space, part);
            return if shape == Shape::Whole { Node::Word(literal) } else { Node::Literal(literal) };
        }
        Node::Phrase { parts: self.parts(space, phrase), anchor: 0 }
    }

    fn parts(&mut self, space: Space, phrase: &Phrase) -> Range<u32> {
        let start = self.program.parts.len() as u32;
        for part in &phrase.parts {
            let part = self.part(space, part);
            self.program.parts.push(part);
        }
        start..self.program.parts.len() as u32
    }

    fn part(&mut self, space: Space, part: &Part) -> PartRef {
        let (shape, spelling) = match &part.form {
            Form::Word => (Shape::Whole, None),
            Form::Prefix => (Shape::Prefix, None),
            Form::Suffix => (Shape::Suffix, None),
            Form::Pattern => (Shape::Pattern, None),
            Form::Exact(spelling) => {
                self.program.spellings.push(spelling.as_str().into());
                (Shape::Whole, Some(self.program.spellings.len() as u32 - 1))
            }
        };
        let literal = self.literals.number(space, shape, &part.folded);
        if self.uses.len() <= literal as usize {
            self.uses.resize(literal as usize + 1, 0);
        }
        self.uses[literal as usize] += 1;
        PartRef { literal, shape, spelling }
    }

    /// Lets every phrase begin at its rarest word; after the last [`Compiler::add`].
    pub(super) fn choose_anchors(&mut self) {
        let mut nodes = std::mem::take(&mut self.program.nodes);
        for node in &mut nodes {
            if let Node::Phrase { parts, anchor } | Node::Within { parts, anchor, .. } = node {
                let parts = &self.program.parts[parts.start as usize..parts.end as usize];
                let rarest = (0..parts.len()).min_by_key(|&index| self.cost(parts[index].literal));
                *anchor = rarest.unwrap_or_default() as u32;
            }
        }
        self.program.nodes = nodes;
    }

    /// What stands in every text the rule holds for: one at least of these literals, and its guard with it. `None` when
    /// the rule can hold without any literal.
    pub(super) fn wakers(&self, root: u32) -> Option<Vec<Waker>> {
        self.cover(root).map(|(_, mut wakers)| {
            wakers.sort_unstable();
            wakers.dedup();
            wakers
        })
    }

    fn cover(&self, node: u32) -> Option<(u64, Vec<Waker>)> {
        match &self.program.nodes[node as usize] {
            Node::And(children) => self.cheapest(self.children(children)),
            Node::Near { left, right, .. } => self.cheapest(&[*left, *right]),
            Node::Or(children) => {
                self.children(children).iter().try_fold((0, Vec::new()), |(sum, mut wakers), &child| {
                    let (cost, more) = self.cover(child)?;
                    wakers.extend(more);
                    Some((sum + cost, wakers))
                })
            }
            Node::Word(literal) | Node::Literal(literal) | Node::Spelled { literal, .. } => {
                Some((self.cost(*literal), vec![Waker { literal: *literal, guard: NONE }]))
            }
            Node::Phrase { parts, anchor } | Node::Within { parts, anchor, .. } => {
                let parts = &self.program.parts[parts.start as usize..parts.end as usize];
                let literal = parts[*anchor as usize].literal;
                let others = parts.iter().filter(|part| part.shape == Shape::Whole && part.literal != literal);
                let guard = others.map(|part| part.literal).min_by_key(|&other| self.cost(other)).unwrap_or(NONE);
                Some((self.cost(literal), vec![Waker { literal, guard }]))
            }
            Node::Not(_) | Node::Field(_) => None,
        }
    }

    /// The cheapest cover of things that must all hold, guarded by the others.
    fn cheapest(&self, children: &[u32]) -> Option<(u64, Vec<Waker>)> {
        let covers = children.iter().filter_map(|&child| self.cover(child).map(|cover| (child, cover)));
        let (chosen, (cost, mut wakers)) = covers.min_by_key(|(_, (cost, _))| *cost)?;
        let others = children.iter().filter(|&&child| child != chosen);
        let guard = others.filter_map(|&child| self.guard(child)).min_by_key(|&literal| self.cost(literal));
        for waker in wakers.iter_mut().filter(|waker| waker.guard == NONE) {
            waker.guard = guard.filter(|&guard| guard != waker.literal).unwrap_or(NONE);
        }
        Some((cost, wakers))
    }

    /// The rarest whole word that stands wherever `node` holds.
    fn guard(&self, node: u32) -> Option<u32> {
        match &self.program.nodes[node as usize] {
            Node::Word(literal) => Some(*literal),
            Node::Phrase { parts, .. } | Node::Within { parts, .. } => {
                let parts = &self.program.parts[parts.start as usize..parts.end as usize];
                parts
                    .iter()
                    .filter(|part| part.shape == Shape::Whole)
                    .map(|part| part.literal)
                    .min_by_key(|&part| self.cost(part))
            }
            Node::And(children) => self.rarest_guard(self.children(children)),
            Node::Near { left, right, .. } => self.rarest_guard(&[*left, *right]),
            Node::Or(_) | Node::Not(_) | Node::Literal(_) | Node::Spelled { .. } | Node::Field(_) => None,
        }
    }

    fn rarest_guard(&self, children: &[u32]) -> Option<u32> {
        children.iter().filter_map(|&child| self.guard(child)).min_by_key(|&literal| self.cost(literal))
    }

    fn children(&self, range: &Range<u32>) -> &[u32] {
        &self.program.children[range.start as usize..range.end as usize]
    }

    /// A guess of how often a literal stands in texts: short and common words are frequent.
    fn cost(&self, literal: u32) -> u64 {
        let found = &self.literals.literals()[literal as usize];
        let letters = match found.shape {
            Shape::Pattern => pattern::letters(&found.folded),
            Shape::Whole | Shape::Prefix | Shape::Suffix => found.folded.chars().count(),
        };
        let length = match letters {
            0..=2 => 400,
            3 => 100,
            4 => 40,
            5 => 20,
            6 | 7 => 10,
            _ => 5,
        };
        let common = if is_common(&found.folded) { 2_000 } else { 0 };
        let uses = u64::from(self.uses.get(literal as usize).copied().unwrap_or_default().ilog2_or_zero());
        let weight = match (found.space, found.shape) {
            (Space::Word, Shape::Prefix | Shape::Suffix) => 16,
            (Space::Word, Shape::Pattern) => 8,
            (Space::Tag | Space::Handle | Space::Author | Space::Url, Shape::Whole) => 1,
            _ => 4,
        };
        (length + common) * weight * (1 + uses)
    }
}

/// `ilog2` that knows 0.
trait Log {
    fn ilog2_or_zero(self) -> u32;
}

impl Log for u32 {
    fn ilog2_or_zero(self) -> u32 {
        self.checked_ilog2().unwrap_or_default()
    }
}

/// Whether a folded word is among the most frequent ones, which say little.
pub(crate) fn is_common(folded: &str) -> bool {
    COMMON.binary_search(&folded).is_ok()
}

/// The most frequent words of English and French, folded and sorted.
const COMMON: [&str; 96] = [
    "about", "after", "all", "also", "and", "are", "au", "aux", "avec", "back", "because", "been", "bien", "but",
    "can", "ce", "cette", "city", "comme", "could", "dans", "de", "des", "donc", "du", "elle", "elles", "en", "est",
    "et", "faire", "fait", "for", "from", "get", "good", "has", "have", "here", "ici", "il", "ils", "in", "is", "it",
    "just", "la", "le", "les", "leur", "like", "mais", "meme", "more", "new", "not", "notre", "nous", "now", "of",
    "on", "one", "our", "out", "par", "pas", "people", "plus", "pour", "que", "qui", "sont", "sur", "than", "that",
    "the", "their", "there", "they", "this", "time", "to", "tout", "une", "ville", "votre", "vous", "was", "we",
    "what", "when", "will", "with", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_sorted() {
        assert!(COMMON.is_sorted());
    }
}
