//! The words for what sources report: the only place where their states, errors and bad items become sentences.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    BadCause, Cause, ExportError, Health, HowEnded, Lag, OpmlError, Phase, Position, ProfileError, SourceError, State,
};
use crate::config::SecretError;
use crate::locale::Locale;
use crate::query::{QueryError, wording};
use crate::text::clean_line;
use crate::tr;

impl SourceError {
    /// One sentence: what happened, where, and what to do.
    pub fn words(&self, locale: &Locale) -> String {
        self.cause.words(locale)
    }
}

impl Cause {
    fn words(&self, locale: &Locale) -> String {
        match self {
            Self::File { path, error } => {
                tr!(locale, "source-file", path = path.display().to_string(), error = safe(error))
            }
            Self::Input(error) => tr!(locale, "source-input", error = safe(error)),
            Self::TooLarge { what, limit } => tr!(locale, "source-too-large", what = what, limit = limit >> 20),
            Self::TooManyFiles { path, limit } => {
                tr!(locale, "source-too-many-files", path = path.display().to_string(), limit = *limit)
            }
            Self::Profile(error) => error.words(locale),
            Self::Status { url, status } => status_words(locale, url, *status),
            Self::Answered { url, status, said } => answered_words(locale, url, *status, said.as_deref()),
            Self::BadAnswer { url, error } => tr!(locale, "source-bad-answer", url = url, error = safe(error)),
            Self::InTheClear { url } => tr!(locale, "source-in-the-clear", url = url),
            Self::PortTaken { address } => tr!(locale, "source-port-taken", address = address),
            Self::NotListening { address, error } => {
                tr!(locale, "source-not-listening", address = address, error = safe(error))
            }
            Self::NotBase64 => tr!(locale, "source-secret-not-base64"),
            Self::ShortSecret => tr!(locale, "source-secret-short"),
            Self::WrongPassword { server, handle } => {
                tr!(locale, "source-wrong-password", server = server, handle = safe(handle))
            }
            Self::SecondFactor { server, handle } => {
                tr!(locale, "source-second-factor", server = server, handle = safe(handle))
            }
            Self::AccountClosed { server, handle } => {
                tr!(locale, "source-account-closed", server = server, handle = safe(handle))
            }
            Self::Secret(error) => secret_words(locale, error),
            Self::Gone { url } => tr!(locale, "source-gone", url = url),
            Self::TimedOut { url } => tr!(locale, "source-timed-out", url = url),
            Self::Unreachable { url, error } => tr!(locale, "source-unreachable", url = url, error = safe(error)),
            Self::TooManyRedirects { url } => tr!(locale, "source-too-many-redirects", url = url),
            Self::ForbiddenRedirect { url, target } => {
                tr!(locale, "source-forbidden-redirect", url = url, target = target)
            }
            Self::APage { url, feeds } if feeds.is_empty() => tr!(locale, "source-a-page-without-feeds", url = url),
            Self::APage { url, feeds } => {
                tr!(locale, "source-a-page", url = url, feeds = clean_line(&feeds.join(", ")).into_owned())
            }
            Self::NotAFeed { url, error } => tr!(locale, "source-not-a-feed", url = url, error = safe(error)),
            Self::NoTls(error) => tr!(locale, "source-no-tls", error = safe(error)),
            Self::Query { query, error } => query_words(locale, query, error.as_deref()),
            Self::StreamEnded { url, said: None } => tr!(locale, "source-stream-ended", url = url),
            Self::StreamEnded { url, said: Some(said) } => {
                tr!(locale, "source-stream-ended-saying", url = url, said = safe(said))
            }
            Self::NotStarted { program, error } => {
                tr!(locale, "source-not-started", program = safe(program), error = safe(error))
            }
            Self::Ended { program, how, said } => ended_words(locale, program, *how, said.as_deref()),
            Self::NotCommitted => tr!(locale, "source-not-committed"),
            Self::Closed => tr!(locale, "source-closed"),
            Self::Panicked(text) => tr!(locale, "source-panicked", text = safe(text)),
        }
    }
}

