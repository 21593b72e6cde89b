//! From the address a person has to the feeds that are there.
//!
//! What enters: the address of a feed, of a page, of a channel. What leaves: the feed itself, or those that the page names,
//! each with its title. At most three addresses are asked, with the limits of every feed; nothing is stored.

use super::super::http::{Clients, redacted};
use super::super::{Cause, SourceError};
use super::items::title;
use super::page::{Candidate, feeds, guessed, is_page, known};
use super::{Answer, Ask, Document, Fetcher};
use crate::clock::SharedClock;

/// What is at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discovered {
    /// A feed.
    Feed(Candidate),
    /// A page with these feeds, in its own order; there may be none.
    Page(Vec<Candidate>),
}

/// Looks what is at `address`.
pub async fn discover(address: &str, clock: &SharedClock) -> Result<Discovered, SourceError> {
    let clients = Clients::default();
    let asked = known(address).unwrap_or_else(|| address.to_owned());
    let (document, moved) = fetch(&asked, &clients, clock).await?;
    let url = moved.unwrap_or(asked);
    if !is_page(&document.body) {
        let title = title(&document.body, &document.url)?;
        return Ok(Discovered::Feed(Candidate { url, title }));
    }
    let named = feeds(&document.body, &document.url);
    if named.is_empty()
        && let Some(beside) = guessed(&document.url)
        && let Ok((document, moved)) = fetch(&beside, &clients, clock).await
        && let Ok(title) = title(&document.body, &document.url)
    {
        return Ok(Discovered::Page(vec![Candidate { url: moved.unwrap_or(beside), title }]));
    }
    Ok(Discovered::Page(named))
}

async fn fetch(url: &str, clients: &Clients, clock: &SharedClock) -> Result<(Document, Option<String>), SourceError> {
    let ask = Ask { url, ..Ask::default() };
    match (Fetcher { clients }).fetch(&ask, clock.now()).await? {
        (Answer::Document(document), moved) => Ok((document, moved)),
        // Nobody asked whether it changed.
        (Answer::NotModified, _) => Err(SourceError::retryable(Cause::Status { url: redacted(url), status: 304 })),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::test_server::{Reply, Server};
    use super::*;
    use crate::clock::FakeClock;

    const RSS: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/feeds/rss.xml"));

    async fn look(address: &str) -> Result<Discovered, SourceError> {
        let clock: SharedClock = Arc::new(FakeClock::new("2026-11-20T17:00:00Z".parse().expect("an instant")));
        discover(address, &clock).await
    }

    fn page(links: &str) -> Reply {
        Reply::with("200 OK", "content-type: text/html\r\n", format!("<!doctype html><head>{links}").as_bytes())
    }

    #[tokio::test]
    async fn a_feed_is_itself_where_it_is_for_good() {
        let server =
            Server::start([Reply::redirect("301 Moved Permanently", "/new"), Reply::with("200 OK", "", RSS)]).await;
        let found = look(&server.url("/old")).await.expect("it answers");
        let Discovered::Feed(feed) = found else { panic!("{found:?}") };
        assert_eq!(feed.url, server.url("/new"));
        assert!(feed.title.is_some());
    }

    #[tokio::test]
    async fn a_page_tells_its_feeds() {
        let link = "<link rel=alternate type=application/rss+xml title=News href=/feed>";
        let server = Server::start([page(link)]).await;
        let feed = Candidate { url: server.url("/feed"), title: Some("News".to_owned()) };
        assert_eq!(look(&server.url("/")).await, Ok(Discovered::Page(vec![feed])));
    }

    #[tokio::test]
    async fn a_tag_of_the_fediverse_has_a_feed_beside_its_page() {
        let server = Server::start([page(""), Reply::with("200 OK", "", RSS)]).await;
        let found = look(&server.url("/tags/elmtown")).await.expect("it answers");
        let Discovered::Page(feeds) = found else { panic!("{found:?}") };
        assert_eq!(feeds[0].url, server.url("/tags/elmtown.rss"));
    }

    #[tokio::test]
    async fn a_page_without_feeds_has_none() {
        let server = Server::start([page("")]).await;
        assert_eq!(look(&server.url("/about")).await, Ok(Discovered::Page(Vec::new())));
    }

    #[tokio::test]
    async fn what_is_neither_is_an_error() {
        let server = Server::start([Reply::with("200 OK", "", b"PK\x03\x04")]).await;
        let error = look(&server.url("/file.zip?key=hush")).await.expect_err("it is no feed");
        assert!(matches!(error.cause, Cause::NotAFeed { .. }), "{error:?}");
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}
