//! The road map: the decision tree from "is it about us?" to what to do, as data.

use crate::mention::{Disposition, Id, NoResponseReason};

use super::at::At;
use super::localized::Localized;
use super::named::{Named, has_id};
use super::rules::Rule;

/// The tree. Every target exists and no walk meets a step twice: the loader refuses anything else.
#[derive(Debug, Clone)]
pub struct RoadMap {
    /// Where the walk begins.
    pub start: Target,
    /// Questions, in the order written.
    pub steps: Named<Step>,
    /// Where a walk ends.
    pub outcomes: Named<Outcome>,
}

/// What follows an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A position in [`RoadMap::steps`].
    Step(usize),
    /// A position in [`RoadMap::outcomes`].
    Outcome(usize),
}

/// `[[step]]`: a question with two answers.
#[derive(Debug, Clone)]
pub struct Step {
    /// Unique among steps and outcomes.
    pub id: Id,
    /// The question.
    pub question: Localized,
    /// Answers it (verdict stage); absent, it is for the person, and [`Step::assume`] answers meanwhile.
    pub rule: Option<Rule>,
    /// The answer while the person has given none.
    pub assume: bool,
    /// What follows yes.
    pub yes: Target,
    /// What follows no.
    pub no: Target,
    /// Where the table stands.
    pub at: At,
}

/// `[[outcome]]`: what the tree suggests.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Unique among steps and outcomes.
    pub id: Id,
    /// Its name.
    pub title: Localized,
    /// What would be recorded.
    pub disposition: Disposition,
    /// Why nothing is answered, where nothing is.
    pub reason: Option<NoResponseReason>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Step, Outcome);

/// A walk through the tree.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    /// The ids of the steps answered yes, in order.
    pub path: Vec<Id>,
    /// The steps met with their answers, in order.
    pub steps: Vec<(&'a Step, bool)>,
    /// Where it ended; `None` only in a tree without outcomes.
    pub outcome: Option<&'a Outcome>,
}

impl RoadMap {
    /// Walks from the start; `answer` is asked for each step that has a rule, the others answer by
    /// their `assume`. Ends after as many steps as there are at the latest.
    pub fn walk(&self, mut answer: impl FnMut(&Step) -> bool) -> Walk<'_> {
        let mut walk = Walk { path: Vec::new(), steps: Vec::new(), outcome: None };
        let mut target = self.start;
        for _ in 0..=self.steps.len() {
            match target {
                Target::Outcome(position) => {
                    walk.outcome = self.outcomes.get(position);
                    break;
                }
                Target::Step(position) => {
                    let Some(step) = self.steps.get(position) else { break };
                    let yes = if step.rule.is_some() { answer(step) } else { step.assume };
                    if yes {
                        walk.path.push(step.id.clone());
                    }
                    walk.steps.push((step, yes));
                    target = if yes { step.yes } else { step.no };
                }
            }
        }
        walk
    }
}
