//! The writing thread: what it is told first, a slice of the running re-assessment between, then one of the first assessment of
//! what was kept without.

use std::sync::mpsc::{Receiver, TryRecvError};

use super::{Answer, Assessor, OnAnswer, Reassess, RequestId, Setup, Tell};
use crate::response_log::Record;
use crate::store::{CaughtUp, Incoming, Origin, Outcome, Position, Store, StoreError, catch_up};

/// How many mentions are assessed anew in one transaction: a few milliseconds, which is what a commit may wait.
const SLICE: usize = 64;
/// Progress of a first assessment is told after so many.
const TOLD: u64 = 512;

/// Writes until the last teller is gone and everything accepted is done.
pub(super) fn run(mut store: impl Store, told: &Receiver<(RequestId, Tell)>, mut setup: Setup, on: &OnAnswer) {
    let (mut stale, mut waiting): (Option<Stale>, Option<Waiting>) = (None, None);
    loop {
        let next = if stale.is_none() && waiting.is_none() {
            told.recv().map_err(|_| TryRecvError::Disconnected)
        } else {
            told.try_recv()
        };
        match next {
            Ok((_, Tell::Commit(batch, done))) => done(store.commit(&batch)),
            Ok((id, Tell::TakeIn(items, done))) => {
                done(take_in(&mut store, items, &mut setup.assessor));
                waiting = match waiting {
                    Some(waiting) => Some(waiting.again(&mut store)),
                    None => Waiting::find(id, &mut store, on),
                };
            }
            Ok((id, Tell::Assess)) => waiting = waiting.or_else(|| Waiting::find(id, &mut store, on)),
            Ok((id, Tell::Reassess(request))) => stale = Stale::find(id, request, &mut store, &mut setup, on),
            Ok((id, Tell::Apply(records))) => {
                on(id, apply(&mut store, &records, &mut setup).map(Answer::Applied));
            }
            Ok((id, Tell::CatchUp)) => {
                on(id, catch_up(&mut store, &setup.log, &mut *setup.assessor).map(Answer::Applied));
            }
            Ok((id, Tell::Seen(ids))) => on(id, store.mark_seen(&ids).map(|()| Answer::Seen)),
            Ok((id, Tell::Wake)) => on(id, store.wake(setup.clock.now()).map(Answer::Woken)),
            Err(TryRecvError::Empty) if stale.is_none() => {
                waiting = waiting.and_then(|waiting| waiting.slice(&mut store, &mut setup.assessor, on));
            }
            Err(TryRecvError::Empty) => {
                stale = stale.and_then(|stale| stale.slice(&mut store, &mut setup.assessor, on));
            }
            // What is left is found again at the next start: by its plan's hash, and by what waits.
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

fn take_in(store: &mut impl Store, items: Vec<Incoming>, assessor: &mut Assessor) -> Result<Vec<Outcome>, StoreError> {
    let mut items = Some(items);
    store.take_in(&mut || items.take(), &mut **assessor)
}

/// What waits for its first assessment. The queue itself is in the store: only how far it is is kept here.
struct Waiting {
    id: RequestId,
    done: u64,
    left: u64,
}

impl Waiting {
    /// `None` where nothing waits.
    fn find(id: RequestId, store: &mut impl Store, on: &OnAnswer) -> Option<Self> {
        match store.waiting() {
            Ok(0) => None,
            Ok(left) => {
                on(id, Ok(Answer::Assessing { done: 0, left }));
                Some(Self { id, done: 0, left })
            }
            Err(error) => {
                on(id, Err(error));
                None
            }
        }
    }

    /// More has come to wait.
    fn again(mut self, store: &mut impl Store) -> Self {
        // A count that fails is only not shown.
        self.left = store.waiting().unwrap_or(self.left);
        self
    }

    fn slice(mut self, store: &mut impl Store, assessor: &mut Assessor, on: &OnAnswer) -> Option<Self> {
        let done = store.pending(SLICE).and_then(|some| {
            store.reassess(&some, &mut **assessor)?;
            Ok(some.len() as u64)
        });
        match done {
            Ok(0) => {
                on(self.id, Ok(Answer::Assessing { done: self.done, left: 0 }));
                None
            }
            Ok(done) => {
                let before = self.done / TOLD;
                self.done += done;
                self.left = self.left.saturating_sub(done).max(1);
                if self.done / TOLD != before {
                    on(self.id, Ok(Answer::Assessing { done: self.done, left: self.left }));
                }
                Some(self)
            }
            Err(error) => {
                on(self.id, Err(error));
                None
            }
        }
    }
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
