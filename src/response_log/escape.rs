//! JSON that is safe to print: no control or format character stands in it unescaped.
//!
//! What enters: a value. What leaves: one line of JSON. A terminal that shows the line acts on nothing in it, and
//! reading it back gives the same value.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Writes `value` as one line of compact JSON without a newline.
pub(super) fn to_line<T: Serialize>(value: &T) -> serde_json::Result<String> {
    let mut bytes = Vec::with_capacity(1024);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Safe))?;
    // The serializer writes UTF-8 only: strings in, ASCII syntax around them.
    String::from_utf8(bytes).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// True for what must not stand in a line as itself: controls, format characters, line and paragraph separators,
/// and the unassigned ignorable ones, which terminals treat alike.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{8e2}' | '\u{180e}' | '\u{feff}' | '\u{110bd}' | '\u{110cd}'
            | '\u{600}'..='\u{605}' | '\u{890}'..='\u{891}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Compact JSON that also escapes what [`is_unsafe`] names.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_unsafe(*c)) {
            CompactFormatter.write_string_fragment(writer, &fragment[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        CompactFormatter.write_string_fragment(writer, &fragment[written..])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::escape_sequence("\u{1b}[2J", r#""\u001b[2J""#)]
    #[case::c1("\u{9b}31m", r#""\u009b31m""#)]
    #[case::delete("a\u{7f}", r#""a\u007f""#)]
    #[case::bidi_override("a\u{202e}b", r#""a\u202eb""#)]
    #[case::line_separator("\u{2028}", r#""\u2028""#)]
    #[case::tag_beyond_the_first_plane("\u{e0041}", r#""\udb40\udc41""#)]
    #[case::plain("Été 🏛 \"x\"\n", r#""Été 🏛 \"x\"\n""#)]
    fn is_escaped(#[case] text: &str, #[case] line: &str) {
        assert_eq!(to_line(&text).expect("a string serialises"), line);
    }

    proptest! {
        #[test]
        fn any_string_comes_back_and_nothing_unsafe_stands_in_its_line(text in any::<String>()) {
            let line = to_line(&text).expect("a string serialises");
            prop_assert!(!line.contains(is_unsafe));
            prop_assert_eq!(serde_json::from_str::<String>(&line).expect("the line is JSON"), text);
        }
    }
}
