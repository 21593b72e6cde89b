//! Many mentions at a time, kept and searchable at once, assessed later: an import.
//!
//! What enters: mentions with all that is kept of them worked out. What leaves: one [`Outcome`] an item, and afterwards the queue
//! of those that wait, the newest first. What is known already goes the way of every other mention.

use rusqlite::{Connection, OptionalExtension, params};

use super::rows::level_number;
use super::schema::{NEVER, PENDING};
use super::standing::Standing;
use super::{commit, light, value};
use crate::mention::{Mention, Status};
use crate::pipeline::{Assessed, Assessment};
use crate::store::incoming::author_key;
use crate::store::{Assess, Incoming, Outcome, Position, StoreError, Supply};

/// How much the full-text index gathers before it writes, in bytes: few large pieces are sooner put together than many small
/// ones. The index keeps it; memory is taken only while so much is written at once.
const GATHERED: i64 = 8 << 20;

/// Commits these; the caller's transaction makes them one.
pub(super) fn take(
    connection: &Connection,
    supply: &mut Supply<'_>,
    assess: &mut Assess<'_>,
) -> Result<Vec<Outcome>, StoreError> {
    gather(connection)?;
    let pending = value::json(&Assessment::pending())?;
    let mut next: i64 =
        connection.prepare_cached("SELECT coalesce(max(row), 0) + 1 FROM mention")?.query_one([], |sql| sql.get(0))?;
    let (mut outcomes, mut source) = (Vec::new(), None);
    while let Some(items) = supply() {
        for item in &items {
            if source.as_ref() != Some(&item.mention.source) {
                remember(connection, source.insert(item.mention.source.clone()))?;
            }
            outcomes.push(if insert(connection, next, item, &pending)? {
                next += 1;
                Outcome::New
            } else {
                commit::known_item(connection, &item.mention, assess)?
            });
        }
    }
    Ok(outcomes)
}

fn remember(connection: &Connection, source: &str) -> Result<(), StoreError> {
    connection.prepare_cached("INSERT INTO source (id) VALUES (?1) ON CONFLICT (id) DO NOTHING")?.execute([source])?;
    Ok(())
}

fn gather(connection: &Connection) -> Result<(), StoreError> {
    let set = connection
        .prepare_cached("SELECT 1 FROM words_config WHERE k = 'hashsize' AND v = ?1")?
        .query_row([GATHERED], |_| Ok(()))
        .optional()?;
    if set.is_none() {
        connection.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?1)", [GATHERED])?;
    }
    Ok(())
}

/// Adds a mention under this row; false, and nothing changed, when its id or its permalink is known. The unique indexes are
/// asked by the insertions themselves: looking first would be done twice for every new one.
fn insert(connection: &Connection, row: i64, item: &Incoming, pending: &str) -> Result<bool, StoreError> {
    let mention = &item.mention;
    if commit::is_empty_deletion(mention) {
        return Ok(false);
    }
    let content = &mention.identity.content;
    let seen = connection
        .prepare_cached("INSERT INTO seen_by (id, row, content) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING")?
        .execute(params![mention.id.as_str(), row, content])?;
    if seen == 0 {
        return Ok(false);
    }
    if !insert_row(connection, row, item)? {
        connection.prepare_cached("DELETE FROM seen_by WHERE id = ?1")?.execute([mention.id.as_str()])?;
        return Ok(false);
    }
    connection
        .prepare_cached("INSERT INTO body (row, mention, assessment) VALUES (?1, ?2, ?3)")?
        .execute(params![row, item.json, pending])?;
    connection.prepare_cached("INSERT INTO words (rowid, terms) VALUES (?1, ?2)")?.execute(params![row, item.terms])?;
    Ok(true)
}

