//! The last records of the response log, the newest first, and the cursor among them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::mention::{Id, MentionId, Span};
use crate::response_log::Record;
use crate::triage::{self, Entry, Event, RecordId};

/// So many records are kept; undo reaches as far.
pub const KEPT: usize = 400;

/// Records, the newest first.
#[derive(Debug, Default)]
pub struct LogPane {
    records: VecDeque<Arc<Record>>,
    cursor: usize,
    /// Where the text of a record's mention can hurt a reader.
    hurtful: HashMap<RecordId, Vec<Span>>,
}

/// The act that an undo or a redo is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The mention to decide for.
    pub mention: MentionId,
    /// The other mentions of the same bulk act.
    pub companions: Vec<MentionId>,
}

impl LogPane {
    /// The records, the newest first.
    pub fn records(&self) -> impl ExactSizeIterator<Item = &Arc<Record>> {
        self.records.iter()
    }

    /// The place of the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The record under the cursor.
    pub fn selected(&self) -> Option<&Arc<Record>> {
        self.records.get(self.cursor)
    }

    /// The place of the first record shown in a pane of this height.
    pub fn top(&self, height: usize) -> usize {
        (self.cursor + 1).saturating_sub(height.max(1))
    }

    /// Moves the cursor.
    pub fn by(&mut self, step: isize) {
        self.point_at(self.cursor.saturating_add_signed(step));
    }

    /// Puts the cursor on a record, the last one at most.
    pub fn point_at(&mut self, place: usize) {
        self.cursor = place.min(self.records.len().saturating_sub(1));
    }

    /// Adds a record that was just written, by whomever. False for one that is here already; it changes nothing.
    /// The cursor stays on its record, unless it is on the newest.
    pub fn push(&mut self, record: Arc<Record>) -> bool {
        if self.records.iter().any(|known| known.seq == record.seq && known.desk == record.desk) {
            return false;
        }
        self.records.push_front(record);
        self.records.truncate(KEPT);
        if self.cursor > 0 {
            self.point_at(self.cursor + 1);
        }
        true
    }

    /// Where the text of a record's mention can hurt a reader; none until that was judged.
    pub fn hurtful(&self, record: &Record) -> Option<&[Span]> {
        self.hurtful.get(&record.id()).map(Vec::as_slice)
    }

    /// The records shown in a pane of this height whose texts nobody has judged yet.
    pub fn unjudged(&self, height: usize) -> Vec<Arc<Record>> {
        let shown = self.records.iter().skip(self.top(height)).take(height.max(1));
        let unjudged = shown.filter(|record| record.mention.is_some() && !self.hurtful.contains_key(&record.id()));
        unjudged.cloned().collect()
    }

    /// Takes where the text of a record's mention can hurt a reader.
    pub fn judged(&mut self, record: &Record, hurtful: Vec<Span>) {
        if self.hurtful.len() >= 2 * KEPT {
            let kept: Vec<RecordId> = self.records.iter().map(|record| record.id()).collect();
            self.hurtful.retain(|id, _| kept.contains(id));
        }
        self.hurtful.insert(record.id(), hurtful);
    }

    /// The records kept here that touch a mention, the oldest first.
    pub fn about(&self, id: &MentionId) -> impl Iterator<Item = &Arc<Record>> {
        self.records.iter().rev().filter(move |record| record.touches().any(|touched| touched == id))
    }

    /// The last act of `actor` at `desk` that stands.
    pub fn to_undo(&self, desk: &Id, actor: &Id) -> Option<Reach> {
        let entries = self.entries();
        let live = triage::live(&entries);
        let (entry, _) = entries.iter().zip(live).rev().find(|(entry, live)| {
            *live && entry.id.desk == *desk && entry.actor == *actor && !matches!(entry.event, Event::Undone { .. })
        })?;
        self.reach(std::slice::from_ref(&entry.id), entry.batch.as_ref())
    }

    /// The last undo of `actor` at `desk` that stands.
    pub fn to_redo(&self, desk: &Id, actor: &Id) -> Option<Reach> {
        let entries = self.entries();
        let live = triage::live(&entries);
        let undos: Vec<&RecordId> =
            entries.iter().filter(|entry| matches!(entry.event, Event::Undone { .. })).map(|entry| &entry.id).collect();
        let (entry, _) = entries.iter().zip(live).rev().find(|(entry, live)| {
            let redoes =
                matches!(&entry.event, Event::Undone { undoes } if undoes.iter().any(|id| undos.contains(&id)));
            *live && !redoes && entry.id.desk == *desk && entry.actor == *actor
        })?;
        match &entry.event {
            Event::Undone { undoes } => self.reach(undoes, None),
            _ => None,
        }
    }

    fn reach(&self, ids: &[RecordId], batch: Option<&triage::Batch>) -> Option<Reach> {
        let mut mentions: Vec<MentionId> = Vec::new();
        for record in self.records.iter().rev() {
            let belongs = ids.contains(&record.id()) || (batch.is_some() && record.batch.as_ref() == batch);
            if let Some(id) = record.mention_id().filter(|_| belongs)
                && !mentions.contains(id)
            {
                mentions.push(id.clone());
            }
        }
        let mention = mentions.first()?.clone();
        mentions.remove(0);
        Some(Reach { mention, companions: mentions })
    }

    /// What the fold needs, the oldest first.
    fn entries(&self) -> Vec<Entry> {
        self.records.iter().rev().filter_map(|record| record.entry()).collect()
    }
}
