//! What of the plan its tests reach: rules that hold in one of them, branches of the road map that one of them walks.
//!
//! What enters: tests that were run. What leaves: counts for each kind of rule, and by name and place what none reaches.
//! Whether a test passes does not matter here. A branch that only a person's answer opens is not counted: no
//! test can walk it.

use std::collections::HashSet;

use serde::Serialize;

use crate::mention::Id;
use crate::plan::{At, Plan, RuleKind, RuleRef, Target};

use super::run::Trial;

/// What was reached so far.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    rules: HashSet<RuleKind>,
    branches: HashSet<(Id, bool)>,
    outcomes: HashSet<Id>,
}

/// What the tests reach of a plan and what they do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverReport {
    /// All rules.
    pub rules: Share,
    /// The same for each kind the plan has, in the order of its tables.
    pub kinds: Vec<KindShare>,
    /// The rules no test touches.
    pub untouched: Vec<Untouched>,
    /// The outcomes that tests can reach.
    pub outcomes: Share,
    /// The answers that lead on, of steps that tests can reach.
    pub branches: Share,
    /// The outcomes no test reaches.
    pub unreached: Vec<Unreached>,
    /// The answers no test gives.
    pub untaken: Vec<Branch>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Reached.
    pub touched: usize,
    /// There.
    pub of: usize,
}

/// The rules of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KindShare {
    /// The kind's name.
    pub kind: &'static str,
    /// How many of them.
    #[serde(flatten)]
    pub share: Share,
}

/// A rule that holds in no test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Untouched {
    /// Its kind.
    pub kind: &'static str,
    /// Its name.
    pub rule: Id,
    /// Its place.
    pub at: At,
}

/// An outcome that ends no walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreached {
    /// Which.
    pub id: Id,
    /// Its place.
    pub at: At,
}

/// An answer that no walk gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// The step.
    pub step: Id,
    /// The answer.
    pub yes: bool,
    /// The step's place.
    pub at: At,
}

impl Share {
    fn count(&mut self, touched: bool) {
        self.of += 1;
        self.touched += usize::from(touched);
    }
}

impl Cover {
    /// Adds what one test reaches.
    pub fn add(&mut self, trial: &Trial<'_>) {
        self.rules.extend(trial.fired().iter().map(|fired| fired.rule.kind));
        let walk = trial.walk();
        self.branches.extend(walk.steps.iter().map(|(step, yes)| (step.id.clone(), *yes)));
        self.outcomes.extend(walk.outcome.map(|outcome| outcome.id.clone()));
    }

    /// What the tests so far reach of `plan`, the plan they are of.
    pub fn report(&self, plan: &Plan) -> CoverReport {
        let mut report = CoverReport {
            rules: Share::default(),
            kinds: Vec::new(),
            untouched: Vec::new(),
            outcomes: Share::default(),
            branches: Share::default(),
            unreached: Vec::new(),
            untaken: Vec::new(),
        };
        let sets = [&plan.match_rules, &plan.protocol_rules, &plan.verdict_rules];
        for rule in sets.into_iter().flat_map(|set| &set.table) {
            report.count_rule(rule, self.rules.contains(&rule.kind));
        }
        self.count_road_map(plan, &mut report);
        report
    }

    fn count_road_map(&self, plan: &Plan, report: &mut CoverReport) {
        let map = &plan.road_map;
        let (steps, outcomes) = in_reach(plan);
        for (_, step) in steps.iter().zip(map.steps.iter()).filter(|(reached, _)| **reached) {
            if step.rule.is_none() {
                continue;
            }
            for yes in [true, false] {
                let taken = self.branches.contains(&(step.id.clone(), yes));
                report.branches.count(taken);
                if !taken {
                    report.untaken.push(Branch { step: step.id.clone(), yes, at: step.at.clone() });
                }
            }
        }
        for (_, outcome) in outcomes.iter().zip(map.outcomes.iter()).filter(|(reached, _)| **reached) {
            let reached = self.outcomes.contains(&outcome.id);
            report.outcomes.count(reached);
            if !reached {
                report.unreached.push(Unreached { id: outcome.id.clone(), at: outcome.at.clone() });
            }
        }
    }
}

impl CoverReport {
    fn count_rule(&mut self, rule: &RuleRef, touched: bool) {
        let kind = rule.kind.token();
        self.rules.count(touched);
        let at = self.kinds.iter().position(|known| known.kind == kind).unwrap_or_else(|| {
            self.kinds.push(KindShare { kind, share: Share::default() });
            self.kinds.len() - 1
        });
        self.kinds[at].share.count(touched);
        if !touched {
            self.untouched.push(Untouched { kind, rule: super::cause::safe(&rule.name), at: rule.at.clone() });
        }
    }
}

/// The steps and outcomes that rules alone can lead to.
fn in_reach(plan: &Plan) -> (Vec<bool>, Vec<bool>) {
    let map = &plan.road_map;
    let (mut steps, mut outcomes) = (vec![false; map.steps.len()], vec![false; map.outcomes.len()]);
    let mut open = vec![map.start];
    while let Some(target) = open.pop() {
        match target {
            Target::Outcome(at) => outcomes[at] = true,
            Target::Step(at) if !steps[at] => {
                steps[at] = true;
                let step = &map.steps[at];
                if step.rule.is_some() || step.assume {
                    open.push(step.yes);
                }
                if step.rule.is_some() || !step.assume {
                    open.push(step.no);
                }
            }
            Target::Step(_) => {}
        }
    }
    (steps, outcomes)
}
