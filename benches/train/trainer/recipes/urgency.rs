//! Urgency: the order of a crisis's posts from CrisisLex T26, by event; what a town must see today and now from own texts.

use std::collections::BTreeMap;

use crate::pipeline::model::Head;

use super::super::corpus::{Corpus, Data, Role, role};
use super::super::{Aim, Settings};

/// Whole crises that are only ever scored.
const HELD: [&str; 4] =
    ["2013_NY_train_crash", "2012_Typhoon_Pablo", "2013_Queensland_floods", "2013_West_Texas_explosion"];

/// What somebody has to act on, where it is informative.
const GRAVE: [&str; 3] = ["Affected individuals", "Caution and advice", "Infrastructure and utilities"];

pub fn recipe(data: &Data, corpus: &mut Corpus) {
    crises(data, corpus);
    let settings = Settings { cost: 0.1, balance: 0.5, tells: true, rounds: 12, aim: Aim::F1 };
    corpus.head(Head::Today, settings);
    corpus.head(Head::Now, settings);
    towns(data, corpus);
    chatter(data, corpus);
}

/// One post of a crisis: yes where it is of the gravest kind, else how much it counts as a no.
struct Post {
    event: String,
    text: String,
    grave: bool,
    weight: f32,
}

fn post(row: Vec<String>) -> Option<Post> {
    let [event, _, _, kind, informative, text]: [String; 6] = row.try_into().ok()?;
    let telling = informative == "Related and informative";
    let grave = telling && GRAVE.contains(&kind.as_str());
    let related = informative.starts_with("Related");
    let weight = if grave || (related && !telling) { 1.0 } else { 0.5 };
    Some(Post { event, text, grave, weight })
}

/// Yes and no weigh the same within each event, so that no word that only names a crisis tells anything.
fn crises(data: &Data, corpus: &mut Corpus) {
    let aim = Aim::AsLearned;
    corpus.head(Head::Urgency, Settings { cost: 0.05, balance: 0.0, tells: true, rounds: 12, aim });
    let posts: Vec<Post> = data.set("crisislex_t26_dev.tsv").into_iter().filter_map(post).collect();
    let mut shares: BTreeMap<&str, [f32; 2]> = BTreeMap::new();
    for post in &posts {
        shares.entry(&post.event).or_default()[usize::from(post.grave)] += post.weight;
    }
    for post in &posts {
        let [no, yes] = shares[post.event.as_str()];
        let even = (no + yes) / 2.0 / if post.grave { yes } else { no };
        let role = if HELD.contains(&post.event.as_str()) { Role::Held } else { Role::Train };
        corpus.add(Head::Urgency, &post.text, post.grave, post.weight * even, role, "crisislex");
    }
}

fn towns(data: &Data, corpus: &mut Corpus) {
    for (file, weight) in [("town.tsv", 2.0), ("urgent.tsv", 2.0), ("own_fr.tsv", 1.0)] {
        for row in data.own(file) {
            let [_, _, _, _, _, danger, urgency, text] = &row[..] else { continue };
            // Threats and the like have rules of their own, and are always "now".
            if danger != "none" {
                continue;
            }
            let Ok(urgency) = urgency.parse::<u8>() else { continue };
            let role = role(text, true);
            corpus.add(Head::Today, text, urgency >= 2, weight, role, "own");
            corpus.add(Head::Now, text, urgency >= 3, weight, role, "own");
        }
    }
}

/// What people say all day asks for nobody: every eighth comment is enough.
fn chatter(data: &Data, corpus: &mut Corpus) {
    for row in data.set("goemotions_en_dev.tsv").into_iter().step_by(8) {
        let [split, _, text] = &row[..] else { continue };
        if split == "train" {
            corpus.add(Head::Today, text, false, 0.2, Role::Train, "goemotions");
            corpus.add(Head::Now, text, false, 0.2, Role::Train, "goemotions");
        }
    }
}
