//! What is unwise in a plan at a given moment.
//!
//! What enters: a plan that loaded, and an instant. What leaves: findings in the order of files and lines. Each rule of
//! good practice is one function below, so that a new one is one more.

mod content;
mod queries;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::Plan;
use super::allow;
use super::at::At;
use super::fact::FactState;
use super::finding::{self, Finding, FindingKind};
use super::message::{Message, MessageStatus, Validity};

/// An expiry that comes within so many days is told of.
const SOON_DAYS: i64 = 7;

/// Everything unwise about `plan` at `now`, what its queries warn of and what the plan accepts included.
pub fn check(plan: &Plan, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Findings(finding::of_loading(plan));
    content::languages(plan, &mut findings);
    content::lengths(plan, &mut findings);
    message_dates(plan, now, &mut findings);
    facts(plan, now, &mut findings);
    initiatives(plan, now, &mut findings);
    escalation_and_road_map(plan, &mut findings);
    queries::duplicates(plan, &mut findings);
    queries::unknown_ids(plan, &mut findings);
    let mut findings = findings.0;
    allow::apply(&plan.allows, &mut findings);
    findings.sort_by(|a, b| (&a.at, a.kind.code()).cmp(&(&b.at, b.kind.code())));
    findings
}

/// Where the checks put what they find.
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, at: &At, kind: FindingKind) {
        // What is built into the program is not the plan's to change.
        if !at.file.starts_with("built-in/") {
            self.0.push(Finding::new(kind, at));
        }
    }
}

/// Who may be answered with a message: the initiative that lists it, or the one it belongs to.
fn used_by(plan: &Plan, message: &Message) -> Option<crate::mention::Id> {
    let listed = plan.initiatives.iter().find(|initiative| initiative.messages.contains(&message.id));
    listed.map(|initiative| initiative.id.clone()).or_else(|| message.initiative.clone())
}

/// An instant by the plan's own clock.
fn local(plan: &Plan, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    instant.with_timezone(&plan.organization.hours.time_zone).fixed_offset()
}

fn message_dates(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings) {
    for message in &plan.messages {
        let id = message.id.clone();
        match message.status {
            MessageStatus::Retired | MessageStatus::Draft => {
                if let Some(initiative) = used_by(plan, message) {
                    findings.add(&message.at, FindingKind::MessageNotApproved { id, initiative });
                }
                continue;
            }
            MessageStatus::Approved if message.approved_by.is_none() => {
                findings.add(&message.at, FindingKind::NoApprover { id: id.clone() });
            }
            MessageStatus::Approved => {}
        }
        match (message.validity(now), message.expires_at) {
            (Validity::Expired(since), _) => {
                let since = local(plan, since);
                findings.add(&message.at, FindingKind::MessageExpired { id, since });
            }
            (_, Some(until)) if until - now <= TimeDelta::days(SOON_DAYS) => {
                let until = local(plan, until);
                findings.add(&message.at, FindingKind::MessageExpiring { id, until });
            }
            _ => {}
        }
    }
}

fn facts(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings) {
    for fact in &plan.facts {
        let in_use = |message: &&Message| message.status != MessageStatus::Retired && message.facts.contains(&fact.id);
        let Some(message) = plan.messages.iter().find(in_use).map(|message| message.id.clone()) else { continue };
        let (id, owner) = (fact.id.clone(), fact.owner.clone());
        match fact.state(now) {
            FactState::Verified => {}
            FactState::Unverified => findings.add(&fact.at, FindingKind::FactUnverified { id, owner, message }),
            FactState::Expired(since) => {
                let since = local(plan, since);
                findings.add(&fact.at, FindingKind::FactExpired { id, owner, message, since });
            }
        }
    }
}

fn initiatives(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings) {
    let today = plan.organization.hours.local_day(now);
    for initiative in &plan.initiatives {
        let id = || initiative.id.clone();
        match initiative.end {
            Some(end) if end < today => findings.add(&initiative.at, FindingKind::InitiativeEnded { id: id(), end }),
            _ => {}
        }
        match initiative.review_by {
            Some(review_by) if review_by < today => {
                findings.add(&initiative.at, FindingKind::ReviewPast { id: id(), review_by });
            }
            _ => {}
        }
        let belongs = |message: &Message| message.initiative.as_ref() == Some(&initiative.id);
        if initiative.messages.is_empty() && !plan.messages.iter().any(belongs) {
            findings.add(&initiative.at, FindingKind::NoMessages { id: id() });
        }
    }
}

fn escalation_and_road_map(plan: &Plan, findings: &mut Findings) {
    for tier in plan.tiers.iter().filter(|tier| tier.backup.is_none()) {
        findings.add(&tier.at, FindingKind::NoBackup { level: tier.level });
    }
    let (steps, outcomes) = plan.road_map.reachable();
    for (step, _) in plan.road_map.steps.iter().zip(steps).filter(|(_, met)| !met) {
        findings.add(&step.at, FindingKind::Unreachable { id: step.id.clone() });
    }
    for (outcome, _) in plan.road_map.outcomes.iter().zip(outcomes).filter(|(_, met)| !met) {
        findings.add(&outcome.at, FindingKind::Unreachable { id: outcome.id.clone() });
    }
}

#[cfg(test)]
mod tests;
