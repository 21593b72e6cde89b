//! `kind = "jetstream"`: every post of Bluesky as it is written, matched here.

use super::super::table::{Faults, Table};
use super::super::{Expected, SourceKind};
use super::Row;

/// A server that Bluesky runs for everybody.
pub const DEFAULT_JETSTREAM: &str = "wss://jetstream2.us-east.bsky.network/subscribe";

/// What is kept of Bluesky's stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jetstream {
    /// The server's address, of the stream's first or second version.
    pub url: String,
    /// A query of the match stage that decides what is kept; `None`: what the plan finds relevant.
    pub query: Option<String>,
}

/// The kind.
pub(super) const ROW: Row = Row { token: "jetstream", keys: &["url", "match"], required: &[], read };

fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let is_given = table.get("url").is_some();
    let url = table.read("url", Expected::Stream, faults, |value| value.as_str().filter(|url| is_stream(url)));
    let query = table.text("match", faults).map(str::to_owned);
    if is_given && url.is_none() {
        return None;
    }
    Some(SourceKind::Jetstream(Jetstream { url: url.unwrap_or(DEFAULT_JETSTREAM).to_owned(), query }))
}

fn is_stream(text: &str) -> bool {
    let schemes = ["ws", "wss", "http", "https"];
    url::Url::parse(text).is_ok_and(|url| schemes.contains(&url.scheme()) && url.has_host())
}
