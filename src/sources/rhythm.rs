//! How long a source is usually silent, learnt from when its mentions came.
//!
//! What enters: the instants of a source's mentions, the plan's time zone. What leaves: until when the next one is expected,
//! or nothing where too little is known. No clock, no store.
//!
//! A silence of four hours is nothing at night and much at noon, so silences are not compared by the clock but by how many
//! mentions usually come in their time: by the time-rescaling theorem (Brown, Barbieri, Ventura, Kass and Frank, *Neural
//! Computation* 14, 2002, p. 325) the silences between mentions then have about the same distribution at any hour. The rate of each
//! hour of the day, for weekdays and for weekends, is how many mentions came in it, smoothed towards the mean rate by one hour's
//! worth. A silence is longer than usual when more than [`LEAST`] mentions would usually have come in it (by chance alone, once in
//! a thousand silences), and more than twice as many as in the longest silence but one percent that were seen: people write in
//! bursts, and a source that had long silences before may have them again.

use chrono::{DateTime, Datelike as _, Duration, TimeDelta, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;

/// The fewest silences to learn from.
const FEWEST: usize = 20;
/// Every hour of a week was seen at least once.
const SHORTEST: TimeDelta = Duration::days(8);
/// The most instants looked at; of more, every second, third … one, which makes silences look longer, never shorter.
const MOST: usize = 4_000;
/// So many mentions have to be missing at least: e⁻⁷ is about one in a thousand.
const LEAST: f64 = 7.0;
/// Sources are asked every few minutes, and mentions come in batches.
const LEAST_SILENCE: TimeDelta = Duration::minutes(30);
/// No silence is followed for longer.
const LONGEST_SILENCE: TimeDelta = Duration::days(60);
/// Hours of the day, of weekdays and of weekends.
const HOURS: usize = 48;

/// What is usual for a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Rhythm {
    /// Mentions in an hour of each kind.
    rates: [f64; HOURS],
    /// A silence in which more are missing is longer than usual.
    limit: f64,
    zone: Tz,
}

impl Rhythm {
    /// Learns from the instants of a source's mentions, in any order; `None` where there are too few, or from too short a time.
    pub fn learn(heard: &[DateTime<Utc>], zone: Tz) -> Option<Self> {
        let mut heard = heard.to_vec();
        heard.sort_unstable();
        let step = heard.len().div_ceil(MOST).max(1);
        let heard: Vec<DateTime<Utc>> = heard.into_iter().step_by(step).collect();
        let (first, last) = (*heard.first()?, *heard.last()?);
        if heard.len() <= FEWEST || last - first < SHORTEST {
            return None;
        }
        let rates = rates(&heard, (first, last), zone);
        let mut rhythm = Self { rates, limit: f64::INFINITY, zone };
        let mut missing: Vec<f64> = heard.windows(2).map(|pair| rhythm.usual_between(pair[0], pair[1])).collect();
        missing.sort_unstable_by(f64::total_cmp);
        let longest = missing[(missing.len() - 1) * 99 / 100];
        rhythm.limit = (2.0 * longest).max(LEAST);
        Some(rhythm)
    }

    /// Until when the next mention is expected after one at `last`: silence beyond it is longer than usual.
    pub fn expected_by(&self, last: DateTime<Utc>) -> DateTime<Utc> {
        let mut missing = 0.0;
        let mut at = last;
        while at - last < LONGEST_SILENCE {
            let (next, rate) = (next_hour(at), self.rates[hour(at, self.zone)]);
            let more = rate * hours(next - at);
            if missing + more >= self.limit {
                let rest = (self.limit - missing) / rate * 3_600_000.0;
                at += TimeDelta::milliseconds(rest as i64);
                break;
            }
            missing += more;
            at = next;
        }
        at.max(last + LEAST_SILENCE)
    }

    /// How many mentions usually come between two instants.
    fn usual_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
        let mut sum = 0.0;
        each_hour((from, to), |at, part| sum += self.rates[hour(at, self.zone)] * part);
        sum
    }
}

fn rates(heard: &[DateTime<Utc>], seen: (DateTime<Utc>, DateTime<Utc>), zone: Tz) -> [f64; HOURS] {
    let (mut counts, mut spans) = ([0.0; HOURS], [0.0; HOURS]);
    for at in heard {
        counts[hour(*at, zone)] += 1.0;
    }
    each_hour(seen, |at, part| spans[hour(at, zone)] += part);
    let mean = heard.len() as f64 / hours(seen.1 - seen.0);
    std::array::from_fn(|kind| (counts[kind] + mean) / (spans[kind] + 1.0))
}

/// Tells each begun hour between two instants, with the part of it that lies between them.
fn each_hour((from, to): (DateTime<Utc>, DateTime<Utc>), mut tell: impl FnMut(DateTime<Utc>, f64)) {
    let mut at = from;
    while at < to {
        let next = next_hour(at).min(to);
        tell(at, hours(next - at));
        at = next;
    }
}

