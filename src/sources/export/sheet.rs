//! Rows of an Excel workbook (`.xlsx`): a zip of XML files, read as a stream.
//!
//! What enters: a file and the number of a sheet. What leaves: its rows as text: dates in ISO form, whole numbers without a
//! point, formulas by the value that was computed last (none is ever computed here). What a small file can blow
//! up to is bounded: the texts shared by all cells, one piece of XML, one row.

mod book;
mod number;

use std::io::{BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::BadCause;
use super::delimited::{Fields, MAX_COLUMNS, MAX_ROW, Row};
pub(super) use book::{Book, Broken};
use book::{Metered, metered, push_text};
use number::{Style, shown};

/// The most rows of a sheet in the format.
const MAX_ROWS: u64 = 1 << 20;

/// Hears of each row, and says whether to go on.
pub(super) type Each<'e> = dyn FnMut(Row<'_>) -> ControlFlow<()> + 'e;

/// One row while its cells are read.
#[derive(Default)]
struct Line {
    text: String,
    ends: Vec<usize>,
    number: u64,
    bad: Option<BadCause>,
}

/// One cell while its parts are read.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: Kind,
    style: usize,
    value: String,
    /// Inside `v` or `t`.
    open: bool,
}

/// What a cell's value is.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Truth,
    Error,
}

impl Line {
    fn begin(&mut self, number: Option<u64>) {
        self.text.clear();
        self.ends.clear();
        self.bad = None;
        self.number = number.filter(|number| *number > self.number).unwrap_or(self.number + 1);
    }

    /// Puts a cell in its column; what was left out before it is empty.
    fn put(&mut self, column: usize, value: &str) {
        if column >= MAX_COLUMNS {
            self.bad = Some(BadCause::Columns { found: column + 1, expected: MAX_COLUMNS });
        } else if self.text.len() + value.len() > MAX_ROW {
            self.bad = Some(BadCause::TooLong);
        } else if column >= self.ends.len() {
            self.ends.resize(column, self.text.len());
            self.text.push_str(value);
            self.ends.push(self.text.len());
        }
    }

    fn hand_out(&mut self, each: &mut Each<'_>) -> ControlFlow<()> {
        let cells = match self.bad.take() {
            Some(bad) => Err(bad),
            None => Fields::new(&self.text, &self.ends).ok_or(BadCause::NotUtf8),
        };
        if cells.as_ref().is_ok_and(Fields::is_blank) {
            return ControlFlow::Continue(());
        }
        each(Row { number: self.number, cells, bytes: self.text.as_bytes() })
    }
}

impl Book {
    /// Reads the sheet at `index`, row by row.
    pub(super) fn rows<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        index: usize,
        each: &mut Each<'_>,
    ) -> Result<(), Broken> {
        let Some(path) = self.sheets.get(index) else { return Ok(()) };
        let mut reader = metered(BufReader::new(archive.by_name(path).map_err(Broken::of)?));
        let (mut buffer, mut line, mut cell) = (Vec::new(), Line::default(), None);
        loop {
            buffer.clear();
            reader.get_mut().refill();
            match reader.read_event_into(&mut buffer).map_err(Broken::of)? {
                Event::Eof => return Ok(()),
                Event::Start(element) => match element.local_name().as_ref() {
                    "row" => line.begin(attribute(&element, "r").and_then(|number| number.parse().ok())),
                    "c" => cell = Some(Cell::of(&element, line.ends.len())),
                    "v" | "t" => cell.iter_mut().for_each(|cell: &mut Cell| cell.open = true),
                    "rPh" => skip(&mut reader, &element)?,
                    _ => {}
                },
                Event::Empty(element) if element.local_name().as_ref() == "row" => line.begin(None),
                Event::End(element) => match element.local_name().as_ref() {
                    "v" | "t" => cell.iter_mut().for_each(|cell: &mut Cell| cell.open = false),
                    "c" => {
                        if let Some(cell) = cell.take() {
                            let value = self.shown(&cell);
                            line.put(cell.column, &value);
                        }
                    }
                    "row" if line.hand_out(each).is_break() || line.number >= MAX_ROWS => return Ok(()),
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                other => {
                    if let Some(cell) = cell.as_mut().filter(|cell| cell.open) {
                        push_text(&other, &mut cell.value);
                    }
                }
            }
        }
    }

    fn shown(&self, cell: &Cell) -> String {
        match cell.kind {
            Kind::Shared => {
                let place: Option<usize> = cell.value.trim().parse().ok();
                place.and_then(|place| self.strings.get(place)).map(ToString::to_string).unwrap_or_default()
            }
            Kind::Text => cell.value.clone(),
            Kind::Truth => (if cell.value.trim() == "1" { "true" } else { "false" }).to_owned(),
            // `#N/A` and its like say nothing.
            Kind::Error => String::new(),
            Kind::Number => {
                let style = self.styles.get(cell.style).copied().unwrap_or(Style::Plain);
                shown(cell.value.trim(), style, self.from_1904)
            }
        }
    }
}

impl Cell {
    fn of(element: &BytesStart<'_>, next: usize) -> Self {
        let kind = match attribute(element, "t").as_deref() {
            Some("s") => Kind::Shared,
            Some("str" | "inlineStr" | "d") => Kind::Text,
            Some("b") => Kind::Truth,
            Some("e") => Kind::Error,
            _ => Kind::Number,
        };
        let column = attribute(element, "r").and_then(|place| column(&place)).unwrap_or(next);
        let style = attribute(element, "s").and_then(|style| style.parse().ok()).unwrap_or_default();
        Self { column, kind, style, value: String::new(), open: false }
    }
}

/// The column of a place such as `AB12`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters: Vec<usize> = place
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .map(|letter| usize::from(letter.to_ascii_uppercase() - b'A') + 1)
        .take(4)
        .collect();
    let number = letters.iter().fold(0, |number, letter| number * 26 + letter);
    number.checked_sub(1)
}

/// The text of an attribute, whatever its prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

fn skip<R: BufRead>(reader: &mut Reader<Metered<R>>, element: &BytesStart<'_>) -> Result<(), Broken> {
    reader.read_to_end_into(element.name(), &mut Vec::new()).map(drop).map_err(Broken::of)
}

#[cfg(test)]
pub(super) mod tests;
