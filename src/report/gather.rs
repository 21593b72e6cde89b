//! What the reports count, read from the store once.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::mention::{Disposition, Id, Intent, Level, MentionId};
use crate::store::{Anchor, Case, Counts, PageRequest, Row, Store, StoreError, View};

/// More mentions than this in one window are counted but not read one by one; the report says so.
const MOST_READ: usize = 20_000;

/// Rows asked for at once.
const PAGE: usize = 500;

/// A question people ask, by the key message that answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub count: u64,
    /// How many of them are still open.
    pub open: u64,
    /// The most recent one's words.
    pub example: String,
}

/// The key message, or the initiative where no message answers it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Message(Id),
    Initiative(Id),
    Elsewhere,
}

/// Everything the reports say, before it is worded.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub since: DateTime<Utc>,
    pub counts: Counts,
    /// Arrived in the window.
    pub arrived: u64,
    pub relevant: u64,
    pub by_level: [u64; 4],
    /// Arrived by initiative: all, and those still open.
    pub by_initiative: BTreeMap<Id, (u64, u64)>,
    /// Arrived by initiative and stakeholder group.
    pub by_group: BTreeMap<(Id, Id), u64>,
    pub questions: BTreeMap<Subject, Asked>,
    /// Open P1 and P2, in the order of the urgent view.
    pub urgent: Vec<Row>,
    /// Open ones of any level whose deadline has passed.
    pub late: Vec<Row>,
    /// Decided in the window.
    pub decided: BTreeMap<Disposition, u64>,
    /// What was answered with which key message, in the window.
    pub answered_with: BTreeMap<Id, u64>,
    /// Answered with a text of one's own.
    pub answered_freely: u64,
    pub escalated: Vec<Case>,
    pub snoozed: Vec<Row>,
    /// Copied and not confirmed as posted.
    pub unconfirmed: Vec<Row>,
    /// The latest notes of the window with their mention.
    pub notes: Vec<(MentionId, DateTime<Utc>, String, String)>,
    /// True when the window holds more than was read.
    pub cut: bool,
}

/// Reads what arrived, was decided or is open since `now - window`.
pub(super) fn gather(store: &mut dyn Store, now: DateTime<Utc>, window: TimeDelta) -> Result<Gathered, StoreError> {
    let since = now - window;
    let mut gathered = Gathered { since, counts: store.counts(now)?, ..Gathered::default() };
    let mut read = 0;
    each_row(store, View::All, now, |store, row| {
        if row.at < since || read >= MOST_READ {
            gathered.cut |= row.at >= since;
            return Ok(false);
        }
        read += 1;
        if let Some(case) = store.case(&row.id, now)? {
            gathered.count_arrival(&row, &case);
        }
        Ok(true)
    })?;
    each_row(store, View::Closed, now, |store, row| {
        let Some(case) = store.case(&row.id, now)? else { return Ok(true) };
        if case.state.decided_at().is_none_or(|at| at < since) {
            return Ok(false);
        }
        gathered.count_decision(&case);
        Ok(true)
    })?;
    each_row(store, View::Urgent, now, |_, row| {
        gathered.urgent.push(row);
        Ok(true)
    })?;
    each_row(store, View::Open, now, |store, row| {
        gathered.count_open(store, row, now)?;
        Ok(true)
    })?;
    each_row(store, View::Snoozed, now, |_, row| {
        gathered.snoozed.push(row);
        Ok(true)
    })?;
    gathered.notes.sort_by_key(|(_, at, ..)| std::cmp::Reverse(*at));
    gathered.late.sort_by_key(|row| row.due_at);
    Ok(gathered)
}

/// Walks a view page by page until `visit` answers false.
fn each_row(
    store: &mut dyn Store,
    view: View,
    now: DateTime<Utc>,
    mut visit: impl FnMut(&mut dyn Store, Row) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut anchor = Anchor::Top;
    loop {
        let page = store.page(&PageRequest { view, anchor, limit: PAGE, folded: false }, now)?;
        let Some(last) = page.rows.last().map(|row| row.position) else { return Ok(()) };
        for row in page.rows {
            if !visit(store, row)? {
                return Ok(());
            }
        }
        if !page.more_after {
            return Ok(());
        }
        anchor = Anchor::After(last);
    }
}

impl Gathered {
    fn count_arrival(&mut self, row: &Row, case: &Case) {
        self.arrived += 1;
        self.relevant += u64::from(row.relevant);
        self.by_level[level_index(row.level)] += 1;
        let open = row.status.is_open();
        for initiative in &row.initiatives {
            let counted = self.by_initiative.entry(initiative.clone()).or_default();
            counted.0 += 1;
            counted.1 += u64::from(open);
            for group in &case.assessed.assessment.stakeholders {
                *self.by_group.entry((initiative.clone(), group.id.clone())).or_default() += 1;
            }
        }
        if row.relevant && row.intents.contains(&Intent::Question) {
            self.count_question(row, case, open);
        }
        for note in case.state.notes().iter().filter(|note| note.at >= self.since) {
            self.notes.push((row.id.clone(), note.at, note.by.to_string(), note.text.clone()));
        }
    }

    fn count_question(&mut self, row: &Row, case: &Case, open: bool) {
        let assessment = &case.assessed.assessment;
        let subject = match (assessment.messages.first(), row.initiatives.first()) {
            (Some(message), _) => Subject::Message(message.clone()),
            (None, Some(initiative)) => Subject::Initiative(initiative.clone()),
            (None, None) => Subject::Elsewhere,
        };
        let asked =
            self.questions.entry(subject).or_insert_with(|| Asked { count: 0, open: 0, example: row.excerpt.clone() });
        asked.count += 1;
        asked.open += u64::from(open);
    }

    fn count_decision(&mut self, case: &Case) {
        if let Some(disposition) = case.state.disposition() {
            *self.decided.entry(disposition).or_default() += 1;
        }
        if let Some(posted) = case.state.posted() {
            match &posted.reply.message {
                Some(message) => *self.answered_with.entry(message.clone()).or_default() += 1,
                None => self.answered_freely += 1,
            }
        }
    }

    fn count_open(&mut self, store: &mut dyn Store, row: Row, now: DateTime<Utc>) -> Result<(), StoreError> {
        if row.due_at.is_some_and(|due| now > due) {
            self.late.push(row.clone());
        }
        let Some(case) = store.case(&row.id, now)? else { return Ok(()) };
        if case.state.copied().is_some() {
            self.unconfirmed.push(row);
        }
        if case.state.escalation().is_some() {
            self.escalated.push(case);
        }
        Ok(())
    }
}

pub(super) fn level_index(level: Level) -> usize {
    match level {
        Level::P1 => 0,
        Level::P2 => 1,
        Level::P3 => 2,
        Level::P4 => 3,
    }
}
