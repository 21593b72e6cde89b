//! Reading records: all of them, or those after what a projection has applied.
//!
//! What enters: the log's folder and the last record applied of each desk. What leaves: records in the order of the
//! log. Lines that are not records are passed over: they are for `verify` to tell.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};

use super::chain::Envelope;
use super::error::LogError;
use super::files;
use super::lines::{self, Lines, Start};
use super::record::{Hash, Record};
use crate::mention::Id;

/// The last record of one desk that a projection has applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The desk.
    pub desk: Id,
    /// Its record.
    pub seq: u64,
    /// That record's hash.
    pub hash: Hash,
}

/// Whether the log still holds what a projection was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// It does; the records after it have been handed on.
    Agrees,
    /// It does not; nothing has been handed on, and the projection is to be rebuilt from the first record.
    Disagrees,
}

/// The window looked at first: enough for what a desk records while it runs.
const FIRST_WINDOW: u64 = 64 << 10;

/// The window [`read_last`] looks at.
const LAST_WINDOW: u64 = 256 << 10;

/// Hands on every record of the log, oldest first.
pub fn read_all(folder: &Path, each: impl FnMut(Record)) -> Result<(), LogError> {
    let files = files::months(folder)?;
    deliver(&files, Start::default(), &[], each)
}

/// Hands on the records that follow those applied, of every desk, in the order of the log.
///
/// Reads backwards from the log's end as far as needed, so that it costs what is new and not what there is.
pub fn read_after(folder: &Path, applied: &[Applied], each: impl FnMut(Record)) -> Result<Agreement, LogError> {
    let files = files::months(folder)?;
    let mut window = FIRST_WINDOW;
    loop {
        let start = lines::start_of_window(&files, window)?;
        match survey(&files, start, applied)? {
            Survey::Complete => {
                deliver(&files, start, applied, each)?;
                return Ok(Agreement::Agrees);
            }
            Survey::Disagrees => return Ok(Agreement::Disagrees),
            Survey::TooShort if start == Start::default() => return Ok(Agreement::Disagrees),
            Survey::TooShort => window = window.saturating_mul(8),
        }
    }
}

/// The newest records, `count` at most, oldest first; fewer where they are longer than a few hundred bytes each.
///
/// Reads one window at the log's end, whatever the log's length.
pub fn read_last(folder: &Path, count: usize) -> Result<Vec<Record>, LogError> {
    let files = files::months(folder)?;
    let start = lines::start_of_window(&files, LAST_WINDOW)?;
    let mut last = VecDeque::with_capacity(count);
    deliver(&files, start, &[], |record| {
        if last.len() == count {
            last.pop_front();
        }
        last.push_back(record);
    })?;
    Ok(last.into())
}

enum Survey {
    Complete,
    TooShort,
    Disagrees,
}

/// Whether the lines from `start` on hold the applied record of each desk, and every desk that is not applied whole.
fn survey(files: &[PathBuf], start: Start, applied: &[Applied]) -> Result<Survey, LogError> {
    let whole = start == Start::default();
    let mut missing: HashMap<&Id, &Applied> = applied.iter().map(|applied| (&applied.desk, applied)).collect();
    let mut short = false;
    let mut disagrees = false;
    each_line(files, start, |bytes| {
        let Some((envelope, _)) = Envelope::read(bytes) else { return };
        match applied.iter().find(|applied| applied.desk == envelope.desk) {
            Some(applied) if applied.seq == envelope.seq => {
                disagrees |= applied.hash != envelope.hash;
                missing.remove(&applied.desk);
            }
            Some(_) => {}
            // A desk whose first record is not in the window may have earlier ones before it.
            None => short |= !whole,
        }
    })?;
    Ok(match (disagrees, short || !missing.is_empty()) {
        (true, _) => Survey::Disagrees,
        (false, true) => Survey::TooShort,
        (false, false) => Survey::Complete,
    })
}

fn deliver(files: &[PathBuf], start: Start, applied: &[Applied], mut each: impl FnMut(Record)) -> Result<(), LogError> {
    each_line(files, start, |bytes| {
        let Ok(record) = serde_json::from_slice::<Record>(bytes) else { return };
        if applied.iter().any(|applied| applied.desk == record.desk && record.seq <= applied.seq) {
            return;
        }
        each(record);
    })
}

fn each_line(files: &[PathBuf], start: Start, mut each: impl FnMut(&[u8])) -> Result<(), LogError> {
    for (index, path) in files.iter().enumerate().skip(start.file) {
        let mut lines = Lines::open(path, if index == start.file { start.offset } else { 0 })?;
        while let Some(line) = lines.next()? {
            if line.complete {
                each(&line.bytes);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
