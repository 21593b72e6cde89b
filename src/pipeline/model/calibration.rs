//! From a score to a percentage that means what it says.
//!
//! What enters: a score. What leaves: how often, of a hundred texts with such a score, the head was right to say yes, as measured
//! on texts it was not trained on. A table of [`KNOTS`] points, straight lines between them, integers only.

/// The points of a calibration.
pub const KNOTS: usize = 33;

/// A rising line through [`KNOTS`] points at equal distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calibration {
    /// The score of the first point.
    pub first: i32,
    /// The distance of two points, 1 at least.
    pub step: i32,
    /// The percentage at each point, in hundredths of a percent.
    pub parts: [u16; KNOTS],
}

impl Default for Calibration {
    /// Half at zero, rising to nearly sure at two margins.
    fn default() -> Self {
        let step = super::ONE / 8;
        let mut parts = [0; KNOTS];
        for (knot, part) in parts.iter_mut().enumerate() {
            *part = 200 + 300 * knot as u16;
        }
        Self { first: -16 * step, step, parts }
    }
}

impl Calibration {
    /// The percentage of `score`, 0 to 100.
    pub fn percent(&self, score: i32) -> u8 {
        let span = i64::from(self.step.max(1));
        let past = (i64::from(score) - i64::from(self.first)).clamp(0, span * (KNOTS as i64 - 1));
        let (knot, rest) = ((past / span) as usize, past % span);
        let here = i64::from(self.parts[knot]);
        let next = i64::from(self.parts[(knot + 1).min(KNOTS - 1)]);
        let parts = here + (next - here) * rest / span;
        ((parts + 50) / 100).clamp(0, 100) as u8
    }
}
