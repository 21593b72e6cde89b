//! The line above the keys: a notice while there is one, else posture and sources; at its right end whether
//! everything is on disk. What matters least goes first when there is no room.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::context::Context;
use super::pen::Pen;
use super::{frame, hint};
use crate::mention::Posture;
use crate::sources::{Lag, Phase, Vitals};
use crate::store::Counts;
use crate::text::width;
use crate::tr;
use crate::tui::app::Importing;
use crate::tui::command::{Command, Layer};
use crate::tui::state::health::Health;
use crate::tui::state::in_flight::InFlight;
use crate::tui::state::notices::{Notice, Notices, Weight};
use crate::tui::state::posture::{self, Standing};
use crate::tui::state::surges::{self, Surges};
use crate::tui::theme::Meaning;

/// What the line is drawn from.
#[derive(Clone, Copy)]
pub(super) struct StatusLine<'a> {
    /// The sources.
    pub(super) health: &'a Health,
    /// Acts on their way to the log.
    pub(super) in_flight: &'a InFlight,
    /// What there is to tell.
    pub(super) notices: &'a Notices,
    /// What is talked about more than usual.
    pub(super) surges: &'a Surges,
    /// The numbers of the views.
    pub(super) counts: Option<&'a Counts>,
    /// How far the re-assessment under a new plan is: done, and of how many.
    pub(super) reassessing: Option<(usize, usize)>,
    /// How far the assessment of what was imported is: done, and of how many.
    pub(super) assessing: Option<(u64, u64)>,
    /// The import that runs.
    pub(super) importing: Option<&'a Importing>,
}

/// Draws the line.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, line: StatusLine<'_>, context: &Context<'_>) {
    let saved = saved(line.in_flight, context);
    let saved_columns = width::width(&saved.content) + 1;
    let mut pen = Pen::new(buffer, area, 0);
    pen.skip(1);
    let room = pen.room().saturating_sub(saved_columns + 1);
    if let Some(notice) = line.notices.line() {
        told(&mut pen, notice, room, context);
    } else {
        let mut left = room;
        for (place, piece) in pieces(line, room / 3, context).into_iter().enumerate() {
            let columns = width::width(&piece.content) + if place == 0 { 0 } else { 3 };
            if columns > left {
                break;
            }
            if place > 0 {
                pen.text(" · ", context.style(Meaning::Border));
            }
            pen.text(&piece.content, piece.style);
            left -= columns;
        }
    }
    if pen.room() > saved_columns {
        let gap = pen.room() - saved_columns;
        pen.skip(gap);
        pen.text(&saved.content, saved.style);
    }
}

/// A notice, with the key that takes the act back where it was one.
fn told(pen: &mut Pen<'_>, notice: &Notice, room: usize, context: &Context<'_>) {
    let (sign, meaning) = weight(notice.weight());
    let words = notice.wording(context.locale);
    let mut used = pen.fit(&format!("{sign} {words}"), room, context.style(meaning));
    if matches!(notice, Notice::Recorded { .. })
        && let Some(undo) = hint::of(Command::CaseUndo, &[Layer::Desk], context)
    {
        used += undo.columns() + 3;
        if used <= room {
            pen.skip(3);
            for span in undo.spans(context) {
                pen.text(&span.content, span.style);
            }
        }
    }
}

fn weight(weight: Weight) -> (&'static str, Meaning) {
    match weight {
        Weight::Good => ("✓", Meaning::Good),
        Weight::Warning => ("‼", Meaning::Warning),
        Weight::Error => ("✗", Meaning::Error),
    }
}

fn saved<'a>(in_flight: &InFlight, context: &Context<'a>) -> Span<'a> {
    match in_flight.unrecorded() {
        0 => Span::styled(format!("✓ {}", context.text("view-saved")), context.style(Meaning::Good)),
        count if in_flight.is_late() => Span::styled(
            format!("✗ {}", tr!(context.locale, "view-unrecorded", count = count)),
            context.style(Meaning::Error),
        ),
        count => Span::styled(
            format!("≈ {}", tr!(context.locale, "view-saving", count = count)),
            context.style(Meaning::Warning),
        ),
    }
}

