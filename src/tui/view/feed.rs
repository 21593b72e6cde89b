//! The feed: one or two lines a mention, the filter bar above them, and what to say when there are none.
//!
//! ```text
//! one line, 72 columns or more
//! ▌●▲P1  -4m  16m bsky Ana Petit      water  v2   ○ ⇈ Is the water on Elm St safe?…
//! ●├•P3    6h  14m fb   Neighbour 2    lane        − Stop the lane…       a near-copy under its row
//!
//! two lines, in a narrow and tall pane
//! ▌●▲P1 Ana Petit        water bsky 16m late 4m
//! ▌   ○ ⇈ Is the water on Elm St safe? My daughter…
//! ● •P3 J. Doe           water fb   18m in 2h
//!   ■?− ▸×37 abusive?: You ▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒ broke the…
//! ```
//!
//! Before the text stand what is said of its words (danger or hostility, whether that is unsure, tone), that it was part of a
//! rise, and how many near-copies the row stands for.

mod row;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::context::Context;
use super::frame;
use super::pen::Pen;
use crate::pipeline::Surge;
use crate::query::wording;
use crate::store::{Counts, Row, View};
use crate::text::width;
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::state::feed::Feed;
use crate::tui::state::filter::FilterBar;
use crate::tui::state::in_flight::InFlight;
use crate::tui::state::selection::Selection;
use crate::tui::state::surges::{self, Surges};
use crate::tui::theme::Meaning;

/// What the feed is drawn from.
#[derive(Clone, Copy)]
pub(super) struct FeedPane<'a> {
    /// The window on the view.
    pub(super) feed: &'a Feed,
    /// The mentions marked for a bulk act.
    pub(super) marks: &'a Selection,
    /// How the last acts are doing.
    pub(super) in_flight: &'a InFlight,
    /// The filter bar.
    pub(super) filter: &'a FilterBar,
    /// True while the filter bar takes the keys.
    pub(super) filtering: bool,
    /// The numbers of the views.
    pub(super) counts: Option<&'a Counts>,
    /// What is talked about more than usual.
    pub(super) surges: &'a Surges,
}

/// Where the rows came to stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The rows, without heading and filter bar.
    pub(super) rows: Rect,
    /// The lines of one row.
    pub(super) lines: u16,
    /// The place of the text cursor, while the filter is being typed.
    pub(super) cursor: Option<Position>,
}

/// Draws the pane.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, pane: FeedPane<'_>, focused: bool, context: &Context<'_>) -> Drawn {
    let title = context.text(view_name(pane.feed.view()));
    let waiting = match pane.feed.waiting() {
        0 => String::new(),
        count => format!("↑ {}", tr!(context.locale, "view-new", count = count)),
    };
    let mut rows = frame::pane(buffer, area, (&title, &waiting, &place(pane, context)), focused, context);
    let mut cursor = None;
    if (pane.filtering || !pane.filter.line().is_empty()) && rows.height > 0 {
        let advice = filter_advice(pane, context);
        cursor = filter_bar(buffer, rows, pane, advice.is_some(), context);
        rows = Rect { y: rows.y + 1, height: rows.height - 1, ..rows };
        if let Some(advice) = advice {
            rows = tell_advice(buffer, rows, &advice, context);
        }
    }
    if pane.feed.view() == View::Surging {
        rows = rises(buffer, rows, pane.surges, context);
    }
    if pane.feed.rows().is_empty() {
        empty(buffer, rows, pane, context);
        return Drawn { rows, lines: 1, cursor };
    }
    let lines = lines_of_a_row(rows);
    let height = usize::from(rows.height / lines).max(1);
    let columns = row::Columns::new(rows.width, lines, context);
    let top = top(pane.feed, height);
    for (place, row) in pane.feed.rows().iter().skip(top).take(height).enumerate() {
        let slot = Rect { y: rows.y + place as u16 * lines, height: lines.min(rows.height), ..rows };
        let look = row::Look {
            selected: pane.feed.selected().is_some_and(|selected| selected.id == row.id),
            marked: !pane.marks.is_empty() && pane.marks.contains(&row.id),
            saving: pane.in_flight.saving(&row.id),
            copies: copies(pane.feed, top + place, row),
            surging: pane.surges.goes_on(&row.surges),
        };
        row::draw(buffer, slot, row, look, &columns, context);
    }
    Drawn { rows, lines, cursor }
}

