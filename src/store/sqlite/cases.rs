//! One mention whole, what its author said before, and the numbers of the status bar.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::pages::row_of;
use super::rows::{self, COLUMNS};
use super::schema::PENDING;
use super::{projection, value};
use crate::mention::{Mention, MentionId};
use crate::store::incoming::author_key;
use crate::store::{AuthorHistory, Case, Counts, Row, StoreError, Version, View};

/// A case by any id under which its mention was seen; `None` when the store has none.
pub(super) fn case(connection: &Connection, id: &MentionId, now: DateTime<Utc>) -> Result<Option<Case>, StoreError> {
    let Some(number) = row_of(connection, id)? else { return Ok(None) };
    let row = row(connection, number, now)?;
    let assessed = value::assessed(connection, number)?;
    let (state, _) = projection::state_of(connection, number)?;
    let versions = versions(connection, number)?;
    Ok(Some(Case { row, assessed, state, versions }))
}

/// The light row of a number that must be there, with its place among all.
pub(super) fn row(connection: &Connection, number: i64, now: DateTime<Utc>) -> Result<Row, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM mention m WHERE m.row = ?1");
    Ok(connection.prepare_cached(&sql)?.query_one([number], |sql| rows::read(sql, View::All, now))?)
}

fn versions(connection: &Connection, number: i64) -> Result<Vec<Version>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT number, mention FROM version WHERE row = ?1 ORDER BY number")?;
    let mut sql_rows = statement.query([number])?;
    let mut versions = Vec::new();
    while let Some(sql) = sql_rows.next()? {
        let mention: Mention = value::parse(number, sql.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
        versions.push(Version { number: sql.get(0)?, text: mention.text, received_at: mention.received_at });
    }
    Ok(versions)
}

/// What the author of a mention said before and after it; empty for an author without a handle.
pub(super) fn author(
    connection: &Connection,
    id: &MentionId,
    limit: usize,
    now: DateTime<Utc>,
) -> Result<AuthorHistory, StoreError> {
    let Some(number) = row_of(connection, id)? else { return Ok(AuthorHistory::default()) };
    let Some(author) = author_key(&value::assessed(connection, number)?.mention) else {
        return Ok(AuthorHistory::default());
    };
    let total = connection
        .prepare_cached("SELECT count(*) FROM mention WHERE author = ?1")?
        .query_one([&author], |sql| sql.get(0))?;
    // An account with a long history is counted in full, but its open ones only among the newest: bounded work a key.
    let open = connection
        .prepare_cached(
            "SELECT count(*) FROM (SELECT lane FROM mention WHERE author = ?1 ORDER BY row DESC LIMIT 1000) \
             WHERE lane <> 2",
        )?
        .query_one([&author], |sql| sql.get(0))?;
    let sql =
        format!("SELECT {COLUMNS} FROM mention m WHERE m.author = ?1 AND m.row <> ?2 ORDER BY m.row DESC LIMIT ?3");
    let recent = connection
        .prepare_cached(&sql)?
        .query_map(params![author, number, i64::try_from(limit).unwrap_or(i64::MAX)], |sql| {
            rows::read(sql, View::All, now)
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(AuthorHistory { total, open, recent })
}

/// The numbers of the status bar, from the indexes of the open views alone.
pub(super) fn counts(connection: &Connection, actor: &str, now: DateTime<Utc>) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    let mut statement = connection.prepare_cached(
        "SELECT level, count(*), sum(due < ?1) FROM mention INDEXED BY mention_level WHERE lane = 0 GROUP BY level",
    )?;
    let mut sql_rows = statement.query([now.timestamp_millis()])?;
    while let Some(sql) = sql_rows.next()? {
        let level: usize = sql.get(0)?;
        if level as i64 == PENDING {
            counts.pending = sql.get(1)?;
            continue;
        }
        counts.open[level.clamp(1, 4) - 1] += sql.get::<_, u64>(1)?;
        counts.late += sql.get::<_, u64>(2)?;
    }
    let one = |sql: &str| -> rusqlite::Result<u64> { connection.prepare_cached(sql)?.query_one([], |sql| sql.get(0)) };
    counts.unseen = one("SELECT count(*) FROM mention INDEXED BY mention_unseen WHERE lane = 0 AND unseen = 1")?;
    counts.surging = one("SELECT count(*) FROM mention INDEXED BY mention_surge WHERE lane = 0 AND surge > 0")?;
    counts.snoozed = one("SELECT count(*) FROM mention INDEXED BY mention_snoozed WHERE lane = 1")?;
    counts.all = one("SELECT coalesce(max(row), 0) FROM mention")?;
    counts.mine = connection
        .prepare_cached("SELECT count(*) FROM mention WHERE claimed = ?1 AND lane <> 2")?
        .query_one([actor], |sql| sql.get(0))?;
    Ok(counts)
}

/// Every id a person may mean by `text`: the whole id, or the native id at any source.
pub(super) fn resolve(connection: &Connection, text: &str) -> Result<Vec<MentionId>, StoreError> {
    let whole = |id: &str| -> rusqlite::Result<Option<String>> {
        connection
            .prepare_cached("SELECT m.id FROM seen_by s JOIN mention m ON m.row = s.row WHERE s.id = ?1")?
            .query_row([id], |sql| sql.get(0))
            .optional()
    };
    if let Some(id) = whole(text)? {
        return Ok(vec![MentionId::new(id)]);
    }
    let sources: Vec<String> = connection
        .prepare_cached("SELECT id FROM source ORDER BY id")?
        .query_map([], |sql| sql.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut found = Vec::new();
    for source in sources {
        if let Some(id) = whole(&format!("{source}:{text}"))?.map(MentionId::new)
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    Ok(found)
}

/// Marks mentions as opened by a person.
pub(super) fn seen(connection: &Connection, ids: &[MentionId]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE mention SET unseen = 0 WHERE unseen = 1 AND row = (SELECT row FROM seen_by WHERE id = ?1)",
    )?;
    for id in ids {
        statement.execute([id.as_str()])?;
    }
    Ok(())
}
