//! The server's stream, whichever way it comes: one WebSocket for everything, or a stream of server-sent events for each
//! thing that is read.
//!
//! What enters: frames and chunks. What leaves: events in the order of their arrival, what is broken among them included.
//! A stream that has said nothing for too long, not even that it lives, is over. Nothing is read ahead of who listens: a
//! server that is faster waits.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::select_all;
use tokio::time::Sleep;

use super::super::http::{Api, Clients, Flow, Frame, Handshake, Request, Socket, redacted};
use super::super::{Cause, SourceError};
use super::event::{Channel, Event, message, sent};
use super::server::Server;
use super::sse::{LONGEST, Parser};
use super::timeline::Timeline;

/// A stream of server-sent events needs a connection for each timeline; further ones are asked for now and then.
pub(super) const MOST_FLOWS: usize = 16;

/// An open stream.
#[derive(Debug)]
pub(super) struct Stream {
    wire: Wire,
    ready: VecDeque<Event>,
    /// Why it ends behind these.
    over: Option<SourceError>,
    /// The longest that nothing may be heard.
    silence: Duration,
    watchdog: Pin<Box<Sleep>>,
    /// Safe to show.
    url: String,
}

#[derive(Debug)]
enum Wire {
    Socket(Box<Socket>),
    Flows(VecDeque<Line>),
}

/// One stream of server-sent events.
#[derive(Debug)]
struct Line {
    flow: Flow,
    parser: Parser,
    channel: Channel,
}

impl Stream {
    /// One WebSocket, subscribed to everything.
    pub(super) async fn socket(
        server: &Server,
        timelines: &[Timeline],
        silence: Duration,
        now: DateTime<Utc>,
    ) -> Result<Self, SourceError> {
        let url = server.streaming.join("api/v1/streaming").unwrap_or_else(|_| server.streaming.clone());
        let handshake = Handshake { bearer: Some(&server.token), subprotocol: None };
        let mut socket = Socket::open(url.as_str(), handshake, now).await?;
        for timeline in timelines {
            let subscription = match timeline {
                Timeline::Mentions => serde_json::json!({ "type": "subscribe", "stream": "user" }),
                Timeline::Hashtag(tag) => serde_json::json!({ "type": "subscribe", "stream": "hashtag", "tag": tag }),
            };
            socket.send(subscription.to_string()).await?;
        }
        Ok(Self::new(Wire::Socket(Box::new(socket)), silence, redacted(url.as_str())))
    }

    /// A stream of server-sent events for each timeline, up to [`MOST_FLOWS`].
    pub(super) async fn flows(
        server: &Server,
        timelines: &[Timeline],
        http: Arc<Clients>,
        silence: Duration,
        now: DateTime<Utc>,
    ) -> Result<Self, SourceError> {
        const TYPE: &str = "text/event-stream";
        let api = Api::new(server.streaming.as_str(), http)?;
        let mut flows = VecDeque::new();
        for timeline in timelines.iter().take(MOST_FLOWS) {
            let (request, channel) = match timeline {
                Timeline::Mentions => (Request::get("api/v1/streaming/user"), Channel::User),
                Timeline::Hashtag(tag) => {
                    (Request::get("api/v1/streaming/hashtag").query("tag", tag.as_str()), Channel::Hashtag)
                }
            };
            let flow = api.flow(&request.bearer(&server.token).accept(TYPE), TYPE, now).await?;
            flows.push_back(Line { flow, parser: Parser::default(), channel });
        }
        let url = flows.front().map(|line| line.flow.url()).unwrap_or_default();
        Ok(Self::new(Wire::Flows(flows), silence, url))
    }

    /// It ends here, once what it said is taken.
    pub(super) fn end(&mut self, error: SourceError) {
        self.over = Some(error);
    }

    fn new(wire: Wire, silence: Duration, url: String) -> Self {
        let watchdog = Box::pin(tokio::time::sleep(silence));
        Self { wire, ready: VecDeque::new(), over: None, silence, watchdog, url }
    }

    /// The next event. An error is the end of the stream. Dropped before it is ready, nothing is lost.
    pub(super) async fn next(&mut self) -> Result<Event, SourceError> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(event);
            }
            if let Some(error) = self.over.take() {
                return Err(error);
            }
            let heard = tokio::select! {
                biased;
                heard = self.wire.hear(&mut self.ready) => heard,
                () = &mut self.watchdog => {
                    let cause = Cause::TimedOut { url: self.url.clone() };
                    Err(SourceError::retryable(cause))
                }
            };
            match heard {
                Ok(true) => self.watchdog = Box::pin(tokio::time::sleep(self.silence)),
                Ok(false) => {
                    self.over = Some(SourceError::retryable(Cause::StreamEnded { url: self.url.clone(), said: None }));
                }
                Err(error) => self.over = Some(error),
            }
        }
    }
}

impl Wire {
    /// Waits for a sign of life; false when the other side ended the stream.
    async fn hear(&mut self, out: &mut VecDeque<Event>) -> Result<bool, SourceError> {
        match self {
            Self::Socket(socket) => {
                let Some(frame) = socket.next().await? else { return Ok(false) };
                let text = match &frame {
                    Frame::Text(text) => text.as_str(),
                    // This protocol has no binary messages.
                    Frame::Binary(_) | Frame::Alive => "",
                };
                if !text.is_empty() {
                    out.push_back(or_broken(message(text), text));
                }
                Ok(true)
            }
            Self::Flows(lines) => {
                let chunks = lines.iter_mut().map(|line| Box::pin(line.flow.chunk()));
                let (chunk, which, others) = select_all(chunks).await;
                drop(others);
                let Some(chunk) = chunk? else { return Ok(false) };
                // One that floods waits for its turn behind the others.
                lines.rotate_left(which + 1);
                match lines.back_mut() {
                    Some(line) => line.read(chunk.as_ref(), out).map(|()| true),
                    None => Ok(false),
                }
            }
        }
    }
}

impl Line {
    fn read(&mut self, chunk: &[u8], out: &mut VecDeque<Event>) -> Result<(), SourceError> {
        let mut events = Vec::new();
        let read = self.parser.read(chunk, &mut events);
        out.extend(events.iter().map(|event| or_broken(sent(self.channel, &event.event, &event.data), &event.data)));
        read.map_err(|_| SourceError::retryable(Cause::TooLarge { what: self.flow.url(), limit: LONGEST as u64 }))
    }
}

fn or_broken(read: Result<Event, String>, data: &str) -> Event {
    read.unwrap_or_else(|cause| Event::Broken { cause, data: data.to_owned() })
}