impl Phase {
    /// A word or two for a list or a status bar; `now` is the clock's.
    pub fn words(&self, locale: &Locale, now: DateTime<Utc>) -> String {
        match self {
            Self::Starting => tr!(locale, "source-state-starting"),
            Self::Live => tr!(locale, "source-state-live"),
            Self::Waiting => tr!(locale, "source-state-waiting"),
            // It is being tried, and there is nothing to tell of it yet.
            Self::BackingOff { next_try } if *next_try <= now => tr!(locale, "source-state-trying"),
            Self::BackingOff { next_try } => {
                tr!(locale, "source-state-backing-off", span = until(locale, *next_try - now))
            }
            Self::Resting { next_run } => tr!(locale, "source-state-resting", span = until(locale, *next_run - now)),
            Self::Paused => tr!(locale, "source-state-paused"),
            Self::Ended => tr!(locale, "source-state-ended"),
            Self::Failed => tr!(locale, "source-state-stopped"),
        }
    }
}

/// What is left of a wait: its seconds in the last minute, whole minutes begun before.
fn until(locale: &Locale, left: TimeDelta) -> String {
    let seconds = (left.num_milliseconds().max(0) + 999) / 1_000;
    if seconds < 60 {
        return format!("{seconds}\u{a0}s");
    }
    locale.short_span(TimeDelta::minutes((seconds + 59) / 60))
}

impl Health {
    /// What the state's word leaves out: the trouble it is in, how far it is behind, or what else to know about it; `None`
    /// when all is well.
    pub fn trouble(&self, locale: &Locale) -> Option<String> {
        match (&self.state, &self.last_error, self.lag) {
            (State::Stopped { why: Some(error) }, ..) | (State::BackingOff { .. }, Some((_, error)), _) => {
                Some(error.words(locale))
            }
            (_, _, Some(lag)) => Some(lag.words(locale)),
            _ => self.notes.first().map(|note| note.words(locale)),
        }
    }
}

impl Lag {
    /// How far behind, in words.
    pub fn words(self, locale: &Locale) -> String {
        match self {
            Self::Bytes(bytes) => tr!(locale, "source-lag-kib", kib = bytes.div_ceil(1024)),
            Self::Seconds(seconds) => tr!(locale, "source-lag-seconds", seconds = seconds),
            Self::Items(items) => tr!(locale, "source-lag-items", count = items),
        }
    }
}

impl Position {
    /// Where, in words.
    pub fn words(&self, locale: &Locale) -> String {
        match self {
            Self::Line { line, .. } => tr!(locale, "source-position-line", line = line.to_string()),
            Self::Item(name) => tr!(locale, "source-position-item", name = safe(name)),
            Self::Row { file, row } => {
                tr!(locale, "source-position-row", file = safe(file), row = row.to_string())
            }
        }
    }
}

impl BadCause {
    /// Why, in words.
    pub fn words(&self, locale: &Locale) -> String {
        match self {
            Self::TooLong => tr!(locale, "source-bad-too-long"),
            Self::NotUtf8 => tr!(locale, "source-bad-not-utf8"),
            Self::Malformed(cause) => {
                tr!(locale, "source-bad-malformed", cause = safe(cause))
            }
            Self::NoText => tr!(locale, "source-bad-no-text"),
            Self::Columns { found, expected } => {
                tr!(locale, "source-bad-columns", found = *found, expected = *expected)
            }
            Self::TooMany => tr!(locale, "source-bad-too-many"),
            Self::Unfinished => tr!(locale, "source-bad-unfinished"),
            Self::Torn => tr!(locale, "source-bad-torn"),
            Self::UnknownType(name) => tr!(locale, "source-bad-unknown-type", name = safe(name)),
            Self::NoId => tr!(locale, "source-bad-no-id"),
            Self::LargeState => tr!(locale, "source-bad-large-state"),
        }
    }
}

