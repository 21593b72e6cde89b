//! What a query lacked: the smallest set of answers that would have to be different for it to match.
//!
//! What enters: a query and a subject. What leaves: one [`Lack`] for each question of the query whose answer stands
//! in the way, with what was found instead, and how near the query was. Words and fields are asked through
//! the engine itself, so that an explanation never disagrees with a match. Nothing is worded here. For a person's
//! question, not for every mention: a query is compiled again for each explanation.

use std::cmp::Reverse;

use crate::mention::Span;
use crate::query::ast::Expr;
use crate::query::compile::is_common;
use crate::query::field::{Metric, Test};
use crate::query::{DeskSubject, Engine, EngineScratch, Phrase, Query, Subject, VerdictSubject};
use crate::text::tokens::Tokens;

/// What an absent word or another field's value costs; the other lacks are nearer to a match and cost less.
const ABSENT: u32 = 12;

/// What would have to change for a query to match.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lacking {
    /// The questions whose answers stand in the way, in the order of the query; none when it matches.
    pub lacks: Vec<Lack>,
    /// What in the text already speaks for it, sorted and merged; a phrase of which only the lesser part stands there
    /// does not count.
    pub touched: Vec<Span>,
    /// How many of the query's questions are answered as it needs them, those under a `NOT` not counted.
    pub held: u32,
}

impl Lacking {
    /// True when the query matches.
    pub fn is_empty(&self) -> bool {
        self.lacks.is_empty()
    }

    /// True when something in the text speaks for the query.
    pub fn touches(&self) -> bool {
        !self.touched.is_empty()
    }

    /// How far it is from a match: 0 is a match, an absent word is 12, two words too far apart are about 3.
    pub fn distance(&self) -> u32 {
        self.lacks.iter().map(|lack| lack.cost).sum()
    }

    /// Sorts the nearest first: by distance, then by how much speaks for the query.
    pub fn rank(&self) -> impl Ord + use<> {
        let bytes: usize = self.touched.iter().map(ExactSizeIterator::len).sum();
        (self.distance(), Reverse(self.held), Reverse(bytes))
    }
}

/// One question whose answer stands in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Lack {
    /// The part of the query; its `Display` is what a person would write.
    pub asked: Expr,
    /// What was found instead.
    pub found: LackKind,
    /// How many other words or fields would do as well in its place: the alternatives of an `OR`.
    pub others: u32,
    cost: u32,
}

/// What was found instead of what was asked.
#[derive(Debug, Clone, PartialEq)]
pub enum LackKind {
    /// Nothing of it.
    Absent,
    /// Some words of a phrase, or one side of a `NEAR`.
    Partly {
        /// What of it is missing, as a query would spell it.
        absent: Vec<String>,
        /// Where the rest stands.
        spans: Vec<Span>,
    },
    /// All words of a phrase, but not one after the other.
    Scattered {
        /// Where they stand.
        spans: Vec<Span>,
    },
    /// Both sides of a `NEAR`, too far apart or the wrong way round.
    Apart {
        /// How far they are from each other; 1 is next to each other.
        distance: u32,
        /// How far they may be.
        allowed: u32,
        /// The right one comes first, where the order counts.
        reversed: bool,
        /// The nearest two.
        spans: Vec<Span>,
    },
    /// What the query excludes is there.
    Present {
        /// Where it stands; nowhere when a field or the author says so.
        spans: Vec<Span>,
    },
    /// Another value of a field.
    Value {
        /// The value, as a query would spell it; `None` when it is not known or has no one value.
        found: Option<String>,
    },
}

impl LackKind {
    /// Where in the text the finding stands.
    pub fn spans(&self) -> &[Span] {
        match self {
            Self::Partly { spans, .. }
            | Self::Scattered { spans }
            | Self::Apart { spans, .. }
            | Self::Present { spans } => spans,
            Self::Absent | Self::Value { .. } => &[],
        }
    }
}

/// What `query` lacks to match `subject`: empty exactly when it matches. Of several ways the nearest is told.
pub fn lacking<S: Subject + ?Sized>(query: &Query, subject: &S) -> Lacking {
    explain(query, subject, true)
}

/// What would have to change for `query` not to match `subject` any more: empty exactly when it does not match.
pub fn keeping<S: Subject + ?Sized>(query: &Query, subject: &S) -> Lacking {
    explain(query, subject, false)
}

fn explain<S: Subject + ?Sized>(query: &Query, subject: &S, wanted: bool) -> Lacking {
    let mut probes = Probes { queries: Vec::new(), stage: query };
    let root = probes.node(query.expr());
    let answers = probes.ask(subject);
    let asked = Asked { answers, subject };
    let mut lacking = Lacking { lacks: asked.needs(&root, wanted), ..Lacking::default() };
    asked.evidence(&root, &mut lacking);
    merge(&mut lacking.touched);
    lacking
}

