//! What is unwise in a plan that loads: typed, with its place; the locale words it.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use strum::{AsRefStr, EnumDiscriminants, EnumIter};

use crate::mention::{Disposition, Id, Language, Level};
use crate::query::Warning;
use crate::text::readability::Readability;

use super::Plan;
use super::at::At;
use super::rules;
use super::rumour::RumourStatus;

/// Something about a plan that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Where it stands.
    pub at: At,
    /// The reason for which the plan accepts it, if it does.
    pub allowed: Option<Arc<str>>,
}

impl Finding {
    /// What `kind` says of `at`; nobody accepted it yet.
    pub fn new(kind: FindingKind, at: &At) -> Self {
        Self { kind, at: at.clone(), allowed: None }
    }
}

/// The kinds of findings.
#[derive(Debug, Clone, PartialEq, EnumDiscriminants)]
#[strum_discriminants(name(FindingName), derive(EnumIter), doc = "The kinds of findings without what they hold.")]
#[expect(missing_docs, reason = "the fields are named for what they hold; ids are those of the plan")]
pub enum FindingKind {
    /// A text is missing in one of the organization's languages.
    MissingLanguage { table: &'static str, id: Id, key: &'static str, language: Language },
    /// A text in use whose time is over.
    MessageExpired { text: TextKind, id: Id, since: DateTime<FixedOffset> },
    /// A text in use whose time is over soon.
    MessageExpiring { text: TextKind, id: Id, until: DateTime<FixedOffset> },
    /// A text that is used but not approved; `initiative` is one that uses it.
    MessageNotApproved { text: TextKind, id: Id, initiative: Option<Id> },
    /// A text that does not say who approved it.
    NoApprover { text: TextKind, id: Id },
    /// A fact that a text rests on and nobody checked.
    FactUnverified { id: Id, owner: Option<String>, text: TextKind, used_by: Id },
    /// A fact that a text rests on, checked too long ago.
    FactExpired { id: Id, owner: Option<String>, text: TextKind, used_by: Id, since: DateTime<FixedOffset> },
    /// A message of more words than can be said in nine seconds.
    LongMessage { id: Id, language: Language, words: usize, limit: usize },
    /// A message that rests on more facts than one remembers.
    ManyFacts { id: Id, facts: usize, limit: usize },
    /// A text too long for a network that has no variant of its own.
    TooLongForNetwork { text: TextKind, id: Id, language: Language, network: &'static str, used: usize, limit: usize },
    /// A variant too long for its network.
    VariantTooLong { text: TextKind, id: Id, language: Language, network: String, used: usize, limit: usize },
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
    /// A text that is harder to read than plain language.
    HardToRead { text: TextKind, id: Id, network: Option<String>, language: Language, measure: Readability },
    /// A rule, or a part of it, that no mention can match.
    NeverMatches { rule: Id, part: Option<String>, clash: Clash },
    /// A rule that asks only for what must not be there: nearly everything matches.
    MatchesNearlyAll { rule: Id },
    /// Terms that alone make two initiatives match.
    SharedTerms { initiative: Id, first: Id, first_at: At, terms: Vec<String>, more: usize },
    /// A cap that a floor of the same rule always beats.
    CapUnderFloor { cap: Id, cap_level: Level, floor: Id, floor_level: Level, floor_at: At },
    /// A floor at the lowest level or a cap at the highest: it holds nothing.
    IdleBound { name: Id, floor: bool, level: Level },
    /// A message that is used though it is retired.
    MessageRetired { id: Id, initiative: Id },
    /// More messages for one concern than a message map has.
    ManyMessages { initiative: Id, concern: String, messages: Vec<Id>, limit: usize },
    /// A variant for a network that no mention comes from.
    UnknownNetwork { text: TextKind, id: Id, network: String, suggestion: Option<String> },
    /// A tier or a member whose backup is the person who did not answer.
    BackupIsSame { table: &'static str, id: Id, name: String },
    /// An initiative in a crisis without a line for the first hour.
    CrisisWithoutHolding { id: Id },
    /// An account of the organization's own that stands among a group's.
    OwnAccountInGroup { id: Id, handle: String },
    /// A person who is named somewhere and not in the roster.
    NotInRoster { subject: Id, key: &'static str, person: String, suggestion: Option<String> },
    /// A place of an initiative that the plan does not have.
    UnknownPlace { id: Id, place: String, suggestion: Option<String> },
    /// A rumour that has been open for long.
    RumourUnverified { id: Id, opened: NaiveDate, days: i64 },
    /// A rumour known to be wrong without what an answer takes.
    RumourUnanswered { id: Id, status: RumourStatus, missing: &'static str },
    /// A template that nothing offers.
    TemplateNeverOffered { id: Id },
    /// An election period that is over.
    ElectionPast { id: Id, end: NaiveDate },
    /// Decisions whose records no series keeps.
    NoSeries { dispositions: Vec<Disposition> },
    /// A protocol with nobody to reach.
    NoContacts { id: Id },
    /// An `[[allow]]` that no finding fits.
    AllowsNothing { code: String, id: Option<String>, suggestion: Option<String> },
    /// An `[[allow]]` of a code that does not exist.
    AllowsNoCode { code: String },
    /// An `[[allow]]` of an error.
    AllowsAnError { code: String },
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
            Self::HardToRead => "FD069",
            Self::NeverMatches => "FD070",
            Self::MatchesNearlyAll => "FD071",
            Self::SharedTerms => "FD072",
            Self::CapUnderFloor => "FD073",
            Self::IdleBound => "FD074",
            Self::MessageRetired => "FD075",
            Self::ManyMessages => "FD076",
            Self::UnknownNetwork => "FD077",
            Self::BackupIsSame => "FD078",
            Self::CrisisWithoutHolding => "FD079",
            Self::OwnAccountInGroup => "FD080",
            Self::NotInRoster => "FD081",
            Self::UnknownPlace => "FD082",
            Self::RumourUnverified => "FD083",
            Self::RumourUnanswered => "FD084",
            Self::TemplateNeverOffered => "FD085",
            Self::ElectionPast => "FD086",
            Self::NoSeries => "FD087",
            Self::NoContacts => "FD088",
            Self::AllowsNothing => "FD089",
            Self::AllowsNoCode => "FD090",
            Self::AllowsAnError => "FD091",
        }
    }
}

impl FindingKind {
    /// What was probably meant, to be put in its place.
    pub fn suggestion(&self) -> Option<&str> {
        match self {
            Self::UnknownInQuery { suggestion, .. }
            | Self::UnknownNetwork { suggestion, .. }
            | Self::NotInRoster { suggestion, .. }
            | Self::UnknownPlace { suggestion, .. }
            | Self::AllowsNothing { suggestion, .. } => suggestion.as_deref(),
            Self::QueryWarning { warning, .. } => warning.suggestion.as_deref(),
            _ => None,
        }
    }

    /// What it is about: an id, a rule's name, `tier-3`, `organization`. Stays the same while the plan's ids do, so that an
    /// `[[allow]]` can name it.
    pub fn subject(&self) -> Cow<'_, str> {
        match self {
            Self::MissingLanguage { id, .. } if id.is_empty() => Cow::Borrowed("organization"),
            Self::MissingLanguage { table: "[[tier]]", id, .. } => Cow::Owned(format!("tier-{id}")),
            Self::MissingLanguage { id, .. }
            | Self::MessageExpired { id, .. }
            | Self::MessageExpiring { id, .. }
            | Self::MessageNotApproved { id, .. }
            | Self::MessageRetired { id, .. }
            | Self::NoApprover { id, .. }
            | Self::FactUnverified { id, .. }
            | Self::FactExpired { id, .. }
            | Self::LongMessage { id, .. }
            | Self::HardToRead { id, .. }
            | Self::ManyFacts { id, .. }
            | Self::TooLongForNetwork { id, .. }
            | Self::VariantTooLong { id, .. }
            | Self::UnknownNetwork { id, .. }
            | Self::InitiativeEnded { id, .. }
            | Self::ReviewPast { id, .. }
            | Self::NoMessages { id }
            | Self::Unreachable { id }
            | Self::CrisisWithoutHolding { id }
            | Self::BackupIsSame { id, .. }
            | Self::NotInRoster { subject: id, .. }
            | Self::UnknownPlace { id, .. }
            | Self::RumourUnverified { id, .. }
            | Self::RumourUnanswered { id, .. }
            | Self::TemplateNeverOffered { id }
            | Self::ElectionPast { id, .. }
            | Self::NoContacts { id }
            | Self::OwnAccountInGroup { id, .. }
            | Self::SharedTerms { initiative: id, .. }
            | Self::ManyMessages { initiative: id, .. }
            | Self::DuplicateRule { rule: id, .. }
            | Self::UnknownInQuery { rule: id, .. }
            | Self::QueryWarning { rule: id, .. }
            | Self::NeverMatches { rule: id, .. }
            | Self::MatchesNearlyAll { rule: id }
            | Self::CapUnderFloor { cap: id, .. }
            | Self::IdleBound { name: id, .. } => Cow::Borrowed(id),
            Self::NoBackup { level } => Cow::Owned(format!("tier-{level}")),
            Self::NoSeries { .. } => Cow::Borrowed("records_series"),
            Self::AllowsNothing { code, .. } | Self::AllowsNoCode { code } | Self::AllowsAnError { code } => {
                Cow::Borrowed(code)
            }
        }
    }
}

/// Which of the plan's texts is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsRefStr)]
#[strum(serialize_all = "snake_case")]
pub enum TextKind {
    /// A key message.
    Message,
    /// A reply template.
    Template,
    /// A holding statement.
    Holding,
    /// The line of a rumour.
    Rumour,
}

/// Why no mention can match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// The same thing must be there and must not.
    Excluded {
        /// What must be there.
        wanted: String,
        /// What must not.
        excluded: String,
    },
    /// Two things that cannot both be so.
    Both {
        /// One of them.
        first: String,
        /// The other.
        second: String,
    },
    /// A comparison that no value meets.
    NoValue {
        /// The comparison.
        test: String,
    },
}

/// What the queries of a plan warn of; needs no clock.
pub(super) fn of_loading(plan: &Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    rules::each_rule(plan, |rule| {
        findings.extend(rule.query.warnings().iter().map(|warning| {
            let kind = FindingKind::QueryWarning { rule: rule.name.clone(), warning: warning.clone() };
            Finding::new(kind, &rule.at)
        }));
    });
    findings
}
