//! Relevance, initiatives, and the rules that nearly fired.

use crate::plan::{CriterionVerdict, RuleKind};
use crate::query::wording;
use crate::tr;

use super::super::Near;
use super::{Page, bound};

impl Page<'_> {
    /// What speaks for it and what against.
    pub(super) fn relevance(&mut self) {
        let (account, locale) = (self.account, self.locale);
        let relevant = account.assessment.relevant;
        self.heading(locale.text(if relevant { "why-relevant" } else { "why-not-relevant" }), String::new());
        for (criterion, spans) in &account.criteria {
            let title = criterion.title.as_ref().map_or(&*criterion.id, |title| title.get(locale.lang()));
            let (lead, name) = match criterion.verdict {
                CriterionVerdict::Relevant if criterion.decisive => ("   ✓ ", "why-decisive"),
                CriterionVerdict::Relevant => ("   ✓ ", "why-for"),
                CriterionVerdict::NotRelevant => ("   ✗ ", "why-against"),
            };
            let words = self.with_quotes(tr!(locale, name, title = title), spans);
            self.say(lead, &words, Some(&criterion.rule.at));
        }
        if !account.assessment.initiatives.is_empty() {
            self.say("   ✓ ", &locale.text("why-relevant-initiative"), None);
        } else if account.criteria.is_empty() {
            self.remark("   · ", &locale.text("why-nothing-for"), None);
        }
        for place in &account.assessment.places {
            let found = account.plan.places.by_id(&place.hit.id);
            let name = found.map_or(&*place.hit.id, |found| found.name.get(locale.lang()));
            let (lead, words, hit) = match &place.elsewhere {
                Some(elsewhere) => ("   ✗ ", tr!(locale, "why-elsewhere", place = name), elsewhere),
                None => ("   ✓ ", tr!(locale, "why-here", place = name), &place.hit),
            };
            let words = self.with_quotes(words, &hit.spans);
            self.say(lead, &words, Some(&hit.at));
        }
        for hit in &account.set_aside {
            let words = tr!(locale, "why-set-aside", title = self.initiative(&hit.id));
            let words = self.with_quotes(words, &hit.spans);
            self.remark("   · ", &words, Some(&hit.at));
        }
    }

    /// The initiatives that matched and the groups, with their rules and words.
    pub(super) fn initiatives(&mut self) {
        let (account, locale) = (self.account, self.locale);
        self.heading(locale.text("why-initiatives"), String::new());
        for hit in &account.assessment.initiatives {
            let words = self.with_quotes(self.initiative(&hit.id), &hit.spans);
            self.say("   ✓ ", &words, Some(&hit.at));
        }
        if account.assessment.initiatives.is_empty() {
            self.remark("   · ", &locale.text("why-initiatives-none"), None);
        }
        if account.assessment.stakeholders.is_empty() {
            return;
        }
        self.heading(locale.text("why-groups"), String::new());
        for hit in &account.assessment.stakeholders {
            let group = account.plan.stakeholders.by_id(&hit.id);
            let name = group.map_or(hit.id.to_string(), |group| group.name.get(locale.lang()).to_owned());
            let words = if hit.spans.is_empty() {
                format!("{name} · {}", locale.text("why-by-author"))
            } else {
                self.with_quotes(name, &hit.spans)
            };
            self.say("   ✓ ", &words, Some(&hit.at));
        }
    }

    /// The rules that nearly fired and what they lacked.
    pub(super) fn near(&mut self) {
        let (account, locale) = (self.account, self.locale);
        self.heading(locale.text("why-near"), String::new());
        if account.near.is_empty() {
            self.remark("   · ", &locale.text("why-near-none"), None);
        }
        for near in &account.near {
            let lacks = wording::lacking(&near.lacking, &account.mention.text, locale);
            let words = tr!(locale, "why-change-lacks", change = self.kind(near), lacks = lacks);
            self.say("   ≈ ", &words, Some(near.at()));
        }
    }

    fn kind(&self, near: &Near<'_>) -> String {
        let (plan, locale) = (self.account.plan, self.locale);
        let lang = locale.lang();
        let (name, title) = match near.kind {
            RuleKind::Initiative(at) => ("why-kind-initiative", plan.initiatives[at].title.get(lang)),
            RuleKind::InitiativeTags(at) => ("why-kind-hashtags", plan.initiatives[at].title.get(lang)),
            RuleKind::Stakeholder(at) => ("why-kind-stakeholder", plan.stakeholders[at].name.get(lang)),
            RuleKind::Criterion(at) => {
                let criterion = &plan.criteria[at];
                ("why-kind-criterion", criterion.title.as_ref().map_or(&*criterion.id, |title| title.get(lang)))
            }
            RuleKind::Holding(at) => ("why-kind-holding", plan.holdings[at].scenario.get(lang)),
            RuleKind::Contribution(at) => {
                let found = &plan.priority.contributions[at];
                ("why-kind-contribution", found.title.as_ref().map_or(&*found.name, |title| title.get(lang)))
            }
            RuleKind::Floor(at) => ("why-kind-floor", bound(&plan.priority.floors[at], locale)),
            RuleKind::Cap(at) => ("why-kind-cap", bound(&plan.priority.caps[at], locale)),
            RuleKind::Rumour(at) => ("why-kind-rumour", plan.rumours[at].claim.get(lang)),
            RuleKind::Place(at) => ("why-kind-place", plan.places[at].name.get(lang)),
            RuleKind::Protocol(at) => ("why-kind-protocol", plan.protocols[at].title.get(lang)),
            _ => return near.rule.name.to_string(),
        };
        tr!(locale, name, title = title)
    }

    fn initiative(&self, id: &str) -> String {
        let found = self.account.plan.initiatives.by_id(id);
        found.map_or(id.to_owned(), |initiative| initiative.title.get(self.locale.lang()).to_owned())
    }

    fn with_quotes(&self, words: String, spans: &[crate::mention::Span]) -> String {
        if spans.is_empty() { words } else { format!("{words} · {}", self.quotes(spans)) }
    }
}
