//! An account on a Mastodon server: the posts that mention it, and the posts under hashtags.
//!
//! What enters: the server's stream (a WebSocket, else server-sent events, else none) and the pages of its timelines. What
//! leaves: posts, their later texts, their deletions. A stream has no memory, so that after every connection it is opened
//! first, then the pages are read from where reading had come to, then what the stream said meanwhile is taken up: nothing
//! falls between. What the server closes to us, and what is done instead, is told. Nothing is ever posted here.

mod catch_up;
mod event;
mod item;
mod listen;
mod server;
mod sse;
mod stream;
mod timeline;
mod try_once;
mod wire;

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::time::Duration;

use super::context::Rest;
use super::held::{self, Held};
use super::recheck::Recheck;
use super::{Cause, Context, Cursor, MAX_BATCH, Note, Source, SourceError};
use crate::config::{MastodonAccount, Streaming};
use crate::mention::{Network, RawItem};
use event::Event;
use item::{Origin, item};
use server::{Server, is_about_the_answer};
use stream::Stream;
use timeline::{At, Recent, Timeline};
pub(super) use try_once::try_once;
use wire::Status;

/// A server says every half minute that it lives.
const SILENCE: Duration = Duration::from_secs(90);

/// How long a server without a stream is asked now and then before its stream is tried again, at first; it doubles.
const FIRST_WITHOUT: Duration = Duration::from_mins(1);
const LONGEST_WITHOUT: Duration = Duration::from_mins(15);

/// One account.
#[derive(Debug)]
pub(super) struct Mastodon {
    account: MastodonAccount,
    timelines: Vec<Timeline>,
    silence: Duration,
    server: Option<Server>,
    at: At,
    recent: Recent,
    held: Held,
    /// What the stream said and is not sent yet: it says a deletion only once.
    said: VecDeque<Event>,
    /// Streams in a row that broke soon after they were opened.
    brief: u32,
    without: Duration,
    closed: BTreeMap<String, Note>,
    /// What is done instead of streaming as configured.
    instead: Option<Note>,
}

impl Mastodon {
    pub(super) fn new(account: MastodonAccount) -> Self {
        Self::with_silence(account, SILENCE)
    }

    fn with_silence(account: MastodonAccount, silence: Duration) -> Self {
        let timelines = timelines(&account);
        Self {
            account,
            timelines,
            silence,
            server: None,
            at: At::default(),
            recent: Recent::default(),
            held: Held::new(),
            said: VecDeque::new(),
            brief: 0,
            without: FIRST_WITHOUT,
            closed: BTreeMap::new(),
            instead: None,
        }
    }

    /// Who we are there; asked once, and again after the server refused us.
    async fn greet(&mut self, context: &mut Context) -> Result<Server, SourceError> {
        if let Some(server) = self.server.take() {
            return Ok(server);
        }
        let token = context.reveal(&self.account.token).await?;
        let server = Server::greet(&self.account, token, context.http.clone(), context.clock.now()).await?;
        if let Some(most) = server.post_length {
            context.health.post_length(Network::Mastodon, most);
        }
        context.health.live();
        Ok(server)
    }

    /// Takes up reading where it was acknowledged.
    async fn begin(&mut self, server: &Server, context: &mut Context) -> Result<(), SourceError> {
        self.recent = Recent::default();
        self.held.send_again(context).await?;
        let whose = format!("{} {}", server.api.base(), server.own.as_deref().unwrap_or_default());
        let kept = context.resume().and_then(Cursor::read::<held::At>).and_then(|at| at.state);
        let kept = kept.and_then(|state| serde_json::from_str::<At>(&state).ok()).filter(|at| at.whose == whose);
        self.at = kept.unwrap_or_else(|| At { whose, ..At::default() });
        let names: Vec<String> = self.timelines.iter().map(Timeline::name).collect();
        self.at.timelines.retain(|name, _| names.contains(name));
        Ok(())
    }

    /// Reads with whichever way of streaming works, or without.
    async fn read(&mut self, server: &Server, context: &mut Context) -> Result<(), SourceError> {
        loop {
            match self.connect(server, context).await {
                Ok(stream) => self.listen(server, stream, context).await?,
                Err(why) => {
                    self.instead = why.map(|why| Note::Polled { every: self.account.every, why });
                    self.ask_now_and_then(server, context).await?;
                }
            }
        }
    }

