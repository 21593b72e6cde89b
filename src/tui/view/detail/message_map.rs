//! The message maps for a mention: each concern, the messages that answer it, and the facts each rests on.
//!
//! ```text
//! Is the water safe to drink?                   the concern
//!  ✓ KM-2 Boil water for one minute …           at most three messages, those for this mention first
//!    approved by M. Chan · until Dec 1
//!    ✓ F-7 The lab found …                      its facts, each written out once
//! ```

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::{Subject, facts, heading};
use crate::mention::Id;
use crate::plan::{ApprovalStatus, Message, Validity};
use crate::text::width;
use crate::tr;
use crate::tui::theme::Meaning;

/// A message map has so many messages at most.
const MOST: usize = 3;

/// Writes the maps, the best message's first.
pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let found = &subject.case.assessed.assessment.messages;
    let answers: Vec<&Message> = found.iter().filter_map(|id| context.plan.messages.by_id(id)).collect();
    if !answers.is_empty() {
        heading(sheet, &context.text("view-messages"), "", context);
    }
    let mut told: Vec<&Id> = Vec::new();
    for (place, message) in answers.iter().enumerate() {
        if answers[..place].iter().any(|before| same_map(before, message)) {
            continue;
        }
        if let Some(concern) = &message.concern {
            let style = context.style(Meaning::Title);
            sheet.paragraph(concern.get(context.lang()), 0, style);
        }
        // Those that answer this mention in their order, then what else the map holds.
        let mine = answers[place..].iter().copied().filter(|other| same_map(message, other));
        let others =
            context.plan.messages.iter().filter(|other| same_map(message, other) && !found.contains(&other.id));
        for message in mine.chain(others).take(MOST) {
            one(sheet, message, &mut told, context);
        }
    }
}

/// A map has no table of its own: it is the messages of one initiative for the same concern.
fn same_map(one: &Message, other: &Message) -> bool {
    one.id == other.id || (one.concern.is_some() && one.concern == other.concern && one.initiative == other.initiative)
}

fn one<'a>(sheet: &mut Sheet<'a>, message: &'a Message, told: &mut Vec<&'a Id>, context: &Context<'a>) {
    let (sign, meaning) = match (message.approval.status, message.approval.validity(context.now)) {
        (ApprovalStatus::Approved, Validity::InDate) => ("✓", Meaning::Good),
        (ApprovalStatus::Draft | ApprovalStatus::Approved, _) => ("◌", Meaning::Warning),
        (ApprovalStatus::Retired, _) => ("×", Meaning::Muted),
    };
    let label = Span::styled(format!("{sign} {} ", message.id), context.style(meaning));
    let indent = width::width(&label.content);
    sheet.item(label, message.text.get(context.lang()), indent, context.style(Meaning::Text));
    sheet.owned_item(Span::raw(""), &standing(message, context), 2, context.style(Meaning::Muted));
    for fact in message.facts.iter().filter_map(|id| context.plan.facts.by_id(id)) {
        if told.contains(&&fact.id) {
            sheet.owned_item(Span::raw(""), &fact.id, 4, context.style(Meaning::Muted));
        } else {
            told.push(&fact.id);
            facts::write(sheet, fact, 2, context);
        }
    }
}

/// How far it has come, who approved it, and until when it counts.
fn standing(message: &Message, context: &Context<'_>) -> String {
    let date = |at: &chrono::DateTime<chrono::Utc>| context.locale.date(&at.with_timezone(&context.zone()));
    let mut words = vec![match (message.approval.status, &message.approval.by) {
        (ApprovalStatus::Approved, Some(who)) => tr!(context.locale, "view-approved-by", who = who),
        (status, _) => context.locale.word("message-status", status.as_ref()),
    }];
    match message.approval.validity(context.now) {
        Validity::NotYet(from) => words.push(tr!(context.locale, "view-message-from", date = date(&from))),
        Validity::Expired(until) => words.push(tr!(context.locale, "view-message-expired", date = date(&until))),
        Validity::InDate => {
            words.extend(
                message.approval.expires_at.map(|until| tr!(context.locale, "view-message-until", date = date(&until))),
            );
        }
    }
    words.join(" · ")
}
