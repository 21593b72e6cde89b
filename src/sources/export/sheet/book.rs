//! What all sheets of a workbook share: their names and places, the shared texts, the styles.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Seek};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::number::Style;
use super::{attribute, skip};

/// The most bytes of one piece of XML: a cell holds 32,767 letters at most.
const MAX_PIECE: usize = 4 << 20;
/// The most bytes of all shared texts together.
const MAX_STRINGS: usize = 256 << 20;
/// The most bytes of the small files.
const MAX_SMALL: u64 = 16 << 20;

/// A workbook that cannot be read; the reader's own words.
#[derive(Debug)]
pub(in crate::sources::export) struct Broken(pub(in crate::sources::export) String);

impl Broken {
    #[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
    pub(super) fn of(error: impl ToString) -> Self {
        Self(error.to_string())
    }
}

/// What all sheets share.
#[derive(Debug)]
pub(in crate::sources::export) struct Book {
    /// The paths of the sheets in the archive, in the workbook's order.
    pub(in crate::sources::export) sheets: Vec<String>,
    pub(super) strings: Vec<Box<str>>,
    pub(super) styles: Vec<Style>,
    /// Days are counted from 1904, as old machines did.
    pub(super) from_1904: bool,
}

/// A reader that gives up on a piece of XML that does not end.
#[derive(Debug)]
pub(super) struct Metered<R> {
    input: R,
    left: usize,
}

impl<R> Metered<R> {
    /// The next piece begins.
    pub(super) fn refill(&mut self) {
        self.left = MAX_PIECE;
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let read = available.len().min(target.len());
        target[..read].copy_from_slice(&available[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("a piece of XML is longer than 4 MiB"));
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.input.consume(amount);
    }
}

/// An XML reader over `input`.
pub(super) fn metered<R: BufRead>(input: R) -> Reader<Metered<R>> {
    Reader::from_reader(Metered { input, left: MAX_PIECE })
}

/// Adds what an event says in text.
pub(super) fn push_text(event: &Event<'_>, target: &mut String) {
    match event {
        Event::Text(text) => target.push_str(text),
        Event::CData(text) => target.push_str(text),
        Event::GeneralRef(name) => {
            if let Ok(Some(letter)) = name.resolve_char_ref() {
                target.push(letter);
            } else if let Some(text) = resolve_predefined_entity(name) {
                target.push_str(text);
            }
        }
        _ => {}
    }
}

impl Book {
    /// Reads everything but the sheets.
    pub(in crate::sources::export) fn open<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Self, Broken> {
        let workbook =
            small(archive, "xl/workbook.xml")?.ok_or_else(|| Broken::of("there is no xl/workbook.xml in it"))?;
        let relations = small(archive, "xl/_rels/workbook.xml.rels")?.unwrap_or_default();
        let targets: BTreeMap<String, String> = elements(&relations, "Relationship", &["Id", "Target"])?
            .into_iter()
            .filter_map(|mut found| Some((found[0].take()?, found[1].take()?)))
            .collect();
        let sheets = elements(&workbook, "sheet", &["id"])?
            .into_iter()
            .filter_map(|mut found| targets.get(&found[0].take()?))
            .map(|target| target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
            .collect();
        let from_1904 = elements(&workbook, "workbookPr", &["date1904"])?
            .iter()
            .any(|found| matches!(found[0].as_deref(), Some("1" | "true")));
        let styles = small(archive, "xl/styles.xml")?.map_or_else(|| Ok(Vec::new()), |xml| Self::styles(&xml))?;
        Ok(Self { sheets, strings: shared(archive)?, styles, from_1904 })
    }

    fn styles(xml: &[u8]) -> Result<Vec<Style>, Broken> {
        let own: BTreeMap<String, Style> = elements(xml, "numFmt", &["numFmtId", "formatCode"])?
            .into_iter()
            .filter_map(|mut found| Some((found[0].take()?, Style::of_code(&found[1].take()?))))
            .collect();
        // The cells' formats stand in `cellXfs`; those of named styles stand before, in `cellStyleXfs`.
        let start = memchr::memmem::find(xml, b"<cellXfs").unwrap_or(xml.len());
        let end = memchr::memmem::find(xml, b"</cellXfs>").filter(|end| *end > start).unwrap_or(xml.len());
        let formats = elements(&xml[start..end], "xf", &["numFmtId"])?.into_iter().map(|mut found| found[0].take());
        Ok(formats
            .map(|id| {
                let id = id.unwrap_or_default();
                own.get(&id).copied().unwrap_or_else(|| Style::of_builtin(id.parse().unwrap_or_default()))
            })
            .collect())
    }
}

/// A small file of the archive; `None` when it is not there.
fn small<R: Read + Seek>(archive: &mut ZipArchive<R>, path: &str) -> Result<Option<Vec<u8>>, Broken> {
    let file = match archive.by_name(path) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(Broken::of(error)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_SMALL + 1).read_to_end(&mut bytes).map_err(Broken::of)?;
    if bytes.len() as u64 > MAX_SMALL {
        return Err(Broken(format!("{path} is larger than 16 MiB")));
    }
    Ok(Some(bytes))
}

/// The attributes `wanted` of every element `name`, in order.
fn elements(xml: &[u8], name: &str, wanted: &[&str]) -> Result<Vec<Vec<Option<String>>>, Broken> {
    let text = std::str::from_utf8(xml).map_err(Broken::of)?;
    let mut reader = Reader::from_str(text);
    // A part of a document closes elements it did not open.
    reader.config_mut().check_end_names = false;
    let mut found = Vec::new();
    loop {
        match reader.read_event().map_err(Broken::of)? {
            Event::Eof => return Ok(found),
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == name => {
                found.push(wanted.iter().map(|wanted| attribute(&element, wanted)).collect());
            }
            _ => {}
        }
    }
}

/// The texts that cells share.
fn shared<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Vec<Box<str>>, Broken> {
    let file = match archive.by_name("xl/sharedStrings.xml") {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(Vec::new()),
        Err(error) => return Err(Broken::of(error)),
    };
    let mut reader = metered(BufReader::new(file));
    let (mut buffer, mut strings, mut text) = (Vec::new(), Vec::new(), String::new());
    let (mut open, mut held) = (false, 0);
    loop {
        buffer.clear();
        reader.get_mut().refill();
        match reader.read_event_into(&mut buffer).map_err(Broken::of)? {
            Event::Eof => return Ok(strings),
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => open = true,
                // How a Japanese text is pronounced.
                "rPh" => skip(&mut reader, &element)?,
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "si" => strings.push(Box::default()),
            Event::End(element) => match element.local_name().as_ref() {
                "t" => open = false,
                "si" => {
                    held += text.len() + size_of::<Box<str>>();
                    if held > MAX_STRINGS {
                        return Err(Broken::of("its shared texts are larger than 256 MiB"));
                    }
                    strings.push(plain(std::mem::take(&mut text)));
                }
                _ => {}
            },
            other if open && text.len() <= MAX_PIECE => push_text(&other, &mut text),
            _ => {}
        }
    }
}

/// The format writes a carriage return as `_x000D_`.
fn plain(text: String) -> Box<str> {
    if text.contains("_x000D_") { text.replace("_x000D_", "\r").into() } else { text.into() }
}
