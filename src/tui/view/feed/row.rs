//! One mention in the feed, on one or two lines. Every column has its place whatever it holds; nothing wraps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::context::{Context, PENDING_BADGE, level_badge, network_tag};
use super::super::mood::{self, Mood};
use super::super::pen::Pen;
use crate::mention::Status;
use crate::store::Row;
use crate::text::width;
use crate::tui::state::in_flight::Saving;
use crate::tui::theme::Meaning;

/// What the row is besides its mention.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Under the cursor.
    pub(super) selected: bool,
    /// Marked for a bulk act.
    pub(super) marked: bool,
    /// How its last act is doing.
    pub(super) saving: Option<Saving>,
    /// What it is to its near-copies.
    pub(super) copies: Copies,
    /// A rise that it is part of goes on.
    pub(super) surging: bool,
}

/// What a row is to its near-copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copies {
    /// It has none.
    Alone,
    /// It stands for all the open ones.
    Folded,
    /// They stand under it.
    Unfolded,
    /// It stands under the row of its cluster.
    Member {
        /// No other follows.
        last: bool,
    },
    /// Each stands for itself here.
    Each,
}

/// The widths of the columns, the same for all rows of a frame; 0 leaves a column out.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    lines: u16,
    due: usize,
    age: usize,
    network: usize,
    author: usize,
    initiative: usize,
    flags: usize,
    mood: usize,
    /// Words for the countdown, where there is room for words.
    words: Option<(String, String)>,
}

/// Columns before the first one: the cursor's bar, the mark, the level's badge and a space.
const LEAD: usize = 6;

/// The columns of the word beside the signs of tone and hostility.
const WORD: usize = 11;

impl Columns {
    /// Chooses the columns for a pane so wide.
    pub(super) fn new(pane: u16, lines: u16, context: &Context<'_>) -> Self {
        let pane = usize::from(pane);
        let words = (lines > 1 && pane >= 56 || pane >= 100)
            .then(|| (context.text("view-due-left"), context.text("view-due-late")));
        let longest = words.as_ref().map_or(2, |(left, late)| width::width(left).max(width::width(late)) + 1);
        let has = |at: usize, columns: usize| if pane >= at { columns } else { 0 };
        if lines > 1 {
            // The author has what the others leave; a version badge takes its room only where there is one.
            let initiative = has(34, (pane / 6).clamp(5, 14));
            return Self {
                lines,
                due: longest + 3,
                age: has(28, 3),
                network: has(34, 4),
                author: 0,
                initiative,
                flags: 0,
                mood: mood::SIGNS,
                words,
            };
        }
        Self {
            lines,
            due: has(20, longest + 3),
            age: has(30, 3),
            network: has(56, 4),
            author: has(40, (pane / 6).clamp(10, 22)),
            initiative: has(64, (pane / 10).clamp(6, 16)),
            flags: has(72, 4),
            mood: if pane >= 104 { mood::SIGNS + WORD } else { has(46, mood::SIGNS) },
            words,
        }
    }
}

/// Draws the row into its slot.
pub(super) fn draw(buffer: &mut Buffer, slot: Rect, row: &Row, look: Look, columns: &Columns, context: &Context<'_>) {
    let ink = Ink { selected: look.selected, closed: row.status == Status::Closed, context };
    for line in 0..slot.height {
        let mut pen = Pen::new(buffer, slot, line);
        let room = pen.room();
        pen.fill(' ', room, ink.of(Meaning::Text));
    }
    let mut pen = Pen::new(buffer, slot, 0);
    lead(&mut pen, row, look, &ink);
    if columns.lines > 1 {
        first_of_two(&mut pen, row, look, columns, &ink);
        let mut pen = Pen::new(buffer, slot, 1);
        bar(&mut pen, look, false, &ink);
        pen.skip(1);
        below_the_lead(&mut pen, row, look, columns, &ink);
        excerpt(&mut pen, row, &ink);
    } else {
        on_one_line(&mut pen, row, look, columns, &ink);
    }
}

/// The row's styles: on the cursor's ground where the cursor is, of lesser weight where all is done.
struct Ink<'a> {
    selected: bool,
    closed: bool,
    context: &'a Context<'a>,
}

impl Ink<'_> {
    fn of(&self, meaning: Meaning) -> Style {
        let meaning = if self.closed && meaning != Meaning::Marked { Meaning::Muted } else { meaning };
        if self.selected {
            self.context.selected(self.context.style(if meaning == Meaning::Muted {
                Meaning::Selection
            } else {
                meaning
            }))
        } else {
            self.context.style(meaning)
        }
    }
}

