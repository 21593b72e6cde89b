//! What becomes of a last line that was torn by a crash.
//!
//! Under the append lock nobody else is writing, so a line without its end is the rest of an append that never
//! finished. It is set aside with its file and offset, never dropped.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::chain::{Chain, Envelope};
use super::error::LogError;
use super::files;
use super::lines::Line;

/// A torn last line and what was done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TornTail {
    /// The month file.
    pub file: PathBuf,
    /// Where in it the line began.
    pub offset: u64,
    /// How many bytes there were.
    pub bytes: u64,
    /// The file in the quarantine; none when the record was whole and only its newline was missing, so that it stays.
    pub moved_to: Option<PathBuf>,
}

/// Ends a whole record with its newline, or moves anything else into `quarantine`.
pub(super) fn settle(path: &Path, line: &Line, chain: &Chain, quarantine: &Path) -> Result<TornTail, LogError> {
    let bytes = path.metadata().map_err(LogError::at(path))?.len() - line.offset;
    let mut torn = TornTail { file: path.to_path_buf(), offset: line.offset, bytes, moved_to: None };
    let file = OpenOptions::new().append(true).open(path).map_err(LogError::at(path))?;
    if is_whole(line, chain) {
        (&file).write_all(b"\n").and_then(|()| file.sync_all()).map_err(LogError::at(path))?;
        return Ok(torn);
    }
    torn.moved_to = Some(set_aside(path, line.offset, quarantine)?);
    // Only after the copy is on disk.
    file.set_len(line.offset).and_then(|()| file.sync_all()).map_err(LogError::at(path))?;
    Ok(torn)
}

fn is_whole(line: &Line, chain: &Chain) -> bool {
    Envelope::read(&line.bytes).is_some() && chain.clone().follow(&line.bytes).1.is_none()
}

fn set_aside(path: &Path, offset: u64, quarantine: &Path) -> Result<PathBuf, LogError> {
    files::make_folder(quarantine)?;
    let (target, mut copy) = fresh(quarantine, &format!("{}-{offset}", files::short_name(path)))?;
    let mut source = File::open(path).map_err(LogError::at(path))?;
    std::io::Seek::seek(&mut source, std::io::SeekFrom::Start(offset)).map_err(LogError::at(path))?;
    std::io::copy(&mut source, &mut copy).and_then(|_| copy.sync_all()).map_err(LogError::at(&target))?;
    files::sync_folder(quarantine)?;
    Ok(target)
}

/// A new file `<stem>.torn`, or with a number where that name is taken.
fn fresh(folder: &Path, stem: &str) -> Result<(PathBuf, File), LogError> {
    let mut nth = 0;
    loop {
        let name = if nth == 0 { format!("{stem}.torn") } else { format!("{stem}-{nth}.torn") };
        let path = folder.join(name);
        match files::open_private(&path, OpenOptions::new().write(true).create_new(true)) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && nth < 10_000 => nth += 1,
            Err(error) => return Err(LogError::at(&path)(error)),
        }
    }
}
