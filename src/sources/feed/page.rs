//! Where the feeds of a page are.
//!
//! What enters: a page's address, or the page itself, hostile and unending. What leaves: the addresses of the feeds it names
//! in its `<link rel="alternate">`, in its order, each with its title. Nothing beyond the first half megabyte is looked at.

use html5gum::{StartTag, Token, Tokenizer};
use url::Url;

/// A page names its feeds at its beginning.
const LOOKED_AT: usize = 512 << 10;
/// A page has a handful of feeds.
const MAX_FOUND: usize = 20;
/// The most bytes of a title.
const MAX_TITLE: usize = 300;
/// What a feed's link calls itself. Others, such as `application/json`, are no feeds.
const TYPES: &[&str] = &["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is.
    pub url: String,
    /// What it is called; as hostile as it came.
    pub title: Option<String>,
}

/// True for what a browser would show as a page.
pub(super) fn is_page(body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&body[..body.len().min(1024)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with("<!--") && head.contains("<html"))
}

/// The feeds that the page at `url` names.
pub(super) fn feeds(body: &[u8], url: &str) -> Vec<Candidate> {
    let Ok(mut base) = Url::parse(url) else { return Vec::new() };
    let text = String::from_utf8_lossy(&body[..body.len().min(LOOKED_AT)]);
    let mut found: Vec<Candidate> = Vec::new();
    for token in Tokenizer::new(&*text) {
        let Ok(token) = token;
        let Token::StartTag(tag) = token else { continue };
        match tag.name.as_slice() {
            b"base" => {
                let target = attribute(&tag, b"href").and_then(|href| base.join(&href).ok());
                base = target.unwrap_or(base);
            }
            b"link" if names_a_feed(&tag) => {
                let target = attribute(&tag, b"href").and_then(|href| base.join(href.trim()).ok());
                let Some(url) = target.filter(|url| matches!(url.scheme(), "http" | "https")) else { continue };
                let title =
                    attribute(&tag, b"title").filter(|title| !title.trim().is_empty() && title.len() <= MAX_TITLE);
                let candidate = Candidate { url: url.to_string(), title };
                if found.iter().all(|other| other.url != candidate.url) {
                    found.push(candidate);
                }
                if found.len() == MAX_FOUND {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

fn names_a_feed(tag: &StartTag<()>) -> bool {
    let rel = attribute(tag, b"rel").unwrap_or_default().to_ascii_lowercase();
    let declared = attribute(tag, b"type").unwrap_or_default().to_ascii_lowercase();
    let declared = declared.split(';').next().unwrap_or_default().trim();
    rel.split_ascii_whitespace().any(|word| word == "alternate") && TYPES.contains(&declared)
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// The feed's address where a page's address tells it already: a channel or a playlist of `YouTube`.
pub(super) fn known(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    if !matches!(host.trim_start_matches("www.").trim_start_matches("m."), "youtube.com") {
        return None;
    }
    let mut segments = url.path_segments()?;
    let list = || url.query_pairs().find(|(name, _)| name == "list").map(|(_, list)| list.into_owned());
    let (name, value) = match (segments.next()?, segments.next()) {
        ("channel", Some(id)) => ("channel_id", id.to_owned()),
        ("user", Some(user)) => ("user", user.to_owned()),
        ("playlist", _) => ("playlist_id", list()?),
        _ => return None,
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let value = Some(value).filter(|value| !value.is_empty() && value.chars().all(is_plain))?;
    Some(format!("https://www.youtube.com/feeds/videos.xml?{name}={value}"))
}

/// Where a page that names no feed may have one all the same: a server of the fediverse has one for every person and tag.
pub(super) fn guessed(address: &str) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    let path = url.path().trim_end_matches('/').to_owned();
    let name = path.strip_prefix("/@").or_else(|| path.strip_prefix("/tags/"))?;
    let is_feed = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("rss"));
    if is_feed || name.is_empty() || name.contains('/') {
        return None;
    }
    url.set_path(&format!("{path}.rss"));
    url.set_query(None);
    url.set_fragment(None);
    Some(url.to_string())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_page_names_its_feeds() {
        let page = br#"<!DOCTYPE html><html><head>
            <link rel="stylesheet" href="a.css">
            <LINK REL="Alternate home" TYPE="application/RSS+XML; charset=utf-8" TITLE="Sentinel &raquo; News" HREF="/feed/">
            <link rel="alternate" type="application/rss+xml" title="Comments" href="https://sentinel.example/comments/feed/" />
            <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
            <link rel="alternate" hreflang="fr" href="/fr/">
            <link rel="alternate" type="application/atom+xml" href="javascript:alert(1)">
            <link rel="alternate" type="application/atom+xml" href="/feed/">
            <base href="https://cdn.example/x/"><link rel=alternate type=application/feed+json href=feed.json>"#;
        let found = feeds(page, "https://sentinel.example/news/today");
        let found: Vec<_> = found.iter().map(|feed| (feed.url.as_str(), feed.title.as_deref())).collect();
        assert_eq!(
            found,
            [
                ("https://sentinel.example/feed/", Some("Sentinel \u{bb} News")),
                ("https://sentinel.example/comments/feed/", Some("Comments")),
                ("https://cdn.example/x/feed.json", None),
            ]
        );
    }

    #[test]
    fn a_page_without_end_names_no_more_than_it_may() {
        let link = |number| format!("<link rel=alternate type=application/rss+xml href=/{number}>");
        let many: String = (0..100).map(link).collect();
        assert_eq!(feeds(many.as_bytes(), "http://a.example/").len(), MAX_FOUND);
        let late = format!("{}{}", " ".repeat(LOOKED_AT), link(1));
        assert!(feeds(late.as_bytes(), "http://a.example/").is_empty());
        assert!(feeds(b"<link rel=alternate type=application/rss+xml href=/1", "not an address").is_empty());
    }

    #[rstest]
    #[case::modern(b"\n<!doctype HTML><html>", true)]
    #[case::marked("\u{feff}<html lang=fr>".as_bytes(), true)]
    #[case::old(b"<!-- saved --><HTML>", true)]
    #[case::feed(b"<?xml version=\"1.0\"?><rss>", false)]
    #[case::json(b"{\"version\":\"https://jsonfeed.org/version/1.1\"}", false)]
    #[case::nothing(b"", false)]
    fn pages_are_known(#[case] body: &[u8], #[case] expected: bool) {
        assert_eq!(is_page(body), expected);
    }

    #[rstest]
    #[case::channel("https://www.youtube.com/channel/UCab12/videos", Some("channel_id=UCab12"))]
    #[case::playlist("https://youtube.com/playlist?list=PLx-1_y", Some("playlist_id=PLx-1_y"))]
    #[case::user("https://m.youtube.com/user/ckab", Some("user=ckab"))]
    #[case::handle("https://www.youtube.com/@ckab", None)]
    #[case::the_feed_itself("https://www.youtube.com/feeds/videos.xml?channel_id=UCab12", None)]
    #[case::lookalike("https://notyoutube.com/channel/UCab12", None)]
    #[case::odd("https://www.youtube.com/channel/a%26b", None)]
    fn a_channels_address_tells_its_feed(#[case] page: &str, #[case] query: Option<&str>) {
        let expected = query.map(|query| format!("https://www.youtube.com/feeds/videos.xml?{query}"));
        assert_eq!(known(page), expected);
    }

    #[rstest]
    #[case::tag("https://town.example/tags/elmtown?x=1", Some("https://town.example/tags/elmtown.rss"))]
    #[case::person("https://town.example/@mayor/", Some("https://town.example/@mayor.rss"))]
    #[case::post("https://town.example/@mayor/1165", None)]
    #[case::page("https://town.example/about", None)]
    #[case::feed("https://town.example/@mayor.rss", None)]
    fn a_fediverse_page_may_have_a_feed_beside_it(#[case] page: &str, #[case] expected: Option<&str>) {
        assert_eq!(guessed(page).as_deref(), expected);
    }
}
