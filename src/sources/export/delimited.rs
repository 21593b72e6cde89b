//! Rows of a table whose cells are parted by a character: CSV, TSV and their like.
//!
//! What enters: UTF-8 and a delimiter. What leaves: one row after another with its number, as a spreadsheet counts them. A
//! row that is too long is told as such, and where a quotation mark without its partner made it so, reading goes on
//! at the next line. At most two rows' limit is held.

use std::borrow::Cow;
use std::io::{self, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::memchr;

use super::super::quarantine::MAX_DATA;
use super::super::{BadCause, Cells};

/// The longest row.
pub(super) const MAX_ROW: usize = 1 << 20;
/// The most columns.
pub(super) const MAX_COLUMNS: usize = 1_000;
/// How much is read at a time.
const CHUNK: usize = 256 * 1024;
/// How often reading begins anew behind a quotation mark without its partner; a file of nothing else is not read for hours.
const MAX_RESUMED: u32 = 1_000;

/// A row as it stands in the file.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// From 1, the rows above the header and blank ones included.
    pub(super) number: u64,
    /// Its cells, or why it has none.
    pub(super) cells: Result<Fields<'a>, BadCause>,
    /// Its first bytes.
    pub(super) bytes: &'a [u8],
}

/// The cells of a row, one behind the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    text: &'a str,
    /// Where each cell ends.
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    /// `None` when an end is beyond the text or inside a letter.
    pub(super) fn new(text: &'a str, ends: &'a [usize]) -> Option<Self> {
        ends.iter().all(|end| text.is_char_boundary(*end)).then_some(Self { text, ends })
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, column: usize) -> Option<&'a str> {
        let start = if column == 0 { 0 } else { *self.ends.get(column - 1)? };
        self.text.get(start..*self.ends.get(column)?)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).filter_map(|column| self.get(column))
    }

    /// True when nothing stands in any cell.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Cells for Fields<'_> {
    fn cell(&self, column: usize) -> Option<Cow<'_, str>> {
        self.get(column).map(Cow::Borrowed)
    }
}

/// Reads rows.
pub(super) struct Delimited<R> {
    input: R,
    reader: Reader,
    buffer: Vec<u8>,
    /// Where the row begins in `buffer`.
    start: usize,
    /// The next byte to parse.
    at: usize,
    ended: bool,
    /// The byte before `at` was a carriage return, which a newline may follow.
    after_return: bool,
    output: Vec<u8>,
    ends: Vec<usize>,
    number: u64,
    resumed: u32,
}

/// How one row came out: the bytes and the cells it has, or why it is bad.
type Parsed = Result<(usize, usize), BadCause>;

