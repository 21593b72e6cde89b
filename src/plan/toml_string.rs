//! Text of people written into a plan's file.
//!
//! What enters: any text. What leaves: a TOML string on one line, quotes included, that reads back as the same text and
//! in which nothing steers the screen or the editor that shows the file.

use std::fmt::Write as _;

/// `text` as a TOML string.
pub fn toml_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() || turns_the_line(c) => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Breaks the line or changes its direction, and is no control character by Unicode's category.
fn turns_the_line(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_reads_back_as_it_was(text in "(\\PC|\\pC|[\"'\\\\\n\u{202e}\u{2028}])*") {
            let written = toml_string(&text);
            prop_assert!(!written.contains(|c: char| c.is_control() || turns_the_line(c)), "{written:?}");
            let read: toml::Table = format!("text = {written}").parse().expect("it is TOML");
            prop_assert_eq!(read["text"].as_str(), Some(&*text));
        }
    }
}
