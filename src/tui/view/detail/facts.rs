//! One fact: what is said, whether it can be relied on, whose it is, where it can be checked.

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use crate::plan::{Fact, FactState};
use crate::text::width;
use crate::tr;
use crate::tui::theme::Meaning;

/// Writes a fact, `indent` columns in.
pub(super) fn write<'a>(sheet: &mut Sheet<'a>, fact: &'a Fact, indent: usize, context: &Context<'a>) {
    let date = |at: chrono::NaiveDate| {
        let noon = at.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
        context.locale.date(&noon)
    };
    let (sign, meaning, words) = match fact.state(context.now) {
        FactState::Verified => {
            let day = fact.verified_at.map(date).unwrap_or_default();
            ("✓", Meaning::Good, tr!(context.locale, "view-fact-verified", date = day))
        }
        FactState::Unverified => ("◌", Meaning::Warning, context.text("view-fact-unverified")),
        FactState::Expired(until) => {
            let day = context.locale.date(&until.with_timezone(&context.zone()));
            ("✗", Meaning::Error, tr!(context.locale, "view-fact-expired", date = day))
        }
    };
    let label = Span::styled(format!("{:indent$}{sign} {} ", "", fact.id), context.style(meaning));
    let indent = width::width(&label.content);
    sheet.item(label, fact.statement.get(context.lang()), indent, context.style(Meaning::Text));
    let mut more = words;
    if let Some(owner) = &fact.owner {
        more.push_str(" · ");
        more.push_str(owner);
    }
    sheet.owned_item(Span::raw(""), &more, indent, context.style(Meaning::Muted));
    if let Some(url) = &fact.source_url {
        sheet.item(Span::raw(""), url, indent, context.style(Meaning::Link));
    }
}
