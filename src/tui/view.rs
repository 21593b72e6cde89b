//! Everything that is drawn: a function of the state and of what a frame is drawn with.
//!
//! ```text
//! tabs     1 Urgent 12  2 Open 87  3 Mine 2 …                    Alder Bay  16:30
//! banner   what failed, while there is one
//! panes    ━ Urgent ━━━━━━━━━━ 3/12 ━┬─ Mention ───────────────────── 1–18/43 ─
//!          ▌●▲P1 Ana Petit   late 4m │ ▲P1 urgent · new · question
//!          ▌     Is the water on Elm │ Ana Petit  @ana · 120 followers · Bluesky
//!           ●◆P2 J. Doe       in 12m │ Is the water on Elm St safe? …
//!                Who do I talk to?   │ Reply 1/3 · W-boil ───── 212/300 ▰▰▰▱▱ ─
//!                                    │ ┃ Boil water for one minute …
//!                                    ├─ Response log ──────────────────────────
//!                                    │ 16:28 mchan  let stand · bait  J. Doe: …
//! status   ▲ crisis: Water main renewal · 2/2 live                        ✓ saved
//! keys     j next mention  y copy reply  d decide…                         ? help
//! ```
//!
//! From 160 columns on the log has a column of its own; from 110 on it stands under the detail, as drawn; from 80
//! on feed and detail stand one over the other and Tab shows the log; below, one pane at a time. Menus, questions, the
//! composer and pages lie over the panes. Nothing here reads a clock, a file or a global, and nothing here changes
//! the state: where things came to stand goes back to the caller.

mod ascii;
mod composer;
mod context;
mod detail;
mod feed;
pub mod first_run;
mod frame;
mod hint;
mod import;
mod layout;
mod log;
mod menu;
mod meter;
mod mood;
mod page;
mod pen;
mod sheet;
mod sources;
mod status;
mod tabs;
mod veil;
mod walk;
mod words;

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation as _;

use super::app::App;
use super::state::areas::Areas;
use super::state::mode::{Focus, Mode};
use super::theme::Meaning;
use crate::text::width;
use context::Context;
use layout::Layout;
use pen::Pen;

/// How the screen is drawn, whatever is on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// True where the desk's own signs are to be ASCII.
    pub ascii: bool,
    /// True on the demo's clock, which is then said to be one.
    pub demo: bool,
}

/// Draws the desk over the whole buffer. Answers with where things came to stand.
pub fn draw(buffer: &mut Buffer, app: &App, manner: Manner) -> Areas {
    let context = Context {
        theme: &app.settings.theme,
        locale: &app.settings.locale,
        keymap: &app.settings.keymap,
        plan: &app.settings.plan,
        limits: &app.settings.limits,
        shield: &app.shield,
        now: app.now(),
        ascii: manner.ascii,
        demo: manner.demo,
    };
    let screen = buffer.area;
    pen::clear(buffer, screen, context.style(Meaning::Text));
    let banner = status::banner_lines(&app.notices, screen.width, &context);
    let layout = Layout::new(screen, app.focus, banner);
    let mut areas = Areas::default();
    chrome(buffer, &layout, app, &context);
    panes(buffer, &layout, app, &context, &mut areas);
    overlays(buffer, screen, app, &context, &mut areas);
    if context.ascii {
        ascii::replace_signs(buffer);
    }
    areas
}

/// What frames the panes.
fn chrome(buffer: &mut Buffer, layout: &Layout, app: &App, context: &Context<'_>) {
    let line = status::StatusLine {
        health: &app.health,
        in_flight: &app.acts,
        notices: &app.notices,
        counts: app.counts.as_ref(),
        reassessing: app.reassessing,
        assessing: app.assessing,
        importing: app.importing.as_ref(),
        surges: &app.surges,
    };
    tabs::draw(buffer, layout.tabs, app.feed.view(), app.counts.as_ref(), context);
    status::banner(buffer, layout.banner, &app.notices, context);
    status::draw(buffer, layout.status, line, context);
    status::keys(buffer, layout.keys, app.mode.layers(app.focus), context);
}

fn panes(buffer: &mut Buffer, layout: &Layout, app: &App, context: &Context<'_>, areas: &mut Areas) {
    let browsing = matches!(app.mode, Mode::Browse | Mode::Filter);
    let focused = |focus: Focus| browsing && app.focus == focus;
    if !layout.feed.is_empty() {
        let pane = feed::FeedPane {
            feed: &app.feed,
            marks: &app.selection,
            in_flight: &app.acts,
            filter: &app.filter,
            filtering: matches!(app.mode, Mode::Filter),
            counts: app.counts.as_ref(),
            surges: &app.surges,
        };
        let drawn = feed::draw(buffer, layout.feed, pane, focused(Focus::Feed), context);
        (areas.feed, areas.feed_lines, areas.cursor) = (drawn.rows, drawn.lines, drawn.cursor);
    }
    if !layout.detail.is_empty() {
        let drawn = mention(buffer, layout.detail, app, focused(Focus::Detail), context);
        (areas.detail, areas.detail_lines) = (drawn.text, drawn.lines);
    }
    if !layout.log.is_empty() {
        let view = log::LogView { log: &app.log, desk: app.desk().map_or("", |desk| desk) };
        (areas.log, areas.log_top) = log::draw(buffer, layout.log, view, focused(Focus::Log), context);
    }
    for rule in layout.rules.into_iter().filter(|rule| !rule.is_empty()) {
        frame::vertical(buffer, rule, layout.log, context);
    }
}

