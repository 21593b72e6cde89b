//! New, seen again, or a new version: the unique indexes answer, inside the transaction that also moves the cursor.
//!
//! What enters: assessed mentions and the cursor after them. What leaves: one [`Outcome`] an item. Equal text never
//! makes two mentions one: only an id or a permalink key does.

use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::standing::{self, Standing};
use super::{copies, light, value, words};
use crate::mention::{Intent, Mention, MentionId, Metrics};
use crate::pipeline::{Assessed, Assessment, Kept, Memory};
use crate::store::{Assess, Outcome, StoreError};

/// A mention that is in the store already.
struct Known {
    row: i64,
    /// The content key last seen under the id that was asked for; `None` when another id led here.
    seen: Option<String>,
}

/// Commits one item; the caller's transaction makes a batch of them one.
pub(super) fn item(
    connection: &Connection,
    incoming: &Assessed,
    memory: Option<&Memory>,
) -> Result<Outcome, StoreError> {
    match known(connection, &incoming.mention)? {
        Some(known) => again(connection, &known, &incoming.mention, &mut |_, _| incoming.assessment.clone()),
        // Its text is gone and was never here: nothing to keep.
        None if is_empty_deletion(&incoming.mention) => Ok(Outcome::SeenAgain),
        None => {
            let row = insert(connection, incoming)?;
            if let Some(memory) = memory {
                copies::keep(connection, row, memory)?;
            }
            Ok(Outcome::New)
        }
    }
}

/// Remembers where a source goes on.
pub(super) fn cursor(connection: &Connection, source: &str, cursor: &serde_json::Value) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO source (id, cursor) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor",
        )?
        .execute(params![source, cursor.to_string()])?;
    Ok(())
}

/// Adds a mention that is not in the store and answers with its row.
pub(super) fn insert(connection: &Connection, new: &Assessed) -> Result<i64, StoreError> {
    let mut mention = new.mention.clone();
    mention.version = 1;
    if mention.seen_by.is_empty() {
        mention.seen_by.push(mention.id.clone());
    }
    let row = light::insert(connection, &mention, &new.assessment, &Standing::fresh(&new.assessment.clocks))?;
    connection.prepare_cached("INSERT INTO body (row, mention, assessment) VALUES (?1, ?2, ?3)")?.execute(params![
        row,
        value::json(&mention)?,
        value::json(&new.assessment)?
    ])?;
    connection
        .prepare_cached("INSERT INTO source (id) VALUES (?1) ON CONFLICT (id) DO NOTHING")?
        .execute([&*mention.source])?;
    for id in &mention.seen_by {
        remember(connection, id, row, &mention.identity.content)?;
    }
    words::insert(connection, row, &mention)?;
    Ok(row)
}

/// Commits a mention that is in the store already; it is assessed only when its text is another one.
pub(super) fn known_item(
    connection: &Connection,
    mention: &Mention,
    assess: &mut Assess<'_>,
) -> Result<Outcome, StoreError> {
    match known(connection, mention)? {
        Some(known) => again(connection, &known, mention, assess),
        None if is_empty_deletion(mention) => Ok(Outcome::SeenAgain),
        None => Err(StoreError::Failed(format!("{} is neither new nor known", mention.id))),
    }
}

fn known(connection: &Connection, mention: &Mention) -> Result<Option<Known>, StoreError> {
    let by_id = connection
        .prepare_cached("SELECT row, content FROM seen_by WHERE id = ?1")?
        .query_row([mention.id.as_str()], |sql| Ok(Known { row: sql.get(0)?, seen: Some(sql.get(1)?) }))
        .optional()?;
    if by_id.is_some() {
        return Ok(by_id);
    }
    let Some(permalink) = &mention.identity.permalink else { return Ok(None) };
    Ok(connection
        .prepare_cached("SELECT row FROM mention WHERE permalink = ?1")?
        .query_row([permalink], |sql| Ok(Known { row: sql.get(0)?, seen: None }))
        .optional()?)
}

