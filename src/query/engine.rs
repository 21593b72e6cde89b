//! Many queries as one: a text is read once, and only the rules whose rarest literal stands in it are evaluated.
//!
//! What enters: queries once, then a subject at a time. What leaves: the numbers of the queries that match, in
//! order, with the places where. The cost follows the literals found, not the number of rules; once the
//! scratch has grown, nothing is allocated.

use crate::mention::Span;
use crate::query::compile::{Compiler, Program, Waker};
use crate::query::evaluate::Evaluator;
use crate::query::literals::{Literals, Space};
use crate::query::scratch::{EngineScratch, NONE, Place};
use crate::query::{Query, Subject};
use crate::text::tokens::{MarkKind, Tokens};

/// Compiled queries, called rules here; a rule's number is its place in the list it was made of.
#[derive(Debug, Clone)]
pub struct Engine {
    program: Program,
    literals: Literals,
    roots: Vec<u32>,
    /// The rules each literal wakes: `wakes[wake_starts[l]..wake_starts[l + 1]]`.
    wake_starts: Vec<u32>,
    wakes: Vec<Wake>,
    /// Rules that can hold without any literal.
    always: Vec<u32>,
}

/// A rule that a literal wakes, where the guard stands too.
#[derive(Debug, Clone, Copy)]
struct Wake {
    rule: u32,
    guard: u32,
}

