//! What shows that the plan is right: its examples, what the check found, what was accepted and why.

use strum::IntoEnumIterator;

use crate::mention::Author;
use crate::plan::{self, Allow, Expectation, Finding, Part, TrialCase, wording};

use super::answers::table;
use super::document::{Block, Entry, Fact, Section, Words};
use super::pen::Pen;

pub(super) fn sections(pen: &Pen<'_>) -> Vec<Section> {
    let plan = pen.plan;
    let tests = plan.tests.iter().enumerate().map(|(index, test)| Block::Entry(test_entry(pen, index, test)));
    vec![
        pen.section("tests", tests.collect()),
        pen.section("findings", findings(pen)),
        pen.section("allows", allows(pen)),
    ]
}

fn test_entry(pen: &Pen<'_>, index: usize, test: &TrialCase) -> Entry {
    let mut facts: Vec<Fact> = Vec::new();
    facts.extend(pen.fact_if("author", author(&test.author)));
    facts.extend(pen.text_if("network", test.network.as_ref()));
    facts.extend(pen.fact_if("posted", test.posted_at.map(|at| pen.moment(at))));
    facts.extend(pen.facts_if("expected", expected(pen, &test.expect)));
    facts.extend(pen.facts_if("unexpected", expected(pen, &test.unexpected)));
    let number = crate::tr!(pen.locale, "plan-page-example", number = index + 1);
    Entry {
        anchor: None,
        title: Words::plain(number).then(" ").then(Words::code(test.at.to_string())),
        marks: Vec::new(),
        blocks: vec![Block::Quote(Words::plain(&test.text)), Block::Facts(facts)],
    }
}

fn author(author: &Author) -> Option<Words> {
    let handle = author.handle.as_ref().map(|handle| Words::code(format!("@{handle}")));
    let name = author.name.as_ref().map(Words::plain);
    (handle.is_some() || name.is_some()).then(|| Words::joined(name.into_iter().chain(handle), " "))
}

/// What is asked, a line for each part of the assessment.
fn expected(pen: &Pen<'_>, expectation: &Expectation) -> Vec<Words> {
    let asked = |part: Part| {
        let ids = expectation.of(part)?;
        let name = pen.locale.word("plan-page-part", part.token());
        let only = if expectation.only && part.is_list() { pen.word("nothing-else") } else { String::new() };
        let values = if ids.is_empty() {
            Words::plain(pen.word("nothing"))
        } else {
            Words::joined(ids.iter().map(|id| Words::code(&**id)), ", ")
        };
        let label = crate::tr!(pen.locale, "plan-page-label", label = name);
        Some(Words::plain(label).then(" ").then(values).then(only.as_str()))
    };
    Part::iter().filter_map(asked).collect()
}

fn findings(pen: &Pen<'_>) -> Vec<Block> {
    let row = |finding: &Finding| {
        let sentence = wording::finding(&finding.kind, pen.locale);
        vec![Words::code(finding.kind.code()), Words::plain(sentence), Words::code(finding.at.to_string())]
    };
    let found = plan::check(pen.plan, pen.now);
    // What the plan accepts stands in a part of its own.
    let open = found.iter().filter(|finding| finding.allowed.is_none());
    match table(pen, &["code", "finding", "at"], open.map(row).collect()) {
        Some(table) => vec![table],
        None => vec![Block::Facts(vec![pen.fact("finding", Words::plain(pen.word("nothing-found")))])],
    }
}

fn allows(pen: &Pen<'_>) -> Vec<Block> {
    let row = |allow: &Allow| {
        let about = allow.id.as_ref().map(|id| Words::code(&**id)).unwrap_or_default();
        vec![Words::code(&allow.code), about, Words::plain(&allow.reason), Words::code(allow.at.to_string())]
    };
    let rows = pen.plan.allows.iter().map(row).collect();
    table(pen, &["code", "about", "reason", "at"], rows).into_iter().collect()
}
