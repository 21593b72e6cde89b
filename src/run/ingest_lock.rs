//! One process of a home reads its sources: the desk or `watch`.
//!
//! A kernel lock on an open file, never a file with a process id: however a process ends, its lock ends with it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;

use crate::config::{Paths, private_dir, private_file};

/// Held while this process reads the home's sources.
#[derive(Debug)]
pub struct IngestLock {
    /// Unlocked by the kernel when it is closed.
    _file: File,
}

impl IngestLock {
    /// Takes the lock, or answers `None` when another process has it. Never waits.
    pub fn acquire(paths: &Paths) -> io::Result<Option<Self>> {
        private_dir(&paths.data)?;
        let path = paths.data.join("ingest.lock");
        let file = private_file(&path, OpenOptions::new().create(true).append(true))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
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
        let first = IngestLock::acquire(&paths).expect("the folder is writable");
        assert!(first.is_some());
        assert!(IngestLock::acquire(&paths).expect("reads").is_none());
        drop(first);
        assert!(IngestLock::acquire(&paths).expect("reads").is_some());
    }
}
