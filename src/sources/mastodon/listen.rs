//! Listening to a stream, beginning with what was missed before it opened.
//!
//! What enters: an open stream. What leaves: what it says, in its order, behind everything that the timelines held when it was
//! opened. What it says while they are read is held, up to a bound behind which the server waits. Now and then the timelines
//! are read again: a stream leaves out what reaches its server late.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::FutureExt;

use super::super::context::Rest;
use super::super::{BadCause, Cause, Context, Note, SourceError};
use super::catch_up::{is_mention, is_others};
use super::event::{Channel, Event};
use super::server::Server;
use super::stream::{MOST_FLOWS, Stream};
use super::wire::Status;
use super::{FIRST_WITHOUT, Mastodon};
use crate::config::Streaming;
use crate::mention::RawItem;

/// The most events that are held while the timelines are read, and that one batch takes up.
const MOST_HELD: usize = 1_000;
const MOST_AT_ONCE: usize = 64;

/// How often the timelines are read although the stream lives.
const BETWEEN: Duration = Duration::from_mins(10);

/// A stream that ends sooner is brief; after this many in a row the server is asked now and then instead.
const BRIEF: chrono::TimeDelta = chrono::TimeDelta::minutes(1);
pub(super) const MOST_BRIEF: u32 = 3;

impl Mastodon {
    /// Listens until the stream ends, which is an error.
    pub(super) async fn listen(
        &mut self,
        server: &Server,
        mut stream: Stream,
        context: &mut Context,
    ) -> Result<(), SourceError> {
        let opened = context.clock.now();
        self.brief += 1;
        let ended = self.follow(server, &mut stream, context).await;
        if context.clock.now() - opened >= BRIEF {
            self.brief = 0;
            self.without = FIRST_WITHOUT;
        }
        ended
    }

    async fn follow(&mut self, server: &Server, stream: &mut Stream, context: &mut Context) -> Result<(), SourceError> {
        self.catch_up_beside(server, stream, context).await?;
        let mut rest = Rest::of(self.between());
        loop {
            self.take_up(server, context).await?;
            // A batch that is not committed is noticed now, and not when the next one comes.
            context.settle().await?;
            self.tell(context);
            let said = &mut self.said;
            tokio::select! {
                biased;
                request = context.rest_or_asked(&mut rest) => {
                    if let Some(request) = request {
                        self.recheck(server, request, context).await?;
                    } else {
                        self.catch_up_beside(server, stream, context).await?;
                        rest = Rest::of(self.between());
                    }
                }
                heard = gather(stream, said) => {
                    heard?;
                    context.health.live();
                }
            }
        }
    }

    /// Reads the timelines while the stream is listened to, so that nothing falls between the two.
    async fn catch_up_beside(
        &mut self,
        server: &Server,
        stream: &mut Stream,
        context: &mut Context,
    ) -> Result<(), SourceError> {
        let mut said = std::mem::take(&mut self.said);
        let mut ended = None;
        let caught_up = {
            let mut catching_up = std::pin::pin!(self.catch_up(server, context));
            loop {
                tokio::select! {
                    biased;
                    caught_up = &mut catching_up => break caught_up,
                    // Behind the bound the connection is not read, and the server waits.
                    event = stream.next(), if ended.is_none() && said.len() < MOST_HELD => match event {
                        Ok(event) => said.push_back(event),
                        Err(error) => ended = Some(error),
                    },
                }
            }
        };
        self.said = said;
        caught_up?;
        let Some(error) = ended else { return Ok(()) };
        self.take_up(server, context).await?;
        Err(error)
    }

    /// Sends what the stream said.
    pub(super) async fn take_up(&mut self, server: &Server, context: &mut Context) -> Result<(), SourceError> {
        while !self.said.is_empty() {
            let mut items = Vec::new();
            let mut merged = false;
            for event in self.said.drain(..).collect::<Vec<_>>() {
                merged |= event == Event::Merged;
                items.extend(self.happened(event, server, context)?);
            }
            if !items.is_empty() {
                self.send(items, context).await?;
            }
            if merged {
                // They are older than what was read: the list is read from its beginning.
                self.at.timelines.entry(super::Timeline::Mentions.name()).or_default().from = None;
                self.catch_up(server, context).await?;
            }
        }
        Ok(())
    }

    /// The item that an event is.
    fn happened(
        &mut self,
        event: Event,
        server: &Server,
        context: &mut Context,
    ) -> Result<Option<RawItem>, SourceError> {
        match event {
            Event::Posted(Channel::Hashtag, status) if is_others(&status, server) => {
                self.fresh(&status, server, context)
            }
            Event::Edited(channel, status) if is_others(&status, server) => {
                // On the account's own stream are the posts of those it follows too.
                let concerns_us =
                    channel == Channel::Hashtag || names(&status, server) || self.recent.knows(&status.id);
                if concerns_us { self.fresh(&status, server, context) } else { Ok(None) }
            }
            Event::Notified(notification) if is_mention(&notification) && self.account.notifications => {
                match notification.status {
                    Some(status) if status.id.is_empty() => Ok(None),
                    Some(status) if is_others(&status, server) => self.fresh(&status, server, context),
                    _ => Ok(None),
                }
            }
            Event::Deleted(id) => Ok(Some(self.deletion(&id, context))),
            Event::Refused { status, said } => {
                let why = Cause::Answered {
                    url: server.shown_streaming(),
                    status,
                    said: Some(server.token.hidden_in(&said)),
                };
                self.instead = Some(Note::Polled { every: self.account.every, why: SourceError::retryable(why) });
                Ok(None)
            }
            Event::Broken { cause, data } => {
                self.keep_aside("stream", &BadCause::Malformed(cause), &data, context)?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// How long until the timelines are read again: soon where the stream does not hold all of them.
    fn between(&self) -> Duration {
        let by_socket = self.account.streaming == Streaming::WebSocket && self.instead.is_none();
        let is_refused = matches!(self.instead, Some(Note::Polled { .. }));
        let is_whole = !is_refused && (by_socket || self.timelines.len() <= MOST_FLOWS);
        if is_whole { BETWEEN } else { self.account.every }
    }
}

/// Waits for an event, and takes those that are there with it.
async fn gather(stream: &mut Stream, said: &mut VecDeque<Event>) -> Result<(), SourceError> {
    said.push_back(stream.next().await?);
    while said.len() < MOST_AT_ONCE {
        match stream.next().now_or_never() {
            Some(Ok(event)) => said.push_back(event),
            Some(Err(error)) => {
                stream.end(error);
                break;
            }
            None => break,
        }
    }
    Ok(())
}

fn names(status: &Status, server: &Server) -> bool {
    server.own.is_some() && status.mentions.iter().any(|named| named.id == server.own)
}
