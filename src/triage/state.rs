//! Where a case stands: the fold of its records.
//!
//! What enters: the entries of one case, in the order of the log. What leaves: its status and everything the desk
//! shows of what was done. Folding all entries and evolving entry by entry give the same state.

use chrono::{DateTime, TimeDelta, Utc};

use super::undo::live;
use super::{Answer, Awaits, Entry, Event, RecordId, Reply};
use crate::mention::{Disposition, Id, Labels, NoResponseReason, Status};

/// A reply that was copied and not yet confirmed as posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The text.
    pub reply: Reply,
    /// Who approved it.
    pub authorized_by: Option<String>,
    /// When it was copied.
    pub at: DateTime<Utc>,
    /// Who copied it.
    pub by: Id,
}

/// A reply that a person confirmed as posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The text.
    pub reply: Reply,
    /// Who approved it.
    pub authorized_by: Option<String>,
    /// Where it stands, if told.
    pub permalink: Option<String>,
    /// When it was confirmed.
    pub at: DateTime<Utc>,
    /// Who confirmed it.
    pub by: Id,
}

/// The escalation that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// 0 to 3.
    pub tier: u8,
    /// Role and name.
    pub to: String,
    /// By when it is to be acknowledged.
    pub due: Option<DateTime<Utc>>,
    /// When it was escalated.
    pub at: DateTime<Utc>,
    /// Who escalated it.
    pub by: Id,
}

/// A remark: of its own, or with a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLine {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub by: Id,
    /// The remark.
    pub text: String,
}

/// The branch of the road map that a person walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The outcome it ended at.
    pub outcome: Id,
    /// The steps answered yes on the way.
    pub path: Vec<Id>,
    /// What the person answered.
    pub answers: Vec<Answer>,
    /// Why; none where the answers say it all.
    pub why: Option<String>,
    /// When it was walked.
    pub at: DateTime<Utc>,
    /// Who walked it.
    pub by: Id,
}

/// A time during which the clock for substance stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended or will end by itself; none while it lasts.
    pub until: Option<DateTime<Utc>>,
}

/// Everything the records say about one case. A case without records is `CaseState::default()`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseState {
    facts: Facts,
    history: Vec<Entry>,
}

/// What the live records add up to; read through [`CaseState`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Facts {
    status: Option<Status>,
    claimed_by: Option<Id>,
    disposition: Option<Disposition>,
    reason: Option<NoResponseReason>,
    clause: Option<Id>,
    decided_at: Option<DateTime<Utc>>,
    decided_by: Option<Id>,
    snoozed_until: Option<DateTime<Utc>>,
    escalation: Option<Escalation>,
    copied: Option<Copied>,
    posted: Option<Posted>,
    overridden: Option<Override>,
    labels: Labels,
    captured_by: Option<Id>,
    acknowledged_at: Option<DateTime<Utc>>,
    substance_at: Option<DateTime<Utc>>,
    pauses: Vec<Pause>,
    notes: Vec<NoteLine>,
}

