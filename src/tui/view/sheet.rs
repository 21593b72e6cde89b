//! A text of styled lines at a given width, built once a frame and drawn from any line on.
//!
//! What enters: words and their meaning. What leaves: lines no wider than the sheet, for scrolling text: the detail,
//! reports, help. Text of other people is borrowed, never copied; only what does not fit a line is wrapped.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::pen::Pen;
use super::veil;
use crate::mention;
use crate::text::width;

/// Lines of at most `columns`.
pub(super) struct Sheet<'a> {
    columns: usize,
    lines: Vec<Line<'a>>,
}

impl<'a> Sheet<'a> {
    /// An empty sheet.
    pub(super) fn new(columns: u16) -> Self {
        Self { columns: usize::from(columns).max(1), lines: Vec::with_capacity(64) }
    }

    /// The columns of a line.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// One line; what is too long for it is cut when it is drawn.
    pub(super) fn push(&mut self, spans: Vec<Span<'a>>) {
        self.lines.push(Line::from(spans));
    }

    /// A heading with a rule to the right end, and a remark in the rule.
    pub(super) fn heading(
        &mut self,
        (title, style): (&str, Style),
        (remark, remark_style): (&str, Style),
        rule: Style,
    ) {
        let title_columns = width::width(title).min(self.columns);
        let remark_columns = if remark.is_empty() { 0 } else { width::width(remark) + 1 };
        let room = self.columns.saturating_sub(title_columns + remark_columns + 1);
        let (shown, _) = width::truncate(title, self.columns);
        let mut spans = vec![Span::styled(shown.into_owned(), style)];
        if room > 0 {
            spans.push(Span::styled(format!(" {}", "─".repeat(room)), rule));
            if remark_columns > 0 {
                spans.push(Span::styled(format!(" {remark}"), remark_style));
            }
        }
        self.push(spans);
    }

    /// A wrapped text, every line `indent` columns in.
    pub(super) fn paragraph(&mut self, text: &'a str, indent: usize, style: Style) {
        self.item(Span::raw(""), text, indent, style);
    }

    /// A wrapped text with `label` before its first line; the others are `indent` columns in.
    pub(super) fn item(&mut self, label: Span<'a>, text: &'a str, indent: usize, style: Style) {
        let indent = indent.min(self.columns.saturating_sub(8));
        let mut label = Some(label);
        for range in width::wrap(text, self.columns - indent) {
            let lead = match label.take() {
                Some(label) => {
                    let used = width::width(&label.content);
                    vec![label, blanks(indent.saturating_sub(used))]
                }
                None => vec![blanks(indent)],
            };
            let mut spans = lead;
            spans.push(Span::styled(&text[range], style));
            self.push(spans);
        }
    }

    /// As [`Sheet::item`], for words made for this frame.
    pub(super) fn owned_item(&mut self, label: Span<'a>, text: &str, indent: usize, style: Style) {
        let indent = indent.min(self.columns.saturating_sub(8));
        let mut label = Some(label);
        for range in width::wrap(text, self.columns - indent) {
            let mut spans = match label.take() {
                Some(label) => {
                    let used = width::width(&label.content);
                    vec![label, blanks(indent.saturating_sub(used))]
                }
                None => vec![blanks(indent)],
            };
            spans.push(Span::styled(text[range].to_owned(), style));
            self.push(spans);
        }
    }

