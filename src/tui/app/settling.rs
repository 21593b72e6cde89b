//! After every change: what the new state needs from the store and the log.
//!
//! One place decides what is asked, so that no command or event has to think of it, and nothing is asked twice.

use std::sync::Arc;

use super::{App, Counting};
use crate::mention::MentionId;
use crate::reply;
use crate::store::{Ask, Case, RequestId, View};
use crate::tui::effect::{Effect, Effects};
use crate::tui::state::areas::Areas;
use crate::tui::state::filter::Count;
use crate::tui::state::mode::{Focus, Mode};

/// Cases asked for at a time for one act; the store's queue holds more.
const GATHERED_AT_ONCE: usize = 16;
/// Mentions by the same author that the detail shows.
const AUTHOR_SHOWN: usize = 6;

impl App {
    /// Asks for whatever the state needs and has not asked for.
    pub(super) fn settle(&mut self, effects: &mut Effects) {
        if let Some(id) = self.returning.take_if(|id| self.feed.row(id).is_some_and(|row| row.status.is_open())) {
            self.feed.select(&id);
        }
        self.settle_acts(effects);
        self.judge_log();
        if self.store_rests {
            return;
        }
        self.settle_feed(effects);
        self.settle_detail(effects);
        // What is read of one mention comes first: a cluster may be large.
        self.settle_copies(effects);
        if self.counting == Counting::Stale {
            let request = self.asked(effects, Ask::Counts);
            self.counting = Counting::Asked { request, again: false };
        }
    }

    /// Takes the sizes of the frame just drawn. What the person has now seen is marked; its author is looked up.
    pub fn drawn(&mut self, areas: Areas) -> Effects {
        let mut effects = Effects::default();
        self.areas = areas;
        self.feed.drawn(areas.feed_rows());
        self.detail.scroll.drawn(areas.detail_lines, areas.detail.height.into());
        let (lines, height) = (areas.page_lines, areas.page.height.into());
        match &mut self.mode {
            Mode::Page(page) => page.scroll.drawn(lines, height),
            Mode::Sources(screen) => {
                if let Some(list) = &mut screen.quarantine {
                    list.data.drawn(lines, height);
                }
            }
            _ => {}
        }
        if areas.shows(Focus::Detail)
            && let Some(id) = self.selected_id().filter(|id| self.detail.case(id).is_some())
        {
            self.opened(&id, &mut effects);
            self.look_again(&id, &mut effects);
        }
        if let Mode::Composer(composer) = &self.mode
            && let Some(id) = composer.mention().cloned()
        {
            self.look_again(&id, &mut effects);
        }
        self.count_exposures();
        self.settle(&mut effects);
        effects
    }

    /// Asks whether a mention that may be answered still stands as it is shown.
    pub(super) fn look_again(&mut self, id: &MentionId, effects: &mut Effects) {
        let Some(case) = self.detail.case(id) else { return };
        let mention = &case.assessed.mention;
        let is_open = case.state.status_at(self.now).is_open() && mention.author_deleted_at.is_none();
        if is_open && self.looks.asks(id, self.now) {
            effects.push(Effect::LookAgain(id.clone(), mention.seen_by.clone()));
        }
    }

    /// The first row and the first lines on the screen: what a frame's sizes may move.
    pub fn begins(&self) -> (usize, usize, usize) {
        let page = if let Mode::Page(page) = &self.mode { page.scroll.top() } else { 0 };
        (self.feed.top(), self.detail.scroll.top(), page)
    }

    fn opened(&mut self, id: &MentionId, effects: &mut Effects) {
        if self.feed.selected().is_some_and(|row| row.unseen) {
            self.feed.change(id, |row| row.unseen = false);
            self.seen.push(id.clone());
            effects.push(Effect::MarkSeen(std::mem::take(&mut self.seen)));
        }
        if self.detail.wants_author(id) {
            let request = self.asked(effects, Ask::Author(id.clone(), AUTHOR_SHOWN));
            self.detail.asked_author(request, id.clone());
        }
    }

