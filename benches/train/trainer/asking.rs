//! What sentences that end with "?" sound like without it: labels that everybody gives for nothing.
//!
//! What enters: the sentences of all sets, English and French. What leaves: the bytes of `asking/weights.bin`.

use std::collections::BTreeMap;

use crate::pipeline::asking::{ONE, ROWS, Scale, Sounds, Table};
use crate::pipeline::intent::Practice;
use crate::pipeline::phrasing::Ending;

use super::corpus::{Data, Role, readable, role, summed};
use super::solve::{Example, Settings, solve};

/// What an anchor weighs beside the words.
const ANCHORS: f32 = 0.35;

/// A sentence and whether it asked.
pub struct Sentence {
    asks: bool,
    french: bool,
    words: Vec<u16>,
    anchors: Vec<u16>,
    ending: Ending,
    role: Role,
    set: &'static str,
    weight: f32,
}

/// A set of texts.
struct Set {
    name: &'static str,
    /// The project's own.
    own: bool,
    /// Where the text stands in a row.
    column: usize,
    weight: f32,
}

const SETS: [Set; 10] = [
    Set { name: "goemotions_en_dev.tsv", own: false, column: 2, weight: 1.0 },
    Set { name: "crisislex_t26_dev.tsv", own: false, column: 5, weight: 1.0 },
    Set { name: "crisislex_t6_dev.tsv", own: false, column: 2, weight: 1.0 },
    Set { name: "davidson_en.tsv", own: false, column: 4, weight: 0.6 },
    Set { name: "vader_tweets_gt.tsv", own: false, column: 2, weight: 1.0 },
    Set { name: "mlma_en_dev.tsv", own: false, column: 4, weight: 0.6 },
    Set { name: "mlma_fr_dev.tsv", own: false, column: 4, weight: 1.5 },
    Set { name: "own_fr.tsv", own: true, column: 7, weight: 2.0 },
    Set { name: "questions_fr.tsv", own: true, column: 1, weight: 2.0 },
    Set { name: "town.tsv", own: true, column: 7, weight: 2.0 },
];

const HELD_EVENTS: [&str; 4] =
    ["2013_NY_train_crash", "2012_Typhoon_Pablo", "2013_Queensland_floods", "2013_West_Texas_explosion"];

/// Every sentence with two words or more.
pub fn sentences(data: &Data) -> Vec<Sentence> {
    let mut practice = Practice::default();
    let mut found = Vec::new();
    for set in &SETS {
        let rows = if set.own { data.own(set.name) } else { data.set(set.name) };
        for row in rows {
            let Some(text) = row.get(set.column) else { continue };
            let role = match set.name {
                "goemotions_en_dev.tsv" if row[0] == "dev" => Role::Held,
                "crisislex_t26_dev.tsv" if HELD_EVENTS.contains(&row[0].as_str()) => Role::Held,
                "goemotions_en_dev.tsv" | "crisislex_t26_dev.tsv" if role(text, true) == Role::Held => Role::Train,
                "questions_fr.tsv" => Role::Train,
                _ => role(text, true),
            };
            let labelled = set.name == "questions_fr.tsv";
            let french = matches!(set.name, "mlma_fr_dev.tsv" | "questions_fr.tsv") || (set.own && row[0] == "fr");
            let text = readable(text);
            practice.sentences(&text, french, |heard| {
                let asks = if labelled { row[0] == "1" } else { heard.asks };
                if heard.words >= 2 {
                    found.push(Sentence {
                        asks,
                        french,
                        words: heard.sounds.words.clone(),
                        anchors: heard.sounds.anchors.clone(),
                        ending: heard.ending,
                        role,
                        set: set.name,
                        weight: set.weight,
                    });
                }
            });
        }
    }
    found
}

fn vector(sentence: &Sentence) -> Vec<(u32, f32)> {
    let share = 1.0 / (sentence.words.len().max(1) as f32).sqrt();
    let mut all: Vec<(u32, f32)> = sentence.words.iter().map(|row| (u32::from(*row), share)).collect();
    all.extend(sentence.anchors.iter().map(|row| (u32::from(*row), ANCHORS)));
    summed(all)
}

/// What training gives.
pub struct Trained {
    /// The bytes of the table.
    pub bytes: Vec<u8>,
    /// The same without the gauge sentences among what was learned from.
    pub gauged: Vec<u8>,
}