/// Whether [`Lacking::touches`] can be true for a text of these tokens: a quick look that spares most rules the question.
pub fn may_touch(query: &Query, tokens: &Tokens) -> bool {
    shares_a_word(query.expr(), tokens)
}

fn shares_a_word(expr: &Expr, tokens: &Tokens) -> bool {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(|part| shares_a_word(part, tokens)),
        Expr::Near { left, right, .. } => shares_a_word(left, tokens) || shares_a_word(right, tokens),
        Expr::Words(phrase) | Expr::Within { phrase, .. } => {
            phrase.parts.iter().any(|part| tokens.words().iter().any(|word| part.fits(tokens.folded(word))))
        }
        Expr::Mark { kind, .. } => tokens.marks().iter().any(|mark| mark.kind == *kind),
        Expr::Not(_) | Expr::Author(_) | Expr::Url(_) | Expr::Field(_) => false,
    }
}

/// The query with a number for every question that is put to the engine.
enum Node<'q> {
    All(Vec<Node<'q>>),
    Any(Vec<Node<'q>>),
    Not(Box<Node<'q>>),
    Leaf(Leaf<'q>),
}

struct Leaf<'q> {
    expr: &'q Expr,
    probe: usize,
    /// The words of a phrase, or the two sides of a `NEAR`.
    parts: Vec<(String, usize)>,
}

/// Questions, each compiled as a rule of one engine.
struct Probes<'q> {
    queries: Vec<Query>,
    stage: &'q Query,
}

impl<'q> Probes<'q> {
    fn node(&mut self, expr: &'q Expr) -> Node<'q> {
        match expr {
            Expr::And(parts) => Node::All(parts.iter().map(|part| self.node(part)).collect()),
            Expr::Or(parts) => Node::Any(parts.iter().map(|part| self.node(part)).collect()),
            Expr::Not(inner) => Node::Not(Box::new(self.node(inner))),
            Expr::Near { left, right, .. } => {
                let parts =
                    [left, right].map(|side| (side.to_string(), self.probe((**side).clone()))).into_iter().collect();
                Node::Leaf(Leaf { expr, probe: self.probe(expr.clone()), parts })
            }
            Expr::Words(Phrase { parts, .. }) | Expr::Within { phrase: Phrase { parts, .. }, .. }
                if parts.len() > 1 =>
            {
                let parts = parts.iter().map(|part| {
                    let word = Phrase { text: part.writing(), parts: vec![part.clone()] };
                    (word.to_string(), self.probe(Expr::Words(word)))
                });
                let parts = parts.collect();
                Node::Leaf(Leaf { expr, probe: self.probe(expr.clone()), parts })
            }
            Expr::Words(_)
            | Expr::Within { .. }
            | Expr::Mark { .. }
            | Expr::Author(_)
            | Expr::Url(_)
            | Expr::Field(_) => Node::Leaf(Leaf { expr, probe: self.probe(expr.clone()), parts: Vec::new() }),
        }
    }

    fn probe(&mut self, expr: Expr) -> usize {
        self.queries.push(Query::of(expr, self.stage.stage()));
        self.queries.len() - 1
    }

    /// For every question where it holds, or `None`.
    fn ask<S: Subject + ?Sized>(&self, subject: &S) -> Vec<Option<Vec<Span>>> {
        let mut answers = vec![None; self.queries.len()];
        let engine = Engine::new(&self.queries);
        engine.run(subject, &mut EngineScratch::new(), |probe, spans| answers[probe] = Some(spans.to_vec()));
        answers
    }
}

/// The answers to the questions.
struct Asked<'s, S: Subject + ?Sized> {
    answers: Vec<Option<Vec<Span>>>,
    subject: &'s S,
}

impl<S: Subject + ?Sized> Asked<'_, S> {
    /// The nearest way to make `node` hold, or not hold: what is in the way of it.
    fn needs(&self, node: &Node<'_>, wanted: bool) -> Vec<Lack> {
        match node {
            Node::Not(inner) => self.needs(inner, !wanted),
            Node::All(nodes) if wanted => nodes.iter().flat_map(|node| self.needs(node, true)).collect(),
            Node::Any(nodes) if !wanted => nodes.iter().flat_map(|node| self.needs(node, false)).collect(),
            Node::All(nodes) | Node::Any(nodes) => {
                nearest_way(nodes.iter().map(|node| self.needs(node, wanted)).collect())
            }
            Node::Leaf(leaf) if self.answers[leaf.probe].is_some() == wanted => Vec::new(),
            Node::Leaf(leaf) if wanted => vec![self.missing(leaf)],
            Node::Leaf(leaf) => vec![self.excluded(leaf)],
        }
    }

    fn excluded(&self, leaf: &Leaf<'_>) -> Lack {
        let spans = self.answers[leaf.probe].clone().unwrap_or_default();
        Lack { asked: leaf.expr.clone(), found: LackKind::Present { spans }, others: 0, cost: ABSENT * 2 / 3 }
    }

    fn missing(&self, leaf: &Leaf<'_>) -> Lack {
        let (found, cost) = match leaf.expr {
            Expr::Near { distance, ordered, .. } => self.near(leaf, *distance, *ordered),
            Expr::Field(test) => (LackKind::Value { found: value(test, self.subject) }, ABSENT),
            Expr::Words(_) | Expr::Within { .. } if !leaf.parts.is_empty() => self.phrase(leaf),
            _ => (LackKind::Absent, ABSENT),
        };
        Lack { asked: leaf.expr.clone(), found, others: 0, cost }
    }

    fn phrase(&self, leaf: &Leaf<'_>) -> (LackKind, u32) {
        let absent: Vec<String> = self.absent(leaf).collect();
        let spans = self.present(leaf);
        if absent.is_empty() {
            return (LackKind::Scattered { spans }, ABSENT / 3);
        }
        let (all, missing) = self.weights(leaf);
        // "in the" alone is nothing of "in the teeth".
        if missing == all {
            return (LackKind::Absent, ABSENT);
        }
        (LackKind::Partly { absent, spans }, ABSENT / 2 + (ABSENT / 2 - 1) * missing / all)
    }

    fn near(&self, leaf: &Leaf<'_>, allowed: u32, ordered: bool) -> (LackKind, u32) {
        let absent: Vec<String> = self.absent(leaf).collect();
        let spans = self.present(leaf);
        match absent.len() {
            2 => return (LackKind::Absent, ABSENT * 2 - 1),
            1 => return (LackKind::Partly { absent, spans }, ABSENT - 1),
            _ => {}
        }
        let [left, right] = [0, 1].map(|side| self.answers[leaf.parts[side].1].as_deref().unwrap_or_default());
        let Some((distance, reversed, spans)) = nearest(self.subject.tokens(), left, right, ordered) else {
            // Both sides are the same place: a second one is missing.
            let absent = vec![leaf.parts[1].0.clone()];
            return (LackKind::Partly { absent, spans }, ABSENT - 1);
        };
        let too_far = distance.saturating_sub(allowed).min(20) / 4;
        (LackKind::Apart { distance, allowed, reversed, spans }, 3 + too_far)
    }

    fn absent<'l>(&self, leaf: &'l Leaf<'_>) -> impl Iterator<Item = String> + use<'_, 'l, S> {
        leaf.parts.iter().filter(|(_, probe)| self.answers[*probe].is_none()).map(|(text, _)| text.clone())
    }

    fn present(&self, leaf: &Leaf<'_>) -> Vec<Span> {
        let mut spans: Vec<Span> =
            leaf.parts.iter().filter_map(|(_, probe)| self.answers[*probe].as_ref()).flatten().cloned().collect();
        merge(&mut spans);
        spans
    }

    /// Counts what speaks for the query; under a `NOT` nothing does.
    fn evidence(&self, node: &Node<'_>, out: &mut Lacking) {
        match node {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.evidence(node, out)),
            Node::Not(_) => {}
            Node::Leaf(leaf) => match &self.answers[leaf.probe] {
                Some(spans) => {
                    out.held += 1;
                    out.touched.extend(spans.iter().cloned());
                }
                None if self.mostly_there(leaf) => out.touched.extend(self.present(leaf)),
                None => {}
            },
        }
    }

    /// Half of a `NEAR`, or more than half of a phrase.
    fn mostly_there(&self, leaf: &Leaf<'_>) -> bool {
        if matches!(leaf.expr, Expr::Near { .. }) {
            return leaf.parts.iter().any(|(_, probe)| self.answers[*probe].is_some());
        }
        let (all, missing) = self.weights(leaf);
        missing * 2 < all
    }

    /// How much the words of a phrase say, and how much of it is missing.
    fn weights(&self, leaf: &Leaf<'_>) -> (u32, u32) {
        let all = leaf.parts.iter().map(|(text, _)| weight(text)).sum();
        (all, self.absent(leaf).map(|text| weight(&text)).sum())
    }
}