impl CaseState {
    /// The state after `entries`, given in the order of the log.
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut state = Self { facts: Facts::default(), history: entries.into_iter().collect() };
        state.refold();
        state
    }

    /// Adds what was recorded next. An entry it already has changes nothing, so a projection may be applied twice.
    pub fn evolve(&mut self, entry: &Entry) {
        if self.history.iter().any(|known| known.id == entry.id) {
            return;
        }
        self.history.push(entry.clone());
        if matches!(entry.event, Event::Undone { .. }) {
            self.refold();
        } else {
            self.facts.apply(entry);
        }
    }

    /// True when both stand alike, whatever way they came there.
    #[cfg(test)]
    pub(super) fn same_facts(&self, other: &Self) -> bool {
        self.facts == other.facts
    }

    fn refold(&mut self) {
        self.facts = Facts::default();
        for (entry, live) in self.history.iter().zip(live(&self.history)) {
            if live {
                self.facts.apply(entry);
            }
        }
    }

    /// Where the case stands as recorded; see [`CaseState::status_at`] for snoozes that have passed.
    pub fn status(&self) -> Status {
        self.facts.status.unwrap_or(Status::New)
    }

    /// Where the case stands at `now`: a snooze that has passed is reopened.
    pub fn status_at(&self, now: DateTime<Utc>) -> Status {
        match (self.status(), self.facts.snoozed_until) {
            (Status::Snoozed, Some(until)) if until <= now => Status::Reopened,
            (status, _) => status,
        }
    }

    /// Who has it.
    pub fn claimed_by(&self) -> Option<&Id> {
        self.facts.claimed_by.as_ref()
    }

    /// The decision that stands.
    pub fn disposition(&self) -> Option<Disposition> {
        self.facts.disposition
    }

    /// The reason for no response that stands.
    pub fn reason(&self) -> Option<NoResponseReason> {
        self.facts.reason
    }

    /// The moderation clause that the decision cites.
    pub fn clause(&self) -> Option<&Id> {
        self.facts.clause.as_ref()
    }

    /// When the decision that stands was made.
    pub fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.facts.decided_at
    }

    /// Who made the decision that stands.
    pub fn decided_by(&self) -> Option<&Id> {
        self.facts.decided_by.as_ref()
    }

    /// When a snoozed case comes back.
    pub fn snoozed_until(&self) -> Option<DateTime<Utc>> {
        self.facts.snoozed_until
    }

    /// The escalation that stands.
    pub fn escalation(&self) -> Option<&Escalation> {
        self.facts.escalation.as_ref()
    }

    /// The last copied reply that nobody has confirmed as posted.
    pub fn copied(&self) -> Option<&Copied> {
        self.facts.copied.as_ref()
    }

    /// The last reply confirmed as posted: what the mention was answered with.
    pub fn posted(&self) -> Option<&Posted> {
        self.facts.posted.as_ref()
    }

    /// The branch a person chose over the suggested one.
    pub fn overridden(&self) -> Option<&Override> {
        self.facts.overridden.as_ref()
    }

    /// What people said of its words, the last word counting.
    pub fn labels(&self) -> &Labels {
        &self.facts.labels
    }

    /// Who entered the mention by hand.
    pub fn captured_by(&self) -> Option<&Id> {
        self.facts.captured_by.as_ref()
    }

    /// When the clock for acknowledgement stopped: the first decided, copied, posted, escalated or noted record.
    pub fn acknowledged_at(&self) -> Option<DateTime<Utc>> {
        self.facts.acknowledged_at
    }

    /// When the clock for substance stopped: posted, a holding statement issued, or closed.
    pub fn substance_at(&self) -> Option<DateTime<Utc>> {
        self.facts.substance_at
    }

    /// When the clock for substance stood still.
    pub fn pauses(&self) -> &[Pause] {
        &self.facts.pauses
    }

    /// How long the clock for substance has stood still up to `now`: a deadline moves by as much.
    pub fn paused_for(&self, now: DateTime<Utc>) -> TimeDelta {
        self.facts.pauses.iter().fold(TimeDelta::zero(), |sum, pause| {
            let end = pause.until.map_or(now, |until| until.min(now));
            sum + (end - pause.from).max(TimeDelta::zero())
        })
    }

    /// True while the clock for substance stands still.
    pub fn is_paused(&self, now: DateTime<Utc>) -> bool {
        self.facts.pauses.iter().any(|pause| pause.from <= now && pause.until.is_none_or(|until| now < until))
    }

    /// The remarks, oldest first.
    pub fn notes(&self) -> &[NoteLine] {
        &self.facts.notes
    }

    /// The last record that touched this case, an undo included: the `base` of the next act.
    pub fn last(&self) -> Option<&RecordId> {
        self.history.last().map(|entry| &entry.id)
    }

    /// Every entry that touched this case, taken back or not, in the order of the log.
    pub fn history(&self) -> &[Entry] {
        &self.history
    }
}

