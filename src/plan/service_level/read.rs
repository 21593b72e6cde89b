//! Reads hours and service levels from the plan's tables.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;
use chrono_tz::Tz;
use toml::de::DeValue;

use crate::plan::problem::{Form, ProblemKind};
use crate::plan::reader::{Field, Reader};

use super::{Hours, LevelClock, Opening, ServiceLevel};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Hours {
    /// Reads `hours` and `holidays` of `[organization]`; without `hours`, Monday to Friday nine to five.
    pub(in crate::plan) fn read(reader: &mut Reader<'_>, time_zone: Tz) -> Self {
        let mut hours = Self::nine_to_five(time_zone);
        hours.read_week(reader);
        hours.holidays = read_holidays(reader);
        hours
    }

    /// Reads the `hours` of one person, in the plan's zone; `None` where there are none.
    pub(in crate::plan) fn read_own(reader: &mut Reader<'_>) -> Option<Self> {
        reader.field("hours")?;
        let mut hours = Self::nine_to_five(reader.zone());
        hours.read_week(reader);
        Some(hours)
    }

    fn read_week(&mut self, reader: &mut Reader<'_>) {
        let Some(mut table) = reader.child("hours", "hours") else { return };
        self.week = Default::default();
        for field in table.all_fields() {
            self.read_days(&mut table, field);
        }
    }

    /// Reads one entry: a weekday or a range of them with its openings.
    fn read_days(&mut self, table: &mut Reader<'_>, field: Field<'_>) {
        let Some(days) = weekdays(field.key) else {
            return table.bad_form(&field.key_span(), field.key, Form::Weekdays);
        };
        let items = if field.value.is_array() { table.items(field) } else { vec![field] };
        let mut openings = Vec::with_capacity(items.len());
        for item in items {
            let Some(text) = table.text_of(item) else { continue };
            match opening(&text) {
                Some(opening) => openings.push(opening),
                None => table.bad_form(&item.span(), &text, Form::Opening),
            }
        }
        for day in days {
            let week = &mut self.week[day];
            week.extend(&openings);
            week.sort_unstable();
            if week.windows(2).any(|pair| pair[1].start < pair[0].end) {
                return table.fail_at(&field.key_span(), ProblemKind::Overlap { day: WEEKDAYS[day] });
            }
        }
    }
}

/// Days are written as texts or as TOML's own dates.
fn read_holidays(reader: &mut Reader<'_>) -> BTreeSet<NaiveDate> {
    let Some(field) = reader.field("holidays") else { return BTreeSet::new() };
    let mut days = BTreeSet::new();
    for item in reader.items(field) {
        let text = match item.value {
            DeValue::Datetime(date) => date.to_string(),
            _ => match reader.text_of(item) {
                Some(text) => text,
                None => continue,
            },
        };
        match text.parse() {
            Ok(day) => drop(days.insert(day)),
            Err(_) => reader.bad_form(&item.span(), &text, Form::Date),
        }
    }
    days
}

/// `mon` or `mon-fri`; a range may not run over the end of the week.
fn weekdays(key: &str) -> Option<Range<usize>> {
    let position = |name: &str| WEEKDAYS.iter().position(|day| *day == name);
    let (first, last) = key.split_once('-').unwrap_or((key, key));
    let (first, last) = (position(first)?, position(last)?);
    (first <= last).then_some(first..last + 1)
}

/// `09:00-17:00`; it ends at `24:00` at the latest.
fn opening(text: &str) -> Option<Opening> {
    let minute = |time: &str| {
        let (hour, minute) = time.split_once(':')?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(hour) || !digits(minute) {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
    };
    let (start, end) = text.split_once('-')?;
    let (start, end) = (minute(start)?, minute(end)?);
    (start < end).then_some(Opening { start, end })
}

impl ServiceLevel {
    /// Reads `[service_levels.P1]` and its like.
    pub(in crate::plan) fn read(table: &mut Reader<'_>) -> Self {
        Self {
            acknowledge: table.period("acknowledge"),
            substance: table.period("substance"),
            clock: table.token("clock").unwrap_or(LevelClock::Always),
            at: table.at(),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("mon", Some(0..1))]
    #[case("mon-fri", Some(0..5))]
    #[case("sat-sun", Some(5..7))]
    #[case("sat-mon", None)]
    #[case("monday", None)]
    fn days(#[case] key: &str, #[case] expected: Option<Range<usize>>) {
        assert_eq!(weekdays(key), expected);
    }

    #[rstest]
    #[case("09:00-17:00", Some((540, 1020)))]
    #[case("00:00-24:00", Some((0, 1440)))]
    #[case("9:00-17:00", None)]
    #[case("09:00-24:01", None)]
    #[case("17:00-09:00", None)]
    #[case("09:60-17:00", None)]
    #[case("09:00", None)]
    #[case("+9:00-17:00", None)]
    fn openings(#[case] text: &str, #[case] expected: Option<(u16, u16)>) {
        assert_eq!(opening(text).map(|opening| (opening.start, opening.end)), expected);
    }
}
