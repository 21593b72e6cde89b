//! The store in one SQLite file: write-ahead log, full-text index over our own folded words.
//!
//! Several handles may have the file open, in this process and in others: readers never wait for a writer, and a
//! writer waits for another one for a bounded time. A commit survives the end of the process at any instant;
//! what a power cut may take is projected again from the response log or read again from the source.

mod cases;
mod commit;
mod copies;
mod heard;
mod hours;
mod intake;
mod light;
mod pages;
mod projection;
mod reassess;
mod rows;
mod scan;
mod schema;
mod standing;
mod value;
mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use super::{
    Applied, Assess, AuthorHistory, Case, Commit, Counts, Heard, Located, Origin, Outcome, Page, PageRequest, Position,
    Row, Search, SearchStep, Step, Store, StoreError, Supply, View,
};
use crate::mention::{Id, MentionId};
use crate::pipeline::Memories;
use crate::plan::PlanHash;
use crate::response_log::{self, Record};

/// How long a writer waits for another process's transaction before it says so.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often opening is tried while another process has the file to itself, and how long between two tries.
const OPENING_TRIES: u32 = 100;
const OPENING_PAUSE: Duration = Duration::from_millis(20);

/// Pages of the database kept in memory by a handle, in KiB: a bound, so that the desk's memory does not grow with what is kept.
const CACHE_KIB: i64 = 8 * 1024;

/// The same for a handle that writes many mentions at once, and how long its write-ahead log may grow, in pages of 4 KiB.
const MANY_KIB: i64 = 128 * 1024;
const MANY_PAGES: i64 = 64 * 1024;

/// One handle to the database.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    /// Whose claims [`View::Mine`] shows.
    actor: Id,
    data_version: i64,
}

impl SqliteStore {
    /// Opens the database and makes it where there is none; its folder must be there. `actor` is the person at this desk.
    pub fn open(path: &Path, actor: Id) -> Result<Self, StoreError> {
        let failed = |cause: String| StoreError::Open { path: path.to_owned(), cause };
        make_private(path).map_err(|error| failed(error.to_string()))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(|error| failed(error.to_string()))?;
        let mut tries = 0;
        let found = loop {
            match configure(&connection).and_then(|()| schema::prepare(&mut connection)) {
                // Another process that opens or closes the file at this moment holds it for an instant that no busy
                // handler covers.
                Err(error) if is_busy(&error) && tries < OPENING_TRIES => {
                    tries += 1;
                    std::thread::sleep(OPENING_PAUSE);
                }
                result => break result.map_err(|error| failed(error.to_string()))?,
            }
        };
        if found != schema::FORMAT {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: schema::FORMAT });
        }
        let mut store = Self { connection, path: path.to_owned(), actor, data_version: 0 };
        store.changed()?;
        Ok(store)
    }

    /// Another handle to the same database, for another thread.
    pub fn another(&self) -> Result<Self, StoreError> {
        Self::open(&self.path, self.actor.clone())
    }

    /// For a handle that writes many mentions at once: more of the database in memory, and moved from the write-ahead log
    /// into the file less often, so that a page which changes again and again is written once.
    pub fn for_many(self) -> Result<Self, StoreError> {
        self.connection.pragma_update(None, "cache_size", -MANY_KIB)?;
        self.connection.pragma_update(None, "wal_autocheckpoint", MANY_PAGES)?;
        Ok(self)
    }

    /// Every write is one immediate transaction: it waits for its turn at the beginning, never in the middle.
    fn write(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked))
}

/// The file holds what residents wrote and staff decided: its owner alone reads it.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    // What a temporary table holds is resident text: it goes to no shared folder.
    connection.pragma_update(None, "temp_store", "MEMORY")
}

impl Store for SqliteStore {
    fn commit(&mut self, batch: &Commit) -> Result<Vec<Outcome>, StoreError> {
        let transaction = self.write()?;
        let memories = batch.memories.iter().map(Some).chain(std::iter::repeat(None));
        let items = batch.items.iter().zip(memories);
        let outcomes =
            items.map(|(item, memory)| commit::item(&transaction, item, memory)).collect::<Result<Vec<_>, _>>()?;
        let new = batch.memories.iter().zip(&outcomes).filter(|(_, outcome)| **outcome == Outcome::New);
        hours::add(&transaction, new.flat_map(|(memory, _)| &memory.counted))?;
        if let Some((source, cursor)) = &batch.cursor {
            commit::cursor(&transaction, source, cursor)?;
        }
        transaction.commit()?;
        Ok(outcomes)
    }

