//! Suggested replies: what may be said now, in which words, and if not, why and whose it is.
//!
//! What enters: an assessed mention, the plan, the limits of the networks, an instant. What leaves: suggestions in
//! the order to offer them, a short checklist for a text about to go out, and the brief for an escalation. Nothing is
//! copied, posted or recorded here.

mod blocked;
mod brief;
mod checklist;
mod suggest;

use crate::mention::{Id, Language};
use crate::text::lengths::Length;

pub use blocked::{Blocked, FactProblem};
pub use brief::{Brief, brief};
pub use checklist::{Check, Checked, checklist};
pub use suggest::suggest;

/// An answer the plan holds ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The key message, or the holding statement.
    pub message: Id,
    /// The language of the text: the mention's where the plan has it.
    pub lang: Language,
    /// The words, for the mention's network.
    pub text: String,
    /// True when the network takes it as it is.
    pub fits: bool,
    /// What the network counts.
    pub length: Length,
    /// Why it must not be copied; none for one that may.
    pub blocked: Option<Blocked>,
    /// Who approved the words.
    pub authorized_by: Option<String>,
    /// True for a holding statement.
    pub holding: bool,
    /// A holding statement's promise: the next update within so many minutes.
    pub next_update_minutes: Option<u32>,
}

impl Suggestion {
    /// True when it may be copied.
    pub fn is_copyable(&self) -> bool {
        self.blocked.is_none()
    }
}

#[cfg(test)]
mod tests;
