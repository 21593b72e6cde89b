//! The first screen of a home without a configuration: what this is, and three ways to begin.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame;
use super::pen::{self, Pen};
use crate::locale::Locale;
use crate::text::width;
use crate::tui::state::first_run::FirstRun;
use crate::tui::state::text_line::TextLine;
use crate::tui::theme::{Meaning, Theme};

/// The choices, in the order in which they stand and by the keys that take them.
pub const CHOICES: [(char, &str, &str); 3] = [
    ('1', "view-first-demo", "view-first-demo-help"),
    ('2', "view-first-plan", "view-first-plan-help"),
    ('3', "view-first-file", "view-first-file-help"),
];

/// Where things came to stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Drawn {
    /// The lines of each of [`CHOICES`], for clicks.
    pub places: [Rect; 3],
    /// The text cursor, while a path is typed.
    pub cursor: Option<Position>,
}

/// Draws the screen.
pub fn draw(buffer: &mut Buffer, state: &FirstRun, theme: &Theme, locale: &Locale) -> Drawn {
    let screen = buffer.area;
    pen::clear(buffer, screen, theme.style(Meaning::Text));
    let area = frame::centred(screen, 72, 19);
    let columns = usize::from(area.width).saturating_sub(4).max(1);
    let area = Rect { x: area.x + 2.min(area.width), width: columns.min(usize::from(area.width)) as u16, ..area };
    let mut line = 0;
    Pen::new(buffer, area, line).text("frontdesk", theme.style(Meaning::Title));
    line += 2;
    let text = locale.text("view-first-what");
    for range in width::wrap(&text, columns) {
        Pen::new(buffer, area, line).text(&text[range], theme.style(Meaning::Muted));
        line += 1;
    }
    line += 1;
    let mut drawn = Drawn::default();
    for (place, (key, title, help)) in CHOICES.into_iter().enumerate() {
        let here = place == state.selected();
        drawn.places[place] = Rect { y: area.y + line, height: 2, ..area }.intersection(screen);
        let mut pen = Pen::new(buffer, area, line);
        let ink = |meaning| if here { theme.style(Meaning::Selection) } else { theme.style(meaning) };
        pen.text(if here { "▌ " } else { "  " }, ink(Meaning::Focus));
        pen.text(&format!("{key}  "), ink(Meaning::Key));
        let room = pen.room();
        pen.left(&locale.text(title), room, ink(Meaning::Title));
        let mut pen = Pen::new(buffer, area, line + 1);
        pen.skip(5);
        let room = pen.room();
        pen.fit(&locale.text(help), room, theme.style(Meaning::Muted));
        line += 3;
    }
    if let Some(path) = state.path() {
        drawn.cursor =
            typed(buffer, Rect { y: area.y + line - 1, height: 1, ..area }.intersection(screen), path, theme);
    }
    let (text, meaning) = match state.problem() {
        Some(problem) => (format!("✗ {problem}"), Meaning::Error),
        None if state.path().is_some() => (locale.text("view-first-path-keys"), Meaning::Muted),
        None => (locale.text("view-first-keys"), Meaning::Muted),
    };
    for range in width::wrap(&text, columns) {
        Pen::new(buffer, area, line).text(&text[range], theme.style(meaning));
        line += 1;
    }
    drawn
}

/// The path, its end in sight, and where the cursor stands in it.
fn typed(buffer: &mut Buffer, area: Rect, path: &TextLine, theme: &Theme) -> Option<Position> {
    let mut pen = Pen::new(buffer, area, 0);
    pen.skip(5);
    pen.text("› ", theme.style(Meaning::Key));
    let (before, after) = path.split();
    let room = pen.room().checked_sub(1)?;
    let mut shown = before;
    while width::width(shown) > room {
        shown = &shown[shown.chars().next().map_or(shown.len(), char::len_utf8)..];
    }
    let at = Position { x: area.x + 7 + width::width(shown) as u16, y: area.y };
    pen.text(shown, theme.style(Meaning::Text));
    let left = pen.room();
    pen.fit(after, left, theme.style(Meaning::Text));
    (area.height > 0).then_some(at)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::locale::Lang;
    use crate::tui::theme::ColourDepth;

    #[rstest]
    #[case::tiny(1, 1)]
    #[case::narrow(60, 20)]
    #[case::usual(80, 24)]
    #[case::wide(200, 60)]
    fn it_draws_at_every_size_with_every_way_in_sight(#[case] columns: u16, #[case] lines: u16) {
        for lang in [Lang::En, Lang::Fr] {
            let (locale, theme) = (Locale::new(lang), Theme::dark(ColourDepth::True));
            let mut buffer = Buffer::empty(Rect::new(0, 0, columns, lines));
            let mut state = FirstRun::default();
            state.take(2);
            state.paste(&"/a/very/long/place".repeat(20));
            let drawn = draw(&mut buffer, &state, &theme, &locale);
            let text: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
            if columns >= 60 {
                for (_, title, _) in CHOICES {
                    assert!(text.contains(&locale.text(title)), "{title} at {columns}×{lines}");
                }
                let cursor = drawn.cursor.expect("a path is being typed");
                assert!(buffer.area.contains(cursor));
            }
        }
    }
}