fn again(
    connection: &Connection,
    known: &Known,
    incoming: &Mention,
    assess: &mut Assess<'_>,
) -> Result<Outcome, StoreError> {
    let mut kept = value::assessed(connection, known.row)?;
    let content = &incoming.identity.content;
    let is_version = !is_empty_deletion(incoming)
        && match &known.seen {
            Some(seen) => seen != content && kept.mention.identity.content != *content,
            None => !was_ever(connection, known.row, &kept.mention, content)?,
        };
    let mut touched = merge(&mut kept.mention, incoming);
    if known.seen.as_ref() != Some(content) && !is_empty_deletion(incoming) {
        remember(connection, &incoming.id, known.row, content)?;
    }
    if is_version {
        let mut assessment = assess(incoming, &Kept::default());
        // It keeps the company in which it arrived.
        assessment.cluster.clone_from(&kept.assessment.cluster);
        assessment.surges.clone_from(&kept.assessment.surges);
        return version(connection, known.row, &kept, (incoming, assessment)).map(Outcome::Version);
    }
    let mut outcome = Outcome::SeenAgain;
    if kept.mention.author_deleted_at.is_none() && incoming.author_deleted_at.is_some() {
        kept.mention.author_deleted_at = incoming.author_deleted_at;
        connection.prepare_cached("UPDATE mention SET deleted = 1 WHERE row = ?1")?.execute([known.row])?;
        (touched, outcome) = (true, Outcome::AuthorDeleted);
    }
    if touched {
        connection
            .prepare_cached("UPDATE body SET mention = ?2 WHERE row = ?1")?
            .execute(params![known.row, value::json(&kept.mention)?])?;
    }
    Ok(outcome)
}

/// A deletion notice that says nothing of the text.
pub(super) fn is_empty_deletion(mention: &Mention) -> bool {
    mention.author_deleted_at.is_some() && mention.text.trim().is_empty()
}

/// True when a mention had this text in any of its versions: a second source that lags behind makes no new one.
fn was_ever(connection: &Connection, row: i64, kept: &Mention, content: &str) -> Result<bool, StoreError> {
    if kept.identity.content == content {
        return Ok(true);
    }
    Ok(connection
        .prepare_cached("SELECT 1 FROM version WHERE row = ?1 AND content = ?2")?
        .exists(params![row, content])?)
}

/// Takes over what may change without making a version: counts, and the ids under which it was seen.
fn merge(kept: &mut Mention, incoming: &Mention) -> bool {
    let before = (kept.metrics, kept.author.followers, kept.seen_by.len());
    let Metrics { likes, reposts, replies, views } = incoming.metrics;
    kept.metrics = Metrics {
        likes: likes.or(kept.metrics.likes),
        reposts: reposts.or(kept.metrics.reposts),
        replies: replies.or(kept.metrics.replies),
        views: views.or(kept.metrics.views),
    };
    kept.author.followers = incoming.author.followers.or(kept.author.followers);
    if !kept.seen_by.contains(&incoming.id) {
        kept.seen_by.push(incoming.id.clone());
    }
    before != (kept.metrics, kept.author.followers, kept.seen_by.len())
}

/// Keeps the old text aside and puts the new one in its place.
fn version(
    connection: &Connection,
    row: i64,
    old: &Assessed,
    (incoming, assessment): (&Mention, Assessment),
) -> Result<u32, StoreError> {
    let number = old.mention.version + 1;
    let mut mention = incoming.clone();
    mention.id = old.mention.id.clone();
    mention.source = old.mention.source.clone();
    mention.seen_by.clone_from(&old.mention.seen_by);
    mention.identity.permalink = mention.identity.permalink.or_else(|| old.mention.identity.permalink.clone());
    mention.metrics = old.mention.metrics;
    mention.author.followers = old.mention.author.followers;
    mention.author_deleted_at = mention.author_deleted_at.or(old.mention.author_deleted_at);
    mention.version = number;
    connection
        .prepare_cached("INSERT INTO version (row, number, content, mention) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![row, old.mention.version, old.mention.identity.content, value::json(&old.mention)?])?;
    if reopens(&old.assessment, &assessment) {
        connection.prepare_cached("UPDATE mention SET reopened = ?2 WHERE row = ?1")?.execute(params![row, number])?;
    }
    let assessed = Assessed { mention, assessment };
    replace(connection, row, &assessed)?;
    words::replace(connection, row, &assessed.mention)?;
    Ok(number)
}

/// A closed case comes back when its level rose or it became a question.
fn reopens(old: &Assessment, new: &Assessment) -> bool {
    new.priority.level < old.priority.level || (new.has_intent(Intent::Question) && !old.has_intent(Intent::Question))
}

/// Writes a mention and its assessment over what the row held, and works out anew where the case stands.
pub(super) fn replace(connection: &Connection, row: i64, assessed: &Assessed) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE body SET mention = ?2, assessment = ?3 WHERE row = ?1")?.execute(params![
        row,
        value::json(&assessed.mention)?,
        value::json(&assessed.assessment)?
    ])?;
    light::update(connection, row, &assessed.mention, &assessed.assessment)?;
    standing::refresh(connection, row, &assessed.assessment.clocks)
}

fn remember(connection: &Connection, id: &MentionId, row: i64, content: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO seen_by (id, row, content) VALUES (:id, :row, :content) \
             ON CONFLICT (id) DO UPDATE SET content = excluded.content",
        )?
        .execute(named_params! { ":id": id.as_str(), ":row": row, ":content": content })?;
    Ok(())
}
