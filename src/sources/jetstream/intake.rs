//! Reads one connection, and hands on what is kept of it.
//!
//! What enters: frames. What leaves: batches of kept posts, then the deletions of posts that the store holds, with the place
//! up to which the stream was read; every two seconds, or as soon as a batch is full. What was read and not sent is read
//! again by the next connection. A malformed frame is kept aside and the next one read; nothing but malformed frames ends
//! the connection, and so does silence.

use std::time::Duration;

use tokio::time::Instant;

use super::super::http::{Frame, Socket};
use super::super::{Cause, Context, Cursor, MAX_BATCH, Note, Position, SourceError};
use super::place::Place;
use super::reader::{Caught, Reader, Seen};
use crate::clock::timer_now;
use crate::mention::RawItem;
use crate::plan::Plan;

/// How often the place is committed, and what was kept meanwhile.
const COMMIT_EVERY: Duration = Duration::from_secs(2);
/// The whole network is never silent for so many times as long as any answer may take: the connection is dead.
const SILENCE: u32 = 3;
/// The most deletions that wait for the next commit.
const MOST_DELETED: usize = 4 * MAX_BATCH;
/// So many malformed frames in a row are no Jetstream.
const MOST_BAD: u32 = 100;

/// One connection's state.
#[derive(Debug)]
pub(super) struct Intake {
    reader: Reader,
    /// Behind the last event that was read.
    place: Place,
    /// Up to where everything is sent.
    sent: Place,
    /// Until the first event showed from where on the server really sends.
    is_first: bool,
    items: Vec<RawItem>,
    deleted: Vec<RawItem>,
    /// True when something was read that is not sent.
    is_news: bool,
    frames: u64,
    /// Malformed frames since the last good one.
    bad: u32,
    heard: Instant,
    /// Safe to show.
    url: String,
}

/// Why the reading paused.
enum Pause {
    /// It is time to commit, or there is enough to commit.
    Due,
    /// The connection is over.
    Ended(SourceError),
}

impl Intake {
    pub(super) fn new(reader: Reader, place: Place, url: String) -> Self {
        Self {
            reader,
            sent: place.clone(),
            place,
            is_first: true,
            items: Vec::new(),
            deleted: Vec::new(),
            is_news: false,
            frames: 0,
            bad: 0,
            heard: timer_now(),
            url,
        }
    }

    /// Reads until the connection ends, which is always worth another one. What was read by then is sent, unless something
    /// sent before it was not committed: a place must not jump over a gap.
    pub(super) async fn follow(&mut self, socket: &mut Socket, context: &mut Context) -> Result<(), SourceError> {
        loop {
            let pause = self.read(socket, context).await?;
            self.send(context).await?;
            if let Pause::Ended(why) = pause {
                return Err(why);
            }
            if timer_now().duration_since(self.heard) >= SILENCE * context.http.limits.time {
                return Err(SourceError::retryable(Cause::TimedOut { url: self.url.clone() }));
            }
        }
    }

    /// Reads until something is to be sent. Batches on their way are watched meanwhile: a quiet stream must not hide that they
    /// were not committed.
    async fn read(&mut self, socket: &mut Socket, context: &mut Context) -> Result<Pause, SourceError> {
        let plan = context.plan();
        let pace = context.pace();
        let mut due = std::pin::pin!(pace.rest(COMMIT_EVERY));
        let mut was_silent = true;
        loop {
            let frame = tokio::select! {
                biased;
                () = &mut due => return Ok(Pause::Due),
                settled = context.settle(), if !context.is_settled() => {
                    settled?;
                    continue;
                }
                frame = socket.next() => frame,
            };
            let frame = match frame {
                Ok(Some(frame)) => frame,
                Ok(None) => return Ok(Pause::Ended(self.ended(None))),
                Err(error) => return Ok(Pause::Ended(error)),
            };
            if std::mem::take(&mut was_silent) {
                self.heard = timer_now();
                context.health.live();
            }
            let ended = match frame {
                Frame::Text(text) => self.take(text.as_bytes(), &plan, context)?,
                Frame::Binary(bytes) => self.take(&bytes, &plan, context)?,
                Frame::Alive => None,
            };
            if let Some(why) = ended {
                return Ok(Pause::Ended(why));
            }
            if self.items.len() == MAX_BATCH || self.deleted.len() == MOST_DELETED {
                return Ok(Pause::Due);
            }
        }
    }

    /// Takes a frame, and answers with why the connection is over when it is.
    fn take(&mut self, frame: &[u8], plan: &Plan, context: &mut Context) -> Result<Option<SourceError>, SourceError> {
        self.frames += 1;
        let seen = match self.reader.read(frame, plan, context.clock.now()) {
            Ok(seen) => seen,
            Err(cause) => {
                self.bad += 1;
                if self.bad == MOST_BAD {
                    let error = "nothing but malformed frames".to_owned();
                    return Ok(Some(SourceError::retryable(Cause::BadAnswer { url: self.url.clone(), error })));
                }
                context.quarantine(&Position::Item(self.frames.to_string()), &cause, frame)?;
                return Ok(None);
            }
        };
        self.bad = 0;
        self.notice_gap(&seen, context);
        self.place.pass(&seen);
        if self.sent.time_us().is_none() {
            // Where the very first reading began.
            self.sent.pass(&seen);
        }
        self.is_news = true;
        match seen.caught {
            Caught::Nothing => {}
            Caught::Post { item, revision } => {
                if self.place.keep(revision) {
                    // Written anew under the same key: it is not gone.
                    self.deleted.retain(|gone| gone.native_id != item.native_id);
                    self.items.push(*item);
                }
            }
            Caught::Deleted(id) => {
                let now = context.clock.now();
                self.deleted.push(RawItem::deletion(context.source.clone(), id, now));
            }
            Caught::Info(name) => tracing::info!(source = %context.source, name, "the server remarks on the stream"),
            Caught::Error(name) => return Ok(Some(self.ended(Some(name)))),
        }
        Ok(None)
    }

    /// A server that does not go back so far begins later than it was asked to.
    fn notice_gap(&mut self, seen: &Seen, context: &Context) {
        if seen.time_us.is_some()
            && std::mem::take(&mut self.is_first)
            && let Some(span) = self.place.gap(seen)
        {
            tracing::warn!(source = %context.source, ?span, "the server does not go back to where the reading ended");
            context.health.notes(vec![Note::Missed { span }]);
        }
    }

    /// Sends what was kept, then the deletions of what the store holds by then, each time with a place that claims no more.
    async fn send(&mut self, context: &mut Context) -> Result<(), SourceError> {
        if !std::mem::take(&mut self.is_news) {
            return Ok(());
        }
        let mut items = std::mem::take(&mut self.items);
        let deleted = std::mem::take(&mut self.deleted);
        if !deleted.is_empty() {
            let before = Cursor::of(&self.sent.with_kept_of(&self.place));
            if !items.is_empty() {
                context.send(items, before.clone()).await?;
            }
            // The store has to hold a post before it can say that it does.
            context.settle().await?;
            items = context.kept(deleted).await;
            while items.len() > MAX_BATCH {
                context.send(items.drain(..MAX_BATCH).collect(), before.clone()).await?;
            }
        }
        context.send(items, Cursor::of(&self.place)).await?;
        self.sent = self.place.clone();
        context.health.behind(self.place.time_us());
        Ok(())
    }

    fn ended(&self, said: Option<String>) -> SourceError {
        SourceError::retryable(Cause::StreamEnded { url: self.url.clone(), said })
    }
}