/// The cursor's bar, or the sign of what nobody has opened yet.
fn bar(pen: &mut Pen<'_>, look: Look, unseen: bool, ink: &Ink<'_>) {
    let sign = match (look.selected, unseen) {
        (true, _) => "▌",
        (false, true) => "●",
        (false, false) => " ",
    };
    pen.text(sign, ink.of(Meaning::Focus));
}

fn lead(pen: &mut Pen<'_>, row: &Row, look: Look, ink: &Ink<'_>) {
    bar(pen, look, row.unseen, ink);
    match look.copies {
        _ if look.marked => pen.text("✓", ink.of(Meaning::Marked)),
        Copies::Member { last } => pen.text(if last { "└" } else { "├" }, ink.of(Meaning::Border)),
        _ => pen.text(" ", ink.of(Meaning::Text)),
    }
    if row.assessed {
        pen.text(level_badge(row.level), ink.of(row.level.into()));
    } else {
        pen.text(PENDING_BADGE, ink.of(Meaning::Muted));
    }
    pen.text(" ", ink.of(Meaning::Text));
}

fn on_one_line(pen: &mut Pen<'_>, row: &Row, look: Look, columns: &Columns, ink: &Ink<'_>) {
    if columns.due > 0 {
        due(pen, row, columns, ink);
        pen.skip(1);
    }
    if columns.age > 0 {
        pen.right(&ink.context.age(row.at), columns.age, ink.of(Meaning::Muted));
        pen.skip(1);
    }
    if columns.network > 0 {
        pen.left(network_tag(&row.network), columns.network, ink.of(Meaning::Muted));
        pen.skip(1);
    }
    if columns.author > 0 {
        author(pen, row, columns.author, ink);
        pen.skip(1);
    }
    if columns.initiative > 0 {
        initiative(pen, row, columns.initiative, ink);
        pen.skip(1);
    }
    if columns.flags > 0 {
        flags(pen, row, look, columns.flags, ink);
        pen.skip(1);
    }
    if columns.mood > 0 {
        mood(pen, row, columns.mood, ink);
        pen.skip(1);
    }
    rise_and_copies(pen, row, look, ink);
    if columns.mood == mood::SIGNS {
        grave_word(pen, row, ink);
    }
    excerpt(pen, row, ink);
}

/// Before the text: that its subject rose when it came, and how many near-copies there are.
fn rise_and_copies(pen: &mut Pen<'_>, row: &Row, look: Look, ink: &Ink<'_>) {
    if !row.surges.is_empty() {
        pen.text("⇈", ink.of(if look.surging { Meaning::Surge } else { Meaning::Muted }));
        pen.text(" ", ink.of(Meaning::Text));
    }
    let sign = match look.copies {
        Copies::Alone | Copies::Member { .. } => return,
        Copies::Folded => "▸",
        Copies::Unfolded => "▾",
        Copies::Each => "",
    };
    pen.text(&format!("{sign}×{}", ink.context.number(row.copies.into())), ink.of(Meaning::Key));
    pen.text(" ", ink.of(Meaning::Text));
}

/// The signs of tone and hostility, with their word where there is room for it.
fn mood(pen: &mut Pen<'_>, row: &Row, columns: usize, ink: &Ink<'_>) {
    let Some(mood) = Mood::of(row) else { return pen.skip(columns) };
    mood.signs(pen, |meaning| ink.of(meaning));
    if columns > mood::SIGNS {
        let (word, meaning) = mood.word(ink.context);
        pen.left(&word, columns - mood::SIGNS, ink.of(meaning));
    }
}

/// On the second line, the signs under the level, and what stands before the text.
fn below_the_lead(pen: &mut Pen<'_>, row: &Row, look: Look, columns: &Columns, ink: &Ink<'_>) {
    mood(pen, row, columns.mood, ink);
    pen.skip(LEAD - 2 - columns.mood);
    rise_and_copies(pen, row, look, ink);
    grave_word(pen, row, ink);
}

/// Before the text, the word of what is grave.
fn grave_word(pen: &mut Pen<'_>, row: &Row, ink: &Ink<'_>) {
    if let Some(mood) = Mood::of(row).filter(|mood| mood.is_grave()) {
        let (word, meaning) = mood.word(ink.context);
        let room = pen.room() / 2;
        pen.fit(&word, room, ink.of(meaning));
        pen.text(": ", ink.of(Meaning::Muted));
    }
}

