//! Whom the plan calls for this mention: the tier that speaks for it, with name and backup, and how soon they answer.

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::{Subject, heading};
use crate::plan::Tier;
use crate::tr;
use crate::tui::theme::Meaning;

/// Every row of the matrix at the level that applies; nothing where no tier speaks for the mention.
pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let Some(level) = subject.tier else { return };
    let rows = || context.plan.tiers.iter().filter(|tier| tier.level == level);
    let title = rows().next().map_or("", |tier| tier.title.get(context.lang()));
    let words = tr!(context.locale, "view-tier", tier = u32::from(level), title = title);
    heading(sheet, &words, "", context);
    for tier in rows() {
        row(sheet, tier, context);
    }
}

fn row<'a>(sheet: &mut Sheet<'a>, tier: &'a Tier, context: &Context<'a>) {
    let muted = context.style(Meaning::Muted);
    let join =
        |parts: &[Option<&String>]| parts.iter().flatten().map(|part| part.as_str()).collect::<Vec<_>>().join(" · ");
    let who = join(&[tier.role.as_ref(), tier.name.as_ref()]);
    let sign = Span::styled("→ ", context.style(Meaning::Focus));
    sheet.owned_item(sign, if who.is_empty() { "?" } else { &who }, 2, context.style(Meaning::Title));
    let backup = tier.backup.as_ref().map(|who| tr!(context.locale, "view-tier-backup", who = who));
    let out_of_hours = tier.out_of_hours.as_ref().map(|how| tr!(context.locale, "view-tier-out-of-hours", how = how));
    let within =
        tier.acknowledge_within.map(|within| tr!(context.locale, "view-tier-within", span = within.to_string()));
    for line in [tier.channel.clone(), within, backup, out_of_hours].into_iter().flatten() {
        sheet.owned_item(Span::raw(""), &line, 2, muted);
    }
}