/// The mention under the cursor, with what is already decided and not on disk yet.
fn mention(buffer: &mut Buffer, area: Rect, app: &App, focused: bool, context: &Context<'_>) -> detail::Drawn {
    let id = app.feed.selected().map(|row| &row.id);
    let case = id.and_then(|id| app.detail.case(id));
    let state = case.map(|case| {
        if app.acts.is_pending(&case.row.id) {
            Cow::Owned(app.acts.tentative(&case.row.id, &case.state).0)
        } else {
            Cow::Borrowed(&case.state)
        }
    });
    let suggestions = match id {
        Some(id) if app.suggestions.of() == Some(id) => app.suggestions.all(),
        _ => &[],
    };
    let absent = match id {
        None => "view-detail-none",
        Some(id) if app.detail.is_missing(id) => "view-detail-missing",
        Some(_) => "view-detail-loading",
    };
    let pane = detail::DetailPane {
        case: case.map(|case| &**case),
        state: state.as_deref(),
        author: id.and_then(|id| app.detail.author(id)),
        first: case.and_then(|case| app.detail.case(case.row.cluster.as_ref()?)).map(|first| &**first),
        suggestions: (suggestions, app.suggestions.place()),
        tier: app.suggestions.tier().filter(|_| app.suggestions.of() == id),
        unsure_since: case.and_then(|case| app.looks.unsure_since(&case.row.id, case.assessed.mention.received_at)),
        top: app.detail.scroll.top(),
        absent,
    };
    detail::draw(buffer, area, pane, focused, context)
}

/// What lies over the panes.
fn overlays(buffer: &mut Buffer, screen: Rect, app: &App, context: &Context<'_>, areas: &mut Areas) {
    match &app.mode {
        Mode::Browse | Mode::Filter => {}
        Mode::Menu(menu) => {
            let drawn = menu::draw(buffer, screen, menu, context);
            (areas.menu, areas.menu_top, areas.cursor) = (drawn.items, drawn.top, drawn.cursor);
        }
        Mode::Prompt(prompt) => areas.cursor = menu::prompt(buffer, screen, prompt, context),
        Mode::Composer(composer) => {
            let case = composer.mention().and_then(|id| app.detail.case(id));
            areas.cursor = composer::draw(buffer, screen, (composer, &app.looks), case.map(|case| &**case), context);
        }
        Mode::Walk(walk) => walk::draw(buffer, screen, walk, context),
        Mode::Import(dialog) => {
            let drawn = import::draw(buffer, screen, dialog, context);
            (areas.menu, areas.menu_top, areas.cursor) = (drawn.columns, drawn.top, drawn.cursor);
        }
        Mode::Page(page) => (areas.page, areas.page_lines) = page::draw(buffer, screen, page, context),
        Mode::Sources(state) => {
            (areas.page, areas.page_lines) = sources::draw(buffer, screen, state, &app.health, context);
        }
    }
    let candidates = app.resolver.candidates();
    if !candidates.is_empty() {
        status::which_key(buffer, screen, (&app.resolver.pressed(), candidates), context);
    }
}

/// Draws a line that is being typed into `columns`, scrolled so that the cursor is in sight. Answers with the
/// cursor's column while the line takes the keys.
fn line_input(
    pen: &mut Pen<'_>,
    (before, after): (&str, &str),
    columns: usize,
    active: bool,
    style: Style,
    context: &Context<'_>,
) -> Option<u16> {
    let columns = columns.min(pen.room());
    if columns == 0 {
        return None;
    }
    let mut shown = before;
    while width::width(shown) + 1 > columns {
        let first = shown.graphemes(true).next().map_or(shown.len(), str::len);
        shown = &shown[first..];
    }
    let end = pen.room() - columns;
    pen.text(shown, style);
    let x = pen.x();
    if active {
        let mut rest = after.graphemes(true);
        let under = rest.next().filter(|under| width::width(under) <= pen.room() - end).unwrap_or(" ");
        pen.text(under, context.style(Meaning::Text).add_modifier(Modifier::REVERSED));
        let room = pen.room().saturating_sub(end);
        pen.fit(rest.as_str(), room, style);
    } else {
        let room = pen.room().saturating_sub(end);
        pen.fit(after, room, style);
    }
    let left = pen.room().saturating_sub(end);
    pen.fill(' ', left, style);
    active.then_some(x)
}

#[cfg(test)]
mod tests;
