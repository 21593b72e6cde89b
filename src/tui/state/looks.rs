//! When mentions were last known to stand as they are shown: what the desk asked the sources, and what they answered.
//!
//! What enters: requests and answers. What leaves: whether to ask (again), and since when nobody could tell. What a source
//! found is not here: a changed text and a deletion come the way of every mention. A mention whose source cannot look again
//! is never answered for, and nothing is said of it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::mention::MentionId;

/// An answer holds so long.
const HOLDS: TimeDelta = TimeDelta::seconds(30);
/// Mentions that are remembered: more than anybody looks at in that time.
const MOST: usize = 500;

/// What is known of the mentions that were asked about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Looks(BTreeMap<MentionId, Look>);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    asked: DateTime<Utc>,
    /// When the source last looked.
    stood: Option<DateTime<Utc>>,
    /// True when nobody could tell at the last try.
    failed: bool,
}

impl Looks {
    /// True when it is to be asked about now; it then counts as asked.
    pub fn asks(&mut self, id: &MentionId, now: DateTime<Utc>) -> bool {
        let look = self.0.get(id);
        // A clock that was set back does not keep anybody from asking.
        if look.is_some_and(|look| (now - look.asked).abs() < HOLDS) {
            return false;
        }
        let (stood, failed) = look.map_or((None, false), |look| (look.stood, look.failed));
        if self.0.len() >= MOST {
            self.0.retain(|_, look| (now - look.asked).abs() < HOLDS);
        }
        self.0.insert(id.clone(), Look { asked: now, stood, failed });
        true
    }

    /// The sources answered; `at` is none where they could not.
    pub fn answered(&mut self, ids: &[MentionId], at: Option<DateTime<Utc>>) {
        for id in ids {
            if let Some(look) = self.0.get_mut(id) {
                look.failed = at.is_none();
                look.stood = at.or(look.stood);
            }
        }
    }

    /// When the source last looked at it and nobody could tell since; `received` where it never looked again. `None` while all
    /// is well or unknown.
    pub fn unsure_since(&self, id: &MentionId, received: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let look = self.0.get(id).filter(|look| look.failed)?;
        Some(look.stood.unwrap_or(received))
    }

    /// When the source last looked at it, where that is the latest that is known.
    pub fn stood_at(&self, id: &MentionId) -> Option<DateTime<Utc>> {
        self.0.get(id).filter(|look| !look.failed)?.stood
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_could_tell_is_known_with_its_moment() {
        let (id, noon) = (MentionId::new("town:1"), DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
        let later = |seconds| noon + TimeDelta::seconds(seconds);
        let mut looks = Looks::default();
        assert!(looks.asks(&id, noon) && !looks.asks(&id, later(29)));
        assert_eq!((looks.unsure_since(&id, noon), looks.stood_at(&id)), (None, None), "no answer yet");
        looks.answered(std::slice::from_ref(&id), None);
        assert_eq!(looks.unsure_since(&id, later(-60)), Some(later(-60)));
        assert!(looks.asks(&id, later(30)));
        looks.answered(std::slice::from_ref(&id), Some(later(31)));
        assert_eq!((looks.unsure_since(&id, noon), looks.stood_at(&id)), (None, Some(later(31))));
        assert!(looks.asks(&id, later(60)));
        looks.answered(std::slice::from_ref(&id), None);
        assert_eq!((looks.unsure_since(&id, noon), looks.stood_at(&id)), (Some(later(31)), None));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut looks = Looks::default();
        for number in 0..3_000 {
            let now = DateTime::UNIX_EPOCH + TimeDelta::seconds(number);
            assert!(looks.asks(&MentionId::new(format!("town:{number}")), now));
        }
        assert!(looks.0.len() <= MOST);
    }
}
