//! Intents, English and French: own texts with intents, GoEmotions' gratitude for thanks, and calm comments as what asks for nothing.

use crate::pipeline::model::Head;

use super::super::corpus::{Corpus, Data, Role, role};
use super::super::{Aim, Settings};

/// The heads with the tokens that stand for them in the own texts.
const INTENTS: [(Head, &[&str]); 6] = [
    (Head::Question, &["question"]),
    (Head::Request, &["service_request"]),
    (Head::Complaint, &["complaint"]),
    (Head::Claim, &["claim"]),
    (Head::Thanks, &["thanks"]),
    (Head::Media, &["media", "media_inquiry"]),
];

/// Own texts with their weight, and whether bias and calibration are fitted on some of them: on those that are like a day's mentions.
const OWN: [(&str, f32, bool); 4] =
    [("town.tsv", 3.0, true), ("gold.tsv", 3.0, true), ("urgent.tsv", 2.0, false), ("own_fr.tsv", 1.0, false)];

/// What a comment that has nothing to do with a town weighs.
const CALM: f32 = 0.3;

pub fn recipe(data: &Data, corpus: &mut Corpus) {
    for (head, _) in INTENTS {
        corpus.head(head, Settings { cost: 0.3, balance: 0.5, tells: true, rounds: 12, aim: Aim::F1 });
    }
    for (file, weight, gauge) in OWN {
        for row in data.own(file) {
            let (Some(intents), Some(text)) = (row.get(4), row.get(7)) else { continue };
            let set = match (file, row[0].as_str()) {
                ("own_fr.tsv", _) => "own_fr",
                (_, "fr") => "town fr",
                _ => "town en",
            };
            for (head, tokens) in INTENTS {
                let target = intents.split(',').any(|intent| tokens.contains(&intent));
                corpus.add(head, text, target, weight, role(text, gauge), set);
            }
        }
    }
    comments(data, corpus);
}

/// Thanks are known by their emotion; of the rest, only what is calm, and every sixth of it.
fn comments(data: &Data, corpus: &mut Corpus) {
    for (at, row) in data.set("goemotions_en_dev.tsv").into_iter().enumerate() {
        let [split, labels, text] = &row[..] else { continue };
        let role = if split == "dev" { Role::Held } else { Role::Train };
        let thanks = labels.split(',').any(|label| label == "gratitude");
        if thanks || at.is_multiple_of(3) {
            corpus.add(Head::Thanks, text, thanks, CALM, role, "goemotions");
        }
        if labels == "neutral" && at.is_multiple_of(6) && role == Role::Train {
            for head in [Head::Request, Head::Complaint, Head::Claim, Head::Media] {
                corpus.add(head, text, false, CALM, role, "goemotions");
            }
        }
    }
}
