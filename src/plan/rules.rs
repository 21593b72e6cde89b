//! The rules of the plan, and the one table in which all of them that look at a mention's text stand.

use std::sync::Arc;

use crate::mention::Id;

use super::at::At;

/// A query of the plan with its place and name.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `water.match`: what it belongs to and which key it is.
    pub name: Id,
    /// The file and the line of the rule's key.
    pub at: At,
    /// The query as it is written.
    pub source: Arc<str>,
}

/// What a match rule speaks for; the number is a position in the plan's list of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleKind {
    /// An initiative's `match`.
    Initiative(usize),
    /// An initiative's hashtags.
    InitiativeTags(usize),
    /// A stakeholder group's `match`.
    Stakeholder(usize),
    /// A stakeholder group's handles.
    StakeholderHandles(usize),
    /// A message's `match`.
    Message(usize),
    /// A criterion's `match`.
    Criterion(usize),
    /// A holding statement's `match`.
    Holding(usize),
}

/// One row of the table of match rules.
#[derive(Debug, Clone)]
pub struct RuleRef {
    /// What it speaks for.
    pub kind: RuleKind,
    /// Where its key stands.
    pub at: At,
    /// Its name, as in [`Rule::name`].
    pub name: Id,
}
