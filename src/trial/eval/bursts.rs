//! How soon surges are called, and how often wrongly.
//!
//! What enters: posts with their subject, their time and the burst each belongs to, if any. What leaves: how many bursts
//! are called, by how much they stand out; how long after their first post; and how many calls there were without one, a
//! subject and week. The engine of the desk is replayed post by post; nothing but subject, time, author and conversation is known to it.
//!
//! How much a burst stands out is its posts ÷ √(usual posts + 1), where usual is the mean of the subject's other posts in the
//! same hours of all weeks of the file. A call counts for a burst from its first post to five minutes after its last;
//! any other is false, also a late one.

use std::collections::HashMap;

use chrono::DateTime;

use super::table::Table;
use crate::mention::Id;
use crate::pipeline::Gauge;

/// So many false calls a subject and week are borne.
pub const FALSE_RATE: f64 = 0.25;

const WEEK: i64 = 7 * 24 * 3600;
/// A call may come so long after a burst's last post.
const GRACE: i64 = 300;
/// Posts of a burst so far apart belong to two that bear the same name: some files only say that a post belongs to one.
const APART: i64 = 6 * 3600;
/// Where the bands begin: from so much on a burst stands out so well.
const BANDS: [f64; 4] = [0.0, 4.0, 8.0, 16.0];

/// One post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post<'a> {
    /// What it is about.
    pub subject: &'a str,
    /// When it was posted, in seconds since 1970.
    pub at: i64,
    /// The burst it belongs to; `None` for an ordinary post.
    pub burst: Option<&'a str>,
    /// Who wrote it, if that is known.
    pub author: Option<&'a str>,
    /// The conversation it stands in, if that is known.
    pub thread: Option<&'a str>,
}

/// A line that is no post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTime {
    /// The line in the file, from 1.
    pub line: usize,
    /// What stands where the time should.
    pub found: String,
}

/// The bursts of one band.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Band {
    /// They stand out by so much at least.
    pub from: f64,
    /// How many there are.
    pub bursts: usize,
    /// How many were called.
    pub called: usize,
}

/// The figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bursts {
    /// Posts replayed.
    pub posts: usize,
    /// Subjects and weeks, multiplied.
    pub subject_weeks: f64,
    /// Calls without a burst.
    pub false_calls: usize,
    /// By how much they stand out.
    pub bands: Vec<Band>,
    /// Minutes from the first post of a burst to its call, sorted.
    pub delays: Vec<f64>,
    /// What the alarms were multiplied by.
    pub strictness: f64,
}

impl Bursts {
    /// False calls a subject and week.
    pub fn false_rate(&self) -> f64 {
        if self.subject_weeks > 0.0 { self.false_calls as f64 / self.subject_weeks } else { 0.0 }
    }

    /// The share called of the bursts that stand out by `from` to below `to`; `None` where there are none.
    pub fn recall(&self, from: f64, to: f64) -> Option<f64> {
        let bands = self.bands.iter().filter(|band| band.from >= from && band.from < to);
        let (called, all) = bands.fold((0, 0), |sum, band| (sum.0 + band.called, sum.1 + band.bursts));
        (all > 0).then(|| called as f64 / all as f64)
    }

    /// The delay in minutes that so large a share of the called bursts does not exceed.
    pub fn delay(&self, share: f64) -> Option<f64> {
        let place = ((self.delays.len() as f64 * share).ceil() as usize).saturating_sub(1);
        self.delays.get(place).copied()
    }
}

