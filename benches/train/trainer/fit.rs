//! Where a head says yes, and how surely: bias and calibration, fitted on gauge examples.
//!
//! What enters: a model trained without the gauge examples. What leaves: a shift of each head's bias and its calibration. The
//! three heads of tone are fitted together: the largest of them is the label, and their calibrations tell from the distance
//! to the next how often that label is right.

use std::collections::BTreeMap;

use crate::pipeline::model::{Calibration, HEADS, Head, KNOTS, Model, ONE};

use super::corpus::{Corpus, Example, Role};

/// What a head's bias is fitted for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// The best mean of the F1 of yes and of no.
    MacroF1,
    /// The best F1 of yes.
    F1,
    /// At least so much recall, in percent, and then the most precision.
    Recall(u8),
    /// One of three tones: the best mean recall of all three.
    Tone,
    /// The bias stays as learned.
    AsLearned,
}

/// The three tones in the order of their heads.
pub const TONES: [Head; 3] = [Head::Negative, Head::Neutral, Head::Positive];

/// Below a score of `-REACH` and above `REACH` a percentage changes no more.
const REACH: i32 = 2 * ONE;
/// Gauge examples pooled at least for one point of a calibration.
const POOL: f64 = 12.0;

type Fitted = [(i32, Calibration); HEADS];

/// One gauge example's score.
#[derive(Debug, Clone, Copy)]
struct Point {
    score: i32,
    target: bool,
    weight: f64,
}

/// The shift and calibration of every head of `corpus` under the model in `bytes`.
pub fn fit(corpus: &Corpus, bytes: &[u8]) -> Fitted {
    let mut fitted = [(0, Calibration::default()); HEADS];
    let Ok(model) = Model::parse(bytes) else { return fitted };
    for head in corpus.heads() {
        let aim = corpus.settings(head).aim;
        if aim == Aim::Tone {
            continue;
        }
        let mut points: Vec<Point> = gauges(corpus, head)
            .map(|example| Point {
                score: model.scores(corpus.rows(example.text)).of(head),
                target: example.target,
                weight: f64::from(example.weight),
            })
            .collect();
        let shift = shift(&points, aim);
        for point in &mut points {
            point.score += shift;
        }
        fitted[head.index()] = (shift, calibration(points));
    }
    tone(corpus, &model, &mut fitted);
    fitted
}

fn gauges(corpus: &Corpus, head: Head) -> impl Iterator<Item = &Example> {
    corpus.examples(head).iter().filter(|example| example.role == Role::Gauge)
}

/// What is added to every score so that zero is the best place to say yes.
fn shift(points: &[Point], aim: Aim) -> i32 {
    if aim == Aim::AsLearned || points.is_empty() {
        return 0;
    }
    let mut best = (f64::MIN, 0);
    for step in -150..=150 {
        let cut = step * (ONE / 50);
        let (mut both, mut only_said, mut only_true, mut neither) = (0.0, 0.0, 0.0, 0.0);
        for point in points {
            match (point.score > cut, point.target) {
                (true, true) => both += point.weight,
                (true, false) => only_said += point.weight,
                (false, true) => only_true += point.weight,
                (false, false) => neither += point.weight,
            }
        }
        let f1 = |hit: f64, wrong: f64, missed: f64| 2.0 * hit / (2.0 * hit + wrong + missed + 1e-9);
        let (precision, recall) = (both / (both + only_said + 1e-9), both / (both + only_true + 1e-9));
        let value = match aim {
            Aim::F1 => f1(both, only_said, only_true),
            Aim::Recall(percent) if recall * 100.0 >= f64::from(percent) => 1.0 + precision,
            Aim::Recall(_) => recall,
            Aim::MacroF1 | Aim::Tone | Aim::AsLearned => {
                f1(both, only_said, only_true) + f1(neither, only_true, only_said)
            }
        };
        if value > best.0 + 1e-9 {
            best = (value, cut);
        }
    }
    -best.1
}

