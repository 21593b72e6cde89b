//! Why the mention has its priority: points with their rules, the sum, floor and cap; then the way through the road map.

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::super::{hint, words};
use super::{Subject, heading};
use crate::mention::{Disposition, Id};
use crate::plan::{At, Retention};
use crate::text::width;
use crate::tr;
use crate::trial::account::wording;
use crate::tui::command::{Command, Layer};
use crate::tui::theme::Meaning;

pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    way(sheet, subject, context);
    points(sheet, subject, context);
}

/// The outcome a person chose, else the one the road map suggests.
fn outcome<'a>(subject: &Subject<'a>) -> Option<&'a Id> {
    let chosen = subject.state.overridden().map(|chosen| &chosen.outcome);
    chosen.or(subject.case.assessed.assessment.suggested.as_ref())
}

/// What the plan says to do, in one line: it stands before the reply, since not everything is to be answered.
pub(super) fn advice<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let Some(id) = outcome(subject).filter(|_| subject.state.status_at(context.now).is_open()) else { return };
    let known = context.plan.road_map.outcomes.by_id(id);
    let title = known.map_or(&**id, |outcome| outcome.title.get(context.lang()));
    let alarm = known.is_some_and(|outcome| {
        matches!(outcome.disposition, Disposition::EmergencyServicesNotified | Disposition::EscalatedClosed)
    });
    let meaning = if alarm { Meaning::Urgent } else { Meaning::Title };
    sheet.push(vec![Span::styled("→ ", context.style(Meaning::Focus)), Span::styled(title, context.style(meaning))]);
    if subject.state.overridden().is_none() {
        questions(sheet, subject, context);
    }
}

/// The questions on the way that the plan leaves to a person, each on one line, with what it assumes meanwhile and the
/// key to answer; the first one only where there is little room.
fn questions<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let path = &subject.case.assessed.assessment.path;
    let walk = context.plan.road_map.walk(|step| path.contains(&step.id));
    let key = hint::of(Command::CaseWalk, &[Layer::Case], context).map(|hint| format!(" [{}]", hint.keys()));
    let open = walk.steps.into_iter().filter(|(step, _)| step.rule.is_none());
    for (step, yes) in open.take(if subject.roomy { usize::MAX } else { 1 }) {
        let mut assumed = context.text(if yes { "view-way-assumed-yes" } else { "view-way-assumed-no" });
        assumed.push_str(key.as_deref().unwrap_or_default());
        let room = sheet.columns().saturating_sub(width::width(&assumed) + 3);
        let (question, _) = width::truncate(step.question.get(context.lang()), room.max(8));
        sheet.push(vec![
            Span::styled("? ", context.style(Meaning::Warning)),
            Span::styled(question.into_owned(), context.style(Meaning::Muted)),
            Span::styled(format!(" {assumed}"), context.style(Meaning::Warning)),
        ]);
    }
}

