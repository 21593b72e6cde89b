//! The one thread that assesses what sources bring.
//!
//! What enters: batches of raw items, each with something that travels along untouched. What leaves: the same batch,
//! assessed, in the same order. Nothing is dropped, split or put together here.

use std::sync::Arc;

use super::{Assessed, Assessor, History, normalise};
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

/// Assesses until `next` has nothing more. `plan` is asked before each batch, so that a new plan counts from the next
/// batch on and never changes in the middle of one.
pub fn run<T>(
    mut next: impl FnMut() -> Option<Work<T>>,
    plan: impl Fn() -> Arc<Plan>,
    mut done: impl FnMut(Vec<Assessed>, T),
) {
    let (mut assessor, mut history) = (Assessor::new(), History::new());
    while let Some(Work { items, rest }) = next() {
        let plan = plan();
        let assessed = items
            .into_iter()
            .map(|item| {
                let mention = normalise(item);
                let assessment = assessor.assess(&mention, &plan, &history);
                history.observe(&mention, &assessment, assessor.trace());
                Assessed { mention, assessment }
            })
            .collect();
        done(assessed, rest);
    }
}
