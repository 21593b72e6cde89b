//! What would raise the level: floors that would lift it, and the fewest points that would.
//!
//! Each rule is looked at by itself: that an initiative would also bring its messages, or a group a floor of its own, is not
//! followed further. Of the ways with the fewest rules the nearest are told.

use crate::mention::{Level, Mention};
use crate::pipeline::{HIGHEST_SCORE, Why as Points};
use crate::plan::{
    At, Bound, Contribution, CriterionVerdict, Initiative, Plan, Protocol, ReachStep, Rule, RuleKind, Stakeholder,
};
use crate::query::{Lacking, Query, Stage, keeping, lacking};

use super::Judged;

/// What would raise the level to another one.
#[derive(Debug)]
pub struct Rise<'a> {
    /// The level.
    pub level: Level,
    /// The points that are missing for it; 0 when a cap alone is in the way.
    pub points: i32,
    /// The ways, the one with the fewest and nearest changes first; none when no rule of the plan would do.
    pub ways: Vec<Way<'a>>,
}

/// Changes that together raise the level.
#[derive(Debug, Clone)]
pub struct Way<'a> {
    /// What would have to be otherwise.
    pub changes: Vec<Change<'a>>,
}

/// One thing that would have to be otherwise.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// Which.
    pub kind: ChangeKind<'a>,
    /// The points it brings; 0 for floors and caps.
    pub points: i32,
    /// Where the plan says so.
    pub at: &'a At,
    /// What it lacks, or what keeps it; `None` where no query decides.
    pub lacking: Option<Lacking>,
}

