//! What can be wrong with a configuration: typed, with its place, worded by the locale.
//!
//! What enters: a place and a [`Problem`]. What leaves: the error and, by [`ConfigError::words`], the name and
//! arguments of the message that words it. No sentence stands here.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Everything that is wrong, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl From<ConfigError> for ConfigErrors {
    fn from(error: ConfigError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}

/// Where an error stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File {
        /// The file.
        file: PathBuf,
        /// From 1; 0 when the whole file is meant.
        line: u32,
        /// From 1, in characters.
        column: u32,
        /// The line as it is written, for showing it; empty when a secret may stand in it.
        source: String,
    },
    /// In an environment variable.
    Variable(&'static str),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line: 0, .. } => write!(f, "{}", file.display()),
            Self::File { file, line, column, .. } => write!(f, "{}:{line}:{column}", file.display()),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Where.
    pub place: Place,
    /// The key with the tables it stands in, such as `source.every`; empty when no key is meant.
    pub key: String,
    /// What.
    pub problem: Problem,
}

/// The ways a setting can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file cannot be read; the system's own words.
    Unreadable(String),
    /// The file is not UTF-8.
    NotUtf8,
    /// Not TOML; the parser's own words.
    Syntax(String),
    /// No setting has this name.
    UnknownKey {
        /// The one that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// The value is not what the setting takes.
    Expected {
        /// What it takes.
        what: Expected,
        /// What stands there, cut short.
        found: String,
        /// The word that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// The setting is needed here.
    Missing,
    /// The setting is not used by this kind of source.
    NotForKind {
        /// The kind.
        kind: &'static str,
    },
    /// The interval is too short for the other side.
    TooOften {
        /// The shortest.
        least: Duration,
    },
    /// The setting is not used with this signature.
    NotForSignature {
        /// Which.
        signature: &'static str,
    },
    /// A token would be sent unencrypted to an address that everybody reaches.
    OpenToAll,
    /// Another source listens there.
    SameAddress {
        /// Its id.
        id: String,
    },
    /// The list is longer than the other side bears.
    TooMany {
        /// The longest.
        most: usize,
    },
    /// Another source has this id.
    DuplicateId {
        /// The id.
        id: String,
    },
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Expected {
    /// Text in quotes, not empty.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number above zero.
    Count,
    /// A number above zero.
    Factor,
    /// A table.
    Table,
    /// A list of tables.
    Tables,
    /// `"90s"`, `"15m"`, `"4h"`, `"2d"`.
    Duration,
    /// A date and time with its zone.
    Instant,
    /// Letters, digits, `_`, `.`, `-`, beginning with a letter or digit.
    Id,
    /// An http or https address.
    Url,
    /// The address of a WebSocket.
    Stream,
    /// The name of an account, with a dot in it.
    Handle,
    /// A list of texts, none of them empty.
    Texts,
    /// A list of hashtags.
    Hashtags,
    /// Where a secret is kept.
    Secret,
    /// An address of this machine with a port.
    Listen,
    /// A page's id or name.
    Page,
    /// A path that nobody guesses.
    HookPath,
    /// Names of subreddits.
    Subreddits,
    /// The name of an account of Reddit.
    RedditUser,
    /// A list of texts, a program first.
    Command,
    /// Names of variables, each with a text or with where it is taken from.
    Variables,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

impl ConfigError {
    /// The file is there but cannot be read.
    pub fn unreadable(file: &Path, error: &io::Error) -> Self {
        Self { place: whole(file), key: String::new(), problem: Problem::Unreadable(error.to_string()) }
    }

    /// The id of a source that is to be added is taken.
    pub fn duplicate_id(id: &str) -> Self {
        let problem = Problem::DuplicateId { id: id.to_owned() };
        Self { place: whole(Path::new("")), key: "source.id".to_owned(), problem }
    }

    pub(super) fn not_utf8(bytes: &[u8], file: &Path, at: usize) -> Self {
        let text = String::from_utf8_lossy(&bytes[..at]);
        let place = place(&text, file, text.len()..text.len());
        Self { place, key: String::new(), problem: Problem::NotUtf8 }
    }

    /// The message that words this error, and its arguments.
    pub fn words(&self) -> (String, Vec<(&'static str, String)>) {
        let key = ("key", self.key.clone());
        let (name, arguments) = match &self.problem {
            Problem::Unreadable(cause) => ("config-unreadable", vec![("cause", cause.clone())]),
            Problem::NotUtf8 => ("config-not-utf8", vec![]),
            Problem::Syntax(cause) => ("config-syntax", vec![("cause", cause.clone())]),
            Problem::UnknownKey { suggestion: None } => ("config-unknown-key", vec![key]),
            Problem::UnknownKey { suggestion: Some(name) } => {
                ("config-unknown-key-near", vec![key, ("suggestion", (*name).to_owned())])
            }
            Problem::Expected { what: Expected::OneOf(words), found, suggestion } => {
                let common = vec![key, ("found", found.clone()), ("choices", words.join(", "))];
                match suggestion {
                    None => ("config-expected-one-of", common),
                    Some(word) => {
                        let near = ("suggestion", (*word).to_owned());
                        ("config-expected-one-of-near", common.into_iter().chain([near]).collect())
                    }
                }
            }
            Problem::Expected { what, found, .. } => {
                let token: &'static str = what.into();
                return (format!("config-expected-{token}"), vec![key, ("found", found.clone())]);
            }
            Problem::Missing => ("config-missing", vec![key]),
            Problem::NotForKind { kind } => ("config-not-for-kind", vec![key, ("kind", (*kind).to_owned())]),
            Problem::TooOften { least } => ("config-too-often", vec![key, ("least", format!("{}s", least.as_secs()))]),
            Problem::NotForSignature { signature } => {
                ("config-not-for-signature", vec![key, ("signature", (*signature).to_owned())])
            }
            Problem::OpenToAll => ("config-open-to-all", vec![key]),
            Problem::SameAddress { id } => ("config-same-address", vec![key, ("id", id.clone())]),
            Problem::TooMany { most } => ("config-too-many", vec![key, ("most", most.to_string())]),
            Problem::DuplicateId { id } => ("config-duplicate-id", vec![("id", id.clone())]),
        };
        (name.to_owned(), arguments)
    }
}

impl fmt::Display for ConfigError {
    /// Terse, for the trace log; people are shown the worded form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {:?}", self.place, self.key, self.problem)
    }
}

impl std::error::Error for ConfigError {}

fn whole(file: &Path) -> Place {
    Place::File { file: file.to_owned(), line: 0, column: 0, source: String::new() }
}

/// The place of a byte range in `text`.
pub(super) fn place(text: &str, file: &Path, span: Range<usize>) -> Place {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    Place::File {
        file: file.to_owned(),
        line: text[..start].matches('\n').count() as u32 + 1,
        column: text[line_start..start].chars().count() as u32 + 1,
        source: text[line_start..line_end].trim_end_matches('\r').to_owned(),
    }
}
