//! The words of a plan: languages that are missing, texts that are too long.

use crate::mention::{Id, Language, Network};
use crate::plan::Plan;
use crate::plan::at::At;
use crate::plan::finding::FindingKind;
use crate::plan::localized::Localized;
use crate::plan::message::{Message, MessageStatus};
use crate::plan::problem::TableKind;
use crate::text::lengths::{self, Limits};

use super::Findings;

/// A key message is at most so many words, nine seconds spoken (Covello).
const MAX_WORDS: usize = 27;
/// A message rests on at most so many facts (Covello).
const MAX_FACTS: usize = 3;
/// The shortest of the common networks: a text that fits it fits them all.
const SHORTEST: Network = Network::X;

/// Every text people read is there in every language the organization answers in.
pub(super) fn languages(plan: &Plan, findings: &mut Findings) {
    let mut texts = Texts { plan, findings };
    let organization = &plan.organization;
    texts.check("[organization]", &"".into(), &organization.at, &[("name", Some(&organization.name))]);
    let purpose = [("purpose", organization.purpose.as_ref())];
    texts.check("[organization]", &"".into(), &organization.at, &purpose);
    for item in &plan.criteria {
        texts.check(TableKind::Criterion.header(), &item.id, &item.at, &[("title", item.title.as_ref())]);
    }
    for item in &plan.initiatives {
        texts.check(TableKind::Initiative.header(), &item.id, &item.at, &[("title", Some(&item.title))]);
    }
    for item in &plan.stakeholders {
        texts.check(TableKind::Stakeholder.header(), &item.id, &item.at, &[("name", Some(&item.name))]);
    }
    for item in &plan.messages {
        let keys = [("text", Some(&item.text)), ("concern", item.concern.as_ref())];
        texts.check(TableKind::Message.header(), &item.id, &item.at, &keys);
        for text in item.variants.values() {
            texts.check(TableKind::Message.header(), &item.id, &item.at, &[("variants", Some(text))]);
        }
    }
    for item in &plan.holdings {
        let keys = [("scenario", Some(&item.scenario)), ("text", Some(&item.text))];
        texts.check(TableKind::Holding.header(), &item.id, &item.at, &keys);
    }
    for item in &plan.road_map.steps {
        texts.check(TableKind::Step.header(), &item.id, &item.at, &[("question", Some(&item.question))]);
    }
    for item in &plan.road_map.outcomes {
        texts.check(TableKind::Outcome.header(), &item.id, &item.at, &[("title", Some(&item.title))]);
    }
    for item in &plan.tiers {
        let keys = [("title", Some(&item.title)), ("trigger", item.trigger.as_ref())];
        texts.check(TableKind::Tier.header(), &item.level.to_string().into(), &item.at, &keys);
    }
}

struct Texts<'a> {
    plan: &'a Plan,
    findings: &'a mut Findings,
}

impl Texts<'_> {
    fn check(&mut self, table: &'static str, id: &Id, at: &At, texts: &[(&'static str, Option<&Localized>)]) {
        for (key, text) in texts {
            let Some(text) = text else { continue };
            for language in &self.plan.organization.languages {
                if text.exact(*language).is_none() {
                    let (id, language) = (id.clone(), *language);
                    self.findings.add(at, FindingKind::MissingLanguage { table, id, key, language });
                }
            }
        }
    }
}

/// Messages are short enough to be said, read and posted.
pub(super) fn lengths(plan: &Plan, findings: &mut Findings) {
    for message in plan.messages.iter().filter(|message| message.status != MessageStatus::Retired) {
        if message.facts.len() > MAX_FACTS {
            let (id, facts) = (message.id.clone(), message.facts.len());
            findings.add(&message.at, FindingKind::ManyFacts { id, facts, limit: MAX_FACTS });
        }
        for (language, text) in distinct(&message.text) {
            let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            if words > MAX_WORDS {
                let id = message.id.clone();
                findings.add(&message.at, FindingKind::LongMessage { id, language, words, limit: MAX_WORDS });
            }
        }
        fits(message, findings);
    }
}

/// The texts of a bare string once only.
fn distinct(text: &Localized) -> impl Iterator<Item = (Language, &str)> {
    let same = text.en == text.fr;
    text.texts().take(if same { 1 } else { 2 })
}

fn fits(message: &Message, findings: &mut Findings) {
    let limits = Limits::default();
    if !message.variants.contains_key(SHORTEST.token()) {
        for (language, text) in distinct(&message.text) {
            let length = lengths::count(&SHORTEST, text, &limits);
            if let Some(limit) = length.limit.filter(|_| !length.fits()) {
                let (id, used) = (message.id.clone(), length.used);
                let kind = FindingKind::TooLongForNetwork { id, language, network: "X", used, limit };
                findings.add(&message.at, kind);
            }
        }
    }
    for (network, text) in &message.variants {
        for (language, text) in distinct(text) {
            let length = lengths::count(&Network::from_token(network), text, &limits);
            if let Some(limit) = length.limit.filter(|_| !length.fits()) {
                let (id, network, used) = (message.id.clone(), network.clone(), length.used);
                findings.add(&message.at, FindingKind::VariantTooLong { id, language, network, used, limit });
            }
        }
    }
}
