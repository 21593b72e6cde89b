//! What the text brings up, as the plan knows it: rumours it repeats, places it speaks of, clauses it may fall under.

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::super::veil;
use super::{Subject, facts, heading};
use crate::locale::Locale;
use crate::mention;
use crate::pipeline::PlaceHit;
use crate::plan::{Clause, Rumour, RumourStatus, variables};
use crate::text::width;
use crate::tr;
use crate::tui::theme::Meaning;

/// Each rumour: the claim and what is known of it, the line to answer with, the fact it rests on, where it is answered.
pub(super) fn rumours<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let hits = &subject.case.assessed.assessment.rumours;
    if !hits.is_empty() {
        heading(sheet, &context.text("view-rumours"), "", context);
    }
    for rumour in hits.iter().filter_map(|hit| context.plan.rumours.by_id(&hit.id)) {
        one_rumour(sheet, rumour, context);
    }
}

fn one_rumour<'a>(sheet: &mut Sheet<'a>, rumour: &'a Rumour, context: &Context<'a>) {
    let (sign, meaning) = match rumour.status {
        RumourStatus::Unverified => ("◌", Meaning::Warning),
        RumourStatus::False => ("✗", Meaning::Error),
        RumourStatus::Misleading => ("‼", Meaning::Warning),
        RumourStatus::True => ("✓", Meaning::Good),
        RumourStatus::Resolved => ("·", Meaning::Muted),
    };
    let status = context.locale.word("rumour-status", rumour.status.as_ref());
    let label = Span::styled(format!("{sign} {status} "), context.style(meaning));
    let indent = width::width(&label.content);
    sheet.item(label, rumour.claim.get(context.lang()), indent, context.style(Meaning::Title));
    if let Some(line) = &rumour.line {
        let arrow = Span::styled("  → ", context.style(Meaning::Focus));
        sheet.owned_item(arrow, &filled(line.get(context.lang()), rumour, context), 4, context.style(Meaning::Text));
    }
    if let Some(fact) = rumour.fact.as_ref().and_then(|id| context.plan.facts.by_id(id)) {
        facts::write(sheet, fact, 2, context);
    }
    if let Some(url) = &rumour.public_url {
        sheet.item(Span::raw(""), url, 2, context.style(Meaning::Link));
    }
}

/// The line with the plan's own words and the rumour's page in its blanks; as it stands where another blank is in it.
fn filled(line: &str, rumour: &Rumour, context: &Context<'_>) -> String {
    let value = |name: &str| match name {
        "link" => rumour.public_url.clone(),
        name => context.plan.variables.get(name).map(|value| value.get(context.lang()).to_owned()),
    };
    variables::fill(line, value).unwrap_or_else(|_| line.to_owned())
}

/// The places, here or elsewhere, with the words that said so.
pub(super) fn places<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let assessed = &subject.case.assessed;
    if !assessed.assessment.places.is_empty() {
        heading(sheet, &context.text("view-places"), "", context);
    }
    for place in &assessed.assessment.places {
        let name =
            context.plan.places.by_id(&place.hit.id).map_or(&*place.hit.id, |known| known.name.get(context.lang()));
        let (sign, meaning) = if place.is_here() { ("●", Meaning::Good) } else { ("○", Meaning::Warning) };
        let words = format!("{name} · {}", whereabouts(place, &assessed.mention.text, context));
        let words = veil::cover_phrases(&words, &context.covered_phrases(assessed)).into_owned();
        sheet.owned_item(
            Span::styled(format!("{sign} "), context.style(meaning)),
            &words,
            2,
            context.style(Meaning::Text),
        );
    }
}

fn whereabouts(place: &PlaceHit, text: &str, context: &Context<'_>) -> String {
    let (name, hit) = match &place.elsewhere {
        None => ("view-place-here", &place.hit),
        Some(elsewhere) => ("view-place-elsewhere", elsewhere),
    };
    let place = context.text(name);
    match quoted(&hit.spans, text, context.locale) {
        // What matched was not the text: the rule's name says it.
        None => format!("{place} · {} {}", hit.rule, hit.at),
        Some(words) => tr!(context.locale, "view-place-words", place = place, words = words),
    }
}

/// The words of the text at these spans; none where there are none, or where they are stale.
fn quoted(spans: &[mention::Span], text: &str, locale: &Locale) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for span in spans.iter().filter_map(|span| text.get(span.clone())) {
        let quote = tr!(locale, "trial-quote", words = span.split_whitespace().collect::<Vec<_>>().join(" "));
        if !words.contains(&quote) {
            words.push(quote);
        }
    }
    (!words.is_empty()).then(|| words.join(", "))
}

/// The clauses it may fall under: a person decides, the program never does.
pub(super) fn clauses<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let hits = &subject.case.assessed.assessment.clauses;
    if !hits.is_empty() {
        heading(sheet, &context.text("view-clauses"), &context.text("view-clauses-remark"), context);
    }
    for clause in hits.iter().filter_map(|hit| context.plan.clauses.by_id(&hit.id)) {
        one_clause(sheet, clause, context);
    }
}

fn one_clause<'a>(sheet: &mut Sheet<'a>, clause: &'a Clause, context: &Context<'a>) {
    let label = Span::styled(format!("{} ", clause.id), context.style(Meaning::Warning));
    let indent = width::width(&label.content);
    sheet.item(label, clause.title.get(context.lang()), indent, context.style(Meaning::Title));
    sheet.item(Span::raw(""), clause.text.get(context.lang()), indent, context.style(Meaning::Text));
    if let Some(link) = &clause.link {
        sheet.item(Span::raw(""), link, indent, context.style(Meaning::Link));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn each_word_is_quoted_once_and_a_stale_span_not_at_all() {
        let text = "Springfield, Illinois; Illinois é";
        let quoted = |spans: &[mention::Span], lang| quoted(spans, text, &Locale::new(lang));
        assert_eq!(quoted(&[13..21, 23..31], Lang::En).as_deref(), Some("“Illinois”"));
        assert_eq!(quoted(&[0..11, 13..21], Lang::Fr).as_deref(), Some("« Springfield », « Illinois »"));
        assert_eq!(quoted(&[30..99, 33..34], Lang::En), None);
    }
}
