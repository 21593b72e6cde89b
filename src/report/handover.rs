//! The hand-over: what the next person has to know and to do, the most pressing first.

use super::Frame;
use super::gather::Gathered;
use super::page::Page;
use super::situation::initiative_title;
use crate::mention::MentionId;
use crate::store::{Case, Row};
use crate::tr;

/// Rows listed at most under one heading; the rest is one line.
const MOST_LISTED: usize = 25;

pub(super) fn page(gathered: &Gathered, frame: Frame<'_>) -> String {
    let locale = frame.locale;
    let organization = frame.plan.organization.name.get(locale.lang());
    let mut page = Page::new(frame.format, &tr!(locale, "report-handover-title", organization = organization));
    let (from, to) = (frame.when(gathered.since), frame.when(frame.now));
    page.paragraph(&tr!(locale, "report-window", from = from, to = to));
    let decided: u64 = gathered.decided.values().sum();
    page.paragraph(&tr!(
        locale,
        "report-handover-summary",
        open = gathered.counts.open_total(),
        late = gathered.counts.late,
        decided = decided,
    ));
    urgent_and_late(&mut page, gathered, frame);
    escalated(&mut page, &gathered.escalated, frame);
    rows(&mut page, "report-unconfirmed", &gathered.unconfirmed, frame);
    rows(&mut page, "report-snoozed", &gathered.snoozed, frame);
    notes(&mut page, gathered, frame);
    page.finish()
}

/// Open P1 and P2, then everything else that is late.
pub(super) fn urgent_and_late(page: &mut Page, gathered: &Gathered, frame: Frame<'_>) {
    rows(page, "report-urgent", &gathered.urgent, frame);
    let known: std::collections::HashSet<&MentionId> = gathered.urgent.iter().map(|row| &row.id).collect();
    let late: Vec<Row> = gathered.late.iter().filter(|row| !known.contains(&row.id)).cloned().collect();
    rows(page, "report-late", &late, frame);
}

fn rows(page: &mut Page, heading: &str, rows: &[Row], frame: Frame<'_>) {
    page.heading(&frame.locale.text(heading));
    if rows.is_empty() {
        page.item(&frame.locale.text("report-none"));
    }
    for row in rows.iter().take(MOST_LISTED) {
        page.item(&row_line(row, frame));
    }
    if rows.len() > MOST_LISTED {
        page.item(&tr!(frame.locale, "report-more", count = rows.len() - MOST_LISTED));
    }
}

/// One mention without its author's name: level, id, where, what it is about, where it stands, its words.
fn row_line(row: &Row, frame: Frame<'_>) -> String {
    let locale = frame.locale;
    let mut parts = vec![format!("{} {}", row.level, row.id), row.network.token().to_owned()];
    parts.extend(row.initiatives.first().map(|id| initiative_title(id, frame)));
    parts.push(locale.word("status", row.status.token()));
    parts.extend(row.claimed_by.as_ref().map(|by| tr!(locale, "report-claimed-by", by = by.as_str())));
    match (row.wakes_at, row.due_at) {
        (Some(wakes), _) => parts.push(tr!(locale, "report-wakes", at = frame.when(wakes))),
        (None, Some(due)) if frame.now > due => {
            parts.push(tr!(locale, "report-late-by", span = locale.short_span(frame.now - due)));
        }
        (None, Some(due)) => parts.push(tr!(locale, "report-due", at = frame.when(due))),
        (None, None) => {}
    }
    format!("{}: {}", parts.join(" · "), row.excerpt)
}

fn escalated(page: &mut Page, cases: &[Case], frame: Frame<'_>) {
    let locale = frame.locale;
    page.heading(&locale.text("report-escalated"));
    if cases.is_empty() {
        page.item(&locale.text("report-none"));
    }
    for case in cases.iter().take(MOST_LISTED) {
        let Some(escalation) = case.state.escalation() else { continue };
        let due = escalation.due.map(|due| tr!(locale, "report-acknowledge-by", at = frame.when(due)));
        let line = tr!(
            locale,
            "report-escalated-to",
            id = case.row.id.as_str(),
            tier = u32::from(escalation.tier),
            to = escalation.to.as_str(),
            at = frame.when(escalation.at),
        );
        page.item(&[Some(line), due].into_iter().flatten().collect::<Vec<_>>().join(" · "));
    }
}

fn notes(page: &mut Page, gathered: &Gathered, frame: Frame<'_>) {
    page.heading(&frame.locale.text("report-notes"));
    if gathered.notes.is_empty() {
        page.item(&frame.locale.text("report-none"));
    }
    for (id, at, by, text) in gathered.notes.iter().take(MOST_LISTED) {
        page.item(&format!("{} · {by} · {id}: {text}", frame.when(*at)));
    }
}
