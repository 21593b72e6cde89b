//! What could not be read: kept beside its position and cause, so that it is counted, shown and never just gone.
//!
//! What enters: hostile bytes. What leaves: one JSON line each in `state/quarantine/<source>.ndjson`. The data is cut at
//! [`MAX_DATA`] bytes and the file is begun anew beyond [`MAX_FILE`] (the one before it is kept), so that a broken feed
//! cannot fill the disk.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::clock::SharedClock;
use crate::config::{private_dir, private_file};
use crate::mention::Id;
use crate::text::clean_line;

/// The most bytes of a bad item that are kept.
pub(super) const MAX_DATA: usize = 4096;

/// The size beyond which a quarantine file is set aside for a new one.
const MAX_FILE: u64 = 8 << 20;

/// Where the bad data stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// A line of a file or of the standard input.
    Line {
        /// From 1, counted since this run began to read.
        line: u64,
        /// Of its first byte.
        offset: u64,
    },
    /// An item of a feed, from 1, or what it calls itself; a whole file of a folder, by its name.
    Item(String),
    /// A row of a table.
    Row {
        /// The file's name.
        file: String,
        /// From 1, as a spreadsheet counts them.
        row: u64,
    },
}

/// Why it is bad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadCause {
    /// Longer than a line may be.
    TooLong,
    /// Not UTF-8.
    NotUtf8,
    /// Not what the format asks for; the parser's own words.
    Malformed(String),
    /// There is nothing to read in it.
    NoText,
    /// A row with another number of cells than its table has columns.
    Columns {
        /// How many cells.
        found: usize,
        /// How many columns.
        expected: usize,
    },
    /// More items than are read at a time; these were left out.
    TooMany,
    /// The file went away before the line's end was written.
    Unfinished,
    /// The program ended before the line's end was written.
    Torn,
    /// A program's message of a type there is not.
    UnknownType(String),
    /// A deletion that does not say of what.
    NoId,
    /// A state that is too large to be kept.
    LargeState,
}

/// One source's quarantine file.
#[derive(Debug, Clone)]
pub struct Quarantine {
    source: Id,
    file: PathBuf,
    clock: SharedClock,
}

/// The end of a file that is read at a time.
const MAX_END: u64 = 1 << 20;

#[derive(Serialize)]
struct Entry<'a> {
    at: String,
    source: &'a str,
    position: &'a Position,
    cause: &'a BadCause,
    data: String,
}

/// A bad item as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadItem {
    /// When it came.
    pub at: DateTime<Utc>,
    /// Where it stood; `None` where another release of the program wrote it in its own way.
    pub position: Option<Position>,
    /// Why it is bad; `None` likewise.
    pub cause: Option<BadCause>,
    /// Its data, cut and escaped.
    pub data: String,
}

/// The newest bad items of a source, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BadItems {
    /// The items, at most [`BadItems::MOST`].
    pub items: Vec<BadItem>,
    /// True when there are older ones.
    pub more: bool,
}

impl BadItems {
    /// No more are read at a time.
    pub const MOST: usize = 200;
}

impl Quarantine {
    /// The quarantine of `source` in `folder`; nothing is made before something is bad.
    pub fn new(folder: &Path, source: Id, clock: SharedClock) -> Self {
        Self { file: folder.join(format!("{source}.ndjson")), source, clock }
    }

    /// How many bad items are kept, those in the file before this one included. What cannot be read counts as none.
    pub fn kept(&self) -> usize {
        let lines = |file: &Path| std::fs::read(file).map_or(0, |bytes| memchr::memchr_iter(b'\n', &bytes).count());
        lines(&self.file) + lines(&self.before())
    }

    /// The newest bad items. Only the end of the file is read, however long it is.
    pub fn newest(&self) -> io::Result<BadItems> {
        let mut newest = BadItems::default();
        for file in [self.file.clone(), self.before()] {
            newest.more |= read_end(&file, &mut newest.items)?;
        }
        Ok(newest)
    }

