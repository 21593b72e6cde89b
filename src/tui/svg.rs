//! A screen buffer as an SVG picture, cell by cell: what the README shows and what a person can look at.
//!
//! What enters: a drawn [`Buffer`]. What leaves: a self-contained SVG text. Nothing is laid out anew, so the
//! picture can never differ from the screen.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// One cell in SVG user units: the shape of a common monospace font at 14 px.
const CELL: (f64, f64) = (8.4, 18.0);
const FONT_SIZE: f64 = 14.0;

/// The colours a terminal gives to "default", chosen by the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
}

impl Paper {
    fn text(self) -> &'static str {
        match self {
            Self::Dark => "#d7dae0",
            Self::Light => "#24292f",
        }
    }

    fn ground(self) -> &'static str {
        match self {
            Self::Dark => "#14171f",
            Self::Light => "#ffffff",
        }
    }
}

/// Draws `buffer` as an SVG document with `title` as its accessible name.
pub fn render(buffer: &Buffer, paper: Paper, title: &str) -> String {
    let area = buffer.area;
    let (width, height) = (f64::from(area.width) * CELL.0, f64::from(area.height) * CELL.1);
    let mut svg = String::with_capacity(usize::from(area.width) * usize::from(area.height) * 24);
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"6\" \
         fill=\"{}\"/>\n<g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"{FONT_SIZE}\" \
         xml:space=\"preserve\">\n",
        escape(title),
        paper.ground()
    );
    for y in 0..area.height {
        row(&mut svg, buffer, y, paper);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The buffer's text, line by line, without the blanks at their ends.
pub fn text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::with_capacity(usize::from(area.width) * usize::from(area.height));
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += symbol.width().max(1) as u16;
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

/// Cells of one look that stand side by side become one rectangle and one text.
fn row(svg: &mut String, buffer: &Buffer, y: u16, paper: Paper) {
    let area = buffer.area;
    let mut x = 0;
    while x < area.width {
        let look = Look::of(&buffer[(area.x + x, area.y + y)], paper);
        let start = x;
        let mut text = String::new();
        while x < area.width {
            let cell = &buffer[(area.x + x, area.y + y)];
            if Look::of(cell, paper) != look {
                break;
            }
            text.push_str(cell.symbol());
            x += (cell.symbol().width().max(1)) as u16;
        }
        look.draw(svg, &text, (start, y), x.min(area.width) - start, paper);
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Look {
    text: String,
    ground: String,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell, paper: Paper) -> Self {
        let mut text = hex(cell.fg, paper.text());
        let mut ground = hex(cell.bg, paper.ground());
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut text, &mut ground);
        }
        Self { text, ground, modifier: cell.modifier }
    }

    fn draw(&self, svg: &mut String, text: &str, (x, y): (u16, u16), columns: u16, paper: Paper) {
        let (left, top) = (f64::from(x) * CELL.0, f64::from(y) * CELL.1);
        let width = f64::from(columns) * CELL.0;
        if self.ground != paper.ground() {
            let _ = writeln!(
                svg,
                "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{}\"/>",
                CELL.1, self.ground
            );
        }
        if text.trim().is_empty() {
            return;
        }
        let mut attributes = String::new();
        if self.modifier.contains(Modifier::BOLD) {
            attributes.push_str(" font-weight=\"bold\"");
        }
        if self.modifier.contains(Modifier::ITALIC) {
            attributes.push_str(" font-style=\"italic\"");
        }
        if self.modifier.contains(Modifier::UNDERLINED) {
            attributes.push_str(" text-decoration=\"underline\"");
        }
        if self.modifier.contains(Modifier::DIM) {
            attributes.push_str(" opacity=\"0.65\"");
        }
        let _ = writeln!(
            svg,
            "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
             fill=\"{}\"{attributes}>{}</text>",
            top + CELL.1 * 0.76,
            self.text,
            escape(text)
        );
    }
}

fn hex(colour: Color, default: &str) -> String {
    // xterm's own values for the sixteen.
    let named = match colour {
        Color::Reset => default,
        Color::Black => "#000000",
        Color::Red => "#cd3131",
        Color::Green => "#0dbc79",
        Color::Yellow => "#e5e510",
        Color::Blue => "#2472c8",
        Color::Magenta => "#bc3fbc",
        Color::Cyan => "#11a8cd",
        Color::Gray => "#e5e5e5",
        Color::DarkGray => "#7f7f7f",
        Color::LightRed => "#f14c4c",
        Color::LightGreen => "#23d18b",
        Color::LightYellow => "#f5f543",
        Color::LightBlue => "#3b8eea",
        Color::LightMagenta => "#d670d6",
        Color::LightCyan => "#29b8db",
        Color::White => "#ffffff",
        Color::Rgb(r, g, b) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Indexed(index) => return indexed(index),
    };
    named.to_owned()
}

/// A colour of xterm's 256 beyond the sixteen.
fn indexed(index: u8) -> String {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    if index >= 232 {
        let grey = 8 + (index - 232) * 10;
        return format!("#{grey:02x}{grey:02x}{grey:02x}");
    }
    let cube = index.saturating_sub(16);
    let part = |divisor: u8| STEPS[usize::from(cube / divisor % 6)];
    format!("#{:02x}{:02x}{:02x}", part(36), part(6), part(1))
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML 1.0 has no way to write other control characters.
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn a_picture_holds_every_word_and_colour_of_the_screen() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 2));
        buffer.set_string(0, 0, "P1 <urgent> & 水", Style::new().fg(Color::Rgb(255, 0, 0)));
        buffer.set_string(0, 1, "row", Style::new().add_modifier(Modifier::REVERSED));
        let svg = render(&buffer, Paper::Dark, "a \"desk\"");
        assert!(svg.contains("P1 &lt;urgent&gt; &amp; 水"), "{svg}");
        assert!(svg.contains("#ff0000") && svg.contains("a &quot;desk&quot;"), "{svg}");
        assert!(svg.contains(&format!(
            "<rect x=\"0.0\" y=\"18.0\" width=\"25.2\" height=\"18.0\" fill=\"{}\"/>",
            Paper::Dark.text()
        )));
    }
}