impl OpmlError {
    /// One sentence: what is wrong with the file. Which file it is stands before it.
    pub fn words(&self, locale: &Locale) -> String {
        match self {
            Self::TooLarge { limit } => tr!(locale, "source-opml-too-large", limit = limit >> 20),
            Self::Malformed(error) => tr!(locale, "source-opml-malformed", error = safe(error)),
            Self::NotOpml => tr!(locale, "source-opml-not"),
            Self::Empty => tr!(locale, "source-opml-empty"),
        }
    }
}

impl ExportError {
    /// One sentence: what is wrong with the file, and what to do. Which file it is stands before it.
    pub fn words(&self, locale: &Locale) -> String {
        let listed = |columns: &[String]| {
            let filled = columns.iter().filter(|column| !column.trim().is_empty());
            clean_line(&filled.map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")).into_owned()
        };
        match self {
            Self::File { error, .. } => tr!(locale, "source-export-file", error = safe(error)),
            Self::Profile(error) => error.words(locale),
            Self::Broken(error) => tr!(locale, "source-export-broken", error = safe(error)),
            Self::Empty => tr!(locale, "source-export-empty"),
            Self::NoText { profile: None, columns } => {
                tr!(locale, "source-export-no-text", columns = listed(columns))
            }
            Self::NoText { profile: Some(profile), columns } => {
                tr!(locale, "source-export-no-text-profile", profile = profile, columns = listed(columns))
            }
            Self::UnknownColumn { column, columns } => {
                tr!(locale, "source-export-unknown-column", column = safe(column), columns = listed(columns))
            }
        }
    }
}

impl ProfileError {
    /// Where, what, and what to do.
    pub fn words(&self, locale: &Locale) -> String {
        match self {
            Self::Unreadable { path, error } => {
                tr!(locale, "source-file", path = path.display().to_string(), error = safe(error))
            }
            Self::Malformed { path, error } => {
                let error = clean_line(error);
                tr!(locale, "source-profile-malformed", path = path.display().to_string(), error = &*error)
            }
            Self::Unknown { name, known } => {
                tr!(locale, "source-profile-unknown", name = safe(name), known = known.join(", "))
            }
        }
    }
}

fn ended_words(locale: &Locale, program: &str, how: HowEnded, said: Option<&str>) -> String {
    let program = safe(program);
    let ended = match how {
        HowEnded::Code(code) => tr!(locale, "source-ended-with-code", program = program, code = code.to_string()),
        HowEnded::Signal(signal) => {
            tr!(locale, "source-ended-by-signal", program = program, signal = signal.to_string())
        }
    };
    match said {
        Some(said) => tr!(locale, "source-ended-saying", ended = ended, said = safe(said)),
        None => ended,
    }
}

fn status_words(locale: &Locale, url: &str, status: u16) -> String {
    let code = status.to_string();
    match status {
        401 | 403 => tr!(locale, "source-status-refused", url = url, code = code),
        404 => tr!(locale, "source-status-not-found", url = url, code = code),
        429 => tr!(locale, "source-status-too-often", url = url, code = code),
        500..=599 => tr!(locale, "source-status-server", url = url, code = code),
        _ => tr!(locale, "source-status-other", url = url, code = code),
    }
}

fn answered_words(locale: &Locale, url: &str, status: u16, said: Option<&str>) -> String {
    let words = status_words(locale, url, status);
    match said {
        Some(said) => tr!(locale, "source-answered-saying", words = words, said = safe(said)),
        None => words,
    }
}

fn query_words(locale: &Locale, query: &str, error: Option<&QueryError>) -> String {
    let why = error.map(|error| wording::error(error, locale)).unwrap_or_default();
    tr!(locale, "source-query", query = safe(query), why = why)
}

fn secret_words(locale: &Locale, error: &SecretError) -> String {
    match error {
        SecretError::NoVariable(name) => tr!(locale, "source-secret-no-variable", name = safe(name)),
        SecretError::NotStarted { program, error } => {
            tr!(locale, "source-secret-not-started", program = safe(program), error = safe(error))
        }
        SecretError::Failed { program } => tr!(locale, "source-secret-failed", program = safe(program)),
        SecretError::Unreadable { path, error } => {
            tr!(locale, "source-secret-unreadable", path = path.display().to_string(), error = safe(error))
        }
        SecretError::Open { path } => tr!(locale, "source-secret-open", path = path.display().to_string()),
        SecretError::Empty => tr!(locale, "source-secret-empty"),
    }
}

/// A library's or a server's own words: cut short, and safe to show.
fn safe(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    clean_line(&short).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn every_cause_has_words_in_both_languages() {
        let (url, error) = ("http://a.example/".to_owned(), "broken".to_owned());
        let mut causes = vec![
            Cause::File { path: "/a".into(), error: error.clone() },
            Cause::Input(error.clone()),
            Cause::TooLarge { what: url.clone(), limit: 8 << 20 },
            Cause::Gone { url: url.clone() },
            Cause::TimedOut { url: url.clone() },
            Cause::Unreachable { url: url.clone(), error: error.clone() },
            Cause::TooManyRedirects { url: url.clone() },
            Cause::ForbiddenRedirect { url: url.clone(), target: url.clone() },
            Cause::NotAFeed { url: url.clone(), error: error.clone() },
            Cause::APage { url: url.clone(), feeds: vec![url.clone()] },
            Cause::APage { url: url.clone(), feeds: Vec::new() },
            Cause::NoTls(error.clone()),
            Cause::PortTaken { address: "127.0.0.1:8787".to_owned() },
            Cause::NotListening { address: "127.0.0.1:8787".to_owned(), error: error.clone() },
            Cause::NotBase64,
            Cause::ShortSecret,
            Cause::TooManyFiles { path: "/a".into(), limit: 1_000 },
            Cause::Profile(ProfileError::Unknown { name: "a".into(), known: vec!["b".into()] }),
            Cause::NotStarted { program: "python3".to_owned(), error: error.clone() },
            Cause::Answered { url: url.clone(), status: 422, said: Some(error.clone()) },
            Cause::BadAnswer { url: url.clone(), error: error.clone() },
            Cause::InTheClear { url: url.clone() },
            Cause::Secret(SecretError::NoVariable("TOKEN".to_owned())),
            Cause::Secret(SecretError::NotStarted { program: "pass".to_owned(), error: error.clone() }),
            Cause::Secret(SecretError::Failed { program: "pass".to_owned() }),
            Cause::Secret(SecretError::Unreadable { path: "/a".into(), error: error.clone() }),
            Cause::Secret(SecretError::Open { path: "/a".into() }),
            Cause::Secret(SecretError::Empty),
            Cause::Ended { program: "python3".to_owned(), how: HowEnded::Code(3), said: Some(error.clone()) },
            Cause::Ended { program: "python3".to_owned(), how: HowEnded::Signal(9), said: None },
            Cause::WrongPassword { server: url.clone(), handle: "a.example".to_owned() },
            Cause::SecondFactor { server: url.clone(), handle: "a.example".to_owned() },
            Cause::AccountClosed { server: url.clone(), handle: "a.example".to_owned() },
            Cause::NotCommitted,
            Cause::Closed,
            Cause::Query { query: "a OR".to_owned(), error: None },
            Cause::StreamEnded { url: url.clone(), said: None },
            Cause::StreamEnded { url: url.clone(), said: Some("ConsumerTooSlow".to_owned()) },
            Cause::Panicked(error),
        ];
        causes.extend([401, 404, 418, 429, 503].map(|status| Cause::Status { url: url.clone(), status }));
        for locale in [Locale::new(Lang::En), Locale::new(Lang::Fr)] {
            for cause in &causes {
                let words = SourceError::retryable(cause.clone()).words(&locale);
                assert!(words.contains(' '), "{words}");
            }
        }
    }
}
