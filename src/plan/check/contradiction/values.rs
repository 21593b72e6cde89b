//! Fields of which a mention has one value: two that differ exclude each other, and so do bounds without a number
//! between them. Fields that only the desk knows stand in no rule of a plan.

use crate::plan::finding::Clash;
use crate::query::{Comparison, Metric, Test};

/// A field with one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Network,
    Lang,
    Kind,
    Tone,
    Source,
    Followers,
    Likes,
    Reposts,
    Hostility,
}

/// What is known of the fields so far; few, so that a list will do.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    single: Vec<(Slot, Test)>,
    bounds: Vec<(Slot, Bounds)>,
}

/// The lowest and the highest value, each with the test that says so.
#[derive(Debug, Clone)]
struct Bounds {
    low: (i128, String),
    high: (i128, String),
}

impl Values {
    /// Takes in a test that must hold; tells what it cannot hold together with.
    pub(super) fn add(&mut self, test: &Test) -> Option<Clash> {
        if let Some((slot, low, high)) = bounds(test) {
            return self.narrow(slot, (low, high), &test.to_string());
        }
        let slot = slot(test)?;
        match self.single.iter_mut().find(|(known, _)| *known == slot) {
            None => self.single.push((slot, test.clone())),
            Some((_, known)) if !compatible(known, test) => {
                return Some(Clash::Both { first: known.to_string(), second: test.to_string() });
            }
            // `lang:fr-CA` says more than `lang:fr`.
            Some((_, known)) => {
                if test.to_string().len() > known.to_string().len() {
                    known.clone_from(test);
                }
            }
        }
        None
    }

    fn narrow(&mut self, slot: Slot, (low, high): (i128, i128), test: &str) -> Option<Clash> {
        if low > high {
            return Some(Clash::NoValue { test: test.to_owned() });
        }
        let Some((_, bounds)) = self.bounds.iter_mut().find(|(known, _)| *known == slot) else {
            let bounds = Bounds { low: (low, test.to_owned()), high: (high, test.to_owned()) };
            self.bounds.push((slot, bounds));
            return None;
        };
        if low > bounds.low.0 {
            bounds.low = (low, test.to_owned());
        }
        if high < bounds.high.0 {
            bounds.high = (high, test.to_owned());
        }
        let (low, high) = (&bounds.low, &bounds.high);
        (low.0 > high.0).then(|| Clash::Both { first: low.1.clone(), second: high.1.clone() })
    }
}

fn slot(test: &Test) -> Option<Slot> {
    match test {
        Test::Network(_) => Some(Slot::Network),
        Test::Lang(_) => Some(Slot::Lang),
        Test::Kind(_) => Some(Slot::Kind),
        Test::Tone(_) => Some(Slot::Tone),
        Test::Source(pattern) if !pattern.prefix => Some(Slot::Source),
        _ => None,
    }
}

/// Whether a mention can have both.
fn compatible(one: &Test, other: &Test) -> bool {
    match (one, other) {
        (Test::Lang(one), Test::Lang(other)) => {
            let within = |short: &str, long: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
            one == other || within(one, other) || within(other, one)
        }
        (Test::Source(one), Test::Source(other)) => one.id.eq_ignore_ascii_case(&other.id),
        _ => one == other,
    }
}

/// The values a comparison leaves, both ends included.
fn bounds(test: &Test) -> Option<(Slot, i128, i128)> {
    let (slot, comparison, number, most) = match test {
        Test::Metric(metric, comparison, number) => {
            let slot = match metric {
                Metric::Followers => Slot::Followers,
                Metric::Likes => Slot::Likes,
                Metric::Reposts => Slot::Reposts,
            };
            (slot, *comparison, i128::from(*number), i128::from(u64::MAX))
        }
        Test::Hostility(comparison, level) => (Slot::Hostility, *comparison, i128::from(*level), 3),
        _ => return None,
    };
    let (low, high) = match comparison {
        Comparison::Less => (0, number - 1),
        Comparison::LessOrEqual => (0, number),
        Comparison::Equal => (number, number),
        Comparison::GreaterOrEqual => (number, most),
        Comparison::Greater => (number + 1, most),
    };
    Some((slot, low, high.min(most)))
}
