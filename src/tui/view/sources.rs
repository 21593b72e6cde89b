//! The sources: a line for each, and below them all there is to know of the one under the cursor.
//!
//! ```text
//! ╭─ Sources ──────────────────────────────────────────── 2/4 ─╮
//! │  ● inbox      ndjson    live                          12/h │
//! │ ▌‼ sentinel   feed      next try in 40 s               3/h │
//! │  ○ press      feed      paused                         0/h │
//! │  ✗ council    feed      stopped                        0/h │
//! │                                                            │
//! │ sentinel ───────────────────────────────────────────────── │
//! │ reads       https://sentinel.example/feed                  │
//! │ last error  16:27, since 16:20: the server of … is in …    │
//! │ last heard  16:20 (8m)                                     │
//! ╰─ p pause or resume  r retry now  enter bad items  esc … ───╯
//! ```

mod quarantine;

use chrono::TimeDelta;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::context::Context;
use super::frame;
use super::menu::hints;
use super::pen::Pen;
use super::sheet::Sheet;
use crate::sources::{Lag, Phase, Vitals};
use crate::text::width;
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::state::health::Health;
use crate::tui::state::sources::SourcesScreen;
use crate::tui::theme::Meaning;

/// Wider lines are hard to read across.
const WIDEST: u16 = 112;
/// From so many columns on a line names the kind.
const WITH_KIND: usize = 64;
/// Ten years, in seconds.
const LONGEST_LAG: i64 = 315_360_000;
/// The columns of the labels below.
const LABELS: usize = 13;

/// Draws the screen over the panes. Answers with the place of the data of a bad item and its number of lines.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: Rect,
    state: &SourcesScreen,
    health: &Health,
    context: &Context<'_>,
) -> (Rect, usize) {
    if let Some(list) = &state.quarantine {
        return quarantine::draw(buffer, screen, list, context);
    }
    let (place, all) = (state.place(&health.sources), health.sources.len());
    let columns = WIDEST.min(screen.width);
    let inside = columns.saturating_sub(4).max(1);
    let about = health.sources.get(place).map(|vitals| about(vitals, health.bad_of(vitals), inside, context));
    // As high as what it says, and never higher than the screen.
    let below = about.as_ref().map_or(1, Sheet::len) as u16;
    let wanted = below + all.min(usize::from(screen.height)) as u16 + if health.elsewhere.is_some() { 6 } else { 3 };
    let most = screen.height.saturating_sub(2).max(screen.height.min(12));
    let area = frame::centred(screen, columns, wanted.max(12).min(most));
    let remark = if all == 0 { String::new() } else { format!("{}/{all}", place + 1) };
    let commands = [Command::SourcesPause, Command::SourcesRetry, Command::SourcesQuarantine, Command::SourcesClose];
    let hints = hints(&commands, Layer::Sources, context);
    let title = context.text("view-sources-title");
    let rest = frame::popup(buffer, area, (&title, &remark), &hints, context);
    let rest = whose(buffer, rest, health, context);
    let Some(about) = about else {
        said(buffer, rest, &context.text("view-sources-none"), context.style(Meaning::Muted));
        return (Rect::default(), 0);
    };
    let lines = list(buffer, rest, &health.sources, place, context);
    let used = (lines + 1).min(rest.height);
    let below = Rect { y: rest.y + used, height: rest.height - used, ..rest };
    about.draw(buffer, below, 0, context.style(Meaning::Text));
    (Rect::default(), 0)
}

/// A line for each, around the cursor where not all have room. Answers with the lines taken.
fn list(buffer: &mut Buffer, area: Rect, sources: &[Vitals], place: usize, context: &Context<'_>) -> u16 {
    let lines = sources.len().min(usize::from((area.height / 2).max(3).min(area.height)));
    let top = (place + 1).saturating_sub(lines);
    let names = sources.iter().map(|vitals| width::width(&vitals.source)).max().unwrap_or(0).clamp(8, 20);
    for (line, vitals) in sources.iter().skip(top).take(lines).enumerate() {
        row(buffer, area, (line as u16, names), vitals, top + line == place, context);
    }
    lines as u16
}

/// Says that another process reads them, where it is so. Answers with the room below.
fn whose(buffer: &mut Buffer, area: Rect, health: &Health, context: &Context<'_>) -> Rect {
    let Some(elsewhere) = health.elsewhere else { return area };
    let name = if elsewhere.is_current { "view-sources-elsewhere" } else { "view-sources-nobody" };
    let words = tr!(context.locale, name, moment = context.moment(elsewhere.at));
    let used = (said(buffer, area, &words, context.style(Meaning::Warning)) + 1).min(area.height);
    Rect { y: area.y + used, height: area.height - used, ..area }
}

/// Writes a sentence, wrapped. Answers with its lines.
fn said(buffer: &mut Buffer, area: Rect, words: &str, style: Style) -> u16 {
    let lines = width::wrap(words, usize::from(area.width).max(1));
    let count = lines.len() as u16;
    for (line, range) in lines.into_iter().enumerate() {
        Pen::new(buffer, area, line as u16).text(&words[range], style);
    }
    count.min(area.height)
}

/// Its sign, and how it looks.
fn sign(vitals: &Vitals, context: &Context<'_>) -> (&'static str, Meaning) {
    match vitals.phase {
        _ if vitals.is_silent(context.now) => ("‼", Meaning::Warning),
        Phase::Live => ("●", Meaning::Good),
        Phase::Starting | Phase::Waiting | Phase::Resting { .. } => ("◌", Meaning::Muted),
        Phase::BackingOff { .. } => ("‼", Meaning::Warning),
        Phase::Paused => ("○", Meaning::Muted),
        Phase::Ended => ("·", Meaning::Muted),
        Phase::Failed => ("✗", Meaning::Error),
    }
}

