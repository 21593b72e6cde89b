//! Another plan came into force: what is open is assessed anew, the closed never.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};

use super::{commit, intake, light, pages, value};
use crate::mention::MentionId;
use crate::pipeline::Assessed;
use crate::plan::PlanHash;
use crate::store::{Assess, Position, StoreError};

/// What is left to do, in the order in which a person misses it. As many numbers as are open.
pub(super) fn stale(
    connection: &Connection,
    plan: &PlanHash,
    visible: &[MentionId],
) -> Result<Vec<Position>, StoreError> {
    let plan = light::plan_number(connection, &plan.0)?;
    let mut rows = Vec::new();
    for id in visible {
        rows.extend(pages::row_of(connection, id)?);
    }
    // What waits for its first assessment has a queue of its own.
    let mut statement = connection.prepare_cached(
        "SELECT row FROM mention INDEXED BY mention_plan WHERE lane <> 2 AND (plan > ?1 OR plan BETWEEN 1 AND ?1 - 1) \
         ORDER BY lane, CASE WHEN lane = 0 AND level <= 2 THEN level ELSE 3 END, \
         CASE WHEN lane = 0 AND level <= 2 THEN due END, row DESC",
    )?;
    let mut sql_rows = statement.query([plan])?;
    while let Some(sql) = sql_rows.next()? {
        rows.push(sql.get(0)?);
    }
    let mut met = HashSet::with_capacity(rows.len());
    rows.retain(|row| met.insert(*row));
    Ok(rows.into_iter().map(|row| Position(0, 0, -row)).collect())
}

/// Assesses these anew. One that was closed in the meantime keeps what it was decided on.
pub(super) fn some(connection: &Connection, stale: &[Position], assess: &mut Assess<'_>) -> Result<(), StoreError> {
    for Position(_, _, place) in stale {
        let row = -place;
        if intake::assess(connection, row, assess)? {
            continue;
        }
        let open = connection
            .prepare_cached("SELECT 1 FROM mention WHERE row = ?1 AND lane <> 2")?
            .query_row([row], |_| Ok(()))
            .optional()?;
        if open.is_none() {
            continue;
        }
        let Assessed { mention, assessment } = value::assessed(connection, row)?;
        let assessment = assess(&mention, &assessment.kept());
        commit::replace(connection, row, &Assessed { mention, assessment })?;
    }
    Ok(())
}
