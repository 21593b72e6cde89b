//! What may be said: message maps, facts, rumours, holding statements, templates.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::mention::Id;
use crate::plan::{
    Approval, ApprovalStatus, Fact, FactState, Holding, Localized, Message, Rumour, RumourStatus, Template, Validity,
};

use super::document::{self, Block, Entry, Mark, Section, Table, Tone, Words};
use super::pen::{self, Pen};

pub(super) fn sections(pen: &Pen<'_>) -> Vec<Section> {
    let plan = pen.plan;
    let rumours = plan.rumours.iter().map(|rumour| Block::Entry(rumour_entry(pen, rumour)));
    let holdings = plan.holdings.iter().map(|holding| Block::Entry(holding_entry(pen, holding)));
    let templates = plan.templates.iter().map(|template| Block::Entry(template_entry(pen, template)));
    vec![
        pen.section("messages", message_maps(pen)),
        pen.section("facts", facts(pen)),
        pen.section("rumours", rumours.collect()),
        pen.section("holdings", holdings.collect()),
        pen.section("templates", templates.collect()),
    ]
}

/// The messages by the initiative they belong to and then by the concern they answer, in the order of the plan.
fn message_maps(pen: &Pen<'_>) -> Vec<Block> {
    let plan = pen.plan;
    let mut by_initiative: BTreeMap<usize, Vec<&Message>> = BTreeMap::new();
    for message in &plan.messages {
        let own = message.initiative.as_ref().and_then(|id| plan.initiatives.position(id));
        let listed = || plan.initiatives.iter().position(|initiative| initiative.messages.contains(&message.id));
        by_initiative.entry(own.or_else(listed).unwrap_or(usize::MAX)).or_default().push(message);
    }
    let map = |(position, messages): (usize, Vec<&Message>)| {
        let title = match plan.initiatives.get(position) {
            Some(initiative) => {
                pen.said(&initiative.title).then(" ").then(pen::reference(pen::INITIATIVE, &initiative.id))
            }
            None => Words::plain(pen.word("any-subject")),
        };
        Block::Entry(Entry { anchor: None, title, marks: Vec::new(), blocks: concerns(pen, &messages) })
    };
    by_initiative.into_iter().map(map).collect()
}

fn concerns(pen: &Pen<'_>, messages: &[&Message]) -> Vec<Block> {
    let mut maps: Vec<(Option<&Localized>, Vec<&Message>)> = Vec::new();
    for message in messages {
        match maps.iter_mut().find(|(concern, _)| *concern == message.concern.as_ref()) {
            Some((_, answers)) => answers.push(message),
            None => maps.push((message.concern.as_ref(), vec![message])),
        }
    }
    let map = |(concern, messages): (Option<&Localized>, Vec<&Message>)| {
        let title = concern.map_or_else(|| Words::plain(pen.word("no-concern")), |concern| pen.said(concern));
        let blocks = messages.into_iter().map(|message| Block::Entry(message_entry(pen, message))).collect();
        Block::Entry(Entry { anchor: None, title, marks: Vec::new(), blocks })
    };
    maps.into_iter().map(map).collect()
}

fn message_entry(pen: &Pen<'_>, message: &Message) -> Entry {
    let supporting = message.facts.iter().filter_map(|id| pen.plan.facts.by_id(id)).map(|fact| {
        let state = Words::mark(state_of_fact(pen, fact));
        pen.said(&fact.statement).then(" ").then(pen::reference(pen::FACT, &fact.id)).then(" ").then(state)
    });
    let audiences = Words::joined(message.audiences.iter().map(Words::plain), ", ");
    let mut facts: Vec<document::Fact> = Vec::new();
    facts.extend(pen.facts_if("supporting-facts", supporting.collect()));
    facts.extend(approval(pen, &message.approval));
    facts.extend((!message.audiences.is_empty()).then(|| pen.fact("audiences", audiences)));
    facts.extend(pen.fact_if("link", message.link.as_ref().map(Words::link)));
    facts.extend(variants(pen, &message.variants));
    facts.extend(pen.rule_if("when", message.rule.as_ref()));
    Entry {
        anchor: Some(pen::anchor(pen::MESSAGE, &message.id)),
        title: Words::code(&*message.id),
        marks: state_of_text(pen, &message.approval),
        blocks: vec![Block::Quote(pen.said(&message.text)), Block::Facts(facts)],
    }
}

/// Who approved a text and when, and its dates.
fn approval(pen: &Pen<'_>, approval: &Approval) -> impl Iterator<Item = document::Fact> {
    let moment = |at: Option<DateTime<Utc>>| at.map(|at| pen.moment(at));
    let (by, at) = (approval.by.as_ref().map(Words::plain), moment(approval.at));
    let approved = by.is_some() || at.is_some();
    let facts = [
        approved.then(|| pen.fact("approved-by", Words::joined(by.into_iter().chain(at), ", "))),
        pen.fact_if("valid-from", moment(approval.valid_from)),
        pen.fact_if("expires", moment(approval.expires_at)),
    ];
    facts.into_iter().flatten()
}

fn variants(pen: &Pen<'_>, variants: &BTreeMap<String, Localized>) -> Option<document::Fact> {
    let variant = |(network, text): (&String, &Localized)| Words::code(network).then(" ").then(pen.said(text));
    pen.facts_if("variants", variants.iter().map(variant).collect())
}

