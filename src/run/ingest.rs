//! Sources into the pipeline, the pipeline into the store, and the acknowledgement back.

mod keeper;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use chrono::{DateTime, Duration, TimeDelta, Utc};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use keeper::{Arrivals, Keeper};

use super::{Home, HomeError};
use crate::clock::SharedClock;
use crate::mention::{Id, Level, MentionId};
use crate::pipeline::worker::{self, Done, Work};
use crate::pipeline::{History, Surge};
use crate::plan::Plan;
use crate::sources::{
    Batch, Connections, Cursor, Handle, Health, Kept, KeptVitals, Pace, Rechecks, State, Vitals, Wiring, attend,
    follow_orders, reads,
};
use crate::store::{Commit, Desk, Heard, Outcome, SqliteStore, Store, StoreError, Tell};

/// Hears of every commit on the store's writing thread: the source, each item with its level, and what came of
/// them. It must only pass it on.
pub type OnCommit = Arc<dyn Fn(&Id, &[(MentionId, Level)], &Result<Vec<Outcome>, StoreError>) + Send + Sync>;

/// Batches on their way from all sources to the pipeline. Each holds at most a few hundred items; a full queue pushes
/// back on the readers, which show their lag. Nothing is dropped.
const BATCHES: usize = 4;

/// The rhythm of a source is learnt from so long a time.
const HEARD_SINCE: TimeDelta = Duration::weeks(4);
/// And from so many of the newest mentions of all sources.
const HEARD: usize = 100_000;

/// The running sources and the thread that assesses what they bring.
#[derive(Debug)]
pub struct Ingest {
    /// Each source's handle, in the order of the configuration.
    pub handles: Vec<Handle>,
    /// Their vitals, in the same order.
    pub vitals: watch::Receiver<Vec<Vitals>>,
    /// What is talked about more than usual, the strongest first. One whose `over_at` is past is over: nothing more was said.
    pub surges: watch::Receiver<Arc<Vec<Surge>>>,
    /// Where those that can look at a post again are asked.
    pub rechecks: Rechecks,
    cancel: CancellationToken,
    sources: TaskTracker,
    pipeline: JoinHandle<()>,
}

impl Ingest {
    /// Starts every enabled source where the store says it goes on. Needs a tokio runtime. The caller holds the
    /// ingest lock for as long as this runs.
    pub fn start(
        home: &Home,
        clock: SharedClock,
        plan: watch::Receiver<Arc<Plan>>,
        desk: Desk,
        on_commit: OnCommit,
    ) -> Result<Self, HomeError> {
        let (batches, received) = mpsc::channel(BATCHES);
        let (rises, surges) = watch::channel(Arc::default());
        let cancel = CancellationToken::new();
        let rechecks = Rechecks::default();
        let wiring = Wiring {
            clock,
            batches,
            cancel: cancel.clone(),
            quarantine: home.paths.quarantine.clone(),
            zone: home.zone(),
            handed_back: home.paths.handed_back(),
            plan: plan.clone(),
            connections: Connections::default(),
            pace: Pace::WHOLE,
            rechecks: rechecks.clone(),
            kept: kept(home),
        };
        let mut store = home.store()?;
        let (sources, mut tasks, mut handles) = (TaskTracker::new(), Vec::new(), Vec::new());
        let configured: Vec<_> = home.config.sources.iter().filter(|source| source.enabled).collect();
        for source in &configured {
            let resume = store.cursor(&source.id)?.map(Cursor);
            let (task, handle) = attend(source, &wiring, resume);
            tasks.push(task);
            handles.push(handle);
        }
        // What a person paused is paused before it runs.
        sources.spawn(follow_orders(&home.paths.orders(), handles.clone(), cancel.clone()));
        let arrivals = Arrivals::of(configured.iter().map(|source| &source.id));
        let before = KeptVitals::read(&home.paths.vitals()).unwrap_or_default();
        let named = handles.iter().cloned().zip(configured.iter().map(|source| reads(source))).collect();
        let times = (wiring.clock.clone(), wiring.zone);
        let (keeper, vitals) = Keeper::new(named, arrivals.clone(), times, home.paths.vitals(), before.as_ref());
        let heard = heard(store, configured.iter().map(|source| source.id.clone()).collect(), wiring.clock.now());
        sources.spawn(keeper.run(heard, cancel.clone()));
        for task in tasks {
            sources.spawn(task);
        }
        drop(wiring);
        sources.close();
        let (db, actor) = (home.paths.db.clone(), home.actor.clone());
        let pipeline = thread::Builder::new()
            .name("pipeline".to_owned())
            .spawn(move || {
                let before = || said_before(&db, &actor);
                assess(received, before, &plan, &desk, &counted(on_commit, arrivals), &rises);
            })
            .map_err(|cause| HomeError::Io { path: home.paths.data.clone(), cause })?;
        Ok(Self { handles, vitals, surges, rechecks, cancel, sources, pipeline })
    }

