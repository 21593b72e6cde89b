//! How soon to answer: periods, published hours, and the arithmetic between them.
//!
//! What enters: an instant and a period of the plan. What leaves: the instant by which something is due.
//! Local times that a change to daylight time skips or doubles are resolved to the later reading of a gap and
//! the earlier one of a repeat; nothing here reads a clock.

mod read;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::mention::Level;

use super::at::At;

/// A length of time as the plan writes it: `15m`, `4h`, `2d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// Minutes and hours.
    Minutes(u32),
    /// Whole days: business days on a business clock, 24 hours each on one that always runs.
    Days(u32),
}

/// Longer periods than these ten years are a slip of the pen.
const MAX_MINUTES: u32 = 5_256_000;

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let unit = text.chars().next_back().ok_or(())?;
        let digits = &text[..text.len() - unit.len_utf8()];
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(());
        }
        let amount: u32 = digits.parse().map_err(|_| ())?;
        let (period, minutes) = match unit {
            'm' => (Self::Minutes(amount), Some(amount)),
            'h' => (Self::Minutes(amount.checked_mul(60).ok_or(())?), amount.checked_mul(60)),
            'd' => (Self::Days(amount), amount.checked_mul(1440)),
            _ => return Err(()),
        };
        minutes.filter(|minutes| (1..=MAX_MINUTES).contains(minutes)).map(|_| period).ok_or(())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes(minutes) if minutes.is_multiple_of(60) => write!(f, "{}h", minutes / 60),
            Self::Minutes(minutes) => write!(f, "{minutes}m"),
            Self::Days(days) => write!(f, "{days}d"),
        }
    }
}

/// A stretch of a day in minutes after midnight; `end` may be 1440 and is later than `start`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// First minute.
    pub start: u16,
    /// The minute at which it closes.
    pub end: u16,
}

/// Published hours with their holidays, in the organization's time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The organization's zone.
    pub time_zone: Tz,
    /// Openings by weekday from Monday, sorted, without overlap.
    pub week: [Vec<Opening>; 7],
    /// Days without openings.
    pub holidays: BTreeSet<NaiveDate>,
}

impl Hours {
    /// Monday to Friday, nine to five, no holidays.
    pub fn nine_to_five(time_zone: Tz) -> Self {
        let day = vec![Opening { start: 9 * 60, end: 17 * 60 }];
        let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, Vec::new(), Vec::new()];
        Self { time_zone, week, holidays: BTreeSet::new() }
    }

    /// The day of `instant` in the organization's zone.
    pub fn local_day(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.time_zone).date_naive()
    }

    /// True while the organization is open.
    pub fn is_open(&self, instant: DateTime<Utc>) -> bool {
        let day = self.local_day(instant);
        self.openings(day).iter().any(|opening| {
            let (start, end) = self.bounds(day, *opening);
            (start..end).contains(&instant)
        })
    }

    /// The openings of `day`; none on a holiday.
    pub fn openings(&self, day: NaiveDate) -> &[Opening] {
        if self.holidays.contains(&day) {
            return &[];
        }
        &self.week[day.weekday().num_days_from_monday() as usize]
    }

    /// The instants at which an opening of `day` begins and ends.
    fn bounds(&self, day: NaiveDate, opening: Opening) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.instant(day, opening.start), self.instant(day, opening.end))
    }

    fn instant(&self, day: NaiveDate, minute: u16) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        resolve_local(self.time_zone, midnight + TimeDelta::minutes(i64::from(minute)))
    }
}

/// The instant of a local time: the earlier one where a clock change repeats it, the first after the gap
/// where a clock change skips it.
pub fn resolve_local(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    let mut candidate = local;
    // No zone's gap is longer than a day; 15-minute steps meet the end of every one.
    for _ in 0..=96 {
        if let Some(found) = zone.from_local_datetime(&candidate).earliest() {
            return found.with_timezone(&Utc);
        }
        candidate += TimeDelta::minutes(15);
    }
    Utc.from_utc_datetime(&local)
}

/// A year and a half without an opening counts as no openings at all.
const MAX_DAYS_AHEAD: u32 = 550;

/// The instant by which something that came at `start` is due after `span` of published hours.
///
/// Minutes count only while the organization is open; when they end exactly at closing time the deadline is that
/// closing time. `n` days end at the close of the n-th business day after the day of `start`. With no
/// openings at all the clock runs day and night.
pub fn business_deadline(start: DateTime<Utc>, span: Period, hours: &Hours) -> DateTime<Utc> {
    let deadline = match span {
        Period::Minutes(minutes) => after_minutes(start, minutes, hours),
        Period::Days(days) => after_days(start, days, hours),
    };
    deadline.unwrap_or_else(|| always_deadline(start, span))
}

