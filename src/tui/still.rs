//! A desk that stands still: without a terminal, a clock of its own or a task, for pictures, tests and benches.
//!
//! What enters: settings, a store, a log and an instant. What leaves: frames. Each effect on store and log is
//! performed at once and its answer is taken before the next command; effects on the rest of the world (clipboard,
//! browser, files) are not performed at all, so the same commands always lead to the same frame.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::app::{App, Settings};
use super::command::Command;
use super::effect::{Effect, Effects};
use super::event::{AppendFailure, Event};
use super::view::{self, Manner};
use crate::pipeline::{self, Assessed, Memory};
use crate::response_log::Log;
use crate::store::{Answer, Ask, CaughtUp, Commit, Origin, Search, Step, Store, StoreError};

/// So many rounds of effect and answer settle anything; a desk that wants more is left as it is.
const ROUNDS: usize = 10_000;

/// A desk and the store and log it works on.
#[derive(Debug)]
pub struct Still<S> {
    /// The desk's state, to look at and to tell things to.
    pub app: App,
    store: S,
    log: Log,
}

impl<S: Store> Still<S> {
    /// Keeps the mentions and opens the desk on them at `now`.
    pub fn open(
        settings: Settings,
        mut store: S,
        log: Log,
        mentions: Vec<Assessed>,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let memories = mentions.iter().map(memory).collect();
        store.commit(&Commit { items: mentions, memories, cursor: None })?;
        let mut app = App::new(settings, now);
        let start = app.start();
        let mut still = Self { app, store, log };
        still.perform(start);
        let desk = Arc::clone(still.log.desk());
        still.tell(Event::LogOpened(desk));
        Ok(still)
    }

    /// Carries out a command and everything that follows from it.
    pub fn press(&mut self, command: Command) {
        let effects = self.app.apply(command);
        self.perform(effects);
    }

    /// Takes note of an event and of everything that follows from it.
    pub fn tell(&mut self, event: Event) {
        let effects = self.app.happened(event);
        self.perform(effects);
    }

    /// Draws a screen. The state learns the sizes of a first frame, and the second one is what a person sees.
    pub fn draw(&mut self, columns: u16, lines: u16, manner: Manner) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, lines));
        for _ in 0..2 {
            let areas = view::draw(&mut buffer, &self.app, manner);
            let effects = self.app.drawn(areas);
            self.perform(effects);
        }
        view::draw(&mut buffer, &self.app, manner);
        buffer
    }

    fn perform(&mut self, effects: Effects) {
        let mut queue: VecDeque<Effect> = effects.into_iter().collect();
        for _ in 0..ROUNDS {
            let Some(effect) = queue.pop_front() else { return };
            for event in self.events_of(effect) {
                queue.extend(self.app.happened(event));
            }
        }
    }

    fn events_of(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Ask(request, Ask::Search(search)) => {
                self.search(&search).into_iter().map(|answer| Event::Answered(request, answer)).collect()
            }
            Effect::Ask(request, ask) => {
                self.answer(ask).map(|answer| Event::Answered(request, answer)).into_iter().collect()
            }
            Effect::Append(act, drafts) => vec![match self.log.append(&drafts) {
                Ok(records) => Event::RecordAppended(act, records),
                Err(error) => {
                    let cause = error.text(&self.app.settings.locale);
                    Event::AppendFailed(act, AppendFailure { cause, stale: false })
                }
            }],
            Effect::Project(records) => {
                let plan = Arc::clone(&self.app.settings.plan);
                let applied = self.store.apply(&records, Origin::Live, &mut |mention, kept| {
                    pipeline::Assessor::new().assess_again(mention, &plan, kept)
                });
                let caught_up = |applied| CaughtUp { records: records.len(), rebuilt: false, applied };
                vec![Event::Answered(0, applied.map(|applied| Answer::Applied(caught_up(applied))))]
            }
            _ => Vec::new(),
        }
    }

    /// One step as wide as anything a picture is drawn of.
    fn search(&mut self, search: &Search) -> Vec<Result<Answer, StoreError>> {
        const BUDGET: usize = 100_000;
        let step = Step { after: search.after, rows: search.limit, budget: BUDGET };
        match self.store.search(search, step, self.app.now()) {
            Ok(found) => {
                let more = found.next.is_some();
                vec![
                    Ok(Answer::Found { rows: found.rows, more }),
                    Ok(Answer::Counted { count: found.matched, exact: !more }),
                ]
            }
            Err(error) => vec![Err(error)],
        }
    }

    fn answer(&mut self, ask: Ask) -> Option<Result<Answer, StoreError>> {
        let (store, now) = (&mut self.store, self.app.now());
        Some(match ask {
            Ask::Page(request) => store.page(&request, now).map(Answer::Page),
            Ask::Rows(ids) => store.rows(&ids, now).map(Answer::Rows),
            Ask::Locate(view, id) => store.locate(view, &id).map(Answer::Located),
            Ask::Case(id) => store.case(&id, now).map(|case| Answer::Case(case.map(Box::new))),
            Ask::Members(view, id) => store.members(&id, view, now).map(|rows| Answer::Members(id, rows)),
            Ask::Author(id, limit) => store.author(&id, limit, now).map(Answer::Author),
            Ask::Counts => store.counts(now).map(Answer::Counts),
            Ask::Changed => store.changed().map(Answer::Changed),
            Ask::Search(_) | Ask::EndSearch => return None,
        })
    }
}

/// What the store keeps of a mention's cluster. What it is compared by is left out: a desk that stands still hears nothing new.
fn memory(Assessed { mention, assessment }: &Assessed) -> Memory {
    let other = assessment.cluster.as_ref().filter(|cluster| cluster.id != mention.id);
    Memory {
        key: crate::text::tokens::hash(mention.id.as_str()),
        of: other.map_or_else(|| Ok(Vec::new()), |cluster| Err(cluster.id.clone())),
        counted: Vec::new(),
    }
}
