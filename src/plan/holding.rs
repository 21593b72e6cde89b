//! Holding statements: what to say while the answer is not known.

use crate::mention::Id;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::rules::Rule;

/// `[[holding]]`: a statement for a scenario.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Unique among holding statements.
    pub id: Id,
    /// What has happened.
    pub scenario: Localized,
    /// The words.
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