/// The instant `span` after `start` on a clock that always runs.
pub fn always_deadline(start: DateTime<Utc>, span: Period) -> DateTime<Utc> {
    let delta = match span {
        Period::Minutes(minutes) => TimeDelta::minutes(i64::from(minutes)),
        Period::Days(days) => TimeDelta::hours(i64::from(days) * 24),
    };
    start.checked_add_signed(delta).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn after_minutes(start: DateTime<Utc>, minutes: u32, hours: &Hours) -> Option<DateTime<Utc>> {
    let mut left = TimeDelta::minutes(i64::from(minutes));
    let mut idle_days = 0;
    let mut day = hours.local_day(start);
    while idle_days < MAX_DAYS_AHEAD {
        idle_days += 1;
        for opening in hours.openings(day) {
            let (opens, closes) = hours.bounds(day, *opening);
            let from = opens.max(start);
            if from >= closes {
                continue;
            }
            idle_days = 0;
            if left <= closes - from {
                return Some(from + left);
            }
            left -= closes - from;
        }
        day = day.checked_add_days(Days::new(1))?;
    }
    None
}

fn after_days(start: DateTime<Utc>, days: u32, hours: &Hours) -> Option<DateTime<Utc>> {
    let mut left = days;
    let mut idle_days = 0;
    let mut day = hours.local_day(start);
    while idle_days < MAX_DAYS_AHEAD {
        day = day.checked_add_days(Days::new(1))?;
        idle_days += 1;
        if let Some(last) = hours.openings(day).last() {
            idle_days = 0;
            left -= 1;
            if left == 0 {
                return Some(hours.bounds(day, *last).1);
            }
        }
    }
    None
}

/// Which clock a service level runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum LevelClock {
    /// Day and night.
    Always,
    /// Published hours only.
    Business,
}

/// `[service_levels.P1]`: how soon to acknowledge and to answer in substance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLevel {
    /// By when somebody has decided, copied, escalated or noted something.
    pub acknowledge: Option<Period>,
    /// By when the answer or a holding statement is out.
    pub substance: Option<Period>,
    /// The clock it runs on.
    pub clock: LevelClock,
    /// Where the table stands.
    pub at: At,
}

impl ServiceLevel {
    /// The instant `period` after `start` on this level's clock.
    pub fn deadline(&self, start: DateTime<Utc>, period: Period, hours: &Hours) -> DateTime<Utc> {
        match self.clock {
            LevelClock::Always => always_deadline(start, period),
            LevelClock::Business => business_deadline(start, period, hours),
        }
    }

    /// By when to acknowledge what came at `start`.
    pub fn acknowledge_by(&self, start: DateTime<Utc>, hours: &Hours) -> Option<DateTime<Utc>> {
        self.acknowledge.map(|period| self.deadline(start, period, hours))
    }

    /// By when to answer in substance what came at `start`.
    pub fn substance_by(&self, start: DateTime<Utc>, hours: &Hours) -> Option<DateTime<Utc>> {
        self.substance.map(|period| self.deadline(start, period, hours))
    }
}

/// The four service levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLevels {
    /// By level, P1 first.
    pub by_level: [ServiceLevel; 4],
}

