//! How right the labels are, on examples that somebody else has labelled.
//!
//! What enters: a table of labels and texts, read by [`table`], and a task. What leaves: figures: how often a label is
//! right, for each class how many of its own are found and how many found are its own, what is taken for what, and
//! whether the confidence that is shown is deserved. Every judgement is the pipeline's own, made without a plan
//! where the task is about words, and under the given one where it is about a town. Pure, and the same figures every time.

pub mod bursts;
pub mod copies;
pub mod gold;
pub mod labels;
pub mod order;
pub mod score;
pub mod table;

use chrono::{DateTime, Utc};

use crate::mention::{Mention, RawItem};
use crate::pipeline::tidy;
use crate::plan::{Plan, PlanErrors, from_files};

pub use copies::Copies;
pub use score::{Calibration, Scores, Tally};

/// The plan under which words alone are judged: it has nothing to say.
pub fn silent_plan() -> Result<Plan, PlanErrors> {
    let text = "[organization]\nname = \"-\"\nlanguages = [\"en\", \"fr\"]\ntime_zone = \"UTC\"\n";
    from_files(vec![("plan.toml".to_owned(), text.to_owned())]).map(|(plan, _)| plan)
}

/// A post of which nothing but its words is known, posted and received at `at`.
pub fn mention_of(number: usize, text: &str, at: DateTime<Utc>) -> Mention {
    let mut raw = RawItem::new("eval".into(), text.to_owned(), at);
    raw.native_id = Some(number.to_string());
    raw.posted_at = Some(at);
    tidy(raw)
}

#[cfg(test)]
mod tests;
