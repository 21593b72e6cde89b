//! Examples in the plan that must stay right whenever somebody edits it.

use chrono::{DateTime, Utc};

use crate::mention::{Author, Id, Intent, Language, Level};

use super::at::At;

/// `[[test]]`: a mention and what the plan must make of it.
#[derive(Debug, Clone)]
pub struct TrialCase {
    /// What is said.
    pub text: String,
    /// Who says it: a handle, or a table with handle, name and followers.
    pub author: Author,
    /// Where, by its token.
    pub network: Option<String>,
    /// The language tag as a source would give it.
    pub lang: Option<String>,
    /// When it is posted.
    pub posted_at: Option<DateTime<Utc>>,
    /// What must hold.
    pub expect: Expectation,
    /// What must not hold: none of the listed ids, not that level, not that outcome.
    pub unexpected: Expectation,
    /// Where the table stands.
    pub at: At,
}

/// What is said of an assessment; `None` says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expectation {
    /// About the organization.
    pub relevant: Option<bool>,
    /// Exactly these initiatives, in any order.
    pub initiatives: Option<Vec<Id>>,
    /// Exactly these groups, in any order.
    pub stakeholders: Option<Vec<Id>>,
    /// These messages first, in this order.
    pub messages: Option<Vec<Id>>,
    /// This level.
    pub priority: Option<Level>,
    /// Exactly these intents, in any order.
    pub intents: Option<Vec<Intent>>,
    /// The steps answered yes, in order.
    pub path: Option<Vec<Id>>,
    /// The outcome of the road map.
    pub suggested: Option<Id>,
    /// The language.
    pub language: Option<Language>,
}
