//! The subjects that are expected to draw attention.

use chrono::NaiveDate;

use crate::mention::{Id, Posture};

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::Reader;
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
    /// Where `posture` stands, else the table.
    pub posture_at: At,
    /// Points of its own.
    pub base_priority: i32,
    /// Where `base_priority` stands, else the table.
    pub base_priority_at: At,
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

impl Initiative {
    /// Reads an `[[initiative]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Initiative);
        let owner = id.as_deref().unwrap_or("initiative").to_owned();
        reader.require("title");
        reader.require("match");
        let title = reader.localized("title");
        let rule = reader.rule("match", &owner, Stage::Match);
        let (hashtags, tags_rule) = reader.hashtags("hashtags", &owner);
        let (start, end) = (reader.date("start"), reader.date("end"));
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            reader.fail(ProblemKind::DateOrder { start: "start", end: "end" });
        }
        let initiative = Self {
            owner: reader.text("owner"),
            department: reader.text("department"),
            posture: reader.token("posture").unwrap_or(Posture::Quiet),
            base_priority: reader.points("base_priority").unwrap_or_default(),
            base_priority_at: reader.at_key("base_priority"),
            posture_at: reader.at_key("posture"),
            start,
            end,
            review_by: reader.date("review_by"),
            places: reader.texts("places"),
            hashtags,
            tags_rule,
            messages: reader.references("messages", &[TableKind::Message]),
            stakeholders: reader.references("stakeholders", &[TableKind::Stakeholder]),
            spokesperson: reader.text("spokesperson"),
            links: reader.web_addresses("links"),
            at: reader.at(),
            // Nothing is read below this line: what is missing ends the reading.
            id: id?,
            title: title?,
            rule: rule?,
        };
        Some(initiative)
    }
}
