//! What the source told beside the mention: the further columns of an export, under its own names.

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::super::veil;
use super::{Subject, heading};
use crate::text::width;
use crate::tui::theme::Meaning;

/// Names under which other tools keep where a case stands with them: they come first.
const STANDING: &[&str] =
    &["status", "priority", "assignment", "assigned to", "checked", "starred", "tags", "category details"];
/// The widest column of names.
const NAMES: usize = 24;

/// Each name with its value, where there are any.
pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let extras = &subject.case.assessed.mention.extras;
    if extras.is_empty() {
        return;
    }
    heading(sheet, &context.text("view-extras"), "", context);
    let mut told: Vec<(&str, &str)> = extras.iter().collect();
    let place =
        |name: &str| STANDING.iter().position(|known| name.eq_ignore_ascii_case(known)).unwrap_or(STANDING.len());
    // A stable order: what other tools say of the case, then all the rest as it stood.
    told.sort_by_key(|(name, _)| place(name));
    let columns = told.iter().map(|(name, _)| width::width(name)).max().unwrap_or_default().min(NAMES);
    let covered = context.covered_phrases(&subject.case.assessed);
    for (name, value) in told {
        let (name, used) = width::truncate(name, columns);
        let label = format!("{name}{} ", " ".repeat(columns.saturating_sub(used)));
        sheet.owned_item(
            Span::styled(label, context.style(Meaning::Muted)),
            &veil::cover_phrases(value, &covered),
            columns + 1,
            context.style(Meaning::Text),
        );
    }
}
