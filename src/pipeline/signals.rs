//! Everything that is counted in a text before it is judged: words, letter sequences, and the marks of each part's own lists.
//!
//! What enters: a text and its tokens. What leaves: the [`Features`] the model scores, the same for the trainer as for the
//! desk. A part that counts something of its own adds its marks here, in [`Signals::fill`], and keeps what it found for
//! its evidence. It is scratch: filled again and again, it stops allocating.

use crate::text::tokens::Tokens;

use super::hostility::AbuseReading;
use super::model::Features;
use super::tone::ToneReading;
use super::urgency::UrgencyReading;

/// What was counted in one text.
#[derive(Debug, Default)]
pub struct Signals {
    features: Features,
    tone: ToneReading,
    urgency: UrgencyReading,
    abuse: AbuseReading,
}

impl Signals {
    /// Replaces what was there by what is counted in `text`.
    pub fn fill(&mut self, text: &str, tokens: &Tokens) {
        self.features.fill(text, tokens);
        self.tone.fill(text, tokens, &mut self.features);
        self.urgency.fill(tokens, &mut self.features);
        self.abuse.fill(text, tokens);
        self.abuse.mark(&mut self.features);
    }

    /// The words with a valence.
    pub fn tone(&self) -> &ToneReading {
        &self.tone
    }

    /// What its words speak of, as far as it tells how soon somebody is needed.
    pub fn urgency(&self) -> &UrgencyReading {
        &self.urgency
    }

    /// What is rude or abusive in it.
    pub fn abuse(&self) -> &AbuseReading {
        &self.abuse
    }

    /// What the model scores.
    pub fn features(&self) -> &Features {
        &self.features
    }
}
