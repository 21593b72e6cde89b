//! Every text people read is there in every language the organization answers in.

use crate::mention::Id;
use crate::plan::Plan;
use crate::plan::at::At;
use crate::plan::check::Findings;
use crate::plan::finding::FindingKind;
use crate::plan::localized::Localized;
use crate::plan::problem::TableKind;

/// Texts with their keys.
type Keyed<'t> = (&'static str, Option<&'t Localized>);

/// Reports each text that is missing in a language.
pub(in crate::plan::check) fn languages(plan: &Plan, findings: &mut Findings<'_>) {
    let mut texts = Texts { plan, findings };
    texts.organization();
    texts.subjects();
    texts.answers();
    texts.safety_and_records();
    texts.rules_and_tiers();
}

struct Texts<'a, 'p> {
    plan: &'a Plan,
    findings: &'a mut Findings<'p>,
}

impl Texts<'_, '_> {
    fn check<'t>(&mut self, table: &'static str, id: &Id, at: &At, texts: impl IntoIterator<Item = Keyed<'t>>) {
        for (key, text) in texts {
            let Some(text) = text else { continue };
            for language in &self.plan.organization.languages {
                if text.exact(*language).is_none() {
                    let (id, language) = (id.clone(), *language);
                    let kind = FindingKind::MissingLanguage { table, id, key, language };
                    self.findings.add_at_key(at, key, kind);
                }
            }
        }
    }

    fn organization(&mut self) {
        let organization = &self.plan.organization;
        let keys = [("name", Some(&organization.name)), ("purpose", organization.purpose.as_ref())];
        self.check("[organization]", &"".into(), &organization.at, keys);
        for (_, variable) in self.plan.variables.iter() {
            self.check("[variables]", &"variables".into(), &variable.at, [("variables", Some(&variable.value))]);
        }
    }

    fn subjects(&mut self) {
        for item in &self.plan.criteria {
            self.check(TableKind::Criterion.header(), &item.id, &item.at, [("title", item.title.as_ref())]);
        }
        for item in &self.plan.initiatives {
            self.check(TableKind::Initiative.header(), &item.id, &item.at, [("title", Some(&item.title))]);
        }
        for item in &self.plan.stakeholders {
            let head = TableKind::Stakeholder.header();
            self.check(head, &item.id, &item.at, [("name", Some(&item.name))]);
            self.check(head, &item.id, &item.at, all("expectations", &item.expectations));
            self.check(head, &item.id, &item.at, all("concerns", &item.concerns));
            self.check(head, &item.id, &item.at, all("needs", &item.needs));
            self.check(head, &item.id, &item.at, all("sensitivities", &item.sensitivities));
            self.check(head, &item.id, &item.at, all("preferred_channels", &item.preferred_channels));
        }
        for item in &self.plan.places {
            self.check(TableKind::Place.header(), &item.id, &item.at, [("name", Some(&item.name))]);
        }
    }

    fn answers(&mut self) {
        for item in &self.plan.messages {
            let keys = [("text", Some(&item.text)), ("concern", item.concern.as_ref())];
            self.check(TableKind::Message.header(), &item.id, &item.at, keys);
            self.check(TableKind::Message.header(), &item.id, &item.at, all("variants", item.variants.values()));
        }
        for item in &self.plan.facts {
            self.check(TableKind::Fact.header(), &item.id, &item.at, [("statement", Some(&item.statement))]);
        }
        for item in &self.plan.holdings {
            let keys = [("scenario", Some(&item.scenario)), ("text", Some(&item.text))];
            self.check(TableKind::Holding.header(), &item.id, &item.at, keys);
        }
        for item in &self.plan.templates {
            let keys = [("title", Some(&item.title)), ("text", Some(&item.text))];
            self.check(TableKind::Template.header(), &item.id, &item.at, keys);
            self.check(TableKind::Template.header(), &item.id, &item.at, all("variants", item.variants.values()));
        }
        for item in &self.plan.rumours {
            let keys = [("claim", Some(&item.claim)), ("line", item.line.as_ref())];
            self.check(TableKind::Rumour.header(), &item.id, &item.at, keys);
        }
    }

    fn safety_and_records(&mut self) {
        for item in &self.plan.clauses {
            let keys = [("title", Some(&item.title)), ("text", Some(&item.text))];
            self.check(TableKind::Clause.header(), &item.id, &item.at, keys);
        }
        for item in &self.plan.protocols {
            let head = TableKind::Protocol.header();
            self.check(head, &item.id, &item.at, [("title", Some(&item.title))]);
            self.check(head, &item.id, &item.at, all("steps", &item.steps));
        }
        for item in &self.plan.elections {
            let keys = [("title", Some(&item.title)), ("note", item.note.as_ref())];
            self.check(TableKind::ElectionPeriod.header(), &item.id, &item.at, keys);
        }
        for item in &self.plan.records {
            let keys = [
                ("title", Some(&item.title)),
                ("trigger", item.trigger.as_ref()),
                ("disposal", item.disposal.as_ref()),
            ];
            self.check(TableKind::RecordsSeries.header(), &item.id, &item.at, keys);
        }
    }

    fn rules_and_tiers(&mut self) {
        let priority = &self.plan.priority;
        for item in &priority.contributions {
            self.check(TableKind::Contribution.header(), &item.name, &item.at, [("title", item.title.as_ref())]);
        }
        for item in &priority.floors {
            self.check(TableKind::Floor.header(), &item.name, &item.at, [("title", item.title.as_ref())]);
        }
        for item in &priority.caps {
            self.check(TableKind::Cap.header(), &item.name, &item.at, [("title", item.title.as_ref())]);
        }
        for item in &self.plan.road_map.steps {
            self.check(TableKind::Step.header(), &item.id, &item.at, [("question", Some(&item.question))]);
        }
        for item in &self.plan.road_map.outcomes {
            self.check(TableKind::Outcome.header(), &item.id, &item.at, [("title", Some(&item.title))]);
        }
        for item in &self.plan.tiers {
            let keys = [("title", Some(&item.title)), ("trigger", item.trigger.as_ref())];
            self.check(TableKind::Tier.header(), &item.level.to_string().into(), &item.at, keys);
        }
    }
}

/// Each text of a list under the list's key.
fn all<'t>(key: &'static str, texts: impl IntoIterator<Item = &'t Localized>) -> impl Iterator<Item = Keyed<'t>> {
    texts.into_iter().map(move |text| (key, Some(text)))
}
