//! Folding: one spelling for everything a reader takes for the same word.
//!
//! What enters: single characters of normalised text. What leaves: their class (part of a word, a
//! separator…) and their folded form: lower case, without diacritics, ligatures spelled out. Format
//! characters and the visible marks that stand for them fold to nothing, so a word cannot be hidden by
//! putting one inside it. Text and queries fold through this one module, so they always agree.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible, is_combining_mark};

/// What a character is to the tokeniser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A letter, a digit, `_`, or a sign that letters of its script need.
    Word,
    /// A diacritic: belongs to the letter before it and folds to nothing.
    Diacritic,
    /// A character of a script without spaces: a word by itself.
    Ideograph,
    /// An emoji: with what modifies it, a word by itself.
    Emoji,
    /// Invisible, or the visible mark of something invisible: as if it were not there.
    Dropped,
    /// Everything else.
    Separator,
}

/// The class of `c`.
pub fn class(c: char) -> Class {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '_' => Class::Word,
        '\0'..='\u{7F}' | '×' | '÷' | '\u{2010}'..='\u{2027}' => Class::Separator,
        '\u{AD}' => Class::Dropped,
        // The accented Latin letters, most of what is not ASCII here, without a look into tables.
        '\u{C0}'..='\u{24F}' => Class::Word,
        '\u{80}'..='\u{BF}' => word_or_separator(c),
        _ => wide_class(c),
    }
}

fn word_or_separator(c: char) -> Class {
    if c.is_alphanumeric() { Class::Word } else { Class::Separator }
}

fn wide_class(c: char) -> Class {
    if is_dropped(c) {
        Class::Dropped
    } else if is_ideograph(c) {
        Class::Ideograph
    } else if is_emoji(c) {
        Class::Emoji
    } else if matches!(c, '\u{2B9}'..='\u{2BC}' | '\u{2BF}' | '\u{2C8}') {
        // Letters to Unicode, apostrophes to those who type them.
        Class::Separator
    } else if is_combining_mark(c) {
        if is_stripped(c) { Class::Diacritic } else { Class::Word }
    } else {
        word_or_separator(c)
    }
}

/// Diacritics go; vowel signs of scripts that spell with them (combining class 0) stay.
fn is_stripped(mark: char) -> bool {
    canonical_combining_class(mark) != 0 || mark == '\u{20E3}'
}

/// Characters that show nothing, and the pictures of control characters that normalisation puts in their place.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2400}'..='\u{2421}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Han, kana and Hangul syllables.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}' | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFD}')
}

fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{203C}' | '\u{2049}' | '\u{231A}' | '\u{231B}' | '\u{2328}' | '\u{23CF}' | '\u{23E9}'..='\u{23FA}'
        | '\u{2600}'..='\u{27BF}' | '\u{2934}' | '\u{2935}' | '\u{2B05}'..='\u{2B07}' | '\u{2B1B}' | '\u{2B1C}'
        | '\u{2B50}' | '\u{2B55}' | '\u{1F000}'..='\u{1F0FF}' | '\u{1F18E}' | '\u{1F191}'..='\u{1F19A}'
        | '\u{1F1E6}'..='\u{1FBEF}')
}

/// Half a flag: two in a row are one emoji.
pub(super) fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Skin tones change nothing in what an emoji says.
pub(super) fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// The length of the visible mark (`⟨U+202E⟩`) that `text` begins with, if it begins with one.
pub(super) fn visible_mark(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("⟨U+")?;
    let digits = inner.bytes().take(7).take_while(u8::is_ascii_hexdigit).count();
    let closed = (4..=6).contains(&digits) && inner.get(digits..)?.starts_with('⟩');
    closed.then(|| "⟨U+".len() + digits + '⟩'.len_utf8())
}

/// The characters of `text` as a reader sees them: without invisible ones and their marks, composed. Case and accents
/// stay, so two spellings that look the same give the same characters.
pub fn spelling(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let c = rest.chars().next()?;
            let marked = if c == '⟨' { visible_mark(rest) } else { None };
            rest = &rest[marked.unwrap_or(c.len_utf8())..];
            if marked.is_none() && class(c) != Class::Dropped {
                return Some(c);
            }
        }
    })
    .nfc()
}

const TABLE_START: u32 = 0xC0;
const TABLE_END: u32 = 0x250;