impl Facts {
    /// The twin of [`super::decide()`]: what a recorded event makes true.
    fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Decided { disposition, reason, note, clause } => {
                self.acknowledge(entry);
                self.settle(entry, *disposition, *reason);
                self.clause.clone_from(clause);
                self.remark(entry, note.as_deref());
            }
            Event::Copied { reply, authorized_by } => {
                self.acknowledge(entry);
                self.copied = Some(Copied {
                    reply: reply.clone(),
                    authorized_by: authorized_by.clone(),
                    at: entry.at,
                    by: entry.actor.clone(),
                });
            }
            Event::Posted { reply, authorized_by, permalink, disposition } => {
                self.acknowledge(entry);
                self.settle(entry, *disposition, None);
                self.copied = None;
                self.posted = Some(Posted {
                    reply: reply.clone(),
                    authorized_by: authorized_by.clone(),
                    permalink: permalink.clone(),
                    at: entry.at,
                    by: entry.actor.clone(),
                });
            }
            Event::Escalated { tier, to, due, .. } => {
                self.acknowledge(entry);
                self.stand(entry, Status::Escalated);
                self.escalation =
                    Some(Escalation { tier: *tier, to: to.clone(), due: *due, at: entry.at, by: entry.actor.clone() });
            }
            Event::Noted { note } => {
                self.acknowledge(entry);
                self.remark(entry, Some(note));
            }
            _ => self.apply_handling(entry),
        }
    }

    /// The events that say who has it and when, not what becomes of it.
    fn apply_handling(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Linked { permalink } => {
                if let Some(posted) = &mut self.posted {
                    posted.permalink = Some(permalink.clone());
                }
            }
            Event::Snoozed { until } => {
                self.stand(entry, Status::Snoozed);
                self.snoozed_until = Some(*until);
                self.pauses.push(Pause { from: entry.at, until: Some(*until) });
            }
            Event::Awaited { awaits } => self.wait(entry, *awaits),
            Event::Claimed => {
                self.claimed_by = Some(entry.actor.clone());
                if matches!(self.status, None | Some(Status::New | Status::Reopened)) {
                    self.status = Some(Status::InReview);
                }
            }
            Event::Released => {
                self.claimed_by = None;
                if self.status == Some(Status::InReview) {
                    self.status = Some(Status::New);
                }
            }
            Event::Captured => self.captured_by = Some(entry.actor.clone()),
            Event::Overridden { outcome, path, answers, note } => {
                self.overridden = Some(Override {
                    outcome: outcome.clone(),
                    path: path.clone(),
                    answers: answers.clone(),
                    why: note.clone(),
                    at: entry.at,
                    by: entry.actor.clone(),
                });
            }
            Event::Relabelled { labels, note, .. } => {
                self.labels.merge(labels);
                self.remark(entry, note.as_deref());
            }
            Event::Opened => {
                self.stand(entry, Status::Reopened);
                (self.disposition, self.reason, self.clause) = (None, None, None);
                (self.decided_at, self.decided_by) = (None, None);
            }
            _ => {}
        }
    }

    /// Takes the decision that now stands. A holding statement promises more to come, so its case stays open.
    fn settle(&mut self, entry: &Entry, disposition: Disposition, reason: Option<NoResponseReason>) {
        let status = if disposition == Disposition::HoldingIssued { Status::PendingFact } else { Status::Closed };
        self.stand(entry, status);
        self.substance_at.get_or_insert(entry.at);
        self.disposition = Some(disposition);
        self.reason = reason;
        self.clause = None;
        self.decided_at = Some(entry.at);
        self.decided_by = Some(entry.actor.clone());
    }

    fn wait(&mut self, entry: &Entry, awaits: Awaits) {
        let status = match awaits {
            Awaits::Fact => Status::PendingFact,
            Awaits::Approval => Status::PendingApproval,
            Awaits::Author => Status::PendingAuthor,
        };
        self.stand(entry, status);
        if awaits == Awaits::Author {
            self.pauses.push(Pause { from: entry.at, until: None });
        }
    }

    /// Takes a status; whatever the case was put off for or waited for ends with it.
    fn stand(&mut self, entry: &Entry, status: Status) {
        self.status = Some(status);
        self.snoozed_until = None;
        if let Some(pause) = self.pauses.last_mut()
            && pause.until.is_none_or(|until| until > entry.at)
        {
            pause.until = Some(entry.at.max(pause.from));
        }
    }

    fn acknowledge(&mut self, entry: &Entry) {
        self.acknowledged_at.get_or_insert(entry.at);
    }

    fn remark(&mut self, entry: &Entry, text: Option<&str>) {
        if let Some(text) = text {
            self.notes.push(NoteLine { at: entry.at, by: entry.actor.clone(), text: text.to_owned() });
        }
    }
}
