//! Why a source stops, sorted where it arises: to be tried again, or not.

use std::path::PathBuf;
use std::time::Duration;

/// Why a run ended before its source did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// What happened, worded by the locale.
    pub cause: Cause,
    /// Whether, and no sooner than when, it is tried again.
    pub retry: Retry,
}

/// What is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Tried again after the back-off, and no sooner than `at_least`.
    After {
        /// What the other side asked for.
        at_least: Option<Duration>,
    },
    /// Not tried again: somebody has to change something first.
    Never,
}

/// What happened. Addresses in it are redacted already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A file could not be read; the system's own words.
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: String,
    },
    /// A commit did not happen.
    NotCommitted,
    /// The program ends; nobody takes batches any more.
    Closed,
    /// A fault of this program.
    Panicked(String),
}

impl SourceError {
    /// Worth another try.
    pub fn retryable(cause: Cause) -> Self {
        Self { cause, retry: Retry::After { at_least: None } }
    }

    /// Worth another try, no sooner than after `at_least`.
    pub fn retryable_after(cause: Cause, at_least: Option<Duration>) -> Self {
        Self { cause, retry: Retry::After { at_least } }
    }

    /// Not worth another try.
    pub fn permanent(cause: Cause) -> Self {
        Self { cause, retry: Retry::Never }
    }
}
