//! The pure decider: what a person may do to a case, and what is then true.
//!
//! What enters: a [`Command`], the [`CaseState`] it is meant for and the [`Context`] of who acts and when. What
//! leaves: the [`Event`]s to be recorded, or a typed [`Refusal`]. Its twin is [`CaseState::evolve`], which folds
//! recorded [`Entry`]s into the state. Nothing here reads a clock, a file or a setting, and nothing here takes
//! effect before the response log has it.

mod command;
mod decide;
mod event;
mod refusal;
mod state;
mod undo;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::mention::Id;

pub use command::{Answer, Awaits, Command, Context, Reply, cites_clause, clauses, is_public};
pub use decide::decide;
pub use event::{Batch, Entry, Event};
pub use refusal::Refusal;
pub use state::{CaseState, Copied, Escalation, NoteLine, Override, Pause, Posted};
pub use undo::live;

/// A record's identity: the desk whose chain it stands in and its place there, written `["k3f9",12]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(Id, u64)", into = "(Id, u64)")]
pub struct RecordId {
    /// The random id a home got once.
    pub desk: Id,
    /// Counts from 1 in each desk's chain.
    pub seq: u64,
}

impl RecordId {
    /// The record `seq` of `desk`.
    pub fn new(desk: impl Into<Id>, seq: u64) -> Self {
        Self { desk: desk.into(), seq }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.desk, self.seq)
    }
}

impl From<(Id, u64)> for RecordId {
    fn from((desk, seq): (Id, u64)) -> Self {
        Self { desk, seq }
    }
}

impl From<RecordId> for (Id, u64) {
    fn from(id: RecordId) -> Self {
        (id.desk, id.seq)
    }
}

#[cfg(test)]
mod tests;
