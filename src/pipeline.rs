//! What the response plan says about a mention, with the reason for every word of it.
//!
//! What enters: a source's `RawItem` and the plan. What leaves: a clean [`Mention`](crate::mention::Mention) and its
//! [`Assessment`]: what it matches and where, its language and intent, its priority with
//! reasons that add up, the branch of the road map, the clocks. Pure: no file, no network, no clock is read here,
//! and the same mention under the same plan gives the same assessment on every machine.

pub mod asking;
mod assess;
mod assessment;
mod danger;
#[cfg(test)]
pub(crate) mod fixtures;
mod history;
pub mod hostility;
mod identify;
pub mod intent;
pub mod language;
mod lexicon;
mod matching;
pub mod model;
mod normalise;
pub mod phrasing;
mod post_type;
mod prioritise;
mod relevance;
mod rules;
mod seen;
mod sentiment;
mod sieve;
pub mod signals;
mod subject;
pub mod tone;
mod urgency;
mod verdicts;
pub mod worker;

use crate::mention::Span;

pub use assess::{Assessor, assess};
pub use assessment::{
    Assessed, Assessment, Bound, Clocks, ClusterRef, DangerHit, Election, Hit, Hostility, IntentHit, Kept,
    LanguageGuess, PlaceHit, Priority, Reason, SurgeHit, ToneGuess, TypeGuess, Urgency, Why,
};
pub use history::surges::{Counted, Gauge, Surge};
pub use history::{History, Memories, Memory, Trace, clusters};
pub use normalise::{normalise, tidy};
pub use prioritise::HIGHEST_SCORE;
pub use seen::{Fired, Seen};
pub use sieve::{Sieve, Sighting};
pub(crate) use subject::from_mention;

/// Sorts spans and joins those that touch.
fn merge_spans(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
}

#[cfg(test)]
mod tests;
