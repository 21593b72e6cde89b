//! The append lock: one program at a time adds to the log.
//!
//! A kernel lock on a file of its own, so that it ends with its holder however that ends, and months may change under
//! it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use super::error::LogError;
use super::files;

const POLL: Duration = Duration::from_millis(10);
const TRIES: u32 = 200;

/// Held until dropped.
#[derive(Debug)]
pub(super) struct AppendLock {
    _file: File,
}

impl AppendLock {
    /// Waits for the lock of `folder` for two seconds at most, then answers [`LogError::Busy`].
    pub(super) fn acquire(folder: &Path) -> Result<Self, LogError> {
        Self::acquire_within(folder, TRIES)
    }

    fn acquire_within(folder: &Path, tries: u32) -> Result<Self, LogError> {
        files::make_folder(folder)?;
        let path = folder.join("append.lock");
        let options = &mut OpenOptions::new();
        let file = files::open_private(&path, options.write(true).create(true).truncate(false))
            .map_err(LogError::at(&path))?;
        for nth in 0..tries {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if nth + 1 < tries => std::thread::sleep(POLL),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(LogError::at(&path)(error)),
            }
        }
        Err(LogError::Busy { path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_lock_is_a_typed_refusal_and_ends_with_its_holder() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = AppendLock::acquire(folder.path()).expect("free");
        assert!(matches!(AppendLock::acquire_within(folder.path(), 2), Err(LogError::Busy { .. })));
        drop(held);
        assert!(AppendLock::acquire_within(folder.path(), 1).is_ok());
    }
}