/// Draws the rises there are, the strongest first, and gives the room that is left.
fn rises(buffer: &mut Buffer, area: Rect, surges: &Surges, context: &Context<'_>) -> Rect {
    let mut used = 0;
    for surge in surges.list() {
        let (head, rest) = rise(surge, context);
        let room = usize::from(area.width.saturating_sub(4)).max(1);
        let lines = width::wrap(&rest, room);
        if used + 1 + lines.len() > usize::from(area.height / 3) {
            break;
        }
        let mut pen = Pen::new(buffer, area, used as u16);
        pen.text(" ⇈ ", context.style(Meaning::Surge));
        pen.fit(&head, room, context.style(Meaning::Surge));
        for (line, range) in lines.iter().enumerate() {
            let mut pen = Pen::new(buffer, area, (used + 1 + line) as u16);
            pen.skip(3);
            pen.text(&rest[range.clone()], context.style(Meaning::Muted));
        }
        used += 1 + lines.len();
    }
    let used = used as u16;
    Rect { y: area.y + used, height: area.height - used, ..area }
}

/// A rise in words: its level, its subject and since when; then how much is said, and which words rose.
fn rise(surge: &Surge, context: &Context<'_>) -> (String, String) {
    let locale = context.locale;
    let (level, subject) = (surges::level(surge, locale), surges::subject(surge, context.plan, locale));
    let head = tr!(locale, "view-surge", level = level, subject = subject, since = context.moment(surge.since));
    let usual = crate::locale::tenths(context.lang(), surge.usual_tenths);
    let (n, minutes) = (surge.volume, u32::from(surge.minutes));
    let mut rest = tr!(locale, "view-surge-volume", n = n, minutes = minutes, usual = usual);
    let terms = surges::terms(surge);
    if !terms.is_empty() {
        rest = format!("{rest} · {terms}");
    }
    (head, rest)
}

/// What the row at a place is to its near-copies.
fn copies(feed: &Feed, at: usize, row: &Row) -> row::Copies {
    match feed.member(at) {
        Some(last) => row::Copies::Member { last },
        None if row.copies < 2 => row::Copies::Alone,
        None if !feed.folds() => row::Copies::Each,
        None if feed.unfolded() == row.cluster.as_ref() => row::Copies::Unfolded,
        None => row::Copies::Folded,
    }
}

/// The view's own name.
pub(super) fn view_name(view: View) -> &'static str {
    match view {
        View::Urgent => "view-urgent",
        View::Open => "view-open",
        View::Mine => "view-mine",
        View::Snoozed => "view-snoozed",
        View::Closed => "view-closed",
        View::All => "view-all",
        View::Surging => "view-surging",
    }
}

/// Two lines where one would cut the text to a stump.
fn lines_of_a_row(rows: Rect) -> u16 {
    if rows.width < 72 && rows.height >= 8 { 2 } else { 1 }
}

/// The first row on the screen. The state follows the height of the frame before this one; should the pane have
/// become smaller, the cursor is in sight all the same.
fn top(feed: &Feed, height: usize) -> usize {
    let (top, cursor) = (feed.top(), feed.cursor());
    if cursor >= top + height { cursor + 1 - height } else { top.min(cursor) }
}

/// `3/87`, as far as it is known.
fn place(pane: FeedPane<'_>, context: &Context<'_>) -> String {
    let rows = pane.feed.rows().len();
    if rows == 0 {
        return String::new();
    }
    let marked = match pane.marks.len() {
        0 => String::new(),
        count => format!("✓ {} · ", tr!(context.locale, "view-marked", count = count)),
    };
    let (before, after) = pane.feed.more();
    let total = match pane.counts.map(|counts| total(counts, pane.feed.view())) {
        Some(total) if !pane.feed.is_filtered() => context.number(total.max(rows as u64)),
        _ => format!("{}{}", context.number(rows as u64), if after { "+" } else { "" }),
    };
    let at = if before { "…".to_owned() } else { context.number(pane.feed.cursor() as u64 + 1) };
    format!("{marked}{at}/{total}")
}

/// How many mentions a view has.
pub(super) fn total(counts: &Counts, view: View) -> u64 {
    match view {
        View::Urgent => counts.open[0] + counts.open[1],
        View::Open => counts.open_total(),
        View::Mine => counts.mine,
        View::Snoozed => counts.snoozed,
        View::Closed => counts.all.saturating_sub(counts.open_total() + counts.snoozed),
        View::All => counts.all,
        View::Surging => counts.surging,
    }
}

