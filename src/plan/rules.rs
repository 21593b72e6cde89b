//! The rules of the plan, and the tables in which they stand to be run.
//!
//! Match rules (initiatives, groups, messages, criteria, holding statements, rumours, places, candidates, labels) are compiled
//! into one engine that reads a text once. Verdict rules (contributions, floors, caps, steps, tiers, templates, clauses)
//! ask about what was found out and are compiled into a second one. Safety protocols ask the same and come first, so that
//! verdict rules can ask for them.

use crate::mention::Id;
use crate::query::{Engine, Query};

use super::Plan;
use super::at::At;

/// A query of the plan with its place and name.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `water.match`: what it belongs to and which key it is.
    pub name: Id,
    /// The file and the line of the rule's key.
    pub at: At,
    /// The query.
    pub query: Query,
}

/// What a rule speaks for; the number is a position in the plan's list of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum RuleKind {
    /// An initiative's `match`.
    Initiative(usize),
    /// An initiative's hashtags.
    InitiativeTags(usize),
    /// A stakeholder group's `match`.
    Stakeholder(usize),
    /// A message's `match`.
    Message(usize),
    /// A criterion's `match`.
    Criterion(usize),
    /// A holding statement's `match`.
    Holding(usize),
    /// A rumour's `match`.
    Rumour(usize),
    /// A place's `match`.
    Place(usize),
    /// A place's negative context.
    PlaceNot(usize),
    /// The candidates of an election period.
    Candidate(usize),
    /// A label's `match`.
    Label(usize),
    /// A safety protocol's `match`.
    Protocol(usize),
    /// A reply template's `match`.
    Template(usize),
    /// A moderation clause's `match`.
    Clause(usize),
    /// A contribution to the priority.
    Contribution(usize),
    /// A floor of the priority.
    Floor(usize),
    /// A cap of the priority.
    Cap(usize),
    /// A step of the road map.
    Step(usize),
    /// A tier of the escalation matrix.
    Tier(usize),
}

impl RuleKind {
    /// The kind's name in answers for scripts.
    pub fn token(self) -> &'static str {
        self.into()
    }
}

/// One row of a rule table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRef {
    /// What it speaks for.
    pub kind: RuleKind,
    /// Where its key stands.
    pub at: At,
    /// Its name, as in [`Rule::name`].
    pub name: Id,
}

/// Rules compiled to be run together: the engine's index of a rule is its position in `table`.
#[derive(Debug)]
pub struct RuleSet {
    /// What each rule speaks for.
    pub table: Vec<RuleRef>,
    /// All of them as one.
    pub engine: Engine,
}

impl RuleSet {
    fn new(rules: &[(RuleKind, &Rule)]) -> Self {
        let row =
            |(kind, rule): &(RuleKind, &Rule)| RuleRef { kind: *kind, at: rule.at.clone(), name: rule.name.clone() };
        Self { table: rules.iter().map(row).collect(), engine: Engine::new(rules.iter().map(|(_, rule)| &rule.query)) }
    }

    /// No rules.
    pub(super) fn empty() -> Self {
        Self::new(&[])
    }

    /// The match rules of `plan`: initiatives with their hashtags, groups, messages, criteria, holding statements, rumours,
    /// places with their negative contexts, candidates, labels.
    pub(super) fn matching(plan: &Plan) -> Self {
        let mut rules = Vec::new();
        for (position, initiative) in plan.initiatives.iter().enumerate() {
            rules.push((RuleKind::Initiative(position), &initiative.rule));
            rules.extend(initiative.tags_rule.iter().map(|rule| (RuleKind::InitiativeTags(position), rule)));
        }
        for (position, group) in plan.stakeholders.iter().enumerate() {
            rules.extend(group.rule.iter().map(|rule| (RuleKind::Stakeholder(position), rule)));
        }
        for (position, message) in plan.messages.iter().enumerate() {
            rules.extend(message.rule.iter().map(|rule| (RuleKind::Message(position), rule)));
        }
        for (position, criterion) in plan.criteria.iter().enumerate() {
            rules.push((RuleKind::Criterion(position), &criterion.rule));
        }
        for (position, holding) in plan.holdings.iter().enumerate() {
            rules.extend(holding.rule.iter().map(|rule| (RuleKind::Holding(position), rule)));
        }
        for (position, rumour) in plan.rumours.iter().enumerate() {
            rules.push((RuleKind::Rumour(position), &rumour.rule));
        }
        for (position, place) in plan.places.iter().enumerate() {
            rules.push((RuleKind::Place(position), &place.rule));
            rules.extend(place.not.iter().map(|rule| (RuleKind::PlaceNot(position), rule)));
        }
        for (position, period) in plan.elections.iter().enumerate() {
            rules.extend(period.rule.iter().map(|rule| (RuleKind::Candidate(position), rule)));
        }
        for (position, label) in plan.labels.iter().enumerate() {
            rules.push((RuleKind::Label(position), &label.rule));
        }
        Self::new(&rules)
    }

