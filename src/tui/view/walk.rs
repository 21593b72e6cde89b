//! The road map as it is walked: each question with its answer and whose it is, the open one, and where it ends.
//!
//! ```text
//! ╭─ Road map ──────────────────────────────────────────── 3/4 ─╮
//! │   ✓ Is it about our town, services or people?      yes plan │
//! │   ○ Is someone in danger?                           no plan │
//! │ ▌ ? Is a reply worth the time?                         open │
//! │                                                             │
//! │   → one question is open                                    │
//! ╰─ y yes  n no  enter take  esc close ────────────────────────╯
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::context::Context;
use super::frame;
use super::menu::hints;
use super::pen::Pen;
use crate::plan::Outcome;
use crate::text::width;
use crate::tui::command::{Command, Layer};
use crate::tui::state::walk::{By, Stop, Walk, Way};
use crate::tui::theme::Meaning;

/// Wider questions are hard to read.
const WIDEST: u16 = 92;
/// Columns before a question: cursor, sign, and a space after each.
const LEAD: usize = 4;

/// One line of the walk: words, what stands at its right end, and whether the cursor is on it.
struct Line {
    lead: [(&'static str, Meaning); 2],
    words: String,
    meaning: Meaning,
    remark: (String, Meaning),
}

/// Draws the walk over the panes.
pub(super) fn draw(buffer: &mut Buffer, screen: Rect, walk: &Walk, context: &Context<'_>) {
    let way = walk.way(&context.plan.road_map);
    let columns = WIDEST.min(screen.width.saturating_sub(2)).max(screen.width.min(30));
    let room = usize::from(columns).saturating_sub(4 + LEAD);
    let mut lines = Vec::new();
    let mut selected = 0..1;
    for (place, stop) in way.stops.iter().enumerate() {
        let first = lines.len();
        question(&mut lines, *stop, place == walk.cursor(), room, context);
        if place == walk.cursor() {
            selected = first..lines.len();
        }
    }
    lines.push(Line::plain(String::new()));
    let first = lines.len();
    end(&mut lines, &way, walk.cursor() >= way.stops.len(), room, context);
    if walk.cursor() >= way.stops.len() {
        selected = first..lines.len();
    }
    let area = frame::centred(screen, columns, (lines.len() as u16 + 2).min(screen.height));
    let commands: &[Command] = if way.outcome.is_some() {
        &[Command::WalkAccept, Command::WalkYes, Command::WalkNo, Command::WalkPrevious, Command::WalkClose]
    } else {
        &[Command::WalkYes, Command::WalkNo, Command::WalkPrevious, Command::WalkClose]
    };
    let hints = hints(commands, Layer::Walk, context);
    let place = format!("{}/{}", (walk.cursor() + 1).min(way.stops.len()), way.stops.len());
    let title = context.text("view-way");
    let inside = frame::popup(buffer, area, (&title, &place), &hints, context);
    let height = usize::from(inside.height);
    // The outcome is what it is all for: it is in sight together with the cursor wherever both fit.
    let top = lines.len().saturating_sub(height).min(selected.start);
    for (row, line) in lines.iter().skip(top).take(height).enumerate() {
        line.draw(Pen::new(buffer, inside, row as u16), context);
    }
}

fn question(lines: &mut Vec<Line>, stop: Stop, selected: bool, room: usize, context: &Context<'_>) {
    let Some(asked) = context.plan.road_map.steps.get(stop.step) else { return };
    let (sign, sign_meaning, words, meaning) = match stop.answer {
        None => ("?", Meaning::Warning, context.text("view-walk-open"), Meaning::Warning),
        Some((yes, by)) => {
            let answer = context.text(if yes { "view-walk-yes" } else { "view-walk-no" });
            let (whose, meaning) = match by {
                By::Plan => ("view-walk-by-plan", Meaning::Muted),
                By::Person => ("view-walk-by-person", Meaning::Good),
                By::Against => ("view-walk-against", Meaning::Warning),
            };
            let sign = if yes { "✓" } else { "○" };
            (sign, meaning, format!("{answer} · {}", context.text(whose)), meaning)
        }
    };
    let question = asked.question.get(context.lang());
    let cursor = if selected { "▌" } else { " " };
    let text = if selected { Meaning::Title } else { Meaning::Text };
    let room = room.saturating_sub(width::width(&words) + 2).max(8);
    for (nth, range) in width::wrap(question, room).into_iter().enumerate() {
        lines.push(Line {
            lead: [(cursor, Meaning::Focus), (if nth == 0 { sign } else { " " }, sign_meaning)],
            words: question[range].to_owned(),
            meaning: text,
            remark: if nth == 0 { (words.clone(), meaning) } else { (String::new(), meaning) },
        });
    }
}

/// Where it ends, or that it does not end yet.
fn end(lines: &mut Vec<Line>, way: &Way, selected: bool, room: usize, context: &Context<'_>) {
    let cursor = if selected { "▌" } else { " " };
    let lead = [(cursor, Meaning::Focus), ("→", Meaning::Focus)];
    let Some(outcome) = way.outcome.and_then(|outcome| context.plan.road_map.outcomes.get(outcome)) else {
        let words = context.text("view-walk-answer-first");
        lines.push(Line { lead, ..Line::plain(words) });
        return;
    };
    let title = outcome.title.get(context.lang());
    for (nth, range) in width::wrap(title, room).into_iter().enumerate() {
        let lead = if nth == 0 { lead } else { [(cursor, Meaning::Focus), (" ", Meaning::Text)] };
        lines.push(Line { lead, meaning: Meaning::Title, ..Line::plain(title[range].to_owned()) });
    }
    let lead = [(cursor, Meaning::Focus), (" ", Meaning::Text)];
    lines.push(Line { lead, ..Line::plain(recorded(outcome, context)) });
}

/// What would be recorded at this outcome.
fn recorded(outcome: &Outcome, context: &Context<'_>) -> String {
    let disposition = context.locale.word("disposition", outcome.disposition.token());
    match outcome.reason {
        Some(reason) => format!("{disposition} · {}", context.locale.word("reason", reason.token())),
        None => disposition,
    }
}

impl Line {
    fn plain(words: String) -> Self {
        let lead = [(" ", Meaning::Text), (" ", Meaning::Text)];
        Self { lead, words, meaning: Meaning::Muted, remark: (String::new(), Meaning::Muted) }
    }

    fn draw(&self, mut pen: Pen<'_>, context: &Context<'_>) {
        for (sign, meaning) in self.lead {
            let sign = Span::styled(sign, context.style(meaning));
            pen.text(&sign.content, sign.style);
            pen.text(" ", sign.style);
        }
        let remark = width::width(&self.remark.0);
        let room = pen.room().saturating_sub(if remark > 0 { remark + 1 } else { 0 });
        pen.left(&self.words, room, context.style(self.meaning));
        if remark > 0 {
            pen.skip(1);
            pen.text(&self.remark.0, context.style(self.remark.1));
        }
    }
}