/// Draws what is typed, and at the right end how many match.
fn filter_bar(
    buffer: &mut Buffer,
    area: Rect,
    pane: FeedPane<'_>,
    advised: bool,
    context: &Context<'_>,
) -> Option<Position> {
    let (before, after) = pane.filter.line().split();
    let refused = !pane.filter.problems().is_empty();
    let told = if refused { String::new() } else { found(pane, context) };
    let meaning = if advised { Meaning::Warning } else { Meaning::Muted };
    let text = context.style(if pane.filtering { Meaning::Text } else { Meaning::Muted });
    let told_columns = if told.is_empty() { 0 } else { (width::width(&told) + 2).min(usize::from(area.width) / 2) };
    let mut pen = Pen::new(buffer, area, 0);
    pen.text(" / ", context.style(Meaning::Key));
    let room = pen.room().saturating_sub(told_columns + 1);
    let cursor = super::line_input(&mut pen, (before, after), room, pane.filtering, text, context);
    if told_columns > 0 {
        pen.right(&told, told_columns, context.style(meaning));
    }
    cursor.map(|x| Position { x, y: area.y })
}

/// How many match, once that is known.
fn found(pane: FeedPane<'_>, context: &Context<'_>) -> String {
    pane.filter.count().map_or_else(String::new, |count| {
        let number = format!("{}{}", context.number(count.found), if count.exact { "" } else { "+" });
        tr!(context.locale, "view-found", n = count.found, count = number)
    })
}

/// What cannot be understood of the text in the bar, or is probably not meant so.
fn filter_advice(pane: FeedPane<'_>, context: &Context<'_>) -> Option<String> {
    match pane.filter.problems().first() {
        Some(problem) => Some(wording::error(problem, context.locale)),
        None => pane.filter.query()?.warnings().first().map(|warning| wording::warning(warning, context.locale)),
    }
}

/// Draws the advice below the bar, whole where there is room, and gives the room that is left.
fn tell_advice(buffer: &mut Buffer, area: Rect, advice: &str, context: &Context<'_>) -> Rect {
    const INDENT: u16 = 3;
    let lines = width::wrap(advice, usize::from(area.width.saturating_sub(INDENT + 1)).max(1));
    let height = lines.len().min(usize::from(area.height.saturating_sub(2)));
    for (line, span) in lines.into_iter().take(height).enumerate() {
        let slot = Rect { x: area.x + INDENT, width: area.width.saturating_sub(INDENT), ..area };
        let mut pen = Pen::new(buffer, slot, line as u16);
        pen.text(&advice[span], context.style(Meaning::Warning));
    }
    Rect { y: area.y + height as u16, height: area.height - height as u16, ..area }
}

/// Says why there is nothing, and what to press.
fn empty(buffer: &mut Buffer, area: Rect, pane: FeedPane<'_>, context: &Context<'_>) {
    let key = |command: Command| {
        context
            .keymap
            .keys_for(command, &[Layer::Feed, Layer::Case, Layer::Desk, Layer::Filter])
            .map_or_else(String::new, |keys| super::hint::named(&keys, context))
    };
    let text = if pane.feed.is_loading() {
        context.text("view-empty-loading")
    } else if pane.feed.is_filtered() {
        tr!(context.locale, "view-empty-filtered", key = key(Command::FilterClear))
    } else {
        match pane.feed.view() {
            View::Urgent => tr!(context.locale, "view-empty-urgent", key = key(Command::ViewOpen)),
            View::Open => tr!(context.locale, "view-empty-open", key = key(Command::ViewClosed)),
            View::Mine => tr!(context.locale, "view-empty-mine", key = key(Command::CaseClaim)),
            View::Snoozed => tr!(context.locale, "view-empty-snoozed", key = key(Command::CaseSnooze)),
            View::Closed => context.text("view-empty-closed"),
            View::All => context.text("view-empty-all"),
            View::Surging => context.text("view-empty-surging"),
        }
    };
    let columns = usize::from(area.width).saturating_sub(4);
    let inner = Rect { x: area.x + 2.min(area.width), width: columns as u16, ..area };
    let first = (area.height / 4).min(3);
    for (line, range) in width::wrap(&text, columns).into_iter().enumerate() {
        Pen::new(buffer, inner, first + line as u16).text(&text[range], context.style(Meaning::Muted));
    }
}
