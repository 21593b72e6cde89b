//! Why a suggestion must not be copied, and the words for it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::locale::Locale;
use crate::mention::Id;
use crate::plan::{Fact, FactState, Message, MessageStatus, Plan, Validity};
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
        match (message.status, message.validity(now)) {
            (MessageStatus::Draft, _) => Some(Self::Draft),
            (MessageStatus::Retired, _) => Some(Self::Retired),
            (_, Validity::NotYet(from)) => Some(Self::NotYetValid(from)),
            (_, Validity::Expired(until)) => Some(Self::Expired(until)),
            (MessageStatus::Approved, Validity::InDate) => {
                message.facts.iter().filter_map(|id| plan.facts.by_id(id)).find_map(|fact| Self::of_fact(fact, now))
            }
        }
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
