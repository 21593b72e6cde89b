//! How the sources are doing, in words anybody may be shown: what the desk's screens draw, and what the ingesting process keeps
//! in a file for the other processes of its home.
//!
//! What enters: [`Health`]. What leaves: [`Vitals`], owned, without secrets, the errors worded in every language of the
//! program, because whoever reads the file may speak another one than whoever wrote it. The file is replaced as a whole and its
//! owner alone reads it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Health, Lag, Quota, State};
use crate::config::replace_private;
use crate::locale::{Lang, Locale};
use crate::mention::{Id, Network};

/// The most bytes of the file that are read: some thousand sources.
const MOST: u64 = 4 << 20;

/// The vitals of one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vitals {
    /// The source's id.
    pub source: Id,
    /// The configuration's word for its kind.
    pub kind: String,
    /// What it reads, redacted.
    #[serde(default)]
    pub reads: String,
    /// What it is doing.
    #[serde(flatten)]
    pub phase: Phase,
    /// When it last heard from the other side, items or not.
    #[serde(default)]
    pub last_seen: Option<DateTime<Utc>>,
    /// How much is known to be there and not committed yet.
    #[serde(default)]
    pub lag: Option<Lag>,
    /// Its last failure; kept after it recovers.
    #[serde(default)]
    pub trouble: Option<Trouble>,
    /// What is left of what may be asked, where the other side says so.
    #[serde(default)]
    pub quota: Option<Quota>,
    /// Items committed since the ingesting process started.
    #[serde(default)]
    pub items: u64,
    /// Lines and items quarantined since then.
    #[serde(default)]
    pub bad: u64,
    /// What to know about it although nothing failed.
    #[serde(default)]
    pub notes: Vec<Worded>,
    /// The network whose posts the server measures, and the most characters one may have.
    #[serde(default)]
    pub post_length: Option<(Network, usize)>,
    /// How it is with new mentions.
    #[serde(default)]
    pub news: News,
}

/// What a source is doing, without why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Phase {
    /// Not heard from yet.
    Starting,
    /// Reading, or up to date and listening.
    Live,
    /// What it reads is not there yet.
    Waiting,
    /// It failed and is tried again.
    BackingOff {
        /// When.
        next_try: DateTime<Utc>,
    },
    /// It ended well and begins again.
    Resting {
        /// When.
        next_run: DateTime<Utc>,
    },
    /// A person paused it.
    Paused,
    /// Its input ended.
    Ended,
    /// Somebody has to change something first.
    Failed,
}

/// A failure, worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Since when it fails in this way without a success between.
    pub since: DateTime<Utc>,
    /// When it failed last.
    pub at: DateTime<Utc>,
    /// What happened.
    #[serde(flatten)]
    pub words: Worded,
}

/// A sentence in every language of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worded {
    en: String,
    fr: String,
}

/// New mentions: how many come, and whether they stay away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Mentions of the last hour that were not there before.
    pub last_hour: u64,
    /// When the last one came.
    pub last: Option<DateTime<Utc>>,
    /// Silence that lasts beyond this is longer than usual; `None` while too little is known of the source.
    pub expected_by: Option<DateTime<Utc>>,
}

impl State {
    /// Without why.
    pub fn phase(&self) -> Phase {
        match self {
            Self::Starting => Phase::Starting,
            Self::Live => Phase::Live,
            Self::Waiting => Phase::Waiting,
            Self::BackingOff { next_try } => Phase::BackingOff { next_try: *next_try },
            Self::Resting { next_run } => Phase::Resting { next_run: *next_run },
            Self::Paused => Phase::Paused,
            Self::Stopped { why: None } => Phase::Ended,
            Self::Stopped { why: Some(_) } => Phase::Failed,
        }
    }
}

impl Phase {
    /// True when it needs a look: it failed, and is tried again or not.
    pub fn is_trouble(self) -> bool {
        matches!(self, Self::BackingOff { .. } | Self::Failed)
    }

    /// When it goes on by itself, where it waits for that.
    pub fn next(self) -> Option<DateTime<Utc>> {
        match self {
            Self::BackingOff { next_try: next } | Self::Resting { next_run: next } => Some(next),
            _ => None,
        }
    }
}

impl Worded {
    fn by(words: impl Fn(&Locale) -> String) -> Self {
        // Made once: the words of a whole language take milliseconds to read.
        static LOCALES: LazyLock<(Locale, Locale)> = LazyLock::new(|| (Locale::new(Lang::En), Locale::new(Lang::Fr)));
        let (en, fr) = &*LOCALES;
        Self { en: words(en), fr: words(fr) }
    }

    /// In a person's language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }
}

