//! Tables that other tools export: CSV, TSV, NDJSON, JSON arrays and Excel workbooks, told apart by what is in them.
//!
//! What enters: a file and the profiles. What leaves: its columns with what they become, then one item a row, in the file's
//! order, or why the row is none, with its number. The file is read as a stream: memory does not grow with it. It is
//! never written to, and no cell is ever evaluated.

mod delimited;
mod encoding;
mod header;
mod json;
mod sample;
mod sheet;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono_tz::Tz;
use zip::ZipArchive;

use super::BadCause;
use super::lines::Lines;
use super::mapping::{Cells, Field, JsonRow, Layout, ProfileError, Profiles, Receipt, names};
use super::quarantine::MAX_DATA;
use crate::mention::RawItem;
use crate::mention::wire::{WireError, WireItem};

use delimited::{Delimited, Fields, Row};
use encoding::Encoding;
use header::{First, Header, TRIED};
use json::Elements;
use sheet::{Book, Broken};

pub use sample::Sample;

/// How much of a file is looked at to find its header.
const SAMPLE: u64 = 1 << 20;
/// What may part cells, the likeliest first.
const DELIMITERS: &[u8] = b",;\t|";
/// The name under which objects of this program's own form are read.
const OWN_FORM: &str = "frontdesk";

/// What a person asks of the reading.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The profile; `None`: the one that knows the header.
    pub profile: Option<&'a str>,
    /// Fields taken from these columns instead.
    pub map: &'a [(Field, String)],
    /// The zone of dates that name none, where the profile names none.
    pub zone: Tz,
}

/// Why a file cannot be read as a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// It cannot be opened or read; the system's own words.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: String,
    },
    /// The profiles cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// It is no workbook, or a broken one; the reader's own words.
    #[error("not a workbook: {0}")]
    Broken(String),
    /// There is no row in it.
    #[error("empty")]
    Empty,
    /// No column holds the text of a mention.
    #[error("no column for the text")]
    NoText {
        /// The profile that was asked for, or that knows the header.
        profile: Option<String>,
        /// The columns that were found.
        columns: Vec<String>,
    },
    /// A column that was named is not there.
    #[error("no column {column}")]
    UnknownColumn {
        /// Which.
        column: String,
        /// The columns that were found.
        columns: Vec<String>,
    },
}

/// One row of an export.
#[derive(Debug)]
pub struct Found {
    /// Its number, from 1, as a spreadsheet counts; of a JSON file the line or the element.
    pub row: u64,
    /// Bytes of the file read so far.
    pub read: u64,
    /// The item, or why there is none and the row's first bytes.
    pub item: Result<RawItem, (BadCause, Vec<u8>)>,
}

/// How the file is built.
#[derive(Debug)]
enum Form {
    Delimited { encoding: Encoding, delimiter: u8 },
    Lines { encoding: Encoding },
    Array { encoding: Encoding },
    Sheet { book: Box<Book>, index: usize },
}

/// How its rows are read.
#[derive(Debug)]
enum Reading {
    /// Objects of this program's own form.
    Own,
    Mapped(Box<Layout>),
}

/// An export, ready to be read.
#[derive(Debug)]
pub struct Export {
    file: File,
    path: PathBuf,
    length: u64,
    form: Form,
    reading: Reading,
    profile: String,
    /// The row of the header; rows up to it are no items.
    header: u64,
}

/// Counts what passes.
struct Counted<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(target)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

impl Export {
    /// Opens a file, finds out what it is and how its rows are read. Reads all of it once to know its encoding.
    pub fn open(path: &Path, profiles: &Profiles, asked: &Asked<'_>) -> Result<Self, ExportError> {
        let failed = |error: &io::Error| ExportError::File { path: path.to_owned(), error: error.to_string() };
        // Looked at before it is opened: opening a pipe or a device could wait for ever.
        let found = std::fs::metadata(path).map_err(|error| failed(&error))?;
        if !found.is_file() {
            return Err(failed(&io::Error::other("not a regular file")));
        }
        let mut file = File::open(path).map_err(|error| failed(&error))?;
        let mut magic = Vec::new();
        file.by_ref().take(4).read_to_end(&mut magic).map_err(|error| failed(&error))?;
        let (form, header) = if magic == *b"PK\x03\x04" {
            of_workbook(&file, profiles, asked)?
        } else {
            of_text(&mut file, profiles, asked).map_err(|error| match error {
                Opening::Io(error) => failed(&error),
                Opening::Export(error) => error,
            })?
        };
        let (reading, profile, header) = match header {
            Some(header) => (Reading::Mapped(Box::new(header.layout)), header.profile, header.row),
            None => (Reading::Own, OWN_FORM.to_owned(), 0),
        };
        Ok(Self { file, path: path.to_owned(), length: found.len(), form, reading, profile, header })
    }

