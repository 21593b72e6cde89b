//! The rules of a plan: the same one twice, and ids in queries that the plan does not have.

use std::collections::{BTreeSet, HashMap};

use crate::mention::Id;
use crate::plan::Plan;
use crate::plan::finding::FindingKind;
use crate::plan::named::{HasId, Named};
use crate::plan::rules::{self, Rule};
use crate::query::{Expr, Form, IdPattern, Test};

use super::Findings;

/// Rules that say the same as an earlier one of the same kind. A floor and a step may well share their words.
pub(super) fn duplicates(plan: &Plan, findings: &mut Findings<'_>) {
    let mut seen: HashMap<(usize, String), &Rule> = HashMap::new();
    for (kind, rule) in kinds(plan) {
        let key = (kind, meaning(rule.query.expr()));
        match seen.get(&key) {
            Some(first) => {
                let (first, first_at) = (first.name.clone(), first.at.clone());
                let rule_name = rule.name.clone();
                findings.add(&rule.at, FindingKind::DuplicateRule { rule: rule_name, first, first_at });
            }
            None => drop(seen.insert(key, rule)),
        }
    }
}

/// The query written so that two that ask for the same in another order, or for something twice, are written alike.
fn meaning(expr: &Expr) -> String {
    let joined = |parts: &[Expr], operator: &str| {
        let parts: BTreeSet<String> = parts.iter().map(meaning).collect();
        if parts.len() == 1 {
            parts.into_iter().collect()
        } else {
            format!("({})", Vec::from_iter(parts).join(operator))
        }
    };
    match expr {
        Expr::And(parts) => joined(parts, " "),
        Expr::Or(parts) => joined(parts, " OR "),
        Expr::Not(inner) => format!("NOT {}", meaning(inner)),
        Expr::Near { left, right, distance, ordered: false } => {
            let (left, right) = (meaning(left), meaning(right));
            let (left, right) = if left <= right { (left, right) } else { (right, left) };
            format!("({left} NEAR/{distance} {right})")
        }
        Expr::Words(phrase) if phrase.parts.iter().all(|part| !matches!(part.form, Form::Exact(_))) => {
            expr.to_string().to_lowercase()
        }
        other => other.to_string(),
    }
}

/// Every rule with a number for its kind, within which two of the same words make no sense.
fn kinds(plan: &Plan) -> Vec<(usize, &Rule)> {
    let mut rules: Vec<(usize, &Rule)> = Vec::new();
    rules.extend(plan.initiatives.iter().map(|initiative| (0, &initiative.rule)));
    rules.extend(plan.stakeholders.iter().filter_map(|group| group.rule.as_ref()).map(|rule| (1, rule)));
    rules.extend(plan.criteria.iter().map(|criterion| (2, &criterion.rule)));
    rules.extend(plan.priority.contributions.iter().map(|contribution| (3, &contribution.rule)));
    rules.extend(plan.priority.floors.iter().map(|floor| (4, &floor.rule)));
    rules.extend(plan.priority.caps.iter().map(|cap| (5, &cap.rule)));
    rules.extend(plan.tiers.iter().filter_map(|tier| tier.rule.as_ref()).map(|rule| (6, rule)));
    rules.extend(plan.rumours.iter().map(|rumour| (7, &rumour.rule)));
    rules.extend(plan.places.iter().map(|place| (8, &place.rule)));
    rules.extend(plan.protocols.iter().filter_map(|protocol| protocol.rule.as_ref()).map(|rule| (9, rule)));
    rules.extend(plan.templates.iter().filter_map(|template| template.rule.as_ref()).map(|rule| (10, rule)));
    rules.extend(plan.clauses.iter().filter_map(|clause| clause.rule.as_ref()).map(|rule| (11, rule)));
    // Messages of different initiatives may answer the same concern; within one they may not.
    for message in &plan.messages {
        let group =
            12 + message.initiative.as_deref().and_then(|id| plan.initiatives.position(id)).map_or(0, |at| at + 1);
        rules.extend(message.rule.iter().map(|rule| (group, rule)));
    }
    rules
}

/// Ids that queries name and the plan does not have.
pub(super) fn unknown_ids(plan: &Plan, findings: &mut Findings<'_>) {
    let known = [
        ("initiative", Ids::of(&plan.initiatives)),
        ("stakeholder", Ids::of(&plan.stakeholders)),
        ("message", Ids::of(&plan.messages)),
        ("place", Ids::of(&plan.places)),
        ("rumour", Ids::of(&plan.rumours)),
        ("protocol", Ids::of(&plan.protocols)),
        ("criterion", Ids::of(&plan.criteria)),
        ("clause", Ids::of(&plan.clauses)),
    ];
    rules::each_rule(plan, |rule| {
        visit(rule.query.expr(), &mut |test| {
            let (field, pattern) = match test {
                Test::Initiative(pattern) => (0, pattern),
                Test::Stakeholder(pattern) => (1, pattern),
                Test::Message(pattern) => (2, pattern),
                Test::Place(pattern) => (3, pattern),
                Test::Rumour(pattern) => (4, pattern),
                Test::Protocol(pattern) => (5, pattern),
                Test::Criterion(pattern) => (6, pattern),
                Test::Clause(pattern) => (7, pattern),
                _ => return,
            };
            let (field, ids) = &known[field];
            if ids.has(pattern) {
                return;
            }
            let suggestion = findings.near(&pattern.id, ids.0.iter().map(|(_, id)| &***id));
            let id = format!("{}{}", pattern.id, if pattern.prefix { "*" } else { "" });
            let kind = FindingKind::UnknownInQuery { rule: rule.name.clone(), field, id, suggestion };
            findings.add(&rule.at, kind);
        });
    });
}

/// The ids of one kind, in lower case and as written, sorted, to be found by their beginning.
struct Ids<'p>(Vec<(String, &'p Id)>);

impl<'p> Ids<'p> {
    fn of<T: HasId>(items: &'p Named<T>) -> Self {
        let mut ids: Vec<_> = items.iter().map(|item| (item.id().to_ascii_lowercase(), item.id())).collect();
        ids.sort_unstable();
        Self(ids)
    }

    fn has(&self, pattern: &IdPattern) -> bool {
        let wanted = pattern.id.to_ascii_lowercase();
        let from = self.0.partition_point(|(id, _)| *id < wanted);
        let next = self.0.get(from);
        next.is_some_and(|(id, _)| if pattern.prefix { id.starts_with(&wanted) } else { *id == wanted })
    }
}

/// Calls `on` with every field test of `expr`. As deep as a query may nest.
fn visit(expr: &Expr, on: &mut impl FnMut(&Test)) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| visit(part, on)),
        Expr::Not(inner) => visit(inner, on),
        Expr::Near { left, right, .. } => {
            visit(left, on);
            visit(right, on);
        }
        Expr::Field(test) => on(test),
        _ => {}
    }
}
