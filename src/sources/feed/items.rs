//! From a feed's document to raw items.
//!
//! What enters: bytes of RSS, Atom or JSON Feed, whatever type the server called them. What leaves: entries oldest first,
//! each with a mark that changes when the entry does, and what was bad about others. An entry is known by its own id, else
//! by its link, else by nothing (its content is its identity then). A date that cannot be read is no date.

mod answers;
mod entry;
mod mend;
mod shape;

use std::borrow::Cow;
use std::io::Cursor as Bytes;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use feed_rs::model::Feed as FeedModel;

use super::super::http::redacted;
use super::super::{BadCause, Cause, SourceError};
use super::page::{feeds, is_page};
use super::short_hash;
use crate::mention::{Id, Network, RawItem};
use entry::Setting;

/// More than any feed has reason to hold at a time; the rest is quarantined as one.
const MAX_ENTRIES: usize = 2000;
/// How many of a page's feeds are told to whoever gave the page's address.
const NAMED: usize = 5;

/// What a document holds.
#[derive(Debug)]
pub(in super::super) struct Parsed {
    /// Oldest first, as far as the document's order tells.
    pub(in super::super) entries: Vec<Entry>,
    pub(in super::super) bad: Vec<Bad>,
}

/// One good entry.
#[derive(Debug)]
pub(in super::super) struct Entry {
    /// A hash of identity and content.
    pub(super) mark: String,
    pub(in super::super) item: RawItem,
}

/// One bad entry.
#[derive(Debug)]
pub(in super::super) struct Bad {
    pub(super) mark: String,
    /// What it calls itself, or its place in the document.
    pub(in super::super) name: String,
    pub(in super::super) cause: BadCause,
    pub(super) data: String,
}

/// Reads a document; `url` is where it was found and makes relative links whole.
pub(in super::super) fn parse(
    body: &[u8],
    url: &str,
    source: &Id,
    network: Option<&Network>,
    now: DateTime<Utc>,
) -> Result<Parsed, SourceError> {
    let mut feed = document(body, url)?;
    let answers = answers::of(body, feed.entries.len());
    let mut parsed = Parsed { entries: Vec::new(), bad: Vec::new() };
    let entries = std::mem::take(&mut feed.entries);
    if entries.len() > MAX_ENTRIES {
        let name = format!("{}…{}", MAX_ENTRIES + 1, entries.len());
        parsed.bad.push(Bad { mark: short_hash(b"too many"), name, cause: BadCause::TooMany, data: String::new() });
    }
    let setting = Setting { feed: &feed, source, network, now };
    for (place, entry) in entries.into_iter().take(MAX_ENTRIES).enumerate() {
        let answered = answers.get(place).and_then(Option::as_deref);
        if let Some(item) = entry::item(&entry, &setting, answered) {
            parsed.entries.push(Entry { mark: mark(&item), item });
        } else {
            let data = format!("{entry:?}");
            let name = if entry.id.is_empty() { (place + 1).to_string() } else { entry.id };
            parsed.bad.push(Bad { mark: short_hash(data.as_bytes()), name, cause: BadCause::NoText, data });
        }
    }
    parsed.entries.reverse();
    Ok(parsed)
}

/// What the feed calls itself; as hostile as it came.
pub(super) fn title(body: &[u8], url: &str) -> Result<Option<String>, SourceError> {
    let title = document(body, url)?.title.map(|title| title.content.trim().to_owned());
    Ok(title.filter(|title| !title.is_empty()))
}

/// The parser's view of a document, or why there is none.
fn document(body: &[u8], url: &str) -> Result<FeedModel, SourceError> {
    // What the parser stumbles over in one entry, such as a byte that is no UTF-8, must not cost all the others.
    let mended = |error| {
        let text = String::from_utf8_lossy(body);
        let is_cut = matches!(text, Cow::Owned(_));
        let read_again = is_cut.then(|| read(text.as_bytes(), url).ok()).flatten();
        read_again.or_else(|| read(&mend::mended(&text)?, url).ok()).ok_or(error)
    };
    read(body, url).or_else(mended).map_err(|error| {
        let shown = redacted(url);
        if is_page(body) {
            let feeds = feeds(body, url).into_iter().take(NAMED).map(|feed| redacted(&feed.url)).collect();
            return SourceError::retryable(Cause::APage { url: shown, feeds });
        }
        SourceError::retryable(Cause::NotAFeed { url: shown, error: error.replace(url, "") })
    })
}

/// One try of the parser, or its own words of why it failed.
fn read(body: &[u8], url: &str) -> Result<FeedModel, String> {
    let parse = || {
        // An entry without an id stays without one: an invented one would differ from run to run.
        let parser = feed_rs::parser::Builder::new().base_uri(Some(url)).id_generator(|_, _, _| String::new()).build();
        parser.parse(Bytes::new(body)).map_err(|error| error.to_string())
    };
    // The parser cuts some texts in the middle of a letter.
    catch_unwind(AssertUnwindSafe(parse)).unwrap_or_else(|_| Err("the parser gave up".to_owned()))
}

fn mark(item: &RawItem) -> String {
    let id = item.native_id.as_deref().unwrap_or_default();
    let author = item.author.name.as_deref().unwrap_or_default();
    short_hash(
        format!("{id}\0{author}\0{}\0{:?}\0{}", item.text, item.posted_at, item.url.as_deref().unwrap_or_default())
            .as_bytes(),
    )
}

#[cfg(test)]
mod tests;
