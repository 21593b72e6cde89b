//! When to look at a file or a folder again: when the system says that something changed, and now and then anyway, because
//! network folders change without a word.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;

/// Wakes the reader of one file, or of one folder.
#[derive(Debug)]
pub(super) struct Wake {
    changed: Arc<Notify>,
    /// The most a change is noticed late where the system does not tell.
    poll: Duration,
    /// Held for its life; `None` where watching does not work, and then polling does.
    _watcher: Option<RecommendedWatcher>,
}

impl Wake {
    /// Watches the folder of `path`, so that a file that is made or replaced is noticed too.
    pub(super) fn of_file(path: &Path, poll: Duration) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self::new(folder, path.file_name().map(ToOwned::to_owned), poll)
    }

    /// Watches everything that stands in `folder`.
    pub(super) fn of_folder(folder: &Path, poll: Duration) -> Self {
        Self::new(folder, None, poll)
    }

    fn new(folder: &Path, name: Option<OsString>, poll: Duration) -> Self {
        let changed = Arc::new(Notify::new());
        let watcher = watch(folder, name, changed.clone())
            .inspect_err(|error| tracing::debug!(%error, "a file is polled, not watched"))
            .ok();
        Self { changed, poll, _watcher: watcher }
    }

    /// Returns when something may have changed.
    pub(super) async fn wait(&mut self) {
        let _ = tokio::time::timeout(self.poll, self.changed.notified()).await;
    }
}

fn watch(folder: &Path, name: Option<OsString>, changed: Arc<Notify>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Our own reading is an access event: waking for it would never end. Where a file is meant, others of its folder do not matter.
        let ours = event.is_ok_and(|event| {
            let named = |path: &std::path::PathBuf| name.is_none() || path.file_name() == name.as_deref();
            !event.kind.is_access() && event.paths.iter().any(named)
        });
        if ours {
            changed.notify_one();
        }
    })?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}
