//! Whether a mention is about this town: what speaks for it, what against it, and what settles it.
//!
//! What enters: the kinds of the match rules that hold, in the order of the plan's table. What leaves: yes or no. The
//! assessment and the sieve of whole networks both ask here, so that they never disagree. Nothing is allocated.

use crate::plan::{CriterionVerdict, Plan, RuleKind};

/// What the rules seen so far say.
#[derive(Debug, Default)]
pub(super) struct Relevance {
    for_it: bool,
    against: bool,
    decisive: bool,
    /// The place that was named last.
    last_place: Option<usize>,
    /// How many of the places that were named are here.
    here: usize,
}

impl Relevance {
    /// Takes the next rule that holds.
    pub(super) fn add(&mut self, plan: &Plan, kind: RuleKind) {
        match kind {
            RuleKind::Initiative(_) | RuleKind::InitiativeTags(_) => self.for_it = true,
            RuleKind::Criterion(at) => match plan.criteria[at].verdict {
                CriterionVerdict::Relevant => {
                    self.for_it = true;
                    self.decisive |= plan.criteria[at].decisive;
                }
                CriterionVerdict::NotRelevant => self.against = true,
            },
            RuleKind::Place(at) => {
                self.last_place = Some(at);
                self.here += 1;
            }
            // The negative context stands right behind its place in the table; without the place it says nothing.
            RuleKind::PlaceNot(at) if self.last_place == Some(at) => self.here = self.here.saturating_sub(1),
            _ => {}
        }
    }

    /// An initiative or a "relevant" criterion speaks for it, and neither a "not relevant" one nor a place elsewhere
    /// against it, or a decisive one outweighs that.
    pub(super) fn holds(&self) -> bool {
        let elsewhere = self.last_place.is_some() && self.here == 0;
        self.for_it && (!(self.against || elsewhere) || self.decisive)
    }
}