fn insert_row(connection: &Connection, row: i64, item: &Incoming) -> Result<bool, StoreError> {
    let (mention, author) = (&item.mention, &item.mention.author);
    // What its author said before counts it once it is assessed: that index is the dearest of all, and no list needs it.
    let added = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO mention (row, level, due, at, deleted, id, source, network, kind, handle, name, \
             excerpt, permalink, content, wake, language, status, lane, score, closed, unseen, version, decided, \
             reopened, relevant, plan, initiatives, intents) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
             ?12, ?13, ?14, ?15, ?16, ?17, 0, 0, 0, 1, 1, 0, 0, 0, 0, '', '')",
        )?
        .execute(params![
            row,
            PENDING,
            turn(mention),
            mention.clock_start().timestamp_millis(),
            mention.author_deleted_at.is_some(),
            mention.id.as_str(),
            &*mention.source,
            mention.network.token(),
            mention.kind.token(),
            author.handle,
            author.name,
            item.excerpt,
            mention.identity.permalink,
            mention.identity.content,
            NEVER,
            crate::mention::Language::Other.token(),
            Status::New.token(),
        ])?;
    Ok(added == 1)
}

/// When it is its turn: the later it was posted, the sooner.
fn turn(mention: &Mention) -> i64 {
    -mention.posted_at.unwrap_or(mention.received_at).timestamp_millis()
}

/// Those that wait, the newest first.
pub(super) fn pending(connection: &Connection, limit: usize) -> Result<Vec<Position>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT row FROM mention INDEXED BY mention_level WHERE lane = 0 AND level = ?1 ORDER BY due, row LIMIT ?2",
    )?;
    let rows = statement.query_map(params![PENDING, i64::try_from(limit).unwrap_or(i64::MAX)], |sql| sql.get(0))?;
    Ok(rows.map(|row| row.map(|row: i64| Position(0, 0, -row))).collect::<rusqlite::Result<_>>()?)
}

/// How many wait.
pub(super) fn waiting(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM mention INDEXED BY mention_level WHERE lane = 0 AND level = ?1")?
        .query_one([PENDING], |sql| sql.get(0))?)
}

/// Assesses one that waits; false when it does not. No record speaks of what waits, and its text stays: the fewest columns
/// and indexes are written.
pub(super) fn assess(connection: &Connection, row: i64, assess: &mut Assess<'_>) -> Result<bool, StoreError> {
    let waits = connection
        .prepare_cached("SELECT 1 FROM mention WHERE row = ?1 AND level = ?2")?
        .exists(params![row, PENDING])?;
    if !waits {
        return Ok(false);
    }
    let Assessed { mention, assessment } = value::assessed(connection, row)?;
    let assessment = assess(&mention, &assessment.kept());
    write(connection, row, &mention, &assessment)?;
    Ok(true)
}

fn write(connection: &Connection, row: i64, mention: &Mention, assessment: &Assessment) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE body SET assessment = ?2 WHERE row = ?1")?
        .execute(params![row, value::json(assessment)?])?;
    connection
        .prepare_cached(
            "UPDATE mention SET level = ?2, due = ?3, score = ?4, relevant = ?5, plan = ?6, language = ?7, \
             initiatives = ?8, intents = ?9, author = ?10, tone = ?11, hostility = ?12, sure = ?13, dangers = ?14, \
             surges = ?15, hurtful = ?16, surge = ?17 WHERE row = ?1",
        )?
        .execute(params![
            row,
            level_number(assessment.priority.level),
            Standing::fresh(&assessment.clocks).due,
            assessment.priority.score,
            assessment.relevant,
            light::plan_number(connection, &assessment.plan.0)?,
            assessment.language.code.token(),
            light::joined(assessment.initiatives.iter().map(|hit| &*hit.id)),
            light::joined(assessment.intents.iter().map(|hit| hit.intent.token())),
            author_key(mention),
            assessment.tone.label.token(),
            assessment.hostility.level,
            assessment.hostility.is_sure(),
            light::dangers(assessment),
            light::surges(assessment),
            light::hurtful(mention, assessment),
            light::surge(assessment),
        ])?;
    light::initiatives(connection, row, assessment)
}
