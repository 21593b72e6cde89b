//! Numbers, dates and spans of time, written the language's way: the one place that does it.

use chrono::{DateTime, Datelike, TimeZone, Timelike};

use super::{Lang, Locale};

/// A count with its thousands set apart: `1,204` in English, `1 204` (narrow no-break space) in French.
pub fn number(lang: Lang, count: u64) -> String {
    let digits = count.to_string();
    let separator = match lang {
        Lang::En => ',',
        Lang::Fr => '\u{202f}',
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A number of tenths: `2.4` in English, `2,4` in French, `12` where there are none.
pub fn tenths(lang: Lang, tenths: u32) -> String {
    let whole = number(lang, u64::from(tenths / 10));
    match (tenths % 10, lang) {
        (0, _) => whole,
        (tenth, Lang::En) => format!("{whole}.{tenth}"),
        (tenth, Lang::Fr) => format!("{whole},{tenth}"),
    }
}

/// A time of day on the 24-hour clock: `16:45` in English, `16 h 45` in French.
#[derive(Debug, Clone, Copy)]
pub struct Clock24;

impl Clock24 {
    /// Writes the hour and minute of `at` in its own zone.
    pub fn text<Z: TimeZone>(lang: Lang, at: &DateTime<Z>) -> String {
        match lang {
            Lang::En => format!("{:02}:{:02}", at.hour(), at.minute()),
            Lang::Fr => format!("{:02} h {:02}", at.hour(), at.minute()),
        }
    }
}

impl Locale {
    /// `Nov 20, 16:45` or `20 nov., 16 h 45`, in the instant's own zone.
    pub fn date_time<Z: TimeZone>(&self, at: &DateTime<Z>) -> String {
        let time = Clock24::text(self.lang(), at);
        format!("{}, {time}", self.date(at))
    }

    /// `Nov 20` or `20 nov.`, in the instant's own zone.
    pub fn date<Z: TimeZone>(&self, at: &DateTime<Z>) -> String {
        let month = self.word("month", &at.month().to_string());
        match self.lang() {
            Lang::En => format!("{month} {}", at.day()),
            Lang::Fr => format!("{} {month}", at.day()),
        }
    }

    /// A span in its two largest units at most, for a narrow column: `45s` is never shown, `0m`, `12m`, `3h`, `2d`.
    pub fn short_span(&self, span: chrono::TimeDelta) -> String {
        let minutes = span.num_minutes();
        let (amount, unit) = match minutes.abs() {
            0..60 => (minutes, "m"),
            60..1440 => (span.num_hours(), "h"),
            _ => (span.num_days(), if self.lang() == Lang::Fr { "j" } else { "d" }),
        };
        format!("{amount}{unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(number(Lang::En, 1_204_000), "1,204,000");
        assert_eq!(number(Lang::Fr, 1204), "1\u{202f}204");
        assert_eq!(number(Lang::En, 999), "999");
    }

    #[test]
    fn dates_follow_the_language() {
        let at = chrono::Utc.with_ymd_and_hms(2026, 11, 20, 16, 45, 0).single().expect("a valid instant");
        assert_eq!(Locale::new(Lang::En).date_time(&at), "Nov 20, 16:45");
        assert_eq!(Locale::new(Lang::Fr).date_time(&at), "20 nov., 16 h 45");
    }
}
