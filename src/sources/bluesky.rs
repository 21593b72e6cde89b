//! Bluesky, and every server of its network: an account's mentions, replies and quotes, and searches in all public posts.
//!
//! What enters: answers of the account's own server, which passes on what it does not hold itself. What leaves: posts as items, the
//! first look marked as backlog, and the deletions and changes that are found when somebody is about to answer. Lists are
//! walked from the newest back to what is known; the cursor holds how far. Nothing is written to the network: no reply, no
//! like, no mark that something was seen.

mod embeds;
mod facets;
mod kept;
mod lists;
mod post;
mod session;
mod stands;
mod walk;
mod xrpc;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::backoff::jittered;
use super::http::Clients;
use super::probe::{Probe, Tally};
use super::{Context, Cursor, Position, Rest, Source, SourceError};
use crate::clock::SharedClock;
use crate::config::{self, SourceConfig};
use crate::mention::RawItem;
use kept::Account;
use lists::{Filled, List};
pub(super) use post::{MAX_TEXT, of_record};
use session::Session;
use walk::{Walk, mark};

/// Pages of one list that are read at a time; what is left of it is read the next time.
const PAGES_AT_A_TIME: usize = 10;

/// One account.
#[derive(Debug)]
pub(super) struct Bluesky {
    config: config::Bluesky,
    session: Option<Session>,
}

/// The cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct At {
    /// A hash of server and handle: for another account everything begins anew.
    account: String,
    /// How far each list was read, by its name.
    lists: BTreeMap<String, Walk>,
}

impl Bluesky {
    pub(super) fn new(config: config::Bluesky) -> Self {
        Self { config, session: None }
    }
}

impl Source for Bluesky {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let Self { config, session } = self;
        // It outlives a failed run, so that no failure costs a sign-in.
        let session = session.get_or_insert_with(|| {
            let file = kept::path(&context.handed_back, &context.source);
            Session::new(account(config), config.password.clone(), Some(file), with(context))
        });
        let mut at = begin(config, context);
        loop {
            poll(config, session, &mut at, context).await?;
            // What was cut off is read on soon; what a server bears is told by its own limits.
            let is_on = at.lists.values().any(Walk::is_on);
            let span = if is_on { Duration::ZERO } else { jittered(config.every) };
            rest(span, session, &at, context).await?;
        }
    }
}

/// Where reading goes on: what the cursor holds of the lists that are still configured.
fn begin(config: &config::Bluesky, context: &Context) -> At {
    let account = mark(&config.server, &config.handle);
    let resumed = context.resume().and_then(Cursor::read::<At>).filter(|at| at.account == account);
    let mut at = resumed.unwrap_or_else(|| At { account, lists: BTreeMap::new() });
    let names: Vec<String> = List::of(config).iter().map(List::name).collect();
    at.lists.retain(|name, _| names.contains(name));
    at
}

/// Reads every list once. A search that the server does not understand keeps no other list from being read.
async fn poll(
    config: &config::Bluesky,
    session: &mut Session,
    at: &mut At,
    context: &mut Context,
) -> Result<(), SourceError> {
    let mut misunderstood = None;
    for list in List::of(config) {
        if let Err(Failed { error, is_of_list }) = read(&list, session, at, context).await {
            if !is_of_list {
                return Err(error);
            }
            misunderstood.get_or_insert(error.no_sooner_than(config.every));
        }
    }
    context.settle().await?;
    misunderstood.map_or(Ok(()), Err)
}

/// Rests until the next look; looks again at posts that somebody is about to answer.
async fn rest(span: Duration, session: &mut Session, at: &At, context: &mut Context) -> Result<(), SourceError> {
    let mut rest = Rest::of(span);
    while let Some(request) = context.rest_or_asked(&mut rest).await {
        let found = stands::look(request.ids(), session, &context.source, &context.clock).await?;
        context.quota(session.quota());
        context.send(found.items, Cursor::of(at)).await?;
        context.settle().await?;
        context.health.live();
        request.done(found.looked_at, context.clock.now());
    }
    Ok(())
}

/// A list that could not be read.
struct Failed {
    error: SourceError,
    /// True when it is this list alone that cannot be.
    is_of_list: bool,
}

impl From<SourceError> for Failed {
    fn from(error: SourceError) -> Self {
        Self { error, is_of_list: false }
    }
}

/// Reads a list from its newest page, or from where its walk was cut off, and delivers each page with the state after it.
async fn read(list: &List, session: &mut Session, at: &mut At, context: &mut Context) -> Result<(), Failed> {
    for _ in 0..PAGES_AT_A_TIME {
        let now = context.clock.now();
        let walk = at.lists.entry(list.name()).or_default();
        let step = walk.step(now);
        let answer = session.try_call(&list.request(&step)).await;
        context.quota(session.quota());
        let page = match answer? {
            Ok(reply) => reply.json()?,
            Err(refused) => {
                // A word for the next page that the server gave and does not take any more: once more from the newest.
                if step.cursor.is_some() && !refused.is_busy() {
                    walk.begin_again();
                    continue;
                }
                let is_of_list = refused.is_of_request() && list.is_search();
                return Err(Failed { error: refused.error(now), is_of_list });
            }
        };
        context.health.live();
        let filled = list.fill(page, walk, session, &context.source, now).await?;
        let Filled { items, bad, seen } = filled;
        let backlog = walk.is_backlog();
        let has_ended = walk.took(seen, list.until());
        for (name, cause, data) in bad {
            context.quarantine(&Position::Item(name), &cause, data.as_bytes())?;
        }
        let items: Vec<_> = items.into_iter().map(|item| RawItem { backlog, ..item }).collect();
        // With nothing new the stored cursor is as good as this one: an idle source writes nothing.
        if !items.is_empty() || backlog || !has_ended {
            context.send(items, Cursor::of(at)).await?;
        }
        if has_ended {
            break;
        }
    }
    Ok(())
}

/// Signs in as if for the first time, reads the newest of each list, and leaves: nothing is kept, and a session that
/// is in use is not touched.
pub(super) async fn try_once(
    source: &SourceConfig,
    config: &config::Bluesky,
    clock: &SharedClock,
) -> Result<Probe, SourceError> {
    let with = (Arc::new(Clients::default()), clock.clone());
    let mut session = Session::new(account(config), config.password.clone(), None, with);
    let tried = first_pages(source, config, &mut session, clock).await;
    session.leave().await?;
    tried
}

async fn first_pages(
    source: &SourceConfig,
    config: &config::Bluesky,
    session: &mut Session,
    clock: &SharedClock,
) -> Result<Probe, SourceError> {
    let (mut tally, mut uris) = (Tally::default(), Vec::new());
    for list in List::of(config) {
        let mut walk = Walk::default();
        let step = walk.step(clock.now());
        let page = session.call(&list.request(&step)).await?.json()?;
        let filled = list.fill(page, &walk, session, &source.id, clock.now()).await?;
        for item in filled.items {
            // One post may be a notification and found by two searches.
            if !uris.contains(&item.native_id) {
                uris.push(item.native_id.clone());
                tally.item(item);
            }
        }
        filled.bad.into_iter().for_each(|(name, cause, _)| tally.bad(Position::Item(name), cause));
    }
    Ok(tally.answers())
}

fn account(config: &config::Bluesky) -> Account {
    Account { server: config.server.clone(), handle: config.handle.clone() }
}

fn with(context: &Context) -> (Arc<Clients>, SharedClock) {
    (context.http.clone(), context.clock.clone())
}

#[cfg(test)]
mod tests;
