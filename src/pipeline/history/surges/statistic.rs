//! How far a count lies beyond what chance brings, in deviations.
//!
//! What enters: a count, what was expected, and the variance that such counts have. What leaves: the signed root of the
//! deviance of the negative binomial law with that mean and variance: for a law near the normal one, the number of
//! standard deviations; for the long tail of small counts, what its tail probability would be in standard deviations
//! (Barndorff-Nielsen and Cox, *Inference and Asymptotics*, 1994, §6). A count is a whole number and the
//! measure is continuous, so half a post is taken off first.
//!
//! Only +, −, ×, ÷ and square roots, which every machine rounds alike, and a logarithm made of them: the same posts give the
//! same decisions everywhere.

/// Half a post: counts are whole, the measure is not.
const CONTINUITY: f64 = 0.5;

/// Below so many standard deviations nothing is decided, and the plain quotient is near enough.
const PLAIN: f64 = 2.0;

/// A negative binomial law is wider than Poisson's; one as narrow is taken as this much wider.
const WIDER: f64 = 1.02;

/// By how many deviations `count` exceeds `expected`; 0 where it does not. `expected` and `variance` are positive.
pub(super) fn deviations(count: f64, expected: f64, variance: f64) -> f64 {
    let count = count - CONTINUITY;
    let excess = count - expected;
    if excess <= 0.0 {
        return 0.0;
    }
    let squared = excess * excess / variance;
    if squared < PLAIN * PLAIN {
        return squared.sqrt();
    }
    let variance = variance.max(expected * WIDER);
    let size = expected * expected / (variance - expected);
    let deviance = count * ln(count / expected) - (count + size) * ln((count + size) / (expected + size));
    (2.0 * deviance.max(0.0)).sqrt()
}

/// The natural logarithm of a positive number, right to 12 digits: of its power of two and of the rest by the series of
/// the inverse hyperbolic tangent.
fn ln(x: f64) -> f64 {
    const MANTISSA: u64 = 0x000F_FFFF_FFFF_FFFF;
    const ONE: u64 = 0x3FF0_0000_0000_0000;
    let bits = x.to_bits();
    let mut power = f64::from((bits >> 52) as u32) - 1023.0;
    let mut rest = f64::from_bits(bits & MANTISSA | ONE);
    if rest > std::f64::consts::SQRT_2 {
        rest *= 0.5;
        power += 1.0;
    }
    let s = (rest - 1.0) / (rest + 1.0);
    let q = s * s;
    let mut series = 0.0;
    for odd in [17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        series = series * q + 1.0 / odd;
    }
    2.0 * s * series + power * std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(1.0, 0.0)]
    #[case(std::f64::consts::E, 1.0)]
    #[case(0.001, -6.907_755_278_982_137)]
    #[case(12_345.678, 9.421_061_321_291_832)]
    fn the_logarithm_is_right(#[case] x: f64, #[case] expected: f64) {
        assert!((ln(x) - expected).abs() < 1e-11, "{} is not {expected}", ln(x));
    }

    #[test]
    fn more_posts_are_more_deviations_and_more_variance_fewer() {
        let mut last = 0.0;
        for count in 1..200 {
            let now = deviations(f64::from(count), 4.0, 7.0);
            assert!(now >= last - 0.1, "{count} posts: {now} after {last}");
            assert!(deviations(f64::from(count), 4.0, 12.0) <= now);
            last = now;
        }
    }

    #[test]
    fn a_count_as_expected_is_no_deviation() {
        assert!(deviations(4.0, 4.0, 6.0) == 0.0);
    }
}