/// The kind of hour an instant is in.
fn hour(at: DateTime<Utc>, zone: Tz) -> usize {
    let local = at.with_timezone(&zone);
    let weekend = matches!(local.weekday(), Weekday::Sat | Weekday::Sun);
    local.hour() as usize + if weekend { 24 } else { 0 }
}

/// The next full hour after `at`.
fn next_hour(at: DateTime<Utc>) -> DateTime<Utc> {
    at + TimeDelta::milliseconds(3_600_000 - at.timestamp_millis().rem_euclid(3_600_000))
}

fn hours(span: TimeDelta) -> f64 {
    span.num_milliseconds() as f64 / 3_600_000.0
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Vancouver;

    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    /// Every `minutes` from nine to five on weekdays, four weeks long; the last one is on a Friday at 16:30 in Vancouver.
    fn office_hours(minutes: usize) -> Vec<DateTime<Utc>> {
        let monday = instant("2026-10-19T16:00:00Z");
        let days = (0..26).filter(|day| day % 7 < 5);
        days.flat_map(|day| (0..8 * 60).step_by(minutes).map(move |minute| (day, minute)))
            .map(|(day, minute)| {
                // The clocks go back on 1 November.
                let winter = i64::from(day >= 13);
                monday + TimeDelta::days(day) + TimeDelta::hours(winter) + TimeDelta::minutes(i64::from(minute))
            })
            .collect()
    }

    #[test]
    fn nights_and_weekends_are_no_silence_and_half_a_working_day_is() {
        let rhythm = Rhythm::learn(&office_hours(30), Vancouver).expect("enough is known");
        let friday = instant("2026-11-14T00:30:00Z");
        let by = rhythm.expected_by(friday);
        assert!(by > instant("2026-11-16T17:00:00Z"), "not on the weekend, not on Monday at nine: {by}");
        assert!(by < instant("2026-11-16T23:00:00Z"), "but on Monday before three: {by}");
        let tuesday = instant("2026-11-17T18:00:00Z");
        let by = rhythm.expected_by(tuesday);
        assert!(by > tuesday + TimeDelta::hours(2) && by < tuesday + TimeDelta::hours(6), "{by}");
    }

    #[test]
    fn a_busy_source_is_missed_after_half_an_hour_at_the_earliest() {
        let rhythm = Rhythm::learn(&office_hours(1), Vancouver).expect("enough is known");
        let tuesday = instant("2026-11-17T18:00:00Z");
        assert_eq!(rhythm.expected_by(tuesday), tuesday + LEAST_SILENCE);
    }

    #[test]
    fn bursts_do_not_make_the_silence_between_them_an_alarm() {
        // Ten within ten minutes every second day at noon.
        let first = instant("2026-09-01T19:00:00Z");
        let bursts = (0..25).flat_map(|burst| (0..10).map(move |one| (burst * 2, one)));
        let heard: Vec<_> =
            bursts.map(|(day, minute)| first + TimeDelta::days(day) + TimeDelta::minutes(minute)).collect();
        let rhythm = Rhythm::learn(&heard, Vancouver).expect("enough is known");
        let last = *heard.last().expect("there are some");
        let by = rhythm.expected_by(last);
        assert!(by > last + TimeDelta::days(3), "{by}");
        assert!(by < last + TimeDelta::days(12), "{by}");
    }

    #[test]
    fn of_new_and_of_quiet_sources_nothing_is_expected_too_soon() {
        let heard = office_hours(30);
        assert_eq!(Rhythm::learn(&heard[..FEWEST], Vancouver), None, "too few");
        let week: Vec<_> = heard.iter().copied().filter(|at| *at < heard[0] + TimeDelta::days(7)).collect();
        assert!(week.len() > FEWEST);
        assert_eq!(Rhythm::learn(&week, Vancouver), None, "no weekend was seen yet");
        let first = instant("2026-03-02T19:00:00Z");
        let weekly: Vec<_> = (0..26).map(|week| first + TimeDelta::weeks(week)).collect();
        let rhythm = Rhythm::learn(&weekly, Vancouver).expect("enough is known");
        let last = *weekly.last().expect("there are some");
        assert!(rhythm.expected_by(last) > last + TimeDelta::weeks(3));
    }

    #[test]
    fn the_order_of_the_instants_does_not_matter_and_floods_are_thinned() {
        let mut heard = office_hours(30);
        let known = Rhythm::learn(&heard, Vancouver);
        heard.reverse();
        assert_eq!(Rhythm::learn(&heard, Vancouver), known);
        let flood: Vec<_> = office_hours(1).iter().flat_map(|at| [*at; 12]).collect();
        assert!(Rhythm::learn(&flood, Vancouver).is_some());
        assert_eq!(Rhythm::learn(&[], Vancouver), None);
    }
}
