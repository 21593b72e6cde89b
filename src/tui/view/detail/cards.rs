//! What the plan holds about this mention's subjects and its groups.

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::{Subject, heading};
use crate::locale::Lang;
use crate::pipeline::Hit;
use crate::plan::{Localized, Stakeholder};
use crate::tr;
use crate::tui::theme::Meaning;

pub(super) fn initiatives<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let assessment = &subject.case.assessed.assessment;
    if !assessment.initiatives.is_empty() || !assessment.relevance.is_empty() {
        let name = if assessment.initiatives.is_empty() { "view-relevance" } else { "view-initiatives" };
        heading(sheet, &context.text(name), "", context);
    }
    for hit in &assessment.initiatives {
        let Some(initiative) = context.plan.initiatives.by_id(&hit.id) else {
            named(sheet, &hit.id, hit, context);
            continue;
        };
        sheet.item(
            Span::styled("● ", context.style(Meaning::Normal)),
            initiative.title.get(context.lang()),
            2,
            context.style(Meaning::Title),
        );
        let mut facts = vec![context.locale.word("posture", initiative.posture.token())];
        facts.extend(initiative.owner.clone());
        if let Some(who) = &initiative.spokesperson {
            facts.push(tr!(context.locale, "view-spokesperson", who = who));
        }
        facts.push(format!("{} {}", hit.rule, hit.at));
        sheet.owned_item(Span::raw("  "), &facts.join(" · "), 2, context.style(Meaning::Muted));
    }
    for hit in &assessment.relevance {
        let criterion = context.plan.criteria.by_id(&hit.id).and_then(|criterion| criterion.title.as_ref());
        named(sheet, criterion.map_or(&*hit.id, |title| title.get(context.lang())), hit, context);
    }
}

/// A rule with nothing more to say about it: a criterion, or something that only an older plan had.
fn named(sheet: &mut Sheet<'_>, name: &str, hit: &Hit, context: &Context<'_>) {
    let words = format!("{name} · {} {}", hit.rule, hit.at);
    sheet.owned_item(Span::styled("· ", context.style(Meaning::Muted)), &words, 2, context.style(Meaning::Muted));
}

pub(super) fn stakeholders<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    for hit in &subject.case.assessed.assessment.stakeholders {
        match context.plan.stakeholders.by_id(&hit.id) {
            Some(group) => card(sheet, group, hit, context),
            None => named(sheet, &hit.id, hit, context),
        }
    }
}

fn card<'a>(sheet: &mut Sheet<'a>, group: &'a Stakeholder, hit: &Hit, context: &Context<'a>) {
    let kind = context.locale.word("stakeholder", group.kind.token());
    let name = group.name.get(context.lang());
    let title = if kind.eq_ignore_ascii_case(name) { name.to_owned() } else { format!("{name} · {kind}") };
    heading(sheet, &title, &hit.at.to_string(), context);
    let lists: [(&str, &'a [Localized], Meaning); 5] = [
        ("view-expectations", &group.expectations, Meaning::Text),
        ("view-concerns", &group.concerns, Meaning::Text),
        ("view-needs", &group.needs, Meaning::Text),
        ("view-sensitivities", &group.sensitivities, Meaning::Warning),
        ("view-channels", &group.preferred_channels, Meaning::Muted),
    ];
    let labels: Vec<String> = lists.iter().map(|(name, ..)| context.text(name)).collect();
    let indent = labels.iter().map(|label| crate::text::width::width(label)).max().unwrap_or(0) + 1;
    for ((_, items, meaning), label) in lists.into_iter().zip(labels) {
        list(sheet, label, items, indent, meaning, context);
    }
}

/// One list of a card: its label beside the first item, every item from the same column on.
fn list<'a>(
    sheet: &mut Sheet<'a>,
    label: String,
    items: &'a [Localized],
    indent: usize,
    meaning: Meaning,
    context: &Context<'a>,
) {
    let lang: Lang = context.lang();
    let mut label = Some(label);
    for item in items {
        let label = label.take().unwrap_or_default();
        sheet.item(Span::styled(label, context.style(Meaning::Muted)), item.get(lang), indent, context.style(meaning));
    }
}
