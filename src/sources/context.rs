//! What a running source is handed: the way out for its batches, its clock, its cursor, its health.

use std::collections::VecDeque;

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::{Batch, Cause, Cursor, HealthReporter, Quarantine, SourceError};
use crate::clock::SharedClock;
use crate::mention::{Id, RawItem};

/// The most items a batch holds: small enough that a commit stays short, large enough that a flood is not one
/// transaction an item.
pub const MAX_BATCH: usize = 256;

/// The most batches of one source that are on their way at a time. Reading goes on while the one before is committed;
/// beyond that the queue pushes back on the reader.
const IN_FLIGHT: usize = 3;

/// Everything a source may touch.
#[derive(Debug)]
pub struct Context {
    /// The source's id.
    pub source: Id,
    /// The time it lives in.
    pub clock: SharedClock,
    /// Cancelled when the program ends: the source returns `Ok` soon.
    pub cancel: CancellationToken,
    /// The way out.
    pub outbox: Outbox,
    /// The way out for what cannot be read.
    pub quarantine: Quarantine,
    /// What is told about it.
    pub health: HealthReporter,
}

impl Context {
    /// The cursor of the last acknowledged batch; `None` before the first.
    pub fn resume(&self) -> Option<&Cursor> {
        self.outbox.acked.as_ref()
    }

    /// Sends a batch and waits while too many are on their way. Once it returns `Ok` the batch will be committed
    /// in order, or a later call fails.
    pub async fn send(&mut self, items: Vec<RawItem>, cursor: Cursor) -> Result<(), SourceError> {
        debug_assert!(items.len() <= MAX_BATCH, "a batch is a unit of one short transaction");
        self.health.pending(items.len());
        let result = self.outbox.send(&self.source, items, cursor).await;
        self.health.committed(self.outbox.take_committed());
        result
    }

    /// Waits until every batch sent is committed.
    pub async fn settle(&mut self) -> Result<(), SourceError> {
        let result = self.outbox.settle().await;
        self.health.committed(self.outbox.take_committed());
        result
    }
}

/// A source's end of the bounded channel, and the batches that are not acknowledged yet.
#[derive(Debug)]
pub struct Outbox {
    batches: mpsc::Sender<Batch>,
    in_flight: VecDeque<InFlight>,
    acked: Option<Cursor>,
    committed: usize,
}

#[derive(Debug)]
struct InFlight {
    answer: oneshot::Receiver<()>,
    cursor: Cursor,
    items: usize,
}

impl Outbox {
    /// `resume` is the cursor the store holds for the source.
    pub fn new(batches: mpsc::Sender<Batch>, resume: Option<Cursor>) -> Self {
        Self { batches, in_flight: VecDeque::new(), acked: resume, committed: 0 }
    }

    async fn send(&mut self, source: &Id, items: Vec<RawItem>, cursor: Cursor) -> Result<(), SourceError> {
        while self.in_flight.len() >= IN_FLIGHT {
            self.await_oldest().await?;
        }
        let (ack, answer) = oneshot::channel();
        let in_flight = InFlight { answer, cursor: cursor.clone(), items: items.len() };
        let batch = Batch { source: source.clone(), items, cursor, ack };
        self.batches.send(batch).await.map_err(|_| SourceError::permanent(Cause::Closed))?;
        self.in_flight.push_back(in_flight);
        Ok(())
    }

    pub(super) async fn settle(&mut self) -> Result<(), SourceError> {
        while !self.in_flight.is_empty() {
            self.await_oldest().await?;
        }
        Ok(())
    }

    /// Waits for the oldest answer. After a batch that was not committed none of the later ones may count, even if it
    /// was: the cursor would jump over a gap.
    async fn await_oldest(&mut self) -> Result<(), SourceError> {
        let Some(oldest) = self.in_flight.front_mut() else { return Ok(()) };
        let answer = (&mut oldest.answer).await;
        let Some(oldest) = self.in_flight.pop_front() else { return Ok(()) };
        if answer.is_err() {
            self.in_flight.clear();
            return Err(SourceError::retryable(Cause::NotCommitted));
        }
        self.acked = Some(oldest.cursor);
        self.committed += oldest.items;
        Ok(())
    }

    pub(super) fn take_committed(&mut self) -> usize {
        std::mem::take(&mut self.committed)
    }
}
