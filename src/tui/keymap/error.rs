//! What can be wrong with `keys.toml`: where, what, and the name that was probably meant.

use std::fmt;

use crate::locale::Locale;
use crate::tr;

/// One error, at a line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeymapError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// The kinds of errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Not TOML, or not of the file's shape; the parser's own words.
    Shape(String),
    /// A table that is no layer.
    UnknownLayer {
        /// As written.
        name: String,
        /// The nearest name.
        nearest: Option<String>,
    },
    /// A `run` that is no command.
    UnknownCommand {
        /// As written.
        name: String,
        /// The nearest id.
        nearest: Option<String>,
    },
    /// A command that does not work in this layer.
    NotAllowed {
        /// Its id.
        command: String,
        /// The layers it works in.
        works_in: Vec<&'static str>,
    },
    /// An `on` that is no key.
    UnknownKey(String),
    /// A plain character in a layer where characters are text.
    TakesText(String),
    /// The same keys twice in a layer of the file.
    Duplicate {
        /// The keys.
        keys: String,
        /// The line that has them first.
        first: usize,
    },
    /// Keys that begin, or are begun by, those of another line.
    Ambiguous {
        /// The keys.
        keys: String,
        /// The other line's keys.
        other: String,
        /// The other line.
        first: usize,
    },
}

impl KeymapError {
    /// The error in the person's language, without the file's name.
    pub fn wording(&self, locale: &Locale) -> String {
        let what = match &self.problem {
            Problem::Shape(message) => tr!(locale, "desk-keys-shape", message = message),
            Problem::UnknownLayer { name, nearest } => {
                with_nearest(locale, tr!(locale, "desk-keys-unknown-layer", name = name), nearest.as_deref())
            }
            Problem::UnknownCommand { name, nearest } => {
                with_nearest(locale, tr!(locale, "desk-keys-unknown-command", name = name), nearest.as_deref())
            }
            Problem::NotAllowed { command, works_in } => {
                tr!(locale, "desk-keys-not-allowed", command = command, layers = works_in.join(", "))
            }
            Problem::UnknownKey(text) => tr!(locale, "desk-keys-unknown-key", key = text),
            Problem::TakesText(text) => tr!(locale, "desk-keys-takes-text", key = text),
            Problem::Duplicate { keys, first } => tr!(locale, "desk-keys-duplicate", keys = keys, first = *first),
            Problem::Ambiguous { keys, other, first } => {
                tr!(locale, "desk-keys-ambiguous", keys = keys, other = other, first = *first)
            }
        };
        tr!(locale, "desk-keys-line", line = self.line, what = what)
    }
}

fn with_nearest(locale: &Locale, what: String, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => tr!(locale, "desk-keys-nearest", what = what, nearest = nearest),
        None => what,
    }
}

impl fmt::Display for KeymapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {:?}", self.line, self.problem)
    }
}

impl std::error::Error for KeymapError {}
