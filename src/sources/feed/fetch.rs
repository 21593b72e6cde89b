//! One conditional GET, with every limit.
//!
//! What enters: an address and the validators of its last answer, sent back verbatim. What leaves: a document, "not
//! modified", or a typed error. Redirects are followed by hand, at most five, over http and https only, and never from the open
//! web into private addresses, by name or by number. Nothing is ever read beyond the size limit, compressed or not.

use chrono::{DateTime, Utc};
use reqwest::header::{ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, USER_AGENT};
use reqwest::{Client, Response};
use url::Url;

use super::super::http::{
    Clients, Turn, body, broken, forbidden, is_private, is_public, literal, redacted, redirect_target, wait,
};
use super::super::{Cause, SourceError};

/// What is asked.
#[derive(Debug, Default)]
pub(in super::super) struct Ask<'a> {
    pub(in super::super) url: &'a str,
    pub(in super::super) etag: Option<&'a str>,
    pub(in super::super) last_modified: Option<&'a str>,
    /// What this program calls itself there, where its usual name will not do.
    pub(in super::super) agent: Option<&'a str>,
    /// The address holds a secret of its host: it is followed nowhere else.
    pub(in super::super) is_private: bool,
}

/// What came.
#[derive(Debug)]
pub(in super::super) enum Answer {
    /// The same as last time.
    NotModified,
    /// A document.
    Document(Document),
}

/// A body and how to ask whether it changed.
#[derive(Debug)]
pub(in super::super) struct Document {
    pub(in super::super) body: Vec<u8>,
    /// Where it was found in the end.
    pub(in super::super) url: String,
    pub(in super::super) etag: Option<String>,
    pub(in super::super) last_modified: Option<String>,
}

/// Fetches.
#[derive(Debug)]
pub(in super::super) struct Fetcher<'a> {
    pub(in super::super) clients: &'a Clients,
}

impl Fetcher<'_> {
    /// Asks, and follows. The second value is the address it moved to for good, if it did.
    pub(in super::super) async fn fetch(
        &self,
        ask: &Ask<'_>,
        now: DateTime<Utc>,
    ) -> Result<(Answer, Option<String>), SourceError> {
        let Ok(first) = Url::parse(ask.url) else {
            let cause = Cause::Unreachable { url: redacted(ask.url), error: "not an address".to_owned() };
            return Err(SourceError::permanent(cause));
        };
        // Waiting for others does not count: the host has not been asked yet.
        let turn = self.clients.turn(&first).await;
        let fetched = tokio::time::timeout(self.clients.limits.time, self.follow(ask, first, turn, now)).await;
        fetched.unwrap_or_else(|_| Err(SourceError::retryable(Cause::TimedOut { url: redacted(ask.url) })))
    }

    async fn follow(
        &self,
        ask: &Ask<'_>,
        first: Url,
        mut turn: Option<Turn>,
        now: DateTime<Utc>,
    ) -> Result<(Answer, Option<String>), SourceError> {
        let (mut url, mut moved, mut all_permanent) = (first.clone(), None, true);
        let mut client = self.clients.configured(&first).await?;
        for _ in 0..=self.clients.limits.redirects {
            let response = self.get(client, &url, ask).await?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return self.answer(response, &url, now).await.map(|answer| (answer, moved));
            }
            let location = header(response.headers(), &LOCATION).unwrap_or_default();
            let Some(next) = redirect_target(&url, &location) else {
                return Err(SourceError::retryable(forbidden(&url, &location)));
            };
            if is_public(&first).await {
                if literal(&next).is_some_and(is_private) {
                    return Err(SourceError::retryable(forbidden(&url, next.as_str())));
                }
                client = self.clients.guarded().await?;
            }
            let is_elsewhere = next.host() != url.host() || next.port_or_known_default() != url.port_or_known_default();
            if is_elsewhere && ask.is_private {
                return Err(SourceError::retryable(forbidden(&url, next.as_str())));
            }
            if is_elsewhere {
                // Given back before the next is waited for: nobody holds one host while waiting for another.
                drop(turn.take());
                turn = self.clients.turn(&next).await;
            }
            all_permanent &= matches!(status, 301 | 308);
            if all_permanent {
                moved = Some(next.to_string());
            }
            url = next;
        }
        Err(SourceError::retryable(Cause::TooManyRedirects { url: redacted(first.as_str()) }))
    }

    async fn get(&self, client: &Client, url: &Url, ask: &Ask<'_>) -> Result<Response, SourceError> {
        let accept =
            "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";
        let mut request = client.get(url.clone()).header("accept", accept);
        // A value the server itself sent; one that is no header value was never stored.
        if let Some(etag) = ask.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = ask.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        if let Some(agent) = ask.agent {
            request = request.header(USER_AGENT, agent);
        }
        request.send().await.map_err(|error| SourceError::retryable(broken(url, error)))
    }

    async fn answer(&self, response: Response, url: &Url, now: DateTime<Utc>) -> Result<Answer, SourceError> {
        let status = response.status().as_u16();
        let shown = redacted(url.as_str());
        match status {
            200 => {}
            304 => return Ok(Answer::NotModified),
            410 => return Err(SourceError::permanent(Cause::Gone { url: shown })),
            _ => {
                let at_least = wait(response.headers(), now);
                return Err(SourceError::retryable_after(Cause::Status { url: shown, status }, at_least));
            }
        }
        let etag = header(response.headers(), &ETAG);
        let last_modified = header(response.headers(), &LAST_MODIFIED);
        let body = body(response, url, self.clients.limits).await?;
        Ok(Answer::Document(Document { body, url: url.to_string(), etag, last_modified }))
    }
}

fn header(headers: &HeaderMap, name: &reqwest::header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
