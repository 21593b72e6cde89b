//! A recorded NDJSON file whose items come when their time comes.
//!
//! What enters: the file and the clock. What leaves: what was posted before the clock's first instant at once, as if it had
//! been received when it was posted (so that service-level clocks run); the rest, in the order it was posted, when the
//! clock reaches it, `speed` times as fast. On one file and one clock the same items come in the same order with the
//! same instants, in every run.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::lines::Lines;
use super::quarantine::MAX_DATA;
use super::{BadCause, Cause, Context, Cursor, MAX_BATCH, Position, Source, SourceError};
use crate::mention::{Id, Network, RawItem};

/// The largest recording: it is held in memory, because it is sorted.
const MAX_FILE: u64 = 256 << 20;
/// The clock is looked at this often at least, so that one that is set or stepped is noticed.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
const SHORTEST_WAIT: Duration = Duration::from_millis(5);

/// One recording.
#[derive(Debug)]
pub(super) struct Replay {
    path: PathBuf,
    speed: f64,
}

/// What a recording holds.
#[derive(Debug)]
pub(super) struct Recording {
    /// In the order they are due.
    pub(super) items: Vec<RawItem>,
    pub(super) bad: Vec<(Position, BadCause, Vec<u8>)>,
    hash: String,
}

/// How much of which recording was delivered, and from which instant on it is replayed.
#[derive(Serialize, Deserialize)]
struct At {
    recording: String,
    done: usize,
    anchor: DateTime<Utc>,
}

impl Replay {
    pub(super) fn new(path: PathBuf, speed: f64) -> Self {
        Self { path, speed }
    }

    /// When an item comes: the anchor's past as it was, its future `speed` times as fast.
    fn due(&self, item: &RawItem, anchor: DateTime<Utc>) -> DateTime<Utc> {
        let Some(posted) = item.posted_at else { return anchor };
        if posted <= anchor {
            return posted;
        }
        let wait = (posted - anchor).num_milliseconds() as f64 / self.speed;
        let wait = TimeDelta::try_milliseconds(wait as i64).unwrap_or(TimeDelta::MAX);
        anchor.checked_add_signed(wait).unwrap_or(posted)
    }

    async fn load(&self, context: &Context) -> Result<Recording, SourceError> {
        let (path, source, network) = (self.path.clone(), context.source.clone(), context.network.clone());
        let now = context.clock.now();
        tokio::task::spawn_blocking(move || Recording::load(&path, &source, network.as_ref(), now))
            .await
            .unwrap_or_else(|ended| Err(SourceError::file(&self.path, &io::Error::other(ended))))
    }
}

impl Source for Replay {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let recording = self.load(context).await?;
        let resumed = context.resume().and_then(Cursor::read::<At>).filter(|at| at.recording == recording.hash);
        let mut at = resumed.unwrap_or(At { recording: recording.hash, done: 0, anchor: context.clock.now() });
        if at.done == 0 {
            for (position, cause, data) in &recording.bad {
                context.quarantine(position, cause, data)?;
            }
        }
        context.health.live();
        while let Some(next) = recording.items.get(at.done) {
            let (now, due) = (context.clock.now(), self.due(next, at.anchor));
            if due > now {
                context.settle().await?;
                let wait = context.clock.real_time((due - now).to_std().unwrap_or_default());
                tokio::time::sleep(wait.clamp(SHORTEST_WAIT, LONGEST_WAIT)).await;
                continue;
            }
            let rest = recording.items[at.done..].iter();
            let items: Vec<RawItem> = rest
                .map(|item| (self.due(item, at.anchor), item))
                .take_while(|(due, _)| *due <= now)
                .take(MAX_BATCH)
                .map(|(due, item)| RawItem { received_at: due, ..item.clone() })
                .collect();
            at.done += items.len();
            context.health.live();
            context.send(items, Cursor::of(&at)).await?;
        }
        context.settle().await
    }
}

impl Recording {
    /// Reads a whole recording; blocking.
    pub(super) fn load(
        path: &Path,
        source: &Id,
        network: Option<&Network>,
        now: DateTime<Utc>,
    ) -> Result<Self, SourceError> {
        let bytes = read_whole(path)?;
        let mut recording =
            Self { items: Vec::new(), bad: Vec::new(), hash: format!("{:x?}", &Sha256::digest(&bytes)[..8]) };
        let mut lines = Lines::new(0);
        for chunk in bytes.chunks(64 * 1024) {
            lines.push(chunk);
            while let Some(line) = lines.next() {
                recording.take(line, source, network, now);
            }
        }
        if let Some(line) = lines.finish() {
            recording.take(line, source, network, now);
        }
        recording.items.sort_by_key(|item| item.posted_at);
        Ok(recording)
    }

    fn take(&mut self, line: super::lines::Line<'_>, source: &Id, network: Option<&Network>, now: DateTime<Utc>) {
        match line.item(source, network, now) {
            Ok(item) => self.items.extend(item),
            Err(cause) => {
                let data = line.bytes[..line.bytes.len().min(MAX_DATA + 1)].to_vec();
                self.bad.push((line.position(), cause, data));
            }
        }
    }
}

fn read_whole(path: &Path) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| SourceError::file(path, &error))?;
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| SourceError::file(path, &error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(SourceError::permanent(Cause::TooLarge { what: path.display().to_string(), limit: MAX_FILE }));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
