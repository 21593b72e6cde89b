//! What the store answered, each answer matched to the question it belongs to.

use std::sync::Arc;

use super::{App, Counting};
use crate::mention::MentionId;
use crate::pipeline;
use crate::store::{Answer, Case, Page, RequestId, StoreError};
use crate::tui::state::filter::Count;
use crate::tui::state::notices::Notice;

/// The rows on the screen are read again after so many were assessed.
const ASSESSED_A_LOOK: u64 = 4_096;

impl App {
    pub(super) fn answered(&mut self, request: RequestId, answer: Result<Answer, StoreError>) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                self.not_answered(request);
                // Asked again at once, a store that fails would be asked for ever: the next key asks again.
                self.store_rests = true;
                return self.tell(Notice::StoreFailed(error.to_string()));
            }
        };
        // Each part knows the numbers it waits for; an answer that none of them takes is late and changes nothing.
        let taken = match answer {
            Answer::Page(page) => self.page(request, page),
            Answer::Found { rows, more } => self.feed.found(request, rows, more),
            Answer::Counted { count, exact } => self.counted(request, Count { found: count, exact }),
            Answer::Members(_, members) => self.copies_read(request, members),
            Answer::Rows(rows) => {
                let actor = Arc::clone(&self.settings.actor);
                self.feed.rows_read(request, rows, &actor)
            }
            Answer::Located(place) => self.feed.located(request, place.map(|place| place.position)),
            Answer::Case(case) => self.case_read(request, case),
            Answer::Author(history) => self.detail.read_author(request, history),
            // Nobody here asks for them yet.
            Answer::Counts(counts) => self.counts_read(request, counts),
            Answer::Applied(caught_up) => {
                self.projected(&caught_up.applied.touched);
                true
            }
            Answer::Woken(woken) => {
                if woken > 0 {
                    self.feed.changed(&[], &[]);
                    self.recount();
                }
                true
            }
            Answer::Reassessed { done, total } => {
                self.reassessed(done, total);
                true
            }
            Answer::Assessing { done, left } => {
                self.assessed(done, left);
                true
            }
            Answer::Changed(changed) => {
                if changed {
                    self.feed.changed(&[], &[]);
                    self.recount();
                }
                true
            }
            Answer::Seen => true,
        };
        if !taken {
            tracing::trace!(request, "late answer");
        }
    }

    /// The store did not take the question, or failed on it: whoever waits may ask again.
    pub(super) fn not_answered(&mut self, request: RequestId) {
        self.feed.unanswered(request);
        self.detail.unanswered(request);
        if let Some(gathering) = self.acts.gathering() {
            gathering.asked.remove(&request);
        }
        if matches!(self.counting, Counting::Asked { request: asked, .. } if asked == request) {
            self.counting = Counting::Stale;
        }
    }

    fn page(&mut self, request: RequestId, page: Page) -> bool {
        self.feed.page(request, page)
    }

    fn case_read(&mut self, request: RequestId, case: Option<Box<Case>>) -> bool {
        let case = case.map(|case| self.brought_up_to_date(self.judged(case)));
        if let Some(gathering) = self.acts.gathering()
            && let Some(id) = gathering.asked.remove(&request)
        {
            match case {
                Some(case) => {
                    gathering.cases.insert(id, Arc::from(case));
                }
                None => {
                    gathering.missing.insert(id);
                }
            }
            return true;
        }
        let read = case.as_ref().map(|case| case.row.id.clone());
        let taken = self.detail.read(request, case);
        if let Some(case) = read.filter(|_| taken).and_then(|id| self.detail.case(&id).cloned()) {
            self.mention_changed(&case);
            if self.suggestions.of() == Some(&case.row.id) {
                // Read again, so it may have changed: the suggestions are made anew.
                self.suggestions.outdate();
            }
        }
        taken
    }

    /// What a person opens or decides on does not wait for its turn to be assessed.
    fn judged(&self, mut case: Box<Case>) -> Box<Case> {
        if case.assessed.assessment.is_pending() {
            case.assessed.assessment = pipeline::assess(&case.assessed.mention, &self.settings.plan);
        }
        case
    }

    fn counts_read(&mut self, request: RequestId, counts: crate::store::Counts) -> bool {
        match self.counting {
            Counting::Asked { request: asked, again } if asked == request => {
                self.counts = Some(counts);
                self.counting = if again { Counting::Stale } else { Counting::Fresh };
                true
            }
            _ => false,
        }
    }

    /// The store stands where the log stands for these.
    fn projected(&mut self, touched: &[MentionId]) {
        if touched.is_empty() {
            return;
        }
        self.feed.changed(touched, touched);
        self.detail.forget(touched);
        self.recount();
    }

    /// What was imported is assessed in the background: the rows here are read again now and then, and at the end.
    fn assessed(&mut self, done: u64, left: u64) {
        self.assessing = (left > 0).then_some((done, done + left));
        if left > 0 && done > ASSESSED_A_LOOK && !done.is_multiple_of(ASSESSED_A_LOOK) {
            return;
        }
        self.feed.changed(&[], &[]);
        self.recount();
    }

    fn reassessed(&mut self, done: usize, total: usize) {
        let finished = done >= total;
        self.reassessing = (!finished).then_some((done, total));
        // What is on the screen comes first; the rest is read again at the end.
        if finished || done <= 64 {
            self.detail.forget_all();
            self.suggestions.outdate();
            self.feed.changed(&[], &[]);
            self.recount();
        }
    }
}
