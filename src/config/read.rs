//! From the text of `config.toml` to a [`Config`], or to everything that is wrong with it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use toml::de::{DeTable, DeValue};

use super::error::{ConfigErrors, Expected, Problem};
use super::table::{Faults, Table, expected};
use super::{Config, Demo, SourceConfig, source};
use crate::mention::{Id, Network};

/// The keys of the file itself.
pub(super) const KEYS: &[&str] =
    &["plan", "actor", "lang", "theme", "ascii", "mouse", "shield", "source", "lengths", "demo"];
/// The keys of `[demo]`.
pub(super) const DEMO_KEYS: &[&str] = &["starts_at"];
/// Interface languages.
pub(super) const LANGS: &[&str] = &["en", "fr"];
const NETWORKS: &[&str] = &[
    "x",
    "bluesky",
    "mastodon",
    "threads",
    "facebook",
    "instagram",
    "linkedin",
    "youtube",
    "tiktok",
    "reddit",
    "nextdoor",
    "web",
];

/// Reads everything; the first fault does not end the reading.
pub(super) fn config(text: &str, file: &Path) -> Result<Config, ConfigErrors> {
    let mut faults = Faults::new(text, file);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        faults.add(error.span().unwrap_or(0..0), "", Problem::Syntax(error.message().to_owned()));
    }
    let root = Table::new(&document);
    root.only(KEYS, &mut faults);
    let default = Config::default();
    let config = Config {
        plan: root.text("plan", &mut faults).map_or(default.plan, PathBuf::from),
        actor: root.text("actor", &mut faults).map(str::to_owned),
        lang: root.word("lang", LANGS, &mut faults),
        theme: root.text("theme", &mut faults).map(str::to_owned),
        ascii: root.flag("ascii", &mut faults).unwrap_or(default.ascii),
        mouse: root.flag("mouse", &mut faults).unwrap_or(default.mouse),
        shield: root.flag("shield", &mut faults).unwrap_or(default.shield),
        sources: sources(root, &mut faults),
        lengths: lengths(root, &mut faults),
        demo: demo(root, &mut faults),
    };
    let mut found = faults.found;
    found.sort_by_key(|error| match error.place {
        super::Place::File { line, column, .. } => (line, column),
        super::Place::Variable(_) => (0, 0),
    });
    if found.is_empty() { Ok(config) } else { Err(ConfigErrors(found)) }
}

fn sources(root: Table<'_>, faults: &mut Faults<'_>) -> Vec<SourceConfig> {
    let mut seen = BTreeSet::new();
    let mut sources = Vec::new();
    for table in root.tables("source", faults) {
        table.only(&source::keys(), faults);
        let id = table.read("id", Expected::Id, faults, |value| value.as_str().filter(|id| is_id(id)));
        if table.get("id").is_none() {
            faults.add(table.span(), table.path("id"), Problem::Missing);
        }
        if let (Some(id), Some(entry)) = (id, table.get("id"))
            && !seen.insert(id)
        {
            faults.add(entry.span(), table.path("id"), Problem::DuplicateId { id: id.to_owned() });
        }
        let kind = source::kind(table, faults);
        let network = table.text("network", faults).map(Network::from_token);
        let enabled = table.flag("enabled", faults).unwrap_or(true);
        let collides = |other: &&SourceConfig| {
            enabled && other.enabled && kind.as_ref().is_some_and(|kind| kind.collides(&other.kind))
        };
        if let Some(other) = sources.iter().find(collides) {
            let span = table.get("listen").map_or(table.span(), toml::Spanned::span);
            faults.add(span, table.path("listen"), Problem::SameAddress { id: other.id.to_string() });
        }
        if let (Some(id), Some(kind)) = (id, kind) {
            sources.push(SourceConfig { id: Id::from(id), kind, network, enabled });
        }
    }
    sources
}

fn lengths(root: Table<'_>, faults: &mut Faults<'_>) -> std::collections::BTreeMap<Network, u32> {
    let Some(table) = root.table("lengths", faults) else { return std::collections::BTreeMap::new() };
    let mut lengths = std::collections::BTreeMap::new();
    for (token, span, _) in table.iter() {
        let network = Network::from_token(token);
        if matches!(network, Network::Other(_) | Network::Unknown) {
            let suggestion = super::nearest(token, NETWORKS.iter().copied());
            faults.add(span, table.path(token), Problem::UnknownKey { suggestion });
            continue;
        }
        if let Some(length) = table.read(token, Expected::Count, faults, count) {
            lengths.insert(network, length);
        }
    }
    lengths
}

fn demo(root: Table<'_>, faults: &mut Faults<'_>) -> Demo {
    let Some(table) = root.table("demo", faults) else { return Demo::default() };
    table.only(DEMO_KEYS, faults);
    Demo { starts_at: table.read("starts_at", Expected::Instant, faults, instant) }
}

/// An id as the plan and the sources use them.
fn is_id(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

fn count(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|count| *count > 0)
}

fn instant(value: &DeValue<'_>) -> Option<DateTime<Utc>> {
    let text = match value {
        DeValue::Datetime(instant) => instant.to_string(),
        DeValue::String(text) => text.to_string(),
        _ => return None,
    };
    DateTime::parse_from_rfc3339(&text).ok().map(|instant| instant.to_utc())
}

/// Reads a word given outside the file (a variable, a flag) as the file would.
pub(super) fn outside_word<T: std::str::FromStr>(text: &str, words: &'static [&'static str]) -> Result<T, Problem> {
    if words.contains(&text)
        && let Ok(value) = text.parse()
    {
        return Ok(value);
    }
    Err(expected(Expected::OneOf(words), &DeValue::String(text.into())))
}

/// Reads a flag given outside the file.
pub(super) fn outside_flag(text: &str) -> Result<bool, Problem> {
    match text {
        "1" | "true" => Ok(true),
        "" | "0" | "false" => Ok(false),
        _ => Err(expected(Expected::Flag, &DeValue::String(text.into()))),
    }
}
