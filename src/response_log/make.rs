//! From a draft to the record of a given place in the chain.

use chrono::{DateTime, FixedOffset};

use super::record::{APP, Act, Draft, Hash, Record};
use crate::mention::Id;
use crate::triage::{Batch, Event, RecordId};

/// The place a record gets in its desk's chain.
pub(super) struct Place {
    pub(super) id: RecordId,
    pub(super) at: DateTime<FixedOffset>,
    pub(super) prev: Hash,
}

/// A record of `act` by `actor` in which nothing else is filled in.
pub(super) fn blank(place: Place, actor: Id, act: Act) -> Record {
    Record {
        v: 1,
        desk: place.id.desk,
        seq: place.id.seq,
        at: place.at,
        actor,
        act,
        base: None,
        batch: None,
        mention: None,
        disposition: None,
        reason: None,
        path: None,
        reply: None,
        purpose: None,
        authorized_by: None,
        undoes: None,
        also: Vec::new(),
        note: None,
        permalink: None,
        tier: None,
        to: None,
        brief: None,
        due: None,
        until: None,
        awaits: None,
        outcome: None,
        answers: Vec::new(),
        labels: None,
        was: None,
        damage: None,
        clause: None,
        series: None,
        plan: None,
        app: APP.to_owned(),
        prev: place.prev,
        hash: Hash::zero(),
    }
}

/// The record of `draft` at `place`, not yet sealed.
pub(super) fn record(draft: &Draft, place: Place, base: Option<RecordId>, batch: Option<Batch>) -> Record {
    let mut record = blank(place, draft.actor.clone(), act(&draft.event));
    record.base = base;
    record.batch = batch;
    record.mention = Some(draft.mention.clone());
    record.path = Some(draft.path.clone()).filter(|path| !path.is_empty());
    record.also = draft.also.iter().map(|(mention, _)| mention.clone()).collect();
    record.purpose.clone_from(&draft.purpose);
    record.series.clone_from(&draft.series);
    record.plan.clone_from(&draft.plan);
    fill(&mut record, draft.event.clone());
    record
}

fn act(event: &Event) -> Act {
    match event {
        Event::Decided { .. } => Act::Decided,
        Event::Copied { .. } => Act::Copied,
        Event::Posted { .. } => Act::Posted,
        Event::Linked { .. } => Act::Linked,
        Event::Escalated { .. } => Act::Escalated,
        Event::Snoozed { .. } => Act::Snoozed,
        Event::Awaited { .. } => Act::Awaited,
        Event::Noted { .. } => Act::Noted,
        Event::Claimed => Act::Claimed,
        Event::Released => Act::Released,
        Event::Captured => Act::Captured,
        Event::Overridden { .. } => Act::Overridden,
        Event::Relabelled { .. } => Act::Relabelled,
        Event::Opened => Act::Opened,
        Event::Undone { .. } => Act::Undone,
    }
}

fn fill(record: &mut Record, event: Event) {
    match event {
        Event::Decided { disposition, reason, note, clause } => {
            (record.disposition, record.reason, record.note) = (Some(disposition), reason, note);
            record.clause = clause;
        }
        Event::Copied { reply, authorized_by } => {
            (record.reply, record.authorized_by) = (Some(reply), authorized_by);
        }
        Event::Posted { reply, authorized_by, permalink, disposition } => {
            (record.reply, record.authorized_by) = (Some(reply), authorized_by);
            (record.permalink, record.disposition) = (permalink, Some(disposition));
        }
        Event::Linked { permalink } => record.permalink = Some(permalink),
        Event::Escalated { tier, to, brief, due } => {
            (record.tier, record.to) = (Some(tier), Some(to));
            (record.brief, record.due) = (Some(brief), due);
        }
        Event::Snoozed { until } => record.until = Some(until),
        Event::Awaited { awaits } => record.awaits = Some(awaits),
        Event::Noted { note } => record.note = Some(note),
        Event::Overridden { outcome, path, answers, note } => {
            (record.outcome, record.path) = (Some(outcome), Some(path));
            (record.answers, record.note) = (answers, note);
        }
        Event::Relabelled { labels, was, note } => {
            (record.labels, record.was, record.note) = (Some(labels), Some(was), note);
        }
        Event::Undone { undoes } => record.undoes = Some(undoes),
        Event::Claimed | Event::Released | Event::Captured | Event::Opened => {}
    }
}
