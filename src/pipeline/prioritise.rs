//! How urgent a mention is, in points whose sum is the score.
//!
//! What enters: the mention, what was found out about it, the verdict rules that hold. What leaves: reasons in the plan's order, their sum,
//! and a level. The sum is limited to 100 by a reason that takes the rest back. Floors and caps never touch the score: a
//! cap lowers the level, a floor raises it, and a floor beats a cap. A safety protocol that holds is a floor too,
//! and so is a danger for which the plan has none.
//! A level that a person set stands above all of them.

use crate::mention::{Level, Mention};
use crate::plan::{At, Initiative, Plan};

use super::assessment::{Assessment, Bound, Priority, Reason, Why};
use super::verdicts::{Verdicts, danger_name};

/// The highest score.
pub const HIGHEST_SCORE: i32 = 100;

/// Where the floors of dangers stand: not in the plan.
const BUILT_IN: &str = "built-in/dangers";

/// Counts.
pub(super) fn prioritise(plan: &Plan, mention: &Mention, found: &Assessment, verdicts: &Verdicts) -> Priority {
    let reasons = reasons(plan, mention, found, verdicts);
    let score = reasons.iter().map(|reason| reason.points).sum();
    let plans = highest(protocol_floor(plan, found), strongest(&plan.priority.floors, &verdicts.floors, |level| level));
    let floor = highest(plans, danger_floor(plan, found));
    let cap = strongest(&plan.priority.caps, &verdicts.caps, std::cmp::Reverse);
    let mut level = plan.priority.levels.level(score);
    if let Some(cap) = &cap {
        level = level.max(cap.level);
    }
    if let Some(floor) = &floor {
        level = level.min(floor.level);
    }
    let by_plan = found.said.level.is_some_and(|said| said != level).then_some(level);
    let level = found.said.level.unwrap_or(level);
    Priority { level, score, reasons, floor, cap, by_plan }
}

fn reasons(plan: &Plan, mention: &Mention, found: &Assessment, verdicts: &Verdicts) -> Vec<Reason> {
    let mut reasons = Vec::with_capacity(verdicts.contributions.len() + 4);
    for &at in &verdicts.contributions {
        let contribution = &plan.priority.contributions[at];
        let why = Why::Contribution { name: contribution.name.clone() };
        reasons.push(Reason { why, points: contribution.points, at: Some(contribution.rule.at.clone()) });
    }
    reasons.extend(stakeholder(plan, found));
    reasons.extend(posture(plan, mention, found));
    reasons.extend(base_priority(plan, found));
    reasons.extend(reach(plan, mention));
    reasons.extend(velocity(plan, mention, found));
    let sum = reasons.iter().fold(0_i32, |sum, reason| sum.saturating_add(reason.points));
    if sum > HIGHEST_SCORE {
        reasons.push(Reason { why: Why::Limit, points: HIGHEST_SCORE - sum, at: None });
    }
    reasons
}

/// The weight of the heaviest group: the first one, as the groups are ranked.
fn stakeholder(plan: &Plan, found: &Assessment) -> Option<Reason> {
    let group = plan.stakeholders.by_id(&found.stakeholders.first()?.id)?;
    let why = Why::Stakeholder { id: group.id.clone() };
    (group.weight != 0).then(|| Reason { why, points: group.weight, at: Some(group.weight_at.clone()) })
}

/// The tensest of the initiatives that are active on the mention's day.
fn posture(plan: &Plan, mention: &Mention, found: &Assessment) -> Option<Reason> {
    if found.initiatives.is_empty() {
        return None;
    }
    let day = plan.organization.hours.local_day(mention.clock_start());
    let points = |initiative: &Initiative| plan.priority.posture.points(initiative.posture);
    let active = found.initiatives.iter().filter_map(|hit| plan.initiatives.by_id(&hit.id));
    // Of two alike the first counts: it matched better.
    let tensest =
        active.filter(|initiative| initiative.is_active(day)).rev().max_by_key(|initiative| points(initiative))?;
    let why = Why::Posture { initiative: tensest.id.clone(), posture: tensest.posture };
    (points(tensest) != 0).then(|| Reason { why, points: points(tensest), at: Some(tensest.at.clone()) })
}

