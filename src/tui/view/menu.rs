//! Menus, the palette and one-line questions: a box over the panes with what was typed and what it leaves.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use super::context::Context;
use super::pen::Pen;
use super::{frame, hint, line_input};
use crate::text::width;
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::state::menu::{Item, Match, Menu, Purpose, WrongStep};
use crate::tui::state::prompt::{Prompt, Question};
use crate::tui::theme::Meaning;

/// Where the items came to stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The items, one line each.
    pub(super) items: Rect,
    /// The place of the first one among the matches.
    pub(super) top: usize,
    /// The text cursor.
    pub(super) cursor: Option<Position>,
}

/// Draws an open menu.
pub(super) fn draw(buffer: &mut Buffer, screen: Rect, menu: &Menu, context: &Context<'_>) -> Drawn {
    let title = targets(&purpose(menu.purpose(), context), menu.targets().len(), context);
    let columns = menu.matches().map(|(item, _)| width::width(&item.label) + width::width(&item.detail) + 10).max();
    let wanted = columns.unwrap_or(0).max(width::width(&title) + 12).clamp(40, 84) as u16;
    let height = (menu.matches().len() as u16 + 3).clamp(5, (screen.height * 3 / 4).max(8));
    let area = frame::centred(screen, wanted, height);
    let place = format!("{}/{}", menu.selected() + usize::from(menu.matches().len() > 0), menu.matches().len());
    let hints = hints(&[Command::MenuChoose, Command::MenuClose], Layer::Menu, context);
    let inside = frame::popup(buffer, area, (&title, &place), &hints, context);
    let mut pen = Pen::new(buffer, inside, 0);
    pen.text("› ", context.style(Meaning::Key));
    let room = pen.room();
    let cursor = line_input(&mut pen, menu.typed().split(), room, true, context.style(Meaning::Text), context);
    let items = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    let height = usize::from(items.height).max(1);
    let top = (menu.selected() + 1).saturating_sub(height);
    for (line, (item, found)) in menu.matches().skip(top).take(height).enumerate() {
        item_line(buffer, items, line as u16, (item, found), top + line == menu.selected(), context);
    }
    if menu.matches().len() == 0 {
        Pen::new(buffer, items, 0).text(&context.text("view-menu-nothing"), context.style(Meaning::Muted));
    }
    Drawn { items, top, cursor: cursor.map(|x| Position { x, y: inside.y }) }
}

/// The label with the letters that were typed, and the item's detail at the right end.
fn item_line(
    buffer: &mut Buffer,
    area: Rect,
    line: u16,
    (item, found): (&Item, &Match),
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
    pen.text(if selected { "▌" } else { " " }, ink(Meaning::Focus));
    let quick = item.quick.map(|key| key.to_string()).unwrap_or_default();
    pen.left(&quick, 2, ink(Meaning::Key));
    let detail = width::width(&item.detail);
    let label_room = pen.room().saturating_sub(if detail > 0 { detail + 2 } else { 0 }).max(pen.room() / 2);
    let (label, _) = width::truncate(&item.label, label_room);
    let start = pen.room();
    for (place, character) in label.chars().enumerate() {
        let hit = found.letters.binary_search(&(place as u32)).is_ok();
        let style = if hit { ink(Meaning::Match).add_modifier(Modifier::UNDERLINED) } else { ink(Meaning::Text) };
        pen.text(character.encode_utf8(&mut [0; 4]), style);
    }
    let used = start - pen.room();
    pen.skip(label_room.saturating_sub(used) + 2);
    let room = pen.room();
    pen.right(&item.detail, room, ink(Meaning::Muted));
}

