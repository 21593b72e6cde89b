//! Rules that no mention can match, and rules that nearly every mention does.
//!
//! A query is walked from its top. On the way down it gathers what must hold and what must not; where the two meet, or
//! two values that exclude each other, that part is dead, and a group of parts that are all dead is dead too. What is
//! not understood is taken to hold: nothing is reported that might match. Each term is looked up, never compared with
//! all others.

mod scope;
mod values;

use crate::plan::Plan;
use crate::plan::criterion::CriterionVerdict;
use crate::plan::finding::{Clash, FindingKind};
use crate::plan::rules::{self, Rule};
use crate::query::Expr;

use super::Findings;
use scope::Scope;

/// So many dead parts of one rule are told.
const TOLD: usize = 3;
/// A part is shown with at most so many characters.
const SHOWN: usize = 80;

/// Rules, and parts of rules, that no mention can match.
pub(super) fn never_matching(plan: &Plan, findings: &mut Findings<'_>) {
    rules::each_rule(plan, |rule| {
        let mut dead = Vec::new();
        let whole = clash(std::slice::from_ref(rule.query.expr()), &mut Vec::new(), &mut dead);
        let parts: Vec<(Option<String>, Clash)> = match whole {
            Some(clash) => vec![(None, clash)],
            None => dead.into_iter().take(TOLD).map(|(part, clash)| (Some(shown(part)), clash)).collect(),
        };
        for (part, clash) in parts {
            findings.add(&rule.at, FindingKind::NeverMatches { rule: rule.name.clone(), part, clash });
        }
    });
}

fn shown(part: &Expr) -> String {
    let text = part.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Why `parts` cannot all hold together with what the levels `above` ask for; `None` when they might. Alternatives that
/// are dead while others live go to `dead`. As deep as a query may nest.
fn clash<'e>(parts: &'e [Expr], above: &mut Vec<Scope<'e>>, dead: &mut Vec<(&'e Expr, Clash)>) -> Option<Clash> {
    let mut scope = Scope::below(above.last());
    let mut groups = Vec::new();
    for part in parts {
        scope.gather(part, &mut groups);
    }
    if let Some(clash) = scope.clash(above) {
        return Some(clash);
    }
    above.push(scope);
    let found = groups.into_iter().find_map(|alternatives| none_lives(alternatives, above, dead));
    above.pop();
    found
}

/// Why none of `alternatives` can hold below `above`; `None` when one might.
fn none_lives<'e>(
    alternatives: &'e [Expr],
    above: &mut Vec<Scope<'e>>,
    dead: &mut Vec<(&'e Expr, Clash)>,
) -> Option<Clash> {
    let known = dead.len();
    let mut first = None;
    let mut lives = false;
    for alternative in alternatives {
        match clash(std::slice::from_ref(alternative), above, dead) {
            None => lives = true,
            Some(clash) => {
                first.get_or_insert_with(|| clash.clone());
                dead.push((alternative, clash));
            }
        }
    }
    if lives {
        return None;
    }
    // The group as a whole is told, not each of its parts.
    dead.truncate(known);
    first
}

/// Rules that ask for nothing and only exclude. Verdict rules may well do so, and so may a criterion of what is not
/// relevant: it marks whatever does not name the town.
pub(super) fn nearly_all(plan: &Plan, findings: &mut Findings<'_>) {
    let relevant = plan.criteria.iter().filter(|criterion| criterion.verdict == CriterionVerdict::Relevant);
    let rules = (plan.initiatives.iter().map(|initiative| &initiative.rule))
        .chain(relevant.map(|criterion| &criterion.rule))
        .chain(plan.stakeholders.iter().filter_map(|group| group.rule.as_ref()))
        .chain(plan.messages.iter().filter_map(|message| message.rule.as_ref()))
        .chain(plan.holdings.iter().filter_map(|holding| holding.rule.as_ref()))
        .chain(plan.rumours.iter().map(|rumour| &rumour.rule))
        .chain(plan.places.iter().map(|place| &place.rule));
    for rule in rules.filter(|rule: &&Rule| only_excludes(rule.query.expr())) {
        findings.add(&rule.at, FindingKind::MatchesNearlyAll { rule: rule.name.clone() });
    }
}

fn only_excludes(expr: &Expr) -> bool {
    match expr {
        Expr::Not(inner) => !only_excludes(inner),
        Expr::And(parts) => parts.iter().all(only_excludes),
        Expr::Or(parts) => parts.iter().any(only_excludes),
        _ => false,
    }
}
