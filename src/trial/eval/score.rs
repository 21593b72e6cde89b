//! The figures of classification, from what was expected and what was said.
//!
//! What enters: pairs of classes, by number, and the confidence shown with the second. What leaves: accuracy, and for
//! each class precision, recall and F1 (van Rijsbergen, *Information Retrieval*, 1979); their means over the classes that were
//! expected at least once; the confusion matrix; the expected calibration error over ten equal bins (Guo et al., *On Calibration
//! of Modern Neural Networks*, 2017). Shares are 0 to 1; what nothing was there to measure is `None`.

use serde::Serialize;

use crate::mention::Confidence;

/// Bins of the calibration error.
const BINS: usize = 10;

/// How often something was rightly said, wrongly said, and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Said, and so.
    pub right: usize,
    /// Said, and not so.
    pub wrong: usize,
    /// So, and not said.
    pub missed: usize,
}

impl Tally {
    /// Counts one: whether it was so, and whether it was said.
    pub fn add(&mut self, expected: bool, said: bool) {
        match (expected, said) {
            (true, true) => self.right += 1,
            (false, true) => self.wrong += 1,
            (true, false) => self.missed += 1,
            (false, false) => {}
        }
    }

    /// Of what was said, the share that was so.
    pub fn precision(self) -> Option<f64> {
        share(self.right, self.right + self.wrong)
    }

    /// Of what was so, the share that was said.
    pub fn recall(self) -> Option<f64> {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both: 0 where everything said was wrong.
    pub fn f1(self) -> Option<f64> {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

/// A share of a count, `None` of nothing.
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Whether the confidence that is shown is deserved.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Calibration {
    bins: [Bin; BINS],
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Bin {
    count: usize,
    right: usize,
    percent: usize,
}

impl Calibration {
    /// Counts one label that was shown with `confidence`.
    pub fn add(&mut self, confidence: Confidence, right: bool) {
        let percent = usize::from(confidence.as_percent());
        let bin = &mut self.bins[(percent * BINS / 100).min(BINS - 1)];
        bin.count += 1;
        bin.right += usize::from(right);
        bin.percent += percent;
    }

    /// The mean distance between confidence and truth, each bin weighing what is in it.
    pub fn error(&self) -> Option<f64> {
        let all: usize = self.bins.iter().map(|bin| bin.count).sum();
        let gaps: f64 = self.bins.iter().map(|bin| (bin.right as f64 - bin.percent as f64 / 100.0).abs()).sum();
        (all > 0).then(|| gaps / all as f64)
    }

    /// The bins in which something is: how many, the mean confidence, the share that was right.
    pub fn bins(&self) -> impl Iterator<Item = (usize, f64, f64)> {
        self.bins.iter().filter(|bin| bin.count > 0).map(|bin| {
            let count = bin.count as f64;
            (bin.count, bin.percent as f64 / 100.0 / count, bin.right as f64 / count)
        })
    }
}

/// The figures of one task.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    classes: &'static [&'static str],
    /// `matrix[expected][said]`.
    matrix: Vec<Vec<usize>>,
    /// Of the labels that were shown with a confidence.
    pub calibration: Calibration,
}

/// One class's figures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassScores {
    /// Its name.
    pub class: &'static str,
    /// How often it was expected.
    pub expected: usize,
    /// Of those said to be it, the share that is.
    pub precision: Option<f64>,
    /// Of those that are it, the share that was said to be.
    pub recall: Option<f64>,
    /// The harmonic mean of both.
    pub f1: Option<f64>,
}

impl Scores {
    /// Nothing was counted yet.
    pub fn new(classes: &'static [&'static str]) -> Self {
        let matrix = vec![vec![0; classes.len()]; classes.len()];
        Self { classes, matrix, calibration: Calibration::default() }
    }

    /// Counts one example. Both numbers are positions in the classes; others are not counted.
    pub fn add(&mut self, expected: usize, said: usize, confidence: Option<Confidence>) {
        if let Some(count) = self.matrix.get_mut(expected).and_then(|row| row.get_mut(said)) {
            *count += 1;
            if let Some(confidence) = confidence {
                self.calibration.add(confidence, expected == said);
            }
        }
    }

    /// The names of the classes.
    pub fn classes(&self) -> &'static [&'static str] {
        self.classes
    }