    /// Returns when every source has ended by itself. A paused one has not.
    pub async fn ended(&self) {
        for handle in &self.handles {
            let mut health = handle.health.clone();
            // An error is the end of its task.
            let _ = health.wait_for(|health| matches!(health.state, State::Stopped { .. })).await;
        }
    }

    /// Returns when every source was heard from, waits or has failed once.
    pub async fn begun(&self) {
        for handle in &self.handles {
            let mut health = handle.health.clone();
            // An error is the end of its task.
            let _ = health.wait_for(|health| health.state != State::Starting).await;
        }
    }

    /// How each source is doing now, in the order of the configuration.
    pub fn health(&self) -> Vec<Health> {
        self.handles.iter().map(|handle| handle.health.borrow().clone()).collect()
    }

    /// Stops the sources, then assesses and commits what they had sent. Returns when nothing is on its way any more; what
    /// was not acknowledged is read again at the next start.
    pub async fn stop(self) -> Result<(), StoreError> {
        self.cancel.cancel();
        self.sources.wait().await;
        // The last sender of batches is gone with the last source: the thread ends after what it has received.
        let joined = tokio::task::spawn_blocking(move || self.pipeline.join()).await;
        match joined {
            Ok(Ok(())) => Ok(()),
            _ => Err(StoreError::Failed("the pipeline's thread ended by a panic".to_owned())),
        }
    }
}

/// Asks the store by a handle of its own, opened when somebody first asks.
fn kept(home: &Home) -> Kept {
    let (db, actor) = (home.paths.db.clone(), home.actor.clone());
    let store: Mutex<Option<SqliteStore>> = Mutex::new(None);
    Kept::asking(move |id| {
        let Ok(mut store) = store.lock() else { return true };
        if store.is_none() {
            *store = SqliteStore::open(&db, actor.clone()).ok();
        }
        let rows = store.as_mut().map(|store| store.rows(std::slice::from_ref(id), DateTime::UNIX_EPOCH));
        // A store that cannot be asked is no reason to lose a deletion.
        !matches!(rows, Some(Ok(rows)) if rows.is_empty())
    })
}

/// What the store knows of the sources' rhythm, read where blocking is allowed.
async fn heard(mut store: impl Store + 'static, sources: Vec<Id>, now: DateTime<Utc>) -> Heard {
    let read = tokio::task::spawn_blocking(move || store.heard(&sources, now - HEARD_SINCE, HEARD)).await;
    match read {
        Ok(Ok(heard)) => heard,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the sources' rhythm could not be read");
            Heard::default()
        }
        Err(_) => Heard::default(),
    }
}

/// Counts new mentions before anybody hears of them.
fn counted(on_commit: OnCommit, arrivals: Arrivals) -> OnCommit {
    Arc::new(move |source, brought, outcomes| {
        if let Ok(outcomes) = outcomes {
            arrivals.count(source, outcomes);
        }
        on_commit(source, brought, outcomes);
    })
}

/// What was said before, read when the first batch comes: whoever waits for a screen does not wait for this.
fn said_before(db: &Path, actor: &Id) -> History {
    let memories = SqliteStore::open(db, actor.clone()).and_then(|mut store| store.memories());
    match memories {
        Ok(memories) => History::again(&memories),
        Err(error) => {
            tracing::warn!(%error, "what was said before could not be read: near-copies of it are not recognised, and no usual volumes known");
            History::new()
        }
    }
}

/// The pipeline's thread.
fn assess(
    mut received: mpsc::Receiver<Batch>,
    before: impl FnOnce() -> History,
    plan: &watch::Receiver<Arc<Plan>>,
    desk: &Desk,
    on_commit: &OnCommit,
    rises: &watch::Sender<Arc<Vec<Surge>>>,
) {
    worker::run(
        || {
            let Batch { source, items, cursor, ack } = received.blocking_recv()?;
            Some(Work { items, rest: (source, cursor, ack) })
        },
        before,
        || plan.borrow().clone(),
        |Done { items, memories, surges }, (source, cursor, ack)| {
            rises.send_if_modified(|told| {
                let differs = **told != surges;
                if differs {
                    *told = Arc::new(surges);
                }
                differs
            });
            let brought: Vec<(MentionId, Level)> =
                items.iter().map(|item| (item.mention.id.clone(), item.assessment.priority.level)).collect();
            let commit = Commit { items, memories, cursor: Some((source.clone(), cursor.0)) };
            let on_commit = on_commit.clone();
            let done = move |outcomes: Result<Vec<Outcome>, StoreError>| {
                on_commit(&source, &brought, &outcomes);
                if outcomes.is_ok() {
                    // A source that was cancelled no longer listens; its cursor is in the store.
                    let _ = ack.send(());
                }
                // Otherwise the answer is dropped, and the source reads from its last cursor again.
            };
            // A store that has ended answers nobody: the dropped acknowledgement tells the source.
            let _ = desk.tell_waiting(0, Tell::Commit(commit, Box::new(done)));
        },
    );
}
