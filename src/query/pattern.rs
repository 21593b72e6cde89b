//! Words with a `?` for one character, and a `*` at one end for the rest.
//!
//! What enters: a pattern as [`crate::query::Form::Pattern`] keeps it. What leaves: whether a folded word fits, and the
//! letters at one end by which the engine finds words that may. The time is that of one walk along the word.

/// The end of a word at which letters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum End {
    First,
    Last,
}

/// The longest row of letters at an end of the pattern where every word that fits has them; `None` when there are none.
pub(super) fn anchor(pattern: &str) -> Option<(End, &str)> {
    let first = pattern.split(['?', '*']).next().unwrap_or_default();
    let last = pattern.rsplit(['?', '*']).next().unwrap_or_default();
    let found = if first.len() >= last.len() { (End::First, first) } else { (End::Last, last) };
    Some(found).filter(|(_, letters)| !letters.is_empty())
}

/// How many letters are told.
pub(super) fn letters(pattern: &str) -> usize {
    pattern.chars().filter(|c| !matches!(c, '?' | '*')).count()
}

/// Whether the folded word fits.
pub(super) fn fits(pattern: &str, word: &[u8]) -> bool {
    if let Some(pattern) = pattern.strip_prefix('*') {
        return backwards(pattern.as_bytes(), word).is_some();
    }
    match pattern.strip_suffix('*') {
        Some(pattern) => forwards(pattern.as_bytes(), word).is_some(),
        None => forwards(pattern.as_bytes(), word) == Some(word.len()),
    }
}

/// Where the word goes on after the pattern.
fn forwards(pattern: &[u8], word: &[u8]) -> Option<usize> {
    pattern.iter().try_fold(0, |at, &wanted| {
        let found = *word.get(at)?;
        match wanted {
            b'?' => Some(at + 1 + word[at + 1..].iter().take_while(|byte| is_inside(**byte)).count()),
            _ => (found == wanted).then_some(at + 1),
        }
    })
}

/// Where the word ends before the pattern.
fn backwards(pattern: &[u8], word: &[u8]) -> Option<usize> {
    pattern.iter().rev().try_fold(word.len(), |end, &wanted| {
        let at = end.checked_sub(1)?;
        match wanted {
            b'?' => word[..end].iter().rposition(|byte| !is_inside(*byte)),
            _ => (word[at] == wanted).then_some(at),
        }
    })
}

/// A byte of a character that is not its first.
fn is_inside(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("wat?r", "water", true)]
    #[case("wat?r", "watr", false)]
    #[case("wat?r", "waters", false)]
    #[case("wat?r", "watжr", true)]
    #[case("?ater", "water", true)]
    #[case("?ater", "ater", false)]
    #[case("w??er", "water", true)]
    #[case("colo?r*", "colours", true)]
    #[case("colo?r*", "colour", true)]
    #[case("colo?r*", "color", false)]
    #[case("*w?y", "subway", true)]
    #[case("*w?y", "way", true)]
    #[case("*w?y", "wy", false)]
    #[case("*?ay", "жay", true)]
    #[case("*?ay", "ay", false)]
    #[case("wat?*", "wate", true)]
    #[case("wat?*", "wat", false)]
    fn fitting(#[case] pattern: &str, #[case] word: &str, #[case] expected: bool) {
        assert_eq!(fits(pattern, word.as_bytes()), expected);
    }

    #[rstest]
    #[case("wat?r", Some((End::First, "wat")))]
    #[case("w?ter", Some((End::Last, "ter")))]
    #[case("colo?r*", Some((End::First, "colo")))]
    #[case("*w?y", Some((End::Last, "y")))]
    #[case("?ate?", None)]
    #[case("?ater*", None)]
    fn anchors(#[case] pattern: &str, #[case] expected: Option<(End, &str)>) {
        assert_eq!(anchor(pattern), expected);
    }
}