/// What would have to be otherwise.
#[derive(Debug, Clone, Copy)]
pub enum ChangeKind<'a> {
    /// A floor would have to hold.
    Floor(&'a Bound),
    /// A safety protocol would have to hold.
    Protocol(&'a Protocol),
    /// A cap would not have to hold.
    NoCap(&'a Bound),
    /// A contribution would have to hold.
    Contribution(&'a Contribution),
    /// A contribution that takes points would not have to hold.
    NoContribution(&'a Contribution),
    /// It would have to come from this group.
    Stakeholder(&'a Stakeholder),
    /// It would have to be about this initiative.
    Initiative(&'a Initiative),
    /// Its author would need so many followers.
    Reach(ReachStep),
}

/// So many ways are told for a level.
const WAYS: usize = 4;
/// So many changes are put together in every way that is possible: the biggest, and of equal ones the nearest.
const CANDIDATES: usize = 40;
/// The most changes that are put together in every way that is possible.
const TOGETHER: usize = 3;

/// For every level above the one it has what would raise it, the next level first.
pub(super) fn find<'p>(judged: &Judged<'p, '_>, mention: &Mention) -> Vec<Rise<'p>> {
    let levels = [Level::P3, Level::P2, Level::P1];
    let higher = levels.into_iter().filter(|level| *level < judged.assessment.priority.level);
    let higher: Vec<Level> = higher.collect();
    if higher.is_empty() {
        return Vec::new();
    }
    let mut candidates = candidates(judged, mention);
    candidates.sort_by_cached_key(|change| (std::cmp::Reverse(change.points), change.distance()));
    candidates.truncate(CANDIDATES);
    higher.into_iter().map(|level| rise(judged, level, &candidates)).collect()
}

fn rise<'p>(judged: &Judged<'p, '_>, level: Level, candidates: &[Change<'p>]) -> Rise<'p> {
    let threshold = threshold(judged.plan, level);
    let points = threshold.saturating_sub(sum(judged)).max(0);
    let in_the_way: Vec<Change<'p>> = caps(judged, level).collect();
    let alone = floors(judged, level).chain(protocols(judged, level));
    let mut ways: Vec<Way<'p>> = alone.map(|change| Way { changes: vec![change] }).collect();
    // The sum is limited: a level that begins above the limit is for floors alone.
    let reachable = if threshold <= HIGHEST_SCORE { combinations(points, candidates) } else { Vec::new() };
    for mut changes in reachable {
        changes.extend(in_the_way.iter().cloned());
        ways.push(Way { changes });
    }
    ways.sort_by_cached_key(|way| (way.changes.len(), way.distance(), !way.touches(), way.points()));
    // A floor and a contribution with the same rule are one way.
    let mut told: Vec<Way<'p>> = Vec::with_capacity(WAYS);
    for way in ways {
        let known = told.iter().any(|other| other.lacks() == way.lacks() && way.lacks().iter().all(Option::is_some));
        if !known && told.len() < WAYS {
            told.push(way);
        }
    }
    Rise { level, points, ways: told }
}

impl Way<'_> {
    /// How far it is, over all its changes.
    pub fn distance(&self) -> u32 {
        self.changes.iter().map(Change::distance).sum()
    }

    fn lacks(&self) -> Vec<Option<&Lacking>> {
        self.changes.iter().map(|change| change.lacking.as_ref()).collect()
    }

    fn points(&self) -> i32 {
        self.changes.iter().fold(0, |sum, change| sum.saturating_add(change.points))
    }

    fn touches(&self) -> bool {
        self.changes.iter().any(|change| change.lacking.as_ref().is_some_and(Lacking::touches))
    }
}

impl Change<'_> {
    /// Who writes, and to how many, is farther away than any word.
    fn distance(&self) -> u32 {
        const ANOTHER_AUTHOR: u32 = 30;
        let by_author = matches!(self.kind, ChangeKind::Stakeholder(_) | ChangeKind::Reach(_));
        self.lacking.as_ref().map_or(0, Lacking::distance) + if by_author { ANOTHER_AUTHOR } else { 0 }
    }
}

fn threshold(plan: &Plan, level: Level) -> i32 {
    let levels = &plan.priority.levels;
    match level {
        Level::P1 => levels.p1,
        Level::P2 => levels.p2,
        Level::P3 => levels.p3,
        Level::P4 => i32::MIN,
    }
}

/// The points before the limit took any away.
fn sum(judged: &Judged<'_, '_>) -> i32 {
    let reasons = judged.assessment.priority.reasons.iter();
    reasons.filter(|reason| reason.why != Points::Limit).map(|reason| reason.points).sum()
}

fn asked(judged: &Judged<'_, '_>, query: &Query, stage: Stage) -> Lacking {
    lacking(query, judged.seen.subject(stage))
}

fn floors<'p>(judged: &Judged<'p, '_>, level: Level) -> impl Iterator<Item = Change<'p>> {
    let silent = judged.plan.priority.floors.iter().enumerate();
    let silent = silent.filter(move |(at, floor)| floor.level <= level && judged.fired(RuleKind::Floor(*at)).is_none());
    silent.map(move |(_, floor)| Change {
        kind: ChangeKind::Floor(floor),
        points: 0,
        at: &floor.rule.at,
        lacking: Some(asked(judged, &floor.rule.query, Stage::Verdict)),
    })
}

fn protocols<'p>(judged: &Judged<'p, '_>, level: Level) -> impl Iterator<Item = Change<'p>> {
    let silent = judged.plan.protocols.iter().enumerate();
    let silent =
        silent.filter(move |(at, found)| found.level <= level && judged.fired(RuleKind::Protocol(*at)).is_none());
    // One that holds by its danger alone lacks nothing that could be said.
    silent.filter_map(move |(_, protocol)| {
        let rule = protocol.rule.as_ref()?;
        let lacking = Some(asked(judged, &rule.query, Stage::Verdict));
        Some(Change { kind: ChangeKind::Protocol(protocol), points: 0, at: &rule.at, lacking })
    })
}

/// The caps that hold and would keep points from raising it.
fn caps<'p>(judged: &Judged<'p, '_>, level: Level) -> impl Iterator<Item = Change<'p>> {
    let holding = judged.plan.priority.caps.iter().enumerate();
    let holding = holding.filter(move |(at, cap)| cap.level > level && judged.fired(RuleKind::Cap(*at)).is_some());
    holding.map(move |(_, cap)| Change {
        kind: ChangeKind::NoCap(cap),
        points: 0,
        at: &cap.rule.at,
        lacking: Some(keeping(&cap.rule.query, judged.seen.subject(Stage::Verdict))),
    })
}

/// Everything that would bring points.
fn candidates<'p>(judged: &Judged<'p, '_>, mention: &Mention) -> Vec<Change<'p>> {
    let mut changes = Vec::new();
    for (at, contribution) in judged.plan.priority.contributions.iter().enumerate() {
        let holds = judged.fired(RuleKind::Contribution(at)).is_some();
        let subject = judged.seen.subject(Stage::Verdict);
        let (kind, lacking) = match (holds, contribution.points) {
            (false, 1..) => (ChangeKind::Contribution(contribution), lacking(&contribution.rule.query, subject)),
            (true, ..0) => (ChangeKind::NoContribution(contribution), keeping(&contribution.rule.query, subject)),
            _ => continue,
        };
        let points = contribution.points.abs();
        changes.push(Change { kind, points, at: &contribution.rule.at, lacking: Some(lacking) });
    }
    changes.extend(groups(judged));
    changes.extend(initiatives(judged, mention));
    changes.extend(reach(judged, mention));
    changes
}

/// Groups that weigh more than the heaviest that matched.
fn groups<'p>(judged: &Judged<'p, '_>) -> impl Iterator<Item = Change<'p>> {
    let matched = &judged.assessment.stakeholders;
    let weight =
        matched.first().and_then(|hit| judged.plan.stakeholders.by_id(&hit.id)).map_or(0, |group| group.weight);
    let others = judged
        .plan
        .stakeholders
        .iter()
        .filter(move |group| group.weight > weight && !matched.iter().any(|hit| hit.id == group.id));
    others.map(move |group| Change {
        kind: ChangeKind::Stakeholder(group),
        points: group.weight - weight,
        at: &group.weight_at,
        lacking: group.rule.as_ref().map(|rule| asked(judged, &rule.query, Stage::Match)),
    })
}

/// Active initiatives whose posture counts more than the tensest that matched.
fn initiatives<'p>(judged: &Judged<'p, '_>, mention: &Mention) -> impl Iterator<Item = Change<'p>> {
    let plan = judged.plan;
    let day = plan.organization.hours.local_day(mention.clock_start());
    let points = |initiative: &Initiative| plan.priority.posture.points(initiative.posture);
    let matched = &judged.assessment.initiatives;
    let now = matched.iter().filter_map(|hit| plan.initiatives.by_id(&hit.id));
    let now = now.filter(|initiative| initiative.is_active(day)).map(points).max().unwrap_or(0);
    let others = plan.initiatives.iter().filter(move |initiative| {
        initiative.is_active(day) && points(initiative) > now && !matched.iter().any(|hit| hit.id == initiative.id)
    });
    others.map(move |initiative| {
        let (rule, lacking) = match set_aside_by(judged, initiative) {
            Some(against) => (against, keeping(&against.query, judged.seen.subject(Stage::Match))),
            None => (&initiative.rule, asked(judged, &initiative.rule.query, Stage::Match)),
        };
        let points = points(initiative) - now;
        Change { kind: ChangeKind::Initiative(initiative), points, at: &rule.at, lacking: Some(lacking) }
    })
}

/// The rule that says it is not about the organization, where the initiative's own rule holds.
fn set_aside_by<'p>(judged: &Judged<'p, '_>, initiative: &Initiative) -> Option<&'p Rule> {
    let at = judged.plan.initiatives.position(&initiative.id)?;
    judged.fired(RuleKind::Initiative(at))?;
    let against = judged.plan.criteria.iter().enumerate();
    let mut against = against.filter(|(_, criterion)| criterion.verdict == CriterionVerdict::NotRelevant);
    against.find(|(at, _)| judged.fired(RuleKind::Criterion(*at)).is_some()).map(|(_, criterion)| &criterion.rule)
}

/// The steps of the reach table above the one reached.
fn reach<'p>(judged: &Judged<'p, '_>, mention: &Mention) -> impl Iterator<Item = Change<'p>> {
    let priority = &judged.plan.priority;
    let points = mention.author.followers.map_or(0, |followers| priority.reach_points(followers));
    let higher = priority.reach.iter().filter(move |step| step.points > points);
    higher.map(move |step| Change {
        kind: ChangeKind::Reach(*step),
        points: step.points - points,
        at: &priority.reach_at,
        lacking: None,
    })
}

/// The fewest changes that bring `points`, the nearest few of them; none when all together do not.
fn combinations<'p>(points: i32, candidates: &[Change<'p>]) -> Vec<Vec<Change<'p>>> {
    if points == 0 {
        return vec![Vec::new()];
    }
    let mut search = Search { candidates, taken: Vec::new(), found: Vec::new() };
    for count in 1..=TOGETHER {
        search.choose(points, 0, count);
        if !search.found.is_empty() {
            break;
        }
    }
    if search.found.is_empty() {
        search.take_biggest(points);
    }
    let distances: Vec<u32> = candidates.iter().map(Change::distance).collect();
    let mut found = search.found;
    found.sort_by_cached_key(|taken| taken.iter().map(|at| distances[*at]).sum::<u32>());
    found.truncate(WAYS);
    found.into_iter().map(|taken| taken.into_iter().map(|at| candidates[at].clone()).collect()).collect()
}

