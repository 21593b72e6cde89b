//! The tone of a text by its words: a lexicon of valences, and rules for what stands around them.
//!
//! What enters: a text, its tokens, and their spellings as the features have them. What leaves: marks for the model, and the words
//! that carry a valence, as evidence. The rules are those of VADER (Hutto and Gilbert, 2014) in integers, for English and French:
//! a negation turns, "very" lifts, "a bit" dampens, capitals and exclamation marks stress, "but" shifts the weight to what
//! follows. Valences are in twenty-fifths: 100 is the most positive there is.

pub mod lexicon;

use crate::mention::Span;
use crate::text::tokens::{Tokens, Word};

use super::model::{Features, Slots, pair_key};
use lexicon::{Entry, Lexicon, Sense};

/// What an intensifier or one exclamation mark adds.
const LIFT: i32 = 7;
/// What capitals add where not everything is in capitals.
const STRESS: i32 = 18;
/// More exclamation marks stress no further.
const MOST_EXCLAMATIONS: i32 = 4;
/// A negation reaches so many words, an intensifier one less.
const NEGATION: usize = 3;
/// 15 valences squared, in twenty-fifths: VADER's constant of normalisation.
const NORMAL: i32 = 15 * 625;

/// A word that carries a valence here, all rules applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toned {
    /// Where it stands.
    pub span: Span,
    /// −200 to 200.
    pub valence: i32,
}

/// What the lexicon and the rules find in one text.
#[derive(Debug, Clone, Default)]
pub struct ToneReading {
    entries: Vec<Entry>,
    toned: Vec<Toned>,
    compound: i32,
}

/// Which languages' senses of a word count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tongue {
    English,
    French,
    Both,
}

/// What was counted on the way.
#[derive(Debug, Default)]
struct Count {
    positive: i32,
    negative: i32,
    most_positive: i32,
    most_negative: i32,
    positives: u16,
    negatives: u16,
    negated: u16,
    after_but: i32,
    emoji: i32,
    exclamations: i32,
    last: i32,
}

impl ToneReading {
    /// Replaces what was there by what is found in `text`, and adds its marks to `features`, which were filled from it.
    pub fn fill(&mut self, text: &str, tokens: &Tokens, features: &mut Features) {
        let tongue = self.look_up(features);
        self.toned.clear();
        let mut count = self.weigh(text, tokens, features, tongue);
        for sign in features.signs() {
            let valence = Lexicon::shared().get(sign.key).valence(Tongue::English);
            if valence != 0 {
                count.add(valence);
                count.emoji += valence;
                self.toned.push(Toned { span: sign.start as usize..sign.end as usize, valence });
            }
        }
        let stress = count.exclamations.min(MOST_EXCLAMATIONS) * LIFT;
        let sum = count.positive - count.negative;
        let sum = sum + sum.signum() * stress;
        self.compound = compound(sum);
        self.mark(&count, tongue, features);
    }

    /// −100 to 100: the valences of all words together, by the rules alone.
    pub fn compound(&self) -> i32 {
        self.compound
    }

    /// The words that carry a valence.
    pub fn toned(&self) -> &[Toned] {
        &self.toned
    }

    /// Looks every word up and tells by the small ones which language's senses count.
    fn look_up(&mut self, features: &Features) -> Tongue {
        let lexicon = Lexicon::shared();
        self.entries.clear();
        self.entries.extend(features.spellings().iter().map(|key| lexicon.get(*key)));
        for (word, key) in features.stretched() {
            if let Some(entry) = self.entries.get_mut(*word as usize)
                && *entry == Entry::NONE
            {
                *entry = lexicon.get(*key);
            }
        }
        let small = |of: fn(&Entry) -> Sense| {
            self.entries.iter().filter(|entry| of(entry) != Sense::NONE && !of(entry).is_valence()).count()
        };
        let (english, french) = (small(|entry| entry.english), small(|entry| entry.french));
        if english.min(french) * 3 > english.max(french) && english.min(french) > 1 {
            Tongue::Both
        } else if french > english {
            Tongue::French
        } else {
            Tongue::English
        }
    }

