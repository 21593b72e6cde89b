//! The one thread that assesses what sources bring.
//!
//! What enters: batches of raw items, each with something that travels along untouched. What leaves: the same batch,
//! assessed, in the same order. Nothing is dropped, split or put together here.

use std::sync::Arc;

use super::{Assessed, Assessor, History, Memory, Surge, normalise};
use crate::mention::RawItem;
use crate::plan::Plan;

/// A batch on its way: its items, and what its owner wants back with them.
#[derive(Debug)]
pub struct Work<T> {
    /// In the source's order.
    pub items: Vec<RawItem>,
    /// Handed on as it came.
    pub rest: T,
}

/// What was assessed, and what is to be kept of each to remember it, in the same order.
#[derive(Debug, Default)]
pub struct Done {
    /// The mentions with their assessments.
    pub items: Vec<Assessed>,
    /// What history is to be rebuilt from.
    pub memories: Vec<Memory>,
    /// What is talked about more than usual after them, the strongest first.
    pub surges: Vec<Surge>,
}

/// Assesses until `next` has nothing more. `before` is asked for what was said before when there is something to assess.
/// `plan` is asked before each batch, so that a new plan counts from the next batch on and never changes in the middle of one.
pub fn run<T>(
    mut next: impl FnMut() -> Option<Work<T>>,
    before: impl FnOnce() -> History,
    plan: impl Fn() -> Arc<Plan>,
    mut done: impl FnMut(Done, T),
) {
    let mut assessor = Assessor::new();
    let mut first = next();
    if first.is_none() {
        return;
    }
    let mut history = before();
    while let Some(Work { items, rest }) = first.take().or_else(&mut next) {
        let plan = plan();
        let mut assessed = Done::default();
        for item in items {
            let mention = normalise(item);
            let assessment = assessor.assess(&mention, &plan, &history);
            history.observe(&mention, &assessment, assessor.trace());
            assessed.memories.push(assessor.trace().memory(&mention, &assessment));
            assessed.items.push(Assessed { mention, assessment });
        }
        assessed.surges = history.surges();
        done(assessed, rest);
    }
}
