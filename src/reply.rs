//! Suggested replies: what may be said now, in which words, and if not, why and whose it is.
//!
//! What enters: an assessed mention, the plan, the limits of the networks, an instant. What leaves: suggestions in
//! the order to offer them, a short checklist for a text about to go out, and the brief for an escalation. Nothing is
//! copied, posted or recorded here.

mod blocked;
mod brief;
mod checklist;
mod suggest;
mod suspended;
mod variables;

use crate::mention::{Id, Language};
use crate::text::lengths::Length;

pub use blocked::{Blocked, FactProblem};
pub use brief::{Brief, brief};
pub use checklist::{Check, Checked, checklist};
pub use suggest::suggest;
pub use suspended::{held_back, own_words, suspending};

/// Where the words of a suggestion come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuggestionKind {
    /// A key message.
    Message,
    /// A reply template.
    Template,
    /// The response line of a rumour.
    Rumour,
    /// A holding statement.
    Holding,
}

/// An answer the plan holds ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The key message, template, rumour or holding statement.
    pub message: Id,
    /// Which of these it is.
    pub kind: SuggestionKind,
    /// The language of the text: the mention's where the plan has it.
    pub lang: Language,
    /// The words, for the mention's network and with their variables filled; as the plan has them where one of those has
    /// no value.
    pub text: String,
    /// True when the network takes it as it is.
    pub fits: bool,
    /// What the network counts.
    pub length: Length,
    /// Why it must not be copied; none for one that may.
    pub blocked: Option<Blocked>,
    /// Who approved the words.
    pub authorized_by: Option<String>,
    /// True when the words address this mention's author: they cannot be the same for several mentions.
    pub personal: bool,
    /// True when the words promise a moment that follows from this mention's own clock.
    pub timed: bool,
    /// A holding statement's promise: the next update within so many minutes.
    pub next_update_minutes: Option<u32>,
}

impl Suggestion {
    /// True when it may be copied.
    pub fn is_copyable(&self) -> bool {
        self.blocked.is_none()
    }

    /// True for a holding statement.
    pub fn is_holding(&self) -> bool {
        self.kind == SuggestionKind::Holding
    }
}

#[cfg(test)]
mod tests;
