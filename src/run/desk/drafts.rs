//! Unfinished texts on disk, kept as they are typed and found again after a crash.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use crate::config::private_file;
use crate::tui::event::Event;
use crate::tui::state::composer::{Draft, Writing};

/// A draft longer than this is not one of ours.
const LONGEST: u64 = 1 << 20;

/// A change of what is kept.
#[derive(Debug)]
enum Change {
    Keep(Draft),
    Drop(Writing),
}

/// A thread that writes drafts, so that a slow disk never delays a key.
#[derive(Debug)]
pub struct DraftKeeper {
    sender: Option<SyncSender<Change>>,
    /// What found the queue full; a later state of the same text takes its place.
    waiting: Option<Change>,
    thread: Option<JoinHandle<()>>,
}

impl DraftKeeper {
    /// Starts the thread; `folder` must be there.
    pub fn start(folder: PathBuf, events: mpsc::Sender<Event>) -> io::Result<Self> {
        // Each change holds a whole text, so an older one may wait while newer ones are typed.
        let (sender, changes) = sync_channel(16);
        let thread =
            thread::Builder::new().name("drafts".to_owned()).spawn(move || write_all(&folder, &changes, &events))?;
        Ok(Self { sender: Some(sender), waiting: None, thread: Some(thread) })
    }

    /// Keeps the text as it is now.
    pub fn keep(&mut self, draft: Draft) {
        self.submit(Change::Keep(draft));
    }

    /// Forgets the text: it is finished.
    pub fn forget(&mut self, writing: Writing) {
        self.submit(Change::Drop(writing));
    }

    /// Tries again what found the queue full.
    pub fn retry(&mut self) {
        if let Some(change) = self.waiting.take() {
            self.submit(change);
        }
    }

    fn submit(&mut self, change: Change) {
        let Some(sender) = &self.sender else { return };
        if let Err(TrySendError::Full(change)) = sender.try_send(change) {
            self.waiting = Some(change);
        }
    }
}

impl Drop for DraftKeeper {
    /// Waits until the last state of every text is on disk.
    fn drop(&mut self) {
        if let (Some(sender), Some(change)) = (&self.sender, self.waiting.take()) {
            let _ = sender.send(change);
        }
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn write_all(folder: &Path, changes: &Receiver<Change>, events: &mpsc::Sender<Event>) {
    while let Ok(change) = changes.recv() {
        let done = match &change {
            Change::Keep(draft) => write(folder, draft),
            Change::Drop(writing) => remove(&path(folder, writing)),
        };
        if let Err(error) = done {
            let _ = events.blocking_send(Event::DraftFailed(format!("{}: {error}", folder.display())));
        }
    }
}

/// Beside and then in place of the older one, so that a crash leaves one of the two whole.
fn write(folder: &Path, draft: &Draft) -> io::Result<()> {
    let path = path(folder, &draft.writing);
    let beside = path.with_extension("new");
    let mut file = private_file(&beside, fs::OpenOptions::new().write(true).create(true).truncate(true))?;
    file.write_all(&serde_json::to_vec(draft).map_err(io::Error::from)?)?;
    fs::rename(&beside, &path)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// One file a text. The name is a hash, because a mention's id may hold any character.
fn path(folder: &Path, writing: &Writing) -> PathBuf {
    let name = match writing {
        Writing::Reply { mention, .. } => {
            let digest = Sha256::digest(mention.as_str().as_bytes());
            let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
            format!("reply-{number:016x}.json")
        }
        Writing::Capture => "capture.json".to_owned(),
    };
    folder.join(name)
}

/// The drafts of earlier sessions; what is no draft is left alone.
pub fn kept(folder: &Path) -> Vec<Draft> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter(|path| fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() <= LONGEST))
        .filter_map(|path| serde_json::from_slice(&fs::read(path).ok()?).ok())
        .filter(|draft: &Draft| !draft.text.trim().is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_state_of_a_text_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (events, _received) = mpsc::channel(4);
        let mut keeper = DraftKeeper::start(folder.path().to_owned(), events).expect("it starts");
        for length in 0..200 {
            keeper.keep(Draft { writing: Writing::Capture, text: "a".repeat(length) });
        }
        drop(keeper);
        let kept = kept(folder.path());
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].text.len(), 199);
    }

    #[test]
    fn a_finished_text_is_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (events, _received) = mpsc::channel(4);
        let mut keeper = DraftKeeper::start(folder.path().to_owned(), events).expect("it starts");
        keeper.keep(Draft { writing: Writing::Capture, text: "a".to_owned() });
        keeper.forget(Writing::Capture);
        drop(keeper);
        assert_eq!(kept(folder.path()), Vec::new());
    }
}
