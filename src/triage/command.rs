//! What a person can want to do to a case, and the circumstances a decision depends on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString, IntoStaticStr};

use super::{CaseState, RecordId};
use crate::mention::{Disposition, Id, Labels, Language, NoResponseReason};
use crate::plan::{Localized, Plan};

/// The text of an answer, as it was taken to the clipboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The key message or holding statement it came from; none for one that was composed freely.
    #[serde(default)]
    pub message: Option<Id>,
    /// The language it is written in.
    pub lang: Language,
    /// Exactly what was copied.
    pub text: String,
    /// True when a person changed the approved words.
    #[serde(default)]
    pub edited: bool,
    /// True for a holding statement.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holding: bool,
}

/// What an open case waits for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Awaits {
    /// A fact that somebody verifies.
    Fact,
    /// Somebody's approval.
    Approval,
    /// An answer of the mention's author; pauses the clock for substance.
    Author,
}

/// What a person said to a question of the road map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The step.
    pub step: Id,
    /// Yes or no.
    pub yes: bool,
    /// True where the plan's own rule answers otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub against: bool,
}

/// True for the dispositions that may cite a moderation clause: moderation done elsewhere, and a reminder of the
/// guidelines.
pub fn cites_clause(disposition: Disposition) -> bool {
    matches!(disposition, Disposition::ModerationRecorded | Disposition::GuidelinesReminder)
}

/// True for the dispositions that show a mention, or an answer to it, to everybody.
pub fn is_public(disposition: Disposition) -> bool {
    matches!(disposition, Disposition::RespondedPublic | Disposition::Amplified)
}

/// The clauses of `plan` as a [`Context`] takes them.
pub fn clauses(plan: &Plan) -> Vec<(Id, Localized)> {
    plan.clauses.iter().map(|clause| (clause.id.clone(), clause.title.clone())).collect()
}

/// A person's intent for one case. An act on several cases is one command decided for each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Say what becomes of it; closes the case, except for a holding statement.
    Decide {
        /// What becomes of it.
        disposition: Disposition,
        /// Why no response is given, where none is.
        reason: Option<NoResponseReason>,
        /// A remark that goes into the same record.
        note: Option<String>,
        /// The moderation clause cited; for the dispositions that [`cites_clause`] only.
        clause: Option<Id>,
    },
    /// Correct the reason of the decision that stands.
    ChangeReason {
        /// The new reason.
        reason: NoResponseReason,
    },
    /// A reply was taken to the clipboard.
    Copy {
        /// The text and where it came from.
        reply: Reply,
        /// Who approved the text; none for an edited one.
        authorized_by: Option<String>,
    },
    /// The copied reply was posted by hand; closes the case, except for a holding statement.
    Post {
        /// Where it stands, if already known.
        permalink: Option<String>,
        /// The road map's disposition; without it, the copied reply tells.
        disposition: Option<Disposition>,
    },
    /// Tell where a posted reply stands.
    AddPermalink {
        /// An http or https address.
        permalink: String,
    },
    /// Hand it to a tier of the escalation matrix.
    Escalate {
        /// 0 to 3.
        tier: u8,
        /// Role and name it goes to.
        to: String,
        /// The brief as it was handed over.
        brief: String,
        /// By when that person acknowledges.
        due: Option<DateTime<Utc>>,
    },
    /// Put it off; pauses the clock for substance.
    Snooze {
        /// When it comes back.
        until: DateTime<Utc>,
    },
    /// Say in which way it waits for others.
    Await(Awaits),
    /// Write a remark.
    Note {
        /// The remark.
        text: String,
    },
    /// Take it.
    Claim,
    /// Give it back.
    Release,
    /// Enter a post seen elsewhere.
    Capture,
    /// Take another branch of the road map than the one suggested, or answer the questions it leaves to a person.
    OverrideBranch {
        /// The outcome the walk ended at.
        outcome: Id,
        /// The steps answered yes on the way to it.
        path: Vec<Id>,
        /// The answers the person gave, in the order of the walk.
        answers: Vec<Answer>,
        /// Why; may be blank only where every answer is to a question that the plan leaves to a person.
        why: String,
    },
    /// Say otherwise of its words than the program.
    Relabel {
        /// What the person says; what is not said stays as it is.
        labels: Labels,
        /// What the program says of the same.
        was: Labels,
        /// A remark that goes into the same record.
        note: Option<String>,
    },
    /// Open a closed, snoozed or waiting case again.
    Reopen,
    /// Take back one's own last act on the case.
    Undo,
    /// Take back one's own last undo.
    Redo,
}

/// Who acts, when, and on what view of the case.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Who acts.
    pub actor: &'a Id,
    /// The instant of the act.
    pub now: DateTime<Utc>,
    /// The last record the person had seen for this case.
    pub base: Option<&'a RecordId>,
    /// True where the plan wants an approval for replies that a person changed.
    pub approve_edited: bool,
    /// The plan's moderation clauses, by id and title. Where there are any, recorded moderation cites one of them.
    pub clauses: &'a [(Id, Localized)],
    /// True for a mention that was not said in public: no answer to it may be.
    pub closed: bool,
    /// For `Undo` and `Redo`: the other cases touched by the bulk act that would be taken back. Without them only this
    /// case's own records are named.
    pub companions: &'a [&'a CaseState],
}

impl<'a> Context<'a> {
    /// A context without approval rule, clauses and companions, for what was said in public.
    pub fn new(actor: &'a Id, now: DateTime<Utc>, base: Option<&'a RecordId>) -> Self {
        Self { actor, now, base, approve_edited: false, clauses: &[], closed: false, companions: &[] }
    }
}
