//! Reddit: the newest posts of subreddits, by the private feed of an account.
//!
//! What enters: names of subreddits, an account, the token of its feeds. What leaves: their posts, as every feed's entries
//! leave. Since 2026 Reddit answers only feeds with a token, and those not often: it is asked for all subreddits at once,
//! and after a refusal no sooner than usual. The token goes to Reddit's own host only and is kept and shown nowhere.
//! Written after Reddit's documents and copies of its feeds; not tried against the live service.

use url::Url;

use super::context::reveal;
use super::feed::Feed;
use super::http::{is_public, redacted};
use super::{Cause, Context, Source, SourceError};
use crate::config;

/// The most posts of one answer.
const POSTS: &str = "100";

/// Subreddits.
#[derive(Debug)]
pub(super) struct Reddit {
    settings: config::Reddit,
}

impl Reddit {
    pub(super) fn new(settings: config::Reddit) -> Self {
        Self { settings }
    }

    /// The feed of all of them, with the token as it is kept now.
    pub(super) async fn feed(&self) -> Result<Feed, SourceError> {
        let config::Reddit { subreddits, user, token, every, url } = &self.settings;
        let unusable = || Cause::Unreachable { url: redacted(url), error: "not an address".to_owned() };
        let mut address = Url::parse(url).map_err(|_| SourceError::permanent(unusable()))?;
        if address.scheme() == "http" && is_public(&address).await {
            return Err(SourceError::permanent(Cause::InTheClear { url: redacted(url) }));
        }
        let token = reveal(token).await?;
        let names = subreddits.join("+");
        address.set_path(&format!("/r/{names}/new/.rss"));
        let query = [("feed", token.expose()), ("user", user), ("limit", POSTS)];
        address.query_pairs_mut().clear().extend_pairs(query);
        // Reddit asks for a name that tells the program and who runs it; common names are refused.
        let platform = std::env::consts::OS;
        let agent = format!("{platform}:frontdesk:v{} (by /u/{user})", env!("CARGO_PKG_VERSION"));
        Ok(Feed::private(&format!("reddit {url} {names}"), address.into(), *every, agent))
    }
}

impl Source for Reddit {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        self.feed().await?.run(context).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::test_desk::{Desk, instant};
    use super::super::test_server::{Reply, Server};
    use super::super::{Retry, State, supervise};
    use super::*;
    use crate::config::Secret;

    const ATOM: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/feeds/reddit.xml"));
    const TEN_MINUTES: Duration = Duration::from_mins(10);

    fn reddit(url: String) -> Reddit {
        let token = Secret::Command(vec!["echo".to_owned(), "hush-4711".to_owned()]);
        let subreddits = vec!["AlderBay".to_owned(), "bc".to_owned()];
        Reddit::new(config::Reddit { subreddits, user: "town".to_owned(), token, every: TEN_MINUTES, url })
    }

    #[tokio::test]
    async fn all_subreddits_are_asked_for_at_once_by_the_accounts_token() {
        let mut desk = Desk::new();
        let server = Server::start([Reply::with("200 OK", "", ATOM)]).await;
        let (context, _health) = desk.seat(None);
        tokio::spawn(supervise(reddit(server.url("/")), context, desk.cancel()));
        let texts = desk.texts(2).await;
        assert!(texts[1].contains("Is it safe to drink?"), "{texts:?}");
        let asked = &server.requests()[0];
        assert!(asked.starts_with("get /r/alderbay+bc/new/.rss?feed=hush-4711&user=town&limit=100 "), "{asked}");
        assert!(asked.contains(":frontdesk:v") && asked.contains("(by /u/town)"), "{asked}");
        let kept = format!("{:?}", desk.cursor);
        assert!(!kept.contains("feed=") && !kept.contains("hush"), "{kept}");
    }

    #[tokio::test]
    async fn a_restart_does_not_ask_before_the_time() {
        let mut desk = Desk::new();
        let server = Server::start([Reply::with("200 OK", "", ATOM)]).await;
        let (context, handle) = desk.seat(None);
        tokio::spawn(supervise(reddit(server.url("/")), context, desk.cancel()));
        desk.texts(2).await;
        desk.cancel().cancel();
        desk.stopped(handle).await;
        desk.renew();
        let (context, handle) = desk.seat(desk.cursor.clone());
        tokio::spawn(supervise(reddit(server.url("/")), context, desk.cancel()));
        let next_run = instant("2026-11-20T17:10:00Z");
        desk.until(handle, |health| health.state == State::Resting { next_run }).await;
        assert_eq!(server.requests().len(), 1);
    }

    #[tokio::test]
    async fn a_refusal_is_told_and_not_repeated_sooner_than_usual() {
        let desk = Desk::new();
        let headers = "x-ratelimit-remaining: 0.0\r\nx-ratelimit-reset: 12.5\r\n";
        let server = Server::start([Reply::with("429 Too Many Requests", headers, b"<html>whoa there</html>")]).await;
        let (context, handle) = desk.seat(None);
        tokio::spawn(supervise(reddit(server.url("/")), context, desk.cancel()));
        let health = desk.until(handle, |health| matches!(health.state, State::BackingOff { .. })).await;
        let (_, error) = health.last_error.expect("it is told");
        assert_eq!(error.retry, Retry::After { at_least: Some(TEN_MINUTES) });
        assert!(
            matches!(&error.cause, Cause::Status { url, status: 429 } if url.ends_with("?feed=…&user=…&limit=…")),
            "{error:?}"
        );
    }

    #[tokio::test]
    async fn the_token_is_carried_to_no_other_host_and_not_in_the_clear() {
        let other = Server::start([Reply::with("200 OK", "", ATOM)]).await;
        let server = Server::start([Reply::redirect("301 Moved Permanently", &other.url("/?feed=hush-4711"))]).await;
        let desk = Desk::new();
        let (context, handle) = desk.seat(None);
        tokio::spawn(supervise(reddit(server.url("/")), context, desk.cancel()));
        let health = desk.until(handle, |health| health.last_error.is_some()).await;
        let (_, error) = health.last_error.expect("it is told");
        assert!(matches!(error.cause, Cause::ForbiddenRedirect { .. }), "{error:?}");
        assert!(other.requests().is_empty() && !format!("{error:?}").contains("hush"), "{error:?}");
        let error = reddit("http://198.51.100.7/".to_owned()).feed().await.expect_err("it is public");
        assert!(matches!(error.cause, Cause::InTheClear { .. }), "{error:?}");
    }
}
