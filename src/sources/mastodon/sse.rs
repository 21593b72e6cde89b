//! Server-sent events out of bytes, however they are cut.
//!
//! What enters: the chunks of a stream. What leaves: its events, by the rules of the HTML standard (§9.2.6); comments are
//! signs of life and nothing more, and there is no id to go on from. A line or an event that grows beyond the limit ends
//! the stream: nothing is held without a bound.

/// The most bytes of a line, and of an event's data.
pub(super) const LONGEST: usize = 1 << 20;

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sent {
    /// What sort.
    pub(super) event: String,
    pub(super) data: String,
}

/// An event or a line is longer than is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLong;

/// What was read so far of a line and of an event.
#[derive(Debug, Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    /// The last byte was a carriage return: a line feed after it belongs to it.
    after_return: bool,
    /// A first line may begin with a byte order mark.
    started: bool,
    current: Sent,
    has_data: bool,
}

impl Parser {
    /// Reads a chunk; whole events are added to `out`.
    pub(super) fn read(&mut self, chunk: &[u8], out: &mut Vec<Sent>) -> Result<(), TooLong> {
        for &byte in chunk {
            let follows_return = std::mem::take(&mut self.after_return);
            match byte {
                b'\n' if follows_return => {}
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    self.end_line(out)?;
                }
                _ if self.line.len() >= LONGEST => return Err(TooLong),
                _ => self.line.push(byte),
            }
        }
        Ok(())
    }

    fn end_line(&mut self, out: &mut Vec<Sent>) -> Result<(), TooLong> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        let text = if std::mem::replace(&mut self.started, true) { &text } else { text.trim_start_matches('\u{FEFF}') };
        if text.is_empty() {
            let event = std::mem::take(&mut self.current);
            if std::mem::take(&mut self.has_data) {
                out.push(event);
            }
            return Ok(());
        }
        let (field, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.current.event),
            "data" => {
                if self.current.data.len() + value.len() >= LONGEST {
                    return Err(TooLong);
                }
                if std::mem::replace(&mut self.has_data, true) {
                    self.current.data.push('\n');
                }
                self.current.data.push_str(value);
            }
            // A comment (no name before the colon), an id, a time to wait, something new.
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn read(chunks: &[&[u8]]) -> Vec<(String, String)> {
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        for chunk in chunks {
            parser.read(chunk, &mut out).expect("short enough");
        }
        out.into_iter().map(|sent| (sent.event, sent.data)).collect()
    }

    #[rstest]
    #[case::plain("event: update\ndata: {}\n\n", &[("update", "{}")])]
    #[case::comments(":)\n\n:thump\n\nevent: delete\ndata: 12\n\n:thump\n", &[("delete", "12")])]
    #[case::carriage_returns("event: a\r\ndata: 1\r\n\r\nevent: b\rdata: 2\r\r", &[("a", "1"), ("b", "2")])]
    #[case::several_lines("data: a\ndata:  b\ndata\n\n", &[("", "a\n b\n")])]
    #[case::no_data("event: filters_changed\n\nevent: a\ndata: 1\n\n", &[("a", "1")])]
    #[case::other_fields("id: 3\nretry: 10\nfoo\nevent: a\ndata: 1\n\n", &[("a", "1")])]
    #[case::mark("\u{FEFF}event: a\ndata: é🚱\n\n", &[("a", "é🚱")])]
    #[case::unfinished("event: a\ndata: 1\n", &[])]
    fn events_come_out_the_same_wherever_they_are_cut(#[case] text: &str, #[case] expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(event, data)| ((*event).to_owned(), (*data).to_owned())).collect();
        let bytes = text.as_bytes();
        assert_eq!(read(&[bytes]), expected);
        for cut in 0..=bytes.len() {
            assert_eq!(read(&[&bytes[..cut], &bytes[cut..]]), expected, "cut at {cut}");
        }
        assert_eq!(read(&bytes.chunks(1).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn nothing_is_held_beyond_its_bound() {
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        assert_eq!(parser.read(&vec![b'a'; LONGEST], &mut out), Ok(()));
        assert_eq!(parser.read(b"a", &mut out), Err(TooLong));
        let (mut parser, half) = (Parser::default(), [b"data:".as_slice(), &vec![b'a'; LONGEST / 2], b"\n"].concat());
        assert_eq!(parser.read(&half, &mut out), Ok(()));
        assert_eq!(parser.read(&half, &mut out), Err(TooLong));
    }
}
