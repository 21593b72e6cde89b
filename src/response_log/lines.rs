//! The log's lines as bytes, file after file.
//!
//! What enters: month files and a place in them. What leaves: lines with their place. Nothing is judged here.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::LogError;

/// A longer line is told as damage and passed over; the longest the program writes stays far below.
pub(super) const LONGEST: u64 = 64 << 20;

/// A line of one file.
#[derive(Debug)]
pub(super) struct Line {
    /// Counted from 1 where reading began at the file's start.
    pub(super) number: u64,
    /// Where it begins.
    pub(super) offset: u64,
    /// Its bytes, without the newline; the beginning only of a line that is too long.
    pub(super) bytes: Vec<u8>,
    /// False for a last line whose newline is not there.
    pub(super) complete: bool,
}

/// Reads one month file from a place on.
#[derive(Debug)]
pub(super) struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    number: u64,
    offset: u64,
}

impl Lines {
    /// Begins at byte `offset`, which is the start of a line.
    pub(super) fn open(path: &Path, offset: u64) -> Result<Self, LogError> {
        let mut file = File::open(path).map_err(LogError::at(path))?;
        file.seek(SeekFrom::Start(offset)).map_err(LogError::at(path))?;
        Ok(Self { path: path.to_path_buf(), reader: BufReader::with_capacity(1 << 16, file), number: 0, offset })
    }

    /// Where the line read last ends.
    pub(super) fn end(&self) -> u64 {
        self.offset
    }

    /// The next line; none at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Line>, LogError> {
        self.read().map_err(LogError::at(&self.path))
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut length = (&mut self.reader).take(LONGEST).read_until(b'\n', &mut bytes)? as u64;
        if length == 0 {
            return Ok(None);
        }
        let mut complete = bytes.last() == Some(&b'\n');
        if complete {
            bytes.pop();
        } else if length == LONGEST {
            let rest = self.reader.skip_until(b'\n')? as u64;
            // Whether that rest ended with a newline only its absence at the end of the file could tell.
            complete = rest > 0;
            length += rest;
        }
        let offset = self.offset;
        self.offset += length;
        self.number += 1;
        Ok(Some(Line { number: self.number, offset, bytes, complete }))
    }
}

/// The number of the line that begins at byte `offset` of a file.
pub(super) fn number_at(path: &Path, offset: u64) -> Result<u64, LogError> {
    let file = File::open(path).map_err(LogError::at(path))?;
    let mut reader = BufReader::with_capacity(1 << 16, file.take(offset));
    let mut number = 1;
    loop {
        let chunk = reader.fill_buf().map_err(LogError::at(path))?;
        if chunk.is_empty() {
            return Ok(number);
        }
        number += memchr::memchr_iter(b'\n', chunk).count() as u64;
        let length = chunk.len();
        reader.consume(length);
    }
}

/// Where a reading begins: the file's place in the list, and a byte offset at the start of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) file: usize,
    pub(super) offset: u64,
}

/// The start of the first whole line among the last `window` bytes of `files`; the very beginning if there are fewer.
pub(super) fn start_of_window(files: &[PathBuf], window: u64) -> Result<Start, LogError> {
    let mut left = window;
    for (index, path) in files.iter().enumerate().rev() {
        let size = path.metadata().map_err(LogError::at(path))?.len();
        if size > left {
            // One byte earlier, so that a line that begins exactly there is not passed over.
            let mut file = File::open(path).map_err(LogError::at(path))?;
            file.seek(SeekFrom::Start(size - left - 1)).map_err(LogError::at(path))?;
            let skipped = BufReader::new(file).skip_until(b'\n').map_err(LogError::at(path))? as u64;
            return Ok(Start { file: index, offset: size - left - 1 + skipped });
        }
        left -= size;
    }
    Ok(Start::default())
}
