//! From a place in a string's value back to the place in the file where it is written.

/// The offset in `raw`, a TOML string with its quotes, at which byte `decoded` of its value is written.
///
/// Understands all four kinds of strings and their escapes; a `raw` that is no string answers 0, an offset past the
/// value its closing quote.
pub fn raw_offset(raw: &str, decoded: usize) -> usize {
    let (start, escapes) = opening(raw);
    let mut seen = 0;
    let mut rest = start;
    // A line's end that is escaped has no value: an offset right before it lies behind it.
    while let Some(next) = raw[rest..].chars().next() {
        let (raw_len, value_len) =
            if escapes && next == '\\' { escape(&raw[rest..]) } else { (next.len_utf8(), next.len_utf8()) };
        if seen + value_len > decoded {
            break;
        }
        seen += value_len;
        rest += raw_len;
    }
    rest.min(raw.len())
}

/// Where the value begins, and whether a backslash means something in it.
fn opening(raw: &str) -> (usize, bool) {
    let escapes = raw.starts_with('"');
    if !escapes && !raw.starts_with('\'') {
        return (0, false);
    }
    if !raw.starts_with("\"\"\"") && !raw.starts_with("'''") || raw.len() < 6 {
        return (1, escapes);
    }
    // A newline right behind the opening quotes belongs to them.
    let start = if raw[3..].starts_with("\r\n") {
        5
    } else if raw[3..].starts_with('\n') {
        4
    } else {
        3
    };
    (start, escapes)
}

/// The bytes an escape takes in the file and in the value.
fn escape(raw: &str) -> (usize, usize) {
    let kind = raw[1..].chars().next();
    let digits = match kind {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(space) if space.is_ascii_whitespace() => {
            let skipped = raw[1..].len() - raw[1..].trim_start_matches([' ', '\t', '\n', '\r']).len();
            return (1 + skipped, 0);
        }
        Some(other) => return (1 + other.len_utf8(), 1),
        None => return (1, 1),
    };
    let number = raw.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let value = number.and_then(char::from_u32).map_or(1, char::len_utf8);
    ((2 + digits).min(raw.len()), value)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::literal("'brown AND'", 6)]
    #[case::basic(r#""brown AND""#, 6)]
    #[case::escaped(r#""\"brown\" AND""#, 8)]
    #[case::unicode(r#""\u00e9t\u00E9 AND""#, 6)]
    #[case::long_unicode(r#""\U0001F600 AND""#, 5)]
    #[case::multi_literal("'''\nbrown\nAND'''", 6)]
    #[case::multi_literal_crlf("'''\r\nbrown\r\nAND'''", 7)]
    #[case::multi_basic("\"\"\"\nbrown \\\n   AND\"\"\"", 6)]
    #[case::accents("\"été AND\"", 6)]
    fn the_place_of_and_is_found(#[case] raw: &str, #[case] at: usize) {
        let value: std::collections::BTreeMap<String, String> =
            toml::from_str(&format!("v = {raw}")).expect("valid TOML");
        assert_eq!(value["v"].find("AND"), Some(at), "the case's own offset");
        assert_eq!(raw_offset(raw, at), raw.find("AND").expect("it is there"));
    }

    #[test]
    fn nothing_outside_is_ever_answered() {
        for raw in ["", "x", "'", "\"\\", "\"\\u12", "'''", "\"\"\"\\\n"] {
            for decoded in 0..8 {
                assert!(raw_offset(raw, decoded) <= raw.len(), "{raw:?} {decoded}");
            }
        }
    }
}
