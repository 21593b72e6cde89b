//! A simulated town: what is said of its subjects, and the bursts put into it. The same seed gives the same town.

use std::f64::consts::TAU;

/// Subjects.
pub const SUBJECTS: usize = 240;
/// Bursts.
pub const BURSTS: usize = 673;
const HOURS: i64 = 4 * 168;
/// Bursts begin after the first week.
const FIRST: i64 = 168;
/// When it begins: a Monday.
const BEGIN: i64 = 1_760_313_600;

/// What towns differ in.
#[derive(Clone, Copy)]
pub struct World {
    /// The share of posts that are answered.
    pub chains: f64,
    /// By how much an hour's mood is off, as the coefficient of variation.
    pub moods: f64,
}

/// A post.
#[derive(Clone, Copy)]
pub struct Said {
    pub subject: usize,
    pub at: i64,
    pub burst: Option<usize>,
    pub author: u64,
    pub thread: u64,
}

/// Everything said in a town, in the order of time.
pub fn town(seed: u64, world: World) -> Vec<Said> {
    let mut town = Town { dice: Dice(seed.wrapping_mul(0x123_4567) + 99), said: Vec::new(), threads: 0, world };
    let usual: Vec<f64> = town.dice.week();
    for subject in 0..SUBJECTS {
        town.subject(subject, &usual);
    }
    town.bursts();
    town.said.sort_by_key(|said| said.at);
    for said in &mut town.said {
        said.at += BEGIN;
    }
    town.said
}

struct Town {
    dice: Dice,
    said: Vec<Said>,
    threads: u64,
    world: World,
}

impl Town {
    /// What is usually said of a subject.
    fn subject(&mut self, subject: usize, usual: &[f64]) {
        let level = self.dice.between(0.2, 60.0);
        let (own, slope) = (self.dice.week(), self.dice.share() * 0.6 - 0.3);
        let audience = (level * 40.0) as u64 + 20;
        let begun = 1.0 / (1.0 + self.world.chains * 2.0);
        let mut drift = 0.0;
        for hour in 0..HOURS {
            if hour % 24 == 0 {
                drift += self.dice.normal() * 0.06;
            }
            let place = (hour % 168) as usize;
            let shape = f64::midpoint(usual[place], own[place]) * (1.0 + slope * (hour as f64 / HOURS as f64 - 0.5));
            let mood = self.dice.gamma(self.world.moods);
            for _ in 0..self.dice.poisson(level * shape * drift.exp() * mood * begun) {
                let second = (self.dice.share() * 3600.0) as i64;
                self.chain(subject, hour * 3600 + second, audience);
            }
        }
    }

    /// A post and its answers.
    fn chain(&mut self, subject: usize, at: i64, audience: u64) {
        self.threads += 1;
        let answers = if self.dice.share() < self.world.chains { 1 + self.dice.next() % 3 } else { 0 };
        let mut time = at as f64;
        for _ in 0..=answers {
            let author = subject as u64 * 100_000 + self.dice.next() % audience;
            self.said.push(Said { subject, at: time as i64, burst: None, author, thread: self.threads });
            time += self.dice.exponential() * 8.0 * 60.0;
        }
    }

    fn bursts(&mut self) {
        let mut taken: Vec<(usize, i64)> = Vec::new();
        while taken.len() < BURSTS {
            let subject = self.dice.next() as usize % SUBJECTS;
            let posts = self.dice.between(6.0, 200.0).round() as u64;
            let length = self.dice.between(15.0, 180.0) * 60.0;
            let room = ((HOURS - FIRST - 5) * 3600) as f64;
            let start = FIRST * 3600 + (self.dice.share() * room) as i64;
            if taken.iter().any(|(other, at)| *other == subject && (at - start).abs() < 8 * 3600) {
                continue;
            }
            self.burst(subject, taken.len(), posts, (start, length));
            taken.push((subject, start));
        }
    }

    fn burst(&mut self, subject: usize, burst: usize, posts: u64, (start, length): (i64, f64)) {
        let course = self.dice.next() % 3;
        for _ in 0..posts {
            let share = self.dice.share();
            let when = match course {
                0 => share,
                1 => share.sqrt(),
                _ => -(1.0 - share * (1.0 - (-3.0_f64).exp())).ln() / 3.0,
            };
            self.threads += 1;
            let (at, author) = (start + (when * length) as i64, 1_000_000_000 + self.threads);
            self.said.push(Said { subject, at, burst: Some(burst), author, thread: self.threads });
        }
    }
}

/// Random numbers that are the same everywhere.
struct Dice(u64);

impl Dice {
    /// `SplitMix64`.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// From 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Every power of ten between the two is as likely.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        (low.ln() + self.share() * (high / low).ln()).exp()
    }

    fn exponential(&mut self) -> f64 {
        -(1.0 - self.share()).ln()
    }

    fn normal(&mut self) -> f64 {
        let (radius, angle) = ((2.0 * self.exponential()).sqrt(), TAU * self.share());
        radius * angle.cos()
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut count, mut time) = (0, self.exponential());
        while time < mean {
            (count, time) = (count + 1, time + self.exponential());
        }
        count
    }

    /// Of mean 1 and that coefficient of variation, below 1 (Marsaglia and Tsang).
    fn gamma(&mut self, variation: f64) -> f64 {
        if variation <= 0.0 {
            return 1.0;
        }
        let shape = 1.0 / (variation * variation);
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.share().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / shape;
            }
        }
    }

    /// How the hours of a week differ, of mean 1: two waves a day, and days of their own.
    fn week(&mut self) -> Vec<f64> {
        let (peak, height) = (8.0 + self.share() * 13.0, 0.4 + self.share() * 0.5);
        let (second, second_height) = (self.share() * 24.0, self.share() * 0.4);
        let weekend = 0.4 + self.share() * 0.9;
        let days: Vec<f64> =
            (0..7).map(|day| (if day >= 5 { weekend } else { 1.0 }) * (0.9 + 0.2 * self.share())).collect();
        let hours = (0..168).map(|hour| {
            let wave = |of: f64, times: f64| (TAU * times * ((hour % 24) as f64 - of) / 24.0).cos();
            (1.0 + height * wave(peak, 1.0) + second_height * wave(second, 2.0)).max(0.08) * days[hour / 24]
        });
        let hours: Vec<f64> = hours.collect();
        let mean = hours.iter().sum::<f64>() / 168.0;
        hours.iter().map(|hour| hour / mean).collect()
    }
}
