//! The composer: the mention above, the text being written, its length, and what to watch for before it goes out.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::Span;
use ratatui::widgets::Widget as _;

use super::context::{Context, network_name};
use super::menu::hints;
use super::pen::{self, Pen};
use super::{frame, meter, veil};
use crate::mention::Network;
use crate::reply::{self, Checked};
use crate::sources::Captured;
use crate::store::Case;
use crate::text::{clean_line, width};
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::state::composer::{Composer, Writing};
use crate::tui::state::looks::Looks;
use crate::tui::theme::Meaning;

/// At least so many lines are for the text being written.
const LEAST: u16 = 3;

/// Draws the composer over the panes; `case` is the mention it answers, once that has been read.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: Rect,
    (composer, looks): (&Composer, &Looks),
    case: Option<&Case>,
    context: &Context<'_>,
) -> Option<Position> {
    let title = title(composer, context);
    let columns = 88.min(screen.width.saturating_sub(2)).max(screen.width.min(40));
    let area = frame::centred(screen, columns, 24.min(screen.height.saturating_sub(2)).max(screen.height.min(8)));
    let length = composer.length(context.limits);
    let remark = length.map(|length| meter::words(length, context)).unwrap_or_default();
    let hints = hints(&[Command::ComposerAccept, Command::ComposerClose], Layer::Composer, context);
    let mut rest = frame::popup(buffer, area, (&title, &remark), &hints, context);
    if rest.height > LEAST + 4 {
        let said = said(composer, case, context);
        rest = quote(buffer, rest, &said, context);
    }
    let notes = notes(composer, looks, case, context);
    let notes_height = (notes.len() as u16).min(rest.height.saturating_sub(LEAST));
    let text = Rect { height: rest.height - notes_height, ..rest };
    for (line, note) in notes.iter().take(usize::from(notes_height)).enumerate() {
        let below = Rect { y: text.bottom(), height: notes_height, ..rest };
        let mut pen = Pen::new(buffer, below, line as u16);
        let room = pen.room();
        pen.fit(&note.content, room, note.style);
    }
    write_area(buffer, text, composer, context)
}

fn title(composer: &Composer, context: &Context<'_>) -> String {
    match &composer.writing {
        Writing::Reply { network, lang, .. } => {
            let language = context.locale.word("language", lang.token());
            tr!(context.locale, "view-compose", network = network_name(network), language = language)
        }
        Writing::Capture => context.text("view-capture"),
    }
}

/// What is answered: the mention as it is now.
fn said(composer: &Composer, case: Option<&Case>, context: &Context<'_>) -> String {
    let Some(case) = case.filter(|_| matches!(composer.writing, Writing::Reply { .. })) else { return String::new() };
    let mention = &case.assessed.mention;
    let text = match &composer.changed_to {
        Some(changed) if *changed != mention.text => context.covered_text(mention, changed),
        _ => veil::cover(&mention.text, &context.covered(&case.assessed)),
    };
    format!("{}: {}", mention.author.display().unwrap_or("?"), text.replace('\n', " "))
}

/// Three lines of the mention at most, and an empty one.
fn quote(buffer: &mut Buffer, area: Rect, said: &str, context: &Context<'_>) -> Rect {
    if said.is_empty() {
        return area;
    }
    let columns = usize::from(area.width).saturating_sub(2);
    let lines = width::wrap(said, columns.max(1));
    let shown = lines.len().min(3) as u16;
    for (line, range) in lines.into_iter().take(usize::from(shown)).enumerate() {
        let mut pen = Pen::new(buffer, area, line as u16);
        pen.text("┃ ", context.style(Meaning::Border));
        pen.text(&said[range], context.style(Meaning::Muted));
    }
    let used = (shown + 1).min(area.height);
    Rect { y: area.y + used, height: area.height - used, ..area }
}

