//! The whole judgement of one mention, on one screen.

use crate::mention::Mention;
use crate::plan::Plan;
use crate::query::EngineScratch;
use crate::text::tokens::Tokens;

use super::assessment::{Assessment, Clocks};
use super::history::{History, Trace};
use super::intent::IntentFinder;
use super::language;
use super::lexicon::Reading;
use super::matching;
use super::prioritise::prioritise;
use super::subject::Said;
use super::verdicts::{self, Verdicts};

/// Assesses mentions one after the other in memory it keeps.
#[derive(Debug, Default)]
pub struct Assessor {
    tokens: Tokens,
    engine: EngineScratch,
    reading: Reading,
    intents: IntentFinder,
    verdicts: Verdicts,
    trace: Trace,
}

impl Assessor {
    /// An assessor for any plan.
    pub fn new() -> Self {
        Self::default()
    }

    /// What `plan` says about `mention` after `history`: the same for the same three, whatever was assessed in between.
    pub fn assess(&mut self, mention: &Mention, plan: &Plan, history: &History) -> Assessment {
        self.tokens.fill(&mention.text);
        let said = Said { mention, tokens: &self.tokens };
        let matches = matching::find(plan, said, &mut self.engine);
        self.reading.fill(said.tokens);
        let (tag, spoken) = (mention.lang.as_deref(), &plan.organization.languages);
        let language = language::guess(&mention.text, said.tokens, self.reading.evidence(), tag, spoken);
        let intents = self.intents.find(&mention.text, said.tokens, &self.reading);
        let mut assessment = matches.into_assessment(plan);
        (assessment.language, assessment.intents) = (language, intents);
        assessment.cluster = history.cluster(mention, &self.tokens, &mut self.trace);
        assessment.protocols = verdicts::protocols(plan, said.with(&assessment), &mut self.engine);
        assessment.clauses = self.verdicts.fill(plan, said.with(&assessment), &mut self.engine);
        assessment.templates = self.verdicts.templates(plan, &assessment.initiatives);
        assessment.priority = prioritise(plan, mention, &assessment, &self.verdicts);
        let walk = self.verdicts.walk(plan);
        assessment.path = walk.path;
        assessment.suggested = walk.outcome.map(|outcome| outcome.id.clone());
        assessment.clocks = clocks(plan, mention, assessment.priority.level);
        assessment
    }
}

impl Assessor {
    /// What the mention that was assessed last is remembered by: for [`History::observe`].
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// [`Assessor::assess`] as if nothing had been said before.
    pub fn assess_alone(&mut self, mention: &Mention, plan: &Plan) -> Assessment {
        self.assess(mention, plan, &History::new())
    }
}

/// Assesses one mention alone, as if nothing had been said before; for many, keep an [`Assessor`].
pub fn assess(mention: &Mention, plan: &Plan) -> Assessment {
    Assessor::new().assess_alone(mention, plan)
}

/// Backlog was there before anybody watched: no clock runs for it.
fn clocks(plan: &Plan, mention: &Mention, level: crate::mention::Level) -> Clocks {
    if mention.backlog {
        return Clocks::default();
    }
    let (service, hours) = (plan.priority.service_levels.of(level), &plan.organization.hours);
    let start = mention.clock_start();
    Clocks { acknowledge_by: service.acknowledge_by(start, hours), substance_by: service.substance_by(start, hours) }
}
