//! Why a suggestion must not be copied, and the words for it.
//!
//! What enters: a text of the plan and an instant. What leaves: the first thing in the way, or nothing.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::SuggestionKind;
use crate::locale::Locale;
use crate::mention::Id;
use crate::plan::{
    Approval, ApprovalStatus, Fact, FactState, Localized, Message, Plan, Protocol, Rumour, RumourStatus, Validity,
};
use crate::tr;

/// What is wrong with a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactProblem {
    /// Nobody checked it.
    Unverified,
    /// It was good until then.
    Expired(DateTime<Utc>),
}

/// What keeps a suggestion from being copied, the first thing in the way only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocked {
    /// The mention's author took it down: no public answer.
    AuthorDeleted,
    /// The message is still being written.
    Draft,
    /// The message is no longer used.
    Retired,
    /// The message counts from then on.
    NotYetValid(DateTime<Utc>),
    /// The message counted until then.
    Expired(DateTime<Utc>),
    /// The holding statement has nobody who approves it.
    NoApprover,
    /// The response line of a rumour has nobody who approves it.
    NoApproverOfLine,
    /// A safety protocol holds that suspends replies.
    Protocol {
        /// The protocol.
        id: Id,
        /// Its heading.
        title: Localized,
    },
    /// An election period runs and leaves this text out.
    ElectionPeriod {
        /// Its name.
        title: Localized,
        /// Its last day.
        end: NaiveDate,
    },
    /// Nobody knows yet whether the rumour is true.
    Rumour {
        /// Whose fact settles it.
        owner: Option<String>,
    },
    /// A variable of the text has no value for this mention.
    Variable {
        /// Its name, without braces.
        name: String,
    },
    /// A fact it rests on cannot be relied on.
    Fact {
        /// The fact.
        fact: Id,
        /// What is wrong with it.
        problem: FactProblem,
        /// Whose it is.
        owner: Option<String>,
    },
}

impl Blocked {
    /// What stands in the way of `message` at `now`.
    pub(super) fn of_message(message: &Message, plan: &Plan, now: DateTime<Utc>) -> Option<Self> {
        let facts = || message.facts.iter().filter_map(|id| plan.facts.by_id(id));
        Self::of_approval(&message.approval, now).or_else(|| facts().find_map(|fact| Self::of_fact(fact, now)))
    }

    /// What its approval says against a text at `now`.
    pub(super) fn of_approval(approval: &Approval, now: DateTime<Utc>) -> Option<Self> {
        match (approval.status, approval.validity(now)) {
            (ApprovalStatus::Draft, _) => Some(Self::Draft),
            (ApprovalStatus::Retired, _) => Some(Self::Retired),
            (_, Validity::NotYet(from)) => Some(Self::NotYetValid(from)),
            (_, Validity::Expired(until)) => Some(Self::Expired(until)),
            (ApprovalStatus::Approved, Validity::InDate) => None,
        }
    }

    /// What stands in the way of a rumour's response line at `now`.
    pub(super) fn of_rumour(rumour: &Rumour, plan: &Plan, now: DateTime<Utc>) -> Option<Self> {
        let fact = rumour.fact.as_ref().and_then(|id| plan.facts.by_id(id));
        if rumour.status == RumourStatus::Unverified {
            return Some(Self::Rumour { owner: fact.and_then(|fact| fact.owner.clone()) });
        }
        let unapproved = rumour.approved_by.is_none().then_some(Self::NoApproverOfLine);
        fact.and_then(|fact| Self::of_fact(fact, now)).or(unapproved)
    }

    /// What a protocol that suspends replies says to everything it holds back.
    pub(super) fn of_protocol(protocol: &Protocol) -> Self {
        Self::Protocol { id: protocol.id.clone(), title: protocol.title.clone() }
    }

    /// The election period that runs at `now`, where it leaves this text out. It can name everything but the lines of
    /// rumours: those it holds back as soon as it names anything.
    pub(super) fn of_election(kind: SuggestionKind, id: &Id, plan: &Plan, now: DateTime<Utc>) -> Option<Self> {
        let period = plan.election_on(plan.organization.hours.local_day(now))?;
        let allowed = period.allowed.is_empty() || (kind != SuggestionKind::Rumour && period.allows(id));
        (!allowed).then(|| Self::ElectionPeriod { title: period.title.clone(), end: period.end })
    }

    fn of_fact(fact: &Fact, now: DateTime<Utc>) -> Option<Self> {
        let problem = match fact.state(now) {
            FactState::Verified => return None,
            FactState::Unverified => FactProblem::Unverified,
            FactState::Expired(until) => FactProblem::Expired(until),
        };
        Some(Self::Fact { fact: fact.id.clone(), problem, owner: fact.owner.clone() })
    }

    /// One sentence: why, and whose it is. Instants are told in `zone`, the plan's.
    pub fn text(&self, locale: &Locale, zone: Tz) -> String {
        let date = |at: &DateTime<Utc>| locale.date_time(&at.with_timezone(&zone));
        match self {
            Self::AuthorDeleted => tr!(locale, "blocked-author-deleted"),
            Self::Draft => tr!(locale, "blocked-draft"),
            Self::Retired => tr!(locale, "blocked-retired"),
            Self::NotYetValid(from) => tr!(locale, "blocked-not-yet-valid", date = date(from)),
            Self::Expired(until) => tr!(locale, "blocked-expired", date = date(until)),
            Self::NoApprover => tr!(locale, "blocked-no-approver"),
            Self::NoApproverOfLine => tr!(locale, "blocked-no-approver-of-line"),
            Self::Protocol { title, .. } => tr!(locale, "blocked-protocol", title = title.get(locale.lang())),
            Self::ElectionPeriod { title, end } => {
                let noon = end.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
                tr!(locale, "blocked-election", title = title.get(locale.lang()), date = locale.date(&noon))
            }
            Self::Rumour { owner } => {
                let owner = owner.clone().unwrap_or_else(|| tr!(locale, "blocked-no-owner"));
                tr!(locale, "blocked-rumour", owner = owner)
            }
            Self::Variable { name } => tr!(locale, "blocked-variable", name = format!("{{{name}}}")),
            Self::Fact { fact, problem, owner } => {
                let owner = owner.clone().unwrap_or_else(|| tr!(locale, "blocked-no-owner"));
                match problem {
                    FactProblem::Unverified => {
                        tr!(locale, "blocked-fact-unverified", fact = &**fact, owner = owner)
                    }
                    FactProblem::Expired(until) => {
                        tr!(locale, "blocked-fact-expired", fact = &**fact, owner = owner, date = date(until))
                    }
                }
            }
        }
    }
}
