//! The linear model: one pass over a text's words gives sixteen scores, and the words that weigh most in each.
//!
//! What enters: the [`Features`] of a text. What leaves: one integer score a [`Head`], its confidence as a percentage, and on
//! demand the evidence. Sixteen heads share one table of weights: a row is sixteen signed bytes, one a head, and a feature's
//! row is read once for all of them. Everything is integer, so that a text scores the same on every machine.
//!
//! The weights are part of the program (`model/weights.bin`, made by `benches/train`); nothing is read or learned at run time.

mod calibration;
mod features;
mod grams;
mod table;

use std::sync::LazyLock;

use strum::{EnumCount, VariantArray};

use crate::mention::Span;
use crate::text::tokens::Tokens;

pub use calibration::{Calibration, KNOTS};
pub use features::{Features, Sign, Slots};
pub use grams::{GRAM_ROWS, key_of, pair_key};
pub use table::{HeadScale, MAGIC, Model, WrongFormat};

/// A score of so much is a margin of one: what the trainer asks of every example.
pub const ONE: i32 = 1 << 10;

/// What the model judges, each by its own weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumCount, VariantArray, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(u8)]
pub enum Head {
    /// The tone is negative.
    Negative,
    /// The tone is neutral.
    Neutral,
    /// The tone is positive.
    Positive,
    /// Offensive in the sense of the public sets: profanity or insult.
    Offensive,
    /// Heated, rude or worse.
    Hostile,
    /// Abusive or worse.
    Abusive,
    /// Somebody may be in danger: a threat, self-harm, doxxing, a child.
    Safety,
    /// Asks something.
    Question,
    /// Needs or reports something a service can act on.
    Request,
    /// Complains.
    Complaint,
    /// Claims something that can be checked.
    Claim,
    /// Thanks.
    Thanks,
    /// Comes from the press and asks as such.
    Media,
    /// In a crisis: says what happened to whom, what does not work, what to do.
    Urgency,
    /// In a town: somebody should see it today.
    Today,
    /// In a town: somebody should see it now.
    Now,
}

/// How many heads a row has.
pub const HEADS: usize = Head::COUNT;

impl Head {
    /// Every head in the order of a row.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Its place in a row.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name in the trainer's reports.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// One score a head; above zero the head says yes, and [`ONE`] is a clear margin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores([i32; HEADS]);

impl Scores {
    /// The score of `head`.
    pub fn of(&self, head: Head) -> i32 {
        self.0[head.index()]
    }
}

static WEIGHTS: &[u8] = include_bytes!("model/weights.bin");

/// Only the header is looked at, once; the table stays where the program was loaded.
static SHARED: LazyLock<Model<'static>> = LazyLock::new(|| {
    let model = Model::parse(WEIGHTS);
    debug_assert!(model.is_ok(), "weights.bin: {:?}", model.as_ref().err());
    model.unwrap_or_default()
});

impl Model<'static> {
    /// The model the program has.
    pub fn shared() -> &'static Self {
        &SHARED
    }
}

impl Model<'_> {
    /// The words that speak most for `head` in a text of which `features` were taken from `tokens`, in the order of the text:
    /// at most `most`, and none that weighs less than a quarter of the heaviest.
    pub fn evidence(&self, head: Head, features: &Features, tokens: &Tokens, most: usize) -> Vec<Span> {
        let mut weighed: Vec<(i64, usize)> = (0..tokens.words().len())
            .map(|word| (self.weight_of_word(head, features, word), word))
            .filter(|(weight, _)| *weight > 0)
            .collect();
        weighed.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let least = weighed.first().map_or(0, |(weight, _)| weight / 4);
        weighed.retain(|(weight, _)| *weight >= least);
        weighed.truncate(most);
        weighed.sort_unstable_by_key(|(_, word)| *word);
        weighed.iter().filter_map(|(_, word)| tokens.words().get(*word)).map(crate::text::tokens::Word::span).collect()
    }
}

#[cfg(test)]
mod tests;
