//! A strict reader of TOML tables: every value asked for by name and type, every fault collected with its place.
//!
//! What enters: a parsed table with spans. What leaves: values, and faults in the [`Faults`] they share. A
//! wrong value reads as absent, so that the rest of the file is still looked at.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Expected, Place, Problem, place};
use super::near::nearest;

/// The faults found so far, and the text they are found in.
pub(super) struct Faults<'a> {
    text: &'a str,
    file: &'a Path,
    pub(super) found: Vec<ConfigError>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(text: &'a str, file: &'a Path) -> Self {
        Self { text, file, found: Vec::new() }
    }

    pub(super) fn add(&mut self, span: std::ops::Range<usize>, key: impl Into<String>, problem: Problem) {
        self.found.push(ConfigError { place: place(self.text, self.file, span), key: key.into(), problem });
    }

    /// A fault of a value that may be a secret: neither it nor the line it stands in is kept.
    pub(super) fn add_hidden(&mut self, span: std::ops::Range<usize>, key: String, what: Expected) {
        let mut place = place(self.text, self.file, span);
        if let Place::File { source, .. } = &mut place {
            source.clear();
        }
        let problem = Problem::Expected { what, found: "…".to_owned(), suggestion: None };
        self.found.push(ConfigError { place, key, problem });
    }
}

/// One table with the name it goes by in messages.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    entries: &'a DeTable<'a>,
    span: (usize, usize),
    /// `""` for the file itself, else such as `source`.
    name: &'static str,
}

/// A value with its place.
type Entry<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Table<'a> {
    pub(super) fn new(table: &'a Spanned<DeTable<'a>>) -> Self {
        let span = table.span();
        Self { entries: table.get_ref(), span: (span.start, span.end), name: "" }
    }

    /// The full name of `key`.
    pub(super) fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    pub(super) fn span(&self) -> std::ops::Range<usize> {
        self.span.0..self.span.1
    }

    /// Every key that is none of `known` is a fault.
    pub(super) fn only(&self, known: &[&'static str], faults: &mut Faults<'_>) {
        for key in self.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let suggestion = nearest(key.get_ref(), known.iter().copied());
            faults.add(key.span(), self.path(key.get_ref()), Problem::UnknownKey { suggestion });
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<Entry<'a>> {
        self.entries.get(key)
    }

    /// The keys with their places and values, in alphabetical order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, std::ops::Range<usize>, Entry<'a>)> {
        self.entries.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
    }

    /// Reads `key` with `read`; a value that `read` refuses is a fault.
    pub(super) fn read<T>(
        &self,
        key: &str,
        what: Expected,
        faults: &mut Faults<'_>,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let entry = self.get(key)?;
        let value = read(entry.get_ref());
        if value.is_none() {
            faults.add(entry.span(), self.path(key), expected(what, entry.get_ref()));
        }
        value
    }

    pub(super) fn text(&self, key: &str, faults: &mut Faults<'_>) -> Option<&'a str> {
        self.read(key, Expected::Text, faults, |value| value.as_str().filter(|text| !text.trim().is_empty()))
    }

    pub(super) fn flag(&self, key: &str, faults: &mut Faults<'_>) -> Option<bool> {
        self.read(key, Expected::Flag, faults, DeValue::as_bool)
    }

    /// One of `words`, each with its value.
    pub(super) fn word<T: std::str::FromStr>(
        &self,
        key: &str,
        words: &'static [&'static str],
        faults: &mut Faults<'_>,
    ) -> Option<T> {
        self.read(key, Expected::OneOf(words), faults, |value| {
            value.as_str().filter(|text| words.contains(text)).and_then(|text| text.parse().ok())
        })
    }

    pub(super) fn table(&self, key: &'static str, faults: &mut Faults<'_>) -> Option<Self> {
        let entry = self.get(key)?;
        let entries = self.read(key, Expected::Table, faults, DeValue::as_table)?;
        let span = entry.span();
        Some(Self { entries, span: (span.start, span.end), name: key })
    }

    pub(super) fn tables(&self, key: &'static str, faults: &mut Faults<'_>) -> Vec<Self> {
        let Some(list) = self.read(key, Expected::Tables, faults, DeValue::as_array) else { return Vec::new() };
        let mut tables = Vec::with_capacity(list.len());
        for entry in list {
            match entry.get_ref().as_table() {
                Some(entries) => {
                    let span = entry.span();
                    tables.push(Self { entries, span: (span.start, span.end), name: key });
                }
                None => faults.add(entry.span(), self.path(key), expected(Expected::Tables, entry.get_ref())),
            }
        }
        tables
    }
}

/// The fault of a value that is not `what`, with the word that was probably meant.
pub(super) fn expected(what: Expected, value: &DeValue<'_>) -> Problem {
    let found = match value {
        DeValue::String(text) => shortened(text),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(instant) => instant.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    };
    let suggestion = match (what, value.as_str()) {
        (Expected::OneOf(words), Some(text)) => nearest(text, words.iter().copied()),
        _ => None,
    };
    Problem::Expected { what, found, suggestion }
}

/// At most 40 characters of a value, escaped, in quotes. Addresses may hold secrets: only their scheme and host are kept.
fn shortened(text: &str) -> String {
    let (scheme, rest) = text.split_once("://").map_or(("", text), |(scheme, rest)| (scheme, rest));
    let shown = if scheme.is_empty() {
        text.to_owned()
    } else {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        format!("{scheme}://{host}{}", if host.len() < rest.len() { "/…" } else { "" })
    };
    let mut short: String = shown.chars().take(40).collect();
    if short.len() < shown.len() {
        short.push('…');
    }
    format!("\"{}\"", short.escape_debug())
}
