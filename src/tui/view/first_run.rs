//! The first screen of a home without a configuration: what this is, and three ways to begin.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::frame;
use super::pen::{self, Pen};
use crate::locale::Locale;
use crate::text::width;
use crate::tui::theme::{Meaning, Theme};

/// The choices, in the order in which they stand and by the keys that take them.
pub const CHOICES: [(char, &str, &str); 3] = [
    ('1', "view-first-demo", "view-first-demo-help"),
    ('2', "view-first-plan", "view-first-plan-help"),
    ('3', "view-first-file", "view-first-file-help"),
];

/// Draws the screen with the cursor on one of [`CHOICES`]. Answers with the line of each choice, for clicks.
pub fn draw(buffer: &mut Buffer, selected: usize, theme: &Theme, locale: &Locale) -> [Rect; 3] {
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
    let mut places = [Rect::default(); 3];
    for (place, (key, title, help)) in CHOICES.into_iter().enumerate() {
        let here = place == selected;
        places[place] = Rect { y: area.y + line, height: 2, ..area }.intersection(screen);
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
    Pen::new(buffer, area, line).text(&locale.text("view-first-keys"), theme.style(Meaning::Muted));
    places
}
