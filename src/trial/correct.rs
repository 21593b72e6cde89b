//! What a person can do about a wrong judgement: an example for the plan's tests, and the smallest change of a rule.
//!
//! What enters: a mention with its [`Account`], and what is wrong with it. What leaves: the rules that could be changed, terms
//! of the text to add or to exclude, and a [`Proposal`]: a patch of the plan's files in unified form. Nothing is written
//! here and nothing is decided: a person reads the patch, changes it, saves it or not. Text of the mention goes into the
//! files as TOML strings only.

pub(super) mod example;
mod literal;
pub mod patch;
mod terms;

use crate::mention::{Id, Level, Span};
use crate::pipeline::Why as Points;
use crate::plan::{CriterionVerdict, Plan, Rule};

use super::account::{Account, ChangeKind, DecidedBy};

pub use patch::{PatchError, Patched};
pub use terms::terms;

/// What is wrong with a judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is not about the organization.
    Relevant,
    /// It is about the organization, and about this initiative.
    Missed(Id),
    /// It should have this level.
    Priority(Level),
    /// It is not about this initiative.
    Initiative(Id),
    /// This message should answer.
    Message(Id),
}

/// How a rule is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It also holds for a term.
    Add,
    /// It no longer holds for a term.
    Exclude,
}

/// A rule that could be changed.
#[derive(Debug, Clone)]
pub struct Target<'p> {
    /// The rule.
    pub rule: &'p Rule,
    /// How.
    pub how: How,
    /// Where it holds now.
    pub spans: Vec<Span>,
}

/// A patch for a person to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The unified diff of all files that would change.
    pub patch: String,
    /// True when a rule would change too, not only the tests.
    pub edits_rule: bool,
}

/// So many rules are changed by one proposal at most.
const MOST_TARGETS: usize = 4;

/// The rules whose change could put it right; none where only a person can know which.
pub fn targets<'p>(account: &Account<'p>, wrong: &Wrong) -> Vec<Target<'p>> {
    let mut targets = match wrong {
        Wrong::Relevant => speaking_for(account),
        Wrong::Missed(id) => missed(account, id),
        Wrong::Priority(level) => level_targets(account, *level),
        Wrong::Initiative(id) => of_initiative(account, id, How::Exclude).into_iter().collect(),
        Wrong::Message(id) => {
            let message = account.plan.messages.by_id(id);
            let rule = message.and_then(|message| message.rule.as_ref());
            rule.map(|rule| Target { rule, how: How::Add, spans: Vec::new() }).into_iter().collect()
        }
    };
    targets.truncate(MOST_TARGETS);
    targets
}

/// The patch that adds the example, and changes the `targets` for `term` where one is named.
pub fn propose(account: &Account<'_>, wrong: &Wrong, targets: &[Target<'_>], term: Option<&str>) -> Proposal {
    let mut files = patch::Files::of(&account.plan.sources);
    let mut edits_rule = false;
    if let Some(term) = term {
        for target in targets {
            edits_rule |= literal::change(&mut files, target, term);
        }
    }
    example::add(&mut files, account, wrong);
    Proposal { patch: files.patch(), edits_rule }
}

/// Every initiative and criterion that makes it relevant.
fn speaking_for<'p>(account: &Account<'p>) -> Vec<Target<'p>> {
    let initiatives = &account.assessment.initiatives;
    let mut targets: Vec<Target<'p>> =
        initiatives.iter().filter_map(|hit| of_initiative(account, &hit.id, How::Exclude)).collect();
    let criteria = account.criteria.iter();
    let criteria = criteria.filter(|(criterion, _)| criterion.verdict == CriterionVerdict::Relevant);
    targets.extend(criteria.map(|(criterion, spans)| Target {
        rule: &criterion.rule,
        how: How::Exclude,
        spans: spans.clone(),
    }));
    targets
}

/// The initiative's own rule, or what set it aside although that rule holds.
fn missed<'p>(account: &Account<'p>, id: &str) -> Vec<Target<'p>> {
    if account.set_aside.iter().any(|hit| &*hit.id == id) {
        let against = account.criteria.iter();
        let against = against.filter(|(criterion, _)| criterion.verdict == CriterionVerdict::NotRelevant);
        return against
            .map(|(criterion, spans)| Target { rule: &criterion.rule, how: How::Exclude, spans: spans.clone() })
            .collect();
    }
    of_initiative(account, id, How::Add).into_iter().collect()
}

fn of_initiative<'p>(account: &Account<'p>, id: &str, how: How) -> Option<Target<'p>> {
    let plan: &'p Plan = account.plan;
    let initiative = plan.initiatives.by_id(id)?;
    let hit = account.assessment.initiatives.iter().find(|hit| &*hit.id == id);
    Some(Target { rule: &initiative.rule, how, spans: hit.map(|hit| hit.spans.clone()).unwrap_or_default() })
}

/// For a higher level the nearest floor or contribution that would do it alone; for a lower one what holds it up.
fn level_targets<'p>(account: &Account<'p>, level: Level) -> Vec<Target<'p>> {
    let priority = &account.plan.priority;
    let target = |rule: &'p Rule, how| Target { rule, how, spans: account.assessment.spans() };
    if level < account.assessment.priority.level {
        let rise = account.rises.iter().find(|rise| rise.level == level);
        let alone = rise.into_iter().flat_map(|rise| &rise.ways).filter(|way| way.changes.len() == 1);
        let rule = alone.filter_map(|way| match way.changes[0].kind {
            ChangeKind::Floor(floor) => Some(&floor.rule),
            ChangeKind::Contribution(contribution) => Some(&contribution.rule),
            _ => None,
        });
        return rule.take(1).map(|rule| target(rule, How::Add)).collect();
    }
    if matches!(account.decided_by, DecidedBy::Floor(_)) {
        let name = account.assessment.priority.floor.as_ref().map(|floor| &floor.name);
        let floor = priority.floors.iter().find(|floor| Some(&floor.name) == name);
        return floor.map(|floor| target(&floor.rule, How::Exclude)).into_iter().collect();
    }
    let reasons = account.assessment.priority.reasons.iter();
    let biggest = reasons.filter(|reason| matches!(reason.why, Points::Contribution { .. }) && reason.points > 0);
    let biggest = biggest.max_by_key(|reason| reason.points).map(|reason| reason.name());
    let found = priority.contributions.iter().find(|found| Some(&*found.name) == biggest.as_deref());
    found.map(|found| target(&found.rule, How::Exclude)).into_iter().collect()
}

#[cfg(test)]
mod tests;
