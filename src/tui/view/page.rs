//! Pages over the desk: every key, a report, a text that could not be copied, why a mention is judged as it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use strum::{EnumCount as _, IntoEnumIterator as _};

use super::context::Context;
use super::frame;
use super::menu::hints;
use super::sheet::Sheet;
use super::veil;
use crate::text::width;
use crate::trial::account::wording::{Line, LineKind};
use crate::tui::command::{Command, Layer};
use crate::tui::state::page::{Body, Page};
use crate::tui::theme::Meaning;

/// From this width on help has two columns.
const TWO_COLUMNS: u16 = 104;
/// The layers in the order in which a newcomer needs them.
const LAYERS: [Layer; Layer::COUNT] = [
    Layer::Case,
    Layer::Feed,
    Layer::Desk,
    Layer::Detail,
    Layer::Log,
    Layer::Filter,
    Layer::Menu,
    Layer::Prompt,
    Layer::Composer,
    Layer::Walk,
    Layer::Import,
    Layer::Page,
    Layer::Sources,
    Layer::Quarantine,
];
/// Wider lines of running text are hard to read.
const WIDEST_TEXT: u16 = 104;

/// Draws the page. Answers with its text's place and its number of lines.
pub(super) fn draw(buffer: &mut Buffer, screen: Rect, page: &Page, context: &Context<'_>) -> (Rect, usize) {
    let widest = match page.body {
        Body::Help => 160,
        Body::Text(_) | Body::Account(_) => WIDEST_TEXT,
    };
    let area = frame::centred(screen, widest.min(screen.width), screen.height);
    let text_height = usize::from(area.height.saturating_sub(2));
    let columns = area.width.saturating_sub(4).max(1);
    let covered = if context.shield.is_raised() && !page.revealed { &page.hurtful[..] } else { &[] };
    let sheets = match &page.body {
        Body::Help if columns >= TWO_COLUMNS => help_in_two(columns, context),
        Body::Help => vec![help(columns, LAYERS.into_iter(), context)],
        Body::Text(text) => vec![text_sheet(&veil::cover_phrases(text, covered), columns, context)],
        Body::Account(lines) => vec![account_sheet(lines, covered, columns, context)],
    };
    let lines = sheets.iter().map(Sheet::len).max().unwrap_or(0);
    let top = page.scroll.top().min(lines.saturating_sub(text_height));
    let place = frame::position(top, text_height, lines);
    let commands: &[Command] = match page.body {
        Body::Help => &[Command::PageDown, Command::PageUp, Command::PageClose],
        Body::Text(_) | Body::Account(_) => {
            &[Command::PageDown, Command::PageUp, Command::PageCopy, Command::PageClose]
        }
    };
    let hints = hints(commands, Layer::Page, context);
    let inside = frame::popup(buffer, area, (&page.title, &place), &hints, context);
    for (column, sheet) in sheets.iter().enumerate() {
        let width = sheet.columns() as u16;
        let part = Rect { x: inside.x + column as u16 * (width + 4), width, ..inside };
        sheet.draw(buffer, part, top, context.style(Meaning::Text));
    }
    (inside, lines)
}

fn text_sheet<'a>(text: &str, columns: u16, context: &Context<'a>) -> Sheet<'a> {
    let mut sheet = Sheet::new(columns);
    let text_style = context.style(Meaning::Text);
    for line in text.lines() {
        // A heading of the reports' plain text is followed by its rule, one of Markdown begins with its sign.
        let style = if line.starts_with('#') {
            context.style(Meaning::Title)
        } else if !line.is_empty() && line.bytes().all(|byte| matches!(byte, b'-' | b'=' | b' ')) {
            context.style(Meaning::Border)
        } else {
            text_style
        };
        sheet.owned_item(Span::raw(""), line, 0, style);
    }
    sheet
}

/// A heading for each section, then its lines with the places in the plan at the right.
fn account_sheet<'a>(lines: &'a [Line], covered: &[String], columns: u16, context: &Context<'a>) -> Sheet<'a> {
    let mut sheet = Sheet::new(columns);
    let muted = context.style(Meaning::Muted);
    for line in lines {
        let style = match line.kind {
            LineKind::Heading => {
                if sheet.len() > 0 {
                    sheet.blank();
                }
                let title = (&*line.words, context.style(Meaning::Title));
                sheet.heading(title, (&line.at, muted), context.style(Meaning::Border));
                continue;
            }
            LineKind::Plain => context.style(Meaning::Text),
            LineKind::Quiet => muted,
        };
        let lead = Span::styled(&*line.lead, context.style(Meaning::Key));
        let words = veil::cover_phrases(&line.words, covered);
        sheet.placed(lead, (words, style), (&line.at, muted));
    }
    sheet
}

/// The layers in two columns of about the same height, in their order.
fn help_in_two<'a>(columns: u16, context: &Context<'a>) -> Vec<Sheet<'a>> {
    let width = (columns - 4) / 2;
    let heights: Vec<usize> = LAYERS.into_iter().map(|layer| help(width, [layer].into_iter(), context).len()).collect();
    let half = heights.iter().sum::<usize>() / 2;
    let mut before = 0;
    let split = heights
        .iter()
        .position(|height| {
            before += height;
            before > half
        })
        .unwrap_or(heights.len());
    vec![
        help(width, LAYERS.into_iter().take(split + 1), context),
        help(width, LAYERS.into_iter().skip(split + 1), context),
    ]
}

/// Every key of these layers with what it does.
fn help<'a>(columns: u16, layers: impl Iterator<Item = Layer>, context: &Context<'a>) -> Sheet<'a> {
    let mut sheet = Sheet::new(columns);
    let indent = if columns >= 60 { 23 } else { 17 };
    for (place, layer) in layers.enumerate() {
        if place > 0 {
            sheet.blank();
        }
        let rule = context.style(Meaning::Border);
        sheet.heading((&layer.title(context.locale), context.style(Meaning::Title)), ("", rule), rule);
        for command in Command::iter().filter(|command| command.works_in(layer)) {
            let bindings: Vec<_> = context.keymap.layer(layer).filter(|binding| binding.run == command).collect();
            if bindings.is_empty() {
                continue;
            }
            let keys = bindings.iter().map(|binding| binding.shown()).collect::<Vec<_>>().join("  ");
            let own = bindings.iter().find_map(|binding| binding.desc.clone());
            let words = own.unwrap_or_else(|| command.help(context.locale));
            let label = if width::width(&keys) < indent { format!("{keys:<indent$}") } else { format!("{keys}  ") };
            sheet.owned_item(
                Span::styled(label, context.style(Meaning::Key)),
                &words,
                indent,
                context.style(Meaning::Text),
            );
        }
    }
    sheet
}
