//! The last decisions, live, the newest first: when, who, what, about whom.
//!
//! ```text
//! ━ Response log ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 1/37 ━
//!  16:28 mchan     let stand · bait             Ana Petit
//!  16:27 ⇄ jroy    copied W-boil                J. Doe      a record of another desk
//! ```

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::context::Context;
use super::pen::Pen;
use super::{frame, words};
use crate::mention;
use crate::response_log::{Act, Record};
use crate::text::width;
use crate::tui::state::log_pane::LogPane;
use crate::tui::theme::Meaning;

/// What the log pane is drawn from.
#[derive(Clone, Copy)]
pub(super) struct LogView<'a> {
    /// The records.
    pub(super) log: &'a LogPane,
    /// This desk's own id: the others' records are marked.
    pub(super) desk: &'a str,
}

/// Draws the pane. Answers with the lines of its records and the place of the first one.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    view: LogView<'_>,
    focused: bool,
    context: &Context<'_>,
) -> (Rect, usize) {
    let records = view.log.records();
    let (count, cursor) = (records.len(), view.log.cursor());
    let place = if count == 0 || !focused { String::new() } else { format!("{}/{count}", cursor + 1) };
    let rows = frame::pane(buffer, area, (&context.text("view-log"), "", &place), focused, context);
    if count == 0 {
        let text = context.text("view-log-empty");
        let columns = usize::from(rows.width).saturating_sub(2);
        for (line, range) in width::wrap(&text, columns).into_iter().enumerate() {
            let mut pen = Pen::new(buffer, rows, line as u16);
            pen.skip(1);
            pen.text(&text[range], context.style(Meaning::Muted));
        }
        return (rows, 0);
    }
    let height = usize::from(rows.height);
    let top = view.log.top(height);
    let undone = undone(view.log);
    for (line, record) in records.skip(top).take(height).enumerate() {
        let selected = focused && top + line == cursor;
        let gone = undone.iter().any(|(desk, seq)| *seq == record.seq && **desk == *record.desk);
        let slot = Rect { y: rows.y + line as u16, height: 1, ..rows };
        let judged = (&**record, view.log.hurtful(record));
        one(buffer, slot, judged, (selected, gone), view.desk, context);
    }
    (rows, top)
}

/// What was taken back: the records named by the newest ones, as far as none of those was taken back itself.
fn undone(log: &LogPane) -> Vec<(Arc<str>, u64)> {
    let mut gone: Vec<(Arc<str>, u64)> = Vec::new();
    for record in log.records().filter(|record| record.act == Act::Undone) {
        if gone.iter().any(|(desk, seq)| *seq == record.seq && **desk == *record.desk) {
            continue;
        }
        for id in record.undoes.iter().flatten() {
            gone.push((Arc::clone(&id.desk), id.seq));
        }
    }
    gone
}

fn one(
    buffer: &mut Buffer,
    area: Rect,
    (record, hurtful): (&Record, Option<&[mention::Span]>),
    (selected, gone): (bool, bool),
    own_desk: &str,
    context: &Context<'_>,
) {
    let ink = |meaning: Meaning| -> Style {
        let style = context.style(if gone { Meaning::Muted } else { meaning });
        if selected { context.selected(style) } else { style }
    };
    let mut pen = Pen::new(buffer, area, 0);
    let room = pen.room();
    pen.fill(' ', room, ink(Meaning::Text));
    let mut pen = Pen::new(buffer, area, 0);
    pen.text(if selected { "▌" } else { " " }, ink(Meaning::Focus));
    let moment = context.moment(record.at.to_utc());
    pen.fit(&moment, 16, ink(Meaning::Muted));
    pen.skip(1);
    let foreign = *record.desk != *own_desk;
    let who = if foreign { format!("⇄ {}", record.actor) } else { record.actor.to_string() };
    let actor = if room >= 60 { 12 } else { 8 };
    pen.left(&width::row_form(&who), actor, ink(if foreign { Meaning::Warning } else { Meaning::Muted }));
    pen.skip(1);
    let whom = whom(record, hurtful, context);
    let about = if pen.room() >= 30 { pen.room() * 2 / 5 } else { 0 };
    let deed = words::record(record, context);
    let style = if gone { ink(Meaning::Muted).add_modifier(Modifier::CROSSED_OUT) } else { ink(Meaning::Text) };
    let deed_room = pen.room().saturating_sub(about + 2);
    let used = pen.fit(&width::row_form(&deed), deed_room, style);
    if about > 0 {
        pen.skip(deed_room - used + 1);
        let room = pen.room().saturating_sub(1);
        pen.fit(&width::row_form(&whom), room, ink(Meaning::Muted));
    }
}

/// The author and the first words of what the record is about; covered as a whole until somebody has judged them.
fn whom(record: &Record, hurtful: Option<&[mention::Span]>, context: &Context<'_>) -> String {
    record.mention.as_ref().map_or_else(String::new, |mention| {
        let whole = [0..mention.text.len()];
        let text = context.shielded(&mention.id, &mention.text, hurtful.unwrap_or(&whole));
        let first: String = text.chars().take(48).collect();
        format!("{}: {first}", mention.author.display().unwrap_or("?"))
    })
}
