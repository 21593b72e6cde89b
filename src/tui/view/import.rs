//! The dialog in which an export is imported: the columns with what they are taken for, and the first mention that comes of it.
//!
//! ```text
//! ╭─ Import calls.csv ─────────────────────── csv · 4 columns ─╮
//! │ ▌ text        Remark     Is the water on Elm St safe? ¦ No. │
//! │   date        When       2026-11-20 09:12 ¦ yesterday       │
//! │   ·           Ward       4 ¦ 5                              │
//! │ ─ The first mention ─────────────────────────────────────── │
//! │ Ana Petit · X · 20 November, 09:12 · beside it: Ward         │
//! │ Is the water on Elm St safe?                                │
//! │ ‼ 1 of 2 dates cannot be read: “yesterday”                  │
//! ╰─ ← → field  enter import  esc close ───────────────────────╯
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::context::{Context, network_name};
use super::menu::hints;
use super::pen::Pen;
use super::{frame, line_input};
use crate::mention::{Mention, Network};
use crate::text::width;
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::state::import::{ImportDialog, Problem, Step};
use crate::tui::theme::Meaning;

/// Wider lines are hard to read across.
const WIDEST: u16 = 110;
/// Columns of the part's name and of the column's.
const FIELD: usize = 12;
/// Lines of the first mention's text.
const TEXT_LINES: usize = 2;

/// Where things came to stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The columns, one line each.
    pub(super) columns: Rect,
    /// The first one shown.
    pub(super) top: usize,
    /// The text cursor.
    pub(super) cursor: Option<Position>,
}

/// Draws the dialog over the panes.
pub(super) fn draw(buffer: &mut Buffer, screen: Rect, dialog: &ImportDialog, context: &Context<'_>) -> Drawn {
    match dialog.step() {
        Step::Path | Step::Looking | Step::Name => asked(buffer, screen, dialog, context),
        Step::Columns => columns(buffer, screen, dialog, context),
    }
}

/// A line that is typed, and why it was not taken.
fn asked(buffer: &mut Buffer, screen: Rect, dialog: &ImportDialog, context: &Context<'_>) -> Drawn {
    let (title, help) = match dialog.step() {
        Step::Name => ("import-name", "import-name-help"),
        Step::Looking => ("import-path", "import-looking"),
        Step::Path | Step::Columns => ("import-path", "import-path-help"),
    };
    let (words, meaning) = match dialog.refused() {
        Some(words) => (format!("✗ {words}"), Meaning::Error),
        None => (context.text(help), Meaning::Muted),
    };
    let columns = 76.min(screen.width.saturating_sub(4)).max(screen.width.min(30));
    let lines = width::wrap(&words, usize::from(columns).saturating_sub(4).max(1));
    let area = frame::centred(screen, columns, lines.len() as u16 + 3);
    let hints = hints(&[Command::PromptAccept, Command::PromptClose], Layer::Prompt, context);
    let inside = frame::popup(buffer, area, (&context.text(title), ""), &hints, context);
    let mut pen = Pen::new(buffer, inside, 0);
    pen.text("› ", context.style(Meaning::Key));
    let (room, active) = (pen.room(), dialog.takes_text());
    let cursor = line_input(&mut pen, dialog.line().split(), room, active, context.style(Meaning::Text), context);
    for (line, range) in lines.into_iter().enumerate() {
        Pen::new(buffer, inside, line as u16 + 1).text(&words[range], context.style(meaning));
    }
    Drawn { cursor: cursor.map(|x| Position { x, y: inside.y }), ..Drawn::default() }
}