    fn weigh(&mut self, text: &str, tokens: &Tokens, features: &Features, tongue: Tongue) -> Count {
        let (lexicon, spellings, words) = (Lexicon::shared(), features.spellings(), tokens.words());
        let shouting = is_shouted(text);
        let mut count = Count::default();
        let (mut negation, mut lift, mut dampen) = (None, None, None);
        let mut from = 0;
        for (at, word) in words.iter().enumerate() {
            if breaks(text, from, word.span().start, &mut count) {
                (negation, lift, dampen) = (None, None, None);
            }
            from = word.span().end;
            let entry = self.entries[at];
            let pair = match at.checked_sub(1).map(|before| spellings[before]) {
                Some(before) if before != 0 && spellings[at] != 0 => lexicon.get(pair_key(before, spellings[at])),
                _ => Entry::NONE,
            };
            let of_pair = pair.valence(tongue);
            let valence = if of_pair == 0 { entry.valence(tongue) } else { of_pair };
            let sense = entry.sense(tongue);
            if valence != 0 {
                let near = |mark: Option<usize>, reach: usize| {
                    // What is part of a pair does not also turn it.
                    mark.is_some_and(|mark| at - mark <= reach && (of_pair == 0 || mark + 1 < at))
                };
                let mut weighed = valence;
                if near(lift, NEGATION - 1) {
                    weighed += valence.signum() * LIFT;
                }
                if near(dampen, NEGATION - 1) {
                    weighed -= valence.signum() * LIFT;
                }
                if !shouting && is_capitals(text, word) {
                    weighed += valence.signum() * STRESS;
                }
                if near(negation, NEGATION) {
                    weighed = -weighed * 3 / 4;
                    count.negated += 1;
                }
                count.add(weighed);
                self.toned.push(Toned { span: word.span(), valence: weighed });
            }
            match sense {
                Sense::NOT => negation = Some(at),
                Sense::MORE => lift = Some(at),
                Sense::LESS => dampen = Some(at),
                Sense::BUT => count.but(),
                _ => {}
            }
        }
        breaks(text, from, text.len(), &mut count);
        count
    }

    fn mark(&self, count: &Count, tongue: Tongue, features: &mut Features) {
        let side = if tongue == Tongue::French { FRENCH } else { 0 };
        let step = |size: i32, unit: i32| -> u16 { (size / unit).clamp(0, i32::from(u16::MAX)) as u16 };
        let sizes = [
            (side, STEPS, step(self.compound + 4, 8)),
            (side + STEPS, STEPS, step(4 - self.compound, 8)),
            (COUNTS, 8, step(count.positive, 35)),
            (COUNTS + 8, 8, step(count.negative, 35)),
            (COUNTS + 16, 5, count.positives),
            (COUNTS + 21, 5, count.negatives),
            (COUNTS + 26, 5, step(count.most_positive, 20)),
            (COUNTS + 31, 5, step(count.most_negative, 20)),
            (COUNTS + 36, 3, count.negated),
            (COUNTS + 39, 3, step(count.after_but, 30)),
            (COUNTS + 42, 3, step(-count.after_but, 30)),
            (COUNTS + 45, 4, step(count.emoji, 30)),
            (COUNTS + 49, 4, step(-count.emoji, 30)),
            (COUNTS + 53, 3, step(count.last, 30)),
            (COUNTS + 56, 3, step(-count.last, 30)),
            (COUNTS + 59, 4, if self.compound > 10 { count.exclamations.min(4) as u16 } else { 0 }),
            (COUNTS + 63, 4, if self.compound < -10 { count.exclamations.min(4) as u16 } else { 0 }),
            (COUNTS + 67, 1, u16::from(count.positives + count.negatives == 0)),
            (COUNTS + 68, 1, u16::from(count.positives > 0 && count.negatives > 0)),
            (COUNTS + 69, 1, u16::from(tongue == Tongue::French)),
        ];
        for (base, most, steps) in sizes {
            features.mark_steps(Slots::TONE, base, steps.min(most));
        }
    }
}

/// Marks for the compound on one side.
const STEPS: u16 = 12;
/// The French compound has marks of its own: another lexicon, other steps.
const FRENCH: u16 = 2 * STEPS;
/// The marks after both compounds.
const COUNTS: u16 = 4 * STEPS;

impl Count {
    fn add(&mut self, valence: i32) {
        if valence > 0 {
            self.positive += valence;
            self.positives += 1;
            self.most_positive = self.most_positive.max(valence);
        } else {
            self.negative -= valence;
            self.negatives += 1;
            self.most_negative = self.most_negative.max(-valence);
        }
        self.after_but += valence;
        self.last = valence;
    }

