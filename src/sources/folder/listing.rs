//! What stands in a folder: the files that may be exports, each with a mark that changes when it does.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

/// The most files: all of them are remembered in the cursor.
pub(super) const MOST: usize = 1_000;
/// The endings of files that are read.
const ENDINGS: &[&str] = &["csv", "tsv", "txt", "ndjson", "jsonl", "json", "xlsx"];

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) name: String,
    /// Of its name, size and time.
    pub(super) mark: String,
}

/// The files of `folder`, the oldest first, one more than [`MOST`] at most; `None` when it is not there. Hidden files, and
/// those that programs keep beside a file they have open, are left out.
pub(super) fn list(folder: &Path) -> io::Result<Option<Vec<Entry>>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if name.starts_with(['.', '~']) || !ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)) {
            continue;
        }
        // What went away since it was listed is not there.
        let Ok(about) = std::fs::metadata(&path) else { continue };
        if !about.is_file() {
            continue;
        }
        let changed = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        let mark = short(format!("{name}\0{}\0{}", about.len(), changed.as_nanos()).as_bytes());
        found.push((changed, Entry { path, name, mark }));
        if found.len() > MOST {
            break;
        }
    }
    found.sort_by(|one, other| (one.0, &one.1.name).cmp(&(other.0, &other.1.name)));
    Ok(Some(found.into_iter().map(|(_, entry)| entry).collect()))
}

/// The hash of what is in a file.
pub(super) fn content(path: &Path) -> io::Result<String> {
    let (mut file, mut hasher, mut chunk) = (File::open(path)?, Sha256::new(), vec![0; 256 * 1024]);
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(&chunk[..read]);
    }
}

fn short(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The first 16 digits.
fn hex(digest: &[u8]) -> String {
    digest.iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
