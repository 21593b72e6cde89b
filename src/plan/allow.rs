//! Findings that a council has looked at and accepts: each with the reason, so that the next reader need not ask.
//!
//! What enters: the plan's `[[allow]]` tables and what the checks found. What leaves: the same findings, the accepted
//! ones marked with their reason, and new ones for tables that accept nothing. An error is never accepted.

use std::collections::HashMap;

use strum::IntoEnumIterator;

use crate::query::closest;

use super::at::At;
use super::finding::{Finding, FindingKind, FindingName};
use super::problem::{Form, ProblemName};
use super::reader::Reader;

/// A name that was probably meant is sought among so many.
const SUGGESTED_FROM: usize = 200;
/// So many tables of no use get a suggestion.
const SUGGESTED: usize = 100;

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
    /// Reads an `[[allow]]`. Whether there is such a code and such a finding is seen when the plan is checked.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.require("code");
        reader.require("reason");
        let code = Self::read_code(reader);
        let id = reader.text("id").map(|id| id.trim().to_owned());
        let reason = reader.text("reason").map(|reason| reason.trim().to_owned());
        Some(Self { code: code?, id, reason: reason?, at: reader.at() })
    }

    fn read_code(reader: &mut Reader<'_>) -> Option<String> {
        let field = reader.field("code")?;
        let code = reader.text_of(field)?;
        let digits = code.strip_prefix("FD").unwrap_or_default();
        if digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(code);
        }
        reader.bad_form(&field.span(), &code, Form::Code);
        None
    }
}

/// Marks what is accepted and adds what is wrong with the tables that accept. The first table that fits gives the
/// reason; one about a subject goes before one about every finding of its code.
pub(super) fn apply(allows: &[Allow], findings: &mut Vec<Finding>) {
    let mut by_subject: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    for (position, allow) in allows.iter().enumerate() {
        by_subject.entry((&allow.code, allow.id.as_deref())).or_insert(position);
    }
    let mut used = vec![false; allows.len()];
    let mut subjects: HashMap<&'static str, Vec<String>> = HashMap::new();
    for finding in findings.iter_mut() {
        let (code, subject) = (finding.kind.code(), finding.kind.subject());
        let named = by_subject.get(&(code, Some(&*subject)));
        if let Some(position) = named.or_else(|| by_subject.get(&(code, None))) {
            used[*position] = true;
            finding.allowed = Some(allows[*position].reason.as_str().into());
        } else if !allows.is_empty() {
            let known = subjects.entry(code).or_default();
            if known.len() < SUGGESTED_FROM {
                known.push(subject.into_owned());
            }
        }
    }
    let unused = allows.iter().zip(used).filter(|(_, used)| !used).map(|(allow, _)| allow);
    for (told, allow) in unused.enumerate() {
        // Nobody reads hundreds of suggestions, and each costs a look at every candidate.
        if told == SUGGESTED {
            subjects.clear();
        }
        findings.push(Finding::new(of_unused(allow, &subjects), &allow.at));
    }
}

/// Why a table accepts nothing: its code is none, it is that of an error, or there is nothing of the kind.
fn of_unused(allow: &Allow, subjects: &HashMap<&'static str, Vec<String>>) -> FindingKind {
    let code = allow.code.clone();
    if ProblemName::iter().any(|problem| problem.code() == code) {
        return FindingKind::AllowsAnError { code };
    }
    if !FindingName::iter().any(|finding| finding.code() == code) {
        return FindingKind::AllowsNoCode { code };
    }
    let known = subjects.get(code.as_str()).map_or(&[][..], Vec::as_slice);
    let near = allow.id.as_deref().and_then(|id| closest(id, known.iter().map(String::as_str)));
    FindingKind::AllowsNothing { code, id: allow.id.clone(), suggestion: near.map(str::to_owned) }
}
