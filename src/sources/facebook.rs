//! A Facebook Page, asked through Meta's Graph API.
//!
//! What enters: a page, its token, how often it is asked. What leaves: its posts with their comments, and the posts that tag
//! it; a changed text is a new version. Asked for are the newest pages of each list until what they hold is known. The token
//! travels in a header and stands in no address; an address that Meta names is never followed, because it would hold it. What
//! Meta takes away by its limits is waited for. Built from Meta's documents; not tried against the live service.

mod answer;
mod limits;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::backoff::jittered;
use super::fresh::{Fresh, Look, hashed};
use super::http::{Api, Clients, Request};
use super::probe::Tally;
use super::{Context, Cursor, Note, Position, Probe, Receipt, Source, SourceError, reveal};
use crate::config::{self, Revealed};
use answer::{Comment, List, Post};
use limits::Usage;

/// How many answers of one list are asked for at one look.
const PAGES: usize = 5;
/// How many posts are asked about for more comments at one look.
const THREADS: usize = 25;
const FEED: &str = "id,message,created_time,from,permalink_url,shares,reactions.limit(0).summary(true),\
                    comments.filter(stream).order(reverse_chronological).limit(100){id,message,created_time,from,parent,permalink_url}";
const TAGGED: &str = "id,message,created_time,from,permalink_url";
const COMMENTS: &str = "id,message,created_time,from,parent,permalink_url";

/// One page.
#[derive(Debug)]
pub(super) struct Facebook {
    settings: config::Facebook,
}

/// The cursor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct At {
    /// A hash of the page: for another one everything begins anew.
    page: String,
    fresh: Fresh,
}

/// One look at the page.
struct Asking<'a> {
    api: &'a Api,
    token: &'a Revealed,
    receipt: Receipt<'a>,
    /// What is known already; asking ends where all is.
    fresh: &'a Fresh,
    usage: Usage,
    look: Look,
    notes: Vec<Note>,
}

impl Facebook {
    pub(super) fn new(settings: config::Facebook) -> Self {
        Self { settings }
    }

    fn begin(&self, context: &Context) -> At {
        let page = hashed(&[&self.settings.url, &self.settings.page]);
        let resumed = context.resume().and_then(Cursor::read::<At>).filter(|at| at.page == page);
        resumed.unwrap_or_else(|| At { page, ..At::default() })
    }

    /// Looks once; how much of its limits is used comes back.
    async fn poll(
        &self,
        api: &Api,
        token: &Revealed,
        at: &mut At,
        context: &mut Context,
    ) -> Result<Usage, SourceError> {
        let now = context.clock.now();
        let (source, network) = (context.source.clone(), context.network.clone());
        let receipt = Receipt { source: &source, network: network.as_ref(), now };
        let asked = Asking::new(api, token, receipt, &at.fresh).ask(&self.settings.page).await;
        let Asking { usage, look, notes, .. } = asked?;
        context.health.live();
        context.health.notes(notes);
        context.quota(usage.quota(now));
        let page = at.page.clone();
        let cursor = |fresh: &Fresh, _is_whole: bool| Cursor::of(&At { page: page.clone(), fresh: fresh.clone() });
        at.fresh.deliver(look, cursor, context).await?;
        Ok(usage)
    }
}

impl<'a> Asking<'a> {
    fn new(api: &'a Api, token: &'a Revealed, receipt: Receipt<'a>, fresh: &'a Fresh) -> Self {
        Self { api, token, receipt, fresh, usage: Usage::default(), look: Look::default(), notes: Vec::new() }
    }

    /// Asks for the page's own list, then for what tags it.
    async fn ask(mut self, page: &str) -> Result<Self, SourceError> {
        let threads = self.list(&format!("{page}/feed"), FEED, "feed").await?;
        for (post, after) in threads.into_iter().take(THREADS) {
            self.comments(&post, after).await?;
        }
        match self.list(&format!("{page}/tagged"), TAGGED, "tagged").await {
            Ok(_) => {}
            // Not every app was allowed that; the page's own list is worth having without it.
            Err(why) if limits::is_permission(&why) => {
                self.notes.push(Note::Closed { timeline: "tagged".to_owned(), why: Some(why) });
            }
            Err(error) => return Err(error),
        }
        Ok(self)
    }

