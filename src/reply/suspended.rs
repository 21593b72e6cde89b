//! When nothing is to be said for now: safety protocols, and election periods.

use super::variables::unfilled;
use super::{Blocked, Suggestion};
use crate::mention::NoResponseReason;
use crate::pipeline::{Assessed, Assessment};
use crate::plan::{Plan, Protocol};

/// The first safety protocol that holds for a mention and suspends replies. The person's own words wait too: its steps
/// come first.
pub fn suspending<'p>(assessment: &Assessment, plan: &'p Plan) -> Option<&'p Protocol> {
    let mut holds = assessment.protocols.iter().filter_map(|hit| plan.protocols.by_id(&hit.id));
    holds.find(|protocol| protocol.suspends_replies)
}

/// What keeps a person's own words from going out: the mention is gone, a protocol suspends replies, or a variable of the
/// plan still stands in them.
pub fn own_words(text: &str, assessed: &Assessed, plan: &Plan) -> Option<Blocked> {
    if assessed.mention.author_deleted_at.is_some() {
        return Some(Blocked::AuthorDeleted);
    }
    let protocol = suspending(&assessed.assessment, plan).map(Blocked::of_protocol);
    protocol.or_else(|| unfilled(text, plan).map(|name| Blocked::Variable { name }))
}

/// The reason for no response that the circumstances give: an election period holds back everything the plan would say,
/// or the mention named a candidate in one.
pub fn held_back(assessment: &Assessment, suggestions: &[Suggestion]) -> Option<NoResponseReason> {
    let by_election = |suggestion: &Suggestion| matches!(suggestion.blocked, Some(Blocked::ElectionPeriod { .. }));
    let nothing_left = !suggestions.iter().any(Suggestion::is_copyable) && suggestions.iter().any(by_election);
    let candidate = assessment.election.as_ref().is_some_and(|election| election.candidate);
    (nothing_left || candidate).then_some(NoResponseReason::ElectionPeriod)
}
