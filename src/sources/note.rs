//! What a source tells about itself although nothing failed: a way that is closed to it, and what it does instead.

use std::time::Duration;

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
        }
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
        let notes = [
            Note::Polled { every: Duration::from_mins(1), why: why.clone() },
            Note::OtherStream { why: why.clone() },
            Note::Closed { timeline: timeline.clone(), why: Some(why) },
            Note::Closed { timeline: timeline.clone(), why: None },
            Note::Cut { timeline, pages: 25 },
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