    /// What came before counts half from here on.
    fn but(&mut self) {
        self.positive /= 2;
        self.negative /= 2;
        self.after_but = 0;
    }
}

impl Entry {
    fn valence(self, tongue: Tongue) -> i32 {
        let (english, french) = (self.english.valence(), self.french.valence());
        match tongue {
            Tongue::English => english.unwrap_or(0),
            // French borrows from English; a word both have means what it means in French.
            Tongue::French | Tongue::Both => french.or(english).unwrap_or(0),
        }
    }

    fn sense(self, tongue: Tongue) -> Sense {
        match tongue {
            Tongue::English => self.english,
            Tongue::Both if self.french.is_valence() || self.french == Sense::NONE => self.english,
            Tongue::French | Tongue::Both => self.french,
        }
    }
}

fn compound(sum: i32) -> i32 {
    let root = (sum.unsigned_abs().min(20_000).pow(2) + NORMAL as u32).isqrt() as i32;
    sum.clamp(-20_000, 20_000) * 100 / root.max(1)
}

/// True where what stands between two words ends a clause; counts its exclamation marks.
fn breaks(text: &str, from: usize, to: usize, count: &mut Count) -> bool {
    let between = text.as_bytes().get(from..to).unwrap_or_default();
    if matches!(between, b" " | b"'" | b"") {
        return false;
    }
    count.exclamations += memchr::memchr_iter(b'!', between).count() as i32;
    between.iter().any(|byte| matches!(byte, b'.' | b'!' | b'?' | b',' | b';' | b':' | b'\n'))
}

fn is_capitals(text: &str, word: &Word) -> bool {
    let original = &text.as_bytes()[word.span()];
    original.len() > 1 && original.iter().all(u8::is_ascii_uppercase)
}

/// True when nearly all letters are capitals: then capitals stress nothing.
fn is_shouted(text: &str) -> bool {
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    let small = text.bytes().filter(u8::is_ascii_lowercase).count();
    small * 3 < capitals
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn compound_of(text: &str) -> i32 {
        let (tokens, mut features, mut reading) = (Tokens::of(text), Features::default(), ToneReading::default());
        features.fill(text, &tokens);
        reading.fill(text, &tokens, &mut features);
        reading.compound()
    }

    #[rstest]
    #[case::plain("The crew did a great job", 1)]
    #[case::negated("The crew did not do a great job", -1)]
    #[case::negation_ends("No. Great job", 1)]
    #[case::pair("can't wait for the pool", 1)]
    #[case::french("Bravo à l'équipe, beau travail", 1)]
    #[case::french_negated("C'est pas génial comme travail", -1)]
    #[case::french_word_of_two_languages("Le pain est sur la table", 0)]
    #[case::english_word_of_two_languages("The pain is back", -1)]
    #[case::sign("ok :(", -1)]
    #[case::letter_sign("back home :D", 1)]
    #[case::emoji("bus 4 🤬", -1)]
    #[case::stretched("it is greeeaaat", 1)]
    #[case::nothing("The pool opens at seven", 0)]
    fn the_sign_of_a_text(#[case] text: &str, #[case] sign: i32) {
        assert_eq!(compound_of(text).signum(), sign, "{}", compound_of(text));
    }

    #[rstest]
    #[case::intensifier("very good", "good")]
    #[case::dampener("good", "somewhat good")]
    #[case::capitals("this is GOOD", "this is good")]
    #[case::exclamations("good!!", "good")]
    #[case::but("it is bad but good", "it is good but bad")]
    fn one_is_more_than_the_other(#[case] more: &str, #[case] less: &str) {
        assert!(compound_of(more) > compound_of(less));
    }

    #[test]
    fn the_evidence_is_the_words() {
        let text = "Great crew, awful road";
        let (tokens, mut features, mut reading) = (Tokens::of(text), Features::default(), ToneReading::default());
        features.fill(text, &tokens);
        reading.fill(text, &tokens, &mut features);
        let shown: Vec<(&str, bool)> =
            reading.toned().iter().map(|toned| (&text[toned.span.clone()], toned.valence > 0)).collect();
        assert_eq!(shown, [("Great", true), ("awful", false)]);
    }
}
