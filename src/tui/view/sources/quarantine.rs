//! The bad items of a source: a line for each, the newest first, and below them the data of the one under the cursor.
//!
//! ```text
//! ╭─ Bad items · inbox ────────────────────────────────── 1/37 ─╮
//! │ ▌16:28  line 12    no text in it                            │
//! │  16:20  line 7     not UTF-8 text                           │
//! │                                                             │
//! │ line 12 ─────────────────────────────────────────────── 1–4 │
//! │ {"id":"m-12","text":""}                                     │
//! ╰─ y copy  X set aside  esc back ─────────────────────────────╯
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::said;
use crate::sources::BadItem;
use crate::text::width;
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::state::sources::QuarantineList;
use crate::tui::theme::Meaning;
use crate::tui::view::context::Context;
use crate::tui::view::menu::hints;
use crate::tui::view::pen::Pen;
use crate::tui::view::sheet::Sheet;
use crate::tui::view::{frame, hint};

/// Draws the list over the panes. Answers with the data's place and its number of lines.
pub(super) fn draw(buffer: &mut Buffer, screen: Rect, list: &QuarantineList, context: &Context<'_>) -> (Rect, usize) {
    let area = frame::centred(
        screen,
        super::WIDEST.min(screen.width),
        screen.height.saturating_sub(2).max(screen.height.min(12)),
    );
    let all = list.items().len();
    let more = matches!(&list.read, Some(Ok(read)) if read.more);
    let remark =
        if all == 0 { String::new() } else { format!("{}/{all}{}", list.cursor() + 1, if more { "+" } else { "" }) };
    let commands = [Command::QuarantineCopy, Command::QuarantineClear, Command::QuarantineClose];
    let hints = hints(&commands, Layer::Quarantine, context);
    let title = tr!(context.locale, "view-quarantine-title", source = &*list.source);
    let mut rest = frame::popup(buffer, area, (&title, &remark), &hints, context);
    if list.asks {
        let used = (said(buffer, rest, &question(list, context), context.style(Meaning::Warning)) + 1).min(rest.height);
        rest = Rect { y: rest.y + used, height: rest.height - used, ..rest };
    }
    let Some(selected) = list.selected() else {
        let (words, meaning) = match &list.read {
            None => (context.text("view-quarantine-reading"), Meaning::Muted),
            Some(Ok(_)) => (context.text("view-quarantine-none"), Meaning::Good),
            Some(Err(cause)) => (tr!(context.locale, "view-quarantine-failed", cause = cause), Meaning::Error),
        };
        said(buffer, rest, &words, context.style(meaning));
        return (Rect::default(), 0);
    };
    let lines = (all as u16).min((rest.height / 2).max(3)).min(rest.height);
    let top = (list.cursor() + 1).saturating_sub(usize::from(lines));
    let rows = Rect { height: lines, ..rest };
    let places = list.items().iter().map(|item| width::width(&place(item, context))).max().unwrap_or(0);
    let places = places.clamp(6, usize::from(rows.width / 3).clamp(10, 28));
    for (line, item) in list.items().iter().skip(top).take(usize::from(lines)).enumerate() {
        row(buffer, rows, (line as u16, places), item, top + line == list.cursor(), context);
    }
    let used = (lines + 1).min(rest.height);
    let below = Rect { y: rest.y + used, height: rest.height - used, ..rest };
    data(buffer, below, selected, list, context)
}

fn question(list: &QuarantineList, context: &Context<'_>) -> String {
    let key = |command| {
        let hint = hint::of(command, &[Layer::Quarantine], context);
        hint.map_or_else(String::new, |hint| hint.keys().to_owned())
    };
    let (yes, no) = (key(Command::QuarantineConfirm), key(Command::QuarantineClose));
    tr!(context.locale, "view-quarantine-ask", source = &*list.source, yes = yes, no = no)
}

fn place(item: &BadItem, context: &Context<'_>) -> String {
    item.position.as_ref().map(|position| position.words(context.locale)).unwrap_or_default()
}

fn cause(item: &BadItem, context: &Context<'_>) -> String {
    match &item.cause {
        Some(cause) => cause.words(context.locale),
        None => context.text("view-quarantine-unknown"),
    }
}

fn row(
    buffer: &mut Buffer,
    area: Rect,
    (line, places): (u16, usize),
    item: &BadItem,
    selected: bool,
    context: &Context<'_>,
) {
    let ink = |meaning: Meaning| -> Style {
        let style = context.style(meaning);
        if selected { context.selected(style) } else { style }
    };
    let mut pen = Pen::new(buffer, area, line);
    let room = pen.room();
    pen.fill(' ', room, ink(Meaning::Text));
    let mut pen = Pen::new(buffer, area, line);
    pen.text(if selected { "▌" } else { " " }, ink(Meaning::Focus));
    pen.fit(&context.moment(item.at), 18, ink(Meaning::Muted));
    pen.skip(2);
    pen.left(&place(item, context), places, ink(Meaning::Title));
    pen.skip(2);
    let room = pen.room();
    pen.fit(&cause(item, context), room, ink(Meaning::Text));
}

/// The cause whole, and below it the data as it was kept.
fn data(
    buffer: &mut Buffer,
    area: Rect,
    item: &BadItem,
    list: &QuarantineList,
    context: &Context<'_>,
) -> (Rect, usize) {
    let mut sheet = Sheet::new(area.width.max(1));
    let (place, cause) = (place(item, context), cause(item, context));
    sheet.heading(
        (&place, context.style(Meaning::Title)),
        (&context.moment(item.at), context.style(Meaning::Muted)),
        context.style(Meaning::Border),
    );
    sheet.owned_item("".into(), &cause, 0, context.style(Meaning::Warning));
    sheet.blank();
    sheet.owned_item("".into(), &item.data, 0, context.style(Meaning::Text));
    sheet.draw(buffer, area, list.data.top().min(sheet.len()), context.style(Meaning::Text));
    (area, sheet.len())
}
