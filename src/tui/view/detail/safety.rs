//! What comes before everything else: the cards of the safety protocols that hold, and the election period that runs.
//!
//! ```text
//! ▲ Threat to staff · protocol threat ────────── replies suspended
//!   1 Call the police: 911 when life is at risk
//!   2 Tell the town manager
//!   call Town Manager · I. Solberg-Roy · 555-0180
//!   ✓ the capture is kept with every record
//! ```
//!
//! Where there is little room, the steps stand below the text, which one has to read to follow them.

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::Subject;
use crate::plan::{Contact, Protocol};
use crate::text::width;
use crate::tr;
use crate::tui::theme::Meaning;

/// The cards, above everything; without room their headings only.
pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    for hit in &subject.case.assessed.assessment.protocols {
        let Some(protocol) = context.plan.protocols.by_id(&hit.id) else { continue };
        heading(sheet, protocol, context);
        if subject.roomy {
            steps(sheet, protocol, context);
            sheet.blank();
        }
    }
}

/// The steps of the cards whose headings stand above.
pub(super) fn below_the_text<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    if subject.roomy {
        return;
    }
    for hit in &subject.case.assessed.assessment.protocols {
        if let Some(protocol) = context.plan.protocols.by_id(&hit.id) {
            steps(sheet, protocol, context);
        }
    }
}

/// The title, and that replies wait; what sort of danger it is where the line has room for that too.
fn heading(sheet: &mut Sheet<'_>, protocol: &Protocol, context: &Context<'_>) {
    let mut title = format!("▲ {}", protocol.title.get(context.lang()));
    let remark = if protocol.suspends_replies { context.text("view-protocol-suspends") } else { String::new() };
    let kind = context.locale.word("protocol-kind", protocol.kind.as_ref());
    let kind = tr!(context.locale, "view-protocol", kind = kind);
    if width::width(&title) + width::width(&kind) + width::width(&remark) + 6 <= sheet.columns() {
        title = format!("{title} · {kind}");
    }
    let urgent = context.style(Meaning::Urgent);
    sheet.heading((&title, urgent), (&remark, urgent), context.style(Meaning::Error));
}

fn steps<'a>(sheet: &mut Sheet<'a>, protocol: &'a Protocol, context: &Context<'a>) {
    for (nth, step) in protocol.steps.iter().enumerate() {
        let label = Span::styled(format!("{:>2} ", nth + 1), context.style(Meaning::Urgent));
        sheet.item(label, step.get(context.lang()), 3, context.style(Meaning::Text));
    }
    for contact in &protocol.contacts {
        let label = Span::styled("   → ", context.style(Meaning::Urgent));
        sheet.owned_item(label, &reached(contact), 5, context.style(Meaning::Title));
    }
    if protocol.capture_first {
        let words = context.text("view-protocol-capture");
        sheet.owned_item(Span::styled(" ✓ ", context.style(Meaning::Good)), &words, 3, context.style(Meaning::Muted));
    }
}

fn reached(contact: &Contact) -> String {
    let parts = [Some(&contact.role), contact.name.as_ref(), contact.phone.as_ref(), contact.channel.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// The election period of this day, and whether the mention is about a candidate.
pub(super) fn election<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let plan = context.plan;
    let Some(period) = plan.election_on(plan.organization.hours.local_day(context.now)) else { return };
    let until = context.locale.date(&period.end.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc());
    let title = period.title.get(context.lang());
    let mut words = tr!(context.locale, "view-election", title = title, date = until);
    let candidate = subject.case.assessed.assessment.election.as_ref().is_some_and(|election| election.candidate);
    if candidate {
        words = format!("{words} · {}", context.text("view-election-candidate"));
    }
    let warning = context.style(Meaning::Warning);
    sheet.owned_item(Span::styled("‼ ", warning), &words, 2, warning);
    if candidate && let Some(note) = &period.note {
        sheet.item(Span::raw(""), note.get(context.lang()), 2, context.style(Meaning::Muted));
    }
}