    /// Asks for the newest of a list until all of an answer is known. What comes back are the posts that have more comments than
    /// the list tells, with where those go on.
    async fn list(&mut self, path: &str, fields: &str, name: &str) -> Result<Vec<(String, String)>, SourceError> {
        let (mut after, mut threads) = (None::<String>, Vec::new());
        for _ in 0..PAGES {
            let request = Request::get(path).query("fields", fields).query("limit", "25");
            let answer: List<Post> = self.get(request, after.as_deref()).await?;
            let mut is_news = false;
            for post in answer.data {
                let id = post.id.clone();
                let (items, more) = post.into_items(&self.receipt);
                let is_new = items.iter().any(|item| !self.fresh.knows(item));
                is_news |= is_new;
                threads.extend(more.filter(|_| is_new).zip(id).map(|(after, id)| (id, after)));
                self.look.items.extend(items);
            }
            after = answer.next;
            if after.is_none() || !is_news {
                return Ok(threads);
            }
        }
        self.notes.push(Note::Cut { timeline: name.to_owned(), pages: PAGES });
        Ok(threads)
    }

    async fn comments(&mut self, post: &str, after: String) -> Result<(), SourceError> {
        let mut after = Some(after);
        for _ in 0..PAGES {
            let Some(cursor) = after else { return Ok(()) };
            let path = format!("{post}/comments");
            let request = Request::get(&path).query("fields", COMMENTS).query("limit", "100");
            let request = request.query("filter", "stream").query("order", "reverse_chronological");
            let answer: List<Comment> = self.get(request, Some(&cursor)).await?;
            let items: Vec<_> =
                answer.data.into_iter().filter_map(|comment| comment.into_item(Some(post), &self.receipt)).collect();
            let is_news = items.iter().any(|item| !self.fresh.knows(item));
            self.look.items.extend(items);
            after = answer.next.filter(|_| is_news);
        }
        Ok(())
    }

    async fn get<T: DeserializeOwned>(
        &mut self,
        request: Request<'_>,
        after: Option<&str>,
    ) -> Result<List<T>, SourceError> {
        let request = request.bearer(self.token);
        let request = match after {
            Some(after) => request.query("after", after),
            None => request,
        };
        let reply = self.api.ask(&request).await?;
        self.usage.take(&reply.headers);
        match limits::error(&reply, self.receipt.now) {
            Some(error) => Err(error),
            None => answer::list(&reply, &mut self.look.bad),
        }
    }
}

impl Source for Facebook {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let token = context.reveal(&self.settings.token).await?;
        let api = Api::new(&self.settings.url, context.http.clone())?;
        let mut at = self.begin(context);
        loop {
            let usage = self.poll(&api, &token, &mut at, context).await?;
            context.rest(jittered(usage.unhurried(self.settings.every))).await;
        }
    }
}

/// Looks once, as the first look would.
pub(super) async fn try_once(settings: &config::Facebook, receipt: &Receipt<'_>) -> Result<Probe, SourceError> {
    let token = reveal(&settings.token).await?;
    let api = Api::new(&settings.url, std::sync::Arc::new(Clients::default()))?;
    let fresh = Fresh::default();
    let Asking { look, .. } = Asking::new(&api, &token, *receipt, &fresh).ask(&settings.page).await?;
    let mut tally = Tally::default();
    look.items.into_iter().for_each(|item| tally.item(item));
    look.bad.into_iter().for_each(|(name, cause, _)| tally.bad(Position::Item(name), cause));
    Ok(tally.answers())
}

#[cfg(test)]
mod tests;
