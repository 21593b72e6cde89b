//! Bytes to lines to items, for every source that reads NDJSON.
//!
//! What enters: chunks cut anywhere. What leaves: whole lines with their number and offset, and from each a raw item, nothing
//! (a blank line), or why it is bad. At most one line's limit is held, however long a line is.

use chrono::{DateTime, Utc};
use memchr::memchr;

use super::quarantine::MAX_DATA;
use super::{BadCause, Context, Position, SourceError};
use crate::mention::wire::{MAX_LINE_BYTES, WireError, WireItem};
use crate::mention::{Id, Network, RawItem};

/// Splits a stream of bytes at its newlines.
#[derive(Debug)]
pub(super) struct Lines {
    buffer: Vec<u8>,
    /// The first byte of `buffer` that was not handed out.
    start: usize,
    /// The first byte of `buffer` not searched for a newline yet.
    searched: usize,
    /// The offset of `buffer[start]` in the stream.
    offset: u64,
    /// Lines handed out.
    count: u64,
    /// Bytes of the current line thrown away because it is too long; its beginning stays in the buffer.
    discarded: u64,
}

/// One line, without its newline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// From 1, counted since the reading began.
    pub(super) number: u64,
    /// Of its first byte.
    pub(super) offset: u64,
    /// Its bytes; only the first ones when `too_long`.
    pub(super) bytes: &'a [u8],
    /// Longer than the limit.
    pub(super) too_long: bool,
}

impl Lines {
    /// Reading begins at `offset`.
    pub(super) fn new(offset: u64) -> Self {
        Self { buffer: Vec::new(), start: 0, searched: 0, offset, count: 0, discarded: 0 }
    }

    /// The offset after the last line handed out.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Takes the next bytes.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.searched -= self.start;
            self.start = 0;
        }
        self.buffer.extend_from_slice(chunk);
    }

    /// The next whole line.
    pub(super) fn next(&mut self) -> Option<Line<'_>> {
        let Some(found) = memchr(b'\n', &self.buffer[self.searched..]) else {
            self.searched = self.buffer.len();
            let held = self.buffer.len() - self.start;
            if held > MAX_LINE_BYTES + 1 || self.discarded > 0 {
                let keep = (self.start + MAX_DATA + 1).min(self.buffer.len());
                self.discarded += (self.buffer.len() - keep) as u64;
                self.buffer.truncate(keep);
                self.searched = keep;
            }
            return None;
        };
        let end = self.searched + found;
        Some(self.hand_out(end, end + 1))
    }

    /// What stands after the last newline, as a line; for the end of an input that will not go on.
    pub(super) fn finish(&mut self) -> Option<Line<'_>> {
        let end = self.buffer.len();
        (end > self.start).then(|| self.hand_out(end, end))
    }

    fn hand_out(&mut self, end: usize, next: usize) -> Line<'_> {
        let (start, offset) = (self.start, self.offset);
        self.offset += (next - start) as u64 + self.discarded;
        let too_long = std::mem::take(&mut self.discarded) > 0 || end - start > MAX_LINE_BYTES;
        self.start = next;
        self.searched = next;
        self.count += 1;
        Line { number: self.count, offset, bytes: &self.buffer[start..end], too_long }
    }
}

impl Line<'_> {
    /// Where it stands, for quarantine.
    pub(super) fn position(&self) -> Position {
        Position::Line { line: self.number, offset: self.offset }
    }

    /// The item it spells; `None` for a blank line.
    pub(super) fn item(
        &self,
        source: &Id,
        network: Option<&Network>,
        now: DateTime<Utc>,
    ) -> Result<Option<RawItem>, BadCause> {
        if self.too_long {
            return Err(BadCause::TooLong);
        }
        let bytes = match self.bytes.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if self.offset == 0 => rest,
            _ => self.bytes,
        };
        let Ok(text) = std::str::from_utf8(bytes) else { return Err(BadCause::NotUtf8) };
        if text.trim().is_empty() {
            return Ok(None);
        }
        let wire = WireItem::parse(bytes).map_err(|error| match error {
            WireError::TooLong => BadCause::TooLong,
            WireError::NoText => BadCause::NoText,
            other => BadCause::Malformed(other.to_string()),
        })?;
        let mut item = wire.into_raw(source.clone(), now);
        if item.network.is_none() {
            item.network = network.map(|network| network.token().to_owned());
        }
        item.raw = Some(text.trim_end().to_owned());
        Ok(Some(item))
    }
}

impl Context {
    /// The item of `line`; a bad line is quarantined and counts as blank.
    pub(super) fn item(&mut self, line: Line<'_>) -> Result<Option<RawItem>, SourceError> {
        match line.item(&self.source, self.network.as_ref(), self.clock.now()) {
            Ok(item) => Ok(item),
            Err(cause) => {
                self.quarantine(&line.position(), &cause, line.bytes)?;
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(chunks: &[&[u8]]) -> Vec<(u64, u64, Vec<u8>, bool)> {
        let mut lines = Lines::new(0);
        let mut found = Vec::new();
        for chunk in chunks {
            lines.push(chunk);
            while let Some(line) = lines.next() {
                found.push((line.number, line.offset, line.bytes.to_vec(), line.too_long));
            }
        }
        if let Some(line) = lines.finish() {
            found.push((line.number, line.offset, line.bytes.to_vec(), line.too_long));
        }
        found
    }

    #[test]
    fn a_line_longer_than_the_limit_is_told_and_the_next_one_is_whole() {
        let long = vec![b'x'; MAX_LINE_BYTES + 1];
        let exact = vec![b'y'; MAX_LINE_BYTES];
        let text = [&long[..], b"\n", &exact[..], b"\nz\n"].concat();
        let chunks: Vec<&[u8]> = text.chunks(60_000).collect();
        let found = all(&chunks);
        assert_eq!(found.len(), 3);
        assert!(found[0].3 && found[0].2.len() > MAX_DATA);
        assert!(!found[1].3);
        assert_eq!(found[1].1, long.len() as u64 + 1);
        assert_eq!(found[2], (3, (long.len() + exact.len() + 2) as u64, b"z".to_vec(), false));
    }

    #[test]
    fn a_huge_line_is_not_held() {
        let mut lines = Lines::new(0);
        for _ in 0..100 {
            lines.push(&vec![b'x'; 65_536]);
            assert!(lines.next().is_none());
            assert!(lines.buffer.len() <= MAX_LINE_BYTES + 2 * 65_536);
        }
        lines.push(b"\nok\n");
        assert!(lines.next().is_some_and(|line| line.too_long));
        assert_eq!(lines.offset(), 100 * 65_536 + 1);
        assert_eq!(lines.next().map(|line| line.bytes.to_vec()), Some(b"ok".to_vec()));
    }

    proptest! {
        #[test]
        fn cuts_do_not_matter(text in "[a-c\n]{0,60}", cuts in prop::collection::vec(0usize..60, 0..6)) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let chunks: Vec<&[u8]> = cuts.windows(2).map(|cut| &text.as_bytes()[cut[0]..cut[1]]).collect();
            prop_assert_eq!(all(&chunks), all(&[text.as_bytes()]));
        }
    }
}
