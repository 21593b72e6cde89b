//! The log's folder: one file a month whose names sort as the chain runs, the lock's file, the desk's id.
//!
//! Files are created for their owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, TimeZone};

use super::error::LogError;
use crate::config::{self, Paths};
use crate::mention::Id;

/// Where a home keeps its log and what belongs to it.
#[derive(Debug, Clone)]
pub struct LogPaths {
    /// The folder of the month files.
    pub folder: PathBuf,
    /// The file that holds the desk's id.
    pub desk_id: PathBuf,
    /// Where a torn last line is moved.
    pub quarantine: PathBuf,
}

impl LogPaths {
    /// The places under a home's data and state folders.
    pub fn under(data: &Path, state: &Path) -> Self {
        Self { folder: data.join("response-log"), desk_id: data.join("desk-id"), quarantine: state.join("quarantine") }
    }
}

impl From<&Paths> for LogPaths {
    fn from(paths: &Paths) -> Self {
        Self {
            folder: paths.log_dir.clone(),
            desk_id: paths.data.join("desk-id"),
            quarantine: paths.quarantine.clone(),
        }
    }
}

/// The month files, oldest first; none where the folder is missing.
pub(super) fn months(folder: &Path) -> Result<Vec<PathBuf>, LogError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(LogError::at(folder)(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(LogError::at(folder))?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(is_month) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn is_month(name: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    name.strip_suffix(".jsonl")
        .and_then(|month| month.split_once('-'))
        .is_some_and(|(year, month)| digits(year, 4) && digits(month, 2))
}

/// The file of the month of `at`, but never one before `newest`: the order of names is the order of the chain even
/// when the clock steps back.
pub(super) fn month_for<Z: TimeZone>(folder: &Path, at: &DateTime<Z>, newest: Option<&PathBuf>) -> PathBuf {
    let named = folder.join(format!("{:04}-{:02}.jsonl", at.year().clamp(0, 9999), at.month()));
    newest.filter(|newest| **newest > named).cloned().unwrap_or(named)
}

/// The name a file goes by in reports: without its folder.
pub(super) fn short_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Makes the folder and those above it, readable by their owner alone.
pub(super) fn make_folder(folder: &Path) -> Result<(), LogError> {
    config::private_dir(folder).map_err(LogError::at(folder))
}

/// Opens a file; where that makes it, it is readable by its owner alone.
pub(super) fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    config::private_file(path, options)
}

/// Makes names in `folder` outlast a power cut.
pub(super) fn sync_folder(folder: &Path) -> Result<(), LogError> {
    if cfg!(unix) { File::open(folder).and_then(|file| file.sync_all()).map_err(LogError::at(folder)) } else { Ok(()) }
}

/// The desk's id, made on first use. Call under the append lock, so that two programs do not make two.
pub(super) fn desk_id(path: &Path) -> Result<Id, LogError> {
    match fs::read_to_string(path) {
        Ok(text) if is_desk_id(text.trim()) => return Ok(text.trim().into()),
        // A damaged id begins another chain; the old one stays as it is.
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(LogError::at(path)(error)),
    }
    let id = random_id().map_err(LogError::at(path))?;
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let fresh = path.with_extension("new");
    let written =
        open_private(&fresh, OpenOptions::new().write(true).create(true).truncate(true)).and_then(|mut file| {
            file.write_all(id.as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&fresh, path)
        });
    written.map_err(LogError::at(path))?;
    Ok(id.into())
}

fn is_desk_id(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// Six of 32 letters and digits that are not mistaken for one another.
fn random_id() -> io::Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let mut bytes = [0; 6];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}
