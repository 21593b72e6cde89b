//! The kinds of a `[[source]]`: which keys each has, and how they are read.
//!
//! What enters: the table of a source. What leaves: its [`SourceKind`], or the faults of its keys. A kind is one row of
//! [`ROWS`] and one file beside this one; a key that its kind does not use is a fault that names the kind.

mod bluesky;
mod command;
mod facebook;
mod feed;
mod files;
mod guide;
mod jetstream;
mod mastodon;
mod open311;
mod reddit;
mod webhook;

use std::time::Duration;

use toml::de::DeValue;

use super::error::{Expected, Problem};
use super::table::{Faults, Table};
use super::{SourceKind, duration};

pub use bluesky::Bluesky;
pub(super) use command::command_line;
pub use command::{DEFAULT_RESTART_DELAY, Program, Variable};
pub use facebook::Facebook;
pub use guide::{Ask, Form, Guide, Permission, Tried, Usual, When, guides};
pub use jetstream::{DEFAULT_JETSTREAM, Jetstream};
pub use mastodon::{MastodonAccount, Streaming};
pub use open311::Open311;
pub use reddit::Reddit;
pub use webhook::{DEFAULT_LISTEN, Signature, Webhook};

/// The keys of every source.
const COMMON: &[&str] = &["id", "kind", "network", "enabled"];

/// The kinds, in the order in which they are listed to a person.
const ROWS: &[Row] = &[
    files::NDJSON,
    files::FOLDER,
    files::STDIN,
    files::REPLAY,
    feed::ROW,
    mastodon::ROW,
    jetstream::ROW,
    command::ROW,
    webhook::ROW,
    bluesky::ROW,
    reddit::ROW,
    open311::ROW,
    facebook::ROW,
];

const TOKENS: &[&str] = &{
    let mut tokens = [""; ROWS.len()];
    let mut index = 0;
    while index < ROWS.len() {
        tokens[index] = ROWS[index].token;
        index += 1;
    }
    tokens
};

/// One kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its word in `kind = "…"`.
    token: &'static str,
    /// The keys it uses besides the common ones.
    keys: &'static [&'static str],
    /// Those of them that must be there.
    required: &'static [&'static str],
    /// Reads them; `None` when something needed is missing or wrong, which is among the faults then.
    read: fn(Table<'_>, &mut Faults<'_>) -> Option<SourceKind>,
}

/// Every key that a `[[source]]` of some kind has.
pub(super) fn keys() -> Vec<&'static str> {
    let mut keys = COMMON.to_vec();
    for key in ROWS.iter().flat_map(|row| row.keys) {
        if !keys.contains(key) {
            keys.push(key);
        }
    }
    keys
}

/// The kind with what it needs; `None` when something of that is missing or wrong.
pub(super) fn kind(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    if table.get("kind").is_none() {
        faults.add(table.span(), table.path("kind"), Problem::Missing);
    }
    let token: String = table.word("kind", TOKENS, faults)?;
    let row = ROWS.iter().find(|row| row.token == token)?;
    let is_known = |key: &str| ROWS.iter().any(|row| row.keys.contains(&key));
    for (key, span, _) in table.iter().filter(|(key, ..)| is_known(key) && !row.keys.contains(key)) {
        faults.add(span, table.path(key), Problem::NotForKind { kind: row.token });
    }
    for key in row.required.iter().filter(|key| table.get(key).is_none()) {
        faults.add(table.span(), table.path(key), Problem::Missing);
    }
    (row.read)(table, faults)
}

/// `every`, no shorter than `least`; `usual` where it is not given.
fn every(table: Table<'_>, usual: Duration, least: Duration, faults: &mut Faults<'_>) -> Duration {
    let read = table.read("every", Expected::Duration, faults, |value| interval(value.as_str()?));
    if let (Some(every), Some(entry)) = (read, table.get("every"))
        && every < least
    {
        faults.add(entry.span(), table.path("every"), Problem::TooOften { least });
    }
    read.unwrap_or(usual)
}

/// A list of texts, none of them empty; nothing when the key is not there.
fn texts(table: Table<'_>, key: &str, faults: &mut Faults<'_>) -> Vec<String> {
    let read = table.read(key, Expected::Texts, faults, |value| {
        let texts = value.as_array()?.iter().map(|text| text.get_ref().as_str().filter(|text| !text.trim().is_empty()));
        texts.map(|text| text.map(str::to_owned)).collect::<Option<Vec<_>>>()
    });
    read.unwrap_or_default()
}

/// An address of the web.
fn address<'a>(table: Table<'a>, key: &str, faults: &mut Faults<'_>) -> Option<&'a str> {
    table.read(key, Expected::Url, faults, |value| value.as_str().filter(|url| is_web(url)))
}

fn is_web(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn interval(text: &str) -> Option<Duration> {
    duration::parse(text).filter(|every| *every <= Duration::from_hours(24 * 30))
}

fn factor(value: &DeValue<'_>) -> Option<f64> {
    let text = match value {
        DeValue::Float(number) => number.as_str(),
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        _ => return None,
    };
    text.parse().ok().filter(|factor: &f64| factor.is_finite() && *factor >= 0.01 && *factor <= 10_000.0)
}

#[cfg(test)]
mod tests;