/// The folded forms of the accented Latin letters; empty for what is no letter.
static LATIN: LazyLock<[Box<str>; (TABLE_END - TABLE_START) as usize]> = LazyLock::new(|| {
    std::array::from_fn(|index| {
        let mut folded = String::new();
        if let Some(c) = char::from_u32(TABLE_START + index as u32).filter(|&c| class(c) == Class::Word) {
            fold_any(c, &mut folded);
        }
        folded.into()
    })
});

/// The folded form of the accented Latin letter that UTF-8 spells so.
#[inline]
pub(super) fn latin(bytes: [u8; 2]) -> Option<&'static str> {
    // A character of two bytes begins with 0b110.
    let code = (u32::from(bytes[0]) & 0x1F) << 6 | u32::from(bytes[1]) & 0x3F;
    let index = code.wrapping_sub(TABLE_START) as usize;
    if bytes[0] & 0xE0 != 0xC0 {
        return None;
    }
    LATIN.get(index).map(|folded| &**folded).filter(|folded| !folded.is_empty())
}

/// Appends the folded form of `c`, a character of class [`Class::Word`], [`Class::Ideograph`] or [`Class::Emoji`].
pub fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    let code = u32::from(c);
    if (TABLE_START..TABLE_END).contains(&code) {
        return out.push_str(&LATIN[(code - TABLE_START) as usize]);
    }
    fold_any(c, out);
}

/// Hangul syllables and whatever takes apart into something that is no word stay whole.
fn fold_any(c: char, out: &mut String) {
    let mut splits = matches!(c, '\u{AC00}'..='\u{D7A3}');
    decompose_compatible(c, |part| splits |= !part.is_alphanumeric() && !is_combining_mark(part));
    if splits {
        return out.push(c);
    }
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| {
            if !(is_combining_mark(part) && is_stripped(part)) {
                part.to_lowercase().filter(|&c| !(is_combining_mark(c) && is_stripped(c))).for_each(|c| spell(c, out));
            }
        });
    }
}

/// Letters that no decomposition takes apart, though people write them either way.
fn spell(c: char, out: &mut String) {
    match c {
        'œ' => out.push_str("oe"),
        'æ' => out.push_str("ae"),
        'ß' => out.push_str("ss"),
        'þ' => out.push_str("th"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        text.chars().filter(|&c| class(c) == Class::Word).for_each(|c| fold_char(c, &mut out));
        out
    }

    #[rstest]
    #[case::case("WATER", "water")]
    #[case::accents("Égoût", "egout")]
    #[case::decomposed("e\u{301}gou\u{302}t", "egout")]
    #[case::ligatures("cœur Ægean Straße ﬁn", "coeuraegeanstrassefin")]
    #[case::nordic("Øresund Łódź", "oresundlodz")]
    #[case::turkish("İstanbul ı", "istanbuli")]
    #[case::greek("ΟΔΌΣ οδός", "οδοσοδοσ")]
    #[case::full_width("ＷＡＴＥＲ１", "water1")]
    #[case::fraction_stays_whole("½", "½")]
    #[case::vowel_signs_stay("पानी", "पानी")]
    fn folds(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(fold(text), expected);
    }

    #[rstest]
    #[case::same("Égout", "Égout", true)]
    #[case::composed("É", "E\u{301}", true)]
    #[case::hidden("Wa\u{200B}t⟨U+202E⟩er", "Water", true)]
    #[case::case("water", "Water", false)]
    #[case::accents("Egout", "Égout", false)]
    fn spellings(#[case] one: &str, #[case] other: &str, #[case] same: bool) {
        assert_eq!(spelling(one).eq(spelling(other)), same);
    }

    #[rstest]
    #[case("⟨U+202E⟩x", Some(12))]
    #[case("⟨U+E0001⟩", Some(13))]
    #[case("⟨U+12⟩", None)]
    #[case("⟨U+1234567⟩", None)]
    #[case("⟨x⟩", None)]
    fn visible_marks(#[case] text: &str, #[case] expected: Option<usize>) {
        assert_eq!(visible_mark(text), expected);
    }

    #[test]
    fn the_short_ways_agree_with_the_tables() {
        for c in ('\u{80}'..='\u{24F}').filter(|&c| c != '\u{AD}').chain('\u{2010}'..='\u{2027}') {
            assert_eq!(class(c), word_or_separator(c), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(c in any::<char>()) {
            let once = fold(c.encode_utf8(&mut [0; 4]));
            prop_assert_eq!(fold(&once), once);
        }
    }
}