/// How often yes is right by score: rising, pooled (Zadrozny and Elkan, 2002), read off at the knots.
fn calibration(mut points: Vec<Point>) -> Calibration {
    let step = 2 * REACH / (KNOTS as i32 - 1);
    if points.len() < 20 {
        return Calibration::default();
    }
    points.sort_by_key(|point| point.score);
    let mean = points.iter().map(|point| point.weight).sum::<f64>() / points.len() as f64;
    // Blocks of (sum of scores, yes, all), merged until they rise and none is too small.
    let mut blocks: Vec<(f64, f64, f64)> = Vec::new();
    for point in points {
        let weight = point.weight / mean;
        blocks.push((f64::from(point.score) * weight, if point.target { weight } else { 0.0 }, weight));
        while let [.., a, b] = blocks[..]
            && (a.1 / a.2 >= b.1 / b.2 || a.2 < POOL)
        {
            blocks.truncate(blocks.len() - 2);
            blocks.push((a.0 + b.0, a.1 + b.1, a.2 + b.2));
        }
    }
    let line: Vec<(f64, f64)> =
        blocks.iter().map(|block| (block.0 / block.2, (block.1 + 0.5) / (block.2 + 1.0))).collect();
    let mut parts = [0; KNOTS];
    for (knot, part) in parts.iter_mut().enumerate() {
        let score = f64::from(-REACH + step * knot as i32);
        *part = (at(&line, score) * 10_000.0).round().clamp(0.0, 10_000.0) as u16;
    }
    Calibration { first: -REACH, step, parts }
}

/// The height of a line through points at `score`; level before the first and after the last.
fn at(line: &[(f64, f64)], score: f64) -> f64 {
    let after = line.partition_point(|(position, _)| *position <= score);
    match (after.checked_sub(1).and_then(|before| line.get(before)), line.get(after)) {
        (Some(before), Some(after)) => before.1 + (after.1 - before.1) * (score - before.0) / (after.0 - before.0),
        (Some(only), None) | (None, Some(only)) => only.1,
        (None, None) => 0.5,
    }
}

/// One gauge text's three scores and its tone.
struct Toned {
    scores: [i32; 3],
    tone: usize,
    weight: f64,
    set: &'static str,
}

fn tone(corpus: &Corpus, model: &Model<'_>, fitted: &mut Fitted) {
    let mut toned: Vec<Toned> = Vec::new();
    for (tone, head) in TONES.into_iter().enumerate() {
        for example in gauges(corpus, head).filter(|example| example.target) {
            let scores = model.scores(corpus.rows(example.text));
            let weight = f64::from(example.weight);
            toned.push(Toned { scores: TONES.map(|head| scores.of(head)), tone, weight, set: example.set });
        }
    }
    if toned.is_empty() {
        return;
    }
    let shifts = tone_shifts(&toned);
    for (tone, head) in TONES.into_iter().enumerate() {
        let points = toned.iter().filter_map(|text| {
            let mut scores = text.scores;
            for (score, shift) in scores.iter_mut().zip(shifts) {
                *score += shift;
            }
            let next = (0..3).filter(|other| *other != tone).map(|other| scores[other]).max()?;
            let margin = scores[tone] - next;
            (margin >= 0).then_some(Point { score: margin, target: text.tone == tone, weight: text.weight })
        });
        fitted[head.index()] = (shifts[tone], calibration(points.collect()));
    }
}

/// Shifts of the three scores for the best mean recall, taken set by set: each has its own share of the tones. Found by going
/// along one shift and then the other; of two that are equally good, the smaller one.
fn tone_shifts(toned: &[Toned]) -> [i32; 3] {
    let mut sets: BTreeMap<&str, Vec<&Toned>> = BTreeMap::new();
    for text in toned {
        sets.entry(text.set).or_default().push(text);
    }
    let value = |shifts: [i32; 3]| -> f64 {
        let recall: f64 = sets.values().map(|set| mean_recall(set, shifts)).sum();
        let size = f64::from(shifts[0].abs() + shifts[2].abs()) / f64::from(ONE);
        recall / sets.len() as f64 - size * COST_OF_SHIFT
    };
    let mut shifts = [0; 3];
    let mut best = value(shifts);
    for _ in 0..6 {
        for tone in [0, 2] {
            for step in -75..=75 {
                let mut tried = shifts;
                tried[tone] = step * (ONE / 50);
                let found = value(tried);
                if found > best + 1e-9 {
                    (best, shifts) = (found, tried);
                }
            }
        }
    }
    shifts
}

/// What a shift of one margin costs in recall: a flat optimum is not followed into a corner.
const COST_OF_SHIFT: f64 = 0.02;

fn mean_recall(toned: &[&Toned], shifts: [i32; 3]) -> f64 {
    let (mut right, mut all) = ([0.0; 3], [1e-9; 3]);
    for text in toned {
        all[text.tone] += text.weight;
        let label = (0..3).max_by_key(|tone| (text.scores[*tone] + shifts[*tone], 2 - *tone)).unwrap_or(1);
        if label == text.tone {
            right[text.tone] += text.weight;
        }
    }
    (0..3).map(|tone| right[tone] / all[tone]).sum::<f64>() / 3.0
}
