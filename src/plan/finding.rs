//! What is unwise in a plan that loads: typed, with its place; the locale words it.

use chrono::{DateTime, FixedOffset, NaiveDate};

use strum::{EnumDiscriminants, EnumIter};

use crate::mention::{Id, Language};
use crate::query::Warning;

use super::Plan;
use super::at::At;
use super::rules;

/// Something about a plan that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Where it stands.
    pub at: At,
}

/// The kinds of findings.
#[derive(Debug, Clone, PartialEq, EnumDiscriminants)]
#[strum_discriminants(name(FindingName), derive(EnumIter), doc = "The kinds of findings without what they hold.")]
#[expect(missing_docs, reason = "the fields are named for what they hold; ids are those of the plan")]
pub enum FindingKind {
    /// A text is missing in one of the organization's languages.
    MissingLanguage { table: &'static str, id: Id, key: &'static str, language: Language },
    /// A message in use whose time is over.
    MessageExpired { id: Id, since: DateTime<FixedOffset> },
    /// A message in use whose time is over soon.
    MessageExpiring { id: Id, until: DateTime<FixedOffset> },
    /// A message that is used but not approved.
    MessageNotApproved { id: Id, initiative: Id },
    /// An approved message that does not say who approved it.
    NoApprover { id: Id },
    /// A fact that a message rests on and nobody checked.
    FactUnverified { id: Id, owner: Option<String>, message: Id },
    /// A fact that a message rests on, checked too long ago.
    FactExpired { id: Id, owner: Option<String>, message: Id, since: DateTime<FixedOffset> },
    /// A message of more words than can be said in nine seconds.
    LongMessage { id: Id, language: Language, words: usize, limit: usize },
    /// A message that rests on more facts than one remembers.
    ManyFacts { id: Id, facts: usize, limit: usize },
    /// A message too long for a network that has no variant of its own.
    TooLongForNetwork { id: Id, language: Language, network: &'static str, used: usize, limit: usize },
    /// A variant too long for its network.
    VariantTooLong { id: Id, language: Language, network: String, used: usize, limit: usize },
    /// An initiative whose last day is past.
    InitiativeEnded { id: Id, end: NaiveDate },
    /// An initiative that was to be read again.
    ReviewPast { id: Id, review_by: NaiveDate },
    /// An initiative with nothing to say.
    NoMessages { id: Id },
    /// A tier with nobody to call when the first does not answer.
    NoBackup { level: u8 },
    /// A step or outcome that no walk meets.
    Unreachable { id: Id },
    /// A rule that says the same as another of its kind.
    DuplicateRule { rule: Id, first: Id, first_at: At },
    /// A query names something the plan does not have.
    UnknownInQuery { rule: Id, field: &'static str, id: String, suggestion: Option<String> },
    /// Something in a query that is probably not meant.
    QueryWarning { rule: Id, warning: Warning },
}

impl FindingKind {
    /// A stable code, so that a finding can be looked up.
    pub fn code(&self) -> &'static str {
        FindingName::from(self).code()
    }
}

impl FindingName {
    /// The code of every finding of this kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::MissingLanguage => "FD050",
            Self::MessageExpired => "FD051",
            Self::MessageExpiring => "FD052",
            Self::MessageNotApproved => "FD053",
            Self::NoApprover => "FD054",
            Self::FactUnverified => "FD055",
            Self::FactExpired => "FD056",
            Self::LongMessage => "FD057",
            Self::ManyFacts => "FD058",
            Self::TooLongForNetwork => "FD059",
            Self::VariantTooLong => "FD060",
            Self::InitiativeEnded => "FD061",
            Self::ReviewPast => "FD062",
            Self::NoMessages => "FD063",
            Self::NoBackup => "FD064",
            Self::Unreachable => "FD065",
            Self::DuplicateRule => "FD066",
            Self::UnknownInQuery => "FD067",
            Self::QueryWarning => "FD068",
        }
    }
}

impl FindingKind {
    /// What was probably meant, to be put in its place.
    pub fn suggestion(&self) -> Option<&str> {
        match self {
            Self::UnknownInQuery { suggestion, .. } => suggestion.as_deref(),
            Self::QueryWarning { warning, .. } => warning.suggestion.as_deref(),
            _ => None,
        }
    }
}

/// What the queries of a plan warn of; needs no clock.
pub(super) fn of_loading(plan: &Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    rules::each_rule(plan, |rule| {
        findings.extend(rule.query.warnings().iter().map(|warning| Finding {
            kind: FindingKind::QueryWarning { rule: rule.name.clone(), warning: warning.clone() },
            at: rule.at.clone(),
        }));
    });
    findings
}
