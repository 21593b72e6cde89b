//! Which subjects are talked about more than usual: each initiative of the plan, and everything together.
//!
//! What enters: each relevant mention, in the order of arrival, counted at the instant it was posted. What leaves: the
//! rises it is part of, and the [`Surge`]s there are now, each with its level, its beginning and the words that rose.
//! Backlog and late posts never call one. Memory depends on the number of initiatives only.
//!
//! For each subject, windows of 5 to 60 minutes that end with the post are held against what the hour of the week usually
//! brings (`baseline`), as deviations of a negative binomial law (`statistic`); so the decision falls with a post, not with
//! the end of an interval. Authors count once an hour, near-copies once a group, chains of answers less (`voices`).
//! The alarms are set for a quarter of a false call a subject and week at most; `frontdesk eval surges` measures it.

mod baseline;
mod gauge;
mod statistic;
mod terms;
mod track;
mod voices;
mod window;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::mention::{Id, Mention};
use crate::pipeline::assessment::{Assessment, SurgeHit};
use crate::text::tokens::{Tokens, hash};

pub use gauge::Gauge;

use baseline::Shape;
use terms::{Common, Words, spelling};
use track::{Look, Track};
use voices::{Voice, Voices};
use window::{MINUTES, Quarters};

/// A post that arrives later than so many seconds after it was posted calls no rise.
const LATE: i64 = 3600;
/// When nothing at all was heard for so many hours, nobody listened.
const DEAF: i64 = 24;
/// The number of the subject that is everything together.
const OVERALL: u32 = 0;

/// A subject that is talked about more than usual.
#[derive(Debug, Clone, PartialEq)]
pub struct Surge {
    /// The initiative; `None` is everything together.
    pub initiative: Option<Id>,
    /// The highest level it reached: 1 noticeable, 2 strong, 3 exceptional.
    pub level: u8,
    /// Since when more is said than usual.
    pub since: DateTime<Utc>,
    /// When it was called.
    pub called: DateTime<Utc>,
    /// The window that showed it best, in minutes.
    pub minutes: u8,
    /// Posts in that window, copies and answers discounted.
    pub organic: u32,
    /// Posts in that window, whatever they say, each author once.
    pub volume: u32,
    /// Posts that are usual in such a window, in tenths.
    pub usual_tenths: u32,
    /// The words and hashtags that rose most, the most first.
    pub terms: Vec<Arc<str>>,
    /// When it is over if nothing more is said.
    pub over_at: DateTime<Utc>,
}

/// What was counted of a mention, for who keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The hour since 1970.
    pub hour: i64,
    /// The initiative; `None` is everything together.
    pub initiative: Option<Id>,
    /// Quarters of a post, copies and answers discounted.
    pub quarters: u32,
}

/// What was seen of a mention while it was assessed. Scratch: made again for each mention.
#[derive(Debug, Clone, Default)]
pub(super) struct Sight {
    /// Seconds since 1970.
    at: i64,
    voice: Voice,
    words: Words,
    /// The subjects it is about, the first of them everything together; none for what does not count.
    subjects: Vec<Seen>,
    spelled: Vec<(u32, Arc<str>)>,
    silent: bool,
}

#[derive(Debug, Clone)]
struct Seen {
    initiative: Option<Id>,
    subject: Option<u32>,
    worth: Quarters,
    look: Look,
}

impl Sight {
    /// What is to be kept of it.
    pub(super) fn counted(&self) -> impl Iterator<Item = Counted> {
        let hour = self.at.div_euclid(3600);
        let heard = self.subjects.iter().filter(|seen| seen.worth.organic > 0);
        heard.map(move |seen| Counted { hour, initiative: seen.initiative.clone(), quarters: seen.worth.organic })
    }
}

/// What is said of each subject, and how much.
#[derive(Debug)]
pub(super) struct Surges {
    tracks: Vec<Track>,
    names: Vec<Option<Id>>,
    numbers: HashMap<Id, u32, foldhash::fast::RandomState>,
    voices: Voices,
    common: Common,
    /// The town's hours, from everything together.
    prior: Shape,
    /// Words that rose and whose spelling is awaited.
    unspelled: Vec<u32>,
    /// The newest instant at which a post counted, in seconds.
    now: i64,
    /// The minute in which rises were looked at last.
    minute: i64,
    /// True when posts count at their posting, however long ago.
    of_record: bool,
    strictness: f64,
}

