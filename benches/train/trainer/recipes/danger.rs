//! Dangers, English and French: a threat, self-harm, private details, a child at risk; recall first.
//!
//! What threatens was written by us, or stands in those templates of HateCheck that are there to learn from. What does not
//! is everything else: posts of crises, calm comments, and every sentence that only sounds like it.

use crate::pipeline::model::Head;

use super::super::corpus::{Corpus, Data, Role, is_held, role};
use super::super::{Aim, Settings};

pub fn recipe(data: &Data, corpus: &mut Corpus) {
    corpus.head(Head::Safety, Settings { cost: 0.15, balance: 1.0, tells: true, rounds: 12, aim: Aim::Recall(70) });
    own(data, corpus);
    templates(data, corpus);
    ordinary(data, corpus);
}

fn own(data: &Data, corpus: &mut Corpus) {
    for (file, weight) in
        [("own_fr.tsv", 3.0), ("town.tsv", 4.0), ("gold.tsv", 4.0), ("dangers.tsv", 1.0), ("threats.tsv", 3.0)]
    {
        for row in data.own(file) {
            let [_, _, _, _, _, danger, _, text, ..] = &row[..] else { continue };
            // Other dangers are found by rules alone, and say nothing of threats either way.
            if !matches!(danger.as_str(), "threat" | "none") {
                continue;
            }
            corpus.add(Head::Safety, text, danger == "threat", weight, role(text, file != "dangers.tsv"), file);
        }
    }
}

fn templates(data: &Data, corpus: &mut Corpus) {
    for file in ["hatecheck_en_dev.tsv", "hatecheck_fr_dev.tsv"] {
        for row in data.set(file) {
            let [_, function, _, template, text] = &row[..] else { continue };
            // Some of the other functions threaten too: these say nothing either way.
            let threat = function.starts_with("threat");
            if !threat && !function.ends_with("_nh") || function.starts_with("target_") {
                continue;
            }
            let role = role(&format!("{template}{function}"), false);
            corpus.add(Head::Safety, text, threat, if threat { 1.0 } else { 0.3 }, role, "hatecheck");
        }
    }
}

fn ordinary(data: &Data, corpus: &mut Corpus) {
    for row in data.set("goemotions_en_dev.tsv") {
        let [split, _, text] = &row[..] else { continue };
        let role = if split == "dev" { Role::Held } else { Role::Train };
        corpus.add(Head::Safety, text, false, 0.3, role, "goemotions");
    }
    for row in data.set("crisislex_t26_dev.tsv") {
        const HELD: [&str; 4] =
            ["2013_NY_train_crash", "2012_Typhoon_Pablo", "2013_Queensland_floods", "2013_West_Texas_explosion"];
        let [event, _, _, _, _, text] = &row[..] else { continue };
        let role = if HELD.contains(&event.as_str()) { Role::Held } else { Role::Train };
        corpus.add(Head::Safety, text, false, 0.5, role, "crisislex");
    }
    for row in data.set("vader_tweets_gt.tsv") {
        let [_, _, text] = &row[..] else { continue };
        corpus.add(Head::Safety, text, false, 1.0, role(text, false), "vader");
    }
    for (file, set) in [("mlma_en_dev.tsv", "mlma_en"), ("mlma_fr_dev.tsv", "mlma_fr")] {
        for row in data.set(file) {
            let [id, labels, _, _, text] = &row[..] else { continue };
            let held = if is_held(id) { Role::Held } else { Role::Train };
            if labels == "normal" {
                corpus.add(Head::Safety, text, false, 1.0, held, set);
            }
        }
    }
}