/// What a word of a phrase says: its letters, and nothing for a frequent or very short one. A character of a script without
/// spaces is a word.
fn weight(word: &str) -> u32 {
    let filler = word.is_ascii() && word.len() < 3 || is_common(word);
    if filler { 0 } else { word.chars().count() as u32 }
}

/// The cheapest of several ways. Where it is a single thing, it counts the other single things that cost the same.
fn nearest_way(ways: Vec<Vec<Lack>>) -> Vec<Lack> {
    let cost = |lacks: &Vec<Lack>| lacks.iter().map(|lack| lack.cost).sum::<u32>();
    let Some(least) = ways.iter().map(cost).min() else { return Vec::new() };
    let alike = ways.iter().filter(|lacks| lacks.len() == 1 && cost(lacks) == least);
    let all: u32 = alike.map(|lacks| 1 + lacks[0].others).sum();
    let mut nearest = ways.into_iter().find(|lacks| cost(lacks) == least).unwrap_or_default();
    if let [one] = nearest.as_mut_slice() {
        one.others = all - 1;
    }
    nearest
}

/// The two places of different sides that are nearest to each other, by their words.
fn nearest(tokens: &Tokens, left: &[Span], right: &[Span], ordered: bool) -> Option<(u32, bool, Vec<Span>)> {
    let words = tokens.words();
    let first = |span: &Span| words.partition_point(|word| word.span().end <= span.start);
    let last = |span: &Span| words.partition_point(|word| word.span().start < span.end).saturating_sub(1);
    let apart = |a: &Span, b: &Span| first(b).checked_sub(last(a)).filter(|distance| *distance > 0);
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
    let found = pairs.filter_map(|(a, b)| {
        let (forwards, backwards) = (apart(a, b), apart(b, a));
        let distance = forwards.or(backwards)?;
        Some((distance as u32, ordered && forwards.is_none(), a, b))
    });
    let (distance, reversed, a, b) = found.min_by_key(|(distance, reversed, ..)| (*reversed, *distance))?;
    let mut spans = vec![a.clone(), b.clone()];
    merge(&mut spans);
    Some((distance, reversed, spans))
}

