//! Text made safe to show: whatever is invisible or steers a terminal becomes a visible mark.
//!
//! What enters: text of other people. What leaves: NFC text in which the only control character is `\n`.
//! CRLF becomes `\n`, as do Unicode's own line and paragraph separators; a tab becomes a space; any other C0 control
//! its picture (`␛`), DEL `␡`, C1 controls and invisible format characters their number (`⟨U+202E⟩`). Joiners, variation
//! selectors and tags stay where an emoji needs them, joiners also between letters of a script that joins.
//! Nothing is ever dropped, cleaning twice changes nothing, and clean text is handed back without a copy.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::emoji::{
    BLACK_FLAG, CANCEL_TAG, EMOJI_STYLE, KEYCAP, TEXT_STYLE, ZWJ, is_pictographic, is_skin_tone, is_tag,
};

/// Asks letters not to join.
const ZWNJ: char = '\u{200C}';
/// The longest region a flag's tags may spell.
const MAX_FLAG_TAGS: usize = 6;

/// The safe form of `text`.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain_ascii(text) || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    };
    let marked = mark(&composed);
    if marked == text { Cow::Borrowed(text) } else { Cow::Owned(marked) }
}

/// The safe form of a name or another short line: [`clean`], with line breaks as spaces.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    let cleaned = clean(text);
    if cleaned.contains('\n') { Cow::Owned(cleaned.replace('\n', " ")) } else { cleaned }
}

/// Sums the odd bytes of a piece without a branch per byte, which the compiler turns into vector instructions.
fn is_plain_ascii(text: &str) -> bool {
    let odd = |byte: &u8| u32::from(*byte != b'\n' && !matches!(byte, b' '..=b'~'));
    text.as_bytes().chunks(64).all(|piece| piece.iter().map(odd).sum::<u32>() == 0)
}

/// Characters that are visible and that no composition touches: most of what people write.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\n' | ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{2002}'..='\u{200A}' | '\u{2010}'..='\u{2027}'
        | '\u{202F}'..='\u{205E}' | '\u{20A0}'..='\u{20BF}' | '\u{2500}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}')
}

fn mark(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = Before::default();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str();
        match c {
            '\r' if after.starts_with('\n') => continue,
            '\n' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            '\0'..='\u{1F}' => out.push(picture(u32::from(c))),
            '\u{7F}' => out.push('␡'),
            _ if is_invisible(c) && !before.allows(c, after) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
                before = Before::default();
                continue;
            }
            _ => out.push(c),
        }
        before.see(c);
    }
    out
}

fn picture(control: u32) -> char {
    char::from_u32(0x2400 + control).unwrap_or('\u{FFFD}')
}

/// C1 controls and everything that shows nothing by itself. The few format characters that are drawn (the Arabic
/// number signs) are not among them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}'
        | '\u{FFFF}' | '\u{13430}'..='\u{1345F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// What stands before the character that is being judged, as far as an exception may rest on it.
#[derive(Default)]
struct Before {
    last: Option<char>,
    /// An emoji stands there, with its style or skin tone: a joiner may follow.
    emoji: bool,
    /// How many tags follow a flag; `None` when no tag may follow.
    tags: Option<usize>,
}

impl Before {
    fn see(&mut self, c: char) {
        self.tags = match self.tags {
            _ if c == BLACK_FLAG => Some(0),
            Some(count) if is_tag(c) => Some(count + 1),
            _ => None,
        };
        self.emoji = is_pictographic(c) || self.emoji && (c == EMOJI_STYLE || is_skin_tone(c));
        self.last = Some(c);
    }

    /// True when the invisible `c` does its proper work here.
    fn allows(&self, c: char, after: &str) -> bool {
        let next = after.chars().next();
        match c {
            ZWJ if self.emoji => next.is_some_and(is_pictographic),
            ZWJ | ZWNJ => self.last.zip(next).is_some_and(|(last, next)| joins(last, next)),
            EMOJI_STYLE if matches!(self.last, Some('0'..='9' | '#' | '*')) => next == Some(KEYCAP),
            EMOJI_STYLE | TEXT_STYLE => self.last.is_some_and(is_pictographic),
            CANCEL_TAG => self.tags.is_some_and(|count| (3..=MAX_FLAG_TAGS).contains(&count)),
            _ if is_tag(c) => self.tags.is_some_and(|seen| closes(seen, after)),
            _ => false,
        }
    }
}

/// True when the tags that follow end in time: an unfinished sequence is hidden text, not a flag.
fn closes(seen: usize, after: &str) -> bool {
    let more = after.chars().take(MAX_FLAG_TAGS + 1).take_while(|&c| is_tag(c)).count();
    let closed = after.chars().nth(more) == Some(CANCEL_TAG);
    closed && (3..=MAX_FLAG_TAGS).contains(&(seen + 1 + more))
}

/// True for two letters (or signs on letters) of the same script whose letters join.
fn joins(last: char, next: char) -> bool {
    let script = joining_script(last);
    script.is_some() && script == joining_script(next)
}

