//! Moments as feeds and exports spell them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// From here on a whole number counts milliseconds: as seconds it would lie beyond the year 5000.
const MILLISECONDS_FROM: i64 = 100_000_000_000;

/// Reads RFC 3339, RFC 2822, a date and time without zone (UTC), or a date alone (its midnight, UTC).
pub(super) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.to_utc());
    }
    if let Ok(moment) = DateTime::parse_from_rfc2822(text) {
        return Some(moment.to_utc());
    }
    for form in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"] {
        if let Ok(moment) = NaiveDateTime::parse_from_str(text, form) {
            return Some(moment.and_utc());
        }
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

/// Seconds since 1970, or milliseconds when the number is too large for seconds.
pub(super) fn from_unix(number: i64) -> Option<DateTime<Utc>> {
    if number.abs() >= MILLISECONDS_FROM {
        DateTime::from_timestamp_millis(number)
    } else {
        DateTime::from_timestamp(number, 0)
    }
}