impl ServiceLevels {
    /// The service level of `level`.
    pub fn of(&self, level: Level) -> &ServiceLevel {
        &self.by_level[level as usize]
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn vancouver() -> Hours {
        let mut hours = Hours::nine_to_five(chrono_tz::America::Vancouver);
        hours.holidays.insert(NaiveDate::from_ymd_opt(2026, 12, 25).expect("a day"));
        hours
    }

    fn local(text: &str) -> DateTime<Utc> {
        let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect("a local time");
        resolve_local(chrono_tz::America::Vancouver, naive)
    }

    #[rstest]
    #[case::worked_example("2026-11-20 16:45:00", "30m", "2026-11-23 09:15:00")]
    #[case::within_the_day("2026-11-20 10:00:00", "4h", "2026-11-20 14:00:00")]
    #[case::ends_at_closing("2026-11-20 16:30:00", "30m", "2026-11-20 17:00:00")]
    #[case::at_closing_waits_for_monday("2026-11-20 17:00:00", "30m", "2026-11-23 09:30:00")]
    #[case::at_night("2026-11-18 03:12:44", "1h", "2026-11-18 10:00:00")]
    #[case::on_a_sunday("2026-11-22 12:00:00", "15m", "2026-11-23 09:15:00")]
    #[case::seconds_are_kept("2026-11-18 10:00:07", "1m", "2026-11-18 10:01:07")]
    #[case::over_a_holiday_and_weekend("2026-12-24 16:00:00", "2h", "2026-12-28 10:00:00")]
    #[case::several_days("2026-11-16 09:00:00", "20h", "2026-11-18 13:00:00")]
    #[case::one_day("2026-11-18 10:00:00", "1d", "2026-11-19 17:00:00")]
    #[case::one_day_from_friday("2026-11-20 16:59:00", "1d", "2026-11-23 17:00:00")]
    #[case::one_day_from_sunday("2026-11-22 12:00:00", "1d", "2026-11-23 17:00:00")]
    #[case::two_days_over_a_holiday("2026-12-24 08:00:00", "2d", "2026-12-29 17:00:00")]
    #[case::clocks_forward_between("2027-03-12 16:45:00", "30m", "2027-03-15 09:15:00")]
    #[case::clocks_back_between("2026-10-30 16:45:00", "30m", "2026-11-02 09:15:00")]
    fn business_time(#[case] start: &str, #[case] span: &str, #[case] due: &str) {
        let period: Period = span.parse().expect("a period");
        assert_eq!(business_deadline(local(start), period, &vancouver()), local(due));
    }

    #[test]
    fn due_is_breached_only_after_the_instant() {
        let due = business_deadline(local("2026-11-20 16:45:00"), Period::Minutes(30), &vancouver());
        assert!(local("2026-11-23 09:15:00") <= due);
        assert!(local("2026-11-23 09:16:00") > due);
    }

    #[test]
    fn an_opening_across_a_clock_change_has_its_real_length() {
        let mut hours = Hours::nine_to_five(chrono_tz::America::Vancouver);
        hours.week[6] = vec![Opening { start: 0, end: 1440 }];
        // Sunday 14 March 2027 has 23 hours: from midnight, 3 h of work end at 04:00 by the clock.
        let start = local("2027-03-14 00:00:00");
        assert_eq!(business_deadline(start, Period::Minutes(180), &hours), local("2027-03-14 04:00:00"));
        // Its end is Monday's midnight.
        assert_eq!(business_deadline(start, Period::Minutes(23 * 60), &hours), local("2027-03-15 00:00:00"));
    }

    #[test]
    fn a_skipped_local_time_is_the_first_after_the_gap() {
        assert_eq!(local("2027-03-14 02:30:00"), local("2027-03-14 03:00:00"));
    }

    #[test]
    fn a_break_at_noon_stops_the_clock() {
        let mut hours = vancouver();
        hours.week[2] = vec![Opening { start: 540, end: 720 }, Opening { start: 780, end: 1020 }];
        let due = business_deadline(local("2026-11-18 11:30:00"), Period::Minutes(60), &hours);
        assert_eq!(due, local("2026-11-18 13:30:00"));
        assert!(!hours.is_open(local("2026-11-18 12:00:00")));
        assert!(hours.is_open(local("2026-11-18 13:00:00")));
    }

    #[test]
    fn without_openings_the_clock_always_runs() {
        let hours =
            Hours { time_zone: chrono_tz::America::Vancouver, week: Default::default(), holidays: BTreeSet::new() };
        let start = local("2026-11-18 10:00:00");
        assert_eq!(business_deadline(start, Period::Minutes(30), &hours), start + TimeDelta::minutes(30));
        assert_eq!(business_deadline(start, Period::Days(1), &hours), start + TimeDelta::hours(24));
    }

    #[rstest]
    #[case("15m", Some(Period::Minutes(15)))]
    #[case("4h", Some(Period::Minutes(240)))]
    #[case("2d", Some(Period::Days(2)))]
    #[case("0m", None)]
    #[case("", None)]
    #[case("h", None)]
    #[case("1w", None)]
    #[case("-1h", None)]
    #[case("15é", None)]
    #[case("4294967295h", None)]
    #[case("99999999d", None)]
    fn periods(#[case] text: &str, #[case] expected: Option<Period>) {
        assert_eq!(text.parse::<Period>().ok(), expected);
    }
}
