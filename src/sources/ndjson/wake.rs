//! When to look at a file again: when the system says that something changed, and every quarter of a second anyway,
//! because network folders change without a word.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;

/// The most a change is noticed late where the system does not tell.
const POLL: Duration = Duration::from_millis(250);

/// Wakes the reader of one file.
#[derive(Debug)]
pub(super) struct Wake {
    changed: Arc<Notify>,
    /// Held for its life; `None` where watching does not work, and then polling does.
    _watcher: Option<RecommendedWatcher>,
}

impl Wake {
    /// Watches the folder of `path`, so that a file that is made or replaced is noticed too.
    pub(super) fn new(path: &Path) -> Self {
        let changed = Arc::new(Notify::new());
        let watcher = watch(path, changed.clone())
            .inspect_err(|error| tracing::debug!(%error, "a file is polled, not watched"))
            .ok();
        Self { changed, _watcher: watcher }
    }

    /// Returns when the file may have changed.
    pub(super) async fn wait(&mut self) {
        let _ = tokio::time::timeout(POLL, self.changed.notified()).await;
    }
}

fn watch(path: &Path, changed: Arc<Notify>) -> notify::Result<RecommendedWatcher> {
    let name = path.file_name().map(ToOwned::to_owned);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Our own reading is an access event: waking for it would never end. Other files of the folder do not matter.
        let ours = event.is_ok_and(|event| {
            !event.kind.is_access() && event.paths.iter().any(|path| path.file_name() == name.as_deref())
        });
        if ours {
            changed.notify_one();
        }
    })?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}
