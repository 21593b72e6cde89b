//! Whose plan it is, who works with it, and what is about the organization at all.

use crate::plan::{Criterion, CriterionVerdict, Member, Place};

use super::document::{Block, Entry, Fact, Section, Table, Tone, Words};
use super::pen::{self, Pen};

/// The short form of the plan's hash, as screens and lists show it.
const SHORT_HASH: usize = 12;

/// Which plan it is and as of when it is told.
pub(super) fn identity(pen: &Pen<'_>) -> Vec<Fact> {
    let hash = pen.plan.hash.as_str();
    let zone = pen.plan.organization.hours.time_zone.name();
    vec![
        pen.fact("hash", Words::code(hash)),
        pen.fact("hash-short", Words::code(hash.get(..SHORT_HASH).unwrap_or(hash))),
        pen.fact("as-of", pen.moment(pen.now).then(" ").then(Words::plain(format!("({zone})")))),
    ]
}

pub(super) fn sections(pen: &Pen<'_>) -> Vec<Section> {
    let plan = pen.plan;
    let mut organization = vec![Block::Facts(organization(pen))];
    organization.extend(variables(pen));
    vec![
        pen.section("organization", organization),
        pen.section("roster", roster(pen)),
        pen.section(
            "criteria",
            plan.criteria.iter().map(|criterion| Block::Entry(criterion_entry(pen, criterion))).collect(),
        ),
        pen.section("places", plan.places.iter().map(|place| Block::Entry(place_entry(pen, place))).collect()),
    ]
}

fn organization(pen: &Pen<'_>) -> Vec<Fact> {
    let organization = &pen.plan.organization;
    let languages = organization.languages.iter().map(|language| pen.token("language", language.token()));
    let holidays = organization.hours.holidays.iter().map(|day| Pen::day(*day));
    let facts = [
        pen.fact_if("purpose", organization.purpose.as_ref().map(|purpose| pen.said(purpose))),
        Some(pen.fact("languages", Words::joined(languages, ", "))),
        Some(pen.fact("time-zone", Words::plain(organization.hours.time_zone.name()))),
        pen.facts_if("hours", pen.hours(&organization.hours)),
        (!organization.hours.holidays.is_empty()).then(|| pen.fact("holidays", Words::joined(holidays, ", "))),
        pen.codes("accounts", &organization.accounts),
        Some(pen.fact("approve-edited", pen.yes_no(organization.approve_edited))),
    ];
    facts.into_iter().flatten().collect()
}

fn variables(pen: &Pen<'_>) -> Option<Block> {
    let own = &pen.plan.variables;
    let row = |name: &str, value| vec![Words::code(format!("{{{name}}}")), pen.said(value)];
    (!own.is_empty()).then(|| {
        Block::Table(Table {
            columns: vec![pen.word("variable"), pen.word("stands-for")],
            rows: own.iter().map(|(name, variable)| row(name, &variable.value)).collect(),
        })
    })
}

fn roster(pen: &Pen<'_>) -> Vec<Block> {
    if pen.plan.roster.is_empty() {
        return Vec::new();
    }
    let columns = ["name", "role", "backup", "languages", "contact", "hours"].map(|name| pen.word(name)).to_vec();
    let rows = pen.plan.roster.iter().map(|member| member_row(pen, member)).collect();
    vec![Block::Table(Table { columns, rows })]
}

fn member_row(pen: &Pen<'_>, member: &Member) -> Vec<Words> {
    let backup = member.backup.as_ref().map(|id| {
        let name = pen.plan.roster.by_id(id).map_or(&**id, |member| &member.name);
        Words::plain(name)
    });
    let languages = member.languages.iter().map(|language| pen.token("language", language.token()));
    let hours = member.hours.as_ref().map(|hours| Words::joined(pen.hours(hours), "; "));
    vec![
        Words::plain(&member.name),
        Words::plain(&member.role),
        backup.unwrap_or_default(),
        Words::joined(languages, ", "),
        member.contact.as_ref().map(Words::plain).unwrap_or_default(),
        hours.unwrap_or_default(),
    ]
}

fn criterion_entry(pen: &Pen<'_>, criterion: &Criterion) -> Entry {
    let verdict = match criterion.verdict {
        CriterionVerdict::Relevant => pen.mark("relevant", Tone::Good),
        CriterionVerdict::NotRelevant => pen.mark("not-relevant", Tone::Plain),
    };
    let decisive = criterion.decisive.then(|| pen.mark("decisive", Tone::Plain));
    let title = match &criterion.title {
        Some(title) => pen.titled(&criterion.id, title),
        None => Words::code(&*criterion.id),
    };
    Entry {
        anchor: None,
        title,
        marks: [Some(verdict), decisive].into_iter().flatten().collect(),
        blocks: vec![Block::Facts(vec![pen.fact("when", pen::rule_words(&criterion.rule))])],
    }
}

fn place_entry(pen: &Pen<'_>, place: &Place) -> Entry {
    let facts = [pen.rule_if("here-when", Some(&place.rule)), pen.rule_if("elsewhere-when", place.not.as_ref())];
    Entry {
        anchor: Some(pen::anchor(pen::PLACE, &place.id)),
        title: pen.titled(&place.id, &place.name),
        marks: Vec::new(),
        blocks: vec![Block::Facts(facts.into_iter().flatten().collect())],
    }
}
