//! One mention under one plan, with the rules that hold and the walk through the road map: the ground of every "why".

use crate::mention::Mention;
use crate::pipeline::{Assessment, Assessor, Fired, Seen};
use crate::plan::{Plan, RuleKind, Step, Walk};
use crate::query::EngineScratch;
use crate::text::tokens::Tokens;

/// Assesses and looks at mentions one after the other in memory it keeps.
#[derive(Debug, Default)]
pub(super) struct Examiner {
    assessor: Assessor,
    tokens: Tokens,
    scratch: EngineScratch,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Examined<'p> {
    pub(super) plan: &'p Plan,
    pub(super) assessment: Assessment,
    pub(super) fired: Vec<Fired<'p>>,
}

impl Examiner {
    /// What the plan says.
    pub(super) fn assess(&mut self, mention: &Mention, plan: &Plan) -> Assessment {
        self.assessor.assess_alone(mention, plan)
    }

    /// What the plan says, and which of its rules said it.
    pub(super) fn examine<'p>(&mut self, mention: &Mention, plan: &'p Plan) -> Examined<'p> {
        let assessment = self.assess(mention, plan);
        self.examine_more(mention, plan, assessment)
    }

    /// The same for a mention that was assessed under `plan` already.
    pub(super) fn examine_more<'p>(
        &mut self,
        mention: &Mention,
        plan: &'p Plan,
        assessment: Assessment,
    ) -> Examined<'p> {
        self.tokens.fill(&mention.text);
        let fired = Seen::new(mention, &self.tokens, &assessment).fired(plan, &mut self.scratch);
        Examined { plan, assessment, fired }
    }
}

impl<'p> Examined<'p> {
    /// The rule that holds, when it does.
    pub(super) fn fired(&self, kind: RuleKind) -> Option<&Fired<'p>> {
        self.fired.iter().find(|fired| fired.rule.kind == kind)
    }

    /// The steps met, each with its answer, to the outcome.
    pub(super) fn walk(&self) -> Walk<'p> {
        let road_map = &self.plan.road_map;
        let holds =
            |step: &Step| road_map.steps.position(&step.id).is_some_and(|at| self.fired(RuleKind::Step(at)).is_some());
        road_map.walk(holds)
    }
}
