//! Whole screens of the demo town, at the sizes the desk promises, with what each style is; and what no frame may hold.

mod hostile;
mod screens;
mod town;

use std::fmt::Write as _;

use ratatui::buffer::Buffer;

use super::pen;
use crate::text::width;

/// The text of a screen, and below it one letter for each style: text alone would not see a colour go.
fn dump(buffer: &Buffer) -> String {
    let mut styles = Vec::new();
    let (mut text, mut looks) = (String::new(), String::new());
    for y in 0..buffer.area.height {
        let mut hidden = 0;
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            let style = cell.style();
            let place = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
                styles.push(style);
                styles.len() - 1
            });
            looks.push(char::from_digit(10 + (place as u32 % 26), 36).unwrap_or('?'));
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            text.push_str(cell.symbol());
            hidden = width::width(cell.symbol()).saturating_sub(1);
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        looks.push('\n');
    }
    let mut legend = String::new();
    for (place, style) in styles.iter().enumerate() {
        let letter = char::from_digit(10 + (place as u32 % 26), 36).unwrap_or('?');
        let _ = writeln!(legend, "{letter} fg {:?} bg {:?} {:?}", style.fg, style.bg, style.add_modifier);
    }
    format!("{text}\n{looks}\n{legend}")
}

/// What holds for every frame: nothing in a cell steers the terminal, and every row has exactly the screen's width.
fn check(buffer: &Buffer) {
    let columns = usize::from(buffer.area.width);
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < columns {
            let symbol = buffer[(x as u16, y)].symbol();
            assert!(pen::is_safe(symbol), "row {y}, column {x}: {symbol:?}");
            let wide = width::width(symbol);
            assert!(wide >= 1, "row {y}, column {x}: {symbol:?} has no width");
            x += wide;
        }
        assert_eq!(x, columns, "row {y} is not as wide as the screen");
    }
}
