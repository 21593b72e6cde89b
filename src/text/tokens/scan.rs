//! The tokeniser: one walk over the bytes, with a detour for characters beyond ASCII.
//!
//! ASCII words are found by a table and point into the lowered copy of the text; any other word is folded
//! character by character behind it. Every look ahead skips dropped characters, so that a text with
//! invisible characters gives the same words as the text without them.

use super::hash::{PADDING, hash_at};
use super::{Mark, MarkKind, Tokens, Word};
use crate::text::fold::{self, Class, class, fold_char};

const SEPARATOR: u8 = 0;
const WORD: u8 = 1;
const HASH_SIGN: u8 = 2;
const AT_SIGN: u8 = 3;
const HIGH: u8 = 4;

/// What each first byte of a character begins.
static BYTES: [u8; 256] = {
    let mut table = [SEPARATOR; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => WORD,
            b'#' => HASH_SIGN,
            b'@' => AT_SIGN,
            0x80..=0xFF => HIGH,
            _ => SEPARATOR,
        };
        byte += 1;
    }
    table
};

/// Spans are 32 bits wide; text beyond this is cut off at a character.
const LIMIT: usize = 1 << 30;

pub(super) fn within_limit(text: &str) -> &str {
    if text.len() <= LIMIT { text } else { &text[..text.floor_char_boundary(LIMIT)] }
}

pub(super) fn text(text: &str, out: &mut Tokens) {
    let text = within_limit(text);
    Scan { text, bytes: text.as_bytes(), out, signs: true, word_end: usize::MAX }.run(0, text.len());
}

pub(super) fn name(name: &str, out: &mut Tokens) {
    let text = within_limit(name);
    Scan { text, bytes: text.as_bytes(), out, signs: false, word_end: usize::MAX }.run(0, text.len());
}

pub(super) fn names(lines: &str, out: &mut Tokens) {
    let text = within_limit(lines);
    let mut scan = Scan { text, bytes: text.as_bytes(), out, signs: false, word_end: usize::MAX };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > 0 {
            scan.push_word(start, 0, start, start);
        }
        scan.run(start, start + line.len());
        start += line.len();
    }
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    out: &'a mut Tokens,
    /// Whether `#`, `@` and links mean something here.
    signs: bool,
    /// Where the last word ended, dropped characters included: a sign there is inside a word.
    word_end: usize,
}

