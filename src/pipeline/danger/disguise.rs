//! Words in disguise: k1ll, k!ll, k i l l, k.i.l.l, killlll. Each is read as a word that rules are filed under, or left
//! alone: a disguise that stands for nothing the rules know is none.

use crate::pipeline::lexicon::Known;
use crate::pipeline::rules::UNKNOWN;
use crate::text::tokens::{Tokens, hash};

/// So many single letters in a row may be a word.
pub(super) const FEWEST_LETTERS: usize = 3;

/// Longer is no word that anybody disguises.
const LONGEST: usize = 24;

/// So many characters may stand between the letters of a word.
const WIDEST_GAP: usize = 3;

/// The words that stand for others.
pub(super) struct Found {
    /// What they stand for.
    pub(super) numbers: Vec<u16>,
    /// How many they are.
    pub(super) words: usize,
}

/// True for a sign that may stand for a letter inside a word.
pub(super) fn is_sign(byte: u8) -> bool {
    matches!(byte, b'!' | b'*' | b'@' | b'$' | b'|' | b'+')
}

/// True when a word's letters alone look like a disguise: digits among letters, or a letter three times.
pub(super) fn is_odd(folded: &str) -> bool {
    let bytes = folded.as_bytes();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if bytes.len() > LONGEST || letters == 0 {
        return false;
    }
    letters < bytes.iter().filter(|byte| byte.is_ascii()).count()
        || bytes.windows(3).any(|run| run[0] == run[1] && run[1] == run[2])
}

/// What the words from `at` on stand for.
pub(super) fn read(
    text: &str,
    tokens: &Tokens,
    at: usize,
    number: u16,
    anchor: &impl Fn(u16) -> bool,
) -> Option<Found> {
    let word = &tokens.words()[at];
    if word.is_gap() {
        return None;
    }
    if let Some(found) = spaced(text, tokens, at, anchor) {
        return Some(found);
    }
    if let Some(found) = glued(text, tokens, at) {
        return Some(found);
    }
    let folded = tokens.folded(word);
    if number == UNKNOWN && is_odd(folded) {
        let number = plain(folded)?;
        return Some(Found { numbers: vec![number], words: 1 });
    }
    None
}

/// Single letters one after the other: one word, or several without a sign where they part.
fn spaced(text: &str, tokens: &Tokens, at: usize, anchor: &impl Fn(u16) -> bool) -> Option<Found> {
    let words = &tokens.words()[at..];
    let mut letters = String::new();
    let mut end = words[0].span().start;
    for word in words.iter().take(LONGEST) {
        let span = word.span();
        let near = text
            .get(end..span.start)
            .is_some_and(|between| between.chars().count() <= WIDEST_GAP && !between.contains('\n'));
        if word.folded_len() != 1 || !near {
            break;
        }
        letters.push_str(tokens.folded(word));
        end = span.end;
    }
    if letters.len() < FEWEST_LETTERS {
        return None;
    }
    let count = letters.chars().count();
    let numbers = segments(&letters)?;
    numbers.iter().any(|&number| anchor(number)).then_some(Found { numbers, words: count })
}

/// The known words that `letters` are, the longest first at each place.
fn segments(letters: &str) -> Option<Vec<u16>> {
    let (mut rest, mut numbers) = (letters, Vec::new());
    while !rest.is_empty() {
        let longest = (1..=rest.len()).rev().filter(|&len| rest.is_char_boundary(len));
        let (len, number) = longest.map(|len| (len, known(&rest[..len]))).find(|(_, number)| *number != UNKNOWN)?;
        numbers.push(number);
        rest = &rest[len..];
    }
    Some(numbers)
}

/// Words with one sign between them and nothing else: "k!ll", "st@b".
fn glued(text: &str, tokens: &Tokens, at: usize) -> Option<Found> {
    let mut candidates = vec![String::new()];
    let mut end = None;
    for (index, word) in tokens.words()[at..].iter().take(4).enumerate() {
        let span = word.span();
        if let Some(end) = end {
            let sign =
                text.get(end..span.start).filter(|between| between.len() == 1 && is_sign(between.as_bytes()[0]))?;
            let meant: &[char] = match sign {
                "!" | "|" => &['i', 'l'],
                "@" => &['a'],
                "$" => &['s'],
                "+" => &['t'],
                _ => &['i', 'u', 'a', 'e', 'o'],
            };
            candidates = candidates.iter().flat_map(|head| meant.iter().map(move |c| format!("{head}{c}"))).collect();
        }
        for candidate in &mut candidates {
            candidate.push_str(tokens.folded(word));
        }
        if index > 0
            && let Some(number) = candidates.iter().map(|word| known(word)).find(|number| *number != UNKNOWN)
        {
            return Some(Found { numbers: vec![number], words: index + 1 });
        }
        if candidates[0].len() > LONGEST {
            return None;
        }
        end = Some(span.end);
    }
    None
}

/// The known word that a word with digits or tripled letters stands for.
fn plain(folded: &str) -> Option<u16> {
    let mut candidates = vec![String::with_capacity(folded.len())];
    for c in folded.chars() {
        let meant: &[char] = match c {
            '0' => &['o'],
            '1' => &['i', 'l'],
            '3' => &['e'],
            '4' => &['a'],
            '5' => &['s'],
            '7' => &['t'],
            '8' => &['b'],
            '9' => &['g'],
            _ => {
                for word in &mut candidates {
                    word.push(c);
                }
                continue;
            }
        };
        if candidates.len() > 16 {
            return None;
        }
        candidates = candidates.iter().flat_map(|head| meant.iter().map(move |c| format!("{head}{c}"))).collect();
    }
    let runs = candidates.iter().flat_map(|word| [word.clone(), shortened(word, 2), shortened(word, 1)]);
    runs.map(|word| known(&word)).find(|number| *number != UNKNOWN)
}

/// Runs of a letter cut to `most`.
fn shortened(word: &str, most: usize) -> String {
    let mut out = String::with_capacity(word.len());
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars() {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        if run <= most {
            out.push(c);
        }
    }
    out
}

fn known(word: &str) -> u16 {
    Known::shared().number(hash(word))
}
