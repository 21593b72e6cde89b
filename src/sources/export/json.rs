//! The elements of a JSON array, one after another, without reading the whole.
//!
//! What enters: chunks of bytes. What leaves: each element's own bytes with its number. Only depth and strings are
//! looked at here; an element that is no JSON is found by who parses it. At most one element's limit is held.

use std::io::{self, Read};

use super::delimited::MAX_ROW;
use crate::sources::quarantine::MAX_DATA;

/// How much is read at a time.
const CHUNK: usize = 64 * 1024;

/// One element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// From 1.
    pub(super) number: u64,
    pub(super) bytes: &'a [u8],
    /// Longer than the limit: only its beginning is here.
    pub(super) too_long: bool,
}

/// Reads elements.
#[derive(Debug)]
pub(super) struct Elements<R> {
    input: R,
    chunk: Vec<u8>,
    at: usize,
    filled: usize,
    element: Vec<u8>,
    number: u64,
    begun: bool,
}

impl<R: Read> Elements<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, chunk: vec![0; CHUNK], at: 0, filled: 0, element: Vec::new(), number: 0, begun: false }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.filled {
            self.filled = self.input.read(&mut self.chunk)?;
            self.at = 0;
            if self.filled == 0 {
                return Ok(None);
            }
        }
        self.at += 1;
        Ok(Some(self.chunk[self.at - 1]))
    }

    /// The next element; `None` at the array's end, or the file's.
    pub(super) fn next(&mut self) -> io::Result<Option<Element<'_>>> {
        let (mut depth, mut in_string, mut escaped, mut too_long) = (0_u32, false, false, false);
        self.element.clear();
        while let Some(byte) = self.byte()? {
            if !self.begun {
                self.begun = byte == b'[';
                continue;
            }
            if in_string {
                in_string = escaped || byte != b'"';
                escaped = !escaped && byte == b'\\';
            } else {
                match byte {
                    b'"' => in_string = true,
                    b'{' | b'[' => depth += 1,
                    b']' if depth == 0 => break,
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    b',' if depth == 0 => {
                        if self.element.is_empty() {
                            continue;
                        }
                        return Ok(Some(self.hand_out(too_long)));
                    }
                    _ if self.element.is_empty() && byte.is_ascii_whitespace() => continue,
                    _ => {}
                }
            }
            if self.element.len() > MAX_ROW {
                too_long = true;
                self.element.truncate(MAX_DATA + 1);
            }
            if !too_long {
                self.element.push(byte);
            }
        }
        if self.element.trim_ascii().is_empty() {
            return Ok(None);
        }
        Ok(Some(self.hand_out(too_long)))
    }

    fn hand_out(&mut self, too_long: bool) -> Element<'_> {
        self.number += 1;
        Element { number: self.number, bytes: self.element.trim_ascii(), too_long }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut elements = Elements::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(element) = elements.next().expect("reads") {
            assert_eq!(element.number, found.len() as u64 + 1);
            found.push(String::from_utf8_lossy(element.bytes).into_owned());
        }
        found
    }

    #[test]
    fn elements_end_where_they_end() {
        assert_eq!(all(" [ {\"a\":\"],}\\\"\"},\n {\"b\":[1,{}]} , 3 ]"), [r#"{"a":"],}\""}"#, r#"{"b":[1,{}]}"#, "3"]);
        assert_eq!(all("[]"), [""; 0]);
        assert_eq!(all("[{\"a\":1},{\"cut"), [r#"{"a":1}"#, r#"{"cut"#]);
    }

    #[test]
    fn a_long_element_is_not_held_and_the_next_one_is_whole() {
        let text = format!("[\"{}\",{{\"a\":1}}]", "x".repeat(2 * MAX_ROW));
        let mut elements = Elements::new(text.as_bytes());
        let long = elements.next().expect("reads").expect("one");
        assert!(long.too_long && long.bytes.len() <= MAX_DATA + 1);
        assert_eq!(elements.next().expect("reads").expect("one").bytes, b"{\"a\":1}");
    }
}