fn first_of_two(pen: &mut Pen<'_>, row: &Row, look: Look, columns: &Columns, ink: &Ink<'_>) {
    let tail = [columns.initiative, columns.network, columns.age, columns.due];
    let tail: usize = tail.iter().filter(|columns| **columns > 0).map(|columns| columns + 1).sum();
    let sign = usize::from(status_sign(row, look).0 != " ");
    let flagged = if row.version > 1 { 4 } else { sign };
    let room = pen.room().saturating_sub(tail + 1);
    author(pen, row, room.saturating_sub(if flagged > 0 { flagged + 1 } else { 0 }), ink);
    if flagged > 0 {
        pen.skip(1);
        flags(pen, row, look, flagged, ink);
    }
    pen.skip(1);
    if columns.initiative > 0 {
        initiative(pen, row, columns.initiative, ink);
        pen.skip(1);
    }
    if columns.network > 0 {
        pen.left(network_tag(&row.network), columns.network, ink.of(Meaning::Muted));
        pen.skip(1);
    }
    if columns.age > 0 {
        pen.right(&ink.context.age(row.at), columns.age, ink.of(Meaning::Muted));
        pen.skip(1);
    }
    due(pen, row, columns, ink);
}

/// The name, heavier while nobody has opened the mention.
fn author(pen: &mut Pen<'_>, row: &Row, columns: usize, ink: &Ink<'_>) {
    let name = row.name.as_deref().or(row.handle.as_deref()).unwrap_or("?");
    let meaning = if row.unseen { Meaning::Title } else { Meaning::Text };
    pen.left(&width::row_form(name), columns, ink.of(meaning));
}

fn initiative(pen: &mut Pen<'_>, row: &Row, columns: usize, ink: &Ink<'_>) {
    let Some(first) = row.initiatives.first() else {
        let sign = if !row.assessed || row.relevant { "–" } else { "×" };
        pen.left(sign, columns, ink.of(Meaning::Muted));
        return;
    };
    let more = if row.initiatives.len() > 1 { "+" } else { "" };
    let used = pen.fit(first, columns.saturating_sub(more.len()), ink.of(Meaning::Normal));
    pen.left(more, columns - used, ink.of(Meaning::Normal));
}

/// The version badge and the status: `v2↑`.
fn flags(pen: &mut Pen<'_>, row: &Row, look: Look, columns: usize, ink: &Ink<'_>) {
    let (sign, meaning) = status_sign(row, look);
    let version = if row.version > 1 { format!("v{}", row.version.min(99)) } else { String::new() };
    let meaning_of_version = if row.changed { Meaning::Warning } else { Meaning::Muted };
    let used = pen.fit(&version, columns.saturating_sub(1), ink.of(meaning_of_version));
    pen.fill(' ', columns.saturating_sub(1 + used), ink.of(Meaning::Text));
    pen.left(sign, 1, ink.of(meaning));
}

/// One sign for where the case stands; a new one has none.
fn status_sign(row: &Row, look: Look) -> (&'static str, Meaning) {
    match look.saving {
        Some(Saving::Saving) => return ("≈", Meaning::Warning),
        Some(Saving::Failed) => return ("✗", Meaning::Error),
        Some(Saving::Recorded) | None => {}
    }
    if row.author_deleted {
        return ("×", Meaning::Warning);
    }
    match row.status {
        Status::New => (" ", Meaning::Text),
        Status::InReview => ("◐", Meaning::Text),
        Status::PendingFact | Status::PendingApproval | Status::PendingAuthor => ("◌", Meaning::Warning),
        Status::Snoozed => ("z", Meaning::Muted),
        Status::Escalated => ("↑", Meaning::High),
        Status::Closed => ("✓", Meaning::Good),
        Status::Reopened => ("↺", Meaning::Warning),
    }
}

/// The countdown; a snoozed one shows when it comes back.
fn due(pen: &mut Pen<'_>, row: &Row, columns: &Columns, ink: &Ink<'_>) {
    let context = ink.context;
    if let Some(wakes) = row.wakes_at {
        let span = context.locale.short_span((wakes - context.now).max(chrono::TimeDelta::zero()));
        return pen.right(&format!("z {span}"), columns.due, ink.of(Meaning::Muted));
    }
    let Some(due_at) = row.due_at.filter(|_| row.status.is_open()) else {
        return pen.right("", columns.due, ink.of(Meaning::Muted));
    };
    let due = context.due(row.level, due_at);
    let text = match (&columns.words, due.late) {
        (Some((_, late)), true) => format!("{late} {}", due.span),
        (Some((left, _)), false) => format!("{left} {}", due.span),
        (None, true) => format!("‼-{}", due.span),
        (None, false) => due.span,
    };
    // The blanks before it are the row's: a theme may set what is late on another ground.
    let gap = columns.due.saturating_sub(width::width(&text));
    pen.fill(' ', gap, ink.of(Meaning::Text));
    pen.fit(&text, columns.due - gap, ink.of(due.meaning));
}

fn excerpt(pen: &mut Pen<'_>, row: &Row, ink: &Ink<'_>) {
    let room = pen.room().saturating_sub(1);
    let words = ink.context.shielded(&row.id, &row.excerpt, &row.hurtful);
    pen.fit(&width::row_form(&words), room, ink.of(Meaning::Text));
}
