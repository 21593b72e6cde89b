//! The writing thread: what it is told first, a slice of the running re-assessment between.

use std::sync::mpsc::{Receiver, TryRecvError};

use super::{Answer, Assessor, OnAnswer, Reassess, RequestId, Setup, Tell};
use crate::response_log::Record;
use crate::store::{CaughtUp, Origin, Position, Store, StoreError, catch_up};

/// How many mentions are assessed anew in one transaction: a few milliseconds, which is what a commit may wait.
const SLICE: usize = 64;

/// Writes until the last teller is gone and everything accepted is done.
pub(super) fn run(mut store: impl Store, told: &Receiver<(RequestId, Tell)>, mut setup: Setup, on: &OnAnswer) {
    let mut stale: Option<Stale> = None;
    loop {
        let next = match &stale {
            None => told.recv().map_err(|_| TryRecvError::Disconnected),
            Some(_) => told.try_recv(),
        };
        match next {
            Ok((_, Tell::Commit(batch, done))) => done(store.commit(&batch)),
            Ok((id, Tell::Reassess(request))) => stale = Stale::find(id, request, &mut store, &mut setup, on),
            Ok((id, Tell::Apply(records))) => {
                on(id, apply(&mut store, &records, &mut setup).map(Answer::Applied));
            }
            Ok((id, Tell::CatchUp)) => {
                on(id, catch_up(&mut store, &setup.log, &mut *setup.assessor).map(Answer::Applied));
            }
            Ok((id, Tell::Seen(ids))) => on(id, store.mark_seen(&ids).map(|()| Answer::Seen)),
            Ok((id, Tell::Wake)) => on(id, store.wake(setup.clock.now()).map(Answer::Woken)),
            Err(TryRecvError::Empty) => {
                stale = stale.and_then(|stale| stale.slice(&mut store, &mut setup.assessor, on));
            }
            // What is left of a re-assessment is found again by its plan's hash at the next start.
            Err(TryRecvError::Disconnected) => return,
        }
    }
}

/// Projects records just appended; where others came between, the log is read instead.
fn apply(store: &mut impl Store, records: &[Record], setup: &mut Setup) -> Result<CaughtUp, StoreError> {
    let applied = store.apply(records, Origin::Live, &mut *setup.assessor)?;
    if !applied.gap {
        return Ok(CaughtUp { records: records.len(), rebuilt: false, applied });
    }
    let mut caught_up = catch_up(store, &setup.log, &mut *setup.assessor)?;
    caught_up.applied.touched.extend(applied.touched);
    Ok(caught_up)
}

/// What is left to assess anew.
struct Stale {
    id: RequestId,
    rows: Vec<Position>,
    done: usize,
    total: usize,
}

impl Stale {
    /// Takes the new plan's assessor and finds what an older plan has assessed.
    fn find(
        id: RequestId,
        request: Reassess,
        store: &mut impl Store,
        setup: &mut Setup,
        on: &OnAnswer,
    ) -> Option<Self> {
        setup.assessor = request.assessor;
        match store.stale(&request.plan, &request.visible) {
            Ok(rows) => Self { id, total: rows.len(), rows, done: 0 }.told(on),
            Err(error) => {
                on(id, Err(error));
                None
            }
        }
    }

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