/// The scripts in which a joiner changes how letters are drawn, by their blocks.
fn joining_script(c: char) -> Option<u8> {
    let code = u32::from(c);
    let block = match code {
        0x0620..=0x065F
        | 0x066E..=0x06D3
        | 0x06D5..=0x06DC
        | 0x06FA..=0x06FF
        | 0x0750..=0x077F
        | 0x0870..=0x0887
        | 0x08A0..=0x08E1
        | 0x08E3..=0x08FF => 0,
        0x0710..=0x074F => 1,
        0x07CA..=0x07F5 => 2,
        0x0840..=0x085B => 3,
        0x1820..=0x18AA => 4,
        0x1780..=0x17B3 | 0x17B6..=0x17D3 => 5,
        0x1000..=0x109F => 6,
        0xA840..=0xA871 => 7,
        // Devanagari to Sinhala: nine blocks of 128 code points.
        0x0900..=0x0DFF => 8 + u8::try_from((code - 0x0900) / 0x80).ok()?,
        _ => return None,
    };
    Some(block)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::escape("a\x1b[31mred", "a␛[31mred")]
    #[case::null("\0", "␀")]
    #[case::delete("\x7f", "␡")]
    #[case::c1("\u{9b}31m", "⟨U+009B⟩31m")]
    #[case::crlf("a\r\nb", "a\nb")]
    #[case::lone_return("a\rb", "a␍b")]
    #[case::two_returns("a\r\r\nb", "a␍\nb")]
    #[case::tab("a\tb", "a b")]
    #[case::separators("a\u{2028}b\u{2029}c", "a\nb\nc")]
    #[case::override_("\u{202E}evil", "⟨U+202E⟩evil")]
    #[case::isolate("\u{2066}x\u{2069}", "⟨U+2066⟩x⟨U+2069⟩")]
    #[case::zero_width_space("wa\u{200B}ter", "wa⟨U+200B⟩ter")]
    #[case::byte_order_mark("\u{FEFF}a", "⟨U+FEFF⟩a")]
    #[case::soft_hyphen("wa\u{AD}ter", "wa⟨U+00AD⟩ter")]
    #[case::joiner_between_latin_letters("wa\u{200D}ter", "wa⟨U+200D⟩ter")]
    #[case::style_after_a_letter("a\u{FE0F}", "a⟨U+FE0F⟩")]
    #[case::style_after_a_bare_digit("1\u{FE0F}", "1⟨U+FE0F⟩")]
    #[case::two_styles("❤\u{FE0F}\u{FE0F}", "❤\u{FE0F}⟨U+FE0F⟩")]
    #[case::trailing_joiner("👍\u{200D}", "👍⟨U+200D⟩")]
    #[case::hidden_tags("a\u{E0061}\u{E007F}", "a⟨U+E0061⟩⟨U+E007F⟩")]
    #[case::open_flag("🏴\u{E0067}\u{E0062}\u{E0073}", "🏴⟨U+E0067⟩⟨U+E0062⟩⟨U+E0073⟩")]
    #[case::composed("e\u{301}", "é")]
    #[case::hangul_filler("\u{3164}", "⟨U+3164⟩")]
    fn marks(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[rstest]
    #[case::english("Is the water safe?\nNo.")]
    #[case::french("L’eau est-elle potable\u{A0}? Œuf, château… «\u{202F}oui\u{202F}»")]
    #[case::family("👨‍👩‍👧‍👦 🏳️‍🌈 🧑🏽‍🚒 ❤️ 1️⃣ ☎︎")]
    #[case::flags("🇨🇦 🏴󠁧󠁢󠁳󠁣󠁴󠁿")]
    #[case::persian("می\u{200C}خواهم")]
    #[case::sinhala("ශ්\u{200D}රී")]
    #[case::literal_mark("⟨U+202E⟩ ␛")]
    fn proper_text_stays_without_a_copy(#[case] text: &str) {
        assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{:?}", clean(text));
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(clean_line("a\r\nb\x07"), "a b␇");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in awkward()) {
            let once = clean(&text).into_owned();
            prop_assert_eq!(clean(&once), once.as_str());
        }

        #[test]
        fn nothing_dangerous_is_left(text in awkward()) {
            let cleaned = clean(&text);
            prop_assert!(!cleaned.chars().any(|c| c.is_control() && c != '\n'));
            let hidden = ['\u{202A}', '\u{202B}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{200B}'];
            prop_assert!(!cleaned.contains(hidden));
        }
    }

    /// Any text, and text made of the characters the rules are about.
    fn awkward() -> impl Strategy<Value = String> {
        let parts = prop::sample::select(vec![
            "a",
            "1",
            "e",
            "\u{301}",
            "\r",
            "\n",
            "\t",
            "\u{200D}",
            "\u{200C}",
            "\u{FE0F}",
            "\u{FE0E}",
            "\u{20E3}",
            "❤",
            "👍",
            "\u{1F3FD}",
            "🏴",
            "\u{E0067}",
            "\u{E007F}",
            "\u{202E}",
            "\u{9B}",
            "م",
            "ي",
            "ක",
            "්",
            "🇨",
            "\u{1100}",
            "\u{1161}",
        ]);
        prop_oneof![any::<String>(), prop::collection::vec(parts, 0..24).prop_map(|parts| parts.concat())]
    }
}
