//! One subject: what is said of it now against what is usual, and the rise it is in.
//!
//! What enters: posts and what they count for. What leaves: the level of the rise that a post would make or prolong.
//! Looking changes nothing; a post that was looked at is noted with what was seen.

use super::baseline::{Baseline, Shape, Taken};
use super::statistic::deviations;
use super::terms::Terms;
use super::window::{HOUR, MINUTES, Quarters, Window, length};

/// So many deviations raise the alarm, by window. The shorter a window, the more of them a week has, and the further
/// chance reaches in one of them: √(2·ln) of their number, eased towards early calls.
const ALARM: [f64; MINUTES.len()] = [3.37, 3.24, 3.15, 3.01, 2.84];
/// The same for the volume, where copies and answers count whole: a campaign must be louder than a rise of voices.
const VOLUME_ALARM: f64 = 1.25;
/// Fewer posts are no rise. As an author counts once, so many different people wrote them.
const LEAST: f64 = 4.0;
const LEAST_VOLUME: f64 = 8.0;
/// The second and the third level, as multiples of the alarm: the first is mean + 1.5 deviations where a deviation is
/// two thirds of how far chance reaches in a week, the others mean + 2 and + 3.
const STRONG: f64 = 2.0 / 1.5;
const EXCEPTIONAL: f64 = 3.0 / 1.5;
/// A rise is over when the last hour is within so many deviations and no window is near its alarm.
const CALM: f64 = 1.0;
const NEAR: f64 = 0.6;
/// For so long after a rise was called no other is: seconds.
const REFRACTORY: i64 = 2 * 3600;
/// A rise of so many hours is how things are: the baseline yields.
const LASTING: i64 = 6 * 3600;

/// What a subject looks like with one more post.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    /// 0 no rise, 1 noticeable, 2 strong, 3 exceptional.
    pub level: u8,
    /// The window that shows the rise best, its place in [`MINUTES`].
    pub window: usize,
    /// What stands in that window.
    pub count: Quarters,
    /// What is expected in it, in posts.
    pub expected: f64,
    /// True when nothing speaks for a rise any more.
    pub calm: bool,
}

/// The rise a subject is in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rise {
    /// When it was called, in seconds since 1970.
    pub called: i64,
    /// Since when more was said than usual.
    pub since: i64,
    /// The highest level so far.
    pub level: u8,
    /// How it looked last.
    pub look: Look,
}

/// One subject.
#[derive(Debug, Clone, Default)]
pub(super) struct Track {
    window: Window,
    pub(super) baseline: Baseline,
    pub(super) terms: Terms,
    /// Posts by volume for each organic one, as discounted sums of quarters.
    copied: (f64, f64),
    called: Option<i64>,
    pub(super) rise: Option<Rise>,
}

impl Track {
    /// How it looks at `at` with a post more. `strictness` multiplies the alarms; 1 is how they are meant.
    pub(super) fn look(&self, at: i64, post: Quarters, prior: &Shape, strictness: f64) -> Look {
        let end = self.window.end(at);
        let sums = self.window.sums(end);
        let share = self.volume_for_one();
        let (mut best, mut look) = (0.0, Look { calm: true, ..Look::default() });
        for (place, (sum, minutes)) in sums.iter().zip(MINUTES).enumerate() {
            let count = Quarters { organic: sum.organic + post.organic, volume: sum.volume + post.volume };
            let alarm = ALARM[place] * strictness;
            let seconds = length(minutes, end);
            if self.rise.is_none() && self.is_usual(count, end, seconds, share, alarm) {
                continue;
            }
            let expected = self.baseline.expected(end, seconds, prior);
            let (organic, volume) = parts(count, expected.posts, expected.variance, share);
            let loud = organic.max(volume);
            look.calm &= loud < NEAR * alarm && (place != HOUR || loud < CALM);
            let organic = if posts(count.organic) < LEAST { 0.0 } else { organic };
            let part = if posts(count.volume) < LEAST_VOLUME { organic } else { loud } / alarm;
            if part > best {
                best = part;
                let (organic, volume) = parts(count, expected.posts, expected.own, share);
                let level = if part < 1.0 { 0 } else { level(organic.max(volume) / alarm) };
                look = Look { level, window: place, count, expected: expected.posts, ..look };
            }
        }
        look
    }