/// What became of a text that must be approved, and whether it is in date.
fn state_of_text(pen: &Pen<'_>, approval: &Approval) -> Vec<Mark> {
    let (tone, token) = match approval.status {
        ApprovalStatus::Approved => (Tone::Good, "approved"),
        ApprovalStatus::Draft => (Tone::Bad, "draft"),
        ApprovalStatus::Retired => (Tone::Plain, "retired"),
    };
    let status = Mark::new(pen.locale.word("plan-message", token), tone);
    let date = match approval.validity(pen.now) {
        Validity::InDate => None,
        Validity::NotYet(_) => Some("not-yet"),
        Validity::Expired(_) => Some("over"),
    };
    let date = date.map(|token| Mark::new(pen.locale.word("plan-message", token), Tone::Bad));
    std::iter::once(status).chain(date).collect()
}

fn state_of_fact(pen: &Pen<'_>, fact: &Fact) -> Mark {
    match fact.state(pen.now) {
        FactState::Verified => pen.mark("verified", Tone::Good),
        FactState::Unverified => pen.mark("unverified", Tone::Bad),
        FactState::Expired(_) => pen.mark("stale", Tone::Bad),
    }
}

fn facts(pen: &Pen<'_>) -> Vec<Block> {
    let entry = |fact: &Fact| {
        let facts = [
            pen.text_if("owner", fact.owner.as_ref()),
            pen.fact_if("verified-at", fact.verified_at.map(Pen::day)),
            pen.fact_if("expires", fact.expires_at.map(|at| pen.moment(at))),
            pen.fact_if("source-url", fact.source_url.as_ref().map(Words::link)),
        ];
        Block::Entry(Entry {
            anchor: Some(pen::anchor(pen::FACT, &fact.id)),
            title: Words::code(&*fact.id),
            marks: vec![state_of_fact(pen, fact)],
            blocks: vec![Block::Quote(pen.said(&fact.statement)), Block::Facts(facts.into_iter().flatten().collect())],
        })
    };
    pen.plan.facts.iter().map(entry).collect()
}

fn rumour_entry(pen: &Pen<'_>, rumour: &Rumour) -> Entry {
    let tone = match rumour.status {
        RumourStatus::Unverified | RumourStatus::False | RumourStatus::Misleading => Tone::Bad,
        RumourStatus::True | RumourStatus::Resolved => Tone::Plain,
    };
    let facts = [
        pen.references("settled-by", pen::FACT, rumour.fact.as_slice()),
        pen.references("about", pen::INITIATIVE, rumour.initiative.as_slice()),
        pen.text_if("approved-by", rumour.approved_by.as_ref()),
        pen.fact_if("opened", rumour.opened.map(Pen::day)),
        pen.fact_if("closed", rumour.closed.map(Pen::day)),
        pen.fact_if("public-page", rumour.public_url.as_ref().map(Words::link)),
        pen.rule_if("when", Some(&rumour.rule)),
    ];
    let line = rumour.line.as_ref().map(|line| Block::Quote(pen.said(line)));
    Entry {
        anchor: Some(pen::anchor(pen::RUMOUR, &rumour.id)),
        title: pen.titled(&rumour.id, &rumour.claim),
        marks: vec![Mark::new(pen.locale.word("plan-page-rumour", rumour.status.as_ref()), tone)],
        blocks: line.into_iter().chain([Block::Facts(facts.into_iter().flatten().collect())]).collect(),
    }
}

fn holding_entry(pen: &Pen<'_>, holding: &Holding) -> Entry {
    let next = holding.next_update_minutes.map(|minutes| pen.period(crate::plan::Period::Minutes(minutes), false));
    let facts = [
        Some(pen.fact("severity", Words::plain(holding.severity.to_string()))),
        pen.text_if("approver", holding.approver.as_ref()),
        pen.fact_if("next-update", next),
        only_for(pen, &holding.initiatives),
        pen.rule_if("when", holding.rule.as_ref()),
    ];
    Entry {
        anchor: Some(pen::anchor(pen::HOLDING, &holding.id)),
        title: pen.titled(&holding.id, &holding.scenario),
        marks: Vec::new(),
        blocks: vec![Block::Quote(pen.said(&holding.text)), Block::Facts(facts.into_iter().flatten().collect())],
    }
}

fn only_for(pen: &Pen<'_>, initiatives: &[Id]) -> Option<document::Fact> {
    pen.references("only-for", pen::INITIATIVE, initiatives)
}

fn template_entry(pen: &Pen<'_>, template: &Template) -> Entry {
    let dispositions = template.dispositions.iter().map(|disposition| pen.token("disposition", disposition.token()));
    let facts = [
        only_for(pen, &template.initiatives),
        pen.facts_if("goes-with", dispositions.collect()),
        pen.fact_if("link", template.link.as_ref().map(Words::link)),
        variants(pen, &template.variants),
        pen.rule_if("offered-when", template.rule.as_ref()),
    ];
    let facts = approval(pen, &template.approval).chain(facts.into_iter().flatten());
    Entry {
        anchor: Some(pen::anchor(pen::TEMPLATE, &template.id)),
        title: pen.titled(&template.id, &template.title),
        marks: state_of_text(pen, &template.approval),
        blocks: vec![Block::Quote(pen.said(&template.text)), Block::Facts(facts.collect())],
    }
}

/// Rows under column names given as words of the page; nothing where there are no rows.
pub(super) fn table(pen: &Pen<'_>, columns: &[&str], rows: Vec<Vec<Words>>) -> Option<Block> {
    (!rows.is_empty())
        .then(|| Block::Table(Table { columns: columns.iter().map(|name| pen.word(name)).collect(), rows }))
}