/// Draws an open question.
pub(super) fn prompt(buffer: &mut Buffer, screen: Rect, prompt: &Prompt, context: &Context<'_>) -> Option<Position> {
    let (title, help) = question(prompt, context);
    let title = targets(&title, prompt.targets.len(), context);
    let columns = 76.min(screen.width.saturating_sub(4)).max(screen.width.min(30));
    let lines = width::wrap(&help, usize::from(columns).saturating_sub(4).max(1));
    let area = frame::centred(screen, columns, lines.len() as u16 + 3);
    let hints = hints(&[Command::PromptAccept, Command::PromptClose], Layer::Prompt, context);
    let inside = frame::popup(buffer, area, (&title, ""), &hints, context);
    let mut pen = Pen::new(buffer, inside, 0);
    pen.text("› ", context.style(Meaning::Key));
    let room = pen.room();
    let cursor = line_input(&mut pen, prompt.line.split(), room, true, context.style(Meaning::Text), context);
    let meaning = if prompt.refused { Meaning::Error } else { Meaning::Muted };
    for (line, range) in lines.into_iter().enumerate() {
        Pen::new(buffer, inside, line as u16 + 1).text(&help[range], context.style(meaning));
    }
    cursor.map(|x| Position { x, y: inside.y })
}

fn purpose(purpose: &Purpose, context: &Context<'_>) -> String {
    match purpose {
        Purpose::Palette => context.text("view-menu-palette"),
        Purpose::Disposition => context.text("view-menu-disposition"),
        Purpose::Reason(disposition) => {
            let disposition = context.locale.word("disposition", disposition.token());
            tr!(context.locale, "view-menu-reason", disposition = disposition)
        }
        Purpose::Clause(disposition) => {
            let disposition = context.locale.word("disposition", disposition.token());
            tr!(context.locale, "view-menu-clause", disposition = disposition)
        }
        Purpose::ChangeReason => context.text("view-menu-change-reason"),
        Purpose::Escalate => context.text("view-menu-escalate"),
        Purpose::Snooze => context.text("view-menu-snooze"),
        Purpose::Label => context.text("view-menu-label"),
        Purpose::Theme => context.text("view-menu-theme"),
        Purpose::Wrong(step) => context.text(match step {
            WrongStep::What => "wrong-what",
            WrongStep::Missed => "wrong-which-missed",
            WrongStep::Priority => "wrong-which-priority",
            WrongStep::Initiative => "wrong-which-initiative",
            WrongStep::Message => "wrong-which-message",
            WrongStep::Term(_) => "wrong-which-term",
        }),
    }
}

fn question(prompt: &Prompt, context: &Context<'_>) -> (String, String) {
    match &prompt.question {
        Question::Permalink => (context.text("view-ask-permalink"), context.text("view-ask-permalink-help")),
        Question::Note => (context.text("view-ask-note"), context.text("view-ask-note-help")),
        Question::DecisionNote { disposition, .. } => {
            let word = context.locale.word("disposition", disposition.token());
            (
                tr!(context.locale, "view-ask-decision-note", disposition = word),
                context.text("view-ask-decision-note-help"),
            )
        }
        Question::BranchReason(_) => {
            (context.text("view-ask-branch-reason"), context.text("view-ask-branch-reason-help"))
        }
        Question::Copies(doing) => {
            let deed = super::words::doing(doing, context);
            (tr!(context.locale, "view-ask-copies", deed = deed), context.text("view-ask-copies-help"))
        }
        Question::Count(_) => {
            (context.text("view-ask-count"), tr!(context.locale, "view-ask-count-help", count = prompt.targets.len()))
        }
    }
}

/// Says for how many mentions, where it is more than one.
fn targets(title: &str, count: usize, context: &Context<'_>) -> String {
    if count > 1 {
        format!("{title} · {}", tr!(context.locale, "words-count-mentions", count = count))
    } else {
        title.to_owned()
    }
}

/// Keys for the lower frame of a popup.
pub(super) fn hints<'a>(commands: &[Command], layer: Layer, context: &Context<'a>) -> Vec<Span<'a>> {
    let mut spans = Vec::new();
    for command in commands {
        let Some(hint) = hint::of(*command, &[layer], context) else { continue };
        spans.push(Span::raw(" "));
        spans.extend(hint.spans(context));
        spans.push(Span::raw(" "));
    }
    spans
}