fn base_priority(plan: &Plan, found: &Assessment) -> Option<Reason> {
    let initiative = plan.initiatives.by_id(&found.initiatives.first()?.id)?;
    let why = Why::Initiative { id: initiative.id.clone() };
    (initiative.base_priority != 0).then(|| Reason {
        why,
        points: initiative.base_priority,
        at: Some(initiative.at.clone()),
    })
}

/// An unknown reach gives no points, and says so.
fn reach(plan: &Plan, mention: &Mention) -> Option<Reason> {
    let Some(followers) = mention.author.followers else {
        return Some(Reason { why: Why::ReachUnknown, points: 0, at: None });
    };
    let points = plan.priority.reach_points(followers);
    (points != 0).then(|| Reason { why: Why::Reach { followers }, points, at: Some(plan.priority.reach_at.clone()) })
}

/// Reactions an hour. Unknown gives no points, and says so, unless copies or a surge tell how it spreads.
fn velocity(plan: &Plan, mention: &Mention, found: &Assessment) -> Option<Reason> {
    let Some(per_hour) = per_hour(mention) else {
        let spreads = found.cluster.is_some() || !found.surges.is_empty();
        return (!spreads).then_some(Reason { why: Why::VelocityUnknown, points: 0, at: None });
    };
    let points = plan.priority.velocity_points(per_hour);
    let at = Some(plan.priority.velocity_at.clone());
    (points != 0).then_some(Reason { why: Why::Velocity { per_hour }, points, at })
}

/// Likes, reposts and replies an hour from posting to receipt, at least an hour; `None` where the source tells none of them.
fn per_hour(mention: &Mention) -> Option<u64> {
    let metrics = &mention.metrics;
    let known = [metrics.likes, metrics.reposts, metrics.replies];
    let reactions = known.into_iter().flatten().reduce(u64::saturating_add)?;
    let hours = (mention.received_at - mention.posted_at?).num_hours().max(1);
    Some(reactions / u64::try_from(hours).unwrap_or(1))
}

/// The floor that the most urgent safety protocol sets.
fn protocol_floor(plan: &Plan, found: &Assessment) -> Option<Bound> {
    let hit = found.protocols.first()?;
    let protocol = plan.protocols.by_id(&hit.id)?;
    Some(Bound { name: protocol.floor_name(), level: protocol.level, at: hit.at.clone() })
}

/// A danger is a floor by itself, unless the plan has a protocol for it: then its level is the plan's decision.
fn danger_floor(plan: &Plan, found: &Assessment) -> Option<Bound> {
    let decided = |danger| plan.protocols.iter().any(|protocol| protocol.kind == danger);
    let hit = found.dangers.iter().find(|hit| !decided(hit.danger))?;
    Some(Bound { name: danger_name(hit.danger), level: Level::P1, at: At::new(BUILT_IN, 1) })
}

/// The floor that holds the higher level; of two alike the first.
fn highest(first: Option<Bound>, second: Option<Bound>) -> Option<Bound> {
    match (first, second) {
        (Some(first), Some(second)) => Some(if second.level < first.level { second } else { first }),
        (first, second) => first.or(second),
    }
}

/// Of the bounds that hold the one that moves a level furthest; of two alike the first.
fn strongest<K: Ord>(bounds: &[crate::plan::Bound], holding: &[usize], key: impl Fn(Level) -> K) -> Option<Bound> {
    let bound = holding.iter().map(|&at| &bounds[at]).min_by_key(|bound| key(bound.level))?;
    Some(Bound { name: bound.name.clone(), level: bound.level, at: bound.rule.at.clone() })
}
