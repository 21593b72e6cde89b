//! How hard a text is to read: Flesch–Kincaid for English, Kandel–Moles for French.
//!
//! What enters: a text and its language. What leaves: its sentences, words and syllables as counted, and the score of
//! the language's own formula. Links, handles and hashtags are not read and do not count; a number, or a
//! `{variable}`, is one word of one syllable. Short texts swing widely: a score is a hint for the writer, not a mark.
//!
//! English: grade = 0.39 · words/sentences + 11.8 · syllables/words − 15.59 (J. P. Kincaid et al., *Derivation of New
//! Readability Formulas*, Naval Technical Training Command, 1975). French: ease = 207 − 1.015 · words/sentences −
//! 73.6 · syllables/words (L. Kandel and A. Moles, « Application de l'indice de Flesch à la langue française », *Cahiers
//! d'études de radio-télévision* 19, 1958), which puts French on the scale of Flesch's reading ease. There 60 to 70
//! is plain language, read with ease in grade 8 or 9 (R. Flesch, *The Art of Readable Writing*, 1949): so an ease of
//! 60 is taken for grade 8.

mod sentences;
mod syllables;

use crate::mention::Language;

pub use syllables::syllables;

/// Plain language is of this grade or lower.
pub const PLAIN_GRADE: i32 = 8;
/// Plain language is of this reading ease or higher.
pub const PLAIN_EASE: i32 = 60;

/// What the formulas are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences; a line that ends without a full stop is one too.
    pub sentences: usize,
    /// Words that are read.
    pub words: usize,
    /// Their syllables as spoken.
    pub syllables: usize,
}

/// A text's score, rounded, by the formula of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readability {
    /// Flesch–Kincaid: the school grade in which it is read with ease; may be below 0.
    Grade(i32),
    /// Kandel–Moles: from about 0, hardest, to 100, easiest; may lie outside.
    Ease(i32),
}

impl Readability {
    /// True for what most people read without effort.
    pub fn is_plain(self) -> bool {
        match self {
            Self::Grade(grade) => grade <= PLAIN_GRADE,
            Self::Ease(ease) => ease >= PLAIN_EASE,
        }
    }
}

/// Counts what is read of `text`. A language without rules of its own counts as English.
pub fn count(text: &str, language: Language) -> Counts {
    let mut counts = Counts::default();
    for sentence in sentences::of(text) {
        let before = counts.words;
        for word in sentences::words(sentence) {
            counts.words += 1;
            counts.syllables += syllables(word, language);
        }
        counts.sentences += usize::from(counts.words > before);
    }
    counts
}

/// The score of `text`; `None` where there is nothing to read or no formula for the language.
pub fn measure(text: &str, language: Language) -> Option<Readability> {
    let counts = count(text, language);
    if counts.words == 0 {
        return None;
    }
    let length = counts.words as f64 / counts.sentences as f64;
    let weight = counts.syllables as f64 / counts.words as f64;
    match language {
        Language::En => Some(Readability::Grade((0.39 * length + 11.8 * weight - 15.59).round() as i32)),
        Language::Fr => Some(Readability::Ease((207.0 - 1.015 * length - 73.6 * weight).round() as i32)),
        Language::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Boil water for one minute. Let it cool.", Language::En, (2, 8, 10))]
    #[case::half_past("The open house ends at 6 p.m. on Friday.", Language::En, (1, 9, 12))]
    #[case::links("See https://alderbay.ca/water or ask @alderbay. #WaterMain", Language::En, (1, 3, 3))]
    #[case::variable("Hello {name}, thank you.", Language::En, (1, 4, 5))]
    #[case::elision("L'eau est potable. D'ici là, merci!", Language::Fr, (2, 6, 9))]
    #[case::nothing("#Eau @ville …", Language::Fr, (0, 0, 0))]
    fn counts(#[case] text: &str, #[case] language: Language, #[case] expected: (usize, usize, usize)) {
        let counts = count(text, language);
        assert_eq!((counts.sentences, counts.words, counts.syllables), expected);
    }

    #[test]
    fn plain_and_official_language_differ() {
        let plain = |text: &str, language| measure(text, language).is_some_and(Readability::is_plain);
        assert!(plain(
            "Boil your water for one minute before you drink it. We will tell you when it is safe.",
            Language::En
        ));
        assert!(!plain(
            "Notwithstanding the aforementioned infrastructure rehabilitation, municipal authorities anticipate negligible interruption of residential services.",
            Language::En
        ));
        assert!(plain(
            "Faites bouillir l'eau une minute avant de la boire. Nous vous dirons quand ce sera fini.",
            Language::Fr
        ));
        assert!(!plain(
            "Nonobstant la réhabilitation des infrastructures susmentionnées, les autorités municipales anticipent une interruption négligeable des services résidentiels.",
            Language::Fr
        ));
        assert_eq!(measure("…", Language::En), None);
    }
}
