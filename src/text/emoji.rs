//! What counts as an emoji: the character classes of Unicode's emoji data that the other parts of `text` share.
//!
//! What enters: characters and grapheme clusters. What leaves: yes or no. The ranges are
//! `Extended_Pictographic` of emoji-data.txt, which also holds the code points reserved for emoji to come.

/// Joins emoji into one.
pub(super) const ZWJ: char = '\u{200D}';
/// Asks for the plain form of the character before it.
pub(super) const TEXT_STYLE: char = '\u{FE0E}';
/// Asks for the coloured form of the character before it.
pub(super) const EMOJI_STYLE: char = '\u{FE0F}';
/// Encloses a digit: 1️⃣.
pub(super) const KEYCAP: char = '\u{20E3}';
/// The only emoji that tag characters may follow.
pub(super) const BLACK_FLAG: char = '\u{1F3F4}';
/// Ends a tag sequence.
pub(super) const CANCEL_TAG: char = '\u{E007F}';

/// True for a character that can be an emoji by itself or with a style after it.
pub(super) fn is_pictographic(c: char) -> bool {
    let code = u32::from(c);
    if code < 0x2190 {
        return matches!(code, 0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139);
    }
    if code < 0x1F000 {
        return is_old_pictographic(code);
    }
    matches!(code,
        0x1F000..=0x1F0FF | 0x1F10D..=0x1F10F | 0x1F12F | 0x1F16C..=0x1F171 | 0x1F17E..=0x1F17F | 0x1F18E
        | 0x1F191..=0x1F19A | 0x1F1AD..=0x1F1E5 | 0x1F201..=0x1F20F | 0x1F21A | 0x1F22F | 0x1F232..=0x1F23A
        | 0x1F23C..=0x1F23F | 0x1F249..=0x1F3FA | 0x1F400..=0x1F53D | 0x1F546..=0x1F64F | 0x1F680..=0x1F6FF
        | 0x1F774..=0x1F77F | 0x1F7D5..=0x1F7FF | 0x1F80C..=0x1F80F | 0x1F848..=0x1F84F | 0x1F85A..=0x1F85F
        | 0x1F888..=0x1F88F | 0x1F8AE..=0x1F8FF | 0x1F90C..=0x1F93A | 0x1F93C..=0x1F945 | 0x1F947..=0x1FAFF
        | 0x1FC00..=0x1FFFD)
}

/// The ones from the time before emoji had planes of their own.
fn is_old_pictographic(code: u32) -> bool {
    matches!(code,
        0x2194..=0x2199 | 0x21A9..=0x21AA | 0x231A..=0x231B | 0x2328 | 0x2388 | 0x23CF | 0x23E9..=0x23F3
        | 0x23F8..=0x23FA | 0x24C2 | 0x25AA..=0x25AB | 0x25B6 | 0x25C0 | 0x25FB..=0x25FE | 0x2600..=0x2605
        | 0x2607..=0x2612 | 0x2614..=0x2685 | 0x2690..=0x2705 | 0x2708..=0x2712 | 0x2714 | 0x2716 | 0x271D
        | 0x2721 | 0x2728 | 0x2733..=0x2734 | 0x2744 | 0x2747 | 0x274C | 0x274E | 0x2753..=0x2755 | 0x2757
        | 0x2763..=0x2767 | 0x2795..=0x2797 | 0x27A1 | 0x27B0 | 0x27BF | 0x2934..=0x2935 | 0x2B05..=0x2B07
        | 0x2B1B..=0x2B1C | 0x2B50 | 0x2B55 | 0x3030 | 0x303D | 0x3297 | 0x3299)
}

/// Half a flag.
pub(super) fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// The colours of skin.
pub(super) fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// The tag characters that spell a region: letters and digits.
pub(super) fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}')
}

/// True when a grapheme cluster is shown as one emoji. `©`, `®`, `™` and `♟` are so only with the emoji style after them.
pub(super) fn is_emoji_cluster(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    match first {
        '0'..='9' | '#' | '*' => cluster.ends_with(KEYCAP),
        '©' | '®' | '™' | '♟' => second == Some(EMOJI_STYLE),
        _ if is_regional_indicator(first) => second.is_some_and(is_regional_indicator),
        _ => is_pictographic(first) && second != Some(TEXT_STYLE),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("😀", true)]
    #[case::skin_tone("👍🏽", true)]
    #[case::family("👨‍👩‍👧", true)]
    #[case::flag("🇨🇦", true)]
    #[case::half_a_flag("🇨", false)]
    #[case::keycap("1️⃣", true)]
    #[case::digit("1", false)]
    #[case::heart("❤️", true)]
    #[case::copyright("©", false)]
    #[case::text_style("☎\u{FE0E}", false)]
    #[case::scotland("🏴󠁧󠁢󠁳󠁣󠁴󠁿", true)]
    #[case::letter("é", false)]
    fn clusters(#[case] cluster: &str, #[case] expected: bool) {
        assert_eq!(is_emoji_cluster(cluster), expected);
    }
}
