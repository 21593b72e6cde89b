//! Makes the model's weights from labelled texts: the same bytes from the same data, on any machine.
//!
//! What enters: a folder of data sets and the recipes, which turn them into examples for each head. What leaves: the bytes of
//! `weights.bin` and a report of how well each head does on texts it never saw. A head is trained twice: first without its
//! gauge examples, on which its bias and calibration are then fitted, and then with them.
//!
//! Only additions, multiplications, divisions and square roots of IEEE numbers are used, in a fixed order: no `exp`, no `ln` of
//! the platform.

pub mod asking;
pub mod corpus;
mod fit;
pub mod language;
pub mod lexicon;
pub mod recipes;
mod report;
mod solve;

use crate::pipeline::model::{Calibration, HEADS, Head, HeadScale, Model, ONE};

use corpus::{Corpus, LETTERS, MARKS, Role, WORDS};
pub use fit::Aim;
pub use report::{measure, measure_tone, say};
pub use solve::Settings;

/// A head's learned numbers before they lie in the table.
struct Learned {
    head: Head,
    /// The weight of every row.
    weights: Vec<f32>,
    bias: f32,
}

/// What training gives.
pub struct Trained {
    /// The weights: the heads of the corpus are new, the others are as before.
    pub bytes: Vec<u8>,
    /// The same without the gauge examples among what was learned from: their scores under it are honest.
    pub gauged: Vec<u8>,
}

/// Trains the heads of `corpus`; the others stay as they are in `before`.
pub fn train(corpus: &Corpus, before: &[u8]) -> Trained {
    let heads: Vec<Head> = corpus.heads().collect();
    let learn =
        |with_gauge: bool| -> Vec<Learned> { heads.iter().map(|head| learn(corpus, *head, with_gauge)).collect() };
    let first = learn(false);
    let unfitted = bytes_of(&first, before, |_| (0, Calibration::default()));
    let fitted = fit::fit(corpus, &unfitted);
    let fitted = |head: Head| fitted[head.index()];
    Trained { bytes: bytes_of(&learn(true), before, fitted), gauged: bytes_of(&first, before, fitted) }
}

fn learn(corpus: &Corpus, head: Head, with_gauge: bool) -> Learned {
    let examples: Vec<solve::Example<'_>> = corpus
        .examples(head)
        .iter()
        .filter(|example| example.role == Role::Train || (with_gauge && example.role == Role::Gauge))
        .map(|example| solve::Example {
            features: corpus.features(example.text),
            target: example.target,
            weight: example.weight,
        })
        .collect();
    let (weights, bias) = solve::solve(&examples, corpus.settings(head), Model::row_count());
    Learned { head, weights, bias }
}

/// The bytes of `before` with the columns and numbers of what was learned.
fn bytes_of(learned: &[Learned], before: &[u8], fitted: impl Fn(Head) -> (i32, Calibration)) -> Vec<u8> {
    let (mut heads, mut rows) = columns_of(before);
    for Learned { head, weights, bias } in learned {
        let (grams, marks) = weights.split_at(crate::pipeline::model::GRAM_ROWS);
        let (gram_unit, mark_unit) = (unit(grams), unit(marks));
        let at = head.index();
        for (row, weight) in rows.iter_mut().zip(grams) {
            row[at] = quantised(*weight, gram_unit);
        }
        for (row, weight) in rows[grams.len()..].iter_mut().zip(marks) {
            row[at] = quantised(*weight, mark_unit);
        }
        let (shift, calibration) = fitted(*head);
        heads[at] = HeadScale {
            bias: fixed(*bias, 1.0) + shift,
            words: fixed(gram_unit * WORDS, 65536.0),
            letters: fixed(gram_unit * LETTERS, 65536.0),
            marks: fixed(mark_unit * MARKS, 65536.0),
            calibration,
        };
    }
    Model::to_bytes(&heads, &rows)
}

fn columns_of(bytes: &[u8]) -> ([HeadScale; HEADS], Vec<[i8; HEADS]>) {
    let mut heads = [HeadScale::default(); HEADS];
    let mut rows = vec![[0; HEADS]; Model::row_count()];
    if let Ok(model) = Model::parse(bytes) {
        for head in Head::ALL {
            heads[head.index()] = *model.head(*head);
        }
        for (row, bytes) in rows.iter_mut().zip(bytes[bytes.len() - Model::row_count() * HEADS..].chunks_exact(HEADS)) {
            for (weight, byte) in row.iter_mut().zip(bytes) {
                *weight = *byte as i8;
            }
        }
    }
    (heads, rows)
}

/// What a byte of one stands for: the few heaviest weights are cut off, so that the many light ones keep their order.
fn unit(weights: &[f32]) -> f32 {
    const CUT: usize = 24;
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let cut = CUT.min(sizes.len() / 100);
    sizes.get(cut).map_or(1.0, |most| most / 127.0)
}

fn quantised(weight: f32, unit: f32) -> i8 {
    (weight / unit).round().clamp(-127.0, 127.0) as i8
}

fn fixed(value: f32, unit: f32) -> i32 {
    (f64::from(value) * f64::from(unit) * f64::from(ONE)).round() as i32
}
