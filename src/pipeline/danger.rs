//! Dangers: threats, self-harm, private details made public, children at risk, told by rules over words.
//!
//! What enters: a text's tokens. What leaves: each danger at most once, with a confidence and the words that show it. The
//! rules stand in `danger/*.rules`: a rule says how surely it shows a danger, and rules of different families add up, so
//! that two weak signs ("nice house", "be a shame if") make one strong one. Idioms, sports, films, news and quotations take
//! away again. A threat of which rules show only weak signs may be heard by the model; it is never sure then. What is disguised (k1ll, k i l l) is read as what it stands for.
//!
//! No rule speaks of a past event, and none of criticism. A text without one of the words that rules are filed under costs
//! one look at each of its words.

mod disguise;
mod pieces;
mod says;

use std::ops::Range;

use crate::mention::{Confidence, Danger, Span};
use crate::text::tokens::Tokens;

use super::assessment::DangerHit;
use super::lexicon::{Known, Reading};
use super::model::{Features, Head, Model, Scores};
use super::rules::{Book, View as _, Vocabulary};
use pieces::Pieces;
pub(super) use says::{Context, Sign};

/// How many signs are looked for in one text: enough for any person's text, a bound for any other.
const MOST_SIGNS: usize = 64;

/// How many words are tried as the centre of a rule in one text.
const MOST_ANCHORS: usize = 4096;

/// Fewer percent are not worth a word.
const LEAST: Confidence = Confidence::percent(40);

/// What the model must say where a rule shows a sign that is too weak by itself. Alone it is not heard: it has learned from
/// threats against groups, and takes their bare names for one.
const HEARD_WITH_A_SIGN: i32 = 128;

/// A threat that needs the model to be heard is never sure: it is shown as possible.
const MOST_HEARD: u8 = 65;

/// So many words show what the model hears.
const WORDS_HEARD: usize = 3;

/// The rules of each language with the words they share, and of what takes away again.
const SIGNS: [&[&str]; 2] = [
    &[include_str!("danger/en.words"), include_str!("danger/en.rules")],
    &[include_str!("danger/fr.words"), include_str!("danger/fr.rules")],
];
const CONTEXTS: [&[&str]; 2] = [
    &[include_str!("danger/en.words"), include_str!("danger/en.context")],
    &[include_str!("danger/fr.words"), include_str!("danger/fr.context")],
];

/// The rules about dangers.
#[derive(Debug, Default)]
pub(super) struct Rules {
    signs: Book<Sign>,
    contexts: Book<Context>,
}

impl Rules {
    /// Reads the rule files; also returns the lines that do not parse.
    pub(super) fn read(vocabulary: &mut Vocabulary) -> (Self, Vec<&'static str>) {
        let mut rules = Self::default();
        let mut bad = Vec::new();
        for files in SIGNS {
            bad.extend(rules.signs.read(files, vocabulary, Sign::read));
        }
        for files in CONTEXTS {
            bad.extend(rules.contexts.read(files, vocabulary, Context::read));
        }
        (rules, bad)
    }
}

/// A rule that matched.
#[derive(Debug, Clone)]
struct Found {
    sign: Sign,
    span: Span,
    sentence: usize,
    /// What is left of the rule's percent.
    percent: u8,
}

/// The scratch of the search for dangers.
#[derive(Debug, Default)]
pub(super) struct DangerFinder {
    pieces: Pieces,
    found: Vec<Found>,
    /// Where signs of a threat stand that were too weak together.
    weak: Vec<Span>,
}

impl DangerFinder {
    /// The dangers of `text`, the surest first.
    pub(super) fn find(&mut self, text: &str, tokens: &Tokens, reading: &Reading) -> Vec<DangerHit> {
        self.weak.clear();
        let rules = &Known::shared().dangers;
        let anchor = |number| rules.signs.has_anchor(number);
        if !Pieces::worth_a_look(text, tokens, reading, anchor) {
            return Vec::new();
        }
        self.pieces.fill(text, tokens, reading, anchor);
        self.search(rules);
        if self.found.is_empty() {
            return Vec::new();
        }
        self.weigh(rules, text);
        self.conclude()
    }