    /// True where a glance shows that a window is far from an alarm: by the plain quotient, which is never the smaller
    /// one, and the least that is expected in this hour.
    fn is_usual(&self, count: Quarters, end: i64, seconds: i64, share: f64, alarm: f64) -> bool {
        let (organic, volume) = (posts(count.organic), posts(count.volume));
        if organic < LEAST && volume < LEAST_VOLUME {
            return true;
        }
        let Some(least) = self.baseline.at_least(end, seconds) else { return false };
        let limit = alarm * alarm * least.variance;
        let (over, loud) = (organic - least.posts, volume / share - least.posts);
        (over <= 0.0 || over * over < limit) && (loud <= 0.0 || loud * loud < limit)
    }

    /// Takes a post that was looked at. True when it calls a rise.
    pub(super) fn note(&mut self, at: i64, post: Quarters, look: Look, prior: &Shape, silent: bool) -> bool {
        self.listen(at, prior);
        self.baseline.count(at.div_euclid(3600), post.organic);
        if silent {
            return false;
        }
        self.window.add(at, post);
        let keeps = 1.0 - 1.0 / 512.0;
        self.copied = (keeps * self.copied.0 + posts(post.volume), keeps * self.copied.1 + posts(post.organic));
        let was_calm = self.rise.is_none();
        self.judge(at, look);
        was_calm && self.rise.is_some()
    }

    /// Looks again without a post: a rise may be over.
    pub(super) fn tick(&mut self, at: i64, prior: &Shape, strictness: f64) {
        if self.rise.is_some() {
            self.listen(at, prior);
            self.window.advance(at);
            let look = self.look(at, Quarters::default(), prior, strictness);
            self.judge(at, look);
        }
    }

    /// When its rise is over if nothing more is said, to the minute, as far as the longest window reaches.
    pub(super) fn over_at(&self, at: i64, prior: &Shape) -> i64 {
        let end = self.window.end(at);
        let minutes =
            (1..=MINUTES[HOUR]).find(|minutes| self.look(end + minutes * 60, Quarters::default(), prior, 1.0).calm);
        end + minutes.unwrap_or(MINUTES[HOUR]) * 60
    }

    /// What happened while nobody listened is not held against it.
    pub(super) fn skip(&mut self, at: i64, prior: &Shape) {
        self.baseline.skip(at.div_euclid(3600), prior);
        self.rise = None;
    }

    /// Counts what was kept of an hour.
    pub(super) fn restore(&mut self, at: i64, quarters: u32, prior: &Shape) {
        let hour = at.div_euclid(3600);
        self.baseline.advance(hour, prior, Taken::Usual);
        self.baseline.count(hour, quarters);
    }

    fn listen(&mut self, at: i64, prior: &Shape) {
        let taken = match self.rise {
            None => Taken::Usual,
            Some(rise) if at - rise.called < LASTING => Taken::Rise,
            Some(_) => Taken::Lasting,
        };
        self.baseline.advance(at.div_euclid(3600), prior, taken);
    }

    fn judge(&mut self, at: i64, look: Look) {
        let end = self.window.end(at);
        match &mut self.rise {
            Some(_) if look.calm => self.rise = None,
            Some(rise) => {
                rise.level = rise.level.max(look.level);
                if look.level > 0 {
                    rise.look = look;
                }
            }
            None if look.level > 0 && self.called.is_none_or(|called| end - called >= REFRACTORY) => {
                self.called = Some(end);
                let since = end - MINUTES[look.window] * 60;
                self.rise = Some(Rise { called: end, since, level: look.level, look });
            }
            None => {}
        }
    }

    fn volume_for_one(&self) -> f64 {
        (self.copied.0 + 8.0) / (self.copied.1 + 8.0)
    }
}

/// By how many deviations organic posts exceed what is expected, and the volume, eased by what it must be louder.
fn parts(count: Quarters, expected: f64, variance: f64, share: f64) -> (f64, f64) {
    let organic = deviations(posts(count.organic), expected, variance);
    let volume = deviations(posts(count.volume), share * expected, share * share * variance);
    (organic, volume / VOLUME_ALARM)
}

/// Quarters as posts.
pub(super) fn posts(quarters: u32) -> f64 {
    f64::from(quarters) / f64::from(Quarters::ONE)
}

fn level(part: f64) -> u8 {
    match part {
        part if part >= EXCEPTIONAL => 3,
        part if part >= STRONG => 2,
        _ => 1,
    }
}
