//! What a running source is handed: the way out for its batches, its clock, its cursor, its health.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono_tz::Tz;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::control::Orders;
use super::http::Clients;
use super::kept::Kept;
use super::{
    BadCause, Batch, Cause, Cursor, Handle, HealthReporter, Pace, Position, Quarantine, Quota, Recheck, Rechecks,
    SourceError,
};
use crate::clock::SharedClock;
use crate::config::{Revealed, Secret, SourceConfig};
use crate::mention::{Id, Network, RawItem};
use crate::plan::Plan;

/// The most items a batch holds: small enough that a commit stays short, large enough that a flood is not one
/// transaction an item.
pub const MAX_BATCH: usize = 256;

/// The most batches of one source that are on their way at a time. Reading goes on while the one before is committed;
/// beyond that the queue pushes back on the reader.
const IN_FLIGHT: usize = 3;

/// What the composition root wires a source to.
#[derive(Debug, Clone)]
pub struct Wiring {
    /// The time sources live in.
    pub clock: SharedClock,
    /// Where batches go: bounded, shared by all sources. A full channel pushes back on the readers; nothing is dropped.
    pub batches: mpsc::Sender<Batch>,
    /// Ends every source.
    pub cancel: CancellationToken,
    /// The folder of the quarantine files.
    pub quarantine: PathBuf,
    /// The zone of dates that name none: the plan's.
    pub zone: Tz,
    /// The folder of what is handed back to programs.
    pub handed_back: PathBuf,
    /// The plan as it is now, for sources that bring far more than anybody wants to keep.
    pub plan: watch::Receiver<Arc<Plan>>,
    /// The connections, shared by all sources.
    pub connections: Connections,
    /// How long they rest.
    pub pace: Pace,
    /// Where sources that can look at a post again let themselves be asked.
    pub rechecks: Rechecks,
    /// Which mentions the store holds.
    pub kept: Kept,
}

/// The connections to servers, shared by all sources of a program.
#[derive(Debug, Clone, Default)]
pub struct Connections(Arc<Clients>);

#[cfg(test)]
impl Connections {
    pub(super) fn with_limits(limits: super::http::Limits) -> Self {
        Self(Arc::new(Clients::new(limits)))
    }
}

/// Everything a source may touch.
#[derive(Debug)]
pub struct Context {
    /// The source's id.
    pub source: Id,
    /// The network of items that do not name theirs.
    pub network: Option<Network>,
    /// The time it lives in.
    pub clock: SharedClock,
    /// The zone of dates that name none.
    pub zone: Tz,
    /// What is told about it.
    pub health: HealthReporter,
    /// The folder of what is handed back to programs; not there before it is needed.
    pub handed_back: PathBuf,
    /// The connections, shared by all sources.
    pub(super) http: Arc<Clients>,
    plan: watch::Receiver<Arc<Plan>>,
    pace: Pace,
    /// `None` for a kind that cannot look again.
    rechecks: Option<mpsc::Receiver<Recheck>>,
    kept: Kept,
    quarantine: Quarantine,
    outbox: Outbox,
    orders: Orders,
}

/// A rest that may be interrupted.
#[derive(Debug)]
pub struct Rest {
    until: Instant,
}

impl Rest {
    /// One that begins now.
    pub fn of(span: Duration) -> Self {
        Self { until: Instant::now() + span }
    }
}

impl Context {
    /// The seat of one source and the handle it is looked at and steered by. `resume` is the cursor the store holds for it.
    pub fn new(config: &SourceConfig, wiring: &Wiring, resume: Option<Cursor>) -> (Self, Handle) {
        let (health, look) = HealthReporter::new(config.id.clone(), config.kind.token(), wiring.clock.clone());
        let (handle, orders) = Handle::new(look);
        let context = Self {
            source: config.id.clone(),
            network: config.network.clone(),
            clock: wiring.clock.clone(),
            zone: wiring.zone,
            health,
            handed_back: wiring.handed_back.clone(),
            http: wiring.connections.0.clone(),
            plan: wiring.plan.clone(),
            pace: wiring.pace,
            rechecks: config.kind.rechecks().then(|| wiring.rechecks.line(&config.id)),
            kept: wiring.kept.clone(),
            quarantine: Quarantine::new(&wiring.quarantine, config.id.clone(), wiring.clock.clone()),
            outbox: Outbox {
                batches: wiring.batches.clone(),
                in_flight: VecDeque::new(),
                acked: resume,
                committed: 0,
                has_failed: false,
            },
            orders,
        };
        (context, handle)
    }

