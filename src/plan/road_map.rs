//! The road map: the decision tree from "is it about us?" to what to do, as data.

use std::collections::HashMap;
use std::ops::Range;

use crate::mention::{Disposition, Id, NoResponseReason};

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::{Named, has_id};
use super::problem::TableKind;
use super::reader::Reader;
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

/// A step whose targets are still ids.
pub(super) struct StepDraft {
    id: Id,
    question: Localized,
    rule: Option<Rule>,
    assume: bool,
    yes: Id,
    no: Id,
    at: At,
    span: Range<usize>,
}

/// What keeps a road map from being walked.
pub(super) enum RoadMapFault {
    /// The steps of a circle, the first one again at the end, and where that one stands.
    Loop(Vec<Id>, At, Range<usize>),
    /// A target that is not there; reported as a missing reference elsewhere.
    Unresolved,
}

const TARGETS: &[TableKind] = &[TableKind::Step, TableKind::Outcome];

impl StepDraft {
    /// The step's own id.
    pub(super) fn id(&self) -> Id {
        self.id.clone()
    }

    /// Reads a `[[step]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Step);
        let owner = id.as_deref().unwrap_or("step").to_owned();
        for key in ["question", "yes", "no"] {
            reader.require(key);
        }
        let question = reader.localized("question");
        let (yes, no) = (reader.reference("yes", TARGETS), reader.reference("no", TARGETS));
        let rule = reader.rule("match", &owner, Stage::Verdict);
        let assume = reader.boolean("assume").unwrap_or_default();
        let (at, span) = (reader.at(), reader.span());
        Some(Self { id: id?, question: question?, rule, assume, yes: yes?, no: no?, at, span })
    }
}

impl Outcome {
    /// Reads an `[[outcome]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Outcome);
        reader.require("title");
        reader.require("disposition");
        let title = reader.localized("title");
        let (disposition, reason) = (reader.token("disposition"), reader.token("reason"));
        Some(Self { id: id?, title: title?, disposition: disposition?, reason, at: reader.at() })
    }
}

impl RoadMap {
    /// Resolves the targets and makes sure that every walk ends. A circle is told even where targets are missing.
    pub(super) fn build(start: &str, drafts: &[StepDraft], outcomes: Vec<Outcome>) -> Result<Self, RoadMapFault> {
        let positions: HashMap<&str, usize> =
            drafts.iter().enumerate().rev().map(|(position, step)| (&*step.id, position)).collect();
        let step = |id: &str| positions.get(id).copied();
        let targets: Vec<[Option<usize>; 2]> = drafts.iter().map(|draft| [step(&draft.yes), step(&draft.no)]).collect();
        if let Some(circle) = find_circle(&targets) {
            let ids = circle.iter().map(|position| drafts[*position].id.clone()).collect();
            let first = &drafts[circle[0]];
            return Err(RoadMapFault::Loop(ids, first.at.clone(), first.span.clone()));
        }
        let outcomes = Named::new(outcomes);
        let target = |id: &str| {
            let outcome = || outcomes.position(id).map(Target::Outcome);
            step(id).map(Target::Step).or_else(outcome).ok_or(RoadMapFault::Unresolved)
        };
        let start = target(start)?;
        let resolve = |draft: &StepDraft| {
            Ok(Step {
                id: draft.id.clone(),
                question: draft.question.clone(),
                rule: draft.rule.clone(),
                assume: draft.assume,
                yes: target(&draft.yes)?,
                no: target(&draft.no)?,
                at: draft.at.clone(),
            })
        };
        let steps = drafts.iter().map(resolve).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { start, steps: Named::new(steps), outcomes })
    }

    /// For each step, whether a walk from the start can meet it; the same for each outcome.
    pub fn reachable(&self) -> (Vec<bool>, Vec<bool>) {
        let (mut steps, mut outcomes) = (vec![false; self.steps.len()], vec![false; self.outcomes.len()]);
        let mut open = vec![self.start];
        while let Some(target) = open.pop() {
            match target {
                Target::Outcome(position) => outcomes[position] = true,
                Target::Step(position) if !steps[position] => {
                    steps[position] = true;
                    open.extend([self.steps[position].yes, self.steps[position].no]);
                }
                Target::Step(_) => {}
            }
        }
        (steps, outcomes)
    }
}

/// The positions of a circle of steps, its first one again at the end; `targets` are the steps that follow each step.
/// An explicit stack: a hostile plan may chain thousands of steps.
fn find_circle(targets: &[[Option<usize>; 2]]) -> Option<Vec<usize>> {
    let mut done = vec![false; targets.len()];
    let mut on_path = vec![false; targets.len()];
    for root in 0..targets.len() {
        // Each entry is a step on the path and how many of its two targets were followed.
        let mut path = if done[root] { Vec::new() } else { vec![(root, 0)] };
        while let Some((position, followed)) = path.last_mut() {
            on_path[*position] = true;
            let Some(target) = targets[*position].get(*followed) else {
                (done[*position], on_path[*position]) = (true, false);
                path.pop();
                continue;
            };
            *followed += 1;
            match *target {
                Some(next) if on_path[next] => {
                    let circle = path.iter().map(|(position, _)| *position).skip_while(|position| *position != next);
                    return Some(circle.chain([next]).collect());
                }
                Some(next) if !done[next] => path.push((next, 0)),
                _ => {}
            }
        }
    }
    None
}
