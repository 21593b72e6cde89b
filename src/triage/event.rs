//! What happened to a case: each event is one record of the response log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Answer, Awaits, RecordId, Reply};
use crate::mention::{Disposition, Id, Labels, NoResponseReason};

/// A fact about one case, decided by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Event {
    /// It was decided what becomes of it.
    Decided {
        /// What becomes of it.
        disposition: Disposition,
        /// Why there is no response, where there is none.
        reason: Option<NoResponseReason>,
        /// A remark.
        note: Option<String>,
        /// The moderation clause cited.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clause: Option<Id>,
    },
    /// A reply was taken to the clipboard; it is not yet sent.
    Copied {
        /// The text and where it came from.
        reply: Reply,
        /// Who approved the text.
        authorized_by: Option<String>,
    },
    /// The copied reply was posted by hand.
    Posted {
        /// The text that was copied.
        reply: Reply,
        /// Who approved the text.
        authorized_by: Option<String>,
        /// Where it stands.
        permalink: Option<String>,
        /// What became of the case with it.
        disposition: Disposition,
    },
    /// The place of a posted reply was added.
    Linked {
        /// Where it stands.
        permalink: String,
    },
    /// It went to a tier of the escalation matrix.
    Escalated {
        /// 0 to 3.
        tier: u8,
        /// Role and name.
        to: String,
        /// The brief as handed over.
        brief: String,
        /// By when it is to be acknowledged.
        due: Option<DateTime<Utc>>,
    },
    /// It was put off.
    Snoozed {
        /// When it comes back.
        until: DateTime<Utc>,
    },
    /// It waits for others.
    Awaited {
        /// For what.
        awaits: Awaits,
    },
    /// A remark was written.
    Noted {
        /// The remark.
        note: String,
    },
    /// Somebody took it.
    Claimed,
    /// Somebody gave it back.
    Released,
    /// A post seen elsewhere was entered by hand.
    Captured,
    /// A person walked the road map: other branch, or questions answered that it leaves to a person.
    Overridden {
        /// The outcome the walk ended at.
        outcome: Id,
        /// The steps answered yes on the way.
        path: Vec<Id>,
        /// What the person answered, in the order of the walk.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<Answer>,
        /// Why; none where the answers say it all.
        note: Option<String>,
    },
    /// A person said otherwise of its words than the program.
    Relabelled {
        /// What the person says.
        labels: Labels,
        /// What the program had said of the same.
        was: Labels,
        /// A remark.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// It was opened again.
    Opened,
    /// Records were taken back: acts, or an earlier undo.
    Undone {
        /// Every record of the act that is taken back, on whatever case it stands.
        undoes: Vec<RecordId>,
    },
}

/// The bulk act a record belongs to: its records follow one another in one chain, written as one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Batch {
    /// The first record of the act, which names it.
    pub first: RecordId,
    /// How many records the act meant to write; a crash can leave fewer.
    pub size: u32,
}

/// A recorded event: what the fold needs of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The record's identity.
    pub id: RecordId,
    /// The instant of the act.
    pub at: DateTime<Utc>,
    /// Who acted.
    pub actor: Id,
    /// The bulk act it belongs to.
    pub batch: Option<Batch>,
    /// What happened.
    pub event: Event,
}
