//! Makes the lexicon of tone: VADER's list, vaderSentiment_fr's, and the project's own `tone.words`.
//!
//! What enters: the lists. What leaves: the bytes of `src/pipeline/tone/lexicon.bin`. Words are folded as the program folds them;
//! of longer phrases only pairs are kept.

use std::collections::BTreeMap;
use std::fs;

use crate::pipeline::model::{key_of, pair_key};
use crate::pipeline::tone::lexicon::{Entry, Lexicon, Sense};
use crate::text::tokens::Tokens;

use super::corpus::Data;

type Entries = BTreeMap<u64, Entry>;

/// The lexicon's bytes; `None` when it has grown beyond its table.
pub fn lexicon(data: &Data) -> Option<Vec<u8>> {
    let mut entries = Entries::new();
    let read = |name: &str| fs::read_to_string(data.sets.join(name)).unwrap_or_default();
    for line in read("vader_lexicon_en.txt").lines() {
        let mut parts = line.split('\t');
        if let (Some(term), Some(Ok(valence))) = (parts.next(), parts.next().map(str::parse::<f64>)) {
            add(&mut entries, term, 'e', sense(valence));
        }
    }
    for line in read("vader_lexicon_fr.txt").lines() {
        if let Some((term, valence)) = line.rsplit_once("->")
            && let Ok(valence) = valence.parse::<f64>()
        {
            add(&mut entries, term, 'f', sense(valence));
        }
    }
    let own = fs::read_to_string(data.texts.join("tone.words")).unwrap_or_default();
    for line in own.lines().filter(|line| !line.starts_with('#')) {
        own_line(&mut entries, line);
    }
    Lexicon::to_bytes(&entries.into_iter().collect::<Vec<_>>())
}

fn own_line(entries: &mut Entries, line: &str) {
    let Some((head, terms)) = line.split_once(": ") else { return };
    let (language, value) = head.split_once(' ').unwrap_or((head, ""));
    let sense = match value {
        "role not" => Sense::NOT,
        "role more" => Sense::MORE,
        "role less" => Sense::LESS,
        "role but" => Sense::BUT,
        "role small" => Sense::SMALL,
        number => number.parse().map_or(Sense::NONE, sense),
    };
    if sense == Sense::NONE {
        super::say(&format!("tone.words: {head} says nothing"));
    }
    let separator = if language == "xx" { " " } else { ", " };
    for term in terms.split(separator) {
        match language {
            "en" => add(entries, term, 'e', sense),
            "fr" => add(entries, term, 'f', sense),
            _ => {
                add(entries, term, 'e', sense);
                add(entries, term, 'f', sense);
            }
        }
    }
}

/// Valences in twenty-fifths; a zero is a word that is known to carry none.
fn sense(valence: f64) -> Sense {
    let scaled = (valence * 25.0).round().clamp(-100.0, 100.0) as i8;
    if scaled == 0 { Sense::PLAIN } else { Sense(scaled) }
}

fn add(entries: &mut Entries, term: &str, language: char, sense: Sense) {
    let tokens = Tokens::of(term);
    let words: Vec<u64> = tokens.words().iter().map(|word| key_of(tokens.folded(word))).collect();
    let key = match words[..] {
        // Signs, or a letter with signs: they are looked up as they stand.
        _ if words.is_empty() || (words.len() == 1 && !term.chars().all(is_of_word)) => key_of(term),
        [one] => one,
        [first, second] => pair_key(first, second),
        _ => return,
    };
    let entry = entries.entry(key).or_default();
    // A role stays: a word that turns others does not speak for itself.
    let place = if language == 'e' { &mut entry.english } else { &mut entry.french };
    *place = sense;
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '\u{200D}' | '\u{FE0F}') || !c.is_ascii()
}
