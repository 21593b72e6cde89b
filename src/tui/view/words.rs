//! What was done, in the person's words: for the log pane and the records of a case.

use super::context::Context;
use crate::response_log::{Act, Record};
use crate::tr;
use crate::triage::{self, Answer, Awaits, Event, Reply};
use crate::tui::command::Command;
use crate::tui::state::in_flight::Doing;

/// One act on a case.
pub(super) fn event(event: &Event, context: &Context<'_>) -> String {
    let locale = context.locale;
    match event {
        Event::Decided { disposition, reason, note, clause } => {
            let mut words = locale.word("disposition", disposition.token());
            if let Some(clause) = clause {
                words = format!("{words} · {clause}");
            }
            if let Some(reason) = reason {
                words = format!("{words} · {}", locale.word("reason", reason.token()));
            }
            with_note(words, note.as_deref(), context)
        }
        Event::Copied { reply, .. } => tr!(locale, "view-act-copied", reply = name(reply, context)),
        Event::Posted { reply, .. } => tr!(locale, "view-act-posted", reply = name(reply, context)),
        Event::Linked { permalink } => tr!(locale, "view-act-linked", permalink = permalink),
        Event::Escalated { tier, to, .. } => tr!(locale, "view-act-escalated", tier = u32::from(*tier), to = to),
        Event::Snoozed { until } => tr!(locale, "view-act-snoozed", moment = context.moment(*until)),
        Event::Awaited { awaits } => locale.word(
            "status",
            match awaits {
                Awaits::Fact => "pending_fact",
                Awaits::Approval => "pending_approval",
                Awaits::Author => "pending_author",
            },
        ),
        Event::Noted { note } => tr!(locale, "view-note", note = note),
        Event::Claimed => locale.text("view-act-claimed"),
        Event::Released => locale.text("view-act-released"),
        Event::Captured => locale.text("view-act-captured"),
        Event::Overridden { outcome, answers, note, .. } => {
            let title =
                context.plan.road_map.outcomes.by_id(outcome).map_or(&**outcome, |o| o.title.get(context.lang()));
            let mut words = tr!(locale, "view-act-overridden", outcome = title);
            if !answers.is_empty() {
                words = format!("{words} ({})", self::answers(answers, context));
            }
            with_note(words, note.as_deref(), context)
        }
        Event::Relabelled { labels: said, note, .. } => {
            let words = tr!(locale, "view-act-relabelled", labels = locale.labels(said));
            with_note(words, note.as_deref(), context)
        }
        Event::Opened => locale.text("view-act-opened"),
        Event::Undone { undoes } => tr!(locale, "view-act-undone", count = undoes.len()),
    }
}

/// What is about to be done to several mentions.
pub(super) fn doing(doing: &Doing, context: &Context<'_>) -> String {
    let locale = context.locale;
    match doing {
        Doing::WithBranchReason(disposition) | Doing::Command(triage::Command::Decide { disposition, .. }) => {
            locale.word("disposition", disposition.token())
        }
        Doing::ToggleClaim => Command::CaseClaim.title(locale),
        Doing::Escalate(_) => Command::CaseEscalate.title(locale),
        _ => Command::CaseDecide.title(locale),
    }
}

/// One line of the log, whatever wrote it.
pub(super) fn record(record: &Record, context: &Context<'_>) -> String {
    match (record.event(), record.act) {
        (Some(happened), _) => event(&happened, context),
        (None, Act::ChainBreak) => context.text("view-act-chain-break"),
        (None, act) => act.as_ref().to_owned(),
    }
}

/// `worthwhile: yes, critical: no`.
pub(super) fn answers(answers: &[Answer], context: &Context<'_>) -> String {
    let one = |answer: &Answer| {
        let name = if answer.yes { "view-answer-yes" } else { "view-answer-no" };
        tr!(context.locale, name, step = &*answer.step)
    };
    answers.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn with_note(words: String, note: Option<&str>, context: &Context<'_>) -> String {
    match note.map(str::trim).filter(|note| !note.is_empty()) {
        Some(note) => format!("{words} {}", tr!(context.locale, "view-note", note = note)),
        None => words,
    }
}

fn name(reply: &Reply, context: &Context<'_>) -> String {
    match (&reply.message, reply.edited) {
        (Some(message), false) => message.to_string(),
        (Some(message), true) => tr!(context.locale, "view-act-edited", message = &**message),
        (None, _) => context.text("view-act-own-words"),
    }
}
