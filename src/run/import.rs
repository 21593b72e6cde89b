//! A file of another tool into the store, once.
//!
//! What enters: an export. What leaves: its mentions, assessed and committed batch by batch, one transaction each, and a count
//! of what came of them. Reading, assessing and committing go on side by side; memory does not grow with the file. What is
//! known by its identity is seen again, so a file may be imported twice, and after any interruption. A desk or `watch` may
//! run meanwhile: no source's cursor is touched, so the ingest lock is not needed.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use chrono::TimeDelta;

use super::{Home, HomeError};
use crate::clock::SharedClock;
use crate::mention::{Id, RawItem};
use crate::pipeline::Assessed;
use crate::pipeline::worker::{self, Work};
use crate::sources::{BadCause, Export, ExportError, Found, Position, Quarantine, Receipt};
use crate::store::{Commit, Outcome, Store, StoreError};

/// Rows of one transaction: a commit costs the same for one row as for many, and a desk that runs meanwhile waits no
/// longer than this takes.
const BATCH: usize = 1_000;
/// Batches on their way between two of the three. A full queue holds the one before it up; nothing is dropped.
const QUEUE: usize = 2;
/// What is older was somebody's work before this program saw it: no service-level clock runs for it.
const FRESH: TimeDelta = TimeDelta::hours(24);

/// How far an import is, or what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Mentions that were not there before.
    pub new: u64,
    /// Changed texts.
    pub versions: u64,
    /// Known before.
    pub seen: u64,
    /// Rows that are kept in quarantine.
    pub bad: u64,
    /// The first of them.
    pub first_bad: Option<(Position, BadCause)>,
    /// Bytes of the file that are read.
    pub read: u64,
    /// True when it was stopped before the end.
    pub stopped: bool,
}

impl Imported {
    /// Rows that are done.
    pub fn rows(&self) -> u64 {
        self.new + self.versions + self.seen + self.bad
    }
}

/// Why an import ends early; what was committed stays.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The home or its store.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The file.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A row that is bad cannot be kept; the system's own words.
    #[error("the quarantine cannot be written: {0}")]
    Quarantine(String),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Home(error.into())
    }
}

/// What is read at a time.
#[derive(Default)]
struct Batch {
    items: Vec<RawItem>,
    rest: Rest,
}

/// What travels with a batch.
#[derive(Debug, Default)]
struct Rest {
    bad: u64,
    first_bad: Option<(Position, BadCause)>,
    read: u64,
}

/// An export with where it goes.
#[derive(Debug)]
pub struct Importing<'a> {
    /// What is read.
    pub export: &'a Export,
    /// The file's name, for the places of bad rows.
    pub name: &'a str,
    /// Under which source its mentions are kept.
    pub source: &'a Id,
    /// The time it happens in.
    pub clock: &'a SharedClock,
    /// Ends it after what was read so far.
    pub stop: &'a AtomicBool,
}

/// Imports until the file's end, a failure, or `stop`. `tell` hears of every commit.
pub fn import(
    home: &Home,
    importing: &Importing<'_>,
    tell: &mut dyn FnMut(&Imported),
) -> Result<Imported, ImportError> {
    let io = |cause| HomeError::Io { path: home.paths.data.clone(), cause };
    home.paths.create().map_err(io)?;
    let (mut store, _) = home.current_store()?;
    let (read, to_assess) = sync_channel(QUEUE);
    let (assessed, to_commit) = sync_channel(QUEUE);
    thread::scope(|scope| {
        let quarantine = Quarantine::new(&home.paths.quarantine, importing.source.clone(), importing.clock.clone());
        let reader = scope.spawn(move || read_all(importing, &quarantine, &read));
        scope.spawn(move || assess(home, &to_assess, &assessed));
        let mut done = Imported::default();
        let committed = commit_all(&mut store, &to_commit, &mut done, tell);
        if committed.is_err() {
            // The reader stops at its next row, or finds nobody who takes its batch.
            importing.stop.store(true, Ordering::Relaxed);
        }
        drop(to_commit);
        let finished = reader.join().map_err(|_| StoreError::Failed("the reading ended by a panic".to_owned()))?;
        committed?;
        done.stopped = !finished?;
        Ok(done)
    })
}

/// False when it was stopped before the end.
fn read_all(
    importing: &Importing<'_>,
    quarantine: &Quarantine,
    batches: &SyncSender<Batch>,
) -> Result<bool, ImportError> {
    let now = importing.clock.now();
    let receipt = Receipt { source: importing.source, network: None, now };
    let (mut batch, mut finished, mut failure) = (Batch::default(), true, None);
    let mut each = |found: Found| {
        if importing.stop.load(Ordering::Relaxed) {
            finished = false;
            return ControlFlow::Break(());
        }
        batch.rest.read = found.read;
        match found.item {
            Ok(mut item) => {
                item.backlog |= item.posted_at.is_some_and(|posted| now - posted > FRESH);
                batch.items.push(item);
            }
            Err((cause, data)) => {
                let position = Position::Row { file: importing.name.to_owned(), row: found.row };
                if let Err(error) = quarantine.keep(&position, &cause, &data) {
                    failure = Some(ImportError::Quarantine(error.to_string()));
                    return ControlFlow::Break(());
                }
                batch.rest.bad += 1;
                batch.rest.first_bad.get_or_insert((position, cause));
            }
        }
        if batch.items.len() >= BATCH && batches.send(std::mem::take(&mut batch)).is_err() {
            finished = false;
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let read = importing.export.read(&receipt, &mut each);
    // What was read before a failure is good; nobody takes it only after a failure of its own, which is told instead.
    let _ = batches.send(batch);
    read?;
    failure.map_or(Ok(finished), Err)
}

fn assess(home: &Home, batches: &Receiver<Batch>, assessed: &SyncSender<(Vec<Assessed>, Rest)>) {
    worker::run(
        || batches.recv().ok().map(|Batch { items, rest }| Work { items, rest }),
        || home.plan.clone(),
        |items, rest| {
            // Nobody takes it after a failed commit, which is told there.
            let _ = assessed.send((items, rest));
        },
    );
}

fn commit_all(
    store: &mut impl Store,
    assessed: &Receiver<(Vec<Assessed>, Rest)>,
    done: &mut Imported,
    tell: &mut dyn FnMut(&Imported),
) -> Result<(), StoreError> {
    for (items, rest) in assessed {
        for outcome in store.commit(&Commit { items, cursor: None })? {
            match outcome {
                Outcome::New => done.new += 1,
                Outcome::Version(_) => done.versions += 1,
                Outcome::SeenAgain | Outcome::AuthorDeleted => done.seen += 1,
            }
        }
        done.bad += rest.bad;
        done.first_bad = done.first_bad.take().or(rest.first_bad);
        done.read = rest.read.max(done.read);
        tell(done);
    }
    Ok(())
}
