//! Holding statements: what to say while the answer is not known.

use crate::mention::Id;

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::Reader;
use super::rules::Rule;

/// `[[holding]]`: a statement for a scenario.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Unique among holding statements.
    pub id: Id,
    /// What has happened.
    pub scenario: Localized,
    /// The words; their [variables](super::variables) are known ones.
    pub text: Localized,
    /// 1 to 3.
    pub severity: u8,
    /// Initiatives it may be used for; each is in the plan. Empty: for any.
    pub initiatives: Vec<Id>,
    /// Tells the scenario (match stage); named `<id>.match`.
    pub rule: Option<Rule>,
    /// Who approves its use.
    pub approver: Option<String>,
    /// The next update is promised within so many minutes.
    pub next_update_minutes: Option<u32>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Holding);

impl Holding {
    /// Reads a `[[holding]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Holding);
        let owner = id.as_deref().unwrap_or("holding").to_owned();
        reader.require("scenario");
        reader.require("text");
        let (scenario, text) = (reader.localized("scenario"), reader.wording("text"));
        let minutes = reader.integer("next_update_minutes", 1..=10_080);
        let holding = Self {
            severity: reader.integer("severity", 1..=3).map_or(1, |severity| severity as u8),
            initiatives: reader.references("initiatives", &[TableKind::Initiative]),
            rule: reader.rule("match", &owner, Stage::Match),
            approver: reader.text("approver"),
            next_update_minutes: minutes.and_then(|minutes| u32::try_from(minutes).ok()),
            at: reader.at(),
            id: id?,
            scenario: scenario?,
            text: text?,
        };
        Some(holding)
    }
}
