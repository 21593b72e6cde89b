//! Which texts teach which head what: one file a part, each with a `recipe(data, corpus)`.
//!
//! A recipe reads the sets it wants, says how its heads are trained, and adds examples. It keeps to the split: what
//! [`super::corpus::is_held`] says of a set's key is only ever scored.

mod abuse;
mod danger;
mod intents;
mod tone;
mod urgency;

use super::corpus::{Corpus, Data};

/// A part's examples.
pub type Recipe = fn(&Data, &mut Corpus);

/// Every part, in the order in which they are trained.
pub const RECIPES: &[(&str, Recipe)] = &[
    ("tone", tone::recipe),
    ("abuse", abuse::recipe),
    ("danger", danger::recipe),
    ("intents", intents::recipe),
    ("urgency", urgency::recipe),
];