    /// The cursor of the last acknowledged batch; `None` before the first.
    pub fn resume(&self) -> Option<&Cursor> {
        self.outbox.acked.as_ref()
    }

    /// The plan as it is now.
    pub fn plan(&self) -> Arc<Plan> {
        self.plan.borrow().clone()
    }

    /// Rests between two looks at the other side. A source waits in no other way.
    pub async fn rest(&self, span: Duration) {
        self.pace.rest(span).await;
    }

    /// Rests by what is left of `rest`, unless somebody asks to look at posts again: then the request, and the rest goes on
    /// at the next call.
    pub async fn rest_or_asked(&mut self, rest: &mut Rest) -> Option<Recheck> {
        let pace = self.pace;
        let left = rest.until.saturating_duration_since(Instant::now());
        tokio::select! {
            biased;
            request = self.asked() => Some(request),
            () = pace.rest(left) => None,
        }
    }

    /// The next request to look at posts again; for a kind that cannot, none ever comes.
    pub async fn asked(&mut self) -> Recheck {
        let request = match &mut self.rechecks {
            Some(requests) => requests.recv().await,
            None => None,
        };
        match request {
            Some(request) => request,
            None => std::future::pending().await,
        }
    }

    /// Rests while the source does not run: requests are dropped, so that who asked hears at once that nobody looks.
    pub(super) async fn rest_deaf(&mut self, span: Duration) {
        let pace = self.pace;
        tokio::select! {
            never = self.deaf() => match never {},
            () = pace.rest(span) => {}
        }
    }

    /// Drops requests for as long as the source does not run.
    pub(super) async fn deaf(&mut self) -> Infallible {
        loop {
            drop(self.asked().await);
        }
    }

    /// How long it rests, for a source that does something else meanwhile.
    pub(super) fn pace(&self) -> Pace {
        self.pace
    }

    /// Those of the deletions that are about a post the store holds. What is still on its way to it does not count.
    pub(super) async fn kept(&self, deletions: Vec<RawItem>) -> Vec<RawItem> {
        self.kept.of(deletions).await
    }

    /// Fetches a secret where blocking is allowed.
    pub async fn reveal(&self, secret: &Secret) -> Result<Revealed, SourceError> {
        reveal(secret).await
    }

    /// What is left of what may be asked, for the person to see; what a server says nothing of stays as it was.
    pub fn quota(&mut self, quota: Option<Quota>) {
        if quota.is_some() {
            self.health.quota(quota);
        }
    }

    /// Sends a batch and waits while too many are on their way. Once it returns `Ok` the batch will be committed
    /// in order, or a later call fails.
    pub async fn send(&mut self, items: Vec<RawItem>, cursor: Cursor) -> Result<(), SourceError> {
        debug_assert!(items.len() <= MAX_BATCH, "a batch is a unit of one short transaction");
        self.health.pending(items.len());
        let result = self.outbox.send(&self.source, items, cursor).await;
        self.account(result)
    }

    /// Waits until every batch sent is committed. Dropped in between, it goes on at the next call.
    pub async fn settle(&mut self) -> Result<(), SourceError> {
        let result = self.outbox.settle().await;
        self.account(result)
    }

    /// True when nothing is on its way.
    pub fn is_settled(&self) -> bool {
        self.outbox.in_flight.is_empty() && !self.outbox.has_failed
    }

