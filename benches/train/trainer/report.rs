//! How well the heads do on texts they never saw.
//!
//! What enters: a corpus and a model's bytes. What leaves: lines for a person, one a head and data set.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;

use crate::pipeline::model::{Head, Model};

use super::corpus::{Corpus, Role};
use super::fit::TONES;

/// Writes a line to the standard output; a closed pipe is nobody's error here.
pub fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// Yes and no, said and true.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measured {
    pub yes: f64,
    pub wrong: f64,
    pub missed: f64,
    pub no: f64,
    /// Sums for the calibration: distance of percentage and truth in ten bins of (count, percent, right).
    bins: [(f64, f64, f64); 10],
}

impl Measured {
    fn add(&mut self, said: bool, truth: bool, percent: u8) {
        match (said, truth) {
            (true, true) => self.yes += 1.0,
            (true, false) => self.wrong += 1.0,
            (false, true) => self.missed += 1.0,
            (false, false) => self.no += 1.0,
        }
        let bin = &mut self.bins[usize::from(percent / 10).min(9)];
        bin.0 += 1.0;
        bin.1 += f64::from(percent) / 100.0;
        bin.2 += f64::from(u8::from(truth));
    }

    pub fn precision(&self) -> f64 {
        self.yes / (self.yes + self.wrong).max(1.0)
    }

    pub fn recall(&self) -> f64 {
        self.yes / (self.yes + self.missed).max(1.0)
    }

    pub fn f1(&self) -> f64 {
        2.0 * self.yes / (2.0 * self.yes + self.wrong + self.missed).max(1.0)
    }

    pub fn macro_f1(&self) -> f64 {
        let no = 2.0 * self.no / (2.0 * self.no + self.wrong + self.missed).max(1.0);
        (self.f1() + no) / 2.0
    }

    /// The expected calibration error.
    pub fn calibration_error(&self) -> f64 {
        let all: f64 = self.bins.iter().map(|bin| bin.0).sum();
        self.bins.iter().map(|(_, said, truth)| (said - truth).abs()).sum::<f64>() / all.max(1.0)
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { yes, wrong, missed, no, .. } = self;
        write!(
            f,
            "n {:5} yes {:5} | P {:.3} R {:.3} F1 {:.3} macro F1 {:.3} ECE {:.3}",
            yes + wrong + missed + no,
            yes + missed,
            self.precision(),
            self.recall(),
            self.f1(),
            self.macro_f1(),
            self.calibration_error()
        )
    }
}

/// Every head and data set with examples of `role`.
pub fn measure(corpus: &Corpus, bytes: &[u8], role: Role) -> BTreeMap<(Head, &'static str), Measured> {
    let mut all: BTreeMap<(Head, &'static str), Measured> = BTreeMap::new();
    let Ok(model) = Model::parse(bytes) else { return all };
    for head in corpus.heads().filter(|head| !TONES.contains(head)) {
        for example in corpus.examples(head).iter().filter(|example| example.role == role) {
            let score = model.scores(corpus.rows(example.text)).of(head);
            let percent = model.percent(head, score);
            all.entry((head, example.set)).or_default().add(score > 0, example.target, percent);
        }
    }
    all
}

/// Tone, by data set: the three recalls, their mean, the mean F1, the accuracy and the calibration error.
pub fn measure_tone(corpus: &Corpus, bytes: &[u8], role: Role) -> Vec<String> {
    let mut tables: BTreeMap<&'static str, ([[f64; 3]; 3], Measured)> = BTreeMap::new();
    let Ok(model) = Model::parse(bytes) else { return Vec::new() };
    for (truth, head) in TONES.into_iter().enumerate() {
        for example in corpus.examples(head).iter().filter(|example| example.role == role && example.target) {
            let scores = model.scores(corpus.rows(example.text));
            let scores = TONES.map(|head| scores.of(head));
            let label = (0..3).max_by_key(|tone| (scores[*tone], 2 - *tone)).unwrap_or(1);
            let next = (0..3).filter(|other| *other != label).map(|other| scores[other]).max().unwrap_or(0);
            let percent = model.percent(TONES[label], scores[label] - next);
            let (table, measured) = tables.entry(example.set).or_default();
            table[truth][label] += 1.0;
            measured.add(true, label == truth, percent);
        }
    }
    tables.iter().map(|(set, (table, measured))| tone_line(set, table, measured)).collect()
}

fn tone_line(set: &str, table: &[[f64; 3]; 3], measured: &Measured) -> String {
    let recall = |tone: usize| table[tone][tone] / table[tone].iter().sum::<f64>().max(1.0);
    let f1 = |tone: usize| {
        let said: f64 = table.iter().map(|row| row[tone]).sum();
        2.0 * table[tone][tone] / (said + table[tone].iter().sum::<f64>()).max(1.0)
    };
    let mean = |of: &dyn Fn(usize) -> f64| (0..3).map(of).sum::<f64>() / 3.0;
    let all: f64 = table.iter().flatten().sum();
    let right: f64 = (0..3).map(|tone| table[tone][tone]).sum();
    format!(
        "tone       {set:14} n {all:5} | R neg {:.3} neu {:.3} pos {:.3} mean {:.3} | macro F1 {:.3} accuracy {:.3} ECE {:.3}",
        recall(0),
        recall(1),
        recall(2),
        mean(&recall),
        mean(&f1),
        right / all.max(1.0),
        measured.calibration_error()
    )
}
