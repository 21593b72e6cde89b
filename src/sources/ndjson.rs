//! An NDJSON file that is read as it grows.
//!
//! What enters: a path; the file may not be there yet, may be appended to, truncated, rewritten or rotated. What leaves:
//! every line whose newline was written, once, in batches with an exact cursor. The last line without a newline is not
//! read before it is finished. The file is never written to or locked.

mod tail;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::wake::Wake;
use super::{BadCause, Context, Cursor, MAX_BATCH, Source, SourceError};
use crate::mention::RawItem;
use tail::{Look, Tail};

/// The most a change is noticed late where the system does not tell.
const POLL: Duration = Duration::from_millis(250);

/// One tailed file.
#[derive(Debug)]
pub(super) struct Ndjson {
    path: PathBuf,
}

impl Ndjson {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Reads the whole lines the tail holds and sends them.
    async fn drain(&self, tail: &mut Tail, context: &mut Context) -> Result<(), SourceError> {
        let mut items = Vec::new();
        let before = tail.lines.offset();
        while let Some(line) = tail.lines.next() {
            items.extend(context.item(line)?);
            if items.len() == MAX_BATCH {
                self.send(&mut items, tail, context).await?;
            }
        }
        // Blank and bad lines move the cursor too.
        if !items.is_empty() || tail.lines.offset() > before {
            self.send(&mut items, tail, context).await?;
        }
        Ok(())
    }

    async fn send(&self, items: &mut Vec<RawItem>, tail: &Tail, context: &mut Context) -> Result<(), SourceError> {
        context.send(std::mem::take(items), Cursor::of(&tail.at())).await
    }

    /// The file was rotated away, truncated or rewritten: what it still held of an unfinished line will never be finished.
    fn leave(mut tail: Tail, context: &mut Context) -> Result<(), SourceError> {
        match tail.lines.finish() {
            Some(line) => context.quarantine(&line.position(), &BadCause::Unfinished, line.bytes),
            None => Ok(()),
        }
    }
}

impl Source for Ndjson {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let mut wake = Wake::of_file(&self.path, POLL);
        let at = context.resume().and_then(Cursor::read);
        let mut tail = blocking(&self.path, move |path| Tail::resume(path, at)).await?;
        loop {
            let Some(mut reading) = tail.take() else {
                context.health.waiting();
                wake.wait().await;
                tail = blocking(&self.path, Tail::beginning).await?;
                continue;
            };
            let (back, look) = blocking(&self.path, move |path| {
                let look = reading.look(path)?;
                Ok((reading, look))
            })
            .await?;
            reading = back;
            context.health.unread(reading.unread());
            match look {
                Look::Read => {
                    context.health.live();
                    self.drain(&mut reading, context).await?;
                }
                Look::Quiet | Look::Gone => {
                    context.settle().await?;
                    if look == Look::Gone {
                        context.health.waiting();
                    } else {
                        context.health.live();
                    }
                    wake.wait().await;
                }
                Look::Replaced => {
                    Self::leave(reading, context)?;
                    tail = blocking(&self.path, Tail::beginning).await?;
                    continue;
                }
            }
            tail = Some(reading);
        }
    }
}

/// Runs `work` where blocking is allowed.
async fn blocking<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
) -> Result<T, SourceError> {
    let owned = path.to_owned();
    let result = tokio::task::spawn_blocking(move || work(&owned)).await;
    match result {
        Ok(done) => done.map_err(|error| SourceError::file(path, &error)),
        Err(ended) => Err(SourceError::file(path, &io::Error::other(ended))),
    }
}

#[cfg(test)]
mod tests;