    /// A wrapped text after `lead`, with a place at the right end of its first line; below the place nothing stands.
    pub(super) fn placed(
        &mut self,
        lead: Span<'a>,
        (text, style): (Cow<'a, str>, Style),
        (place, muted): (&'a str, Style),
    ) {
        let indent = width::width(&lead.content).min(self.columns / 2);
        let place_columns = if place.is_empty() { 0 } else { width::width(place) + 2 };
        // A place that would leave no room for the words gets a line of its own.
        let (beside, below) = if place_columns * 2 > self.columns { (0, true) } else { (place_columns, false) };
        let room = self.columns.saturating_sub(indent + beside).max(8);
        let mut lead = Some(lead);
        for range in width::wrap(&text, room) {
            let used = width::width(&text[range.clone()]);
            let first = lead.take();
            let is_first = first.is_some();
            let part = match &text {
                Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
                Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
            };
            let mut spans = vec![first.unwrap_or_else(|| blanks(indent)), Span::styled(part, style)];
            if is_first && beside > 0 {
                spans.push(blanks(room.saturating_sub(used) + 2));
                spans.push(Span::styled(place, muted));
            }
            self.push(spans);
        }
        if below {
            self.push(vec![blanks(indent), Span::styled(place, muted)]);
        }
    }

    /// A wrapped text in which some spans, sorted and apart, have a style of their own.
    /// Where `veils` lie over it, sorted and apart, no letter is seen.
    pub(super) fn marked(
        &mut self,
        text: &'a str,
        marks: &[(mention::Span, Style)],
        (veils, veiled): (&[mention::Span], Style),
        style: Style,
    ) {
        for range in width::wrap(text, self.columns) {
            let line = cut_at_marks(text, range.clone(), marks, style);
            self.push(if veils.is_empty() { line } else { under_veils(line, range.start, veils, veiled) });
        }
    }

    /// Pieces that belong together, one after the other, broken between pieces where a line is full.
    pub(super) fn flow(&mut self, pieces: Vec<Span<'a>>, separator: &'a str, style: Style) {
        let mut line: Vec<Span<'a>> = Vec::new();
        let mut used = 0;
        for piece in pieces {
            let columns = width::width(&piece.content);
            let gap = if line.is_empty() { 0 } else { width::width(separator) };
            if used + gap + columns > self.columns && !line.is_empty() {
                self.push(std::mem::take(&mut line));
                used = 0;
            } else if gap > 0 {
                line.push(Span::styled(separator, style));
                used += gap;
            }
            used += columns;
            line.push(piece);
        }
        if !line.is_empty() {
            self.push(line);
        }
    }

    /// Draws the lines from `top` on.
    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, top: usize, base: Style) {
        for (place, line) in self.lines.iter().skip(top).take(usize::from(area.height)).enumerate() {
            Pen::new(buffer, area, place as u16).line(line, base);
        }
    }
}

fn blanks<'a>(columns: usize) -> Span<'a> {
    const BLANKS: &str = "                                ";
    BLANKS.get(..columns).map_or_else(|| Span::raw(" ".repeat(columns)), Span::raw)
}

/// The pieces of one line that begins at `at`, covered where the veils lie.
fn under_veils<'a>(line: Vec<Span<'a>>, mut at: usize, veils: &[mention::Span], veiled: Style) -> Vec<Span<'a>> {
    let mut spans = Vec::with_capacity(line.len() + 2);
    for piece in line {
        let Cow::Borrowed(text) = piece.content else { continue };
        let end = at + text.len();
        let mut from = at;
        for veil in veils.iter().filter(|veil| veil.start < end && veil.end > at) {
            let (first, last) = (veil.start.max(from), veil.end.min(end));
            let (Some(before), Some(under)) = (text.get(from - at..first - at), text.get(first - at..last - at)) else {
                continue;
            };
            spans.extend((!before.is_empty()).then(|| Span::styled(before, piece.style)));
            spans.push(Span::styled(veil::blocked(under), veiled));
            from = last;
        }
        spans.extend(text.get(from - at..).filter(|rest| !rest.is_empty()).map(|rest| Span::styled(rest, piece.style)));
        at = end;
    }
    spans
}

/// The pieces of one line: between the marks in `style`, within them in theirs.
fn cut_at_marks<'a>(
    text: &'a str,
    line: mention::Span,
    marks: &[(mention::Span, Style)],
    style: Style,
) -> Vec<Span<'a>> {
    let mut spans = Vec::new();
    let mut at = line.start;
    for (mark, marked) in marks {
        let (start, end) = (mark.start.max(at), mark.end.min(line.end));
        // Spans of a mention are what the pipeline found in this very text; a stale one is not drawn.
        if start >= end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            continue;
        }
        if start > at {
            spans.push(Span::styled(&text[at..start], style));
        }
        spans.push(Span::styled(&text[start..end], *marked));
        at = end;
    }
    if at < line.end {
        spans.push(Span::styled(&text[at..line.end], style));
    }
    spans
}
