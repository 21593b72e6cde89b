//! A mention with what was found out about it, once more as the plan's rules see it: to ask them why they did or did not hold.
//!
//! What enters: a mention and its assessment. What leaves: the subject of each stage, and the rules of a plan that hold for
//! it with their places in the text. An assessment made under this very plan gives the rules that made it.

use crate::mention::{Mention, Span};
use crate::plan::{Plan, RuleRef, RuleSet};
use crate::query::{EngineScratch, Stage, Subject};
use crate::text::tokens::Tokens;

use super::assessment::Assessment;
use super::subject::{Found, Said};

/// A mention as rules see it.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    said: Said<'a>,
    found: Found<'a>,
}

/// A rule that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired<'p> {
    /// Which.
    pub rule: &'p RuleRef,
    /// Where in the text; empty when something else than its words decided.
    pub spans: Vec<Span>,
}

impl<'a> Seen<'a> {
    /// `tokens` are those of the mention's text.
    pub fn new(mention: &'a Mention, tokens: &'a Tokens, assessment: &'a Assessment) -> Self {
        let said = Said { mention, tokens };
        Self { said, found: said.with(assessment) }
    }

    /// What rules of `stage` see; the desk's own fields are not among it.
    pub fn subject(&self, stage: Stage) -> &(dyn Subject + 'a) {
        match stage {
            Stage::Match => &self.said,
            Stage::Verdict | Stage::Desk => &self.found,
        }
    }

    /// Every rule of `plan` that holds, match rules first, then protocols, then the others; each kind in the plan's
    /// order.
    pub fn fired<'p>(&self, plan: &'p Plan, scratch: &mut EngineScratch) -> Vec<Fired<'p>> {
        let mut fired = Vec::new();
        let sets: [(&RuleSet, Stage); 3] = [
            (&plan.match_rules, Stage::Match),
            (&plan.protocol_rules, Stage::Verdict),
            (&plan.verdict_rules, Stage::Verdict),
        ];
        for (set, stage) in sets {
            set.engine.run(self.subject(stage), scratch, |rule, spans| {
                fired.push(Fired { rule: &set.table[rule], spans: spans.to_vec() });
            });
        }
        fired
    }
}

impl std::fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seen").field("mention", &self.said.mention.id).finish_non_exhaustive()
    }
}
