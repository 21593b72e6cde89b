//! Open311 (`GeoReport` v2): what residents ask their city to mend.
//!
//! What enters: a city's service and how often it is asked. What leaves: its service requests, each with what the resident said
//! and where; a request whose text changed is a new version of it. What the city does about it (`status`, `status_notes`) is
//! kept beside the text and makes no version: nobody said anything. Asked for are the last days once more each time, because
//! cities publish late. Built from the specification; not tried against a live service.

mod requests;

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::backoff::jittered;
use super::fresh::{Fresh, Look, hashed};
use super::http::{Api, Clients, Reply, Request};
use super::probe::Tally;
use super::{Context, Cursor, Note, Position, Probe, Receipt, Source, SourceError};
use crate::config;

/// How far back the first look goes.
const FIRST: TimeDelta = TimeDelta::days(30);
/// How far behind the newest request that is known each later look begins.
const OVERLAP: TimeDelta = TimeDelta::days(7);
/// The most requests that the specification lets a server tell at a time.
const PAGE: usize = 1_000;
/// How many answers are asked for at one look, each with what is older than the one before.
const PAGES: usize = 10;

/// One city's service.
#[derive(Debug)]
pub(super) struct Open311 {
    settings: config::Open311,
    /// The server has no JSON.
    speaks_xml: bool,
}

/// The cursor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct At {
    /// A hash of the address: for another one everything begins anew.
    server: String,
    /// When the newest request was made that is known.
    newest: Option<DateTime<Utc>>,
    fresh: Fresh,
}

impl Open311 {
    pub(super) fn new(settings: config::Open311) -> Self {
        Self { settings, speaks_xml: false }
    }

    fn begin(&self, context: &Context) -> At {
        let server = hashed(&[&self.settings.url, self.settings.jurisdiction.as_deref().unwrap_or_default()]);
        let resumed = context.resume().and_then(Cursor::read::<At>).filter(|at| at.server == server);
        resumed.unwrap_or_else(|| At { server, ..At::default() })
    }

    async fn poll(&mut self, api: &Api, at: &mut At, context: &mut Context) -> Result<(), SourceError> {
        let now = context.clock.now();
        let since = at.newest.map_or(now - FIRST, |newest| newest.min(now) - OVERLAP);
        let (mut look, mut until, mut pages) = (Look::default(), None, 0);
        let is_cut = loop {
            let reply = self.ask(api, since, until, now).await?;
            context.quota(reply.quota(now));
            let receipt =
                Receipt { source: &context.source, network: context.network.as_ref(), now: context.clock.now() };
            let page = requests::read(&reply.body, &reply.url, &receipt, context.zone)?;
            pages += 1;
            let (count, oldest) = (page.items.len(), page.items.iter().filter_map(|item| item.posted_at).min());
            let is_full = count + page.bad.len() >= PAGE && page.items.iter().any(|item| !at.fresh.knows(item));
            look.items.extend(page.items);
            look.bad.extend(page.bad);
            // An answer that ends where the one before ended would go on for ever.
            match oldest.filter(|oldest| is_full && until.is_none_or(|until| *oldest < until)) {
                Some(_) if pages == PAGES => break true,
                Some(oldest) => until = Some(oldest),
                None => break false,
            }
        };
        context.health.live();
        let cut = is_cut.then(|| Note::Cut { timeline: "requests".to_owned(), pages });
        context.health.notes(cut.into_iter().collect());
        let newest = look.items.iter().filter_map(|item| item.posted_at).filter(|posted| *posted <= now).max();
        let (before, server) = (at.newest, at.server.clone());
        at.newest = newest.max(before);
        let after = at.newest;
        // The window moves on once everything in it is delivered; until then the old one is asked for again.
        let cursor = |fresh: &Fresh, is_whole: bool| {
            let newest = if is_whole { after } else { before };
            Cursor::of(&At { server: server.clone(), newest, fresh: fresh.clone() })
        };
        at.fresh.deliver(look, cursor, context).await
    }

    /// Asks in JSON, and in XML where there is no JSON.
    async fn ask(
        &mut self,
        api: &Api,
        since: DateTime<Utc>,
        until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Reply, SourceError> {
        let reply = api.ask(&self.request(since, until)).await?;
        if matches!(reply.status, 404 | 406 | 415) && !self.speaks_xml {
            self.speaks_xml = true;
            let other = api.ask(&self.request(since, until)).await?;
            if (200..300).contains(&other.status) {
                return Ok(other);
            }
            self.speaks_xml = false;
        }
        if (200..300).contains(&reply.status) { Ok(reply) } else { Err(reply.error(now)) }
    }

    fn request(&self, since: DateTime<Utc>, until: Option<DateTime<Utc>>) -> Request<'_> {
        let written = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut request = Request::get(if self.speaks_xml { "requests.xml" } else { "requests.json" });
        if let Some(jurisdiction) = &self.settings.jurisdiction {
            request = request.query("jurisdiction_id", jurisdiction);
        }
        request = request.query("start_date", written(since));
        match until {
            Some(until) => request.query("end_date", written(until)),
            None => request,
        }
    }
}

impl Source for Open311 {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let api = Api::new(&self.settings.url, context.http.clone())?;
        let mut at = self.begin(context);
        loop {
            self.poll(&api, &mut at, context).await?;
            let every: Duration = jittered(self.settings.every);
            context.rest(every).await;
        }
    }
}

/// Asks once for what the first look would bring.
pub(super) async fn try_once(settings: &config::Open311, receipt: &Receipt<'_>) -> Result<Probe, SourceError> {
    let api = Api::new(&settings.url, std::sync::Arc::new(Clients::default()))?;
    let mut city = Open311::new(settings.clone());
    let reply = city.ask(&api, receipt.now - FIRST, None, receipt.now).await?;
    let look = requests::read(&reply.body, &reply.url, receipt, chrono_tz::UTC)?;
    let mut tally = Tally::default();
    look.items.into_iter().for_each(|item| tally.item(item));
    look.bad.into_iter().for_each(|(name, cause, _)| tally.bad(Position::Item(name), cause));
    Ok(tally.answers())
}

#[cfg(test)]
mod tests;