    fn settle_feed(&mut self, effects: &mut Effects) {
        if self.choosing_view && !self.feed.is_loading() {
            // The desk opens on what is urgent; where nothing is, on what is open.
            let nothing_urgent = self.feed.view() == View::Urgent && self.feed.rows().is_empty();
            self.choosing_view = false;
            if nothing_urgent {
                self.feed.open(View::Open);
            }
        }
        if let Some(ask) = self.feed.wanted() {
            let counts_anew = matches!(&ask, Ask::Search(search) if search.after.is_none());
            let request = self.asked(effects, ask);
            self.feed.asked(request);
            if counts_anew {
                self.searching = Some(request);
            }
        }
    }

    fn settle_detail(&mut self, effects: &mut Effects) {
        let rows = self.feed.rows();
        let cursor = self.feed.cursor();
        // The next ones first: that is where the cursor goes after a decision.
        let near = [Some(cursor), cursor.checked_add(1), cursor.checked_add(2), cursor.checked_sub(1)];
        let near: Vec<MentionId> =
            near.into_iter().flatten().filter_map(|at| rows.get(at)).map(|row| row.id.clone()).collect();
        let selected = near.first().cloned();
        if self.detail.show(selected.as_ref()) {
            self.suggestions.clear();
            self.shield.leave();
        }
        for id in near {
            if self.detail.wants(&id) {
                let request = self.asked(effects, Ask::Case(id.clone()));
                self.detail.asked(request, id);
            }
        }
        // What a near-copy differs in is told against the first of them.
        let shown = selected.as_ref().and_then(|id| self.detail.case(id));
        if let Some(first) = shown.and_then(|case| case.row.cluster.clone()).filter(|first| self.detail.wants(first)) {
            let request = self.asked(effects, Ask::Case(first.clone()));
            self.detail.asked(request, first);
        }
        let Some(selected) = selected else { return };
        if !self.suggestions.are_of(&selected)
            && let Some(case) = self.detail.case(&selected)
        {
            let all = reply::suggest(&case.assessed, &self.settings.plan, &self.settings.limits, self.now);
            let tier = self.tier_for(case);
            self.suggestions.set(selected.clone(), all, tier);
            if self.copy_when_read.take().is_some_and(|wanted| wanted == selected) {
                self.copy_suggestion(effects);
                self.settle_acts(effects);
            }
        }
    }

    fn settle_acts(&mut self, effects: &mut Effects) {
        loop {
            self.gather(effects);
            let Some(gathering) = self.acts.gathered() else { break };
            self.decide(&gathering);
        }
        if let Some((act, drafts)) = self.acts.to_write() {
            effects.push(Effect::Append(act, drafts));
        }
    }

    /// Reads the cases of the act whose turn it is: from those at hand, else from the store.
    fn gather(&mut self, effects: &mut Effects) {
        let rests = self.store_rests;
        let Some(gathering) = self.acts.gathering().filter(|_| !rests) else { return };
        while gathering.asked.len() < GATHERED_AT_ONCE
            && let Some(id) = gathering.next_wanted().cloned()
        {
            if let Some(case) = self.detail.case(&id) {
                gathering.cases.insert(id, Arc::clone(case));
            } else {
                let request = self.requests.number();
                effects.push(Effect::Ask(request, Ask::Case(id.clone())));
                gathering.asked.insert(request, id);
            }
        }
    }

    fn asked(&mut self, effects: &mut Effects, ask: Ask) -> RequestId {
        let request = self.requests.number();
        effects.push(Effect::Ask(request, ask));
        request
    }

    /// A case as it is with everything this desk knows to be recorded: an answer may be older than the last record.
    pub(super) fn brought_up_to_date(&self, mut case: Box<Case>) -> Box<Case> {
        let id = case.row.id.clone();
        for entry in self.log.about(&id).filter_map(|record| record.entry()) {
            case.state.evolve(&entry);
        }
        case
    }

    /// The numbers of the status bar may have changed.
    pub(super) fn recount(&mut self) {
        self.counting = match self.counting {
            Counting::Asked { request, .. } => Counting::Asked { request, again: true },
            Counting::Fresh | Counting::Stale => Counting::Stale,
        };
    }

    /// Takes a count of the search that runs; false when it is of an earlier one.
    pub(super) fn counted(&mut self, request: RequestId, count: Count) -> bool {
        let current = self.searching == Some(request);
        if current {
            self.filter.counted(count);
        }
        current
    }
}
