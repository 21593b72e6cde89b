//! What a text's words speak of, as far as it tells how soon somebody is needed.
//!
//! What enters: a text's tokens. What leaves: how many rules of each kind match and where, and marks for the model. It is
//! scratch: filled again and again, it stops allocating.

use std::sync::LazyLock;

use strum::{EnumCount, EnumString, VariantArray};

use crate::mention::Span;
use crate::pipeline::model::{Features, Slots};
use crate::pipeline::rules::{Book, UNKNOWN, View, Vocabulary};
use crate::text::tokens::Tokens;

/// What a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumCount, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case")]
#[repr(u8)]
enum Kind {
    /// Somebody may be hurt at this moment.
    Peril,
    /// People are hurt, dead, missing.
    Hurt,
    /// How many.
    Toll,
    /// A warning, an order to leave, something called off.
    Warning,
    /// Something is destroyed.
    Damage,
    /// Something does not work or is shut.
    Outage,
    /// Somebody reports, from somewhere.
    Source,
    /// There is haste.
    Haste,
    /// Those who cannot help themselves.
    Frail,
    /// The press is in a hurry.
    Deadline,
    /// Something goes round that may not be true.
    Rumour,
    /// Feelings for those it happened to.
    Sympathy,
    /// Gifts and volunteers.
    Giving,
    /// Talk.
    Banter,
}

/// The kinds that show a person why.
const SHOWN: [Kind; 7] =
    [Kind::Peril, Kind::Hurt, Kind::Damage, Kind::Outage, Kind::Haste, Kind::Deadline, Kind::Rumour];

/// Two kinds that tell more together than each alone.
const TOGETHER: [(Kind, Kind); 12] = [
    (Kind::Peril, Kind::Haste),
    (Kind::Peril, Kind::Frail),
    (Kind::Outage, Kind::Haste),
    (Kind::Outage, Kind::Frail),
    (Kind::Damage, Kind::Haste),
    (Kind::Deadline, Kind::Haste),
    (Kind::Hurt, Kind::Toll),
    (Kind::Hurt, Kind::Source),
    (Kind::Damage, Kind::Source),
    (Kind::Warning, Kind::Source),
    (Kind::Rumour, Kind::Peril),
    (Kind::Haste, Kind::Frail),
];

/// A kind gives at most so many marks.
const STEPS: u8 = 3;

/// How many words of a text are looked at: enough for any person's, a bound for any other.
const MOST_WORDS: usize = 4096;

/// Each file has its own names; people mix the languages, and so do the rules.
const FILES: [&str; 2] = [include_str!("en.rules"), include_str!("fr.rules")];

#[derive(Default)]
struct Rules {
    vocabulary: Vocabulary,
    book: Book<Kind>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let (rules, bad) = Rules::read();
    debug_assert!(bad.is_empty(), "rules that do not parse: {bad:?}");
    rules
});

impl Rules {
    fn read() -> (Self, Vec<&'static str>) {
        let Self { mut vocabulary, mut book } = Self::default();
        let read = |file| book.read(&[file], &mut vocabulary, |kind| kind.parse().ok());
        let bad = FILES.into_iter().flat_map(read).collect();
        (Self { vocabulary, book }, bad)
    }
}

/// A text as the rules see it: one sentence, since the rules keep their words close together.
struct Seen<'a>(&'a [u16]);

impl View for Seen<'_> {
    fn number(&self, word: usize) -> u16 {
        self.0.get(word).copied().unwrap_or(UNKNOWN)
    }

    fn begins(&self, word: usize) -> bool {
        word == 0
    }

    fn joined(&self, _word: usize) -> bool {
        false
    }
}

/// What the rules find in one text.
#[derive(Debug, Default)]
pub struct UrgencyReading {
    numbers: Vec<u16>,
    counts: [u8; Kind::COUNT],
    shown: Vec<Span>,
}

impl UrgencyReading {
    /// Replaces what was there by what is found in `tokens`, and marks it in `features`.
    pub fn fill(&mut self, tokens: &Tokens, features: &mut Features) {
        let Rules { vocabulary, book } = &*RULES;
        self.counts = [0; Kind::COUNT];
        self.shown.clear();
        self.numbers.clear();
        let words = tokens.words().get(..MOST_WORDS).unwrap_or(tokens.words());
        self.numbers.extend(words.iter().map(|word| if word.is_gap() { UNKNOWN } else { vocabulary.known(word.hash) }));
        let (seen, all) = (Seen(&self.numbers), 0..words.len());
        for at in all.clone().filter(|at| self.numbers[*at] != UNKNOWN) {
            book.around(
                at,
                &all,
                &seen,
                |_| true,
                |kind, matched| {
                    let count = &mut self.counts[*kind as usize];
                    *count = count.saturating_add(1);
                    if SHOWN.contains(kind) {
                        self.shown.push(words[matched.start].span().start..words[matched.end - 1].span().end);
                    }
                },
            );
        }
        self.mark(features);
    }

    /// How many rules of `kind` match.
    fn count(&self, kind: Kind) -> u8 {
        self.counts[kind as usize]
    }

    /// Where rules match that show a person why, in no order.
    pub fn evidence(&self) -> impl Iterator<Item = Span> + '_ {
        self.shown.iter().cloned()
    }

    fn mark(&self, features: &mut Features) {
        for (at, count) in self.counts.iter().enumerate() {
            features.mark_steps(Slots::URGENCY, at as u16 * u16::from(STEPS), u16::from((*count).min(STEPS)));
        }
        let base = Kind::COUNT as u16 * u16::from(STEPS);
        for (at, (one, other)) in TOGETHER.into_iter().enumerate() {
            if self.count(one) > 0 && self.count(other) > 0 {
                features.mark(Slots::URGENCY, base + at as u16);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::pipeline::rules::unmatchable;

    #[test]
    fn every_line_says_something_that_a_text_can_match() {
        assert_eq!(Rules::read().1, Vec::<&str>::new());
        assert_eq!(unmatchable(&FILES), Vec::<&str>::new());
    }

    #[rstest]
    #[case::gas("strong gas smell by the school", Kind::Peril)]
    #[case::wire("power line down across the sidewalk", Kind::Peril)]
    #[case::french_wire("un fil électrique est à terre", Kind::Peril)]
    #[case::french_gas("ça sent fort le gaz", Kind::Peril)]
    #[case::outage("the streetlight has been out since monday", Kind::Outage)]
    #[case::french_outage("on est sans chauffage depuis hier", Kind::Outage)]
    #[case::press("Producteur à la radio, heure de tombée 16 h", Kind::Deadline)]
    #[case::rumour("paraît que l'eau est bonne", Kind::Rumour)]
    #[case::toll("at least 12 injured", Kind::Toll)]
    #[case::sympathy("thoughts and prayers", Kind::Sympathy)]
    fn tells(#[case] text: &str, #[case] kind: Kind) {
        let mut reading = UrgencyReading::default();
        reading.fill(&Tokens::of(text), &mut Features::default());
        assert!(reading.count(kind) > 0, "{text}: {:?}", reading.counts);
    }

    #[test]
    fn calm_words_are_no_peril() {
        let mut reading = UrgencyReading::default();
        for text in ["what time does the pool open", "la bibliothèque est belle", "6.8% is too much"] {
            reading.fill(&Tokens::of(text), &mut Features::default());
            assert_eq!(reading.count(Kind::Peril), 0, "{text}");
        }
    }
}
