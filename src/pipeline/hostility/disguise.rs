//! Words that were disguised to pass a filter: "st*pid", "f u c k", "stuuupid", "b1tch", "fuckedup".
//!
//! What enters: a text's words that the vocabulary does not know. What leaves: what they are without the disguise, and how
//! many of the text's words it takes. Only coarse words are looked for behind a disguise, so that "A4" or "soooo" stay what
//! they are. Nothing here is tried on a text of ordinary words: it takes a digit inside a word, a letter three times, single
//! letters in a row, or a sign where a letter should be.

use crate::text::tokens::{Tokens, Word, hash};

use super::words::{Kinds, Tongue, Vocabulary};

/// Longer words are not looked behind.
const LONGEST: usize = 24;
/// Fewer single letters in a row spell nothing.
const FEWEST_LETTERS: usize = 3;
/// What is masked by signs: everything else of the kind is spelled out in practice.
const MASKED: &str = "fuck fucks fucked fucking fuckin fucker fuckers motherfucker motherfucking shit shits shitty bullshit \
    asshole assholes ass bitch bitches cunt cunts dick dicks dickhead cock pussy whore whores slut sluts bastard bastards \
    stupid idiot idiots moron morons retard retarded retards damn crap prick pricks twat nigger niggers nigga faggot faggots fag \
    fags frogs scum pedo piss wanker dumbass jackass hell merde marde putain pute putes salope con connard conne encule \
    trou cul chier tabarnak criss crisse osti calisse calice gueule yeule batard merdeux foutre pede negre truie trie torche \
    plotte epais cave caves debile imbecile crotte chienne garce";
/// Compounds of these are coarse whatever follows.
const STEMS: [(&str, Kinds); 9] = [
    ("fuck", Kinds::OATH),
    ("motherf", Kinds::OATH),
    ("shit", Kinds::OATH),
    ("bullshi", Kinds::OATH),
    ("asshol", Kinds::INSULT),
    ("bitch", Kinds::DEGRADING),
    ("tabarn", Kinds::OATH),
    ("encul", Kinds::INSULT),
    ("libtard", Kinds::INSULT),
];

/// What the unknown word at `at` is behind its disguise, and how many words that takes.
pub(super) fn unmask(text: &str, tokens: &Tokens, at: usize, tongue: Tongue) -> Option<(Kinds, usize)> {
    let word = tokens.words().get(at)?;
    let folded = tokens.folded(word);
    if folded.len() == 1 {
        return spaced(text, tokens, at, tongue);
    }
    if folded.len() > LONGEST || !folded.is_ascii() {
        return None;
    }
    let kinds = compound(folded).or_else(|| stretched(folded, tongue)).or_else(|| digits(folded, tongue))?;
    Some((kinds, 1))
}

/// What stands at `at` when signs take the place of letters: "sh*t", "f**k", "b!tch", "F***". The word may be known as it
/// stands, since its first piece can be any word.
pub(super) fn masked(text: &str, tokens: &Tokens, at: usize, tongue: Tongue) -> Option<(Kinds, usize)> {
    let words = tokens.words();
    let start = words.get(at)?.span().start;
    let rest = text.get(start..)?;
    let len = rest.find(|c: char| !c.is_alphanumeric() && !is_mask(c)).unwrap_or(rest.len());
    let piece = rest.get(..len)?.trim_end_matches(['!', '#', '@', '$']);
    if piece.chars().count() > LONGEST || !piece.contains(is_mask) {
        return None;
    }
    let pattern: Vec<char> = piece.chars().flat_map(char::to_lowercase).collect();
    let hidden = MASKED.split_whitespace().find(|hidden| fits(&pattern, hidden))?;
    let kinds = Vocabulary::shared().kinds(hash(hidden), tongue)?;
    let end = start + piece.len();
    let taken = words[at..].iter().take_while(|word| word.span().start < end).count();
    // Who hides the name of an animal means no animal.
    let meant = if kinds.any(Kinds::BRUTE) { kinds.or(Kinds::DEGRADING) } else { kinds };
    Some((coarse(meant), taken.max(1)))
}

/// Signs that stand for a letter.
pub(super) fn is_mask(c: char) -> bool {
    matches!(c, '*' | '#' | '$' | '@' | '!' | '%' | '•' | '\u{2588}')
}

/// The first letter stands; every other is itself, a sign or its digit. A word of signs after its first letter is one that
/// people print that way.
fn fits(pattern: &[char], hidden: &str) -> bool {
    let letters = hidden.as_bytes();
    if pattern.len() != letters.len() || pattern.first().map(|&c| c as u32) != letters.first().map(|&b| u32::from(b)) {
        return false;
    }
    let shown = pattern.iter().filter(|&&c| !is_mask(c)).count();
    if shown < 2 && !matches!(hidden, "fuck" | "fucking" | "fucked" | "shit" | "merde") {
        return false;
    }
    pattern.iter().zip(letters).all(|(&c, &letter)| {
        is_mask(c) || c == char::from(letter) || c.is_ascii_digit() && undigit(c as u8) == letter || {
            matches!((c, letter), ('é' | 'è' | 'ê', b'e') | ('î', b'i') | ('â', b'a'))
        }
    })
}

