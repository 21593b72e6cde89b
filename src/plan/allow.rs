//! Findings that a council has looked at and accepts: each with the reason, so that the next reader need not ask.
//!
//! What enters: the plan's `[[allow]]` tables and what the checks found. What leaves: the same findings, the accepted
//! ones marked with their reason, and new ones for tables that accept nothing. An error is never accepted.

use std::collections::HashMap;

use strum::IntoEnumIterator;

use crate::query::closest;

use super::at::At;
use super::finding::{Finding, FindingKind, FindingName};
use super::problem::ProblemName;
use super::reader::Reader;

/// `[[allow]]`: findings that are meant to stay.
#[derive(Debug, Clone)]
pub struct Allow {
    /// The code as written, such as `FD057`.
    pub code: String,
    /// What the finding is about, as [`FindingKind::subject`] tells it; absent: whatever has this code.
    pub id: Option<String>,
    /// Why it may stay, for the next reader.
    pub reason: String,
    /// Where the table stands.
    pub at: At,
}

impl Allow {
    /// Reads an `[[allow]]`. A code that no finding has is told by the checks, not here: the plan can be used.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.require("code");
        reader.require("reason");
        let code = reader.text("code").map(|code| code.trim().to_ascii_uppercase());
        let id = reader.text("id").map(|id| id.trim().to_owned());
        let reason = reader.text("reason").map(|reason| reason.trim().to_owned());
        Some(Self { code: code?, id, reason: reason?, at: reader.at() })
    }
}

/// Marks what is accepted and adds what is wrong with the tables that accept. The first table that fits gives the
/// reason; a later one that fits the same finding has not been of use by that.
pub(super) fn apply(allows: &[Allow], findings: &mut Vec<Finding>) {
    let mut by_subject: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    for (position, allow) in allows.iter().enumerate() {
        by_subject.entry((&allow.code, allow.id.as_deref())).or_insert(position);
    }
    let mut used = vec![false; allows.len()];
    for finding in findings.iter_mut() {
        let (code, subject) = (finding.kind.code(), finding.kind.subject());
        let named = by_subject.get(&(code, Some(&*subject)));
        if let Some(position) = named.or_else(|| by_subject.get(&(code, None))) {
            finding.allowed = Some(allows[*position].reason.as_str().into());
            used[*position] = true;
        }
    }
    let unused = allows.iter().zip(used).filter(|(_, used)| !used);
    let told: Vec<Finding> = unused.map(|(allow, _)| Finding::new(unused_allow(allow, findings), &allow.at)).collect();
    findings.extend(told);
}

/// Why a table accepts nothing: its code is none, it is that of an error, or there is nothing of the kind.
fn unused_allow(allow: &Allow, findings: &[Finding]) -> FindingKind {
    let code = allow.code.clone();
    if ProblemName::iter().any(|problem| problem.code() == code) {
        return FindingKind::AllowsAnError { code };
    }
    if !FindingName::iter().any(|finding| finding.code() == code) {
        let suggestion = closest(&code, FindingName::iter().map(FindingName::code)).map(str::to_owned);
        return FindingKind::AllowsNoCode { code, suggestion };
    }
    let subjects: Vec<_> =
        findings.iter().filter(|finding| finding.kind.code() == code).map(|finding| finding.kind.subject()).collect();
    let near = allow.id.as_deref().and_then(|id| closest(id, subjects.iter().map(|subject| &**subject)));
    FindingKind::AllowsNothing { code, id: allow.id.clone(), suggestion: near.map(str::to_owned) }
}
