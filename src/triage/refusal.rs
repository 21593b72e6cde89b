//! Why a command is not carried out, and the words for it.

use thiserror::Error;

use super::{Awaits, RecordId};
use crate::locale::Locale;
use crate::mention::{Disposition, Id};
use crate::plan::Localized;
use crate::tr;

/// A typed refusal. Nothing has changed when one is returned.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Somebody acted on the case since the person looked.
    #[error("the case has a newer record than the one the decision was based on")]
    StaleBase {
        /// The record that is the last one now.
        last: Option<RecordId>,
        /// The record the person had seen.
        seen: Option<RecordId>,
    },
    /// The same decision stands already.
    #[error("already decided: {0}")]
    AlreadyDecided(Disposition),
    /// The plan has moderation clauses: recorded moderation cites one of these.
    #[error("a moderation clause is needed")]
    ClauseNeeded {
        /// The plan's clauses, by id and title.
        clauses: Vec<(Id, Localized)>,
    },
    /// The plan has no such clause, but these.
    #[error("no clause {clause}")]
    UnknownClause {
        /// The one that was cited.
        clause: Id,
        /// The plan's clauses, by id and title.
        clauses: Vec<(Id, Localized)>,
    },
    /// Only moderation and a reminder of the guidelines cite a clause.
    #[error("{0} cites no clause")]
    CitesNoClause(Disposition),
    /// The mention was not said in public, and this would show it, or an answer to it, to everybody.
    #[error("{0} would be public")]
    NotSaidInPublic(Disposition),
    /// There is no decision whose reason could change.
    #[error("nothing decided yet")]
    NotDecided,
    /// The reason given is the one that stands.
    #[error("the reason is the same")]
    SameReason,
    /// A person said the same of its words already.
    #[error("the labels are the same")]
    SameLabels,
    /// A text that must say something is empty.
    #[error("the text is empty")]
    EmptyText,
    /// The plan wants an approval for a reply that a person changed.
    #[error("an edited reply needs approval")]
    EditedNeedsApproval,
    /// A safety protocol suspends replies to this mention.
    #[error("a protocol suspends replies")]
    RepliesSuspended {
        /// The protocol's heading.
        title: Localized,
    },
    /// No reply was copied that could have been posted.
    #[error("no reply was copied")]
    NothingCopied,
    /// The copied reply was confirmed as posted before.
    #[error("already confirmed as posted")]
    AlreadyPosted,
    /// There is no posted reply that could have a place.
    #[error("no reply was posted")]
    NotPosted,
    /// Only http and https addresses are kept.
    #[error("not an http or https address")]
    NotALink,
    /// The plan knows tiers 0 to 3.
    #[error("no escalation tier {0}")]
    NoSuchTier(u8),
    /// It stands at that tier already.
    #[error("already escalated to tier {0}")]
    AlreadyEscalated(u8),
    /// The instant to come back at has passed.
    #[error("the instant has passed")]
    SnoozeInThePast,
    /// It waits for that already.
    #[error("already waiting for {0}")]
    AlreadyAwaiting(Awaits),
    /// The case is closed: reopen it first.
    #[error("the case is closed")]
    Closed,
    /// The case is open as it is.
    #[error("the case is open")]
    NotClosed,
    /// Somebody has it.
    #[error("claimed by {0}")]
    ClaimedBy(Id),
    /// Nobody has it.
    #[error("nobody has claimed it")]
    NotClaimed,
    /// The mention is already on record, so it cannot be entered anew.
    #[error("already on record")]
    AlreadyCaptured,
    /// None of the person's own acts stands on this case.
    #[error("nothing to undo")]
    NothingToUndo,
    /// No undo of the person's own is the last thing that happened here.
    #[error("nothing to redo")]
    NothingToRedo,
    /// Somebody acted on top of it.
    #[error("a later act stands on it")]
    LaterActStands {
        /// Who acted later.
        by: Id,
    },
    /// Posted replies and captured posts are facts of the outside world: only a note corrects them.
    #[error("posted and captured are corrected by a note")]
    CannotBeUndone,
}

