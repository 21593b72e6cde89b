//! From a feed's document to raw items.
//!
//! What enters: bytes of RSS, Atom or JSON Feed, whatever type the server called them. What leaves: entries oldest first,
//! each with a mark that changes when the entry does, and what was bad about others. An entry is known by its own id, else
//! by its link, else by nothing (its content is its identity then). A date that cannot be read is no date.

use std::borrow::Cow;
use std::io::Cursor as Bytes;

use chrono::{DateTime, Utc};
use feed_rs::model::{Content, Entry as FeedEntry, Feed as FeedModel, Text};

use super::super::http::redacted;
use super::super::{BadCause, Cause, SourceError};
use super::link::unwrapped;
use super::short_hash;
use crate::mention::{Id, Kind, Media, Network, RawItem, TextForm};

/// More than any feed has reason to hold at a time; the rest is quarantined as one.
const MAX_ENTRIES: usize = 2000;
/// The most bytes of an entry's text: a mention is not a book.
const MAX_TEXT: usize = 64 * 1024;
/// Longer ids are hashed.
const MAX_ID: usize = 256;
const MAX_MEDIA: usize = 16;

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
    // An entry without an id stays without one: an invented one would differ from run to run. A parser that failed is spent.
    let read = |bytes: &[u8]| {
        let parser = feed_rs::parser::Builder::new().base_uri(Some(url)).id_generator(|_, _, _| String::new()).build();
        parser.parse(Bytes::new(bytes))
    };
    // One byte that is no UTF-8, in one entry, must not keep all others away.
    let mended = |error| match String::from_utf8_lossy(body) {
        Cow::Owned(text) => read(text.as_bytes()).map_err(|_| error),
        Cow::Borrowed(_) => Err(error),
    };
    let mut feed = read(body).or_else(mended).map_err(|error| {
        SourceError::retryable(Cause::NotAFeed { url: redacted(url), error: error.to_string().replace(url, "") })
    })?;
    let mut parsed = Parsed { entries: Vec::new(), bad: Vec::new() };
    let entries = std::mem::take(&mut feed.entries);
    if entries.len() > MAX_ENTRIES {
        let name = format!("{}…{}", MAX_ENTRIES + 1, entries.len());
        parsed.bad.push(Bad { mark: short_hash(b"too many"), name, cause: BadCause::TooMany, data: String::new() });
    }
    let network = network.unwrap_or(&Network::Web).token();
    for (place, entry) in entries.into_iter().take(MAX_ENTRIES).enumerate() {
        if let Some(item) = item(&entry, &feed, source, network, now) {
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

/// `None` when there is nothing to read in it.
fn item(entry: &FeedEntry, feed: &FeedModel, source: &Id, network: &str, now: DateTime<Utc>) -> Option<RawItem> {
    let title = entry.title.as_ref().map(html).unwrap_or_default();
    let body = entry.summary.as_ref().map(html).filter(|text| !text.trim().is_empty());
    let body = body.or_else(|| entry.content.as_ref().and_then(content_html)).unwrap_or_default();
    let text = match (title.trim(), body.trim()) {
        ("", "") => return None,
        ("", body) => body.to_owned(),
        (title, "") => title.to_owned(),
        (title, body) => format!("<p>{title}</p>\n{body}"),
    };
    let link = link(entry).map(unwrapped);
    let author = entry.authors.iter().chain(&feed.authors).find_map(|person| filled(person.name.as_deref()));
    let feed_title = feed.title.as_ref().and_then(|title| filled(Some(&title.content)));
    let mut item = RawItem::new(source.clone(), cut(text), now);
    item.form = TextForm::Html;
    item.kind = if title.trim().is_empty() { Kind::Post } else { Kind::Article };
    item.native_id = native_id(&entry.id).or_else(|| native_id(link.as_deref().unwrap_or_default()));
    item.network = Some(network.to_owned());
    item.author.name = author.or(feed_title);
    item.url = link;
    item.posted_at = entry.published.or(entry.updated);
    item.lang = filled(entry.language.as_deref()).or_else(|| filled(feed.language.as_deref()));
    item.media = media(entry);
    Some(item)
}

/// The page, not the enclosure, not the feed itself.
fn link(entry: &FeedEntry) -> Option<&str> {
    let page = |rel: Option<&str>| entry.links.iter().find(|link| link.rel.as_deref() == rel && !link.href.is_empty());
    page(Some("alternate")).or_else(|| page(None)).map(|link| link.href.as_str())
}

fn native_id(id: &str) -> Option<String> {
    let id = id.trim();
    match id.len() {
        0 => None,
        1..=MAX_ID => Some(id.to_owned()),
        _ => Some(short_hash(id.as_bytes())),
    }
}

/// A text as HTML, whichever it says it is.
fn html(text: &Text) -> String {
    if text.content_type.subty() == "plain" { escaped(&text.content) } else { text.content.clone() }
}

fn content_html(content: &Content) -> Option<String> {
    let body = content.body.as_deref()?;
    match (content.content_type.ty().as_str(), content.content_type.subty().as_str()) {
        ("text", "plain") => Some(escaped(body)),
        ("text", _) | ("application", "xhtml" | "xml") => Some(body.to_owned()),
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn cut(mut text: String) -> String {
    if text.len() > MAX_TEXT {
        let end = (0..=MAX_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

fn media(entry: &FeedEntry) -> Vec<Media> {
    let objects = entry.media.iter().flat_map(|object| {
        let alt = object.description.as_ref().or(object.title.as_ref()).map(|text| text.content.clone());
        object.content.iter().map(move |content| Media {
            kind: content.content_type.as_ref().map(|kind| kind.ty().to_string()),
            alt: alt.clone(),
            url: content.url.as_ref().map(ToString::to_string),
        })
    });
    objects.take(MAX_MEDIA).collect()
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
