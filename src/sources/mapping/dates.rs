//! Moments as exports spell them.
//!
//! What enters: a cell. What leaves: an instant, or nothing when it cannot be read: a date is never made up. Read are ISO
//! dates, dates with slashes, dots or hyphens, month names in English and French, twelve-hour times, offsets, and
//! seconds or milliseconds since 1970. A date without a zone is in the zone of the profile or of the plan.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The first letters of the months, without accents; the longer ones stand before those they begin with.
const MONTHS: &[(&str, u32)] = &[
    ("jan", 1),
    ("feb", 2),
    ("fev", 2),
    ("mar", 3),
    ("apr", 4),
    ("avr", 4),
    ("mai", 5),
    ("may", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("aug", 8),
    ("aou", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];
/// A longer cell is no date.
const LONGEST: usize = 64;
/// From here on a whole number counts milliseconds: as seconds it would lie beyond the year 5000.
const MILLISECONDS_FROM: i64 = 100_000_000_000;

/// How dates are read in one table.
#[derive(Debug, Clone)]
pub(in super::super) struct Dates {
    /// The profile's own forms, tried first.
    forms: Vec<String>,
    zone: Tz,
    /// Whether `11/12/2026` is in December; `None` until a row tells.
    day_first: Option<bool>,
}

impl Dates {
    pub(in super::super) fn new(forms: Vec<String>, zone: Tz, day_first: Option<bool>) -> Self {
        Self { forms, zone, day_first }
    }

    pub(super) fn zone(&self) -> Tz {
        self.zone
    }

    /// A date with a number above twelve tells the order of all.
    pub(super) fn learn(&mut self, cell: &str) {
        let parts = Parts::of(cell);
        if let (None, [Part::Number(first, ..), Part::Number(second, ..), Part::Number(..)]) =
            (self.day_first, parts.date.as_slice())
            && *first <= 31
            && (*first > 12) != (*second > 12)
        {
            self.day_first = Some(*first > 12);
        }
    }

    pub(in super::super) fn read(&self, cell: &str) -> Option<DateTime<Utc>> {
        let cell = cell.trim();
        if cell.len() > LONGEST {
            return None;
        }
        if let Ok(moment) = DateTime::parse_from_rfc3339(cell) {
            return Some(moment.to_utc());
        }
        self.formed(cell).or_else(|| unix(cell)).or_else(|| self.loose(cell))
    }

    /// A date and a time of day in columns of their own.
    pub(super) fn read_with_time(&self, date: &str, time: &str) -> Option<DateTime<Utc>> {
        // A spreadsheet's date is a midnight.
        let day = ["T00:00:00", " 00:00:00"].iter().find_map(|midnight| date.trim().strip_suffix(midnight));
        let day = day.unwrap_or(date.trim());
        self.read(&format!("{day} {}", time.trim())).or_else(|| self.read(date))
    }

    fn formed(&self, cell: &str) -> Option<DateTime<Utc>> {
        self.forms.iter().find_map(|form| {
            let zoned = DateTime::parse_from_str(cell, form).ok().map(|moment| moment.to_utc());
            let local = || NaiveDateTime::parse_from_str(cell, form).ok().and_then(|local| self.in_zone(local));
            let day = || self.in_zone(NaiveDate::parse_from_str(cell, form).ok()?.and_time(NaiveTime::MIN));
            zoned.or_else(local).or_else(day)
        })
    }

    fn loose(&self, cell: &str) -> Option<DateTime<Utc>> {
        let parts = Parts::of(cell);
        let local = self.day(&parts.date)?.and_time(parts.time.unwrap_or(NaiveTime::MIN));
        match parts.offset {
            Some(seconds) => Some((local - TimeDelta::seconds(seconds)).and_utc()),
            None => self.in_zone(local),
        }
    }

    fn day(&self, parts: &[Part]) -> Option<NaiveDate> {
        let (year, month, day) = match *parts {
            [Part::Number(year, 4), Part::Number(month, _) | Part::Month(month), Part::Number(day, _)] => {
                (year, month, day)
            }
            [Part::Number(first, _), Part::Number(second, _), Part::Number(year, digits)] => {
                let day_first = if first > 12 { true } else { second <= 12 && self.day_first.unwrap_or(false) };
                let (day, month) = if day_first { (first, second) } else { (second, first) };
                (whole_year(year, digits), month, day)
            }
            [Part::Number(day, _), Part::Month(month), Part::Number(year, digits)]
            | [Part::Month(month), Part::Number(day, _), Part::Number(year, digits)] => {
                (whole_year(year, digits), month, day)
            }
            _ => return None,
        };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }

    /// The instant of a local time; the earlier one of two, and an hour later where the clock jumps over it.
    fn in_zone(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let found = self.zone.from_local_datetime(&local).earliest();
        let found = found.or_else(|| self.zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
        found.map(|moment| moment.to_utc())
    }
}

fn whole_year(year: u32, digits: usize) -> u32 {
    if digits == 2 { 2000 + year } else { year }
}

fn unix(cell: &str) -> Option<DateTime<Utc>> {
    if cell.len() < 9 || !cell.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = cell.parse().ok()?;
    if number >= MILLISECONDS_FROM {
        DateTime::from_timestamp_millis(number)
    } else {
        DateTime::from_timestamp(number, 0)
    }
}

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A number and how many digits it is written with.
    Number(u32, usize),
    Month(u32),
}

/// What the pieces of a cell say.
#[derive(Debug, Default)]
struct Parts {
    date: Vec<Part>,
    time: Option<NaiveTime>,
    /// Seconds east of Greenwich.
    offset: Option<i64>,
}

impl Parts {
    fn of(cell: &str) -> Self {
        let mut parts = Self::default();
        let (mut afternoon, mut cut) = (None, String::with_capacity(cell.len() + 1));
        // The T between date and time is a space.
        for (at, letter) in cell.char_indices() {
            let next_is_digit = cell[at + letter.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
            let after_digit = cut.ends_with(|c: char| c.is_ascii_digit());
            cut.push(if letter == 'T' && next_is_digit && after_digit { ' ' } else { letter });
        }
        for piece in cut.split([' ', ',', '\u{a0}', '\u{202f}']).filter(|piece| !piece.is_empty()) {
            if piece.contains(':') && parts.time.is_none() {
                parts.take_time(piece, &mut afternoon);
            } else if let Some(found) = meridiem(piece) {
                afternoon = Some(found);
            } else if parts.time.is_some() && parts.offset.is_none() && offset(piece).is_some() {
                parts.offset = offset(piece);
            } else {
                parts.take_date(piece);
            }
        }
        parts.time = match (parts.time, afternoon) {
            (Some(time), Some(afternoon)) => twelve_hours(time, afternoon),
            (time, _) => time,
        };
        parts
    }

    /// `9:12`, `09:12:44.5`, with `AM`, `PM`, `Z` or an offset behind it.
    fn take_time(&mut self, piece: &str, afternoon: &mut Option<bool>) {
        let end = piece.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(piece.len());
        let (time, behind) = piece.split_at(end);
        let form = if time.matches(':').count() == 1 { "%H:%M" } else { "%H:%M:%S%.f" };
        self.time = NaiveTime::parse_from_str(time, form).ok();
        if let Some(found) = meridiem(behind) {
            *afternoon = Some(found);
        } else {
            self.offset = offset(behind);
        }
    }

    fn take_date(&mut self, piece: &str) {
        for part in piece.split(['-', '/', '.']).filter(|part| !part.is_empty()) {
            if let Ok(number) = part.parse() {
                self.date.push(Part::Number(number, part.len()));
            } else if let Some(month) = month(part) {
                self.date.push(Part::Month(month));
            }
        }
    }
}

fn month(word: &str) -> Option<u32> {
    let plain: String = word.to_lowercase().replace('é', "e").replace('û', "u");
    // The one weekday that begins like a month.
    MONTHS.iter().find(|(name, _)| plain != "mardi" && plain.starts_with(name)).map(|(_, month)| *month)
}

fn meridiem(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "am" | "a.m." => Some(false),
        "pm" | "p.m." => Some(true),
        _ => None,
    }
}

fn twelve_hours(time: NaiveTime, afternoon: bool) -> Option<NaiveTime> {
    use chrono::Timelike;

    match (time.hour(), afternoon) {
        (12, false) => time.with_hour(0),
        (hour @ 1..=11, true) => time.with_hour(hour + 12),
        // `14:30 PM` says enough.
        _ => Some(time),
    }
}

/// `Z`, `UTC`, `GMT`, `+0000`, `-08:00`, `+02` as seconds.
fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits = rest.replace(':', "");
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i64 = digits[..2].parse().ok()?;
    let minutes: i64 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn vancouver() -> Dates {
        Dates::new(Vec::new(), chrono_tz::America::Vancouver, None)
    }

    #[rstest]
    #[case::rfc3339("2026-11-20T09:12:44-08:00")]
    #[case::a_space("2026-11-20 09:12:44")]
    #[case::with_fractions("2026-11-20 09:12:44.0")]
    #[case::no_zone("2026-11-20T09:12:44")]
    #[case::utc("2026-11-20 17:12:44 UTC")]
    #[case::an_offset("2026-11-20 17:12:44 +0000")]
    #[case::slashes("11/20/2026 9:12:44 AM")]
    #[case::the_day_first("20/11/2026 09:12:44")]
    #[case::a_month("20-Nov-2026 09:12:44AM")]
    #[case::an_american_month("Nov 20, 2026 9:12:44 AM")]
    #[case::french("20 novembre 2026 09:12:44")]
    #[case::rfc2822("Fri, 20 Nov 2026 17:12:44 GMT")]
    #[case::seconds("1795194764")]
    #[case::milliseconds("1795194764000")]
    #[case::dots("20.11.26 09:12:44")]
    fn one_moment_in_many_spellings(#[case] cell: &str) {
        assert_eq!(vancouver().read(cell).map(|at| at.timestamp()), Some(1_795_194_764), "{cell}");
    }

    #[rstest]
    #[case::words("yesterday")]
    #[case::a_month_too_many("2026-13-20")]
    #[case::half("11/20")]
    #[case::empty("")]
    #[case::a_formula("=NOW()")]
    #[case::marks("\u{202e}2026:")]
    fn what_is_no_date_is_none(#[case] cell: &str) {
        assert_eq!(vancouver().read(cell), None);
    }

    #[test]
    fn one_clear_row_tells_the_order_of_all() {
        let mut dates = vancouver();
        assert_eq!(dates.read("03/04/2026"), dates.read("2026-03-04"));
        dates.learn("20/11/2026");
        assert_eq!(dates.read("03/04/2026"), dates.read("2026-04-03"));
    }

    #[test]
    fn a_time_in_its_own_column_and_a_lost_hour_are_read() {
        let dates = vancouver();
        let moment = dates.read_with_time("2026-11-20T00:00:00", "9:12:44 AM");
        assert_eq!(moment.map(|at| at.timestamp()), Some(1_795_194_764));
        assert!(dates.read("2026-03-08 02:30").is_some());
    }

    #[test]
    fn a_profiles_own_form_is_tried_first() {
        let dates = Dates::new(vec!["%Y%m%d-%H%M".into()], chrono_tz::UTC, None);
        assert_eq!(dates.read("20261120-1712").map(|at| at.to_rfc3339()), Some("2026-11-20T17:12:00+00:00".into()));
    }

    proptest::proptest! {
        #[test]
        fn no_cell_breaks_the_reading(cell in "\\PC{0,40}") {
            let mut dates = vancouver();
            dates.learn(&cell);
            let _ = dates.read(&cell);
        }
    }
}
