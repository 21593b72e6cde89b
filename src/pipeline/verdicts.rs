//! Which of the plan's rules on findings hold: safety protocols first, then contributions, floors, caps, steps of the
//! road map, templates, clauses.
//!
//! What enters: the mention with what was found out about it. What leaves: the protocols that hold; then positions in the
//! plan's lists, in their order. Scratch: filled again and again, it stops allocating.

use crate::mention::{Danger, Id, Level};
use crate::plan::{Plan, Protocol, RuleKind, Template, Walk};
use crate::query::EngineScratch;

use super::assessment::{DangerHit, Hit};
use super::matching::hit;
use super::subject::Found;

/// The rules that hold, by what they speak for.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    pub(super) contributions: Vec<usize>,
    pub(super) floors: Vec<usize>,
    pub(super) caps: Vec<usize>,
    steps: Vec<usize>,
    templates: Vec<usize>,
}

/// The safety protocols that hold, the most urgent first: by their rule, or because a danger of their kind was found. Run
/// before [`Verdicts::fill`], which lets rules ask for them.
pub(super) fn protocols(plan: &Plan, found: Found<'_>, scratch: &mut EngineScratch) -> Vec<Hit> {
    let mut holding: Vec<(Level, Hit)> = Vec::new();
    by_rule(plan, found, scratch, &mut holding);
    for danger in &found.assessment.dangers {
        for protocol in plan.protocols.iter().filter(|protocol| protocol.kind == danger.danger) {
            if holding.iter().all(|(_, hit)| hit.id != protocol.id) {
                holding.push((protocol.level, by_danger(protocol, danger)));
            }
        }
    }
    holding.sort_by_key(|(level, _)| *level);
    holding.into_iter().map(|(_, hit)| hit).collect()
}

/// A protocol without a rule of its own stands where its table does.
fn by_danger(protocol: &Protocol, danger: &DangerHit) -> Hit {
    Hit {
        id: protocol.id.clone(),
        rule: danger_name(danger.danger),
        at: protocol.at.clone(),
        spans: danger.spans.clone(),
    }
}

/// What a danger is called where the name of a rule stands: "danger threat".
pub(super) fn danger_name(danger: Danger) -> Id {
    format!("danger {danger}").into()
}

fn by_rule(plan: &Plan, found: Found<'_>, scratch: &mut EngineScratch, holding: &mut Vec<(Level, Hit)>) {
    let rules = &plan.protocol_rules;
    if rules.table.is_empty() {
        return;
    }
    rules.engine.run(&found, scratch, |rule, spans| {
        if let RuleKind::Protocol(at) = rules.table[rule].kind {
            let protocol = &plan.protocols[at];
            holding.push((protocol.level, hit(protocol, &rules.table[rule], spans)));
        }
    });
}

impl Verdicts {
    /// Replaces what was there by what holds for `found`, and answers with the clauses it may fall under.
    pub(super) fn fill(&mut self, plan: &Plan, found: Found<'_>, scratch: &mut EngineScratch) -> Vec<Hit> {
        let Self { contributions, floors, caps, steps, templates } = self;
        for list in [contributions, floors, caps, steps, templates] {
            list.clear();
        }
        let mut clauses = Vec::new();
        let rules = &plan.verdict_rules;
        rules.engine.run(&found, scratch, |rule, spans| match rules.table[rule].kind {
            RuleKind::Contribution(at) => self.contributions.push(at),
            RuleKind::Floor(at) => self.floors.push(at),
            RuleKind::Cap(at) => self.caps.push(at),
            RuleKind::Step(at) => self.steps.push(at),
            RuleKind::Template(at) => self.templates.push(at),
            RuleKind::Clause(at) => clauses.push(hit(&plan.clauses[at], &rules.table[rule], spans)),
            _ => {}
        });
        clauses
    }

    /// The templates that are offered: those whose own rule holds, then those without a rule that are for the initiatives,
    /// in the order of these. Retired ones never; one for certain initiatives only where one of them matched.
    pub(super) fn templates(&self, plan: &Plan, initiatives: &[Hit]) -> Vec<Id> {
        if plan.templates.is_empty() {
            return Vec::new();
        }
        let in_use = |template: &&Template| !template.approval.is_retired();
        let fits = |template: &&Template| {
            template.initiatives.is_empty() || initiatives.iter().any(|hit| template.initiatives.contains(&hit.id))
        };
        let asked = self.templates.iter().map(|&at| &plan.templates[at]).filter(fits);
        let of = |initiative: &Id| {
            let initiative = initiative.clone();
            let mine =
                move |template: &&Template| template.rule.is_none() && template.initiatives.contains(&initiative);
            plan.templates.iter().filter(mine)
        };
        let mut ids: Vec<Id> = Vec::new();
        for template in asked.chain(initiatives.iter().flat_map(|hit| of(&hit.id))).filter(in_use) {
            if !ids.contains(&template.id) {
                ids.push(template.id.clone());
            }
        }
        ids
    }

    /// The walk through the road map, each step with a rule answered by it.
    pub(super) fn walk<'p>(&self, plan: &'p Plan) -> Walk<'p> {
        let steps = &plan.road_map.steps;
        plan.road_map.walk(|step| self.steps.iter().any(|&at| steps[at].id == step.id))
    }
}
