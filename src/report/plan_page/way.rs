//! The decision tree, drawn from where a walk begins.
//!
//! A step that several answers lead to is told once; the other places refer to it. A way deeper than a page can show
//! goes on as a tree of its own.

use std::collections::{HashSet, VecDeque};

use crate::plan::{Outcome, Step, Target};

use super::document::{Block, Node, Section, Words};
use super::pen::{self, Pen};

/// So many questions stand inside one another.
const MOST_DEEP: usize = 14;

pub(super) fn sections(pen: &Pen<'_>) -> Vec<Section> {
    let mut drawing = Drawing { pen, told: HashSet::new(), waiting: VecDeque::new() };
    let mut trees = vec![Block::Tree(drawing.node(pen.plan.road_map.start, 0))];
    while let Some(step) = drawing.waiting.pop_front() {
        trees.push(Block::Tree(drawing.step(step, 0)));
    }
    vec![pen.section("road-map", trees)]
}

struct Drawing<'a, 'p> {
    pen: &'a Pen<'p>,
    told: HashSet<usize>,
    waiting: VecDeque<usize>,
}

impl Drawing<'_, '_> {
    fn node(&mut self, target: Target, depth: usize) -> Node {
        let road_map = &self.pen.plan.road_map;
        let position = match target {
            Target::Outcome(position) => {
                return Node::Outcome(road_map.outcomes.get(position).map(|end| self.outcome(end)).unwrap_or_default());
            }
            Target::Step(position) => position,
        };
        let Some(step) = road_map.steps.get(position) else { return Node::Outcome(Words::default()) };
        if self.told.insert(position) {
            if depth < MOST_DEEP {
                return self.step(position, depth);
            }
            self.waiting.push_back(position);
        }
        let there = pen::reference(pen::STEP, &step.id);
        Node::Elsewhere(Words::plain("→ ").then(self.pen.said(&step.question)).then(" ").then(there))
    }

    fn step(&mut self, position: usize, depth: usize) -> Node {
        let Some(step) = self.pen.plan.road_map.steps.get(position) else { return Node::Outcome(Words::default()) };
        let (yes, no) = (Box::new(self.node(step.yes, depth + 1)), Box::new(self.node(step.no, depth + 1)));
        let (anchor, question) = (pen::anchor(pen::STEP, &step.id), self.pen.said(&step.question));
        Node::Step { anchor, question, how: self.how(step), yes, no }
    }

    fn how(&self, step: &Step) -> Words {
        if let Some(rule) = &step.rule {
            return Words::plain(self.pen.word("answered-by-rule")).then(" ").then(pen::rule_words(rule));
        }
        let assumed = self.pen.word(if step.assume { "yes" } else { "no" });
        Words::plain(crate::tr!(self.pen.locale, "plan-page-answered-by-person", assumed = assumed))
    }

    fn outcome(&self, outcome: &Outcome) -> Words {
        let decision = self.pen.token("disposition", outcome.disposition.token());
        let words = self.pen.said(&outcome.title).then(" (").then(decision);
        let reason = outcome.reason.map(|reason| Words::plain(": ").then(self.pen.token("reason", reason.token())));
        words.then(reason.unwrap_or_default()).then(")")
    }
}