impl Scan<'_> {
    fn run(&mut self, mut at: usize, end: usize) {
        while at < end {
            at = match BYTES[usize::from(self.bytes[at])] {
                WORD => self.word(at, end),
                HIGH => self.high(at, end),
                HASH_SIGN if self.sign_counts(at) => self.tag(at, at + 1, end),
                AT_SIGN if self.sign_counts(at) => self.handle(at, at + 1, end),
                _ => at + 1,
            };
        }
    }

    fn sign_counts(&self, at: usize) -> bool {
        self.signs && at != self.word_end
    }

    /// An ASCII word at `start`; returns where to go on.
    fn word(&mut self, start: usize, end: usize) -> usize {
        let mut at = start + 1;
        while at < end && BYTES[usize::from(self.bytes[at])] == WORD {
            at += 1;
        }
        if at < end {
            match self.bytes[at] {
                0x80.. if self.continues(at) => return self.folded_word(start, at, end),
                b'.' | b',' if self.bytes[at - 1].is_ascii_digit() && self.digit_follows(at + 1, end) => {
                    return self.folded_word(start, at, end);
                }
                b':' | b'.' if self.signs && self.is_link(start, at) => return self.link(start, end),
                _ => {}
            }
        }
        self.push_word(start, at - start, start, at);
        self.word_end = at;
        at
    }

    /// The character at `at` belongs to the word before it, or is dropped from it.
    fn continues(&self, at: usize) -> bool {
        if self.latin(at).is_some() {
            return true;
        }
        let Some(c) = self.char_at(at) else { return false };
        matches!(class(c), Class::Word | Class::Diacritic | Class::Dropped)
            || fold::visible_mark(&self.text[at..]).is_some()
    }

    fn digit_follows(&self, at: usize, end: usize) -> bool {
        let at = self.skip_dropped(at, end);
        at < end && self.bytes[at].is_ascii_digit()
    }

    fn skip_dropped(&self, mut at: usize, end: usize) -> usize {
        while at < end
            && let Some(len) = self.dropped_len(at)
        {
            at += len;
        }
        at
    }

    fn dropped_len(&self, at: usize) -> Option<usize> {
        if self.bytes[at] < 0x80 {
            return None;
        }
        let c = self.char_at(at)?;
        if class(c) == Class::Dropped { Some(c.len_utf8()) } else { fold::visible_mark(&self.text[at..]) }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// The folded form of the accented Latin letter of two bytes at `at`.
    fn latin(&self, at: usize) -> Option<&'static str> {
        fold::latin([*self.bytes.get(at)?, *self.bytes.get(at + 1)?])
    }

    /// A word with characters beyond ASCII, or with a decimal sign, whose ASCII beginning ends at `at`; returns where to go
    /// on.
    fn folded_word(&mut self, start: usize, mut at: usize, end: usize) -> usize {
        let fold_start = self.out.folded.len();
        self.out.folded.extend_from_within(start..at);
        let mut span_end = at;
        while at < end {
            // Most letters of such words are these.
            let byte = self.bytes[at];
            if BYTES[usize::from(byte)] == WORD {
                self.out.folded.push(char::from(byte.to_ascii_lowercase()));
                (at, span_end) = (at + 1, at + 1);
                continue;
            }
            if let Some(folded) = self.latin(at) {
                self.out.folded.push_str(folded);
                (at, span_end) = (at + 2, at + 2);
                continue;
            }
            let Some(c) = self.char_at(at) else { break };
            let next = at + c.len_utf8();
            match class(c) {
                Class::Word => {
                    fold_char(c, &mut self.out.folded);
                    span_end = next;
                }
                Class::Diacritic => span_end = next,
                Class::Dropped => {}
                Class::Separator if matches!(c, '.' | ',') => {
                    let after_digit = self.out.folded.as_bytes()[fold_start..].last().is_some_and(u8::is_ascii_digit);
                    if !after_digit || !self.digit_follows(next, end) {
                        break;
                    }
                    self.out.folded.push('.');
                }
                Class::Separator => match fold::visible_mark(&self.text[at..]) {
                    Some(len) => {
                        at += len;
                        continue;
                    }
                    None => break,
                },
                Class::Ideograph | Class::Emoji => break,
            }
            at = next;
        }
        self.push_folded(fold_start, start, span_end);
        self.word_end = at;
        at
    }

    /// A character beyond ASCII outside a word; returns where to go on.
    fn high(&mut self, at: usize, end: usize) -> usize {
        let Some(c) = self.char_at(at) else { return end };
        let next = at + c.len_utf8();
        match class(c) {
            Class::Word => self.folded_word(at, at, end),
            Class::Ideograph => {
                let fold_start = self.out.folded.len();
                fold_char(c, &mut self.out.folded);
                self.push_folded(fold_start, at, next);
                next
            }
            Class::Emoji => self.emoji(c, at, end),
            Class::Separator if c == '＃' && self.sign_counts(at) => self.tag(at, next, end),
            Class::Separator if c == '＠' && self.sign_counts(at) => self.handle(at, next, end),
            _ => {
                let next = at + self.dropped_len(at).unwrap_or(c.len_utf8());
                if at == self.word_end && next <= end && class(c) != Class::Separator {
                    self.word_end = next;
                }
                next
            }
        }
    }

    /// An emoji with its modifiers, a flag, or emoji joined into one; returns where to go on.
    fn emoji(&mut self, first: char, start: usize, end: usize) -> usize {
        let fold_start = self.out.folded.len();
        self.out.folded.push(first);
        let mut at = start + first.len_utf8();
        let (mut span_end, mut joined, mut flag) = (at, false, fold::is_regional_indicator(first));
        while at < end
            && let Some(c) = self.char_at(at)
        {
            let next = at + c.len_utf8();
            match class(c) {
                Class::Dropped => {
                    joined |= c == '\u{200D}';
                    if matches!(c, '\u{FE0E}' | '\u{FE0F}' | '\u{E0020}'..='\u{E007F}') {
                        span_end = next;
                    }
                }
                Class::Diacritic => span_end = next,
                Class::Emoji if fold::is_skin_tone(c) => span_end = next,
                Class::Emoji if joined || (flag && fold::is_regional_indicator(c)) => {
                    self.out.folded.push(c);
                    (span_end, joined, flag) = (next, false, false);
                }
                _ => match fold::visible_mark(&self.text[at..]) {
                    Some(len) => {
                        at += len;
                        continue;
                    }
                    None => break,
                },
            }
            at = next;
        }
        self.push_folded(fold_start, start, span_end);
        at
    }

    /// The words before `://` or `.` that begin a link.
    fn is_link(&self, start: usize, at: usize) -> bool {
        let word = &self.bytes[start..at];
        let rest = &self.bytes[at..];
        if rest[0] == b'.' {
            word.eq_ignore_ascii_case(b"www") && rest.get(1).is_some_and(|&b| BYTES[usize::from(b)] == WORD)
        } else {
            rest.starts_with(b"://") && (word.eq_ignore_ascii_case(b"http") || word.eq_ignore_ascii_case(b"https"))
        }
    }

    /// A link up to white space, a quote or an angle bracket: one position without a word.
    fn link(&mut self, start: usize, end: usize) -> usize {
        let rest = &self.text[start..end];
        let len = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '«' | '»' | '“' | '”'))
            .unwrap_or(rest.len());
        let shown = rest[..len].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '…', '\'', '’']);
        self.out.links.push(self.out.words.len() as u32);
        self.push_word(start, 0, start, start + shown.len());
        start + len
    }

    /// A hashtag whose sign stands at `sign` and whose name begins at `start`; returns where to go on.
    fn tag(&mut self, sign: usize, start: usize, end: usize) -> usize {
        let (mut at, mut name_end, mut ascii) = (start, start, true);
        while at < end
            && let Some(c) = self.char_at(at)
        {
            let next = at + c.len_utf8();
            match class(c) {
                Class::Word | Class::Ideograph => name_end = next,
                Class::Diacritic if name_end > start => name_end = next,
                Class::Dropped => {}
                _ => match fold::visible_mark(&self.text[at..]) {
                    Some(len) => {
                        (at, ascii) = (at + len, false);
                        continue;
                    }
                    None => break,
                },
            }
            ascii &= c.is_ascii();
            at = next;
        }
        if name_end == start {
            return start;
        }
        let name = self.mark_name(sign, start, name_end, ascii);
        let position = self.out.words.len();
        self.tag_words(start, name_end);
        if self.out.words.len() == position {
            self.push_word(start, 0, start, name_end);
        }
        let width = self.out.words.len() - position;
        self.out.marks.push(Mark { kind: MarkKind::Tag, name, position: position as u32, width: width as u32 });
        self.word_end = usize::MAX;
        name_end
    }

    /// Splits a hashtag's name where a reader sees a new word begin.
    fn tag_words(&mut self, start: usize, end: usize) {
        let mut piece = start;
        let mut before: [Option<char>; 2] = [None, None];
        let (mut at, mut last_at) = (start, start);
        while at < end
            && let Some(c) = self.char_at(at)
        {
            let here = at;
            at += self.dropped_len(here).unwrap_or(c.len_utf8());
            if self.dropped_len(here).is_some() || class(c) == Class::Diacritic {
                continue;
            }
            if before[1].is_none() {
                piece = here;
            }
            let split = match before {
                [_, Some(last)] if last == '_' || c == '_' => Some(here),
                [_, Some(last)] if last.is_numeric() != c.is_numeric() => Some(here),
                [_, Some(last)] if !last.is_uppercase() && c.is_uppercase() => Some(here),
                // The last capital of a row begins the next word: BCTransit is BC and Transit.
                [Some(first), Some(last)] if first.is_uppercase() && last.is_uppercase() && c.is_lowercase() => {
                    Some(last_at)
                }
                _ => None,
            };
            if let Some(split) = split
                && split > piece
            {
                self.tag_piece(piece, split);
                piece = split;
            }
            before = [before[1], Some(c)];
            last_at = here;
        }
        self.tag_piece(piece, end);
    }

    /// A `_` is a piece by itself, and no word.
    fn tag_piece(&mut self, start: usize, end: usize) {
        if !self.text[start..end].starts_with('_') {
            self.run(start, end);
        }
    }

    /// A handle whose sign stands at `sign`; with a domain it counts without it as well.
    fn handle(&mut self, sign: usize, start: usize, end: usize) -> usize {
        let (local_end, local_ascii) = self.handle_part(start, end);
        if local_end == start {
            return start;
        }
        let mut name_end = local_end;
        self.push_handle(sign, start, local_end, local_ascii);
        let at_sign = self.skip_dropped(local_end, end);
        if at_sign < end && self.bytes[at_sign] == b'@' {
            let (domain_end, ascii) = self.handle_part(at_sign + 1, end);
            if domain_end > at_sign + 1 {
                name_end = domain_end;
                self.push_handle(sign, start, domain_end, local_ascii && ascii && at_sign == local_end);
            }
        }
        self.push_word(start, 0, sign, name_end);
        self.word_end = name_end;
        name_end
    }

    fn push_handle(&mut self, sign: usize, start: usize, end: usize, ascii: bool) {
        let name = self.mark_name(sign, start, end, ascii);
        let position = self.out.words.len() as u32;
        self.out.marks.push(Mark { kind: MarkKind::Handle, name, position, width: 1 });
    }

    /// Letters, digits and `_`, with `.` and `-` between them; returns the end and whether all is ASCII.
    fn handle_part(&self, start: usize, end: usize) -> (usize, bool) {
        let (mut at, mut part_end, mut ascii) = (start, start, true);
        while at < end
            && let Some(c) = self.char_at(at)
        {
            let next = at + c.len_utf8();
            match class(c) {
                Class::Word => part_end = next,
                Class::Diacritic if part_end > start => part_end = next,
                Class::Dropped => {}
                Class::Separator if matches!(c, '.' | '-') && part_end > start && self.continues_handle(next, end) => {}
                _ => match fold::visible_mark(&self.text[at..]) {
                    Some(len) => {
                        (at, ascii) = (at + len, false);
                        continue;
                    }
                    None => break,
                },
            }
            ascii &= c.is_ascii();
            at = next;
        }
        (part_end, ascii)
    }

    fn continues_handle(&self, at: usize, end: usize) -> bool {
        let at = self.skip_dropped(at, end);
        at < end && self.char_at(at).is_some_and(|c| class(c) == Class::Word)
    }

    /// The folded name of a mark; its span begins at the sign.
    fn mark_name(&mut self, sign: usize, start: usize, end: usize, ascii: bool) -> Word {
        if ascii {
            return self.make_word(start, end - start, sign, end);
        }
        let fold_start = self.out.folded.len();
        let mut at = start;
        while at < end
            && let Some(c) = self.char_at(at)
        {
            if let Some(len) = self.dropped_len(at) {
                at += len;
                continue;
            }
            match class(c) {
                Class::Word | Class::Ideograph => fold_char(c, &mut self.out.folded),
                Class::Separator => self.out.folded.push(c),
                Class::Diacritic | Class::Dropped | Class::Emoji => {}
            }
            at += c.len_utf8();
        }
        let len = self.out.folded.len() - fold_start;
        self.out.folded.push_str(PADDING);
        self.make_word(fold_start, len, sign, end)
    }

    /// Pushes what was folded from `fold_start` on, if anything was.
    fn push_folded(&mut self, fold_start: usize, start: usize, end: usize) {
        let len = self.out.folded.len() - fold_start;
        if len > 0 {
            self.out.folded.push_str(PADDING);
            self.push_word(fold_start, len, start, end);
        }
    }

    fn push_word(&mut self, fold_start: usize, fold_len: usize, start: usize, end: usize) {
        let word = self.make_word(fold_start, fold_len, start, end);
        self.out.words.push(word);
    }

    fn make_word(&self, fold_start: usize, fold_len: usize, start: usize, end: usize) -> Word {
        Word {
            hash: hash_at(self.out.folded.as_bytes(), fold_start, fold_len),
            fold_start: fold_start as u32,
            fold_len: fold_len as u32,
            start: start as u32,
            end: end as u32,
        }
    }
}
