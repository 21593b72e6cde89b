//! What the plan suggests for the mention on the screen: replies, which of them is shown, and the tier to call.

use std::sync::Arc;

use crate::mention::MentionId;
use crate::reply::Suggestion;

/// Suggestions in the order in which `reply` puts them: copyable ones first.
#[derive(Debug, Clone, Default)]
pub struct Suggestions {
    of: Option<MentionId>,
    all: Arc<[Suggestion]>,
    shown: usize,
    outdated: bool,
    tier: Option<u8>,
}

impl Suggestions {
    /// The mention they answer.
    pub fn of(&self) -> Option<&MentionId> {
        self.of.as_ref()
    }

    /// True when they are those of this mention as it is now.
    pub fn are_of(&self, id: &MentionId) -> bool {
        !self.outdated && self.of.as_ref() == Some(id)
    }

    /// The tier of the escalation matrix that speaks for the mention.
    pub fn tier(&self) -> Option<u8> {
        self.tier
    }

    /// All of them.
    pub fn all(&self) -> &[Suggestion] {
        &self.all
    }

    /// The place of the shown one, from 0.
    pub fn place(&self) -> usize {
        self.shown
    }

    /// The shown one.
    pub fn shown(&self) -> Option<&Suggestion> {
        self.all.get(self.shown)
    }

    /// Takes the suggestions for a mention. The place is kept when it is the same mention with as many suggestions.
    pub fn set(&mut self, of: MentionId, all: Vec<Suggestion>, tier: Option<u8>) {
        let same = self.of.as_ref() == Some(&of) && self.all.len() == all.len();
        if !same {
            self.shown = 0;
        }
        (self.of, self.all, self.outdated, self.tier) = (Some(of), all.into(), false, tier);
    }

    /// They are to be made anew; until then, and where as many come, the place stays.
    pub fn outdate(&mut self) {
        self.outdated = true;
    }

    /// Forgets them; the next mention has not been read yet.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Shows another one, around the ends.
    pub fn by(&mut self, step: isize) {
        let count = self.all.len() as isize;
        if count > 0 {
            self.shown = (self.shown as isize + step).rem_euclid(count) as usize;
        }
    }
}