/// What it is doing; of one that is silent for too long, that.
fn state(vitals: &Vitals, context: &Context<'_>) -> String {
    match vitals.news.last.filter(|_| vitals.is_silent(context.now)) {
        Some(last) => tr!(context.locale, "view-sources-silent", span = context.age(last)),
        None => vitals.phase.words(context.locale, context.now),
    }
}

fn row(
    buffer: &mut Buffer,
    area: Rect,
    (line, names): (u16, usize),
    vitals: &Vitals,
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
    let (sign, meaning) = sign(vitals, context);
    pen.text(if selected { "▌" } else { " " }, ink(Meaning::Focus));
    pen.left(sign, 2, ink(meaning));
    pen.left(&vitals.source, names, ink(Meaning::Title));
    pen.skip(2);
    if room >= WITH_KIND {
        pen.left(&vitals.kind, 10, ink(Meaning::Muted));
        pen.skip(1);
    }
    let rate = tr!(context.locale, "view-sources-rate", count = context.number(vitals.news.last_hour));
    let rate_columns = width::width(&rate).max(6);
    let words = pen.room().saturating_sub(rate_columns + 1);
    let state_meaning = if meaning == Meaning::Good { Meaning::Text } else { meaning };
    pen.left(&state(vitals, context), words, ink(state_meaning));
    pen.skip(1);
    pen.right(&rate, rate_columns, ink(Meaning::Muted));
}

/// All there is to know of a source, what matters most first.
fn about<'a>(vitals: &'a Vitals, bad: u64, columns: u16, context: &Context<'a>) -> Sheet<'a> {
    let mut sheet = Sheet::new(columns);
    let rule = context.style(Meaning::Border);
    sheet.heading((&vitals.source, context.style(Meaning::Title)), (&vitals.kind, context.style(Meaning::Muted)), rule);
    let mut tell = |label: &str, words: &str, meaning: Meaning| {
        let label = Span::styled(context.text(label), context.style(Meaning::Muted));
        sheet.owned_item(label, words, LABELS, context.style(meaning));
    };
    tell("view-sources-reads", &vitals.reads, Meaning::Text);
    let (_, meaning) = sign(vitals, context);
    tell(
        "view-sources-state",
        &state(vitals, context),
        if meaning == Meaning::Muted { Meaning::Text } else { meaning },
    );
    if let Some(words) = trouble(vitals, context) {
        let now = if vitals.phase.is_trouble() { Meaning::Warning } else { Meaning::Muted };
        tell("view-sources-failed", &words, now);
    }
    for note in &vitals.notes {
        tell("view-sources-note", note.get(context.lang()), Meaning::Warning);
    }
    if let Some(seen) = vitals.last_seen {
        tell("view-sources-heard", &format!("{} ({})", context.moment(seen), context.age(seen)), Meaning::Text);
    }
    tell("view-sources-new", &news(vitals, context), Meaning::Text);
    if let Some(lag) = vitals.lag {
        tell("view-sources-behind", &behind(lag, context), Meaning::Text);
    }
    if bad > 0 {
        tell("view-sources-bad", &tr!(context.locale, "view-sources-bad-count", count = bad), Meaning::Warning);
    }
    if let Some(words) = quota(vitals, context) {
        tell("view-sources-quota", &words, Meaning::Text);
    }
    tell("view-sources-read", &tr!(context.locale, "view-sources-read-count", count = vitals.items), Meaning::Muted);
    sheet
}

fn trouble(vitals: &Vitals, context: &Context<'_>) -> Option<String> {
    let trouble = vitals.trouble.as_ref()?;
    let (moment, error) = (context.moment(trouble.at), trouble.words.get(context.lang()));
    let since = context.moment(trouble.since);
    Some(if vitals.phase.is_trouble() && since != moment {
        tr!(context.locale, "view-sources-failed-since", moment = moment, since = since, error = error)
    } else {
        tr!(context.locale, "view-sources-failed-at", moment = moment, error = error)
    })
}

fn news(vitals: &Vitals, context: &Context<'_>) -> String {
    let locale = context.locale;
    let hour = tr!(locale, "view-sources-new-hour", count = context.number(vitals.news.last_hour));
    let Some(last) = vitals.news.last else { return hour };
    let last = tr!(locale, "view-sources-new-last", moment = context.moment(last));
    match vitals.news.expected_by {
        Some(by) => tr!(locale, "view-sources-new-usual", hour = hour, last = last, by = context.moment(by)),
        None => format!("{hour}, {last}"),
    }
}

fn behind(lag: Lag, context: &Context<'_>) -> String {
    match lag {
        Lag::Items(count) => tr!(context.locale, "view-sources-behind-items", count = count),
        Lag::Seconds(seconds) => {
            let span = TimeDelta::seconds(i64::try_from(seconds).unwrap_or(0).saturating_add(59).min(LONGEST_LAG));
            context.locale.short_span(span)
        }
        Lag::Bytes(bytes) => {
            tr!(context.locale, "view-sources-behind-bytes", count = context.number(bytes.div_ceil(1024)))
        }
    }
}

fn quota(vitals: &Vitals, context: &Context<'_>) -> Option<String> {
    let (quota, locale) = (vitals.quota?, context.locale);
    let left = context.number(quota.remaining);
    let words = match quota.limit {
        Some(limit) => tr!(locale, "view-sources-quota-of", left = left, limit = context.number(limit)),
        None => tr!(locale, "view-sources-quota-left", left = left),
    };
    Some(match quota.resets_at.filter(|at| *at > context.now) {
        Some(at) => tr!(locale, "view-sources-quota-until", quota = words, moment = context.moment(at)),
        None => words,
    })
}
