//! Clusters of near-copies: who belongs together, who stands for the others, and what history is rebuilt from.
//!
//! What enters: the memory of each new mention, in the transaction that adds it. What leaves: the cluster of a row, with how
//! many belong to it now; its members; the memories of the window. A member is *behind* when another open member that is
//! as urgent was there before it: folded views leave it out. Whatever changes where a member stands ends in
//! [`cover`], so that no open cluster is without somebody who stands for it.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{self, COLUMNS};
use crate::mention::MentionId;
use crate::pipeline::{History, Memories, Memory};
use crate::store::{MOST_MEMBERS, Row, StoreError, View};

/// Memories that have left the window are forgotten when so many new rows have come.
const FORGOTTEN_AFTER: i64 = 1024;

/// Keeps the memory of a mention that was just added, and puts it to its cluster.
pub(super) fn keep(connection: &Connection, row: i64, memory: &Memory) -> Result<(), StoreError> {
    let (first, text) = match &memory.of {
        Ok(text) => (row, Some(text)),
        Err(first) => (first_of(connection, first)?.unwrap_or(row), None),
    };
    connection
        .prepare_cached("INSERT INTO memory (row, key, first, text) VALUES (?1, ?2, ?3, ?4)")?
        // The database knows signed numbers only.
        .execute(params![row, memory.key.cast_signed(), first, text])?;
    if first != row {
        join(connection, row, first)?;
    }
    if row % FORGOTTEN_AFTER == 0 {
        forget(connection)?;
    }
    Ok(())
}

/// The row of a cluster's first mention, by any id of one of its members.
fn first_of(connection: &Connection, id: &MentionId) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT CASE m.cluster WHEN 0 THEN m.row ELSE m.cluster END FROM seen_by s JOIN mention m ON m.row = s.row \
             WHERE s.id = ?1",
        )?
        .query_row([id.as_str()], |sql| sql.get(0))
        .optional()?)
}

fn join(connection: &Connection, row: i64, first: i64) -> Result<(), StoreError> {
    let begun = connection
        .prepare_cached("UPDATE mention SET cluster = ?1 WHERE row = ?1 AND cluster = 0")?
        .execute([first])?;
    if begun == 1 {
        connection
            .prepare_cached("INSERT INTO cluster (first, id, size) SELECT row, id, 1 FROM mention WHERE row = ?1")?
            .execute([first])?;
    }
    connection.prepare_cached("UPDATE cluster SET size = size + 1 WHERE first = ?1")?.execute([first])?;
    connection
        .prepare_cached(
            "UPDATE mention SET cluster = ?2, behind = EXISTS (SELECT 1 FROM mention f INDEXED BY mention_cluster \
             WHERE f.cluster = ?2 AND f.cluster <> 0 AND f.lane = 0 AND f.behind = 0 AND f.level <= mention.level) \
             WHERE row = ?1",
        )?
        .execute([row, first])?;
    Ok(())
}

/// Sees to it that somebody stands for the open members of a cluster: the most urgent of those behind comes forward, unless
/// one as urgent stands there.
pub(super) fn cover(connection: &Connection, cluster: i64) -> Result<(), StoreError> {
    if cluster == 0 {
        return Ok(());
    }
    connection
        .prepare_cached(
            "UPDATE mention SET behind = 0 WHERE row = (\
               SELECT b.row FROM mention b INDEXED BY mention_cluster \
               WHERE b.cluster = ?1 AND b.cluster <> 0 AND b.lane = 0 AND b.behind = 1 \
               AND NOT EXISTS (SELECT 1 FROM mention f INDEXED BY mention_cluster \
                 WHERE f.cluster = ?1 AND f.cluster <> 0 AND f.lane = 0 AND f.behind = 0 AND f.level <= b.level) \
               ORDER BY b.level, b.row LIMIT 1)",
        )?
        .execute([cluster])?;
    Ok(())
}

/// The members of a mention's cluster that are in `view`, in its order; the mention alone when it has no near-copies.
pub(super) fn members(
    connection: &Connection,
    id: &MentionId,
    view: View,
    (actor, now): (&str, DateTime<Utc>),
) -> Result<Vec<Row>, StoreError> {
    let Some(first) = first_of(connection, id)? else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {COLUMNS} FROM mention m WHERE m.row IN (SELECT row FROM mention INDEXED BY mention_cluster \
           WHERE cluster = :first AND cluster <> 0 UNION SELECT :first) AND {} ORDER BY {} LIMIT {}",
        view.filter(),
        view.order(),
        MOST_MEMBERS,
    );
    let mut statement = connection.prepare_cached(&sql)?;
    for (name, value) in [(":first", &first as &dyn rusqlite::ToSql), (":actor", &actor)] {
        if let Some(index) = statement.parameter_index(name)? {
            statement.raw_bind_parameter(index, value)?;
        }
    }
    let (mut found, mut sql_rows) = (Vec::new(), statement.raw_query());
    while let Some(sql) = sql_rows.next()? {
        found.push(rows::read(sql, view, now)?);
    }
    Ok(found)
}

/// The first row of the window.
fn window(connection: &Connection) -> Result<i64, StoreError> {
    let before = i64::try_from(History::MENTIONS).unwrap_or(i64::MAX);
    let last_outside: Option<i64> = connection
        .prepare_cached("SELECT row FROM memory ORDER BY row DESC LIMIT 1 OFFSET ?1")?
        .query_row([before], |sql| sql.get(0))
        .optional()?;
    Ok(last_outside.map_or(0, |row| row + 1))
}

/// Forgets what has left the window, but the texts of clusters that go on in it.
fn forget(connection: &Connection) -> Result<(), StoreError> {
    let window = window(connection)?;
    connection
        .prepare_cached(
            "DELETE FROM memory WHERE row < ?1 AND (text IS NULL OR NOT EXISTS (SELECT 1 FROM mention m \
             INDEXED BY mention_cluster WHERE m.cluster = memory.row AND m.cluster <> 0 AND m.row >= ?1))",
        )?
        .execute([window])?;
    Ok(())
}

/// What history is rebuilt from.
pub(super) fn memories(connection: &Connection) -> Result<Memories, StoreError> {
    let window = window(connection)?;
    let mut memories = Memories::default();
    let mut statement = connection.prepare_cached(
        "SELECT y.row, m.id, y.text, CASE m.cluster WHEN 0 THEN 1 ELSE (SELECT size FROM cluster WHERE first = y.row) \
         END FROM memory y JOIN mention m ON m.row = y.row WHERE y.text IS NOT NULL ORDER BY y.row",
    )?;
    let mut rows = statement.query([])?;
    while let Some(sql) = rows.next()? {
        let id = MentionId::new(sql.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        let size: Option<u32> = sql.get(3)?;
        memories.clusters.push((sql.get(0)?, id, sql.get(2)?, size.unwrap_or(1)));
    }
    let mut statement = connection.prepare_cached("SELECT key, first FROM memory WHERE row >= ?1 ORDER BY row")?;
    let mentions = statement.query_map([window], |sql| Ok((sql.get::<_, i64>(0)?.cast_unsigned(), sql.get(1)?)))?;
    memories.mentions = mentions.collect::<rusqlite::Result<_>>()?;
    Ok(memories)
}
