//! What goes round and may not be true, with the line to answer it by.

use chrono::NaiveDate;
use strum::{AsRefStr, EnumIter, EnumString, IntoStaticStr};

use crate::mention::Id;

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::Reader;
use super::rules::Rule;

/// What is known of a claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, AsRefStr, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum RumourStatus {
    /// Nobody knows yet.
    #[default]
    Unverified,
    /// It is not so.
    False,
    /// There is something to it, and it says more than that.
    Misleading,
    /// It is so.
    True,
    /// It no longer matters.
    Resolved,
}

impl RumourStatus {
    /// True while mentions of it are worth an answer.
    pub fn is_open(self) -> bool {
        self != Self::Resolved
    }
}

/// `[[rumour]]`: a claim and what to say about it.
#[derive(Debug, Clone)]
pub struct Rumour {
    /// Unique among rumours.
    pub id: Id,
    /// What is said.
    pub claim: Localized,
    /// What is known of it.
    pub status: RumourStatus,
    /// When a mention repeats it (match stage); named `<id>.match`.
    pub rule: Rule,
    /// The fact that settles it; it is in the plan.
    pub fact: Option<Id>,
    /// The line to answer with; its [variables](super::variables) are known ones.
    pub line: Option<Localized>,
    /// Where the public finds it answered.
    pub public_url: Option<String>,
    /// The day it came up.
    pub opened: Option<NaiveDate>,
    /// The day it was settled.
    pub closed: Option<NaiveDate>,
    /// The initiative it is about; it is in the plan.
    pub initiative: Option<Id>,
    /// Who approved the line; without a name the line cannot be copied.
    pub approved_by: Option<String>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Rumour);

impl Rumour {
    /// Reads a `[[rumour]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Rumour);
        let owner = id.as_deref().unwrap_or("rumour").to_owned();
        reader.require("claim");
        reader.require("match");
        let (claim, rule) = (reader.localized("claim"), reader.rule("match", &owner, Stage::Match));
        let (opened, closed) = (reader.date("opened"), reader.date("closed"));
        if let (Some(opened), Some(closed)) = (opened, closed)
            && closed < opened
        {
            reader.fail(ProblemKind::DateOrder { start: "opened", end: "closed" });
        }
        let rumour = Self {
            status: reader.token("status").unwrap_or_default(),
            fact: reader.reference("fact", &[TableKind::Fact]),
            line: reader.wording("line"),
            public_url: reader.web_address("public_url"),
            opened,
            closed,
            initiative: reader.reference("initiative", &[TableKind::Initiative]),
            approved_by: reader.text("approved_by"),
            at: reader.at(),
            id: id?,
            claim: claim?,
            rule: rule?,
        };
        Some(rumour)
    }
}