/// What there is to say while nothing has happened, the most important first.
fn pieces<'a>(line: StatusLine<'_>, longest: usize, context: &Context<'a>) -> Vec<Span<'a>> {
    let mut pieces = Vec::with_capacity(8);
    pieces.push(posture_piece(&posture::standing(context.plan, context.now), longest, context));
    pieces.extend(rise(line.surges, longest, context));
    if let Some(period) = context.plan.election_on(context.plan.organization.hours.local_day(context.now)) {
        let until = context.locale.date(&period.end.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc());
        let words = tr!(context.locale, "view-election-short", date = until);
        pieces.push(Span::styled(format!("‼ {words}"), context.style(Meaning::Warning)));
    }
    if let Some((done, of)) = line.reassessing {
        let words = tr!(context.locale, "view-reassessing", done = done, of = of);
        pieces.push(Span::styled(format!("≈ {words}"), context.style(Meaning::Warning)));
    }
    if let Some(importing) = line.importing {
        let (rate, left) = importing.pace(context.now);
        let left = left.map_or_else(|| "?".to_owned(), |left| format!("{}:{:02}", left / 60, left % 60));
        let (rows, rate) = (context.number(importing.progress.rows), context.number(rate));
        let file = width::truncate(&importing.progress.file, 24).0.into_owned();
        let words = tr!(context.locale, "view-importing", file = file, rows = rows, rate = rate, left = left);
        pieces.push(Span::styled(format!("≈ {words}"), context.style(Meaning::Warning)));
    } else if let Some((done, of)) = line.assessing {
        let (done, of) = (context.number(done), context.number(of));
        let words = tr!(context.locale, "view-assessing", done = done, of = of);
        pieces.push(Span::styled(format!("≈ {words}"), context.style(Meaning::Warning)));
    }
    if let Some(late) = line.counts.map(|counts| counts.late).filter(|late| *late > 0) {
        pieces.push(Span::styled(
            format!("‼ {}", tr!(context.locale, "view-late", count = late)),
            context.style(Meaning::Error),
        ));
    }
    pieces.extend(shield(context));
    sources(&mut pieces, line.health, context);
    pieces
}

/// The strongest rise: its level, its subject, since when; and how many others there are.
fn rise<'a>(all: &Surges, longest: usize, context: &Context<'a>) -> Option<Span<'a>> {
    let surge = all.list().first()?;
    let (level, since) = (surges::level(surge, context.locale), context.moment(surge.since));
    // On a small screen the view of surges tells what it is about.
    let mut words = if longest < 30 {
        tr!(context.locale, "view-surge-short", level = level, since = since)
    } else {
        let subject = surges::subject(surge, context.plan, context.locale);
        let subject = width::truncate(&subject, longest / 2).0.into_owned();
        tr!(context.locale, "view-surge", level = level, subject = subject, since = since)
    };
    if all.list().len() > 1 {
        let _ = write!(words, " (+{})", all.list().len() - 1);
    }
    Some(Span::styled(format!("⇈ {words}"), context.style(Meaning::Surge)))
}

/// How often hurtful words were shown this shift, and whether they are covered at all.
fn shield<'a>(context: &Context<'a>) -> Option<Span<'a>> {
    let shield = context.shield;
    let count = shield.exposures();
    let name = match (shield.is_raised(), count) {
        (true, 0) => return None,
        (true, _) => "view-exposures",
        (false, _) => "view-unshielded",
    };
    let meaning = if shield.is_raised() { Meaning::Muted } else { Meaning::Warning };
    let words = tr!(context.locale, name, n = count, count = context.number(count));
    Some(Span::styled(format!("▒ {words}"), context.style(meaning)))
}

