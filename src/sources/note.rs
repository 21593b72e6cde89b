//! What a source tells about itself although nothing failed: a way that is closed to it, and what it does instead.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::SourceError;
use crate::locale::Locale;
use crate::text::clean_line;
use crate::tr;

/// The most notes of one source; more of them would say nothing more.
pub(super) const MOST: usize = 8;

/// One thing to know about a source that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The server's stream does not open, so that the server is asked now and then.
    Polled {
        /// How often.
        every: Duration,
        /// What stands in the way.
        why: SourceError,
    },
    /// The WebSocket does not open, so that the same stream comes as server-sent events.
    OtherStream {
        /// What stands in the way.
        why: SourceError,
    },
    /// The server does not show a timeline to this account, or to anybody.
    Closed {
        /// Which, such as `#water`; as hostile as the configuration.
        timeline: String,
        /// What it answers; `None` when it answers with nothing.
        why: Option<SourceError>,
    },
    /// The server could not show all that it holds from before: this many pages were read.
    Cut {
        /// Which timeline.
        timeline: String,
        /// How many pages.
        pages: usize,
    },
    /// The server did not go back to where the reading had ended: what lies between was missed.
    Missed {
        /// How long that was.
        span: Duration,
    },
    /// Others tried to deliver, and may not.
    Refused(Refused),
    /// Other machines reach it without a proxy or tunnel before it.
    OpenToAll {
        /// Where it listens.
        address: SocketAddr,
    },
}

/// Deliveries that did not come from who may deliver. Nothing of them is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// How many.
    pub count: u64,
    /// When the last one came.
    pub last: DateTime<Utc>,
    /// Why it was refused.
    pub why: Refusal,
}

/// Why a delivery is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is not signed, or its signature cannot be read.
    NotSigned,
    /// It is signed with another secret, or was changed on its way.
    WrongSignature,
    /// It was signed so many seconds ago; in the future when negative.
    OutOfTime {
        /// How many.
        seconds: i64,
    },
}

impl Note {
    /// One sentence.
    pub fn words(&self, locale: &Locale) -> String {
        match self {
            Self::Polled { every, why } => {
                tr!(locale, "source-note-polled", seconds = every.as_secs(), why = why.words(locale))
            }
            Self::OtherStream { why } => tr!(locale, "source-note-other-stream", why = why.words(locale)),
            Self::Missed { span } => {
                tr!(locale, "source-note-missed", minutes = span.as_secs().div_ceil(60))
            }
            Self::Closed { timeline, why: Some(why) } => {
                let timeline = clean_line(timeline);
                tr!(locale, "source-note-closed", timeline = &*timeline, why = why.words(locale))
            }
            Self::Closed { timeline, why: None } => {
                tr!(locale, "source-note-empty", timeline = &*clean_line(timeline))
            }
            Self::Cut { timeline, pages } => {
                tr!(locale, "source-note-cut", timeline = &*clean_line(timeline), pages = *pages)
            }
            Self::Refused(refused) => refused.words(locale),
            Self::OpenToAll { address } => tr!(locale, "source-note-open", address = address.to_string()),
        }
    }
}

impl Refused {
    fn words(&self, locale: &Locale) -> String {
        let why = match self.why {
            Refusal::NotSigned => tr!(locale, "source-refused-not-signed"),
            Refusal::WrongSignature => tr!(locale, "source-refused-wrong-signature"),
            Refusal::OutOfTime { seconds } => {
                tr!(locale, "source-refused-out-of-time", minutes = seconds.unsigned_abs().div_ceil(60))
            }
        };
        tr!(locale, "source-refused", count = self.count, why = why)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cause;
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn every_note_has_words_in_both_languages() {
        let why = SourceError::retryable(Cause::TimedOut { url: "wss://a.example/".to_owned() });
        let timeline = "#water".to_owned();
        let refused = |why| Note::Refused(Refused { count: 2, last: DateTime::UNIX_EPOCH, why });
        let notes = [
            Note::Polled { every: Duration::from_mins(1), why: why.clone() },
            Note::OtherStream { why: why.clone() },
            Note::Closed { timeline: timeline.clone(), why: Some(why) },
            Note::Closed { timeline: timeline.clone(), why: None },
            Note::Cut { timeline, pages: 25 },
            Note::OpenToAll { address: ([0, 0, 0, 0], 8787).into() },
            refused(Refusal::NotSigned),
            refused(Refusal::WrongSignature),
            refused(Refusal::OutOfTime { seconds: -400 }),
            Note::Missed { span: Duration::from_hours(3) },
        ];
        for locale in [Locale::new(Lang::En), Locale::new(Lang::Fr)] {
            for note in &notes {
                let words = note.words(&locale);
                assert!(words.contains(' ') && !words.contains('$'), "{words}");
            }
        }
    }
}
