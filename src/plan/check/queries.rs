//! The rules of a plan: the same one twice, and ids in queries that the plan does not have.

use std::collections::HashMap;

use crate::plan::Plan;
use crate::plan::finding::FindingKind;
use crate::plan::named::{HasId, Named};
use crate::plan::rules::{self, Rule};
use crate::query::{Expr, IdPattern, Test, closest};

use super::Findings;

/// Rules that say the same as an earlier one of the same kind. A floor and a step may well share their words.
pub(super) fn duplicates(plan: &Plan, findings: &mut Findings) {
    let mut seen: HashMap<(usize, String), &Rule> = HashMap::new();
    for (kind, rule) in kinds(plan) {
        let key = (kind, rule.query.to_string());
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
    // Messages of different initiatives may answer the same concern; within one they may not.
    for message in &plan.messages {
        let group =
            7 + message.initiative.as_deref().and_then(|id| plan.initiatives.position(id)).map_or(0, |at| at + 1);
        rules.extend(message.rule.iter().map(|rule| (group, rule)));
    }
    rules
}

/// Ids that queries name and the plan does not have.
pub(super) fn unknown_ids(plan: &Plan, findings: &mut Findings) {
    rules::each_rule(plan, |rule| {
        let mut unknown = Vec::new();
        visit(rule.query.expr(), &mut |test| {
            let missing = match test {
                Test::Initiative(pattern) => missing("initiative", pattern, &plan.initiatives),
                Test::Stakeholder(pattern) => missing("stakeholder", pattern, &plan.stakeholders),
                Test::Message(pattern) => missing("message", pattern, &plan.messages),
                _ => None,
            };
            unknown.extend(missing);
        });
        for (field, id, suggestion) in unknown {
            let kind = FindingKind::UnknownInQuery { rule: rule.name.clone(), field, id, suggestion };
            findings.add(&rule.at, kind);
        }
    });
}

fn missing<T: HasId>(
    field: &'static str,
    pattern: &IdPattern,
    items: &Named<T>,
) -> Option<(&'static str, String, Option<String>)> {
    let fits = |id: &str| {
        let head = if pattern.prefix { id.get(..pattern.id.len()).unwrap_or(id) } else { id };
        head.eq_ignore_ascii_case(&pattern.id)
    };
    if items.iter().any(|item| fits(item.id())) {
        return None;
    }
    let near = closest(&pattern.id, items.iter().map(|item| &**item.id()));
    let star = if pattern.prefix { "*" } else { "" };
    Some((field, format!("{}{star}", pattern.id), near.map(str::to_owned)))
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
        Expr::Words(_) | Expr::Within { .. } | Expr::Mark { .. } | Expr::Author(_) | Expr::Url(_) => {}
    }
}