    /// Opens the stream the configured way, else the other; the error is why neither works, and none where none is wanted.
    async fn connect(&mut self, server: &Server, context: &Context) -> Result<Stream, Option<SourceError>> {
        let (now, silence) = (context.clock.now(), self.silence);
        let socket = Stream::socket(server, &self.timelines, silence, now);
        let flows = Stream::flows(server, &self.timelines, context.http.clone(), silence, now);
        let opened = match self.account.streaming {
            Streaming::Off => return Err(None),
            _ if self.brief >= listen::MOST_BRIEF => {
                self.brief = 0;
                return Err(Some(SourceError::retryable(Cause::StreamEnded {
                    url: server.shown_streaming(),
                    said: None,
                })));
            }
            Streaming::WebSocket => match socket.await {
                Ok(stream) => (stream, None),
                Err(why) => (flows.await.map_err(|_| why.clone())?, Some(Note::OtherStream { why })),
            },
            Streaming::Sse => match flows.await {
                Ok(stream) => (stream, None),
                Err(why) => (socket.await.map_err(|_| why)?, None),
            },
        };
        let (stream, instead) = opened;
        self.instead = instead;
        Ok(stream)
    }

    /// Asks the server now and then, until it is time to try its stream again.
    async fn ask_now_and_then(&mut self, server: &Server, context: &mut Context) -> Result<(), SourceError> {
        let mut asked_for = Duration::ZERO;
        loop {
            self.catch_up(server, context).await?;
            self.take_up(server, context).await?;
            self.tell(context);
            let span = super::backoff::jittered(self.account.every);
            let mut rest = Rest::of(span);
            while let Some(request) = context.rest_or_asked(&mut rest).await {
                self.recheck(server, request, context).await?;
            }
            asked_for += span;
            if self.account.streaming != Streaming::Off && asked_for >= self.without {
                self.without = (self.without * 2).min(LONGEST_WITHOUT);
                return Ok(());
            }
        }
    }

    /// Looks at posts again, for somebody who is about to answer them.
    async fn recheck(&mut self, server: &Server, request: Recheck, context: &mut Context) -> Result<(), SourceError> {
        let (mut looked_at, mut items) = (Vec::new(), Vec::new());
        for id in request.ids().iter().filter(|id| is_plain(id)) {
            match server.post(id, context.clock.now()).await {
                Ok(Some(status)) => items.extend(item_of(&status, server, context)),
                Ok(None) => items.push(self.deletion(id, context)),
                Err(error) => {
                    // The stream goes on; who asked hears that this one was not looked at.
                    tracing::debug!(?error, "a post could not be looked at again");
                    continue;
                }
            }
            looked_at.push(id.clone());
        }
        self.send(items, context).await?;
        context.settle().await?;
        request.done(looked_at, context.clock.now());
        Ok(())
    }

    fn deletion(&mut self, id: &str, context: &Context) -> RawItem {
        self.recent.gone(id);
        RawItem::deletion(context.source.clone(), id, context.clock.now())
    }

    /// Sends items with the cursor as it is now, in as many batches as they need.
    async fn send(&mut self, mut items: Vec<RawItem>, context: &mut Context) -> Result<(), SourceError> {
        // It holds text, numbers and lists only, so that this cannot fail.
        let state = serde_json::to_string(&self.at).ok();
        loop {
            let rest = items.split_off(items.len().min(MAX_BATCH));
            self.held.send(items, state.clone(), context).await?;
            if rest.is_empty() {
                return Ok(());
            }
            items = rest;
        }
    }

    /// Tells what is closed to us and what is done instead.
    fn tell(&self, context: &Context) {
        context.health.notes(self.instead.iter().chain(self.closed.values()).cloned().collect());
    }
}

impl Source for Mastodon {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let server = self.greet(context).await?;
        self.begin(&server, context).await?;
        let ended = self.read(&server, context).await;
        if let Err(error) = &ended
            && !is_about_the_answer(error)
        {
            self.server = Some(server);
        }
        ended
    }
}

fn item_of(status: &Status, server: &Server, context: &Context) -> Option<RawItem> {
    let origin = Origin {
        source: &context.source,
        network: context.network.as_ref(),
        domain: &server.domain,
        now: context.clock.now(),
    };
    item(status, &origin)
}

/// What an account reads.
fn timelines(account: &MastodonAccount) -> Vec<Timeline> {
    let mentions = account.notifications.then_some(Timeline::Mentions);
    mentions.into_iter().chain(account.hashtags.iter().cloned().map(Timeline::Hashtag)).collect()
}

/// An id that can stand in an address as it is. It came back from the store.
fn is_plain(id: &str) -> bool {
    let is_fit = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    (1..=64).contains(&id.len()) && id.chars().all(is_fit)
}

#[cfg(test)]
mod tests;