    /// Adds the threat that the model hears in the text that was searched last, where the rules showed only weak signs of one.
    pub(super) fn hear(&self, dangers: &mut Vec<DangerHit>, scores: &Scores, features: &Features, tokens: &Tokens) {
        let (model, score) = (Model::shared(), scores.of(Head::Safety));
        if self.weak.is_empty() || score <= HEARD_WITH_A_SIGN || dangers.iter().any(|hit| hit.danger == Danger::Threat)
        {
            return;
        }
        let percent = model.percent(Head::Safety, score).clamp(LEAST.as_percent(), MOST_HEARD);
        let mut spans = model.evidence(Head::Safety, features, tokens, WORDS_HEARD);
        spans.extend(self.weak.iter().cloned());
        super::merge_spans(&mut spans);
        dangers.push(DangerHit { danger: Danger::Threat, confidence: Confidence::percent(percent), spans });
        dangers.sort_by_key(|hit| std::cmp::Reverse(hit.confidence));
    }

    /// Collects the signs.
    fn search(&mut self, rules: &Rules) {
        self.found.clear();
        let mut anchors = 0;
        for (at, sentence) in self.pieces.sentences().iter().enumerate() {
            for piece in sentence.clone() {
                if !rules.signs.has_anchor(self.pieces.number(piece)) {
                    continue;
                }
                anchors += 1;
                if anchors > MOST_ANCHORS || self.found.len() >= MOST_SIGNS {
                    return;
                }
                rules.signs.around(
                    piece,
                    sentence,
                    &self.pieces,
                    |_| true,
                    |sign, words| {
                        let span = self.pieces.span(&words);
                        self.found.push(Found { sign: *sign, span, sentence: at, percent: sign.percent });
                    },
                );
            }
        }
    }

    /// Takes away what the surroundings take away.
    fn weigh(&mut self, rules: &Rules, text: &str) {
        for (at, sentence) in self.pieces.sentences().iter().enumerate() {
            for piece in sentence.clone().take(MOST_ANCHORS) {
                rules.contexts.around(
                    piece,
                    sentence,
                    &self.pieces,
                    |_| true,
                    |context, words| {
                        let span = self.pieces.span(&words);
                        for found in &mut self.found {
                            found.percent =
                                context.lower(found.percent, at == found.sentence, meets(&span, &found.span));
                        }
                    },
                );
            }
        }
        for found in &mut self.found {
            if is_quoted(text, &found.span) {
                found.percent = found.percent.saturating_sub(says::QUOTED);
            }
        }
    }

    /// Signs of one family count once, those of different families add up.
    fn conclude(&mut self) -> Vec<DangerHit> {
        self.found.retain(|found| found.percent > 0);
        self.found.sort_by_key(|found| (found.sign.danger, found.sign.family, std::cmp::Reverse(found.percent)));
        let mut hits = Vec::new();
        for of_danger in self.found.chunk_by(|one, other| one.sign.danger == other.sign.danger) {
            let families = of_danger.chunk_by(|one, other| one.sign.family == other.sign.family);
            // The first of a family is its surest.
            let doubt = families.fold(100, |doubt, signs| doubt * (100 - u32::from(signs[0].percent)) / 100);
            let confidence = Confidence::percent((100 - doubt) as u8);
            if confidence < LEAST {
                if of_danger[0].sign.danger == Danger::Threat {
                    self.weak.extend(of_danger.iter().map(|found| found.span.clone()));
                }
                continue;
            }
            let mut spans: Vec<Span> = of_danger.iter().map(|found| found.span.clone()).collect();
            super::merge_spans(&mut spans);
            hits.push(DangerHit { danger: of_danger[0].sign.danger, confidence, spans });
        }
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.confidence));
        hits
    }
}

fn meets(one: &Span, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// True when quotation marks open before the span and close after it: somebody else's words.
fn is_quoted(text: &str, span: &Span) -> bool {
    const WINDOW: usize = 280;
    let from = text.floor_char_boundary(span.start.saturating_sub(WINDOW));
    let to = text.ceil_char_boundary(span.end.saturating_add(WINDOW).min(text.len()));
    let (Some(before), Some(after)) = (text.get(from..span.start), text.get(span.end..to)) else { return false };
    [("“", "”"), ("«", "»"), ("„", "“")]
        .iter()
        .any(|(open, close)| before.rfind(open) > before.rfind(close) && after.contains(close))
        || (before.matches('"').count() % 2 == 1 && after.contains('"'))
}

#[cfg(test)]
mod tests;
