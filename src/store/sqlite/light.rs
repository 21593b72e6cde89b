//! The columns of `mention` that come from the text and its assessment.

use rusqlite::{Connection, Statement, params};

use super::rows::level_number;
use super::standing::Standing;
use crate::mention::Mention;
use crate::pipeline::Assessment;
use crate::store::StoreError;
use crate::store::incoming::{author_key, excerpt, excerpt_spans};

/// Adds a row that no record speaks of yet, and answers with its number.
pub(super) fn insert(
    connection: &Connection,
    mention: &Mention,
    assessment: &Assessment,
    standing: &Standing,
) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO mention (version, content, level, score, relevant, deleted, plan, network, kind, language, author, \
         handle, name, initiatives, intents, excerpt, tone, hostility, sure, dangers, surges, hurtful, surge, id, \
         permalink, at, source, lane, status, due, wake, closed, decided, reopened, unseen) VALUES (?1, ?2, ?3, ?4, ?5, \
         ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, \
         ?28, ?29, ?30, ?31, 0, 0, 0, 1)",
    )?;
    bind(&mut statement, connection, mention, assessment)?;
    statement.raw_bind_parameter(24, mention.id.as_str())?;
    statement.raw_bind_parameter(25, mention.identity.permalink.as_deref())?;
    statement.raw_bind_parameter(26, mention.clock_start().timestamp_millis())?;
    statement.raw_bind_parameter(27, &*mention.source)?;
    statement.raw_bind_parameter(28, standing.lane)?;
    statement.raw_bind_parameter(29, standing.status.token())?;
    statement.raw_bind_parameter(30, standing.due)?;
    statement.raw_bind_parameter(31, standing.wake)?;
    statement.raw_execute()?;
    let row = connection.last_insert_rowid();
    initiatives(connection, row, assessment)?;
    Ok(row)
}

/// Writes what a new text or a new assessment changes. Identity, arrival and the age's instant stay.
pub(super) fn update(
    connection: &Connection,
    row: i64,
    mention: &Mention,
    assessment: &Assessment,
) -> Result<(), StoreError> {
    forget_initiatives(connection, row)?;
    let mut statement = connection.prepare_cached(
        "UPDATE mention SET version = ?1, content = ?2, level = ?3, score = ?4, relevant = ?5, deleted = ?6, \
         plan = ?7, network = ?8, kind = ?9, language = ?10, author = ?11, handle = ?12, name = ?13, \
         initiatives = ?14, intents = ?15, excerpt = ?16, tone = ?17, hostility = ?18, sure = ?19, dangers = ?20, \
         surges = ?21, hurtful = ?22, surge = ?23 WHERE row = ?24",
    )?;
    bind(&mut statement, connection, mention, assessment)?;
    statement.raw_bind_parameter(24, row)?;
    statement.raw_execute()?;
    initiatives(connection, row, assessment)
}

/// Parameters 1 to 23, shared by both statements.
fn bind(
    statement: &mut Statement<'_>,
    connection: &Connection,
    mention: &Mention,
    assessment: &Assessment,
) -> Result<(), StoreError> {
    let author = &mention.author;
    statement.raw_bind_parameter(1, mention.version)?;
    statement.raw_bind_parameter(2, &mention.identity.content)?;
    statement.raw_bind_parameter(3, level_number(assessment.priority.level))?;
    statement.raw_bind_parameter(4, assessment.priority.score)?;
    statement.raw_bind_parameter(5, assessment.relevant)?;
    statement.raw_bind_parameter(6, mention.author_deleted_at.is_some())?;
    statement.raw_bind_parameter(7, plan_number(connection, &assessment.plan.0)?)?;
    statement.raw_bind_parameter(8, mention.network.token())?;
    statement.raw_bind_parameter(9, mention.kind.token())?;
    statement.raw_bind_parameter(10, assessment.language.code.token())?;
    statement.raw_bind_parameter(11, author_key(mention))?;
    statement.raw_bind_parameter(12, author.handle.as_deref())?;
    statement.raw_bind_parameter(13, author.name.as_deref())?;
    statement.raw_bind_parameter(14, joined(assessment.initiatives.iter().map(|hit| &*hit.id)))?;
    statement.raw_bind_parameter(15, joined(assessment.intents.iter().map(|hit| hit.intent.token())))?;
    statement.raw_bind_parameter(16, excerpt(&mention.text))?;
    statement.raw_bind_parameter(17, assessment.tone.label.token())?;
    statement.raw_bind_parameter(18, assessment.hostility.level)?;
    statement.raw_bind_parameter(19, assessment.hostility.is_sure())?;
    statement.raw_bind_parameter(20, dangers(assessment))?;
    statement.raw_bind_parameter(21, surges(assessment))?;
    statement.raw_bind_parameter(22, hurtful(mention, assessment))?;
    statement.raw_bind_parameter(23, surge(assessment))?;
    Ok(())
}

