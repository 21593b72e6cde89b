//! Whom to call and which duties bind: escalation, protocols, moderation clauses, elections, records.

use crate::mention::Disposition;
use crate::plan::{Clause, Contact, ElectionPeriod, Protocol, RecordsSeries, Retention, Tier};
use crate::tr;

use super::answers::table;
use super::document::{Block, Entry, Mark, Section, Tone, Words};
use super::pen::{self, Pen};

pub(super) fn sections(pen: &Pen<'_>) -> Vec<Section> {
    let plan = pen.plan;
    let tiers = plan.tiers.iter().map(|tier| Block::Entry(tier_entry(pen, tier)));
    let protocols = plan.protocols.iter().map(|protocol| Block::Entry(protocol_entry(pen, protocol)));
    let clauses = plan.clauses.iter().map(|clause| Block::Entry(clause_entry(pen, clause)));
    let elections = plan.elections.iter().map(|election| Block::Entry(election_entry(pen, election)));
    vec![
        pen.section("escalation", tiers.collect()),
        pen.section("protocols", protocols.collect()),
        pen.section("clauses", clauses.collect()),
        pen.section("elections", elections.collect()),
        pen.section("records", records(pen)),
    ]
}

fn tier_entry(pen: &Pen<'_>, tier: &Tier) -> Entry {
    let facts = [
        pen.fact_if("trigger", tier.trigger.as_ref().map(|trigger| pen.said(trigger))),
        pen.text_if("role", tier.role.as_ref()),
        pen.text_if("name", tier.name.as_ref()),
        pen.text_if("backup", tier.backup.as_ref()),
        pen.text_if("channel", tier.channel.as_ref()),
        pen.text_if("out-of-hours", tier.out_of_hours.as_ref()),
        pen.fact_if("acknowledge-within", tier.acknowledge_within.map(|period| pen.period(period, false))),
        pen.rule_if("suggested-when", tier.rule.as_ref()),
    ];
    Entry {
        anchor: None,
        title: Words::plain(format!("{} · ", tier.level)).then(pen.said(&tier.title)),
        marks: Vec::new(),
        blocks: vec![Block::Facts(facts.into_iter().flatten().collect())],
    }
}

fn protocol_entry(pen: &Pen<'_>, protocol: &Protocol) -> Entry {
    let facts = [
        Some(pen.fact("kind", pen.token("plan-page-protocol", protocol.kind.as_ref()))),
        Some(pen.fact("capture-first", pen.yes_no(protocol.capture_first))),
        Some(pen.fact("suspends-replies", pen.yes_no(protocol.suspends_replies))),
        pen.rule_if("when", protocol.rule.as_ref()),
    ];
    let contacts: Vec<Vec<Words>> = protocol.contacts.iter().map(contact_row).collect();
    let mut blocks = vec![Block::Steps(protocol.steps.iter().map(|step| pen.said(step)).collect())];
    blocks.extend(table(pen, &["role", "name", "phone", "channel"], contacts));
    blocks.push(Block::Facts(facts.into_iter().flatten().collect()));
    let level = format!("{} {}", pen.word("at-least"), protocol.level.token());
    Entry {
        anchor: Some(pen::anchor(pen::PROTOCOL, &protocol.id)),
        title: pen.titled(&protocol.id, &protocol.title),
        marks: vec![Mark::new(level, Tone::Bad)],
        blocks,
    }
}

fn contact_row(contact: &Contact) -> Vec<Words> {
    let cell = |text: &Option<String>| text.as_ref().map(Words::plain).unwrap_or_default();
    vec![Words::plain(&contact.role), cell(&contact.name), cell(&contact.phone), cell(&contact.channel)]
}

fn clause_entry(pen: &Pen<'_>, clause: &Clause) -> Entry {
    let facts = [
        pen.fact_if("public-page", clause.link.as_ref().map(Words::link)),
        pen.rule_if("may-fall-under", clause.rule.as_ref()),
    ];
    Entry {
        anchor: None,
        title: pen.titled(&clause.id, &clause.title),
        marks: Vec::new(),
        blocks: vec![Block::Quote(pen.said(&clause.text)), Block::Facts(facts.into_iter().flatten().collect())],
    }
}

fn election_entry(pen: &Pen<'_>, election: &ElectionPeriod) -> Entry {
    let today = pen.plan.organization.hours.local_day(pen.now);
    let plan = pen.plan;
    // What is allowed is a message, a template or a holding statement; each has its own entry.
    let allowed = election.allowed.iter().map(|id| {
        let kind = if plan.messages.by_id(id).is_some() {
            pen::MESSAGE
        } else if plan.templates.by_id(id).is_some() {
            pen::TEMPLATE
        } else {
            pen::HOLDING
        };
        pen::reference(kind, id)
    });
    let all = || Words::plain(pen.word("all-texts"));
    let allowed = if election.allowed.is_empty() { all() } else { Words::joined(allowed, ", ") };
    let facts = [
        Some(pen.fact("start", Pen::day(election.start))),
        Some(pen.fact("end", Pen::day(election.end))),
        pen.codes("candidates", &election.candidates),
        Some(pen.fact("allowed-texts", allowed)),
        pen.fact_if("note", election.note.as_ref().map(|note| pen.said(note))),
    ];
    Entry {
        anchor: None,
        title: pen.titled(&election.id, &election.title),
        marks: election.contains(today).then(|| pen.mark("under-way", Tone::Bad)).into_iter().collect(),
        blocks: vec![Block::Facts(facts.into_iter().flatten().collect())],
    }
}

fn records(pen: &Pen<'_>) -> Vec<Block> {
    let row = |series: &RecordsSeries| {
        let decision = |disposition: &Disposition| pen.token("disposition", disposition.token());
        let decisions = Words::joined(series.dispositions.iter().map(decision), ", ");
        let decisions = if series.dispositions.is_empty() { Words::plain(pen.word("all-others")) } else { decisions };
        let said = |text: &Option<crate::plan::Localized>| text.as_ref().map(|text| pen.said(text)).unwrap_or_default();
        vec![
            pen.titled(&series.id, &series.title),
            decisions,
            retention(pen, series.keep),
            said(&series.trigger),
            said(&series.disposal),
            series.authority.as_ref().map(Words::plain).unwrap_or_default(),
        ]
    };
    let rows = pen.plan.records.iter().map(row).collect();
    table(pen, &["series", "decisions", "kept", "counts-from", "disposal", "authority"], rows).into_iter().collect()
}

fn retention(pen: &Pen<'_>, keep: Retention) -> Words {
    Words::plain(match keep {
        Retention::Days(days) => tr!(pen.locale, "plan-page-days-long", count = days),
        Retention::Years(years) => tr!(pen.locale, "plan-page-years-long", count = years),
        Retention::Permanent => pen.word("permanent"),
    })
}
