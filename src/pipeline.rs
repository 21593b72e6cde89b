//! What the response plan says about a mention, with the reason for every word of it.
//!
//! What enters: a source's `RawItem` and the plan. What leaves: a clean [`Mention`](crate::mention::Mention) and its
//! [`Assessment`]: what it matches and where, its language and intent, its priority with
//! reasons that add up, the branch of the road map, the clocks. Pure: no file, no network, no clock is read here,
//! and the same mention under the same plan gives the same assessment on every machine.

mod assessment;

pub use assessment::{Assessed, Assessment, Bound, Clocks, Hit, IntentHit, LanguageGuess, Priority, Reason, Why};
