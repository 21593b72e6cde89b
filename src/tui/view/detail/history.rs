//! What happened before: older texts, the records of this case, what its author said earlier.

use ratatui::style::Modifier;
use ratatui::text::Span;

use super::super::context::{Context, level_badge};
use super::super::sheet::Sheet;
use super::super::{veil, words};
use super::{Subject, heading};
use crate::text::width;
use crate::tr;
use crate::triage;
use crate::tui::theme::Meaning;

/// The older texts, the newest first, each with what the next one took away and added.
pub(super) fn versions<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let case = subject.case;
    if case.versions.is_empty() {
        return;
    }
    heading(sheet, &context.text("view-versions"), "", context);
    let mention = &case.assessed.mention;
    let mut next = veil::cover(&mention.text, &context.covered(&case.assessed));
    for version in case.versions.iter().rev() {
        let moment = context.moment(version.received_at);
        let label = format!("v{} {moment}", version.number);
        sheet.push(vec![Span::styled(label, context.style(Meaning::Title))]);
        let text = context.covered_text(mention, &version.text);
        let (removed, added) = changed_words(&text, &next);
        if !removed.is_empty() {
            let style = context.style(Meaning::Muted).add_modifier(Modifier::CROSSED_OUT);
            sheet.owned_item(Span::styled("− ", context.style(Meaning::Warning)), removed, 2, style);
        }
        if !added.is_empty() {
            sheet.owned_item(Span::styled("+ ", context.style(Meaning::Good)), added, 2, context.style(Meaning::Text));
        }
        next = text;
    }
}

/// The words of `old` and of `new` between what both begin and end with.
fn changed_words<'a>(old: &'a str, new: &'a str) -> (&'a str, &'a str) {
    let same = old.char_indices().zip(new.chars()).take_while(|((_, a), b)| a == b);
    let mut start = same.last().map_or(0, |((at, character), _)| at + character.len_utf8());
    while !(is_between_words(old, start) && is_between_words(new, start)) {
        start = old[..start].char_indices().next_back().map_or(0, |(at, _)| at);
    }
    let (old, new) = (&old[start..], &new[start..]);
    let same = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
    let mut end: usize = same.map(|(character, _)| character.len_utf8()).sum();
    while !(is_between_words(old, old.len() - end) && is_between_words(new, new.len() - end)) {
        end -= old[old.len() - end..].chars().next().map_or(end, char::len_utf8);
    }
    (old[..old.len() - end].trim(), new[..new.len() - end].trim())
}

fn is_between_words(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    before.is_empty()
        || after.is_empty()
        || before.ends_with(char::is_whitespace)
        || after.starts_with(char::is_whitespace)
}

/// Every record on this case, the newest first; those taken back are struck through.
pub(super) fn records<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let entries = subject.state.history();
    if entries.is_empty() {
        return;
    }
    heading(sheet, &context.text("view-records"), "", context);
    let live = triage::live(entries);
    for (entry, live) in entries.iter().zip(live).rev() {
        let style = context.style(if live { Meaning::Text } else { Meaning::Muted });
        let style = if live { style } else { style.add_modifier(Modifier::CROSSED_OUT) };
        let label = format!("{} {} ", context.moment(entry.at), entry.actor);
        let indent = width::width(&label).min(24);
        let words = words::event(&entry.event, context);
        sheet.owned_item(Span::styled(label, context.style(Meaning::Muted)), &words, indent, style);
    }
}

/// What the same account said before.
pub(super) fn author<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let Some(history) = subject.author else { return };
    let remark = tr!(context.locale, "view-author-counts", total = history.total, open = history.open);
    heading(sheet, &context.text("view-author"), &remark, context);
    if history.recent.is_empty() {
        sheet.push(vec![Span::styled(context.text("view-author-first"), context.style(Meaning::Muted))]);
    }
    for row in &history.recent {
        let status = match row.disposition {
            Some(disposition) => context.locale.word("disposition", disposition.token()),
            None => context.locale.word("status", row.status.token()),
        };
        sheet.push(vec![
            Span::styled(level_badge(row.level), context.theme.level(row.level)),
            Span::styled(format!(" {:>4} {status}  ", context.age(row.at)), context.style(Meaning::Muted)),
            Span::styled(context.shielded(&row.id, &row.excerpt, &row.hurtful), context.style(Meaning::Text)),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::middle("boil the water now", "boil the tap water now", "", "tap")]
    #[case::replaced("is it safe today", "is it unsafe today", "safe", "unsafe")]
    #[case::nothing_in_common("eau", "water", "eau", "water")]
    #[case::equal("same", "same", "", "")]
    #[case::end("we know", "we know é", "", "é")]
    fn the_difference_is_whole_words(#[case] old: &str, #[case] new: &str, #[case] removed: &str, #[case] added: &str) {
        assert_eq!(changed_words(old, new), (removed, added));
    }
}
