//! From a line of the `mention` table to a [`Row`].

use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::Row as SqlRow;
use rusqlite::types::{Type, ValueRef};

use super::schema::{NEVER, PENDING, lane};
use crate::mention::{Danger, Id, Intent, Kind, Language, Level, MentionId, Network, Span, Status, Tone};
use crate::store::{Position, Row, View};

/// The columns [`read`] expects, in its order.
pub(super) const COLUMNS: &str = "m.row, m.lane, m.level, m.score, m.due, m.at, m.wake, m.closed, m.unseen, m.version, \
     m.decided, m.relevant, m.deleted, m.id, m.source, m.network, m.kind, m.language, m.status, m.disposition, \
     m.claimed, m.handle, m.name, m.initiatives, m.intents, m.excerpt, m.tone, m.hostility, m.sure, m.dangers, m.surges, \
     m.hurtful, (SELECT id FROM cluster WHERE first = m.cluster), (SELECT size FROM cluster WHERE first = m.cluster), \
     m.surge";

/// How many columns these are: what a statement adds begins here.
pub(super) const WIDTH: usize = 35;

/// Reads one row as `view` orders it, with the status it has at `now`.
pub(super) fn read(sql: &SqlRow<'_>, view: View, now: DateTime<Utc>) -> rusqlite::Result<Row> {
    let (row, lane): (i64, i64) = (sql.get(0)?, sql.get(1)?);
    let (level, due, wake, closed): (i64, i64, i64, i64) = (sql.get(2)?, sql.get(4)?, sql.get(6)?, sql.get(7)?);
    let surge: i64 = sql.get(34)?;
    let (version, decided): (u32, u32) = (sql.get(9)?, sql.get(10)?);
    let mut status = token(sql, 18)?.unwrap_or(Status::New);
    if status == Status::Snoozed && wake <= now.timestamp_millis() {
        status = Status::Reopened;
    }
    let assessed = level != PENDING;
    Ok(Row {
        id: MentionId::new(text(sql, 13)?),
        position: position(view, row, [level, due, wake, closed, surge]),
        assessed,
        level: level_of(level),
        score: sql.get(3)?,
        status,
        disposition: token(sql, 19)?,
        at: instant(sql.get(5)?),
        due_at: (assessed && due != NEVER).then(|| instant(due)),
        wakes_at: (status == Status::Snoozed && wake != NEVER).then(|| instant(wake)),
        network: Network::from_token(text(sql, 15)?),
        kind: token(sql, 16)?.unwrap_or(Kind::Other),
        source: Arc::from(text(sql, 14)?),
        handle: sql.get(21)?,
        name: sql.get(22)?,
        claimed_by: sql.get(20)?,
        initiatives: text(sql, 23)?.split_terminator(',').map(Id::from).collect(),
        intents: text(sql, 24)?.split_terminator(',').filter_map(|token| Intent::from_str(token).ok()).collect(),
        language: token(sql, 17)?.unwrap_or(Language::Other),
        excerpt: sql.get(25)?,
        tone: token(sql, 26)?.unwrap_or(Tone::Unsure),
        hostility: sql.get(27)?,
        hostility_sure: sql.get(28)?,
        dangers: text(sql, 29)?.split_terminator(',').filter_map(danger).collect(),
        danger_sure: !text(sql, 29)?.split(',').next().is_some_and(|first| first.ends_with('?')),
        surges: text(sql, 30)?.split_terminator(',').map(Id::from).collect(),
        hurtful: text(sql, 31)?.split_terminator(',').filter_map(span).collect(),
        cluster: sql.get_ref(32)?.as_str_or_null()?.map(MentionId::new),
        copies: sql.get::<_, Option<u32>>(33)?.unwrap_or(1),
        version,
        changed: lane == lane::CLOSED && version > decided,
        unseen: sql.get(8)?,
        relevant: sql.get(11)?,
        author_deleted: sql.get(12)?,
    })
}

/// The place of a row in `view`, so that positions compare in the view's order.
pub(super) fn position(view: View, row: i64, [level, due, wake, closed, surge]: [i64; 5]) -> Position {
    match view {
        View::Urgent => Position(level, due, row),
        View::Open | View::Mine | View::All => Position(0, 0, -row),
        View::Snoozed => Position(wake, 0, row),
        View::Closed => Position(-closed, 0, -row),
        View::Surging => Position(-surge, 0, -row),
    }
}

/// An instant of the database.
pub(super) fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// P1 is 1.
pub(super) fn level_number(level: Level) -> i64 {
    level as i64 + 1
}

fn level_of(number: i64) -> Level {
    match number {
        1 => Level::P1,
        2 => Level::P2,
        3 => Level::P3,
        _ => Level::P4,
    }
}

/// A danger, sure or not; an unknown one, from a later release, is left out.
fn danger(token: &str) -> Option<Danger> {
    Danger::from_str(token.strip_suffix('?').unwrap_or(token)).ok()
}

/// `4-9`
fn span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    Some(start.parse().ok()?..end.parse().ok()?)
}

/// A text column without a copy.
fn text<'a>(sql: &'a SqlRow<'_>, column: usize) -> rusqlite::Result<&'a str> {
    let wrong = |error: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error)
    };
    match sql.get_ref(column)? {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_err(|error| wrong(error.into())),
        _ => Err(wrong("text expected".into())),
    }
}

/// A word of a closed list; an unknown one, from a later release, is `None`.
fn token<T: FromStr>(sql: &SqlRow<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(sql.get_ref(column)?.as_str_or_null()?.and_then(|token| T::from_str(token).ok()))
}