/// Single letters in a row, with spaces or dots between.
fn spaced(text: &str, tokens: &Tokens, at: usize, tongue: Tongue) -> Option<(Kinds, usize)> {
    let words = &tokens.words()[at..];
    let mut joined = [0u8; LONGEST];
    let mut len = 0;
    let mut end = words.first()?.span().start;
    for word in words.iter().take(LONGEST) {
        let apart = text.get(end..word.span().start)?;
        let letter = tokens.folded(word).as_bytes();
        if letter.len() != 1 || len > 0 && !matches!(apart, " " | "." | "-" | "_" | "·" | "  ") {
            break;
        }
        joined[len] = undigit(letter[0]);
        (len, end) = (len + 1, word.span().end);
    }
    // The longest spelling wins; a letter that belongs to the sentence may follow.
    (FEWEST_LETTERS..=len).rev().find_map(|len| {
        let spelled = std::str::from_utf8(&joined[..len]).ok()?;
        Some((known(spelled, tongue)?, len))
    })
}

fn compound(folded: &str) -> Option<Kinds> {
    let stem = STEMS.iter().find(|(stem, _)| folded.starts_with(stem))?;
    if folded.starts_with("shita") || folded.starts_with("shiit") { None } else { Some(stem.1) }
}

/// A letter three times or more stands for itself once or twice.
fn stretched(folded: &str, tongue: Tongue) -> Option<Kinds> {
    let bytes = folded.as_bytes();
    if !bytes.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]) {
        return None;
    }
    [1, 2].into_iter().find_map(|keep| {
        let runs = bytes.chunk_by(|a, b| a == b);
        let spelled: Vec<u8> =
            runs.flat_map(|run| &run[..if run.len() < 3 { run.len() } else { keep }]).copied().collect();
        known(std::str::from_utf8(&spelled).ok()?, tongue)
    })
}

/// Digits among letters stand for the letters they look like.
fn digits(folded: &str, tongue: Tongue) -> Option<Kinds> {
    let bytes = folded.as_bytes();
    let count = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if count == 0 || count * 2 > bytes.len() || bytes.len() < 4 {
        return None;
    }
    let mut spelled = [0u8; LONGEST];
    for (to, &from) in spelled.iter_mut().zip(bytes) {
        *to = undigit(from);
    }
    known(std::str::from_utf8(&spelled[..bytes.len()]).ok()?, tongue)
}

fn undigit(byte: u8) -> u8 {
    match byte {
        b'0' => b'o',
        b'1' => b'i',
        b'3' => b'e',
        b'4' => b'a',
        b'5' => b's',
        b'7' => b't',
        other => other,
    }
}

fn known(spelled: &str, tongue: Tongue) -> Option<Kinds> {
    Vocabulary::shared().kinds(hash(spelled), tongue).map(coarse).filter(|kinds| *kinds != Kinds::NONE)
}

/// A disguise tells that the word is meant.
fn coarse(kinds: Kinds) -> Kinds {
    kinds.and(Kinds::HOT)
}

/// True when a sign that may stand for a letter touches `word`.
pub(super) fn may_be_masked(text: &str, word: &Word) -> bool {
    let span = word.span();
    text.as_bytes().get(span.end).is_some_and(|byte| matches!(byte, b'*' | b'#' | b'$' | b'@' | b'!' | b'%'))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn unmasked(text: &str) -> Option<(Kinds, usize)> {
        let tokens = Tokens::of(text);
        let word = tokens.words().first()?;
        let plain = if may_be_masked(text, word) { masked(text, &tokens, 0, Tongue::Both) } else { None };
        plain.or_else(|| unmask(text, &tokens, 0, Tongue::Both))
    }

    #[rstest]
    #[case::star("st*pid", Kinds::SCORN, 2)]
    #[case::stars("f**k this", Kinds::OATH, 2)]
    #[case::only_stars("F*** you", Kinds::OATH, 1)]
    #[case::mark("b!tch", Kinds::DEGRADING, 2)]
    #[case::french("tr*ie", Kinds::DEGRADING, 2)]
    #[case::spaces("f u c k all", Kinds::OATH, 4)]
    #[case::dots("s.c.u.m.", Kinds::INSULT, 4)]
    #[case::stretched("stuuupid", Kinds::SCORN, 1)]
    #[case::stretched_oath("fuuuuck", Kinds::OATH, 1)]
    #[case::stretched_pair("asssssholes", Kinds::INSULT, 1)]
    #[case::digit("b1tch", Kinds::DEGRADING, 1)]
    #[case::digits("4ssh0les", Kinds::INSULT, 1)]
    #[case::compound("fuckedup", Kinds::OATH, 1)]
    fn behind(#[case] text: &str, #[case] kind: Kinds, #[case] words: usize) {
        let (kinds, taken) = unmasked(text).unwrap_or_default();
        assert!(kinds.any(kind), "{text}: {kinds:?}");
        assert_eq!(taken, words, "{text}");
    }

    #[rstest]
    #[case::question("what!")]
    #[case::initials("U S A")]
    #[case::size("a4")]
    #[case::joy("soooo")]
    #[case::number("911")]
    #[case::footnote("Open*")]
    #[case::mushroom("shitake")]
    #[case::bold("stop **now**")]
    fn nothing_behind(#[case] text: &str) {
        assert_eq!(unmasked(text), None, "{text}");
    }
}
