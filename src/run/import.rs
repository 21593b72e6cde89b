//! A file of another tool into the store, once.
//!
//! What enters: an export. What leaves: its mentions, kept and searchable, and a count of what came of them; then, where
//! nobody else does it, what the plan says about them, the newest first. Reading, preparing and committing go on side by side;
//! memory does not grow with the file. What is known by its identity is seen again, so a file may be imported twice, and
//! after any interruption. A desk or `watch` may run meanwhile: no source's cursor is touched, so keeping needs no ingest
//! lock, and whoever holds that one assesses what was kept.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;

use super::{Home, HomeError, IngestLock};
use crate::clock::SharedClock;
use crate::mention::{Id, RawItem};
use crate::pipeline::normalise;
use crate::sources::{BadCause, Export, ExportError, Found, Position, Quarantine, Receipt};
use crate::store::{Incoming, Outcome, Store, StoreError};
use crate::text::tokens::Tokens;

/// Rows that are handed on at a time.
const BATCH: usize = 500;
/// Batches on their way between two of the three. A full queue holds the one before it up; nothing is dropped.
const QUEUE: usize = 4;
/// Rows of the first transaction, so that something is soon seen; each has twice as many as the one before, until
/// that many: the more there are, the fewer pages of the database are written twice.
const FIRST_COMMIT: usize = 1_000;
const COMMIT: usize = 32_000;
/// The same while a desk or `watch` runs: it waits no longer than this takes, and gets its turn in between.
const COMMIT_BESIDE: usize = 1_000;
/// How long a transaction waits for further rows, and how long others have their turn between two transactions.
const WAIT: Duration = Duration::from_millis(100);
const TURN: Duration = Duration::from_millis(40);
/// How many mentions are assessed in one transaction.
const ASSESSED: usize = 512;
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

    /// Counts what came of a commit.
    pub(super) fn add(&mut self, outcomes: &[Outcome], rest: Rest) {
        for outcome in outcomes {
            match outcome {
                Outcome::New => self.new += 1,
                Outcome::Version(_) => self.versions += 1,
                Outcome::SeenAgain | Outcome::AuthorDeleted => self.seen += 1,
            }
        }
        self.bad += rest.bad;
        self.first_bad = self.first_bad.take().or(rest.first_bad);
        self.read = self.read.max(rest.read);
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

/// The same, ready to be kept.
pub(super) struct Prepared {
    pub(super) items: Vec<Incoming>,
    pub(super) rest: Rest,
}

/// What travels with a batch.
#[derive(Debug, Default)]
pub(super) struct Rest {
    bad: u64,
    first_bad: Option<(Position, BadCause)>,
    read: u64,
}

impl Rest {
    fn add(&mut self, other: Self) {
        self.bad += other.bad;
        self.first_bad = self.first_bad.take().or(other.first_bad);
        self.read = self.read.max(other.read);
    }
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
    let (store, _) = home.current_store()?;
    let mut store = store.for_many()?;
    read_into(home, importing, &mut |batches, done| commit_all(home, &mut store, batches, (done, &mut *tell)))
}

/// Takes what is prepared to the store, until nothing more comes.
pub(super) type Keep<'a> = dyn FnMut(&Receiver<Prepared>, &mut Imported) -> Result<(), ImportError> + 'a;

/// Reads and prepares on threads of their own, and keeps on this one.
pub(super) fn read_into(home: &Home, importing: &Importing<'_>, keep: &mut Keep<'_>) -> Result<Imported, ImportError> {
    let (read, to_prepare) = sync_channel(QUEUE);
    let (prepared, to_commit) = sync_channel(QUEUE);
    thread::scope(|scope| {
        let quarantine = Quarantine::new(&home.paths.quarantine, importing.source.clone(), importing.clock.clone());
        let reader = scope.spawn(move || read_all(importing, &quarantine, &read));
        let making = scope.spawn(move || prepare_all(&to_prepare, &prepared));
        let mut done = Imported::default();
        let kept = keep(&to_commit, &mut done);
        if kept.is_err() {
            // The reader stops at its next row, or finds nobody who takes its batch.
            importing.stop.store(true, Ordering::Relaxed);
        }
        drop(to_commit);
        let ended = |_| StoreError::Failed("the reading ended by a panic".to_owned());
        let (finished, made) = (reader.join().map_err(ended)?, making.join().map_err(ended)?);
        kept?;
        made?;
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

/// Normalises, and works out all that is kept of each mention.
fn prepare_all(batches: &Receiver<Batch>, prepared: &SyncSender<Prepared>) -> Result<(), StoreError> {
    let mut tokens = Tokens::new();
    for Batch { items, rest } in batches {
        let items: Result<Vec<Incoming>, StoreError> =
            items.into_iter().map(|item| Incoming::new(normalise(item), &mut tokens)).collect();
        if prepared.send(Prepared { items: items?, rest }).is_err() {
            // Nobody takes it after a failed commit, which is told there.
            break;
        }
    }
    Ok(())
}

fn commit_all(
    home: &Home,
    store: &mut impl Store,
    prepared: &Receiver<Prepared>,
    (done, tell): (&mut Imported, &mut dyn FnMut(&Imported)),
) -> Result<(), ImportError> {
    let (mut assess, mut size) = (home.assessor(), FIRST_COMMIT);
    while let Ok(first) = prepared.recv() {
        let beside = IngestLock::is_held(&home.paths).map_err(|cause| home.data_failed(cause))?;
        let mut left = if beside { COMMIT_BESIDE } else { size };
        size = COMMIT.min(size * 2);
        let (mut next, mut rest) = (Some(first), Rest::default());
        let outcomes = store.take_in(
            &mut || {
                let Prepared { items, rest: more } = match next.take() {
                    Some(first) => first,
                    None if left == 0 => return None,
                    None => prepared.recv_timeout(WAIT).ok()?,
                };
                left = left.saturating_sub(items.len());
                rest.add(more);
                Some(items)
            },
            &mut assess,
        )?;
        done.add(&outcomes, rest);
        tell(done);
        if beside {
            thread::sleep(TURN);
        }
    }
    Ok(())
}

/// Assesses what waits, the newest first, until none is left or `stop`: the rest of an import where no desk and no `watch`
/// runs. `tell` hears how many are done, and of how many. `None`: somebody else does it.
pub fn assess_waiting(
    home: &Home,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Option<u64>, HomeError> {
    let Some(_lock) = IngestLock::acquire(&home.paths).map_err(|cause| home.data_failed(cause))? else {
        return Ok(None);
    };
    let mut store = home.store()?.for_many()?;
    let (mut assess, mut done, total) = (home.assessor(), 0, store.waiting()?);
    while !stop.load(Ordering::Relaxed) {
        let some = store.pending(ASSESSED)?;
        if some.is_empty() {
            break;
        }
        store.reassess(&some, &mut assess)?;
        done += some.len() as u64;
        tell(done, total.max(done));
    }
    Ok(Some(store.waiting()?))
}
