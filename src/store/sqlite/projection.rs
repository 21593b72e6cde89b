//! The response log as the store sees it: each record once, linked to the cases it speaks of.
//!
//! What enters: records, in the order of their chains. What leaves: cases that stand where their records say. The
//! log stays the truth: everything here can be thrown away and made again from it, and a record
//! that comes twice changes nothing.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::standing::LastRecord;
use super::{commit, intake, pages, rows, standing, value};
use crate::mention::{Mention, MentionId};
use crate::pipeline::{Assessed, Assessment, Kept};
use crate::response_log::{self, Record};
use crate::store::{Applied, Assess, Origin, StoreError};
use crate::triage::{CaseState, Entry, Event, RecordId};

/// Adds records that are not there yet, and lets the cases they touch stand where they say.
pub(super) fn apply(
    connection: &Connection,
    records: &[Record],
    origin: Origin,
    assess: &mut Assess<'_>,
) -> Result<Applied, StoreError> {
    let (mut rows, mut gap) = (BTreeSet::new(), false);
    for record in records {
        let id = record.id();
        let last = last_seq(connection, &id.desk)?;
        if id.seq <= last {
            continue;
        }
        if origin == Origin::Live && id.seq != last + 1 {
            gap = true;
            continue;
        }
        add(connection, record, assess, &mut rows)?;
    }
    for row in &rows {
        // A decision stands on an assessment.
        intake::assess(connection, *row, assess)?;
        let assessment = relabelled(connection, *row, assess)?;
        standing::refresh(connection, *row, &assessment.clocks)?;
    }
    let touched = rows.iter().map(|row| mention_of(connection, *row)).collect::<Result<_, _>>()?;
    Ok(Applied { touched, gap })
}

/// The assessment of a case, made anew where a record changed what a person says of its words.
fn relabelled(connection: &Connection, row: i64, assess: &mut Assess<'_>) -> Result<Assessment, StoreError> {
    let Assessed { mention, assessment } = value::assessed(connection, row)?;
    // A person's labels are of the text they were said of: those of an older version are history.
    let of_this_text = |(entry, version): &(Entry, u32)| {
        !matches!(entry.event, Event::Relabelled { .. }) || *version == mention.version
    };
    let entries = entries(connection, row)?.into_iter().map(|(entry, last)| (entry, last.version));
    let state = CaseState::fold(entries.filter(of_this_text).map(|(entry, _)| entry));
    if *state.labels() == assessment.said {
        return Ok(assessment);
    }
    let kept = Kept { said: state.labels().clone(), ..assessment.kept() };
    let assessment = assess(&mention, &kept);
    let assessed = Assessed { mention, assessment };
    commit::replace(connection, row, &assessed)?;
    Ok(assessed.assessment)
}

/// The number of the last record applied of a chain; chains count from 1.
fn last_seq(connection: &Connection, desk: &str) -> Result<u64, StoreError> {
    let last = connection
        .prepare_cached("SELECT seq FROM applied WHERE desk = ?1")?
        .query_row([desk], |sql| sql.get(0))
        .optional()?;
    Ok(last.unwrap_or(0))
}

fn mention_of(connection: &Connection, row: i64) -> Result<MentionId, StoreError> {
    let id: String =
        connection.prepare_cached("SELECT id FROM mention WHERE row = ?1")?.query_one([row], |sql| sql.get(0))?;
    Ok(MentionId::new(id))
}