/// The way through the road map: the steps that were answered yes, and what would be recorded at its end.
fn way<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let Some(id) = outcome(subject) else { return };
    heading(sheet, &context.text("view-way"), "", context);
    let chosen = subject.state.overridden();
    let path = chosen.map_or(&subject.case.assessed.assessment.path, |chosen| &chosen.path);
    let muted = context.style(Meaning::Muted);
    let mut steps: Vec<Span<'a>> = path.iter().map(|step| Span::styled(&**step, muted)).collect();
    steps.push(Span::styled(&**id, context.style(Meaning::Text)));
    if let Some(known) = context.plan.road_map.outcomes.by_id(id) {
        let mut words = context.locale.word("disposition", known.disposition.token());
        if let Some(reason) = known.reason {
            words.push_str(" · ");
            words.push_str(&context.locale.word("reason", reason.token()));
        }
        steps.push(Span::styled(words, context.style(Meaning::Text)));
    }
    let decided = subject.state.disposition();
    let disposition = decided.or_else(|| context.plan.road_map.outcomes.by_id(id).map(|known| known.disposition));
    sheet.flow(steps, " › ", context.style(Meaning::Border));
    if let Some(chosen) = chosen {
        let mut words = tr!(context.locale, "view-way-by", who = &*chosen.by);
        if !chosen.answers.is_empty() {
            words = format!("{words} · {}", words::answers(&chosen.answers, context));
        }
        sheet.owned_item(Span::styled("✓ ", context.style(Meaning::Good)), &words, 2, context.style(Meaning::Text));
        if let Some(why) = &chosen.why {
            let words = tr!(context.locale, "view-overridden", why = why);
            let sign = Span::styled("‼ ", context.style(Meaning::Warning));
            sheet.owned_item(sign, &words, 2, context.style(Meaning::Text));
        }
    }
    if let Some(series) = disposition.and_then(|disposition| context.plan.series_of(disposition)) {
        let (code, title, keep) = (&*series.id, series.title.get(context.lang()), kept(series.keep, context));
        let words = tr!(context.locale, "view-series", series = code, title = title, keep = keep);
        sheet.owned_item(Span::raw(""), &words, 2, muted);
    }
}

/// How long the records of a series are kept.
fn kept(keep: Retention, context: &Context<'_>) -> String {
    match keep {
        Retention::Years(years) => tr!(context.locale, "view-kept-years", count = years),
        Retention::Days(days) => tr!(context.locale, "view-kept-days", count = days),
        Retention::Permanent => context.text("view-kept-permanent"),
    }
}

/// The table of points.
fn points<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let priority = &subject.case.assessed.assessment.priority;
    let title = tr!(context.locale, "view-why", level = priority.level.token());
    let score = tr!(context.locale, "view-score", score = priority.score);
    heading(sheet, &title, &score, context);
    for reason in &priority.reasons {
        let points = format!("{:>+4} ", reason.points);
        let meaning = if reason.points == 0 { Meaning::Muted } else { Meaning::Text };
        entry(
            sheet,
            &points,
            &wording::points(&reason.why, context.plan, context.locale),
            reason.at.as_ref(),
            meaning,
            context,
        );
    }
    let (floors, caps) = (&context.plan.priority.floors, &context.plan.priority.caps);
    for (bound, known, name) in [(&priority.floor, floors, "view-floor"), (&priority.cap, caps, "view-cap")] {
        let Some(bound) = bound else { continue };
        // The plan may have changed since the mention was assessed: then the rule's name says it.
        let title = known.iter().find(|rule| rule.name == bound.name).and_then(|rule| rule.title.as_ref());
        let protocol = bound.name.strip_prefix("protocol ").and_then(|id| context.plan.protocols.by_id(id));
        let title = title.or(protocol.map(|protocol| &protocol.title));
        let title = title.map_or(&*bound.name, |title| title.get(context.lang()));
        let words = tr!(context.locale, name, name = title, level = bound.level.token());
        entry(sheet, "   → ", &words, Some(&bound.at), Meaning::Text, context);
    }
    if priority.reasons.is_empty() && priority.floor.is_none() && priority.cap.is_none() {
        sheet.push(vec![Span::styled(context.text("view-why-nothing"), context.style(Meaning::Muted))]);
    }
}

/// Points at the left, the place in the plan at the right, the words between.
fn entry(sheet: &mut Sheet<'_>, points: &str, words: &str, at: Option<&At>, meaning: Meaning, context: &Context<'_>) {
    let at = at.map(ToString::to_string).unwrap_or_default();
    let room = sheet.columns().saturating_sub(width::width(points) + width::width(&at) + 1);
    let (shown, used) = width::truncate(words, room.max(8));
    let gap = " ".repeat(room.saturating_sub(used) + 1);
    sheet.push(vec![
        Span::styled(points.to_owned(), context.style(Meaning::Title)),
        Span::styled(shown.into_owned(), context.style(meaning)),
        Span::styled(format!("{gap}{at}"), context.style(Meaning::Muted)),
    ]);
}
