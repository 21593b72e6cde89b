//! Brings the store's projection up to the response log, which is the truth.
//!
//! What enters: the log's folder. What leaves: a store in which every case stands where the log says. Only what is new
//! is read; when the log is not the one the projection was made from, the projection is made again from its
//! beginning.

use std::path::Path;

use super::{Applied, Assess, Origin, Store, StoreError};
use crate::response_log::{Agreement, LogError, Record, read_after, read_all};

/// Records are projected so many at a time: a long log is neither one long transaction nor all in memory.
const CHUNK: usize = 1_000;

/// What catching up did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaughtUp {
    /// How many records were projected.
    pub records: usize,
    /// True when the projection was made again from the first record.
    pub rebuilt: bool,
    /// What changed.
    pub applied: Applied,
}

/// Projects what the log holds beyond what was applied. Interrupted, it goes on from there the next time.
pub fn catch_up(store: &mut dyn Store, folder: &Path, assess: &mut Assess<'_>) -> Result<CaughtUp, StoreError> {
    let applied = store.last_applied()?;
    let mut reading = Reading { store, assess, chunk: Vec::new(), done: CaughtUp::default(), failed: None };
    let agreement = read_after(folder, &applied, |record| reading.take(record)).map_err(|error| log_error(&error))?;
    reading.flush();
    if agreement == Agreement::Disagrees && reading.failed.is_none() {
        reading.store.forget_records()?;
        reading.done.rebuilt = true;
        read_all(folder, |record| reading.take(record)).map_err(|error| log_error(&error))?;
        reading.flush();
    }
    match reading.failed {
        Some(error) => Err(error),
        None => Ok(reading.done),
    }
}

fn log_error(error: &LogError) -> StoreError {
    StoreError::Log(error.to_string())
}

struct Reading<'a, 'b> {
    store: &'a mut dyn Store,
    assess: &'a mut Assess<'b>,
    chunk: Vec<Record>,
    done: CaughtUp,
    /// The first failure; what is read after it is passed over.
    failed: Option<StoreError>,
}

impl Reading<'_, '_> {
    fn take(&mut self, record: Record) {
        self.chunk.push(record);
        if self.chunk.len() >= CHUNK {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let chunk = std::mem::take(&mut self.chunk);
        if self.failed.is_some() || chunk.is_empty() {
            return;
        }
        match self.store.apply(&chunk, Origin::Log, self.assess) {
            Ok(applied) => {
                self.done.records += chunk.len();
                self.done.applied.touched.extend(applied.touched);
            }
            Err(error) => self.failed = Some(error),
        }
    }
}