impl Vitals {
    /// Of a source's health; `reads` is what it reads, redacted. What is told of new mentions is added by whoever counts them.
    pub fn of(health: &Health, reads: &str) -> Self {
        let trouble = health.last_error.as_ref().map(|(at, error)| Trouble {
            since: health.failing_since.unwrap_or(*at),
            at: *at,
            words: Worded::by(|locale| error.words(locale)),
        });
        let notes = health.notes.iter().map(|note| Worded::by(|locale| note.words(locale)));
        Self {
            source: health.source.clone(),
            kind: health.kind.to_owned(),
            reads: reads.to_owned(),
            phase: health.state.phase(),
            last_seen: health.last_seen,
            lag: health.lag,
            trouble,
            quota: health.quota,
            items: health.items,
            bad: health.bad,
            notes: notes.collect(),
            post_length: health.post_length.clone(),
            news: News::default(),
        }
    }

    /// True when nothing new came for longer than usual, and nothing else says why. One that is in trouble is told of as
    /// such, and one that a person paused, or that is over, is expected to be silent.
    pub fn is_silent(&self, now: DateTime<Utc>) -> bool {
        let listens = matches!(self.phase, Phase::Starting | Phase::Live | Phase::Waiting | Phase::Resting { .. });
        listens && self.news.expected_by.is_some_and(|by| by < now)
    }
}

/// The vitals of all sources of a home at one moment, as they are kept in its file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptVitals {
    /// When they were written. A quiet home writes nothing for hours: whether anybody still reads its sources, its ingest lock tells.
    pub at: DateTime<Utc>,
    /// In the order of the configuration.
    pub sources: Vec<Vitals>,
}

impl KeptVitals {
    /// Reads the file; `None` where there is none.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        file.take(MOST).read_to_end(&mut bytes)?;
        serde_json::from_slice(&bytes).map(Some).map_err(io::Error::other)
    }

    /// Replaces the file.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(self).map_err(io::Error::other)?;
        bytes.push(b'\n');
        replace_private(path, &bytes)
    }

    /// One source's.
    pub fn of(&self, source: &str) -> Option<&Vitals> {
        self.sources.iter().find(|vitals| *vitals.source == *source)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::FakeClock;
    use crate::sources::{Cause, HealthReporter, SourceError};

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn health() -> Health {
        let error = SourceError::retryable(Cause::Status { url: "https://a.example/feed".into(), status: 503 });
        let now = instant("2026-11-20T17:00:00Z");
        let clock = Arc::new(FakeClock::new(now));
        let (_, look) = HealthReporter::new("sentinel".into(), "feed", clock);
        let health = look.borrow().clone();
        Health {
            state: State::BackingOff { next_try: now + chrono::TimeDelta::seconds(40) },
            last_seen: Some(now),
            lag: Some(Lag::Items(3)),
            last_error: Some((now, error)),
            failing_since: Some(now - chrono::TimeDelta::minutes(4)),
            items: 7,
            bad: 1,
            quota: Some(Quota { remaining: 12, limit: Some(300), resets_at: None }),
            post_length: Some((Network::Mastodon, 500)),
            ..health
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_worded_in_both_languages() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("sources.json");
        assert_eq!(KeptVitals::read(&path).expect("it reads"), None);
        let mut one = Vitals::of(&health(), "https://a.example/…");
        one.news = News { last_hour: 4, last: one.last_seen, expected_by: None };
        let kept = KeptVitals { at: instant("2026-11-20T17:00:01Z"), sources: vec![one] };
        kept.write(&path).expect("it is written");
        kept.write(&path).expect("and written again");
        let read = KeptVitals::read(&path).expect("it reads").expect("it is there");
        assert_eq!(read, kept);
        let trouble = read.of("sentinel").and_then(|vitals| vitals.trouble.clone()).expect("it failed");
        let (en, fr) = (trouble.words.get(Lang::En), trouble.words.get(Lang::Fr));
        assert!(en.contains("503") && fr.contains("503") && en != fr, "{trouble:?}");
        let text = std::fs::read_to_string(&path).expect("it reads");
        assert!(text.contains(r#""state":"backing_off","next_try":"2026-11-20T17:00:40Z""#), "{text}");
    }

    #[test]
    fn another_releases_file_is_read_as_far_as_it_goes() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("sources.json");
        let text = r#"{"at":"2026-11-20T17:00:00Z","sources":[{"source":"a","kind":"smoke","state":"live","new":1}]}"#;
        std::fs::write(&path, text).expect("written");
        let read = KeptVitals::read(&path).expect("it reads").expect("it is there");
        assert_eq!(read.sources[0].phase, Phase::Live);
        std::fs::write(&path, "{\"at\":").expect("written");
        assert!(KeptVitals::read(&path).is_err());
    }

    #[test]
    fn silence_is_told_of_what_listens_only() {
        let now = instant("2026-11-20T17:00:00Z");
        let mut vitals = Vitals::of(&Health { state: State::Live, ..health() }, "");
        assert!(!vitals.is_silent(now), "nothing is known of it");
        vitals.news.expected_by = Some(now - chrono::TimeDelta::seconds(1));
        assert!(vitals.is_silent(now));
        for phase in [Phase::Paused, Phase::Ended, Phase::Failed, Phase::BackingOff { next_try: now }] {
            vitals.phase = phase;
            assert!(!vitals.is_silent(now), "{phase:?}");
        }
    }
}
