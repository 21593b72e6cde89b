//! The plan's own tests, run through the same judgement as every mention.
//!
//! What enters: a plan, its tests one by one, and an instant for those without their own. What leaves: what came of
//! each, and why where it is not what the test expects.

use chrono::{DateTime, Utc};

use crate::mention::{Id, Mention};
use crate::pipeline::{Assessed, Assessment, Fired};
use crate::plan::{Plan, TrialCase, Walk};
use crate::reply::{Suggestion, suggest};
use crate::text::lengths::Limits;

use super::case::mention_of;
use super::cause::Ground;
use super::examine::{Examined, Examiner};
use super::expect::{Failure, failures};

/// Runs tests one after the other in memory it keeps.
#[derive(Debug)]
pub struct Trials<'p> {
    plan: &'p Plan,
    now: DateTime<Utc>,
    examiner: Examiner,
}

/// A test that was run.
#[derive(Debug)]
pub struct Trial<'p> {
    /// The test.
    pub case: &'p TrialCase,
    /// The mention it describes.
    pub mention: Mention,
    /// What does not hold, each with why it came so; none when the test passes.
    pub failures: Vec<Failure>,
    examined: Examined<'p>,
}

impl<'p> Trials<'p> {
    /// Tests of `plan`; those without an instant of their own are judged at `now`.
    pub fn new(plan: &'p Plan, now: DateTime<Utc>) -> Self {
        Self { plan, now, examiner: Examiner::default() }
    }

    /// Runs one test of the plan.
    pub fn run(&mut self, case: &'p TrialCase) -> Trial<'p> {
        let mention = mention_of(case, self.now);
        let examined = self.examiner.examine(&mention, self.plan);
        let replies = self.replies(case, &mention, &examined.assessment);
        let copyable: Vec<Id> =
            replies.iter().filter(|reply| reply.is_copyable()).map(|reply| reply.message.clone()).collect();
        let mut failures = failures(case, &examined.assessment, &copyable);
        let ground = Ground { mention: &mention, found: &examined, replies: &replies };
        for failure in &mut failures {
            failure.why = ground.of_failure(failure);
        }
        Trial { case, mention, failures, examined }
    }

    /// The replies at the moment of the test, for a test that asks about them.
    fn replies(&self, case: &TrialCase, mention: &Mention, assessment: &Assessment) -> Vec<Suggestion> {
        if case.expect.replies.is_none() && case.unexpected.replies.is_none() {
            return Vec::new();
        }
        let assessed = Assessed { mention: mention.clone(), assessment: assessment.clone() };
        suggest(&assessed, self.plan, &Limits::default(), case.posted_at.unwrap_or(self.now))
    }
}

impl<'p> Trial<'p> {
    /// True when everything the test expects holds.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    /// What the plan said.
    pub fn assessment(&self) -> &Assessment {
        &self.examined.assessment
    }

    /// The rules that held.
    pub fn fired(&self) -> &[Fired<'p>] {
        &self.examined.fired
    }

    /// The walk through the road map.
    pub fn walk(&self) -> Walk<'p> {
        self.examined.walk()
    }
}
