//! Writes text into one row of the buffer, cell by cell, and never past the row's end.
//!
//! What enters: text in styles. What leaves: cells. A wide character that does not fit is left out, the last column
//! then stays empty, so a row always has exactly its width. Text is clean when it comes here; should something
//! slip through, a control or format character becomes a visible `�` and steers nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::width;

/// A place on a row of the buffer that moves right as it writes.
pub(super) struct Pen<'b> {
    buffer: &'b mut Buffer,
    x: u16,
    y: u16,
    end: u16,
}

impl<'b> Pen<'b> {
    /// Starts at the left end of line `line` of `area`, counted from 0; off the buffer, nothing is ever written.
    pub(super) fn new(buffer: &'b mut Buffer, area: Rect, line: u16) -> Self {
        let row = Rect { y: area.y.saturating_add(line), height: 1, ..area }.intersection(buffer.area);
        if line >= area.height || row.is_empty() {
            return Self { buffer, x: 0, y: 0, end: 0 };
        }
        Self { x: row.x, y: row.y, end: row.right(), buffer }
    }

    /// The columns left.
    pub(super) fn room(&self) -> usize {
        usize::from(self.end - self.x)
    }

    /// The column where the next text goes.
    pub(super) fn x(&self) -> u16 {
        self.x
    }

    /// Leaves columns as they are.
    pub(super) fn skip(&mut self, columns: usize) {
        self.x += columns.min(self.room()) as u16;
    }

    /// Writes `text` as far as it fits, cut without a sign.
    pub(super) fn text(&mut self, text: &str, style: Style) {
        let limit = self.room();
        self.within(text, limit, style);
    }

    /// Writes `text` in at most `columns`, with `…` where something had to go. Answers with the columns taken.
    pub(super) fn fit(&mut self, text: &str, columns: usize, style: Style) -> usize {
        let columns = columns.min(self.room());
        if text.len() <= columns && text.is_ascii() {
            return self.within(text, columns, style);
        }
        let (short, _) = width::truncate(text, columns);
        self.within(&short, columns, style)
    }

    /// Writes `text` into exactly `columns`, at their left.
    pub(super) fn left(&mut self, text: &str, columns: usize, style: Style) {
        let columns = columns.min(self.room());
        let used = self.fit(text, columns, style);
        self.fill(' ', columns - used, style);
    }

    /// Writes `text` into exactly `columns`, at their right.
    pub(super) fn right(&mut self, text: &str, columns: usize, style: Style) {
        let columns = columns.min(self.room());
        let gap = columns.saturating_sub(width::width(text));
        self.fill(' ', gap, style);
        self.fit(text, columns - gap, style);
    }

    /// Repeats a character of one column.
    pub(super) fn fill(&mut self, character: char, columns: usize, style: Style) {
        for _ in 0..columns.min(self.room()) {
            if let Some(cell) = self.buffer.cell_mut((self.x, self.y)) {
                cell.set_char(character).set_style(style);
            }
            self.x += 1;
        }
    }

    /// Writes the spans of a line, each over `base`.
    pub(super) fn line(&mut self, line: &Line<'_>, base: Style) {
        for Span { content, style } in &line.spans {
            self.text(content, base.patch(*style));
        }
    }

    fn within(&mut self, text: &str, limit: usize, style: Style) -> usize {
        let start = self.x;
        let end = self.x + limit.min(self.room()) as u16;
        if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            for byte in text.bytes().take(usize::from(end - start)) {
                self.put(byte.into(), style);
            }
            return usize::from(self.x - start);
        }
        for cluster in text.graphemes(true) {
            let shown = if is_safe(cluster) { cluster } else { "\u{FFFD}" };
            let columns = width::cluster_width(shown) as u16;
            if columns == 0 {
                continue;
            }
            if self.x + columns > end {
                break;
            }
            self.put_cluster(shown, columns, style);
        }
        usize::from(self.x - start)
    }

    fn put(&mut self, character: char, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((self.x, self.y)) {
            cell.set_char(character).set_style(style);
        }
        self.x += 1;
    }

    fn put_cluster(&mut self, cluster: &str, columns: u16, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((self.x, self.y)) {
            cell.set_symbol(cluster).set_style(style);
        }
        for hidden in 1..columns {
            // The cells under a wide character are blank, and look like it when it is drawn over.
            if let Some(cell) = self.buffer.cell_mut((self.x + hidden, self.y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
        self.x += columns;
    }
}

/// True for a cluster that shows something and steers nothing. Joiners and styles are safe only behind something.
pub(super) fn is_safe(cluster: &str) -> bool {
    cluster.chars().enumerate().all(|(place, character)| match character {
        '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0020}'..='\u{E007F}' => place > 0,
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E001F}' => false,
        other => !other.is_control(),
    })
}

/// Empties an area for what lies over the rest; half a wide character at its edge becomes a space.
pub(super) fn clear(buffer: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        if area.x > buffer.area.x
            && let Some(cell) = buffer.cell_mut((area.x - 1, y))
            && width::width(cell.symbol()) > 1
        {
            cell.set_char(' ');
        }
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn row(columns: u16, write: impl FnOnce(&mut Pen<'_>)) -> String {
        let area = Rect::new(0, 0, columns, 1);
        let mut buffer = Buffer::empty(area);
        write(&mut Pen::new(&mut buffer, area, 0));
        (0..columns).map(|x| buffer[(x, 0)].symbol()).collect()
    }

    #[rstest]
    #[case::plain("water", 8, "water   ")]
    #[case::cut("watermain", 5, "water")]
    #[case::wide_does_not_hang_over("a水道", 4, "a水  ")]
    #[case::override_is_seen("a\u{202E}b", 4, "a\u{FFFD}b ")]
    #[case::control_is_seen("a\u{1b}[m", 5, "a\u{FFFD}[m ")]
    fn a_row_never_grows(#[case] text: &str, #[case] columns: u16, #[case] expected: &str) {
        // The blank cell under a wide character is part of the text that was read.
        let shown = row(columns, |pen| pen.text(text, Style::new()));
        assert_eq!(shown.replace("水 ", "水"), expected.replace("水 ", "水"));
    }

    #[test]
    fn fields_have_their_exact_width() {
        assert_eq!(
            row(12, |pen| {
                pen.left("Ana Petit", 6, Style::new());
                pen.right("4m", 5, Style::new());
            }),
            "Ana P…   4m "
        );
    }

    #[test]
    fn off_the_buffer_nothing_happens() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        Pen::new(&mut buffer, Rect::new(0, 5, 9, 9), 3).text("x", Style::new());
        Pen::new(&mut buffer, Rect::new(0, 0, 9, 1), 0).text("long", Style::new());
        assert_eq!(buffer[(1, 0)].symbol(), "o");
    }
}