impl Refusal {
    /// One sentence for the person: what stands in the way and what to do.
    pub fn text(&self, locale: &Locale) -> String {
        match self {
            Self::StaleBase { .. } => tr!(locale, "refusal-stale-base"),
            Self::AlreadyDecided(disposition) => {
                tr!(locale, "refusal-already-decided", disposition = locale.word("disposition", disposition.token()))
            }
            Self::ClauseNeeded { clauses } => tr!(locale, "refusal-clause-needed", clauses = listed(clauses, locale)),
            Self::UnknownClause { clause, clauses } if clauses.is_empty() => {
                tr!(locale, "refusal-no-clauses", clause = &**clause)
            }
            Self::UnknownClause { clause, clauses } => {
                tr!(locale, "refusal-unknown-clause", clause = &**clause, clauses = listed(clauses, locale))
            }
            Self::CitesNoClause(disposition) => {
                tr!(locale, "refusal-cites-no-clause", disposition = locale.word("disposition", disposition.token()))
            }
            Self::NotSaidInPublic(disposition) => {
                tr!(locale, "refusal-not-said-in-public", disposition = locale.word("disposition", disposition.token()))
            }
            Self::NotDecided => tr!(locale, "refusal-not-decided"),
            Self::SameReason => tr!(locale, "refusal-same-reason"),
            Self::SameLabels => tr!(locale, "refusal-same-labels"),
            Self::EmptyText => tr!(locale, "refusal-empty-text"),
            Self::EditedNeedsApproval => tr!(locale, "refusal-edited-needs-approval"),
            Self::RepliesSuspended { title } => {
                tr!(locale, "blocked-protocol", title = title.get(locale.lang()))
            }
            Self::NothingCopied => tr!(locale, "refusal-nothing-copied"),
            Self::AlreadyPosted => tr!(locale, "refusal-already-posted"),
            Self::NotPosted => tr!(locale, "refusal-not-posted"),
            Self::NotALink => tr!(locale, "refusal-not-a-link"),
            Self::NoSuchTier(tier) => tr!(locale, "refusal-no-such-tier", tier = u32::from(*tier)),
            Self::AlreadyEscalated(tier) => tr!(locale, "refusal-already-escalated", tier = u32::from(*tier)),
            Self::SnoozeInThePast => tr!(locale, "refusal-snooze-in-the-past"),
            Self::AlreadyAwaiting(Awaits::Fact) => tr!(locale, "refusal-already-awaiting-fact"),
            Self::AlreadyAwaiting(Awaits::Approval) => tr!(locale, "refusal-already-awaiting-approval"),
            Self::AlreadyAwaiting(Awaits::Author) => tr!(locale, "refusal-already-awaiting-author"),
            Self::Closed => tr!(locale, "refusal-closed"),
            Self::NotClosed => tr!(locale, "refusal-not-closed"),
            Self::ClaimedBy(who) => tr!(locale, "refusal-claimed-by", who = &**who),
            Self::NotClaimed => tr!(locale, "refusal-not-claimed"),
            Self::AlreadyCaptured => tr!(locale, "refusal-already-captured"),
            Self::NothingToUndo => tr!(locale, "refusal-nothing-to-undo"),
            Self::NothingToRedo => tr!(locale, "refusal-nothing-to-redo"),
            Self::LaterActStands { by } => tr!(locale, "refusal-later-act-stands", who = &**by),
            Self::CannotBeUndone => tr!(locale, "refusal-cannot-be-undone"),
        }
    }
}

/// `C-1 (No threats), C-2 (No personal information)`.
fn listed(clauses: &[(Id, Localized)], locale: &Locale) -> String {
    let name = |(id, title): &(Id, Localized)| format!("{id} ({})", title.get(locale.lang()));
    clauses.iter().map(name).collect::<Vec<_>>().join(", ")
}
