//! The tone of a mention: what the model and the lexicon together say of how it feels about its subject.
//!
//! What enters: the signals of a text and the model's scores. What leaves: a [`ToneGuess`]. The largest of three scores is what
//! the tone leans to; its distance from the next one tells how sure that is, as calibrated on texts nothing was learned from.
//! Below [`SURE`] the label is unsure.
//!
//! Tone is about what is said of the subject, so the other labels are heard as well, and this comes after them: abuse and
//! threats speak against somebody, a complaint is against something, thanks are for somebody, and the press only asks.

use crate::mention::{Confidence, Danger, Intent, Span, Tone};
use crate::text::tokens::{Tokens, Word};

use super::assessment::{Assessment, ToneGuess};
use super::model::{Head, Model, ONE, Scores};
use super::signals::Signals;

/// From here on the leaning is the label.
const SURE: Confidence = Confidence::percent(50);
/// So many words are shown for a label at most, besides those of the lexicon.
const MOST_WORDS: usize = 2;

/// The three tones in the order in which a tie is decided.
const TONES: [(Head, Tone); 3] =
    [(Head::Neutral, Tone::Neutral), (Head::Negative, Tone::Negative), (Head::Positive, Tone::Positive)];

/// What another label adds to a tone's score when it is plain, and when it only hints.
const PLAIN: i32 = 2 * ONE;
const HINT: i32 = ONE / 2;

/// The tone of the text that `signals` were taken from; `found` has its hostility, dangers and intents.
pub(super) fn tone(tokens: &Tokens, signals: &Signals, scores: &Scores, found: &Assessment) -> ToneGuess {
    if tokens.words().iter().all(Word::is_gap) && signals.tone().toned().is_empty() {
        return ToneGuess::default();
    }
    let [mut first, mut second] = [(i32::MIN, TONES[0]); 2];
    for tone in TONES {
        let score = scores.of(tone.0) + of_labels(tone.1, found);
        if score > first.0 {
            (second, first) = (first, (score, tone));
        } else if score > second.0 {
            second = (score, tone);
        }
    }
    let (head, leaning) = first.1;
    let model = Model::shared();
    let confidence = Confidence::percent(model.percent(head, first.0.saturating_sub(second.0)));
    let label = if confidence >= SURE { leaning } else { Tone::Unsure };
    ToneGuess { label, leaning, score: polarity(leaning, scores), confidence, spans: evidence(head, tokens, signals) }
}

/// What the other labels add to the score of `tone`.
fn of_labels(tone: Tone, found: &Assessment) -> i32 {
    let hint = |holds: bool, adds: i32| if holds { adds } else { 0 };
    let complains = found.has_intent(Intent::Complaint);
    match tone {
        Tone::Negative => {
            let threat = found.dangers.iter().any(|hit| hit.danger == Danger::Threat && hit.is_sure());
            hint(found.hostility.level >= 2 || threat, PLAIN)
                + hint(found.hostility.level == 1, HINT)
                + hint(complains, HINT)
        }
        Tone::Positive => hint(found.has_intent(Intent::Thanks) && !complains, HINT),
        Tone::Neutral => hint(found.has_intent(Intent::MediaInquiry), HINT),
        Tone::Unsure => 0,
    }
}

/// −100 to 100: how much more the text is for than against, halved where it leans to neither.
fn polarity(leaning: Tone, scores: &Scores) -> i8 {
    let distance = i64::from(scores.of(Head::Positive)) - i64::from(scores.of(Head::Negative));
    let share = distance * 100 / (distance.abs() + i64::from(ONE));
    let share = if leaning == Tone::Neutral { share / 2 } else { share };
    share.clamp(-100, 100) as i8
}

/// The words of the lexicon on the label's side, and those the model weighs most.
fn evidence(head: Head, tokens: &Tokens, signals: &Signals) -> Vec<Span> {
    let side = match head {
        Head::Positive => 1,
        Head::Negative => -1,
        _ => return Vec::new(),
    };
    let mut spans = Model::shared().evidence(head, signals.features(), tokens, MOST_WORDS);
    let toned = signals.tone().toned().iter().filter(|toned| toned.valence.signum() == side);
    spans.extend(toned.map(|toned| toned.span.clone()));
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup();
    spans
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn of(text: &str) -> ToneGuess {
        let (tokens, mut signals) = (Tokens::of(text), Signals::default());
        signals.fill(text, &tokens);
        tone(&tokens, &signals, &Model::shared().scores(signals.features()), &Assessment::pending())
    }

    #[rstest]
    #[case::thanks("Huge thanks to the crew that cleared our street, you are amazing", Tone::Positive)]
    #[case::anger("This is a disgrace, the worst road in the province and nobody cares", Tone::Negative)]
    #[case::notice("The council meets on Tuesday at seven in the library", Tone::Neutral)]
    #[case::french_thanks("Merci beaucoup aux pompiers, vous êtes formidables", Tone::Positive)]
    #[case::french_anger("Quelle honte, encore une rue pleine de trous, j'en ai marre", Tone::Negative)]
    #[case::french_notice("La séance du conseil aura lieu mardi à 19 h à la bibliothèque", Tone::Neutral)]
    fn plain_cases(#[case] text: &str, #[case] tone: Tone) {
        let guess = of(text);
        assert_eq!(guess.label, tone, "{guess:?}");
        let side = match tone {
            Tone::Positive => 1,
            Tone::Negative => -1,
            _ => 0,
        };
        assert!(side == 0 || guess.score.signum() == side, "{guess:?}");
        assert!(side == 0 || !guess.spans.is_empty(), "{guess:?}");
    }

    #[test]
    fn a_text_without_words_is_unsure() {
        assert_eq!(of("@alderbay https://alderbay.example"), ToneGuess::default());
    }
}
