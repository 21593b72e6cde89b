//! One entry of a feed as a raw item.
//!
//! What enters: the parser's entry, its feed, and what it answers. What leaves: the item in HTML, with the words and the
//! author that a reader of its page would see; what feeds of certain services put around them is taken off.

use chrono::{DateTime, Utc};
use feed_rs::model::{Content, Entry, Feed, Text};
use url::Url;

use super::super::super::network_of;
use super::super::link::unwrapped;
use super::super::short_hash;
use super::shape::{Shape, status_author};
use crate::mention::{Id, Kind, Media, Metrics, Network, RawAuthor, RawItem, TextForm};
use crate::text::html_to_text;

/// The most bytes of an entry's text: a mention is not a book.
const MAX_TEXT: usize = 64 * 1024;
/// Longer ids are hashed.
const MAX_ID: usize = 256;
const MAX_MEDIA: usize = 16;

/// What all entries of a document share.
#[derive(Debug)]
pub(super) struct Setting<'a> {
    pub(super) feed: &'a Feed,
    pub(super) source: &'a Id,
    /// Of entries whose address names none.
    pub(super) network: Option<&'a Network>,
    pub(super) now: DateTime<Utc>,
}

/// `None` when there is nothing to read in it. `answered` is the id of what it says it answers.
pub(super) fn item(entry: &Entry, setting: &Setting<'_>, answered: Option<&str>) -> Option<RawItem> {
    let link = link(entry).map(unwrapped);
    let shape = Shape::of(entry, setting.feed, link.as_deref(), answered.is_some());
    let author = author(entry, setting.feed, shape, link.as_deref());
    let mut title = entry.title.as_ref().map(html).unwrap_or_default();
    let mut body = body(entry, shape);
    let own = if entry.id.trim().is_empty() { link.as_deref().unwrap_or_default() } else { entry.id.trim() };
    let mut conversation = Conversation::default();
    if shape == Shape::Comment {
        conversation = Conversation::of(own, answered, link.as_deref(), &mut body);
        if says_nothing(&title, author.name.as_deref(), &body) {
            title.clear();
        }
    }
    let text = match (title.trim(), body.trim()) {
        ("", "") => return None,
        ("", body) => body.to_owned(),
        (title, "") => title.to_owned(),
        (title, body) => format!("<p>{title}</p>\n{body}"),
    };
    let mut item = RawItem::new(setting.source.clone(), cut(text), setting.now);
    item.form = TextForm::Html;
    item.kind = kind(shape, own, title.trim().is_empty());
    item.native_id = native_id(own);
    item.network = Some(network(shape, link.as_deref(), setting.network));
    item.author = author;
    item.reply_to = conversation.answers.as_deref().and_then(native_id);
    item.thread = conversation.thread.or_else(|| shape.thread(link.as_deref())).as_deref().and_then(native_id);
    item.url = link;
    item.posted_at = entry.published.or(entry.updated);
    item.lang = filled(entry.language.as_deref()).or_else(|| filled(setting.feed.language.as_deref()));
    item.metrics = metrics(entry);
    item.media = media(entry, shape);
    Some(item)
}

/// What a comment answers.
#[derive(Debug, Default)]
struct Conversation {
    answers: Option<String>,
    thread: Option<String>,
}

impl Conversation {
    /// Of the comment `own`: what it says it answers, else the comment that its first words link to, which are taken off,
    /// else the story it stands under.
    fn of(own: &str, answered: Option<&str>, link: Option<&str>, body: &mut String) -> Self {
        let story = own.split_once('#').map(|(story, _)| story);
        let linked = link.and_then(|link| take_off_answer(body, link));
        let sibling = linked.zip(story).map(|(comment, story)| format!("{story}#{comment}"));
        let answers = sibling.or_else(|| answered.map(str::to_owned)).or_else(|| story.map(str::to_owned));
        Self { answers, thread: story.or(answered).map(str::to_owned) }
    }
}

/// `In reply to <a href="https://…#comment-11">Bob</a>.` before a comment, in any language: the fragment it links to. The
/// link leads to the page of `link`.
fn take_off_answer(body: &mut String, link: &str) -> Option<String> {
    /// So far into the text at most begins the link.
    const BEFORE: usize = 200;
    let opening = body.find("<a ").filter(|at| *at < BEFORE)?;
    let href = body[opening..].find("href=\"").map(|at| opening + at + 6)?;
    let end = body[href..].find('"').map(|at| href + at)?;
    let target = Url::parse(&body[href..end]).ok()?;
    let fragment = target.fragment().filter(|fragment| fragment.starts_with("comment-"))?.to_owned();
    if target.path() != Url::parse(link).ok()?.path() {
        return None;
    }
    let rest = body[end..].find("</a>").map(|at| end + at + 4)?;
    let rest = body[rest..].trim_start().trim_start_matches('.').trim_start();
    let rest = rest.strip_prefix("</p>").unwrap_or(rest).trim_start();
    *body = rest.to_owned();
    Some(fragment)
}

