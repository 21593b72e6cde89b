//! Lines of an input, each handed out in place, none longer than a mention may be.
//!
//! What enters: any reader. What leaves: lines with their numbers from 1, without newline and byte order mark; blank ones
//! only count. A line that is too long is passed over to its end without being kept.

use std::io::{self, Read};

use crate::mention::wire::MAX_LINE_BYTES;

/// How much is read at once.
const CHUNK: usize = 256 * 1024;

/// What comes next.
#[derive(Debug, PartialEq)]
pub(in crate::cli) enum Line<'a> {
    /// A line that is not blank, with its number.
    Text(usize, &'a [u8]),
    /// A line beyond the limit, with its number.
    TooLong(usize),
    /// Nothing.
    End,
}

/// A reader's lines.
#[derive(Debug)]
pub(in crate::cli) struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
    /// What of the buffer is filled and not handed out yet.
    start: usize,
    end: usize,
    /// Up to here no newline stands in it.
    searched: usize,
    number: usize,
    ended: bool,
    /// The rest of a line that was too long is still to come.
    passing_over: bool,
}

impl<R: Read> Lines<R> {
    pub(in crate::cli) fn new(reader: R) -> Self {
        let buffer = vec![0; CHUNK];
        Self { reader, buffer, start: 0, end: 0, searched: 0, number: 0, ended: false, passing_over: false }
    }

    /// True when the next line is not here yet, so that asking for it may wait.
    pub(in crate::cli) fn must_wait(&mut self) -> bool {
        !self.ended && self.newline().is_none()
    }

    /// The next line that is not blank.
    pub(in crate::cli) fn next(&mut self) -> io::Result<Line<'_>> {
        let (line, number) = loop {
            let line = match self.newline() {
                Some(at) => {
                    let line = self.start..at;
                    self.start = at + 1;
                    self.searched = self.start;
                    line
                }
                None if self.ended && self.start == self.end => return Ok(Line::End),
                None if self.ended => {
                    let line = self.start..self.end;
                    self.start = self.end;
                    line
                }
                None if self.end - self.start > MAX_LINE_BYTES => {
                    self.start = self.end;
                    self.passing_over = true;
                    continue;
                }
                None => {
                    self.fill()?;
                    continue;
                }
            };
            self.number += 1;
            if std::mem::take(&mut self.passing_over) || line.len() > MAX_LINE_BYTES {
                return Ok(Line::TooLong(self.number));
            }
            if !self.buffer[line.clone()].iter().all(u8::is_ascii_whitespace) {
                break (line, self.number);
            }
        };
        let bytes = &self.buffer[line];
        let mark: &[u8] = b"\xEF\xBB\xBF";
        Ok(Line::Text(number, if number == 1 { bytes.strip_prefix(mark).unwrap_or(bytes) } else { bytes }))
    }

    fn newline(&mut self) -> Option<usize> {
        let from = self.searched.max(self.start);
        let found = memchr::memchr(b'\n', &self.buffer[from..self.end]).map(|at| from + at);
        self.searched = found.unwrap_or(self.end);
        found
    }

    /// Reads more behind what is there, moving it to the front first when there is no room.
    fn fill(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.searched -= self.start;
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        loop {
            match self.reader.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte a read.
    struct Drop1<'a>(&'a [u8]);

    impl Read for Drop1<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.0.read(&mut out[..1])
        }
    }

    fn all(reader: impl Read) -> Vec<(usize, Option<String>)> {
        let mut lines = Lines::new(reader);
        let mut found = Vec::new();
        loop {
            match lines.next().expect("memory reads") {
                Line::Text(number, line) => found.push((number, Some(String::from_utf8_lossy(line).into_owned()))),
                Line::TooLong(number) => found.push((number, None)),
                Line::End => return found,
            }
        }
    }

    #[test]
    fn blank_lines_count_and_the_last_needs_no_newline() {
        let text = b"\xEF\xBB\xBFa\n\n \r\nb\r\nc";
        let expected = [(1, Some("a".to_owned())), (4, Some("b\r".to_owned())), (5, Some("c".to_owned()))];
        assert_eq!(all(&text[..]), expected);
        assert_eq!(all(Drop1(text)), expected);
        assert_eq!(all(&b""[..]), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_is_read() {
        let mut text = vec![b'x'; MAX_LINE_BYTES];
        text.extend(b"\n");
        text.extend(vec![b'y'; 3 * MAX_LINE_BYTES]);
        text.extend(b"\nz\n");
        let found = all(&text[..]);
        let shape: Vec<(usize, Option<usize>)> =
            found.into_iter().map(|(number, line)| (number, line.map(|line| line.len()))).collect();
        assert_eq!(shape, [(1, Some(MAX_LINE_BYTES)), (2, None), (3, Some(1))]);
    }

    #[test]
    fn it_says_when_the_next_line_is_not_here_yet() {
        let mut lines = Lines::new(&b"a\nb\nc"[..]);
        assert!(lines.must_wait());
        assert_eq!(lines.next().expect("reads"), Line::Text(1, b"a"));
        assert!(!lines.must_wait());
    }
}