    /// Keeps something bad aside and counts it; what stands after it goes on. Fails when it cannot be kept, because it would
    /// be gone then.
    pub fn quarantine(&mut self, position: &Position, cause: &BadCause, data: &[u8]) -> Result<(), SourceError> {
        self.quarantine.keep(position, cause, data).map_err(|error| {
            let path = self.quarantine.file().to_owned();
            SourceError::retryable(Cause::File { path, error: error.to_string() })
        })?;
        self.health.bad();
        Ok(())
    }

    /// What a person wants of this source.
    pub(super) fn orders(&self) -> Orders {
        self.orders.clone()
    }

    fn account(&mut self, result: Result<(), SourceError>) -> Result<(), SourceError> {
        let committed = std::mem::take(&mut self.outbox.committed);
        self.health.committed(committed);
        if result.is_err() {
            self.health.nothing_pending();
        }
        result
    }
}

/// Fetches a secret where blocking is allowed. A person has to mend what fails here, but a locked key ring is opened later
/// by itself: it is tried again.
pub(super) async fn reveal(secret: &Secret) -> Result<Revealed, SourceError> {
    let kept = secret.clone();
    match tokio::task::spawn_blocking(move || kept.reveal()).await {
        Ok(revealed) => revealed.map_err(|error| SourceError::retryable_after(Cause::Secret(error), Some(LOCKED))),
        Err(ended) => Err(SourceError::retryable(Cause::Panicked(ended.to_string()))),
    }
}

/// How long a secret that cannot be had is left alone.
const LOCKED: Duration = Duration::from_mins(1);

/// A source's end of the bounded channel, and the batches that are not acknowledged yet.
#[derive(Debug)]
struct Outbox {
    batches: mpsc::Sender<Batch>,
    in_flight: VecDeque<InFlight>,
    acked: Option<Cursor>,
    committed: usize,
    /// A batch was not committed, and this was not told yet.
    has_failed: bool,
}

#[derive(Debug)]
struct InFlight {
    answer: oneshot::Receiver<()>,
    cursor: Cursor,
    items: usize,
}

impl Outbox {
    async fn send(&mut self, source: &Id, items: Vec<RawItem>, cursor: Cursor) -> Result<(), SourceError> {
        while self.has_failed || self.in_flight.len() >= IN_FLIGHT {
            self.await_oldest().await?;
        }
        let (ack, answer) = oneshot::channel();
        let in_flight = InFlight { answer, cursor: cursor.clone(), items: items.len() };
        let batch = Batch { source: source.clone(), items, cursor, ack };
        self.batches.send(batch).await.map_err(|_| SourceError::permanent(Cause::Closed))?;
        self.in_flight.push_back(in_flight);
        Ok(())
    }

    async fn settle(&mut self) -> Result<(), SourceError> {
        while self.has_failed || !self.in_flight.is_empty() {
            self.await_oldest().await?;
        }
        Ok(())
    }

    /// Waits for the oldest answer. After a batch that was not committed all later ones are waited for and none of them
    /// counts, even if it was committed: the cursor would jump over a gap.
    async fn await_oldest(&mut self) -> Result<(), SourceError> {
        let Some(oldest) = self.in_flight.front_mut().filter(|_| !self.has_failed) else { return self.fail().await };
        let answer = (&mut oldest.answer).await;
        let Some(oldest) = self.in_flight.pop_front() else { return Ok(()) };
        if answer.is_err() {
            self.has_failed = true;
            return self.fail().await;
        }
        self.acked = Some(oldest.cursor);
        self.committed += oldest.items;
        Ok(())
    }

    /// Tells a failure once all that is on its way is answered.
    async fn fail(&mut self) -> Result<(), SourceError> {
        while let Some(later) = self.in_flight.front_mut() {
            let _ = (&mut later.answer).await;
            self.in_flight.pop_front();
        }
        let failed = std::mem::take(&mut self.has_failed);
        if failed { Err(SourceError::retryable(Cause::NotCommitted)) } else { Ok(()) }
    }
}
