//! How a subcommand fails: an exit code and a sentence for the person.

use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::locale::Locale;
use crate::run::HomeError;

/// The exit codes of the program's public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked was done.
    Done = 0,
    /// The checked thing has problems.
    Problems = 1,
    /// Wrong use, or a missing or broken configuration or plan.
    Usage = 2,
    /// Reading or writing failed.
    Io = 3,
}

impl Exit {
    /// Help and version are done; every other answer of the parser is a wrong use.
    pub(super) fn from_clap(error: &clap::Error) -> Self {
        if error.use_stderr() { Self::Usage } else { Self::Done }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a subcommand ends early. The message is worded and clean; an empty one prints nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliError {
    /// The process's exit code.
    pub code: Exit,
    /// Where, what, and what to do; may span lines.
    pub message: String,
}

impl CliError {
    /// The checked thing has problems, which have been printed already.
    pub fn problems() -> Self {
        Self { code: Exit::Problems, message: String::new() }
    }

    /// Wrong use, or a configuration or plan that is missing or broken.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { code: Exit::Usage, message: message.to_string() }
    }

    /// Reading or writing failed.
    pub fn io(message: impl fmt::Display) -> Self {
        Self { code: Exit::Io, message: message.to_string() }
    }

    /// What keeps a home from being worked in, in the person's language.
    pub fn of_home(error: &HomeError, locale: &Locale) -> Self {
        let code = if error.is_configuration() { Exit::Usage } else { Exit::Io };
        Self { code, message: error.text(locale) }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CliError {}

impl From<io::Error> for CliError {
    /// A reader that went away wants no more output: that ends the program quietly and is no failure.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self { code: Exit::Done, message: String::new() }
        } else {
            Self::io(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_a_quiet_end() {
        let error = CliError::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!((error.code, error.message.as_str()), (Exit::Done, ""));
        assert_eq!(CliError::from(io::Error::other("disk full")).code, Exit::Io);
    }
}
