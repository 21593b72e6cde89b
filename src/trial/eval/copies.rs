//! How well near-copies are put together.
//!
//! What enters: posts with the group each belongs to, in the order of arrival. What leaves: of all pairs of posts that were put
//! together the share that belongs together, and of all that belong together the share that was put together. The
//! clusters are those each post was told of when it arrived.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::mention_of;
use super::score::Tally;
use super::table::Labelled;
use crate::mention::MentionId;
use crate::pipeline::{Assessor, History};
use crate::plan::Plan;

/// The figures, in pairs of posts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copies {
    /// Pairs put together rightly, wrongly, and missed.
    pub pairs: Tally,
    /// How many posts there were.
    pub posts: usize,
    /// How many clusters of two and more were made.
    pub clusters: usize,
}

/// Passes the rows through an empty history, a second between two.
pub fn evaluate(rows: &[Labelled<'_>], plan: &Plan, at: DateTime<Utc>) -> Copies {
    let (mut assessor, mut history) = (Assessor::new(), History::new());
    let mut made: HashMap<MentionId, Vec<usize>> = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        let mention = mention_of(row.line, &row.text, at + TimeDelta::seconds(number as i64));
        let assessment = assessor.assess(&mention, plan, &history);
        history.observe(&mention, &assessment, assessor.trace());
        let cluster = assessment.cluster.map_or(mention.id, |cluster| cluster.id);
        made.entry(cluster).or_default().push(number);
    }
    let mut groups: HashMap<&str, usize> = HashMap::new();
    for row in rows {
        *groups.entry(row.label).or_default() += 1;
    }
    let belonging = groups.values().map(|&size| pairs(size)).sum::<usize>();
    let mut copies = Copies { posts: rows.len(), ..Copies::default() };
    for members in made.values().filter(|members| members.len() > 1) {
        let mut by_group: HashMap<&str, usize> = HashMap::new();
        for &member in members {
            *by_group.entry(rows[member].label).or_default() += 1;
        }
        let right = by_group.values().map(|&size| pairs(size)).sum::<usize>();
        copies.clusters += 1;
        copies.pairs.right += right;
        copies.pairs.wrong += pairs(members.len()) - right;
    }
    copies.pairs.missed = belonging - copies.pairs.right;
    copies
}

fn pairs(size: usize) -> usize {
    size * size.saturating_sub(1) / 2
}
