//! When the mentions of each source came: what its usual rhythm is learnt from.
//!
//! There is no index by source, which every commit would pay for. The newest mentions of all sources are read in the order of
//! their instants; a source that is hardly among them has few in all, or was quiet lately, and is read by its ids.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::rows::instant;
use crate::mention::Id;
use crate::store::{Heard, StoreError};

/// A source with fewer among the newest mentions is read by its ids too.
const FEW: usize = 200;

pub(super) fn heard(
    connection: &Connection,
    sources: &[Id],
    since: DateTime<Utc>,
    most: usize,
) -> Result<Heard, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut heard = Heard::new();
    let mut newest =
        connection.prepare_cached("SELECT source, at FROM mention WHERE at >= ?1 ORDER BY at DESC LIMIT ?2")?;
    let mut rows = newest.query(params![since.timestamp_millis(), most])?;
    while let Some(row) = rows.next()? {
        let source = row.get_ref(0)?.as_str().unwrap_or_default();
        let at = instant(row.get(1)?);
        match heard.get_mut(source) {
            Some(of_source) => of_source.push(at),
            None => _ = heard.insert(source.into(), vec![at]),
        }
    }
    let mut by_ids = connection.prepare_cached(
        "SELECT mention.at FROM seen_by JOIN mention ON mention.row = seen_by.row \
         WHERE seen_by.id >= ?1 AND seen_by.id < ?2 LIMIT ?3",
    )?;
    for source in sources {
        if heard.get(source).is_some_and(|of_source| of_source.len() >= FEW) {
            continue;
        }
        // Ids begin with their source and a colon, and the semicolon is the character after it.
        let all = by_ids.query_map(params![format!("{source}:"), format!("{source};"), most], |row| row.get(0))?;
        let all = all.map(|at| at.map(instant)).collect::<Result<Vec<_>, _>>()?;
        if !all.is_empty() {
            heard.insert(source.clone(), all);
        }
    }
    Ok(heard)
}
