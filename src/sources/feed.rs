//! RSS, Atom and JSON Feed over HTTP.
//!
//! What enters: an address and how often it is asked. What leaves: the entries that are new or changed since the last
//! time, oldest first; those of the very first answer are marked as backlog, so that fifty old stories page nobody. The
//! cursor holds the server's own validators, the address it moved to, and a mark for each entry of the last answer.
//! Secrets in addresses never leave this module unredacted.

mod discover;
mod fetch;
mod items;
mod link;
mod page;

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::backoff::jittered;
use super::http::{Clients, redacted};
use super::{Cause, Context, Cursor, MAX_BATCH, Position, Retry, Source, SourceError};
use crate::mention::{Id, Network, RawItem};
pub use discover::{Discovered, discover};
use fetch::{Answer, Ask, Document, Fetcher};
use items::{Parsed, parse};
pub use page::Candidate;

/// A feed that does not parse or is too large is not asked again sooner than this, or than its interval if that is shorter.
const AFTER_BAD_ANSWER: Duration = Duration::from_mins(1);

/// One feed.
pub(super) struct Feed {
    /// What it is known by in its cursor; nothing of a secret.
    key: String,
    url: String,
    every: Duration,
    /// After an answer that is none it is not asked again sooner.
    decent: Duration,
    /// What this program calls itself there, where its usual name will not do.
    agent: Option<String>,
    /// The address holds a secret of its host.
    is_private: bool,
}

/// The cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct At {
    /// A hash of the configured address: for another one everything begins anew.
    feed: String,
    /// Where it moved to for good.
    moved: Option<String>,
    etag: Option<String>,
    last_modified: Option<String>,
    /// When it was asked last; kept only of feeds that bear no asking before their time, not even by a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<DateTime<Utc>>,
    /// False until the first answer was delivered whole.
    complete: bool,
    /// The marks of the entries delivered from the last answer.
    seen: BTreeSet<String>,
}

impl std::fmt::Debug for Feed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Feed").field("url", &redacted(&self.url)).field("every", &self.every).finish_non_exhaustive()
    }
}

impl Feed {
    pub(super) fn new(url: &str, every: Duration) -> Self {
        let key = short_hash(url.as_bytes());
        let decent = every.min(AFTER_BAD_ANSWER);
        Self { key, url: asked_at(url), every, decent, agent: None, is_private: false }
    }

    /// A feed whose address holds a secret: it is followed to no other host, and nothing of the address is kept. It is known
    /// by `name`, so that another secret does not make it another feed.
    pub(super) fn private(name: &str, url: String, every: Duration, agent: String) -> Self {
        let key = short_hash(name.as_bytes());
        Self { key, url, every, decent: every, agent: Some(agent), is_private: true }
    }

    /// Asks once, for somebody who only looks; `None` when the server says that nothing changed, though nobody asked that.
    pub(super) async fn once(
        &self,
        source: &Id,
        network: Option<&Network>,
        now: DateTime<Utc>,
    ) -> Result<Option<Parsed>, SourceError> {
        let (clients, at) = (Clients::default(), At::default());
        match (Fetcher { clients: &clients }).fetch(&self.ask(&self.url, &at), now).await?.0 {
            Answer::NotModified => Ok(None),
            Answer::Document(document) => parse_apart(&document, source, network, now).await.map(Some),
        }
    }

    /// How long until it may be asked again after a restart.
    fn too_early(&self, at: &At, now: DateTime<Utc>) -> Option<Duration> {
        let early = (at.asked? + self.every - now).to_std().ok()?;
        // A clock that was set back must not silence it.
        Some(early).filter(|early| *early <= self.every && !early.is_zero())
    }