    /// How often each class was taken for each: a row is what was expected, a column what was said.
    pub fn matrix(&self) -> &[Vec<usize>] {
        &self.matrix
    }

    /// How many examples were counted.
    pub fn count(&self) -> usize {
        self.matrix.iter().flatten().sum()
    }

    /// The share that was right.
    pub fn accuracy(&self) -> Option<f64> {
        let right = (0..self.classes.len()).map(|class| self.matrix[class][class]).sum();
        share(right, self.count())
    }

    /// Each class's figures.
    pub fn by_class(&self) -> Vec<ClassScores> {
        (0..self.classes.len()).map(|class| self.of_class(class)).collect()
    }

    /// The mean of the F1 of the classes that were expected at all.
    pub fn macro_f1(&self) -> Option<f64> {
        self.mean(|class| class.f1)
    }

    /// The mean of their recalls.
    pub fn macro_recall(&self) -> Option<f64> {
        self.mean(|class| class.recall)
    }

    fn of_class(&self, class: usize) -> ClassScores {
        let right = self.matrix[class][class];
        let expected: usize = self.matrix[class].iter().sum();
        let said: usize = self.matrix.iter().map(|row| row[class]).sum();
        let tally = Tally { right, wrong: said - right, missed: expected - right };
        ClassScores {
            class: self.classes[class],
            expected,
            precision: tally.precision(),
            recall: tally.recall(),
            f1: tally.f1(),
        }
    }

    fn mean(&self, figure: impl Fn(&ClassScores) -> Option<f64>) -> Option<f64> {
        let expected: Vec<f64> = self
            .by_class()
            .iter()
            .filter(|class| class.expected > 0)
            .map(|class| figure(class).unwrap_or_default())
            .collect();
        (!expected.is_empty()).then(|| expected.iter().sum::<f64>() / expected.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three a, of which one is taken for b; one b, found.
    fn scores() -> Scores {
        let mut scores = Scores::new(&["a", "b", "c"]);
        for (expected, said) in [(0, 0), (0, 0), (0, 1), (1, 1)] {
            scores.add(expected, said, Some(Confidence::percent(90)));
        }
        scores
    }

    #[test]
    fn figures_are_those_of_the_books() {
        let scores = scores();
        assert_eq!((scores.count(), scores.accuracy()), (4, Some(0.75)));
        let [a, b, c] = scores.by_class()[..] else { panic!("three classes") };
        assert_eq!((a.precision, a.recall, a.f1), (Some(1.0), Some(2.0 / 3.0), Some(0.8)));
        assert_eq!((b.precision, b.recall, b.f1), (Some(0.5), Some(1.0), Some(2.0 / 3.0)));
        assert_eq!((c.expected, c.precision, c.recall, c.f1), (0, None, None, None));
        assert_eq!(
            scores.macro_recall(),
            Some(f64::midpoint(2.0 / 3.0, 1.0)),
            "what nobody expected counts for nothing"
        );
        assert_eq!(scores.matrix()[0], [2, 1, 0]);
    }

    #[test]
    fn the_calibration_error_is_the_distance_from_the_truth() {
        let error = scores().calibration.error().expect("four were counted");
        assert!((error - 0.15).abs() < 1e-9, "90 % sure and right in 75 %: {error}");
        assert_eq!(Calibration::default().error(), None);
    }

    #[test]
    fn nothing_counted_is_no_figure() {
        let scores = Scores::new(&["a", "b"]);
        assert_eq!((scores.accuracy(), scores.macro_f1(), scores.macro_recall()), (None, None, None));
    }
}
