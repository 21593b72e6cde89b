//! The pages of the timelines, from where reading had come to until there is no more.
//!
//! What enters: pages, the newest post first in each, whichever way they are asked for. What leaves: posts, the oldest first,
//! and a cursor that never passes over one that was not sent. A timeline that the server closes to us is told and left
//! alone; a broken element is kept aside, and the rest of its page goes on.

use std::time::Duration;

use serde_json::value::RawValue;

use super::super::{BadCause, Cause, Context, Note, Position, SourceError};
use super::Mastodon;
use super::server::{From, Page, Server, asked_too_often};
use super::timeline::Timeline;
use super::wire::{Notification, Status};
use crate::mention::RawItem;

/// How often a server that is asked too often is waited for before the source fails.
const PATIENCE: usize = 3;
/// What a server that says no time is left alone for.
const USUAL_WAIT: Duration = Duration::from_mins(1);
/// The most pages that are read backwards, from a timeline of which nothing was known.
const MOST_BACK: usize = 25;

/// What a page held.
#[derive(Debug, Default)]
struct Read {
    /// The oldest first.
    items: Vec<RawItem>,
    /// The id of the newest element, of the timeline's own sequence.
    newest: Option<String>,
    oldest: Option<String>,
}

impl Mastodon {
    /// Reads every timeline to its end, and waits until all of it is committed.
    pub(super) async fn catch_up(&mut self, server: &Server, context: &mut Context) -> Result<(), SourceError> {
        for timeline in self.timelines.clone() {
            match self.catch_up_with(&timeline, server, context).await {
                Ok(()) => context.health.live(),
                Err(error) if is_closed(&error, &timeline) => {
                    // Ours may be what is refused, and not the timeline.
                    server.still_lets_us_in(context.clock.now()).await?;
                    let name = timeline.name();
                    self.closed.insert(name.clone(), Note::Closed { timeline: name, why: Some(error) });
                }
                Err(error) => return Err(error),
            }
        }
        context.settle().await
    }

    async fn catch_up_with(
        &mut self,
        timeline: &Timeline,
        server: &Server,
        context: &mut Context,
    ) -> Result<(), SourceError> {
        let name = timeline.name();
        let seen = self.at.timelines.entry(name.clone()).or_default().clone();
        let newest = match (seen.complete, seen.from) {
            (true, Some(from)) => self.forwards(timeline, from, server, context).await?,
            (true, None) => self.backwards(timeline, MOST_BACK, server, context).await?,
            // Of what is there at first, the newest page is enough.
            (false, _) => self.backwards(timeline, 1, server, context).await?,
        };
        let seen = self.at.timelines.entry(name.clone()).or_default();
        let before = seen.clone();
        seen.complete = true;
        if let Some(newest) = &newest {
            seen.met(newest, context.clock.now());
        }
        let nothing_at_all = newest.is_none() && seen.from.is_none();
        let is_hidden = nothing_at_all && *timeline != Timeline::Mentions && server.hides_hashtags;
        if *seen != before {
            self.send(Vec::new(), context).await?;
        }
        match self.closed.get(&name) {
            Some(Note::Cut { .. }) => {}
            _ if is_hidden => drop(self.closed.insert(name.clone(), Note::Closed { timeline: name, why: None })),
            _ => drop(self.closed.remove(&name)),
        }
        Ok(())
    }

    /// From an id towards the newer ones until a page is empty; answers with the newest id.
    async fn forwards(
        &mut self,
        timeline: &Timeline,
        mut from: String,
        server: &Server,
        context: &mut Context,
    ) -> Result<Option<String>, SourceError> {
        let mut newest = None;
        loop {
            let page = page(server, timeline, From::After(&from), context).await?;
            if page.elements.is_empty() {
                return Ok(newest);
            }
            if newest.is_some() {
                // The page before is sent, and there is more behind it: a long way is not begun anew.
                self.at.timelines.entry(timeline.name()).or_default().from = Some(from.clone());
            }
            let newer = page.newer.clone();
            let read = self.read_page(timeline, &page, server, context)?;
            let next = newer.or(read.newest);
            if !read.items.is_empty() {
                self.send(read.items, context).await?;
            }
            match next {
                Some(next) if next != from => {
                    newest = Some(next.clone());
                    from = next;
                }
                // A server that does not move on would be asked for ever.
                _ => return Ok(newest),
            }
        }
    }

