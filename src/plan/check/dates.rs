//! What time does to a plan: texts, facts and initiatives that are over, or soon will be.
//!
//! What enters: the plan and the instant of the question. What leaves: findings, at the key that holds the date. What
//! is retired is not told of; instants are told by the plan's own clock.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use crate::mention::Id;
use crate::plan::Plan;
use crate::plan::approval::{Approval, ApprovalStatus, Validity};
use crate::plan::at::At;
use crate::plan::fact::FactState;
use crate::plan::finding::{FindingKind, TextKind};

use super::Findings;

/// An expiry that comes within so many days is told of.
const SOON_DAYS: i64 = 7;

/// An instant by the plan's own clock.
fn local(plan: &Plan, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    instant.with_timezone(&plan.organization.hours.time_zone).fixed_offset()
}

/// Texts that cannot be copied, or soon cannot.
pub(super) fn texts(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings<'_>) {
    let mut listed: HashMap<&Id, &Id> = HashMap::new();
    for initiative in &plan.initiatives {
        for message in &initiative.messages {
            listed.entry(message).or_insert(&initiative.id);
        }
    }
    for message in &plan.messages {
        let initiative = listed.get(&message.id).copied().or(message.initiative.as_ref());
        let (id, at, approval) = (&message.id, &message.at, &message.approval);
        let used = initiative.is_some();
        Dated { text: TextKind::Message, id, at, approval, used, initiative }.check(now, findings);
    }
    for template in &plan.templates {
        let (id, at, approval) = (&template.id, &template.at, &template.approval);
        let used = template.is_offered();
        Dated { text: TextKind::Template, id, at, approval, used, initiative: None }.check(now, findings);
    }
    for holding in plan.holdings.iter().filter(|holding| holding.approver.is_none()) {
        let kind = FindingKind::NoApprover { text: TextKind::Holding, id: holding.id.clone() };
        findings.add(&holding.at, kind);
    }
    for rumour in &plan.rumours {
        if rumour.status.is_open() && rumour.line.is_some() && rumour.approved_by.is_none() {
            let kind = FindingKind::NoApprover { text: TextKind::Rumour, id: rumour.id.clone() };
            findings.add_at_key(&rumour.at, "line", kind);
        }
    }
}

/// A text that must be approved and may run out.
struct Dated<'p> {
    text: TextKind,
    id: &'p Id,
    at: &'p At,
    approval: &'p Approval,
    /// Whether anything in the plan brings it up.
    used: bool,
    /// The initiative it speaks for.
    initiative: Option<&'p Id>,
}

impl Dated<'_> {
    fn check(&self, now: DateTime<Utc>, findings: &mut Findings<'_>) {
        match self.approval.status {
            ApprovalStatus::Retired => self.retired(findings),
            ApprovalStatus::Draft => self.draft(findings),
            ApprovalStatus::Approved => {
                if self.approval.by.is_none() {
                    let kind = FindingKind::NoApprover { text: self.text, id: self.id.clone() };
                    findings.add_at_key(self.at, "status", kind);
                }
                self.expiry(now, findings);
            }
        }
    }

    /// What is retired must not be what an initiative has to say.
    fn retired(&self, findings: &mut Findings<'_>) {
        if let Some(initiative) = self.initiative {
            let kind = FindingKind::MessageRetired { id: self.id.clone(), initiative: initiative.clone() };
            findings.add_at_key(self.at, "status", kind);
        }
    }

    fn draft(&self, findings: &mut Findings<'_>) {
        if self.used {
            let (text, id, initiative) = (self.text, self.id.clone(), self.initiative.cloned());
            findings.add_at_key(self.at, "status", FindingKind::MessageNotApproved { text, id, initiative });
        }
    }

    fn expiry(&self, now: DateTime<Utc>, findings: &mut Findings<'_>) {
        let (text, id) = (self.text, self.id.clone());
        let kind = match (self.approval.validity(now), self.approval.expires_at) {
            (Validity::Expired(since), _) => {
                FindingKind::MessageExpired { text, id, since: local(findings.plan, since) }
            }
            (_, Some(until)) if until - now <= TimeDelta::days(SOON_DAYS) => {
                FindingKind::MessageExpiring { text, id, until: local(findings.plan, until) }
            }
            _ => return,
        };
        findings.add_at_key(self.at, "expires_at", kind);
    }
}

/// Facts that a text in use rests on and that do not hold.
pub(super) fn facts(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings<'_>) {
    let mut users: HashMap<&Id, (TextKind, &Id)> = HashMap::new();
    for message in plan.messages.iter().filter(|message| !message.approval.is_retired()) {
        for fact in &message.facts {
            users.entry(fact).or_insert((TextKind::Message, &message.id));
        }
    }
    for rumour in plan.rumours.iter().filter(|rumour| rumour.status.is_open() && rumour.line.is_some()) {
        if let Some(fact) = &rumour.fact {
            users.entry(fact).or_insert((TextKind::Rumour, &rumour.id));
        }
    }
    for fact in &plan.facts {
        let Some((text, used_by)) = users.get(&fact.id) else { continue };
        let (id, owner, text, used_by) = (fact.id.clone(), fact.owner.clone(), *text, (*used_by).clone());
        match fact.state(now) {
            FactState::Verified => {}
            FactState::Unverified => {
                findings.add(&fact.at, FindingKind::FactUnverified { id, owner, text, used_by });
            }
            FactState::Expired(since) => {
                let since = local(plan, since);
                let kind = FindingKind::FactExpired { id, owner, text, used_by, since };
                findings.add_at_key(&fact.at, "expires_at", kind);
            }
        }
    }
}

/// Initiatives that are over, were to be read again, or have nothing to say.
pub(super) fn initiatives(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings<'_>) {
    let today = plan.organization.hours.local_day(now);
    let told: HashSet<&Id> = plan.messages.iter().filter_map(|message| message.initiative.as_ref()).collect();
    for initiative in &plan.initiatives {
        let id = || initiative.id.clone();
        if let Some(end) = initiative.end.filter(|end| *end < today) {
            findings.add_at_key(&initiative.at, "end", FindingKind::InitiativeEnded { id: id(), end });
        }
        if let Some(review_by) = initiative.review_by.filter(|review_by| *review_by < today) {
            findings.add_at_key(&initiative.at, "review_by", FindingKind::ReviewPast { id: id(), review_by });
        }
        if initiative.messages.is_empty() && !told.contains(&initiative.id) {
            findings.add(&initiative.at, FindingKind::NoMessages { id: id() });
        }
    }
}
