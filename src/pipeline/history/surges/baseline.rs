//! How much is usually said of a subject at an hour of the week.
//!
//! What enters: the posts of each hour that is over. What leaves: how many are to be expected in any stretch of the last
//! hours, and how uncertain that is. The expectation of an hour is
//!
//! > level × hour of the day × day of the week
//!
//! Each of the three is a discounted sum of posts over a discounted sum of what the other two expected of the same hours,
//! drawn towards its prior: a subject heard little has the town's hours, a subject heard often its own. An
//! hour counts by what it tells: its variance is `CLUMPS·μ + SWING·μ²`, for people answer each other and hours differ; an hour of
//! sixty posts tells little more than one of twenty. What a rise brings is cut off, so that it does not become usual.

/// An hour of a day, and of a week's seven days, as a multiple of the mean.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    hours: [f64; 24],
    days: [f64; 7],
}

impl Default for Shape {
    fn default() -> Self {
        Self { hours: [1.0; 24], days: [1.0; 7] }
    }
}

/// Posts come in clumps: the variance of a count of Poisson's law is multiplied by so much.
const CLUMPS: f64 = 1.7;
/// The variance of an hour's own mood, relative to its square: hours differ by three eighths.
const SWING: f64 = 0.14;
/// A level forgets half in two days and a half …
const LEVEL_KEEPS: f64 = 0.988;
/// … and in seven hours when a rise has lasted so long that it is how things are.
const LEVEL_YIELDS: f64 = 0.9;
/// An hour of the day and a day of the week forget half of what they knew after so many of their own hours.
const SHAPE_KEEPS: f64 = 0.995;
/// The weight of the prior, in posts of information: of the level, of an hour of the day, of a day of the week.
const LEVEL_PRIOR: f64 = 0.2;
const HOUR_PRIOR: f64 = 2.0;
const DAY_PRIOR: f64 = 15.0;
/// The share of the hours before and after in an hour of the day.
const NEIGHBOUR: f64 = 0.3;
/// An hour counts for no more than what is expected and so many deviations.
const CUT: f64 = 1.5;
/// What is uncertain about the expectation counts by so much: its three factors err together.
const DOUBT: f64 = 4.0;
/// For so many hours more doubt is added: at first so many times the square of the expectation.
const YOUNG: f64 = 96.0;
const YOUNG_DOUBT: f64 = 2.0;
/// The dispersion: the weight of the prior in hours, what is kept from hour to hour, and the most an hour counts for.
const DISPERSION_PRIOR: f64 = 60.0;
const DISPERSION_KEEPS: f64 = 0.998;
const DISPERSION_CUT: f64 = 7.0;

/// Hours whose expectation is at hand: two before the current one, itself, and the one after.
const AT_HAND: usize = 4;

/// Discounted sums of posts and of what was expected without this factor.
#[derive(Debug, Clone, Copy, Default)]
struct Factor {
    heard: f64,
    expected: f64,
}

impl Factor {
    fn keep(&mut self, share: f64, heard: f64, expected: f64) {
        self.heard = share * self.heard + heard;
        self.expected = share * self.expected + expected;
    }

    /// The factor drawn towards `prior`, and its relative variance.
    fn drawn(self, prior: f64, weight: f64) -> (f64, f64) {
        ((self.heard + weight * prior) / (self.expected + weight), 1.0 / (self.heard + weight))
    }
}

/// What a baseline expects of an hour, in posts, and the relative variance of that.
#[derive(Debug, Clone, Copy, Default)]
struct Hour {
    posts: f64,
    doubt: f64,
}

/// What is expected in a stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Expected {
    /// Posts.
    pub posts: f64,
    /// The variance of a count of them, what is not known of them included: it says whether there is a rise.
    pub variance: f64,
    /// The variance of a count if they are as expected: it says how large a rise is.
    pub own: f64,
}

/// How a finished hour is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// As one among many.
    Usual,
    /// As part of a rise: it says nothing about hours of the day.
    Rise,
    /// As part of a rise so long that it is how things are.
    Lasting,
}

/// The usual course of one subject.
#[derive(Debug, Clone, Default)]
pub(super) struct Baseline {
    /// The current hour since 1970; `None` before the first post.
    hour: Option<i64>,
    /// When it began to listen.
    born: i64,
    /// Quarters of posts of the current hour and of the one before, which late posts may still reach.
    open: [u32; 2],
    level: Factor,
    hours: [Factor; 24],
    days: [Factor; 7],
    squares: f64,
    squared_hours: f64,
    at_hand: [Hour; AT_HAND],
}

impl Baseline {
    /// Begins to listen with that hour, unless it already does.
    pub(super) fn begin(&mut self, hour: i64, prior: &Shape) {
        if self.hour.is_none() {
            (self.hour, self.born) = (Some(hour), hour);
            self.at_hand = self.expect_around(hour, prior);
        }
    }

