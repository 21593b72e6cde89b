//! Why the log could not be read or written, and the words for it.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::locale::Locale;
use crate::mention::MentionId;
use crate::tr;
use crate::triage::RecordId;

/// A failure of the log. After one of an append, nothing of that append is recorded.
#[derive(Debug, Error)]
pub enum LogError {
    /// A file could not be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another program held the log for longer than one waits.
    #[error("{path} is locked by another program", path = path.display())]
    Busy {
        /// The lock's file.
        path: PathBuf,
    },
    /// Somebody recorded an act on the mention that the author of this one had not seen.
    #[error("a newer record than the one seen stands on {mention}")]
    StaleBase {
        /// The mention.
        mention: MentionId,
        /// Its last record now.
        last: Option<RecordId>,
    },
    /// A record could not be written as JSON.
    #[error("the record cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl LogError {
    /// Names the file a system error is about; for `map_err`.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_path_buf(), source }
    }

    /// One sentence for the person: where, what, and what to do.
    pub fn text(&self, locale: &Locale) -> String {
        match self {
            Self::Io { path, source } => {
                tr!(locale, "log-error-io", path = path.display().to_string(), cause = source.to_string())
            }
            Self::Busy { path } => tr!(locale, "log-error-busy", path = path.display().to_string()),
            Self::StaleBase { mention, .. } => tr!(locale, "log-error-stale-base", mention = mention.as_str()),
            Self::Json(error) => tr!(locale, "log-error-json", cause = error.to_string()),
        }
    }
}