/// The table: trained first without the gauge sentences, on which each language's bias is fitted, and then with them.
pub fn train(sentences: &[Sentence]) -> Trained {
    let learn = |with_gauge: bool| {
        let taken: Vec<&Sentence> = sentences
            .iter()
            .filter(|sentence| sentence.role == Role::Train || (with_gauge && sentence.role == Role::Gauge))
            .collect();
        let vectors: Vec<Vec<(u32, f32)>> = taken.iter().map(|sentence| vector(sentence)).collect();
        let examples: Vec<Example<'_>> = taken
            .iter()
            .zip(&vectors)
            .map(|(sentence, features)| Example { features, target: sentence.asks, weight: sentence.weight })
            .collect();
        let settings = Settings { cost: 0.07, balance: 0.3, tells: true, rounds: 12, aim: super::Aim::F1 };
        solve(&examples, &settings, ROWS)
    };
    let (weights, bias) = learn(false);
    let unfitted = bytes(&weights, bias, [0, 0]);
    let shifts = [false, true].map(|french| shift(&unfitted, sentences, french));
    let gauged = bytes(&weights, bias, shifts);
    let (weights, bias) = learn(true);
    Trained { bytes: bytes(&weights, bias, shifts), gauged }
}

fn bytes(weights: &[f32], bias: f32, [english, french]: [i32; 2]) -> Vec<u8> {
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let unit = sizes.get(16.min(sizes.len() / 100)).map_or(1.0, |most| most / 127.0);
    let rows: Vec<i8> = weights.iter().map(|weight| (weight / unit).round().clamp(-127.0, 127.0) as i8).collect();
    let fixed = |value: f32, unit: f32| (value * unit * ONE as f32).round() as i32;
    let bias = fixed(bias, 1.0);
    let scale = Scale {
        english: bias + english,
        french: bias + french,
        words: fixed(unit, 65536.0),
        anchors: fixed(unit * ANCHORS, 65536.0),
    };
    Table::to_bytes(scale, &rows)
}

/// What is added to the scores of a language so that zero is the best place to say yes.
fn shift(bytes: &[u8], sentences: &[Sentence], french: bool) -> i32 {
    let Some(table) = Table::parse(bytes) else { return 0 };
    let points: Vec<(i32, bool, f32)> = sentences
        .iter()
        .filter(|sentence| sentence.role == Role::Gauge && sentence.french == french)
        .map(|sentence| (score(table, sentence, Ending::None), sentence.asks, sentence.weight))
        .collect();
    let f1 = |cut: i32| {
        let (mut both, mut wrong) = (0.0_f32, 0.0_f32);
        for (score, asks, weight) in &points {
            match (*score > cut, *asks) {
                (true, true) => both += weight,
                (true, false) | (false, true) => wrong += weight,
                (false, false) => {}
            }
        }
        2.0 * both / (2.0 * both + wrong + 1e-6)
    };
    let mut best = (f32::MIN, 0);
    for cut in (-60..=60).map(|step| step * ONE / 40) {
        let value = f1(cut);
        if value > best.0 {
            best = (value, cut);
        }
    }
    -best.1
}

/// How well the sentences of a role are told: a line a set, first as if no sentence had an end, then with the ends they have.
pub fn measure(bytes: &[u8], sentences: &[Sentence], wanted: Role) -> Vec<String> {
    let Some(table) = Table::parse(bytes) else { return Vec::new() };
    let mut counts: BTreeMap<(&str, bool), [[usize; 3]; 2]> = BTreeMap::new();
    for sentence in sentences.iter().filter(|sentence| sentence.role == wanted) {
        let count = counts.entry((sentence.set, sentence.french)).or_default();
        for (count, ending) in count.iter_mut().zip([Ending::None, sentence.ending]) {
            match (score(table, sentence, ending) > 0, sentence.asks) {
                (true, true) => count[0] += 1,
                (true, false) => count[1] += 1,
                (false, true) => count[2] += 1,
                (false, false) => {}
            }
        }
    }
    let f1 = |[hits, wrong, missed]: [usize; 3]| 2.0 * hits as f64 / (2 * hits + wrong + missed).max(1) as f64;
    let line = |((set, french), [bare, ended]): ((&str, bool), [[usize; 3]; 2])| {
        let language = if french { "fr" } else { "en" };
        format!("asking {set:24} {language} F1 {:.3}, with its end {:.3}", f1(bare), f1(ended))
    };
    counts.into_iter().map(line).collect()
}

/// The score of a sentence.
fn score(table: Table<'_>, sentence: &Sentence, ending: Ending) -> i32 {
    table.score(&Sounds::of(sentence.words.clone(), sentence.anchors.clone(), sentence.french, ending))
}