fn add(
    connection: &Connection,
    record: &Record,
    assess: &mut Assess<'_>,
    touched: &mut BTreeSet<i64>,
) -> Result<(), StoreError> {
    let id = record.id();
    let entry = record.entry().map(|entry| value::json(&entry)).transpose()?;
    let version = record.mention.as_ref().map_or(0, |mention| mention.version);
    connection
        .prepare_cached("INSERT INTO record (desk, seq, at, version, entry) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![&*id.desk, id.seq, record.at.timestamp_millis(), version, entry])?;
    let number = connection.last_insert_rowid();
    connection
        .prepare_cached(
            "INSERT INTO applied (desk, seq, hash) VALUES (?1, ?2, ?3) \
             ON CONFLICT (desk) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        )?
        .execute(params![&*id.desk, id.seq, record.hash.as_str()])?;
    link(connection, record, number, assess, touched)
}

/// Links a record to the case it stands on and, for an undo, to every case whose records it takes back.
fn link(
    connection: &Connection,
    record: &Record,
    number: i64,
    assess: &mut Assess<'_>,
    touched: &mut BTreeSet<i64>,
) -> Result<(), StoreError> {
    let mut rows = BTreeSet::new();
    if let Some(row) = row_of_record(connection, record, assess)? {
        rows.insert(row);
    }
    for undone in record.undoes.iter().flatten() {
        rows.extend(rows_of(connection, undone)?);
    }
    let mut statement =
        connection.prepare_cached("INSERT INTO record_of (row, number) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for row in &rows {
        statement.execute([*row, number])?;
    }
    touched.append(&mut rows);
    Ok(())
}

/// The row of a record's mention; one the store has lost comes back from the record's snapshot. A record of the
/// chain itself has none.
fn row_of_record(connection: &Connection, record: &Record, assess: &mut Assess<'_>) -> Result<Option<i64>, StoreError> {
    let Some(mention) = &record.mention else { return Ok(None) };
    for id in std::iter::once(&mention.id).chain(&mention.seen_by) {
        if let Some(row) = pages::row_of(connection, id)? {
            return Ok(Some(row));
        }
    }
    let assessment = assess(mention, &Kept::default());
    commit::insert(connection, &Assessed { mention: Mention::clone(mention), assessment }).map(Some)
}

/// The cases a record was linked to; none when the log never had it.
fn rows_of(connection: &Connection, id: &RecordId) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT o.row FROM record r JOIN record_of o ON o.number = r.number WHERE r.desk = ?1 AND r.seq = ?2",
    )?;
    let rows = statement.query_map(params![&*id.desk, id.seq], |sql| sql.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The fold of a case's records, and what the last of them says of its moment.
pub(super) fn state_of(connection: &Connection, row: i64) -> Result<(CaseState, LastRecord), StoreError> {
    let entries = entries(connection, row)?;
    let last = entries.last().map(|(_, last)| *last).unwrap_or_default();
    Ok((CaseState::fold(entries.into_iter().map(|(entry, _)| entry)), last))
}

/// The records of a case, each with its moment and the version of the mention it speaks of.
fn entries(connection: &Connection, row: i64) -> Result<Vec<(Entry, LastRecord)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT r.entry, r.at, r.version FROM record_of o JOIN record r ON r.number = o.number \
         WHERE o.row = ?1 AND r.entry IS NOT NULL ORDER BY o.number",
    )?;
    let mut sql_rows = statement.query([row])?;
    let mut entries = Vec::new();
    while let Some(sql) = sql_rows.next()? {
        let entry: Entry = value::parse(row, sql.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
        entries.push((entry, LastRecord { at: rows::instant(sql.get(1)?), version: sql.get(2)? }));
    }
    Ok(entries)
}

/// The last record of each chain that was applied.
pub(super) fn last_applied(connection: &Connection) -> Result<Vec<response_log::Applied>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT desk, seq, hash FROM applied ORDER BY desk")?;
    let rows = statement.query_map([], |sql| Ok((sql.get::<_, String>(0)?, sql.get(1)?, sql.get::<_, String>(2)?)))?;
    let mut chains = Vec::new();
    for row in rows {
        let (desk, seq, hash) = row?;
        let hash = serde_json::from_value(hash.into()).map_err(|error| StoreError::Value {
            what: format!("the hash of {desk}:{seq}"),
            cause: error.to_string(),
        })?;
        chains.push(response_log::Applied { desk: desk.into(), seq, hash });
    }
    Ok(chains)
}

/// Forgets every record, so that the log can be applied from its beginning.
pub(super) fn forget(connection: &Connection) -> Result<(), StoreError> {
    let mut touched: Vec<i64> = Vec::new();
    {
        let mut statement = connection.prepare("SELECT DISTINCT row FROM record_of")?;
        let mut sql_rows = statement.query([])?;
        while let Some(sql) = sql_rows.next()? {
            touched.push(sql.get(0)?);
        }
    }
    connection.execute_batch("DELETE FROM record_of; DELETE FROM record; DELETE FROM applied;")?;
    for row in touched {
        let clocks = value::assessed(connection, row)?.assessment.clocks;
        standing::refresh(connection, row, &clocks)?;
    }
    Ok(())
}
