//! Tone, English and French: GoEmotions by the sign of its emotions, tweets with valences, own labels and texts.

use crate::pipeline::model::Head;

use super::super::corpus::{Corpus, Data, Role, role};
use super::super::fit::TONES;
use super::super::{Aim, Settings};

const POSITIVE: &str =
    "admiration amusement approval caring desire excitement gratitude joy love optimism pride relief";
const NEGATIVE: &str =
    "anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness";

pub fn recipe(data: &Data, corpus: &mut Corpus) {
    for head in TONES {
        corpus.head(head, Settings { cost: 0.15, balance: 1.0, tells: true, rounds: 12, aim: Aim::Tone });
    }
    emotions(data, corpus);
    valences(data, corpus);
    own(data, corpus);
}

fn named(tone: &str) -> Option<Head> {
    match tone {
        "neg" => Some(Head::Negative),
        "neu" => Some(Head::Neutral),
        "pos" => Some(Head::Positive),
        _ => None,
    }
}

/// Own texts, and whether they read so much like live mentions that the gauge may rest on them.
const OWN: [(&str, &str, bool); 4] = [
    ("own_fr.tsv", "own_fr", true),
    ("town.tsv", "town", true),
    ("gold.tsv", "gold", true),
    ("tone.tsv", "own_tone", false),
];

fn own(data: &Data, corpus: &mut Corpus) {
    for (file, set) in [("tweets_en.tsv", "tweets_en"), ("tone_tweets_en.tsv", "tone_tweets")] {
        for (text, row) in data.labelled(file) {
            if let Some(tone) = row.get(1).and_then(|tone| named(tone)) {
                add(corpus, &text, tone, 5.0, role(&text, true), set);
            }
        }
    }
    for (file, set, gauge) in OWN {
        for row in data.own(file) {
            let [_, tone, _, _, _, _, _, text, ..] = &row[..] else { continue };
            if let Some(tone) = named(tone) {
                add(corpus, text, tone, 6.0, role(text, gauge), set);
            }
        }
    }
}

fn add(corpus: &mut Corpus, text: &str, tone: Head, weight: f32, role: Role, set: &'static str) {
    for head in TONES {
        corpus.add(head, text, head == tone, weight, role, set);
    }
}

fn emotions(data: &Data, corpus: &mut Corpus) {
    let is_in = |list: &str, label: &str| list.split(' ').any(|word| word == label);
    for row in data.set("goemotions_en_dev.tsv") {
        let [split, labels, text] = &row[..] else { continue };
        let any = |list: &str| labels.split(',').any(|label| is_in(list, label));
        let tone = match (any(POSITIVE), any(NEGATIVE)) {
            (true, false) => Head::Positive,
            (false, true) => Head::Negative,
            (false, false) => Head::Neutral,
            (true, true) => continue,
        };
        let role = if split == "dev" { Role::Held } else { Role::Train };
        add(corpus, text, tone, 0.4, role, "goemotions");
    }
}

fn valences(data: &Data, corpus: &mut Corpus) {
    for row in data.set("vader_tweets_gt.tsv") {
        let [_, valence, text] = &row[..] else { continue };
        let Ok(valence) = valence.parse::<f32>() else { continue };
        let tone = match valence {
            ..-0.8 => Head::Negative,
            0.8.. => Head::Positive,
            _ => Head::Neutral,
        };
        add(corpus, text, tone, 3.0, role(text, true), "vader");
    }
}
