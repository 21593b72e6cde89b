//! Columns of a terminal: how wide text is, cut and wrapped without ever splitting what a reader takes for one character.
//!
//! What enters: normalised text. What leaves: widths, shortened text, and lines as byte ranges, so that spans found in the
//! text can be marked in each line. A width is the sum over grapheme clusters, which is how the screen buffer
//! counts. Terminals disagree on emoji of several code points: rows show them by [`row_form`].

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::emoji;
use crate::mention::Span;

/// Says that something was cut; one column wide.
const ELLIPSIS: &str = "…";

/// The columns one grapheme cluster takes; a line break takes none.
pub fn cluster_width(cluster: &str) -> usize {
    match cluster.as_bytes() {
        [b'\n'] => 0,
        [byte] if (b' '..=b'~').contains(byte) => 1,
        _ => cluster.width(),
    }
}

/// The columns `text` takes on one line.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    text.graphemes(true).map(cluster_width).sum()
}

/// `text` in at most `columns` columns, with `…` at the end when something had to go, and the columns it takes.
pub fn truncate(text: &str, columns: usize) -> (Cow<'_, str>, usize) {
    let mut used = 0;
    let mut kept = (0, 0);
    for (at, cluster) in text.grapheme_indices(true) {
        if used < columns {
            kept = (at, used);
        }
        used += cluster_width(cluster);
        if used > columns {
            return shortened(text, kept, columns);
        }
    }
    (Cow::Borrowed(text), used)
}

/// `kept` is the last place, and the columns before it, that leaves a column for the ellipsis.
fn shortened(text: &str, (end, used): (usize, usize), columns: usize) -> (Cow<'_, str>, usize) {
    if columns == 0 {
        return (Cow::Borrowed(""), 0);
    }
    let head = text[..end].trim_end_matches(' ');
    let used = used - (end - head.len());
    let mut short = String::with_capacity(head.len() + ELLIPSIS.len());
    short.push_str(head);
    short.push_str(ELLIPSIS);
    (Cow::Owned(short), used + 1)
}

/// The lines of `text` at most `columns` wide, as byte ranges without their line breaks and without the spaces at a
/// break. A word wider than the line is cut between clusters; a single cluster wider than the line stands alone.
/// An empty text is one empty line.
pub fn wrap(text: &str, columns: usize) -> Vec<Span> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(text, start..start + line.len(), columns, &mut lines);
        start += line.len() + 1;
    }
    lines
}

fn wrap_line(text: &str, line: Span, columns: usize, lines: &mut Vec<Span>) {
    let mut start = line.start;
    let mut used = 0;
    // The last place to break: where the line would end, where the next would begin, and the columns up to there.
    let mut gap: Option<(usize, usize, usize)> = None;
    for (offset, cluster) in text[line.clone()].grapheme_indices(true) {
        let at = line.start + offset;
        let wide = cluster_width(cluster);
        if cluster == " " {
            used += wide;
            gap = Some(match gap {
                Some((end, next, _)) if next == at => (end, at + 1, used),
                _ => (at, at + 1, used),
            });
            continue;
        }
        if used + wide > columns && at > start {
            let (end, next, before) = gap.take().filter(|&(end, ..)| end > start).unwrap_or((at, at, used));
            lines.push(start..end);
            start = next;
            used -= before;
            if used + wide > columns && at > start {
                lines.push(start..at);
                start = at;
                used = 0;
            }
        }
        used += wide;
    }
    let end = gap
        .filter(|&(end, next, _)| next == line.end && used > columns && end > start)
        .map_or(line.end, |(end, ..)| end);
    lines.push(start..end);
}

/// `text` as a row of the feed shows it: an emoji of several code points by its first one, a flag by its letters, line
/// breaks as spaces. No two terminals can disagree on what is left.
pub fn row_form(text: &str) -> Cow<'_, str> {
    if !text.contains(needs_row_form) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        let first = cluster.chars().next().unwrap_or(' ');
        if first == '\n' {
            out.push(' ');
        } else if emoji::is_regional_indicator(first) {
            out.extend(cluster.chars().filter_map(flag_letter));
        } else if cluster.len() > first.len_utf8()
            && (emoji::is_pictographic(first) || emoji::is_emoji_cluster(cluster))
        {
            out.push(first);
        } else {
            out.push_str(cluster);
        }
    }
    Cow::Owned(out)
}

