//! Every post of Bluesky as it is written, of which the plan's own are kept.
//!
//! What enters: the frames of a Jetstream, of either version. What leaves: the posts that the plan finds relevant, or that the
//! source's own query holds for, and the deletions of those; every two seconds the place up to which the stream was read.
//! A stream that comes faster than its posts are committed is pushed back on by not reading it. Nothing is sent to the
//! server but the wish to read, and what is not kept leaves no trace.

mod frame;
mod intake;
mod place;
mod reader;
mod try_once;
mod unescape;

use chrono::{DateTime, Utc};

use super::http::{Handshake, Socket, redacted};
use super::{Cause, Context, Cursor, Source, SourceError};
use crate::config;
use crate::mention::{Id, Network};
use crate::pipeline::Sieve;
use crate::query::{Query, Stage};
use intake::Intake;
use place::{By, Endpoint, Place};
pub use reader::{Caught, Reader, Seen};
pub(super) use try_once::try_once;

/// One stream.
#[derive(Debug)]
pub(super) struct Jetstream {
    settings: config::Jetstream,
}

impl Jetstream {
    pub(super) fn new(settings: config::Jetstream) -> Self {
        Self { settings }
    }

    /// What decides what is kept.
    fn sieve(&self) -> Result<Sieve, SourceError> {
        let Some(text) = &self.settings.query else { return Ok(Sieve::of_plan()) };
        let query = Query::parse(text, Stage::Match).map_err(|mut errors| {
            let error = (!errors.is_empty()).then(|| Box::new(errors.swap_remove(0)));
            SourceError::permanent(Cause::Query { query: text.clone(), error })
        })?;
        Ok(Sieve::of_query(query))
    }

    fn endpoint(&self) -> Result<Endpoint, SourceError> {
        Endpoint::new(&self.settings.url).ok_or_else(|| {
            SourceError::permanent(Cause::Unreachable { url: self.shown(), error: "not an address".to_owned() })
        })
    }

    /// The address, safe to show.
    fn shown(&self) -> String {
        redacted(&self.settings.url)
    }

    fn reader(&self, source: &Id, network: Option<&Network>) -> Result<Reader, SourceError> {
        Ok(Reader::new(source.clone(), network.cloned().unwrap_or(Network::Bluesky), self.sieve()?))
    }
}

impl Source for Jetstream {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let reader = self.reader(&context.source, context.network.as_ref())?;
        let endpoint = self.endpoint()?;
        let place: Option<Place> = context.resume().and_then(Cursor::read);
        let mut socket = match open(&endpoint, place.as_ref(), By::Number, context.clock.now()).await {
            // What the server no longer holds is told by the gap that the first event shows.
            Err(error) if place.is_some() && is_too_old(&error) => {
                open(&endpoint, place.as_ref(), By::Time, context.clock.now()).await?
            }
            opened => opened?,
        };
        context.health.listening();
        let mut place = place.unwrap_or_default();
        place.begin(&endpoint);
        Intake::new(reader, place, self.shown()).follow(&mut socket, context).await
    }
}

async fn open(endpoint: &Endpoint, place: Option<&Place>, by: By, now: DateTime<Utc>) -> Result<Socket, SourceError> {
    let handshake = Handshake { bearer: None, subprotocol: endpoint.subprotocol() };
    Socket::open(&endpoint.address(place, by), handshake, now).await
}

/// The server refuses to go back to the number it was asked for (`CursorTooOld`, in a body that nobody has to wait for).
fn is_too_old(error: &SourceError) -> bool {
    matches!(error.cause, Cause::Answered { status: 400, .. })
}

#[cfg(test)]
mod tests;
