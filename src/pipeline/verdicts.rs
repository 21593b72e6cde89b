//! Which of the plan's rules on findings hold: contributions, floors, caps, steps of the road map.
//!
//! What enters: the mention with what was found out about it. What leaves: positions in the plan's lists, in their order.
//! Scratch: filled again and again, it stops allocating.

use crate::plan::{Plan, RuleKind, Walk};
use crate::query::EngineScratch;

use super::subject::Found;

/// The rules that hold, by what they speak for.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    pub(super) contributions: Vec<usize>,
    pub(super) floors: Vec<usize>,
    pub(super) caps: Vec<usize>,
    steps: Vec<usize>,
}

impl Verdicts {
    /// Replaces what was there by what holds for `found`.
    pub(super) fn fill(&mut self, plan: &Plan, found: Found<'_>, scratch: &mut EngineScratch) {
        for list in [&mut self.contributions, &mut self.floors, &mut self.caps, &mut self.steps] {
            list.clear();
        }
        plan.verdict_rules.engine.run(&found, scratch, |rule, _| match plan.verdict_rules.table[rule].kind {
            RuleKind::Contribution(at) => self.contributions.push(at),
            RuleKind::Floor(at) => self.floors.push(at),
            RuleKind::Cap(at) => self.caps.push(at),
            RuleKind::Step(at) => self.steps.push(at),
            _ => {}
        });
    }

    /// The walk through the road map, each step with a rule answered by it.
    pub(super) fn walk<'p>(&self, plan: &'p Plan) -> Walk<'p> {
        let steps = &plan.road_map.steps;
        plan.road_map.walk(|step| self.steps.iter().any(|&at| steps[at].id == step.id))
    }
}
