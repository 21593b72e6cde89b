//! A JSON text without its quotes and escapes, in memory that is used again.
//!
//! What enters: a text as a parser that checked its form left it. What leaves: what it says, borrowed where the wire says it
//! plainly. A half of a surrogate pair, which JSON lets through, becomes `U+FFFD`; nothing is refused for it.

use std::char::{REPLACEMENT_CHARACTER, decode_utf16};

use memchr::memchr;

/// What `quoted` says; `scratch` is used where it holds an escape. `None` where it is no text at all.
pub(super) fn unescape<'s>(quoted: &'s str, scratch: &'s mut String) -> Option<&'s str> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let Some(mut at) = memchr(b'\\', inner.as_bytes()) else { return Some(inner) };
    scratch.clear();
    let mut rest = inner;
    loop {
        scratch.push_str(&rest[..at]);
        rest = escape(&rest[at + 1..], scratch);
        match memchr(b'\\', rest.as_bytes()) {
            Some(next) => at = next,
            None => break,
        }
    }
    scratch.push_str(rest);
    Some(scratch)
}

/// Appends what the escape at the beginning of `text` stands for, and answers with what follows it.
fn escape<'t>(text: &'t str, out: &mut String) -> &'t str {
    let mut letters = text.chars();
    let plain = match letters.next() {
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('u') => return unicode(letters.as_str(), out),
        Some(itself) => itself,
        None => REPLACEMENT_CHARACTER,
    };
    out.push(plain);
    letters.as_str()
}

/// The same for the digits after `\u`, of which two quads make one letter where they are a pair.
fn unicode<'t>(digits: &'t str, out: &mut String) -> &'t str {
    let Some((unit, rest)) = quad(digits) else {
        out.push(REPLACEMENT_CHARACTER);
        return digits;
    };
    let second = (0xD800..0xDC00).contains(&unit).then(|| rest.strip_prefix("\\u").and_then(quad)).flatten();
    if let Some((low, after)) = second
        && let Some(Ok(letter)) = decode_utf16([unit, low]).next()
    {
        out.push(letter);
        return after;
    }
    out.push(char::from_u32(u32::from(unit)).unwrap_or(REPLACEMENT_CHARACTER));
    rest
}

fn quad(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain(r#""water 🚰""#, Some("water 🚰"))]
    #[case::empty(r#""""#, Some(""))]
    #[case::every_escape(r#""\"\\\/\b\f\n\r\té""#, Some("\"\\/\u{8}\u{c}\n\r\té"))]
    #[case::number(r#""a\u00e9b""#, Some("aéb"))]
    #[case::pair(r#""\ud83d\udEB0!""#, Some("🚰!"))]
    #[case::high_alone(r#""\ud83d water""#, Some("\u{FFFD} water"))]
    #[case::low_alone(r#""\udeb0""#, Some("\u{FFFD}"))]
    #[case::two_highs(r#""\ud83d\ud83d\udeb0""#, Some("\u{FFFD}🚰"))]
    #[case::high_and_letter(r#""\ud83d\u0041""#, Some("\u{FFFD}A"))]
    #[case::no_text("5", None)]
    #[case::half_a_text("\"", None)]
    fn texts_say(#[case] quoted: &str, #[case] said: Option<&str>) {
        let mut scratch = "left over".to_owned();
        assert_eq!(unescape(quoted, &mut scratch), said);
    }

    proptest! {
        #[test]
        fn what_json_writes_is_read_back(text in any::<String>()) {
            let quoted = serde_json::to_string(&text).expect("JSON");
            let mut scratch = String::new();
            prop_assert_eq!(unescape(&quoted, &mut scratch), Some(text.as_str()));
        }

        #[test]
        fn nothing_panics(quoted in "\"(\\\\u?[0-9a-fA-FdD🚰\"\\\\]{0,5}){0,5}\"") {
            let _ = unescape(&quoted, &mut String::new());
        }
    }
}
