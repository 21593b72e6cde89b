//! One process of a home reads its sources: the desk or `watch`.
//!
//! A kernel lock on an open file, never a file with a process id: however a process ends, its lock ends with it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::config::{Paths, private_dir, private_file};

/// How often, and how long apart, the lock is tried: somebody may be looking whether it is held.
const LOOKS: u32 = 3;
const LOOK: Duration = Duration::from_millis(5);

fn path(paths: &Paths) -> PathBuf {
    paths.data.join("ingest.lock")
}

/// Held while this process reads the home's sources.
#[derive(Debug)]
pub struct IngestLock {
    /// Unlocked by the kernel when it is closed.
    _file: File,
}

impl IngestLock {
    /// Takes the lock, or answers `None` when another process has it. Waits no longer than somebody needs who only looks.
    pub fn acquire(paths: &Paths) -> io::Result<Option<Self>> {
        private_dir(&paths.data)?;
        let file = private_file(&path(paths), OpenOptions::new().create(true).append(true))?;
        for _ in 0..LOOKS {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Self { _file: file })),
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOOK),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Ok(None)
    }

    /// True while a process reads the home's sources. Looking takes the lock for an instant, shared with others who look.
    pub fn is_held(paths: &Paths) -> io::Result<bool> {
        let file = match File::open(path(paths)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_at_a_time() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let paths = Paths::under(folder.path());
        let held = || IngestLock::is_held(&paths).expect("the folder is readable");
        assert!(!held());
        let first = IngestLock::acquire(&paths).expect("the folder is writable");
        assert!(first.is_some() && held());
        assert!(IngestLock::acquire(&paths).expect("reads").is_none());
        drop(first);
        assert!(!held());
        assert!(IngestLock::acquire(&paths).expect("reads").is_some());
    }
}
