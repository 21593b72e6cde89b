//! A number of a workbook as text: most dates are numbers with a style.

use chrono::{NaiveDate, TimeDelta};

/// What a number is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// A date, a time, or both.
    Date,
}

impl Style {
    /// The styles every workbook has.
    pub(super) fn of_builtin(id: u32) -> Self {
        if matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58) { Self::Date } else { Self::Plain }
    }

    /// A workbook's own style: a date when letters of dates stand outside quotes and brackets.
    pub(super) fn of_code(code: &str) -> Self {
        let mut letters = code.chars();
        let mut end = None;
        while let Some(letter) = letters.next() {
            match (end, letter) {
                (Some(close), letter) if letter == close => end = None,
                (None, '"') => end = Some('"'),
                (None, '[') => end = Some(']'),
                (None, '\\' | '_' | '*') => drop(letters.next()),
                (None, 'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S') => return Self::Date,
                // "General" has no such letter but an `e`; what follows a semicolon is for negative numbers.
                (None, ';') => return Self::Plain,
                // Inside quotes or brackets, or a sign that says nothing.
                _ => {}
            }
        }
        Self::Plain
    }
}

/// A number's text: `12`, `0.5`, `2026-11-20T09:12:44`, `09:12:44`.
pub(super) fn shown(value: &str, style: Style, from_1904: bool) -> String {
    let Ok(number) = value.parse::<f64>() else { return value.to_owned() };
    if style == Style::Date
        && let Some(date) = date(number, from_1904)
    {
        return date;
    }
    // Whole numbers up to 2^53 are exact.
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        return (number as i64).to_string();
    }
    value.to_owned()
}

fn date(days: f64, from_1904: bool) -> Option<String> {
    if !(0.0..3_000_000.0).contains(&days) {
        return None;
    }
    let milliseconds = (days * 86_400_000.0).round() as i64;
    let first = if from_1904 { NaiveDate::from_ymd_opt(1904, 1, 1)? } else { NaiveDate::from_ymd_opt(1899, 12, 30)? };
    let moment = first.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::milliseconds(milliseconds))?;
    let form = if days < 1.0 { "%H:%M:%S" } else { "%Y-%m-%dT%H:%M:%S" };
    Some(moment.format(form).to_string())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::whole("12", Style::Plain, "12")]
    #[case::large("1.795194764E9", Style::Plain, "1795194764")]
    #[case::fraction("0.5", Style::Plain, "0.5")]
    #[case::no_number("n/a", Style::Date, "n/a")]
    #[case::a_date("46346", Style::Date, "2026-11-20T00:00:00")]
    #[case::date_and_time("46346.38384259259", Style::Date, "2026-11-20T09:12:44")]
    #[case::a_time("0.5", Style::Date, "12:00:00")]
    #[case::no_date("-1", Style::Date, "-1")]
    #[case::infinite("1e999", Style::Date, "1e999")]
    fn numbers_are_shown(#[case] value: &str, #[case] style: Style, #[case] text: &str) {
        assert_eq!(shown(value, style, false), text);
    }

    #[rstest]
    #[case("yyyy\\-mm\\-dd hh:mm", Style::Date)]
    #[case("[$-409]d/mmm/yy;@", Style::Date)]
    #[case("General", Style::Plain)]
    #[case("#,##0.00 \"days\"", Style::Plain)]
    #[case("[Red]0.00", Style::Plain)]
    fn codes_tell_dates(#[case] code: &str, #[case] style: Style) {
        assert_eq!(Style::of_code(code), style);
    }
}
