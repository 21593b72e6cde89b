//! Where a case stands, as columns: the fold of its records beside what the store itself knows.
//!
//! The store adds two things to the records' fold: a new text of a closed case may reopen it, until a later record
//! speaks; and the deadline that runs is worked out from the clocks, so that views can sort by it.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::schema::{NEVER, lane};
use super::{copies, projection};
use crate::mention::{Disposition, Id, Status};
use crate::pipeline::Clocks;
use crate::store::StoreError;
use crate::triage::CaseState;

/// The columns of `mention` that records and clocks decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) lane: i64,
    pub(super) status: Status,
    pub(super) disposition: Option<Disposition>,
    pub(super) claimed: Option<Id>,
    /// Milliseconds, or [`NEVER`].
    pub(super) due: i64,
    /// Milliseconds, or [`NEVER`].
    pub(super) wake: i64,
    /// When the last record was made; 0 without records.
    closed: i64,
    /// The version the last record saw; 0 without records.
    decided: u32,
}

/// What the last record of a case says about the moment it was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LastRecord {
    pub(super) at: DateTime<Utc>,
    pub(super) version: u32,
}

impl Standing {
    /// A case no record speaks of.
    pub(super) fn fresh(clocks: &Clocks) -> Self {
        Self::new(&CaseState::default(), LastRecord::default(), 0, clocks)
    }

    /// `reopened` is the version that called the case back; it counts until a record has seen that version.
    fn new(state: &CaseState, last: LastRecord, reopened: u32, clocks: &Clocks) -> Self {
        let mut status = state.status();
        if status == Status::Closed && reopened > last.version {
            status = Status::Reopened;
        }
        let lane = match status {
            Status::Closed => lane::CLOSED,
            Status::Snoozed => lane::SNOOZED,
            _ => lane::OPEN,
        };
        Self {
            lane,
            status,
            disposition: state.disposition(),
            claimed: state.claimed_by().cloned(),
            due: if lane == lane::CLOSED { NEVER } else { millis(due(state, clocks)) },
            wake: if lane == lane::SNOOZED { millis(state.snoozed_until()) } else { NEVER },
            closed: last.at.timestamp_millis(),
            decided: last.version,
        }
    }
}

/// The deadline that runs: to acknowledge, then to answer with substance, moved by the time that clock stood still.
/// None while it stands still without an end.
fn due(state: &CaseState, clocks: &Clocks) -> Option<DateTime<Utc>> {
    if state.acknowledged_at().is_none() && clocks.acknowledge_by.is_some() {
        return clocks.acknowledge_by;
    }
    let substance = clocks.substance_by.filter(|_| state.substance_at().is_none())?;
    if state.pauses().iter().any(|pause| pause.until.is_none()) {
        return None;
    }
    substance.checked_add_signed(state.paused_for(DateTime::<Utc>::MAX_UTC))
}

fn millis(at: Option<DateTime<Utc>>) -> i64 {
    at.map_or(NEVER, |at| at.timestamp_millis())
}

/// Folds the records of a row and writes where the case stands. A near-copy that comes back stands behind the others until
/// there is none as urgent.
pub(super) fn refresh(connection: &Connection, row: i64, clocks: &Clocks) -> Result<(), StoreError> {
    let (state, last) = projection::state_of(connection, row)?;
    let (reopened, cluster) = connection
        .prepare_cached("SELECT reopened, cluster FROM mention WHERE row = ?1")?
        .query_one([row], |sql| Ok((sql.get(0)?, sql.get(1)?)))?;
    let standing = Standing::new(&state, last, reopened, clocks);
    connection
        .prepare_cached(
            "UPDATE mention SET lane = ?2, status = ?3, disposition = ?4, claimed = ?5, due = ?6, wake = ?7, \
             closed = ?8, decided = ?9, behind = CASE WHEN lane <> 0 AND ?2 = 0 AND cluster <> 0 THEN 1 ELSE behind END \
             WHERE row = ?1",
        )?
        .execute(params![
            row,
            standing.lane,
            standing.status.token(),
            standing.disposition.map(Disposition::token),
            standing.claimed.as_deref(),
            standing.due,
            standing.wake,
            standing.closed,
            standing.decided,
        ])?;
    copies::cover(connection, cluster)
}

/// Moves what was put off until `now` or earlier back among the open; answers with how many.
pub(super) fn wake(connection: &Connection, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let clusters: Vec<i64> = connection
        .prepare_cached(
            "SELECT DISTINCT cluster FROM mention INDEXED BY mention_snoozed WHERE lane = 1 AND wake <= ?1 \
             AND cluster <> 0",
        )?
        .query_map([now.timestamp_millis()], |sql| sql.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let woken = connection
        .prepare_cached("UPDATE mention INDEXED BY mention_snoozed SET lane = 0, behind = cluster <> 0 WHERE lane = 1 AND wake <= ?1")?
        .execute([now.timestamp_millis()])?;
    for cluster in clusters {
        copies::cover(connection, cluster)?;
    }
    Ok(woken)
}
