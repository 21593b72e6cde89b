//! One decision from outside the desk: the same decider, the same log, the same projection.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::{Home, HomeError};
use crate::mention::MentionId;
use crate::response_log::{Draft, Found, Log, LogError};
use crate::store::{Store, StoreError, catch_up};
use crate::triage::{self, Command, Context, RecordId, Refusal, clauses};

/// A decision that is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The mention it is about.
    pub mention: MentionId,
    /// The records made, in order.
    pub records: Vec<RecordId>,
    /// What was wrong at the end of the log, and is settled now.
    pub found: Found,
    /// Set when the store could not follow; the decision stands, and the store catches up at the next start.
    pub store_behind: Option<StoreError>,
}

/// Why nothing was decided.
#[derive(Debug, Error)]
pub enum NotDecided {
    /// The home cannot be worked in.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// No mention has this id.
    #[error("unknown mention")]
    Unknown,
    /// Several mentions have this native id: one of these is meant.
    #[error("ambiguous id")]
    Ambiguous(Vec<MentionId>),
    /// The case does not allow it.
    #[error("{0}")]
    Refused(Refusal),
}

impl From<StoreError> for NotDecided {
    fn from(error: StoreError) -> Self {
        Self::Home(error.into())
    }
}

impl From<LogError> for NotDecided {
    fn from(error: LogError) -> Self {
        Self::Home(error.into())
    }
}

/// Decides `command` for the mention that `id` names, records it, and lets the store follow. `id` is whole, or a native
/// id that only one source has. The log is opened first, so that whatever others record meanwhile is noticed.
pub fn decide(home: &Home, id: &str, command: &Command, now: DateTime<Utc>) -> Result<Decided, NotDecided> {
    let (mut log, found) = Log::open(home.log_paths(), home.zone())?;
    let (mut store, _) = home.current_store()?;
    let mut named = store.resolve(id)?;
    let id = match (named.pop(), named.is_empty()) {
        (Some(id), true) => id,
        (None, _) => return Err(NotDecided::Unknown),
        (Some(last), false) => {
            named.push(last);
            return Err(NotDecided::Ambiguous(named));
        }
    };
    let mut case = store.case(&id, now)?.ok_or(NotDecided::Unknown)?;
    if case.assessed.assessment.is_pending() {
        // A decision stands on an assessment, also before its turn has come.
        case.assessed.assessment = home.assessor()(&case.assessed.mention, &case.assessed.assessment.kept());
    }
    let clauses = clauses(&home.plan);
    let context = Context {
        clauses: &clauses,
        closed: case.assessed.mention.audience.is_closed(),
        approve_edited: home.plan.organization.approve_edited,
        ..Context::new(&home.actor, now, case.state.last())
    };
    let events = triage::decide(command, &case.state, &context).map_err(NotDecided::Refused)?;
    let mention = Arc::new(case.assessed.mention);
    let mut drafts = Draft::of_command(&mention, events, &context);
    for draft in &mut drafts {
        let walked = case.state.overridden().map_or(&case.assessed.assessment.path, |walked| &walked.path);
        draft.under(&home.plan, walked.clone());
    }
    let records = log.append(&drafts)?.iter().map(crate::response_log::Record::id).collect();
    let mut assess = home.assessor();
    let store_behind = catch_up(&mut store, &home.log_paths().folder, &mut assess).err();
    Ok(Decided { mention: id, records, found, store_behind })
}
