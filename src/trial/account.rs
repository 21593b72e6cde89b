//! Why a mention was judged as it was, and why not otherwise.
//!
//! What enters: a mention, its assessment, the plan, the instant of the question. What leaves: an [`Account`]: floors and caps
//! that spoke or kept silent, the road map as it was walked, criteria and initiatives with their rules, the rules that nearly
//! fired with what they lacked, and what would raise the level. Rules are asked through the plan's own engines, so that
//! an account never disagrees with the assessment. Nothing is worded but in [`wording`].

mod near;
mod rise;
pub mod wording;

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::mention::{Level, Mention, Span};
use crate::pipeline::{Assessment, Fired, Hit, Seen, assess};
use crate::plan::{At, Bound, Criterion, CriterionVerdict, Outcome, Plan, RuleKind, Step};
use crate::query::EngineScratch;
use crate::text::tokens::Tokens;
use crate::triage::Override;

pub use near::Near;
pub use rise::{Change, ChangeKind, Rise, Way};

/// Everything that can be told about one assessment.
#[derive(Debug)]
pub struct Account<'a> {
    /// What was said.
    pub mention: &'a Mention,
    /// The judgement this is about; made anew when the given one was made under another plan.
    pub assessment: Cow<'a, Assessment>,
    /// The plan that judged.
    pub plan: &'a Plan,
    /// The instant of the question.
    pub now: DateTime<Utc>,
    /// What decided the level.
    pub decided_by: DecidedBy,
    /// The floors that hold, in the plan's order.
    pub floors: Vec<&'a Bound>,
    /// The caps that hold, in the plan's order.
    pub caps: Vec<&'a Bound>,
    /// The steps of the road map that were met, in order.
    pub walk: Vec<Visited<'a>>,
    /// Where the walk ended.
    pub outcome: Option<&'a Outcome>,
    /// The branch a person chose instead.
    pub chosen: Option<&'a Override>,
    /// The criteria that speak, each with its words.
    pub criteria: Vec<(&'a Criterion, Vec<Span>)>,
    /// Initiatives whose rules hold, but which were set aside because it is not about the organization.
    pub set_aside: Vec<Hit>,
    /// The rules that nearly fired, the nearest first.
    pub near: Vec<Near<'a>>,
    /// What would raise the level, the next level first.
    pub rises: Vec<Rise<'a>>,
}

/// What decided the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecidedBy {
    /// The sum of the points.
    Score,
    /// A floor lifted it from this level.
    Floor(Level),
    /// A cap pressed it down from this level.
    Cap(Level),
}

/// A step of the road map with its answer.
#[derive(Debug)]
pub struct Visited<'a> {
    /// The step.
    pub step: &'a Step,
    /// Yes or no.
    pub yes: bool,
    /// Who answered.
    pub by: AnsweredBy<'a>,
}

/// Who answered a step.
#[derive(Debug)]
pub enum AnsweredBy<'a> {
    /// Its rule; with the words that made it hold.
    Rule(&'a At, Vec<Span>),
    /// Nobody yet: the plan assumes the answer.
    Assumed,
}

/// Accounts for `assessment`; see [`Account::chosen`] for the branch a person chose, which the caller sets.
pub fn why<'a>(mention: &'a Mention, assessment: &'a Assessment, plan: &'a Plan, now: DateTime<Utc>) -> Account<'a> {
    let assessment =
        if assessment.plan == plan.hash { Cow::Borrowed(assessment) } else { Cow::Owned(assess(mention, plan)) };
    let tokens = Tokens::of(&mention.text);
    let seen = Seen::new(mention, &tokens, &assessment);
    let fired = seen.fired(plan, &mut EngineScratch::new());
    let judged = Judged { plan, tokens: &tokens, seen, assessment: &assessment, fired };
    let (floors, caps) =
        (judged.held(&plan.priority.floors, RuleKind::Floor), judged.held(&plan.priority.caps, RuleKind::Cap));
    let (walk, outcome) = walk(&judged);
    let criteria = judged.criteria();
    let set_aside = judged.set_aside();
    let near = near::find(&judged);
    let rises = rise::find(&judged, mention);
    let decided_by = decided_by(&judged);
    Account {
        mention,
        plan,
        now,
        decided_by,
        floors,
        caps,
        walk,
        outcome,
        chosen: None,
        criteria,
        set_aside,
        near,
        rises,
        assessment,
    }
}

/// The rules as they answered.
struct Judged<'p, 's> {
    plan: &'p Plan,
    tokens: &'s Tokens,
    seen: Seen<'s>,
    assessment: &'s Assessment,
    fired: Vec<Fired<'p>>,
}

impl<'p> Judged<'p, '_> {
    fn fired(&self, kind: RuleKind) -> Option<&Fired<'p>> {
        self.fired.iter().find(|fired| fired.rule.kind == kind)
    }

    fn held(&self, bounds: &'p [Bound], kind: fn(usize) -> RuleKind) -> Vec<&'p Bound> {
        bounds.iter().enumerate().filter(|(at, _)| self.fired(kind(*at)).is_some()).map(|(_, bound)| bound).collect()
    }

    fn criteria(&self) -> Vec<(&'p Criterion, Vec<Span>)> {
        let speaks = |(at, criterion)| Some((criterion, self.fired(RuleKind::Criterion(at))?.spans.clone()));
        let mut criteria: Vec<_> = self.plan.criteria.iter().enumerate().filter_map(speaks).collect();
        criteria.sort_by_key(|(criterion, _)| criterion.verdict == CriterionVerdict::NotRelevant);
        criteria
    }

    fn set_aside(&self) -> Vec<Hit> {
        let matched = |id: &str| self.assessment.initiatives.iter().any(|hit| &*hit.id == id);
        let mut hits: Vec<Hit> = Vec::new();
        for fired in &self.fired {
            let (RuleKind::Initiative(at) | RuleKind::InitiativeTags(at)) = fired.rule.kind else { continue };
            let id = &self.plan.initiatives[at].id;
            if !matched(id) && hits.last().is_none_or(|hit| hit.id != *id) {
                let (rule, at) = (fired.rule.name.clone(), fired.rule.at.clone());
                hits.push(Hit { id: id.clone(), rule, at, spans: fired.spans.clone() });
            }
        }
        hits
    }
}

fn decided_by(judged: &Judged<'_, '_>) -> DecidedBy {
    let priority = &judged.assessment.priority;
    let by_score = judged.plan.priority.levels.level(priority.score);
    // The level's least number is the most urgent.
    match priority.level.cmp(&by_score) {
        std::cmp::Ordering::Less => DecidedBy::Floor(by_score),
        std::cmp::Ordering::Greater => DecidedBy::Cap(by_score),
        std::cmp::Ordering::Equal => DecidedBy::Score,
    }
}

fn walk<'p>(judged: &Judged<'p, '_>) -> (Vec<Visited<'p>>, Option<&'p Outcome>) {
    let steps = &judged.plan.road_map.steps;
    let answer = |step: &Step| steps.position(&step.id).and_then(|at| judged.fired(RuleKind::Step(at)));
    let walk = judged.plan.road_map.walk(|step| answer(step).is_some());
    let visited = walk.steps.into_iter().map(|(step, yes)| {
        let by = match &step.rule {
            Some(rule) => AnsweredBy::Rule(&rule.at, answer(step).map(|fired| fired.spans.clone()).unwrap_or_default()),
            None => AnsweredBy::Assumed,
        };
        Visited { step, yes, by }
    });
    (visited.collect(), walk.outcome)
}

#[cfg(test)]
mod tests;
