//! The subjects that are expected to draw attention.

use chrono::NaiveDate;

use crate::mention::{Id, Posture};

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::rules::Rule;

/// `[[initiative]]`: something the organization does that people talk about.
#[derive(Debug, Clone)]
pub struct Initiative {
    /// Unique among initiatives.
    pub id: Id,
    /// Its name.
    pub title: Localized,
    /// When a mention is about it (match stage); named `<id>.match`.
    pub rule: Rule,
    /// Its hashtags as a rule of their own (match stage); named `<id>.hashtags`.
    pub tags_rule: Option<Rule>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The department it belongs to.
    pub department: Option<String>,
    /// How tense it is while it is active.
    pub posture: Posture,
    /// Points of its own.
    pub base_priority: i32,
    /// First day on which it is active.
    pub start: Option<NaiveDate>,
    /// Last day on which it is active.
    pub end: Option<NaiveDate>,
    /// The day by which this entry is to be read again.
    pub review_by: Option<NaiveDate>,
    /// Places it touches.
    pub places: Vec<String>,
    /// Exact tags as written.
    pub hashtags: Vec<String>,
    /// Key messages that may answer, best first; each is in the plan.
    pub messages: Vec<Id>,
    /// Stakeholder groups it concerns; each is in the plan.
    pub stakeholders: Vec<Id>,
    /// Who speaks about it in public.
    pub spokesperson: Option<String>,
    /// Pages to point to.
    pub links: Vec<String>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Initiative);

impl Initiative {
    /// True from `start` to `end`, both days included; `day` is a day of the plan's time zone.
    pub fn is_active(&self, day: NaiveDate) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day <= end)
    }
}