/// The posts of a table: the columns `topic`, `time`, `burst` and, where they are there, `author` and `thread`; without a header in
/// this order. They come back in the order of time.
pub fn posts<'a>(table: &Table<'a>) -> Result<Vec<Post<'a>>, BadTime> {
    let place = |names: &[&str], otherwise: usize| table.column(names).or(table.is_bare().then_some(otherwise));
    let cells =
        |at: Option<usize>| -> Vec<(usize, &'a str)> { at.map_or_else(Vec::new, |at| table.cells(at).collect()) };
    let subjects = cells(place(&["topic", "initiative", "subject"], 0));
    let times = cells(place(&["time", "at", "posted_at"], 1));
    let bursts = cells(place(&["burst", "label"], 2));
    let (authors, threads) = (cells(place(&["author"], 3)), cells(place(&["thread"], 4)));
    let known = |cells: &[(usize, &'a str)], at: usize| {
        cells.get(at).map(|(_, cell)| *cell).filter(|cell| !matches!(*cell, "" | "-" | "0"))
    };
    let post = |(at, ((_, subject), (line, time)))| {
        let seconds = seconds(time).ok_or_else(|| BadTime { line, found: time.to_owned() })?;
        let (author, thread) = (known(&authors, at), known(&threads, at));
        Ok(Post { subject, at: seconds, burst: known(&bursts, at), author, thread })
    };
    let mut posts: Vec<Post<'a>> =
        subjects.iter().copied().zip(times.iter().copied()).enumerate().map(post).collect::<Result<_, _>>()?;
    posts.sort_by_key(|post| post.at);
    Ok(posts)
}

fn seconds(time: &str) -> Option<i64> {
    let unix = time.parse::<f64>().ok().filter(|seconds| seconds.abs() < 1e11).map(|seconds| seconds.floor() as i64);
    unix.or_else(|| DateTime::parse_from_rfc3339(time).ok().map(|time| time.timestamp()))
}

/// Replays posts that are in the order of time. `strictness` multiplies the alarms: 1 is how the desk has them.
pub fn evaluate(posts: &[Post<'_>], strictness: f64) -> Bursts {
    let truth = Truth::of(posts);
    let mut gauge = Gauge::new(strictness);
    let ids: HashMap<&str, Id> = truth.subjects.keys().map(|subject| (*subject, Id::from(*subject))).collect();
    let mut called: HashMap<(&str, i64), i64> = HashMap::new();
    let mut false_calls = 0;
    for post in posts {
        let Some(id) = ids.get(post.subject) else { continue };
        if gauge.post(id, post.at, post.author, post.thread).is_none() {
            continue;
        }
        match truth.burst_at(post.subject, post.at) {
            Some(burst) => {
                called.entry((post.subject, burst.first)).or_insert(post.at);
            }
            None => false_calls += 1,
        }
    }
    let mut figures = Bursts { posts: posts.len(), false_calls, strictness, ..Bursts::default() };
    figures.subject_weeks = truth.subjects.len() as f64 * truth.weeks;
    figures.bands = BANDS.map(|from| Band { from, ..Band::default() }).to_vec();
    for (subject, of) in &truth.subjects {
        for burst in &of.bursts {
            let stands_out = burst.posts as f64 / (of.usual(burst, &truth) + 1.0).sqrt();
            let call = called.get(&(*subject, burst.first));
            if let Some(band) = figures.bands.iter_mut().rev().find(|band| stands_out >= band.from) {
                band.bursts += 1;
                band.called += usize::from(call.is_some());
            }
            figures.delays.extend(call.map(|at| (at - burst.first) as f64 / 60.0));
        }
    }
    figures.delays.sort_by(f64::total_cmp);
    figures
}

/// The figures at the sensitivity at which at most `rate` calls a subject and week are false: found by halving.
pub fn at_most(posts: &[Post<'_>], rate: f64) -> Bursts {
    let (mut low, mut high) = (0.5, 1.6);
    let mut best = evaluate(posts, high);
    for _ in 0..7 {
        let middle = f64::midpoint(low, high);
        let figures = evaluate(posts, middle);
        if figures.false_rate() <= rate {
            (high, best) = (middle, figures);
        } else {
            low = middle;
        }
    }
    best
}

/// A burst as it is known to be.
struct Burst {
    first: i64,
    last: i64,
    posts: usize,
}

#[derive(Default)]
struct Subject {
    bursts: Vec<Burst>,
    /// The times of its ordinary posts, sorted.
    ordinary: Vec<i64>,
}

impl Subject {
    /// The ordinary posts in the hours of a burst, as the mean of all weeks.
    fn usual(&self, burst: &Burst, truth: &Truth<'_>) -> f64 {
        let weeks = (truth.first - burst.first).div_euclid(WEEK) + 1..=(truth.last - burst.last).div_euclid(WEEK);
        let before = |at: i64| self.ordinary.partition_point(|other| *other < at);
        let in_week = |week: i64| before(burst.last + 1 + week * WEEK) - before(burst.first + week * WEEK);
        let (sum, count) = weeks.fold((0, 0), |(sum, count), week| (sum + in_week(week), count + 1));
        if count == 0 { in_week(0) as f64 } else { sum as f64 / f64::from(count) }
    }
}

/// What the file says there is to find.
struct Truth<'a> {
    subjects: HashMap<&'a str, Subject>,
    first: i64,
    last: i64,
    weeks: f64,
}

impl<'a> Truth<'a> {
    fn of(posts: &[Post<'a>]) -> Self {
        let mut subjects: HashMap<&'a str, Subject> = HashMap::new();
        let mut known: HashMap<(&'a str, &'a str), usize> = HashMap::new();
        for post in posts {
            let subject = subjects.entry(post.subject).or_default();
            let Some(name) = post.burst else {
                subject.ordinary.push(post.at);
                continue;
            };
            let place = known.entry((post.subject, name)).or_insert(subject.bursts.len());
            match subject.bursts.get_mut(*place) {
                Some(burst) if post.at - burst.last < APART => {
                    (burst.last, burst.posts) = (post.at, burst.posts + 1);
                }
                _ => {
                    *place = subject.bursts.len();
                    subject.bursts.push(Burst { first: post.at, last: post.at, posts: 1 });
                }
            }
        }
        let (first, last) = (posts.first().map_or(0, |post| post.at), posts.last().map_or(0, |post| post.at));
        Self { subjects, first, last, weeks: (last - first) as f64 / WEEK as f64 }
    }

    fn burst_at(&self, subject: &str, at: i64) -> Option<&Burst> {
        let bursts = &self.subjects.get(subject)?.bursts;
        bursts.iter().find(|burst| burst.first <= at && at <= burst.last + GRACE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two weeks of two subjects, one post each quarter of an hour, and a burst of one of them at the end of each week.
    fn file() -> String {
        let mut lines = vec![(0, "topic\ttime\tburst".to_owned())];
        for quarter in 0..14 * 24 * 4 {
            let at = 1_700_000_000 + quarter * 900;
            lines.push((at, format!("water\t{at}\t-")));
            lines.push((at, format!("parks\t{}\t0", DateTime::from_timestamp(at, 0).expect("a time").to_rfc3339())));
        }
        for (week, name) in [(1, "b1"), (2, "b2")] {
            for post in 0..30 {
                let at = 1_700_000_000 + week * WEEK - 40_000 + post * 20;
                lines.push((at, format!("water\t{at}\t{name}")));
            }
        }
        lines.into_iter().map(|(_, line)| line + "\n").collect()
    }

    #[test]
    fn bursts_are_found_and_nothing_else() {
        let file = file();
        let table = Table::read(&file).expect("it reads");
        let posts = posts(&table).expect("the times are times");
        let figures = evaluate(&posts, 1.0);
        assert_eq!((figures.false_calls, figures.posts), (0, 14 * 24 * 8 + 60));
        assert_eq!(figures.recall(8.0, f64::INFINITY), Some(1.0));
        assert_eq!(figures.recall(0.0, 8.0), None);
        assert!(figures.delay(0.5).is_some_and(|delay| delay > 0.0 && delay < 5.0), "{:?}", figures.delays);
        assert!((figures.subject_weeks - 4.0).abs() < 0.1);
    }

    #[test]
    fn a_line_without_a_time_is_named() {
        let table = Table::read("topic\ttime\tburst\nwater\tyesterday\t-\n").expect("it reads");
        let error = posts(&table).expect_err("no time");
        assert_eq!(error, BadTime { line: 2, found: "yesterday".to_owned() });
    }

    #[test]
    fn without_a_header_the_columns_have_their_order() {
        let table = Table::read("water\t1700000000\t-\nwater\t1700000060\tb\tana\n").expect("it reads");
        let posts = posts(&table).expect("they are posts");
        assert_eq!((posts.len(), posts[1].burst, posts[1].author), (2, Some("b"), Some("ana")));
    }
}
