//! Why a source stops, sorted where it arises: to be tried again, or not.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::mapping::ProfileError;
use crate::config::SecretError;
use crate::query::QueryError;

/// Why a run ended before its source did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// What happened; [`SourceError::words`] words it.
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
    /// A file could not be read or written; the system's own words.
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: String,
    },
    /// The standard input could not be read.
    Input(String),
    /// A file or an answer is larger than this many bytes.
    TooLarge {
        /// Which.
        what: String,
        /// The most that is read.
        limit: u64,
    },
    /// A folder holds more files than are remembered.
    TooManyFiles {
        /// The folder.
        path: PathBuf,
        /// The most.
        limit: usize,
    },
    /// A folder's profile cannot be used.
    Profile(ProfileError),
    /// The server said no.
    Status {
        /// Which address.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The feed is gone for good (410).
    Gone {
        /// Which address.
        url: String,
    },
    /// No answer, or not all of it, in time.
    TimedOut {
        /// Which address.
        url: String,
    },
    /// The server could not be reached, or the connection broke.
    Unreachable {
        /// Which address.
        url: String,
        /// The first cause.
        error: String,
    },
    /// Redirected more than five times, or in a circle.
    TooManyRedirects {
        /// The first address.
        url: String,
    },
    /// Redirected to where a feed of the open web has no business: another scheme, a private address.
    ForbiddenRedirect {
        /// The address that redirected.
        url: String,
        /// To where.
        target: String,
    },
    /// The answer is not RSS, Atom or JSON Feed.
    NotAFeed {
        /// Which address.
        url: String,
        /// The parser's own words.
        error: String,
    },
    /// A server's API answered with an error.
    Answered {
        /// Which address.
        url: String,
        /// The HTTP status.
        status: u16,
        /// Its own words, cut short; hostile.
        said: Option<String>,
    },
    /// An answer is not what its protocol says.
    BadAnswer {
        /// Of which address.
        url: String,
        /// The parser's own words.
        error: String,
    },
    /// A secret would go over the open net unencrypted.
    InTheClear {
        /// To which address.
        url: String,
    },
    /// Another program listens at this address, or this one already does.
    PortTaken {
        /// Which.
        address: String,
    },
    /// It cannot be listened at this address; the system's own words.
    NotListening {
        /// Which.
        address: String,
        /// Why.
        error: String,
    },
    /// A secret of Standard Webhooks that is not base64.
    NotBase64,
    /// A secret that can be guessed.
    ShortSecret,
    /// The server does not take the name or the password.
    WrongPassword {
        /// Which server.
        server: String,
        /// Whose.
        handle: String,
    },
    /// The account asks for a code by e-mail at each sign-in with this password.
    SecondFactor {
        /// Which server.
        server: String,
        /// Whose.
        handle: String,
    },
    /// The account is closed, or was taken down.
    AccountClosed {
        /// Which server.
        server: String,
        /// Whose.
        handle: String,
    },
    /// A secret cannot be had.
    Secret(SecretError),
    /// The answer is a page for people.
    APage {
        /// Which address.
        url: String,
        /// The feeds it names.
        feeds: Vec<String>,
    },
    /// Encrypted connections cannot be set up on this machine.
    NoTls(String),
    /// A program could not be started; the system's own words.
    NotStarted {
        /// Which, without arguments that may hold a key.
        program: String,
        /// Why.
        error: String,
    },
    /// A program ended otherwise than well.
    Ended {
        /// Which, without arguments that may hold a key.
        program: String,
        /// With which code, or by which signal.
        how: HowEnded,
        /// The last line of its standard error, cut short and cleaned.
        said: Option<String>,
    },
    /// The query that decides what is kept cannot be read.
    Query {
        /// As the configuration has it.
        query: String,
        /// What is wrong with it first.
        error: Option<Box<QueryError>>,
    },
    /// A server ended its stream.
    StreamEnded {
        /// Of which address.
        url: String,
        /// Its own word for why; hostile.
        said: Option<String>,
    },
    /// A commit did not happen.
    NotCommitted,
    /// The program ends; nobody takes batches any more.
    Closed,
    /// A fault of this program.
    Panicked(String),
}

/// How a program came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowEnded {
    /// By itself, with this code.
    Code(i32),
    /// By this signal.
    Signal(i32),
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

    /// The same, tried again no sooner than after `span`; what is not tried again stays so.
    pub(super) fn no_sooner_than(self, span: Duration) -> Self {
        match self.retry {
            Retry::After { at_least } => {
                Self::retryable_after(self.cause, Some(at_least.unwrap_or_default().max(span)))
            }
            Retry::Never => self,
        }
    }

    /// A file's trouble, worth another try.
    pub(super) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::retryable(Cause::File { path: path.to_owned(), error: error.to_string() })
    }
}
