//! What frames a pane: one line with its title, heavy where the keys are, and the rules between columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::context::Context;
use super::pen::{self, Pen};
use crate::text::width;
use crate::tui::theme::Meaning;

/// Draws the heading line of a pane: its title, a notice that stands out, and a remark at the right end.
/// Answers with what is left of the pane.
pub(super) fn pane(
    buffer: &mut Buffer,
    area: Rect,
    (title, notice, remark): (&str, &str, &str),
    focused: bool,
    context: &Context<'_>,
) -> Rect {
    if area.is_empty() {
        return area;
    }
    let (rule, line) =
        if focused { (context.style(Meaning::Focus), '━') } else { (context.style(Meaning::Border), '─') };
    let title_style = if focused { rule } else { context.style(Meaning::Title) };
    let mut pen = Pen::new(buffer, area, 0);
    let remark_columns = width::width(remark);
    pen.fill(line, 1, rule);
    pen.text(" ", rule);
    pen.fit(title, usize::from(area.width).saturating_sub(4), title_style);
    pen.text(" ", rule);
    if !notice.is_empty() && pen.room() > width::width(notice) + 3 {
        pen.fill(line, 1, rule);
        pen.text(&format!(" {notice} "), context.style(Meaning::Selection));
    }
    if !remark.is_empty() && pen.room() > remark_columns + 3 {
        let room = pen.room();
        pen.fill(line, room - remark_columns - 3, rule);
        pen.text(" ", rule);
        pen.text(remark, context.style(Meaning::Muted));
        pen.text(" ", rule);
    }
    let room = pen.room();
    pen.fill(line, room, rule);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// Draws a line between two columns, joined to the heading of a pane that begins beside it further down.
pub(super) fn vertical(buffer: &mut Buffer, area: Rect, beside: Rect, context: &Context<'_>) {
    for line in 0..area.height {
        let joins = beside.x == area.x + 1 && beside.y == area.y + line;
        let sign = match (line, joins) {
            (0, _) => '┬',
            (_, true) => '├',
            (_, false) => '│',
        };
        Pen::new(buffer, area, line).fill(sign, 1, context.style(Meaning::Border));
    }
}

/// Draws an emptied box with its title over the panes. Answers with the room inside, one column in from the frame.
pub(super) fn popup(
    buffer: &mut Buffer,
    area: Rect,
    (title, remark): (&str, &str),
    hints: &[Span<'_>],
    context: &Context<'_>,
) -> Rect {
    let rule = context.style(Meaning::Focus);
    pen::clear(buffer, area, context.style(Meaning::Text));
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let inside = usize::from(area.width) - 2;
    let mut pen = Pen::new(buffer, area, 0);
    pen.text("╭─ ", rule);
    pen.fit(title, inside.saturating_sub(4), rule);
    pen.text(" ", rule);
    let remark_columns = width::width(remark);
    if remark_columns > 0 && pen.room() > remark_columns + 5 {
        let room = pen.room();
        pen.fill('─', room - remark_columns - 4, rule);
        pen.text(&format!(" {remark} "), context.style(Meaning::Muted));
    }
    let room = pen.room();
    pen.fill('─', room - 1, rule);
    pen.text("╮", rule);
    for line in 1..area.height - 1 {
        let mut pen = Pen::new(buffer, area, line);
        pen.text("│", rule);
        pen.skip(inside);
        pen.text("│", rule);
    }
    let mut pen = Pen::new(buffer, area, area.height - 1);
    pen.text("╰─", rule);
    for hint in hints {
        if width::width(&hint.content) + 2 > pen.room() {
            break;
        }
        pen.text(&hint.content, hint.style);
    }
    let room = pen.room();
    pen.fill('─', room.saturating_sub(1), rule);
    pen.text("╯", rule);
    Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

/// A box of at most this size in the middle of `screen`, a little above it as the eye expects.
pub(super) fn centred(screen: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    let x = screen.x + (screen.width - width) / 2;
    let y = screen.y + (screen.height - height) * 2 / 5;
    Rect { x, y, width, height }
}

/// The share of a scrolled text that is in sight, for a heading line: `1–18/43`; empty when all of it is.
pub(super) fn position(top: usize, height: usize, lines: usize) -> String {
    if lines <= height || height == 0 {
        return String::new();
    }
    format!("{}–{}/{lines}", top + 1, (top + height).min(lines))
}
