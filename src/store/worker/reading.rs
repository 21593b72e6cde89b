//! The reading thread: questions first, a slice of the running search between them.

use std::sync::mpsc::{Receiver, TryRecvError};

use super::{Answer, Ask, OnAnswer, RequestId};
use crate::clock::SharedClock;
use crate::store::{Position, SEARCH_SLICE, Search, Step, Store, StoreError};

/// While only counting, the person hears of the count after so many slices.
const SLICES_A_COUNT: u32 = 32;

/// Answers until the last asker is gone.
pub(super) fn run(mut store: impl Store, asked: &Receiver<(RequestId, Ask)>, clock: &SharedClock, on: &OnAnswer) {
    let mut running: Option<Running> = None;
    loop {
        let next = match &running {
            None => asked.recv().map_err(|_| TryRecvError::Disconnected),
            Some(_) => asked.try_recv(),
        };
        match next {
            // The newest search is the one that counts: whatever ran before it is forgotten.
            Ok((id, Ask::Search(search))) => running = Some(Running::new(id, search)),
            Ok((_, Ask::EndSearch)) => running = None,
            Ok((id, ask)) => on(id, answer(&mut store, ask, clock)),
            Err(TryRecvError::Empty) => {
                running = running.and_then(|running| running.slice(&mut store, clock, on));
            }
            Err(TryRecvError::Disconnected) => return,
        }
    }
}

fn answer(store: &mut impl Store, ask: Ask, clock: &SharedClock) -> Result<Answer, StoreError> {
    let now = clock.now();
    Ok(match ask {
        Ask::Page(request) => Answer::Page(store.page(&request, now)?),
        Ask::Rows(ids) => Answer::Rows(store.rows(&ids, now)?),
        Ask::Locate(view, id) => Answer::Located(store.locate(view, &id)?),
        Ask::Case(id) => Answer::Case(store.case(&id, now)?.map(Box::new)),
        Ask::Members(view, id) => {
            let rows = store.members(&id, view, now)?;
            Answer::Members(id, rows)
        }
        Ask::Author(id, limit) => Answer::Author(store.author(&id, limit, now)?),
        Ask::Counts => Answer::Counts(store.counts(now)?),
        Ask::Changed => Answer::Changed(store.changed()?),
        Ask::Search(_) | Ask::EndSearch => Answer::Found { rows: Vec::new(), more: false },
    })
}

/// A search between two of its slices.
struct Running {
    id: RequestId,
    search: Search,
    after: Option<Position>,
    /// Rows still wanted; when none are, the rest is only counted.
    wanted: usize,
    count: u64,
    slices: u32,
}

impl Running {
    fn new(id: RequestId, search: Search) -> Self {
        let (after, wanted) = (search.after, search.limit);
        Self { id, search, after, wanted, count: 0, slices: 0 }
    }

    /// Looks at a few mentions more; `None` when there is nothing left to look at.
    fn slice(mut self, store: &mut impl Store, clock: &SharedClock, on: &OnAnswer) -> Option<Self> {
        let step = Step { after: self.after, rows: self.wanted, budget: SEARCH_SLICE };
        let found = match store.search(&self.search, step, clock.now()) {
            Ok(found) => found,
            Err(error) => {
                on(self.id, Err(error));
                return None;
            }
        };
        self.count += found.matched;
        self.slices += 1;
        let was_reading = self.wanted > 0;
        self.wanted = self.wanted.saturating_sub(found.rows.len());
        let ended = found.next.is_none();
        if !found.rows.is_empty() || (ended && was_reading) {
            on(self.id, Ok(Answer::Found { rows: found.rows, more: !ended }));
        }
        // A further page of the same search is not counted again: its first page was.
        let is_first_page = self.search.after.is_none();
        if is_first_page && (ended || (self.wanted == 0 && self.slices.is_multiple_of(SLICES_A_COUNT))) {
            on(self.id, Ok(Answer::Counted { count: self.count, exact: ended }));
        }
        self.after = found.next;
        let goes_on = !ended && (self.wanted > 0 || is_first_page);
        goes_on.then_some(self)
    }
}