fn needs_row_form(c: char) -> bool {
    c == '\n'
        || matches!(c, emoji::ZWJ | emoji::EMOJI_STYLE | emoji::TEXT_STYLE | emoji::KEYCAP | emoji::BLACK_FLAG)
        || emoji::is_regional_indicator(c)
        || emoji::is_skin_tone(c)
}

fn flag_letter(c: char) -> Option<char> {
    let place = u32::from(c).checked_sub(u32::from('\u{1F1E6}'))?;
    char::from_u32(u32::from('A') + place).filter(char::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("water", 5)]
    #[case("œuf é", 5)]
    #[case("水道", 4)]
    #[case("👍🏽", 2)]
    #[case("👨‍👩‍👧", 2)]
    #[case("e\u{301}", 1)]
    #[case("a\nb", 2)]
    #[case("", 0)]
    fn widths(#[case] text: &str, #[case] columns: usize) {
        assert_eq!(width(text), columns);
    }

    #[rstest]
    #[case("water", 5, "water", 5)]
    #[case("water", 4, "wat…", 4)]
    #[case("a water", 3, "a…", 2)]
    #[case("水道水", 4, "水…", 3)]
    #[case("水", 1, "…", 1)]
    #[case("e\u{301}te\u{301}s", 3, "e\u{301}t…", 3)]
    #[case("water", 0, "", 0)]
    #[case("", 0, "", 0)]
    fn shortens(#[case] text: &str, #[case] columns: usize, #[case] expected: &str, #[case] used: usize) {
        assert_eq!(truncate(text, columns), (Cow::Borrowed(expected), used));
    }

    #[rstest]
    #[case::words("is the water safe", 8, &["is the", "water", "safe"])]
    #[case::exact("is the", 6, &["is the"])]
    #[case::line_breaks("a\n\nb", 8, &["a", "", "b"])]
    #[case::long_word("a waterworks b", 5, &["a", "water", "works", "b"])]
    #[case::first_long_word("waterworks", 4, &["wate", "rwor", "ks"])]
    #[case::double_space("one  two", 4, &["one", "two"])]
    #[case::wide("水道水道", 5, &["水道", "水道"])]
    #[case::too_wide("水道", 1, &["水", "道"])]
    #[case::clusters("👨‍👩‍👧👨‍👩‍👧", 3, &["👨‍👩‍👧", "👨‍👩‍👧"])]
    #[case::empty("", 8, &[""])]
    #[case::no_columns("ab", 0, &["a", "b"])]
    fn wraps(#[case] text: &str, #[case] columns: usize, #[case] expected: &[&str]) {
        let lines: Vec<&str> = wrap(text, columns).into_iter().map(|line| &text[line]).collect();
        assert_eq!(lines, expected);
    }

    #[rstest]
    #[case("👍🏽 ok", "👍 ok")]
    #[case("👨‍👩‍👧", "👨")]
    #[case("🇨🇦!", "CA!")]
    #[case("❤️ 1️⃣", "❤ 1")]
    #[case("a\nb", "a b")]
    #[case("é 水", "é 水")]
    fn rows(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(row_form(text), expected);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in r"[ a-z\n水é👍\u{1F3FD}\u{301}]{0,40}", columns in 4usize..12) {
            let (short, used) = truncate(&text, columns);
            prop_assert!(used <= columns && width(&short) == used);
            for line in wrap(&text, columns) {
                let shown = text[line].trim_end_matches(' ');
                // A cluster wider than the line stands alone.
                prop_assert!(width(shown) <= columns || shown.graphemes(true).count() == 1);
            }
        }

        #[test]
        fn wrapping_loses_only_spaces_and_breaks(text in r"[ a-z\n水é]{0,40}", columns in 1usize..12) {
            let kept: String = wrap(&text, columns).into_iter().map(|line| &text[line]).collect();
            let bare = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(bare(&kept), bare(&text));
        }
    }
}