/// Puts candidates together by their positions.
struct Search<'c, 'p> {
    candidates: &'c [Change<'p>],
    taken: Vec<usize>,
    found: Vec<Vec<usize>>,
}

impl Search<'_, '_> {
    /// Every choice of `count` more candidates from the position `from` on that brings the points.
    fn choose(&mut self, points: i32, from: usize, count: usize) {
        if count == 0 {
            if points <= 0 {
                self.found.push(self.taken.clone());
            }
            return;
        }
        for at in from..self.candidates.len() {
            // The candidates are sorted by points: as many of this size as are left do not reach it.
            if i64::from(self.candidates[at].points) * (count as i64) < i64::from(points) {
                return;
            }
            if self.fits(at) {
                self.taken.push(at);
                self.choose(points.saturating_sub(self.candidates[at].points), at + 1, count - 1);
                self.taken.pop();
            }
        }
    }

    /// More than three are needed: the biggest that go together.
    fn take_biggest(&mut self, mut points: i32) {
        for at in 0..self.candidates.len() {
            if points > 0 && self.fits(at) {
                points = points.saturating_sub(self.candidates[at].points);
                self.taken.push(at);
            }
        }
        if points <= 0 {
            self.found.push(std::mem::take(&mut self.taken));
        }
    }

    fn fits(&self, at: usize) -> bool {
        self.taken.iter().all(|other| together(&self.candidates[*other], &self.candidates[at]))
    }
}

/// Only one group, one posture, one step of reach counts.
fn together(one: &Change<'_>, other: &Change<'_>) -> bool {
    !matches!(
        (one.kind, other.kind),
        (ChangeKind::Stakeholder(_), ChangeKind::Stakeholder(_))
            | (ChangeKind::Initiative(_), ChangeKind::Initiative(_))
            | (ChangeKind::Reach(_), ChangeKind::Reach(_))
    )
}
