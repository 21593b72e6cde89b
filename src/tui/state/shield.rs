//! Whether abuse and threats are covered, what is shown all the same, and how much of it was seen this shift.
//!
//! What enters: the person's commands, and what a frame has shown. What leaves: whether a mention's hurtful words are
//! covered, and a count. Covering is drawing only: what is kept, copied or recorded has every letter. A shift begins with
//! the desk.

use std::collections::HashSet;

use crate::mention::MentionId;

/// So many mentions are known to have been seen; past this they are counted anew.
const MOST: usize = 20_000;

/// The shield of one person at one desk.
#[derive(Debug, Clone, Default)]
pub struct Shield {
    lowered: bool,
    revealed: Option<MentionId>,
    seen: HashSet<MentionId>,
    exposures: u64,
}

impl Shield {
    /// Raised, or for who chose so, lowered.
    pub fn new(raised: bool) -> Self {
        Self { lowered: !raised, ..Self::default() }
    }

    /// True while hurtful words are covered.
    pub fn is_raised(&self) -> bool {
        !self.lowered
    }

    /// Raises or lowers it for the rest of this run.
    pub fn toggle(&mut self) {
        self.lowered = !self.lowered;
        self.revealed = None;
    }

    /// True when the hurtful words of this mention are covered.
    pub fn covers(&self, id: &MentionId) -> bool {
        self.is_raised() && self.revealed.as_ref() != Some(id)
    }

    /// Shows a mention's words, which counts as an exposure; or covers them again.
    pub fn reveal(&mut self, id: &MentionId) {
        if self.revealed.take_if(|revealed| revealed == id).is_none() {
            self.revealed = Some(id.clone());
            self.exposed();
        }
    }

    /// The cursor is on another mention, or on none: what was shown is covered again.
    pub fn leave(&mut self) {
        self.revealed = None;
    }

    /// Words that can hurt were shown on purpose.
    pub fn exposed(&mut self) {
        self.exposures += 1;
    }

    /// A frame showed the hurtful words of these mentions: each counts once while the shield is lowered. True when one did.
    pub fn shown<'a>(&mut self, ids: impl Iterator<Item = &'a MentionId>) -> bool {
        let before = self.exposures;
        for id in ids {
            if !self.lowered || self.seen.contains(id) {
                continue;
            }
            if self.seen.len() >= MOST {
                self.seen.clear();
            }
            self.seen.insert(id.clone());
            self.exposures += 1;
        }
        self.exposures > before
    }

    /// How often hurtful words were shown since the shift began.
    pub fn exposures(&self) -> u64 {
        self.exposures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_revealed_is_covered_again_by_the_same_key_and_by_leaving() {
        let (one, other) = (MentionId::new("a:1"), MentionId::new("a:2"));
        let mut shield = Shield::new(true);
        shield.reveal(&one);
        assert!(!shield.covers(&one) && shield.covers(&other));
        shield.reveal(&one);
        assert!(shield.covers(&one));
        assert_eq!(shield.exposures(), 1, "covering is no exposure");
        shield.reveal(&one);
        shield.leave();
        assert!(shield.covers(&one));
        assert_eq!(shield.exposures(), 2, "each look is one");
    }

    #[test]
    fn behind_a_lowered_shield_each_mention_counts_once() {
        let ids = [MentionId::new("a:1"), MentionId::new("a:2")];
        let mut shield = Shield::new(true);
        assert!(!shield.shown(ids.iter()));
        shield.toggle();
        assert!(shield.shown(ids.iter()) && !shield.covers(&ids[0]));
        assert!(!shield.shown(ids.iter()));
        assert_eq!(shield.exposures(), 2);
    }
}
