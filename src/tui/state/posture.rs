//! How tense things are: the highest posture of the plan's active initiatives.

use chrono::{DateTime, Utc};

use crate::mention::{Id, Posture};
use crate::plan::Plan;

/// The highest posture and the initiative that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How tense.
    pub posture: Posture,
    /// The first initiative of the plan with this posture; none when all is quiet.
    pub initiative: Option<Id>,
}

/// Reads the posture at `now` from the plan; an initiative out of its dates does not count.
pub fn standing(plan: &Plan, now: DateTime<Utc>) -> Standing {
    let today = plan.organization.hours.local_day(now);
    let mut standing = Standing { posture: Posture::Quiet, initiative: None };
    for initiative in &plan.initiatives {
        if initiative.posture > standing.posture && initiative.is_active(today) {
            standing = Standing { posture: initiative.posture, initiative: Some(initiative.id.clone()) };
        }
    }
    standing
}