    fn ask<'a>(&'a self, url: &'a str, at: &'a At) -> Ask<'a> {
        Ask {
            url,
            etag: at.etag.as_deref(),
            last_modified: at.last_modified.as_deref(),
            agent: self.agent.as_deref(),
            is_private: self.is_private,
        }
    }

    fn begin(&self, context: &Context) -> At {
        let feed = self.key.clone();
        let resumed = context.resume().and_then(Cursor::read::<At>).filter(|at| at.feed == feed);
        resumed.unwrap_or_else(|| At { feed, ..At::default() })
    }

    /// Asks once and delivers what is new.
    async fn poll(&self, at: &mut At, context: &mut Context) -> Result<(), SourceError> {
        let url = at.moved.clone().unwrap_or_else(|| self.url.clone());
        let http = Fetcher { clients: &context.http };
        let fetched = http.fetch(&self.ask(&url, at), context.clock.now()).await;
        let (answer, moved) = fetched.map_err(|error| self.unhurried(error))?;
        let has_moved = moved.is_some() && !self.is_private;
        if has_moved {
            at.moved = moved;
        }
        at.asked = self.is_private.then(|| context.clock.now());
        match answer {
            Answer::NotModified => {
                context.health.live();
                if has_moved || self.is_private {
                    context.send(Vec::new(), Cursor::of(at)).await?;
                }
            }
            Answer::Document(document) => {
                let now = context.clock.now();
                let parsed = parse_apart(&document, &context.source, context.network.as_ref(), now).await;
                let parsed = parsed.map_err(|error| self.unhurried(error))?;
                context.health.live();
                self.deliver(parsed, document, at, context).await?;
            }
        }
        context.settle().await
    }

    /// Sends the entries whose marks are new. Until the last batch the old validators stay in the cursor, so that a run that
    /// ends in between asks again and gets the rest.
    async fn deliver(
        &self,
        parsed: Parsed,
        document: Document,
        at: &mut At,
        context: &mut Context,
    ) -> Result<(), SourceError> {
        let mut current: BTreeSet<String> = parsed.entries.iter().map(|entry| entry.mark.clone()).collect();
        for bad in parsed.bad {
            if !at.seen.contains(&bad.mark) {
                context.quarantine(&Position::Item(bad.name), &bad.cause, bad.data.as_bytes())?;
            }
            current.insert(bad.mark);
        }
        let backlog = !at.complete;
        let fresh = parsed.entries.into_iter().filter(|entry| !at.seen.contains(&entry.mark)).collect::<Vec<_>>();
        let (mut items, mut rest) = (Vec::new(), fresh.into_iter().peekable());
        while let Some(entry) = rest.next() {
            at.seen.insert(entry.mark);
            items.push(RawItem { backlog, ..entry.item });
            if items.len() == MAX_BATCH && rest.peek().is_some() {
                context.send(std::mem::take(&mut items), Cursor::of(at)).await?;
            }
        }
        at.seen = current;
        at.complete = true;
        at.etag = document.etag;
        at.last_modified = document.last_modified;
        context.send(items, Cursor::of(at)).await
    }

    /// A server whose answers are bad is not asked more often than is decent.
    fn unhurried(&self, error: SourceError) -> SourceError {
        let is_answer = matches!(
            error.cause,
            Cause::NotAFeed { .. } | Cause::APage { .. } | Cause::TooLarge { .. } | Cause::Status { .. }
        );
        match error.retry {
            Retry::After { at_least } if is_answer => {
                SourceError::retryable_after(error.cause, at_least.max(Some(self.decent)))
            }
            _ => error,
        }
    }
}

impl Source for Feed {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let mut at = self.begin(context);
        let now = context.clock.now();
        if let Some(early) = self.too_early(&at, now) {
            context.health.resting(now + early);
            context.rest(early).await;
        }
        loop {
            self.poll(&mut at, context).await?;
            context.rest(jittered(self.every)).await;
        }
    }
}

/// Where the feed of a configured address is asked for: some pages tell by their address where their feed is.
fn asked_at(url: &str) -> String {
    page::known(url).unwrap_or_else(|| url.to_owned())
}

/// Parses where a large document holds nobody up, and where a parser's panic is only a bad document.
async fn parse_apart(
    document: &Document,
    source: &Id,
    network: Option<&Network>,
    now: DateTime<Utc>,
) -> Result<Parsed, SourceError> {
    let (source, network, url) = (source.clone(), network.cloned(), document.url.clone());
    let body = document.body.clone();
    tokio::task::spawn_blocking(move || parse(&body, &url, &source, network.as_ref(), now)).await.unwrap_or_else(
        |ended| {
            let cause = Cause::NotAFeed { url: redacted(&document.url), error: ended.to_string() };
            Err(SourceError::retryable(cause))
        },
    )
}

/// 16 hex digits.
fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..8].iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests;