/// A plan's short number in this database; a plan seen for the first time gets one.
/// None is number 0.
pub(super) fn plan_number(connection: &Connection, hash: &str) -> Result<i64, StoreError> {
    if hash.is_empty() {
        return Ok(0);
    }
    let known =
        connection.prepare_cached("SELECT number FROM plan WHERE hash = ?1")?.query_one([hash], |row| row.get(0));
    match known {
        Ok(number) => Ok(number),
        Err(rusqlite::Error::QueryReturnedNoRows) => {
            connection.prepare_cached("INSERT INTO plan (hash) VALUES (?1)")?.execute([hash])?;
            Ok(connection.last_insert_rowid())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn initiatives(connection: &Connection, row: i64, assessment: &Assessment) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("INSERT INTO initiative (id, row) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for hit in &assessment.initiatives {
        statement.execute(params![&*hit.id, row])?;
    }
    Ok(())
}

/// Takes a row from under the initiatives it has stood under. They are named by the row itself: the table is ordered by
/// initiative, and looking for a row in all of it would cost as much as there is.
fn forget_initiatives(connection: &Connection, row: i64) -> Result<(), StoreError> {
    let before: String = connection
        .prepare_cached("SELECT initiatives FROM mention WHERE row = ?1")?
        .query_row([row], |sql| sql.get(0))?;
    let mut statement = connection.prepare_cached("DELETE FROM initiative WHERE id = ?1 AND row = ?2")?;
    for id in before.split_terminator(',') {
        statement.execute(params![id, row])?;
    }
    Ok(())
}

/// The dangers; a `?` behind one that is only possible.
pub(super) fn dangers(assessment: &Assessment) -> String {
    let mut text = String::new();
    for hit in &assessment.dangers {
        let comma = if text.is_empty() { "" } else { "," };
        text.extend([comma, hit.danger.token(), if hit.is_sure() { "" } else { "?" }]);
    }
    text
}

/// Where the excerpt can hurt a reader: `4-9,12-20`.
pub(super) fn hurtful(mention: &Mention, assessment: &Assessment) -> String {
    let spans = assessment.hurtful(&mention.text);
    if spans.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    for span in excerpt_spans(&mention.text, &spans) {
        let comma = if text.is_empty() { "" } else { "," };
        text.extend([comma, &span.start.to_string(), "-", &span.end.to_string()]);
    }
    text
}

/// The level of the strongest rise it is part of; 0 for none.
pub(super) fn surge(assessment: &Assessment) -> u8 {
    assessment.surges.iter().map(|surge| surge.level).max().unwrap_or(0)
}

/// The initiatives of the surges; `*` is everything together.
pub(super) fn surges(assessment: &Assessment) -> String {
    joined(assessment.surges.iter().map(|surge| surge.initiative.as_deref().unwrap_or("*")))
}

pub(super) fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(part);
    }
    text
}