    /// Sets all that is kept aside under another name, where nothing reads or counts it any more; nothing is lost. Answers with
    /// the new name; `None` when nothing was kept.
    pub fn set_aside(&self) -> io::Result<Option<PathBuf>> {
        let stamp = self.clock.now().format("%Y%m%dT%H%M%S%3f");
        let mut named = None;
        for (file, part) in [(self.before(), "old."), (self.file.clone(), "")] {
            let aside = self.file.with_extension(format!("aside-{stamp}.{part}ndjson"));
            match std::fs::rename(&file, &aside) {
                Ok(()) => named = Some(aside),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(named)
    }

    /// Where the file goes when it has become too large.
    fn before(&self) -> PathBuf {
        self.file.with_extension("old.ndjson")
    }

    /// The file it writes to.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Keeps `data`, cut and escaped. A failure to keep it is the caller's to report: the item is lost otherwise.
    pub fn keep(&self, position: &Position, cause: &BadCause, data: &[u8]) -> io::Result<()> {
        let entry = Entry {
            at: self.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            source: &self.source,
            position,
            cause,
            data: escaped(data),
        };
        let mut line = serde_json::to_vec(&entry).map_err(io::Error::other)?;
        line.push(b'\n');
        if let Some(folder) = self.file.parent() {
            private_dir(folder)?;
        }
        if std::fs::metadata(&self.file).is_ok_and(|file| file.len() >= MAX_FILE) {
            std::fs::rename(&self.file, self.before())?;
        }
        private_file(&self.file, OpenOptions::new().create(true).append(true))?.write_all(&line)
    }
}

/// Adds the items of a file's end, the newest first. True when there are more before them.
fn read_end(file: &Path, items: &mut Vec<BadItem>) -> io::Result<bool> {
    let mut opened = match std::fs::File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let begin = opened.metadata()?.len().saturating_sub(MAX_END);
    opened.seek(SeekFrom::Start(begin))?;
    let mut bytes = Vec::new();
    opened.take(MAX_END).read_to_end(&mut bytes)?;
    // A line that is not whole, at either end, is somebody else's moment.
    let from = if begin == 0 { 0 } else { memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1) };
    let whole = memchr::memrchr(b'\n', &bytes).map_or(from, |end| end.max(from));
    for line in bytes[from..whole].rsplit(|byte| *byte == b'\n') {
        if items.len() >= BadItems::MOST {
            return Ok(true);
        }
        items.extend(serde_json::from_slice(line).ok().map(Read::item));
    }
    Ok(begin > 0)
}

/// A line of the file, read as far as this release knows it.
#[derive(Deserialize)]
struct Read {
    at: DateTime<Utc>,
    position: serde_json::Value,
    cause: serde_json::Value,
    data: String,
}

impl Read {
    fn item(self) -> BadItem {
        BadItem {
            at: self.at,
            position: serde_json::from_value(self.position).ok(),
            cause: serde_json::from_value(self.cause).ok(),
            // Escaped when it was written; the file may have been edited since.
            data: clean_line(&self.data).into_owned(),
        }
    }
}

/// At most [`MAX_DATA`] bytes as text in which every byte that is not plain text is written `\xNN`, `\u{…}` or the like.
fn escaped(data: &[u8]) -> String {
    let cut = &data[..data.len().min(MAX_DATA)];
    let mut text = String::with_capacity(cut.len());
    for chunk in cut.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '\\' => text.push_str("\\\\"),
                '"' | '\'' => text.push(letter),
                _ => text.extend(letter.escape_debug()),
            }
        }
        for byte in chunk.invalid() {
            // Writing into a string cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    if cut.len() < data.len() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::FakeClock;

    fn quarantine(folder: &Path) -> Quarantine {
        let clock = Arc::new(FakeClock::new(chrono::DateTime::UNIX_EPOCH));
        Quarantine::new(folder, Id::from("inbox"), clock)
    }

    #[test]
    fn bad_data_is_kept_escaped_with_its_place_and_cause() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let position = Position::Line { line: 3, offset: 120 };
        let kept = quarantine(&folder.path().join("quarantine"));
        kept.keep(&position, &BadCause::NotUtf8, b"a\xff\x1b[2J\xe2\x80\xae\\").expect("it is kept");
        let text = std::fs::read_to_string(folder.path().join("quarantine/inbox.ndjson")).expect("the file is there");
        let entry: serde_json::Value = serde_json::from_str(text.trim_end()).expect("one JSON line");
        assert_eq!(entry["at"], "1970-01-01T00:00:00.000Z");
        assert_eq!(entry["position"]["line"]["offset"], 120);
        assert_eq!(entry["cause"], "not_utf8");
        assert_eq!(entry["data"], r"a\xff\u{1b}[2J\u{202e}\\");
        assert!(text.trim_end().chars().all(|letter| !letter.is_control()), "{text:?}");
    }

    #[test]
    fn the_newest_are_read_first_and_only_so_many() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let kept = quarantine(folder.path());
        assert_eq!(kept.newest().expect("it reads"), BadItems::default());
        for line in 1..=300 {
            kept.keep(&Position::Line { line, offset: line }, &BadCause::NoText, b"{}\x1b").expect("it is kept");
        }
        let later = r#"{"at":"2030-01-01T00:00:00Z","source":"inbox","position":{"page":1},"cause":"odd","data":"a"}"#;
        let mut file = OpenOptions::new().append(true).open(kept.file()).expect("it opens");
        writeln!(file, "{later}\nnot json").expect("written");
        write!(file, "{{\"at\":").expect("written");
        let newest = kept.newest().expect("it reads");
        assert_eq!((newest.items.len(), newest.more), (BadItems::MOST, true));
        assert_eq!((&newest.items[0].position, &newest.items[0].cause), (&None, &None));
        assert_eq!(newest.items[1].position, Some(Position::Line { line: 300, offset: 300 }));
        assert_eq!(newest.items[1].data, r"{}\u{1b}");
    }

    #[test]
    fn a_long_file_is_read_from_its_end() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let kept = quarantine(folder.path());
        for line in 0..400 {
            kept.keep(&Position::Line { line, offset: 0 }, &BadCause::TooLong, &[b'x'; MAX_DATA]).expect("it is kept");
        }
        let newest = kept.newest().expect("it reads");
        assert_eq!((newest.items.len(), newest.more), (BadItems::MOST, true));
        assert_eq!(newest.items[0].position, Some(Position::Line { line: 399, offset: 0 }));
    }

    #[test]
    fn what_is_set_aside_is_not_counted_and_not_lost() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let kept = quarantine(folder.path());
        assert_eq!(kept.set_aside().expect("nothing to do"), None);
        kept.keep(&Position::Item("1".into()), &BadCause::NoText, b"x").expect("it is kept");
        let aside = kept.set_aside().expect("it is renamed").expect("there was something");
        assert!(std::fs::read_to_string(aside).expect("it is there").contains("no_text"));
        assert_eq!((kept.kept(), kept.newest().expect("it reads").items.len()), (0, 0));
    }

    #[test]
    fn long_data_is_cut_and_a_full_file_is_set_aside() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let kept = quarantine(folder.path());
        let file = folder.path().join("inbox.ndjson");
        std::fs::File::create(&file).and_then(|file| file.set_len(MAX_FILE)).expect("a full file");
        kept.keep(&Position::Item("1".into()), &BadCause::TooLong, &vec![b'x'; 1 << 20]).expect("it is kept");
        assert!(std::fs::metadata(&file).expect("a new file").len() < 2 * MAX_DATA as u64);
        assert!(folder.path().join("inbox.old.ndjson").exists());
    }
}