    fn cursor(&mut self, source: &str) -> Result<Option<serde_json::Value>, StoreError> {
        let kept: Option<Option<String>> = self
            .connection
            .prepare_cached("SELECT cursor FROM source WHERE id = ?1")?
            .query_row([source], |sql| sql.get(0))
            .optional()?;
        kept.flatten()
            .map(|json| {
                serde_json::from_str(&json).map_err(|error| StoreError::Value {
                    what: format!("the cursor of {source}"),
                    cause: error.to_string(),
                })
            })
            .transpose()
    }

    fn apply(&mut self, records: &[Record], origin: Origin, assess: &mut Assess<'_>) -> Result<Applied, StoreError> {
        let transaction = self.write()?;
        let applied = projection::apply(&transaction, records, origin, assess)?;
        transaction.commit()?;
        Ok(applied)
    }

    fn last_applied(&mut self) -> Result<Vec<response_log::Applied>, StoreError> {
        projection::last_applied(&self.connection)
    }

    fn forget_records(&mut self) -> Result<(), StoreError> {
        let transaction = self.write()?;
        projection::forget(&transaction)?;
        Ok(transaction.commit()?)
    }

    fn mark_seen(&mut self, ids: &[MentionId]) -> Result<(), StoreError> {
        let transaction = self.write()?;
        cases::seen(&transaction, ids)?;
        Ok(transaction.commit()?)
    }

    fn wake(&mut self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let transaction = self.write()?;
        let woken = standing::wake(&transaction, now)?;
        transaction.commit()?;
        Ok(woken)
    }

    fn stale(&mut self, plan: &PlanHash, visible: &[MentionId]) -> Result<Vec<Position>, StoreError> {
        reassess::stale(&self.connection, plan, visible)
    }

    fn reassess(&mut self, stale: &[Position], assess: &mut Assess<'_>) -> Result<(), StoreError> {
        let transaction = self.write()?;
        reassess::some(&transaction, stale, assess)?;
        Ok(transaction.commit()?)
    }

    fn take_in(&mut self, supply: &mut Supply<'_>, assess: &mut Assess<'_>) -> Result<Vec<Outcome>, StoreError> {
        let transaction = self.write()?;
        let outcomes = intake::take(&transaction, supply, assess)?;
        transaction.commit()?;
        Ok(outcomes)
    }

    fn pending(&mut self, limit: usize) -> Result<Vec<Position>, StoreError> {
        intake::pending(&self.connection, limit)
    }

    fn waiting(&mut self) -> Result<u64, StoreError> {
        intake::waiting(&self.connection)
    }

    fn page(&mut self, request: &PageRequest, now: DateTime<Utc>) -> Result<Page, StoreError> {
        Ok(pages::page(&self.connection, request, &self.actor, now)?)
    }

    fn rows(&mut self, ids: &[MentionId], now: DateTime<Utc>) -> Result<Vec<Row>, StoreError> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(number) = pages::row_of(&self.connection, id)? {
                found.push(cases::row(&self.connection, number, now)?);
            }
        }
        Ok(found)
    }

    fn members(&mut self, id: &MentionId, view: View, now: DateTime<Utc>) -> Result<Vec<Row>, StoreError> {
        copies::members(&self.connection, id, view, (&self.actor, now))
    }

    fn memories(&mut self) -> Result<Memories, StoreError> {
        Ok(Memories { hours: hours::all(&self.connection)?, ..copies::memories(&self.connection)? })
    }

    fn locate(&mut self, view: View, id: &MentionId) -> Result<Option<Located>, StoreError> {
        Ok(pages::locate(&self.connection, view, id, &self.actor)?)
    }

    fn case(&mut self, id: &MentionId, now: DateTime<Utc>) -> Result<Option<Case>, StoreError> {
        cases::case(&self.connection, id, now)
    }

    fn author(&mut self, id: &MentionId, limit: usize, now: DateTime<Utc>) -> Result<AuthorHistory, StoreError> {
        cases::author(&self.connection, id, limit, now)
    }

    fn heard(&mut self, sources: &[Id], since: DateTime<Utc>, most: usize) -> Result<Heard, StoreError> {
        heard::heard(&self.connection, sources, since, most)
    }

    fn counts(&mut self, now: DateTime<Utc>) -> Result<Counts, StoreError> {
        cases::counts(&self.connection, &self.actor, now)
    }

    fn resolve(&mut self, text: &str) -> Result<Vec<MentionId>, StoreError> {
        cases::resolve(&self.connection, text)
    }

    fn search(&mut self, search: &Search, step: Step, now: DateTime<Utc>) -> Result<SearchStep, StoreError> {
        scan::step(&self.connection, search, step, (&self.actor, now))
    }

    fn changed(&mut self) -> Result<bool, StoreError> {
        let version = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let changed = version != self.data_version;
        self.data_version = version;
        Ok(changed)
    }
}

#[cfg(test)]
pub(in crate::store) mod samples;
#[cfg(test)]
mod tests;