    /// The profile its rows are read by.
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// How its rows are read; `None` for objects of this program's own form.
    pub fn layout(&self) -> Option<&Layout> {
        match &self.reading {
            Reading::Own => None,
            Reading::Mapped(layout) => Some(layout),
        }
    }

    /// Bytes of the file.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// What it is: `csv`, `tsv`, `ndjson`, `json` or `xlsx`.
    pub fn form(&self) -> &'static str {
        match self.form {
            Form::Delimited { delimiter: b'\t', .. } => "tsv",
            Form::Delimited { .. } => "csv",
            Form::Lines { .. } => "ndjson",
            Form::Array { .. } => "json",
            Form::Sheet { .. } => "xlsx",
        }
    }

    /// Reads every row behind the header until `each` has enough. May be called again: it begins anew.
    pub fn read(
        &self,
        receipt: &Receipt<'_>,
        each: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<(), ExportError> {
        let failed = |error: io::Error| ExportError::File { path: self.path.clone(), error: error.to_string() };
        let read = Arc::new(AtomicU64::new(0));
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let input = Counted { input: file, read: read.clone() };
        let mut tell = |row, item| each(Found { row, read: read.load(Ordering::Relaxed).min(self.length), item });
        match &self.form {
            Form::Delimited { encoding, delimiter } => {
                let mut rows = Delimited::new(encoding.reader(input), *delimiter);
                while let Some(row) = rows.next().map_err(failed)? {
                    if let Some(item) = self.item(&row, receipt)
                        && tell(row.number, item).is_break()
                    {
                        break;
                    }
                }
                Ok(())
            }
            Form::Sheet { book, index } => {
                let mut archive =
                    ZipArchive::new(BufReader::new(input)).map_err(|error| broken(Broken(error.to_string())))?;
                book.rows(&mut archive, *index, &mut |row| match self.item(&row, receipt) {
                    Some(item) => tell(row.number, item),
                    None => ControlFlow::Continue(()),
                })
                .map_err(broken)
            }
            Form::Lines { encoding } => {
                let object = |bytes: &[u8], too_long| self.object(bytes, too_long, receipt);
                lines(encoding.reader(input), |number, bytes, too_long| {
                    object(bytes, too_long).map_or(ControlFlow::Continue(()), |item| tell(number, item))
                })
                .map_err(failed)
            }
            Form::Array { encoding } => {
                let mut elements = Elements::new(encoding.reader(input));
                while let Some(element) = elements.next().map_err(failed)? {
                    if let Some(item) = self.object(element.bytes, element.too_long, receipt)
                        && tell(element.number, item).is_break()
                    {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// The item of a row; `None` for what stands above the data.
    fn item(&self, row: &Row<'_>, receipt: &Receipt<'_>) -> Option<Result<RawItem, (BadCause, Vec<u8>)>> {
        let Reading::Mapped(layout) = &self.reading else { return None };
        if row.number <= self.header {
            return None;
        }
        let bad = |cause| (cause, row.bytes[..row.bytes.len().min(MAX_DATA + 1)].to_vec());
        let read = || {
            let cells = row.cells.as_ref().map_err(BadCause::clone)?;
            self.fits(cells, layout.header().len())?;
            layout.item(cells, receipt)
        };
        Some(read().map_err(bad))
    }

    /// A row with cells too many or too few has its texts in the wrong columns: a quotation mark or a line break was lost.
    fn fits(&self, cells: &Fields<'_>, expected: usize) -> Result<(), BadCause> {
        let found = cells.len();
        let odd = match self.form {
            // A workbook leaves empty cells out and names the column of the others.
            Form::Sheet { .. } => false,
            _ => found < expected || cells.iter().skip(expected).any(|cell| !cell.trim().is_empty()),
        };
        if odd { Err(BadCause::Columns { found, expected }) } else { Ok(()) }
    }

    /// The item of a JSON object; `None` for a blank line.
    fn object(
        &self,
        bytes: &[u8],
        too_long: bool,
        receipt: &Receipt<'_>,
    ) -> Option<Result<RawItem, (BadCause, Vec<u8>)>> {
        if bytes.trim_ascii().is_empty() {
            return None;
        }
        let read = || match &self.reading {
            _ if too_long => Err(BadCause::TooLong),
            Reading::Own => own(bytes, receipt),
            Reading::Mapped(layout) => {
                let object: serde_json::Value =
                    serde_json::from_slice(bytes).map_err(|error| BadCause::Malformed(error.to_string()))?;
                layout.item(&JsonRow { header: layout.header(), object: &object }, receipt)
            }
        };
        Some(read().map_err(|cause| (cause, bytes[..bytes.len().min(MAX_DATA + 1)].to_vec())))
    }
}

/// A mention in this program's own form.
pub(super) fn own(bytes: &[u8], receipt: &Receipt<'_>) -> Result<RawItem, BadCause> {
    let wire = WireItem::parse(bytes).map_err(|error| match error {
        WireError::TooLong => BadCause::TooLong,
        WireError::NoText => BadCause::NoText,
        other => BadCause::Malformed(other.to_string()),
    })?;
    let mut item = wire.into_raw(receipt.source.clone(), receipt.now);
    if item.network.is_none() {
        item.network = receipt.network.map(|network| network.token().to_owned());
    }
    item.raw = Some(String::from_utf8_lossy(bytes).into_owned());
    Ok(item)
}

fn broken(Broken(words): Broken) -> ExportError {
    ExportError::Broken(words)
}

/// Splits `input` into lines.
fn lines(mut input: impl Read, mut each: impl FnMut(u64, &[u8], bool) -> ControlFlow<()>) -> io::Result<()> {
    let (mut lines, mut chunk) = (Lines::new(0), vec![0; 64 * 1024]);
    loop {
        let read = input.read(&mut chunk)?;
        lines.push(&chunk[..read]);
        while let Some(line) = lines.next() {
            if each(line.number, line.bytes, line.too_long).is_break() {
                return Ok(());
            }
        }
        if read == 0 {
            if let Some(line) = lines.finish() {
                let _ = each(line.number, line.bytes, line.too_long);
            }
            return Ok(());
        }
    }
}

/// Why opening fails.
enum Opening {
    Io(io::Error),
    Export(ExportError),
}

impl From<io::Error> for Opening {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ExportError> for Opening {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

fn of_workbook(file: &File, profiles: &Profiles, asked: &Asked<'_>) -> Result<(Form, Option<Header>), ExportError> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| ExportError::Broken(error.to_string()))?;
    let book = Book::open(&mut archive).map_err(broken)?;
    let mut first_error = None;
    for index in 0..book.sheets.len() {
        let mut rows = Vec::new();
        let taken = book.rows(&mut archive, index, &mut |row| take(&mut rows, &row));
        taken.map_err(broken)?;
        match header(rows, profiles, asked) {
            Ok(header) => return Ok((Form::Sheet { book: Box::new(book), index }, Some(header))),
            // A cover sheet stands before the data; the first complaint is about the first sheet that has rows.
            Err(ExportError::Empty) => {}
            Err(error) => drop(first_error.get_or_insert(error)),
        }
    }
    Err(first_error.unwrap_or(ExportError::Empty))
}

fn of_text(file: &mut File, profiles: &Profiles, asked: &Asked<'_>) -> Result<(Form, Option<Header>), Opening> {
    file.seek(SeekFrom::Start(0))?;
    let encoding = Encoding::detect(&mut *file)?;
    file.seek(SeekFrom::Start(0))?;
    let mut sample = Vec::new();
    encoding.reader(&*file).take(SAMPLE).read_to_end(&mut sample)?;
    let is_cut = sample.len() as u64 == SAMPLE;
    match sample.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(ExportError::Empty.into()),
        Some(b'{') => Ok((Form::Lines { encoding }, of_objects(&sample, false, profiles, asked)?)),
        Some(b'[') if is_array(&sample) => Ok((Form::Array { encoding }, of_objects(&sample, true, profiles, asked)?)),
        Some(_) => {
            let (delimiter, header) = of_cells(&sample, is_cut, profiles, asked)?;
            Ok((Form::Delimited { encoding, delimiter }, Some(header)))
        }
    }
}

/// `[` also begins a title above a table.
fn is_array(sample: &[u8]) -> bool {
    let inside = sample.trim_ascii_start().get(1..).unwrap_or_default();
    matches!(inside.trim_ascii_start().first(), Some(b'{' | b']'))
}

/// The delimiter under which most is known of a header.
fn of_cells(sample: &[u8], is_cut: bool, profiles: &Profiles, asked: &Asked<'_>) -> Result<(u8, Header), Opening> {
    let mut best: Option<(u8, Header)> = None;
    let mut complaint: Option<(usize, ExportError)> = None;
    for delimiter in DELIMITERS {
        let mut rows = Vec::new();
        let mut table = Delimited::new(sample, *delimiter);
        while let Some(row) = table.next()? {
            if take(&mut rows, &row).is_break() {
                break;
            }
        }
        if is_cut && rows.len() < TRIED && rows.len() > 1 {
            rows.pop();
        }
        let widest = rows.iter().map(|row: &First| row.cells.len()).max().unwrap_or_default();
        match header(rows, profiles, asked) {
            Ok(found) if best.as_ref().is_none_or(|(_, best)| found.score > best.score) => {
                best = Some((*delimiter, found));
            }
            Err(error) if complaint.as_ref().is_none_or(|(width, _)| widest > *width) => {
                complaint = Some((widest, error));
            }
            Ok(_) | Err(_) => {}
        }
    }
    best.ok_or_else(|| complaint.map_or(ExportError::Empty, |(_, error)| error).into())
}

/// The header of JSON objects: the names of the first ones' fields. `None` when they have this program's own form.
fn of_objects(
    sample: &[u8],
    is_array: bool,
    profiles: &Profiles,
    asked: &Asked<'_>,
) -> Result<Option<Header>, Opening> {
    let mut objects = Vec::new();
    let mut keep = |bytes: &[u8]| {
        objects.extend(serde_json::from_slice::<serde_json::Value>(bytes).ok());
        if objects.len() < TRIED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    if is_array {
        let mut elements = Elements::new(sample);
        while let Some(element) = elements.next()? {
            if keep(element.bytes).is_break() {
                break;
            }
        }
    } else {
        lines(sample, |_, bytes, _| keep(bytes))?;
    }
    let is_own = asked.profile.is_none_or(|name| name == OWN_FORM) && asked.map.is_empty();
    if is_own && objects.iter().any(|object| object.get("text").is_some_and(serde_json::Value::is_string)) {
        return Ok(None);
    }
    let mut cells: Vec<String> = Vec::new();
    for name in objects.iter().flat_map(names) {
        if !cells.contains(&name) && cells.len() < delimited::MAX_COLUMNS {
            cells.push(name);
        }
    }
    if cells.is_empty() {
        return Err(ExportError::Empty.into());
    }
    let mut found = header(vec![First { number: 0, cells }], profiles, asked)?;
    for object in &objects {
        let header = found.layout.header().to_vec();
        found.layout.learn(&JsonRow { header: &header, object });
    }
    Ok(Some(found))
}

/// Keeps one of the first rows.
fn take(rows: &mut Vec<First>, row: &Row<'_>) -> ControlFlow<()> {
    if let Ok(cells) = &row.cells {
        rows.push(First { number: row.number, cells: cells.iter().map(str::to_owned).collect() });
    }
    if rows.len() < TRIED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// The header among the first rows; those behind it tell how dates are written.
fn header(rows: Vec<First>, profiles: &Profiles, asked: &Asked<'_>) -> Result<Header, ExportError> {
    if rows.is_empty() {
        return Err(ExportError::Empty);
    }
    let mut found = header::find(&rows, profiles, asked)?;
    for row in rows.into_iter().filter(|row| row.number > found.row) {
        found.layout.learn(&Kept(row.cells));
    }
    Ok(found)
}

/// A row that was kept.
struct Kept(Vec<String>);

impl Cells for Kept {
    fn cell(&self, column: usize) -> Option<Cow<'_, str>> {
        self.0.get(column).map(|cell| Cow::Borrowed(cell.as_str()))
    }
}

#[cfg(test)]
mod tests;
