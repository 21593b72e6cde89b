//! The rules that did not fire although something in the text speaks for them.
//!
//! What enters: the rules as they answered. What leaves: the few nearest ones with what each lacked. How many rules are
//! asked is limited, since this answers a person who waits.

use crate::plan::{At, Plan, Rule, RuleKind};
use crate::query::{Lacking, Stage, lacking, may_touch};

use super::Judged;

/// A rule that nearly fired.
#[derive(Debug, Clone)]
pub struct Near<'a> {
    /// What it speaks for.
    pub kind: RuleKind,
    /// The rule.
    pub rule: &'a Rule,
    /// What it lacked.
    pub lacking: Lacking,
}

impl Near<'_> {
    /// Where the rule stands in the plan.
    pub fn at(&self) -> &At {
        &self.rule.at
    }
}

/// So many are told of each sort…
const OF_A_SORT: usize = 3;
/// …and so many in all.
const IN_ALL: usize = 8;
/// So many rules are asked at most: a plan of thousands must not keep a person waiting.
const ASKED: usize = 400;

/// The nearest rules, those nearest to a match first. A rule of which nothing stands in the text is not near.
pub(super) fn find<'p>(judged: &Judged<'p, '_>) -> Vec<Near<'p>> {
    let plan = judged.plan;
    let mut near: Vec<Near<'p>> = Vec::new();
    let sets = [
        (&plan.match_rules, Stage::Match),
        (&plan.protocol_rules, Stage::Verdict),
        (&plan.verdict_rules, Stage::Verdict),
    ];
    for (set, stage) in sets {
        let silent = set.table.iter().map(|row| row.kind).filter(|kind| judged.fired(*kind).is_none());
        let asked = silent.filter_map(|kind| Some((kind, told(plan, kind)?)));
        let asked = asked.filter(|(_, rule)| may_touch(&rule.query, judged.tokens)).take(ASKED);
        near.extend(asked.filter_map(|(kind, rule)| {
            let lacking = lacking(&rule.query, judged.seen.subject(stage));
            (lacking.touches() && !lacking.is_empty()).then_some(Near { kind, rule, lacking })
        }));
    }
    near.sort_by_cached_key(|near| near.lacking.rank());
    let mut of_sort: Vec<(std::mem::Discriminant<RuleKind>, usize)> = Vec::new();
    near.retain(|near| {
        let sort = std::mem::discriminant(&near.kind);
        if let Some((_, count)) = of_sort.iter_mut().find(|(other, _)| *other == sort) {
            *count += 1;
            return *count <= OF_A_SORT;
        }
        of_sort.push((sort, 1));
        true
    });
    near.truncate(IN_ALL);
    near
}

/// The rule of a kind that is told here.
fn told(plan: &Plan, kind: RuleKind) -> Option<&Rule> {
    match kind {
        RuleKind::Initiative(at) => Some(&plan.initiatives[at].rule),
        RuleKind::InitiativeTags(at) => plan.initiatives[at].tags_rule.as_ref(),
        RuleKind::Stakeholder(at) => plan.stakeholders[at].rule.as_ref(),
        RuleKind::Criterion(at) => Some(&plan.criteria[at].rule),
        RuleKind::Holding(at) => plan.holdings[at].rule.as_ref(),
        RuleKind::Rumour(at) => Some(&plan.rumours[at].rule),
        RuleKind::Place(at) => Some(&plan.places[at].rule),
        RuleKind::Protocol(at) => plan.protocols[at].rule.as_ref(),
        RuleKind::Contribution(at) => Some(&plan.priority.contributions[at].rule),
        RuleKind::Floor(at) => Some(&plan.priority.floors[at].rule),
        RuleKind::Cap(at) => Some(&plan.priority.caps[at].rule),
        // What a step lacked is told on the way through the road map, and a message follows its initiative.
        RuleKind::Message(_)
        | RuleKind::Step(_)
        | RuleKind::Tier(_)
        | RuleKind::PlaceNot(_)
        | RuleKind::Candidate(_)
        | RuleKind::Label(_)
        | RuleKind::Template(_)
        | RuleKind::Clause(_) => None,
    }
}
