//! The writing thread: what it is told first, a slice of the running re-assessment between.

use std::sync::mpsc::{Receiver, TryRecvError};

use super::{Answer, Assessor, OnAnswer, Reassess, RequestId, Tell};
use crate::clock::SharedClock;
use crate::store::{Origin, Position, Store, StoreError};

/// How many mentions are assessed anew in one transaction: a few milliseconds, which is what a commit may wait.
const SLICE: usize = 64;

/// Records read from the log are projected so many at a time, so that a long log is not one long transaction.
const RECORDS: usize = 1_000;

/// Writes until the last teller is gone and everything accepted is done.
pub(super) fn run(
    mut store: impl Store,
    told: &Receiver<(RequestId, Tell)>,
    mut assessor: Assessor,
    clock: &SharedClock,
    on: &OnAnswer,
) {
    let mut stale: Option<Stale> = None;
    loop {
        let next = match &stale {
            None => told.recv().map_err(|_| TryRecvError::Disconnected),
            Some(_) => told.try_recv(),
        };
        match next {
            Ok((_, Tell::Commit(batch, done))) => done(store.commit(&batch)),
            Ok((id, Tell::Reassess(Reassess { plan, assessor: newer, visible }))) => {
                assessor = newer;
                match store.stale(&plan, &visible) {
                    Ok(rows) => stale = Stale { id, total: rows.len(), rows, done: 0 }.told(on),
                    Err(error) => on(id, Err(error)),
                }
            }
            Ok((id, tell)) => on(id, write(&mut store, tell, &mut assessor, clock)),
            Err(TryRecvError::Empty) => stale = stale.and_then(|stale| stale.slice(&mut store, &mut assessor, on)),
            // What is left of a re-assessment is found again by its plan's hash at the next start.
            Err(TryRecvError::Disconnected) => return,
        }
    }
}

fn write(
    store: &mut impl Store,
    tell: Tell,
    assessor: &mut Assessor,
    clock: &SharedClock,
) -> Result<Answer, StoreError> {
    Ok(match tell {
        Tell::Apply(records) => Answer::Applied(store.apply(&records, Origin::Live, &mut **assessor)?),
        Tell::Replay(records) => {
            let mut all = crate::store::Applied::default();
            for some in records.chunks(RECORDS) {
                all.touched.extend(store.apply(some, Origin::Log, &mut **assessor)?.touched);
            }
            Answer::Applied(all)
        }
        Tell::Forget => {
            store.forget_records()?;
            Answer::Forgot
        }
        Tell::Seen(ids) => {
            store.mark_seen(&ids)?;
            Answer::Seen
        }
        Tell::Wake => Answer::Woken(store.wake(clock.now())?),
        Tell::Commit(batch, done) => {
            done(store.commit(&batch));
            Answer::Seen
        }
        Tell::Reassess(_) => Answer::Reassessed { done: 0, total: 0 },
    })
}

/// What is left to assess anew.
struct Stale {
    id: RequestId,
    rows: Vec<Position>,
    done: usize,
    total: usize,
}

impl Stale {
    fn slice(mut self, store: &mut impl Store, assessor: &mut Assessor, on: &OnAnswer) -> Option<Self> {
        let some = &self.rows[self.done..self.total.min(self.done + SLICE)];
        if let Err(error) = store.reassess(some, &mut **assessor) {
            on(self.id, Err(error));
            return None;
        }
        self.done += some.len();
        self.told(on)
    }

    /// Tells the progress; `None` when all is done.
    fn told(self, on: &OnAnswer) -> Option<Self> {
        on(self.id, Ok(Answer::Reassessed { done: self.done, total: self.total }));
        (self.done < self.total).then_some(self)
    }
}
