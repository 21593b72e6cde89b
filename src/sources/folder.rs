//! A folder into which other tools' exports are put.
//!
//! What enters: the folder; it may not be there yet. What leaves: every row of every file, once: a file is read when it has
//! stopped growing, and known by what is in it, so that a copy or another name is not read again; a file that changes
//! is read anew, and its rows are told apart by their identity. Files are never moved, changed or deleted. After an
//! interruption a file goes on at the row behind the last committed one.

mod listing;

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::probe::Tally;
use super::wake::Wake;
use super::{
    Asked, BadCause, Cause, Context, Cursor, Export, ExportError, Found, MAX_BATCH, Position, Probe, Profiles, Receipt,
    Source, SourceError,
};
use crate::mention::RawItem;
use listing::{Entry, content, list};

/// How often the folder is looked at where the system does not tell.
const POLL: Duration = Duration::from_secs(5);
/// A file that is the same for so long has stopped growing.
const STILL: Duration = Duration::from_secs(2);
/// Batches on their way from the reading thread; a full queue holds it up.
const QUEUE: usize = 2;
/// What is older was somebody's work before this program saw it: no service-level clock runs for it.
const FRESH: TimeDelta = TimeDelta::hours(24);
/// How many rows of a file a try reads.
const TRIED: u64 = 1_000;

/// One watched folder.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    profile: Option<String>,
    profiles: PathBuf,
}

/// The cursor: the files that are done, and how far the next one is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct At {
    /// From the mark of a file's name, size and time to the hash of what is in it.
    done: BTreeMap<String, String>,
    reading: Option<Place>,
}

/// A row of a file that is not done.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    content: String,
    row: u64,
}

/// Some rows of a file.
#[derive(Debug, Default)]
struct Chunk {
    items: Vec<RawItem>,
    bad: Vec<(u64, BadCause, Vec<u8>)>,
    row: u64,
    read: u64,
}

impl Folder {
    pub(super) fn new(path: PathBuf, profile: Option<String>, profiles: PathBuf) -> Self {
        Self { path, profile, profiles }
    }

    /// Reads what has stopped growing and is not done.
    async fn take(&self, entry: &Entry, at: &mut At, context: &mut Context) -> Result<(), SourceError> {
        let path = entry.path.clone();
        let hash = blocking(&entry.path, move || content(&path)).await?;
        if !at.done.values().any(|done| *done == hash) {
            let from = at.reading.take().filter(|place| place.content == hash).map_or(0, |place| place.row);
            self.read(entry, &hash, from, at, context).await?;
        }
        at.done.insert(entry.mark.clone(), hash);
        at.reading = None;
        context.send(Vec::new(), Cursor::of(at)).await
    }

    async fn read(
        &self,
        entry: &Entry,
        hash: &str,
        from: u64,
        at: &mut At,
        context: &mut Context,
    ) -> Result<(), SourceError> {
        let (path, profile, profiles, zone) =
            (entry.path.clone(), self.profile.clone(), self.profiles.clone(), context.zone);
        let opened = blocking(&entry.path, move || {
            let open =
                |profiles| Export::open(&path, &profiles, &Asked { profile: profile.as_deref(), map: &[], zone });
            Ok(Profiles::load(&profiles).map_err(ExportError::Profile).and_then(open))
        })
        .await?;
        let export = match opened {
            Ok(export) => export,
            Err(error) => return refused(entry, error, context),
        };
        let length = export.length();
        let (chunks, mut received) = mpsc::channel(QUEUE);
        let receipt = (context.source.clone(), context.network.clone(), context.clock.now());
        let reading = tokio::task::spawn_blocking(move || {
            let receipt = Receipt { source: &receipt.0, network: receipt.1.as_ref(), now: receipt.2 };
            read_all(&export, &receipt, from, &chunks)
        });
        while let Some(Chunk { items, bad, row, read }) = received.recv().await {
            for (row, cause, data) in bad {
                context.quarantine(&Position::Row { file: entry.name.clone(), row }, &cause, &data)?;
            }
            context.health.unread(length.saturating_sub(read));
            context.health.live();
            at.reading = Some(Place { content: hash.to_owned(), row });
            context.send(items, Cursor::of(at)).await?;
        }
        context.health.unread(0);
        match reading.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => refused(entry, error, context),
            Err(ended) => Err(SourceError::file(&entry.path, &io::Error::other(ended))),
        }
    }
}

