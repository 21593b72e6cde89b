//! Whom the plan calls for this mention: the tier that speaks for it, with name and backup, and how soon they answer.

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::{Subject, heading};
use crate::plan::Tier;
use crate::tr;
use crate::tui::theme::Meaning;

/// From this tier on somebody is to be called now: that comes before the reasons.
const PRESSING: u8 = 2;

/// Every row of the matrix at the level that applies, where it is as pressing as asked; nothing where no tier speaks for
/// the mention.
pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, pressing: bool, context: &Context<'a>) {
    let Some(level) = subject.tier.filter(|level| (*level >= PRESSING) == pressing) else { return };
    let rows = || context.plan.tiers.iter().filter(|tier| tier.level == level);
    let title = rows().next().map_or("", |tier| tier.title.get(context.lang()));
    let words = tr!(context.locale, "view-tier", tier = u32::from(level), title = title);
    heading(sheet, &words, "", context);
    for tier in rows() {
        row(sheet, tier, context);
    }
}

/// Who, how and how soon, one after the other.
fn row<'a>(sheet: &mut Sheet<'a>, tier: &'a Tier, context: &Context<'a>) {
    let (title, muted) = (context.style(Meaning::Title), context.style(Meaning::Muted));
    let who = [&tier.role, &tier.name].into_iter().flatten();
    let mut pieces: Vec<Span<'a>> = who.map(|who| Span::styled(who.as_str(), title)).collect();
    pieces.extend(tier.channel.as_deref().map(|channel| Span::styled(channel, context.style(Meaning::Text))));
    let within =
        tier.acknowledge_within.map(|within| tr!(context.locale, "view-tier-within", span = within.to_string()));
    let backup = tier.backup.as_ref().map(|who| tr!(context.locale, "view-tier-backup", who = who));
    let out_of_hours = tier.out_of_hours.as_ref().map(|how| tr!(context.locale, "view-tier-out-of-hours", how = how));
    pieces.extend([within, backup, out_of_hours].into_iter().flatten().map(|words| Span::styled(words, muted)));
    sheet.flow(pieces, " · ", muted);
}