fn posture_piece<'a>(standing: &Standing, longest: usize, context: &Context<'a>) -> Span<'a> {
    let word = context.locale.word("posture", standing.posture.token());
    let (sign, meaning) = match standing.posture {
        Posture::Quiet => ("·", Meaning::Muted),
        Posture::Heightened => ("◆", Meaning::High),
        Posture::Crisis => ("▲", Meaning::Urgent),
    };
    let title = standing.initiative.as_ref().and_then(|id| context.plan.initiatives.by_id(id));
    let words = match title {
        Some(initiative) => {
            let (title, _) = width::truncate(initiative.title.get(context.lang()), longest.max(20));
            tr!(context.locale, "view-posture-of", posture = word, initiative = title.into_owned())
        }
        None => tr!(context.locale, "view-posture", posture = word),
    };
    Span::styled(format!("{sign} {words}"), context.style(meaning))
}

/// `2/2 live`, then each source that needs a look, then what could not be read.
fn sources<'a>(pieces: &mut Vec<Span<'a>>, health: &Health, context: &Context<'a>) {
    let all = health.sources.len();
    if all == 0 {
        pieces.push(Span::styled(context.text("view-no-sources"), context.style(Meaning::Muted)));
        return;
    }
    let live = health.sources.iter().filter(|source| source.phase == Phase::Live).count();
    let well = health.troubled() == 0 && health.silent(context.now) == 0;
    let meaning = if well { Meaning::Good } else { Meaning::Warning };
    pieces.push(Span::styled(tr!(context.locale, "view-sources", live = live, all = all), context.style(meaning)));
    for source in &health.sources {
        if let Some((words, meaning)) = trouble(source, context) {
            pieces.push(Span::styled(words, context.style(meaning)));
        }
    }
    if health.bad_items() > 0 {
        let words = tr!(context.locale, "view-bad-items", count = health.bad_items());
        pieces.push(Span::styled(words, context.style(Meaning::Warning)));
    }
}

fn trouble(source: &Vitals, context: &Context<'_>) -> Option<(String, Meaning)> {
    let locale = context.locale;
    let id = &*source.source;
    let silent = |since| tr!(locale, "view-source-silent", source = id, span = context.age(since));
    match (source.phase, source.lag) {
        (Phase::Failed, _) => Some((format!("✗ {}", tr!(locale, "view-source-failed", source = id)), Meaning::Error)),
        (Phase::BackingOff { .. }, _) => {
            let words = match source.last_seen {
                Some(seen) => silent(seen),
                None => tr!(locale, "view-source-retrying", source = id),
            };
            Some((format!("‼ {words}"), Meaning::Warning))
        }
        _ if source.is_silent(context.now) => {
            source.news.last.map(|last| (format!("‼ {}", silent(last)), Meaning::Warning))
        }
        (Phase::Paused, _) => Some((tr!(locale, "view-source-paused", source = id), Meaning::Muted)),
        (_, Some(Lag::Items(count))) if count >= 100 => {
            Some((tr!(locale, "view-source-lag", source = id, count = count), Meaning::Muted))
        }
        (_, Some(Lag::Bytes(bytes))) if bytes >= 1_000_000 => {
            Some((tr!(locale, "view-source-lag-bytes", source = id, count = bytes / 1_000_000), Meaning::Muted))
        }
        _ => None,
    }
}

/// How many lines the banner takes on a screen so wide.
pub(super) fn banner_lines(notices: &Notices, columns: u16, context: &Context<'_>) -> u16 {
    notices.banner().map_or(0, |(notice, more)| banner_text(notice, more, columns, context).1.len() as u16)
}

/// Draws the newest banner, with the key that closes it.
pub(super) fn banner(buffer: &mut Buffer, area: Rect, notices: &Notices, context: &Context<'_>) {
    let Some((notice, more)) = notices.banner() else { return };
    let (_, meaning) = weight(notice.weight());
    let style = context.style(meaning);
    let (text, lines) = banner_text(notice, more, area.width, context);
    for (line, range) in lines.into_iter().enumerate() {
        let mut pen = Pen::new(buffer, area, line as u16);
        pen.text("┃ ", style);
        pen.text(&text[range], style);
    }
}