/// True for the title of a comment that only names its author, or only begins what the comment says.
fn says_nothing(title: &str, author: Option<&str>, body: &str) -> bool {
    /// The most letters around a name: "By: ", "Par : ".
    const AROUND: usize = 8;
    let title = html_to_text(title);
    let title = title.trim().trim_end_matches(['…', '.']);
    let only_names = author
        .is_some_and(|author| title.ends_with(author) && title.chars().count() <= author.chars().count() + AROUND);
    only_names || html_to_text(body).trim().starts_with(title)
}

fn kind(shape: Shape, own: &str, is_untitled: bool) -> Kind {
    match shape {
        Shape::Comment => Kind::Comment,
        Shape::Reddit => {
            if own.starts_with("t1_") {
                Kind::Comment
            } else {
                Kind::Post
            }
        }
        Shape::Status => Kind::Post,
        Shape::Story if is_untitled => Kind::Post,
        Shape::Video | Shape::Alert | Shape::Story => Kind::Article,
    }
}

/// Its own address tells best, then what the configuration says.
fn network(shape: Shape, link: Option<&str>, configured: Option<&Network>) -> String {
    let address = || link.and_then(network_of).filter(|token| *token != Network::Web.token());
    let token = shape.network().or_else(address);
    token.unwrap_or_else(|| configured.unwrap_or(&Network::Web).token()).to_owned()
}

/// Who wrote it; where nobody is named, whose feed it is.
fn author(entry: &Entry, feed: &Feed, shape: Shape, link: Option<&str>) -> RawAuthor {
    let named = entry.authors.iter().find_map(|person| filled(person.name.as_deref()));
    let named = named.map(|name| match name.strip_prefix('(').and_then(|name| name.strip_suffix(')')) {
        Some(bare) => bare.to_owned(),
        None => name,
    });
    let feeds_author = || feed.authors.iter().find_map(|person| filled(person.name.as_deref()));
    let feeds_title = || feed.title.as_ref().and_then(|title| filled(Some(&title.content)));
    match shape {
        // The alert's own name is the query that a person typed.
        Shape::Alert => {
            let site = || Url::parse(link?).ok()?.host_str().map(|host| host.trim_start_matches("www.").to_owned());
            RawAuthor { name: named.or_else(site), ..RawAuthor::default() }
        }
        Shape::Reddit => {
            let handle = named.as_deref().map(|name| name.trim_start_matches("/u/").to_owned());
            RawAuthor { handle, ..RawAuthor::default() }
        }
        Shape::Status => {
            // A tag's feed bears the tag's name, not an author's.
            let is_persons = feed.links.iter().any(|link| link.href.contains("/@"));
            let name = named.or_else(|| feeds_title().filter(|_| is_persons));
            RawAuthor { handle: link.and_then(status_author), name, ..RawAuthor::default() }
        }
        Shape::Comment => RawAuthor { name: named, ..RawAuthor::default() },
        Shape::Video | Shape::Story => {
            RawAuthor { name: named.or_else(feeds_author).or_else(feeds_title), ..RawAuthor::default() }
        }
    }
}

fn body(entry: &Entry, shape: Shape) -> String {
    let filled = |text: &String| !text.trim().is_empty();
    let summary = || entry.summary.as_ref().map(html).filter(filled);
    let content = || entry.content.as_ref().and_then(content_html).filter(filled);
    let body = match shape {
        Shape::Video => entry.media.iter().find_map(|object| object.description.as_ref()).map(html),
        Shape::Reddit => content().map(|html| shape.inside(&html)),
        // The summary of a comment may be cut.
        Shape::Comment => content().or_else(summary),
        Shape::Alert | Shape::Status | Shape::Story => summary().or_else(content),
    };
    body.unwrap_or_default()
}

/// The page, not the enclosure, not the feed itself.
fn link(entry: &Entry) -> Option<&str> {
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

/// A text as HTML. Some feeds call plain what is a piece of HTML from end to end.
fn html(text: &Text) -> String {
    let is_plain = text.content_type.subty() == "plain" && !is_markup(&text.content);
    if is_plain { escaped(&text.content) } else { text.content.clone() }
}

fn is_markup(text: &str) -> bool {
    let text = text.trim();
    text.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        && text.ends_with('>')
}

fn content_html(content: &Content) -> Option<String> {
    let body = content.body.as_deref()?;
    match (content.content_type.ty().as_str(), content.content_type.subty().as_str()) {
        ("text", "plain") if !is_markup(body) => Some(escaped(body)),
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

fn metrics(entry: &Entry) -> Metrics {
    let community = entry.media.iter().find_map(|object| object.community.as_ref());
    Metrics {
        views: community.and_then(|community| community.stats_views),
        likes: community.and_then(|community| community.stars_count),
        ..Metrics::default()
    }
}

fn media(entry: &Entry, shape: Shape) -> Vec<Media> {
    let objects = entry.media.iter().flat_map(|object| {
        let alt = object.description.as_ref().or(object.title.as_ref()).map(|text| text.content.clone());
        // A video's description is the text already.
        let alt = alt.filter(|_| shape != Shape::Video);
        object.content.iter().map(move |content| Media {
            kind: content.content_type.as_ref().map(|kind| kind.ty().to_string()),
            alt: alt.clone(),
            url: content.url.as_ref().map(ToString::to_string),
        })
    });
    objects.take(MAX_MEDIA).collect()
}