impl Source for Folder {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let mut wake = Wake::of_folder(&self.path, POLL);
        let mut at: At = context.resume().and_then(Cursor::read).unwrap_or_default();
        let mut before: Vec<Entry> = Vec::new();
        loop {
            let path = self.path.clone();
            let Some(entries) = blocking(&self.path, move || list(&path)).await? else {
                context.health.waiting();
                wake.wait().await;
                wake = Wake::of_folder(&self.path, POLL);
                continue;
            };
            if entries.len() > listing::MOST {
                let cause = Cause::TooManyFiles { path: self.path.clone(), limit: listing::MOST };
                return Err(SourceError::retryable(cause));
            }
            context.health.live();
            let mut growing = false;
            for entry in &entries {
                if at.done.contains_key(&entry.mark) {
                    continue;
                }
                if before.contains(entry) {
                    self.take(entry, &mut at, context).await?;
                } else {
                    growing = true;
                }
            }
            // What is not there any more is forgotten; a file of that content would be read again.
            at.done.retain(|mark, _| entries.iter().any(|entry| entry.mark == *mark));
            before = entries;
            context.settle().await?;
            if growing {
                tokio::time::sleep(STILL).await;
            } else {
                wake.wait().await;
            }
        }
    }
}

/// A file that is no table is kept in quarantine by its name, and done; what a person has to set right stops the source.
fn refused(entry: &Entry, error: ExportError, context: &mut Context) -> Result<(), SourceError> {
    match error {
        ExportError::Profile(error) => Err(SourceError::permanent(Cause::Profile(error))),
        ExportError::File { path, error } => Err(SourceError::retryable(Cause::File { path, error })),
        error => context.quarantine(
            &Position::Item(entry.name.clone()),
            &BadCause::Malformed(error.to_string()),
            entry.name.as_bytes(),
        ),
    }
}

/// Reads the rows behind `from`; blocking. Ends early when nobody takes them any more.
fn read_all(
    export: &Export,
    receipt: &Receipt<'_>,
    from: u64,
    chunks: &mpsc::Sender<Chunk>,
) -> Result<(), ExportError> {
    let mut chunk = Chunk::default();
    let mut each = |found: Found| {
        if found.row <= from {
            return ControlFlow::Continue(());
        }
        (chunk.row, chunk.read) = (found.row, found.read);
        match found.item {
            Ok(mut item) => {
                item.backlog |= item.posted_at.is_some_and(|posted| receipt.now - posted > FRESH);
                chunk.items.push(item);
            }
            Err((cause, data)) => chunk.bad.push((found.row, cause, data)),
        }
        let is_full = chunk.items.len() + chunk.bad.len() >= MAX_BATCH;
        if is_full && chunks.blocking_send(std::mem::take(&mut chunk)).is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let read = export.read(receipt, &mut each);
    if chunk.row > 0 {
        // The source is dropped when nobody takes it.
        let _ = chunks.blocking_send(chunk);
    }
    read
}

/// Opens every file of the folder and reads its first rows; blocking.
pub(super) fn probe(
    path: &Path,
    profile: Option<&str>,
    profiles: &Path,
    receipt: &Receipt<'_>,
) -> Result<Probe, SourceError> {
    let profiles = Profiles::load(profiles).map_err(|error| SourceError::permanent(Cause::Profile(error)))?;
    if let Some(name) = profile {
        profiles.named(name).map_err(|error| SourceError::permanent(Cause::Profile(error)))?;
    }
    let asked = Asked { profile, map: &[], zone: chrono_tz::UTC };
    let mut tally = Tally::default();
    for entry in list(path).map_err(|error| SourceError::file(path, &error))?.unwrap_or_default() {
        let mut rows = 0;
        let mut each = |found: Found| {
            rows += 1;
            match found.item {
                Ok(item) => tally.item(item),
                Err((cause, _)) => tally.bad(Position::Row { file: entry.name.clone(), row: found.row }, cause),
            }
            if rows < TRIED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let read = Export::open(&entry.path, &profiles, &asked).and_then(|export| export.read(receipt, &mut each));
        if let Err(error) = read {
            tally.bad(Position::Item(entry.name.clone()), BadCause::Malformed(error.to_string()));
        }
    }
    Ok(tally.answers())
}

/// Runs `work` where blocking is allowed.
async fn blocking<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, SourceError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| SourceError::file(path, &error)),
        Err(ended) => Err(SourceError::file(path, &io::Error::other(ended))),
    }
}

#[cfg(test)]
mod tests;
