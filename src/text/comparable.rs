//! One spelling for texts that say the same, so that a new version is told from a mere change of dress.
//!
//! What enters: normalised text. What leaves: the text folded: without case, accents, invisible characters and their
//! marks, with single spaces. Punctuation stays, for "closed" and "closed?" differ, and so does every
//! letter of a link.

use super::fold::{Class, class, fold_char, visible_mark};

/// Appends the comparable form of `text`.
pub fn comparable(text: &str, out: &mut String) {
    if text.is_ascii() {
        return comparable_ascii(text, out);
    }
    let mut rest = text;
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        if let Some(len) = visible_mark(rest) {
            rest = &rest[len..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match class(c) {
            Class::Dropped | Class::Diacritic => {}
            Class::Separator if c.is_whitespace() => space = true,
            kind => {
                if std::mem::take(&mut space) && !out.is_empty() {
                    out.push(' ');
                }
                match (kind, c) {
                    (Class::Separator, '’' | '‘' | 'ʼ') => out.push('\''),
                    (Class::Separator, _) => out.push(c),
                    _ => fold_char(c, out),
                }
            }
        }
    }
}

fn comparable_ascii(text: &str, out: &mut String) {
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::text::clean;

    fn of(text: &str) -> String {
        let mut out = String::new();
        comparable(&clean(text), &mut out);
        out
    }

    #[rstest]
    #[case::case_and_space("  Is the\n WATER safe? ", "is the water safe?")]
    #[case::accents("L’eau est-elle POTABLE à l’école", "l'eau est-elle potable a l'ecole")]
    #[case::invisible("wa\u{200B}ter", "water")]
    #[case::emoji_style("❤\u{FE0F}", "❤")]
    #[case::link("see https://example.org/A?b=1", "see https://example.org/a?b=1")]
    fn says_the_same(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(of(text), expected);
    }

    proptest! {
        #[test]
        fn comparing_twice_changes_nothing(text in any::<String>()) {
            let once = of(&text);
            prop_assert_eq!(of(&once), once);
        }
    }
}
