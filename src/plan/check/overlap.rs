//! Keywords that two initiatives share: each such mention shows both, and somebody has to choose.
//!
//! What enters: the initiatives' queries. What leaves: one finding for each pair, at the later one. The cost follows
//! the number of terms, not of pairs.

use std::collections::HashMap;

use crate::plan::Plan;
use crate::plan::finding::FindingKind;
use crate::plan::initiative::Initiative;
use crate::query::Expr;

use super::Findings;
use super::terms::{self, Space, Term};

/// So many shared terms are named.
const NAMED: usize = 3;

/// Terms that alone make a later initiative match and an earlier one too. Two that are never active on the same day
/// cannot be mixed up. A term that many share is told once for each, against the first: the pairs would be many.
pub(super) fn shared_terms(plan: &Plan, findings: &mut Findings<'_>) {
    let mut first_with: HashMap<Term<'_>, usize> = HashMap::new();
    for (position, initiative) in plan.initiatives.iter().enumerate() {
        let mut shared: Vec<(usize, Vec<String>)> = Vec::new();
        for (term, written) in alone(initiative) {
            let first = *first_with.entry(term).or_insert(position);
            if first == position || !together(&plan.initiatives[first], initiative) {
                continue;
            }
            match shared.iter_mut().find(|(other, _)| *other == first) {
                Some((_, terms)) if terms.contains(&written) => {}
                Some((_, terms)) => terms.push(written),
                None => shared.push((first, vec![written])),
            }
        }
        for (first, mut terms) in shared {
            let first = &plan.initiatives[first];
            // Two rules that are the same throughout are told as that.
            if first.rule.query == initiative.rule.query {
                continue;
            }
            let more = terms.len().saturating_sub(NAMED);
            terms.truncate(NAMED);
            let kind = FindingKind::SharedTerms {
                initiative: initiative.id.clone(),
                first: first.id.clone(),
                first_at: first.rule.at.clone(),
                terms,
                more,
            };
            findings.add(&initiative.rule.at, kind);
        }
    }
}

/// True when both are active on some day.
fn together(one: &Initiative, other: &Initiative) -> bool {
    let before = |one: &Initiative, other: &Initiative| matches!((one.end, other.start), (Some(end), Some(start)) if end < start);
    !before(one, other) && !before(other, one)
}

/// What alone makes the initiative match, each as it is compared and as it is written.
fn alone(initiative: &Initiative) -> Vec<(Term<'_>, String)> {
    let rules = std::iter::once(&initiative.rule).chain(&initiative.tags_rule);
    let mut found = Vec::new();
    for rule in rules {
        let expr = rule.query.expr();
        let parts = if let Expr::Or(parts) = expr { parts.as_slice() } else { std::slice::from_ref(expr) };
        for part in parts {
            let Some(term) = terms::of(part).filter(|term| matches!(term.space, Space::Text | Space::Tag)) else {
                continue;
            };
            found.push((term, part.to_string()));
        }
    }
    found
}
