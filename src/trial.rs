//! The plan tried on examples: its own tests, and what a change of it does to real mentions.
//!
//! What enters: a plan, or an old one and a new one, and mentions. What leaves: for each of the plan's tests what did not
//! come as expected and why it came so; the rules and branches no test touches; what differs between two plans and
//! what that does to the mentions, with examples; how right the labels are, and what of a person's own labels the plan could take over. Every judgement is [`crate::pipeline`]'s own. Pure: no file, no network and
//! no clock is read here, and nothing is remembered between two runs.

pub mod account;
mod case;
pub mod cause;
pub mod changes;
pub mod correct;
pub mod cover;
pub mod diff;
pub mod eval;
mod examine;
pub mod expect;
pub mod learn;
pub mod run;
pub mod wording;

pub use cause::Cause;
pub use changes::{Changed, KeyChange, PlanChange, plan_changes};
pub use cover::{Cover, CoverReport};
pub use diff::{Change, Comparison, Example, Impact, Maker, Moves, Side, impact};
pub use expect::{Ask, Failure};
pub use run::{Trial, Trials};

#[cfg(test)]
mod tests;
