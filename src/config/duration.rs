//! Durations as people write them: a whole number and one unit.

use std::time::Duration;

/// Reads `"90s"`, `"15m"`, `"4h"` or `"2d"`; anything else, zero included, is `None`.
pub fn parse(text: &str) -> Option<Duration> {
    let unit = text.chars().last()?;
    let amount: u64 = text.strip_suffix(unit)?.parse().ok().filter(|amount| *amount > 0)?;
    let seconds: u64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    amount.checked_mul(seconds).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::seconds("90s", Some(90))]
    #[case::minutes("15m", Some(900))]
    #[case::hours("4h", Some(14_400))]
    #[case::days("2d", Some(172_800))]
    #[case::zero("0s", None)]
    #[case::no_unit("15", None)]
    #[case::unknown_unit("15w", None)]
    #[case::negative("-5m", None)]
    #[case::too_much("18446744073709551615d", None)]
    #[case::wide_unit("5µ", None)]
    #[case::empty("", None)]
    fn durations_are_read(#[case] text: &str, #[case] seconds: Option<u64>) {
        assert_eq!(parse(text), seconds.map(Duration::from_secs));
    }
}
