//! Parts of a plan that are there and do nothing, or lack what the hour will ask of them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use strum::IntoEnumIterator;

use crate::mention::{Disposition, Id, Level, Posture};
use crate::plan::Plan;
use crate::plan::finding::FindingKind;
use crate::plan::priority::Bound;
use crate::plan::rumour::RumourStatus;

use super::Findings;

/// So many days are enough to find out whether a rumour is true.
const LONG_DAYS: i64 = 7;

/// Steps and outcomes that no walk meets.
pub(super) fn road_map(plan: &Plan, findings: &mut Findings<'_>) {
    let (steps, outcomes) = plan.road_map.reachable();
    for (step, _) in plan.road_map.steps.iter().zip(steps).filter(|(_, met)| !met) {
        findings.add(&step.at, FindingKind::Unreachable { id: step.id.clone() });
    }
    for (outcome, _) in plan.road_map.outcomes.iter().zip(outcomes).filter(|(_, met)| !met) {
        findings.add(&outcome.at, FindingKind::Unreachable { id: outcome.id.clone() });
    }
}

/// Floors and caps that never count. P1 is the highest level and the least one.
pub(super) fn bounds(plan: &Plan, findings: &mut Findings<'_>) {
    let mut by_words: HashMap<String, &Bound> = HashMap::new();
    for floor in &plan.priority.floors {
        if floor.level == Level::P4 {
            let kind = FindingKind::IdleBound { name: floor.name.clone(), floor: true, level: floor.level };
            findings.add_at_key(&floor.at, "level", kind);
        }
        by_words.entry(floor.rule.query.to_string()).or_insert(floor);
    }
    for cap in &plan.priority.caps {
        if cap.level == Level::P1 {
            let kind = FindingKind::IdleBound { name: cap.name.clone(), floor: false, level: cap.level };
            findings.add_at_key(&cap.at, "level", kind);
        }
        let Some(floor) = by_words.get(&cap.rule.query.to_string()).filter(|floor| floor.level < cap.level) else {
            continue;
        };
        let kind = FindingKind::CapUnderFloor {
            cap: cap.name.clone(),
            cap_level: cap.level,
            floor: floor.name.clone(),
            floor_level: floor.level,
            floor_at: floor.at.clone(),
        };
        findings.add(&cap.at, kind);
    }
}

/// In a plan with places, those of an initiative are among them.
pub(super) fn places(plan: &Plan, findings: &mut Findings<'_>) {
    if plan.places.is_empty() {
        return;
    }
    let mut names: HashMap<String, &Id> = HashMap::new();
    for place in &plan.places {
        for (_, name) in place.name.texts() {
            names.entry(name.to_lowercase()).or_insert(&place.id);
        }
    }
    for initiative in &plan.initiatives {
        for place in initiative.places.iter().filter(|place| plan.places.by_id(place).is_none()) {
            let called = names.get(&place.to_lowercase()).map(ToString::to_string);
            let near = |findings: &mut Findings<'_>| findings.near(place, plan.places.iter().map(|place| &*place.id));
            let (id, suggestion) = (initiative.id.clone(), called.or_else(|| near(findings)));
            let kind = FindingKind::UnknownPlace { id, place: place.clone(), suggestion };
            findings.add_at_key(&initiative.at, "places", kind);
        }
    }
}

/// Rumours that nobody settled, and those that are settled and leave the reader without an answer.
pub(super) fn rumours(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings<'_>) {
    let today = plan.organization.hours.local_day(now);
    for rumour in &plan.rumours {
        let id = || rumour.id.clone();
        match (rumour.status, rumour.opened) {
            (RumourStatus::Unverified, Some(opened)) if (today - opened).num_days() > LONG_DAYS => {
                let days = (today - opened).num_days();
                findings.add_at_key(&rumour.at, "opened", FindingKind::RumourUnverified { id: id(), opened, days });
            }
            (status @ (RumourStatus::False | RumourStatus::Misleading), _) => {
                // A page of one's own is something to rest on too.
                let rests = rumour.fact.is_some() || rumour.public_url.is_some();
                let missing = [("line", rumour.line.is_none()), ("fact", !rests)];
                for (missing, _) in missing.into_iter().filter(|(_, missing)| *missing) {
                    let kind = FindingKind::RumourUnanswered { id: id(), status, missing };
                    findings.add_at_key(&rumour.at, "status", kind);
                }
            }
            _ => {}
        }
    }
}

/// Templates that nothing brings up.
pub(super) fn templates(plan: &Plan, findings: &mut Findings<'_>) {
    for template in plan.templates.iter().filter(|template| !template.approval.is_retired()) {
        if !template.is_offered() {
            findings.add(&template.at, FindingKind::TemplateNeverOffered { id: template.id.clone() });
        }
    }
}

/// Election periods that are over.
pub(super) fn elections(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings<'_>) {
    let today = plan.organization.hours.local_day(now);
    for period in plan.elections.iter().filter(|period| period.end < today) {
        let kind = FindingKind::ElectionPast { id: period.id.clone(), end: period.end };
        findings.add_at_key(&period.at, "end", kind);
    }
}

/// Where there are series, every decision's record belongs to one.
pub(super) fn records(plan: &Plan, findings: &mut Findings<'_>) {
    let Some(first) = plan.records.first() else { return };
    let dispositions: Vec<Disposition> =
        Disposition::iter().filter(|disposition| plan.series_of(*disposition).is_none()).collect();
    if !dispositions.is_empty() {
        findings.add(&first.at, FindingKind::NoSeries { dispositions });
    }
}

/// A protocol says whom to call and how.
pub(super) fn protocols(plan: &Plan, findings: &mut Findings<'_>) {
    for protocol in &plan.protocols {
        if !protocol.contacts.iter().any(|contact| contact.phone.is_some() || contact.channel.is_some()) {
            findings.add_at_key(&protocol.at, "contacts", FindingKind::NoContacts { id: protocol.id.clone() });
        }
    }
}

/// An active initiative in a crisis has a line for the first hour.
pub(super) fn crises(plan: &Plan, now: DateTime<Utc>, findings: &mut Findings<'_>) {
    if plan.holdings.iter().any(|holding| holding.initiatives.is_empty()) {
        return;
    }
    let held: HashSet<&Id> = plan.holdings.iter().flat_map(|holding| &holding.initiatives).collect();
    let today = plan.organization.hours.local_day(now);
    for initiative in plan.initiatives.iter().filter(|initiative| initiative.is_active(today)) {
        if initiative.posture == Posture::Crisis && !held.contains(&initiative.id) {
            findings.add(&initiative.posture_at, FindingKind::CrisisWithoutHolding { id: initiative.id.clone() });
        }
    }
}