impl Surges {
    /// Nothing was said before. `of_record`: posts count at their posting however long ago it is, as when a file is
    /// read; otherwise what comes late is not now.
    pub(super) fn new(of_record: bool) -> Self {
        Self {
            tracks: vec![Track::default()],
            names: vec![None],
            numbers: HashMap::default(),
            voices: Voices::default(),
            common: Common::default(),
            prior: Shape::default(),
            unspelled: Vec::new(),
            now: 0,
            minute: 0,
            of_record,
            strictness: 1.0,
        }
    }

    /// Multiplies the alarms: below 1 more is called, above 1 less.
    pub(super) fn with_strictness(self, strictness: f64) -> Self {
        Self { strictness, ..self }
    }

    /// The rises `mention` is part of, itself counted. What was seen goes into `sight`.
    pub(super) fn look(
        &self,
        mention: &Mention,
        assessment: &Assessment,
        tokens: &Tokens,
        sight: &mut Sight,
    ) -> Vec<SurgeHit> {
        sight.subjects.clear();
        sight.spelled.clear();
        let is_notice = mention.author_deleted_at.is_some() && mention.text.trim().is_empty();
        if mention.backlog || is_notice || !assessment.relevant {
            return Vec::new();
        }
        let received = mention.received_at.timestamp();
        let posted = mention.posted_at.map_or(received, |posted| posted.timestamp());
        sight.at = if self.of_record { posted } else { mention.clock_start().timestamp() };
        sight.silent = !self.of_record && received - sight.at > LATE;
        sight.voice = voice(mention, assessment);
        sight.words = Words::of(tokens);
        for hash in &self.unspelled {
            sight.spelled.extend(spelling(tokens, *hash).map(|spelling| (*hash, spelling)));
        }
        self.see_all(assessment.initiatives.iter().map(|hit| &hit.id), sight);
        self.hits(sight)
    }