    /// From the newest towards the older ones, up to `most` pages; answers with the newest id. What was there before the first
    /// look is backlog. Nothing counts as read before the last page is.
    async fn backwards(
        &mut self,
        timeline: &Timeline,
        most: usize,
        server: &Server,
        context: &mut Context,
    ) -> Result<Option<String>, SourceError> {
        let backlog = most == 1;
        let (mut newest, mut before) = (None, None::<String>);
        for number in 1.. {
            let from = before.as_deref().map_or(From::Newest, From::Before);
            let page = page(server, timeline, from, context).await?;
            if page.elements.is_empty() {
                break;
            }
            let (newer, older) = (page.newer.clone(), page.older.clone());
            let read = self.read_page(timeline, &page, server, context)?;
            newest = newest.or(newer).or(read.newest);
            let items: Vec<RawItem> = read.items.into_iter().map(|item| RawItem { backlog, ..item }).collect();
            if !items.is_empty() {
                self.send(items, context).await?;
            }
            let next = older.or(read.oldest);
            if backlog || next.is_none() || next == before {
                break;
            }
            if number >= most {
                let name = timeline.name();
                self.closed.insert(name.clone(), Note::Cut { timeline: name, pages: most });
                break;
            }
            before = next;
        }
        Ok(newest)
    }

    /// The items of a page that were not delivered lately.
    fn read_page(
        &mut self,
        timeline: &Timeline,
        page: &Page,
        server: &Server,
        context: &mut Context,
    ) -> Result<Read, SourceError> {
        let mut read = Read::default();
        for (place, element) in page.elements.iter().enumerate().rev() {
            let (id, status) = match element_of(timeline, element) {
                Ok(element) => element,
                Err(cause) => {
                    let name = format!("{} {}", timeline.name(), place + 1);
                    self.keep_aside(&name, &BadCause::Malformed(cause), element.get(), context)?;
                    continue;
                }
            };
            read.oldest.get_or_insert_with(|| id.clone());
            read.newest = Some(id);
            let Some(status) = status.filter(|status| is_others(status, server)) else { continue };
            read.items.extend(self.fresh(&status, server, context)?);
        }
        Ok(read)
    }

    /// The item of a post, unless it was delivered lately.
    pub(super) fn fresh(
        &mut self,
        status: &Status,
        server: &Server,
        context: &mut Context,
    ) -> Result<Option<RawItem>, SourceError> {
        if !self.recent.is_new(status) {
            return Ok(None);
        }
        let item = super::item_of(status, server, context);
        if item.is_none() && !status.reblog {
            let data = serde_json::to_string(status).unwrap_or_default();
            context.quarantine(&Position::Item(status.id.clone()), &BadCause::NoText, data.as_bytes())?;
        }
        Ok(item)
    }

    /// Keeps something bad aside, once, however often it is met.
    pub(super) fn keep_aside(
        &mut self,
        name: &str,
        cause: &BadCause,
        data: &str,
        context: &mut Context,
    ) -> Result<(), SourceError> {
        if self.recent.is_new_trouble(data) {
            context.quarantine(&Position::Item(name.to_owned()), cause, data.as_bytes())?;
        }
        Ok(())
    }
}

/// The organization's own posts are no mentions of it, and a repetition is not said again.
pub(super) fn is_others(status: &Status, server: &Server) -> bool {
    let is_own = server.own.is_some() && status.account.id == server.own;
    !is_own && !status.reblog
}

/// One page; a server that is asked too often is waited for, and the person told.
async fn page(
    server: &Server,
    timeline: &Timeline,
    from: From<'_>,
    context: &mut Context,
) -> Result<Page, SourceError> {
    for _ in 1..PATIENCE {
        let page = server.page(timeline, from, context.clock.now()).await;
        match page {
            Err(error) if let Some(wait) = asked_too_often(&error, USUAL_WAIT) => {
                context.health.backing_off(error, context.clock.now() + wait);
                context.rest_deaf(wait).await;
            }
            Err(error) => return Err(error),
            Ok(page) => {
                context.quota(page.quota);
                return Ok(page);
            }
        }
    }
    server.page(timeline, from, context.clock.now()).await
}

/// The id of an element in its timeline, and its post; a notification of another kind has none that matters.
pub(super) fn element_of(timeline: &Timeline, element: &RawValue) -> Result<(String, Option<Status>), String> {
    let told = |error: serde_json::Error| error.to_string();
    let (id, status) = match timeline {
        Timeline::Mentions => {
            let notification: Notification = serde_json::from_str(element.get()).map_err(told)?;
            let is_mention = is_mention(&notification);
            (notification.id, notification.status.filter(|_| is_mention))
        }
        Timeline::Hashtag(_) => {
            let status: Status = serde_json::from_str(element.get()).map_err(told)?;
            (status.id.clone(), Some(status))
        }
    };
    let has_ids = !id.is_empty() && status.as_ref().is_none_or(|status| !status.id.is_empty());
    if has_ids { Ok((id, status)) } else { Err("no id".to_owned()) }
}

/// True for what somebody said to the account, or about a post of it.
pub(super) fn is_mention(notification: &Notification) -> bool {
    matches!(notification.kind.as_str(), "mention" | "quote")
}

/// True when the server shows a hashtag to nobody, or not to us.
fn is_closed(error: &SourceError, timeline: &Timeline) -> bool {
    let is_refusal = matches!(error.cause, Cause::Answered { status: 400 | 401 | 403 | 404 | 410 | 422, .. });
    is_refusal && *timeline != Timeline::Mentions
}
