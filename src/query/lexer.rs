//! The first step of reading a query: signs, operators, quotes, fields and bare words with their places.
//!
//! It never fails: what it does not understand becomes a lexeme the parser complains about.

use std::ops::Range;

use crate::query::MAX_DISTANCE;

/// One sign or word of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lexeme<'a> {
    pub(super) kind: LexemeKind<'a>,
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum LexemeKind<'a> {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `good` is false when the distance was guessed.
    Near {
        distance: u32,
        ordered: bool,
        good: bool,
    },
    /// What stands between quotes.
    Quoted {
        text: &'a str,
        closed: bool,
    },
    /// What stands between braces.
    Braced {
        text: &'a str,
        closed: bool,
    },
    /// `~4`, `~4f`; `good` is false when the distance was guessed.
    Within {
        distance: u32,
        ordered: bool,
        good: bool,
    },
    /// `name`, `:` or a comparison, and the value without its quotes.
    Field {
        name: &'a str,
        sign: &'a str,
        value: &'a str,
        closed: bool,
    },
    /// Signs without meaning here, with what was perhaps meant.
    Stray(Option<&'static str>),
    /// Anything else up to a space, a quote or a parenthesis.
    Bare(&'a str),
}

/// The characters that end a quote, if `c` begins one.
fn closers(c: char) -> Option<&'static [char]> {
    match c {
        '"' => Some(&['"']),
        '“' | '„' | '”' => Some(&['”', '“']),
        '«' => Some(&['»']),
        _ => None,
    }
}

fn ends_bare(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '{' | '}' | '»') || closers(c).is_some()
}

/// Splits a whole query.
pub(super) fn split(text: &str) -> Vec<Lexeme<'_>> {
    let mut lexemes = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (kind, len) = next(&text[at..], c);
        lexemes.push(Lexeme { kind, span: at..at + len });
        at += len;
    }
    lexemes
}

/// The lexeme at the beginning of `rest`, and its length, never 0.
fn next(rest: &str, first: char) -> (LexemeKind<'_>, usize) {
    match first {
        '(' => return (LexemeKind::Open, 1),
        ')' => return (LexemeKind::Close, 1),
        '»' | '}' => return (LexemeKind::Stray(None), first.len_utf8()),
        '{' => return braced(rest),
        '-' if rest[1..].chars().next().is_some_and(|c| !c.is_whitespace() && c != ')') => return (LexemeKind::Not, 1),
        _ => {}
    }
    if let Some((text, closed, len)) = quoted(rest, first) {
        return (LexemeKind::Quoted { text, closed }, len);
    }
    let bare = &rest[..rest.find(ends_bare).unwrap_or(rest.len())];
    if let Some(operator) = operator(bare) {
        return (operator, bare.len());
    }
    if let Some((kind, len)) = field(rest, bare) {
        return (kind, len);
    }
    let kind = match bare {
        "|" | "||" => LexemeKind::Stray(Some("OR")),
        "&" | "&&" | "+" => LexemeKind::Stray(Some("AND")),
        "!" => LexemeKind::Stray(Some("NOT")),
        _ if first == '~' => within(bare),
        _ if matches!(first, '<' | '>' | '=' | '[' | ']') => LexemeKind::Stray(None),
        _ => LexemeKind::Bare(bare),
    };
    (kind, bare.len())
}

fn quoted(rest: &str, first: char) -> Option<(&str, bool, usize)> {
    let closers = closers(first)?;
    let inner = &rest[first.len_utf8()..];
    let found = inner.char_indices().find(|(_, c)| closers.contains(c));
    Some(match found {
        Some((len, closer)) => (&inner[..len], true, first.len_utf8() + len + closer.len_utf8()),
        None => (inner, false, rest.len()),
    })
}

fn braced(rest: &str) -> (LexemeKind<'_>, usize) {
    let inner = &rest[1..];
    match inner.find('}') {
        Some(len) => (LexemeKind::Braced { text: &inner[..len], closed: true }, len + 2),
        None => (LexemeKind::Braced { text: inner, closed: false }, rest.len()),
    }
}

