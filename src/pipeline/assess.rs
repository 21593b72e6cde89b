//! The whole judgement of one mention, on one screen.

use crate::mention::{Language, Mention};
use crate::plan::Plan;
use crate::query::EngineScratch;
use crate::text::tokens::Tokens;

use super::assessment::{Assessment, Clocks, Kept};
use super::danger::DangerFinder;
use super::history::{History, Trace};
use super::intent::{IntentFinder, Told};
use super::language::LanguageFinder;
use super::lexicon::Reading;
use super::matching;
use super::model::Model;
use super::post_type;
use super::prioritise::prioritise;
use super::sentiment;
use super::signals::Signals;
use super::subject::Said;
use super::urgency;
use super::verdicts::{self, Verdicts};

/// What there was before a judgement.
#[derive(Clone, Copy)]
enum Before<'a> {
    /// The mention arrives: what was said before it.
    Arrival(&'a History),
    /// It was judged already: what stays of that.
    Assessment(&'a Kept),
}

/// Assesses mentions one after the other in memory it keeps.
#[derive(Debug, Default)]
pub struct Assessor {
    tokens: Tokens,
    engine: EngineScratch,
    reading: Reading,
    languages: LanguageFinder,
    signals: Signals,
    intents: IntentFinder,
    dangers: DangerFinder,
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
        self.judge(mention, plan, Before::Arrival(history))
    }

    /// What `plan` says about a mention that was assessed before: what stood around it and what a person said of it stay.
    pub fn assess_again(&mut self, mention: &Mention, plan: &Plan, kept: &Kept) -> Assessment {
        self.judge(mention, plan, Before::Assessment(kept))
    }

    /// [`Assessor::assess`] as if nothing had been said before.
    pub fn assess_alone(&mut self, mention: &Mention, plan: &Plan) -> Assessment {
        self.judge(mention, plan, Before::Assessment(&Kept::default()))
    }

    /// What the mention that was assessed last is remembered by: for [`History::observe`].
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    fn judge(&mut self, mention: &Mention, plan: &Plan, before: Before<'_>) -> Assessment {
        self.tokens.fill(&mention.text);
        let said = Said { mention, tokens: &self.tokens };
        let mut found = matching::find(plan, said, &mut self.engine).into_assessment(plan);
        self.read(mention, plan, &mut found);
        for at in 0..found.labels.len() {
            if let Some(label) = plan.labels.by_id(&found.labels[at].id) {
                found.amend(&label.says);
            }
        }
        match before {
            Before::Arrival(history) => {
                found.cluster = history.cluster(mention, &self.tokens, &mut self.trace);
                found.surges = history.rises(mention, &found, &self.tokens, &mut self.trace);
            }
            Before::Assessment(kept) => {
                (found.cluster, found.surges) = (kept.cluster.clone(), kept.surges.clone());
                found.amend(&kept.said);
                found.said = kept.said.clone();
            }
        }
        self.rule(mention, plan, &mut found);
        found
    }

    /// What its words say by themselves.
    fn read(&mut self, mention: &Mention, plan: &Plan, found: &mut Assessment) {
        let (text, tokens) = (&mention.text, &self.tokens);
        self.reading.fill(tokens);
        let (tag, spoken) = (mention.lang.as_deref(), &plan.organization.languages);
        found.language = self.languages.find(text, tokens, tag, spoken);
        self.signals.fill(text, tokens);
        let scores = Model::shared().scores(self.signals.features());
        let french = found.language.code == Language::Fr;
        let told = Told { french, features: self.signals.features(), scores: &scores };
        found.intents = self.intents.find(text, tokens, &self.reading, told);
        found.dangers = self.dangers.find(text, tokens, &self.reading);
        self.dangers.hear(&mut found.dangers, &scores, self.signals.features(), tokens);
        found.hostility = self.signals.abuse().judge(&self.signals, &scores, tokens, &found.dangers);
        // These hear the other labels, so they come last.
        found.tone = sentiment::tone(tokens, &self.signals, &scores, found);
        found.urgency = urgency::judge(&self.signals, &scores, tokens, found);
        found.post_type = post_type::judge(found);
    }

    /// What the plan's rules make of all that was found out.
    fn rule(&mut self, mention: &Mention, plan: &Plan, found: &mut Assessment) {
        let said = Said { mention, tokens: &self.tokens };
        found.protocols = verdicts::protocols(plan, said.with(found), &mut self.engine);
        found.clauses = self.verdicts.fill(plan, said.with(found), &mut self.engine);
        found.templates = self.verdicts.templates(plan, &found.initiatives);
        found.priority = prioritise(plan, mention, found, &self.verdicts);
        let walk = self.verdicts.walk(plan);
        found.path = walk.path;
        found.suggested = walk.outcome.map(|outcome| outcome.id.clone());
        found.clocks = clocks(plan, mention, found.priority.level);
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