fn banner_text(
    notice: &Notice,
    count: usize,
    columns: u16,
    context: &Context<'_>,
) -> (String, Vec<crate::mention::Span>) {
    let (sign, _) = weight(notice.weight());
    let mut text = format!("{sign} {}", notice.wording(context.locale));
    if count > 1 {
        let _ = write!(text, " {}", tr!(context.locale, "view-more-banners", count = count - 1));
    }
    if let Some(key) = context.keymap.keys_for(Command::AppDismiss, &[Layer::Desk]) {
        let _ = write!(text, "  [{key}: {}]", Command::AppDismiss.title(context.locale));
    }
    let mut lines = width::wrap(&text, usize::from(columns).saturating_sub(3));
    // A long cause must not push the feed off the screen.
    lines.truncate(3);
    (text, lines)
}

/// Draws the keys of the layers in force, as many as there is room for.
pub(super) fn keys(buffer: &mut Buffer, area: Rect, layers: &[Layer], context: &Context<'_>) {
    use strum::IntoEnumIterator as _;

    let mut pen = Pen::new(buffer, area, 0);
    pen.skip(1);
    let hinted = |layer: &Layer| {
        let layer = *layer;
        // Whoever is in a menu wants to know how to leave the menu.
        let leaves = move |command: Command| command == Command::AppQuit && layer != Layer::Desk;
        Command::iter().filter(move |command| command.is_hinted() && command.works_in(layer) && !leaves(*command))
    };
    // Help and quit are what a stranger looks for: they keep their place at the right end.
    let last: Vec<hint::Hint> = [Command::AppHelp]
        .into_iter()
        .filter(|command| layers.iter().any(|layer| command.works_in(*layer)))
        .filter_map(|command| hint::of(command, layers, context))
        .collect();
    let kept: usize = last.iter().map(|hint| hint.columns() + 3).sum();
    let mut room = pen.room().saturating_sub(kept);
    let mut seen: Vec<Command> = vec![Command::AppHelp];
    // What can be done to the mention comes before how to move: arrows are found without being told.
    let case_first = layers.iter().filter(|layer| **layer == Layer::Case);
    let others = layers.iter().filter(|layer| **layer != Layer::Case);
    for command in case_first.chain(others).flat_map(hinted) {
        if seen.contains(&command) {
            continue;
        }
        seen.push(command);
        let Some(hint) = hint::of(command, layers, context) else { continue };
        if hint.columns() + 2 > room {
            break;
        }
        room -= hint.columns() + 2;
        write_hint(&mut pen, hint, context);
    }
    for hint in last {
        write_hint(&mut pen, hint, context);
    }
}

fn write_hint(pen: &mut Pen<'_>, hint: hint::Hint, context: &Context<'_>) {
    for span in hint.spans(context) {
        pen.text(&span.content, span.style);
    }
    pen.skip(2);
}

/// Draws how a sequence of keys that has begun can go on.
pub(super) fn which_key(
    buffer: &mut Buffer,
    screen: Rect,
    (pressed, candidates): (&str, &[crate::tui::keymap::Candidate]),
    context: &Context<'_>,
) {
    let lines: Vec<(String, String)> =
        candidates.iter().map(|candidate| (candidate.keys.clone(), candidate.command.title(context.locale))).collect();
    let keys = lines.iter().map(|(keys, _)| width::width(keys)).max().unwrap_or(0);
    let titles = lines.iter().map(|(_, title)| width::width(title)).max().unwrap_or(0);
    let size = ((keys + titles + 6).max(width::width(pressed) + 8) as u16, lines.len() as u16 + 2);
    let (columns, height) = (size.0.min(screen.width), size.1.min(screen.height));
    let area = Rect {
        x: screen.right() - columns,
        y: screen.bottom()
            - height.min(screen.height.saturating_sub(2).max(height))
            - u16::from(screen.height > height + 2) * 2,
        width: columns,
        height,
    };
    let inside = frame::popup(buffer, area, (&format!("{pressed} …"), ""), &[], context);
    for (line, (key, title)) in lines.iter().enumerate() {
        let mut pen = Pen::new(buffer, inside, line as u16);
        pen.left(key, keys, context.style(Meaning::Key));
        pen.skip(2);
        pen.text(title, context.style(Meaning::Text));
    }
}