impl<R: Read> Delimited<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        Self {
            input,
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            buffer: Vec::new(),
            start: 0,
            at: 0,
            ended: false,
            after_return: false,
            output: vec![0; MAX_ROW],
            ends: vec![0; MAX_COLUMNS],
            number: 0,
            resumed: 0,
        }
    }

    /// The next row that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        loop {
            if !self.skip_blank_lines()? {
                return Ok(None);
            }
            self.start = self.at;
            self.number += 1;
            self.reader.reset();
            match self.parse()? {
                Ok((bytes, ends)) if self.output[..bytes].trim_ascii().is_empty() && ends > 0 => {}
                parsed => return Ok(Some(self.row(parsed))),
            }
        }
    }

    fn row(&self, parsed: Parsed) -> Row<'_> {
        let bytes = &self.buffer[self.start..self.at.min(self.start + MAX_DATA + 1)];
        let cells = parsed.and_then(|(bytes, ends)| {
            let text = std::str::from_utf8(&self.output[..bytes]).map_err(|_| BadCause::NotUtf8)?;
            Fields::new(text, &self.ends[..ends]).ok_or(BadCause::NotUtf8)
        });
        Row { number: self.number, cells, bytes }
    }

    /// False at the end.
    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            if self.at == self.buffer.len() {
                self.start = self.at;
                self.fill()?;
            }
            match self.buffer.get(self.at) {
                None => return Ok(false),
                Some(b'\n') if self.after_return => self.after_return = false,
                Some(b'\n') => self.number += 1,
                Some(b'\r') => {
                    self.number += 1;
                    self.after_return = true;
                }
                Some(_) => return Ok(true),
            }
            self.at += 1;
        }
    }

    fn parse(&mut self) -> io::Result<Parsed> {
        let (mut bytes, mut ends) = (0, 0);
        let mut bad = None;
        loop {
            if self.at == self.buffer.len() && !self.ended {
                self.fill()?;
            }
            let input = &self.buffer[self.at..];
            let (result, read, written, found) =
                self.reader.read_record(input, &mut self.output[bytes..], &mut self.ends[ends..]);
            self.at += read;
            bytes += written;
            ends += found;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => break,
                ReadRecordResult::OutputEndsFull => {
                    bad.get_or_insert(BadCause::Columns { found: MAX_COLUMNS + 1, expected: MAX_COLUMNS });
                    (bytes, ends) = (0, 0);
                }
                ReadRecordResult::OutputFull => {
                    if bad.is_none() && self.resume_at_next_line() {
                        return Ok(Err(BadCause::TooLong));
                    }
                    bad.get_or_insert(BadCause::TooLong);
                    (bytes, ends) = (0, 0);
                }
            }
            if bad.is_some() {
                self.forget();
            }
        }
        self.after_return = self.at > 0 && self.buffer.get(self.at - 1) == Some(&b'\r');
        Ok(bad.map_or(Ok((bytes, ends)), Err))
    }

    /// Behind a quotation mark that is never closed everything would be one row.
    fn resume_at_next_line(&mut self) -> bool {
        let row = &self.buffer[self.start..self.at];
        let Some(end) = memchr(b'\n', row) else { return false };
        if self.resumed == MAX_RESUMED || memchr(b'"', &row[..end]).is_none() {
            return false;
        }
        self.resumed += 1;
        self.at = self.start + end + 1;
        self.after_return = false;
        true
    }

    /// Of a row that is too long only the beginning is kept.
    fn forget(&mut self) {
        let kept = self.start + MAX_DATA + 1;
        if self.at > kept {
            self.buffer.drain(kept..self.at);
            self.at = kept;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.at -= self.start;
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + CHUNK, 0);
        let read = self.input.read(&mut self.buffer[held..])?;
        self.buffer.truncate(held + read);
        self.ended = read == 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8], delimiter: u8) -> Vec<(u64, Result<Vec<String>, BadCause>)> {
        let mut table = Delimited::new(text, delimiter);
        let mut rows = Vec::new();
        while let Some(row) = table.next().expect("reads") {
            rows.push((row.number, row.cells.map(|cells| cells.iter().map(str::to_owned).collect())));
        }
        rows
    }

    fn good(number: u64, cells: &[&str]) -> (u64, Result<Vec<String>, BadCause>) {
        (number, Ok(cells.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_counts_them() {
        let text = b"a,b\r\n\r\n\"x\ny\",\"1 \"\"2\"\"\"\r\n,,\nz,3";
        assert_eq!(
            rows(text, b','),
            [good(1, &["a", "b"]), good(3, &["x\ny", "1 \"2\""]), good(5, &["z", "3"])].into_iter().collect::<Vec<_>>()
        );
        assert_eq!(rows(b"a\tb\rc\t5\" pipe\r", b'\t'), [good(1, &["a", "b"]), good(2, &["c", "5\" pipe"])]);
        assert_eq!(rows(b"", b','), []);
    }

    #[test]
    fn a_row_too_long_and_one_that_is_not_utf8_are_told() {
        let long = vec![b'x'; MAX_ROW + 10];
        let text = [b"a,b\n", &long[..], b",1\n\xff,2\nc,\0\n"].concat();
        let found = rows(&text, b',');
        assert_eq!(found[1], (2, Err(BadCause::TooLong)));
        assert_eq!(found[2], (3, Err(BadCause::NotUtf8)));
        assert_eq!(found[3], good(4, &["c", "\0"]));
    }

    #[test]
    fn a_quotation_mark_without_its_partner_loses_its_own_line_only() {
        let filler = "b,2\n".repeat(MAX_ROW / 2);
        let text = format!("a,1\n\"open,1\n{filler}");
        let found = rows(text.as_bytes(), b',');
        assert_eq!(found[1], (2, Err(BadCause::TooLong)));
        assert_eq!(found[2], good(3, &["b", "2"]));
        assert_eq!(found.len(), 2 + MAX_ROW / 2);
    }

    #[test]
    fn too_many_columns_are_not_held() {
        let text = [",".repeat(MAX_COLUMNS + 50).into_bytes(), b"\nb,2\n".to_vec()].concat();
        let found = rows(&text, b',');
        assert!(matches!(found[0].1, Err(BadCause::Columns { .. })));
        assert_eq!(found[1], good(2, &["b", "2"]));
    }
}