    /// The safety protocols of `plan`: rules on what was found out that run before the other ones.
    pub(super) fn of_protocols(plan: &Plan) -> Self {
        let mut rules = Vec::with_capacity(plan.protocols.len());
        for (position, protocol) in plan.protocols.iter().enumerate() {
            rules.extend(protocol.rule.iter().map(|rule| (RuleKind::Protocol(position), rule)));
        }
        Self::new(&rules)
    }

    /// The verdict rules of `plan`: contributions, floors, caps, steps, tiers, templates, clauses.
    pub(super) fn of_verdicts(plan: &Plan) -> Self {
        let mut rules = Vec::new();
        for (position, contribution) in plan.priority.contributions.iter().enumerate() {
            rules.push((RuleKind::Contribution(position), &contribution.rule));
        }
        for (position, floor) in plan.priority.floors.iter().enumerate() {
            rules.push((RuleKind::Floor(position), &floor.rule));
        }
        for (position, cap) in plan.priority.caps.iter().enumerate() {
            rules.push((RuleKind::Cap(position), &cap.rule));
        }
        for (position, step) in plan.road_map.steps.iter().enumerate() {
            rules.extend(step.rule.iter().map(|rule| (RuleKind::Step(position), rule)));
        }
        for (position, tier) in plan.tiers.iter().enumerate() {
            rules.extend(tier.rule.iter().map(|rule| (RuleKind::Tier(position), rule)));
        }
        for (position, template) in plan.templates.iter().enumerate() {
            rules.extend(template.rule.iter().map(|rule| (RuleKind::Template(position), rule)));
        }
        for (position, clause) in plan.clauses.iter().enumerate() {
            rules.extend(clause.rule.iter().map(|rule| (RuleKind::Clause(position), rule)));
        }
        Self::new(&rules)
    }
}

/// Calls `visit` with every rule of `plan`, whatever its stage, in no particular order.
pub(super) fn each_rule<'p>(plan: &'p Plan, mut visit: impl FnMut(&'p Rule)) {
    plan.initiatives
        .iter()
        .flat_map(|initiative| [Some(&initiative.rule), initiative.tags_rule.as_ref()])
        .flatten()
        .chain(plan.stakeholders.iter().filter_map(|group| group.rule.as_ref()))
        .chain(plan.messages.iter().filter_map(|message| message.rule.as_ref()))
        .chain(plan.criteria.iter().map(|criterion| &criterion.rule))
        .chain(plan.holdings.iter().filter_map(|holding| holding.rule.as_ref()))
        .chain(plan.priority.contributions.iter().map(|contribution| &contribution.rule))
        .chain(plan.priority.floors.iter().chain(&plan.priority.caps).map(|bound| &bound.rule))
        .chain(plan.road_map.steps.iter().filter_map(|step| step.rule.as_ref()))
        .chain(plan.tiers.iter().filter_map(|tier| tier.rule.as_ref()))
        .chain(plan.rumours.iter().map(|rumour| &rumour.rule))
        .chain(plan.places.iter().flat_map(|place| std::iter::once(&place.rule).chain(&place.not)))
        .chain(plan.elections.iter().filter_map(|period| period.rule.as_ref()))
        .chain(plan.protocols.iter().filter_map(|protocol| protocol.rule.as_ref()))
        .chain(plan.labels.iter().map(|label| &label.rule))
        .chain(plan.templates.iter().filter_map(|template| template.rule.as_ref()))
        .chain(plan.clauses.iter().filter_map(|clause| clause.rule.as_ref()))
        .for_each(&mut visit);
}