    /// Counts quarters of a post in its hour; one that is over for good is left out.
    pub(super) fn count(&mut self, hour: i64, quarters: u32) {
        let Some(current) = self.hour else { return };
        if let Some(open) = usize::try_from(current - hour).ok().and_then(|ago| self.open.get_mut(ago)) {
            *open = open.saturating_add(quarters);
        }
    }

    /// Moves on to `hour`: the hours that are over are taken, one after the other.
    pub(super) fn advance(&mut self, hour: i64, prior: &Shape, taken: Taken) {
        let Some(current) = self.hour else { return self.begin(hour, prior) };
        if hour <= current {
            return;
        }
        for now in current..hour {
            self.take(now - 1, f64::from(self.open[1]) / 4.0, prior, taken);
            self.open = [0, self.open[0]];
        }
        self.hour = Some(hour);
        self.at_hand = self.expect_around(hour, prior);
    }

    /// Goes on at `hour` as if nobody had listened in between.
    pub(super) fn skip(&mut self, hour: i64, prior: &Shape) {
        if let Some(current) = self.hour
            && hour > current
        {
            self.born += hour - current;
            self.open = [0, 0];
            self.hour = Some(hour);
            self.at_hand = self.expect_around(hour, prior);
        }
    }

    /// How its hours and days differ from each other: a prior for other subjects.
    pub(super) fn shape(&self) -> Shape {
        let flat = Shape::default();
        let mut shape = flat.clone();
        for (place, hour) in shape.hours.iter_mut().enumerate() {
            *hour = self.hour_factor(place, &flat).0;
        }
        for (place, day) in shape.days.iter_mut().enumerate() {
            *day = self.days[place].drawn(1.0, DAY_PRIOR).0;
        }
        shape
    }

    /// What is expected in the `seconds` before `at`, three hours at most. Between the middles of hours it changes evenly.
    pub(super) fn expected(&self, at: i64, seconds: i64, prior: &Shape) -> Expected {
        let hour = at.div_euclid(3600);
        let around = if self.hour == Some(hour) { self.at_hand } else { self.expect_around(hour, prior) };
        let end = 2.0 + (as_f64(at.rem_euclid(3600)) + 1.0) / 3600.0;
        let begin = (end - as_f64(seconds) / 3600.0).max(0.0);
        self.of(area(&around, begin, end), around[2].doubt)
    }

    /// No more than what is expected in any `seconds` of the hour of `at`; `None` where that is not at hand.
    pub(super) fn at_least(&self, at: i64, seconds: i64) -> Option<Expected> {
        let lowest = self.at_hand.iter().map(|hour| hour.posts).fold(f64::INFINITY, f64::min);
        (self.hour == Some(at.div_euclid(3600)))
            .then(|| self.of(lowest * as_f64(seconds) / 3600.0, self.at_hand[2].doubt))
    }

    /// Together with the variance of a count.
    fn of(&self, posts: f64, doubt: f64) -> Expected {
        let own = self.dispersion() * (CLUMPS + SWING * posts) * posts;
        Expected { posts, variance: own + DOUBT * doubt * posts * posts, own }
    }

    fn expect_around(&self, hour: i64, prior: &Shape) -> [Hour; AT_HAND] {
        std::array::from_fn(|place| self.expect(hour - 2 + i64::try_from(place).unwrap_or_default(), prior))
    }

    fn expect(&self, hour: i64, prior: &Shape) -> Hour {
        let (level, level_doubt) = self.level.drawn(1.0, LEVEL_PRIOR);
        let ((of_day, hour_doubt), (of_week, day_doubt)) = self.factors(hour, prior);
        let young = (1.0 - as_f64(hour - self.born) / YOUNG).max(0.0);
        let doubt = level_doubt + hour_doubt + day_doubt + YOUNG_DOUBT / DOUBT * young * young;
        Hour { posts: level * of_day * of_week, doubt }
    }

    fn factors(&self, hour: i64, prior: &Shape) -> ((f64, f64), (f64, f64)) {
        let (place, day) = places(hour);
        (self.hour_factor(place, prior), self.days[day].drawn(prior.days[day], DAY_PRIOR))
    }

    /// An hour of the day with its neighbours.
    fn hour_factor(&self, place: usize, prior: &Shape) -> (f64, f64) {
        let (before, own, after) = (self.hours[(place + 23) % 24], self.hours[place], self.hours[(place + 1) % 24]);
        let heard = own.heard + NEIGHBOUR * (before.heard + after.heard);
        let expected = own.expected + NEIGHBOUR * (before.expected + after.expected);
        Factor { heard, expected }.drawn(prior.hours[place], HOUR_PRIOR)
    }

    /// How much wider than thought the hours are; 1 is as thought.
    fn dispersion(&self) -> f64 {
        (self.squares + DISPERSION_PRIOR) / (self.squared_hours + DISPERSION_PRIOR)
    }

