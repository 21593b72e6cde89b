//! One mention whole: what was said, what to answer, and why the plan says so.
//!
//! ```text
//! ━ Mention ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 1–18/43 ━
//!  ◆P2 high · new · question · in 12m
//!  Ana Petit  @ana.bsky.social · 120 followers · Bluesky post · 09:12 (4m)
//!
//!  Is the water on Elm St safe? …            the text, with what the plan's rules matched
//!
//!  → Answer with a key message               what the plan's road map says to do, and what it asks the person
//!
//!  Reply 1/3 · W-boil · English ────────── 212/300 ▰▰▰▰▱▱ ──
//!  ┃ Boil water for one minute …             the answer, right under the question
//!  ✓ approved by M. Chan                     or why it cannot be copied, and whose fact it is
//!
//!  rumours · places · clauses · what its words say · tier · way · why P2 · initiatives · groups · message maps · extras · versions · records · author
//! ```
//!
//! Above all of it stands the card of a safety protocol, where one holds.
//!
//! The order is the order of the questions a person asks; everything that decides stands in the first screen.

mod cards;
mod claims;
mod escalation;
mod extras;
mod facts;
mod head;
mod history;
mod labels;
mod message_map;
mod reasons;
mod reply;
mod safety;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::context::Context;
use super::frame;
use super::pen::Pen;
use super::sheet::Sheet;
use crate::reply::Suggestion;
use crate::store::{AuthorHistory, Case};
use crate::text::width;
use crate::triage::CaseState;
use crate::tui::theme::Meaning;

/// What the detail is drawn from.
#[derive(Clone, Copy)]
pub(super) struct DetailPane<'a> {
    /// The mention, once it has been read.
    pub(super) case: Option<&'a Case>,
    /// Where the case stands with the acts that are on their way.
    pub(super) state: Option<&'a CaseState>,
    /// What its author said before, once that has been read.
    pub(super) author: Option<&'a AuthorHistory>,
    /// The first of its near-copies, once that has been read.
    pub(super) first: Option<&'a Case>,
    /// The answers the plan holds ready, and the place of the shown one.
    pub(super) suggestions: (&'a [Suggestion], usize),
    /// The tier of the escalation matrix that speaks for it.
    pub(super) tier: Option<u8>,
    /// Since when nobody could tell whether it still stands as it is shown.
    pub(super) unsure_since: Option<DateTime<Utc>>,
    /// The first line shown.
    pub(super) top: usize,
    /// Why there is no case: a message's name.
    pub(super) absent: &'static str,
}

/// Where the text came to stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The text, without heading.
    pub(super) text: Rect,
    /// How many lines it has.
    pub(super) lines: usize,
}

/// What the sections are written from.
struct Subject<'a> {
    case: &'a Case,
    state: &'a CaseState,
    author: Option<&'a AuthorHistory>,
    first: Option<&'a Case>,
    suggestions: &'a [Suggestion],
    shown: usize,
    tier: Option<u8>,
    unsure_since: Option<DateTime<Utc>>,
    /// True where there is room for empty lines.
    roomy: bool,
}

/// Draws the pane.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    pane: DetailPane<'_>,
    focused: bool,
    context: &Context<'_>,
) -> Drawn {
    let title = context.text("view-detail");
    let inner = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let (Some(case), Some(state)) = (pane.case, pane.state) else {
        frame::pane(buffer, area, (&title, "", ""), focused, context);
        absent(buffer, text, pane.absent, context);
        return Drawn { text, lines: 0 };
    };
    let (suggestions, shown) = pane.suggestions;
    let roomy = area.height >= 16;
    let subject = Subject {
        case,
        state,
        author: pane.author,
        first: pane.first,
        suggestions,
        shown,
        tier: pane.tier,
        unsure_since: pane.unsure_since,
        roomy,
    };
    let sheet = write(&subject, text.width, context);
    // The state learns the text's length from this very frame: it may still point past a shorter one.
    let top = pane.top.min(sheet.len().saturating_sub(usize::from(text.height)));
    let place = frame::position(top, usize::from(text.height), sheet.len());
    frame::pane(buffer, area, (&title, "", &place), focused, context);
    sheet.draw(buffer, text, top, context.style(Meaning::Text));
    Drawn { text, lines: sheet.len() }
}

fn write<'a>(subject: &Subject<'a>, columns: u16, context: &Context<'a>) -> Sheet<'a> {
    let mut sheet = Sheet::new(columns);
    safety::write(&mut sheet, subject, context);
    head::write(&mut sheet, subject, context);
    safety::below_the_text(&mut sheet, subject, context);
    if subject.roomy {
        sheet.blank();
    }
    safety::election(&mut sheet, subject, context);
    reasons::advice(&mut sheet, subject, context);
    reply::write(&mut sheet, subject, context);
    claims::rumours(&mut sheet, subject, context);
    claims::places(&mut sheet, subject, context);
    claims::clauses(&mut sheet, subject, context);
    labels::write(&mut sheet, subject, context);
    escalation::write(&mut sheet, subject, true, context);
    reasons::write(&mut sheet, subject, context);
    escalation::write(&mut sheet, subject, false, context);
    cards::initiatives(&mut sheet, subject, context);
    cards::stakeholders(&mut sheet, subject, context);
    message_map::write(&mut sheet, subject, context);
    extras::write(&mut sheet, subject, context);
    history::versions(&mut sheet, subject, context);
    history::records(&mut sheet, subject, context);
    history::author(&mut sheet, subject, context);
    sheet
}

fn absent(buffer: &mut Buffer, area: Rect, name: &str, context: &Context<'_>) {
    let text = context.text(name);
    for (line, range) in width::wrap(&text, usize::from(area.width)).into_iter().enumerate() {
        Pen::new(buffer, area, (area.height / 4).min(3) + line as u16)
            .text(&text[range], context.style(Meaning::Muted));
    }
}

/// A heading with an empty line before it.
fn heading(sheet: &mut Sheet<'_>, title: &str, remark: &str, context: &Context<'_>) {
    sheet.blank();
    bare_heading(sheet, title, (remark, Meaning::Muted), context);
}

/// A heading with a remark that has a meaning of its own.
fn bare_heading(sheet: &mut Sheet<'_>, title: &str, (remark, meaning): (&str, Meaning), context: &Context<'_>) {
    let (title, remark) = ((title, context.style(Meaning::Title)), (remark, context.style(meaning)));
    sheet.heading(title, remark, context.style(Meaning::Border));
}