/// What to watch for, the gravest first.
fn notes<'a>(composer: &Composer, looks: &Looks, case: Option<&Case>, context: &Context<'a>) -> Vec<Span<'a>> {
    let mut notes = Vec::new();
    let mut warn = |words: String, meaning: Meaning| notes.push(Span::styled(words, context.style(meaning)));
    let Writing::Reply { original, approved_by, message, .. } = &composer.writing else {
        warn(context.text("view-capture-help"), Meaning::Muted);
        warn(context.text("view-capture-lines"), Meaning::Muted);
        let understood = understood(&Captured::read(&composer.text(), context.zone()), context);
        if !understood.is_empty() {
            warn(format!("✓ {understood}"), Meaning::Good);
        }
        return notes;
    };
    if case.is_some_and(|case| case.assessed.mention.author_deleted_at.is_some()) {
        warn(format!("✗ {}", context.text("blocked-author-deleted")), Meaning::Error);
    }
    if case.is_some_and(|case| case.assessed.mention.audience.is_closed()) {
        warn(format!("‼ {}", context.text("view-compose-not-public")), Meaning::Warning);
    }
    if let Some(case) = case.filter(|case| case.assessed.mention.author_deleted_at.is_none()) {
        let id = &case.row.id;
        if let Some(since) = looks.unsure_since(id, case.assessed.mention.received_at) {
            let words = tr!(context.locale, "view-not-looked-again", moment = context.moment(since));
            warn(format!("‼ {words}"), Meaning::Warning);
        } else if let Some(at) = looks.stood_at(id) {
            let words = tr!(context.locale, "view-looked-again", moment = context.moment(at));
            warn(format!("✓ {words}"), Meaning::Good);
        }
    }
    if composer.changed_to.is_some() {
        warn(format!("‼ {}", context.text("view-compose-changed")), Meaning::Warning);
    }
    if let Some(over) =
        composer.length(context.limits).and_then(crate::text::lengths::Length::left).filter(|left| *left < 0)
    {
        warn(format!("✗ {}", tr!(context.locale, "view-reply-too-long", count = -over)), Meaning::Error);
    }
    let text = composer.text();
    let edited = text.trim() != original.trim();
    if edited && context.plan.organization.approve_edited {
        warn(format!("‼ {}", context.text("view-compose-approval")), Meaning::Warning);
    } else if edited {
        warn(context.text("view-compose-edited"), Meaning::Muted);
    } else if let Some(who) = approved_by {
        warn(format!("✓ {}", tr!(context.locale, "view-approved-by", who = who)), Meaning::Good);
    }
    if let Some(case) = case {
        let message = message.as_ref().filter(|_| !edited);
        let checks = reply::checklist(&text, message, &case.assessed, context.plan, context.now);
        notes.extend(checks.into_iter().map(|checked| check(checked, context)));
    }
    notes
}

/// What the lines before a captured post were understood as.
fn understood(captured: &Captured, context: &Context<'_>) -> String {
    let locale = context.locale;
    let parts = [
        captured.network.map(|network| network_name(&Network::from_token(network)).to_owned()),
        captured.handle.as_ref().map(|handle| format!("@{handle}")),
        captured.posted_at.map(|at| tr!(locale, "view-capture-said", moment = context.moment(at))),
        captured.brought_by.as_ref().map(|who| tr!(locale, "view-capture-by", who = who)),
        captured.attachment.as_ref().map(|path| tr!(locale, "view-capture-file", file = path.display().to_string())),
    ];
    clean_line(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")).into_owned()
}

fn check<'a>(checked: Checked, context: &Context<'a>) -> Span<'a> {
    let (sign, meaning) = if checked.ticked { ("✓", Meaning::Good) } else { ("·", Meaning::Muted) };
    Span::styled(format!("{sign} {}", checked.check.text(context.locale)), context.style(meaning))
}

/// The editor as it is, its cursor shown; what is pasted is cleaned only when it is kept, so it is made safe here.
fn write_area(buffer: &mut Buffer, area: Rect, composer: &Composer, context: &Context<'_>) -> Option<Position> {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return None;
    }
    buffer.set_style(area, context.style(Meaning::Text));
    composer.area.render(area, buffer);
    let mut cursor = None;
    for position in area.positions() {
        let Some(cell) = buffer.cell_mut(position) else { continue };
        if !pen::is_safe(cell.symbol()) {
            cell.set_char('\u{FFFD}');
        }
        if cell.modifier.contains(Modifier::REVERSED) {
            cursor.get_or_insert(position);
        }
    }
    cursor
}