/// What a field holds, where it holds one thing.
fn value<S: Subject + ?Sized>(test: &Test, subject: &S) -> Option<String> {
    match test {
        Test::Network(_) => Some(subject.network().to_owned()),
        Test::Source(_) => Some(subject.source().to_owned()),
        Test::Lang(_) => {
            let found = subject.verdict().and_then(VerdictSubject::language).or_else(|| subject.lang());
            found.map(str::to_owned)
        }
        Test::Kind(_) => Some(subject.kind().token().to_owned()),
        Test::Metric(metric, ..) => {
            let known = match metric {
                Metric::Followers => subject.followers(),
                Metric::Likes => subject.likes(),
                Metric::Reposts => subject.reposts(),
            };
            known.map(|known| known.to_string())
        }
        Test::Status(_) => subject.desk().map(|desk| desk.status().token().to_owned()),
        Test::Priority(..) => subject.desk().and_then(DeskSubject::level).map(|level| level.token().to_owned()),
        Test::Tone(_) => subject.verdict().and_then(VerdictSubject::tone).map(|tone| tone.token().to_owned()),
        Test::Hostility(..) => subject.verdict().and_then(VerdictSubject::hostility).map(|level| level.to_string()),
        Test::Target(_) => subject.verdict().and_then(VerdictSubject::target).map(|target| target.token().to_owned()),
        Test::Type(_) => subject.verdict().and_then(VerdictSubject::post_type).map(|found| found.token().to_owned()),
        Test::Urgency(..) => subject.verdict().and_then(VerdictSubject::urgency).map(|level| level.to_string()),
        Test::Cluster(..) => subject.verdict().and_then(VerdictSubject::cluster).map(|size| size.to_string()),
        Test::Posted(_, moment) => {
            let posted = subject.desk().and_then(DeskSubject::posted)?;
            Some(moment.alike(posted).to_string())
        }
        Test::Has(_)
        | Test::Initiative(_)
        | Test::Stakeholder(_)
        | Test::Message(_)
        | Test::Place(_)
        | Test::Rumour(_)
        | Test::Protocol(_)
        | Test::Criterion(_)
        | Test::Clause(_)
        | Test::Danger(_)
        | Test::Surge(_)
        | Test::Is(_)
        | Test::Age(..) => None,
    }
}

/// Sorts, and joins what overlaps.
fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup_by(|next, kept| {
        let joins = next.start < kept.end || *next == *kept;
        if joins {
            kept.end = kept.end.max(next.end);
        }
        joins
    });
}
