//! How soon a mention's words ask for somebody: nothing to do, when convenient, today, now; and a score to order by.
//!
//! What enters: a text's tokens, then what was found out about it. What leaves: first a [`UrgencyReading`], which counts
//! words by what they speak of (people hurt, something out of order, a warning, haste, those who cannot help themselves,
//! the press in a hurry, something that goes round; sympathy and banter) for the model; then an [`Urgency`]. The rules
//! stand in `urgency/*.rules`. Two questions are asked of the model, because they have two answers. In a crisis,
//! which of a thousand posts say what happened to whom and what does not work: that orders. In a town, what must be
//! seen now or today: that is the level. A danger is always "now".

mod reading;

use crate::mention::{Confidence, Danger, Intent, Span};
use crate::text::tokens::Tokens;

use super::assessment::{Assessment, Urgency};
use super::model::{Head, Model, ONE, Scores};
use super::signals::Signals;

pub use reading::UrgencyReading;

/// What a sure danger adds to the score: it comes before whatever is much like it.
const DANGER: i32 = ONE;

/// The most words shown as evidence where no rule shows any.
const MOST_WORDS: usize = 3;

/// The urgency of a text of which everything else was found out.
pub(super) fn judge(signals: &Signals, scores: &Scores, tokens: &Tokens, found: &Assessment) -> Urgency {
    let model = Model::shared();
    let percent = |head: Head| model.percent(head, scores.of(head));
    let (now, today) = (percent(Head::Now), percent(Head::Today));
    let danger = found.dangers.iter().filter(|hit| hit.danger != Danger::Other).map(|hit| hit.confidence).max();
    let (level, confidence) = if let Some(danger) = danger {
        (3, danger.max(Confidence::percent(now)))
    } else if scores.of(Head::Now) > 0 {
        (3, Confidence::percent(now))
    } else if scores.of(Head::Today) > 0 {
        (2, Confidence::percent(today))
    } else {
        let asks = found.intents.iter().any(|hit| hit.intent != Intent::Thanks);
        (u8::from(asks), Confidence::percent(100 - today.max(now)))
    };
    // A danger that is only possible may be anywhere in a crisis: it counts for the level, not for the order.
    let sure = found.dangers.iter().any(|hit| hit.danger != Danger::Other && hit.is_sure());
    let score = scores.of(Head::Urgency) + if sure { DANGER } else { 0 };
    Urgency { level, score, confidence, spans: evidence(level, signals, tokens, found) }
}

/// The words that show a level of 2 and more: the dangers', else the rules', else the model's.
fn evidence(level: u8, signals: &Signals, tokens: &Tokens, found: &Assessment) -> Vec<Span> {
    if level < 2 {
        return Vec::new();
    }
    let mut spans: Vec<Span> = found.dangers.iter().flat_map(|hit| hit.spans.iter().cloned()).collect();
    if spans.is_empty() {
        spans.extend(signals.urgency().evidence());
    }
    if spans.is_empty() {
        let head = if level > 2 { Head::Now } else { Head::Today };
        spans = Model::shared().evidence(head, signals.features(), tokens, MOST_WORDS);
    }
    super::merge_spans(&mut spans);
    spans
}