fn operator(bare: &str) -> Option<LexemeKind<'_>> {
    match bare {
        "AND" => return Some(LexemeKind::And),
        "OR" => return Some(LexemeKind::Or),
        "NOT" => return Some(LexemeKind::Not),
        "NEAR" => return Some(LexemeKind::Near { distance: 5, ordered: false, good: false }),
        _ => {}
    }
    let begins = |word: &str| bare.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    // Other tools write ONEAR/5 where the order counts.
    let word = ["NEAR", "ONEAR"].into_iter().find(|word| begins(word))?;
    let rest = &bare[word.len()..];
    let number = rest.trim_start_matches(['/', '~', ':', '-', '=']);
    let separator = &rest[..rest.len() - number.len()];
    let Some((distance, tail)) = distance(number) else {
        let lone = number.is_empty() && !separator.is_empty();
        return lone.then_some(LexemeKind::Near { distance: 5, ordered: word == "ONEAR", good: false });
    };
    let (limited, ordered) = (distance.clamp(1, MAX_DISTANCE), tail.eq_ignore_ascii_case("f"));
    let good = bare.starts_with("NEAR/") && separator == "/" && distance == limited && (tail.is_empty() || tail == "f");
    Some(LexemeKind::Near { distance: limited, ordered: ordered || word == "ONEAR", good })
}

/// `~4`, `~4f`, and what was meant to be one.
fn within(bare: &str) -> LexemeKind<'_> {
    let number = bare.trim_start_matches(['~', '/']);
    let (distance, tail) = distance(number).unwrap_or((0, number));
    let limited = if distance == 0 { 5 } else { distance.min(MAX_DISTANCE) };
    let good = bare.len() - number.len() == 1 && distance == limited && (tail.is_empty() || tail == "f");
    LexemeKind::Within { distance: limited, ordered: tail.eq_ignore_ascii_case("f"), good }
}

/// The number that `text` begins with, the largest there is when it is larger, and what follows it.
fn distance(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, tail) = text.split_at(digits);
    (!digits.is_empty()).then(|| (digits.parse().unwrap_or(u32::MAX), tail))
}

/// True for a word with a `~` and a number, or nothing, at its end: `water~4`, `water~`.
pub(super) fn has_tilde(word: &str) -> bool {
    let head = word.trim_end_matches('f').trim_end_matches(|c: char| c.is_ascii_digit());
    head.ends_with('~') && head.len() > 1
}

/// `name:value`, `name>=3`, `name:"a value"`.
fn field<'a>(rest: &'a str, bare: &'a str) -> Option<(LexemeKind<'a>, usize)> {
    let name_len = bare.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    let after = &bare[name_len..];
    let sign_len = match after.as_bytes() {
        [b'<' | b'>', b'=', ..] => 2,
        [b':' | b'<' | b'>' | b'=', ..] => 1,
        _ => return None,
    };
    let (name, sign) = (&bare[..name_len], &after[..sign_len]);
    if name.is_empty() || is_link(bare) {
        return None;
    }
    let begin = name_len + sign_len;
    let value = &rest[begin..];
    if let Some(first) = value.chars().next()
        && let Some((text, closed, len)) = quoted(value, first)
    {
        return Some((LexemeKind::Field { name, sign, value: text, closed }, begin + len));
    }
    Some((LexemeKind::Field { name, sign, value: &bare[begin..], closed: true }, bare.len()))
}

fn is_link(bare: &str) -> bool {
    let head = |scheme: &str| bare.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    head("http://") || head("https://")
}

/// True when `text` can stand without quotes and is then read as it is.
pub(super) fn is_bare(text: &str) -> bool {
    let lexemes = split(text);
    let one = matches!(lexemes.as_slice(), [Lexeme { kind: LexemeKind::Bare(bare), .. }] if *bare == text);
    one && !has_tilde(text) && !text.starts_with(['#', '@', '＃', '＠', '-']) && lowercase_operator(text).is_none()
}

/// The operator that a word in lower case was perhaps meant to be.
pub(super) fn lowercase_operator(word: &str) -> Option<&'static str> {
    match word {
        "or" | "Or" | "ou" | "Ou" | "OU" => Some("OR"),
        "and" | "And" | "et" | "Et" | "ET" => Some("AND"),
        "not" | "Not" => Some("NOT"),
        _ => None,
    }
}