fn columns(buffer: &mut Buffer, screen: Rect, dialog: &ImportDialog, context: &Context<'_>) -> Drawn {
    let Some(sample) = dialog.sample() else { return Drawn::default() };
    let (mention, problems) = dialog.preview(context.now);
    let width = WIDEST.min(screen.width.saturating_sub(2));
    let room = usize::from(width).saturating_sub(4).max(1);
    let below = below(dialog, mention.as_ref(), &problems, room, context);
    let most = usize::from(screen.height).saturating_sub(3 + below.len()).max(3);
    let height = (sample.columns.len().min(most) + below.len() + 2) as u16;
    let area = frame::centred(screen, width, height);
    let file = sample.path.file_name().unwrap_or(sample.path.as_os_str()).to_string_lossy();
    let title = tr!(context.locale, "import-title", file = crate::text::clean_line(&file).into_owned());
    let remark = tr!(context.locale, "import-columns", form = sample.form, count = sample.columns.len());
    let commands = [
        Command::ImportFieldNext,
        Command::ImportText,
        Command::ImportDate,
        Command::ImportExtra,
        Command::ImportAccept,
        Command::ImportClose,
    ];
    let hints = hints(&commands, Layer::Import, context);
    let inside = frame::popup(buffer, area, (&title, &remark), &hints, context);
    let shown = usize::from(inside.height).saturating_sub(below.len());
    let top = (dialog.cursor() + 1).saturating_sub(shown).min(sample.columns.len().saturating_sub(shown));
    let names =
        sample.columns.iter().map(|name| width::width(name)).max().unwrap_or_default().clamp(6, (room / 3).max(6));
    for (line, column) in (top..sample.columns.len()).take(shown).enumerate() {
        column_line(Pen::new(buffer, inside, line as u16), dialog, column, names, context);
    }
    let first = inside.height.saturating_sub(below.len() as u16);
    for (line, (words, meaning)) in below.iter().enumerate() {
        let mut pen = Pen::new(buffer, inside, first + line as u16);
        let room = pen.room();
        pen.fit(words, room, context.style(*meaning));
    }
    Drawn { columns: Rect { height: shown as u16, ..inside }, top, cursor: None }
}

/// What a column is taken for, its name, and what stands in it.
fn column_line(mut pen: Pen<'_>, dialog: &ImportDialog, column: usize, names: usize, context: &Context<'_>) {
    let Some(sample) = dialog.sample() else { return };
    let here = column == dialog.cursor();
    let ink = |meaning| if here { context.selected(context.style(meaning)) } else { context.style(meaning) };
    pen.text(if here { "▌ " } else { "  " }, ink(Meaning::Focus));
    match dialog.field(column) {
        Some(field) => pen.left(&context.locale.word("field", field.token()), FIELD, ink(Meaning::Good)),
        None => pen.left("·", FIELD, ink(Meaning::Muted)),
    }
    pen.text(" ", ink(Meaning::Text));
    pen.left(&crate::text::clean_line(&sample.columns[column]), names, ink(Meaning::Title));
    pen.text("  ", ink(Meaning::Text));
    let cells = sample.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty());
    let cells: Vec<String> = cells.take(4).map(|cell| crate::text::clean_line(cell.trim()).into_owned()).collect();
    let room = pen.room();
    pen.left(&cells.join(" ¦ "), room, ink(Meaning::Muted));
}

/// The first mention and what is to be known, as lines.
fn below(
    dialog: &ImportDialog,
    mention: Option<&Mention>,
    problems: &[Problem],
    room: usize,
    context: &Context<'_>,
) -> Vec<(String, Meaning)> {
    let mut lines = Vec::new();
    if let Some(mention) = mention {
        lines.push((context.text("import-first"), Meaning::Title));
        lines.push((head(mention, context), Meaning::Muted));
        let text = mention.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let wrapped = width::wrap(&text, room);
        lines.extend(wrapped.into_iter().take(TEXT_LINES).map(|range| (text[range].to_owned(), Meaning::Text)));
    }
    if let Some(known) = dialog.known_as() {
        lines.push((format!("✓ {}", tr!(context.locale, "import-known", profile = known)), Meaning::Good));
    }
    for problem in problems {
        let words = match problem {
            Problem::NoText => context.text("import-no-text"),
            Problem::NoMention => context.text("import-no-mention"),
            Problem::Dates { bad, of, first } => {
                let first = width::truncate(&crate::text::clean_line(first), 24).0.into_owned();
                tr!(context.locale, "import-dates", bad = *bad, of = *of, first = first)
            }
        };
        let wrapped = width::wrap(&words, room.saturating_sub(2).max(1));
        let sign = |nth| if nth == 0 { "‼ " } else { "  " };
        let line = |(nth, range): (usize, std::ops::Range<usize>)| format!("{}{}", sign(nth), &words[range]);
        lines.extend(wrapped.into_iter().enumerate().map(|line_| (line(line_), Meaning::Warning)));
    }
    lines
}

/// Who, where, when, and how many columns stand beside it.
fn head(mention: &Mention, context: &Context<'_>) -> String {
    let author = mention.author.display();
    let mut parts = vec![author.map_or_else(|| context.text("import-anonymous"), str::to_owned)];
    if mention.network != Network::Unknown {
        parts.push(network_name(&mention.network).to_owned());
    }
    parts.push(mention.posted_at.map_or_else(|| context.text("import-undated"), |at| context.moment(at)));
    if let Some(url) = &mention.url {
        parts.push(url.clone());
    }
    let beside = mention.extras.iter().count();
    if beside > 0 {
        parts.push(tr!(context.locale, "import-beside", count = beside));
    }
    parts.join(" · ")
}