    /// Everything together and each initiative; nothing of what was counted before.
    fn see_all<'i>(&self, initiatives: impl Iterator<Item = &'i Id>, sight: &mut Sight) {
        for initiative in std::iter::once(None).chain(initiatives.map(Some)) {
            let Some(seen) = self.see(initiative, sight) else { return sight.subjects.clear() };
            sight.subjects.push(seen);
        }
    }

    fn see(&self, initiative: Option<&Id>, sight: &Sight) -> Option<Seen> {
        let subject = initiative.map_or(Some(OVERALL), |id| self.numbers.get(id).copied());
        let number = subject.unwrap_or(u32::MAX);
        let worth = self.voices.worth(number, &sight.voice, sight.at)?;
        let track = self.track(subject);
        let look = match track {
            Some(track) if !sight.silent => track.look(sight.at, worth, &self.prior, self.strictness),
            _ => Look::default(),
        };
        Some(Seen { initiative: initiative.cloned(), subject, worth, look })
    }

    fn hits(&self, sight: &Sight) -> Vec<SurgeHit> {
        let level = |seen: &Seen| match self.track(seen.subject).and_then(|track| track.rise) {
            Some(rise) if !seen.look.calm && !sight.silent => rise.level.max(seen.look.level),
            _ => seen.look.level,
        };
        let seen = sight.subjects.iter().map(|seen| (seen, level(seen))).filter(|(_, level)| *level > 0);
        seen.map(|(seen, level)| SurgeHit { initiative: seen.initiative.clone(), level }).collect()
    }

    /// Remembers a mention that was looked at.
    pub(super) fn observe(&mut self, sight: &Sight) {
        if sight.subjects.is_empty() {
            return;
        }
        self.move_to(sight.at);
        let mut called = false;
        for seen in &sight.subjects {
            let number = self.number(seen);
            let Some(track) = self.tracks.get_mut(number as usize) else { continue };
            self.voices.hear(number, &sight.voice, sight.at);
            called |= track.note(sight.at, seen.worth, seen.look, &self.prior, sight.silent);
            if !sight.silent {
                track.terms.keep(sight.at, sight.words);
            }
            for (hash, spelling) in &sight.spelled {
                track.terms.spell(*hash, spelling);
            }
        }
        if !sight.silent {
            self.common.count(&sight.words);
        }
        if called || self.now.div_euclid(60) > self.minute {
            self.tick(self.now);
        }
    }

    /// Looks again at the rises there are: they may be over, and other words may rise.
    pub(super) fn tick(&mut self, at: i64) {
        self.minute = at.div_euclid(60);
        if self.tracks.iter().all(|track| track.rise.is_none()) && self.unspelled.is_empty() {
            return;
        }
        self.unspelled.clear();
        for track in &mut self.tracks {
            track.tick(at, &self.prior, self.strictness);
            match track.rise {
                Some(rise) => track.terms.find(rise.since, |hash| self.common.share(hash)),
                None => track.terms.calm(),
            }
            self.unspelled.extend(track.terms.unspelled());
        }
        self.unspelled.sort_unstable();
        self.unspelled.dedup();
    }

    /// As it was when these had been counted: hour by hour, everything together first in each.
    pub(super) fn restore(&mut self, hours: &[Counted]) {
        for counted in hours {
            let at = counted.hour * 3600;
            self.move_to(at);
            let known = counted.initiative.as_ref().map_or(Some(OVERALL), |id| self.numbers.get(id).copied());
            let number = known.unwrap_or_else(|| self.add(counted.initiative.clone()));
            if let Some(track) = self.tracks.get_mut(number as usize) {
                track.restore(at, counted.quarters, &self.prior);
            }
        }
    }

    /// The rises there are, the highest level first, everything together before its parts.
    pub(super) fn now(&self) -> Vec<Surge> {
        let mut now: Vec<Surge> =
            self.tracks.iter().zip(&self.names).filter_map(|(track, name)| self.told(track, name.as_ref())).collect();
        now.sort_by(|a, b| b.level.cmp(&a.level).then(a.initiative.cmp(&b.initiative)));
        now
    }

    fn told(&self, track: &Track, name: Option<&Id>) -> Option<Surge> {
        let rise = track.rise?;
        Some(Surge {
            initiative: name.cloned(),
            level: rise.level,
            since: instant(rise.since),
            called: instant(rise.called),
            minutes: u8::try_from(MINUTES[rise.look.window]).unwrap_or(u8::MAX),
            organic: rise.look.count.organic.div_ceil(Quarters::ONE),
            volume: rise.look.count.volume.div_ceil(Quarters::ONE),
            usual_tenths: tenths(rise.look.expected),
            terms: track.terms.risen().collect(),
            over_at: instant(track.over_at(self.now, &self.prior)),
        })
    }

    /// The level of the rise an initiative is in.
    fn rise_of(&self, initiative: &Id) -> Option<u8> {
        self.track(self.numbers.get(initiative).copied())?.rise.map(|rise| rise.level)
    }

    fn track(&self, subject: Option<u32>) -> Option<&Track> {
        self.tracks.get(usize::try_from(subject?).ok()?)
    }

    /// The number of a subject, a new one for one not heard before.
    fn number(&mut self, seen: &Seen) -> u32 {
        let known = seen.subject.or_else(|| seen.initiative.as_ref().and_then(|id| self.numbers.get(id).copied()));
        known.unwrap_or_else(|| self.add(seen.initiative.clone()))
    }

    fn add(&mut self, initiative: Option<Id>) -> u32 {
        let number = u32::try_from(self.tracks.len()).unwrap_or(u32::MAX);
        self.tracks.push(Track::default());
        if let Some(id) = &initiative {
            self.numbers.insert(id.clone(), number);
        }
        self.names.push(initiative);
        number
    }

    /// Time goes on to `at`. With a new hour the town's hours are drawn again.
    fn move_to(&mut self, at: i64) {
        let hour = at.div_euclid(3600);
        let before = self.now.div_euclid(3600);
        if hour > before && self.now > 0 {
            if hour - before > DEAF {
                self.tracks.iter_mut().for_each(|track| track.skip(at, &self.prior));
            }
            if let Some(overall) = self.tracks.first() {
                self.prior = overall.baseline.shape();
            }
        }
        self.now = self.now.max(at);
    }
}

impl Default for Surges {
    fn default() -> Self {
        Self::new(false)
    }
}

/// Who said it where, as hashes.
fn voice(mention: &Mention, assessment: &Assessment) -> Voice {
    let id = mention.id.as_str();
    let author = mention.author.handle.as_deref().or(mention.author.name.as_deref());
    let thread = mention.thread.as_deref().or(mention.reply_to.as_deref());
    let saying = assessment.cluster.as_ref().map_or(id, |cluster| cluster.id.as_str());
    Voice {
        post: hash(mention.identity.permalink.as_deref().unwrap_or(id)),
        author: author.map(hash),
        thread: Some(hash(thread.unwrap_or_else(|| mention.id.native()))),
        saying: Some(hash(saying)),
    }
}

fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limited to what fits before")]
fn tenths(posts: f64) -> u32 {
    (posts * 10.0).round().clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests;
