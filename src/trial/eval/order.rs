//! How well what matters comes first.
//!
//! What enters: posts with the gain of each, 0 for what nobody needs to see, and the event each belongs to. What leaves: for each event
//! and each way to order its posts the normalised discounted cumulative gain of the first hundred (Järvelin and Kekäläinen,
//! *Cumulated Gain-Based Evaluation of IR Techniques*, 2002): the sum of gain ÷ log2(place + 1), as a share of the best possible.
//! Posts an order does not tell apart come in the order of a hash of their text, which is no order of theirs.

use chrono::{DateTime, Utc};

use super::mention_of;
use crate::pipeline::{Assessment, Assessor};
use crate::plan::Plan;
use crate::text::tokens::hash;

/// How many places are looked at.
pub const PLACES: usize = 100;

/// One post of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded<'a> {
    /// The line in the table.
    pub line: usize,
    /// The event.
    pub event: &'a str,
    /// How much it matters.
    pub gain: u32,
    /// Its text.
    pub text: std::borrow::Cow<'a, str>,
}

/// The figures of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered {
    /// Its name.
    pub event: String,
    /// How many posts it has.
    pub posts: usize,
    /// By the urgency of the words, the order of the shipped model.
    pub model: f64,
    /// By level and score under the plan, as the desk orders.
    pub desk: f64,
    /// By a hash: what no order at all gives.
    pub random: f64,
}

/// The gain of a `CrisisLex` post: 3 infrastructure, caution, affected people; 2 other informative ones; 1 related; 0 the rest.
pub fn crisislex_gain(info_type: &str, informativeness: &str) -> u32 {
    let informative = informativeness.eq_ignore_ascii_case("Related and informative");
    let grave = ["Affected individuals", "Caution and advice", "Infrastructure and utilities"];
    match informativeness {
        _ if informative && grave.iter().any(|grave| info_type.eq_ignore_ascii_case(grave)) => 3,
        _ if informative => 2,
        "Related - but not informative" => 1,
        _ => 0,
    }
}

/// Orders each event's posts and grades the orders, the events in the order of their first posts.
pub fn evaluate(posts: &[Graded<'_>], plan: &Plan, at: DateTime<Utc>) -> Vec<Ordered> {
    let mut events: Vec<&str> = Vec::new();
    for post in posts {
        if !events.contains(&post.event) {
            events.push(post.event);
        }
    }
    let mut assessor = Assessor::new();
    let of = |event: &str, assessor: &mut Assessor| {
        let posts: Vec<&Graded<'_>> = posts.iter().filter(|post| post.event == event).collect();
        let assessed: Vec<Assessment> =
            posts.iter().map(|post| assessor.assess_alone(&mention_of(post.line, &post.text, at), plan)).collect();
        let graded = |key: &dyn Fn(&Assessment) -> (i64, i64)| {
            let mut order: Vec<usize> = (0..posts.len()).collect();
            order.sort_by_key(|&post| {
                let (first, second) = key(&assessed[post]);
                (std::cmp::Reverse(first), std::cmp::Reverse(second), hash(&posts[post].text))
            });
            ndcg(&order.iter().map(|&post| posts[post].gain).collect::<Vec<_>>())
        };
        let urgency = |found: &Assessment| i64::from(found.urgency.score);
        let model = graded(&|found| (urgency(found), 0));
        let desk = graded(&|found| (-(found.priority.level as i64), i64::from(found.priority.score)));
        Ordered { event: event.to_owned(), posts: posts.len(), model, desk, random: graded(&|_| (0, 0)) }
    };
    events.into_iter().map(|event| of(event, &mut assessor)).collect()
}

/// The gain of the first places in this order, as a share of the best order's.
pub fn ndcg(gains: &[u32]) -> f64 {
    let mut best = gains.to_vec();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let best = dcg(&best);
    if best > 0.0 { dcg(gains) / best } else { 1.0 }
}

fn dcg(gains: &[u32]) -> f64 {
    let places = gains.iter().take(PLACES).enumerate();
    places.map(|(place, &gain)| f64::from(gain) / ((place + 2) as f64).log2()).sum()
}