impl Engine {
    /// Compiles the queries.
    pub fn new<'a>(rules: impl IntoIterator<Item = &'a Query>) -> Self {
        let mut compiler = Compiler::default();
        let roots: Vec<u32> = rules.into_iter().map(|query| compiler.add(query.expr())).collect();
        compiler.choose_anchors();
        let mut always = Vec::new();
        let mut pairs: Vec<(u32, Wake)> = Vec::new();
        for (rule, &root) in (0_u32..).zip(&roots) {
            match compiler.wakers(root) {
                Some(wakers) => {
                    pairs.extend(wakers.into_iter().map(|Waker { literal, guard }| (literal, Wake { rule, guard })));
                }
                None => always.push(rule),
            }
        }
        pairs.sort_by_key(|(literal, wake)| (*literal, wake.rule));
        let count = compiler.literals.literals().len();
        let wake_starts =
            (0..=count as u32).map(|literal| pairs.partition_point(|(l, _)| *l < literal) as u32).collect();
        let wakes = pairs.into_iter().map(|(_, wake)| wake).collect();
        let Compiler { program, literals, .. } = compiler;
        Self { program, literals: literals.build(), roots, wake_starts, wakes, always }
    }

    /// How many rules it holds.
    pub fn len(&self) -> usize {
        self.roots.len()
    }

    /// True when it holds none.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// Calls `on_match` for every rule that holds for `subject`, in the order of the rules, with the byte ranges of the
    /// text that made it hold, sorted and merged; there are none when fields alone, an author or a `NOT` decided.
    pub fn run<S: Subject + ?Sized>(
        &self,
        subject: &S,
        scratch: &mut EngineScratch,
        mut on_match: impl FnMut(usize, &[Span]),
    ) {
        scratch.begin(self.literals.len(), self.roots.len());
        let tokens = subject.tokens();
        self.find_words(tokens, scratch);
        self.find_marks(tokens, scratch);
        if self.literals.has(Space::Author) {
            self.find_author(subject, scratch);
        }
        if self.literals.has(Space::Url) {
            self.find_links(subject, scratch);
        }
        self.wake(scratch);
        let EngineScratch { found, woken, spans, places, within, handle, name, links, .. } = scratch;
        woken.extend(&self.always);
        if woken.is_empty() {
            return;
        }
        woken.sort_unstable();
        let mut evaluator = Evaluator {
            program: &self.program,
            literals: &self.literals,
            found,
            tokens,
            aside: [handle, name, links],
            subject,
            places,
            within,
        };
        for &rule in &*woken {
            let root = self.roots[rule as usize];
            if evaluator.holds(root) {
                spans.clear();
                evaluator.collect(root, spans);
                merge(spans);
                on_match(rule as usize, spans);
            }
        }
    }

    fn find_words(&self, tokens: &Tokens, scratch: &mut EngineScratch) {
        if !self.literals.has(Space::Word) {
            return;
        }
        self.find_in(Space::Word, tokens, 0, scratch);
    }

    /// The literals of `space` among the words of `tokens`, whose first word has position `offset`.
    fn find_in(&self, space: Space, tokens: &Tokens, offset: u32, scratch: &mut EngineScratch) {
        let bytes = tokens.folded_bytes();
        scratch.found.exact.resize(offset as usize + tokens.words().len(), NONE);
        for (position, word) in (offset..).zip(tokens.words()) {
            let (start, len) = (word.folded_start(), word.folded_len());
            if let Some(literal) = self.literals.exact(space, word.hash, bytes, start, len) {
                scratch.found.add_word(literal, position);
            }
            self.literals.wild(space, bytes, start, len, |literal| {
                scratch.found.add(literal, Place::of_word(position, word));
            });
        }
    }

    fn find_marks(&self, tokens: &Tokens, scratch: &mut EngineScratch) {
        let bytes = tokens.folded_bytes();
        for mark in tokens.marks() {
            let space = match mark.kind {
                MarkKind::Tag => Space::Tag,
                MarkKind::Handle => Space::Handle,
            };
            let (start, len) = (mark.name.folded_start(), mark.name.folded_len());
            if let Some(literal) = self.literals.exact(space, mark.name.hash, bytes, start, len) {
                scratch.found.add(literal, Place::of_mark(mark));
            }
            self.literals.wild(space, bytes, start, len, |literal| {
                scratch.found.add(literal, Place::of_mark(mark));
            });
        }
    }

    /// The author's words stand behind the text's, a position apart, so that no phrase reaches across.
    fn find_author<S: Subject + ?Sized>(&self, subject: &S, scratch: &mut EngineScratch) {
        let (mut handle, mut name) = (std::mem::take(&mut scratch.handle), std::mem::take(&mut scratch.name));
        handle.fill_name(subject.author_handle().unwrap_or_default());
        name.fill_name(subject.author_name().unwrap_or_default());
        let offset = subject.tokens().words().len() as u32 + 1;
        self.find_in(Space::Author, &handle, offset, scratch);
        self.find_in(Space::Author, &name, offset + handle.words().len() as u32 + 1, scratch);
        (scratch.handle, scratch.name) = (handle, name);
    }

    /// The words of links stand behind the author's, those of one link a position from those of the next.
    fn find_links<S: Subject + ?Sized>(&self, subject: &S, scratch: &mut EngineScratch) {
        let mut links = std::mem::take(&mut scratch.links);
        scratch.lines.clear();
        scratch.lines.push_str(subject.url().unwrap_or_default());
        for span in subject.tokens().links() {
            scratch.lines.push('\n');
            scratch.lines.push_str(subject.text().get(span).unwrap_or_default());
        }
        links.fill_names(&scratch.lines);
        let before = [subject.tokens(), &scratch.handle, &scratch.name];
        let offset = before.iter().map(|tokens| tokens.words().len() as u32 + 1).sum();
        self.find_in(Space::Url, &links, offset, scratch);
        scratch.links = links;
    }

    /// Wakes the rules whose waker and its guard were found.
    fn wake(&self, scratch: &mut EngineScratch) {
        let EngineScratch { found, rules, woken, .. } = scratch;
        found.settle();
        let generation = found.generation();
        for &literal in found.distinct() {
            let starts = &self.wake_starts[literal as usize..literal as usize + 2];
            for wake in &self.wakes[starts[0] as usize..starts[1] as usize] {
                let last = &mut rules[wake.rule as usize];
                if *last != generation && (wake.guard == NONE || found.has_word(wake.guard)) {
                    *last = generation;
                    woken.push(wake.rule);
                }
            }
        }
    }
}

/// Sorts, and joins what overlaps or touches.
fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup_by(|next, kept| {
        let joins = next.start <= kept.end;
        if joins {
            kept.end = kept.end.max(next.end);
        }
        joins
    });
}