    /// Learns from an hour that is over.
    fn take(&mut self, hour: i64, heard: f64, prior: &Shape, taken: Taken) {
        let (place, day) = places(hour);
        let Hour { posts: expected, doubt } = self.expect(hour, prior);
        let ((of_day, _), (of_week, _)) = self.factors(hour, prior);
        let (level, _) = self.level.drawn(1.0, LEVEL_PRIOR);
        let variance = self.dispersion() * (CLUMPS + SWING * expected) * expected + doubt * expected * expected;
        let cut = if taken == Taken::Lasting { heard } else { heard.min(expected + CUT * variance.sqrt() + 1.0) };
        let weight = 1.0 / (CLUMPS + SWING * expected);
        let keeps = if taken == Taken::Lasting { LEVEL_YIELDS } else { LEVEL_KEEPS };
        self.level.keep(keeps, weight * cut, weight * of_day * of_week);
        if taken != Taken::Usual {
            return;
        }
        let off = (heard - expected) * (heard - expected) / (variance + 0.05);
        let tells = expected / (expected + 0.5);
        self.squares = DISPERSION_KEEPS * self.squares + tells * off.min(DISPERSION_CUT);
        self.squared_hours = DISPERSION_KEEPS * self.squared_hours + tells;
        self.hours[place].keep(SHAPE_KEEPS, weight * cut, weight * level * of_week);
        self.days[day].keep(SHAPE_KEEPS, weight * cut, weight * level * of_day);
    }
}

/// The place of an hour in its day, and of its day in the week.
fn places(hour: i64) -> (usize, usize) {
    let (day, place) = (hour.div_euclid(24), hour.rem_euclid(24));
    (usize::try_from(place).unwrap_or_default(), usize::try_from(day.rem_euclid(7)).unwrap_or_default())
}

/// The area below the line through the hours' middles, from `begin` to `end` in hours since the first one began.
fn area(hours: &[Hour; AT_HAND], begin: f64, end: f64) -> f64 {
    let height = |x: f64| {
        let x = (x - 0.5).clamp(0.0, 3.0);
        let (place, share) = if x < 1.0 {
            (0, x)
        } else if x < 2.0 {
            (1, x - 1.0)
        } else {
            (2, x - 2.0)
        };
        hours[place].posts * (1.0 - share) + hours[place + 1].posts * share
    };
    let (mut area, mut from) = (0.0, begin);
    for bend in [0.5, 1.5, 2.5, end] {
        let to = end.min(bend);
        if to > from {
            area += (to - from) * 0.5 * (height(from) + height(to));
            from = to;
        }
    }
    area
}

/// Hours and seconds of our times are far below the numbers that lose digits.
fn as_f64(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 1970-01-05.
    const MONDAY: i64 = 4 * 24;

    fn weeks(count: i64, of: impl Fn(i64) -> u32) -> Baseline {
        let (mut baseline, prior) = (Baseline::default(), Shape::default());
        for hour in MONDAY..MONDAY + count * 168 {
            baseline.advance(hour, &prior, Taken::Usual);
            baseline.count(hour, 4 * of(hour));
        }
        baseline
    }

    #[test]
    fn the_usual_course_of_a_day_is_learnt() {
        let baseline = weeks(4, |hour| if (8..20).contains(&hour.rem_euclid(24)) { 12 } else { 1 });
        let prior = Shape::default();
        let noon = baseline.expected((MONDAY + 4 * 168 + 12) * 3600, 3600, &prior);
        let night = baseline.expected((MONDAY + 4 * 168 + 2) * 3600, 3600, &prior);
        assert!((10.0..16.0).contains(&noon.posts), "{noon:?}");
        assert!((0.5..3.0).contains(&night.posts), "{night:?}");
    }

    #[test]
    fn one_loud_hour_changes_little_and_a_lasting_one_becomes_usual() {
        let prior = Shape::default();
        let mut baseline = weeks(2, |_| 4);
        let now = MONDAY + 2 * 168;
        baseline.advance(now, &prior, Taken::Usual);
        baseline.count(now, 4 * 400);
        baseline.advance(now + 2, &prior, Taken::Rise);
        let after = baseline.expected((now + 2) * 3600, 3600, &prior).posts;
        assert!((3.0..6.0).contains(&after), "{after}");
        for hour in now + 2..now + 30 {
            baseline.count(hour, 4 * 40);
            baseline.advance(hour + 1, &prior, Taken::Lasting);
        }
        let lasting = baseline.expected((now + 30) * 3600, 3600, &prior).posts;
        assert!(lasting > 20.0, "{lasting}");
    }

    #[test]
    fn the_younger_the_more_doubt() {
        let (young, old) = (weeks(1, |_| 4), weeks(4, |_| 4));
        let prior = Shape::default();
        let at = |weeks: i64| (MONDAY + weeks * 168 + 1) * 3600;
        let (young, old) = (young.expected(at(1), 3600, &prior), old.expected(at(4), 3600, &prior));
        assert!(young.variance > old.variance, "{young:?} {old:?}");
        assert!((3.0..6.0).contains(&young.posts) && (3.0..6.0).contains(&old.posts));
    }
}
